package query_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"fangzhi/graph"
	"fangzhi/graph/memstore"
	"fangzhi/graph/query"
)

// A page of any list: its items and their cursors.
type page struct {
	items, cursors []string
	info           query.PageInfo
	total          int
}

// lister asks for a page of one list of a graph.
type lister struct {
	name string
	ask  func(query.PageArgs) (page, error)
}

// listers are all lists with cursors; those of entities are about 沈知秋 and 澜州市.
func listers(t *testing.T, r graph.Reader) []lister {
	ctx := t.Context()
	shen, city := mustEntity(t, r, official("沈知秋")), mustEntity(t, r, location("澜州市"))
	eventPage := func(c *query.EventConnection, err error) (page, error) {
		if err != nil {
			return page{}, err
		}
		return read(ctx, c.Edges, c.PageInfo, c.TotalCount, func(e query.EventEdge) (string, string) { return string(e.Node.ID), e.Cursor() })
	}
	entityPage := func(c *query.EntityConnection, err error) (page, error) {
		if err != nil {
			return page{}, err
		}
		return read(ctx, c.Edges, c.PageInfo, c.TotalCount, func(e query.EntityEdge) (string, string) { return string(e.Node.Data().ID), e.Cursor })
	}
	tenures, err := query.TenuresOf(ctx, r, shen)
	if err != nil {
		t.Fatal(err)
	}
	lists := []lister{
		{"timeline", func(a query.PageArgs) (page, error) {
			return eventPage(query.Timeline(ctx, r, query.TimelineArgs{Page: a}))
		}},
		{"timeline, newest first", func(a query.PageArgs) (page, error) {
			return eventPage(query.Timeline(ctx, r, query.TimelineArgs{Page: a, Order: graph.Descending}))
		}},
		{"appearances", func(a query.PageArgs) (page, error) {
			c, err := query.Appearances(ctx, r, shen, query.AppearanceArgs{Page: a})
			if err != nil {
				return page{}, err
			}
			return read(ctx, c.Edges, c.PageInfo, c.TotalCount, func(e query.AppearanceEdge) (string, string) { return string(e.Node.Event.ID), e.Cursor() })
		}},
		{"related", func(a query.PageArgs) (page, error) {
			c, err := query.RelatedTo(ctx, r, shen, query.RelatedArgs{Page: a})
			if err != nil {
				return page{}, err
			}
			return read(ctx, c.Edges, c.PageInfo, c.TotalCount, func(e query.RelatedEdge) (string, string) { return string(e.Node.Data().ID), e.Cursor })
		}},
		{"entities", func(a query.PageArgs) (page, error) {
			return entityPage(query.Entities(ctx, r, query.EntityArgs{Page: a}))
		}},
		{"entities by name", func(a query.PageArgs) (page, error) {
			return entityPage(query.Entities(ctx, r, query.EntityArgs{Page: a, Order: query.OrderName}))
		}},
		{"entities by query", func(a query.PageArgs) (page, error) {
			return entityPage(query.Entities(ctx, r, query.EntityArgs{Page: a, Query: "s"}))
		}},
		{"roots", func(a query.PageArgs) (page, error) {
			return entityPage(query.Roots(ctx, r, query.RootArgs{Kind: graph.KindOfficial, Page: a}))
		}},
		{"children", func(a query.PageArgs) (page, error) { return entityPage(query.Children(ctx, r, city, a)) }},
		{"search", func(a query.PageArgs) (page, error) {
			c, err := query.Search(ctx, r, query.SearchArgs{Query: "会", Page: a})
			if err != nil {
				return page{}, err
			}
			return read(ctx, c.Edges, c.PageInfo, c.TotalCount, func(e query.SearchEdge) (string, string) { return string(e.Node.ID), e.Cursor })
		}},
		{"tenures", func(a query.PageArgs) (page, error) {
			c, err := query.Tenures(ctx, r, query.TenureArgs{Page: a})
			if err != nil {
				return page{}, err
			}
			return read(ctx, c.Edges, c.PageInfo, c.TotalCount, func(e query.TenureEdge) (string, string) {
				n := e.Node
				return fmt.Sprint(n.OfficialID, n.Title, n.DepartmentID, n.FirstAttested, n.Attestations[0].Event.ID), e.Cursor
			})
		}},
		{"issues", func(a query.PageArgs) (page, error) {
			c, err := query.Issues(ctx, r, query.IssueArgs{Page: a})
			if err != nil {
				return page{}, err
			}
			return read(ctx, c.Edges, c.PageInfo, c.TotalCount, func(e query.IssueEdge) (string, string) { return string(e.Node.ID), e.Cursor })
		}},
	}
	if len(tenures) > 0 {
		lists = append(lists, lister{"attestations", func(a query.PageArgs) (page, error) {
			c, err := query.Attestations(tenures[0], a)
			if err != nil {
				return page{}, err
			}
			return read(ctx, c.Edges, c.PageInfo, c.TotalCount, func(e query.AttestationEdge) (string, string) {
				return fmt.Sprint(e.Node.Kind, e.Node.Event.ID), e.Cursor
			})
		}})
	}
	return lists
}

