package eval_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fangzhi/edtf"
	"fangzhi/graph"
	"fangzhi/loader/eval"
	"fangzhi/loader/reading"
)

func TestReadGold(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"one", `{"events": []}`, ""},
		{"byte order mark", "\ufeff{\"events\": []}", ""},
		{"an array of one", `[{"events": []}, {"issue": {}}]`, ""},
		{"two", `[{"events": []}, {"events": []}]`, "gold: 2 documents, want one"},
		{"no events", `{"issue": {}}`, "gold: no document with a list of events"},
		{"null", `null`, "gold: no document with a list of events"},
		{"nothing", ``, "gold: no document with a list of events"},
		{"no JSON", `云河区大事月报`, "gold: invalid character"},
		{"cut off", `{"events": [`, "gold: unexpected EOF"},
		{"a list for a number", `{"issue": {"number": [1]}, "events": []}`, "gold: [1]: want a string or a number"},
		{"text for a list", `{"events": [{"officials": "沈知秋"}]}`, "gold: json: cannot unmarshal string"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := eval.ReadGold([]byte(tt.text))
			switch {
			case tt.want == "" && err != nil:
				t.Errorf("ReadGold(%q): %v", tt.text, err)
			case tt.want != "" && (err == nil || !strings.HasPrefix(err.Error(), tt.want)):
				t.Errorf("ReadGold(%q): error %v, want %s", tt.text, err, tt.want)
			}
		})
	}
	if _, err := eval.ReadGold([]byte("{}")); !errors.Is(err, eval.ErrNoDocument) {
		t.Errorf("error %v, want ErrNoDocument", err)
	}
}

func TestReadDocuments(t *testing.T) {
	for _, text := range []string{
		"{\"events\": []}\n{\"events\": []}\n", `[{"events": []}, {"events": []}]`, `[{"events": []}] {"issue": {}} {"events": []}`,
	} {
		if d, err := eval.ReadDocuments([]byte(text)); err != nil || len(d) != 2 {
			t.Errorf("ReadDocuments(%q) = %d documents, %v, want 2", text, len(d), err)
		}
	}
}

// TestReadingIsMeasuredAsPrinted measures a reading that was never printed, with the lines that are not printed.
func TestReadingIsMeasuredAsPrinted(t *testing.T) {
	date, err := edtf.Parse("2022-04-06")
	if err != nil {
		t.Fatal(err)
	}
	r := reading.Document{
		Issue: reading.Issue{Publication: "云河区大事月报", Number: 115, Year: 2022, Month: 4},
		Events: []reading.Event{
			{Title: "云河区召开会议", Section: "要闻", Page: 3, Line: 17, Body: "4月6日，区长李牧原主持会议。",
				Date: graph.EventDate{EDTF: date, Basis: graph.BasisYearInferred, Text: "4月6日",
					Evidence: []graph.Evidence{{Field: graph.FieldBody, Start: 0, End: 4, Text: "4月6日"}}},
				Officials: []reading.Official{{Name: "李牧原", Roles: []graph.OfficialRole{graph.RoleChair}}}},
			{Title: "南塘街道无事", Line: 40, Body: "无事。"},
		},
	}
	gold, err := eval.ReadGold([]byte(`{"issue": {"number": 115}, "events": [
		{"title": "云河区召开会议", "section": "要闻", "page": 4, "body": "4月6日，区长李牧原主持会议。",
		 "date": {"edtf": "2022-04-06", "start": "2022-04-06", "end": "2022-04-06", "precision": "DAY", "basis": "YEAR_INFERRED"},
		 "officials": [{"name": "李牧原", "title": "区长", "department": null, "role": "CHAIR"}]},
		{"title": "没有这一条"}]}`))
	if err != nil {
		t.Fatal(err)
	}
	d, err := eval.NewDocument(&r)
	if err != nil {
		t.Fatal(err)
	}
	want := []eval.Miss{
		{Event: "云河区召开会议", Figure: "page", What: eval.Wrong, Thing: "3, not 4", Line: 17},
		{Event: "云河区召开会议", Figure: "officials_name_title", What: eval.Missed, Thing: "李牧原 (区长; none; CHAIR)", Line: 17},
		{Event: "云河区召开会议", Figure: "officials_name_title", What: eval.FalseAlarm, Thing: "李牧原 (none; none; CHAIR)", Line: 17},
		{Event: "云河区召开会议", Figure: "evidence_given", What: eval.Wrong, Thing: "officials: none, not 李牧原", Line: 17},
		{Event: "没有这一条", Figure: "events", What: eval.Missed, Thing: "没有这一条"},
		{Event: "南塘街道无事", Figure: "events", What: eval.FalseAlarm, Thing: "无事。", Line: 40},
	}
	if diff := cmp.Diff(want, eval.Measure(gold, []eval.Document{d}).Misses); diff != "" {
		t.Errorf("misses mismatch (-want +got):\n%s", diff)
	}
}

