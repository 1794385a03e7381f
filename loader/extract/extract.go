// Package extract finds the officials, the departments and the places that the articles of one document name, with their
// roles.
//
// It works by rules over titles, surnames and verbs (genre.md §3, §4) and knows no tagger. A document is read twice: the
// first pass takes names that stand behind a title, short forms that the text defines and full forms that explain short
// ones; the second finds what the first has accepted wherever else it stands. Nothing is taken from another document.
// Every finding carries evidence in code points of the body, or of the title where only the title says it.
package extract

import (
	"cmp"

	"fangzhi/graph"
	"fangzhi/internal/pack"
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
	bytes := 0
	for i := range events {
		bytes += len(events[i].Body)
	}
	blocks := reading.NewBlocks(len(events), bytes)
	for k := range blocks.Len() {
		blocks.Put(k, events[k*reading.BlockSize:min((k+1)*reading.BlockSize, len(events))])
	}
	found := Read(region, blocks)
	for k := range blocks.Len() {
		for i, e := range found.Take(k) {
			to := &events[k*reading.BlockSize+i]
			to.Officials, to.Departments, to.Locations = e.Officials, e.Departments, e.Locations
		}
	}
	return found.Warnings
}

// Found is what Read has found.
type Found struct {
	// Warnings are those of Fill.
	Warnings []graph.IngestWarning

	events    *reading.Blocks
	home      string // key of the document's jurisdiction
	sites     siteTable
	rewritten []bool // see document
}

// Read is Fill for events that are kept in blocks. It leaves in them what Found.Take needs; from then on they are to be
// taken there.
func Read(region reading.Jurisdiction, events *reading.Blocks) *Found {
	d := newDocument(region, events)
	d.learn()
	d.inBlocks((*document).readBlock, func(w *document, _ int) {
		d.warnings = append(d.warnings, w.warnings...)
		d.towns.join(w.named)
	})
	d.inBlocks((*document).settleBlock, func(w *document, _ int) { d.sites.join(w.sites) })
	return &Found{Warnings: d.warnings, events: events, home: region.Key(), sites: d.sites, rewritten: d.rewritten}
}

// Take returns the events of block k with what was found in them, once.
func (f *Found) Take(k int) []reading.Event {
	events := f.events.Take(k)
	for i := range events {
		f.sites.settle(f.home, &events[i])
		if f.rewritten[k] {
			restore(&events[i])
		}
	}
	return events
}

// learn is the first pass: it collects the document's streets, full names, defined short forms and people.
func (d *document) learn() {
	years := []int{0}
	d.inBlocks((*document).learnWords, func(w *document, k int) {
		d.addWords(w)
		years = append(years, cmp.Or(w.lastYear, years[k]))
	})
	d.yearBefore = years
	d.inBlocks((*document).scanBlock, d.join)
	for _, n := range d.namings.all {
		d.learnPlates(n)
	}
	d.namings = namings{}
	d.settlePlates()
	d.learnTaskforces()
	d.inBlocks((*document).learnBlock, func(w *document, _ int) { d.addPeople(w) })
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

// learnWords takes the words that the names in block k are made of.
func (d *document) learnWords(k int) {
	d.streets, d.schools, d.companies, d.isCompany = map[string]bool{}, map[numbered]reading.Jurisdiction{}, nil, map[string]bool{}
	for _, a := range d.open(k, d.events.Block(k)) {
		d.learnStreets(a.body)
		d.learnSchools(a.body)
		d.learnCompanies(a.body)
		d.lastYear = cmp.Or(yearOf(a), d.lastYear)
	}
}

// scanBlock scans block k for the first time.
func (d *document) scanBlock(k int) {
	articles := d.open(k, d.events.Block(k))
	for _, a := range articles {
		d.mark(a)
		a.body.tokens = d.scan(a.body)
		d.keepNamings(a.body.tokens)
	}
	if d.events.Packed() {
		d.scanned[k] = packScans(articles)
	}
}

// learnBlock takes the people of block k.
func (d *document) learnBlock(k int) {
	for _, a := range d.reopen(k, d.events.Block(k)) {
		d.turnTo(a)
		d.learnPeople(a)
	}
}

// readBlock is the second pass over block k.
func (d *document) readBlock(k int) {
	events := d.events.Block(k)
	for i, a := range d.reopen(k, events) {
		d.read(a)
		fillPlaces(nil, d.regions.own, a.event, a.title.text, a.body.text)
		d.named.learn(d.regions.own, a.event)
		e := &events[i]
		e.Officials, e.Departments, e.Locations = a.event.Officials, a.event.Departments, a.event.Locations
	}
	d.events.Put(k, events)
	d.opened[k], d.scanned[k] = nil, pack.Box{}
}

// open makes the articles of block k, whose events these are. Those of a long document are dropped with their block: the fields of
// an article take many times the memory of its text.
func (d *document) open(k int, events []reading.Event) []*article {
	if articles := d.opened[k]; articles != nil {
		return articles
	}
	articles := make([]*article, len(events))
	for i := range events {
		e := simplify(&events[i])
		articles[i] = &article{event: e}
		d.rewritten[k] = d.rewritten[k] || e != &events[i]
		articles[i].open()
	}
	if !d.events.Packed() {
		d.opened[k] = articles
	}
	return articles
}

// reopen returns the articles of block k as scanBlock left them.
func (d *document) reopen(k int, events []reading.Event) []*article {
	articles := d.open(k, events)
	if !d.events.Packed() {
		return articles
	}
	unpackScans(d.scanned[k], articles)
	year := d.year
	for _, a := range articles {
		d.mark(a)
	}
	d.year = year
	return articles
}

// mark takes the year of an article and marks its appointments.
func (d *document) mark(a *article) {
	d.turnTo(a)
	d.markAppointments(a.body)
	d.markAppointments(a.title)
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
func (d *document) turnTo(a *article) { d.year = cmp.Or(yearOf(a), d.year) }

// yearOf returns the year of an article, 0 for none.
func yearOf(a *article) int {
	year := 0
	if day := a.event.Date.Start(); day != 0 {
		year, _, _ = day.Date()
	}
	return year
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
