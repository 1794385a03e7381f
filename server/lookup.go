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
	texts writtenTexts

	own struct { // what the fields above point to: one allocation holds all of them
		entities                                            source[*graph.EntityData]
		officials, departments, locations, posts, relatives pool[*graph.EntityData]
		spanSource                                          source[graph.Span]
		spans                                               pool[graph.Span]
		bodySource                                          source[string]
		bodies                                              pool[string]
		eventSource                                         source[*graph.Event]
		events                                              pool[*graph.Event]
		reportSource                                        source[[]graph.ID]
		reports                                             pool[[]graph.ID]
		issueSource                                         source[*graph.Issue]
		issues                                              pool[*graph.Issue]
		publicationSource                                   source[*graph.Publication]
		publication                                         pool[*graph.Publication]
	}

	mu     sync.Mutex
	linked map[graph.ID]graph.LinkCondition // guarded by mu; of the entities whose spans are expected
}

func newLookup(r graph.Reader) *lookup {
	l := &lookup{reader: r}
	o := &l.own
	o.entities.read = readEntities
	l.officials = o.officials.of(l, &o.entities, officialsNamed, nil)
	l.departments = o.departments.of(l, &o.entities, departmentsNamed, nil)
	l.locations = o.locations.of(l, &o.entities, locationsNamed, nil)
	l.posts = o.posts.of(l, &o.entities, postsNamed, nil)
	l.relatives = o.relatives.of(l, &o.entities, nil, relativesNamed)
	o.spanSource.read = func(ctx context.Context, l *lookup, ids []graph.ID) ([]graph.Span, error) {
		return l.readSpans(ctx, ids)
	}
	l.spans = o.spans.of(l, &o.spanSource, nil, entityNamed)
	o.bodySource.read = func(ctx context.Context, l *lookup, ids []graph.ID) ([]string, error) {
		return l.reader.Bodies(ctx, ids)
	}
	l.bodies = o.bodies.of(l, &o.bodySource, eventNamed, nil)
	o.eventSource.read = readEvents
	l.events = o.events.of(l, &o.eventSource, nil, nil)
	o.reportSource.read = readReports
	l.reports = o.reports.of(l, &o.reportSource, eventNamed, nil)
	o.issueSource.read = readIssues
	l.issues = o.issues.of(l, &o.issueSource, issueNamed, nil)
	o.publicationSource.read = readPublications
	l.publication = o.publication.of(l, &o.publicationSource, nil, nil)
	return l
}

// How records are read. What they lead to may be asked for next.

func readEntities(ctx context.Context, l *lookup, ids []graph.ID) ([]*graph.EntityData, error) {
	found, err := l.reader.Entities(ctx, ids)
	l.expectEntities(found...)
	return found, err
}

func readEvents(ctx context.Context, l *lookup, ids []graph.ID) ([]*graph.Event, error) {
	found, err := l.reader.EventsByID(ctx, ids)
	l.expectEvents(found...)
	return found, err
}

func readReports(ctx context.Context, l *lookup, ids []graph.ID) ([][]graph.ID, error) {
	found, err := l.reader.Reports(ctx, ids)
	for i, all := range found {
		for _, id := range all {
			if id != ids[i] {
				l.events.expect(id)
			}
		}
	}
	return found, err
}

func readIssues(ctx context.Context, l *lookup, ids []graph.ID) ([]*graph.Issue, error) {
	found, err := l.reader.Issues(ctx, ids)
	for _, is := range found {
		if is != nil {
			l.publication.expect(is.PublicationID)
		}
	}
	return found, err
}

func readPublications(ctx context.Context, l *lookup, ids []graph.ID) ([]*graph.Publication, error) {
	found, err := l.reader.Publications(ctx, ids)
	l.expectPublications(found)
	return found, err
}

// What events and entities name.

func officialsNamed(e *graph.Event, want func(graph.ID)) {
	for i := range e.Officials {
		want(e.Officials[i].Atom)
	}
}

func postsNamed(e *graph.Event, want func(graph.ID)) {
	for i := range e.Officials {
		o := &e.Officials[i]
		want(o.DepartmentAtom)
		for j := range o.Posts {
			want(o.Posts[j].DepartmentAtom)
		}
	}
}

func departmentsNamed(e *graph.Event, want func(graph.ID)) {
	for i := range e.Departments {
		want(e.Departments[i].Atom)
	}
}

func locationsNamed(e *graph.Event, want func(graph.ID)) {
	for i := range e.Locations {
		want(e.Locations[i].Atom)
	}
}

func eventNamed(e *graph.Event, want func(graph.ID)) { want(e.ID) }
func issueNamed(e *graph.Event, want func(graph.ID)) { want(e.IssueID) }

func relativesNamed(_ *lookup, e *graph.EntityData, want func(graph.ID)) {
	want(e.RegionAtom)
	want(e.ParentAtom)
}

func entityNamed(l *lookup, e *graph.EntityData, want func(graph.ID)) {
	l.link(e)
	want(e.ID)
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
	if l.linked == nil {
		l.linked = map[graph.ID]graph.LinkCondition{}
	}
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

// source holds what was read of one sort of record, by the ids that were asked for.
type source[V any] struct {
	read func(ctx context.Context, l *lookup, ids []graph.ID) ([]V, error)

	reading sync.Mutex // one read at a time; taken before mu, which no read holds

	mu   sync.Mutex
	have map[graph.ID]V // guarded by mu
}

// pool is a part of the records of a source that is read together: whoever selects officials does not read departments.
type pool[V any] struct {
	*source[V]
	lookup *lookup

	// ofEvent and ofEntity give the ids that an event, an entity of the request's pages names; nil for none.
	ofEvent          func(*graph.Event, func(graph.ID))
	ofEntity         func(*lookup, *graph.EntityData, func(graph.ID))
	events, entities int // guarded by mu; so many of the pages' have given theirs

	want   map[graph.ID]bool // guarded by mu; not yet read by this pool
	failed error             // guarded by reading; of the first read that failed, after which none is tried
}

// of makes the pool ready.
func (p *pool[V]) of(l *lookup, s *source[V], ofEvent func(*graph.Event, func(graph.ID)), ofEntity func(*lookup, *graph.EntityData, func(graph.ID))) *pool[V] {
	p.lookup, p.source, p.ofEvent, p.ofEntity = l, s, ofEvent, ofEntity
	return p
}

// name adds the ids that the request's pages name, each event and entity once. It is called with mu held.
func (p *pool[V]) name() {
	n := &p.lookup.names
	n.mu.Lock()
	events, entities := n.events[p.events:], n.entities[p.entities:]
	n.mu.Unlock()
	p.events += len(events)
	p.entities += len(entities)
	add := p.add // once, and not for each
	if p.ofEvent != nil {
		for _, e := range events {
			if e != nil {
				p.ofEvent(e, add)
			}
		}
	}
	if p.ofEntity != nil {
		for _, e := range entities {
			if e != nil {
				p.ofEntity(p.lookup, e, add)
			}
		}
	}
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
	found, err := s.read(ctx, pools[0].lookup, ids)
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
		p.name()
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
