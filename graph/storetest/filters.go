package storetest

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fangzhi/edtf"
	"fangzhi/graph"
)

func days(from, to string) graph.DayRange {
	var r graph.DayRange
	if from != "" {
		r.From = mustDay(from)
	}
	if to != "" {
		r.To = mustDay(to)
	}
	return r
}

func mustDay(s string) edtf.Day {
	day, err := edtf.ParseDay(s)
	if err != nil {
		panic(err)
	}
	return day
}

func links(conditions ...graph.LinkCondition) graph.Filter { return graph.Filter{Links: conditions} }

func atoms(kind graph.EntityKind, ids ...graph.ID) graph.LinkCondition {
	return graph.LinkCondition{Kind: kind, Atoms: ids}
}

// to returns the condition of a link to the first atom of what the sample calls by the name.
func to(name string) graph.LinkCondition { return atoms(catalogue[name].kind, AtomID(name, 0)) }

// either returns the condition of a link to either atom of 沈知秋 or 林见鹿.
func either(name string) graph.LinkCondition {
	return atoms(graph.KindOfficial, AtomID(name, 0), AtomID(name, 1))
}

func but(c graph.LinkCondition, f func(*graph.LinkCondition)) graph.LinkCondition {
	f(&c)
	return c
}

func roles(roles ...graph.OfficialRole) graph.LinkCondition {
	return but(either("沈知秋"), func(c *graph.LinkCondition) { c.OfficialRoles = roles })
}

// anyOf returns the condition of a link to 林见鹿 or 顾南风, who are both at 庚, in one of the roles.
func anyOf(roles ...graph.OfficialRole) graph.LinkCondition {
	c := atoms(graph.KindOfficial, AtomID("林见鹿", 1), AtomID("顾南风", 0))
	c.OfficialRoles = roles
	return c
}

func below(name string) graph.LinkCondition {
	return but(to(name), func(c *graph.LinkCondition) { c.Below = true })
}

const all = "辰寅子卯丑丁甲乙己丙庚辛壬戊癸"

