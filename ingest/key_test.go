package ingest_test

import (
	"errors"
	"testing"

	"fangzhi/graph"
	"fangzhi/graph/memstore"
	"fangzhi/ingest"
	"fangzhi/loader"
	"fangzhi/loader/reading"
)

// What is another issue, and what the same one.
func TestIssuesThatAreDifferent(t *testing.T) {
	of := func(year, month, monthTo, number, numberTo int, label string) reading.Document {
		return reading.Document{Text: label, Issue: reading.Issue{
			Publication: "云河区大事月报", Region: coded, Year: year, Month: month, MonthTo: monthTo, Number: number, NumberTo: numberTo, Label: label}}
	}
	volume := func(text string) reading.Document {
		d := of(0, 0, 0, 0, 0, "")
		d.Text = text
		return d
	}
	for _, tt := range []struct {
		name string
		a, b reading.Document
		same bool
	}{
		{"a month and the next", of(2022, 3, 0, 114, 0, "2022年3月"), of(2022, 4, 0, 115, 0, "2022年4月"), false},
		{"one edition prints the number", of(2022, 3, 0, 114, 0, "2022年3月（总第114期）"), of(2022, 3, 0, 0, 0, "2022年3月"), true},
		{"第1期 of two years", of(2021, 0, 0, 1, 0, "2021年第1期"), of(2022, 0, 0, 1, 0, "2022年第1期"), false},
		{"a double issue and its first month", of(2022, 3, 4, 14, 15, "2022年3—4月合刊"), of(2022, 3, 0, 14, 0, "2022年3月"), false},
		{"a double number and its first", of(2022, 0, 0, 3, 4, "2022年3—4期合刊"), of(2022, 0, 0, 3, 0, "2022年第3期"), false},
		{"a supplement", of(2022, 3, 0, 0, 0, "2022年3月"), of(2022, 3, 0, 0, 0, "2022年3月增刊"), false},
		{"two supplements of one month", of(2022, 3, 0, 0, 0, "2022年3月增刊（上册）"), of(2022, 3, 0, 0, 0, "2022年3月增刊（下册）"), false},
		{"two parts of a yearbook", of(2022, 0, 0, 0, 0, "2022（上卷）"), of(2022, 0, 0, 0, 0, "2022（下卷）"), false},
		{"the same supplement", of(2022, 3, 0, 0, 0, "2022年3月增刊"), of(2022, 3, 0, 0, 0, "2022年3月 增刊"), true},
		{"two gazetteers without a year", volume("一"), volume("二"), false},
		{"one gazetteer", volume("一"), volume("一"), true},
	} {
		a, b := ingest.Preview(&tt.a, graph.LoadOptions{}).Issue, ingest.Preview(&tt.b, graph.LoadOptions{}).Issue
		if same := a.ID == b.ID; same != tt.same || !tt.same && a.Order == b.Order {
			t.Errorf("%s: keys %q and %q, orders %q and %q, want the same: %v", tt.name, a.Key, b.Key, a.Order, b.Order, tt.same)
		}
	}
}

func TestTwoTextsOfOneIssueInOneFile(t *testing.T) {
	a, b := *article("区委召开会议。"), *article("区委召开大会。")
	a.FirstLine, b.FirstLine, b.Issue.Label = 3, 40, "2022年3月（总第12期）"
	var collision *ingest.CollisionError
	if err := ingest.CheckKeys([]reading.Document{a, b}); !errors.As(err, &collision) || collision.Lines != [2]int{3, 40} ||
		collision.Labels != [2]string{"2022年3月", "2022年3月（总第12期）"} || collision.File != "a.txt" {
		t.Errorf("two texts of one issue: %v", err)
	}
	if err := ingest.CheckKeys([]reading.Document{a, a}); err != nil {
		t.Errorf("one text twice: %v", err)
	}
	b.Issue.Label = "2022年3月增刊"
	if err := ingest.CheckKeys([]reading.Document{a, b}); err != nil {
		t.Errorf("an issue and its supplement: %v", err)
	}
}

// Of a chronicle of unknown jurisdiction nothing is filled up: its organs are its own, and the reader says what to do.
func TestUnknownJurisdiction(t *testing.T) {
	text := "大事月报\n\n2022年3月\n（总第1期）\n\n时政要点\n\n区教育局召开工作会议.....1\n\n时政要点\n\n区教育局召开工作会议\n\n" +
		"3月5日，区教育局召开工作会议，区长李晓川出席会议并讲话，区委宣传部、区财政局负责人参加。会议总结去年工作，部署今年任务，要求各学校抓好落实。\n"
	documents, err := loader.Read("a.txt", []byte(text), loader.Options{})
	if err != nil || len(documents) != 1 {
		t.Fatalf("%d documents, %v", len(documents), err)
	}
	warned := false
	for _, w := range documents[0].Warnings {
		warned = warned || w.Code == loader.WarnUnknownRegion
	}
	if !warned {
		t.Errorf("warnings %v, want %s", documents[0].Warnings, loader.WarnUnknownRegion)
	}
	other := documents[0]
	other.Issue.Publication = "工作通讯"
	s := memstore.New()
	mustIngest(t, s, &documents[0])
	mustIngest(t, s, &other)
	r, err := s.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	names := map[string]int{}
	err = r.EachEntity(t.Context(), "", func(d *graph.EntityData) error {
		names[d.Name]++
		if d.RegionAtom != "" {
			t.Errorf("%s has a region", d.Label)
		}
		return nil
	})
	if err != nil || names["区教育局"] != 2 || names["区财政局"] != 2 || names["李晓川"] != 2 {
		t.Errorf("entities %v, %v, want each name twice as it is written", names, err)
	}
}
