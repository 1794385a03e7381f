package storetest

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"fangzhi/graph"
)

// texts is an issue of entries in which things can be searched: title and body of each. "-" before a title makes it one that was
// made of the body.
func texts(month int, entries ...string) *graph.IssueData {
	var all []Entry
	for i, line := range entries {
		title, body, _ := strings.Cut(line, "|")
		all = append(all, Entry{
			Title: strings.TrimPrefix(title, "-"), Section: "要闻", EDTF: fmt.Sprintf("2021-%02d-%02d", month, 1+i), Kind: graph.EventKindEvent, Basis: graph.BasisExplicit,
			Confidence: 1, Text: body,
		})
	}
	d := NewIssue(Monthly, 2021, month, all...)
	for i, line := range entries {
		if strings.HasPrefix(line, "-") {
			d.Events[i].PrintedTitle = ""
		}
	}
	return d
}

// mustSearch searches for 会.
func mustSearch(t testing.TB, r graph.Reader, p graph.HitPage) graph.Hits {
	t.Helper()
	page, err := r.Search(context.Background(), graph.Filter{}, "会", p)
	if err != nil {
		t.Fatalf("Search(%+v): %v", p, err)
	}
	return page
}

var searchTests = []test{
	{"SearchFindsAllThatContainTheText", func(t *testing.T, s graph.Store, _ func(testing.TB) graph.Store) {
		undated := texts(3, "酉|植树")
		undated.Events[0].Date = graph.EventDate{Basis: graph.BasisNone}
		undated.Bodies[0] = "植树"
		mustLoad(t, s, undated, texts(1,
			"甲|植树",
			"乙植树|无",
			"丙|植 樹，植\n树，植　树",
			"-丁植树|植树丁",
			"-戊植树|无",
			"己植树|植树",
			"庚|植，树",
			"辛|"+strings.Repeat("植树", 14),
			"壬|"+strings.Repeat("植树", 15),
			"癸|"+strings.Repeat("植树", 16),
			"子|哈哈哈哈哈",
			"丑|ＡBc１",
		), texts(2, "寅|植树", "卯|"+strings.Repeat("植树", 40)))
		r := mustSnapshot(t, s)
		for _, tt := range []struct {
			name, text string
			f          graph.Filter
			want       string
		}{
			{"title first, then more hits, at most 15, then newer, undated last", "植树", graph.Filter{},
				"己植树T2 戊植树T1 乙植树T1 卯15 癸15 壬15 辛14 丙3 寅1 丁植树1 甲1 酉1"},
			{"one character", "树", graph.Filter{Days: days("2021-01-01", "2021-01-07")}, "己植树T2 戊植树T1 乙植树T1 丙3 庚1 丁植树1 甲1"},
			{"three characters", "植树植", graph.Filter{}, "卯15 癸8 壬7 辛7"},
			{"without overlaps", "哈哈", graph.Filter{}, "子2"},
			{"longer than any text", "哈哈哈哈哈哈", graph.Filter{}, ""},
			{"over what folding drops", "植树植树植树", graph.Filter{Days: days("2021-01-03", "2021-01-03")}, ""},
			{"other widths and cases", "abc1", graph.Filter{}, "丑1"},
			{"not over the end of the title", "甲植", graph.Filter{}, ""},
			{"another text too", "植树", graph.Filter{Texts: []string{"丁"}}, "丁植树1"},
			{"two others too, in title and body", "植树", graph.Filter{Texts: []string{"丁", "植树丁"}}, "丁植树1"},
			{"another that no such event has", "植树", graph.Filter{Texts: []string{"丁", "戊"}}, ""},
			{"nothing", "植", graph.Filter{Nothing: true}, ""},
			{"undated", "植树", graph.Filter{Dated: new(bool)}, "酉1"},
		} {
			for size := 1; size <= 5; size++ {
				hits, err := walkHits(context.Background(), r, tt.f, tt.text, size)
				if got := hitsText(hits); got != tt.want || err != nil {
					t.Errorf("%s: Search(%+v, %q) in pages of %d = %q, %v; want %q", tt.name, tt.f, tt.text, size, got, err, tt.want)
				}
			}
		}
	}},
	{"SearchPagesBetweenTwoCursors", func(t *testing.T, s graph.Store, _ func(testing.TB) graph.Store) {
		mustLoad(t, s, texts(1, "甲|会", "乙|会会", "丙会|", "丁|会", "戊|会"))
		r := mustSnapshot(t, s)
		const whole = "丙会T1 乙2 戊1 丁1 甲1"
		key := map[string]graph.HitKey{"": ""}
		for _, h := range mustSearch(t, r, graph.HitPage{First: 9}).Hits {
			key[h.Event.Title[:3]] = h.Key()
		}
		for _, tt := range []struct {
			name, after, before string
			first, last         int
			want                string
			previous, further   bool
		}{
			{"all", "", "", 9, 0, whole, false, false},
			{"none asked for", "", "", 0, 0, "", false, true},
			{"first between", "丙", "甲", 2, 0, "乙2 戊1", true, true},
			{"last between", "丙", "甲", 0, 2, "戊1 丁1", true, true},
			{"up to the bound", "乙", "丁", 9, 0, "戊1", true, true},
			{"down to the bound", "乙", "丁", 0, 9, "戊1", true, true},
			{"none between neighbours", "乙", "戊", 9, 0, "", true, true},
			{"crossed", "丁", "乙", 9, 0, "", true, true},
			{"crossed, last", "丁", "乙", 0, 9, "", true, true},
			{"behind the end", "甲", "", 9, 0, "", true, false},
			{"before the beginning", "", "丙", 0, 9, "", false, true},
		} {
			p := graph.HitPage{First: tt.first, Last: tt.last, After: key[tt.after], Before: key[tt.before]}
			page := mustSearch(t, r, p)
			if got := hitsText(page.Hits); got != tt.want || page.HasPrevious != tt.previous || page.HasNext != tt.further {
				t.Errorf("%s: %q, %v, %v; want %q, %v, %v", tt.name, got, page.HasPrevious, page.HasNext, tt.want, tt.previous, tt.further)
			}
		}
		cursor := key["戊"]
		mustLoad(t, s, texts(2, "己|会", "庚会|会"))
		if got := hitsText(mustSearch(t, mustSnapshot(t, s), graph.HitPage{First: 2, After: cursor}).Hits); got != "丁1 甲1" {
			t.Errorf("a cursor goes on where it stood: %q", got)
		}
		mustRemove(t, s, texts(1).Issue.ID) // and with it the event of the cursor
		if got := hitsText(mustSearch(t, mustSnapshot(t, s), graph.HitPage{Last: 9, Before: cursor}).Hits); got != "庚会T2 己1" {
			t.Errorf("before the cursor of an event that has gone: %q", got)
		}
	}},
	{"SearchLeavesOneOfSeveralReports", func(t *testing.T, s graph.Store, _ func(testing.TB) graph.Store) {
		d := texts(1, "甲|无", "乙|会", "丙会|会", "丁|会")
		for i := range 3 {
			Reported(d, i, "一")
		}
		mustLoad(t, s, d)
		r := mustSnapshot(t, s)
		for _, tt := range []struct {
			name  string
			asked *graph.Filter
			want  string
		}{
			{"all", nil, "丙会T2 丁1 乙1"},
			{"the first of those that contain it", &graph.Filter{Texts: []string{"会"}}, "丁1 乙1"},
			{"the first of those that contain two", &graph.Filter{Texts: []string{"会", "丙"}}, "丙会T2 丁1 乙1"},
			{"two of which the title of an earlier one has one", &graph.Filter{Texts: []string{"乙", "丙"}}, "丙会T2 丁1 乙1"},
			{"the first of all", &graph.Filter{}, "丁1"},
			{"the first of some", &graph.Filter{Days: days("2021-01-03", "")}, "丙会T2 丁1 乙1"},
		} {
			hits, err := walkHits(context.Background(), r, graph.Filter{OnePerEvent: tt.asked}, "会", 2)
			if got := hitsText(hits); got != tt.want || err != nil {
				t.Errorf("%s: %q, %v; want %q", tt.name, got, err, tt.want)
			}
		}
	}},
}
