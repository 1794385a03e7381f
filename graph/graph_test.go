package graph_test

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"fangzhi/edtf"
	"fangzhi/graph"
)

func date(t testing.TB, s string) edtf.Date {
	t.Helper()
	d, err := edtf.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func event(t testing.TB, edtfText, order string, place int, id graph.ID) *graph.Event {
	return &graph.Event{ID: id, IssueOrder: order, Place: place, Date: graph.EventDate{EDTF: date(t, edtfText)}}
}

// The ids of every graph that there is depend on these.
func TestIDsAreStable(t *testing.T) {
	for _, tt := range []struct {
		got, want graph.ID
	}{
		{graph.NewID(graph.PrefixEvent, "云河大事|990101|2021-01", "要闻", "1"), "e2mcfjm96p61e0zev"},
		{graph.NewID(graph.PrefixIssue, ""), "ix282rwsha9z24ezk"},
		{graph.Atom{Kind: graph.KindOfficial, Code: "990101", Name: "沈知秋"}.ID(), "ok23wqpp774bcvnf1"},
		{graph.Atom{Kind: graph.KindOfficial, Code: "990101", Name: "沈知秋", Organ: "云河区委"}.ID(), "o2fa3mzcwy3zkjq3w"},
		{graph.Atom{Kind: graph.KindLocation, Code: "990101"}.ID(), "lha5nt7znvzf9djwz"},
	} {
		if tt.got != tt.want {
			t.Errorf("id %s, want %s", tt.got, tt.want)
		}
	}
}

func TestPrefixOfAnID(t *testing.T) {
	if got := graph.NewID(graph.PrefixLocation, "x").Prefix(); got != "l" {
		t.Errorf("Prefix = %q, want l", got)
	}
	if got := graph.ID("").Prefix(); got != "" {
		t.Errorf("Prefix of the zero ID = %q", got)
	}
}

func TestABareAtomSortsFirst(t *testing.T) {
	atoms := []graph.Atom{
		{Kind: graph.KindDepartment, Code: "2", Name: "乙"},
		{Kind: graph.KindOfficial, Code: "1", Name: "甲"},
		{Kind: graph.KindOfficial, Code: "1", Name: "甲", Organ: "a"},
		{Kind: graph.KindOfficial, Code: "1", Name: "甲", Organ: "b"},
		{Kind: graph.KindOfficial, Code: "1", Name: "乙", Organ: "a"},
		{Kind: graph.KindOfficial, Code: "2", Name: "甲"},
	}
	if atoms[4].Name < atoms[1].Name {
		atoms = append(append(slices.Clone(atoms[:1]), atoms[4]), append(slices.Clone(atoms[1:4]), atoms[5])...)
	}
	shuffled := slices.Clone(atoms)
	slices.Reverse(shuffled)
	slices.SortFunc(shuffled, graph.Atom.Compare)
	if !slices.Equal(shuffled, atoms) {
		t.Errorf("sorted: %+v, want %+v", shuffled, atoms)
	}
}

// Each event comes before the next: by first day (DAY, INTERVAL) or last day (all vaguer dates), precise before vague, then
// issue, place and id; undated ones last.
func TestSortKeysAreInTheContractsOrder(t *testing.T) {
	var keys []graph.SortKey
	var says []string
	add := func(why, edtfText, order string, place int, id graph.ID) {
		keys = append(keys, event(t, edtfText, order, place, id).SortKey())
		says = append(says, why+" ("+edtfText+")")
	}
	add("before year 0", "-0220-03-01", "b", 1, "e1")
	add("a day", "2020-12-16", "b", 9, "e9")
	add("a day", "2020-12-17", "a", 1, "e1")
	add("same day, later issue", "2020-12-17", "b", 1, "e1")
	add("same day, later issue that begins alike", "2020-12-17", "b0", 1, "e1")
	add("same day, issue after that", "2020-12-17", "c", 1, "e5")
	add("same issue, later place", "2020-12-17", "c", 2, "e1")
	add("place 256 after 255", "2020-12-17", "c", 255, "e1")
	add("place 256", "2020-12-17", "c", 256, "e1")
	add("same place, later id", "2020-12-17", "c", 256, "e2")
	add("an interval by its first day, after days", "2020-12-17/2021-05-01", "a", 1, "e1")
	add("an interval open to the past by its last", "../2020-12-17", "b", 1, "e1")
	add("approximately a day", "2020-12-17~", "a", 1, "e1")
	add("the last day of the month", "2020-12-31", "z", 1, "e1")
	add("a month closes itself", "2020-12", "a", 1, "e1")
	add("a year after its months", "2020", "a", 1, "e1")
	add("an approximate year after the year", "2020~", "a", 1, "e1")
	add("the next day", "2021-01-01", "a", 1, "e1")
	add("an interval open to the future by its first", "2021-01-02/..", "a", 1, "e1")
	add("a decade by its last day", "202X", "a", 1, "e1")
	add("a month of no year has no day", "XXXX-12-04", "a", 1, "e1")
	add("undated", "XXXX", "a", 2, "e1")
	add("undated, later issue", "XXXX", "b", 1, "e1")
	for i := 1; i < len(keys); i++ {
		if keys[i-1] >= keys[i] {
			t.Errorf("%s does not come before %s", says[i-1], says[i])
		}
	}
	for i, k := range keys {
		if dated := !strings.Contains(says[i], "XXXX"); k.Dated() != dated || (k >= graph.FirstUndatedKey) == dated {
			t.Errorf("%s: Dated = %v", says[i], k.Dated())
		}
	}
}

func TestSortKeyOfADay(t *testing.T) {
	day, _ := edtf.NewDay(2020, 12, 17)
	on, before := event(t, "2020-12-17", "", 0, "").SortKey(), event(t, "2020-12-16", "\U0010FFFF", math.MaxInt32, "z").SortKey()
	if first := graph.FirstKeyOfDay(day); first > on || first <= before {
		t.Errorf("FirstKeyOfDay(%v) does not stand between the days", day)
	}
	if got := on.Precision(); got != edtf.PrecisionDay {
		t.Errorf("Precision = %s", got)
	}
	if got := event(t, "2020", "", 0, "").SortKey().Precision(); got != edtf.PrecisionYear {
		t.Errorf("Precision = %s", got)
	}
}

func TestDescendingReversesTheDatedAndTheUndatedApart(t *testing.T) {
	a, b := event(t, "2020-01-01", "a", 1, "e1").SortKey(), event(t, "2021-01-01", "a", 1, "e2").SortKey()
	u, v := event(t, "XXXX", "a", 1, "e3").SortKey(), event(t, "XXXX", "a", 2, "e4").SortKey()
	for order, want := range map[graph.TimelineOrder][]graph.SortKey{
		graph.Ascending: {a, b, u, v}, graph.Descending: {b, a, v, u}, "": {a, b, u, v},
	} {
		for i := range want {
			for j := range want {
				if got := order.Before(want[i], want[j]); got != (i < j) {
					t.Errorf("%q: Before(%d, %d) = %v", order, i, j, got)
				}
			}
		}
	}
}

func TestCursorsComeBack(t *testing.T) {
	for _, text := range []string{"2020-12-17", "-0220-03-01", "XXXX", "2020~"} {
		key := event(t, text, "云河大事|990101\x01202101", 7, "e0123456789abcdef").SortKey()
		cursor := key.Cursor()
		if got, err := graph.ParseCursor(cursor); got != key || err != nil {
			t.Errorf("ParseCursor(%q) = %q, %v; want %q", cursor, got, err, key)
		}
		if strings.Trim(cursor, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") != "" {
			t.Errorf("cursor %q has to be escaped in a URL", cursor)
		}
	}
}

func TestWhatIsNoCursorIsRefused(t *testing.T) {
	good := event(t, "2020-12-17", "a", 1, "e1").SortKey()
	for name, cursor := range map[string]string{
		"empty": "", "not base64": "沈知秋", "padded": good.Cursor() + "=", "too short": good[:9].Cursor(),
		"no such half": ("\x02" + good[1:]).Cursor(), "no such precision": (good[:5] + "\x09" + good[6:]).Cursor(),
		"no end of the issue": (good[:6] + "aaaaaaaaaa").Cursor(), "no id": graph.SortKey("\x00\x00\x00\x00\x01\x00aaaa\x00\x00\x00\x00\x01").Cursor(),
	} {
		if key, err := graph.ParseCursor(cursor); !errors.Is(err, graph.ErrBadInput) || key != "" {
			t.Errorf("%s: ParseCursor(%q) = %q, %v; want ErrBadInput", name, cursor, key, err)
		}
	}
}

func TestRolesSortAsTheContractDoes(t *testing.T) {
	got := graph.SortRoles([]graph.OfficialRole{graph.RoleMentioned, graph.RoleSpeak, graph.RoleChair, graph.RoleSpeak})
	if want := []graph.OfficialRole{graph.RoleChair, graph.RoleSpeak, graph.RoleMentioned}; !slices.Equal(got, want) {
		t.Errorf("SortRoles = %v, want %v", got, want)
	}
	for _, r := range graph.OfficialRoles {
		if want := r != graph.RoleMentioned && r != graph.RoleSubject; r.Presence() != want {
			t.Errorf("%s: Presence = %v", r, r.Presence())
		}
	}
	for _, r := range graph.DepartmentRoles {
		if want := r != graph.DeptMentioned; r.Presence() != want {
			t.Errorf("%s: Presence = %v", r, r.Presence())
		}
	}
}

func TestEntitiesAreOfTheTypeOfTheirKind(t *testing.T) {
	for _, kind := range graph.EntityKinds {
		e := graph.EntityData{ID: "x", Kind: kind, Atoms: []graph.ID{"a", "b"}}
		got := e.Entity()
		var ok bool
		switch kind {
		case graph.KindOfficial:
			_, ok = got.(*graph.Official)
		case graph.KindDepartment:
			_, ok = got.(*graph.Department)
		case graph.KindLocation:
			_, ok = got.(*graph.Location)
		}
		if !ok || got.Data().ID != "x" {
			t.Errorf("%s: Entity is a %T", kind, got)
		}
		if c := e.Linked(); c.Kind != kind || len(c.Atoms) != 2 || c.Below != (kind == graph.KindLocation) {
			t.Errorf("%s: Linked = %+v", kind, c)
		}
	}
}
