package query_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"fangzhi/graph"
	"fangzhi/graph/query"
)

// tenureLine is a tenure in one line: 沈知秋 区长@区政府 2021-01-05..2021-03-01 [2021-01-01..] 3.
func tenureLine(t *graph.Tenure, names map[graph.ID]string) string {
	line := fmt.Sprintf("%s %s@%s %s..%s", names[t.OfficialID], t.Title, names[t.DepartmentID], t.FirstAttested, t.LastAttested)
	if !t.StatedFrom.IsZero() || !t.StatedTo.IsZero() {
		line += " ["
		if !t.StatedFrom.IsZero() {
			line += t.StatedFrom.String()
		}
		line += ".."
		if !t.StatedTo.IsZero() {
			line += t.StatedTo.String()
		}
		line += "]"
	}
	return strings.ReplaceAll(line, "XXXX", "") + fmt.Sprintf(" %d", t.Observations())
}

func allNames(t *testing.T, r graph.Reader) map[graph.ID]string {
	t.Helper()
	byID := map[graph.ID]string{}
	err := r.EachEntity(t.Context(), "", func(d *graph.EntityData) error { byID[d.ID] = d.Name; return nil })
	if err != nil {
		t.Fatal(err)
	}
	return byID
}

func TestTenuresOf(t *testing.T) {
	for _, tt := range []struct {
		name     string
		articles []article
		want     []string
	}{
		{"first and last attested, rosters and overviews included", []article{
			{title: "一", date: "2021-03-01", people: []string{"沈知秋 CHAIR 区长@区政府"}},
			{title: "二", date: "2021-01-05", people: []string{"沈知秋 CHAIR 区长@区政府"}},
			{title: "三", date: "2021-02", kind: graph.EventKindRoster, people: []string{"沈知秋 OTHER 区长@区政府/ROSTER"}},
			{title: "四", date: "2021", kind: graph.EventKindOverview, people: []string{"沈知秋 OTHER 区长@区政府"}},
		}, []string{"沈知秋 区长@区政府 2021-01-05..2021 4"}},
		{"oldest first, whatever the rank; the undated last", []article{
			{title: "一", date: "2021-03-01", people: []string{"沈知秋 CHAIR 区长@区政府"}},
			{title: "二", date: "2020-03-01", people: []string{"沈知秋 ATTEND 局长@区教育局"}},
			{title: "三", people: []string{"沈知秋 ATTEND 书记@区委"}},
		}, []string{"沈知秋 局长@区教育局 2020-03-01..2020-03-01 1", "沈知秋 区长@区政府 2021-03-01..2021-03-01 1", "沈知秋 书记@区委 .. 1"}},
		{"posts held at the same time stay apart", []article{
			{title: "一", date: "2021-03-01", people: []string{"沈知秋 CHAIR 副书记@区委 区长@区政府"}},
			{title: "二", date: "2021-03-05", people: []string{"沈知秋 CHAIR 区长@区政府"}},
		}, []string{"沈知秋 区长@区政府 2021-03-01..2021-03-05 2", "沈知秋 副书记@区委 2021-03-01..2021-03-01 1"}},
		{"one post of two organs is two", []article{
			{title: "一", date: "2021-03-01", people: []string{"沈知秋 CHAIR 局长@区教育局"}},
			{title: "二", date: "2021-03-02", people: []string{"沈知秋 CHAIR 局长@区民政局 局长@"}},
		}, []string{"沈知秋 局长@区教育局 2021-03-01..2021-03-01 1", "沈知秋 局长@区民政局 2021-03-02..2021-03-02 1", "沈知秋 局长@ 2021-03-02..2021-03-02 1"}},
		{"mentions and former posts attest nothing", []article{
			{title: "一", date: "2021-03-01", people: []string{"沈知秋 MENTIONED 区长@区政府"}},
			{title: "二", date: "2021-03-02", people: []string{"沈知秋 ATTEND 局长@区教育局/-"}},
		}, nil},
		{"undated ones count and bound nothing", []article{
			{title: "一", people: []string{"沈知秋 CHAIR 区长@区政府"}},
			{title: "二", date: "2021-03-02", people: []string{"沈知秋 CHAIR 区长@区政府"}},
			{title: "三", people: []string{"沈知秋 SUBJECT 区长@区政府/REMOVED"}},
			{title: "四", people: []string{"沈知秋 CHAIR 局长@区教育局"}},
		}, []string{"沈知秋 区长@区政府 2021-03-02..2021-03-02 3", "沈知秋 局长@区教育局 .. 1"}},
		{"an appointment and a removal state bounds", []article{
			{title: "一", date: "2021-01-04", people: []string{"沈知秋 SUBJECT 区长@区政府/APPOINTED"}},
			{title: "二", date: "2021-03-02", people: []string{"沈知秋 CHAIR 区长@区政府"}},
			{title: "三", date: "2022-05-06", people: []string{"沈知秋 SUBJECT 区长@区政府/REMOVED"}},
		}, []string{"沈知秋 区长@区政府 2021-01-04..2022-05-06 [2021-01-04..2022-05-06] 3"}},
		{"the first report of an appointment states the beginning", []article{
			{title: "一", date: "2021-05-10", people: []string{"沈知秋 SUBJECT 区长@区政府/APPOINTED"}},
			{title: "二", date: "2021-05", people: []string{"沈知秋 SUBJECT 区长@区政府/APPOINTED"}},
		}, []string{"沈知秋 区长@区政府 2021-05-10..2021-05 [2021-05-10..] 2"}},
		{"a roster states bounds", []article{
			{title: "一", date: "2020", kind: graph.EventKindRoster, people: []string{"沈知秋 SUBJECT 区长@区政府/ROSTER=2020-06~"}},
			{title: "二", date: "2021", kind: graph.EventKindRoster, people: []string{"沈知秋 SUBJECT 区长@区政府/ROSTER=~2021-05"}},
		}, []string{"沈知秋 区长@区政府 2020..2021 [2020-06..2021-05] 2"}},
		{"the first statement of a beginning stays", []article{
			{title: "一", date: "2020-06-03", people: []string{"沈知秋 SUBJECT 区长@区政府/APPOINTED"}},
			{title: "二", date: "2020", kind: graph.EventKindRoster, people: []string{"沈知秋 SUBJECT 区长@区政府/ROSTER=2020-06~"}},
		}, []string{"沈知秋 区长@区政府 2020-06-03..2020 [2020-06-03..] 2"}},
		{"two holders in a year of rosters do not cut each other", []article{
			{title: "一", date: "2020", kind: graph.EventKindRoster, people: []string{"沈知秋 SUBJECT 区长@区政府/ROSTER=~2020-05", "方砚清 SUBJECT 区长@区政府/ROSTER=2020-06~"}},
			{title: "二", date: "2019-03-01", people: []string{"沈知秋 CHAIR 区长@区政府"}},
		}, []string{"沈知秋 区长@区政府 2019-03-01..2020 [..2020-05] 2"}},
		{"cut at a stated end", []article{
			{title: "一", date: "2020-03-02", people: []string{"沈知秋 CHAIR 副区长@区政府"}},
			{title: "二", date: "2020-05-06", people: []string{"沈知秋 SUBJECT 副区长@区政府/REMOVED"}},
			{title: "三", date: "2020-05-06", people: []string{"沈知秋 ATTEND 副区长@区政府"}}, // the same day
			{title: "四", date: "2020-05", people: []string{"沈知秋 ATTEND 副区长@区政府"}},    // may be before
			{title: "五", date: "2020-05-20", people: []string{"沈知秋 SUBJECT 副区长@区政府/REMOVED"}},
			{title: "六", date: "2021-05-06", people: []string{"沈知秋 ATTEND 副区长@区政府"}},
		}, []string{"沈知秋 副区长@区政府 2020-03-02..2020-05 [..2020-05-06] 5", "沈知秋 副区长@区政府 2021-05-06..2021-05-06 1"}},
		{"an appointment after the post was held states no beginning", []article{
			{title: "一", date: "2020-03-02", people: []string{"沈知秋 CHAIR 区长@区政府"}},
			{title: "二", date: "2020-05-06", people: []string{"沈知秋 SUBJECT 区长@区政府/APPOINTED"}},
		}, []string{"沈知秋 区长@区政府 2020-03-02..2020-05-06 2"}},
		{"cut where another holder of a one-person post is attested between", []article{
			{title: "一", date: "2020-03-02", people: []string{"沈知秋 CHAIR 区长@区政府"}},
			{title: "二", date: "2020-06-02", people: []string{"方砚清 CHAIR 区长@区政府"}},
			{title: "三", date: "2020-09-02", people: []string{"沈知秋 CHAIR 区长@区政府"}},
		}, []string{"沈知秋 区长@区政府 2020-03-02..2020-03-02 1", "沈知秋 区长@区政府 2020-09-02..2020-09-02 1"}},
		{"not where the other may have been before or after", []article{
			{title: "一", date: "2020-03-02", people: []string{"沈知秋 CHAIR 区长@区政府"}},
			{title: "二", date: "2020", people: []string{"方砚清 CHAIR 区长@区政府"}},
			{title: "三", date: "2020-09-02", people: []string{"沈知秋 CHAIR 区长@区政府", "方砚清 ATTEND 区长@区政府"}},
			{title: "四", people: []string{"方砚清 CHAIR 区长@区政府"}},
		}, []string{"沈知秋 区长@区政府 2020-03-02..2020-09-02 2"}},
		{"whichever of the other's days lies between", []article{
			{title: "一", date: "2020-03-02", people: []string{"沈知秋 CHAIR 区长@区政府"}},
			{title: "二", date: "2020-06-01/2020-12-31", people: []string{"方砚清 CHAIR 区长@区政府"}},
			{title: "三", date: "2020-06-02", people: []string{"方砚清 CHAIR 区长@区政府"}},
			{title: "四", date: "2020-09-02", people: []string{"沈知秋 CHAIR 区长@区政府"}},
		}, []string{"沈知秋 区长@区政府 2020-03-02..2020-03-02 1", "沈知秋 区长@区政府 2020-09-02..2020-09-02 1"}},
		{"not on the day itself, nor by a date without an end", []article{
			{title: "一", date: "2020-03-02", people: []string{"沈知秋 CHAIR 区长@区政府"}},
			{title: "二", date: "2020-03-02", people: []string{"方砚清 CHAIR 区长@区政府"}},
			{title: "三", date: "2020-04-02/..", people: []string{"方砚清 CHAIR 区长@区政府"}},
			{title: "四", date: "2020-09-02", people: []string{"沈知秋 CHAIR 区长@区政府"}},
		}, []string{"沈知秋 区长@区政府 2020-03-02..2020-09-02 2"}},
		{"nor within an act that lasts", []article{
			{title: "一", date: "2020-01-01/2020-12-31", people: []string{"沈知秋 CHAIR 区长@区政府"}},
			{title: "二", date: "2020-03-02", people: []string{"沈知秋 CHAIR 区长@区政府"}},
			{title: "三", date: "2020-06-02", people: []string{"方砚清 CHAIR 区长@区政府"}},
			{title: "四", date: "2021-03-02", people: []string{"沈知秋 CHAIR 区长@区政府"}},
		}, []string{"沈知秋 区长@区政府 2020-01-01/2020-12-31..2021-03-02 3"}},
		{"nor in a post of several", []article{
			{title: "一", date: "2020-03-02", people: []string{"沈知秋 CHAIR 副区长@区政府"}},
			{title: "二", date: "2020-06-02", people: []string{"方砚清 CHAIR 副区长@区政府"}},
			{title: "三", date: "2020-09-02", people: []string{"沈知秋 CHAIR 副区长@区政府"}},
		}, []string{"沈知秋 副区长@区政府 2020-03-02..2020-09-02 2"}},
		{"nor where no text tells the organ", []article{
			{title: "一", date: "2020-03-02", people: []string{"沈知秋 CHAIR 区长@"}},
			{title: "二", date: "2020-06-02", people: []string{"方砚清 CHAIR 区长@"}},
			{title: "三", date: "2020-09-02", people: []string{"沈知秋 CHAIR 区长@"}},
		}, []string{"沈知秋 区长@ 2020-03-02..2020-09-02 2"}},
		{"one event that says it twice bears witness once", []article{
			{title: "一", date: "2020-03-02", people: []string{"沈知秋 CHAIR 区长@区政府 区长@区政府"}},
		}, []string{"沈知秋 区长@区政府 2020-03-02..2020-03-02 1"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := yunhe
			w.people = []string{"沈知秋"}
			r := mustLoad(t, w, tt.articles...)
			tenures, err := query.TenuresOf(t.Context(), r, mustEntity(t, r, official("沈知秋")))
			if err != nil {
				t.Fatal(err)
			}
			byID := allNames(t, r)
			var got []string
			for _, tenure := range tenures {
				got = append(got, tenureLine(tenure, byID))
			}
			if strings.Join(got, "\n") != strings.Join(tt.want, "\n") {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(tt.want, "\n"))
			}
		})
	}
}

