package memstore

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"sync/atomic"

	"fangzhi/fold"
	"fangzhi/graph"
)

// snapshot is a graph.Snapshot of a state that nobody changes.
type snapshot struct {
	state  *state
	closed atomic.Bool
}

// Close implements graph.Snapshot. Closing twice is closing once.
func (r *snapshot) Close() { r.closed.Store(true) }

// Revision implements graph.Reader.
func (r *snapshot) Revision() string { return r.state.revision }

// ready says why nothing can be read, if so.
func (r *snapshot) ready(ctx context.Context) error {
	if r.closed.Load() {
		return graph.ErrClosed
	}
	return ctx.Err()
}

// timeline returns the events that the filter leaves, in order.
func (r *snapshot) timeline(f graph.Filter, order graph.TimelineOrder) []*graph.Event {
	var events []*graph.Event
	for _, e := range r.state.events {
		if r.meets(e, &f) && (f.OnePerEvent == nil || r.first(e, f.OnePerEvent)) {
			events = append(events, e)
		}
	}
	slices.SortFunc(events, func(a, b *graph.Event) int {
		switch k, l := a.SortKey(), b.SortKey(); {
		case order.Before(k, l):
			return -1
		case order.Before(l, k):
			return 1
		}
		return 0
	})
	return events
}

// meets tells whether an event meets all conditions of a filter but OnePerEvent.
func (r *snapshot) meets(e *graph.Event, f *graph.Filter) bool {
	for _, text := range f.Texts {
		if !contains(e.Title, text) && !contains(r.state.bodies[e.ID], text) {
			return false
		}
	}
	return f.Matches(e)
}

// first tells whether no earlier report of the event meets the filter.
func (r *snapshot) first(e *graph.Event, f *graph.Filter) bool {
	for _, id := range r.reports(e.ID) {
		if id == e.ID {
			break
		}
		if r.meets(r.state.events[id], f) {
			return false
		}
	}
	return true
}

func (r *snapshot) reports(id graph.ID) []graph.ID {
	for _, g := range r.state.reports {
		if ids := g.EventIDs(); slices.Contains(ids, id) {
			return ids
		}
	}
	return nil
}

// Reports implements graph.Reader.
func (r *snapshot) Reports(ctx context.Context, ids []graph.ID) ([][]graph.ID, error) {
	found := make([][]graph.ID, len(ids))
	for i, id := range ids {
		found[i] = r.reports(id)
	}
	return found, r.ready(ctx)
}

func contains(text, folded string) bool { return strings.Contains(fold.String(text), folded) }

// Events implements graph.Reader.
func (r *snapshot) Events(ctx context.Context, f graph.Filter, p graph.Page) (graph.EventPage, error) {
	if err := r.ready(ctx); err != nil {
		return graph.EventPage{}, err
	}
	all := r.timeline(f, p.Order)
	from, to := cut(all, (*graph.Event).SortKey, p.Order.Before, p.After, p.Before, p.First, p.Last)
	page := graph.EventPage{Events: all[from:to], HasPrevious: from > 0, HasNext: to < len(all)}
	for i, e := range page.Events {
		switch isEnd := i == 0 || i == len(page.Events)-1; {
		case p.Detail == graph.Heads, p.Detail == graph.Titles && isEnd:
			page.Events[i] = e.Head()
		case p.Detail == graph.Titles:
			page.Events[i] = e.Titled()
		}
	}
	return page, nil
}

// cut returns which part of a list, in the order that comesBefore says, lies between two keys ("" for none): the first ones,
// or with last > 0 the last.
func cut[T any, K ~string](all []T, key func(T) K, comesBefore func(a, b K) bool, after, before K, first, last int) (from, to int) {
	start, end := 0, 0 // so many come not after the one key, so many before the other
	for _, v := range all {
		if after != "" && !comesBefore(after, key(v)) {
			start++
		}
		if before == "" || comesBefore(key(v), before) {
			end++
		}
	}
	if last > 0 {
		return max(end-last, min(start, end)), end
	}
	return start, min(start+max(first, 0), max(start, end))
}

