package badgerstore_test

import (
	"fmt"
	"strings"
	"sync/atomic"
	"testing"

	"fangzhi/edtf"
	"fangzhi/graph"
	"fangzhi/graph/badgerstore"
	"fangzhi/graph/storetest"
)

// A search among the events of some looks at texts of theirs alone, whatever the days.
func TestSearchLooksAtTextsOfTheFilterAlone(t *testing.T) {
	badgerstore.Tune(t, badgerstore.Tuning{ManyFresh: 4096, FewToSort: 512, Sorting: 8, Looking: 4, ManyDocs: 1024, FewTexts: 64, FewOpen: 8, ManyOpen: 8, FewUnread: 1 << 30})
	s := mustOpen(t, t.TempDir())
	entries := func(n int, text string, names ...string) (all []storetest.Entry) {
		for i := range n {
			all = append(all, storetest.Entry{
				Title: fmt.Sprint("甲", i), Text: text, EDTF: fmt.Sprintf("2021-01-%02d", 1+i%30), Kind: graph.EventKindEvent, Basis: graph.BasisExplicit,
				Links: []storetest.Link{{Name: names[i%len(names)], Official: []graph.OfficialRole{graph.RoleChair}}},
			})
		}
		return all
	}
	const long = "子丑寅卯辰巳午未申酉戌亥" // more than a gram
	mustLoad(t, s, storetest.NewIssue(storetest.Yearbook, 2021, 1, entries(60, "无", "沈知秋", "林见鹿")...),
		storetest.NewIssue(storetest.Yearbook, 2021, 2, entries(400, long, "顾南风")...))
	if err := s.Settle(); err != nil {
		t.Fatal(err)
	}
	day, _ := edtf.NewDay(2021, 1, 8)
	f := graph.Filter{
		Links: []graph.LinkCondition{{Kind: graph.KindOfficial, Atoms: []graph.ID{storetest.AtomID("沈知秋", 0), storetest.AtomID("林见鹿", 0)}}},
		Days:  graph.DayRange{From: day + 100, To: day + 100},
	}
	var texts atomic.Int64
	badgerstore.OnFind(t, func(key string) {
		if strings.HasPrefix(key, "b") {
			texts.Add(1)
		}
	})
	hits, err := mustRead(t, s).Search(t.Context(), f, long, graph.HitPage{First: 10})
	if n := texts.Load(); err != nil || len(hits.Hits) > 0 || n > 8+1 {
		t.Errorf("%d hits, %v; %d records of texts were looked for, and the filter leaves the events of eight", len(hits.Hits), err, n)
	}
}
