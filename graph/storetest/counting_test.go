package storetest_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"fangzhi/graph"
	"fangzhi/graph/memstore"
	"fangzhi/graph/storetest"
)

func TestCountingStore(t *testing.T) {
	storetest.Run(t, storetest.Engine{Open: func(testing.TB) graph.Store { return storetest.NewCounting(memstore.New()) }})
}

func TestCountingCounts(t *testing.T) {
	s := storetest.NewCounting(memstore.New())
	if err := storetest.Load(t.Context(), s, storetest.Sample()...); err != nil {
		t.Fatal(err)
	}
	if got, want := s.Reads()["Issues"], (storetest.Calls{Calls: 3, IDs: 3}); got != want {
		t.Errorf("the updates read issues %+v, want %+v", got, want)
	}
	s.Reset()
	r, err := s.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	page, err := r.Events(t.Context(), graph.Filter{}, graph.Page{First: 4})
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if _, err := r.Bodies(t.Context(), []graph.ID{page.Events[0].ID, page.Events[1].ID, page.Events[2].ID}); err != nil {
			t.Fatal(err)
		}
	}
	want := map[string]storetest.Calls{"Events": {Calls: 1, IDs: 4}, "Bodies": {Calls: 2, IDs: 6}}
	if diff := cmp.Diff(want, s.Reads()); diff != "" {
		t.Errorf("Reads mismatch (-want +got):\n%s", diff)
	}
}
