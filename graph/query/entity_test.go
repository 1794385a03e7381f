package query_test

import (
	"errors"
	"strings"
	"testing"

	"fangzhi/graph"
	"fangzhi/graph/query"
)

func TestLookup(t *testing.T) {
	w := world{
		parents: yunhe.parents, places: yunhe.places,
		regions: map[string]string{"王磊": "云河区", "王磊甲": "临溪县", "县教育局": "临溪县"},
		aliases: map[string][]string{"王磊甲": {"王磊"}, "沈知秋": {"老沈"}, "县教育局": {"教育局"}, "区教育局": {"教育局"}},
		organs:  []string{"县教育局", "区教育局"}, people: []string{"王磊", "王磊甲", "沈知秋"},
	}
	r := mustLoad(t, w)
	for _, tt := range []struct {
		name, want string // names, several for namesakes
		args       query.LookupArgs
	}{
		{"by id", "沈知秋", query.LookupArgs{Kind: graph.KindOfficial, ID: official("沈知秋")}},
		{"by an id of another kind", "", query.LookupArgs{Kind: graph.KindOfficial, ID: department("区教育局")}},
		{"by an id of no name", "", query.LookupArgs{Kind: graph.KindOfficial, ID: "o0"}},
		{"by name, folded", "云河区", query.LookupArgs{Kind: graph.KindLocation, Name: "雲河 區"}},
		{"by alias", "沈知秋", query.LookupArgs{Kind: graph.KindOfficial, Name: "老沈"}},
		{"a name goes before an alias", "王磊", query.LookupArgs{Kind: graph.KindOfficial, Name: "王磊"}},
		{"an alias within a region", "王磊甲", query.LookupArgs{Kind: graph.KindOfficial, Name: "王磊", Region: location("临溪县")}},
		{"within a region, what lies below it too", "王磊", query.LookupArgs{Kind: graph.KindOfficial, Name: "王磊", Region: location("澜州市")}},
		{"namesakes", "区教育局 县教育局", query.LookupArgs{Kind: graph.KindDepartment, Name: "教育局"}},
		{"one of the namesakes", "县教育局", query.LookupArgs{Kind: graph.KindDepartment, Name: "教育局", Region: location("临溪县")}},
		{"a place within a place", "建设路", query.LookupArgs{Kind: graph.KindLocation, Name: "建设路", Region: location("云河区")}},
		{"a place outside", "", query.LookupArgs{Kind: graph.KindLocation, Name: "建设路", Region: location("临溪县")}},
		{"a region of no name", "", query.LookupArgs{Kind: graph.KindLocation, Name: "建设路", Region: "l0"}},
		{"no such name", "", query.LookupArgs{Kind: graph.KindOfficial, Name: "沈知"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			e, err := query.Lookup(t.Context(), r, tt.args)
			got := ""
			var ambiguous *query.AmbiguousError
			switch {
			case errors.As(err, &ambiguous):
				if !errors.Is(err, query.ErrAmbiguous) || !strings.Contains(err.Error(), "县教育局（临溪县）") {
					t.Errorf("error %v", err)
				}
				got = names(ambiguous.Candidates)
			case err != nil:
				t.Fatal(err)
			case e != nil:
				got = e.Data().Name
			}
			if got != tt.want {
				t.Errorf("Lookup(%+v) = %q, want %q", tt.args, got, tt.want)
			}
		})
	}
	for _, args := range []query.LookupArgs{{}, {ID: "o0", Name: "王磊"}, {ID: "o0", Region: "l0"}, {Name: " "}} {
		if _, err := query.Lookup(t.Context(), r, args); !errors.Is(err, graph.ErrBadInput) {
			t.Errorf("Lookup(%+v): got %v, want ErrBadInput", args, err)
		}
	}
}

// found is the list in one line: names and, where an alias matched, that form behind a slash.
func found(c *query.EntityConnection) string {
	var all []string
	for _, e := range c.Edges {
		name := e.Node.Data().Name
		if e.Matched != "" && e.Matched != name {
			name += "/" + e.Matched
		}
		all = append(all, name)
	}
	return strings.Join(all, " ")
}

