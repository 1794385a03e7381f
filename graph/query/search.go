package query

import (
	"context"
	"fmt"
	"math"
	"slices"
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

// hit is an event that contains the query; hits counts how often, in the title and in the body, without overlaps.
type hit struct {
	event *graph.Event
	title bool
	hits  int
}

// Search returns a page of all events that contain the query and of no other: first those that have it in the title, then
// those with more hits, then the newer, then in the order of events. Where more contain it than one search ranks it is graph.ErrLimit.
func Search(ctx context.Context, r graph.Reader, a SearchArgs) (*SearchConnection, error) {
	if _, err := a.Page.check(); err != nil {
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
	also := f.Text // an engine looks for one string, so the other is looked for here
	f.Text = query
	onePerEvent := f.OnePerEvent != nil
	f.OnePerEvent = nil // it is for the hits to say, which the engine does not know
	var items []item[hit]
	var batch []*graph.Event
	flush := func() error {
		found, err := hitsOf(ctx, r, batch, query, also)
		for _, h := range found {
			items = append(items, item[hit]{h.key(), h})
		}
		batch = batch[:0]
		return err
	}
	err = r.Each(ctx, f, func(e *graph.Event) error {
		if len(items)+len(batch) == limits.search {
			return fmt.Errorf("%w: more than %d events contain %q; search for more of it, or with a filter", graph.ErrLimit, limits.search, a.Query)
		}
		if batch = append(batch, e); len(batch) < batchSize {
			return nil
		}
		return flush()
	})
	if err != nil {
		return nil, err
	}
	if err := flush(); err != nil {
		return nil, err
	}
	if onePerEvent {
		if items, err = firstReports(ctx, r, items); err != nil {
			return nil, err
		}
	}
	return pageOf(listSearch, items, a.Page, func(h hit, cursor string) SearchEdge {
		return SearchEdge{Edge[*graph.Event]{cursor, h.event}, h.score(), query}
	})
}

// firstReports leaves of several hits that report one event the first in the order of a timeline.
func firstReports(ctx context.Context, r graph.Reader, items []item[hit]) ([]item[hit], error) {
	if len(items) == 0 {
		return items, nil
	}
	ids := make([]graph.ID, len(items))
	found := map[graph.ID]bool{}
	for i, it := range items {
		ids[i] = it.value.event.ID
		found[ids[i]] = true
	}
	reports, err := r.Reports(ctx, ids)
	if err != nil {
		return nil, err
	}
	var kept []item[hit]
	for i, it := range items {
		first := slices.IndexFunc(reports[i], func(id graph.ID) bool { return found[id] })
		if first < 0 || reports[i][first] == ids[i] {
			kept = append(kept, it)
		}
	}
	return kept, nil
}

// hitsOf reads the bodies of events that contain the query and counts the hits. Events that do not contain also are left out.
func hitsOf(ctx context.Context, r graph.Reader, events []*graph.Event, query, also string) ([]hit, error) {
	if len(events) == 0 {
		return nil, ctx.Err()
	}
	ids := make([]graph.ID, len(events))
	for i, e := range events {
		ids[i] = e.ID
	}
	bodies, err := r.Bodies(ctx, ids)
	if err != nil {
		return nil, err
	}
	var hits []hit
	for i, e := range events {
		title, body := fold.String(e.Title), fold.String(bodies[i])
		if also != "" && !strings.Contains(title, also) && !strings.Contains(body, also) {
			continue
		}
		h := hit{event: e, hits: strings.Count(body, query)}
		// The title of an entry without one is its own first clause, which the body has counted.
		if e.PrintedTitle != "" || h.hits == 0 {
			n := strings.Count(title, query)
			h.title, h.hits = n > 0, h.hits+n
		}
		hits = append(hits, h)
	}
	return hits, ctx.Err()
}

func (h hit) key() sortKey {
	title := 1
	if h.title {
		title = 0
	}
	return sortKey("").up(title).down(h.hits).down(int(h.event.SortDay())) + sortKey(h.event.SortKey())
}

// score falls with the order: from 1/2 to 1 for hits in the title, below 1/2 for others. It tells hits apart, not days.
func (h hit) score() float64 {
	score := float64(h.hits) / float64(h.hits+1) / 2
	if h.title {
		score += 0.5
	}
	return math.Round(score*1e6) / 1e6
}
