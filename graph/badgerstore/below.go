package badgerstore

import (
	"slices"
	"sync"
	"sync/atomic"

	"github.com/RoaringBitmap/roaring/v2"
)

// A family is an organ or a place with all that belongs to it. Its events are gathered when they are first asked for: of a million events
// all families took a fifth of the processor time of opening, and 15 MB. From then on updates add to them.
//
// States share a family as long as no update adds to it, so whichever of them gathers finds the same.
type family struct {
	targets []uint32 // by which links lead to one of the family, ascending
	turn    sync.Mutex
	events  atomic.Pointer[roaring.Bitmap] // guarded by turn while it is nil
}

// eventsBelow returns the events with a link to an atom or to what belongs to it, the dead too; nil where there is nothing that a link
// leads to.
func (x *index) eventsBelow(atom uint32) *roaring.Bitmap {
	f := x.below.at(atom)
	if f == nil {
		return nil
	}
	if set := f.events.Load(); set != nil {
		return set
	}
	f.turn.Lock()
	defer f.turn.Unlock()
	if f.events.Load() == nil {
		f.events.Store(x.gather(f.targets))
	}
	return f.events.Load()
}

// gather returns the events with a link to one of the targets, which are ascending.
func (x *index) gather(targets []uint32) *roaring.Bitmap {
	among := func(t uint32) bool {
		_, ok := slices.BinarySearch(targets, t)
		return ok
	}
	if own := x.leadsTo.at(x.targets[targets[0]].atom); slices.Equal(own, targets) {
		return roaring.BitmapOf(x.events.at(x.targets[targets[0]].atom)...)
	}
	bits := make([]uint64, x.n()/64+1)
	for _, t := range targets {
		atom := x.targets[t].atom
		own := x.leadsTo.at(atom)
		if own[slices.IndexFunc(own, among)] != t {
			continue // the events of the atom were entered
		}
		whole := !slices.ContainsFunc(own, func(t uint32) bool { return !among(t) })
		for _, o := range x.events.at(atom) {
			if whole || slices.ContainsFunc(x.linksOf(o), func(l link) bool { return l.toTarget() && among(l.target()) }) {
				bits[o/64] |= 1 << (o % 64)
			}
		}
	}
	return roaring.FromDense(bits, true)
}

// family returns the family of an atom, to be changed.
func (w *indexer) family(atom uint32) *family {
	f := w.below.ref(atom)
	if !w.ownBelow[atom] {
		w.ownBelow[atom] = true
		own := new(family)
		if old := *f; old != nil {
			own.targets = old.targets
			if set := old.events.Load(); set != nil {
				own.events.Store(set.Clone())
			}
		}
		*f = own
	}
	return *f
}

// add adds an event behind the others, if they were gathered.
func (f *family) add(o uint32) {
	if set := f.events.Load(); set != nil {
		set.Add(o)
	}
}