var filterTests = []test{{"FiltersLeaveExactlyTheirEvents", func(t *testing.T, s graph.Store, _ func(testing.TB) graph.Store) {
	mustLoad(t, s, Sample()...)
	r := mustSnapshot(t, s)
	yes, no, low := true, false, 0.5
	certain := func(f graph.Filter) graph.Filter {
		f.Match = graph.MatchCertain
		return f
	}
	for _, tt := range []struct {
		name string
		f    graph.Filter
		want string
	}{
		{"none", graph.Filter{}, all},
		{"nothing", graph.Filter{Nothing: true}, ""},
		{"dated", graph.Filter{Dated: &yes}, "辰寅子卯丑丁甲乙己丙庚辛壬"},
		{"undated", graph.Filter{Dated: &no}, "戊癸"},
		{"kind", graph.Filter{Kinds: []graph.EventKind{graph.EventKindOverview}}, "子丑"},
		{"kinds", graph.Filter{Kinds: []graph.EventKind{graph.EventKindOverview, graph.EventKindRoster}}, "子卯丑"},
		{"basis", graph.Filter{Basis: []graph.DateBasis{graph.BasisConverted, graph.BasisRelative}}, "辰乙壬"},
		{"precision", graph.Filter{Precision: []edtf.Precision{edtf.PrecisionApproximate, edtf.PrecisionMonth}}, "辰己丙"},
		{"precision unknown", graph.Filter{Precision: []edtf.Precision{edtf.PrecisionUnknown}}, "戊癸"},
		{"confidence is below, not at", graph.Filter{ConfidenceBelow: &low}, "辰戊癸"},
		{"section", graph.Filter{Sections: []string{"党建"}}, "丙壬戊"},
		{"no section", graph.Filter{Sections: []string{""}}, "子丁辛"},
		{"sections", graph.Filter{Sections: []string{"人物", "党建", "人物"}}, "辰卯丙壬戊"},
		{"unknown section", graph.Filter{Sections: []string{"副刊"}}, ""},
		{"publication", graph.Filter{Publications: []graph.ID{Yearbook}}, "辰寅卯丑"},
		{"publications", graph.Filter{Publications: []graph.ID{Yearbook, Monthly}}, all},
		{"issue", graph.Filter{Issues: []graph.ID{February().Issue.ID}}, "子庚辛壬癸"},
		{"issue and section", graph.Filter{Issues: []graph.ID{February().Issue.ID}, Sections: []string{"党建", "概况"}}, "壬"},
		{"publication, kind and section", graph.Filter{Publications: []graph.ID{Yearbook}, Kinds: []graph.EventKind{graph.EventKindEvent}, Sections: []string{"概况", "人物"}}, "辰寅"},

		{"official by one atom", links(to("沈知秋")), "甲己"},
		{"official by both", links(either("沈知秋")), "甲乙己壬"},
		{"namesake", links(to("石桥沈知秋")), "卯"},
		{"nobody", links(atoms(graph.KindOfficial)), ""},
		{"unknown atom", links(atoms(graph.KindOfficial, "o0000000000000000")), ""},
		{"ANY", links(atoms(graph.KindOfficial, AtomID("沈知秋", 0), AtomID("林见鹿", 1))), "甲己庚"},
		{"ALL", links(either("沈知秋"), to("顾南风")), "甲"},
		{"ALL, other order", links(to("顾南风"), either("沈知秋")), "甲"},
		{"ALL of none", links(either("沈知秋"), either("林见鹿")), ""},
		{"ALL of three kinds", links(to("顾南风"), to("云河区政府"), to("石桥县")), "庚"},
		{"role", links(roles(graph.RoleInspect)), "己"},
		{"second role", links(roles(graph.RoleSpeak)), "甲"},
		{"roles", links(roles(graph.RoleMentioned, graph.RoleAttend)), "乙壬"},
		{"present", links(but(either("沈知秋"), func(c *graph.LinkCondition) { c.PresentOnly = true })), "甲己壬"},
		{"subject is not present", links(but(to("顾南风"), func(c *graph.LinkCondition) { c.PresentOnly = true })), "甲庚"},
		{"role that is no presence", links(but(roles(graph.RoleMentioned), func(c *graph.LinkCondition) { c.PresentOnly = true })), ""},
		{"roles while another link is walked", links(roles(graph.RoleSpeak), to("云河广场")), "甲"},
		{"roles that do not fit while another link is walked", links(roles(graph.RoleAttend), to("云河广场")), ""},

		{"role of the one of two", links(anyOf(graph.RoleChair)), "庚"},
		{"role of the other of two", links(anyOf(graph.RoleAccompany)), "庚"},
		{"role of the one, while another link is walked", links(anyOf(graph.RoleChair), to("石桥县")), "庚"},

		{"department", links(to("云河区委")), "甲"},
		{"department and children", links(below("云河区委")), "甲乙"},
		{"department's role", links(but(below("云河区政府"), func(c *graph.LinkCondition) { c.DepartmentRoles = []graph.DepartmentRole{graph.DeptAwarded} })), "丙"},
		{"department present", links(but(below("云河区政府"), func(c *graph.LinkCondition) { c.PresentOnly = true })), "丙庚戊癸"},
		{"department mentioned too", links(below("云河区政府")), "乙丙庚戊癸"},
		{"both plates", links(atoms(graph.KindDepartment, AtomID("云河区政务办", 0), AtomID("云河区政务办", 1))), "戊癸"},
		{"posts", links(but(to("云河区委"), func(c *graph.LinkCondition) { c.Posts = true })), "甲"},
		{"posts, not hosts", links(but(to("云河区政府"), func(c *graph.LinkCondition) { c.Posts = true })), "丙"},

		{"location", links(to("文昌街道")), "丁丙"},
		{"location that is only above", links(to("澜州市")), ""},
		{"location and descendants", links(below("文昌街道")), "丁甲丙"},
		{"province", links(below("东岭省")), "丑丁甲乙丙庚"},
		{"at place", links(but(to("文昌街道"), func(c *graph.LinkCondition) { c.AtPlace = true })), "丁"},
		{"at place, descendants", links(but(below("云河区"), func(c *graph.LinkCondition) { c.AtPlace = true })), "丁甲"},
		{"official below a place", links(to("顾南风"), below("云河区")), "甲丙"},

		{"a day", graph.Filter{Days: days("2021-01-05", "2021-01-05")}, "寅丁甲乙丙辛"},
		{"a day, certain", certain(graph.Filter{Days: days("2021-01-05", "2021-01-05")}), "甲乙"},
		{"a month", graph.Filter{Days: days("2021-01-01", "2021-01-31")}, "寅丁甲乙己丙辛"},
		{"a month, certain", certain(graph.Filter{Days: days("2021-01-01", "2021-01-31")}), "丁甲乙己丙"},
		{"the last day inside", graph.Filter{Days: days("2021-01-20", "2021-01-20")}, "寅丁丙辛"},
		{"the day after it", graph.Filter{Days: days("2021-01-21", "2021-01-21")}, "寅丙辛"},
		{"from", graph.Filter{Days: days("2021-02-10", "")}, "寅庚辛壬"},
		{"from, certain", certain(graph.Filter{Days: days("2021-02-10", "")}), "庚壬"},
		{"from a later day, certain", certain(graph.Filter{Days: days("2021-02-11", "")}), "壬"},
		{"to", graph.Filter{Days: days("", "2020-03-01")}, "辰寅子丑辛"},
		{"to, certain", certain(graph.Filter{Days: days("", "2021-02-10")}), "辰子卯丑丁甲乙己丙庚辛"},
		{"long before", graph.Filter{Days: days("1693-05-01", "1693-05-01")}, "辰辛"},
		{"long after", graph.Filter{Days: days("2030-01-01", "2030-12-31")}, "壬"},
		{"no day at all", graph.Filter{Days: days("2021-02-01", "2021-01-01")}, "寅辛"},
		{"month of any year", graph.Filter{Month: 6}, "辰寅卯丑辛壬"},
		{"month of any year, certain", certain(graph.Filter{Month: 1}), "丁甲乙己丙"},
		{"day of any year", graph.Filter{Month: 1, Day: 5}, "辰寅丑丁甲乙丙辛壬"},
		{"29 February", certain(graph.Filter{Month: 2, Day: 29}), "子"},
		{"days and official", graph.Filter{Days: days("2021-01-05", "2021-01-19"), Links: []graph.LinkCondition{either("沈知秋")}}, "甲乙己"},
		{"days and place", graph.Filter{Days: days("2021-01-06", "2021-01-31"), Links: []graph.LinkCondition{below("云河区")}}, "丁丙"},
		{"days and undated", graph.Filter{Days: days("2021-01-05", ""), Dated: &no}, ""},

		{"text in a title", graph.Filter{Texts: []string{"甲"}}, "甲"},
		{"text in a body", graph.Filter{Texts: []string{"慰问"}}, "甲癸"},
		{"folded text", graph.Filter{Texts: []string{"a座"}}, "癸"},
		{"two texts, one in the title", graph.Filter{Texts: []string{"慰问", "甲"}}, "甲"},
		{"two texts that no event has both", graph.Filter{Texts: []string{"a座", "云河区教育局"}}, ""},
		{"text does not join title and body", graph.Filter{Texts: []string{"癸x"}}, ""},
		{"text and link", graph.Filter{Texts: []string{"慰问"}, Links: []graph.LinkCondition{either("沈知秋")}}, "甲"},
		{"text of a name", graph.Filter{Texts: []string{"云河区教育局"}}, "乙丙"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := timeline(t, r, tt.f); got != tt.want {
				t.Errorf("filter %+v leaves %q, want %q", tt.f, got, tt.want)
			}
		})
	}
}}, {"WhatNoListKnowsIsAskedToo", func(t *testing.T, s graph.Store, _ func(testing.TB) graph.Store) {
	mustLoad(t, s, NewIssue(Monthly, 2021, 3,
		Entry{"申", "要闻", "2021-03-01", "NOTE", "GUESSED", 1, "", nil},
		Entry{"酉", "要闻", "2021-03-02", graph.EventKindEvent, graph.BasisExplicit, 1, "", nil},
		Entry{"戌", "要闻", "2021-03-03", "LETTER", "HEARD", 1, "", nil}))
	r := mustSnapshot(t, s)
	for want, f := range map[string]graph.Filter{
		"申":  {Kinds: []graph.EventKind{"NOTE"}},
		"酉":  {Kinds: []graph.EventKind{graph.EventKindEvent}},
		"戌":  {Kinds: []graph.EventKind{"LETTER", graph.EventKindRoster}},
		"申酉": {Basis: []graph.DateBasis{graph.BasisExplicit, "GUESSED"}},
		"":   {Basis: []graph.DateBasis{"GUESSED"}, Kinds: []graph.EventKind{graph.EventKindEvent}},
	} {
		if got := timeline(t, r, f); got != want {
			t.Errorf("filter %+v leaves %q, want %q", f, got, want)
		}
	}
	got, err := r.Values(context.Background(), graph.Filter{}, graph.FacetBasis)
	want := []graph.ValueCount{{Value: "EXPLICIT", Count: 1}, {Value: "GUESSED", Count: 1}, {Value: "HEARD", Count: 1}}
	slices.SortFunc(got, func(a, b graph.ValueCount) int { return strings.Compare(a.Value, b.Value) })
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("bases mismatch (%v) (-want +got):\n%s", err, diff)
	}
}}}
