package badgerstore

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"fangzhi/edtf"
	"fangzhi/graph"
)

// CountSpans implements graph.Reader.
func (r *snapshot) CountSpans(ctx context.Context, f graph.Filter, spans []graph.DayRange) ([]int, error) {
	if err := r.enter(ctx); err != nil {
		return nil, err
	}
	defer r.leave()
	if len(spans) == 0 {
		return []int{}, nil
	}
	// Who meets a span is dated and meets their days: neither is asked for, the days are only a way to find the events.
	f.Days, f.Dated = graph.DayRange{}, notTrue(f.Dated)
	p, err := r.listed(ctx, &f)
	if err != nil {
		return nil, err
	}
	p.days = graph.DayRange{From: spans[0].From, To: spans[len(spans)-1].To}
	c := newSpanCounter(spans, f.Match, p.size())
	err = p.narrow(ctx, func(some []uint32) error {
		c.count(r.index.rows, some)
		return nil
	})
	return c.done(), err
}

// notTrue returns what a filter says of whether events are dated where those that are not do not count anyway.
func notTrue(dated *bool) *bool {
	if dated != nil && *dated {
		return nil
	}
	return dated
}

// Extent implements graph.Reader.
func (r *snapshot) Extent(ctx context.Context, f graph.Filter) (graph.Span, error) {
	if err := r.enter(ctx); err != nil {
		return graph.Span{}, err
	}
	defer r.leave()
	f.Dated = notTrue(f.Dated)
	p, err := r.listed(ctx, &f)
	if err != nil {
		return graph.Span{}, err
	}
	var all graph.Span
	err = p.narrow(ctx, func(some []uint32) error {
		for _, o := range some {
			r.index.rows[o].widen(&all)
		}
		return nil
	})
	return all, err
}

// widen lets the span reach over the date.
func (r *row) widen(s *graph.Span) {
	if r.first != 0 && (s.First == 0 || r.first < s.First) {
		s.First = r.first
	}
	s.Last = max(s.Last, r.last)
}

// Values implements graph.Reader.
func (r *snapshot) Values(ctx context.Context, f graph.Filter, field graph.Facet) ([]graph.ValueCount, error) {
	if err := r.enter(ctx); err != nil {
		return nil, err
	}
	defer r.leave()
	p, err := r.listed(ctx, &f)
	if err != nil {
		return nil, err
	}
	x := r.index
	var counts []int
	var of func(r *row) int
	var value func(i int) string
	switch field {
	case graph.FacetSection:
		counts = make([]int, len(x.sections))
		of, value = func(r *row) int { return int(r.section) }, func(i int) string { return x.sections[i] }
	case graph.FacetBasis:
		counts = make([]int, len(basisCodes))
		of, value = func(r *row) int { return int(r.basis()) }, func(i int) string { return string(basisCodes[i]) }
	case graph.FacetPublication:
		counts = make([]int, len(x.issues))
		of, value = func(r *row) int { return int(r.issue) }, func(i int) string { return string(x.issues[i].Publication) }
	default:
		return nil, fmt.Errorf("%w: unknown field %q", graph.ErrBadInput, field)
	}
	sum := map[string]int{}
	err = p.narrow(ctx, eachOf(func(o uint32) error {
		date := &x.rows[o]
		if field != graph.FacetBasis || int(date.basis()) < len(basisCodes) {
			counts[of(date)]++
			return nil
		}
		e, err := r.card(o)
		if err == nil {
			sum[string(e.Date.Basis)]++
		}
		return err
	}))
	if err != nil {
		return nil, err
	}
	for i, n := range counts {
		if n > 0 {
			sum[value(i)] += n
		}
	}
	found := make([]graph.ValueCount, 0, len(sum))
	for v, n := range sum {
		found = append(found, graph.ValueCount{Value: v, Count: n})
	}
	return found, nil
}

// A linking is a graph.Linking made ready.
type linking struct {
	bits  [4]uint16 // by linkKind: of which a link must have one; 0 where none of the kind counts
	given [4]uint16 // bits that every link of the kind has: one where all of them count
	above [3]bool   // by linkKind: whether what the target belongs to is linked too
}

func ready(l *graph.Linking) (out linking) {
	for _, kind := range graph.EntityKinds {
		if len(l.Kinds) > 0 && !slices.Contains(l.Kinds, kind) {
			continue
		}
		c := l.Condition(kind, nil)
		bits := bitsOf(&c)
		if out.bits[linkKinds[kind]] = bits; bits == allBits {
			out.given[linkKinds[kind]] = 1
		}
		out.above[linkKinds[kind]] = c.Below
	}
	return out
}

// A tallier counts events by entity. It is as large as there are atoms, so it is kept and used again.
type tallier struct {
	ties  []tally // by atom; those of events 0 mean nothing
	used  []uint32
	pairs []pair // of the events that are counted
}

type tally struct {
	last     uint32 // the event that was counted last, plus one
	events   uint32
	first    uint32 // the first in the timeline
	at       position
	from, to edtf.Day
}

var talliers = sync.Pool{New: func() any { return new(tallier) }}

func newTallier(x *index) *tallier {
	t := talliers.Get().(*tallier)
	if n := len(x.atoms); len(t.ties) < n {
		t.ties = make([]tally, n+n/8)
	}
	return t
}

