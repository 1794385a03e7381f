package corpus

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"fangzhi/graph"
	"fangzhi/graph/query"
)

// Data returns the issue as an engine keeps it, with the ids that package ingest gives.
func (is *Issue) Data() *graph.IssueData {
	p := is.Publication
	key := is.Key()
	d := &graph.IssueData{Issue: graph.Issue{
		ID: is.ID(), Key: key, PublicationID: p.ID,
		Order: fmt.Sprintf("%s\x01%04d%02d%06d\x01%s", p.Key, is.Year, is.Month, is.Number, key),
		Label: is.Label(), Number: is.Number, Year: is.Year, Month: is.Month, Published: is.Published,
		EventCount: len(is.Events), Dialect: "monthly", LoadedAt: time.Date(LastYear, 12, 31, 0, 0, 0, 0, time.UTC),
		Reader: "bench", Digest: key, Masthead: p.Publication,
	}}
	for i := range is.Events {
		e := is.Events[i].graph(d, i+1)
		if !slices.Contains(d.Issue.Sections, e.Section) {
			d.Issue.Sections = append(d.Issue.Sections, e.Section)
		}
		d.Events = append(d.Events, e)
		d.Bodies = append(d.Bodies, is.Events[i].Body)
	}
	return d
}

func (e *Event) graph(d *graph.IssueData, place int) *graph.Event {
	is := &d.Issue
	g := &graph.Event{
		ID: e.ID, Title: e.Title, PrintedTitle: e.Title, Summary: e.Title + "。", Kind: graph.EventKindEvent, Date: e.Date, Section: e.Section, Page: e.Page,
		Citation: fmt.Sprintf("《%s》%s，第%d页", is.Masthead.Title, is.Label, e.Page),
		IssueID:  is.ID, PublicationID: is.PublicationID, IssueOrder: is.Order, Place: place,
	}
	for i := range e.Officials {
		o := &e.Officials[i]
		g.Officials = append(g.Officials, graph.EventOfficial{
			Atom: o.Atom, Roles: o.Roles, Title: o.Post.Text, Posts: []graph.Post{o.Post}, DepartmentAtom: o.Organ.ID, Evidence: []graph.Evidence{o.Evidence},
		})
	}
	for i := range e.Departments {
		o := &e.Departments[i]
		g.Departments = append(g.Departments, graph.EventDepartment{Atom: o.ID, Role: o.Role, Evidence: []graph.Evidence{o.Evidence}})
	}
	for i := range e.Locations {
		l := &e.Locations[i]
		link := graph.EventLocation{Atom: l.ID, IsPlace: l.IsPlace, Evidence: []graph.Evidence{l.Evidence}}
		for at := l.Above; at != nil; at = at.Above {
			link.Above = append(link.Above, at.ID)
		}
		g.Locations = append(g.Locations, link)
	}
	return g
}

// A Loader brings issues into a store without any file between. It is the only writer of the store; the zero Loader of a
// Store is ready.
type Loader struct {
	Store graph.Store
	known map[graph.ID]*graph.EntityData // as the store has them
}

// Put adds an issue.
func (l *Loader) Put(ctx context.Context, is *Issue) error {
	data := is.Data()
	return l.update(ctx, is, 1, &graph.Batch{Put: []*graph.IssueData{data}, Publications: []graph.Publication{is.Publication.Publication}})
}

// Remove takes an issue out that Put added. Entities stay, though nothing may name them any more.
func (l *Loader) Remove(ctx context.Context, is *Issue) error {
	return l.update(ctx, is, -1, &graph.Batch{Remove: []graph.ID{is.ID()}})
}

// update applies the batch with the entities that the issue names, each with as many events more.
func (l *Loader) update(ctx context.Context, is *Issue, sign int, batch *graph.Batch) error {
	named := entitiesOf(is)
	ids := slices.Sorted(maps.Keys(named))
	if l.known == nil {
		l.known = map[graph.ID]*graph.EntityData{}
	}
	return l.Store.Update(ctx, func(r graph.Reader) (*graph.Batch, error) {
		if err := l.read(ctx, r, ids); err != nil {
			return nil, err
		}
		batch.Atoms = map[graph.ID]graph.ID{}
		for _, id := range ids {
			was, now := l.known[id], *named[id]
			now.EventCount *= sign
			if was != nil {
				if now.EventCount == 0 {
					continue
				}
				count := now.EventCount
				now = *was
				now.EventCount += count
			} else {
				query.Spell(&now)
				for _, atom := range now.Atoms {
					batch.Atoms[atom] = id
				}
			}
			l.known[id] = &now
			batch.Entities = append(batch.Entities, now)
		}
		return batch, nil
	})
}

// read makes the entities of the ids known that the store has.
func (l *Loader) read(ctx context.Context, r graph.Reader, ids []graph.ID) error {
	var unknown []graph.ID
	for _, id := range ids {
		if l.known[id] == nil {
			unknown = append(unknown, id)
		}
	}
	found, err := r.Entities(ctx, unknown)
	if err != nil {
		return err
	}
	for i, e := range found {
		if e != nil {
			l.known[unknown[i]] = e
		}
	}
	return nil
}

// entitiesOf returns what an issue names by ids, each with the number of its events here.
func entitiesOf(is *Issue) map[graph.ID]*graph.EntityData {
	named := naming{}
	named.place(is.Publication.County)
	for i := range is.Events {
		e := &is.Events[i]
		for j := range e.Officials {
			named.official(e.Officials[j].Official).EventCount++
		}
		for j := range e.Departments {
			named.organ(e.Departments[j].Organ).EventCount++
		}
		seen := map[graph.ID]bool{} // an event counts once for a county, however many of its towns it names
		for j := range e.Locations {
			for at := e.Locations[j].Place; at != nil; at = at.Above {
				if !seen[at.ID] {
					seen[at.ID] = true
					named.place(at).EventCount++
				}
			}
		}
	}
	return named
}

// naming is the entities that are named, with those that these need.
type naming map[graph.ID]*graph.EntityData

func (n naming) place(p *Place) *graph.EntityData {
	if e := n[p.ID]; e != nil {
		return e
	}
	e := &graph.EntityData{ID: p.ID, Kind: graph.KindLocation, Name: p.Name, Label: p.Full(), Atoms: []graph.ID{p.ID}, Type: string(p.Kind), Code: p.Code}
	n[p.ID] = e
	if p.Above != nil {
		e.ParentAtom = p.Above.ID
		n.place(p.Above)
	}
	return e
}

func (n naming) organ(o *Organ) *graph.EntityData {
	if e := n[o.ID]; e != nil {
		return e
	}
	n.place(o.Region)
	e := &graph.EntityData{
		ID: o.ID, Kind: graph.KindDepartment, Name: o.Name, Label: o.Name, Atoms: []graph.ID{o.ID}, RegionAtom: o.Region.ID, Type: string(o.Kind),
	}
	if o.Text != o.Name {
		e.Aliases = []string{o.Text}
	}
	n[o.ID] = e
	return e
}

func (n naming) official(o *Official) *graph.EntityData {
	if e := n[o.ID]; e != nil {
		return e
	}
	n.organ(o.Organ)
	e := &graph.EntityData{
		ID: o.ID, Kind: graph.KindOfficial, Name: o.Name, Label: o.Name + "（" + o.Organ.Name + "）",
		Atoms: slices.Compact([]graph.ID{o.ID, o.Atom}), RegionAtom: o.Organ.Region.ID,
	}
	n[o.ID] = e
	return e
}
