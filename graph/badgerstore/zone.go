package badgerstore

import (
	"math"

	"fangzhi/edtf"
	"fangzhi/graph"
)

// zoneBits says how many ordinals a zone has: 64. Tests change it.
var zoneBits = 6

// A zone is what is known of so many events in a row. Issues are put one after the other, and the events of one lie near each other in
// time, so the days of most zones are few: which events a month has is asked of the zones that reach into it, in the order of the columns
// and not of the calendar, where each event lies somewhere else. A zone is made when it is full; events behind the last are always asked.
type zone struct{ first, last edtf.Day } // first is beyond last where there are no days

var noDays = zone{math.MaxInt32, math.MinInt32}

func (z *zone) reach(first, last edtf.Day) { z.first, z.last = min(z.first, first), max(z.last, last) }

// zones are, by zone, the days that short dates cover, and those by which dated events sort.
type zones struct{ short, sort []zone }

// fillZones makes the zones of the events that have none.
func (x *index) fillZones() {
	for size := 1 << zoneBits; (len(x.zones.short)+1)*size <= len(x.rows); {
		covered, sorted := noDays, noDays
		from := len(x.zones.short) * size
		for i := range x.rows[from : from+size] {
			r := &x.rows[from+i]
			if !r.dated() {
				continue
			}
			sorted.reach(r.sortDay(), r.sortDay())
			if r.class() == short {
				covered.reach(r.first, r.last)
			}
		}
		x.zones.short, x.zones.sort = append(x.zones.short, covered), append(x.zones.sort, sorted)
	}
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
	for i := range x.zones.short {
		if z := &x.zones.short[i]; z.first <= to && z.last >= from {
			if add(uint32(i)<<zoneBits, uint32(i+1)<<zoneBits); events > most {
				return nil, events, false
			}
		}
	}
	if rest := uint32(len(x.zones.short)) << zoneBits; rest < x.n() {
		add(rest, x.n())
	}
	return found, events, events <= most
}

// within returns what fills the buffer with the next events of the plan that lie in the runs, in their order, and says with how many,
// until there are none.
func (p *plan) within(runs []run, buffer []uint32) func() int {
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

// A limit is a day beyond which, as a course goes, no answer is wanted any more.
type limit struct {
	day        edtf.Day
	descending bool
}

// within leaves those of the events, in place, whose zones do not lie beyond the limit as a whole.
func (l *limit) within(x *index, some []uint32) []uint32 {
	n, zones := 0, x.zones.sort
	for _, o := range some {
		if i := int(o >> zoneBits); i < len(zones) && (!l.descending && zones[i].first > l.day || l.descending && zones[i].last < l.day) {
			continue
		}
		some[n] = o
		n++
	}
	return some[:n]
}
