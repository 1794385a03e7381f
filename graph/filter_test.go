package graph_test

import (
	"testing"

	"fangzhi/edtf"
	"fangzhi/graph"
)

func day(t testing.TB, s string) edtf.Day {
	t.Helper()
	if s == "" {
		return 0
	}
	d, err := edtf.ParseDay(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestDatesMeetDays(t *testing.T) {
	for _, tt := range []struct {
		name, date, from, to string
		possible, certain    bool
	}{
		{"day inside", "2020-12-17", "2020-12-01", "2020-12-31", true, true},
		{"day on the first", "2020-12-01", "2020-12-01", "2020-12-31", true, true},
		{"day on the last", "2020-12-31", "2020-12-01", "2020-12-31", true, true},
		{"day before", "2020-11-30", "2020-12-01", "2020-12-31", false, false},
		{"day after", "2021-01-01", "2020-12-01", "2020-12-31", false, false},
		{"month that is the span", "2020-12", "2020-12-01", "2020-12-31", true, true},
		{"month that begins before", "2020-12", "2020-12-02", "2020-12-31", true, false},
		{"month that ends after", "2020-12", "2020-12-01", "2020-12-30", true, false},
		{"year around", "2020", "2020-12-17", "2020-12-17", true, false},
		{"interval that touches the first", "2020-11-01/2020-12-01", "2020-12-01", "2020-12-31", true, false},
		{"interval that touches the last", "2020-12-31/2021-02-01", "2020-12-01", "2020-12-31", true, false},
		{"interval that ends before", "2020-11-01/2020-11-30", "2020-12-01", "2020-12-31", false, false},
		{"open start, ends inside", "../2020-12-17", "2020-12-01", "2020-12-31", true, false},
		{"open start, ends before", "../2020-11-30", "2020-12-01", "2020-12-31", false, false},
		{"open end, begins inside", "2020-12-17/..", "2020-12-01", "2020-12-31", true, false},
		{"open end, begins after", "2021-01-01/..", "2020-12-01", "2020-12-31", false, false},
		{"open start within an open span", "../2020-11-30", "", "2020-12-31", true, true},
		{"open start within a span open to the other side", "../2020-12-17", "2020-12-01", "", true, false},
		{"open end within an open span", "2020-12-17/..", "2020-12-01", "", true, true},
		{"open end within a span open to the other side", "2020-12-17/..", "", "2020-12-31", true, false},
		{"no bounds", "2020-12-17", "", "", true, true},
		{"undated", "XXXX", "2020-12-01", "2020-12-31", false, false},
		{"undated, no bounds", "XXXX", "", "", false, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			days := graph.DayRange{From: day(t, tt.from), To: day(t, tt.to)}
			for match, want := range map[graph.DateMatch]bool{"": tt.possible, graph.MatchPossible: tt.possible, graph.MatchCertain: tt.certain} {
				if got := match.Meets(date(t, tt.date), days); got != want {
					t.Errorf("%q.Meets(%s, %s to %s) = %v, want %v", match, tt.date, tt.from, tt.to, got, want)
				}
			}
		})
	}
}

func TestDatesMeetAMonthOfAnyYear(t *testing.T) {
	for _, tt := range []struct {
		date              string
		month, day        int
		possible, certain bool
	}{
		{"2020-12-17", 12, 0, true, true},
		{"2020-12-17", 11, 0, false, false},
		{"2020-12-17", 12, 17, true, true},
		{"2020-12-17", 12, 18, false, false},
		{"2020-12", 12, 17, true, false},
		{"2020-12", 12, 0, true, true},
		{"2020-12-20/2021-01-10", 12, 0, true, false},
		{"2020-12-20/2021-01-10", 1, 0, true, false},
		{"2020-12-20/2021-01-10", 2, 0, false, false},
		{"2019-12-20/2021-01-10", 6, 0, true, false},
		{"2020", 2, 29, true, false},
		{"2021", 2, 29, false, false},
		{"2020-02-29", 2, 29, true, true},
		{"1896-03-01/1904-02-28", 2, 29, false, false}, // 1900 was no leap year
		{"1896-03-01/1904-02-29", 2, 29, true, false},
		{"1900/1999", 2, 29, true, false},
		{"2020", 2, 30, false, false},
		{"../2020-12-17", 5, 0, true, false},
		{"2020-12-17/..", 5, 0, true, false},
		{"XXXX", 12, 0, false, false},
	} {
		for match, want := range map[graph.DateMatch]bool{"": tt.possible, graph.MatchPossible: tt.possible, graph.MatchCertain: tt.certain} {
			d := date(t, tt.date)
			if got := match.MeetsMonth(d.Start(), d.End(), tt.month, tt.day); got != want {
				t.Errorf("%q.MeetsMonth(%s, %d, %d) = %v, want %v", match, tt.date, tt.month, tt.day, got, want)
			}
		}
	}
}

func TestFilterMatches(t *testing.T) {
	e := event(t, "2020-12-17", "a", 1, "e1")
	e.Kind, e.Section, e.IssueID, e.PublicationID = graph.EventKindEvent, "要闻", "i1", "p1"
	e.Date.Basis, e.Date.Confidence = graph.BasisExplicit, 0.5
	e.Officials = []graph.EventOfficial{
		{Atom: "o1", Roles: []graph.OfficialRole{graph.RoleSpeak, graph.RoleSubject}, Posts: []graph.Post{{DepartmentAtom: "d9"}}},
		{Atom: "o2", Roles: []graph.OfficialRole{graph.RoleMentioned}},
	}
	e.Departments = []graph.EventDepartment{{Atom: "d1", Role: graph.DeptMentioned, Above: []graph.ID{"d2"}}, {Atom: "d3", Role: graph.DeptHost}}
	e.Locations = []graph.EventLocation{{Atom: "l1", IsPlace: true, Above: []graph.ID{"l2", "l3"}}, {Atom: "l4", Above: []graph.ID{"l3"}}}
	yes, no, half, more := true, false, 0.5, 0.51
	link := func(c graph.LinkCondition) graph.Filter { return graph.Filter{Links: []graph.LinkCondition{c}} }
	o := func(atoms ...graph.ID) graph.LinkCondition {
		return graph.LinkCondition{Kind: graph.KindOfficial, Atoms: atoms}
	}
	d := func(atoms ...graph.ID) graph.LinkCondition {
		return graph.LinkCondition{Kind: graph.KindDepartment, Atoms: atoms}
	}
	l := func(atoms ...graph.ID) graph.LinkCondition {
		return graph.LinkCondition{Kind: graph.KindLocation, Atoms: atoms}
	}
	with := func(c graph.LinkCondition, edit func(*graph.LinkCondition)) graph.Filter {
		edit(&c)
		return link(c)
	}
	for _, tt := range []struct {
		name string
		f    graph.Filter
		want bool
	}{
		{"zero", graph.Filter{}, true},
		{"nothing", graph.Filter{Nothing: true}, false},
		{"dated", graph.Filter{Dated: &yes}, true},
		{"undated", graph.Filter{Dated: &no}, false},
		{"kind", graph.Filter{Kinds: []graph.EventKind{graph.EventKindRoster, graph.EventKindEvent}}, true},
		{"other kind", graph.Filter{Kinds: []graph.EventKind{graph.EventKindRoster}}, false},
		{"basis", graph.Filter{Basis: []graph.DateBasis{graph.BasisExplicit}}, true},
		{"other basis", graph.Filter{Basis: []graph.DateBasis{graph.BasisNone}}, false},
		{"precision", graph.Filter{Precision: []edtf.Precision{edtf.PrecisionDay}}, true},
		{"other precision", graph.Filter{Precision: []edtf.Precision{edtf.PrecisionYear}}, false},
		{"confidence at the bound", graph.Filter{ConfidenceBelow: &half}, false},
		{"confidence below", graph.Filter{ConfidenceBelow: &more}, true},
		{"section", graph.Filter{Sections: []string{"要闻"}}, true},
		{"other section", graph.Filter{Sections: []string{""}}, false},
		{"publication", graph.Filter{Publications: []graph.ID{"p1"}}, true},
		{"other publication", graph.Filter{Publications: []graph.ID{"p2"}}, false},
		{"issue", graph.Filter{Issues: []graph.ID{"i2", "i1"}}, true},
		{"other issue", graph.Filter{Issues: []graph.ID{"i2"}}, false},
		{"days", graph.Filter{Days: graph.DayRange{From: day(t, "2020-12-17")}}, true},
		{"other days", graph.Filter{Days: graph.DayRange{From: day(t, "2020-12-18")}}, false},
		{"month", graph.Filter{Month: 12}, true},
		{"other day", graph.Filter{Month: 12, Day: 18}, false},

		{"official", link(o("o0", "o1")), true},
		{"other official", link(o("o0")), false},
		{"department is no official", link(o("d1")), false},
		{"both", graph.Filter{Links: []graph.LinkCondition{o("o1"), o("o2")}}, true},
		{"one and another", graph.Filter{Links: []graph.LinkCondition{o("o1"), o("o0")}}, false},
		{"role", with(o("o1"), func(c *graph.LinkCondition) { c.OfficialRoles = []graph.OfficialRole{graph.RoleSpeak} }), true},
		{"role of another", with(o("o2"), func(c *graph.LinkCondition) { c.OfficialRoles = []graph.OfficialRole{graph.RoleSpeak} }), false},
		{"present", with(o("o1"), func(c *graph.LinkCondition) { c.PresentOnly = true }), true},
		{"only mentioned", with(o("o2"), func(c *graph.LinkCondition) { c.PresentOnly = true }), false},
		{"present, but not in this role", with(o("o1"), func(c *graph.LinkCondition) {
			c.PresentOnly, c.OfficialRoles = true, []graph.OfficialRole{graph.RoleSubject}
		}), false},
		{"department", link(d("d1")), true},
		{"department above", link(d("d2")), false},
		{"department below", with(d("d2"), func(c *graph.LinkCondition) { c.Below = true }), true},
		{"department mentioned below", with(d("d2"), func(c *graph.LinkCondition) { c.Below, c.PresentOnly = true, true }), false},
		{"department's role", with(d("d3"), func(c *graph.LinkCondition) { c.DepartmentRoles = []graph.DepartmentRole{graph.DeptHost} }), true},
		{"department's other role", with(d("d1"), func(c *graph.LinkCondition) { c.DepartmentRoles = []graph.DepartmentRole{graph.DeptHost} }), false},
		{"post in a department", with(d("d9"), func(c *graph.LinkCondition) { c.Posts = true }), true},
		{"no post in a host", with(d("d3"), func(c *graph.LinkCondition) { c.Posts = true }), false},
		{"a post does not link its organ", link(d("d9")), false},
		{"place", with(l("l1"), func(c *graph.LinkCondition) { c.AtPlace = true }), true},
		{"named", with(l("l4"), func(c *graph.LinkCondition) { c.AtPlace = true }), false},
		{"around", link(l("l3")), false},
		{"around and below", with(l("l3"), func(c *graph.LinkCondition) { c.Below = true }), true},
		{"at place below", with(l("l3"), func(c *graph.LinkCondition) { c.Below, c.AtPlace = true, true }), true},
	} {
		if got := tt.f.Matches(e); got != tt.want {
			t.Errorf("%s: Matches = %v, want %v", tt.name, got, tt.want)
		}
	}
}
