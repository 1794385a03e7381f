package query_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fangzhi/graph"
	"fangzhi/graph/query"
)

func TestSearch(t *testing.T) {
	r := mustLoad(t, yunhe,
		article{title: "植树一", date: "2021-03-12", body: "区长沈知秋参加植树。"},
		article{title: "植树二", date: "2022-03-12", body: "植树，植树，植树。"},
		article{title: "绿化", date: "2022-03-13", body: "全区植树。"},
		article{title: "造林", date: "2021-03-12", body: "植 樹造林，植\n树护绿，植树。"},
		article{title: "旧事", body: "全区植树。"},
		article{title: "义务", date: "2021-03-12", body: "全区植树。"},
		article{title: "劳动", date: "2021-03-12", body: "全区植树。"},
		article{title: "植树护绿", untitled: true, date: "2022-03-14", body: "植树护绿。"},
		article{title: "种树", date: "2021-03-12", body: "植被、树木。"},
		article{title: "名录", date: "2021", kind: graph.EventKindRoster, body: "植树名录。"},
	)
	for _, tt := range []struct {
		name, query, want string
		filter            *query.EventFilter
	}{
		{"title first, more hits, newer", "植树", "植树二 植树一 造林 植树护绿 绿化 劳动 义务 旧事", nil},
		{"folded", "植　樹", "植树二 植树一 造林 植树护绿 绿化 劳动 义务 旧事", nil},
		{"another string must be there too", "植树", "植树一", &query.EventFilter{Text: "沈知秋"}},
		{"filtered", "植树", "植树二 植树护绿 绿化", &query.EventFilter{Year: ptr(2022)}},
		{"one character", "被", "种树", nil},
		{"nothing", "沈知春", "", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, err := query.Search(t.Context(), r, query.SearchArgs{Query: tt.query, Filter: tt.filter})
			if err != nil {
				t.Fatal(err)
			}
			if got := titles(c.Nodes()); got != tt.want {
				t.Errorf("Search(%q) = %q, want %q", tt.query, got, tt.want)
			}
			for i, e := range c.Edges {
				if e.Score <= 0 || e.Score > 1 || i > 0 && e.Score > c.Edges[i-1].Score {
					t.Errorf("%s: score %v after %v", e.Node.Title, e.Score, c.Edges[max(i-1, 0)].Score)
				}
			}
		})
	}
	for _, empty := range []string{"", " 　\n"} {
		if _, err := query.Search(t.Context(), r, query.SearchArgs{Query: empty}); !errors.Is(err, graph.ErrBadInput) {
			t.Errorf("Search(%q): got %v, want ErrBadInput", empty, err)
		}
	}
}

// An edge shows the best passages, by what was searched for and not by the filter's text.
func TestSearchPassages(t *testing.T) {
	body := "植树。" + long + long + long + "。植树，植树。" + long + long + long + "。植树。" + long + long + long + "。植樹，栽树。"
	r := mustLoad(t, yunhe, article{title: "义务植树", date: "2021-03-12", body: body}, article{title: "栽树", untitled: true, date: "2021-03-12", body: "栽树、植　树。"})
	c, err := query.Search(t.Context(), r, query.SearchArgs{Query: "植 樹", Filter: &query.EventFilter{Text: "栽树"}})
	if err != nil {
		t.Fatal(err)
	}
	bodies := []string{body, "栽树、植　树。"}
	want := [][]string{{"义务[植树]", "[植树]，[植树]。", "[植树]。"}, {"栽树、[植　树]。"}}
	if len(c.Edges) != len(want) {
		t.Fatalf("%d edges, want %d", len(c.Edges), len(want))
	}
	for i, e := range c.Edges {
		var got []string
		for _, h := range e.Passages(bodies[i]) {
			got = append(got, marked(h))
		}
		if diff := cmp.Diff(want[i], got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", e.Node.Title, diff)
		}
	}
}

// Of several reports of one event a search shows the first that it finds, whatever else the filter asks for.
func TestSearchShowsOneReport(t *testing.T) {
	r := mustLoad(t, yunhe,
		article{title: "晨会", date: "2021-01-01", body: "沈知秋缺席。", report: "一"},
		article{title: "早会", date: "2021-01-02", body: "植树。", report: "一"},
		article{title: "例会", date: "2021-01-03", body: "植树，沈知秋植树。", report: "一"},
		article{title: "小结", date: "2021-01-04", body: "植树，沈知秋植树，顾南风。"},
	)
	for _, tt := range []struct {
		name, text, want string
		all              bool
	}{
		{"all reports", "", "小结 例会 早会", true},
		{"the first that has it", "", "小结 早会", false},
		{"the first that has another text too", "沈知秋", "小结 例会", false},
		{"a part of it", "树", "小结 早会", false},
		{"more of it", "秋植树", "小结 例会", false},
		{"two texts, one of which none of the reports has", "顾南风", "小结", false},
		{"two texts, of all reports", "沈知秋", "小结 例会", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			args := query.SearchArgs{Query: "植树", Filter: &query.EventFilter{Text: tt.text, OnePerEvent: ptr(!tt.all)}}
			for _, first := range []int{1, 10} {
				args.Page = query.PageArgs{First: &first}
				var got []string
				for {
					c, err := query.Search(t.Context(), r, args)
					if err != nil {
						t.Fatal(err)
					}
					if n, err := c.TotalCount(t.Context()); err != nil || n != len(strings.Fields(tt.want)) {
						t.Errorf("TotalCount = %d, %v", n, err)
					}
					got = append(got, titles(c.Nodes()))
					if !c.PageInfo.HasNextPage {
						break
					}
					args.Page.After = &c.PageInfo.EndCursor
				}
				if strings.Join(got, " ") != tt.want {
					t.Errorf("in pages of %d: %q, want %q", first, strings.Join(got, " "), tt.want)
				}
			}
		})
	}
}
