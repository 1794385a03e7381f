package query

import (
	"context"
	"slices"

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
	refs, err := r.Refs(ctx, []graph.ID{entity.ID})
	if err != nil {
		return nil, err
	}
	links := a.Filter.linking(true, kindsOf(a.Kind)...)
	var k *ranking
	inLine := entity.Kind != graph.KindOfficial && (a.Kind == "" || a.Kind == entity.Kind)
	total := 0
	err = r.Ties(ctx, asking(f, links.Condition(entity.Kind, entity.Atoms)), links, refs, func(_ int, ties []graph.Tie) error {
		total = len(ties)
		if most, ok := a.Page.fromStart(); ok && !inLine {
			ties = mostEvents(ties, most)
		}
		k = newRanking(r.EntitiesAt, ties)
		return nil
	})
	if err != nil {
		return nil, err
	}
	if inLine {
		if err := k.leaveOutLine(ctx, r, entity); err != nil {
			return nil, err
		}
		total = len(k.items)
	}
	from, to, err := k.page(ctx, listRelated, a.Page)
	if err != nil {
		return nil, err
	}
	c := &RelatedConnection{
		Edges:    make([]RelatedEdge, 0, to-from),
		PageInfo: PageInfo{HasNextPage: to < total, HasPreviousPage: from > 0},
		total:    func(context.Context) (int, error) { return total, nil },
	}
	for _, it := range k.items[from:to] {
		edge := Edge[graph.Entity]{it.key.cursor(listRelated), it.data.Entity()}
		c.Edges = append(c.Edges, RelatedEdge{edge, it.tie.Events, it.tie.Days.First, it.tie.Days.Last})
	}
	c.setCursors()
	return c, nil
}

// leaveOutLine takes out what the entity belongs to and what belongs to it. Only the entities themselves tell that, so all are
// read. An official belongs to none.
func (k *ranking) leaveOutLine(ctx context.Context, r graph.Reader, entity *graph.EntityData) error {
	if err := k.settle(ctx, 0, len(k.items)); err != nil {
		return err
	}
	all := []*graph.EntityData{entity}
	for _, it := range k.items {
		if it.data.Kind == entity.Kind {
			all = append(all, it.data)
		}
	}
	kin, err := newFamily(ctx, r, all)
	if err != nil {
		return err
	}
	k.items = slices.DeleteFunc(k.items, func(it ranked) bool { return kin.line(it.data, entity) })
	return nil
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
		f = about(f, links.Condition(d.Kind, d.Atoms))
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
