package badgerstore

import (
	"fmt"
	"sync"
	"testing"

	"fangzhi/graph"
)

// While one adds atoms, those who have fewer of them find theirs, and none that came later.
func TestAtomsAreFoundByWhoHasThem(t *testing.T) {
	var all []graph.ID
	for i := range 5000 {
		all = append(all, graph.ID(fmt.Sprint("o", i)))
	}
	few := newAtomTable(0).with(all[:40], 0)
	table := few
	var group sync.WaitGroup
	group.Go(func() {
		for range 20 {
			for i, id := range all {
				if n, ok := few.find(all[:40], id); ok != (i < 40) || ok && n != uint32(i) {
					t.Errorf("of 40 atoms %s is %d, %v", id, n, ok)
					return
				}
			}
		}
	})
	for n := 40; n < len(all); n += 10 {
		table = table.with(all[:n+10], n)
	}
	group.Wait()
	for i, id := range all {
		if n, ok := table.find(all, id); !ok || n != uint32(i) {
			t.Fatalf("%s is %d, %v, want %d", id, n, ok, i)
		}
	}
	if few == table || len(few.slots) > 128 || len(table.slots) > 5*len(all) {
		t.Errorf("%d slots for 40 atoms, %d for %d", len(few.slots), len(table.slots), len(all))
	}
}

// Nothing is asked of the disk to number the atoms of an update that fails, and the next one gives the numbers to others.
func TestNumbersOfAnUpdateThatFailsGoToOthers(t *testing.T) {
	s, err := Open("", Options{InMemory: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	c := newChronicler()
	c.apply(t, s, 1, 1)
	put := func(name graph.ID) error {
		return s.Update(t.Context(), func(graph.Reader) (*graph.Batch, error) {
			return &graph.Batch{Atoms: map[graph.ID]graph.ID{name: "o-first"}}, nil
		})
	}
	broken := func() error { return fmt.Errorf("broken") }
	s.fault.Store(&broken)
	if err := put("o-lost"); err == nil {
		t.Fatal("the update succeeded")
	}
	s.fault.Store(nil)
	if err := put("o-kept"); err != nil {
		t.Fatal(err)
	}
	r, err := s.snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if n, ok := r.index.atom("o-lost"); ok {
		t.Errorf("the atom of the update that failed has the number %d", n)
	}
	if n, ok := r.index.atom("o-kept"); !ok || r.index.atoms[n] != "o-kept" {
		t.Errorf("the atom of the next has %d, %v", n, ok)
	}
}