func (t *tallier) clear() {
	for _, atom := range t.used {
		t.ties[atom] = tally{}
	}
	t.used = t.used[:0]
}

func (t *tallier) release() {
	t.clear()
	talliers.Put(t)
}

// add counts an event, once; it tells whether it is the first.
func (n *tally) add(r *row, o uint32, at position) bool {
	if n.last == o+1 {
		return false
	}
	n.last = o + 1
	if n.events++; n.events == 1 {
		*n = tally{o + 1, 1, o, at, r.first, r.last}
		return true
	}
	if at < n.at {
		n.at, n.first = at, o
	}
	if r.first != 0 && (n.from == 0 || r.first < n.from) {
		n.from = r.first
	}
	n.to = max(n.to, r.last)
	return false
}

func (n *tally) tie(e uint32) graph.Tie {
	return graph.Tie{To: graph.Ref(e), Events: int(n.events), First: graph.EventRef(n.first), Days: graph.Span{First: n.from, Last: n.to}}
}

// count tells whether a link counts.
func (l *linking) count(k link) bool {
	return (k.bits|l.given[k.kind&3])&l.bits[k.kind&3] != 0
}

// event counts an event for all that links which count join it to.
func (t *tallier) event(x *index, l *linking, o uint32) {
	r := &x.rows[o]
	at := x.order.position(o)
	add := func(atom uint32) {
		if e, ok := x.entity(atom); ok && t.ties[e].add(r, o, at) {
			t.used = append(t.used, e)
		}
	}
	for _, link := range x.linksOf(o) {
		if !l.count(link) {
			continue
		}
		if link.kind == toOfficial {
			add(link.target)
			continue
		}
		target := &x.targets[link.target]
		add(target.atom)
		if l.above[link.kind] {
			for _, atom := range target.above {
				add(atom)
			}
		}
	}
}

// pair is a link that counts: the event, and what the link leads to.
type pair struct {
	o, to uint32
	kind  linkKind
}

// several counts some events as event does one: first the links that count, then the atoms that they lead to, then the entities, so that
// none of it waits for what lies far off but all of it at once.
func (t *tallier) several(x *index, l *linking, some []uint32) {
	if l.above != ([3]bool{}) {
		for _, o := range some {
			t.event(x, l, o)
		}
		return
	}
	pairs := t.pairs[:0]
	for _, o := range some {
		for _, link := range x.linksOf(o) {
			if l.count(link) {
				pairs = append(pairs, pair{o, link.target, link.kind})
			}
		}
	}
	t.pairs = pairs
	for i := range pairs {
		if p := &pairs[i]; p.kind != toOfficial {
			p.to = x.targets[p.to].atom
		}
	}
	for i := range pairs {
		pairs[i].to = x.holder.at(pairs[i].to) - 1 // noAtom for none
	}
	for _, p := range pairs {
		if p.to != noAtom && t.ties[p.to].add(&x.rows[p.o], p.o, x.order.position(p.o)) {
			t.used = append(t.used, p.to)
		}
	}
}

// appendTo appends what was counted.
func (t *tallier) appendTo(ties []graph.Tie) []graph.Tie {
	ties = slices.Grow(ties, len(t.used))
	for _, e := range t.used {
		ties = append(ties, t.ties[e].tie(e))
	}
	return ties
}

// Tally implements graph.Reader.
func (r *snapshot) Tally(ctx context.Context, f graph.Filter, l graph.Linking) ([]graph.Tie, error) {
	if err := r.enter(ctx); err != nil {
		return nil, err
	}
	defer r.leave()
	p, err := r.listed(ctx, &f)
	if err != nil {
		return nil, err
	}
	t, counts := newTallier(r.index), ready(&l)
	defer t.release()
	err = p.inBlocks(ctx, func(some []uint32) { t.several(r.index, &counts, some) })
	return t.appendTo(nil), err
}

// Refs implements graph.Reader.
func (r *snapshot) Refs(ctx context.Context, ids []graph.ID) ([]graph.Ref, error) {
	if err := r.enter(ctx); err != nil {
		return nil, err
	}
	defer r.leave()
	refs := make([]graph.Ref, len(ids))
	for i, id := range ids {
		refs[i] = graph.NoRef
		if atom, ok := r.index.atom(id); ok {
			if e, held := r.index.entity(atom); held {
				refs[i] = graph.Ref(e)
			}
		}
	}
	return refs, nil
}

// EntitiesAt implements graph.Reader.
func (r *snapshot) EntitiesAt(ctx context.Context, refs []graph.Ref) ([]*graph.EntityData, error) {
	if err := r.enter(ctx); err != nil {
		return nil, err
	}
	defer r.leave()
	found := make([]*graph.EntityData, len(refs))
	for i, ref := range refs {
		if i%askEvery == askEvery-1 {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
		}
		if !r.index.holds(uint32(ref)) {
			continue
		}
		d, err := r.entityAt(uint32(ref))
		if err != nil {
			return nil, err
		}
		found[i] = d
	}
	return found, nil
}

// EventsAt implements graph.Reader.
func (r *snapshot) EventsAt(ctx context.Context, refs []graph.EventRef) ([]*graph.Event, error) {
	if err := r.enter(ctx); err != nil {
		return nil, err
	}
	defer r.leave()
	ordinals := make([]uint32, len(refs))
	for i, ref := range refs {
		ordinals[i] = uint32(ref)
	}
	return r.cards(ctx, ordinals)
}
