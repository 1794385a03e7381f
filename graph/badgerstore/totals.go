package badgerstore

import (
	"fmt"
	"math"
	"slices"

	"github.com/dgraph-io/badger/v4"

	"fangzhi/graph"
)

// How many events an entity has (EntityData.EventCount) is no part of its record, but stands in a column, by first atom: it is what an issue
// changes of most entities that it names, and a record is a key each.
//
// On disk the column is a log. A record has the entities of which an update changed the number, ascending by first atom, and what it is since:
//
//	the atom   a varint, less the atom before
//	a varint   the number of events; 0 where there is no entity any more
//
// A later record holds against an earlier one, and meta lists which there are. Where manySmall are there, the last are written anew as one
// with what an update adds: as long as the one before is at most twice as long as all that is behind it. So those that stay are few, and short
// beside the first, however many updates there were and however often they named the same entities; and what an update adds is
// written some two to four times.

// total returns how many events the entity of an id has, 0 where there is none.
func (x *index) total(id graph.ID) int {
	atom, ok := x.atom(id)
	if !ok {
		return 0
	}
	return int(x.totals.at(atom))
}

// total has the entity of a first atom have so many events.
func (c *changes) total(atom uint32, n int) {
	if c.w.totals.at(atom) != uint32(n) {
		*c.w.totals.ref(atom) = uint32(n)
	}
}

// putTotals writes the numbers of events that change.
func (c *changes) putTotals() error {
	w, old := c.w, c.r.index
	atoms := slices.DeleteFunc(slices.Clone(c.changed), func(a uint32) bool { return w.totals.at(a) == old.totals.at(a) })
	if len(atoms) == 0 {
		return nil
	}
	slices.Sort(atoms)
	atoms = slices.Compact(atoms) // one that goes and comes changes twice
	records, number := old.counts.Totals, uint32(0)
	if n := len(records); n > 0 {
		number = records[n-1] + 1
	}
	from := old.totalsToMerge(len(atoms))
	if from < len(records) {
		m := merger{lists: [][]uint32{atoms}}
		for _, number := range records[from:] {
			list, err := c.r.totalled(number)
			if err != nil {
				return err
			}
			if err := c.dropRecord(numberKey(keyTotals, number)); err != nil {
				return err
			}
			m.lists = append(m.lists, list)
		}
		atoms = m.merge()
	}
	if from == 0 { // nothing stands before it that a 0 would have to hold against
		atoms = slices.DeleteFunc(atoms, func(a uint32) bool { return w.totals.at(a) == 0 })
	}
	c.setAll(squeeze(numberKey(keyTotals, number), w.writeTotals(atoms)))
	w.counts.Totals = append(slices.Clip(records[:from]), number)
	w.totalled = append(slices.Clip(old.totalled[:from]), len(atoms))
	return nil
}

// totalsToMerge returns from which record on they are written anew with one of so many entities behind them.
func (x *index) totalsToMerge(entities int) int {
	from := len(x.totalled)
	if from < manySmall {
		return from
	}
	for from > 0 && x.totalled[from-1] <= 2*entities {
		from--
		entities += x.totalled[from]
	}
	return from
}

// totalled returns the entities of a record of the state, ascending.
func (r *snapshot) totalled(number uint32) (atoms []uint32, err error) {
	ok, err := getBytes(r.txn, numberKey(keyTotals, number), func(b []byte) error {
		return eachTotal(b, r.index.counts.Atoms, func(atom, _ uint32) { atoms = append(atoms, atom) })
	})
	if err == nil && !ok {
		err = lostTotals(number)
	}
	return atoms, err
}

func lostTotals(number uint32) error {
	return fmt.Errorf("%w: record %d of the numbers of events is not as it should be", ErrCorrupt, number)
}

// eachTotal visits what a record holds, of a graph of so many atoms.
func eachTotal(b []byte, atoms uint32, visit func(atom, n uint32)) error {
	r := decoder{s: string(b)}
	for next, first := uint64(0), true; len(r.s) > 0 && r.err == nil; first = false {
		step, n := r.uint(), r.uint()
		if next += step; step >= uint64(atoms) || next >= uint64(atoms) || step == 0 && !first || n > math.MaxUint32 {
			r.fail()
		}
		if r.err == nil {
			visit(uint32(next), uint32(n))
		}
	}
	return r.err
}

func (w *indexer) writeTotals(atoms []uint32) []byte {
	var e encoder
	last := uint32(0)
	for _, a := range atoms {
		e.uint(uint64(a - last))
		e.uint(uint64(w.totals.at(a)))
		last = a
	}
	return e.b
}

// readTotals reads the records that meta lists, and tells of one that is missing, or too many.
func (w *indexer) readTotals(txn *badger.Txn) error {
	listed := w.counts.Totals
	err := eachRecord(txn, keyTotals, func(number uint32, b []byte) error {
		if len(listed) == 0 || listed[0] != number {
			return lostTotals(number)
		}
		listed = listed[1:]
		entities := 0
		err := eachTotal(b, w.counts.Atoms, func(atom, n uint32) {
			*w.totals.ref(atom) = n
			entities++
		})
		w.totalled = append(w.totalled, entities)
		return err
	})
	if err == nil && len(listed) > 0 {
		err = lostTotals(listed[0])
	}
	return err
}
