package badgerstore

import (
	"hash/maphash"

	"fangzhi/graph"
)

// faces tells an update, which knows what an entity is to be, whether the entity was found by the same keys before and stood in one
// value: then the new one takes its place without a look at it. Most changes are of the number of events.
type faces struct {
	seed   maphash.Seed
	hashes []uint64 // by first atom; 0 where nothing is known
}

// of returns the hash of all that entityKeys goes by.
func (f *faces) of(e *graph.EntityData) uint64 {
	hash := maphash.String(f.seed, string(e.ParentAtom))
	add := func(s string) { hash = hash*0x9e3779b97f4a7c15 + maphash.String(f.seed, s) }
	add(e.Name)
	for _, name := range e.Aliases {
		add(name)
	}
	return max(hash, 1)
}

func (f *faces) at(atom uint32) uint64 {
	if int(atom) < len(f.hashes) {
		return f.hashes[atom]
	}
	return 0
}

// face is what is known of an entity of a first atom.
type face struct {
	atom uint32
	hash uint64
}

func (f *faces) learn(all []face) {
	for _, a := range all {
		for int(a.atom) >= len(f.hashes) {
			f.hashes = append(f.hashes, 0)
		}
		f.hashes[a.atom] = a.hash
	}
}

func (f *faces) forget(atoms []uint32) {
	for _, atom := range atoms {
		if int(atom) < len(f.hashes) {
			f.hashes[atom] = 0
		}
	}
}
