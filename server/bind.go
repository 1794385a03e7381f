package server

import (
	"context"
	"fmt"
	"slices"

	"fangzhi/edtf"
	"fangzhi/graph"
	"fangzhi/graph/query"
)

// What the resolvers share: from the arguments of a field to those of a question, and from an atom to its record.

func page(first *int, after *string, last *int, before *string) query.PageArgs {
	return query.PageArgs{First: first, After: after, Last: last, Before: before}
}

// given returns what p points to, zero for nil.
func given[T any](p *T) T {
	if p == nil {
		var zero T
		return zero
	}
	return *p
}

// pointers returns the elements as gqlgen binds lists of objects.
func pointers[T any](s []T) []*T {
	out := make([]*T, len(s))
	for i := range s {
		out[i] = &s[i]
	}
	return out
}

// day returns a day as gqlgen binds nullable scalars, nil for none.
func day(d edtf.Day) *edtf.Day {
	if d == 0 {
		return nil
	}
	return &d
}

// timeline is what a field asks that is a page of events.
func timeline(ctx context.Context, filter *query.EventFilter, order *graph.TimelineOrder, p query.PageArgs) query.TimelineArgs {
	p.Detail = detailOf(ctx)
	return query.TimelineArgs{Filter: filter, Order: given(order), Page: p}
}

// expectedEvents tells the request's lookup what a page of events names. Tables write what shows no more than heads, and ask for the issues
// of all at once themselves.
func expectedEvents(ctx context.Context, shown graph.Detail, c *query.EventConnection, err error) (*query.EventConnection, error) {
	if err != nil {
		return nil, err
	}
	if shown == graph.Whole {
		lookupFrom(ctx).expectEvents(c.Nodes()...)
	}
	return c, nil
}

// expectedEntities tells the request's lookup what entities lead to.
func expectedEntities(ctx context.Context, entities ...graph.Entity) {
	l := lookupFrom(ctx)
	for _, e := range entities {
		l.expectEntities(e.Data())
	}
}

func entityEvents(ctx context.Context, e *graph.EntityData, a query.TimelineArgs) (*query.EventConnection, error) {
	c, err := query.EntityEvents(ctx, lookupFrom(ctx).reader, e, a)
	return expectedEvents(ctx, a.Page.Detail, c, err)
}

func entityRelated(ctx context.Context, e *graph.EntityData, kind *graph.EntityKind, filter *query.EventFilter, p query.PageArgs) (*query.RelatedConnection, error) {
	c, err := query.RelatedTo(ctx, lookupFrom(ctx).reader, e, query.RelatedArgs{Kind: given(kind), Filter: filter, Page: p})
	if err != nil {
		return nil, err
	}
	expectedEntities(ctx, c.Nodes()...)
	return c, nil
}

func entityChildren(ctx context.Context, e *graph.EntityData, p query.PageArgs) (*query.EntityConnection, error) {
	c, err := query.Children(ctx, lookupFrom(ctx).reader, e, p)
	if err != nil {
		return nil, err
	}
	expectedEntities(ctx, c.Nodes()...)
	return c, nil
}

func roots(ctx context.Context, a query.RootArgs) (*query.EntityConnection, error) {
	c, err := query.Roots(ctx, lookupFrom(ctx).reader, a)
	if err != nil {
		return nil, err
	}
	expectedEntities(ctx, c.Nodes()...)
	return c, nil
}

func firstSeen(ctx context.Context, e *graph.EntityData) (*edtf.Day, error) {
	span, err := lookupFrom(ctx).span(ctx, e)
	return day(span.First), err
}

func lastSeen(ctx context.Context, e *graph.EntityData) (*edtf.Day, error) {
	span, err := lookupFrom(ctx).span(ctx, e)
	return day(span.Last), err
}

