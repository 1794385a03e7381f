package storetest

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fangzhi/graph"
)

// threeReports returns the sample with three groups of reports: 甲 and 乙 of one day and issue, 丑 and 庚 of two
// publications, and 卯, 丁 and 辛.
func threeReports() []*graph.IssueData {
	january := Reported(Reported(Reported(January(), 0, "一"), 1, "一"), 3, "三")
	february := Reported(Reported(February(), 0, "二"), 1, "三")
	return []*graph.IssueData{january, february, Reported(Reported(Year(), 0, "二"), 2, "三")}
}

// mustReports returns the titles of the reports of each event of the graph that has others.
func mustReports(t testing.TB, r graph.Reader) []string {
	t.Helper()
	ctx := context.Background()
	var all []string
	for _, e := range mustPage(t, r, graph.Filter{}, graph.Page{First: 1000}).Events {
		found, err := r.Reports(ctx, []graph.ID{e.ID, "e0"})
		if err != nil || len(found) != 2 || len(found[1]) > 0 {
			t.Fatalf("Reports(%s, none) = %v, %v", e.Title, found, err)
		}
		if len(found[0]) > 0 {
			events, err := r.EventsByID(ctx, found[0])
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, e.Title+":"+titles(events))
		}
	}
	return all
}

var reportTests = []test{
	{"ReportsOfOneEventKnowEachOther", func(t *testing.T, s graph.Store, _ func(testing.TB) graph.Store) {
		issues := threeReports()
		mustLoad(t, s, issues...)
		want := []string{"卯:卯丁辛", "丑:丑庚", "丁:卯丁辛", "甲:甲乙", "乙:甲乙", "庚:丑庚", "辛:卯丁辛"}
		if diff := cmp.Diff(want, mustReports(t, mustSnapshot(t, s))); diff != "" {
			t.Errorf("reports (-want +got):\n%s", diff)
		}
		mustRemove(t, s, issues[1].Issue.ID)
		want = []string{"卯:卯丁", "丁:卯丁", "甲:甲乙", "乙:甲乙"}
		if diff := cmp.Diff(want, mustReports(t, mustSnapshot(t, s))); diff != "" {
			t.Errorf("reports when February is gone (-want +got):\n%s", diff)
		}
		mustRemove(t, s, issues[2].Issue.ID, issues[0].Issue.ID)
		if got := mustReports(t, mustSnapshot(t, s)); len(got) > 0 {
			t.Errorf("reports when all is gone: %v", got)
		}
	}},
	{"ReportsAreOfTheDigest", func(t *testing.T, s graph.Store, open func(testing.TB) graph.Store) {
		issues := threeReports()
		mustLoad(t, s, issues...)
		want := mustDigest(t, s)
		other := open(t)
		mustLoad(t, other, issues[2], issues[0], issues[1])
		if got := mustDigest(t, other); got != want {
			t.Errorf("loaded in another order: digest %s, want %s", got, want)
		}
		err := other.Update(context.Background(), func(r graph.Reader) (*graph.Batch, error) {
			ids, err := r.Reports(context.Background(), []graph.ID{issues[0].Events[0].ID})
			return &graph.Batch{DropReports: ids[0][:1]}, err
		})
		if err != nil {
			t.Fatal(err)
		}
		if got := mustDigest(t, other); got == want {
			t.Error("a group went, and the digest is the same")
		}
	}},
	{"OnePerEventIsTheFirstThatMeetsTheFilter", func(t *testing.T, s graph.Store, _ func(testing.TB) graph.Store) {
		mustLoad(t, s, threeReports()...)
		r := mustSnapshot(t, s)
		one := func(f graph.Filter) graph.Filter {
			asked := f
			f.OnePerEvent = &asked
			return f
		}
		for _, tt := range []struct {
			name string
			f    graph.Filter
			want string
		}{
			{"all", one(graph.Filter{}), "辰寅子卯丑甲己丙壬戊癸"},
			{"of a publication", one(graph.Filter{Publications: []graph.ID{Monthly}}), "子丁甲己丙庚壬戊癸"},
			{"of an issue", one(graph.Filter{Issues: []graph.ID{February().Issue.ID}}), "子庚辛壬癸"},
			{"of a section", one(graph.Filter{Sections: []string{"要闻", ""}}), "子丁甲己庚癸"},
			{"of an official", one(links(either("沈知秋"))), "甲己壬"},
			{"of an official, while another is walked", one(links(either("林见鹿"), to("石桥县"))), "庚"},
			{"days", one(graph.Filter{Days: days("2021-01-05", "2021-01-05")}), "寅丁甲丙"},
			{"a text of the later", one(graph.Filter{Texts: []string{"庚"}}), "庚"},
			{"a text that not all reports have", one(graph.Filter{Texts: []string{"云河区"}}), "甲丙庚戊癸"},
			{"undated", one(graph.Filter{Days: days("2021-02-10", ""), Kinds: []graph.EventKind{graph.EventKindEvent}}), "寅庚辛壬"},
			{"a condition that came later lets no other report in",
				graph.Filter{Publications: []graph.ID{Monthly}, OnePerEvent: &graph.Filter{}}, "子甲己丙壬戊癸"},
			{"nothing", one(graph.Filter{Nothing: true}), ""},
		} {
			t.Run(tt.name, func(t *testing.T) {
				if got := timeline(t, r, tt.f); got != tt.want {
					t.Errorf("filter %+v leaves %q, want %q", tt.f, got, tt.want)
				}
			})
		}
	}},
	{"LaterReportsStandFarApart", func(t *testing.T, s graph.Store, _ func(testing.TB) graph.Store) {
		var entries []Entry
		for i := range 90 { // 30 days of three reports; the last names an official every tenth day
			e := Entry{string(rune('㐀' + i)), []string{"甲", "乙", "丙"}[i%3], fmt.Sprintf("2021-01-%02d", i/3+1), graph.EventKindEvent, graph.BasisExplicit, 1, "", nil}
			if i%30 == 29 {
				e.Links = []Link{who("沈知秋", 0, graph.RoleAttend)}
			}
			entries = append(entries, e)
		}
		d := NewIssue(Monthly, 2021, 1, entries...)
		for i := range entries {
			Reported(d, i, fmt.Sprint(i/3))
		}
		mustLoad(t, s, d)
		r := mustSnapshot(t, s)
		for _, tt := range []struct {
			name       string
			f, asked   graph.Filter
			want, last int
		}{
			{"all", graph.Filter{}, graph.Filter{}, 30, 87},
			{"the later ones alone", graph.Filter{Sections: []string{"乙", "丙"}}, graph.Filter{Sections: []string{"乙", "丙"}}, 30, 88},
			{"few, of whom an earlier one is asked for too", links(to("沈知秋")), graph.Filter{}, 0, 0},
			{"few", links(to("沈知秋")), links(to("沈知秋")), 3, 89},
		} {
			tt.f.OnePerEvent = &tt.asked
			got := []rune(timeline(t, r, tt.f))
			if len(got) != tt.want || tt.want > 0 && got[len(got)-1] != '㐀'+rune(tt.last) {
				t.Errorf("%s: %d events: %s", tt.name, len(got), string(got))
			}
		}
	}},
	{"LengthOfADate", func(t *testing.T, s graph.Store, _ func(testing.TB) graph.Store) {
		mustLoad(t, s, Sample()...)
		r := mustSnapshot(t, s)
		for _, tt := range []struct {
			f    graph.Filter
			want string
		}{
			{graph.Filter{MaxDays: 1}, "子卯甲乙庚"},
			{graph.Filter{MaxDays: 17}, "子卯甲乙己庚"},
			{graph.Filter{MaxDays: 18}, "子卯丁甲乙己庚"},
			{graph.Filter{MaxDays: 1, Days: days("2021-01-05", "2021-01-05")}, "甲乙"},
			{graph.Filter{MaxDays: 18, Days: days("2021-01-05", "2021-01-05")}, "丁甲乙"},
			{graph.Filter{MaxDays: 18, Days: days("2021-01-20", "")}, "丁庚"},
			{graph.Filter{MaxDays: 400, Days: days("2021-01-19", "2021-01-20")}, "丁己丙"},
			{graph.Filter{MaxDays: 400, Days: days("2020-06-01", "2020-06-30")}, "卯丑"},
		} {
			if got := timeline(t, r, tt.f); got != tt.want {
				t.Errorf("filter %+v leaves %q, want %q", tt.f, got, tt.want)
			}
		}
	}},
	{"RedirectsLeadFromOldIDs", func(t *testing.T, s graph.Store, _ func(testing.TB) graph.Store) {
		ctx := context.Background()
		d := January()
		first, second := d.Events[0].ID, d.Events[1].ID
		d.Document.Redirects = map[graph.ID]graph.ID{"e1": first, second: first, "e2": "e3"}
		mustLoad(t, s, January(), d)
		ask := func() string {
			t.Helper()
			found, err := mustSnapshot(t, s).EventsByID(ctx, []graph.ID{"e1", first, second, "e2", "e4"})
			if err != nil {
				t.Fatal(err)
			}
			return titles(slices.DeleteFunc(slices.Clone(found), func(e *graph.Event) bool { return e == nil }))
		}
		if got := ask(); got != "甲甲乙" {
			t.Errorf("an old id, two that are there, and none: %s, want 甲甲乙", got)
		}
		with := mustDigest(t, s)
		mustLoad(t, s, January())
		if got := ask(); got != "甲乙" {
			t.Errorf("a reading without redirects: %s, want 甲乙", got)
		}
		if got := mustDigest(t, s); got != with {
			t.Error("redirects tell history and are not of the digest")
		}
		mustLoad(t, s, d)
		mustRemove(t, s, d.Issue.ID)
		if got := ask(); got != "" {
			t.Errorf("the issue is gone, and its old ids lead to %s", got)
		}
	}},
	{"PairsStandInTheOrderOfTheirScores", func(t *testing.T, s graph.Store, _ func(testing.TB) graph.Store) {
		issue := NewIssue(Monthly, 2021, 1, Entry{"甲", "", "2021-01-05", graph.EventKindEvent, graph.BasisExplicit, 1, "", []Link{
			who("沈知秋", 0, graph.RoleChair), who("顾南风", 0, graph.RoleAttend), who("林见鹿", 0, graph.RoleAttend), who("石桥沈知秋", 0, graph.RoleAttend),
			organ("云河区教育局", graph.DeptHost), organ("石桥县教育局", graph.DeptHost)}})
		mustLoad(t, s, issue)
		first := []graph.SamePair{NewPair("沈知秋", "石桥沈知秋", 0.02)} // what blocks hold by the facts
		pairsIn := func(key string, pairs ...graph.SamePair) graph.Block {
			facts := []graph.Fact{{Kind: graph.FactSeen, A: &catalogue["顾南风"].atoms[0], N: 1}}
			return graph.Block{Key: key, Facts: facts, Pairs: pairs}
		}
		put := func(blocks ...graph.Block) {
			t.Helper()
			err := s.Update(context.Background(), func(graph.Reader) (*graph.Batch, error) { return &graph.Batch{Blocks: blocks}, nil })
			if err != nil {
				t.Fatal(err)
			}
		}
		best, middle := NewPair("云河区教育局", "石桥县教育局", 0.9), NewPair("顾南风", "林见鹿", 0.5)
		even := NewPair("沈知秋", "林见鹿", 0.5)
		put(pairsIn("一", middle, best), pairsIn("二", even, middle)) // two blocks hold one pair
		want := []graph.SamePair{best, middle, even, first[0]}
		if even.Key() < middle.Key() {
			want[1], want[2] = even, middle
		}
		expectPairs(t, mustSnapshot(t, s), want)
		put(pairsIn("一", best))
		expectPairs(t, mustSnapshot(t, s), want) // the other block still holds it
		put(pairsIn("二", even), graph.Block{Key: "一"})
		expectPairs(t, mustSnapshot(t, s), []graph.SamePair{even, first[0]})
		put(graph.Block{Key: "二"})
		mustRemove(t, s, issue.Issue.ID)
		expectPairs(t, mustSnapshot(t, s), nil)
	}},
}

