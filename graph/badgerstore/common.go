package badgerstore

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/dgraph-io/badger/v4"

	"fangzhi/graph"
	"fangzhi/graph/badgerstore/gram"
)

// commonHits are the first hits of common strings in the segments before an ordinal, and how many they have there, of all events that were
// not hidden then. A common string has the longest lists, of which these spare a search nearly all: it reads the segments since. They are
// written with the segment that ends before the ordinal, and hold until one of the events is hidden; then all segments are read again, until
// the next ones are written.
type commonHits struct {
	before uint32 // no segment has events before it and others
	hidden uint64 // how many of the events before it were
	of     map[string]*firstHits
}

// commonRecord is the record of commonHits.
type commonRecord struct {
	Before  uint32     `cbor:"1,keyasint"`
	Hidden  uint64     `cbor:"2,keyasint,omitempty"`
	Strings []string   `cbor:"3,keyasint"`
	Totals  []int      `cbor:"4,keyasint"`
	Hits    [][]uint64 `cbor:"5,keyasint"` // ordinal * tierCount + tier
}

// Tests lower these.
var (
	// commonOf is the part of the events of a segment that have a common string: one in so many.
	commonOf = 32
	// commonEach is from how many events on segments are read once for the first hits of all common strings.
	commonEach = 16384
)

// mostCommon is how many strings are common at most.
const mostCommon = 1024

// commonStrings are the common strings of a segment that is being written, with in how many events they are.
type commonStrings map[string]int

// noting returns a writer that notes the strings of the blocks.
func (c commonStrings) noting(write gram.Writer) gram.Writer {
	return func(first, block []byte) error {
		err := gram.Common(block, max(commonEach/commonOf, 1), func(s string, events int) { c[s] = events })
		if err != nil {
			return err
		}
		return write(first, block)
	}
}

// most returns those of a segment of so many events, and those of old that are in as large a part of all events before it, be they in none of
// the segment: it may be of one publication. They are not more than mostCommon: those of old, for which mostly not all segments need be read,
// and then the commonest.
func (c commonStrings) most(events int, old *commonHits) []string {
	var all []string
	for s, n := range c {
		if n*commonOf >= events {
			all = append(all, s)
		}
	}
	for s, first := range old.of {
		if n, here := c[s]; (!here || n*commonOf < events) && first.total*commonOf >= int(old.before) {
			all = append(all, s)
		}
	}
	weight := func(s string) int {
		if old.of[s] != nil {
			return c[s] + gram.MaxSpan
		}
		return c[s]
	}
	slices.SortFunc(all, func(a, b string) int { return cmp.Or(weight(b)-weight(a), cmp.Compare(a, b)) })
	return all[:min(len(all), mostCommon)]
}

// hiddenBefore returns how many of the events before an ordinal are hidden.
func (x *index) hiddenBefore(o uint32) uint64 {
	if o == 0 {
		return 0
	}
	return x.hidden.Rank(o - 1)
}

// beyond returns the segments behind those that the first hits of common strings are of; ok is false if these do not hold any more.
func (x *index) beyond() (segments []*segment, ok bool) {
	if x.common == nil || x.common.hidden != x.hiddenBefore(x.common.before) {
		return x.segments, false
	}
	i := len(x.segments)
	for ; i > 0; i-- {
		if lo, _ := x.segments[i-1].header.Interval(); lo < x.common.before {
			break
		}
	}
	return x.segments[i:], true
}

// fromCommon returns the first hits of a common string for a plain plan; nil for another string.
func (p *plan) fromCommon(ctx context.Context, text string) (*firstHits, error) {
	beyond, ok := p.x.beyond()
	if !ok || p.x.common.of[text] == nil {
		return nil, nil
	}
	// Events that are hidden are answers where only the dead are left out.
	if before := p.x.common.before; before > 0 && p.minus.Rank(before-1) != p.x.common.hidden {
		return nil, nil
	}
	return p.and(ctx, text, p.x.common.of[text], beyond)
}

