package badgerstore_test

import (
	"fmt"
	"reflect"
	"testing"

	"fangzhi/graph"
	"fangzhi/graph/storetest"
)

// A page of heads is the heads of the page, and one of titles the titles but for its ends, also of events whose columns do not say all of it.
func TestHeadsAreThoseOfTheEvents(t *testing.T) {
	s := mustOpen(t, t.TempDir())
	entries := make([]storetest.Entry, 300) // more confidences than are told apart
	for i := range entries {
		entries[i] = storetest.Entry{
			Title: fmt.Sprint("甲", i), EDTF: []string{"2021-01-05", "2021-01", "XXXX", "../2021-01-05"}[i%4], Confidence: float64(i) / 1000,
			Kind: graph.EventKindEvent, Basis: graph.BasisExplicit,
		}
	}
	entries[1].Kind, entries[2].Basis = "RUMOUR", "GUESSED" // of a later program
	mustLoad(t, s, storetest.NewIssue(storetest.Yearbook, 2021, 1, entries...))
	r := mustRead(t, s)
	heads, err := r.Events(t.Context(), graph.Filter{}, graph.Page{First: 500, Detail: graph.Heads})
	if err != nil || len(heads.Events) != len(entries) {
		t.Fatalf("%d events, %v", len(heads.Events), err)
	}
	titles, err := r.Events(t.Context(), graph.Filter{}, graph.Page{First: 500, Detail: graph.Titles})
	if err != nil || len(titles.Events) != len(entries) {
		t.Fatalf("%d events, %v", len(titles.Events), err)
	}
	whole, err := r.Events(t.Context(), graph.Filter{}, graph.Page{First: 500})
	if err != nil {
		t.Fatal(err)
	}
	for i, e := range whole.Events {
		if want := e.Head(); !reflect.DeepEqual(heads.Events[i], want) {
			t.Errorf("%+v, want %+v", heads.Events[i], want)
		}
		want := e.Titled()
		if i == 0 || i == len(whole.Events)-1 {
			want = e.Head()
		}
		if !reflect.DeepEqual(titles.Events[i], want) {
			t.Errorf("%+v, want %+v", titles.Events[i], want)
		}
	}
}