// read takes a connection apart.
func read[E any](ctx context.Context, edges []E, info query.PageInfo, total func(context.Context) (int, error), item func(E) (string, string)) (page, error) {
	p := page{info: info}
	for _, e := range edges {
		name, cursor := item(e)
		p.items, p.cursors = append(p.items, name), append(p.cursors, cursor)
	}
	var err error
	p.total, err = total(ctx)
	return p, err
}

func TestPageArgs(t *testing.T) {
	r := mustLoad(t, yunhe, related...)
	for _, l := range listers(t, r) {
		for _, tt := range []struct {
			name string
			args query.PageArgs
			want error
		}{
			{"first with last", query.PageArgs{First: ptr(1), Last: ptr(1)}, graph.ErrBadInput},
			{"first below 0", query.PageArgs{First: ptr(-1)}, graph.ErrBadInput},
			{"last below 0", query.PageArgs{Last: ptr(-1)}, graph.ErrBadInput},
			{"most", query.PageArgs{First: ptr(query.MaxPage)}, nil},
			{"more", query.PageArgs{First: ptr(query.MaxPage + 1)}, graph.ErrLimit},
			{"more from the end", query.PageArgs{Last: ptr(query.MaxPage + 1)}, graph.ErrLimit},
			{"no cursor after", query.PageArgs{After: ptr("没有")}, graph.ErrBadInput},
			{"no cursor before", query.PageArgs{Before: ptr("")}, graph.ErrBadInput},
		} {
			if _, err := l.ask(tt.args); !errors.Is(err, tt.want) {
				t.Errorf("%s: %s: got %v, want %v", l.name, tt.name, err, tt.want)
			}
		}
	}
}

func TestDefaultPage(t *testing.T) {
	var articles []article
	for i := range query.DefaultPage + 5 {
		articles = append(articles, article{title: fmt.Sprintf("会%02d", i), people: []string{"沈知秋 ATTEND"}})
	}
	r := mustLoad(t, yunhe, articles...)
	for _, l := range listers(t, r) {
		p, err := l.ask(query.PageArgs{})
		if err != nil {
			t.Fatal(err)
		}
		if len(p.items) != min(query.DefaultPage, p.total) {
			t.Errorf("%s: %d items of %d without first and last, want %d", l.name, len(p.items), p.total, query.DefaultPage)
		}
	}
}

// A cursor of one list is refused by the others.
func TestCursorOfAnotherList(t *testing.T) {
	r := mustLoad(t, yunhe, append(related, office...)...)
	all := listers(t, r)
	families := map[string]string{"timeline, newest first": "timeline", "appearances": "timeline", "entities by name": "entities", "entities by query": "entities"}
	family := func(name string) string {
		if f := families[name]; f != "" {
			return f
		}
		return name
	}
	for _, a := range all {
		p, err := a.ask(query.PageArgs{First: ptr(1)})
		if err != nil || len(p.cursors) != 1 {
			t.Fatalf("%s: %v, %v", a.name, p, err)
		}
		for _, b := range all {
			_, err := b.ask(query.PageArgs{After: &p.cursors[0]})
			if family(a.name) != family(b.name) && !errors.Is(err, graph.ErrBadInput) {
				t.Errorf("%s takes a cursor of %s: %v", b.name, a.name, err)
			}
		}
	}
}