// Count implements graph.Reader.
func (r *snapshot) Count(ctx context.Context, f graph.Filter) (int, error) {
	if err := r.ready(ctx); err != nil {
		return 0, err
	}
	return len(r.timeline(f, graph.Ascending)), nil
}

// Each implements graph.Reader.
func (r *snapshot) Each(ctx context.Context, f graph.Filter, visit func(*graph.Event) error) error {
	if err := r.ready(ctx); err != nil {
		return err
	}
	return each(ctx, r.timeline(f, graph.Ascending), visit)
}

func each[T any](ctx context.Context, values []T, visit func(T) error) error {
	for _, v := range values {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := visit(v); errors.Is(err, graph.ErrStop) {
			return nil
		} else if err != nil {
			return err
		}
	}
	return nil
}

// lookup returns the values of the keys one by one, the zero value where there is none.
func lookup[K comparable, V any](keys []K, values map[K]V) []V {
	found := make([]V, len(keys))
	for i, key := range keys {
		found[i] = values[key]
	}
	return found
}

// EventsByID implements graph.Reader.
func (r *snapshot) EventsByID(ctx context.Context, ids []graph.ID) ([]*graph.Event, error) {
	return redirected(r.state, ids, r.state.events), r.ready(ctx)
}

// redirected is lookup for records that earlier ids lead to.
func redirected[V any](s *state, ids []graph.ID, values map[graph.ID]*V) []*V {
	found := lookup(ids, values)
	for i, id := range ids {
		for _, d := range s.documents {
			if to := d.Redirects[id]; to != "" && found[i] == nil {
				found[i] = values[to]
			}
		}
	}
	return found
}

// Bodies implements graph.Reader.
func (r *snapshot) Bodies(ctx context.Context, ids []graph.ID) ([]string, error) {
	return lookup(ids, r.state.bodies), r.ready(ctx)
}

// entity returns the entity of an id or of an atom's, nil for none.
func (s *state) entity(id graph.ID) *graph.EntityData {
	return s.entities[cmp.Or(s.atoms[id], id)]
}

// Entities implements graph.Reader.
func (r *snapshot) Entities(ctx context.Context, ids []graph.ID) ([]*graph.EntityData, error) {
	found := make([]*graph.EntityData, len(ids))
	for i, id := range ids {
		found[i] = r.state.entity(id)
	}
	return found, r.ready(ctx)
}

// entities returns those that keep approves of, in the order of their ids.
func (r *snapshot) entities(keep func(*graph.EntityData) bool) []*graph.EntityData {
	var kept []*graph.EntityData
	for _, e := range r.state.entities {
		if keep(e) {
			kept = append(kept, e)
		}
	}
	slices.SortFunc(kept, func(a, b *graph.EntityData) int { return cmp.Compare(a.ID, b.ID) })
	return kept
}

func ids(entities []*graph.EntityData) []graph.ID {
	var all []graph.ID
	for _, e := range entities {
		all = append(all, e.ID)
	}
	return all
}

// EachEntity implements graph.Reader.
func (r *snapshot) EachEntity(ctx context.Context, kind graph.EntityKind, visit func(*graph.EntityData) error) error {
	if err := r.ready(ctx); err != nil {
		return err
	}
	return each(ctx, r.entities(func(e *graph.EntityData) bool { return kind == "" || e.Kind == kind }), visit)
}

// Named implements graph.Reader.
func (r *snapshot) Named(ctx context.Context, kind graph.EntityKind, folded string) ([]graph.ID, error) {
	return ids(r.entities(func(e *graph.EntityData) bool {
		return (kind == "" || e.Kind == kind) && (fold.String(e.Name) == folded ||
			slices.ContainsFunc(e.Aliases, func(alias string) bool { return fold.String(alias) == folded }))
	})), r.ready(ctx)
}

