package query_test

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"fangzhi/graph"
	"fangzhi/graph/query"
)

var related = []article{
	{title: "全会", date: "2021-01-05", people: []string{"沈知秋 CHAIR", "方砚清 ATTEND", "顾怀瑾 ATTEND"}, organs: []string{"区教育局 HOST"}, places: []string{"*建设路"}},
	{title: "走访", date: "2021-02", people: []string{"沈知秋 INSPECT", "方砚清 ACCOMPANY"}, organs: []string{"区政府 HOST", "区民政局 MENTIONED"}, places: []string{"望江街道"}},
	{title: "学习", date: "2021-03-01", people: []string{"沈知秋 MENTIONED", "顾怀瑾 CHAIR", "林雨桐 ATTEND"}},
	{title: "任免", date: "2021-04-01", people: []string{"沈知秋 SUBJECT", "林雨桐 SUBJECT"}},
	{title: "座谈", people: []string{"沈知秋 CHAIR", "方砚清 ATTEND", "林雨桐 SPEAK"}},
	{title: "名录", date: "2021", kind: graph.EventKindRoster, people: []string{"沈知秋 OTHER", "顾怀瑾 OTHER"}},
}

func TestRelatedTo(t *testing.T) {
	r := mustLoad(t, yunhe, related...)
	for _, tt := range []struct {
		name, of string
		kind     graph.EntityKind
		filter   *query.EventFilter
		want     []string // name, shared events, first and last day
	}{
		{"only presence, on both ends; most first, then by pinyin", "沈知秋", graph.KindOfficial, nil, []string{
			"方砚清 3 2021-01-05 2021-02-28", "顾怀瑾 1 2021-01-05 2021-01-05", "林雨桐 1  "}},
		{"mentions too", "沈知秋", graph.KindOfficial, &query.EventFilter{PresentOnly: ptr(false)}, []string{
			"方砚清 3 2021-01-05 2021-02-28", "林雨桐 3 2021-03-01 2021-04-01", "顾怀瑾 2 2021-01-05 2021-03-01"}},
		{"a place counts what lies in it", "沈知秋", graph.KindLocation, nil, []string{
			"河东省 2 2021-01-05 2021-02-28", "澜州市 2 2021-01-05 2021-02-28", "望江街道 2 2021-01-05 2021-02-28", "云河区 2 2021-01-05 2021-02-28", "建设路 1 2021-01-05 2021-01-05"}},
		{"places where it was", "沈知秋", graph.KindLocation, &query.EventFilter{AtPlace: ptr(true), Descendants: ptr(false)}, []string{"建设路 1 2021-01-05 2021-01-05"}},
		{"a department's children", "沈知秋", graph.KindDepartment, &query.EventFilter{Subordinates: ptr(true)}, []string{
			"区政府 2 2021-01-05 2021-02-28", "区教育局 1 2021-01-05 2021-01-05"}},
		{"all kinds together, by name", "沈知秋", "", &query.EventFilter{Descendants: ptr(false)}, []string{
			"方砚清 3 2021-01-05 2021-02-28", "顾怀瑾 1 2021-01-05 2021-01-05", "建设路 1 2021-01-05 2021-01-05", "林雨桐 1  ",
			"区教育局 1 2021-01-05 2021-01-05", "区政府 1 2021-02-01 2021-02-28", "望江街道 1 2021-02-01 2021-02-28"}},
		{"roles, on both ends", "沈知秋", graph.KindOfficial, &query.EventFilter{OfficialRoles: []graph.OfficialRole{graph.RoleChair, graph.RoleSpeak}}, []string{"林雨桐 1  "}},
		{"all kinds of event", "沈知秋", graph.KindOfficial, &query.EventFilter{Kinds: []graph.EventKind{}, Officials: []graph.ID{official("顾怀瑾")}}, []string{
			"顾怀瑾 2 2021-01-01 2021-12-31", "方砚清 1 2021-01-05 2021-01-05"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, err := query.RelatedTo(t.Context(), r, mustEntity(t, r, official(tt.of)), query.RelatedArgs{Kind: tt.kind, Filter: tt.filter})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, e := range c.Edges {
				got = append(got, fmt.Sprintf("%s %d %s %s", e.Node.Data().Name, e.SharedEvents, e.FirstShared, e.LastShared))
			}
			if strings.Join(got, "\n") != strings.Join(tt.want, "\n") {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(tt.want, "\n"))
			}
			for _, e := range c.Edges { // related and relationship count the same
				s, err := query.Relate(t.Context(), r, query.RelationshipArgs{A: official(tt.of), B: e.Node.Data().ID, Filter: tt.filter})
				if err != nil {
					t.Fatal(err)
				}
				if n, err := s.SharedCount(t.Context()); err != nil || n != e.SharedEvents {
					t.Errorf("%s: related says %d shared events, relationship %d, %v", e.Node.Data().Name, e.SharedEvents, n, err)
				}
			}
		})
	}
}