// and returns the first hits in some segments and in further ones.
func (p *plan) and(ctx context.Context, text string, first *firstHits, further []*segment) (*firstHits, error) {
	both := &firstHits{leftOut: p.leftOut(), hits: first.hits, more: first.more, total: first.total}
	if len(further) == 0 {
		return both, nil
	}
	in, err := p.s.searched(ctx, text, further)
	if err != nil {
		return nil, err
	}
	more, err := p.firstOf(ctx, text, in)
	if err != nil {
		return nil, err
	}
	both.hits, both.more = p.course(graph.Descending).firstOfBoth(first.hits, more.hits, manyFirst)
	both.more = both.more || first.more || more.more
	both.total += more.total
	return both, nil
}

// commonHits returns the first hits of common strings once a segment is made of others that the snapshot has: those that it has, where that
// does not reach far enough behind them.
func (r *snapshot) commonHits(ctx context.Context, merged *segment, strings commonStrings) (*commonHits, error) {
	x := r.index
	lo, hi := merged.header.Interval()
	beyond, holds := x.beyond()
	old := x.common
	if old == nil {
		old = new(commonHits)
	}
	from := uint64(old.before)
	if hi <= from || uint64(lo) >= from && hi-from < uint64(commonEach) {
		return x.common, nil
	}
	p, err := r.listed(ctx, &graph.Filter{Kinds: []graph.EventKind{graph.EventKindEvent}})
	if err != nil {
		return nil, err
	}
	next := &commonHits{before: uint32(hi), hidden: x.hiddenBefore(uint32(hi)), of: map[string]*firstHits{}}
	for _, s := range strings.most(merged.header.Events(), old) {
		first, further := old.of[s], beyond
		if first == nil || !holds {
			first, further = new(firstHits), x.segments
		}
		if next.of[s], err = p.and(ctx, s, first, endingBefore(further, hi)); err != nil {
			return nil, err
		}
	}
	return next, nil
}

// endingBefore returns the first segments, as many as have no event from an ordinal on.
func endingBefore(segments []*segment, o uint64) []*segment {
	n, _ := slices.BinarySearchFunc(segments, o, func(s *segment, o uint64) int {
		lo, _ := s.header.Interval()
		return cmp.Compare(uint64(lo), o)
	})
	return segments[:n]
}

// record returns the record.
func (c *commonHits) record() *commonRecord {
	r := &commonRecord{Before: c.before, Hidden: c.hidden}
	for s := range c.of {
		r.Strings = append(r.Strings, s)
	}
	slices.Sort(r.Strings)
	for _, s := range r.Strings {
		first := c.of[s]
		hits := make([]uint64, len(first.hits))
		for i, h := range first.hits {
			hits[i] = uint64(h.o)*tierCount + uint64(h.tier)
		}
		r.Totals, r.Hits = append(r.Totals, first.total), append(r.Hits, hits)
	}
	return r
}

// readCommon reads the first hits of common strings in the segments, nil where there are none.
func readCommon(txn *badger.Txn, segments []*segment) (*commonHits, error) {
	var r commonRecord
	if there, err := get(txn, []byte{keyCommon}, &r); !there || err != nil {
		return nil, err
	}
	bad := fmt.Errorf("%w: first hits of common strings", ErrCorrupt)
	across := slices.ContainsFunc(segments, func(s *segment) bool {
		lo, hi := s.header.Interval()
		return lo < r.Before && uint64(r.Before) < hi
	})
	if across || len(r.Totals) != len(r.Strings) || len(r.Hits) != len(r.Strings) {
		return nil, bad
	}
	c := &commonHits{before: r.Before, hidden: r.Hidden, of: make(map[string]*firstHits, len(r.Strings))}
	for i, s := range r.Strings {
		first := &firstHits{total: r.Totals[i], more: r.Totals[i] > len(r.Hits[i]), hits: make([]tierHit, len(r.Hits[i]))}
		if first.more && len(first.hits) < manyFirst { // of a release that kept fewer
			continue
		}
		for j, h := range r.Hits[i] {
			if h/tierCount >= uint64(r.Before) {
				return nil, bad
			}
			first.hits[j] = tierHit{uint32(h / tierCount), int(h % tierCount)}
		}
		c.of[s] = first
	}
	return c, nil
}