// The holders of two one-person posts and one of several, for lists of office-holders.
var office = []article{
	{title: "一", date: "2020-01-10", people: []string{"沈知秋 SUBJECT 区长@区政府/APPOINTED", "顾怀瑾 CHAIR 书记@区委"}},
	{title: "二", date: "2020-06-10", people: []string{"沈知秋 CHAIR 区长@区政府", "林雨桐 ATTEND 副区长@区政府"}},
	{title: "三", date: "2021-03-10", people: []string{"方砚清 CHAIR 区长@区政府"}},
	{title: "四", date: "2021-09-10", people: []string{"方砚清 CHAIR 区长@区政府", "顾怀瑾 CHAIR 书记@区委"}},
	{title: "五", date: "2021-12-31", people: []string{"顾怀瑾 SUBJECT 书记@区委/REMOVED 书记@区委"}},
	{title: "六", date: "2021-05", people: []string{"温如玉 ATTEND 局长@区教育局"}},
	{title: "七", date: "2021-06-01/2021-06-05", people: []string{"白露 ATTEND 局长@县民政局", "杜衡 ATTEND 调研员@"}},
	{title: "八", people: []string{"叶蓁 ATTEND 副区长@区政府"}},
}

var officeWorld = world{
	parents: yunhe.parents, places: yunhe.places, organs: []string{"区政府", "区委", "区教育局", "县民政局"},
	regions: map[string]string{"县民政局": "临溪县", "白露": "云河区", "杜衡": "临溪县"},
}

