package extract_test

import (
	"testing"

	"fangzhi/loader/extract"
	"fangzhi/loader/reading"
)

// TestTraditional: a text in traditional characters says what it says in simplified ones, in its own characters.
func TestTraditional(t *testing.T) {
	events := []reading.Event{
		{Body: "3月4日，縣長陳錦華主持召開會議，縣教育局參加。"},
		{Body: "3月5日，县长陈锦华调研。"},
	}
	extract.Fill(reading.Jurisdiction{}, events)
	if len(events[0].Officials) != 1 || len(events[1].Officials) != 1 || len(events[0].Departments) == 0 {
		t.Fatalf("found %+v", events)
	}
	if o := events[0].Officials[0]; o.Name != "陳錦華" || o.Title != "縣長" || o.Roles[0] != "CHAIR" {
		t.Errorf("official %s, %s, %s; want 陳錦華, 縣長, CHAIR", o.Name, o.Title, o.Roles[0])
	}
	if o := events[1].Officials[0]; o.Name != "陈锦华" {
		t.Errorf("in simplified characters the name is %s", o.Name)
	}
	if d := events[0].Departments[0]; d.Text != "縣教育局" {
		t.Errorf("department %q, want 縣教育局", d.Text)
	}
	for _, e := range events {
		body := []rune(e.Body)
		for _, o := range e.Officials {
			for _, v := range o.Evidence {
				if string(body[v.Start:v.End]) != v.Text {
					t.Errorf("evidence %q is not body[%d:%d]", v.Text, v.Start, v.End)
				}
			}
		}
	}
}
