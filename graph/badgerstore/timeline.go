package badgerstore

import (
	"context"
	"slices"

	"fangzhi/graph"
)

// A stretch is what lies between two keys of a timeline.
type stretch struct {
	after, before       graph.SortKey // "" for the ends of the timeline
	afterToo, beforeToo bool          // the event at after, or at before, is in it
	order               graph.TimelineOrder
	backward            bool // it is walked from its end
}

// spans returns the stretch as spans of keys in the order in which it walks them, and whether it walks each towards
// lesser keys. dated and undated say which events are asked for at all.
func (s stretch) spans(dated, undated bool) (spans []span, descending bool) {
	reversed := s.order == graph.Descending
	if dated && (s.after == "" || s.after.Dated()) {
		half := datedKeys.cut(s.after, s.afterToo, !reversed)
		if s.before.Dated() {
			half = half.cut(s.before, s.beforeToo, reversed)
		}
		spans = append(spans, half)
	}
	if undated && (s.before == "" || !s.before.Dated()) {
		half := undatedKeys.cut(s.before, s.beforeToo, reversed)
		if s.after != "" && !s.after.Dated() {
			half = half.cut(s.after, s.afterToo, !reversed)
		}
		spans = append(spans, half)
	}
	if s.backward {
		slices.Reverse(spans)
	}
	return spans, reversed != s.backward
}

// cut returns the keys above k, or those below; k itself where too is set. All for no k.
func (s span) cut(k graph.SortKey, too, above bool) span {
	switch {
	case k == "":
		return s
	case above && too:
		return s.intersect(span{k, noKey})
	case above:
		return s.intersect(span{k + "\x00", noKey})
	case too:
		return s.intersect(span{"", k + "\x00"})
	}
	return s.intersect(span{"", k})
}

// Events implements graph.Reader.
func (r *snapshot) Events(ctx context.Context, f graph.Filter, p graph.Page) (graph.EventPage, error) {
	if err := r.enter(ctx); err != nil {
		return graph.EventPage{}, err
	}
	defer r.leave()
	q, err := r.ask(ctx, &f)
	if err != nil {
		return graph.EventPage{}, err
	}
	between := stretch{after: p.After, before: p.Before, order: p.Order, backward: p.Last > 0}
	size := max(p.First, 0)
	if between.backward {
		size = p.Last
	}
	found, err := q.collect(ctx, between, size+1)
	if err != nil {
		return graph.EventPage{}, err
	}
	far := len(found) > size // whether the timeline goes on where the walk went
	if far {
		found = found[:size]
	} else if far, err = q.any(ctx, between.farSide()); err != nil {
		return graph.EventPage{}, err
	}
	near, err := q.any(ctx, between.nearSide())
	if err != nil {
		return graph.EventPage{}, err
	}
	events, err := q.read(found)
	if err != nil {
		return graph.EventPage{}, err
	}
	if between.backward {
		slices.Reverse(events)
		return graph.EventPage{Events: events, HasPrevious: far, HasNext: near}, nil
	}
	return graph.EventPage{Events: events, HasPrevious: near, HasNext: far}, nil
}

// nearSide returns what lies behind the end at which the walk of s begins, nil if that is an end of the timeline.
func (s stretch) nearSide() *stretch {
	switch {
	case !s.backward && s.after != "":
		return &stretch{before: s.after, beforeToo: true, order: s.order, backward: true}
	case s.backward && s.before != "":
		return &stretch{after: s.before, afterToo: true, order: s.order}
	}
	return nil
}

// farSide returns what lies beyond the end to which the walk of s leads, nil if that is an end of the timeline. Where
// the two ends have crossed it is what lies beyond the beginning.
func (s stretch) farSide() *stretch {
	crossed := s.after != "" && s.before != "" && !s.order.Before(s.after, s.before)
	switch {
	case !s.backward && s.before != "" && crossed:
		return &stretch{after: s.after, order: s.order}
	case !s.backward && s.before != "":
		return &stretch{after: s.before, afterToo: true, order: s.order}
	case s.backward && s.after != "" && crossed:
		return &stretch{before: s.before, order: s.order, backward: true}
	case s.backward && s.after != "":
		return &stretch{before: s.after, beforeToo: true, order: s.order, backward: true}
	}
	return nil
}

// Count implements graph.Reader.
func (r *snapshot) Count(ctx context.Context, f graph.Filter) (int, error) {
	if err := r.enter(ctx); err != nil {
		return 0, err
	}
	defer r.leave()
	q, err := r.ask(ctx, &f)
	if err != nil {
		return 0, err
	}
	n := 0
	err = q.walk(ctx, stretch{}, func(match) error {
		n++
		return nil
	})
	return n, err
}

// Each implements graph.Reader.
func (r *snapshot) Each(ctx context.Context, f graph.Filter, visit func(*graph.Event) error) error {
	if err := r.enter(ctx); err != nil {
		return err
	}
	defer r.leave()
	q, err := r.ask(ctx, &f)
	if err != nil {
		return err
	}
	return q.walk(ctx, stretch{}, func(m match) error {
		events, err := q.read([]match{m})
		if err != nil {
			return err
		}
		return visit(events[0])
	})
}
