package badgerstore

import (
	"context"
	"fmt"
	"slices"
	"sort"
	"strings"

	"fangzhi/graph"
)

// FindEntities implements graph.Reader.
func (r *snapshot) FindEntities(ctx context.Context, q graph.EntityQuery, p graph.EntityPage) (graph.EntityHits, error) {
	if err := r.enter(ctx); err != nil {
		return graph.EntityHits{}, err
	}
	defer r.leave()
	x, err := r.roll(ctx)
	if err != nil {
		return graph.EntityHits{}, err
	}
	f := &finder{ctx: ctx, r: r, x: x, q: &q}
	var ok bool
	if f.kind, ok = rollKind(q.Kind); !ok {
		return graph.EntityHits{}, nil
	}
	if q.Region != "" {
		if f.region, err = f.within(q.Region); f.region == nil || err != nil {
			return graph.EntityHits{}, err
		}
	}
	var page found
	if q.Text == "" {
		page, err = f.listed(p)
	} else {
		page, err = f.matched(p)
	}
	if err != nil {
		return graph.EntityHits{}, err
	}
	out := graph.EntityHits{Total: page.total, HasPrevious: page.previous, HasNext: page.next}
	for _, atom := range page.atoms {
		d, err := r.entityAt(atom)
		if err == nil && d == nil {
			err = fmt.Errorf("%w: entity %s is listed and not there", ErrCorrupt, r.index.atoms[atom])
		}
		if err != nil {
			return graph.EntityHits{}, err
		}
		if h, ok := graph.NewEntityHit(&q, d); ok {
			out.Hits = append(out.Hits, h)
		}
	}
	return out, nil
}

// finder finds the entities of a question.
type finder struct {
	ctx    context.Context
	r      *snapshot
	x      *roll
	q      *graph.EntityQuery
	kind   uint8
	region bits // nil for anywhere
	steps  int
}

// found is a page of a list that is total long.
type found struct {
	atoms          []uint32
	total          int
	previous, next bool
}

// bits is a set of atoms.
type bits []uint64

func (b bits) add(atom uint32)      { b[atom/64] |= 1 << (atom % 64) }
func (b bits) has(atom uint32) bool { return int(atom/64) < len(b) && b[atom/64]>>(atom%64)&1 == 1 }

func (f *finder) newBits() bits { return make(bits, len(f.r.index.atoms)/64+1) }

// gone tells whether the caller does not wait any more; it is asked at every step.
func (f *finder) gone() bool {
	f.steps++
	return f.steps%askEvery == 0 && f.ctx.Err() != nil
}

// within returns the entities of a region, nil where it is none.
func (f *finder) within(region graph.ID) (bits, error) {
	top, err := f.r.entity(region)
	if top == nil || err != nil || top.Kind != graph.KindLocation {
		return nil, err
	}
	atom, ok := f.r.index.atom(top.ID)
	if !ok {
		return nil, nil
	}
	set := f.newBits()
	set.add(atom)
	for places := []uint32{atom}; len(places) > 0; places = places[1:] {
		for _, a := range f.r.index.atomsOf(places[0]) {
			for _, child := range f.x.children.at(a) {
				if !set.has(child) {
					set.add(child)
					places = append(places, child)
				}
			}
			for _, resident := range f.x.residents.at(a) {
				set.add(resident)
			}
		}
	}
	return set, f.ctx.Err()
}

// test returns what a list is to be asked beside its kind, nil for nothing.
func (f *finder) test() func(atom uint32) bool {
	roots := f.q.Roots && f.x.parented[f.kind] > 0
	if !roots && !f.q.Linked {
		if f.region == nil {
			return nil
		}
		return f.region.has
	}
	return func(atom uint32) bool {
		if f.region != nil && !f.region.has(atom) {
			return false
		}
		row := f.x.rows.at(atom)
		if f.q.Linked && row.events == 0 {
			return false
		}
		if roots && row.parent != 0 {
			parent, held := f.r.index.entity(row.parent - 1)
			return !held || parent == atom
		}
		return true
	}
}

// listed returns the page of a question without a text: a walk along the list of the kind, in its order.
func (f *finder) listed(p graph.EntityPage) (page found, err error) {
	list := &f.x.orders[f.kind].events
	if f.q.ByName {
		list = &f.x.orders[f.kind].name
	}
	test := f.test()
	passes := func(atom uint32) bool { return test == nil || test(atom) }
	if page.total, err = f.count(list, test); err != nil {
		return found{}, err
	}
	from, to := spot{}, list.end()
	if p.After != "" {
		from = list.find(func(atom uint32) bool { return f.x.rows.at(atom).compareKey(f.q.ByName, 0, p.After) <= 0 })
	}
	if p.Before != "" {
		to = list.find(func(atom uint32) bool { return f.x.rows.at(atom).compareKey(f.q.ByName, 0, p.Before) < 0 })
	}
	if p.Last > 0 {
		// The walk goes on behind the page, to the first that is not on it any more, and the same the other way.
		list.forward(to, func(atom uint32, _ spot) bool {
			page.next = passes(atom)
			return !page.next && !f.gone()
		})
		list.backward(to, func(atom uint32, at spot) bool {
			if !passes(atom) {
				return !f.gone()
			}
			if len(page.atoms) == p.Last || at.before(from) {
				page.previous = true
				return false
			}
			page.atoms = append(page.atoms, atom)
			return true
		})
		slices.Reverse(page.atoms)
		return page, f.ctx.Err()
	}
	list.backward(from, func(atom uint32, _ spot) bool {
		page.previous = passes(atom)
		return !page.previous && !f.gone()
	})
	list.forward(from, func(atom uint32, at spot) bool {
		if !passes(atom) {
			return !f.gone()
		}
		if len(page.atoms) >= p.First || !at.before(to) {
			page.next = true
			return false
		}
		page.atoms = append(page.atoms, atom)
		return true
	})
	return page, f.ctx.Err()
}

