package query_test

import (
	"errors"
	"strings"
	"testing"

	"fangzhi/edtf"
	"fangzhi/graph"
	"fangzhi/graph/query"
)

// The names of these articles are letters, so that a row of the table fits a line.
var filtered = []article{
	{title: "甲", date: "2020-12-17", section: "要闻", people: []string{"沈知秋 CHAIR,SPEAK 区长@区政府", "方砚清 ATTEND"}, organs: []string{"区教育局 HOST"}, places: []string{"*建设路"}},
	{title: "乙", date: "2020-12", section: "民生", people: []string{"沈知秋 MENTIONED", "顾怀瑾 INSPECT"}, organs: []string{"区政府 MENTIONED", "区民政局 INSPECTOR"}, places: []string{"云河区"}},
	{title: "丙", date: "2020", basis: graph.BasisYearInferred, sure: 0.6, people: []string{"顾怀瑾 SUBJECT"}, places: []string{"*临溪县"}},
	{title: "丁", date: "2020-12-30/2021-01-03", issue: 2, people: []string{"方砚清 LEAD"}, organs: []string{"区教育局 AWARDED", "区民政局 HOST"}},
	{title: "戊", date: "2021-12-17", issue: 2, people: []string{"沈知秋 ATTEND", "顾怀瑾 CHAIR"}},
	{title: "己", issue: 2, body: "全区“数字　政务”建设。", people: []string{"方砚清 ATTEND"}},
	{title: "庚", date: "2021-03-01", kind: graph.EventKindRoster, people: []string{"沈知秋 OTHER 区长@区政府/ROSTER"}},
}

