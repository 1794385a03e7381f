package badgerstore

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"sync/atomic"

	"github.com/dgraph-io/badger/v4/options"
	"github.com/dgraph-io/badger/v4/table"
	"golang.org/x/sync/errgroup"
)

// verify compares the tables of the graph with their checksums, a second of one processor for each GB. Badger does the same
// when it opens them (OnTableRead), but over its maps of the files, which then stay in the process's memory, all of them.
func (s *Store) verify() error {
	if s.dir == "" {
		return nil
	}
	tables := s.db.Tables()
	var next atomic.Int64
	var group errgroup.Group
	for range min(runtime.GOMAXPROCS(0), len(tables)) {
		group.Go(func() error {
			var room bytes.Buffer // for one table after the other
			for i := next.Add(1) - 1; int(i) < len(tables); i = next.Add(1) - 1 {
				if err := verifyTable(tables[i].ID, table.NewFilename(tables[i].ID, s.dir), &room); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return group.Wait()
}

// verifyTable reads a table into room. One that a compaction has taken away meanwhile is no matter.
func verifyTable(id uint64, name string, room *bytes.Buffer) (err error) {
	file, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("verify the graph: %w", err)
	}
	room.Reset()
	_, err = room.ReadFrom(file)
	if err := errors.Join(err, file.Close()); err != nil {
		return fmt.Errorf("verify the graph: %w", err)
	}
	data := room.Bytes()
	defer func() { // Badger's reader does not expect just anything
		if r := recover(); r != nil {
			err = fmt.Errorf("%w: %s: %v", ErrCorrupt, name, r)
		}
	}()
	t, err := table.OpenInMemoryTable(data, id, &table.Options{Compression: options.None})
	if err == nil {
		err = t.VerifyChecksum()
	}
	if err != nil {
		return fmt.Errorf("%w: %s: %w", ErrCorrupt, name, err)
	}
	return nil
}
