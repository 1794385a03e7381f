package interchange_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fangzhi/graph"
	"fangzhi/interchange"
	"fangzhi/loader/reading"
)

func mustParse(t *testing.T, line string) interchange.Record {
	t.Helper()
	r, err := interchange.NewParser().Parse([]byte(line))
	if err != nil {
		t.Fatalf("Parse(%s): %v", line, err)
	}
	return r
}

// What a line leaves out has a meaning that invents nothing.
func TestTitleAndDateAreEnough(t *testing.T) {
	r := mustParse(t, `{"title": "云河区第二小学建成", "date": "2020-12-04"}`)
	e := r.Event
	if got, want := r.Issue, (reading.Issue{Publication: interchange.DefaultPublication, Year: 2020, Month: 12, Label: "2020年12月"}); !cmp.Equal(got, want) {
		t.Errorf("issue %+v, want %+v", got, want)
	}
	if e.Title != e.PrintedTitle || e.Kind != graph.EventKindEvent || e.Place != 0 || e.Page != 0 || e.Body != "" {
		t.Errorf("event %+v", e)
	}
	if d := e.Date; d.EDTF.String() != "2020-12-04" || d.Basis != graph.BasisEdited || d.Reason == "" || d.Confidence != 1 || d.Evidence != nil {
		t.Errorf("date %+v, want one that somebody set, with a reason and without evidence", d)
	}
	if d := mustParse(t, `{"title": "甲", "date": "XXXX"}`); d.Event.Date.Basis != graph.BasisNone || d.Event.Date.Confidence != 0 || d.Issue.Year != 0 || d.Issue.Label != "" {
		t.Errorf("without a date: %+v in %+v", d.Event.Date, d.Issue)
	}
}

func TestNobodyIsSaidToHaveBeenThere(t *testing.T) {
	e := mustParse(t, `{"title": "甲", "date": "2020", "region": "410102", "officials": [
		{"name": "沈知秋", "posts": [{"title": "区长", "text": "区长"}]},
		{"name": "李牧原", "role": "SPEAK", "roles": ["ATTEND"], "posts": [{"title": "副区长", "text": "副区长"}, {"title": "局长", "text": "原局长"}]}],
		"departments": [{"name": "河南省林业局"}], "locations": [{"name": "南塘", "type": "VENUE"}]}`).Event
	if o := e.Officials[0]; !cmp.Equal(o.Roles, []graph.OfficialRole{graph.RoleMentioned}) || o.Posts[0].Attests != "" || !o.Posts[0].Single {
		t.Errorf("without a role: %+v", o)
	}
	if o := e.Officials[1]; !cmp.Equal(o.Roles, []graph.OfficialRole{graph.RoleSpeak, graph.RoleAttend}) || o.Posts[0].Attests != graph.AttestsHeld || o.Posts[0].Single || o.Posts[1].Attests != "" {
		t.Errorf("who speaks: %+v", o)
	}
	if d := e.Departments[0]; d.Role != graph.DeptMentioned || d.Type != graph.DeptGovernment || d.Region.Self().Code != "410000" {
		t.Errorf("department %+v, want one of 河南省 that is only mentioned", d)
	}
	if l := e.Locations[0]; l.IsPlace || l.Above.Self().Code != "410102" {
		t.Errorf("location %+v, want one in the line's region where nothing is said to have happened", l)
	}
}

func TestRegions(t *testing.T) {
	for _, tt := range []struct{ name, region, want string }{
		{"code", `"410102"`, "河南省/郑州市/中原区"},
		{"names", `"郑州市中原区"`, "河南省/郑州市/中原区"},
		{"names that no table knows", `"河南省澜州市云河区"`, "河南省/澜州市/云河区"},
		{"chain", `[{"name": "海右省", "type": "PROVINCE"}, {"name": "云台", "type": "TOWNSHIP"}]`, "海右省/云台"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var names []string
			for _, p := range mustParse(t, `{"title": "甲", "date": "2020", "region": `+tt.region+`}`).Issue.Region.Chain {
				names = append(names, p.Name)
			}
			if got := strings.Join(names, "/"); got != tt.want {
				t.Errorf("region %s, want %s", got, tt.want)
			}
		})
	}
}

func TestIssues(t *testing.T) {
	for _, tt := range []struct{ name, issue, label string }{
		{"number of a month", `{"number": 100, "year": 2021, "month": 1, "published": "2021-01-20"}`, "2021年1月（总第100期）"},
		{"double issue", `{"year": 2021, "month": 1, "monthTo": 2}`, "2021年1—2月"},
		{"number of a year", `{"year": 2021, "number": 3}`, "2021年第3期"},
		{"numbers", `{"number": 3, "numberTo": 4}`, "第3—4期"},
		{"year", `{"year": 2021}`, "2021年"},
		{"day of publication", `{"published": "2021-01-20"}`, "2021年1月"},
		{"label", `{"year": 2021, "label": "2021年卷"}`, "2021年卷"},
		{"none", `{}`, ""},
	} {
		if got := mustParse(t, `{"title": "甲", "date": "2020", "issue": `+tt.issue+`}`).Issue.Label; got != tt.label {
			t.Errorf("%s: label %q, want %q", tt.name, got, tt.label)
		}
	}
}