func TestTenures(t *testing.T) {
	r := mustLoad(t, officeWorld, office...)
	byID := allNames(t, r)
	on := func(day string, match graph.DateMatch) query.TenureArgs {
		return query.TenureArgs{On: mustDay(t, day), Match: match}
	}
	for _, tt := range []struct {
		name, want string
		args       query.TenureArgs
	}{
		{"in rank order of posts, a post's holders in the order of time", "顾怀瑾 沈知秋 方砚清 林雨桐 叶蓁 温如玉 白露 杜衡", query.TenureArgs{}},
		{"of a department", "沈知秋 方砚清 林雨桐 叶蓁", query.TenureArgs{Department: department("区政府")}},
		{"of a title", "沈知秋 方砚清", query.TenureArgs{Title: "区长"}},
		{"of a title with its organ", "沈知秋 方砚清", query.TenureArgs{Title: "区长@区政府"}},
		{"of an official", "方砚清", query.TenureArgs{Official: official("方砚清")}},
		{"of an official and a department", "", query.TenureArgs{Official: official("方砚清"), Department: department("区委")}},
		{"of a region: the organ's, or else the holder's", "白露 杜衡", query.TenureArgs{Region: location("临溪县")}},
		{"of a region: what lies below it too", "顾怀瑾 沈知秋 方砚清 林雨桐 叶蓁 温如玉 白露 杜衡", query.TenureArgs{Region: location("澜州市")}},
		{"an official of no name", "", query.TenureArgs{Official: "o0"}},
		{"a department of no name", "", query.TenureArgs{Department: "d0"}},
		{"a region of no name", "", query.TenureArgs{Region: "l0"}},
		{"a department is no region", "", query.TenureArgs{Region: department("区政府")}},

		{"certain: within attested bounds", "顾怀瑾 方砚清", on("2021-06-10", graph.MatchCertain)},
		{"certain is the default", "顾怀瑾 方砚清", on("2021-06-10", "")},
		{"certain: on the day of appointment", "顾怀瑾 沈知秋", on("2020-01-10", graph.MatchCertain)},
		{"certain: between the stated beginning and the last attestation", "顾怀瑾 沈知秋", on("2020-03-01", graph.MatchCertain)},
		{"certain: until the stated end", "顾怀瑾", on("2021-12-31", graph.MatchCertain)},
		{"certain: an act of several days", "顾怀瑾 方砚清 白露 杜衡", on("2021-06-03", graph.MatchCertain)},
		{"certain: a month tells no day", "顾怀瑾 方砚清", on("2021-05-15", graph.MatchCertain)},

		{"possible: before a stated beginning is excluded", "顾怀瑾 林雨桐 叶蓁 温如玉 白露 杜衡", on("2019-12-31", graph.MatchPossible)},
		{"possible: after a stated end is excluded; another's attestation excludes", "方砚清 林雨桐 叶蓁 温如玉 白露 杜衡", on("2022-01-01", graph.MatchPossible)},
		{"possible: between two holders both are", "顾怀瑾 沈知秋 方砚清 林雨桐 叶蓁 温如玉 白露 杜衡", on("2020-12-01", graph.MatchPossible)},
		{"possible: from the other's first attestation on", "顾怀瑾 方砚清 林雨桐 叶蓁 温如玉 白露 杜衡", on("2021-03-10", graph.MatchPossible)},
		{"possible: up to the other's last attestation", "顾怀瑾 沈知秋 林雨桐 叶蓁 温如玉 白露 杜衡", on("2020-06-10", graph.MatchPossible)},
		{"possible, of one official: the other holders count too", "", query.TenureArgs{Official: official("方砚清"), On: mustDay(t, "2020-06-10"), Match: graph.MatchPossible}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, err := query.Tenures(t.Context(), r, tt.args)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, tenure := range c.Nodes() {
				got = append(got, byID[tenure.OfficialID])
				if tenure.Observations() == 0 {
					t.Errorf("%s: no attestation", tenureLine(tenure, byID))
				}
			}
			if strings.Join(got, " ") != tt.want {
				t.Errorf("got  %s\nwant %s", strings.Join(got, " "), tt.want)
			}
		})
	}
}

