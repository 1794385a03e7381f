package badgerstore

import (
	"fmt"
	"slices"
	"testing"

	"fangzhi/graph"
	"fangzhi/graph/storetest"
)

// A card may name an atom that no link of its event leads to: the department of an official without a post.
func TestCardsNameAtomsWithoutALink(t *testing.T) {
	s := openInMemory(t)
	c := newChronicler()
	c.apply(t, s, 1, 1) // atom 0 is another one
	b := c.batch(1)
	e := b.Put[0].Events[slices.IndexFunc(b.Put[0].Events, func(e *graph.Event) bool { return len(e.Officials) > 0 })]
	e.Officials[0].DepartmentAtom = graph.Atom{Kind: graph.KindDepartment, Name: "某局"}.ID()
	mustUpdate(t, s, b)
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

// A block of events that were all removed has no record. What stands behind it in the tail is indexed as what it is, when the graph is opened again.
func TestATailIsIndexedAcrossABlockThatIsGone(t *testing.T) {
	dir := t.TempDir()
	s, err := Open(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	issue := func(month int, title string) *graph.IssueData {
		entries := make([]storetest.Entry, 2*eventsARecord)
		for i := range entries {
			entries[i] = storetest.Entry{Title: fmt.Sprint(title, i), EDTF: "2021-01-05", Kind: graph.EventKindEvent, Basis: graph.BasisExplicit}
		}
		return storetest.NewIssue(storetest.Monthly, 2021, month, entries...)
	}
	gone := issue(2, "乙")
	if err := storetest.Load(t.Context(), s, issue(1, "甲"), gone, issue(3, "丙")); err != nil {
		t.Fatal(err)
	}
	if err := storetest.Remove(t.Context(), s, gone.Issue.ID); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if s, err = Open(dir, Options{}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	if err := s.drain(); err != nil {
		t.Fatal(err)
	}
	r := mustSnapshot(t, s)
	if open := r.index.open(); open > 0 {
		t.Errorf("%d events are in no segment", open)
	}
	for text, want := range map[string]int{"甲": 2 * eventsARecord, "乙": 0, "丙": 2 * eventsARecord, "丙15": 1} {
		if got, err := r.Count(t.Context(), graph.Filter{Texts: []string{text}}); got != want || err != nil {
			t.Errorf("%q is in %d events, %v; want %d", text, got, err, want)
		}
	}
}
