package badgerstore

import (
	"fmt"
	"slices"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"fangzhi/graph"
)

// Whichever state is asked first, and whatever is put meanwhile, each has the events that its own links lead to.
func TestEventsBelowAreThoseOfTheState(t *testing.T) {
	const atoms = 12
	rapid.Check(t, func(rt *rapid.T) {
		x := newIndex()
		for i := range atoms {
			x.atoms = append(x.atoms, graph.ID(fmt.Sprint("l", i)))
		}
		atom := rapid.Uint32Range(0, atoms-1)
		ask := func(x *index, atom uint32) {
			var want []uint32
			for o := range x.n() {
				if slices.ContainsFunc(x.linksOf(o), func(l link) bool { return x.leads(l, []uint32{atom}, true) }) {
					want = append(want, o)
				}
			}
			var got []uint32
			if set := x.eventsBelow(atom); set != nil {
				got = set.ToArray()
			}
			if !slices.Equal(got, want) {
				rt.Errorf("of %d events those below atom %d are %v, want %v", x.n(), atom, got, want)
			}
		}
		states := []*index{x}
		var asking sync.WaitGroup
		defer asking.Wait()
		for range rapid.IntRange(1, 12).Draw(rt, "updates") {
			old := states[len(states)-1]
			w := old.edit()
			for range rapid.IntRange(0, 4).Draw(rt, "asked meanwhile") {
				x, a := rapid.SampledFrom(states).Draw(rt, "state"), atom.Draw(rt, "atom")
				asking.Go(func() { ask(x, a) })
			}
			failed := rapid.Bool().Draw(rt, "fails")
			for range rapid.IntRange(1, 3).Draw(rt, "events") {
				var links []link
				for range rapid.IntRange(0, 3).Draw(rt, "links") {
					a := atom.Draw(rt, "linked")
					above := slices.DeleteFunc(rapid.SliceOfNDistinct(atom, 0, 2, rapid.ID).Draw(rt, "above"), func(b uint32) bool { return b == a })
					links = append(links, newLink(w.target(a, above), 0, toLocation))
				}
				w.put(row{}, links)
			}
			if !failed {
				states = append(states, w.done())
			}
		}
		for _, x := range states {
			for a := range uint32(atoms) {
				ask(x, a)
			}
		}
	})
}

// A link is packed and unpacked whole, whatever its kind and its roles.
func TestLinksHoldAllRoles(t *testing.T) {
	for _, n := range []int{len(officialCodes), len(deptCodes)} {
		for kind := range toPost + 1 {
			for _, target := range []uint32{0, 1<<16 - 1, 1 << 16, ^uint32(0)} {
				bits := uint16(1)<<n | 1
				if l := newLink(target, bits, kind); l.target() != target || l.bits() != bits || l.kind() != kind {
					t.Errorf("a link of kind %d to %d with %b is %v", kind, target, bits, l)
				}
			}
		}
	}
}
