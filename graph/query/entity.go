package query

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"fangzhi/fold"
	"fangzhi/graph"
)

// EntityOrder is the order of a list of entities.
type EntityOrder string

// The orders.
const (
	// OrderBest: best match first, without a query most events first. The default.
	OrderBest EntityOrder = "BEST"
	// OrderName: by pinyin.
	OrderName EntityOrder = "NAME"
)

// ErrAmbiguous is returned for a name that several entities have.
var ErrAmbiguous = errors.New("ambiguous name")

// An AmbiguousError lists the namesakes, in the order of names.
type AmbiguousError struct {
	Name       string
	Candidates []graph.Entity
}

// Error names the candidates by their labels.
func (e *AmbiguousError) Error() string {
	var labels []string
	for _, c := range e.Candidates {
		labels = append(labels, c.Data().Label)
	}
	return fmt.Sprintf("%v: %q is the name of %s; ask by id or within a region", ErrAmbiguous, e.Name, strings.Join(labels, ", "))
}

// Unwrap returns ErrAmbiguous.
func (e *AmbiguousError) Unwrap() error { return ErrAmbiguous }

// LookupArgs asks for one entity: by ID, or by Name within Region.
type LookupArgs struct {
	Kind graph.EntityKind
	// ID is the id of the entity or of any of its atoms.
	ID graph.ID
	// Name is a name or an alias.
	Name string
	// Region is the id of a location, "" for anywhere; it goes with Name. What lies below it is within it.
	Region graph.ID
}

// Lookup returns the entity, nil where there is none. An entity whose canonical name is asked for goes before those that
// have it as an alias; are there several, the error is an *AmbiguousError.
func Lookup(ctx context.Context, r graph.Reader, a LookupArgs) (graph.Entity, error) {
	if (a.ID == "") == (a.Name == "") {
		return nil, fmt.Errorf("%w: want either id or name", graph.ErrBadInput)
	}
	if a.ID != "" && a.Region != "" {
		return nil, fmt.Errorf("%w: region goes with name, not with id", graph.ErrBadInput)
	}
	ids, folded := []graph.ID{a.ID}, fold.String(a.Name)
	if a.ID == "" {
		if folded == "" {
			return nil, fmt.Errorf("%w: the name %q has no letter", graph.ErrBadInput, a.Name)
		}
		var err error
		if ids, err = r.Named(ctx, a.Kind, folded); err != nil {
			return nil, err
		}
	}
	found, err := entitiesOf(ctx, r, ids, a.Kind)
	if err != nil {
		return nil, err
	}
	if a.Region != "" {
		if found, err = within(ctx, r, a.Region, found); err != nil {
			return nil, err
		}
	}
	if a.ID == "" {
		found = slices.DeleteFunc(found, (*graph.EntityData).LeftOver)
	}
	if a.ID == "" && slices.ContainsFunc(found, func(d *graph.EntityData) bool { return fold.String(d.Name) == folded }) {
		found = slices.DeleteFunc(found, func(d *graph.EntityData) bool { return fold.String(d.Name) != folded })
	}
	if len(found) == 0 {
		return nil, nil
	}
	if len(found) == 1 {
		return found[0].Entity(), nil
	}
	slices.SortFunc(found, func(a, b *graph.EntityData) int {
		return cmp.Compare(sortKey("").named(a), sortKey("").named(b))
	})
	namesakes := &AmbiguousError{Name: a.Name}
	for _, d := range found {
		namesakes.Candidates = append(namesakes.Candidates, d.Entity())
	}
	return nil, namesakes
}

// entitiesOf reads the entities of the kind ("" for all) that the ids name.
func entitiesOf(ctx context.Context, r graph.Reader, ids []graph.ID, kind graph.EntityKind) ([]*graph.EntityData, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	found, err := r.Entities(ctx, ids)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(slices.Clone(found), func(d *graph.EntityData) bool { return d == nil || kind != "" && d.Kind != kind }), nil
}

// within returns those of the entities that lie within the region: places that are it or belong to it, officials and
// departments of such a place. None where the region names no location.
func within(ctx context.Context, r graph.Reader, region graph.ID, entities []*graph.EntityData) ([]*graph.EntityData, error) {
	top, err := entitiesOf(ctx, r, []graph.ID{region}, graph.KindLocation)
	if err != nil || len(top) == 0 {
		return nil, err
	}
	kin := &family{cast: newCast(), reader: r}
	var regions []graph.ID
	var places []*graph.EntityData
	for _, d := range entities {
		if d.Kind == graph.KindLocation {
			places = append(places, d)
		} else {
			regions = append(regions, d.RegionAtom)
		}
	}
	if err := kin.learn(ctx, r, regions); err != nil {
		return nil, err
	}
	if err := kin.climb(ctx, append(places, kin.entities(regions)...)); err != nil {
		return nil, err
	}
	is := func(d *graph.EntityData) bool { return d.ID == top[0].ID }
	var kept []*graph.EntityData
	for _, d := range entities {
		place := d
		if d.Kind != graph.KindLocation {
			place = kin.byAtom[d.RegionAtom]
		}
		if place != nil && (is(place) || slices.ContainsFunc(kin.ancestors(place), is)) {
			kept = append(kept, d)
		}
	}
	return kept, nil
}

