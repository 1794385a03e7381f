package storetest

import (
	"context"
	"maps"
	"sync"

	"fangzhi/graph"
)

// Counting is a store that counts what is asked of its snapshots and of the readers of its updates: a page that reads
// what it names in one call can be told from one that reads each by itself. It may be used by several goroutines.
type Counting struct {
	graph.Store

	mu    sync.Mutex
	calls map[string]Calls // guarded by mu
}

// Calls is how often a method of graph.Reader was called, and for how many ids, refs, keys, spans, answers of a
// page or visits in all.
type Calls struct{ Calls, IDs int }

// NewCounting returns a store that counts what is read from s.
func NewCounting(s graph.Store) *Counting { return &Counting{Store: s, calls: map[string]Calls{}} }

// Reads returns what was read since the last Reset, by the name of the method; methods that were not called are not there.
func (c *Counting) Reads() map[string]Calls {
	c.mu.Lock()
	defer c.mu.Unlock()
	return maps.Clone(c.calls)
}

// Reset begins to count anew.
func (c *Counting) Reset() {
	c.mu.Lock()
	defer c.mu.Unlock()
	clear(c.calls)
}

// count notes calls of a method for some ids.
func (c *Counting) count(method string, calls, ids int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	n := c.calls[method]
	c.calls[method] = Calls{n.Calls + calls, n.IDs + ids}
}

// Snapshot implements graph.Store.
func (c *Counting) Snapshot(ctx context.Context) (graph.Snapshot, error) {
	s, err := c.Store.Snapshot(ctx)
	if err != nil {
		return nil, err
	}
	return countingSnapshot{countingReader{s, c}, s}, nil
}

// Update implements graph.Store.
func (c *Counting) Update(ctx context.Context, plan func(graph.Reader) (*graph.Batch, error)) error {
	return c.Store.Update(ctx, func(r graph.Reader) (*graph.Batch, error) { return plan(countingReader{r, c}) })
}

type countingSnapshot struct {
	countingReader
	snapshot graph.Snapshot
}

// Close implements graph.Snapshot.
func (s countingSnapshot) Close() { s.snapshot.Close() }

type countingReader struct {
	r graph.Reader
	c *Counting
}

func (r countingReader) Events(ctx context.Context, f graph.Filter, p graph.Page) (graph.EventPage, error) {
	page, err := r.r.Events(ctx, f, p)
	r.c.count("Events", 1, len(page.Events))
	return page, err
}

func (r countingReader) Count(ctx context.Context, f graph.Filter) (int, error) {
	r.c.count("Count", 1, 0)
	return r.r.Count(ctx, f)
}

func (r countingReader) Each(ctx context.Context, f graph.Filter, visit func(*graph.Event) error) error {
	r.c.count("Each", 1, 0)
	return r.r.Each(ctx, f, func(e *graph.Event) error {
		r.c.count("Each", 0, 1)
		return visit(e)
	})
}

func (r countingReader) EventsByID(ctx context.Context, ids []graph.ID) ([]*graph.Event, error) {
	r.c.count("EventsByID", 1, len(ids))
	return r.r.EventsByID(ctx, ids)
}

func (r countingReader) Reports(ctx context.Context, ids []graph.ID) ([][]graph.ID, error) {
	r.c.count("Reports", 1, len(ids))
	return r.r.Reports(ctx, ids)
}

func (r countingReader) Bodies(ctx context.Context, ids []graph.ID) ([]string, error) {
	r.c.count("Bodies", 1, len(ids))
	return r.r.Bodies(ctx, ids)
}

func (r countingReader) Entities(ctx context.Context, ids []graph.ID) ([]*graph.EntityData, error) {
	r.c.count("Entities", 1, len(ids))
	return r.r.Entities(ctx, ids)
}

func (r countingReader) EachEntity(ctx context.Context, kind graph.EntityKind, visit func(*graph.EntityData) error) error {
	r.c.count("EachEntity", 1, 0)
	return r.r.EachEntity(ctx, kind, func(e *graph.EntityData) error {
		r.c.count("EachEntity", 0, 1)
		return visit(e)
	})
}

func (r countingReader) FindEntities(ctx context.Context, q graph.EntityQuery, p graph.EntityPage) (graph.EntityHits, error) {
	found, err := r.r.FindEntities(ctx, q, p)
	r.c.count("FindEntities", 1, len(found.Hits))
	return found, err
}

func (r countingReader) Named(ctx context.Context, kind graph.EntityKind, folded string) ([]graph.ID, error) {
	r.c.count("Named", 1, 1)
	return r.r.Named(ctx, kind, folded)
}

func (r countingReader) Children(ctx context.Context, id graph.ID) ([]graph.ID, error) {
	r.c.count("Children", 1, 1)
	return r.r.Children(ctx, id)
}

