package badgerstore

import (
	"slices"
	"testing"

	"fangzhi/graph"
)

// A card may name an atom that no link of its event leads to: the department of an official without a post.
func TestCardsNameAtomsWithoutALink(t *testing.T) {
	s, err := Open("", Options{InMemory: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	c := newChronicler()
	c.apply(t, s, 1, 1) // atom 0 is another one
	b := c.batch(1)
	e := b.Put[0].Events[slices.IndexFunc(b.Put[0].Events, func(e *graph.Event) bool { return len(e.Officials) > 0 })]
	e.Officials[0].DepartmentAtom = graph.Atom{Kind: graph.KindDepartment, Name: "某局"}.ID()
	if err := s.Update(t.Context(), func(graph.Reader) (*graph.Batch, error) { return b, nil }); err != nil {
		t.Fatal(err)
	}
	r, err := s.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	got, err := r.EventsByID(t.Context(), []graph.ID{e.ID})
	if err != nil {
		t.Fatal(err)
	}
	if atom := got[0].Officials[0].DepartmentAtom; atom != e.Officials[0].DepartmentAtom {
		t.Errorf("the department is %q, want %q", atom, e.Officials[0].DepartmentAtom)
	}
}