// EntityArgs asks for a list of entities.
type EntityArgs struct {
	// Kind is "" for all.
	Kind graph.EntityKind
	// Query is a part of a name or an alias, its pinyin or its initials; "" for all entities.
	Query string
	// Region is the id of a location, "" for anywhere; see LookupArgs.
	Region graph.ID
	// Order is "" for OrderBest.
	Order EntityOrder
	Page  PageArgs
}

// Entities returns a page of the entities that the query matches, without one of all: organs and places that no event
// names included, but officials.
// OrderBest is by how the query matches (graph.NameMatcher), then most events first, then by name, then by id.
func Entities(ctx context.Context, r graph.Reader, a EntityArgs) (*EntityConnection, error) {
	q := graph.EntityQuery{Kind: a.Kind, Text: fold.String(a.Query), Region: a.Region, ByName: a.Order == OrderName}
	if a.Query != "" && q.Text == "" {
		return nil, fmt.Errorf("%w: the query %q has no letter", graph.ErrBadInput, a.Query)
	}
	return findEntities(ctx, r, listEntities, q, a.Page)
}

// findEntities returns a page of the entities that the question leaves, with cursors of a list.
func findEntities(ctx context.Context, r graph.Reader, list byte, q graph.EntityQuery, args PageArgs) (*EntityConnection, error) {
	w, err := args.check()
	if err != nil {
		return nil, err
	}
	var p graph.EntityPage
	for _, bound := range []struct {
		cursor *string
		key    *graph.EntityKey
	}{{args.After, &p.After}, {args.Before, &p.Before}} {
		if bound.cursor != nil {
			key, err := parseKey(list, *bound.cursor)
			if err != nil {
				return nil, err
			}
			*bound.key = graph.EntityKey(key)
		}
	}
	// An empty page asks for one entity, to tell whether the list goes on, and drops it.
	if p.First = max(w.items, 1); w.backward {
		p.First, p.Last = 0, p.First
	}
	found, err := r.FindEntities(ctx, q, p)
	if err != nil {
		return nil, err
	}
	info := PageInfo{HasNextPage: found.HasNext, HasPreviousPage: found.HasPrevious}
	if w.items == 0 && len(found.Hits) > 0 {
		info.HasNextPage = info.HasNextPage || !w.backward
		info.HasPreviousPage = info.HasPreviousPage || w.backward
		found.Hits = nil
	}
	c := &EntityConnection{Edges: make([]EntityEdge, len(found.Hits)), PageInfo: info, total: func(context.Context) (int, error) { return found.Total, nil }}
	for i, h := range found.Hits {
		c.Edges[i] = EntityEdge{Edge[graph.Entity]{sortKey(h.Key).cursor(list), h.Entity.Entity()}, h.Form}
	}
	c.setCursors()
	return c, nil
}

// Children returns a page of the entities that belong to the entity, by name.
func Children(ctx context.Context, r graph.Reader, entity *graph.EntityData, page PageArgs) (*EntityConnection, error) {
	ids, err := r.Children(ctx, entity.ID)
	if err != nil {
		return nil, err
	}
	found, err := entitiesOf(ctx, r, ids, "")
	if err != nil {
		return nil, err
	}
	return pageByName(listChildren, found, page)
}

// RootArgs asks for the entities of a kind that belong to nothing.
type RootArgs struct {
	Kind graph.EntityKind
	Page PageArgs
}

// Roots returns a page of the entities of the kind without a parent, by name: Children goes on from them to all others.
// Officials have no parent, and all of them are roots; so is one that is its own parent, or whose parent the graph does not hold.
func Roots(ctx context.Context, r graph.Reader, a RootArgs) (*EntityConnection, error) {
	return findEntities(ctx, r, listRoots, graph.EntityQuery{Kind: a.Kind, Roots: true, ByName: true}, a.Page)
}

func pageByName(list byte, entities []*graph.EntityData, page PageArgs) (*EntityConnection, error) {
	items := make([]item[*graph.EntityData], len(entities))
	for i, d := range entities {
		items[i] = item[*graph.EntityData]{sortKey("").named(d), d}
	}
	return pageOf(list, items, page, func(d *graph.EntityData, cursor string) EntityEdge {
		return EntityEdge{Edge: Edge[graph.Entity]{cursor, d.Entity()}}
	})
}
