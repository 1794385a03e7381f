package badgerstore

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/dgraph-io/badger/v4"

	"fangzhi/graph"
)

// sentinelName is a file beside Badger's that says that this folder holds a graph. Badger opens a folder with a
// damaged manifest as an empty one (1 flipped bit in 32); this file and the counts of meta tell that apart.
const sentinelName = "fangzhi-graph"

// recover brings a store that was just opened into order: it completes a staged batch, and checks that all records
// that should be there are.
func (s *Store) recover() error {
	txn := s.db.NewTransaction(false)
	defer txn.Discard()
	count, err := stagedPieces(txn)
	if err != nil {
		return err
	}
	switch {
	case count > 0 && s.readOnly:
		return errors.New("a large batch was interrupted while it was applied: open the graph once for writing to complete it")
	case count > 0:
		if err := s.applyStaged(); err != nil {
			return err
		}
	case !s.readOnly:
		if err := s.forgetPieces(); err != nil {
			return err
		}
	}
	return s.greet()
}

// greet makes an empty folder a graph, and refuses what is none or is one no more.
func (s *Store) greet() error {
	txn := s.db.NewTransaction(false)
	defer txn.Discard()
	there, err := get(txn, []byte{keyMeta}, new(meta))
	if err != nil {
		return err
	}
	known, err := s.hasSentinel()
	if err != nil {
		return err
	}
	if !there {
		it := txn.NewIterator(badger.IteratorOptions{})
		it.Rewind()
		foreign := it.Valid()
		it.Close()
		switch {
		case known:
			return fmt.Errorf("%w: the folder held a graph, and its records are gone", ErrCorrupt)
		case foreign:
			return fmt.Errorf("%w than this program knows: the folder holds another program's data", ErrFormat)
		case s.readOnly:
			return fmt.Errorf("%w: there is no graph in the folder", graph.ErrNotFound)
		}
		values, err := encode([]byte{keyMeta}, &meta{}, false)
		if err != nil {
			return err
		}
		if err := s.commit(func(set func(change) error) error { return set(values[0]) }); err != nil {
			return err
		}
	}
	if known || s.readOnly {
		return nil
	}
	return s.writeSentinel()
}

func (s *Store) hasSentinel() (bool, error) {
	if s.dir == "" {
		return false, nil
	}
	_, err := os.Stat(filepath.Join(s.dir, sentinelName))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

func (s *Store) writeSentinel() error {
	if s.dir == "" {
		return nil
	}
	file, err := os.Create(filepath.Join(s.dir, sentinelName))
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(file, "A fangzhi graph, format %d. Its files belong together: copy the folder only while nobody has it open.\n", Format)
	if err := errors.Join(err, file.Sync(), file.Close()); err != nil {
		return err
	}
	folder, err := os.Open(s.dir)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}

// checkCounts looks whether the records are there that should be. Those of the index are counted when it is read. Of others it
// looks for all where they are few, and else for a thousand of each kind, evenly spread: a file holds a stretch of the
// keys of a kind, so where one was lost some of these are missing. A million events take about 20 ms.
func (s *Store) checkCounts(x *index) error {
	txn := s.db.NewTransaction(false)
	defer txn.Discard()
	r := &snapshot{store: s, txn: txn, index: x}
	if x.counts.Events <= samples {
		have := [3]int{countKeys(txn, []byte{keyEvent}), countKeys(txn, []byte{keyEntity}), countKeys(txn, []byte{keyIssue})}
		if want := [3]int{x.counts.Events, x.counts.Entities, x.counts.Issues}; have != want {
			return fmt.Errorf("%w: %d events, %d entities and %d issues are there, and should be %d, %d and %d",
				ErrCorrupt, have[0], have[1], have[2], want[0], want[1], want[2])
		}
	}
	var sample []uint32
	for i := range uint64(min(samples, int(x.n()))) {
		o := uint32(i * uint64(x.n()) / samples)
		if x.n() <= samples {
			o = uint32(i)
		}
		if !x.dead.Contains(o) {
			sample = append(sample, o)
		}
	}
	for _, o := range sample {
		if err := r.mustHave(numberKey(keyCard, o)); err != nil {
			return err
		}
	}
	for i := range x.segments {
		if err := r.mustHaveBlocks(x.segments[i]); err != nil {
			return err
		}
	}
	return nil
}

// samples is how many records of a kind are looked for.
const samples = 1000

// mustHave tells whether there is a record at the key.
func (r *snapshot) mustHave(key []byte) error {
	item, err := find(r.txn, key)
	if err == nil && item == nil {
		err = fmt.Errorf("%w: there is no record %q", ErrCorrupt, key)
	}
	return err
}

func countKeys(txn *badger.Txn, prefix []byte) int {
	it := txn.NewIterator(badger.IteratorOptions{Prefix: prefix})
	defer it.Close()
	n := 0
	for it.Rewind(); it.Valid(); it.Next() {
		n++
	}
	return n
}