// The bounds that rosters state: a month tells no day of its own, what lies between two is certain.
func TestTenuresOfRosters(t *testing.T) {
	r := mustLoad(t, officeWorld,
		article{title: "一", date: "2020", kind: graph.EventKindRoster, people: []string{"沈知秋 SUBJECT 区长@区政府/ROSTER=2020-02~2020-05", "方砚清 SUBJECT 区长@区政府/ROSTER=2020-06~"}},
		article{title: "二", date: "2021-03-10", people: []string{"方砚清 CHAIR 区长@区政府"}},
	)
	byID := allNames(t, r)
	for _, tt := range []struct {
		day   string
		match graph.DateMatch
		want  string
	}{
		{"2020-01-31", graph.MatchPossible, ""},
		{"2020-02-15", graph.MatchCertain, ""},
		{"2020-02-15", graph.MatchPossible, "沈知秋"},
		{"2020-03-15", graph.MatchCertain, "沈知秋"},
		{"2020-05-15", graph.MatchCertain, ""},
		{"2020-06-15", graph.MatchPossible, "方砚清"},
		{"2020-07-15", graph.MatchCertain, "方砚清"},
		{"2021-03-11", graph.MatchPossible, "方砚清"},
	} {
		c, err := query.Tenures(t.Context(), r, query.TenureArgs{On: mustDay(t, tt.day), Match: tt.match})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, tenure := range c.Nodes() {
			got = append(got, byID[tenure.OfficialID])
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%s on %s: got %v, want %s", tt.match, tt.day, got, tt.want)
		}
	}
}

