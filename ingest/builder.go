package ingest

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"iter"
	"regexp"
	"slices"
	"time"

	"fangzhi/fold"
	"fangzhi/graph"
	"fangzhi/ingest/identity"
	"fangzhi/loader/reading"
)

// builder turns one reading into what the graph keeps of it.
type builder struct {
	doc         *reading.Document
	publication graph.Publication
	issue       graph.Issue
	facts       []graph.Fact
	events      []*graph.Event
	bodies      []string
	redirects   map[graph.ID]graph.ID                  // of an issue that is read again
	linked      map[graph.EntityKind]map[graph.ID]bool // atoms
	entities    map[graph.EntityKind]int               // how many entities they make; see count
	leads       [][]uint64                             // leadGrams of the events, where they were asked for; nil before
}

// newBuilder builds the issue of a document with the events that are given; doc.Events is not read. named, where it is not nil, is told the keys
// of the blocks that each event brings, some of them more than once; they are most of all that the document's facts stand in.
func newBuilder(doc *reading.Document, events iter.Seq[reading.Event], options graph.LoadOptions, now time.Time, named func(keys []string)) *builder {
	b := &builder{doc: doc, linked: map[graph.EntityKind]map[graph.ID]bool{}}
	for _, kind := range graph.EntityKinds {
		b.linked[kind] = map[graph.ID]bool{}
	}
	key := PublicationKey(&doc.Issue)
	f := identity.NewFacts(identity.Scope{Publication: key, Region: doc.Issue.Region})
	b.publication = graph.Publication{
		ID: graph.NewID(graph.PrefixPublication, key), Key: key, Title: doc.Issue.Publication, Publisher: doc.Issue.Publisher,
	}
	if doc.Issue.Region.Known() {
		b.publication.RegionAtom = f.ID(f.Region(doc.Issue.Region))
	}
	b.newIssue(key, options, now)
	same := map[string]int{}
	for e := range events {
		place := len(b.events) + 1
		if doc.Imported {
			place = e.Place
		}
		b.event(f, &e, place, same)
		if named != nil {
			named(f.NewKeys())
		}
	}
	b.issue.EventCount = len(b.events)
	b.facts = f.List()
	return b
}

// dated finds the dates and numbers in a folded title: 2022年, 三月, 第12期, 100.
var dated = regexp.MustCompile(`第?(?:\d+|[〇零一二三四五六七八九十]+)[年月日期号]|\d+`)

// PublicationKey returns what the id of a publication is hashed from: its folded title without dates and numbers,
// and the code of its jurisdiction, "~" where none is known.
func PublicationKey(is *reading.Issue) string {
	code := is.Region.Self().Code
	if code == "" {
		code = "~"
	}
	return dated.ReplaceAllString(fold.String(is.Publication), "") + "|" + code
}

// Digest returns the SHA-256, in hex, of a document's folded text: two texts that a reader holds equal are one.
func Digest(text string) string {
	sum := sha256.Sum256([]byte(fold.String(text)))
	return hex.EncodeToString(sum[:])
}

func (b *builder) newIssue(publication string, options graph.LoadOptions, now time.Time) {
	is := &b.doc.Issue
	digest, byText := "", is.Digest // that of an imported issue is the sum of its events: see Prepare
	if !b.doc.Imported {
		digest = Digest(b.doc.Text)
		byText = digest
	}
	key := issueKey(publication, is, byText)
	b.issue = graph.Issue{
		ID: graph.NewID(graph.PrefixIssue, key), Key: key, PublicationID: b.publication.ID,
		Label: is.Label, Number: is.Number, NumberTo: is.NumberTo, Year: is.Year, Month: is.Month, MonthTo: is.MonthTo,
		Published: is.Published, Sections: is.Sections,
		File: b.doc.File, Dialect: is.Dialect, LoadedAt: now.UTC().Truncate(time.Second), Reader: reading.Version,
		Warnings: b.doc.Warnings, Digest: digest, Options: options, Masthead: b.publication,
	}
	b.issue.Order = orderOf(publication, &b.issue)
}

// orderOf returns what sorts an issue: \x01 comes before every character of a key.
func orderOf(publication string, is *graph.Issue) string {
	return fmt.Sprintf("%s\x01%04d%02d%06d\x01%s", publication, is.Year, is.Month, is.Number, is.Key)
}

// event builds the event at a 1-based place of the issue, 0 for unknown. same counts the events of one key before it.
func (b *builder) event(f *identity.Facts, e *reading.Event, place int, same map[string]int) {
	key := eventKey(e.Section, e.Title)
	same[key]++
	event := &graph.Event{
		ID:    eventID(b.issue.Key, key, same[key]),
		Title: e.Title, PrintedTitle: e.PrintedTitle, Heading: e.Heading, Summary: e.Summary, Kind: e.Kind, Date: e.Date,
		Section: e.Section, Page: e.Page, Citation: Citation(b.publication.Title, b.issue.Label, e.Page),
		IssueID: b.issue.ID, PublicationID: b.publication.ID, IssueOrder: b.issue.Order, Place: place,
	}
	for _, d := range e.OtherDates {
		event.OtherDates = append(event.OtherDates, d.DateMention)
	}
	for _, d := range e.Documents {
		event.Documents = append(event.Documents, d.CitedDocument)
	}
	for _, q := range e.Figures {
		event.Figures = append(event.Figures, q.Figure)
	}
	seen := map[graph.Atom]bool{}
	b.officials(f, e, event, seen)
	b.departments(f, e, event, seen)
	b.locations(f, e, event, seen)
	for a := range seen {
		f.Seen(a)
	}
	b.events = append(b.events, event)
	b.bodies = append(b.bodies, e.Body)
}

