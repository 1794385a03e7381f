package badgerstore

import (
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"

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
// looks for all where they are few, and else for a thousand events and a thousand atoms, evenly spread, with what belongs to them: a
// file holds a stretch of the keys of a kind, so where one was lost some of these are missing. Publications, blocks with their
// pairs, and earlier ids are not looked for: nothing else tells of them.
func (s *Store) checkCounts(x *index) error {
	txn := s.db.NewTransaction(false)
	defer txn.Discard()
	c := counter{&snapshot{store: s, txn: txn, index: x, state: &state{store: s, txn: txn, index: x, kept: newKept(s.bulk)}}, map[uint32]bool{}}
	if x.counts.Events <= samples {
		have := [3]int{countKeys(txn, []byte{keyEvent}), countKeys(txn, []byte{keyEntity}), countKeys(txn, []byte{keyIssue})}
		if want := [3]int{x.counts.Events, x.counts.Entities, x.counts.Issues}; have != want {
			return fmt.Errorf("%w: %d events, %d entities and %d issues are there, and should be %d, %d and %d",
				ErrCorrupt, have[0], have[1], have[2], want[0], want[1], want[2])
		}
	}
	for o := range sample(x.n(), samples) {
		if x.dead.Contains(o) {
			continue
		}
		if err := c.event(o); err != nil {
			return err
		}
	}
	for atom := range sample(uint32(len(x.atoms)), samples) {
		if err := c.atom(atom); err != nil {
			return err
		}
	}
	for _, seg := range x.segments {
		if err := c.blocks(seg, max(32, samples/uint32(len(x.segments)))); err != nil {
			return err
		}
	}
	return nil
}

// samples is how many records of a kind are looked for.
const samples = 1000

// sample returns at most so many of n numbers, evenly spread.
func sample(n, most uint32) iter.Seq[uint32] {
	return func(yield func(uint32) bool) {
		count := min(n, most)
		for i := range uint64(count) {
			if !yield(uint32(i * uint64(n) / uint64(count))) {
				return
			}
		}
	}
}

// A counter looks for records when a graph is opened.
type counter struct {
	r      *snapshot
	issues map[uint32]bool // those that were looked for
}

// event looks for an event that is alive, with its texts, its issue and its reports.
func (c *counter) event(o uint32) error {
	e, err := c.r.card(o)
	if err != nil {
		return err
	}
	if err := c.numbered(idKey(keyEvent, e.ID), o); err != nil {
		return err
	}
	if e.Title != "" { // else it may be without any text
		if err := c.whole(numberKey(keyBodies, o/bodiesARecord)); err != nil {
			return err
		}
		if o < c.r.index.indexed && !slices.ContainsFunc(c.r.index.segments, func(s *segment) bool {
			lo, hi := s.header.Interval()
			return lo <= o && uint64(o) < hi
		}) {
			return fmt.Errorf("%w: the index of texts lacks event %d", ErrCorrupt, o)
		}
	}
	if c.r.index.later.Contains(o) {
		if err := c.reports(e.ID); err != nil {
			return err
		}
	}
	return c.issue(c.r.index.rows[o].issue)
}

// reports looks for the reports of an event of which there are several.
func (c *counter) reports(event graph.ID) error {
	key := idKey(keyReported, event)
	item, err := c.r.mustFind(key)
	if err != nil {
		return err
	}
	g, err := c.r.group(key, item)
	if err != nil {
		return err
	}
	for _, id := range g.EventIDs() {
		if err := c.r.mustHave(idKey(keyReported, id)); err != nil {
			return err
		}
	}
	return nil
}

// whole looks for a record and its pieces.
func (c *counter) whole(key []byte) error {
	item, err := c.r.mustFind(key)
	if err != nil {
		return err
	}
	return item.Value(func(value []byte) error {
		count, err := pieces(key, value)
		for i := 0; err == nil && i < count; i++ {
			err = c.r.mustHave(pieceKey(key, i+1))
		}
		return err
	})
}

func (c *counter) issue(number uint32) error {
	if c.issues[number] {
		return nil
	}
	c.issues[number] = true
	row := &c.r.index.issues[number]
	is := &graph.Issue{ID: row.ID, Order: row.Order, PublicationID: row.Publication}
	for _, key := range [][]byte{idKey(keyIssue, is.ID), idKey(keyDocument, is.ID), issueOrderKey(is), issueOfKey(is)} {
		if err := c.r.mustHave(key); err != nil {
			return err
		}
	}
	return nil
}

// atom looks for an atom, and for the entity that has it as its first one, with all that this is found by.
func (c *counter) atom(atom uint32) error {
	id := c.r.index.atoms[atom]
	if first, held := c.r.index.entity(atom); !held || first != atom {
		return nil
	}
	e, err := record[graph.EntityData](c.r, keyEntity, id)
	if e == nil && err == nil && c.r.index.counts.Events <= samples {
		return nil // it was counted: who dropped it did not say so of its atoms
	}
	if e == nil && err == nil {
		err = fmt.Errorf("%w: there is no entity %s", ErrCorrupt, id)
	}
	if err != nil {
		return err
	}
	entityKeys(e, func(key []byte) {
		if err == nil {
			err = c.r.mustHave(key)
		}
	})
	return err
}

// numbered tells whether a record holds a number.
func (c *counter) numbered(key []byte, want uint32) error {
	n, ok, err := c.r.number(key)
	if err == nil && (!ok || n != want) {
		err = fmt.Errorf("%w: the number at %q is not %d", ErrCorrupt, key, want)
	}
	return err
}

// blocks looks for at most so many of the blocks of a segment.
func (c *counter) blocks(s *segment, most uint32) error {
	for i := range sample(uint32(s.header.Blocks()), most) {
		if err := c.r.mustHave(numberKey(keyGrams, s.number, i)); err != nil {
			return err
		}
	}
	return nil
}

// mustHave tells whether there is a record at the key.
func (r *snapshot) mustHave(key []byte) error {
	_, err := r.mustFind(key)
	return err
}

// mustFind returns the item at the key.
func (r *snapshot) mustFind(key []byte) (*badger.Item, error) {
	item, err := find(r.txn, key)
	if err == nil && item == nil {
		err = fmt.Errorf("%w: there is no record %q", ErrCorrupt, key)
	}
	return item, err
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