// The forms in which people look for whom they know, in both orders.
func TestEntitiesAsTheyAreTyped(t *testing.T) {
	w := world{
		places: []string{"云河区"}, organs: []string{"云河区委组织部", "云河区委宣传部"}, people: []string{"曾国樊", "曾樊", "单樊"},
		aliases: map[string][]string{"云河区委组织部": {"区委组织部"}, "云河区委宣传部": {"区委宣传部"}},
	}
	r := mustLoad(t, w, article{title: "一", people: []string{"曾樊 ATTEND"}})
	for _, tt := range []struct{ name, query, best, byName string }{
		{"a whole name in pinyin", "zengguofan", "曾国樊", "曾国樊"},
		{"initials", "zgf", "曾国樊", "曾国樊"},
		{"a surname in pinyin, most events first", "zeng", "曾樊 曾国樊", "曾樊 曾国樊"},
		{"a given name, by surname", "樊", "曾樊 单樊 曾国樊", "单樊 曾樊 曾国樊"},
		{"traditional characters", "組織部", "云河区委组织部", "云河区委组织部"},
		{"a short form (简称)", "区委组织部", "云河区委组织部/区委组织部", "云河区委组织部/区委组织部"},
		{"a short form in traditional characters", "區委組織部", "云河区委组织部/区委组织部", "云河区委组织部/区委组织部"},
		{"initials of a short form", "qwzzb", "云河区委组织部/区委组织部", "云河区委组织部/区委组织部"},
		{"initials of several", "qw", "云河区委宣传部/区委宣传部 云河区委组织部/区委组织部", "云河区委宣传部/区委宣传部 云河区委组织部/区委组织部"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for order, want := range map[query.EntityOrder]string{query.OrderBest: tt.best, query.OrderName: tt.byName} {
				c, err := query.Entities(t.Context(), r, query.EntityArgs{Query: tt.query, Order: order})
				if err != nil {
					t.Fatal(err)
				}
				if got := found(c); got != want {
					t.Errorf("%s: Entities(%q) = %q, want %q", order, tt.query, got, want)
				}
			}
		})
	}
}

func TestEntities(t *testing.T) {
	w := world{
		parents: map[string]string{"云河区": "澜州市", "吕家巷": "云河区"}, places: []string{"澜州市", "云河区", "重安县", "吕家巷"},
		organs:  []string{"云河区教育局", "教育局", "教育督导室", "云河区行政审批局"},
		people:  []string{"曾白露", "单平", "尉迟敬", "沈知秋", "沈知春", "沈织", "吕知秋", "解放"},
		aliases: map[string][]string{"云河区行政审批局": {"教育"}, "云河区教育局": {"教育局"}, "重安县": {"安镇一", "安镇二"}},
		regions: map[string]string{"沈知春": "重安县"},
	}
	r := mustLoad(t, w,
		article{title: "一", people: []string{"沈知秋 ATTEND", "单平 ATTEND"}, organs: []string{"云河区教育局 HOST"}, places: []string{"云河区"}},
		article{title: "二", people: []string{"沈知秋 MENTIONED"}, organs: []string{"教育局 HOST"}},
		article{title: "三", organs: []string{"云河区教育局 HOST"}},
	)
	for _, tt := range []struct {
		name, want string // what is found and, where it is an alias, the form behind a slash
		args       query.EntityArgs
	}{
		{"most events first, then by pinyin; those without any too", "沈知秋 单平 吕知秋 沈织 沈知春 解放 尉迟敬 曾白露", query.EntityArgs{Kind: graph.KindOfficial}},
		{"by pinyin, surnames as they are read", "吕知秋 单平 沈织 沈知春 沈知秋 解放 尉迟敬 曾白露", query.EntityArgs{Kind: graph.KindOfficial, Order: query.OrderName}},
		{"of a region", "沈知春", query.EntityArgs{Kind: graph.KindOfficial, Region: location("重安县")}},
		{"of a region, places too, itself included", "云河区 吕家巷", query.EntityArgs{Kind: graph.KindLocation, Region: location("云河区")}},
		{"exact, prefix, contained; an alias after a name", "云河区行政审批局/教育 教育局 教育督导室 云河区教育局/教育局", query.EntityArgs{Query: "教育"}},
		{"the same by name", "教育督导室 教育局 云河区教育局/教育局 云河区行政审批局/教育", query.EntityArgs{Query: "教育", Order: query.OrderName}},
		{"a name before an alias", "教育局 云河区教育局/教育局", query.EntityArgs{Query: "教育局"}},
		{"the first of two aliases", "重安县/安镇一", query.EntityArgs{Query: "安镇"}},
		{"all kinds", "云河区教育局 云河区 云河区行政审批局", query.EntityArgs{Query: "云河"}},
		{"folded", "沈知秋", query.EntityArgs{Query: "沈 知秋"}},
		{"pinyin", "沈知秋", query.EntityArgs{Query: "shenzhiqiu"}},
		{"pinyin as it is written", "沈知秋", query.EntityArgs{Query: "Shen Zhiqiu"}},
		{"the beginning of pinyin, in a syllable", "沈知秋 沈织 沈知春", query.EntityArgs{Query: "shenzh"}},
		{"the whole pinyin before a beginning", "沈织 沈知秋 沈知春", query.EntityArgs{Query: "shenzhi"}},
		{"initials", "沈知秋", query.EntityArgs{Query: "szq"}},
		{"the whole initials before a beginning", "沈织 沈知秋 沈知春", query.EntityArgs{Query: "sz", Kind: graph.KindOfficial}},
		{"pinyin of a later part", "沈知秋 吕知秋", query.EntityArgs{Query: "zhiqiu"}},
		{"not from within a syllable", "", query.EntityArgs{Query: "henzhi"}},
		{"one letter is not looked for inside", "澜州市 吕家巷 吕知秋", query.EntityArgs{Query: "l"}},
		{"an apostrophe between syllables", "吕家巷", query.EntityArgs{Query: "lv'jia"}},
		{"a surname has its first reading, not chen", "", query.EntityArgs{Query: "chenzhi"}},
		{"the surname 曾", "曾白露", query.EntityArgs{Query: "zeng"}},
		{"is not ceng", "", query.EntityArgs{Query: "ceng"}},
		{"the surname 单", "单平", query.EntityArgs{Query: "shanp"}},
		{"is not dan", "", query.EntityArgs{Query: "danping"}},
		{"the surname 尉迟", "尉迟敬", query.EntityArgs{Query: "yuchi"}},
		{"its initials", "尉迟敬", query.EntityArgs{Query: "ycj"}},
		{"the surname 解", "解放", query.EntityArgs{Query: "xiefang"}},
		{"a character with two readings", "重安县", query.EntityArgs{Query: "chongan"}},
		{"行 is hang", "云河区行政审批局", query.EntityArgs{Query: "hangzheng"}},
		{"and xing", "云河区行政审批局", query.EntityArgs{Query: "xingzheng"}},
		{"ü as v", "吕家巷 吕知秋", query.EntityArgs{Query: "lv"}},
		{"ü as u", "吕家巷 吕知秋 曾白露", query.EntityArgs{Query: "lu"}},
		{"pinyin is for Latin letters alone", "", query.EntityArgs{Query: "sz秋"}},
		{"nothing", "", query.EntityArgs{Query: "xyz"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, err := query.Entities(t.Context(), r, tt.args)
			if err != nil {
				t.Fatal(err)
			}
			if got := found(c); got != tt.want {
				t.Errorf("Entities(%+v) = %q, want %q", tt.args, got, tt.want)
			}
		})
	}
	if _, err := query.Entities(t.Context(), r, query.EntityArgs{Query: " "}); !errors.Is(err, graph.ErrBadInput) {
		t.Errorf("a query without a letter: got %v, want ErrBadInput", err)
	}
}

