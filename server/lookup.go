package server

import (
	"context"
	"slices"
	"sync"

	"fangzhi/graph"
)

// lookup reads for one request. Records that a page names are expected first, without a read, and come all at once
// when the first of them is asked for: a page of fifty events with their officials is one read of entities, and one
// whose officials nobody selected is none.
type lookup struct {
	reader graph.Reader

	officials   *pool[*graph.EntityData]
	departments *pool[*graph.EntityData]
	locations   *pool[*graph.EntityData]
	posts       *pool[*graph.EntityData] // organs of posts
	relatives   *pool[*graph.EntityData] // regions, parents, successors of entities
	spans       *pool[graph.Span]
	bodies      *pool[string]
	events      *pool[*graph.Event]
	reports     *pool[[]graph.ID] // of one event, by the id of any of its reports
	issues      *pool[*graph.Issue]
	publication *pool[*graph.Publication]

	mu     sync.Mutex
	linked map[graph.ID]graph.LinkCondition // guarded by mu; of the entities whose spans are expected
}

func newLookup(r graph.Reader) *lookup {
	l := &lookup{reader: r, linked: map[graph.ID]graph.LinkCondition{}}
	entities := func() *pool[*graph.EntityData] {
		return newPool(func(ctx context.Context, ids []graph.ID) ([]*graph.EntityData, error) {
			found, err := r.Entities(ctx, ids)
			for _, e := range found {
				if e != nil {
					l.expectEntity(e)
				}
			}
			return found, err
		})
	}
	l.officials, l.departments, l.locations, l.posts, l.relatives = entities(), entities(), entities(), entities(), entities()
	l.spans = newPool(l.readSpans)
	l.bodies = newPool(r.Bodies)
	l.events = newPool(func(ctx context.Context, ids []graph.ID) ([]*graph.Event, error) {
		found, err := r.EventsByID(ctx, ids)
		for _, e := range found {
			if e != nil {
				l.expectEvents(e)
			}
		}
		return found, err
	})
	l.reports = newPool(func(ctx context.Context, ids []graph.ID) ([][]graph.ID, error) {
		found, err := r.Reports(ctx, ids)
		for i, all := range found {
			for _, id := range all {
				if id != ids[i] {
					l.events.expect(id)
				}
			}
		}
		return found, err
	})
	l.issues = newPool(func(ctx context.Context, ids []graph.ID) ([]*graph.Issue, error) {
		found, err := r.Issues(ctx, ids)
		for _, is := range found {
			if is != nil {
				l.publication.expect(is.PublicationID)
			}
		}
		return found, err
	})
	l.publication = newPool(func(ctx context.Context, ids []graph.ID) ([]*graph.Publication, error) {
		found, err := r.Publications(ctx, ids)
		l.expectPublications(found)
		return found, err
	})
	return l
}

type lookupKey struct{}

func withLookup(ctx context.Context, l *lookup) context.Context {
	return context.WithValue(ctx, lookupKey{}, l)
}

// lookupFrom returns the request's lookup, which every executed operation has.
func lookupFrom(ctx context.Context) *lookup { return ctx.Value(lookupKey{}).(*lookup) }

// expectEvents notes all that the events name.
func (l *lookup) expectEvents(events ...*graph.Event) {
	for _, e := range events {
		l.bodies.expect(e.ID)
		l.reports.expect(e.ID)
		l.issues.expect(e.IssueID)
		for i := range e.Officials {
			l.expectOfficial(&e.Officials[i])
		}
		for i := range e.Departments {
			l.departments.expect(e.Departments[i].Atom)
		}
		for i := range e.Locations {
			l.locations.expect(e.Locations[i].Atom)
		}
	}
}

func (l *lookup) expectOfficial(o *graph.EventOfficial) {
	l.officials.expect(o.Atom)
	l.posts.expect(o.DepartmentAtom)
	for _, p := range o.Posts {
		l.posts.expect(p.DepartmentAtom)
	}
}

// expectEntity notes all that an entity leads to.
func (l *lookup) expectEntity(e *graph.EntityData) {
	l.expectSpan(e)
	l.relatives.expect(e.RegionAtom)
	l.relatives.expect(e.ParentAtom)
}

// span returns the first and the last day that any event of the entity covers.
func (l *lookup) span(ctx context.Context, e *graph.EntityData) (graph.Span, error) {
	l.expectSpan(e)
	return l.spans.get(ctx, e.ID)
}

func (l *lookup) expectSpan(e *graph.EntityData) {
	l.mu.Lock()
	l.linked[e.ID] = e.Linked()
	l.mu.Unlock()
	l.spans.expect(e.ID)
}

// readSpans asks for one entity after the other: no two have their events in common.
func (l *lookup) readSpans(ctx context.Context, ids []graph.ID) ([]graph.Span, error) {
	spans := make([]graph.Span, len(ids))
	for i, id := range ids {
		l.mu.Lock()
		linked := l.linked[id]
		l.mu.Unlock()
		var err error
		if spans[i], err = l.reader.Extent(ctx, graph.Filter{Links: []graph.LinkCondition{linked}}); err != nil {
			return nil, err
		}
	}
	return spans, nil
}

// expectPublications notes whose chronicles they are.
func (l *lookup) expectPublications(publications []*graph.Publication) {
	for _, p := range publications {
		if p != nil {
			l.relatives.expect(p.RegionAtom)
		}
	}
}

// pool holds records of one sort by id.
type pool[V any] struct {
	read func(ctx context.Context, ids []graph.ID) ([]V, error)

	reading sync.Mutex // one read at a time; taken before mu, which no read holds

	mu     sync.Mutex
	want   map[graph.ID]bool // guarded by mu; not yet read
	have   map[graph.ID]V    // guarded by mu
	failed error             // guarded by reading; of the first read that failed, after which none is tried
}

func newPool[V any](read func(context.Context, []graph.ID) ([]V, error)) *pool[V] {
	return &pool[V]{read: read, want: map[graph.ID]bool{}, have: map[graph.ID]V{}}
}

// expect notes that an id may be asked for; the zero ID is no record.
func (p *pool[V]) expect(id graph.ID) {
	if id == "" {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if _, known := p.have[id]; !known {
		p.want[id] = true
	}
}

// get returns the record of an id, zero where there is none. The first call reads all that is expected.
func (p *pool[V]) get(ctx context.Context, id graph.ID) (V, error) {
	var none V
	if id == "" {
		return none, nil
	}
	p.reading.Lock()
	defer p.reading.Unlock()
	p.expect(id)
	ids, v, known := p.missing(id)
	if known {
		return v, nil
	}
	if p.failed != nil {
		return none, p.failed
	}
	found, err := p.read(ctx, ids)
	if err != nil {
		p.failed = err
		return none, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	for i, id := range ids {
		p.have[id] = found[i]
		delete(p.want, id)
	}
	return p.have[id], nil
}

// missing returns the record of an id where it is there, else the ids to read.
func (p *pool[V]) missing(id graph.ID) (ids []graph.ID, v V, known bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if v, known = p.have[id]; known {
		return nil, v, true
	}
	for id := range p.want {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids, v, false
}