// What other holders of a one-person post say about a day, when only a month is known of them, or an act that lasts.
func TestTenuresVagueRivals(t *testing.T) {
	r := mustLoad(t, officeWorld,
		article{title: "一", date: "2020-01-01/2020-12-31", people: []string{"沈知秋 CHAIR 区长@区政府"}},
		article{title: "二", date: "2020-03-02", people: []string{"沈知秋 CHAIR 区长@区政府"}},
		article{title: "三", date: "2021-05", people: []string{"方砚清 CHAIR 区长@区政府"}},
		article{title: "四", date: "2021-09-01", people: []string{"顾怀瑾 CHAIR 区长@区政府", "林雨桐 ATTEND 副区长@区政府"}},
		article{title: "五", date: "2021-10-01", people: []string{"单平 ATTEND 副区长@区政府", "白露 ATTEND 调研员@"}},
		article{title: "六", date: "2021-11-01", people: []string{"林雨桐 ATTEND 副区长@区政府", "杜衡 ATTEND 区长@"}},
		article{title: "七", date: "2021-12-01", people: []string{"白露 ATTEND 区长@"}},
		article{title: "八", date: "2021-12-02", people: []string{"杜衡 ATTEND 区长@"}},
		article{title: "九", people: []string{"叶蓁 ATTEND 区长@"}},
		article{title: "十", date: "2022-06-01/2022-06-05", people: []string{"苏木 SUBJECT 书记@区委/APPOINTED"}},
		article{title: "十一", date: "2021-33", people: []string{"安宁 ATTEND 书记@区委"}},
	)
	byID := allNames(t, r)
	for _, tt := range []struct {
		title, on, want string
		match           graph.DateMatch
	}{
		{"区长@区政府", "2020-06-01", "沈知秋", graph.MatchCertain},
		{"区长@区政府", "2021-05-30", "沈知秋 方砚清 顾怀瑾", graph.MatchPossible},
		{"区长@区政府", "2021-05-31", "方砚清 顾怀瑾", graph.MatchPossible}, // by now 方砚清 was attested
		{"区长@区政府", "2021-05-02", "沈知秋 方砚清 顾怀瑾", graph.MatchPossible},
		{"区长@区政府", "2021-05-01", "沈知秋 方砚清", graph.MatchPossible}, // 方砚清 is still to be attested
		{"副区长", "2021-10-01", "林雨桐 单平", graph.MatchCertain},      // a post of several is not cut
		{"区长@", "2021-12-01", "杜衡 白露", graph.MatchCertain},       // nor one of an unknown organ
		{"区长@", "2021-12-01", "杜衡 白露 叶蓁", graph.MatchPossible},   // where nobody is another's rival
		{"书记", "2022-06-03", "", graph.MatchCertain},             // the days of a congress are not yet those of the post
		{"书记", "2021-02-03", "", graph.MatchCertain},             // a quarter tells no day
	} {
		c, err := query.Tenures(t.Context(), r, query.TenureArgs{Title: tt.title, On: mustDay(t, tt.on), Match: tt.match})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, tenure := range c.Nodes() {
			got = append(got, byID[tenure.OfficialID])
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%s %s on %s: %s, want %s", tt.match, tt.title, tt.on, strings.Join(got, " "), tt.want)
		}
	}
}

