// Package extract finds the officials, the departments and the places that the articles of one document name, with their
// roles.
//
// It works by rules over titles, surnames and verbs (genre.md §3, §4) and knows no tagger. A document is read twice: the
// first pass takes names that stand behind a title, short forms that the text defines and full forms that explain short
// ones; the second finds what the first has accepted wherever else it stands. Nothing is taken from another document.
// Every finding carries evidence in code points of the body, or of the title where only the title says it.
package extract

import (
	"fangzhi/graph"
	"fangzhi/internal/trie"
	"fangzhi/loader/reading"
)

// Fill sets Officials, Departments and Locations of the events of one document, whose chronicle is that of region; what
// stood there is replaced. It reads PrintedTitle, Body, Section and Date and changes nothing else. Where region is unknown
// no level prefix is expanded: 区卫健委 stays 区卫健委.
//
// The warnings name what could not be decided, in Chinese, with Event.Line: unresolved-person, names-after-single-post.
// The same events and region give the same answer; no text makes Fill fail.
func Fill(region reading.Jurisdiction, events []reading.Event) []graph.IngestWarning {
	plain, changed := simplify(events)
	warnings := fill(region, plain)
	for i := range changed {
		if changed[i] {
			restore(&events[i], &plain[i])
		} else {
			events[i] = plain[i]
		}
	}
	return warnings
}

func fill(region reading.Jurisdiction, events []reading.Event) []graph.IngestWarning {
	d := newDocument(region)
	articles := make([]*article, len(events))
	for i := range events {
		articles[i] = &article{event: &events[i]}
	}
	d.learn(articles)
	for _, w := range d.inBlocks(articles, func(w *document, block []*article) {
		for _, a := range block {
			w.read(a)
			fillPlaces(nil, region, a.event)
			*a = article{} // its fields take several times the memory of its text
		}
	}) {
		d.warnings = append(d.warnings, w.warnings...)
	}
	readWrittenTowns(region, events)
	settlePlaces(region, events)
	return d.warnings
}

// learn is the first pass: it collects the document's streets, full names, defined short forms and people.
func (d *document) learn(articles []*article) {
	d.inBlocks(articles, func(_ *document, block []*article) {
		for _, a := range block {
			a.open()
		}
	})
	for _, a := range articles {
		d.learnStreets(a.body)
		d.learnSchools(a.body)
		d.learnCompanies(a.body)
	}
	workers := d.inBlocks(articles, func(w *document, block []*article) {
		for _, a := range block {
			w.turnTo(a)
			w.markAppointments(a.body)
			w.markAppointments(a.title)
			a.body.tokens = w.scan(a.body)
		}
	})
	for _, w := range workers {
		d.join(w)
	}
	d.rejoin(articles)
	for _, w := range workers {
		for _, pair := range w.plates {
			d.joinPlates(d.same(pair[0]), d.same(pair[1]))
		}
	}
	for _, a := range articles {
		d.learnPlates(a.body.tokens)
	}
	d.settlePlates()
	d.learnTaskforces()
	for _, w := range d.inBlocks(articles, func(w *document, block []*article) {
		for _, a := range block {
			w.turnTo(a)
			w.learnPeople(a)
		}
	}) {
		d.addPeople(w)
	}
	d.settlePeople()
	d.heard, d.held = d.counts, d.holders
	var first []rune
	for r := range d.definedBy {
		first = append(first, r)
	}
	for pair := range d.localsBy {
		first = append(first, pair[0])
	}
	first = append(first, d.known.first...)
	d.learnt = trie.NewRunes(string(first))
}

// asBefore reports whether the second scan of a field would find what the first has found: nothing in it hung on what
// the document had not yet learnt, and what it names is written for itself.
func (d *document) asBefore(f *field) bool {
	if f.undecided {
		return false
	}
	next := 0 // token
	for i, r := range f.text {
		if !d.learnt.Has(r) {
			continue
		}
		for next < len(f.tokens) && f.tokens[next].start < i {
			next++
		}
		for m := range d.known.at(f, i) {
			if next == len(f.tokens) || f.tokens[next].kind != tokenName || f.tokens[next].span != m.span {
				return false
			}
		}
		if _, ok := d.definedAt(f, i); ok {
			return false
		}
		if _, ok := d.shortLocal(f, i); ok {
			return false
		}
	}
	for i := range f.tokens {
		t := &f.tokens[i]
		if t.organ != nil && d.plateOf[t.organ.organ] != nil {
			return false
		}
	}
	return true
}

// turnTo takes the year of an article, which decides what the short forms of organs stand for.
func (d *document) turnTo(a *article) {
	if day := a.event.Date.Start(); day != 0 {
		d.year, _, _ = day.Date()
	}
}

// read is the second pass over one article.
func (d *document) read(a *article) {
	d.turnTo(a)
	if !d.asBefore(a.body) {
		a.body.tokens = d.scan(a.body)
	}
	a.title.tokens = d.scan(a.title)
	d.findKnown(a.body)
	d.findKnown(a.title)
	d.findSpeeches(a.body)
	for _, text := range a.body.unresolved {
		d.warn(a, "unresolved-person", "“"+text+"”在本文件中可指不止一人，未能确定")
	}
	people := d.people(a)
	a.event.Officials = d.officials(a, people)
	if a.event.Kind == graph.EventKindRoster {
		if listed := d.roster(a); len(listed) > 0 {
			a.event.Officials = listed
		}
	}
	a.event.Departments = d.departments(a, people)
}