func TestResolve(t *testing.T) {
	w := yunhe
	w.same = map[string]string{"沈知秋（旧）": "沈知秋"}
	w.people = []string{"沈知秋（旧）"}
	r := mustLoad(t, w, filtered...)
	shen, fang, gu := official("沈知秋"), official("方砚清"), official("顾怀瑾")
	for _, tt := range []struct {
		name   string
		filter *query.EventFilter
		want   string // the order is: 甲 戊 of days, 丁 on its first day, 乙 on its month's last, 丙 on its year's last
	}{
		{"nil is every EVENT, the undated last", nil, "甲 丁 乙 丙 戊 己"},
		{"so is zero", &query.EventFilter{}, "甲 丁 乙 丙 戊 己"},
		{"no kinds are all kinds", &query.EventFilter{Kinds: []graph.EventKind{}}, "甲 丁 乙 丙 庚 戊 己"},
		{"a kind", &query.EventFilter{Kinds: []graph.EventKind{graph.EventKindRoster}}, "庚"},

		{"from to, possible", &query.EventFilter{From: mustDay(t, "2020-12-17"), To: mustDay(t, "2020-12-17")}, "甲 乙 丙"},
		{"from to, certain", &query.EventFilter{From: mustDay(t, "2020-12-17"), To: mustDay(t, "2020-12-31"), DateMatch: graph.MatchCertain}, "甲"},
		{"both days inclusive", &query.EventFilter{From: mustDay(t, "2021-01-03"), To: mustDay(t, "2021-12-17")}, "丁 戊"},
		{"from after to", &query.EventFilter{From: mustDay(t, "2021-01-02"), To: mustDay(t, "2021-01-01")}, "bad input: from 2021-01-02 is after to 2021-01-01"},
		{"a year", &query.EventFilter{Year: ptr(2020)}, "甲 丁 乙 丙"},
		{"a year, certain", &query.EventFilter{Year: ptr(2020), DateMatch: graph.MatchCertain}, "甲 乙 丙"},
		{"a month of a year", &query.EventFilter{Year: ptr(2020), Month: ptr(11)}, "丙"},
		{"a day of a year", &query.EventFilter{Year: ptr(2020), Month: ptr(12), Day: ptr(31)}, "丁 乙 丙"},
		{"this day of any year", &query.EventFilter{Month: ptr(12), Day: ptr(17), DateMatch: graph.MatchCertain}, "甲 戊"},
		{"this day of any year, possible", &query.EventFilter{Month: ptr(12), Day: ptr(17)}, "甲 乙 丙 戊"},
		{"29 February is a day", &query.EventFilter{Month: ptr(2), Day: ptr(29)}, "丙"},
		{"year and from hold both", &query.EventFilter{Year: ptr(2020), From: mustDay(t, "2020-12-20")}, "丁 乙 丙"},
		{"year and to hold both", &query.EventFilter{Year: ptr(2020), To: mustDay(t, "2020-06-30")}, "丙"},
		{"year and from that never meet", &query.EventFilter{Year: ptr(2020), From: mustDay(t, "2021-01-01")}, ""},
		{"day without month", &query.EventFilter{Year: ptr(2020), Day: ptr(1)}, "bad input: day without month"},
		{"month without year and day", &query.EventFilter{Month: ptr(1)}, "bad input: month without year or day"},
		{"no such month", &query.EventFilter{Year: ptr(2020), Month: ptr(13)}, "bad input: there is no month 13"},
		{"no such day of a year", &query.EventFilter{Year: ptr(2021), Month: ptr(2), Day: ptr(29)}, "bad input: there is no day 2021-2-29"},
		{"no such day of any year", &query.EventFilter{Month: ptr(4), Day: ptr(31)}, "bad input: month 4 has no day 31"},
		{"no such year", &query.EventFilter{Year: ptr(10000)}, "bad input: year 10000 is outside -9999 to 9999"},

		{"dated", &query.EventFilter{Dated: ptr(true)}, "甲 丁 乙 丙 戊"},
		{"undated", &query.EventFilter{Dated: ptr(false)}, "己"},
		{"basis", &query.EventFilter{Basis: []graph.DateBasis{graph.BasisYearInferred, graph.BasisNone}}, "丙 己"},
		{"precision", &query.EventFilter{Precision: []edtf.Precision{edtf.PrecisionMonth, edtf.PrecisionInterval}}, "丁 乙"},
		{"confidence", &query.EventFilter{ConfidenceBelow: ptr(0.7)}, "丙"},
		{"sections", &query.EventFilter{Sections: []string{"要闻", "民生"}}, "甲 乙"},
		{"empty lists are no condition", &query.EventFilter{Sections: []string{}, Officials: []graph.ID{}, Basis: []graph.DateBasis{}}, "甲 丁 乙 丙 戊 己"},
		{"issue", &query.EventFilter{Issues: []graph.ID{issue(2)}}, "丁 戊 己"},
		{"publication", &query.EventFilter{Publications: []graph.ID{publication}}, "甲 丁 乙 丙 戊 己"},
		{"an issue of no name", &query.EventFilter{Issues: []graph.ID{"i0"}}, ""},
		{"text, folded", &query.EventFilter{Text: "\"數字政務\""}, "己"},
		{"text that folds to nothing is no condition", &query.EventFilter{Text: " 　"}, "甲 丁 乙 丙 戊 己"},

		{"an official, mentions included", &query.EventFilter{Officials: []graph.ID{shen}}, "甲 乙 戊"},
		{"an id that was merged", &query.EventFilter{Officials: []graph.ID{official("沈知秋（旧）")}}, "甲 乙 戊"},
		{"all of two", &query.EventFilter{Officials: []graph.ID{shen, gu}}, "乙 戊"},
		{"any of two", &query.EventFilter{Officials: []graph.ID{fang, gu}, Match: query.MatchAny}, "甲 丁 乙 丙 戊 己"},
		{"match works inside one list", &query.EventFilter{Officials: []graph.ID{fang, gu}, Departments: []graph.ID{department("区民政局")}, Match: query.MatchAny}, "丁 乙"},
		{"all, one of no name", &query.EventFilter{Officials: []graph.ID{shen, "o0"}}, ""},
		{"any, one of no name", &query.EventFilter{Officials: []graph.ID{fang, "o0"}, Match: query.MatchAny}, "甲 丁 己"},
		{"any, none has a name", &query.EventFilter{Officials: []graph.ID{"o0"}, Match: query.MatchAny}, ""},
		{"an id of another kind names nothing", &query.EventFilter{Officials: []graph.ID{department("区教育局")}}, ""},
		{"present only", &query.EventFilter{Officials: []graph.ID{shen}, PresentOnly: ptr(true)}, "甲 戊"},
		{"a subject is not present", &query.EventFilter{Officials: []graph.ID{gu}, PresentOnly: ptr(true)}, "乙 戊"},
		{"official roles", &query.EventFilter{Officials: []graph.ID{shen}, OfficialRoles: []graph.OfficialRole{graph.RoleSpeak, graph.RoleMentioned}}, "甲 乙"},
		{"department roles", &query.EventFilter{Departments: []graph.ID{department("区教育局")}, DepartmentRoles: []graph.DepartmentRole{graph.DeptAwarded}}, "丁"},
		{"a department without its children", &query.EventFilter{Departments: []graph.ID{department("区政府")}}, "乙"},
		{"a department with its children", &query.EventFilter{Departments: []graph.ID{department("区政府")}, Subordinates: ptr(true)}, "甲 丁 乙"},
		{"a place with what lies in it", &query.EventFilter{Locations: []graph.ID{location("云河区")}}, "甲 乙"},
		{"a place alone", &query.EventFilter{Locations: []graph.ID{location("云河区")}, Descendants: ptr(false)}, "乙"},
		{"where it took place", &query.EventFilter{Locations: []graph.ID{location("澜州市")}, AtPlace: ptr(true)}, "甲 丙"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := timeline(t, r, tt.filter); got != tt.want {
				t.Errorf("Timeline(%+v) = %q, want %q", tt.filter, got, tt.want)
			}
		})
	}
}