func TestChildrenAndPath(t *testing.T) {
	r := mustLoad(t, yunhe)
	c, err := query.Children(t.Context(), r, mustEntity(t, r, location("澜州市")), query.PageArgs{})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := names(c.Nodes()), "临溪县 云河区"; got != want {
		t.Errorf("children of 澜州市: %q, want %q", got, want)
	}
}

func TestRoots(t *testing.T) {
	w := world{
		parents: map[string]string{"云河区": "澜州市", "澜州市": "河东省", "渡口村": "旧县", "自治会": "自治会", "区教育局": "区政府"},
		places:  []string{"云河区", "澜州市", "河东省", "安平县", "渡口村"}, organs: []string{"区教育局", "区政府", "自治会", "区委"},
		people: []string{"沈知秋", "方砚清"},
	}
	r := mustLoad(t, w, article{title: "一", people: []string{"沈知秋 ATTEND"}})
	for _, tt := range []struct {
		name, want string
		kind       graph.EntityKind
	}{
		{"places, by name; 渡口村 has a parent that is not there", "安平县 渡口村 河东省", graph.KindLocation},
		{"organs, one its own parent", "区委 区政府 自治会", graph.KindDepartment},
		{"officials have no parents", "方砚清 沈知秋", graph.KindOfficial},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, err := query.Roots(t.Context(), r, query.RootArgs{Kind: tt.kind})
			if err != nil {
				t.Fatal(err)
			}
			if got := names(c.Nodes()); got != tt.want {
				t.Errorf("Roots(%s) = %q, want %q", tt.kind, got, tt.want)
			}
		})
	}
}

// Roots and, from them, children lead to every place once.
func TestTreeHasEveryPlace(t *testing.T) {
	r := mustLoad(t, yunhe)
	got := map[string]int{}
	level, err := query.Roots(t.Context(), r, query.RootArgs{Kind: graph.KindLocation})
	for nodes := level.Nodes(); len(nodes) > 0; nodes = nodes[1:] {
		got[nodes[0].Data().Name]++
		if level, err = query.Children(t.Context(), r, nodes[0].Data(), query.PageArgs{}); err != nil {
			t.Fatal(err)
		}
		nodes = append(nodes, level.Nodes()...)
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range yunhe.places {
		if got[name] != 1 {
			t.Errorf("the tree has %s %d times", name, got[name])
		}
	}
}
