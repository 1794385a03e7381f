package query

import (
	"cmp"
	"context"
	"slices"

	"fangzhi/graph"
)

// TopArgs asks for the entities of a kind with most events.
type TopArgs struct {
	Kind graph.EntityKind
	// Filter leaves events, and the links that count.
	Filter *EventFilter
	// First is how many; nil is DefaultValues, at most MaxFirst.
	First *int
}

// RankedEntity is an entity and the number of its events.
type RankedEntity struct {
	Node  graph.Entity
	Count int
}

// Top returns the entities with most of the filtered events, equals by name, then by id. An event counts once an entity.
func Top(ctx context.Context, r graph.Reader, a TopArgs) ([]RankedEntity, error) {
	first, err := checkFirst("first", a.First, DefaultValues, MaxFirst)
	if err != nil {
		return nil, err
	}
	f, err := Resolve(ctx, r, a.Filter, false)
	if err != nil {
		return nil, err
	}
	counted, err := rank(ctx, r, f, a.Filter.linking(false), a.Kind, first)
	if err != nil {
		return nil, err
	}
	ranked := make([]RankedEntity, len(counted))
	for i, c := range counted {
		ranked[i] = RankedEntity{c.entity.Entity(), c.events}
	}
	return ranked, nil
}

// counted is an entity and the number of its events.
type counted struct {
	entity *graph.EntityData
	events int
}

// manyCounts is how many entities are counted one by one before all events are read after all.
const manyCounts = 200

// rank returns the entities of a kind ("" for all) with most of the filtered events, by links that count; equals by name,
// then by id. None is there without an event.
//
// An entity never has more of them than its EventCount. So with many events it asks an engine to count those of the entity with
// the greatest EventCount, of the next, and so on, until none that is left can come before those that it has.
func rank(ctx context.Context, r graph.Reader, f graph.Filter, l linking, kind graph.EntityKind, first int) ([]counted, error) {
	if first == 0 {
		return nil, nil
	}
	events, err := r.Count(ctx, f)
	if err != nil {
		return nil, err
	}
	if events > limits.fewEvents && !l.subordinates { // with subordinates an organ has more events than its EventCount
		ranked, done, err := rankByCount(ctx, r, f, l, kind, first)
		if done || err != nil {
			return ranked, err
		}
	}
	return rankByReading(ctx, r, f, l, kind, first)
}

// rankByCount is not done where too many entities would have to be counted.
func rankByCount(ctx context.Context, r graph.Reader, f graph.Filter, l linking, kind graph.EntityKind, first int) (ranked []counted, done bool, err error) {
	var all []*graph.EntityData
	err = r.EachEntity(ctx, kind, func(d *graph.EntityData) error {
		if all = append(all, d); len(all)%checkEvery == 0 {
			return ctx.Err()
		}
		return nil
	})
	if err != nil {
		return nil, false, err
	}
	slices.SortFunc(all, func(a, b *graph.EntityData) int {
		return cmp.Or(cmp.Compare(b.EventCount, a.EventCount), cmp.Compare(a.ID, b.ID))
	})
	for i, d := range all {
		if len(ranked) == first && d.EventCount < ranked[first-1].events || d.EventCount == 0 {
			break
		}
		if i == max(manyCounts, 2*first) {
			return nil, false, ctx.Err()
		}
		n, err := r.Count(ctx, with(f, l.condition(d.Kind, d.Atoms)))
		if err != nil {
			return nil, false, err
		}
		if n > 0 {
			ranked = mostFirst(append(ranked, counted{d, n}), first)
		}
	}
	return ranked, true, nil
}

func rankByReading(ctx context.Context, r graph.Reader, f graph.Filter, l linking, kind graph.EntityKind, first int) ([]counted, error) {
	events := map[*graph.EntityData]int{}
	work := budget{most: limits.histogram, what: "the ranking"}
	err := eachLinked(ctx, r, f, l, kindsOf(kind), func(_ *graph.Event, linked []*graph.EntityData) error {
		for _, d := range linked {
			events[d]++
		}
		return work.spend(ctx, 1+len(linked))
	})
	if err != nil {
		return nil, err
	}
	ranked := make([]counted, 0, len(events))
	for d, n := range events {
		ranked = append(ranked, counted{d, n})
	}
	return mostFirst(ranked, first), nil
}

// mostFirst sorts and returns the first.
func mostFirst(ranked []counted, first int) []counted {
	slices.SortFunc(ranked, func(a, b counted) int {
		return cmp.Or(cmp.Compare(b.events, a.events), cmp.Compare(sortKey("").named(a.entity), sortKey("").named(b.entity)))
	})
	return ranked[:min(first, len(ranked))]
}
