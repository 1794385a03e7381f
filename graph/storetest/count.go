package storetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fangzhi/graph"
)

// nameOf returns what the sample calls an entity by.
func nameOf(d *graph.EntityData) string { return d.Label }

// namedTies returns ties as "name events first-event first-day last-day", sorted.
func namedTies(t testing.TB, r graph.Reader, ties []graph.Tie) []string {
	t.Helper()
	ctx := context.Background()
	var lines []string
	for _, tie := range ties {
		to, err := r.EntitiesAt(ctx, []graph.Ref{tie.To})
		if err != nil || to[0] == nil {
			t.Fatalf("the tie %+v leads to %v, %v", tie, to, err)
		}
		first, err := r.EventsAt(ctx, []graph.EventRef{tie.First})
		if err != nil || first[0] == nil {
			t.Fatalf("the tie %+v begins with %v, %v", tie, first, err)
		}
		lines = append(lines, fmt.Sprintf("%s %d %s %s %s", nameOf(to[0]), tie.Events, first[0].Title, tie.Days.First, tie.Days.Last))
	}
	slices.Sort(lines)
	return lines
}

func officials() graph.Linking { return graph.Linking{Kinds: []graph.EntityKind{graph.KindOfficial}} }

var countTests = []test{
	{"SpansAreCountedOneByOne", func(t *testing.T, s graph.Store, _ func(testing.TB) graph.Store) {
		mustLoad(t, s, Sample()...)
		r := mustSnapshot(t, s)
		months := []graph.DayRange{
			days("1693-05-01", "1693-05-01"), days("2020-02-29", "2020-02-29"), days("2020-12-01", "2020-12-31"),
			days("2021-01-01", "2021-01-31"), days("2021-02-01", "2021-02-28"), days("2030-01-01", "2030-12-31"),
		}
		issue, attending := []graph.ID{January().Issue.ID}, links(either("沈知秋"))
		attending.Links[0].PresentOnly = true
		for _, tt := range []struct {
			name  string
			f     graph.Filter
			spans []graph.DayRange
			want  []int
		}{
			{"a date counts wherever it may fall", graph.Filter{}, months, []int{2, 4, 3, 7, 4, 1}},
			{"certain", graph.Filter{Match: graph.MatchCertain}, months, []int{0, 1, 0, 5, 1, 0}},
			{"days of the filter are not asked", graph.Filter{Days: days("2021-01-01", "2021-01-31")}, months[:2], []int{2, 4}},
			{"an official", links(either("沈知秋")), months, []int{0, 0, 0, 3, 1, 1}},
			{"of an issue", graph.Filter{Issues: issue}, months, []int{0, 0, 0, 5, 0, 0}},
			{"of an issue, single days", graph.Filter{Issues: issue, MaxDays: 1}, months, []int{0, 0, 0, 2, 0, 0}},
			{"of an issue, in a role", graph.Filter{Issues: issue, Links: attending.Links}, months, []int{0, 0, 0, 2, 0, 0}},
			{"undated", graph.Filter{Dated: new(bool)}, months, []int{0, 0, 0, 0, 0, 0}},
			{"nothing", graph.Filter{Nothing: true}, months[:1], []int{0}},
			{"days side by side", links(below("文昌街道")), []graph.DayRange{days("2021-01-04", "2021-01-04"), days("2021-01-05", "2021-01-05"), days("2021-01-06", "2021-01-20"), days("2021-01-21", "2021-02-01")}, []int{2, 3, 2, 1}},
			{"no span", graph.Filter{}, nil, nil},
		} {
			got, err := r.CountSpans(context.Background(), tt.f, tt.spans)
			if !slices.Equal(got, tt.want) || err != nil {
				t.Errorf("%s: CountSpans(%+v, %v) = %v, %v; want %v", tt.name, tt.f, tt.spans, got, err, tt.want)
			}
		}
	}},
	{"SpansCountNobodyWhoIsRemoved", func(t *testing.T, s graph.Store, _ func(testing.TB) graph.Store) {
		mustLoad(t, s, Sample()...)
		spans := []graph.DayRange{days("1600-01-01", "2020-12-31"), days("2021-01-01", "2021-12-31")}
		monthly := graph.Filter{Publications: []graph.ID{January().Issue.PublicationID}}
		events := monthly
		events.Kinds = []graph.EventKind{graph.EventKindEvent}
		for _, tt := range []struct {
			name         string
			remove       []graph.ID
			all, ofEvent []int
		}{
			{"before", nil, []int{2, 8}, []int{1, 8}},
			{"behind", []graph.ID{January().Issue.ID}, []int{2, 3}, []int{1, 3}},
		} {
			mustRemove(t, s, tt.remove...)
			r := mustSnapshot(t, s)
			if got, err := r.CountSpans(context.Background(), monthly, spans); !slices.Equal(got, tt.all) || err != nil {
				t.Errorf("%s: %v, %v; want %v", tt.name, got, err, tt.all)
			}
			if got, err := r.CountSpans(context.Background(), events, spans); !slices.Equal(got, tt.ofEvent) || err != nil {
				t.Errorf("%s, of the kind EVENT: %v, %v; want %v", tt.name, got, err, tt.ofEvent)
			}
		}
	}},
	{"ExtentsOfFilters", func(t *testing.T, s graph.Store, _ func(testing.TB) graph.Store) {
		mustLoad(t, s, Sample()...)
		r := mustSnapshot(t, s)
		for _, tt := range []struct {
			name        string
			f           graph.Filter
			first, last string
		}{
			{"all", graph.Filter{}, "1693-01-01", "2021-12-31"},
			{"a section", graph.Filter{Sections: []string{"要闻"}}, "2021-01-05", "2021-02-10"},
			{"open at the end", graph.Filter{Sections: []string{"党建"}, Issues: []graph.ID{February().Issue.ID}}, "2021-02-20", "2021-02-20"},
			{"open at the beginning", graph.Filter{Texts: []string{"辛"}}, "2021-02-10", "2021-02-10"},
			{"what falls in a day may reach beyond it", graph.Filter{Days: days("2021-01-20", "2021-01-20"), Kinds: []graph.EventKind{graph.EventKindEvent}}, "1950-01-01", "2021-12-31"},
			{"undated", graph.Filter{Dated: new(bool)}, "", ""},
			{"nothing", graph.Filter{Nothing: true}, "", ""},
		} {
			want := days(tt.first, tt.last)
			if got, err := r.Extent(context.Background(), tt.f); got != (graph.Span{First: want.From, Last: want.To}) || err != nil {
				t.Errorf("%s: Extent(%+v) = %v, %v; want %v", tt.name, tt.f, got, err, want)
			}
		}
	}},
	{"ValuesAreCounted", func(t *testing.T, s graph.Store, _ func(testing.TB) graph.Store) {
		ctx := context.Background()
		mustLoad(t, s, Sample()...)
		r := mustSnapshot(t, s)
		publications := fmt.Sprintf("%s:4 %s:11", Yearbook, Monthly)
		if Monthly < Yearbook {
			publications = fmt.Sprintf("%s:11 %s:4", Monthly, Yearbook)
		}
		for _, tt := range []struct {
			f     graph.Filter
			field graph.Facet
			want  string
		}{
			{graph.Filter{}, graph.FacetSection, ":3 人物:2 党建:3 概况:2 要闻:5"},
			{graph.Filter{Issues: []graph.ID{February().Issue.ID}}, graph.FacetSection, ":2 党建:1 要闻:2"},
			{graph.Filter{}, graph.FacetPublication, publications},
			{graph.Filter{}, graph.FacetBasis, "CONVERTED:2 EDITED:1 EXPLICIT:8 NONE:2 RELATIVE:1 YEAR_INFERRED:1"},
			{links(either("沈知秋")), graph.FacetBasis, "CONVERTED:1 EXPLICIT:2 RELATIVE:1"},
			{graph.Filter{Texts: []string{"慰问"}}, graph.FacetBasis, "EXPLICIT:1 NONE:1"},
			{graph.Filter{Nothing: true}, graph.FacetSection, ""},
		} {
			if got, err := valueLines(ctx, r, tt.f, tt.field); got != tt.want || err != nil {
				t.Errorf("Values(%+v, %s) = %q, %v; want %q", tt.f, tt.field, got, err, tt.want)
			}
		}
		if _, err := r.Values(ctx, graph.Filter{}, "PAGE"); !errors.Is(err, graph.ErrBadInput) {
			t.Errorf("Values of an unknown field: %v, want ErrBadInput", err)
		}
		mustRemove(t, s, January().Issue.ID, February().Issue.ID)
		if got, err := valueLines(ctx, mustSnapshot(t, s), graph.Filter{}, graph.FacetSection); got != "人物:2 概况:2" || err != nil {
			t.Errorf("after two issues went: %q, %v", got, err)
		}
	}},
	{"TalliesCountAnEventOnceAnEntity", func(t *testing.T, s graph.Store, _ func(testing.TB) graph.Store) {
		two := NewIssue(Monthly, 2021, 3, // two names in one event turn out to be one person, or one organ
			Entry{"申", "要闻", "2021-03-01", graph.EventKindEvent, graph.BasisExplicit, 1, "", []Link{
				who("沈知秋", 0, graph.RoleMentioned), who("沈知秋", 1, graph.RoleChair),
				{Name: "云河区政务办", Atom: 0, Department: graph.DeptHost}, {Name: "云河区政务办", Atom: 1, Department: graph.DeptMentioned}}})
		mustLoad(t, s, append(Sample(), two)...)
		r := mustSnapshot(t, s)
		for _, tt := range []struct {
			name string
			f    graph.Filter
			l    graph.Linking
			want []string
		}{
			{"officials", graph.Filter{}, officials(), []string{
				"林见鹿 2 丁 2021-01-03 2021-02-10", "沈知秋 5 甲 2021-01-05 2021-03-01", "石桥沈知秋 1 卯 2020-06-15 2020-06-15", "顾南风 3 甲 2021-01-01 2021-02-10"}},
			{"those who were there", graph.Filter{}, graph.Linking{Kinds: []graph.EntityKind{graph.KindOfficial}, PresentOnly: true}, []string{
				"林见鹿 2 丁 2021-01-03 2021-02-10", "沈知秋 4 甲 2021-01-05 2021-03-01", "石桥沈知秋 1 卯 2020-06-15 2020-06-15", "顾南风 2 甲 2021-01-05 2021-02-10"}},
			{"in a role", graph.Filter{}, graph.Linking{Kinds: []graph.EntityKind{graph.KindOfficial}, OfficialRoles: []graph.OfficialRole{graph.RoleSpeak, graph.RoleMentioned}}, []string{
				"沈知秋 3 甲 2021-01-05 2021-03-01"}},
			{"filtered", graph.Filter{Sections: []string{"要闻"}, Days: days("2021-01-06", "")}, officials(), []string{
				"林见鹿 1 庚 2021-02-10 2021-02-10", "沈知秋 2 己 2021-01-10 2021-03-01", "顾南风 1 庚 2021-02-10 2021-02-10"}},
			{"departments", graph.Filter{Issues: []graph.ID{January().Issue.ID}}, graph.Linking{Kinds: []graph.EntityKind{graph.KindDepartment}}, []string{
				"云河区委 1 甲 2021-01-05 2021-01-05", "云河区委宣传部 1 乙 2021-01-05 2021-01-05", "云河区政务办 1 戊  ", "云河区教育局 2 乙 2021-01-01 2021-01-31"}},
			{"departments and what they belong to", graph.Filter{Issues: []graph.ID{January().Issue.ID}}, graph.Linking{Kinds: []graph.EntityKind{graph.KindDepartment}, Subordinates: true, PresentOnly: true}, []string{
				"云河区委 2 甲 2021-01-05 2021-01-05", "云河区委宣传部 1 乙 2021-01-05 2021-01-05", "云河区政务办 1 戊  ", "云河区政府 2 丙 2021-01-01 2021-01-31", "云河区教育局 1 丙 2021-01-01 2021-01-31"}},
			{"a department by its role", graph.Filter{}, graph.Linking{Kinds: []graph.EntityKind{graph.KindDepartment}, DepartmentRoles: []graph.DepartmentRole{graph.DeptHost}, Descendants: true}, []string{
				"云河区委 1 甲 2021-01-05 2021-01-05", "云河区委宣传部 1 乙 2021-01-05 2021-01-05", "云河区政务办 2 申 2021-03-01 2021-03-01", "石桥县教育局 1 丑 2020-01-01 2020-12-31"}},
			{"places", graph.Filter{}, graph.Linking{Kinds: []graph.EntityKind{graph.KindLocation}}, []string{
				"云河区 1 乙 2021-01-05 2021-01-05", "云河广场 1 甲 2021-01-05 2021-01-05", "文昌街道 2 丁 2021-01-01 2021-01-31", "石桥县 2 丑 2020-01-01 2021-02-10"}},
			{"places and those around them", graph.Filter{}, graph.Linking{Kinds: []graph.EntityKind{graph.KindLocation}, Descendants: true}, []string{
				"东岭省 6 丑 2020-01-01 2021-02-10", "云河区 4 丁 2021-01-01 2021-01-31", "云河广场 1 甲 2021-01-05 2021-01-05", "文昌街道 3 丁 2021-01-01 2021-01-31",
				"澜州市 6 丑 2020-01-01 2021-02-10", "石桥县 2 丑 2020-01-01 2021-02-10"}},
			{"places where it was", graph.Filter{}, graph.Linking{Kinds: []graph.EntityKind{graph.KindLocation}, AtPlace: true}, []string{
				"云河广场 1 甲 2021-01-05 2021-01-05", "文昌街道 1 丁 2021-01-03 2021-01-20", "石桥县 1 庚 2021-02-10 2021-02-10"}},
			{"all kinds", graph.Filter{Texts: []string{"丁"}}, graph.Linking{}, []string{"文昌街道 1 丁 2021-01-03 2021-01-20", "林见鹿 1 丁 2021-01-03 2021-01-20"}},
			{"nothing", graph.Filter{Nothing: true}, graph.Linking{}, nil},
		} {
			ties, err := r.Tally(context.Background(), tt.f, tt.l)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, namedTies(t, r, ties)); diff != "" {
				t.Errorf("%s: Tally(%+v, %+v) mismatch (-want +got):\n%s", tt.name, tt.f, tt.l, diff)
			}
		}
	}},
	{"TiesAreWhatEventsShare", func(t *testing.T, s graph.Store, _ func(testing.TB) graph.Store) {
		mustLoad(t, s, Sample()...)
		r := mustSnapshot(t, s)
		present := graph.Linking{Kinds: []graph.EntityKind{graph.KindOfficial}, PresentOnly: true}
		for _, tt := range []struct {
			name, from string
			f          graph.Filter
			l          graph.Linking
			want       []string
		}{
			{"officials", "顾南风", graph.Filter{}, officials(), []string{"林见鹿 1 庚 2021-02-10 2021-02-10", "沈知秋 1 甲 2021-01-05 2021-01-05"}},
			{"by another of its atoms", "沈知秋", graph.Filter{}, officials(), []string{"顾南风 1 甲 2021-01-05 2021-01-05"}},
			{"of a kind that links do not lead to", "云河区教育局", graph.Filter{}, officials(), []string{"沈知秋 1 乙 2021-01-05 2021-01-05", "顾南风 1 丙 2021-01-01 2021-01-31"}},
			{"presence on both ends", "云河区教育局", graph.Filter{}, present, nil},
			{"the near end by its role", "顾南风", graph.Filter{}, graph.Linking{OfficialRoles: []graph.OfficialRole{graph.RoleAccompany}, Kinds: []graph.EntityKind{graph.KindLocation}}, []string{"石桥县 1 庚 2021-02-10 2021-02-10"}},
			{"both ends by their roles", "顾南风", graph.Filter{}, graph.Linking{OfficialRoles: []graph.OfficialRole{graph.RoleAccompany}, Kinds: []graph.EntityKind{graph.KindOfficial}}, nil},
			{"of a place, what lies in it included", "云河区", graph.Filter{}, graph.Linking{Kinds: []graph.EntityKind{graph.KindOfficial}, Descendants: true}, []string{
				"林见鹿 1 丁 2021-01-03 2021-01-20", "沈知秋 2 甲 2021-01-05 2021-01-05", "顾南风 2 甲 2021-01-01 2021-01-31"}},
			{"of a place alone", "云河区", graph.Filter{}, officials(), []string{"沈知秋 1 乙 2021-01-05 2021-01-05"}},
			{"of an organ, its children included", "云河区政府", graph.Filter{}, graph.Linking{Kinds: []graph.EntityKind{graph.KindOfficial}, Subordinates: true}, []string{
				"林见鹿 1 庚 2021-02-10 2021-02-10", "沈知秋 1 乙 2021-01-05 2021-01-05", "顾南风 2 丙 2021-01-01 2021-02-10"}},
			{"filtered", "顾南风", graph.Filter{Issues: []graph.ID{January().Issue.ID}}, officials(), []string{"沈知秋 1 甲 2021-01-05 2021-01-05"}},
			{"a link is asked for besides", "顾南风", links(either("沈知秋")), graph.Linking{Descendants: true}, []string{
				"东岭省 1 甲 2021-01-05 2021-01-05", "云河区 1 甲 2021-01-05 2021-01-05", "云河区委 1 甲 2021-01-05 2021-01-05", "云河广场 1 甲 2021-01-05 2021-01-05",
				"文昌街道 1 甲 2021-01-05 2021-01-05", "沈知秋 1 甲 2021-01-05 2021-01-05", "澜州市 1 甲 2021-01-05 2021-01-05"}},
			{"nothing", "顾南风", graph.Filter{Nothing: true}, officials(), nil},
		} {
			ids := []graph.ID{AtomID(tt.from, len(catalogue[tt.from].atoms)-1), "o0", AtomID("云河区政务办", 0)}
			refs, err := r.Refs(context.Background(), ids)
			if err != nil {
				t.Fatal(err)
			}
			visits := 0
			err = r.Ties(context.Background(), tt.f, tt.l, refs, func(i int, ties []graph.Tie) error {
				if visits++; i != visits-1 {
					t.Errorf("%s: visit %d is of entity %d", tt.name, visits, i)
				}
				want := tt.want
				if i > 0 {
					want = nil
				}
				if diff := cmp.Diff(want, namedTies(t, r, ties)); diff != "" {
					t.Errorf("%s: Ties(%+v, %+v) of %s mismatch (-want +got):\n%s", tt.name, tt.f, tt.l, ids[i], diff)
				}
				return nil
			})
			if err != nil || visits != 3 {
				t.Errorf("%s: %d visits, %v; want 3", tt.name, visits, err)
			}
		}
		broken := errors.New("broken")
		refs := make([]graph.Ref, 5)
		for _, tt := range []struct{ give, want error }{{graph.ErrStop, nil}, {broken, broken}} {
			n := 0
			err := r.Ties(context.Background(), graph.Filter{}, graph.Linking{}, refs, func(int, []graph.Tie) error {
				if n++; n == 3 {
					return tt.give
				}
				return nil
			})
			if !errors.Is(err, tt.want) || n != 3 {
				t.Errorf("Ties ended by %v: %v after %d", tt.give, err, n)
			}
		}
	}},
	{"CountsPassOverReports", func(t *testing.T, s graph.Store, _ func(testing.TB) graph.Store) {
		d := NewIssue(Monthly, 2021, 4,
			Entry{"甲", "要闻", "2021-04-01", graph.EventKindEvent, graph.BasisExplicit, 1, "", []Link{who("沈知秋", 0, graph.RoleChair), who("顾南风", 0, graph.RoleAttend)}},
			Entry{"乙", "党建", "2021-04-02", graph.EventKindEvent, graph.BasisRelative, 1, "", []Link{who("沈知秋", 0, graph.RoleChair), who("林见鹿", 0, graph.RoleAttend)}},
			Entry{"丙", "党建", "2021-04-02", graph.EventKindEvent, graph.BasisExplicit, 1, "", []Link{who("沈知秋", 0, graph.RoleChair)}})
		mustLoad(t, s, Reported(Reported(d, 0, "一"), 1, "一"))
		r := mustSnapshot(t, s)
		ctx := context.Background()
		one := graph.Filter{OnePerEvent: &graph.Filter{}}
		if got, err := r.CountSpans(ctx, one, []graph.DayRange{days("2021-04-01", "2021-04-01"), days("2021-04-02", "2021-04-02")}); !slices.Equal(got, []int{1, 1}) || err != nil {
			t.Errorf("CountSpans = %v, %v", got, err)
		}
		if got, err := valueLines(ctx, r, one, graph.FacetSection); got != "党建:1 要闻:1" || err != nil {
			t.Errorf("Values = %q, %v", got, err)
		}
		ties, err := r.Tally(ctx, one, officials())
		if got := strings.Join(namedTies(t, r, ties), ", "); got != "沈知秋 2 甲 2021-04-01 2021-04-02, 顾南风 1 甲 2021-04-01 2021-04-01" || err != nil {
			t.Errorf("Tally = %q, %v", got, err)
		}
		refs, err := r.Refs(ctx, []graph.ID{AtomID("林见鹿", 0)})
		if err != nil {
			t.Fatal(err)
		}
		err = r.Ties(ctx, one, officials(), refs, func(_ int, ties []graph.Tie) error {
			if len(ties) > 0 {
				t.Errorf("an event that is passed over ties %v", namedTies(t, r, ties))
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
		if got, err := r.Extent(ctx, graph.Filter{OnePerEvent: &graph.Filter{}, Sections: []string{"要闻"}}); got.Last != mustDay("2021-04-01") || err != nil {
			t.Errorf("Extent = %v, %v", got, err)
		}
	}},
	{"RefsLeadBack", func(t *testing.T, s graph.Store, _ func(testing.TB) graph.Store) {
		ctx := context.Background()
		mustLoad(t, s, Sample()...)
		r := mustSnapshot(t, s)
		ids := allAtoms()
		refs, err := r.Refs(ctx, ids)
		if err != nil {
			t.Fatal(err)
		}
		want, err := r.Entities(ctx, ids)
		if err != nil {
			t.Fatal(err)
		}
		got, err := r.EntitiesAt(ctx, refs)
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("EntitiesAt(Refs(ids)) is not Entities(ids) (%v) (-want +got):\n%s", err, diff)
		}
		byRef := map[graph.Ref]graph.ID{}
		for i, ref := range refs {
			if (want[i] == nil) != (ref == graph.NoRef) {
				t.Errorf("the ref of %s is %d", ids[i], ref)
			}
			if want[i] != nil && byRef[ref] != "" && byRef[ref] != want[i].ID {
				t.Errorf("%s and %s have the ref %d", byRef[ref], want[i].ID, ref)
			}
			if want[i] != nil {
				byRef[ref] = want[i].ID
			}
		}
		if none, err := r.EntitiesAt(ctx, nil); len(none) > 0 || err != nil {
			t.Errorf("EntitiesAt of nothing: %v, %v", none, err)
		}
	}},
}
