package query

import (
	"context"
	"fmt"
	"math"
	"slices"
	"sort"
	"strings"

	"fangzhi/fold"
	"fangzhi/graph"
)

// SearchArgs asks for the events that contain a string.
type SearchArgs struct {
	// Query is found wherever title or body, folded, contain it folded.
	Query  string
	Filter *EventFilter
	Page   PageArgs
}

// Search returns a page of all events that contain the query and of no other: first those that have it in the title, then
// those with more hits, up to graph.MostHits, then the newer, undated ones last.
func Search(ctx context.Context, r graph.Reader, a SearchArgs) (*SearchConnection, error) {
	w, err := a.Page.check()
	if err != nil {
		return nil, err
	}
	p, err := a.Page.hits()
	if err != nil {
		return nil, err
	}
	query := fold.String(a.Query)
	if query == "" {
		return nil, fmt.Errorf("%w: nothing to search for in the query %q", graph.ErrBadInput, a.Query)
	}
	f, err := Resolve(ctx, r, a.Filter, false)
	if err != nil {
		return nil, err
	}
	if f.Text != "" && !strings.Contains(query, f.Text) && !strings.Contains(f.Text, query) {
		return searchForTwo(ctx, r, f, query, p, w)
	}
	if len(f.Text) < len(query) { // the one contains the other
		f.Text = query
	}
	if f.OnePerEvent != nil {
		asked := *f.OnePerEvent
		asked.Text = f.Text
		f.OnePerEvent = &asked
	}
	counted := f
	if f.Text == query {
		f.Text = "" // which a hit has anyway
	}
	// An empty page asks for one hit, to tell whether the list goes on, and drops it.
	p.First, p.Last = max(w.items, 1), 0
	if w.backward {
		p.First, p.Last = 0, p.First
	}
	found, err := r.Search(ctx, f, query, p)
	if err != nil {
		return nil, err
	}
	info := PageInfo{HasNextPage: found.HasNext, HasPreviousPage: found.HasPrevious}
	if w.items == 0 && len(found.Hits) > 0 {
		info.HasNextPage = info.HasNextPage || !w.backward
		info.HasPreviousPage = info.HasPreviousPage || w.backward
		found.Hits = nil
	}
	return newSearch(query, found.Hits, info, func(ctx context.Context) (int, error) { return r.Count(ctx, counted) }), nil
}

func newSearch(query string, hits []graph.Hit, info PageInfo, total func(context.Context) (int, error)) *SearchConnection {
	c := &SearchConnection{Edges: make([]SearchEdge, len(hits)), PageInfo: info, total: total}
	for i := range hits {
		h := &hits[i]
		c.Edges[i] = SearchEdge{Edge[*graph.Event]{h.Key().Cursor(), h.Event}, score(h), query}
	}
	c.setCursors()
	return c
}

// hits returns the bounds of a page of a search.
func (a PageArgs) hits() (p graph.HitPage, err error) {
	if a.After != nil {
		if p.After, err = graph.ParseHitCursor(*a.After); err != nil {
			return p, err
		}
	}
	if a.Before != nil {
		p.Before, err = graph.ParseHitCursor(*a.Before)
	}
	return p, err
}

// score falls with the order: from 1/2 to 1 for hits in the title, below 1/2 for others. It tells hits apart, not days.
func score(h *graph.Hit) float64 {
	score := float64(h.Hits) / float64(h.Hits+1) / 2
	if h.Title {
		score += 0.5
	}
	return math.Round(score*1e6) / 1e6
}

// hitsAtOnce is how many hits are asked for at once where all of them are needed.
const hitsAtOnce = 1000

// searchForTwo is Search where events must contain another text besides, for which an engine can neither count them nor tell
// which report of an event is the first. So all hits are read; over limits.search it is graph.ErrLimit.
func searchForTwo(ctx context.Context, r graph.Reader, f graph.Filter, query string, p graph.HitPage, w window) (*SearchConnection, error) {
	onePerEvent := f.OnePerEvent != nil
	f.OnePerEvent = nil // it is for the hits to say
	var all []graph.Hit
	for next := (graph.HitPage{First: hitsAtOnce}); ; {
		found, err := r.Search(ctx, f, query, next)
		if err != nil {
			return nil, err
		}
		if all = append(all, found.Hits...); len(all) > limits.search {
			return nil, fmt.Errorf("%w: more than %d events contain %q and %q; search for more of it, or with a filter", graph.ErrLimit, limits.search, query, f.Text)
		}
		if !found.HasNext || len(found.Hits) == 0 {
			break
		}
		next.After = all[len(all)-1].Key()
	}
	if onePerEvent {
		var err error
		if all, err = firstReports(ctx, r, all); err != nil {
			return nil, err
		}
	}
	from, to := 0, len(all)
	if p.After != "" {
		from = sort.Search(len(all), func(i int) bool { return p.After.Before(all[i].Key()) })
	}
	if p.Before != "" {
		to = sort.Search(len(all), func(i int) bool { return !all[i].Key().Before(p.Before) })
	}
	from, to = w.cut(from, to)
	return newSearch(query, all[from:to], PageInfo{HasNextPage: to < len(all), HasPreviousPage: from > 0}, func(context.Context) (int, error) { return len(all), nil }), nil
}

// firstReports leaves of several hits that report one event the first in the order of a timeline.
func firstReports(ctx context.Context, r graph.Reader, hits []graph.Hit) ([]graph.Hit, error) {
	ids := make([]graph.ID, len(hits))
	found := map[graph.ID]bool{}
	for i, h := range hits {
		ids[i] = h.Event.ID
		found[ids[i]] = true
	}
	reports, err := r.Reports(ctx, ids)
	if err != nil {
		return nil, err
	}
	var kept []graph.Hit
	for i, h := range hits {
		first := slices.IndexFunc(reports[i], func(id graph.ID) bool { return found[id] })
		if first < 0 || reports[i][first] == ids[i] {
			kept = append(kept, h)
		}
	}
	return kept, nil
}