// count returns how many of a list pass the test.
func (f *finder) count(list *ordered, test func(uint32) bool) (int, error) {
	if test == nil {
		return list.n, nil
	}
	if f.q.Linked && f.region == nil && !f.q.Roots {
		events := &f.x.orders[f.kind].events
		return events.place(events.find(func(atom uint32) bool { return f.x.rows.at(atom).events > 0 })), nil
	}
	n := 0
	list.forward(spot{}, func(atom uint32, _ spot) bool {
		if test(atom) {
			n++
		}
		return !f.gone()
	})
	return n, f.ctx.Err()
}

// match is an entity whose names match the text.
type match struct {
	atom uint32
	rank int
	row  *rollRow
}

// matched returns the page of a question with a text.
func (f *finder) matched(p graph.EntityPage) (page found, err error) {
	m := graph.NewNameMatcher(f.q.Text)
	test := f.test()
	from, to := 0, 0 // so many come not after the one key, so many before the other
	var between []match
	f.candidates(&m, func(atom uint32) bool {
		if f.gone() {
			return false
		}
		row := f.x.rows.at(atom)
		if row == nil || f.kind != 0 && row.kind != f.kind || test != nil && !test(atom) {
			return true
		}
		rank, _ := m.Match(row.forms)
		if rank < 0 {
			return true
		}
		page.total++
		after := p.After == "" || row.compareKey(f.q.ByName, rank, p.After) > 0
		before := p.Before == "" || row.compareKey(f.q.ByName, rank, p.Before) < 0
		if !after {
			from++
		}
		if before {
			to++
		}
		if after && before {
			between = append(between, match{atom, rank, row})
		}
		return true
	})
	if err := f.ctx.Err(); err != nil {
		return found{}, err
	}
	compare := func(a, b match) int {
		if f.q.ByName {
			return f.x.compareName(a.row, b.row)
		}
		if a.rank != b.rank {
			return a.rank - b.rank
		}
		return f.x.compareEvents(a.row, b.row)
	}
	if p.Last > 0 {
		last := least(between, p.Last, func(a, b match) int { return compare(b, a) })
		slices.Reverse(last)
		from = to - len(last)
		between = last
	} else {
		between = least(between, max(p.First, 0), compare)
		to = from + len(between)
	}
	for _, m := range between {
		page.atoms = append(page.atoms, m.atom)
	}
	page.previous, page.next = from > 0, to < page.total
	return page, nil
}

// least returns the n least, in order.
func least[T any](all []T, n int, compare func(a, b T) int) []T {
	if n == 0 {
		return nil
	}
	if len(all) <= 4*n {
		slices.SortFunc(all, compare)
		return all[:min(n, len(all))]
	}
	kept := make([]T, 0, n+1)
	for _, v := range all {
		if len(kept) == n && compare(v, kept[n-1]) >= 0 {
			continue
		}
		i, _ := slices.BinarySearchFunc(kept, v, compare)
		if kept = slices.Insert(kept, i, v); len(kept) > n {
			kept = kept[:n]
		}
	}
	return kept
}

// candidates visits those whose names the matcher can match, ascending, until visit returns false.
func (f *finder) candidates(m *graph.NameMatcher, visit func(atom uint32) bool) {
	alternatives := m.Candidates()
	if len(alternatives) == 1 && alternatives[0].Prefix == "" {
		for _, atom := range f.x.having(alternatives[0].All) {
			if !visit(atom) {
				return
			}
		}
		return
	}
	set := f.newBits()
	add := func(list []uint32) {
		for _, atom := range list {
			set.add(atom)
		}
	}
	for _, terms := range alternatives {
		if terms.Prefix == "" {
			add(f.x.having(terms.All))
			continue
		}
		for term, number := range f.x.terms { // a few thousand, and of these some syllables
			if strings.HasPrefix(term, terms.Prefix) {
				add(f.x.lists.at(number))
			}
		}
	}
	for i, word := range set {
		for j := uint32(0); word != 0; j, word = j+1, word>>1 {
			if word&1 == 1 && !visit(uint32(i)*64+j) {
				return
			}
		}
	}
}

// having returns the entities that are in the lists of all the terms, ascending.
func (x *roll) having(terms []string) []uint32 {
	lists := make([][]uint32, len(terms))
	for i, term := range terms {
		number, known := x.terms[term]
		if !known {
			return nil
		}
		lists[i] = x.lists.at(number)
	}
	slices.SortFunc(lists, func(a, b []uint32) int { return len(a) - len(b) })
	all := lists[0]
	for _, list := range lists[1:] {
		var both []uint32
		for _, atom := range all {
			list = list[sort.Search(len(list), func(i int) bool { return list[i] >= atom }):]
			if len(list) == 0 {
				break
			}
			if list[0] == atom {
				both = append(both, atom)
			}
		}
		all = both
	}
	return all
}
