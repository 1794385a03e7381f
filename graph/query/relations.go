package query

import (
	"context"

	"fangzhi/edtf"
	"fangzhi/graph"
)

// RelatedArgs asks for the entities that share events with one.
type RelatedArgs struct {
	// Kind is of the entities that are asked for, "" for all.
	Kind graph.EntityKind
	// Filter leaves events and links; a nil PresentOnly is true, on both ends.
	Filter *EventFilter
	Page   PageArgs
}

// shared is what two entities have in common.
type shared struct {
	entity      *graph.EntityData
	events      int
	first, last edtf.Day
}

// RelatedTo returns the entities that share events with the entity, most shared events first, then by name, then by
// id. An event counts once an entity. A place, or an organ, is not related to what it belongs to or what belongs to it.
func RelatedTo(ctx context.Context, r graph.Reader, entity *graph.EntityData, a RelatedArgs) (*RelatedConnection, error) {
	if _, err := a.Page.check(); err != nil {
		return nil, err
	}
	f, err := Resolve(ctx, r, a.Filter, true)
	if err != nil {
		return nil, err
	}
	links := a.Filter.linking(true)
	found := map[graph.ID]*shared{}
	work := budget{most: limits.relations, what: "counting what shares events with " + entity.Name}
	f = about(f, links.condition(entity.Kind, entity.Atoms))
	err = eachLinked(ctx, r, f, links, kindsOf(a.Kind), func(e *graph.Event, linked []*graph.EntityData) error {
		for _, d := range linked {
			s := found[d.ID]
			if s == nil {
				s = &shared{entity: d}
				found[d.ID] = s
			}
			s.add(e.Date)
		}
		return work.spend(ctx, 1+len(linked))
	})
	if err != nil {
		return nil, err
	}
	var others []*graph.EntityData
	for _, s := range found {
		others = append(others, s.entity)
	}
	kin, err := newFamily(ctx, r, append(others, entity))
	if err != nil {
		return nil, err
	}
	var items []item[*shared]
	for _, s := range found {
		if s.entity.ID != entity.ID && !kin.line(s.entity, entity) {
			items = append(items, item[*shared]{sortKey("").down(s.events).named(s.entity), s})
		}
	}
	return pageOf(listRelated, items, a.Page, func(s *shared, cursor string) RelatedEdge {
		return RelatedEdge{Edge[graph.Entity]{cursor, s.entity.Entity()}, s.events, s.first, s.last}
	})
}

func (s *shared) add(d graph.EventDate) {
	s.events++
	if day := d.Start(); day != 0 && (s.first == 0 || day < s.first) {
		s.first = day
	}
	s.last = max(s.last, d.End())
}

// A Relationship is what two entities have in common.
type Relationship struct {
	A, B graph.Entity

	reader graph.Reader
	filter graph.Filter
}

// RelationshipArgs asks what two entities have in common.
type RelationshipArgs struct {
	// A and B are ids of entities or of their atoms.
	A, B graph.ID
	// Filter leaves events and links; a nil PresentOnly is true, on both ends.
	Filter *EventFilter
}

// Relate returns the relationship of two entities; nil where an id names none. It reads through r as long as it is used.
func Relate(ctx context.Context, r graph.Reader, a RelationshipArgs) (*Relationship, error) {
	f, err := Resolve(ctx, r, a.Filter, true)
	if err != nil {
		return nil, err
	}
	found, err := r.Entities(ctx, []graph.ID{a.A, a.B})
	if err != nil || found[0] == nil || found[1] == nil {
		return nil, err
	}
	links := a.Filter.linking(true)
	for _, d := range found {
		f = about(f, links.condition(d.Kind, d.Atoms))
	}
	return &Relationship{found[0].Entity(), found[1].Entity(), r, f}, nil
}

// SharedCount returns how many events they share.
func (s *Relationship) SharedCount(ctx context.Context) (int, error) {
	return s.reader.Count(ctx, s.filter)
}

// SharedEvents returns a page of the events that they share.
func (s *Relationship) SharedEvents(ctx context.Context, order graph.TimelineOrder, page PageArgs) (*EventConnection, error) {
	return events(ctx, s.reader, s.filter, order, "", page)
}

// SubgraphLink joins two entities by the events that they share.
type SubgraphLink struct {
	Source, Target graph.ID
	SharedEvents   int
}

// Subgraph is a part of the net of entities. Every link joins two of Nodes and is there once, its Source before its
// Target in Nodes.
type Subgraph struct {
	Nodes []graph.Entity
	Links []SubgraphLink
}

// EventPath is a chain of entities, each joined to the next by shared events.
type EventPath struct{ Steps []PathStep }

// Length is the number of steps.
func (p EventPath) Length() int { return len(p.Steps) }

// PathStep is one hop of a path, by the first event that the two share; SharedEvents counts all of them.
type PathStep struct {
	From         graph.Entity
	Event        *graph.Event
	To           graph.Entity
	SharedEvents int
}
