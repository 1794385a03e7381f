package badgerstore_test

import (
	"fmt"
	"testing"

	"fangzhi/edtf"
	"fangzhi/graph"
	"fangzhi/graph/badgerstore"
	"fangzhi/graph/memstore"
	"fangzhi/graph/storetest"
)

// Where few days are asked for, their events are asked which of several atoms they have: a link without a role, of a location that is
// not the place of the event, is one. Where there are more days, the events of the atoms are asked for theirs.
func TestFewDaysOfSeveralAtoms(t *testing.T) {
	naive, store := memstore.New(), mustOpen(t, t.TempDir())
	for month := range 6 {
		var entries []storetest.Entry
		for i := range 10 {
			links := []storetest.Link{{Name: []string{"云河区", "云河广场"}[i%2], Place: i%5 == 0}}
			switch {
			case i%4 == 1: // both
				links = append(links, storetest.Link{Name: "云河区"})
			case i%3 == 0:
				links = []storetest.Link{{Name: "沈知秋", Official: []graph.OfficialRole{graph.RoleMentioned}}}
			}
			entries = append(entries, storetest.Entry{
				Title: fmt.Sprint(month, "·", i), EDTF: fmt.Sprintf("2021-%02d-%02d", 2*month+1, 1+i), Kind: graph.EventKindEvent, Basis: graph.BasisExplicit, Links: links,
			})
		}
		issue := storetest.NewIssue(storetest.Yearbook, 2021, 2*month+1, entries...)
		mustLoad(t, naive, issue)
		mustLoad(t, store, issue)
	}
	want, got := mustRead(t, naive), mustRead(t, store)
	places := []graph.ID{storetest.AtomID("云河区", 0), storetest.AtomID("云河广场", 0)}
	first, _ := edtf.NewDay(2021, 3, 1)
	for _, link := range []graph.LinkCondition{
		{Kind: graph.KindLocation, Atoms: places},
		{Kind: graph.KindLocation, Atoms: places, AtPlace: true},
	} {
		for _, days := range []edtf.Day{5, 70, 140} {
			f := graph.Filter{Days: graph.DayRange{From: first, To: first + days}, Links: []graph.LinkCondition{link}, MaxDays: 1}
			should, err := want.Count(t.Context(), f)
			if err != nil || should == 0 {
				t.Fatalf("%d events of %d days, %v: nothing is tested", should, days, err)
			}
			if is, err := got.Count(t.Context(), f); is != should || err != nil {
				t.Errorf("%d days, at the place: %v: %d events, %v; want %d", days, link.AtPlace, is, err, should)
			}
		}
	}
}

// Days that begin or end where events do, or have no beginning or no end, and events of a month, whose dates are no single day.
func TestBoundsOfTheDaysOfSeveralAtoms(t *testing.T) {
	badgerstore.Tune(t, badgerstore.Tuning{ManyFresh: 4096, FewToSort: 512, Sorting: 4, Looking: 1 << 20, ManyDocs: 8, FullRecord: 1024, ManySmall: 16}) // no window is short
	naive, store := memstore.New(), mustOpen(t, t.TempDir())
	var entries []storetest.Entry
	for i, date := range []string{"2021-02-28", "2021-03", "2021-03-01", "2021-03-02", "2021-03-02", "2021-03-31", "2021-03-30/2021-04-02", "2021-04", "2021"} {
		entries = append(entries, storetest.Entry{
			Title: fmt.Sprint(i), EDTF: date, Kind: graph.EventKindEvent, Basis: graph.BasisExplicit, Links: []storetest.Link{{Name: []string{"云河区", "云河广场"}[i%2]}},
		})
	}
	issue := storetest.NewIssue(storetest.Yearbook, 2021, 0, entries...)
	mustLoad(t, naive, issue)
	mustLoad(t, store, issue)
	want, got := mustRead(t, naive), mustRead(t, store)
	first, _ := edtf.NewDay(2021, 3, 1)
	for _, from := range []edtf.Day{0, first - 1, first, first + 1, first + 2} {
		for _, to := range []edtf.Day{0, first - 1, first, first + 1, first + 30, first + 31} {
			days := graph.DayRange{From: from, To: to}
			if to != 0 && to < from {
				continue
			}
			f := graph.Filter{Days: days, Links: []graph.LinkCondition{{Kind: graph.KindLocation, Atoms: []graph.ID{storetest.AtomID("云河区", 0), storetest.AtomID("云河广场", 0)}}}}
			should, err := want.Count(t.Context(), f)
			if err != nil {
				t.Fatal(err)
			}
			if is, err := got.Count(t.Context(), f); is != should || err != nil {
				t.Errorf("from %s to %s: %d events, %v; want %d", from, to, is, err, should)
			}
		}
	}
}