// An event counts once, however often it names the two.
func TestRelatedCountsAnEventOnce(t *testing.T) {
	w := yunhe
	w.same, w.people = map[string]string{"老沈": "沈知秋", "老方": "方砚清"}, []string{"老沈", "老方"}
	r := mustLoad(t, w, article{
		title: "会", date: "2021-01-05", people: []string{"沈知秋 CHAIR", "老沈 SPEAK", "方砚清 ATTEND", "老方 LEAD"},
		organs: []string{"区教育局 HOST", "区教育局 AWARDED", "区民政局 HOST"}, places: []string{"建设路", "*望江街道"},
	})
	shen := mustEntity(t, r, official("沈知秋"))
	filter := &query.EventFilter{Subordinates: ptr(true)}
	c, err := query.RelatedTo(t.Context(), r, shen, query.RelatedArgs{Filter: filter})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := names(c.Nodes()), "方砚清 河东省 建设路 澜州市 区教育局 区民政局 区政府 望江街道 云河区"; got != want {
		t.Errorf("related: %s, want %s", got, want)
	}
	for _, e := range c.Edges {
		if e.SharedEvents != 1 {
			t.Errorf("%s: %d shared events, want 1", e.Node.Data().Name, e.SharedEvents)
		}
	}
	g, err := query.Neighborhood(t.Context(), r, query.NeighborhoodArgs{ID: shen.ID, Filter: filter})
	if err != nil || len(g.Links) == 0 {
		t.Fatalf("%v, %v", g, err)
	}
	for _, l := range g.Links {
		if l.SharedEvents != 1 {
			t.Errorf("link %v, want 1", l)
		}
	}
	s, err := query.Relate(t.Context(), r, query.RelationshipArgs{A: shen.ID, B: official("老方")})
	if err != nil {
		t.Fatal(err)
	}
	if n, err := s.SharedCount(t.Context()); err != nil || n != 1 {
		t.Errorf("relationship: %d, %v, want 1", n, err)
	}
}

func TestRelatedToLeavesOutOwnLine(t *testing.T) {
	r := mustLoad(t, yunhe, append(related, article{title: "对接", date: "2021-05-01", places: []string{"建设路", "临溪县"}})...)
	for _, tt := range []struct{ of, want string }{
		{"建设路", "临溪县"},
		{"云河区", "临溪县"},
		{"澜州市", ""},
		{"临溪县", "建设路 望江街道 云河区"},
	} {
		c, err := query.RelatedTo(t.Context(), r, mustEntity(t, r, location(tt.of)), query.RelatedArgs{Kind: graph.KindLocation})
		if err != nil {
			t.Fatal(err)
		}
		if got := names(c.Nodes()); got != tt.want {
			t.Errorf("related to %s: %q, want %q", tt.of, got, tt.want)
		}
	}
}

