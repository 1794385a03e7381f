package query_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"fangzhi/edtf"
	"fangzhi/graph"
	"fangzhi/graph/memstore"
	"fangzhi/graph/query"
)

// article is one article of an invented chronicle, written as a test can be read.
type article struct {
	title, body string
	untitled    bool // the title is the first clause
	// date is EDTF, "" for unknown.
	date    string
	issue   int // its number, 0 is 1
	section string
	kind    graph.EventKind // "" is EVENT
	basis   graph.DateBasis // "" is EXPLICIT
	sure    float64         // confidence, 0 is 1
	// people are "沈知秋 CHAIR,SPEAK 区长@区政府 …": a name, roles, posts. A post is title@organ, title@ without one,
	// with /APPOINTED, /REMOVED, /ROSTER or /- (attests nothing) behind it; else it is HELD. /ROSTER=2020-06~2020-11 states
	// the bounds of the term, either may be missing.
	people []string
	organs []string // "区教育局 HOST"
	places []string // "建设路", or "*建设路" where it took place
	report string   // articles with the same one, which is not "", report one event
}

// world says what the names of the articles stand for.
type world struct {
	// parents of organs and of places.
	parents map[string]string
	// regions of officials and organs; 云河区 where nothing is said and 云河区 is a place of the parents.
	regions map[string]string
	// aliases of any.
	aliases map[string][]string
	// same says that two names are one person: the first's atoms hold the second.
	same map[string]string
	// extra are places and organs that no article names.
	places, organs, people []string
}

// yunhe is the invented county of most tests.
var yunhe = world{
	parents: map[string]string{"澜州市": "河东省", "云河区": "澜州市", "临溪县": "澜州市", "望江街道": "云河区", "建设路": "望江街道", "区教育局": "区政府", "区民政局": "区政府"},
	places:  []string{"河东省", "澜州市", "云河区", "临溪县", "望江街道", "建设路"},
	organs:  []string{"区政府", "区委", "区教育局", "区民政局"},
}

// ranks and one-person posts, as a lexicon would have them.
var posts = map[string]struct {
	rank   int
	single bool
}{"书记": {10, true}, "区长": {20, true}, "副区长": {30, false}, "局长": {40, true}}

func id(kind graph.EntityKind, name string) graph.ID {
	return graph.Atom{Kind: kind, Code: "330199", Name: name}.ID()
}

func official(name string) graph.ID   { return id(graph.KindOfficial, name) }
func department(name string) graph.ID { return id(graph.KindDepartment, name) }
func location(name string) graph.ID   { return id(graph.KindLocation, name) }
func event(title string) graph.ID     { return graph.NewID(graph.PrefixEvent, title) }
func issue(number int) graph.ID       { return graph.NewID(graph.PrefixIssue, fmt.Sprint(number)) }

const publicationKey = "云河区大事月报\x01330199"

var publication = graph.NewID(graph.PrefixPublication, publicationKey)

func (w world) above(kind graph.EntityKind, name string) []graph.ID {
	var all []graph.ID
	for p := w.parents[name]; p != ""; p = w.parents[p] {
		all = append(all, id(kind, p))
	}
	return all
}

// entity returns the record of a name.
func (w world) entity(kind graph.EntityKind, name string) graph.EntityData {
	d := graph.EntityData{
		ID: id(kind, name), Kind: kind, Name: name, Label: name, Aliases: w.aliases[name], Atoms: []graph.ID{id(kind, name)},
	}
	query.Spell(&d)
	if p := w.parents[name]; p != "" {
		d.ParentAtom = id(kind, p)
	}
	if kind != graph.KindLocation {
		region := w.regions[name]
		if region == "" && slices.Contains(w.places, "云河区") {
			region = "云河区"
		}
		if region != "" {
			d.RegionAtom = location(region)
			d.Label = name + "（" + region + "）"
		}
	}
	return d
}

