package badgerstore

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime"

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
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for _, t := range s.db.Tables() {
		group.Go(func() error { return verifyTable(t.ID, table.NewFilename(t.ID, s.dir)) })
	}
	return group.Wait()
}

// verifyTable reads a table. One that a compaction has taken away meanwhile is no matter.
func verifyTable(id uint64, name string) (err error) {
	data, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("verify the graph: %w", err)
	}
	defer func() { // Badger's reader does not expect just anything
		if r := recover(); r != nil {
			err = fmt.Errorf("%w: %s: %v", ErrCorrupt, name, r)
		}
	}()
	t, err := table.OpenInMemoryTable(data, id, &table.Options{Compression: options.Snappy})
	if err == nil {
		err = t.VerifyChecksum()
	}
	if err != nil {
		return fmt.Errorf("%w: %s: %w", ErrCorrupt, name, err)
	}
	return nil
}
