package extract_test

import (
	"fmt"
	"runtime"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fangzhi/edtf"
	"fangzhi/graph"
	"fangzhi/loader/extract"
	"fangzhi/loader/reading"
)

// longDocument has what its first article says of names taken up far behind, in another block.
func longDocument() []reading.Event {
	bodies := []string{
		"区政务办（大数据局）召开会议，区长沈知秋出席。区全民健身工作专班（以下简称“专班”）汇报工作。",
	}
	for i := range 60 {
		bodies = append(bodies, fmt.Sprintf("区教育局、区第%d中学开展活动，副区长李牧原参加，柳湖街道办事处协助。", i+1))
	}
	// Apart: an article in which nothing but a plate was learnt is not scanned again.
	bodies = append(bodies, "区大数据局召开会议。", "专班召开会议。沈区长强调，要抓好落实。")
	events := make([]reading.Event, len(bodies))
	for i, body := range bodies {
		events[i] = reading.Event{Body: body, Kind: graph.EventKindEvent, Line: i + 1}
	}
	return events
}

var district = reading.Jurisdiction{Chain: []reading.Place{
	{Name: "河南省", Type: graph.LocProvince, Code: "410000"}, {Name: "澜州市", Type: graph.LocCity}, {Name: "云河区", Type: graph.LocCounty},
}}

// TestBlocksKnowOneAnother: what one block of articles tells of a name holds in every other.
func TestBlocksKnowOneAnother(t *testing.T) {
	events := longDocument()
	extract.Fill(district, events)
	first, plate, last := events[0], events[len(events)-2], events[len(events)-1]
	if len(first.Departments) == 0 || len(plate.Departments) != 1 || len(last.Departments) != 1 {
		t.Fatalf("departments %v, %v and %v", first.Departments, plate.Departments, last.Departments)
	}
	if got, want := plate.Departments[0].Name, first.Departments[0].Name; got != want {
		t.Errorf("区大数据局 is %s, and 区政务办（大数据局） %s: one body with two plates", got, want)
	}
	if got := last.Departments[0].Name; got != "澜州市云河区全民健身工作专班" {
		t.Errorf("专班 is %s, want the one that the first article defines", got)
	}
	if len(last.Officials) != 1 || last.Officials[0].Name != "沈知秋" {
		t.Errorf("沈区长 is %v, want 沈知秋", last.Officials)
	}
}

// TestBlocksAskNoProcessor: the number of cores changes nothing.
func TestBlocksAskNoProcessor(t *testing.T) {
	read := func(cores int) []reading.Event {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(cores))
		events := longDocument()
		extract.Fill(district, events)
		return events
	}
	want := read(1)
	for range 5 {
		if diff := cmp.Diff(want, read(4), cmp.Comparer(func(a, b edtf.Date) bool { return a == b })); diff != "" {
			t.Fatalf("events on four cores differ from those on one (-one +four):\n%s", diff)
		}
	}
}
