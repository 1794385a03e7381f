package query

import (
	"cmp"
	"context"
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"sort"

	"fangzhi/graph"
)

// ranking is a list of ties, most events first, equals by name, then by id. Entities are read only where a name decides, or
// where they are shown.
type ranking struct {
	read  func(context.Context, []graph.Ref) ([]*graph.EntityData, error)
	items []ranked
}

// ranked is one of a ranking. data is nil, and key "", as long as the order among those with as many events is not known.
type ranked struct {
	tie  graph.Tie
	data *graph.EntityData
	key  sortKey
}

// newRanking does not change ties and keeps none of them.
func newRanking(read func(context.Context, []graph.Ref) ([]*graph.EntityData, error), ties []graph.Tie) *ranking {
	k := &ranking{read, make([]ranked, len(ties))}
	for i, t := range ties {
		k.items[i].tie = t
	}
	slices.SortFunc(k.items, func(a, b ranked) int { return cmp.Compare(b.tie.Events, a.tie.Events) })
	return k
}

// equals returns the place of the first item with so many events, and that of the first with fewer.
func (k *ranking) equals(events int) (from, to int) {
	from = sort.Search(len(k.items), func(i int) bool { return k.items[i].tie.Events <= events })
	return from, sort.Search(len(k.items), func(i int) bool { return k.items[i].tie.Events < events })
}

// settle reads what decides which items stand at the places from one up to another, and those items, all in one read.
func (k *ranking) settle(ctx context.Context, from, to int) error {
	if from >= to {
		return ctx.Err()
	}
	from, _ = k.equals(k.items[from].tie.Events)
	_, to = k.equals(k.items[to-1].tie.Events)
	var refs []graph.Ref
	for _, it := range k.items[from:to] {
		if it.data == nil {
			refs = append(refs, it.tie.To)
		}
	}
	if len(refs) == 0 {
		return ctx.Err()
	}
	found, err := k.read(ctx, refs)
	if err != nil {
		return err
	}
	for i := from; i < to; i++ {
		it := &k.items[i]
		if it.data != nil {
			continue
		}
		if it.data, found = found[0], found[1:]; it.data == nil {
			return fmt.Errorf("a tie leads to entity %d: %w", it.tie.To, graph.ErrNotFound)
		}
		it.key = sortKey("").down(it.tie.Events).named(it.data)
	}
	slices.SortFunc(k.items[from:to], func(a, b ranked) int { return cmp.Compare(a.key, b.key) })
	return nil
}

// after returns the place of the first item behind the key; before is for the first that is not before it.
func (k *ranking) after(ctx context.Context, key sortKey) (int, error) {
	return k.place(ctx, key, func(it ranked) bool { return it.key > key })
}

func (k *ranking) before(ctx context.Context, key sortKey) (int, error) {
	return k.place(ctx, key, func(it ranked) bool { return it.key >= key })
}

func (k *ranking) place(ctx context.Context, key sortKey, beyond func(ranked) bool) (int, error) {
	if len(key) < 4 {
		return 0, fmt.Errorf("%w: a cursor without a number of events", graph.ErrBadInput)
	}
	from, to := k.equals(int(math.MaxUint32 - binary.BigEndian.Uint32([]byte(key))))
	if err := k.settle(ctx, from, to); err != nil {
		return 0, err
	}
	return from + sort.Search(to-from, func(i int) bool { return beyond(k.items[from+i]) }), nil
}

// page returns which items a page shows, read and in order.
func (k *ranking) page(ctx context.Context, list byte, args PageArgs) (from, to int, err error) {
	w, err := args.check()
	if err != nil {
		return 0, 0, err
	}
	to = len(k.items)
	for _, bound := range []struct {
		cursor *string
		place  func(context.Context, sortKey) (int, error)
		at     *int
	}{{args.After, k.after, &from}, {args.Before, k.before, &to}} {
		if bound.cursor == nil {
			continue
		}
		key, err := parseKey(list, *bound.cursor)
		if err != nil {
			return 0, 0, err
		}
		if *bound.at, err = bound.place(ctx, key); err != nil {
			return 0, 0, err
		}
	}
	from, to = w.cut(from, to)
	return from, to, k.settle(ctx, from, to)
}

// mostEvents returns those ties that may be among the first of a ranking: none with fewer events than the last of these has.
func mostEvents(ties []graph.Tie, first int) []graph.Tie {
	if first >= len(ties) {
		return ties
	}
	most := make([]int, 0, first+1) // the most events that were seen, ascending
	for _, t := range ties {
		if len(most) == first && t.Events <= most[0] {
			continue
		}
		at, _ := slices.BinarySearch(most, t.Events)
		if most = slices.Insert(most, at, t.Events); len(most) > first {
			most = slices.Delete(most, 0, 1)
		}
	}
	var kept []graph.Tie
	for _, t := range ties {
		if t.Events >= most[0] {
			kept = append(kept, t)
		}
	}
	return kept
}
