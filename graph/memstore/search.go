package memstore

import (
	"context"
	"slices"
	"strings"

	"fangzhi/fold"
	"fangzhi/graph"
)

// Search implements graph.Reader.
func (r *snapshot) Search(ctx context.Context, f graph.Filter, text string, p graph.HitPage) (graph.Hits, error) {
	if err := r.ready(ctx); err != nil {
		return graph.Hits{}, err
	}
	var all []graph.Hit
	for _, e := range r.timeline(f, graph.Ascending) {
		if h := r.hit(e, text); h.Hits > 0 {
			all = append(all, h)
		}
	}
	slices.SortFunc(all, func(a, b graph.Hit) int {
		if a.Key().Before(b.Key()) {
			return -1
		}
		return 1 // no two events have one key
	})
	from, to := cut(all, func(h graph.Hit) graph.HitKey { return h.Key() }, graph.HitKey.Before, p.After, p.Before, p.First, p.Last)
	page := graph.Hits{Hits: all[from:to], HasPrevious: from > 0, HasNext: to < len(all)}
	if p.Detail != graph.Whole {
		for i := range page.Hits {
			page.Hits[i].Event = page.Hits[i].Event.Head()
		}
	}
	return page, nil
}

// hit counts how often the event contains the text; not at all is no hit. The title of an entry without one is its own first
// clause, which the body has counted.
func (r *snapshot) hit(e *graph.Event, text string) graph.Hit {
	hits := strings.Count(fold.String(r.state.bodies[e.ID]), text)
	title := 0
	if e.PrintedTitle != "" || hits == 0 {
		title = strings.Count(fold.String(e.Title), text)
	}
	return graph.Hit{Event: e, Title: title > 0, Hits: min(hits+title, graph.MostHits)}
}