// Citation returns how a note cites a page of an issue: 《中原区大事月报》2021年1月（总第100期），第5页.
func Citation(publication, label string, page int) string {
	s := "《" + publication + "》" + label
	if page > 0 {
		s += fmt.Sprintf("，第%d页", page)
	}
	return s
}

func (b *builder) officials(f *identity.Facts, e *reading.Event, event *graph.Event, seen map[graph.Atom]bool) {
	var apart []graph.Atom
	var names []string
	for i := range e.Officials {
		o := &e.Officials[i]
		atom := f.Official(o)
		link := graph.EventOfficial{Atom: f.ID(atom), Roles: o.Roles, Title: o.Title, Evidence: o.Evidence}
		for _, p := range o.Posts {
			post := graph.Post{Title: p.Title, Text: p.Text, Attests: p.Attests, Rank: p.Rank, Single: p.Single, From: p.From, To: p.To}
			if p.Organ != nil {
				post.DepartmentAtom = f.ID(f.Organ(p.Organ))
			}
			link.Posts = append(link.Posts, post)
		}
		if o.Organ != nil {
			link.DepartmentAtom = f.ID(f.Organ(o.Organ))
		}
		if link.Present() || len(link.Posts) > 0 {
			f.Year(atom, event.Date)
		}
		if o.Apart {
			for j, other := range apart {
				if names[j] == atom.Name && other != atom {
					f.Apart(other, atom)
				}
			}
			apart, names = append(apart, atom), append(names, atom.Name)
		}
		if seen[atom] { // the reader gave one person twice: one link with all that both say
			mergeOfficial(event.Officials, link)
			continue
		}
		seen[atom] = true
		b.linked[graph.KindOfficial][link.Atom] = true
		event.Officials = append(event.Officials, link)
	}
}

func mergeOfficial(links []graph.EventOfficial, link graph.EventOfficial) {
	at := slices.IndexFunc(links, func(l graph.EventOfficial) bool { return l.Atom == link.Atom })
	have := &links[at]
	have.Roles = graph.SortRoles(append(slices.Clone(have.Roles), link.Roles...))
	have.Title = cmp.Or(have.Title, link.Title)
	have.DepartmentAtom = cmp.Or(have.DepartmentAtom, link.DepartmentAtom)
	for _, p := range link.Posts {
		if !slices.Contains(have.Posts, p) {
			have.Posts = append(have.Posts, p)
		}
	}
	have.Evidence = append(have.Evidence, link.Evidence...)
}

func (b *builder) departments(f *identity.Facts, e *reading.Event, event *graph.Event, seen map[graph.Atom]bool) {
	for i := range e.Departments {
		d := &e.Departments[i]
		atom := f.Department(d)
		id := f.ID(atom)
		if seen[atom] {
			at := slices.IndexFunc(event.Departments, func(l graph.EventDepartment) bool { return l.Atom == id })
			have := &event.Departments[at]
			have.Evidence = append(have.Evidence, d.Evidence...)
			if slices.Index(graph.DepartmentRoles, d.Role) < slices.Index(graph.DepartmentRoles, have.Role) {
				have.Role = d.Role
			}
			continue
		}
		seen[atom] = true
		link := graph.EventDepartment{Atom: id, Role: d.Role, Evidence: d.Evidence}
		for o := d.Parent; o != nil; o = o.Parent {
			link.Above = append(link.Above, f.ID(f.Organ(o)))
		}
		b.linked[graph.KindDepartment][link.Atom] = true
		event.Departments = append(event.Departments, link)
	}
}

func (b *builder) locations(f *identity.Facts, e *reading.Event, event *graph.Event, seen map[graph.Atom]bool) {
	for i := range e.Locations {
		l := &e.Locations[i]
		atom := f.Location(l)
		id, above := f.ID(atom), f.Above(l.Above)
		at := slices.IndexFunc(event.Locations, func(have graph.EventLocation) bool { return have.Atom == id })
		if at >= 0 {
			event.Locations[at].Evidence = append(event.Locations[at].Evidence, l.Evidence...)
			event.Locations[at].IsPlace = event.Locations[at].IsPlace || l.IsPlace
			continue
		}
		seen[atom] = true
		link := graph.EventLocation{Atom: id, IsPlace: l.IsPlace, Evidence: l.Evidence}
		for _, a := range above {
			seen[a] = true // a place counts the events of what lies in it
			link.Above = append(link.Above, f.ID(a))
		}
		b.linked[graph.KindLocation][link.Atom] = true
		event.Locations = append(event.Locations, link)
	}
}

// lead returns leadGrams of the event at i.
func (b *builder) lead(i int) []uint64 {
	if b.leads == nil {
		b.leads = make([][]uint64, len(b.events))
	}
	if b.leads[i] == nil {
		b.leads[i] = leadGrams(b.events[i], b.bodies[i])
	}
	return b.leads[i]
}

func (b *builder) data() *graph.IssueData {
	return &graph.IssueData{
		Issue:    b.issue,
		Document: graph.Document{Text: b.doc.Text, Facts: b.facts, Redirects: b.redirects, FirstLine: b.doc.FirstLine},
		Events:   b.events, Bodies: b.bodies,
	}
}

func (b *builder) report() Report {
	return Report{
		Issue: b.issue, Events: len(b.events), Officials: b.entities[graph.KindOfficial],
		Departments: b.entities[graph.KindDepartment], Locations: b.entities[graph.KindLocation],
	}
}

// count counts the entities that the events of the issue link to.
func (b *builder) count(entities []graph.EntityData) {
	b.entities = map[graph.EntityKind]int{}
	for _, e := range entities {
		if slices.ContainsFunc(e.Atoms, func(atom graph.ID) bool { return b.linked[e.Kind][atom] }) {
			b.entities[e.Kind]++
		}
	}
}
