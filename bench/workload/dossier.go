package workload

import (
	"context"
	"fmt"

	"fangzhi/graph"
	"fangzhi/graph/query"
)

// askEvent reads what a page about one event shows.
func askEvent(ctx context.Context, r graph.Reader, q Question) ([]string, error) {
	e, err := query.EventByID(ctx, r, q.A)
	if err != nil {
		return nil, err
	}
	if e == nil {
		return nil, fmt.Errorf("event %s: %w", q.A, graph.ErrNotFound)
	}
	bodies, err := r.Bodies(ctx, []graph.ID{e.ID})
	if err != nil {
		return nil, err
	}
	issues, err := r.Issues(ctx, []graph.ID{e.IssueID})
	if err != nil {
		return nil, err
	}
	var ids []graph.ID
	for i := range e.Officials {
		ids = append(ids, e.Officials[i].Atom)
	}
	for i := range e.Departments {
		ids = append(ids, e.Departments[i].Atom)
	}
	for i := range e.Locations {
		ids = append(ids, e.Locations[i].Atom)
	}
	entities, err := r.Entities(ctx, ids)
	if err != nil {
		return nil, err
	}
	lines := []string{e.Title, bodies[0], e.Date.EDTF.String(), issues[0].Label}
	for i, d := range entities {
		lines = append(lines, d.Name)
		if i < len(e.Officials) && e.Officials[i].Title != "" {
			lines = append(lines, e.Officials[i].Title)
		}
	}
	return lines, nil
}

func entity(ctx context.Context, r graph.Reader, id graph.ID) (*graph.EntityData, error) {
	found, err := r.Entities(ctx, []graph.ID{id})
	if err != nil {
		return nil, err
	}
	if found[0] == nil {
		return nil, fmt.Errorf("entity %s: %w", id, graph.ErrNotFound)
	}
	return found[0], nil
}
