package storetest

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"fangzhi/edtf"
	"fangzhi/graph"
	"fangzhi/graph/memstore"
)

var historyTests = []test{{"RandomHistoriesAnswerAsTheNaiveEngine", func(outer *testing.T, s graph.Store, open func(testing.TB) graph.Store) {
	ctx := context.Background()
	empty := mustDigest(outer, s)
	histories := 0
	rapid.Check(outer, func(t *rapid.T) {
		if histories++; histories%25 == 0 { // what is deleted slows engines down until they clean up
			s = open(outer)
		}
		if err := clearAll(ctx, s); err != nil { // what an earlier history left
			t.Fatal(err)
		}
		naive := memstore.New()
		h := &history{store: s, naive: naive}
		for range rapid.IntRange(1, 6).Draw(t, "steps") {
			h.step(t)
		}
		h.compare(t)
	})
	if err := clearAll(ctx, s); err != nil {
		outer.Fatal(err)
	}
	if got := mustDigest(outer, s); got != empty {
		outer.Errorf("all went: digest %s, of the empty graph %s", got, empty)
	}
}}}

func clearAll(ctx context.Context, s graph.Store) error {
	return s.Update(ctx, func(r graph.Reader) (*graph.Batch, error) {
		ids, err := r.IssueList(ctx, "")
		if err != nil {
			return nil, err
		}
		return Batch(ctx, r, ids)
	})
}

// history is a store and the naive one to which the same happens.
type history struct {
	store, naive graph.Store
	keys         []graph.SortKey // of all events that there ever were
	ids          []graph.ID
}

// step puts an issue, in place of one that may be there, or takes some out.
func (h *history) step(t *rapid.T) {
	ctx := context.Background()
	apply := func(change func(graph.Store) error) {
		for _, s := range []graph.Store{h.naive, h.store} {
			if err := change(s); err != nil {
				t.Fatal(err)
			}
		}
	}
	if rapid.IntRange(0, 3).Draw(t, "what") == 0 && len(h.ids) > 0 {
		ids := rapid.SliceOfN(rapid.SampledFrom(h.ids), 1, 2).Draw(t, "remove")
		apply(func(s graph.Store) error { return Remove(ctx, s, ids...) })
		return
	}
	d := drawIssue(t)
	h.ids = append(h.ids, d.Issue.ID)
	for _, e := range d.Events {
		h.keys = append(h.keys, e.SortKey())
	}
	apply(func(s graph.Store) error { return Load(ctx, s, d) })
}

