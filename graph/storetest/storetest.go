// Package storetest is the promise of graph.Store in code: the suite that every engine passes, without a skip.
//
// It also holds a small invented graph for tests of whatever stands on a store (Sample, Load), and a store that
// counts what is read (Counting).
package storetest

import (
	"context"
	"slices"
	"strings"
	"testing"

	"fangzhi/graph"
)

// test is one promise. s is empty; open opens further empty stores.
type test struct {
	name string
	run  func(t *testing.T, s graph.Store, open func(testing.TB) graph.Store)
}

// Engine is what the suite has to know of an engine.
type Engine struct {
	// Open opens an empty store, and has it closed when its test ends.
	Open func(testing.TB) graph.Store
	// Reopen closes a store that Open or Reopen opened and opens what it kept; nil for an engine that keeps nothing.
	Reopen func(testing.TB, graph.Store) graph.Store
}

// Run runs the suite.
func Run(t *testing.T, e Engine) {
	for _, group := range [][]test{
		recordTests, updateTests, filterTests, pageTests, searchTests, findTests, countTests, reportTests, faultTests, {{"Histories", e.histories}},
	} {
		for _, tt := range group {
			t.Run(tt.name, func(t *testing.T) {
				s := e.Open(t)
				tt.run(t, s, e.Open)
				mustBeSound(t, s)
			})
		}
	}
}

// mustBeSound fails the test unless every invariant of the graph holds.
func mustBeSound(t testing.TB, s graph.Store) {
	t.Helper()
	if err := graph.Check(context.Background(), mustSnapshot(t, s)); err != nil {
		t.Errorf("the graph is not sound:\n%v", err)
	}
}

// mustSnapshot returns a snapshot that is closed when the test ends, before the store.
func mustSnapshot(t testing.TB, s graph.Store) graph.Reader {
	t.Helper()
	r, err := s.Snapshot(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.Close)
	return r
}

func mustLoad(t testing.TB, s graph.Store, issues ...*graph.IssueData) {
	t.Helper()
	if err := Load(context.Background(), s, issues...); err != nil {
		t.Fatal(err)
	}
}

func mustRemove(t testing.TB, s graph.Store, issues ...graph.ID) {
	t.Helper()
	if err := Remove(context.Background(), s, issues...); err != nil {
		t.Fatal(err)
	}
}

func mustDigest(t testing.TB, s graph.Store) string {
	t.Helper()
	r, err := s.Snapshot(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	digest, err := graph.Digest(context.Background(), r)
	if err != nil {
		t.Fatal(err)
	}
	return digest
}

func mustPage(t testing.TB, r graph.Reader, f graph.Filter, p graph.Page) graph.EventPage {
	t.Helper()
	page, err := r.Events(context.Background(), f, p)
	if err != nil {
		t.Fatalf("Events(%+v, %+v): %v", f, p, err)
	}
	return page
}

func mustCount(t testing.TB, r graph.Reader, f graph.Filter) int {
	t.Helper()
	n, err := r.Count(context.Background(), f)
	if err != nil {
		t.Fatalf("Count(%+v): %v", f, err)
	}
	return n
}

// titles joins those of the events; in the sample each has one character.
func titles(events []*graph.Event) string {
	var b strings.Builder
	for _, e := range events {
		b.WriteString(e.Title)
	}
	return b.String()
}

// timeline returns the titles of all that the filter leaves, asked for in every way that there is; they must agree.
func timeline(t testing.TB, r graph.Reader, f graph.Filter) string {
	t.Helper()
	page := mustPage(t, r, f, graph.Page{First: 1000})
	all := titles(page.Events)
	if page.HasNext || page.HasPrevious {
		t.Errorf("Events(%+v) shows all and says that there is more: %v, %v", f, page.HasPrevious, page.HasNext)
	}
	if got := titles(mustPage(t, r, f, graph.Page{Last: 1000}).Events); got != all {
		t.Errorf("Events(%+v): the last are %s, the first %s", f, got, all)
	}
	if n := mustCount(t, r, f); n != len(page.Events) {
		t.Errorf("Count(%+v) = %d, and there are %s", f, n, all)
	}
	var each []*graph.Event
	err := r.Each(context.Background(), f, func(e *graph.Event) error {
		each = append(each, e)
		return nil
	})
	if err != nil || titles(each) != all {
		t.Errorf("Each(%+v) visits %s (%v), and there are %s", f, titles(each), err, all)
	}
	for size := range 5 { // in pages, from both ends, in both orders
		for _, order := range []graph.TimelineOrder{graph.Ascending, graph.Descending} {
			walkPages(t, r, f, order, size+1, all)
		}
	}
	return all
}

// walkPages walks the timeline in pages of a size from either end and compares with all, the titles in ascending order.
func walkPages(t testing.TB, r graph.Reader, f graph.Filter, order graph.TimelineOrder, size int, all string) {
	t.Helper()
	want := []rune(all)
	var forward, backward []*graph.Event
	p := graph.Page{First: size, Order: order}
	for {
		page := mustPage(t, r, f, p)
		if page.HasPrevious != (len(forward) > 0) {
			t.Errorf("Events(%+v, %+v): HasPrevious = %v", f, p, page.HasPrevious)
		}
		forward = append(forward, page.Events...)
		if page.HasNext != (len(forward) < len(want)) || len(page.Events) > size {
			t.Errorf("Events(%+v, %+v): HasNext = %v after %s of %s", f, p, page.HasNext, titles(forward), all)
		}
		if !page.HasNext || len(page.Events) == 0 || len(forward) > len(want) {
			break
		}
		p.After = page.Events[len(page.Events)-1].SortKey()
	}
	p = graph.Page{Last: size, Order: order}
	for {
		page := mustPage(t, r, f, p)
		if page.HasNext != (len(backward) > 0) {
			t.Errorf("Events(%+v, %+v): HasNext = %v", f, p, page.HasNext)
		}
		backward = append(slices.Clone(page.Events), backward...)
		if page.HasPrevious != (len(backward) < len(want)) || len(page.Events) > size {
			t.Errorf("Events(%+v, %+v): HasPrevious = %v before %s of %s", f, p, page.HasPrevious, titles(backward), all)
		}
		if !page.HasPrevious || len(page.Events) == 0 || len(backward) > len(want) {
			break
		}
		p.Before = page.Events[0].SortKey()
	}
	if got := titles(forward); got != titles(backward) {
		t.Errorf("pages of %d of %+v (%s): %s from the beginning, %s from the end", size, f, order, got, titles(backward))
	}
	if order == graph.Ascending && titles(forward) != all || len(forward) != len(want) {
		t.Errorf("pages of %d of %+v (%s) show %s, want %s", size, f, order, titles(forward), all)
	}
}
