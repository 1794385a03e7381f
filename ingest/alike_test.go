package ingest_test

import (
	"os"
	"strings"
	"testing"

	"fangzhi/graph"
	"fangzhi/ingest"
	"fangzhi/loader/reading"
)

// The threshold was measured on these pairs: one other report is missed, and of other events of the same day and people
// one is taken for a report (a second meeting on one matter).
func TestAlikeOnTheSamples(t *testing.T) {
	articles := sampleArticles(t)
	text, err := os.ReadFile("testdata/alike.tsv")
	if err != nil {
		t.Fatal(err)
	}
	missed, wrong, pairs := 0, 0, 0
	for line := range strings.Lines(string(text)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(strings.TrimSpace(line), "\t")
		a := articles[f[1]]
		if len(f) != 4 || a == nil {
			t.Fatalf("no pair: %s", line)
		}
		b := &reading.Event{PrintedTitle: strings.Trim(f[2], "-"), Body: f[3]}
		for _, o := range a.Officials {
			if strings.Contains(f[3], o.Name) {
				o.Evidence = []graph.Evidence{{Text: o.Name}}
				b.Officials = append(b.Officials, o)
			}
		}
		pairs++
		switch alike := ingest.Alike(leadOf(a), leadOf(b)); {
		case f[0] == "+" && !alike:
			missed++
			t.Logf("missed: %s", line)
		case f[0] == "-" && alike:
			wrong++
			t.Logf("wrong: %s", line)
		}
	}
	if pairs < 34 || missed > 1 || wrong > 1 {
		t.Errorf("of %d pairs %d reports are missed and %d other events taken for one, want at most 1 and 1", pairs, missed, wrong)
	}
}

// No two articles of the samples report one event, whatever their days.
func TestNoTwoSamplesAreAlike(t *testing.T) {
	var leads [][]uint64
	var titles []string
	for title, e := range sampleArticles(t) {
		leads, titles = append(leads, leadOf(e)), append(titles, title)
	}
	for i := range leads {
		for j := range i {
			if ingest.Alike(leads[i], leads[j]) {
				t.Errorf("%s and %s are alike", titles[i], titles[j])
			}
		}
	}
}

func leadOf(e *reading.Event) []uint64 {
	event := &graph.Event{PrintedTitle: e.PrintedTitle, Date: e.Date}
	for _, o := range e.Officials {
		link := graph.EventOfficial{Title: o.Title, Evidence: o.Evidence}
		for _, p := range o.Posts {
			link.Posts = append(link.Posts, graph.Post{Title: p.Title, Text: p.Text})
		}
		event.Officials = append(event.Officials, link)
	}
	return ingest.LeadGrams(event, e.Body)
}

func sampleArticles(t *testing.T) map[string]*reading.Event {
	t.Helper()
	issues, err := readSamples()
	if err != nil {
		t.Fatal(err)
	}
	articles := map[string]*reading.Event{}
	for _, d := range issues {
		for i := range d.Events {
			articles[d.Events[i].Title] = &d.Events[i]
		}
	}
	return articles
}