// mustLoad returns the graph of the articles.
func mustLoad(t testing.TB, w world, articles ...article) graph.Snapshot {
	t.Helper()
	s := memstore.New()
	mustAdd(t, s, w, articles...)
	return mustSnapshot(t, s)
}

func mustSnapshot(t testing.TB, s graph.Store) graph.Snapshot {
	t.Helper()
	snapshot, err := s.Snapshot(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return snapshot
}

// mustAdd makes the articles the whole content of the store.
func mustAdd(t testing.TB, s graph.Store, w world, articles ...article) {
	t.Helper()
	entities := map[graph.ID]*graph.EntityData{}
	atoms := map[graph.ID]graph.ID{}
	add := func(kind graph.EntityKind, name string) graph.ID {
		atom := id(kind, name)
		if atoms[atom] == "" {
			if other := w.same[name]; other != "" {
				atoms[atom] = id(kind, other)
				e := w.entity(kind, other)
				if known := entities[e.ID]; known != nil {
					e = *known
				}
				e.Atoms = append(slices.Clone(e.Atoms), atom)
				entities[e.ID], atoms[e.ID] = &e, e.ID
			} else {
				e := w.entity(kind, name)
				entities[e.ID], atoms[atom] = &e, e.ID
			}
		}
		return atom
	}
	for kind, names := range map[graph.EntityKind][]string{graph.KindLocation: w.places, graph.KindDepartment: w.organs, graph.KindOfficial: w.people} {
		for _, name := range names {
			add(kind, name)
		}
	}
	issues := map[int]*graph.IssueData{}
	reports := map[string][]graph.SortKey{}
	for place, a := range articles {
		number := max(a.issue, 1)
		data := issues[number]
		if data == nil {
			data = &graph.IssueData{Issue: graph.Issue{
				ID: issue(number), PublicationID: publication, Order: fmt.Sprintf("%s %04d", publicationKey, number), Label: fmt.Sprintf("总第%d期", number),
				Number: number, Year: 2020 + number,
			}}
			if number == 9 { // of unknown year
				data.Issue.Year = 0
			}
			issues[number] = data
		}
		e := &graph.Event{
			ID: event(a.title), Title: a.title, PrintedTitle: a.title, Kind: graph.EventKindEvent, Section: a.section,
			IssueID: data.Issue.ID, PublicationID: publication, IssueOrder: data.Issue.Order, Place: place + 1,
			Date: graph.EventDate{Basis: graph.BasisNone, Confidence: 1},
		}
		if a.untitled {
			e.PrintedTitle = ""
		}
		if a.kind != "" {
			e.Kind = a.kind
		}
		if a.sure != 0 {
			e.Date.Confidence = a.sure
		}
		if a.date != "" {
			e.Date.EDTF, e.Date.Basis = mustParse(t, a.date), graph.BasisExplicit
		}
		if a.basis != "" {
			e.Date.Basis = a.basis
		}
		linked := map[graph.ID]bool{}
		for _, line := range a.people {
			link := person(w, line)
			link.Atom = add(graph.KindOfficial, strings.Fields(line)[0])
			link.Evidence = []graph.Evidence{{Field: graph.FieldBody, Text: strings.Fields(line)[0] + "在" + a.title}}
			for _, p := range link.Posts {
				if p.DepartmentAtom != "" {
					_, organ, _ := strings.Cut(p.Text, "@")
					add(graph.KindDepartment, organ)
				}
			}
			linked[atoms[link.Atom]] = true
			e.Officials = append(e.Officials, link)
		}
		for _, line := range a.organs {
			name, role, _ := strings.Cut(line, " ")
			above := w.above(graph.KindDepartment, name)
			e.Departments = append(e.Departments, graph.EventDepartment{Atom: add(graph.KindDepartment, name), Role: graph.DepartmentRole(role), Above: above})
			linked[department(name)] = true
		}
		for _, name := range a.places {
			name, there := strings.CutPrefix(name, "*")
			above := w.above(graph.KindLocation, name)
			e.Locations = append(e.Locations, graph.EventLocation{Atom: add(graph.KindLocation, name), IsPlace: there, Above: above})
			linked[location(name)] = true
			for _, atom := range above {
				linked[atom] = true
			}
		}
		for atom := range linked {
			entities[atom].EventCount++
		}
		if a.report != "" {
			reports[a.report] = append(reports[a.report], e.SortKey())
		}
		data.Events = append(data.Events, e)
		data.Bodies = append(data.Bodies, a.body)
		data.Issue.EventCount++
	}
	names := &graph.Batch{Atoms: atoms, Publications: []graph.Publication{{ID: publication, Key: publicationKey, Title: "云河区大事月报"}}}
	for _, e := range entities {
		names.Entities = append(names.Entities, *e)
	}
	batches := []*graph.Batch{names}
	for _, number := range slices.Sorted(maps.Keys(issues)) {
		batches = append(batches, &graph.Batch{Remove: []graph.ID{issue(number)}, Put: []*graph.IssueData{issues[number]}})
	}
	groups := &graph.Batch{}
	for _, keys := range reports {
		slices.Sort(keys)
		groups.Reports = append(groups.Reports, graph.ReportGroup{Events: keys})
	}
	for _, batch := range append(batches, groups) {
		err := s.Update(context.Background(), func(graph.Reader) (*graph.Batch, error) { return batch, nil })
		if err != nil {
			t.Fatal(err)
		}
	}
}

// person reads a line of article.people, all but the atom.
func person(w world, line string) graph.EventOfficial {
	fields := strings.Fields(line)
	var link graph.EventOfficial
	for role := range strings.SplitSeq(fields[1], ",") {
		link.Roles = append(link.Roles, graph.OfficialRole(role))
	}
	for _, field := range fields[2:] {
		text, attests, _ := strings.Cut(field, "/")
		attests, term, stated := strings.Cut(attests, "=")
		title, organ, _ := strings.Cut(text, "@")
		p := graph.Post{Title: title, Text: text, Rank: posts[title].rank, Single: posts[title].single, Attests: graph.AttestsHeld}
		switch attests {
		case "":
		case "-":
			p.Attests = ""
		default:
			p.Attests = graph.AttestationKind(attests)
		}
		if from, to, _ := strings.Cut(term, "~"); stated {
			p.From, _ = edtf.Parse(from)
			p.To, _ = edtf.Parse(to)
		}
		if organ != "" {
			p.DepartmentAtom = department(organ)
			link.DepartmentAtom = p.DepartmentAtom
		}
		link.Posts = append(link.Posts, p)
		link.Title = strings.TrimPrefix(link.Title+"、"+text, "、")
	}
	return link
}

func mustParse(t testing.TB, s string) edtf.Date {
	t.Helper()
	d, err := edtf.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func mustDay(t testing.TB, s string) edtf.Day {
	t.Helper()
	if s == "" {
		return 0
	}
	d, err := edtf.ParseDay(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func mustEntity(t testing.TB, r graph.Reader, id graph.ID) *graph.EntityData {
	t.Helper()
	found, err := r.Entities(t.Context(), []graph.ID{id})
	if err != nil || found[0] == nil {
		t.Fatalf("entity %s: %v, %v", id, found, err)
	}
	return found[0]
}

// titles are those of the events, in one line.
func titles(events []*graph.Event) string {
	var all []string
	for _, e := range events {
		all = append(all, e.Title)
	}
	return strings.Join(all, " ")
}

// names are those of the entities, in one line.
func names(entities []graph.Entity) string {
	var all []string
	for _, e := range entities {
		all = append(all, e.Data().Name)
	}
	return strings.Join(all, " ")
}

// timeline is the titles of the whole filtered timeline, or the error's sentinel.
func timeline(t testing.TB, r graph.Reader, f *query.EventFilter) string {
	t.Helper()
	c, err := query.Timeline(t.Context(), r, query.TimelineArgs{Filter: f})
	if err != nil {
		return err.Error()
	}
	return titles(c.Nodes())
}

func ptr[T any](v T) *T { return &v }
