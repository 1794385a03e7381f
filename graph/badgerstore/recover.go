package badgerstore

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"sort"

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
		values, err := encode([]byte{keyMeta}, &meta{Counted: true, Revision: rand.Text()})
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
// looks for all where they are few, and else for the bodies of a thousand events, and for some hundred events and atoms, evenly
// spread, with what belongs to them: a file holds a stretch of the keys of a kind, so where one was lost some of these are missing.
// What has numbers without gaps is not even read where a file of the last level, of its kind alone, reaches over it: that file is there, and
// was verified. What is newer than the last level lies behind all such files, and is read.
// Publications, blocks, pairs and earlier ids are only counted, where there are few: nothing else tells of them. A store that does not
// verify its tables samples nothing.
func (s *Store) checkCounts(x *index) error {
	txn := s.db.NewTransaction(false)
	defer txn.Discard()
	if err := countFew(txn, &x.counts); err != nil {
		return err
	}
	if s.unverified && x.counts.Events > samples {
		return nil
	}
	st := &state{txn: txn, index: x, kept: newKept(s.bulk, 0)}
	var there stretches
	if x.counts.Events > samples {
		there = lastLevel(s.db.Tables())
	}
	look := func(all func(*counter) error) func() error {
		return func() error {
			return all(&counter{&snapshot{store: s, txn: txn, index: x, state: st}, there, map[uint32]bool{}})
		}
	}
	return together(look((*counter).sampleEvents), look((*counter).sampleOthers))
}

// countFew counts the records of each kind that has few.
func countFew(txn *badger.Txn, m *meta) error {
	for _, kind := range []struct {
		name    string
		key     byte
		want    int
		counted bool
	}{
		{"entities", keyEntity, m.Entities, true},
		{"issues", keyIssue, m.Issues, true},
		{"publications", keyPublication, m.Publications, m.Counted},
		{"earlier ids", keyRedirect, m.Redirects, m.Counted},
		{"blocks", keyBlock, m.Blocks, m.Counted},
		{"pairs", keySame, m.Pairs, m.Counted},
	} {
		if kind.want > samples || !kind.counted {
			continue
		}
		if have := countKeys(txn, []byte{kind.key}); have != kind.want {
			return fmt.Errorf("%w: %d %s are there, and should be %d", ErrCorrupt, have, kind.name, kind.want)
		}
	}
	return nil
}

func (c *counter) sampleEvents() error {
	x := c.r.index
	for o := range sample(x.n(), samples) {
		if x.dead.Contains(o) {
			continue
		}
		if err := c.body(o); err != nil {
			return err
		}
	}
	most := uint32(fewSamples)
	if x.counts.Events <= samples {
		most = samples
	}
	for o := range sample(x.n(), most) {
		if x.dead.Contains(o) {
			continue
		}
		if err := c.event(o); err != nil {
			return err
		}
	}
	return nil
}

// sampleOthers looks for atoms, and for blocks and sets of frequent grams of the index of texts.
func (c *counter) sampleOthers() error {
	x := c.r.index
	for atom := range sample(uint32(len(x.atoms)), fewSamples) {
		if err := c.atom(atom); err != nil {
			return err
		}
	}
	for _, seg := range x.segments {
		if err := c.blocks(seg, max(8, fewSamples/uint32(len(x.segments)))); err != nil {
			return err
		}
		for _, set := range seg.header.Sets() {
			if err := c.r.mustHave(setKey(set.ID())); err != nil {
				return err
			}
		}
	}
	return nil
}

// stretches are the first and the last keys of tables that do not overlap, in order.
type stretches []struct{ first, last []byte }

// lastLevel returns the stretches of those tables of the last level, which hold nearly all there is, that hold one kind of key: where
// one kind ends and the next begins, what other levels have of the former would seem to be in the table.
func lastLevel(tables []badger.TableInfo) (all stretches) {
	level := 0
	for _, t := range tables {
		level = max(level, t.Level)
	}
	if level == 0 { // these overlap
		return nil
	}
	for _, t := range tables {
		first, last := trimVersion(t.Left), trimVersion(t.Right)
		if t.Level == level && len(first) > 0 && len(last) > 0 && first[0] == last[0] {
			all = append(all, struct{ first, last []byte }{first, last})
		}
	}
	slices.SortFunc(all, func(a, b struct{ first, last []byte }) int { return bytes.Compare(a.first, b.first) })
	return all
}

// trimVersion takes off the eight bytes that Badger adds to keys in tables.
func trimVersion(key []byte) []byte { return key[:max(len(key)-8, 0)] }

// reach tells whether one of the tables reaches over the key.
func (s stretches) reach(key []byte) bool {
	i := sort.Search(len(s), func(i int) bool { return bytes.Compare(s[i].first, key) > 0 })
	return i > 0 && bytes.Compare(key, s[i-1].last) <= 0
}

// How many records of a kind are looked for. Files have some 6 MB: at a million events a hundred are of bodies, 40 of cards, 20 of
// documents. Each record that is read has the kernel map 64 KB of a file or more, which counts as memory of the process.
const (
	samples    = 1000
	fewSamples = 250
)

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
	there  stretches
	issues map[uint32]bool // those that were looked for
}

// body looks for the texts of an event that is alive.
func (c *counter) body(o uint32) error {
	key := numberKey(keyBodies, o/eventsARecord)
	if c.there.reach(key) {
		return nil
	}
	item, err := find(c.r.txn, key)
	if item != nil && err == nil {
		return c.whole(key, item)
	}
	e, err := c.r.card(o)
	if err == nil && e.Title != "" { // else it may be without any text
		err = fmt.Errorf("%w: there is no record %q", ErrCorrupt, key)
	}
	return err
}

// event looks for an event that is alive, with its issue, its reports and its place in the index of texts.
func (c *counter) event(o uint32) error {
	e, err := c.r.card(o)
	if err != nil {
		return err
	}
	if e.Title != "" { // else it may be without any text
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

// whole looks for the pieces of a record.
func (c *counter) whole(key []byte, item *badger.Item) error {
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
	e, err := c.r.storedEntity(id)
	if e == nil && err == nil && c.r.index.counts.Entities <= samples {
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

// blocks looks for at most so many of the blocks of a segment.
func (c *counter) blocks(s *segment, most uint32) error {
	for i := range sample(uint32(s.header.Blocks()), most) {
		key := numberKey(keyGrams, s.number, i)
		if c.there.reach(key) {
			continue
		}
		if err := c.r.mustHave(key); err != nil {
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