// TestAsManyAsPossible wants the largest matching: X is right for both organs of the gold, Y for the first alone.
func TestAsManyAsPossible(t *testing.T) {
	gold, err := eval.ReadGold([]byte(`{"events": [{"title": "会", "departments": [
		{"name": "甲局", "alt": ["未局", "申局"]}, {"name": "乙局", "alt": ["未局"]}]}]}`))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name        string
		departments []any
		want        string
		missed      string
	}{
		{"both", []any{object{"name": "未局"}, object{"name": "申局"}}, "departments_name 2 0 0", ""},
		{"both, the other way round", []any{object{"name": "申局"}, object{"name": "未局"}}, "departments_name 2 0 0", ""},
		{"the same name is not given away", []any{object{"name": "未局"}, object{"name": "乙局"}}, "departments_name 2 0 0", ""},
		{"one for two", []any{object{"name": "未局"}}, "departments_name 1 0 1", "乙局"},
		{"none", []any{object{"name": "酉局"}}, "departments_name 0 1 2", "甲局"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := mustMeasureJSON(t, gold, object{"events": []any{object{"title": "会", "departments": tt.departments}}})
			low := "departments_name 2 0 0"
			for _, l := range lowered(r) {
				if strings.HasPrefix(l, "departments_name ") {
					low = l
				}
			}
			if low != tt.want {
				t.Errorf("%s, want %s", low, tt.want)
			}
			for _, m := range r.Misses {
				if m.Figure == "departments_name" && m.What == eval.Missed && tt.missed != "" {
					if m.Thing != tt.missed {
						t.Errorf("missed %s, want %s", m.Thing, tt.missed)
					}
					break
				}
			}
		})
	}
}

func TestResultAsTableAndJSON(t *testing.T) {
	gold, d := mustRules(t)
	drop(d, 0, "officials", "何川")
	nth(d, 0)["page"] = 4
	r := mustMeasureJSON(t, gold, d)
	for _, tt := range []struct {
		name string
		want float64
	}{
		{"officials_name", 14.0 / 15}, {"officials_name.f1", 14.0 / 15}, {"officials_name.precision", 1}, {"officials_name.recall", 7.0 / 8},
		{"page", 2.0 / 3}, {"page.recall", 2.0 / 3},
	} {
		if got, ok := r.Value(tt.name); got != tt.want || !ok {
			t.Errorf("Value(%s) = %v, %v, want %v", tt.name, got, ok, tt.want)
		}
	}
	table := r.Table()
	for _, line := range []string{
		"officials_name                 1.0000    0.8750    0.9333   7 right, 0 false, 1 missed",
		"page                                               0.6667   2 of 3",
		"body                                               1.0000   3.00 of 3",
		"evidence                                              n/a   0 of 0",
	} {
		if !strings.Contains(table, line+"\n") {
			t.Errorf("no line %q in\n%s", line, table)
		}
	}
	if n := strings.Count(table, "\n"); n != len(eval.Names())+1 {
		t.Errorf("%d lines, want one a figure and a heading", n)
	}
	printed, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{
		`{"figures":{"issue":{"value":1,"good":5,"total":5},"events":{"precision":1,"recall":1,"f1":1,"tp":3,"fp":0,"fn":0},`,
		`"evidence":{"value":null,"good":0,"total":0}`,
		`"misses":[{"event":"云河区召开经济形势分析会","figure":"page","what":"wrong","thing":"4, not 3"}`,
	} {
		if !strings.Contains(string(printed), part) {
			t.Errorf("no %s in\n%s", part, printed)
		}
	}
}

func TestFloors(t *testing.T) {
	gold, d := mustRules(t)
	nth(d, 0)["page"] = 4
	r := mustMeasureJSON(t, gold, d)
	floors, err := eval.ParseFloors(" page=0.6, page=0.7,officials-name.precision=1,, evidence=0,events.recall = 1")
	if err != nil {
		t.Fatal(err)
	}
	var low []string
	for _, s := range r.Below(floors) {
		low = append(low, s.String())
	}
	if diff := cmp.Diff([]string{"page is 0.6667, below 0.7", "evidence is n/a, below 0"}, low); diff != "" {
		t.Errorf("below mismatch (-want +got):\n%s", diff)
	}
	if floors, err := eval.ParseFloors(""); floors != nil || err != nil {
		t.Errorf("ParseFloors of nothing = %v, %v", floors, err)
	}
	for _, text := range []string{"page", "beauty=1", "page.beauty=1", "page=much", "page=NaN", "page=1.01", "page=-1", "=1", "page=0.5 page=1"} {
		if floors, err := eval.ParseFloors(text); err == nil {
			t.Errorf("ParseFloors(%q) = %v, want an error", text, floors)
		}
	}
}