// entityAt reads the entity of an atom from a pool as the type that T says; nil for the zero ID and for an atom that
// the graph does not hold.
func entityAt[T graph.Entity](ctx context.Context, p *pool[*graph.EntityData], atom graph.ID) (T, error) {
	var none T
	d, err := p.get(ctx, atom)
	if err != nil || d == nil {
		return none, err
	}
	e, ok := d.Entity().(T)
	if !ok {
		return none, fmt.Errorf("atom %s is of a %s, want %T", atom, d.Kind, none)
	}
	return e, nil
}

// linkedAt is entityAt for a link, whose entity must be there.
func linkedAt[T graph.Entity](ctx context.Context, p *pool[*graph.EntityData], atom graph.ID) (T, error) {
	if d, err := p.get(ctx, atom); err == nil && d == nil {
		var none T
		return none, fmt.Errorf("linked atom %q is of no entity", atom)
	}
	return entityAt[T](ctx, p, atom)
}

// entitiesAt returns those of the atoms that the graph holds.
func entitiesAt[T graph.Entity](ctx context.Context, p *pool[*graph.EntityData], atoms []graph.ID) ([]T, error) {
	for _, atom := range atoms {
		p.expect(atom)
	}
	out := []T{}
	seen := map[graph.ID]bool{}
	for _, atom := range atoms {
		d, err := p.get(ctx, atom)
		if err != nil {
			return nil, err
		}
		if d == nil || seen[d.ID] {
			continue
		}
		if e, ok := d.Entity().(T); ok {
			seen[d.ID] = true
			out = append(out, e)
		}
	}
	return out, nil
}

// placePath returns the places from the province down to the location itself. It ends where a place is its own ancestor.
func placePath(ctx context.Context, l *graph.Location) ([]*graph.Location, error) {
	var path []*graph.Location
	known := func(place *graph.Location) bool {
		return slices.ContainsFunc(path, func(p *graph.Location) bool { return p.ID == place.ID })
	}
	for at := l; at != nil && !known(at); {
		path = append(path, at)
		up, err := entityAt[*graph.Location](ctx, lookupFrom(ctx).relatives, at.ParentAtom)
		if err != nil {
			return nil, err
		}
		at = up
	}
	slices.Reverse(path)
	return path, nil
}

// lookedUp answers official, department and location.
func lookedUp[T graph.Entity](ctx context.Context, kind graph.EntityKind, id *graph.ID, name *string, region *graph.ID) (T, error) {
	var none T
	e, err := query.Lookup(ctx, lookupFrom(ctx).reader, query.LookupArgs{Kind: kind, ID: given(id), Name: given(name), Region: given(region)})
	if err != nil || e == nil {
		return none, err
	}
	found, ok := e.(T)
	if !ok {
		return none, nil
	}
	expectedEntities(ctx, found)
	return found, nil
}

// linked returns the links of an event that are wanted.
func linked[L any](links []L, wanted func(*L) bool) []*L {
	out := []*L{}
	for i := range links {
		if l := &links[i]; wanted(l) {
			out = append(out, l)
		}
	}
	return out
}

// nodes reads what ids name, each sort in one call.
func nodes(ctx context.Context, ids []graph.ID) ([]graph.Node, error) {
	l := lookupFrom(ctx)
	for _, id := range ids {
		switch id.Prefix() {
		case graph.PrefixEvent:
			l.events.expect(id)
		case graph.PrefixIssue:
			l.issues.expect(id)
		case graph.PrefixPublication:
			l.publication.expect(id)
		default:
			l.relatives.expect(id)
		}
	}
	out := make([]graph.Node, len(ids))
	for i, id := range ids {
		n, err := node(ctx, id)
		if err != nil {
			return nil, err
		}
		out[i] = n
	}
	return out, nil
}