// compare asks both the same and fails where the answers differ.
func (h *history) compare(t *rapid.T) {
	ctx := context.Background()
	var answers [2]answer
	var questions []question
	for range rapid.IntRange(1, 8).Draw(t, "questions") {
		questions = append(questions, question{drawFilter(t), drawPage(t, h.keys)})
	}
	for i, s := range []graph.Store{h.naive, h.store} {
		r, err := s.Snapshot(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if answers[i], err = ask(ctx, r, questions); err != nil {
			t.Fatal(err)
		}
		r.Close()
	}
	if diff := cmp.Diff(answers[0], answers[1]); diff != "" {
		t.Fatalf("the answers differ (-naive +got):\n%s", diff)
	}
}

type question struct {
	f graph.Filter
	p graph.Page
}

// answer is what a graph says, as far as two engines have to agree.
type answer struct {
	Digest string
	Pages  []string
}

func ask(ctx context.Context, r graph.Reader, questions []question) (a answer, err error) {
	if err := graph.Check(ctx, r); err != nil {
		return a, err
	}
	if a.Digest, err = graph.Digest(ctx, r); err != nil {
		return a, err
	}
	for _, q := range questions {
		page, err := r.Events(ctx, q.f, q.p)
		if err != nil {
			return a, err
		}
		n, err := r.Count(ctx, q.f)
		if err != nil {
			return a, err
		}
		each := ""
		err = r.Each(ctx, q.f, func(e *graph.Event) error {
			each += e.Title
			return nil
		})
		if err != nil {
			return a, err
		}
		asked := "none"
		if q.f.OnePerEvent != nil {
			asked = fmt.Sprintf("%+v", *q.f.OnePerEvent)
			q.f.OnePerEvent = nil
		}
		a.Pages = append(a.Pages, fmt.Sprintf("%+v %+v one per event of %s: %s %v %v, %d of %s", q.f, q.p, asked, titles(page.Events), page.HasPrevious, page.HasNext, n, each))
	}
	return a, nil
}

var (
	names    = slices.Sorted(maps.Keys(catalogue))
	sections = []string{"", "要闻", "党建"}
	dates    = []string{
		"XXXX", "2020-01-01", "2020-02-29", "2020-12-31", "2021-01-01", "2021-01-15", "2021-01", "2020", "2020-12", "2021~",
		"2020-12-30/2021-01-02", "2020-12-01/2021-02-28", "2019-06-01/2021-06-01", "1901/2021", "../2020-06-01", "2020-12-31/..", "202X", "2021-01-1X",
	}
)

func drawIssue(t *rapid.T) *graph.IssueData {
	publication := rapid.SampledFrom([]graph.ID{Monthly, Yearbook}).Draw(t, "publication")
	entries := make([]Entry, rapid.IntRange(1, 8).Draw(t, "events"))
	for i := range entries {
		entries[i] = Entry{
			Title:   string(rune('㐀' + rapid.IntRange(0, 9).Draw(t, "title")*100 + i)),
			Section: rapid.SampledFrom(sections).Draw(t, "section"),
			EDTF:    rapid.SampledFrom(dates).Draw(t, "date"),
			Kind:    rapid.SampledFrom([]graph.EventKind{graph.EventKindEvent, graph.EventKindRoster, graph.EventKindOverview}).Draw(t, "kind"),
			Basis:   rapid.SampledFrom([]graph.DateBasis{graph.BasisExplicit, graph.BasisRelative, graph.BasisNone}).Draw(t, "basis"),

			Confidence: rapid.SampledFrom([]float64{0, 0.5, 1}).Draw(t, "confidence"),
			Text:       rapid.SampledFrom([]string{"", "慰问", "会议，慰问"}).Draw(t, "text"),
			Links:      drawLinks(t),
		}
	}
	d := NewIssue(publication, 2021, rapid.IntRange(1, 3).Draw(t, "month"), entries...)
	for i := range entries {
		Reported(d, i, rapid.SampledFrom([]string{"", "", "一", "二"}).Draw(t, "report"))
	}
	return d
}

func drawLinks(t *rapid.T) []Link {
	var all []Link
	for _, name := range rapid.SliceOfNDistinct(rapid.SampledFrom(names), 0, 5, rapid.ID[string]).Draw(t, "links") {
		all = append(all, Link{
			Name:       name,
			Atom:       rapid.IntRange(0, len(catalogue[name].atoms)-1).Draw(t, "atom"),
			Official:   rapid.SliceOfNDistinct(rapid.SampledFrom(graph.OfficialRoles), 1, 3, rapid.ID[graph.OfficialRole]).Draw(t, "roles"),
			Department: rapid.SampledFrom(graph.DepartmentRoles).Draw(t, "role"),
			Place:      rapid.Bool().Draw(t, "place"),
			PostIn:     rapid.SampledFrom([]string{"", "云河区委", "云河区教育局"}).Draw(t, "post"),
		})
	}
	return all
}

// some draws at most two of the values, mostly none.
func some[T comparable](t *rapid.T, label string, values []T) []T {
	return rapid.SliceOfNDistinct(rapid.SampledFrom(values), 0, max(rapid.IntRange(-6, 2).Draw(t, label), 0), rapid.ID[T]).Draw(t, label)
}

func drawFilter(t *rapid.T) graph.Filter {
	f := drawConditions(t)
	switch rapid.IntRange(0, 5).Draw(t, "one per event") {
	case 0:
		asked := f
		f.OnePerEvent = &asked
	case 1: // a condition was added since
		asked := drawConditions(t)
		f.OnePerEvent = &asked
	case 2:
		f.OnePerEvent = &graph.Filter{}
	}
	return f
}

func drawConditions(t *rapid.T) graph.Filter {
	f := graph.Filter{
		Match:        rapid.SampledFrom([]graph.DateMatch{"", graph.MatchPossible, graph.MatchCertain}).Draw(t, "match"),
		Basis:        some(t, "bases", []graph.DateBasis{graph.BasisExplicit, graph.BasisRelative, graph.BasisNone}),
		Precision:    some(t, "precisions", []edtf.Precision{edtf.PrecisionDay, edtf.PrecisionInterval, edtf.PrecisionUnknown, edtf.PrecisionApproximate}),
		Kinds:        some(t, "kinds", []graph.EventKind{graph.EventKindEvent, graph.EventKindRoster}),
		Sections:     some(t, "sections", sections),
		Publications: some(t, "publications", []graph.ID{Monthly, Yearbook}),
	}
	if rapid.Bool().Draw(t, "days") {
		bounds := []string{"", "2019-12-31", "2020-02-29", "2020-12-31", "2021-01-01", "2021-01-31", "2022-01-01"}
		f.Days = days(rapid.SampledFrom(bounds).Draw(t, "from"), rapid.SampledFrom(bounds).Draw(t, "to"))
	}
	if rapid.IntRange(0, 4).Draw(t, "by month") == 0 {
		f.Month, f.Day = rapid.IntRange(1, 12).Draw(t, "month"), rapid.IntRange(0, 31).Draw(t, "day")
	}
	if rapid.IntRange(0, 4).Draw(t, "by being dated") == 0 {
		dated := rapid.Bool().Draw(t, "dated")
		f.Dated = &dated
	}
	if rapid.IntRange(0, 4).Draw(t, "by confidence") == 0 {
		below := 0.5
		f.ConfidenceBelow = &below
	}
	if rapid.IntRange(0, 4).Draw(t, "by length") == 0 {
		f.MaxDays = rapid.SampledFrom([]int{1, 4, 31, 32, 90, 4000}).Draw(t, "length")
	}
	if rapid.IntRange(0, 4).Draw(t, "by text") == 0 {
		f.Text = rapid.SampledFrom([]string{"慰问", "议慰", "沈知秋", "㐀"}).Draw(t, "text")
	}
	for range rapid.IntRange(0, 3).Draw(t, "links") {
		f.Links = append(f.Links, drawCondition(t))
	}
	return f
}

func drawCondition(t *rapid.T) graph.LinkCondition {
	kind := rapid.SampledFrom(graph.EntityKinds).Draw(t, "kind")
	var ids []graph.ID
	for _, name := range names {
		if entry := catalogue[name]; entry.kind == kind {
			for _, atom := range entry.atoms {
				ids = append(ids, atom.ID())
			}
		}
	}
	return graph.LinkCondition{
		Kind:            kind,
		Atoms:           rapid.SliceOfN(rapid.SampledFrom(ids), 0, 12).Draw(t, "atoms"), // more than an engine looks up one by one
		OfficialRoles:   some(t, "roles", graph.OfficialRoles),
		DepartmentRoles: some(t, "department roles", graph.DepartmentRoles),
		PresentOnly:     rapid.Bool().Draw(t, "present"),
		AtPlace:         rapid.Bool().Draw(t, "at place"),
		Below:           rapid.Bool().Draw(t, "below"),
		Posts:           rapid.Bool().Draw(t, "posts"),
	}
}

func drawPage(t *rapid.T, keys []graph.SortKey) graph.Page {
	p := graph.Page{Order: rapid.SampledFrom([]graph.TimelineOrder{graph.Ascending, graph.Descending}).Draw(t, "order")}
	keys = append([]graph.SortKey{""}, keys...)
	if rapid.Bool().Draw(t, "after") {
		p.After = rapid.SampledFrom(keys).Draw(t, "after")
	}
	if rapid.Bool().Draw(t, "before") {
		p.Before = rapid.SampledFrom(keys).Draw(t, "before")
	}
	if n := rapid.IntRange(0, 4).Draw(t, "size"); rapid.Bool().Draw(t, "last") {
		p.Last = n
	} else {
		p.First = n
	}
	return p
}
