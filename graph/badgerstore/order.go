package badgerstore

import (
	"slices"
	"sort"

	"fangzhi/graph"
)

// dateOrder holds the events in the order of a timeline: base is sorted once in a while, and what was put since stands sorted
// in fresh beside it, so that an issue costs the few of fresh and no walk over base.
type dateOrder struct {
	base []uint32 // ordinals below sorted, without those that were dead then
	rank []uint32 // by ordinal below sorted: its place in base
	// fresh are the ordinals from sorted on; at is how many of base come before each, freshRank its place in fresh by ordinal.
	fresh, at, freshRank []uint32
	sorted               uint32
	undated              mark // where those without a date begin, which come last
	// yearly and longer are the events of these classes, base and fresh together.
	yearly, longer []uint32
}

// A position orders the events of one state: how many of base come before, and behind that the place in fresh, or behindFresh.
type position uint64

const behindFresh position = 1<<32 - 1

func (d *dateOrder) position(o uint32) position {
	if o < d.sorted {
		return position(d.rank[o])<<32 | behindFresh
	}
	i := d.freshRank[o-d.sorted]
	return position(d.at[i])<<32 | position(i)
}

// event returns the event of a position.
func (d *dateOrder) event(p position) uint32 {
	if at := p & behindFresh; at != behindFresh {
		return d.fresh[at]
	}
	return d.base[p>>32]
}

// manyFresh is how many events fresh holds before base is sorted anew; a sixteenth of base if that is more. Both are written
// down, so base is written some dozen times until it has doubled. Tests lower it.
var manyFresh = 4096

// add returns the order with the events from ordinal n on, which x knows already.
func (d *dateOrder) add(x *index, n uint32) dateOrder {
	added := make([]uint32, 0, x.n()-n)
	for o := n; o < x.n(); o++ {
		added = append(added, o)
	}
	slices.SortFunc(added, x.compare)
	out := *d
	out.fresh = merged(x, d.fresh, added)
	of := func(c class) []uint32 {
		return slices.DeleteFunc(slices.Clone(added), func(o uint32) bool { return x.rows[o].class() != c })
	}
	out.yearly, out.longer = merged(x, d.yearly, of(yearly)), merged(x, d.longer, of(longer))
	if len(out.fresh) > max(manyFresh, len(d.base)/16) {
		out.sort(x)
		d = &dateOrder{}
	}
	out.place(x, d)
	return out
}

// sort moves fresh into base, and leaves out who is dead.
func (d *dateOrder) sort(x *index) {
	alive := func(all []uint32) []uint32 {
		return slices.DeleteFunc(all, func(o uint32) bool { return x.dead.Contains(o) })
	}
	d.base = alive(append([]uint32(nil), merged(x, d.base, d.fresh)...))
	d.yearly, d.longer = alive(slices.Clone(d.yearly)), alive(slices.Clone(d.longer))
	d.fresh, d.sorted = nil, x.n()
	d.ranks()
}

// ranks fills rank.
func (d *dateOrder) ranks() {
	d.rank = make([]uint32, d.sorted)
	for i, o := range d.base {
		d.rank[o] = uint32(i)
	}
}

// place fills at, freshRank and undated; old, with the same base, knows some of them.
func (d *dateOrder) place(x *index, old *dateOrder) {
	d.at, d.freshRank = make([]uint32, len(d.fresh)), make([]uint32, x.n()-d.sorted)
	at := 0
	for i, o := range d.fresh {
		n := o - d.sorted
		d.freshRank[n] = uint32(i)
		if int(n) < len(old.freshRank) {
			at = int(old.at[old.freshRank[n]])
		} else {
			at += searchNear(len(d.base)-at, func(b int) bool { return x.compare(d.base[at+b], o) >= 0 })
		}
		d.at[i] = uint32(at)
	}
	d.divide(x)
}

// searchNear is sort.Search for what is mostly near the beginning.
func searchNear(n int, found func(i int) bool) int {
	from, to := 0, 1
	for ; to < n && !found(to-1); to *= 2 {
		from = to
	}
	return from + sort.Search(min(to, n)-from, func(i int) bool { return found(from + i) })
}

// divide fills undated.
func (d *dateOrder) divide(x *index) {
	d.undated = d.mark(func(o uint32) bool { return x.rows[o].dated() })
}

// merged returns the two ordered lists as one new one; a itself where b is empty.
func merged(x *index, a, b []uint32) []uint32 {
	if len(b) == 0 {
		return a
	}
	out := make([]uint32, 0, len(a)+len(b))
	for _, o := range b {
		i := sort.Search(len(a), func(i int) bool { return x.compare(a[i], o) > 0 })
		out = append(append(out, a[:i]...), o)
		a = a[i:]
	}
	return append(out, a...)
}

// A mark is a place between two events: so many of base and of fresh come before it.
type mark struct{ base, fresh int }

func (m mark) least(n mark) mark    { return mark{min(m.base, n.base), min(m.fresh, n.fresh)} }
func (m mark) greatest(n mark) mark { return mark{max(m.base, n.base), max(m.fresh, n.fresh)} }

func (d *dateOrder) end() mark { return mark{len(d.base), len(d.fresh)} }

// mark returns the place of which before says, for each event in order, whether it lies behind it: true, then false.
func (d *dateOrder) mark(before func(o uint32) bool) mark {
	find := func(list []uint32) int {
		return sort.Search(len(list), func(i int) bool { return !before(list[i]) })
	}
	return mark{find(d.base), find(d.fresh)}
}

// from returns the least position that an event beyond the mark can have.
func (d *dateOrder) from(m mark) position {
	if m.fresh < len(d.fresh) && int(d.at[m.fresh]) <= m.base {
		return position(d.at[m.fresh])<<32 | position(m.fresh)
	}
	return position(m.base)<<32 | behindFresh
}

// walk calls visit with the events between two marks, in order or backward, until it returns false.
func (d *dateOrder) walk(from, to mark, backward bool, visit func(o uint32) bool) {
	if backward {
		for from.base < to.base || from.fresh < to.fresh {
			var o uint32
			if to.fresh > from.fresh && (to.base <= from.base || int(d.at[to.fresh-1]) >= to.base) {
				to.fresh--
				o = d.fresh[to.fresh]
			} else {
				to.base--
				o = d.base[to.base]
			}
			if !visit(o) {
				return
			}
		}
		return
	}
	for from.base < to.base || from.fresh < to.fresh {
		var o uint32
		if from.fresh < to.fresh && (from.base >= to.base || int(d.at[from.fresh]) <= from.base) {
			o = d.fresh[from.fresh]
			from.fresh++
		} else {
			o = d.base[from.base]
			from.base++
		}
		if !visit(o) {
			return
		}
	}
}

// bound returns the mark before the first event whose key is not less than k, or, after, whose key is greater.
func (r *snapshot) bound(k graph.SortKey, after bool) (mark, error) {
	var failed error
	m := r.index.order.mark(func(o uint32) bool {
		c, err := r.index.compareKey(o, k, r.eventID)
		if err != nil {
			failed = err
		}
		return c < 0 || after && c == 0
	})
	return m, failed
}