func TestResolveSentencesAreBadInput(t *testing.T) {
	r := mustLoad(t, yunhe)
	_, err := query.Resolve(t.Context(), r, &query.EventFilter{Day: ptr(3)}, false)
	if !errors.Is(err, graph.ErrBadInput) {
		t.Errorf("day without month: got %v, want ErrBadInput", err)
	}
}

func TestEventsOfAnEntityAndAnIssue(t *testing.T) {
	r := mustLoad(t, yunhe, filtered...)
	for _, tt := range []struct {
		name, want string
		ask        func(query.TimelineArgs) (*query.EventConnection, error)
		filter     *query.EventFilter
	}{
		{"an official's", "甲 乙 戊", entityEvents(t, r, official("沈知秋")), nil},
		{"an official's, with roles", "甲", entityEvents(t, r, official("沈知秋")), &query.EventFilter{OfficialRoles: []graph.OfficialRole{graph.RoleChair}}},
		{"an official's with another", "甲", entityEvents(t, r, official("沈知秋")), &query.EventFilter{Officials: []graph.ID{official("方砚清")}}},
		{"a place's, what lies in it included", "甲 乙", entityEvents(t, r, location("云河区")), nil},
		{"a place's alone", "乙", entityEvents(t, r, location("云河区")), &query.EventFilter{Descendants: ptr(false)}},
		{"an issue's", "丁 戊 己", issueEvents(t, r, 2), nil},
		{"an issue's, filtered by another issue", "", issueEvents(t, r, 2), &query.EventFilter{Issues: []graph.ID{issue(1)}}},
		{"an issue's, filtered by itself too", "丁 戊 己", issueEvents(t, r, 2), &query.EventFilter{Issues: []graph.ID{issue(1), issue(2)}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, err := tt.ask(query.TimelineArgs{Filter: tt.filter})
			if err != nil {
				t.Fatal(err)
			}
			if got := titles(c.Nodes()); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			if n, err := c.TotalCount(t.Context()); err != nil || n != len(strings.Fields(tt.want)) {
				t.Errorf("TotalCount = %d, %v", n, err)
			}
		})
	}
}

func entityEvents(t *testing.T, r graph.Reader, id graph.ID) func(query.TimelineArgs) (*query.EventConnection, error) {
	return func(a query.TimelineArgs) (*query.EventConnection, error) {
		return query.EntityEvents(t.Context(), r, mustEntity(t, r, id), a)
	}
}

func issueEvents(t *testing.T, r graph.Reader, number int) func(query.TimelineArgs) (*query.EventConnection, error) {
	return func(a query.TimelineArgs) (*query.EventConnection, error) {
		return query.IssueEvents(t.Context(), r, issue(number), a)
	}
}

func TestTimelineAt(t *testing.T) {
	r := mustLoad(t, yunhe, filtered...)
	for _, tt := range []struct {
		name, at, want string
		order          graph.TimelineOrder
	}{
		{"a day with an event", "2020-12-17", "甲 丁 乙 丙 戊 己", graph.Ascending},
		{"a day without one", "2020-12-18", "丁 乙 丙 戊 己", graph.Ascending},
		{"after all dated events", "2030-01-01", "己", graph.Ascending},
		{"backwards from a day with an event", "2020-12-17", "甲 己", graph.Descending},
		{"backwards from a day without one", "2021-01-01", "丙 乙 丁 甲 己", graph.Descending},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, err := query.Timeline(t.Context(), r, query.TimelineArgs{At: mustDay(t, tt.at), Order: tt.order})
			if err != nil {
				t.Fatal(err)
			}
			if got := titles(c.Nodes()); got != tt.want {
				t.Errorf("Timeline(at %s, %s) = %q, want %q", tt.at, tt.order, got, tt.want)
			}
		})
	}
	c, err := query.Timeline(t.Context(), r, query.TimelineArgs{})
	if err != nil {
		t.Fatal(err)
	}
	_, err = query.Timeline(t.Context(), r, query.TimelineArgs{At: 1, Page: query.PageArgs{After: &c.PageInfo.StartCursor}})
	if !errors.Is(err, graph.ErrBadInput) {
		t.Errorf("at together with after: got %v, want ErrBadInput", err)
	}
}
