package loader_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"fangzhi/loader"
	"fangzhi/loader/layout"
)

// TestChronicleEndToEnd: full dates of a 大事记 are read, whatever day the page came out, and warnings name lines.
func TestChronicleEndToEnd(t *testing.T) {
	const text = "云河区2021年大事记\r\n发布时间：2022-12-08 来源：云河区史志办公室\r\n2021年1月6日，区委召开全会。\r\n2021年2月2日至4日 区政府召开会议。\r\n2021年11月31日，区里开会。\r\n2021年12月31日至次年1月3日，检查节日市场。\r\n"
	d := mustRead(t, text, loader.Options{})[0]
	type event struct{ Heading, Date, Body string }
	var got []event
	for _, e := range d.Events {
		got = append(got, event{e.Heading, e.Date.EDTF.String(), e.Body})
	}
	const title = "云河区2021年大事记"
	want := []event{
		{title, "2021-01-06", "2021年1月6日，区委召开全会。"},
		{title, "2021-02-02/2021-02-04", "2021年2月2日至4日 区政府召开会议。"},
		{title, "2021-11", "2021年11月31日，区里开会。"},
		{title, "2021-12-31/2022-01-03", "2021年12月31日至次年1月3日，检查节日市场。"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("events mismatch (-want +got):\n%s", diff)
	}
	if d.Issue.Year != 2021 || d.Issue.Published.String() != "2022-12-08" || d.Issue.Dialect != "chronicle" {
		t.Errorf("issue %s", mustJSON(t, d.Issue))
	}
	found := false
	for _, w := range d.Warnings {
		found = found || w.Code == "impossible-day" && w.Line == 5
	}
	if !found {
		t.Errorf("no warning of the 31st of November at line 5: %+v", d.Warnings)
	}
}

// TestChronicleOfYears: a chronicle whose headings write the years needs none of its own, and the day that a page came
// out gives it none.
func TestChronicleOfYears(t *testing.T) {
	d := mustRead(t, "云河县大事记\n发布时间：2022-12-08\n1949年\n5月14日，云河县解放。\n7月，县政府成立。\n1950年\n3月1日，开始土改。\n", loader.Options{})[0]
	if d.Issue.Year != 0 || d.Issue.Month != 0 || len(d.Events) != 3 {
		t.Errorf("%d events, issue %s; want no year", len(d.Events), mustJSON(t, d.Issue))
	}
	empty := mustRead(t, "云河区2021年大事记\n\n1月\n\n2月\n", loader.Options{})[0]
	if len(empty.Events) != 0 || empty.Warnings[0].Code != layout.WarnOnlyHeaders {
		t.Errorf("%d events, warnings %+v", len(empty.Events), empty.Warnings)
	}
}
