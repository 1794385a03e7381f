package badgerstore

import (
	"cmp"
	mathbits "math/bits"
	"slices"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"

	"fangzhi/edtf"
	"fangzhi/graph"
)

// spanCounter counts events by the spans that their dates meet. Nearly all dates are one day, or lie in one span as a whole: a
// table by days says in which one. The others are compared with the spans.
type spanCounter struct {
	spans  []graph.DayRange
	match  graph.DateMatch
	counts []int // behind the first, which counts days of the table that are in no span
	more   []int // by how much the counts at i are more than those before: of dates that several spans meet

	from edtf.Day
	at   []uint16 // by day from from on: the place of its span, plus one; 0 for none

	table *[]uint16 // what at is a part of; nil for none
}

// spanTables are those of counters that are done: of a century 73 KB.
var spanTables = sync.Pool{New: func() any { return new([]uint16) }}

// daysAnEvent is how many days of a table an event may cost. To fill in a day takes a small part of what a search among the
// spans takes.
const daysAnEvent = 64

// newSpanCounter returns a counter for the spans, one at least, and about n events.
func newSpanCounter(spans []graph.DayRange, m graph.DateMatch, n int) *spanCounter {
	c := &spanCounter{spans: spans, match: m, counts: make([]int, len(spans)+1), more: make([]int, len(spans)+1), from: spans[0].From}
	days := int(spans[len(spans)-1].To-c.from) + 1
	if days > n*daysAnEvent || len(spans) >= 1<<16 {
		return c
	}
	table := spanTables.Get().(*[]uint16)
	if cap(*table) < days {
		*table = make([]uint16, days)
	}
	c.table, c.at = table, (*table)[:days]
	clear(c.at)
	for i, s := range spans {
		span := c.at[s.From-c.from : s.To-c.from+1]
		for d := range span {
			span[d] = uint16(i + 1)
		}
	}
	return c
}

// count counts events; it changes the slice. Neighbours are mostly of one issue, and so of one span: those in a row are counted before they
// are added. Rows are read of the others alone, in a loop of their own, so that the processor waits for many at once.
func (c *spanCounter) count(x *index, some []uint32) {
	at, span, n, others := c.at, uint16(0), 0, some[:0]
	for _, o := range some {
		i := uint32(x.days[o] - c.from)
		if i >= uint32(len(at)) { // no day, or one beyond the spans
			others = append(others, o)
			continue
		}
		if at[i] != span {
			c.counts[span] += n
			span, n = at[i], 0
		}
		n++
	}
	c.counts[span] += n
	for _, o := range others {
		c.countRow(&x.rows[o])
	}
}

// countSet counts the events of a set, a bit each. Most zones lie in one span: their bits are counted, and no event is looked at.
func (c *spanCounter) countSet(x *index, set *roaring.Bitmap) {
	if set.IsEmpty() {
		return
	}
	room := denseSets.Get().(*[]uint64)
	defer denseSets.Put(room)
	size := int(set.DenseSize())
	*room = slices.Grow((*room)[:0], size)[:size]
	words := *room
	clear(words)
	set.WriteDenseTo(words)
	buffer := batchBuffers.Get().(*[batchSize]uint32)
	defer batchBuffers.Put(buffer)
	n, zone, most := 0, x.zoneOf(set.Minimum()), set.Maximum()
	for begin := x.zoneBegin(zone); begin <= most; zone++ {
		end, loose, span := begin+64, ^uint64(0), uint16(0) // behind the last zone
		if zone < len(x.zones) {
			if end, span = x.zones[zone].to, c.spanOf(&x.zones[zone]); span != 0 {
				loose = x.loose[zone]
			}
		}
		found := bitsOver(words, begin, end)
		c.counts[span] += mathbits.OnesCount64(found &^ loose)
		for others := found & loose; others != 0; others &= others - 1 {
			buffer[n] = begin + uint32(mathbits.TrailingZeros64(others))
			if n++; n == len(buffer) {
				c.count(x, buffer[:n])
				n = 0
			}
		}
		begin = end
	}
	c.count(x, buffer[:n])
}

// denseSets are those of counters that are done: of a million events 125 KB.
var denseSets = sync.Pool{New: func() any { return new([]uint64) }}

// bitsOver returns the bits from one on and before another, at most 64.
func bitsOver(words []uint64, begin, end uint32) uint64 {
	i, shift := int(begin/64), begin%64
	b := words[i] >> shift
	if i+1 < len(words) {
		b |= words[i+1] << (64 - shift)
	}
	return b & (^uint64(0) >> (64 - (end - begin)))
}

// spanOf returns the place of the span that the short dates of a zone lie in, plus one; 0 for none.
func (c *spanCounter) spanOf(z *zone) uint16 {
	first, last := uint32(z.first-c.from), uint32(z.last-c.from)
	if first >= uint32(len(c.at)) || last >= uint32(len(c.at)) || c.at[first] != c.at[last] {
		return 0
	}
	return c.at[first]
}

// countRow counts an event by its row.
func (c *spanCounter) countRow(r *row) {
	at := c.at
	if i, j := uint32(r.first-c.from), uint32(r.last-c.from); i < uint32(len(at)) && j < uint32(len(at)) {
		if from, to := at[i], at[j]; from != 0 && to != 0 {
			switch {
			case from == to:
				c.counts[to]++
			case c.match != graph.MatchCertain:
				c.more[from-1]++
				c.more[to]--
			}
			return
		}
	}
	if !r.dated() {
		return
	}
	if from, to := meeting(c.spans, c.match, r.first, r.last); from < to {
		c.more[from]++
		c.more[to]--
	}
}

// done returns the counts. Nothing is counted any more.
func (c *spanCounter) done() []int {
	if c.table != nil {
		spanTables.Put(c.table)
		c.table, c.at = nil, nil
	}
	counts, n := c.counts[1:], 0
	for i := range counts {
		n += c.more[i]
		counts[i] += n
	}
	return counts
}

// meeting returns which of the spans a date meets, from and before to.
func meeting(spans []graph.DayRange, m graph.DateMatch, first, last edtf.Day) (from, to int) {
	if m == graph.MatchCertain {
		if first == 0 || last == 0 {
			return 0, 0
		}
		i := firstEndingFrom(spans, first)
		if i < len(spans) && spans[i].From <= first && last <= spans[i].To {
			return i, i + 1
		}
		return 0, 0
	}
	if first != 0 {
		from = firstEndingFrom(spans, first)
	}
	if last == 0 {
		return from, len(spans)
	}
	if first == last {
		if from < len(spans) && spans[from].From <= last {
			return from, from + 1
		}
		return from, from
	}
	to, _ = slices.BinarySearchFunc(spans, last, func(d graph.DayRange, day edtf.Day) int { return order(d.From <= day) })
	return from, to
}

// firstEndingFrom returns the place of the first span that ends on the day or later.
func firstEndingFrom(spans []graph.DayRange, day edtf.Day) int {
	i, _ := slices.BinarySearchFunc(spans, day, func(d graph.DayRange, day edtf.Day) int { return cmp.Compare(d.To, day) })
	return i
}
