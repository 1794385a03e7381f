package badgerstore

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"

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
	if p.set != nil && len(p.rows)+len(p.tests) == 0 && r.index.dense(p.set) && !p.byDays() {
		c.countSet(r.index, roaring.AndNot(p.set, p.minus))
		return c.done(), nil
	}
	err = p.narrow(ctx, func(some []uint32) error {
		c.count(r.index, some)
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
	all, both, err := p.atEnds()
	if err != nil {
		return graph.Span{}, err
	}
	if both && p.days == (graph.DayRange{}) && p.size() > len(r.index.bands) {
		p.runs = r.index.outside(all)
	}
	err = p.narrow(ctx, func(some []uint32) error {
		r.index.widen(&all, some)
		return nil
	})
	return all, err
}

// nearEnds is how many events at either end of the timeline are looked at before others. Tests change it.
var nearEnds = 1024

// atEnds returns what an answer at either end of the timeline spans, if there is one among the next, and whether there is one at both. Most
// others lie between them, whole bands at a time; in a chronicle that was put in its order each event would go beyond all before it.
func (p *plan) atEnds() (s graph.Span, both bool, err error) {
	dated := p.x.order.base[:p.x.order.undated.base]
	near, found := min(nearEnds, len(dated), p.size()), 0
	for _, end := range []iter.Seq2[int, uint32]{slices.All(dated[:near]), slices.Backward(dated[len(dated)-near:])} {
		for _, o := range end {
			ok, err := p.holds(o)
			if err != nil {
				return s, false, err
			}
			if ok {
				p.x.rows[o].widen(&s)
				found++
				break
			}
		}
	}
	return s, found == 2, nil
}

// widen lets the span reach over the date, if there is one.
func (r *row) widen(s *graph.Span) {
	if first := cmp.Or(r.first, r.last); first != 0 && (s.First == 0 || first < s.First) {
		s.First = first
	}
	s.Last = max(s.Last, r.last, r.first)
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

// byAtom holds something by atom, of few atoms at a time. It is as large as there are atoms, so it is kept and used again.
type byAtom[T any] struct {
	all   []T // zero but for those of used
	used  []uint32
	pairs pairs // of the events that are counted
}

// spare keeps those that nobody uses.
type spare[T any] struct{ sync.Pool }

func (s *spare[T]) take(x *index) *byAtom[T] {
	t, kept := s.Get().(*byAtom[T])
	if !kept {
		t = new(byAtom[T])
	}
	if n := len(x.atoms); len(t.all) < n {
		t.all = make([]T, n+n/8)
	}
	return t
}

func (s *spare[T]) release(t *byAtom[T]) {
	t.clear()
	s.Put(t)
}

func (t *byAtom[T]) clear() {
	var zero T
	for _, atom := range t.used {
		t.all[atom] = zero
	}
	t.used = t.used[:0]
}

// A tallier counts events by entity.
type tallier struct{ *byAtom[tally] }

var spareTallies spare[tally]

type tally struct {
	last     uint32 // the event that was counted last, plus one
	events   uint32
	first    uint32 // the first in the timeline
	at       position
	from, to edtf.Day
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
	return (k.bits()|l.given[k.kind()])&l.bits[k.kind()] != 0
}

// pair is a link that counts: the event, and what the link leads to.
type pair struct {
	o, to uint32
	kind  linkKind
}

// pairs finds those of some events.
type pairs struct{ room, above []pair }

// of returns the pairs of some events, one event after the other, with first atoms of entities, noAtom for none; valid until it is called
// again. First the links that count are found, then the atoms that they lead to, then the entities, so that none of it waits for what lies
// far off but all of it at once.
func (p *pairs) of(x *index, l *linking, some []uint32) []pair {
	n := 0
	for _, o := range some {
		links := x.linksOf(o)
		if len(p.room)-n < len(links) {
			p.room = append(p.room, make([]pair, len(p.room)+len(links))...)
		}
		for _, link := range links { // without a branch: which of them count cannot be foreseen
			p.room[n] = pair{o, link.target(), link.kind()}
			if l.count(link) {
				n++
			}
		}
	}
	found := p.room[:n]
	if l.above != ([3]bool{}) {
		found = p.withAbove(x, l, found)
	} else {
		for i := range found {
			if f := &found[i]; f.kind != toOfficial {
				f.to = x.targets[f.to].atom
			}
		}
	}
	for i := range found {
		found[i].to = x.holder.at(found[i].to) - 1
	}
	return found
}

// withAbove returns the pairs with atoms, and behind each those with what it belongs to where a link to it is one to these too.
func (p *pairs) withAbove(x *index, l *linking, found []pair) []pair {
	all := p.above[:0]
	for _, f := range found {
		if f.kind == toOfficial {
			all = append(all, f)
			continue
		}
		t := &x.targets[f.to]
		all = append(all, pair{f.o, t.atom, f.kind})
		if l.above[f.kind] {
			for _, atom := range t.above {
				all = append(all, pair{f.o, atom, f.kind})
			}
		}
	}
	p.above = all
	return all
}

// several counts some events.
func (t tallier) several(x *index, l *linking, some []uint32) {
	for _, p := range t.pairs.of(x, l, some) {
		if p.to != noAtom && t.all[p.to].add(&x.rows[p.o], p.o, x.order.position(p.o)) {
			t.used = append(t.used, p.to)
		}
	}
}

// appendTo appends what was counted.
func (t tallier) appendTo(ties []graph.Tie) []graph.Tie {
	ties = slices.Grow(ties, len(t.used))
	for _, e := range t.used {
		ties = append(ties, t.all[e].tie(e))
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
	t, counts := tallier{spareTallies.take(r.index)}, ready(&l)
	defer spareTallies.release(t.byAtom)
	err = p.inBlocks(ctx, func(some []uint32) { t.several(r.index, &counts, some) })
	return t.appendTo(nil), err
}

// Top implements graph.Reader.
func (r *snapshot) Top(ctx context.Context, f graph.Filter, l graph.Linking, first int) ([]graph.Tie, error) {
	if err := r.enter(ctx); err != nil {
		return nil, err
	}
	defer r.leave()
	p, err := r.listed(ctx, &f)
	if err != nil {
		return nil, err
	}
	c, counts := eventCounts{spareCounts.take(r.index)}, ready(&l)
	defer spareCounts.release(c.byAtom)
	err = p.inBlocks(ctx, func(some []uint32) { c.count(c.pairs.of(r.index, &counts, some)) })
	return c.top(first), err
}

// eventCounts are how many events entities have, and nothing else of them: their table is a quarter of a tallier's, so that it lies nearer.
type eventCounts struct{ *byAtom[eventCount] }

type eventCount struct {
	last   uint32 // the event that was counted last, plus one
	events uint32
}

var spareCounts spare[eventCount]

// count counts the pairs, an event once an entity. Those of an event stand together.
func (c eventCounts) count(pairs []pair) {
	for _, p := range pairs {
		if p.to == noAtom {
			continue
		}
		n := &c.all[p.to]
		if n.last == p.o+1 {
			continue
		}
		if n.last = p.o + 1; n.events == 0 {
			c.used = append(c.used, p.to)
		}
		n.events++
	}
}

// top returns those that fewer than first others have more events than.
func (c eventCounts) top(first int) []graph.Tie {
	if first <= 0 {
		return nil
	}
	least := uint32(0)
	if first < len(c.used) {
		most := make([]uint32, 0, first+1) // the most events that were seen, ascending
		for _, e := range c.used {
			n := c.all[e].events
			if len(most) == first && n <= most[0] {
				continue
			}
			at, _ := slices.BinarySearch(most, n)
			if most = slices.Insert(most, at, n); len(most) > first {
				most = slices.Delete(most, 0, 1)
			}
		}
		least = most[0]
	}
	var top []graph.Tie
	for _, e := range c.used {
		if n := c.all[e].events; n >= least {
			top = append(top, graph.Tie{To: graph.Ref(e), Events: int(n)})
		}
	}
	return top
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
	var missing []int
	for i, ref := range refs {
		if !r.index.holds(uint32(ref)) {
			continue
		}
		if found[i], _ = r.keptEntity(uint32(ref)); found[i] == nil {
			missing = append(missing, i)
		}
	}
	return found, inTwo(ctx, len(missing), func(n int) (err error) {
		i := missing[n]
		found[i], err = r.entityAt(uint32(refs[i]))
		return err
	})
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
