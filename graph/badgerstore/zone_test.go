package badgerstore_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"fangzhi/edtf"
	"fangzhi/graph"
	"fangzhi/graph/badgerstore"
	"fangzhi/graph/memstore"
	"fangzhi/graph/storetest"
)

// A page of a long list leaves out what its bands say lies farther, and nobody who shares the day of the last that it shows; a range of days
// passes over zones, and over many at a time, but over none that reaches into it.
func TestZonesAndBandsLeaveNobodyOut(t *testing.T) {
	badgerstore.Tune(t, badgerstore.Tuning{ManyFresh: 64, FewToSort: 1 << 30, Sorting: 4, Looking: 4, ManyDocs: 8, FewTexts: 1 << 30, FewOpen: 8, ManyOpen: 8, FewUnread: 1 << 30, ZoneSize: 2, Zoned: true})
	random := rand.New(rand.NewPCG(3, 4))
	naive, store := memstore.New(), mustOpen(t, t.TempDir())
	for _, month := range random.Perm(12) {
		var entries []storetest.Entry
		for i := range 60 + random.IntN(60) { // more than are looked at at once, together
			edtf := fmt.Sprintf("2021-%02d-%02d", month+1, 1+random.IntN(3))
			if random.IntN(8) == 0 {
				edtf = []string{"2021", "2020-12-30/2021-05-01", "../2021-04-01", "XXXX", fmt.Sprintf("2021-%02d", month+1)}[random.IntN(5)]
			}
			entries = append(entries, storetest.Entry{
				Title: fmt.Sprint(month, "·", i), EDTF: edtf, Kind: graph.EventKindEvent, Basis: graph.BasisExplicit,
				Links: []storetest.Link{{Name: "沈知秋", Official: []graph.OfficialRole{graph.RoleChair}}},
			})
		}
		issue := storetest.NewIssue(storetest.Yearbook, 2021, month+1, entries...)
		mustLoad(t, naive, issue)
		mustLoad(t, store, issue)
	}
	ctx := t.Context()
	want, got := mustRead(t, naive), mustRead(t, store)
	f := graph.Filter{Links: []graph.LinkCondition{{Kind: graph.KindOfficial, Atoms: []graph.ID{storetest.AtomID("沈知秋", 0)}}}}
	page := func(r graph.Reader, f graph.Filter, p graph.Page) (graph.EventPage, string) {
		t.Helper()
		page, err := r.Events(ctx, f, p)
		if err != nil {
			t.Fatal(err)
		}
		var titles []string
		for _, e := range page.Events {
			titles = append(titles, e.Title)
		}
		return page, fmt.Sprint(titles, page.HasPrevious, page.HasNext)
	}
	for _, first := range []int{1, 2, 7, 20} {
		for _, order := range []graph.TimelineOrder{graph.Ascending, graph.Descending} {
			p := graph.Page{First: first, Order: order}
			for range 40 {
				as, should := page(want, f, p)
				if _, is := page(got, f, p); is != should {
					t.Fatalf("%+v: %s, want %s", p, is, should)
				}
				if !as.HasNext {
					break
				}
				p.After = as.Events[len(as.Events)-1].SortKey()
			}
		}
	}
	start, _ := edtf.NewDay(2020, 12, 20)
	for range 300 {
		from := start + edtf.Day(random.IntN(400))
		within := graph.Filter{Days: graph.DayRange{From: from, To: from + edtf.Day(random.IntN(60))}}
		if random.IntN(2) == 0 {
			within.Links = f.Links
		}
		should, err := want.Count(ctx, within)
		if err != nil {
			t.Fatal(err)
		}
		if is, err := got.Count(ctx, within); is != should || err != nil {
			t.Fatalf("%v: %d events, %v; want %d", within.Days, is, err, should)
		}
		extent, err := want.Extent(ctx, within)
		if err != nil {
			t.Fatal(err)
		}
		if is, err := got.Extent(ctx, within); is != extent || err != nil {
			t.Fatalf("%v: they cover %v, %v; want %v", within.Days, is, err, extent)
		}
	}
}

func mustRead(t *testing.T, s graph.Store) graph.Reader {
	t.Helper()
	r, err := s.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	return r
}
