package storetest

import (
	"context"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"fangzhi/edtf"
	"fangzhi/fold"
	"fangzhi/graph"
	"fangzhi/graph/memstore"
)

// histories has random things happen to a store of the engine and to the naive one, and asks both the same. rapid's flags say
// how many histories there are: -rapid.checks 10000.
func (e Engine) histories(outer *testing.T, blank graph.Store, open func(testing.TB) graph.Store) {
	ctx := context.Background()
	s, other := open(outer), open(outer)
	histories := 0
	rapid.Check(outer, func(t *rapid.T) {
		if histories++; histories%25 == 0 { // what is deleted slows engines down until they clean up
			s, other = open(outer), open(outer)
		}
		for _, s := range []graph.Store{s, other} { // what an earlier history left
			if err := clearAll(ctx, s); err != nil {
				t.Fatal(err)
			}
		}
		h := &history{store: s, naive: memstore.New(), issues: map[graph.ID]*graph.IssueData{}}
		for range rapid.IntRange(1, 6).Draw(t, "steps") {
			h.step(t)
		}
		h.compare(t)
		if e.Reopen != nil && rapid.IntRange(0, 4).Draw(t, "reopen") == 0 {
			before := revision(t, s)
			s = e.Reopen(outer, s)
			h.store = s
			if after := revision(t, s); after != before {
				t.Fatalf("opened again: revision %s, before %s", after, before)
			}
			h.compare(t)
			h.step(t)
			h.compare(t)
		}
		h.inAnyOrder(t, other)
	})
	if err := clearAll(ctx, s); err != nil {
		outer.Fatal(err)
	}
	if got, empty := mustDigest(outer, s), mustDigest(outer, blank); got != empty {
		outer.Errorf("all went: digest %s, of the empty graph %s", got, empty)
	}
	mustBeSound(outer, s)
}

func revision(t *rapid.T, s graph.Store) string {
	r, err := s.Snapshot(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	return r.Revision()
}

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
	issues       map[graph.ID]*graph.IssueData // that are there
	ids          []graph.ID                    // of all issues that there ever were
	keys         []graph.SortKey               // of all their events
	texts        []string                      // titles and bodies, folded
}

// step puts issues, in place of those that may be there, or takes some out.
func (h *history) step(t *rapid.T) {
	var remove []graph.ID
	var put []*graph.IssueData
	if rapid.IntRange(0, 3).Draw(t, "what") == 0 && len(h.ids) > 0 {
		remove = rapid.SliceOfN(rapid.SampledFrom(h.ids), 1, 2).Draw(t, "remove")
	} else {
		for range rapid.SampledFrom([]int{1, 1, 1, 2, 3}).Draw(t, "issues") {
			d := drawIssue(t)
			if slices.Contains(remove, d.Issue.ID) {
				continue
			}
			remove, put = append(remove, d.Issue.ID), append(put, d)
			h.ids = append(h.ids, d.Issue.ID)
			for i, e := range d.Events {
				h.keys = append(h.keys, e.SortKey())
				h.texts = append(h.texts, fold.String(e.Title), fold.String(d.Bodies[i]))
			}
		}
	}
	for _, s := range []graph.Store{h.naive, h.store} {
		if err := apply(s, remove, put...); err != nil {
			t.Fatal(err)
		}
	}
	for _, id := range remove {
		delete(h.issues, id)
	}
	for _, d := range put {
		h.issues[d.Issue.ID] = d
	}
}

func apply(s graph.Store, remove []graph.ID, put ...*graph.IssueData) error {
	ctx := context.Background()
	return s.Update(ctx, func(r graph.Reader) (*graph.Batch, error) { return Batch(ctx, r, remove, put...) })
}

// inAnyOrder puts the issues that are there into another store, one after the other or several at once: the graph is the same.
func (h *history) inAnyOrder(t *rapid.T, other graph.Store) {
	var issues []*graph.IssueData
	for _, id := range slices.Sorted(maps.Keys(h.issues)) {
		issues = append(issues, h.issues[id])
	}
	issues = rapid.Permutation(issues).Draw(t, "order")
	for len(issues) > 0 {
		n := rapid.IntRange(1, len(issues)).Draw(t, "at once")
		if err := apply(other, nil, issues[:n]...); err != nil {
			t.Fatal(err)
		}
		issues = issues[n:]
	}
	if got, want := digest(t, other), digest(t, h.naive); got != want {
		t.Fatalf("the issues in another order: digest %s, want %s", got, want)
	}
}