func TestWhatIsRefused(t *testing.T) {
	line := func(more string) string {
		return `{"title": "甲", "date": "2020", "body": "十二月四日"` + more + `}`
	}
	for _, tt := range []struct{ name, line, want string }{
		{"no object", `[]`, "no JSON object"},
		{"cut off", `{"title": "甲", "date": "20`, "the object does not end on this line"},
		{"two objects", line("") + line(""), "after top-level value"},
		{"no UTF-8", line(`, "section": "` + "\xff" + `"`), "no UTF-8"},
		{"NUL", line(`, "section": "a\u0000"`), "a NUL in a text"},
		{"no title", `{"date": "2020"}`, "title: missing"},
		{"no date", `{"title": "甲"}`, "date: missing"},
		{"unknown field", line(`, "colour": "red"`), `unknown field "colour"`},
		{"unknown field of a date", `{"title": "甲", "date": {"edtf": "2020", "rule": "x"}}`, `unknown field "rule"`},
		{"unknown field of an official", line(`, "officials": [{"name": "沈知秋", "age": 40}]`), `unknown field "age"`},
		{"text for a number", line(`, "page": "5"`), "page: a string does not belong here"},
		{"no such day", `{"title": "甲", "date": "2020-02-30"}`, `"2020-02-30"`},
		{"start of another date", `{"title": "甲", "date": {"edtf": "2020-12-04", "start": "2020-12-05"}}`, "date: start: 2020-12-04 begins on 2020-12-04, not 2020-12-05"},
		{"unknown kind", line(`, "kind": "NEWS"`), `kind: "NEWS" is none of EVENT ROSTER OVERVIEW`},
		{"unknown role", line(`, "officials": [{"name": "沈知秋", "role": "BOSS"}]`), `officials: 沈知秋: role: "BOSS" is none of CHAIR`},
		{"no name", line(`, "departments": [{"type": "PARTY"}]`), "organs: name: missing"},
		{"name without end", line(`, "officials": [{"name": "` + strings.Repeat("沈", interchange.MaxNameRunes+1) + `"}]`), "at most 500"},
		{"unknown region", line(`, "region": "999999"`), "region: "},
		{"ambiguous region", line(`, "region": "西湖区"`), "several divisions"},
		{"code of another sort", line(`, "locations": [{"name": "河南省", "type": "COUNTY", "code": "410000"}]`), "410000 is 河南省, a PROVINCE and no COUNTY"},
		{"code that is none", line(`, "locations": [{"name": "南塘", "code": "41"}]`), `code: "41"`},
		{"evidence elsewhere", line(`, "officials": [{"name": "沈知秋", "evidence": [{"field": "BODY", "start": 0, "end": 2, "text": "四日"}]}]`), `evidence: "四日" is not BODY[0:2]`},
		{"evidence beyond the text", line(`, "figures": [{"value": 1, "unit": "人", "evidence": [{"field": "BODY", "start": 4, "end": 9, "text": "日"}]}]`), "is not BODY[4:9]"},
		{"organ of itself", line(`, "organs": [{"name": "教育局", "parent": "教育局"}]`), "教育局 belongs to itself"},
		{"month without year", line(`, "issue": {"month": 3}`), "issue: month: without year"},
		{"thirteenth month", line(`, "issue": {"year": 2020, "month": 13}`), "issue: month: from 1 to 12"},
		{"too sure", `{"title": "甲", "date": {"edtf": "2020", "confidence": 2}}`, "confidence: 2 is not from 0 to 1"},
		{"carriage return", `{"title": "甲", "date": "2020", "body": "a\r\nb"}`, "carriage return"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := interchange.NewParser().Parse([]byte(tt.line))
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("Parse(%.200s) returns %v, want %s", tt.line, err, tt.want)
			}
		})
	}
}

// Whatever the bytes, a line is read or refused.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		`{"title": "甲", "date": "2020-12-04"}`,
		`{"title": "甲", "date": {"edtf": "2020"}, "region": [{"name": "云台", "type": "TOWNSHIP"}], "officials": [{"name": "沈知秋", "code": null, "posts": [{"title": "区长", "department": "甲局"}]}], "organs": [{"name": "甲局", "code": null, "parent": "乙局"}], "locations": [{"name": "南塘", "above": []}]}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, line []byte) {
		r, err := interchange.NewParser().Parse(line)
		if err == nil && (r.Event.Title == "" || r.Issue.Publication == "") {
			t.Errorf("Parse(%q) = %+v", line, r)
		}
	})
}
