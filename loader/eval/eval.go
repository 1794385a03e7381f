// Package eval measures readings against a gold annotation, a reading of the same issue by a person.
//
// Both sides come in the form that `fangzhi parse` prints; the gold has further keys for what is also right (alt,
// texts, …_alt) and lists of what is neither rewarded nor punished (…_optional). Names are compared without white
// space, width and kind of dot. A figure either counts over the whole issue, with precision, recall and F1: what stands
// in a missed event is missed, what stands in an invented one is a false alarm. Or it is an accuracy over what was
// matched. Documents and figures of the text are measured by the same rules where a gold annotates them.
package eval

import (
	"cmp"
	"fmt"
	"slices"
)

// Result is how well a document was read.
type Result struct {
	// Document is the index of the measured one among those predicted; -1 where none was.
	Document int `json:"-"`
	// Figures are all figures in the order of Names.
	Figures Figures `json:"figures"`
	// Misses are all differences, never nil: the issue's, those of the gold's events in their order, those invented.
	Misses []Miss `json:"misses"`
}

// Miss is one difference between the gold and what was read.
type Miss struct {
	// Event is the title of the event, "(issue)" for the issue itself, "(untitled)" where there is none.
	Event string `json:"event"`
	// Figure is the name of the figure that it lowers.
	Figure string `json:"figure"`
	What   Kind   `json:"what"`
	// Thing is what was missed, what was invented, or what was read and what the gold has instead.
	Thing string `json:"thing"`
	// Line is the 1-based line of the file that the article begins on; 0 where the reading has no such article or does
	// not tell its line.
	Line int `json:"line,omitempty"`
}

// Kind is how a reading differs from the gold.
type Kind string

// The kinds of Miss.
const (
	Missed     Kind = "missed"
	FalseAlarm Kind = "false alarm"
	Wrong      Kind = "wrong"
	Differs    Kind = "differs" // a body that is only alike
)

// Measure compares the gold with that of the predicted documents that has most of its titles, the first of equals. With
// no document at all everything is missed. Nothing that it is given is changed; the same input gives the same result.
func Measure(gold *Gold, predicted []Document) Result {
	best, document := choose(&gold.document, predicted)
	m := newMeter()
	m.issue(gold.document.issue, document.issue)
	m.evident = slices.ContainsFunc(document.events, event.hasEvidence)
	mates := align(gold.document.events, document.events)
	found := make(map[int]bool, len(mates))
	none := event{}
	for i := range gold.document.events {
		g := &gold.document.events[i]
		j, ok := mates[i]
		if !ok {
			m.at(g, 0)
			m.count("events").Missed++
			m.miss("events", Missed, g.Title)
			m.contents(g, &none)
			continue
		}
		p := &document.events[j]
		found[j] = true
		m.at(g, p.line)
		m.count("events").Right++
		m.article(g, p)
		m.date(g, p)
		m.contents(g, p)
		m.evidence(p)
	}
	for j := range document.events {
		if found[j] {
			continue
		}
		p := &document.events[j]
		m.at(p, p.line)
		m.count("events").False++
		m.miss("events", FalseAlarm, excerpt(p.Body, 0, 30))
		m.contents(&none, p)
		m.evidence(p)
	}
	return Result{Document: best, Figures: m.figures, Misses: m.misses}
}

// choose returns the predicted document that shares most titles with the gold and its index, an empty one and -1 where
// there is none.
func choose(gold *Document, predicted []Document) (int, *Document) {
	if len(predicted) == 0 {
		return -1, &Document{}
	}
	titles := func(d *Document) set {
		s := set{}
		for i := range d.events {
			s.add(d.events[i].Title)
		}
		return s
	}
	want, best, most := titles(gold), 0, -1
	for i := range predicted {
		if n := want.common(titles(&predicted[i])); n > most {
			best, most = i, n
		}
	}
	return best, &predicted[best]
}

// align finds the gold's events among the predicted ones, as gold index -> predicted index: those of the same title,
// and of the rest those where at least half of the grams of both bodies are common (Dice's coefficient); the most
// alike first.
func align(gold, predicted []event) map[int]int {
	type candidate struct {
		i, j  int
		alike float64 // Dice's coefficient of the bodies; 2 more for the same title
	}
	theirs := make([]set, len(predicted))
	for j := range predicted {
		theirs[j] = grams(predicted[j].Body)
	}
	var candidates []candidate
	for i := range gold {
		titles, mine := newSet(gold[i].Title, gold[i].TOCTitle), grams(gold[i].Body)
		for j := range predicted {
			alike := 2 * float64(mine.common(theirs[j])) / float64(len(mine)+len(theirs[j]))
			if titles.has(predicted[j].Title) {
				alike += 2
			}
			if alike >= 0.5 {
				candidates = append(candidates, candidate{i, j, alike})
			}
		}
	}
	slices.SortFunc(candidates, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.alike, a.alike), cmp.Compare(a.i, b.i), cmp.Compare(a.j, b.j))
	})
	mates, taken := map[int]int{}, map[int]bool{}
	for _, c := range candidates {
		if _, has := mates[c.i]; !has && !taken[c.j] {
			mates[c.i], taken[c.j] = c.j, true
		}
	}
	return mates
}

// issue checks what the masthead and the imprint say; what the gold leaves out is not asked.
func (m *meter) issue(gold, predicted issue) {
	m.event, m.line = "(issue)", 0
	for _, f := range []struct {
		name      string
		want, got scalar
	}{
		{"publication", gold.Publication, predicted.Publication},
		{"number", gold.Number, predicted.Number},
		{"year", gold.Year, predicted.Year},
		{"month", gold.Month, predicted.Month},
		{"published", gold.Published, predicted.Published},
		{"publisher", gold.Publisher, predicted.Publisher},
	} {
		if f.want != "" {
			m.check("issue", key(string(f.got)) == key(string(f.want)), f.name, string(f.got), string(f.want))
		}
	}
}

// article checks the frame of a found event: its title, body, section and page.
func (m *meter) article(g, p *event) {
	m.check("title", newSet(g.Title, g.TOCTitle).has(p.Title), "", p.Title, g.Title)
	want, got := key(g.Body), key(p.Body)
	alike := similarity(want, got)
	m.grade("body", alike)
	if alike < 1 {
		at := firstDifference(want, got)
		m.miss("body", Differs, fmt.Sprintf("similarity %.4f; at %d …%s…, not …%s…", alike, at, excerpt(got, at-8, at+12), excerpt(want, at-8, at+12)))
	}
	m.check("section", key(g.Section) == key(p.Section), "", p.Section, g.Section)
	m.check("page", g.Page == p.Page, "", page(p.Page), page(g.Page))
}

// contents measures what an event says: dates besides its own, people, organs, places, texts, quantities. An empty g is
// an invented event, an empty p a missed one.
func (m *meter) contents(g, p *event) {
	m.otherDates(g, p)
	m.officials(g, p)
	m.departments(g, p)
	m.locations(g, p)
	m.citations(g, p)
	m.quantities(g, p)
}

func page(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprint(n)
}