func digest(t *rapid.T, s graph.Store) string {
	r, err := s.Snapshot(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	sum, err := graph.Digest(context.Background(), r)
	if err != nil {
		t.Fatal(err)
	}
	return sum
}

// compare asks both the same and fails where the answers differ.
func (h *history) compare(t *rapid.T) {
	ctx := context.Background()
	questions := []question{sound}
	for range rapid.IntRange(1, 8).Draw(t, "questions") {
		questions = append(questions, h.drawQuestion(t))
	}
	var answers [2][]string
	for i, s := range []graph.Store{h.naive, h.store} {
		r, err := s.Snapshot(ctx)
		if err != nil {
			t.Fatal(err)
		}
		for _, q := range questions {
			answer, err := q.ask(ctx, r)
			if err != nil {
				t.Fatalf("%s: %v", q.text, err)
			}
			answers[i] = append(answers[i], q.text+": "+answer)
		}
		r.Close()
	}
	if diff := cmp.Diff(answers[0], answers[1]); diff != "" {
		t.Fatalf("the answers differ (-naive +got):\n%s", diff)
	}
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
			Title:   string(rune('㐀'+rapid.IntRange(0, 9).Draw(t, "title")*100+i)) + drawText(t),
			Section: rapid.SampledFrom(sections).Draw(t, "section"),
			EDTF:    rapid.SampledFrom(dates).Draw(t, "date"),
			Kind:    rapid.SampledFrom([]graph.EventKind{graph.EventKindEvent, graph.EventKindRoster, graph.EventKindOverview}).Draw(t, "kind"),
			Basis:   rapid.SampledFrom([]graph.DateBasis{graph.BasisExplicit, graph.BasisRelative, graph.BasisNone}).Draw(t, "basis"),

			Confidence: rapid.SampledFrom([]float64{0, 0.5, 1}).Draw(t, "confidence"),
			Text:       drawText(t),
			Links:      drawLinks(t),
		}
	}
	d := NewIssue(publication, 2021, rapid.IntRange(1, 3).Draw(t, "month"), entries...)
	for i := range entries {
		if rapid.IntRange(0, 3).Draw(t, "untitled") == 0 {
			d.Events[i].PrintedTitle = ""
		}
		if rapid.IntRange(0, 3).Draw(t, "without a place") == 0 {
			d.Events[i].Place = 0
		}
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

// alphabets are what texts are made of: few characters, so that they repeat, of all widths, with what folding drops or replaces.
var alphabets = [][]string{
	{"会"}, {"会", "议"}, {"会", "會", "议", "議", "慰", "问"}, {"a", "Ａ", "ａ", "1", "１", "①", "é"}, {"会", " ", "　", "\n", "\u200b", "，", ","},
	{"𠮷", "㐀", "会", "ｶ", "한", "“", "\"", "—", "-", "\u00a0", "\ufb01"},
}

// drawText draws a text, often one that says the same again and again.
func drawText(t *rapid.T) string {
	alphabet := rapid.SampledFrom(alphabets).Draw(t, "alphabet")
	text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(alphabet), 0, 8).Draw(t, "text"), "")
	return strings.Repeat(text, rapid.SampledFrom([]int{1, 1, 1, 2, 7, 20}).Draw(t, "times"))
}

// drawWords draws some characters of a text that there was, or others, folded and at least one.
func drawWords(t *rapid.T, texts []string) string {
	text := []rune(fold.String(rapid.SampledFrom(append([]string{"慰问", "沈知秋", "㐀"}, texts...)).Draw(t, "text")))
	if len(text) == 0 || rapid.IntRange(0, 2).Draw(t, "a common text") == 0 {
		return strings.Repeat(rapid.SampledFrom([]string{"会", "议", "a", "1", ",", "会议"}).Draw(t, "word"), rapid.SampledFrom([]int{1, 1, 2, 3, 8}).Draw(t, "times"))
	}
	from := rapid.IntRange(0, len(text)-1).Draw(t, "from")
	return string(text[from:min(from+rapid.IntRange(1, 8).Draw(t, "length"), len(text))])
}

func drawFilter(t *rapid.T, texts []string) graph.Filter {
	f := drawConditions(t, texts)
	switch rapid.IntRange(0, 5).Draw(t, "one per event") {
	case 0:
		asked := f
		f.OnePerEvent = &asked
	case 1: // a condition was added since
		asked := drawConditions(t, texts)
		f.OnePerEvent = &asked
	case 2:
		f.OnePerEvent = &graph.Filter{}
	}
	return f
}

func drawConditions(t *rapid.T, texts []string) graph.Filter {
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
		for range rapid.SampledFrom([]int{1, 1, 2, 3}).Draw(t, "texts") {
			f.Texts = append(f.Texts, drawWords(t, texts))
		}
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
	p := graph.Page{Order: rapid.SampledFrom([]graph.TimelineOrder{graph.Ascending, graph.Descending}).Draw(t, "order"), Detail: rapid.SampledFrom([]graph.Detail{graph.Whole, graph.Heads, graph.Titles}).Draw(t, "detail")}
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
