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

	names names
	plans plans

	mu     sync.Mutex
	linked map[graph.ID]graph.LinkCondition // guarded by mu; of the entities whose spans are expected
}

func newLookup(r graph.Reader) *lookup {
	l := &lookup{reader: r, linked: map[graph.ID]graph.LinkCondition{}}
	entities := newSource(func(ctx context.Context, ids []graph.ID) ([]*graph.EntityData, error) {
		found, err := r.Entities(ctx, ids)
		l.expectEntities(found...)
		return found, err
	})
	l.officials = newPool(entities, ofEvents(&l.names, func(e *graph.Event, want func(graph.ID)) {
		for i := range e.Officials {
			want(e.Officials[i].Atom)
		}
	}))
	l.posts = newPool(entities, ofEvents(&l.names, func(e *graph.Event, want func(graph.ID)) {
		for i := range e.Officials {
			o := &e.Officials[i]
			want(o.DepartmentAtom)
			for j := range o.Posts {
				want(o.Posts[j].DepartmentAtom)
			}
		}
	}))
	l.departments = newPool(entities, ofEvents(&l.names, func(e *graph.Event, want func(graph.ID)) {
		for i := range e.Departments {
			want(e.Departments[i].Atom)
		}
	}))
	l.locations = newPool(entities, ofEvents(&l.names, func(e *graph.Event, want func(graph.ID)) {
		for i := range e.Locations {
			want(e.Locations[i].Atom)
		}
	}))
	l.relatives = newPool(entities, ofEntities(&l.names, func(e *graph.EntityData, want func(graph.ID)) {
		want(e.RegionAtom)
		want(e.ParentAtom)
	}))
	l.spans = newPool(newSource(l.readSpans), ofEntities(&l.names, func(e *graph.EntityData, want func(graph.ID)) {
		l.link(e)
		want(e.ID)
	}))
	own := func(e *graph.Event, want func(graph.ID)) { want(e.ID) }
	l.bodies = newPool(newSource(r.Bodies), ofEvents(&l.names, own))
	l.events = newPool(newSource(func(ctx context.Context, ids []graph.ID) ([]*graph.Event, error) {
		found, err := r.EventsByID(ctx, ids)
		l.expectEvents(found...)
		return found, err
	}), nil)
	l.reports = newPool(newSource(func(ctx context.Context, ids []graph.ID) ([][]graph.ID, error) {
		found, err := r.Reports(ctx, ids)
		for i, all := range found {
			for _, id := range all {
				if id != ids[i] {
					l.events.expect(id)
				}
			}
		}
		return found, err
	}), ofEvents(&l.names, own))
	l.issues = newPool(newSource(func(ctx context.Context, ids []graph.ID) ([]*graph.Issue, error) {
		found, err := r.Issues(ctx, ids)
		for _, is := range found {
			if is != nil {
				l.publication.expect(is.PublicationID)
			}
		}
		return found, err
	}), ofEvents(&l.names, func(e *graph.Event, want func(graph.ID)) { want(e.IssueID) }))
	l.publication = newPool(newSource(func(ctx context.Context, ids []graph.ID) ([]*graph.Publication, error) {
		found, err := r.Publications(ctx, ids)
		l.expectPublications(found)
		return found, err
	}), nil)
	return l
}

// The pools, for the tables that lists are written by.

func (l *lookup) officialPool() *pool[*graph.EntityData]   { return l.officials }
func (l *lookup) departmentPool() *pool[*graph.EntityData] { return l.departments }
func (l *lookup) locationPool() *pool[*graph.EntityData]   { return l.locations }
func (l *lookup) postPool() *pool[*graph.EntityData]       { return l.posts }
func (l *lookup) relativePool() *pool[*graph.EntityData]   { return l.relatives }

type lookupKey struct{}

func withLookup(ctx context.Context, l *lookup) context.Context {
	return context.WithValue(ctx, lookupKey{}, l)
}

// lookupFrom returns the request's lookup, which every executed operation has.
func lookupFrom(ctx context.Context) *lookup { return ctx.Value(lookupKey{}).(*lookup) }

// expectEvents notes the events of a page: all that they name may be asked for. What they name is looked at when the
// first of it is. Nil is no event.
func (l *lookup) expectEvents(events ...*graph.Event) {
	l.names.mu.Lock()
	defer l.names.mu.Unlock()
	l.names.events = append(l.names.events, events...)
}

// expectEntities notes entities: all that they lead to may be asked for. Nil is no entity.
func (l *lookup) expectEntities(entities ...*graph.EntityData) {
	l.names.mu.Lock()
	defer l.names.mu.Unlock()
	l.names.entities = append(l.names.entities, entities...)
}

// span returns the first and the last day that any event of the entity covers.
func (l *lookup) span(ctx context.Context, e *graph.EntityData) (graph.Span, error) {
	l.expectSpan(e)
	return l.spans.get(ctx, e.ID)
}

func (l *lookup) expectSpan(e *graph.EntityData) {
	l.link(e)
	l.spans.expect(e.ID)
}

