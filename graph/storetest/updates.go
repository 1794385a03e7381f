package storetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fangzhi/graph"
)

var updateTests = []test{
	{"ApplyingTwiceChangesNothing", func(t *testing.T, s graph.Store, _ func(testing.TB) graph.Store) {
		mustLoad(t, s, Sample()...)
		once := mustDigest(t, s)
		mustLoad(t, s, Sample()...)
		if twice := mustDigest(t, s); twice != once {
			t.Errorf("digest %s after the first load, %s after the second", once, twice)
		}
		if got := timeline(t, mustSnapshot(t, s), graph.Filter{}); got != all {
			t.Errorf("timeline %s, want %s", got, all)
		}
	}},
	{"LoadOrderDoesNotMatter", func(t *testing.T, s graph.Store, open func(testing.TB) graph.Store) {
		issues := Sample()
		mustLoad(t, s, issues...)
		want := mustDigest(t, s)
		for _, order := range [][]int{{0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}} {
			other := open(t)
			for _, i := range order {
				mustLoad(t, other, issues[i])
			}
			if got := mustDigest(t, other); got != want {
				t.Errorf("loaded in the order %v: digest %s, want %s", order, got, want)
			}
			mustBeSound(t, other)
		}
	}},
	{"SeveralIssuesAtOnceAreAsOneByOne", func(t *testing.T, s graph.Store, open func(testing.TB) graph.Store) {
		mustLoad(t, s, Sample()...)
		other := open(t)
		if err := apply(other, nil, Year(), January(), February()); err != nil {
			t.Fatal(err)
		}
		if got, want := mustDigest(t, other), mustDigest(t, s); got != want {
			t.Errorf("three issues at once: digest %s, one by one %s", got, want)
		}
		mustBeSound(t, other)
		if got := timeline(t, mustSnapshot(t, other), graph.Filter{}); got != all {
			t.Errorf("timeline %s, want %s", got, all)
		}
		if err := apply(other, []graph.ID{January().Issue.ID, Year().Issue.ID}, Year(), January()); err != nil {
			t.Fatal(err)
		}
		if got, want := mustDigest(t, other), mustDigest(t, s); got != want {
			t.Errorf("two of them again: digest %s, want %s", got, want)
		}
	}},
	{"RemovingRestores", func(t *testing.T, s graph.Store, _ func(testing.TB) graph.Store) {
		empty := mustDigest(t, s)
		mustLoad(t, s, January())
		one := mustDigest(t, s)
		mustLoad(t, s, February(), Year())
		mustRemove(t, s, February().Issue.ID, Year().Issue.ID)
		if got := mustDigest(t, s); got != one {
			t.Errorf("two issues came and went: digest %s, before %s", got, one)
		}
		mustBeSound(t, s)
		mustRemove(t, s, January().Issue.ID, "i0")
		if got := mustDigest(t, s); got != empty {
			t.Errorf("all went: digest %s, of the empty graph %s", got, empty)
		}
		r := mustSnapshot(t, s)
		blocks, err := r.Blocks(context.Background(), []string{BlockKey(catalogue["沈知秋"].atoms[0])})
		if err != nil || len(blocks[0].Facts) > 0 {
			t.Errorf("all went, and there are facts: %v, %v", blocks, err)
		}
		if got, err := r.Named(context.Background(), "", "沈知秋"); len(got) > 0 || err != nil {
			t.Errorf("all went, and 沈知秋 is found: %v, %v", got, err)
		}
	}},
	{"AnotherTextTakesTheOldOnesPlace", func(t *testing.T, s graph.Store, _ func(testing.TB) graph.Store) {
		mustLoad(t, s, February(), January())
		other := NewIssue(Monthly, 2021, 1,
			Entry{"甲", "党建", "2021-01-08", graph.EventKindEvent, graph.BasisExplicit, 1, "改过的文字", []Link{who("林见鹿", 2, graph.RoleAttend)}},
			Entry{"午", "要闻", "2021-01-05", graph.EventKindEvent, graph.BasisExplicit, 1, "", []Link{who("顾南风", 0, graph.RoleAttend)}})
		mustLoad(t, s, other)
		r := mustSnapshot(t, s)
		for _, tt := range []struct {
			name string
			f    graph.Filter
			want string
		}{
			{"all", graph.Filter{}, "子午甲庚辛壬癸"},
			{"section that it had", graph.Filter{Sections: []string{"要闻"}}, "午庚癸"},
			{"official that it had", links(to("沈知秋")), ""},
			{"official who stayed", links(to("顾南风")), "午庚"},
			{"text that it had", graph.Filter{Texts: []string{"新春慰问活动"}}, ""},
			{"text that it has", graph.Filter{Texts: []string{"改过"}}, "甲"},
		} {
			if got := timeline(t, r, tt.f); got != tt.want {
				t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
			}
		}
	}},
	{"AtomsResolveToWhoeverHoldsThem", func(t *testing.T, s graph.Store, _ func(testing.TB) graph.Store) {
		ctx := context.Background()
		holders := func() []graph.ID {
			found, err := mustSnapshot(t, s).Entities(ctx, []graph.ID{AtomID("沈知秋", 0), AtomID("沈知秋", 1)})
			if err != nil {
				t.Fatal(err)
			}
			ids := make([]graph.ID, len(found))
			for i, e := range found {
				if e != nil {
					ids[i] = e.ID
				}
			}
			return ids
		}
		bare, held := AtomID("沈知秋", 0), AtomID("沈知秋", 1)
		mustLoad(t, s, February()) // knows only the one with an office
		if diff := cmp.Diff([]graph.ID{"", held}, holders()); diff != "" {
			t.Errorf("one atom (-want +got):\n%s", diff)
		}
		mustLoad(t, s, January()) // joins the bare one, which sorts first
		if diff := cmp.Diff([]graph.ID{bare, bare}, holders()); diff != "" {
			t.Errorf("joined (-want +got):\n%s", diff)
		}
		mustRemove(t, s, January().Issue.ID)
		if diff := cmp.Diff([]graph.ID{"", held}, holders()); diff != "" {
			t.Errorf("apart again (-want +got):\n%s", diff)
		}
		other := AtomID("石桥沈知秋", 0)
		mustLoad(t, s, Year())
		update(t, s, &graph.Batch{Atoms: map[graph.ID]graph.ID{"o-old": other}}) // an id of earlier goes on answering
		found, err := mustSnapshot(t, s).Entities(ctx, []graph.ID{"o-old"})
		if err != nil || found[0] == nil || found[0].ID != other {
			t.Errorf("Entities(o-old) = %v, %v", found, err)
		}
	}},
	{"BlocksAreReplaced", func(t *testing.T, s graph.Store, _ func(testing.TB) graph.Store) {
		fact := func(n int) []graph.Fact {
			return []graph.Fact{{Kind: graph.FactTogether, A: &catalogue["沈知秋"].atoms[0], B: &catalogue["沈知秋"].atoms[1], Value: "值", N: n}}
		}
		for _, facts := range [][]graph.Fact{fact(1), fact(2), nil, fact(3)} {
			update(t, s, &graph.Batch{Blocks: []graph.Block{{Key: "甲", Facts: facts}, {Key: "乙", Facts: fact(9)}}})
			got, err := mustSnapshot(t, s).Blocks(context.Background(), []string{"乙", "甲"})
			want := []graph.Block{{Key: "乙", Facts: fact(9)}, {Key: "甲", Facts: facts}}
			if diff := cmp.Diff(want, got); diff != "" || err != nil {
				t.Errorf("Blocks mismatch (%v) (-want +got):\n%s", err, diff)
			}
		}
	}},
	{"SnapshotsDoNotSeeLaterUpdates", func(t *testing.T, s graph.Store, _ func(testing.TB) graph.Store) {
		ctx := context.Background()
		empty := mustSnapshot(t, s)
		mustLoad(t, s, January())
		one := mustSnapshot(t, s)
		want, err := graph.Digest(ctx, one)
		if err != nil {
			t.Fatal(err)
		}
		mustLoad(t, s, February(), Year())
		mustRemove(t, s, January().Issue.ID)
		if got, err := graph.Digest(ctx, one); got != want || err != nil {
			t.Errorf("digest of the snapshot was %s and is %s (%v)", want, got, err)
		}
		if n := mustCount(t, empty, graph.Filter{}); n != 0 {
			t.Errorf("a snapshot of the empty graph has %d events", n)
		}
		err = s.Update(ctx, func(r graph.Reader) (*graph.Batch, error) {
			if n := mustCount(t, r, graph.Filter{}); n != 9 {
				t.Errorf("an update reads %d events, want 9", n)
			}
			return nil, nil
		})
		if err != nil {
			t.Error(err)
		}
	}},
	{"ARevisionIsOfOneState", func(t *testing.T, s graph.Store, _ func(testing.TB) graph.Store) {
		ctx := context.Background()
		first := mustSnapshot(t, s)
		seen := map[string]string{first.Revision(): "nothing"}
		for _, step := range []struct {
			name    string
			change  func() error
			changes bool
		}{
			{"January", func() error { return Load(ctx, s, January()) }, true},
			{"no batch", func() error {
				return s.Update(ctx, func(graph.Reader) (*graph.Batch, error) { return nil, nil })
			}, false},
			{"a refused batch", func() error {
				if err := apply(s, nil, January()); !errors.Is(err, graph.ErrConflict) {
					return fmt.Errorf("an issue that is there: %w", err)
				}
				return nil
			}, false},
			{"February", func() error { return Load(ctx, s, February()) }, true},
			{"February goes", func() error { return Remove(ctx, s, February().Issue.ID) }, true},
			{"all goes", func() error { return Remove(ctx, s, January().Issue.ID) }, true},
			{"January again", func() error { return Load(ctx, s, January()) }, true},
		} {
			before := mustSnapshot(t, s).Revision()
			if err := step.change(); err != nil {
				t.Fatalf("%s: %v", step.name, err)
			}
			after := mustSnapshot(t, s).Revision()
			if !step.changes && after != before {
				t.Errorf("%s: revision %s after %s", step.name, after, before)
			}
			if earlier, known := seen[after]; step.changes && (known || after == "") {
				t.Errorf("%s: revision %q, which was that of %q", step.name, after, earlier)
			}
			seen[after] = step.name
		}
		if seen[first.Revision()] != "nothing" {
			t.Errorf("the first snapshot has the revision of %q now", seen[first.Revision()])
		}
	}},
	{"LargeIssuesAreAppliedWhole", func(t *testing.T, s graph.Store, _ func(testing.TB) graph.Store) {
		var entries []Entry
		for i := range 1500 {
			entries = append(entries, Entry{
				fmt.Sprintf("第%d条", i), fmt.Sprintf("第%d栏", i%7), fmt.Sprintf("%d-03-%02d", 1950+i%70, 1+i%28), graph.EventKindEvent, graph.BasisExplicit, 1, "大事",
				[]Link{who("沈知秋", i%2, graph.RoleChair), organ("云河区教育局", graph.DeptHost), place("云河广场"), named("石桥县")}})
		}
		large := NewIssue(Yearbook, 2019, 0, entries...)
		mustLoad(t, s, January())
		before := mustDigest(t, s)
		mustLoad(t, s, large)
		r := mustSnapshot(t, s)
		if n := mustCount(t, r, links(either("沈知秋"))); n != 1503 {
			t.Errorf("沈知秋 has %d events, want 1503", n)
		}
		mustBeSound(t, s)
		mustRemove(t, s, large.Issue.ID)
		if got := mustDigest(t, s); got != before {
			t.Errorf("the large issue came and went: digest %s, before %s", got, before)
		}
	}},
	{"ReadersDoNotDisturbEachOther", func(t *testing.T, s graph.Store, _ func(testing.TB) graph.Store) {
		ctx := context.Background()
		mustLoad(t, s, January())
		r := mustSnapshot(t, s)
		want, err := graph.Digest(ctx, r)
		if err != nil {
			t.Fatal(err)
		}
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() {
				for range 5 {
					if got, err := graph.Digest(ctx, r); got != want || err != nil {
						t.Errorf("digest %s (%v), want %s", got, err, want)
					}
					own, err := s.Snapshot(ctx)
					if err != nil {
						t.Error(err)
						return
					}
					if err := graph.Check(ctx, own); err != nil {
						t.Error(err)
					}
					own.Close()
				}
			})
		}
		for range 4 {
			wg.Go(func() {
				if err := Load(ctx, s, February(), Year()); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if got := timeline(t, mustSnapshot(t, s), graph.Filter{}); got != all {
			t.Errorf("timeline %s, want %s", got, all)
		}
	}},
}

var faultTests = []test{
	{"AFailedPlanChangesNothing", func(t *testing.T, s graph.Store, _ func(testing.TB) graph.Store) {
		ctx := context.Background()
		mustLoad(t, s, January())
		before := mustDigest(t, s)
		broken := errors.New("broken")
		err := s.Update(ctx, func(r graph.Reader) (*graph.Batch, error) {
			b, err := Batch(ctx, r, nil, February())
			return b, errors.Join(err, broken)
		})
		if !errors.Is(err, broken) {
			t.Errorf("Update returns %v, want the error of the plan", err)
		}
		if err := s.Update(ctx, func(graph.Reader) (*graph.Batch, error) { return nil, nil }); err != nil {
			t.Errorf("Update without a batch: %v", err)
		}
		if got := mustDigest(t, s); got != before {
			t.Errorf("digest %s, before %s", got, before)
		}
	}},
	{"ABatchThatMakesNoSenseChangesNothing", func(t *testing.T, s graph.Store, _ func(testing.TB) graph.Store) {
		mustLoad(t, s, January())
		before, atom := mustDigest(t, s), &catalogue["顾南风"].atoms[0]
		edited := func(edit func(d *graph.IssueData)) *graph.Batch {
			d := February()
			edit(d)
			return &graph.Batch{Remove: []graph.ID{January().Issue.ID}, Put: []*graph.IssueData{d}, Atoms: map[graph.ID]graph.ID{"o1": "o2"}}
		}
		for _, tt := range []struct {
			name  string
			batch *graph.Batch
			want  error
		}{
			{"issue is there", &graph.Batch{Put: []*graph.IssueData{January()}}, graph.ErrConflict},
			{"issue twice", &graph.Batch{Put: []*graph.IssueData{February(), February()}}, graph.ErrBadInput},
			{"no issue", &graph.Batch{Put: []*graph.IssueData{nil}}, graph.ErrBadInput},
			{"event in two issues", func() *graph.Batch {
				d := Year()
				d.Events[0].ID = February().Events[0].ID
				return &graph.Batch{Put: []*graph.IssueData{February(), d}}
			}(), graph.ErrBadInput},
			{"event is there in another issue", func() *graph.Batch {
				b := edited(func(d *graph.IssueData) { d.Events[4].ID = January().Events[0].ID })
				b.Remove = nil
				return b
			}(), graph.ErrConflict},
			{"fewer bodies", edited(func(d *graph.IssueData) { d.Bodies = d.Bodies[1:] }), graph.ErrBadInput},
			{"place below 0", edited(func(d *graph.IssueData) { d.Events[1].Place = -1 }), graph.ErrBadInput},
			{"event twice", edited(func(d *graph.IssueData) { d.Events[1].ID = d.Events[0].ID }), graph.ErrBadInput},
			{"no event", edited(func(d *graph.IssueData) { d.Events[1] = nil }), graph.ErrBadInput},
			{"event without an id", edited(func(d *graph.IssueData) { d.Events[1].ID = "" }), graph.ErrBadInput},
			{"event of another issue", edited(func(d *graph.IssueData) { d.Events[1].IssueID = "i1" }), graph.ErrBadInput},
			{"NUL in the order", edited(func(d *graph.IssueData) {
				d.Issue.Order += "\x00"
				for _, e := range d.Events {
					e.IssueOrder = d.Issue.Order
				}
			}), graph.ErrBadInput},
			{"no role", edited(func(d *graph.IssueData) { d.Events[0].Officials[0].Roles = nil }), graph.ErrBadInput},
			{"unknown role", edited(func(d *graph.IssueData) { d.Events[0].Departments[0].Role = "OWNER" }), graph.ErrBadInput},
			{"link to nothing", edited(func(d *graph.IssueData) { d.Events[0].Locations[0].Atom = "" }), graph.ErrBadInput},
			{"issue without an id", edited(func(d *graph.IssueData) { d.Issue.ID = "" }), graph.ErrBadInput},
			{"no issue", &graph.Batch{Put: []*graph.IssueData{February(), nil}}, graph.ErrBadInput},
			{"issue twice", &graph.Batch{Put: []*graph.IssueData{February(), February()}}, graph.ErrBadInput},
			{"event in two issues", &graph.Batch{Put: []*graph.IssueData{Year(), edited(func(d *graph.IssueData) { d.Events[4].ID = Year().Events[0].ID }).Put[0]}}, graph.ErrBadInput},
			{"the second issue is there", &graph.Batch{Put: []*graph.IssueData{February(), January()}}, graph.ErrConflict},
			{"block without a key", &graph.Batch{Blocks: []graph.Block{{}}}, graph.ErrBadInput},
			{"block twice", &graph.Batch{Blocks: []graph.Block{{Key: "甲"}, {Key: "甲"}}}, graph.ErrBadInput},
			{"fact of no kind", &graph.Batch{Blocks: []graph.Block{{Key: "甲", Facts: []graph.Fact{{A: atom, N: 1}}}}}, graph.ErrBadInput},
			{"fact of an unknown kind", &graph.Batch{Blocks: []graph.Block{{Key: "甲", Facts: []graph.Fact{{Kind: 99, A: atom, N: 1}}}}}, graph.ErrBadInput},
			{"fact about nothing", edited(func(d *graph.IssueData) { d.Document.Facts = []graph.Fact{{Kind: graph.FactSeen, N: 1}} }), graph.ErrBadInput},
			{"fact about one of two", edited(func(d *graph.IssueData) { d.Document.Facts = []graph.Fact{{Kind: graph.FactTogether, A: atom, N: 1}} }), graph.ErrBadInput},
			{"entity of no kind", &graph.Batch{Entities: []graph.EntityData{{ID: "o1"}}}, graph.ErrBadInput},
			{"entity with the id of another kind", &graph.Batch{Entities: []graph.EntityData{{ID: "d1", Kind: graph.KindOfficial}}}, graph.ErrBadInput},
			{"entity twice", &graph.Batch{Entities: slices.Repeat([]graph.EntityData{{ID: "o1", Kind: graph.KindOfficial}}, 2)}, graph.ErrBadInput},
			{"publication without an id", &graph.Batch{Publications: []graph.Publication{{}}}, graph.ErrBadInput},
			{"atom without an id", &graph.Batch{Atoms: map[graph.ID]graph.ID{"": "o1"}}, graph.ErrBadInput},
		} {
			err := s.Update(context.Background(), func(graph.Reader) (*graph.Batch, error) { return tt.batch, nil })
			if !errors.Is(err, tt.want) {
				t.Errorf("%s: Update returns %v, want %v", tt.name, err, tt.want)
			}
			if got := mustDigest(t, s); got != before {
				t.Fatalf("%s: the graph changed", tt.name)
			}
		}
	}},
	{"NobodyWaitsNothingIsDone", func(t *testing.T, s graph.Store, _ func(testing.TB) graph.Store) {
		mustLoad(t, s, Sample()...)
		r := mustSnapshot(t, s)
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		ids := []graph.ID{AtomID("沈知秋", 0)}
		visits := 0
		for name, call := range map[string]func() error{
			"Snapshot": func() error { _, err := s.Snapshot(ctx); return err },
			"Update": func() error {
				return s.Update(ctx, func(graph.Reader) (*graph.Batch, error) { visits++; return &graph.Batch{}, nil })
			},
			"Events":     func() error { _, err := r.Events(ctx, graph.Filter{}, graph.Page{First: 1}); return err },
			"Count":      func() error { _, err := r.Count(ctx, graph.Filter{}); return err },
			"Each":       func() error { return r.Each(ctx, graph.Filter{}, func(*graph.Event) error { visits++; return nil }) },
			"EventsByID": func() error { _, err := r.EventsByID(ctx, ids); return err },
			"Bodies":     func() error { _, err := r.Bodies(ctx, ids); return err },
			"Entities":   func() error { _, err := r.Entities(ctx, ids); return err },
			"EachEntity": func() error { return r.EachEntity(ctx, "", func(*graph.EntityData) error { visits++; return nil }) },
			"FindEntities": func() error {
				_, err := r.FindEntities(ctx, graph.EntityQuery{}, graph.EntityPage{First: 1})
				return err
			},
			"Named":    func() error { _, err := r.Named(ctx, "", "沈知秋"); return err },
			"Children": func() error { _, err := r.Children(ctx, ids[0]); return err },
			"Search":   func() error { _, err := r.Search(ctx, graph.Filter{}, "会", graph.HitPage{First: 1}); return err },
			"CountSpans": func() error {
				_, err := r.CountSpans(ctx, graph.Filter{}, []graph.DayRange{days("2021-01-01", "2021-01-31")})
				return err
			},
			"Extent": func() error { _, err := r.Extent(ctx, graph.Filter{}); return err },
			"Values": func() error { _, err := r.Values(ctx, graph.Filter{}, graph.FacetSection); return err },
			"Tally":  func() error { _, err := r.Tally(ctx, graph.Filter{}, graph.Linking{}); return err },
			"Top":    func() error { _, err := r.Top(ctx, graph.Filter{}, graph.Linking{}, 1); return err },
			"Ties": func() error {
				return r.Ties(ctx, graph.Filter{}, graph.Linking{}, []graph.Ref{0}, func(int, []graph.Tie) error { visits++; return nil })
			},
			"Between": func() error {
				return r.Between(ctx, graph.Filter{}, graph.Linking{}, []graph.Ref{0}, []graph.Ref{1}, func(int, int, graph.Tie) error { visits++; return nil })
			},
			"Degrees":      func() error { _, err := r.Degrees(ctx, graph.Linking{}, []graph.Ref{0}); return err },
			"EventsAt":     func() error { _, err := r.EventsAt(ctx, []graph.EventRef{0}); return err },
			"Refs":         func() error { _, err := r.Refs(ctx, ids); return err },
			"EntitiesAt":   func() error { _, err := r.EntitiesAt(ctx, []graph.Ref{0}); return err },
			"Publications": func() error { _, err := r.Publications(ctx, nil); return err },
			"Issues":       func() error { _, err := r.Issues(ctx, ids); return err },
			"IssueList":    func() error { _, err := r.IssueList(ctx, ""); return err },
			"LastIssue":    func() error { _, err := r.LastIssue(ctx, Monthly, nil); return err },
			"Document":     func() error { _, err := r.Document(ctx, ids[0]); return err },
			"Blocks":       func() error { _, err := r.Blocks(ctx, []string{"甲"}); return err },
		} {
			if err := call(); !errors.Is(err, context.Canceled) {
				t.Errorf("%s: %v, want that it was cancelled", name, err)
			}
		}
		if visits > 0 {
			t.Errorf("%d visits after the cancellation", visits)
		}
	}},
	{"AnUpdateThatIsCancelledInItsPlanChangesNothing", func(t *testing.T, s graph.Store, _ func(testing.TB) graph.Store) {
		before := mustDigest(t, s)
		ctx, cancel := context.WithCancel(context.Background())
		err := s.Update(ctx, func(r graph.Reader) (*graph.Batch, error) {
			b, err := Batch(ctx, r, nil, January())
			cancel()
			return b, err
		})
		if !errors.Is(err, context.Canceled) || mustDigest(t, s) != before {
			t.Errorf("Update returns %v", err)
		}
	}},
	{"WhatIsClosedSaysSo", func(t *testing.T, _ graph.Store, open func(testing.TB) graph.Store) {
		ctx := context.Background()
		s := open(t)
		r, err := s.Snapshot(ctx)
		if err != nil {
			t.Fatal(err)
		}
		r.Close()
		r.Close()
		if _, err := r.Count(ctx, graph.Filter{}); !errors.Is(err, graph.ErrClosed) {
			t.Errorf("a closed snapshot answers %v", err)
		}
		for range 2 {
			if err := s.Close(); err != nil {
				t.Errorf("Close: %v", err)
			}
		}
		if _, err := s.Snapshot(ctx); !errors.Is(err, graph.ErrClosed) {
			t.Errorf("Snapshot of a closed store: %v", err)
		}
		if err := s.Update(ctx, func(graph.Reader) (*graph.Batch, error) { return nil, nil }); !errors.Is(err, graph.ErrClosed) {
			t.Errorf("Update of a closed store: %v", err)
		}
	}},
}
