package badgerstore

import (
	"cmp"
	"math"

	"fangzhi/edtf"
	"fangzhi/graph"
)

// A zone is some events in a row, of one issue, and what is known of their days. Issues are put one after the other, each of some weeks
// mostly, so which events a month has is asked of the zones that reach into it, and these are looked at in the order of the columns, not of
// the calendar, by which each event lies somewhere else. Events behind the last zone are always asked: one is made when it is full, or when
// the next issue has begun.
type zone struct {
	to          uint32   // it ends before this ordinal, and the next one begins there
	first, last edtf.Day // that short dates cover; first is beyond last where there are none
}

// zoneSize is how many events a zone has at most, manyZones how many zones have their days put together: x.zoneBands has those of whole ones.
// Tests change both.
var (
	zoneSize  uint32 = 64
	manyZones        = 64
)

// A band is 64 ordinals, and the first and the last day that its dated events cover, and so sort by; first is beyond last where there are
// none. Events behind the last band may have any.
type band struct{ first, last edtf.Day }

// bandBits says how many ordinals a band has. Tests change it.
var bandBits = 6

// fillZones makes the zones and bands of events that are in none.
func (x *index) fillZones() {
	for from := x.zoned(); ; {
		to := from
		z := zone{first: math.MaxInt32, last: math.MinInt32}
		for ; to < x.n() && to-from < zoneSize && x.rows[to].issue == x.rows[from].issue; to++ {
			if r := &x.rows[to]; r.dated() && r.class() == short {
				z.first, z.last = min(z.first, r.first), max(z.last, r.last)
			}
		}
		if to == x.n() && to-from < zoneSize {
			break
		}
		z.to, from = to, to
		x.zones = append(x.zones, z)
	}
	for (len(x.zoneBands)+1)*manyZones <= len(x.zones) {
		w := band{math.MaxInt32, math.MinInt32}
		for _, z := range x.zones[len(x.zoneBands)*manyZones : (len(x.zoneBands)+1)*manyZones] {
			w.first, w.last = min(w.first, z.first), max(w.last, z.last)
		}
		x.zoneBands = append(x.zoneBands, w)
	}
	for size := 1 << bandBits; (len(x.bands)+1)*size <= len(x.rows); {
		s := band{math.MaxInt32, math.MinInt32}
		from := len(x.bands) * size
		for i := range x.rows[from : from+size] {
			if r := &x.rows[from+i]; r.dated() {
				first, last := cmp.Or(r.first, r.last), cmp.Or(r.last, r.first) // open on one side, it sorts by the other
				s.first, s.last = min(s.first, first), max(s.last, last)
			}
		}
		x.bands = append(x.bands, s)
	}
}

// zoned returns the first ordinal behind the zones.
func (x *index) zoned() uint32 {
	if n := len(x.zones); n > 0 {
		return x.zones[n-1].to
	}
	return 0
}

// A run are neighbouring ordinals, from one on and before another.
type run struct{ from, to uint32 }

// runs returns where short dates may meet the days, as runs in order, and of how many events they are; false where these are more than most.
func (x *index) runs(days graph.DayRange, most int) (found []run, events int, ok bool) {
	from, to := days.From, days.To
	if from == 0 {
		from = math.MinInt32
	}
	if to == 0 {
		to = math.MaxInt32
	}
	found = make([]run, 0, 16) // not nil
	add := func(begin, end uint32) {
		events += int(end - begin)
		if n := len(found); n > 0 && found[n-1].to == begin {
			found[n-1].to = end
		} else {
			found = append(found, run{begin, end})
		}
	}
	begin := uint32(0)
	for i, many := 0, 0; i < len(x.zones); many++ {
		end := min(i+manyZones, len(x.zones))
		if many < len(x.zoneBands) && (x.zoneBands[many].first > to || x.zoneBands[many].last < from) {
			i, begin = end, x.zones[end-1].to
			continue
		}
		for ; i < end; i++ {
			z := &x.zones[i]
			if z.first <= to && z.last >= from {
				if add(begin, z.to); events > most {
					return nil, events, false
				}
			}
			begin = z.to
		}
	}
	if begin < x.n() {
		add(begin, x.n())
	}
	return found, events, events <= most
}

// inRuns returns what fills the buffer with the next events of the plan that lie in the runs, in their order, and says with how many,
// until there are none.
func (p *plan) inRuns(runs []run, buffer []uint32) func() int {
	switch {
	case p.list != nil:
		rest := p.list
		return func() (n int) {
			for n < len(buffer) && len(runs) > 0 && len(rest) > 0 {
				rest = rest[gallop(rest, runs[0].from):]
				end := min(gallop(rest, runs[0].to), len(buffer)-n)
				copy(buffer[n:], rest[:end])
				n, rest = n+end, rest[end:]
				if n < len(buffer) {
					runs = runs[1:]
				}
			}
			return n
		}
	case p.set != nil:
		it := p.set.Iterator()
		return func() (n int) {
			for n < len(buffer) && len(runs) > 0 {
				it.AdvanceIfNeeded(runs[0].from)
				for n < len(buffer) && it.HasNext() && it.PeekNext() < runs[0].to {
					buffer[n] = it.Next()
					n++
				}
				if n < len(buffer) {
					runs = runs[1:]
				}
			}
			return n
		}
	}
	at := uint32(0)
	return func() (n int) {
		for n < len(buffer) && len(runs) > 0 {
			at = max(at, runs[0].from)
			for ; n < len(buffer) && at < runs[0].to; at++ {
				buffer[n] = at
				n++
			}
			if at == runs[0].to {
				runs = runs[1:]
			}
		}
		return n
	}
}

// widen lets the span reach over the dates of the events. Those of whole bands that it reaches over already are passed over, all that stand
// next to each other at once.
func (x *index) widen(s *graph.Span, some []uint32) {
	const step = 8 // of those of a band, which has no other between them
	for len(some) > 0 {
		n, i := 1, some[0]>>bandBits
		if int(i) < len(x.bands) && s.First != 0 && x.bands[i].first >= s.First && x.bands[i].last <= s.Last {
			for n+step <= len(some) && some[n+step-1]>>bandBits == i {
				n += step
			}
			for n < len(some) && some[n]>>bandBits == i {
				n++
			}
		} else {
			x.rows[some[0]].widen(s)
		}
		some = some[n:]
	}
}

// A horizon is a day beyond which, as a course goes, no answer is wanted any more.
type horizon struct {
	day        edtf.Day
	descending bool
}

// reached leaves those of the events, in place, whose bands do not lie beyond the horizon as a whole.
func (h *horizon) reached(x *index, some []uint32) []uint32 {
	n, bands := 0, x.bands
	for _, o := range some {
		if i := int(o >> bandBits); i < len(bands) && (!h.descending && bands[i].first > h.day || h.descending && bands[i].last < h.day) {
			continue
		}
		some[n] = o
		n++
	}
	return some[:n]
}