// Any window of any list is that window of the whole list, and the flags say what lies beyond it.
func TestPagesMeetInTheMiddle(t *testing.T) {
	people := []string{"沈知秋", "方砚清", "顾怀瑾", "林雨桐", "单平"}
	rapid.Check(t, func(rt *rapid.T) {
		var articles []article
		for i := range rapid.IntRange(1, 20).Draw(rt, "articles") {
			a := article{
				title: fmt.Sprintf("会%d", i), body: strings.Repeat("会", rapid.IntRange(0, 3).Draw(rt, "hits")),
				date:  rapid.SampledFrom([]string{"", "2021-01-05", "2021-01-06", "2021-01", "2021", "2020~", "2021-01-05/2021-02-01"}).Draw(rt, "date"),
				issue: rapid.IntRange(1, 4).Draw(rt, "issue"),
			}
			for _, p := range rapid.SliceOfDistinct(rapid.SampledFrom(people), rapid.ID).Draw(rt, "people") {
				a.people = append(a.people, p+" ATTEND "+rapid.SampledFrom([]string{"区长@区政府", "区长@区政府/REMOVED", "局长@区教育局", "主任@"}).Draw(rt, "post"))
			}
			a.places = rapid.SliceOfDistinct(rapid.SampledFrom([]string{"建设路", "*临溪县"}), rapid.ID).Draw(rt, "places")
			articles = append(articles, a)
		}
		w := yunhe
		w.people = people
		r := mustLoad(t, w, articles...)
		for _, l := range listers(t, r) {
			mustMeet(rt, l)
		}
	})
}

func mustMeet(rt *rapid.T, l lister) {
	ask := func(a query.PageArgs) page {
		p, err := l.ask(a)
		if err != nil {
			rt.Fatalf("%s: %v", l.name, err)
		}
		return p
	}
	whole := ask(query.PageArgs{First: ptr(query.MaxPage)})
	n := len(whole.items)
	if whole.total != n || whole.info.HasNextPage || whole.info.HasPreviousPage {
		rt.Fatalf("%s: the whole list has %d items, total %d, %+v", l.name, n, whole.total, whole.info)
	}
	if distinct := slices.Compact(slices.Sorted(slices.Values(whole.cursors))); len(distinct) != n {
		rt.Fatalf("%s: two items with one cursor", l.name)
	}
	for range 4 {
		var a query.PageArgs
		from, to := 0, n
		if i := rapid.IntRange(-1, n-1).Draw(rt, "after"); i >= 0 {
			a.After, from = &whole.cursors[i], i+1
		}
		if i := rapid.IntRange(-1, n-1).Draw(rt, "before"); i >= 0 {
			a.Before, to = &whole.cursors[i], i
		}
		crossed := to < from // before lies before after: nothing is between
		to = max(from, to)
		if k := rapid.IntRange(0, n+1).Draw(rt, "items"); rapid.Bool().Draw(rt, "backward") {
			a.Last, from = &k, max(from, to-k)
		} else {
			a.First, to = &k, min(to, from+k)
		}
		got := ask(a)
		if !slices.Equal(got.items, whole.items[from:to]) || got.total != n {
			rt.Fatalf("%s: %+v: items %q of %d, want %q", l.name, a, got.items, got.total, whole.items[from:to])
		}
		if !crossed && (got.info.HasPreviousPage != (from > 0) || got.info.HasNextPage != (to < n)) {
			rt.Fatalf("%s: items %d to %d of %d: %+v", l.name, from, to, n, got.info)
		}
		if from < to && (got.info.StartCursor != whole.cursors[from] || got.info.EndCursor != whole.cursors[to-1]) {
			rt.Fatalf("%s: cursors %q, %q are not those of the ends", l.name, got.info.StartCursor, got.info.EndCursor)
		}
	}
}