// Of several reports of one event that counts which is the first to name the entity.
func TestRelatedToCountsOneReport(t *testing.T) {
	r := mustLoad(t, yunhe,
		article{title: "一", date: "2021-01-01", people: []string{"顾怀瑾 CHAIR"}, report: "会"},
		article{title: "二", date: "2021-01-02", people: []string{"沈知秋 CHAIR", "方砚清 ATTEND"}, report: "会"},
		article{title: "三", date: "2021-01-03", people: []string{"沈知秋 CHAIR", "顾怀瑾 ATTEND"}, report: "会"},
	)
	c, err := query.RelatedTo(t.Context(), r, mustEntity(t, r, official("沈知秋")), query.RelatedArgs{Kind: graph.KindOfficial, Filter: &query.EventFilter{OnePerEvent: ptr(true)}})
	if err != nil {
		t.Fatal(err)
	}
	if got := names(c.Nodes()); got != "方砚清" {
		t.Errorf("related: %q, want 方砚清", got)
	}
}

func TestRelate(t *testing.T) {
	r := mustLoad(t, yunhe, related...)
	for _, tt := range []struct {
		name   string
		a, b   graph.ID
		filter *query.EventFilter
		want   string
	}{
		{"presence on both ends", official("沈知秋"), official("林雨桐"), nil, "座谈"},
		{"mentions too", official("沈知秋"), official("林雨桐"), &query.EventFilter{PresentOnly: ptr(false)}, "学习 任免 座谈"},
		{"an official and a place", official("方砚清"), location("云河区"), nil, "全会 走访"},
		{"nothing in common", location("临溪县"), official("方砚清"), nil, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s, err := query.Relate(t.Context(), r, query.RelationshipArgs{A: tt.a, B: tt.b, Filter: tt.filter})
			if err != nil {
				t.Fatal(err)
			}
			c, err := s.SharedEvents(t.Context(), graph.Ascending, query.PageArgs{})
			if err != nil {
				t.Fatal(err)
			}
			if got := titles(c.Nodes()); got != tt.want {
				t.Errorf("shared events %q, want %q", got, tt.want)
			}
			if n, err := s.SharedCount(t.Context()); err != nil || n != len(strings.Fields(tt.want)) {
				t.Errorf("SharedCount = %d, %v", n, err)
			}
		})
	}
	s, err := query.Relate(t.Context(), r, query.RelationshipArgs{A: official("沈知秋"), B: "o0"})
	if s != nil || err != nil {
		t.Errorf("with an id that names nothing: %v, %v, want neither", s, err)
	}
}

// drawn is a subgraph in two lines: the names of its nodes, and its links as 甲乙2.
func drawn(g *query.Subgraph) (nodes, links string) {
	byID := map[graph.ID]string{}
	for _, n := range g.Nodes {
		byID[n.Data().ID] = n.Data().Name
	}
	var all []string
	for _, l := range g.Links {
		all = append(all, fmt.Sprint(byID[l.Source], byID[l.Target], l.SharedEvents))
	}
	return names(g.Nodes), strings.Join(all, " ")
}