// Children implements graph.Reader.
func (r *snapshot) Children(ctx context.Context, id graph.ID) ([]graph.ID, error) {
	parent := r.state.entity(id)
	return ids(r.entities(func(e *graph.EntityData) bool {
		return parent != nil && e.ParentAtom != "" && r.state.entity(e.ParentAtom) == parent
	})), r.ready(ctx)
}

// Publications implements graph.Reader.
func (r *snapshot) Publications(ctx context.Context, ids []graph.ID) ([]*graph.Publication, error) {
	if ids != nil {
		return lookup(ids, r.state.publications), r.ready(ctx)
	}
	var all []*graph.Publication
	for _, p := range r.state.publications {
		all = append(all, p)
	}
	slices.SortFunc(all, func(a, b *graph.Publication) int {
		return cmp.Or(cmp.Compare(a.Key, b.Key), cmp.Compare(a.ID, b.ID))
	})
	return all, r.ready(ctx)
}

// Issues implements graph.Reader.
func (r *snapshot) Issues(ctx context.Context, ids []graph.ID) ([]*graph.Issue, error) {
	return redirected(r.state, ids, r.state.issues), r.ready(ctx)
}

// IssueList implements graph.Reader.
func (r *snapshot) IssueList(ctx context.Context, publication graph.ID) ([]graph.ID, error) {
	var issues []*graph.Issue
	for _, issue := range r.state.issues {
		if publication == "" || issue.PublicationID == publication {
			issues = append(issues, issue)
		}
	}
	slices.SortFunc(issues, func(a, b *graph.Issue) int {
		return cmp.Or(cmp.Compare(a.Order, b.Order), cmp.Compare(a.ID, b.ID))
	})
	var all []graph.ID
	for _, issue := range issues {
		all = append(all, issue.ID)
	}
	return all, r.ready(ctx)
}

// LastIssue implements graph.Reader.
func (r *snapshot) LastIssue(ctx context.Context, publication graph.ID, without []graph.ID) (*graph.Issue, error) {
	var last *graph.Issue
	for id, issue := range r.state.issues {
		if issue.PublicationID != publication || slices.Contains(without, id) {
			continue
		}
		if last == nil || cmp.Or(cmp.Compare(issue.Order, last.Order), cmp.Compare(issue.ID, last.ID)) > 0 {
			last = issue
		}
	}
	return last, r.ready(ctx)
}

// Document implements graph.Reader.
func (r *snapshot) Document(ctx context.Context, issue graph.ID) (*graph.Document, error) {
	return r.state.documents[issue], r.ready(ctx)
}

// Blocks implements graph.Reader.
func (r *snapshot) Blocks(ctx context.Context, keys []string) ([]graph.Block, error) {
	blocks := make([]graph.Block, len(keys))
	for i, key := range keys {
		blocks[i] = r.state.blocks[key]
		blocks[i].Key = key
	}
	return blocks, r.ready(ctx)
}

// EachSame implements graph.Reader.
func (r *snapshot) EachSame(ctx context.Context, kind graph.EntityKind, from graph.SameKey, backward bool, visit func(*graph.SamePair) error) error {
	if err := r.ready(ctx); err != nil {
		return err
	}
	pairs := map[graph.SameKey]*graph.SamePair{} // two blocks may hold one pair
	for _, block := range r.state.blocks {
		for i := range block.Pairs {
			p := &block.Pairs[i]
			key := p.Key()
			if (kind == "" || p.Kind() == kind) && (from == "" || backward && key < from || !backward && key > from) {
				pairs[key] = p
			}
		}
	}
	var list []*graph.SamePair
	for _, key := range slices.Sorted(maps.Keys(pairs)) {
		list = append(list, pairs[key])
	}
	if backward {
		slices.Reverse(list)
	}
	return each(ctx, list, visit)
}