// link notes which events are an entity's.
func (l *lookup) link(e *graph.EntityData) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.linked[e.ID] = e.Linked()
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

// names holds what a request's pages hold, in the order in which they came.
type names struct {
	mu       sync.Mutex
	events   []*graph.Event      // guarded by mu; only ever appended to
	entities []*graph.EntityData // guarded by mu; only ever appended to
}

// ofEvents returns the ids that a pool is to expect because of the events, each event once. It is called with the source's
// mu held.
func ofEvents(n *names, named func(*graph.Event, func(graph.ID))) func(want func(graph.ID)) {
	seen := 0
	return func(want func(graph.ID)) {
		n.mu.Lock()
		fresh := n.events[seen:]
		n.mu.Unlock()
		seen += len(fresh)
		for _, e := range fresh {
			if e != nil {
				named(e, want)
			}
		}
	}
}

// ofEntities is ofEvents for what entities lead to.
func ofEntities(n *names, named func(*graph.EntityData, func(graph.ID))) func(want func(graph.ID)) {
	seen := 0
	return func(want func(graph.ID)) {
		n.mu.Lock()
		fresh := n.entities[seen:]
		n.mu.Unlock()
		seen += len(fresh)
		for _, e := range fresh {
			if e != nil {
				named(e, want)
			}
		}
	}
}

// source holds what was read of one sort of record, by the ids that were asked for.
type source[V any] struct {
	read func(ctx context.Context, ids []graph.ID) ([]V, error)

	reading sync.Mutex // one read at a time; taken before mu, which no read holds

	mu   sync.Mutex
	have map[graph.ID]V // guarded by mu
}

func newSource[V any](read func(context.Context, []graph.ID) ([]V, error)) *source[V] {
	return &source[V]{read: read}
}

// pool is a part of the records of a source that is read together: whoever selects officials does not read departments.
type pool[V any] struct {
	*source[V]
	named func(want func(graph.ID)) // nil for none; gives each id of the request's pages once

	want   map[graph.ID]bool // guarded by mu; not yet read by this pool
	failed error             // guarded by reading; of the first read that failed, after which none is tried
}

func newPool[V any](s *source[V], named func(want func(graph.ID))) *pool[V] {
	return &pool[V]{source: s, named: named}
}

// expect notes that an id may be asked for; the zero ID is no record.
func (p *pool[V]) expect(id graph.ID) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.add(id)
}

// add is expect for who holds mu.
func (p *pool[V]) add(id graph.ID) {
	if id == "" {
		return
	}
	if _, known := p.have[id]; known {
		return
	}
	if p.want == nil {
		p.want = map[graph.ID]bool{}
	}
	p.want[id] = true
}

// peek returns the record of an id where it was read; the zero ID is none, and known.
func (p *pool[V]) peek(id graph.ID) (v V, known bool) {
	if id == "" {
		return v, true
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	v, known = p.have[id]
	return v, known
}

// get returns the record of an id, zero where there is none. The first call reads all that is expected.
func (p *pool[V]) get(ctx context.Context, id graph.ID) (V, error) {
	if v, known := p.peek(id); known {
		return v, nil
	}
	p.reading.Lock()
	defer p.reading.Unlock()
	if v, known := p.peek(id); known {
		return v, nil
	}
	if p.failed == nil {
		p.expect(id)
		p.failed = p.fill(ctx, p)
	}
	v, _ := p.peek(id)
	return v, p.failed
}

// fill reads all that pools of the source expect, in one call. It is called with reading held.
func (s *source[V]) fill(ctx context.Context, pools ...*pool[V]) error {
	ids := s.missing(pools)
	if len(ids) == 0 {
		return nil
	}
	found, err := s.read(ctx, ids)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.have == nil {
		s.have = make(map[graph.ID]V, len(ids))
	}
	for i, id := range ids {
		s.have[id] = found[i]
		for _, p := range pools {
			delete(p.want, id) // what was expected meanwhile stays
		}
	}
	return nil
}

// readWith reads what the pool expects and, in the same call, what those others expect that are of its source.
func (p *pool[V]) readWith(ctx context.Context, others []reader) error {
	p.reading.Lock()
	defer p.reading.Unlock()
	var pools []*pool[V]
	for _, other := range others {
		if q, ok := other.(*pool[V]); ok && q.source == p.source {
			if q.failed != nil {
				return q.failed
			}
			pools = append(pools, q)
		}
	}
	return p.fill(ctx, pools...)
}

// reader is a pool of any sort of record.
type reader interface {
	readWith(ctx context.Context, others []reader) error
}

// missing returns what the pools expect and no read has brought yet, sorted, each id once.
func (s *source[V]) missing(pools []*pool[V]) (ids []graph.ID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, p := range pools {
		if p.named != nil {
			p.named(p.add)
		}
		for id := range p.want {
			if _, known := s.have[id]; known {
				delete(p.want, id) // another pool has read it
				continue
			}
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}