func TestAmong(t *testing.T) {
	w := yunhe
	w.same, w.people = map[string]string{"老乙": "乙"}, []string{"老乙"}
	r := mustLoad(t, w,
		article{title: "一", date: "2021-01-01", people: []string{"甲 ATTEND", "乙 ATTEND", "老乙 SPEAK", "丙 ATTEND"}, places: []string{"建设路", "*临溪县"}, organs: []string{"区教育局 HOST"}},
		article{title: "二", date: "2021-01-02", people: []string{"甲 ATTEND", "乙 ATTEND"}},
		article{title: "三", date: "2021-01-03", people: []string{"乙 ATTEND", "丁 ATTEND"}},
		article{title: "四", people: []string{"丙 MENTIONED", "丁 ATTEND"}, organs: []string{"区政府 MENTIONED"}},
	)
	people := []graph.ID{official("甲"), official("乙"), official("丙"), official("丁")}
	mixed := []graph.ID{location("云河区"), official("甲"), department("区政府"), location("建设路"), location("临溪县")}
	for _, tt := range []struct {
		name         string
		ids          []graph.ID
		filter       *query.EventFilter
		nodes, links string
	}{
		{"mentions and undated events count", people, nil, "甲 乙 丙 丁", "甲乙2 甲丙1 乙丙1 乙丁1 丙丁1"},
		{"presence", people, &query.EventFilter{PresentOnly: ptr(true)}, "甲 乙 丙 丁", "甲乙2 甲丙1 乙丙1 乙丁1"},
		{"a filter", people, &query.EventFilter{From: mustDay(t, "2021-01-02")}, "甲 乙 丙 丁", "甲乙1 乙丁1"},
		{"in the order of the ids, no others", []graph.ID{official("丁"), official("丙"), official("甲")}, nil, "丁 丙 甲", "丁丙1 丙甲1"},
		{"once, by whichever id, and none for what names nothing", []graph.ID{official("老乙"), "o0", official("乙"), official("甲")}, nil, "乙 甲", "乙甲2"},
		{"of all kinds, never with what they lie in", mixed, nil, "云河区 甲 区政府 建设路 临溪县", "云河区甲1 云河区临溪县1 甲建设路1 甲临溪县1 建设路临溪县1"},
		{"children and places where it was", mixed, &query.EventFilter{Subordinates: ptr(true), AtPlace: ptr(true)}, "云河区 甲 区政府 建设路 临溪县", "甲区政府1 甲临溪县1 区政府临溪县1"},
		{"one", people[:1], nil, "甲", ""},
		{"none", nil, nil, "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			g, err := query.Among(t.Context(), r, query.SubgraphArgs{IDs: tt.ids, Filter: tt.filter})
			if err != nil {
				t.Fatal(err)
			}
			if nodes, links := drawn(g); nodes != tt.nodes || links != tt.links {
				t.Errorf("got  %q, %q\nwant %q, %q", nodes, links, tt.nodes, tt.links)
			}
			if g.Nodes == nil || g.Links == nil {
				t.Error("a list is nil")
			}
		})
	}
	for n, want := range map[int]error{query.MaxNodes: nil, query.MaxNodes + 1: graph.ErrLimit} {
		if _, err := query.Among(t.Context(), r, query.SubgraphArgs{IDs: slices.Repeat(people[:1], n)}); !errors.Is(err, want) {
			t.Errorf("%d ids: got %v, want %v", n, err, want)
		}
	}
}

// A link counts what a relationship does.
func TestAmongCountsAsRelate(t *testing.T) {
	r := mustLoad(t, yunhe, related...)
	for _, filter := range []*query.EventFilter{{PresentOnly: ptr(true)}, {PresentOnly: ptr(false), Kinds: []graph.EventKind{}}} {
		ids := []graph.ID{official("沈知秋"), official("方砚清"), official("顾怀瑾"), official("林雨桐"), department("区教育局"), location("建设路"), location("云河区")}
		g, err := query.Among(t.Context(), r, query.SubgraphArgs{IDs: ids, Filter: filter})
		if err != nil || len(g.Links) < 8 {
			t.Fatalf("%v, %v", g, err)
		}
		for _, l := range g.Links {
			s, err := query.Relate(t.Context(), r, query.RelationshipArgs{A: l.Source, B: l.Target, Filter: filter})
			if err != nil {
				t.Fatal(err)
			}
			if n, err := s.SharedCount(t.Context()); err != nil || n != l.SharedEvents {
				t.Errorf("%v: relationship says %d, %v", l, n, err)
			}
		}
	}
}

