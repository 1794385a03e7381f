package query

import (
	"context"
	"slices"

	"fangzhi/graph"
)

// EventByID returns an event by its id, nil where there is none.
func EventByID(ctx context.Context, r graph.Reader, id graph.ID) (*graph.Event, error) {
	found, err := r.EventsByID(ctx, []graph.ID{id})
	if err != nil {
		return nil, err
	}
	return found[0], nil
}

// AppearanceArgs asks for the events of an official, one line an event.
type AppearanceArgs struct {
	// Roles: only lines with one of these; nil and empty for all.
	Roles  []graph.OfficialRole
	Filter *EventFilter
	// Order is "" for ascending.
	Order graph.TimelineOrder
	Page  PageArgs
}

// Appearances returns a page of the events that name the official, mentions included, each with the posts that it
// gives the official and all the roles. Where two names in one event turned out to be one person, the line is of both.
func Appearances(ctx context.Context, r graph.Reader, official *graph.EntityData, a AppearanceArgs) (*AppearanceConnection, error) {
	f, err := Resolve(ctx, r, a.Filter, false)
	if err != nil {
		return nil, err
	}
	links := a.Filter.linking(false)
	f = about(f, links.Condition(graph.KindOfficial, official.Atoms))
	if len(a.Roles) > 0 {
		f = about(f, graph.LinkCondition{Kind: graph.KindOfficial, Atoms: official.Atoms, OfficialRoles: a.Roles})
	}
	info, found, err := readEvents(ctx, r, f, a.Order, "", a.Page)
	if err != nil {
		return nil, err
	}
	c := &AppearanceConnection{
		Edges:    make([]AppearanceEdge, len(found)),
		PageInfo: info,
		total:    func(ctx context.Context) (int, error) { return r.Count(ctx, f) },
	}
	for i, e := range found {
		c.Edges[i] = AppearanceEdge{appearance(e, official)}
	}
	c.setCursors()
	return c, nil
}

// appearance returns what the event says of the official.
func appearance(e *graph.Event, official *graph.EntityData) *graph.EventOfficial {
	var line *graph.EventOfficial
	for i := range e.Officials {
		link := &e.Officials[i]
		if !slices.Contains(official.Atoms, link.Atom) {
			continue
		}
		if line == nil {
			one := *link
			one.Event = e
			line = &one
			continue
		}
		line.Roles = graph.SortRoles(slices.Concat(line.Roles, link.Roles))
		if link.Title != "" && line.Title != "" {
			line.Title += "、" + link.Title
		} else {
			line.Title += link.Title
		}
		line.Posts = slices.Concat(line.Posts, link.Posts)
		if line.DepartmentAtom == "" {
			line.DepartmentAtom = link.DepartmentAtom
		}
		line.Evidence = slices.Concat(line.Evidence, link.Evidence)
	}
	return line
}
