package badgerstore

import (
	"hash/maphash"
	"sync/atomic"

	"fangzhi/graph"
)

// atomTable finds the numbers of atoms by their ids: open addressing, four bytes a slot. What it says is compared with the ids that
// a state has by number, so all states share it: an atom that a state does not have yet is none to it. One writer adds, and any
// number of readers find meanwhile.
type atomTable struct {
	seed  maphash.Seed
	slots []atomic.Uint32 // a power of two, never full; numbers plus one, 0 where it is empty
	used  int             // the writer's
}

// newAtomTable returns a table with room for n atoms.
func newAtomTable(n int) *atomTable {
	size := 64
	for size/2 < n {
		size *= 2
	}
	return &atomTable{seed: maphash.MakeSeed(), slots: make([]atomic.Uint32, size)}
}

// find returns the number of an atom among those that have one.
func (t *atomTable) find(atoms []graph.ID, id graph.ID) (uint32, bool) {
	mask := uint64(len(t.slots) - 1)
	for i := maphash.String(t.seed, string(id)) & mask; ; i = (i + 1) & mask {
		n := t.slots[i].Load()
		if n == 0 {
			return 0, false
		}
		if int(n) <= len(atoms) && atoms[n-1] == id {
			return n - 1, true
		}
	}
}

// with returns the table with the atoms from a number on: itself where it has the room, else a larger one.
func (t *atomTable) with(atoms []graph.ID, from int) *atomTable {
	if t.used+len(atoms)-from > len(t.slots)/2 {
		t, from = newAtomTable(len(atoms)+len(atoms)/4), 0
	}
	mask := uint64(len(t.slots) - 1)
	for ; from < len(atoms); from++ {
		i := maphash.String(t.seed, string(atoms[from])) & mask
		for t.slots[i].Load() != 0 {
			i = (i + 1) & mask
		}
		t.slots[i].Store(uint32(from) + 1)
		t.used++
	}
	return t
}

// atom returns the number of an atom, false for one that has none.
func (x *index) atom(id graph.ID) (uint32, bool) { return x.numbers.find(x.atoms, id) }

// number enters the atoms from a number on into the table. The state is committed by then: what failed would stay in it.
func (x *index) number(from int) { x.numbers = x.numbers.with(x.atoms, from) }
