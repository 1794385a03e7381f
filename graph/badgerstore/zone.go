package badgerstore

import (
	"cmp"
	"math"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

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

// zoneSize is how many events a zone has at most, no more than x.loose has bits, manyZones how many zones have their days put together:
// x.zoneBands has those of whole ones. Tests change both.
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
	for from := x.zoneBegin(len(x.zones)); ; {
		to := from
		z, loose := zone{first: math.MaxInt32, last: math.MinInt32}, uint64(0)
		for ; to < x.n() && to-from < zoneSize && x.rows[to].issue == x.rows[from].issue; to++ {
			if r := &x.rows[to]; r.dated() && r.class() == short {
				z.first, z.last = min(z.first, r.first), max(z.last, r.last)
			} else {
				loose |= 1 << (to - from)
			}
		}
		if to == x.n() && to-from < zoneSize {
			break
		}
		z.to, from = to, to
		x.zones, x.loose = append(x.zones, z), append(x.loose, loose)
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

// zoneBegin returns the first ordinal of a zone.
func (x *index) zoneBegin(zone int) uint32 {
	if zone == 0 {
		return 0
	}
	return x.zones[zone-1].to
}

// zoneOf returns the zone of an event, how many there are for one behind them.
func (x *index) zoneOf(o uint32) int {
	zone, _ := slices.BinarySearchFunc(x.zones, o, func(z zone, o uint32) int { return order(z.to <= o) })
	return zone
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

// inRuns returns what fills a buffer with the next events of the plan that lie in the runs, in their order, and says with how many,
// until there are none.
func (p *plan) inRuns(runs []run) func(buffer []uint32) int {
	switch {
	case p.list != nil:
		rest := p.list
		return func(buffer []uint32) (n int) {
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
		return func(buffer []uint32) (n int) {
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
	return func(buffer []uint32) (n int) {
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

// outside returns where events may have dates that a span does not reach over, as runs in order.
func (x *index) outside(s graph.Span) []run {
	found := make([]run, 0, 16) // not nil
	size := uint32(1) << bandBits
	at := uint32(0)
	for i := range x.bands {
		if b := &x.bands[i]; s.First == 0 || b.first < s.First || b.last > s.Last {
			found = append(found, run{at, at + size})
		}
		at += size
	}
	return append(found, run{at, x.n()})
}

// dense tells whether a set has so many events that the zones that it reaches over are sooner looked at.
func (x *index) dense(set *roaring.Bitmap) bool {
	if set.IsEmpty() {
		return false
	}
	zones := x.zoneOf(set.Maximum()) - x.zoneOf(set.Minimum())
	return set.GetCardinality() > uint64(zones)+set.DenseSize()/4 // to fill the bits takes little, but is not nothing
}

// widen lets the span reach over the dates of the events. Those of bands that it reaches over already are passed over.
func (x *index) widen(s *graph.Span, some []uint32) {
	for _, o := range some {
		if i := o >> bandBits; int(i) < len(x.bands) && s.First != 0 && x.bands[i].first >= s.First && x.bands[i].last <= s.Last {
			continue
		}
		x.rows[o].widen(s)
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
