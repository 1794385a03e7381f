package query

import (
	"context"
	"fmt"
	"math"

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
	counted := containing(f, query)
	f.OnePerEvent = counted.OnePerEvent
	f.Texts = besides(f.Texts, query) // which a hit has anyway
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
	p.Detail = a.Detail
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