func TestNeighborhood(t *testing.T) {
	chain := []article{
		{title: "一", date: "2021-01-01", people: []string{"甲 ATTEND", "乙 ATTEND", "丙 ATTEND"}, places: []string{"建设路"}},
		{title: "二", date: "2021-01-02", people: []string{"甲 ATTEND", "乙 ATTEND"}},
		{title: "三", date: "2021-01-03", people: []string{"乙 ATTEND", "丁 ATTEND"}},
		{title: "四", date: "2021-01-04", people: []string{"丁 ATTEND", "戊 ATTEND"}},
		{title: "五", date: "2021-01-05", people: []string{"甲 MENTIONED", "戊 ATTEND"}},
	}
	r := mustLoad(t, yunhe, chain...)
	officials := []graph.EntityKind{graph.KindOfficial}
	for _, tt := range []struct {
		name         string
		args         query.NeighborhoodArgs
		nodes, links string
	}{
		{"one step, most shared first, links among the neighbours too", query.NeighborhoodArgs{Kinds: officials}, "甲 乙 丙", "甲乙2 甲丙1 乙丙1"},
		{"two steps", query.NeighborhoodArgs{Kinds: officials, Depth: ptr(2)}, "甲 乙 丙 丁", "甲乙2 甲丙1 乙丙1 乙丁1"},
		{"three steps", query.NeighborhoodArgs{Kinds: officials, Depth: ptr(3)}, "甲 乙 丙 丁 戊", "甲乙2 甲丙1 乙丙1 乙丁1 丁戊1"},
		{"mentions too", query.NeighborhoodArgs{Kinds: officials, Filter: &query.EventFilter{PresentOnly: ptr(false)}}, "甲 乙 丙 戊", "甲乙2 甲丙1 甲戊1 乙丙1"},
		{"first counts the centre", query.NeighborhoodArgs{Kinds: officials, First: ptr(2), Depth: ptr(3)}, "甲 乙", "甲乙2"},
		{"no kinds are all", query.NeighborhoodArgs{Kinds: []graph.EntityKind{}, Filter: &query.EventFilter{Descendants: ptr(false)}}, "甲 乙 丙 建设路", "甲乙2 甲丙1 甲建设路1 乙丙1 乙建设路1 丙建设路1"},
		{"no step", query.NeighborhoodArgs{Depth: ptr(0)}, "甲", ""},
		{"nothing", query.NeighborhoodArgs{First: ptr(0)}, "", ""},
		{"around a place, not what it lies in", query.NeighborhoodArgs{ID: location("建设路"), Kinds: []graph.EntityKind{graph.KindLocation}}, "建设路", ""},
		{"places, never linked to what they lie in", query.NeighborhoodArgs{Kinds: []graph.EntityKind{graph.KindLocation}}, "甲 河东省 建设路 澜州市 望江街道 云河区", "甲河东省1 甲建设路1 甲澜州市1 甲望江街道1 甲云河区1"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.args.ID = cmp.Or(tt.args.ID, official("甲"))
			g, err := query.Neighborhood(t.Context(), r, tt.args)
			if err != nil {
				t.Fatal(err)
			}
			nodes, links := drawn(g)
			if nodes != tt.nodes {
				t.Errorf("nodes %q, want %q", nodes, tt.nodes)
			}
			if links != tt.links {
				t.Errorf("links %q, want %q", links, tt.links)
			}
		})
	}
	g, err := query.Neighborhood(t.Context(), r, query.NeighborhoodArgs{ID: "o0"})
	if err != nil || len(g.Nodes)+len(g.Links) != 0 {
		t.Errorf("around an id that names nothing: %v, %v", g, err)
	}
	for _, args := range []query.NeighborhoodArgs{{Depth: ptr(query.MaxDepth + 1)}, {First: ptr(query.MaxNodes + 1)}} {
		if _, err := query.Neighborhood(t.Context(), r, args); !errors.Is(err, graph.ErrLimit) {
			t.Errorf("over the limit: got %v, want ErrLimit", err)
		}
	}
	if _, err := query.Neighborhood(t.Context(), r, query.NeighborhoodArgs{Depth: ptr(-1)}); !errors.Is(err, graph.ErrBadInput) {
		t.Errorf("depth -1: got %v, want ErrBadInput", err)
	}
}