// node returns what an id names, nil for nothing.
func node(ctx context.Context, id graph.ID) (graph.Node, error) {
	l := lookupFrom(ctx)
	switch id.Prefix() {
	case graph.PrefixEvent:
		if e, err := l.events.get(ctx, id); err != nil || e != nil {
			return e, err
		}
	case graph.PrefixIssue:
		if is, err := l.issues.get(ctx, id); err != nil || is != nil {
			return is, err
		}
	case graph.PrefixPublication:
		if p, err := l.publication.get(ctx, id); err != nil || p != nil {
			return p, err
		}
	case graph.PrefixOfficial, graph.PrefixDepartment, graph.PrefixLocation:
		if d, err := l.relatives.get(ctx, id); err != nil || d != nil {
			if err != nil {
				return nil, err
			}
			return d.Entity(), nil
		}
	}
	return nil, nil
}

// The resolvers below have an argument named query, which hides the package.

func entities(ctx context.Context, kind *graph.EntityKind, text *string, region *graph.ID, order *query.EntityOrder, p query.PageArgs) (*query.EntityConnection, error) {
	c, err := query.Entities(ctx, lookupFrom(ctx).reader, query.EntityArgs{
		Kind: given(kind), Query: given(text), Region: given(region), Order: given(order), Page: p,
	})
	if err != nil {
		return nil, err
	}
	expectedEntities(ctx, c.Nodes()...)
	return c, nil
}

func search(ctx context.Context, text string, filter *query.EventFilter, p query.PageArgs) (*query.SearchConnection, error) {
	p.Detail = detailOf(ctx)
	c, err := query.Search(ctx, lookupFrom(ctx).reader, query.SearchArgs{Query: text, Filter: filter, Page: p})
	if err != nil {
		return nil, err
	}
	lookupFrom(ctx).expectEvents(c.Nodes()...)
	return c, nil
}

func tenures(ctx context.Context, a query.TenureArgs) (*query.TenureConnection, error) {
	c, err := query.Tenures(ctx, lookupFrom(ctx).reader, a)
	if err != nil {
		return nil, err
	}
	for _, t := range c.Nodes() {
		expectedTenure(ctx, t)
	}
	return c, nil
}

func officialTenures(ctx context.Context, o *graph.Official) ([]*graph.Tenure, error) {
	found, err := query.TenuresOf(ctx, lookupFrom(ctx).reader, &o.EntityData)
	for _, t := range found {
		expectedTenure(ctx, t)
	}
	return found, err
}

func expectedTenure(ctx context.Context, t *graph.Tenure) {
	lookupFrom(ctx).officials.expect(t.OfficialID)
	lookupFrom(ctx).posts.expect(t.DepartmentID)
}

// otherReports returns the events that other articles report in common with the event.
func otherReports(ctx context.Context, e *graph.Event) ([]*graph.Event, error) {
	l := lookupFrom(ctx)
	ids, err := l.reports.get(ctx, e.ID)
	if err != nil {
		return nil, err
	}
	others := []*graph.Event{}
	for _, id := range ids {
		if id == e.ID {
			continue
		}
		other, err := l.events.get(ctx, id)
		if err != nil {
			return nil, err
		}
		if other == nil {
			return nil, fmt.Errorf("event %s, another report of %s: %w", id, e.ID, graph.ErrNotFound)
		}
		others = append(others, other)
	}
	return others, nil
}

func possiblySame(ctx context.Context, a query.SameArgs) (*query.PossibleSameConnection, error) {
	c, err := query.PossiblySame(ctx, lookupFrom(ctx).reader, a)
	if err != nil {
		return nil, err
	}
	for _, p := range c.Nodes() {
		expectedEntities(ctx, p.A, p.B)
	}
	return c, nil
}

func attestations(ctx context.Context, t *graph.Tenure, p query.PageArgs) (*query.AttestationConnection, error) {
	c, err := query.Attestations(t, p)
	if err != nil {
		return nil, err
	}
	for _, a := range c.Nodes() {
		lookupFrom(ctx).expectEvents(a.Event)
	}
	return c, nil
}