// A cursor goes on where it stood, also when what it stood on is gone.
func TestCursorAfterRemoval(t *testing.T) {
	w := yunhe
	w.people = []string{"方砚清", "顾怀瑾", "宋雨桐", "单平", "安宁"}
	s := memstore.New()
	mustAdd(t, s, w,
		article{title: "会一", issue: 1, date: "2021-01-01", people: []string{"沈知秋 ATTEND 区长@区政府", "方砚清 ATTEND"}, places: []string{"建设路"}},
		article{title: "会二", issue: 2, date: "2021-01-03", people: []string{"沈知秋 ATTEND 局长@区教育局", "宋雨桐 ATTEND 书记@区委"}},
		article{title: "会三", issue: 3, date: "2021-01-05", people: []string{"沈知秋 ATTEND 区长@区政府", "顾怀瑾 ATTEND"}},
		article{title: "会四", issue: 4, people: []string{"沈知秋 ATTEND 区长@区政府", "安宁 ATTEND 主任@"}},
	)
	old := listers(t, mustSnapshot(t, s))
	gone := []graph.ID{official("宋雨桐"), location("临溪县")}
	err := s.Update(t.Context(), func(graph.Reader) (*graph.Batch, error) {
		return &graph.Batch{Remove: []graph.ID{issue(2), issue(3)}, DropEntities: gone, Atoms: map[graph.ID]graph.ID{gone[0]: "", gone[1]: ""}}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for i, now := range listers(t, mustSnapshot(t, s)) {
		before, err := old[i].ask(query.PageArgs{})
		if err != nil {
			t.Fatal(err)
		}
		after, err := now.ask(query.PageArgs{})
		if err != nil {
			t.Fatal(err)
		}
		if len(after.items) >= len(before.items) || len(after.items) == 0 {
			t.Fatalf("%s: %d items of %d are left: this proves nothing", now.name, len(after.items), len(before.items))
		}
		for at, cursor := range before.cursors {
			var behind, ahead []string
			for k, c := range after.cursors {
				if p := slices.Index(before.cursors, c); p > at {
					behind = append(behind, after.items[k])
				} else if p >= 0 && p < at {
					ahead = append(ahead, after.items[k])
				} else if p < 0 {
					t.Errorf("%s: %s has another cursor, and nothing changed it", now.name, after.items[k])
				}
			}
			rest, err := now.ask(query.PageArgs{After: &cursor})
			if err != nil || !slices.Equal(rest.items, behind) {
				t.Errorf("%s: after item %d: %q, %v, want %q", now.name, at, rest.items, err, behind)
			}
			rest, err = now.ask(query.PageArgs{Last: ptr(query.MaxPage), Before: &cursor})
			if err != nil || !slices.Equal(rest.items, ahead) {
				t.Errorf("%s: before item %d: %q, %v, want %q", now.name, at, rest.items, err, ahead)
			}
		}
	}
}

// A cursor goes on where it stood, whatever was loaded since: nothing comes twice, nothing is passed over.
func TestCursorAfterLoad(t *testing.T) {
	w := yunhe
	w.people = []string{"方砚清", "顾怀瑾", "林雨桐", "单平", "安宁"}
	before := []article{
		{title: "会一", date: "2021-01-01", people: []string{"沈知秋 ATTEND 区长@区政府", "方砚清 ATTEND", "顾怀瑾 ATTEND"}},
		{title: "会二", date: "2021-01-03", people: []string{"沈知秋 ATTEND 区长@区政府", "方砚清 ATTEND", "林雨桐 ATTEND"}},
		{title: "会三", date: "2021-01-05", people: []string{"沈知秋 ATTEND 局长@区教育局"}},
	}
	after := append(slices.Clone(before),
		article{title: "会四", date: "2020-12-31", body: "会会会", people: []string{"安宁 ATTEND 书记@区委", "单平 ATTEND"}, issue: 2},
		article{title: "会五", date: "2021-01-04", people: []string{"沈知秋 MENTIONED", "单平 ATTEND"}, issue: 2},
		article{title: "会六", date: "2021-02-01", people: []string{"沈知秋 SUBJECT 局长@区民政局"}, issue: 2},
	)
	s := memstore.New()
	mustAdd(t, s, w, before...)
	old := listers(t, mustSnapshot(t, s))
	mustAdd(t, s, w, after...)
	for i, now := range listers(t, mustSnapshot(t, s)) {
		first, err := old[i].ask(query.PageArgs{First: ptr(1)})
		if err != nil || len(first.items) == 0 {
			t.Fatalf("%s: %v, %v", now.name, first, err)
		}
		whole, err := now.ask(query.PageArgs{})
		if err != nil {
			t.Fatal(err)
		}
		if at := slices.Index(whole.items, first.items[0]); at >= 0 && whole.cursors[at] == first.cursors[0] {
			rest, err := now.ask(query.PageArgs{After: &first.cursors[0]})
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(rest.items, whole.items[at+1:]) {
				t.Errorf("%s: after %s: %q, want %q", now.name, first.items[0], rest.items, whole.items[at+1:])
			}
		} else if !strings.HasPrefix(now.name, "entities") {
			t.Errorf("%s: the first item, which nothing changed, has another cursor", now.name)
		}
	}
}
