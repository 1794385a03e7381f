package ingest_test

import (
	"testing"

	"fangzhi/graph"
	"fangzhi/ingest"
	"fangzhi/loader/reading"
)

// A source prints many news items a day: only their texts tell them apart, and a page that was fetched twice is one.
func TestNewsOfOneDayAreIssuesOfTheirOwn(t *testing.T) {
	key := func(text string, byText bool) string {
		is := reading.Issue{Publication: "云河发布", Label: "2021年3月5日", Year: 2021, Month: 3, ByText: byText}
		return ingest.Preview(&reading.Document{Issue: is, Text: text}, graph.LoadOptions{}).Issue.Key
	}
	if key("区委召开会议", true) == key("区政府召开会议", true) {
		t.Error("two items of one day have one key")
	}
	if key("区委召开会议", true) != key("区委 召开会议", true) {
		t.Error("one item has two keys")
	}
	if key("区委召开会议", false) != key("区政府召开会议", false) {
		t.Error("an issue of a monthly has two keys")
	}
}