// An undated holder of a one-person post is excluded on the days of another.
func TestTenuresUndatedRival(t *testing.T) {
	r := mustLoad(t, officeWorld, append(office, article{title: "九", people: []string{"苏木 CHAIR 区长@区政府"}})...)
	byID := allNames(t, r)
	for day, want := range map[string]string{"2021-06-10": "方砚清", "2020-12-01": "沈知秋 方砚清 苏木"} {
		c, err := query.Tenures(t.Context(), r, query.TenureArgs{Title: "区长", On: mustDay(t, day), Match: graph.MatchPossible})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, tenure := range c.Nodes() {
			got = append(got, byID[tenure.OfficialID])
		}
		if strings.Join(got, " ") != want {
			t.Errorf("possible on %s: %s, want %s", day, strings.Join(got, " "), want)
		}
	}
}

func TestAttestations(t *testing.T) {
	r := mustLoad(t, officeWorld, office...)
	c, err := query.Tenures(t.Context(), r, query.TenureArgs{Official: official("顾怀瑾")})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	page := query.PageArgs{First: ptr(2)}
	for {
		a, err := query.Attestations(c.Nodes()[0], page)
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range a.Nodes() {
			got = append(got, fmt.Sprintf("%s %s %s", w.Kind, w.Evidence[0].Text, w.Text))
		}
		if n, err := a.TotalCount(t.Context()); err != nil || n != 4 {
			t.Errorf("TotalCount = %d, %v, want 4", n, err)
		}
		if !a.PageInfo.HasNextPage {
			break
		}
		page.After = &a.PageInfo.EndCursor
	}
	if want := "[HELD 顾怀瑾在一 书记@区委 HELD 顾怀瑾在四 书记@区委 HELD 顾怀瑾在五 书记@区委 REMOVED 顾怀瑾在五 书记@区委]"; fmt.Sprint(got) != want {
		t.Errorf("got %v, want %s", got, want)
	}
	if _, err := query.Attestations(c.Nodes()[0], query.PageArgs{After: ptr("x")}); !errors.Is(err, graph.ErrBadInput) {
		t.Errorf("with no cursor: got %v, want ErrBadInput", err)
	}
}