// expectPairs asks for the pairs from either end, from each on, and by kind.
func expectPairs(t *testing.T, r graph.Reader, want []graph.SamePair) {
	t.Helper()
	list := func(kind graph.EntityKind, from graph.SameKey, backward bool) (all []graph.SamePair) {
		err := r.EachSame(context.Background(), kind, from, backward, func(p *graph.SamePair) error {
			all = append(all, *p)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	for _, kind := range append([]graph.EntityKind{""}, graph.EntityKinds...) {
		var some []graph.SamePair
		for _, p := range want {
			if kind == "" || p.Kind() == kind {
				some = append(some, p)
			}
		}
		if diff := cmp.Diff(some, list(kind, "", false)); diff != "" {
			t.Errorf("pairs of kind %q (-want +got):\n%s", kind, diff)
		}
		for i := range some {
			if diff := cmp.Diff(len(some)-i-1, len(list(kind, some[i].Key(), false))); diff != "" {
				t.Errorf("pairs of kind %q behind the %d-th (-want +got):\n%s", kind, i, diff)
			}
			before := list(kind, some[i].Key(), true)
			slices.Reverse(before)
			if len(before) != i || i > 0 && !cmp.Equal(before, some[:i]) {
				t.Errorf("pairs of kind %q before the %d-th: %v", kind, i, before)
			}
		}
		all := list(kind, "", true)
		slices.Reverse(all)
		if diff := cmp.Diff(some, all); diff != "" {
			t.Errorf("pairs of kind %q from the end (-want +got):\n%s", kind, diff)
		}
	}
	stopped := 0
	err := r.EachSame(context.Background(), "", "", false, func(*graph.SamePair) error {
		stopped++
		return graph.ErrStop
	})
	if err != nil || stopped > 1 {
		t.Errorf("ErrStop: %d pairs, %v", stopped, err)
	}
}
