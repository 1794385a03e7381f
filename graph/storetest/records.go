package storetest

import (
	"context"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"fangzhi/edtf"
	"fangzhi/fold"
	"fangzhi/graph"
)

// sameRecords compares records by value; an official's event is compared by who it is.
var sameRecords = cmp.Options{
	cmpopts.EquateEmpty(),
	cmp.Comparer(func(a, b edtf.Date) bool { return a == b }),
	cmpopts.IgnoreFields(graph.EventOfficial{}, "Event"),
}

var recordTests = []test{
	{"RecordsComeBackAsTheyWerePut", func(t *testing.T, s graph.Store, _ func(testing.TB) graph.Store) {
		ctx := context.Background()
		d := January()
		full(d.Events[0])
		d.Issue.NumberTo, d.Issue.MonthTo, d.Issue.Published = 101, 2, mustDay("2021-02-01")
		d.Issue.Options = graph.LoadOptions{Region: "云河区", Published: "2021-02-01", Dialect: "monthly"}
		d.Bodies[1] = noise(300_000) // longer than any engine keeps in one piece, however well it compresses
		d.Document.Text = strings.Join(d.Bodies, "\n")
		d.Events[1].Date.Evidence, d.Events[1].Officials, d.Events[1].Departments, d.Events[1].Locations = nil, nil, nil, nil
		d.Document.Facts = facts(d.Events)
		mustLoad(t, s, d)
		r := mustSnapshot(t, s)
		var ids []graph.ID
		for _, e := range d.Events {
			ids = append(ids, e.ID)
		}
		events, err := r.EventsByID(ctx, ids)
		if diff := cmp.Diff(d.Events, events, sameRecords); diff != "" || err != nil {
			t.Errorf("EventsByID mismatch (%v) (-want +got):\n%s", err, diff)
		}
		if o := events[0].Officials[0]; o.Event != events[0] {
			t.Error("an official does not know its event")
		}
		bodies, err := r.Bodies(ctx, ids)
		if diff := cmp.Diff(d.Bodies, bodies); diff != "" || err != nil {
			t.Errorf("Bodies mismatch (%v)", err)
		}
		issues, err := r.Issues(ctx, []graph.ID{d.Issue.ID})
		if diff := cmp.Diff([]*graph.Issue{&d.Issue}, issues, sameRecords); diff != "" || err != nil {
			t.Errorf("Issues mismatch (%v) (-want +got):\n%s", err, diff)
		}
		document, err := r.Document(ctx, d.Issue.ID)
		if diff := cmp.Diff(&d.Document, document, sameRecords); diff != "" || err != nil {
			t.Errorf("Document mismatch (%v)", err)
		}
		publication := publications[Monthly]
		found, err := r.Publications(ctx, []graph.ID{Monthly})
		if diff := cmp.Diff([]*graph.Publication{&publication}, found); diff != "" || err != nil {
			t.Errorf("Publications mismatch (%v) (-want +got):\n%s", err, diff)
		}
		want := entities(d.Events)
		want[0].ValidFrom, want[0].ValidTo = 1984, 2021
		want[0].SuccessorAtoms, want[0].PredecessorAtoms = []graph.ID{want[1].ID}, []graph.ID{want[2].ID}
		update(t, s, &graph.Batch{Entities: want[:1]})
		var got []graph.EntityData
		err = mustSnapshot(t, s).EachEntity(ctx, "", func(e *graph.EntityData) error {
			got = append(got, *e)
			return nil
		})
		if diff := cmp.Diff(want, got, sameRecords); diff != "" || err != nil {
			t.Errorf("entities mismatch (%v) (-want +got):\n%s", err, diff)
		}
	}},
	{"WhatIsNotThereIsZero", func(t *testing.T, s graph.Store, _ func(testing.TB) graph.Store) {
		ctx := context.Background()
		for _, loaded := range []bool{false, true} {
			if loaded {
				mustLoad(t, s, Sample()...)
			}
			r := mustSnapshot(t, s)
			id := January().Events[0].ID
			events, err := r.EventsByID(ctx, []graph.ID{"e0", id, "", "e0"})
			if err != nil || len(events) != 4 || events[0] != nil || events[2] != nil || events[3] != nil || (events[1] != nil) != loaded {
				t.Errorf("EventsByID: %v, %v", events, err)
			}
			bodies, err := r.Bodies(ctx, []graph.ID{"e0", id})
			if err != nil || len(bodies) != 2 || bodies[0] != "" || (bodies[1] != "") != loaded {
				t.Errorf("Bodies: %q, %v", bodies, err)
			}
			found, err := r.Entities(ctx, []graph.ID{"o0", AtomID("顾南风", 0), ""})
			if err != nil || len(found) != 3 || found[0] != nil || found[2] != nil || (found[1] != nil) != loaded {
				t.Errorf("Entities: %v, %v", found, err)
			}
			refs, err := r.Refs(ctx, []graph.ID{"o0", AtomID("顾南风", 0), ""})
			if err != nil || len(refs) != 3 || refs[0] != graph.NoRef || refs[2] != graph.NoRef || (refs[1] != graph.NoRef) != loaded {
				t.Errorf("Refs: %v, %v", refs, err)
			}
			if found, err := r.EntitiesAt(ctx, []graph.Ref{graph.NoRef}); err != nil || len(found) != 1 || found[0] != nil {
				t.Errorf("EntitiesAt: %v, %v", found, err)
			}
			if ids, err := r.Named(ctx, "", "无此人"); len(ids) > 0 || err != nil {
				t.Errorf("Named: %v, %v", ids, err)
			}
			if ids, err := r.Children(ctx, "d0"); len(ids) > 0 || err != nil {
				t.Errorf("Children: %v, %v", ids, err)
			}
			issues, err := r.Issues(ctx, []graph.ID{"i0"})
			if err != nil || len(issues) != 1 || issues[0] != nil {
				t.Errorf("Issues: %v, %v", issues, err)
			}
			publications, err := r.Publications(ctx, []graph.ID{"p0"})
			if err != nil || len(publications) != 1 || publications[0] != nil {
				t.Errorf("Publications: %v, %v", publications, err)
			}
			if none, err := r.Publications(ctx, []graph.ID{}); len(none) > 0 || err != nil {
				t.Errorf("Publications of no ids: %v, %v", none, err)
			}
			if ids, err := r.IssueList(ctx, "p0"); len(ids) > 0 || err != nil {
				t.Errorf("IssueList: %v, %v", ids, err)
			}
			if last, err := r.LastIssue(ctx, "p0", nil); last != nil || err != nil {
				t.Errorf("LastIssue: %v, %v", last, err)
			}
			if document, err := r.Document(ctx, "i0"); document != nil || err != nil {
				t.Errorf("Document: %v, %v", document, err)
			}
			blocks, err := r.Blocks(ctx, []string{"无"})
			if diff := cmp.Diff([]graph.Block{{Key: "无"}}, blocks); diff != "" || err != nil {
				t.Errorf("Blocks (%v): %s", err, diff)
			}
		}
	}},
	{"IssuesAndPublicationsAreInOrder", func(t *testing.T, s graph.Store, _ func(testing.TB) graph.Store) {
		ctx := context.Background()
		mustLoad(t, s, Year(), February(), January())
		r := mustSnapshot(t, s)
		january, february, year := January().Issue.ID, February().Issue.ID, Year().Issue.ID
		for publication, want := range map[graph.ID][]graph.ID{
			Monthly: {january, february}, Yearbook: {year}, "": {january, february, year},
		} {
			if got, err := r.IssueList(ctx, publication); !slices.Equal(got, want) || err != nil {
				t.Errorf("IssueList(%q) = %v, %v; want %v", publication, got, err, want)
			}
		}
		for _, tt := range []struct {
			publication graph.ID
			without     []graph.ID
			want        graph.ID
		}{
			{Monthly, nil, february}, {Monthly, []graph.ID{february}, january}, {Monthly, []graph.ID{january}, february},
			{Monthly, []graph.ID{february, january}, ""}, {Yearbook, nil, year}, {Yearbook, []graph.ID{january}, year}, {"p", nil, ""},
		} {
			got, err := r.LastIssue(ctx, tt.publication, tt.without)
			if err != nil || (got == nil) != (tt.want == "") || got != nil && got.ID != tt.want {
				t.Errorf("LastIssue(%q) but for %v = %v, %v; want %q", tt.publication, tt.without, got, err, tt.want)
			}
		}
		publications, err := r.Publications(ctx, nil)
		if err != nil || len(publications) != 2 || publications[0].ID != Monthly || publications[1].ID != Yearbook {
			t.Errorf("Publications(nil) = %v, %v", publications, err)
		}
		mustRemove(t, s, year)
		if publications, err = mustSnapshot(t, s).Publications(ctx, nil); err != nil || len(publications) != 1 {
			t.Errorf("after its last issue a publication goes: %v, %v", publications, err)
		}
	}},
	{"EntitiesAreFoundByNameParentAndKind", func(t *testing.T, s graph.Store, _ func(testing.TB) graph.Store) {
		ctx := context.Background()
		mustLoad(t, s, Sample()...)
		r := mustSnapshot(t, s)
		ids := func(names ...string) []graph.ID {
			var all []graph.ID
			for _, name := range names {
				all = append(all, AtomID(name, 0))
			}
			slices.Sort(all)
			return all
		}
		for _, tt := range []struct {
			kind graph.EntityKind
			name string
			want []graph.ID
		}{
			{graph.KindOfficial, "沈知秋", ids("沈知秋", "石桥沈知秋")},
			{"", "沈知秋", ids("沈知秋", "石桥沈知秋")},
			{graph.KindDepartment, "沈知秋", nil},
			{graph.KindDepartment, fold.String("區政府"), ids("云河区政府")},
			{graph.KindDepartment, "云河区政府", ids("云河区政府")},
			{"", "云河区", ids("云河区")},
			{"", "云河", nil},
			{"", "", nil},
		} {
			if got, err := r.Named(ctx, tt.kind, tt.name); !slices.Equal(got, tt.want) || err != nil {
				t.Errorf("Named(%s, %s) = %v, %v; want %v", tt.kind, tt.name, got, err, tt.want)
			}
		}
		for name, want := range map[string][]graph.ID{
			"云河区政府": ids("云河区教育局", "云河区政务办"), "澜州市": ids("云河区", "石桥县"), "云河广场": nil,
		} {
			if got, err := r.Children(ctx, AtomID(name, 0)); !slices.Equal(got, want) || err != nil {
				t.Errorf("Children(%s) = %v, %v; want %v", name, got, err, want)
			}
		}
		for _, kind := range append(slices.Clone(graph.EntityKinds), "") {
			var got, want []graph.ID
			for _, e := range entities(eventsOf(Sample())) {
				if kind == "" || e.Kind == kind {
					want = append(want, e.ID)
				}
			}
			err := r.EachEntity(ctx, kind, func(e *graph.EntityData) error {
				got = append(got, e.ID)
				return nil
			})
			if !slices.Equal(got, want) || err != nil {
				t.Errorf("EachEntity(%q) visits %v (%v), want %v", kind, got, err, want)
			}
		}
	}},
	{"ChildrenOfEveryAtomOfTheParentAreFound", func(t *testing.T, s graph.Store, _ func(testing.TB) graph.Store) {
		ctx := context.Background()
		mustLoad(t, s, Sample()...)
		children := []graph.ID{AtomID("云河区教育局", 0), AtomID("云河区委宣传部", 0), AtomID("石桥县教育局", 0)}
		slices.Sort(children)
		found, err := mustSnapshot(t, s).Entities(ctx, children)
		if err != nil {
			t.Fatal(err)
		}
		b := &graph.Batch{}
		for i, atom := range []int{1, 0, 1} { // the parent has two
			e := *found[i]
			e.ParentAtom = AtomID("云河区政务办", atom)
			b.Entities = append(b.Entities, e)
		}
		update(t, s, b)
		for n := range 2 {
			if got, err := mustSnapshot(t, s).Children(ctx, AtomID("云河区政务办", n)); !slices.Equal(got, children) || err != nil {
				t.Errorf("Children = %v, %v; want %v", got, err, children)
			}
		}
	}},
	{"ExtentsReachAsFarAsAnyDate", func(t *testing.T, s graph.Store, _ func(testing.TB) graph.Store) {
		mustLoad(t, s, Sample()...)
		r := mustSnapshot(t, s)
		for _, tt := range []struct{ name, first, last string }{
			{"沈知秋", "2021-01-05", "2021-02-20"}, // 壬 begins then and has no end
			{"顾南风", "2021-01-01", "2021-02-10"}, // 丙 is sorted by its last day
			{"林见鹿", "2021-01-03", "2021-02-10"},
			{"石桥县", "2020-01-01", "2021-02-10"},
			{"东岭省", "2020-01-01", "2021-02-10"},
			{"文昌街道", "2021-01-01", "2021-01-31"},
			{"云河区政务办", "", ""},
		} {
			found, err := r.Entities(context.Background(), []graph.ID{AtomID(tt.name, 0)})
			if err != nil {
				t.Fatal(err)
			}
			d := days(tt.first, tt.last)
			want := graph.Span{First: d.From, Last: d.To}
			if got, err := r.Extent(context.Background(), links(found[0].Linked())); got != want || err != nil {
				t.Errorf("the extent of %s is %v, %v; want %v", tt.name, got, err, want)
			}
		}
	}},
}