func (r countingReader) Search(ctx context.Context, f graph.Filter, text string, p graph.HitPage) (graph.Hits, error) {
	hits, err := r.r.Search(ctx, f, text, p)
	r.c.count("Search", 1, len(hits.Hits))
	return hits, err
}

func (r countingReader) CountSpans(ctx context.Context, f graph.Filter, spans []graph.DayRange) ([]int, error) {
	r.c.count("CountSpans", 1, len(spans))
	return r.r.CountSpans(ctx, f, spans)
}

func (r countingReader) Extent(ctx context.Context, f graph.Filter) (graph.Span, error) {
	r.c.count("Extent", 1, 0)
	return r.r.Extent(ctx, f)
}

func (r countingReader) Values(ctx context.Context, f graph.Filter, field graph.Facet) ([]graph.ValueCount, error) {
	r.c.count("Values", 1, 0)
	return r.r.Values(ctx, f, field)
}

func (r countingReader) Tally(ctx context.Context, f graph.Filter, l graph.Linking) ([]graph.Tie, error) {
	r.c.count("Tally", 1, 0)
	return r.r.Tally(ctx, f, l)
}

func (r countingReader) Top(ctx context.Context, f graph.Filter, l graph.Linking, first int) ([]graph.Tie, error) {
	r.c.count("Top", 1, 0)
	return r.r.Top(ctx, f, l, first)
}

func (r countingReader) Ties(ctx context.Context, f graph.Filter, l graph.Linking, from []graph.Ref, visit func(i int, ties []graph.Tie) error) error {
	r.c.count("Ties", 1, len(from))
	return r.r.Ties(ctx, f, l, from, visit)
}

func (r countingReader) Between(ctx context.Context, f graph.Filter, l graph.Linking, a, b []graph.Ref, visit func(i, j int, t graph.Tie) error) error {
	r.c.count("Between", 1, min(len(a), len(b)))
	return r.r.Between(ctx, f, l, a, b, visit)
}

// Revision is not counted: it reads nothing.
func (r countingReader) Revision() string { return r.r.Revision() }

func (r countingReader) Degrees(ctx context.Context, l graph.Linking, refs []graph.Ref) ([]int, error) {
	r.c.count("Degrees", 1, len(refs))
	return r.r.Degrees(ctx, l, refs)
}

func (r countingReader) EventsAt(ctx context.Context, refs []graph.EventRef) ([]*graph.Event, error) {
	r.c.count("EventsAt", 1, len(refs))
	return r.r.EventsAt(ctx, refs)
}

func (r countingReader) Refs(ctx context.Context, ids []graph.ID) ([]graph.Ref, error) {
	r.c.count("Refs", 1, len(ids))
	return r.r.Refs(ctx, ids)
}

func (r countingReader) EntitiesAt(ctx context.Context, refs []graph.Ref) ([]*graph.EntityData, error) {
	r.c.count("EntitiesAt", 1, len(refs))
	return r.r.EntitiesAt(ctx, refs)
}

func (r countingReader) Publications(ctx context.Context, ids []graph.ID) ([]*graph.Publication, error) {
	r.c.count("Publications", 1, len(ids))
	return r.r.Publications(ctx, ids)
}

func (r countingReader) Issues(ctx context.Context, ids []graph.ID) ([]*graph.Issue, error) {
	r.c.count("Issues", 1, len(ids))
	return r.r.Issues(ctx, ids)
}

func (r countingReader) IssueList(ctx context.Context, publication graph.ID) ([]graph.ID, error) {
	r.c.count("IssueList", 1, 1)
	return r.r.IssueList(ctx, publication)
}

func (r countingReader) LastIssue(ctx context.Context, publication graph.ID, without []graph.ID) (*graph.Issue, error) {
	r.c.count("LastIssue", 1, 1)
	return r.r.LastIssue(ctx, publication, without)
}

func (r countingReader) Document(ctx context.Context, issue graph.ID) (*graph.Document, error) {
	r.c.count("Document", 1, 1)
	return r.r.Document(ctx, issue)
}

func (r countingReader) EachSame(ctx context.Context, kind graph.EntityKind, from graph.SameKey, backward bool, visit func(*graph.SamePair) error) error {
	r.c.count("EachSame", 1, 0)
	return r.r.EachSame(ctx, kind, from, backward, func(p *graph.SamePair) error {
		r.c.count("EachSame", 0, 1)
		return visit(p)
	})
}

func (r countingReader) Blocks(ctx context.Context, keys []string) ([]graph.Block, error) {
	r.c.count("Blocks", 1, len(keys))
	return r.r.Blocks(ctx, keys)
}