// noise returns a text of so many code points that nobody can compress well, the same each time.
func noise(length int) string {
	random := rand.New(rand.NewPCG(1, 2))
	text := make([]rune, length)
	for i := range text {
		text[i] = '一' + random.Int32N(20_000)
	}
	return string(text)
}

// full sets every field of the event that the sample leaves empty.
func full(e *graph.Event) {
	e.Heading = "一月\n五日"
	e.PrintedTitle = "甲（摘要）"
	e.OtherDates = []graph.DateMention{{
		EDTF: edtf.OfDay(mustDay("2020-12-31")), Basis: graph.BasisRelative, Text: "五日",
		Evidence: []graph.Evidence{{Field: graph.FieldHeading, Start: 3, End: 5, Text: "五日"}, {Field: graph.FieldTitle, Start: 0, End: 1, Text: "甲"}},
	}}
	e.Documents = []graph.CitedDocument{
		{Title: "甲（摘要）", ShortTitle: "甲", Number: "云发〔2021〕1号", Evidence: []graph.Evidence{{Field: graph.FieldTitle, Start: 0, End: 5, Text: "甲（摘要）"}}},
		{Number: "云发〔2021〕2号", Evidence: []graph.Evidence{{Field: graph.FieldTitle, Start: 0, End: 1, Text: "甲"}}},
	}
	e.Figures = []graph.Figure{
		{Value: 1600, Qualifier: graph.FigureAbout, Unit: "人", Subject: "群众", Text: "五日", Evidence: []graph.Evidence{{Field: graph.FieldHeading, Start: 3, End: 5, Text: "五日"}}},
		{Value: -12.5, Qualifier: graph.FigureExact, Unit: "℃", Text: "一月", Evidence: []graph.Evidence{{Field: graph.FieldHeading, Start: 0, End: 2, Text: "一月"}}},
	}
}

func eventsOf(issues []*graph.IssueData) []*graph.Event {
	var all []*graph.Event
	for _, d := range issues {
		all = append(all, d.Events...)
	}
	return all
}

// update applies a batch as it is.
func update(t testing.TB, s graph.Store, b *graph.Batch) {
	t.Helper()
	if err := s.Update(context.Background(), func(graph.Reader) (*graph.Batch, error) { return b, nil }); err != nil {
		t.Fatal(err)
	}
}
