package gram

import (
	"cmp"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
)

// A Segment is a header with a way to read its blocks. Read returns block number block as the Writer got it; what it
// returns must not change afterwards.
type Segment struct {
	Header *Header
	Read   func(block int) ([]byte, error)
}

// A Result is what one segment knows of a string. Its two halves have no event in common, and events in neither do not
// contain the string.
type Result struct {
	// Exact has events that contain the string, with their hits.
	Exact Entry
	// Candidates may contain it: their texts have to be looked at, see fold.Matcher. nil if there are none. The bitmap is the
	// caller's own.
	Candidates *roaring.Bitmap
}

// Query searches every segment for a folded string, which is valid UTF-8. The results are in the order of the segments.
//
// Errors are ErrCorrupt and those of Read.
func Query(segments []Segment, pattern string) ([]Result, error) {
	results := make([]Result, len(segments))
	for i, s := range segments {
		var err error
		if results[i], err = s.Search(pattern); err != nil {
			return nil, err
		}
	}
	return results, nil
}

// fewCandidates are looked at sooner than the posting of a further gram is read and intersected with them.
const fewCandidates = 4

// Search searches the segment for a folded string, which is valid UTF-8. For "" all events are candidates. A string that
// is a gram costs one block, a formula two, and any other string those of maxGrams grams at most, for each set of frequent
// grams that the segment was made with.
//
// Errors are ErrCorrupt and those of Read.
func (s Segment) Search(pattern string) (Result, error) {
	r := reading{Segment: s}
	var result Result
	var exact []part
	for _, p := range s.Header.parts {
		plan := p.set.Plan(pattern)
		if plan.Exact {
			exact = append(exact, p)
			continue
		}
		c, err := r.candidates(plan, r.whole(p.in))
		if err != nil {
			return Result{}, err
		}
		switch {
		case c.IsEmpty():
		case result.Candidates == nil:
			result.Candidates = c
		default:
			result.Candidates.Or(c)
		}
	}
	if len(exact) > 0 {
		e, err := r.entry(pattern)
		if err != nil {
			return Result{}, err
		}
		if len(exact) < len(s.Header.parts) && !e.IsEmpty() {
			e.in = union(exact)
		}
		result.Exact = e
	}
	return result, nil
}

// Find returns the entry of a gram, a zero one if the segment does not have it. It reads one block, or two where the gram
// shares the entry of a part of it. What Merge made may have a gram of events whose set does not cover it: Search leaves
// them out, Find does not.
//
// Errors are ErrCorrupt and those of Read.
func (s Segment) Find(gram string) (Entry, error) {
	r := reading{Segment: s}
	return r.entry(gram)
}

// A reading is one search of a segment. It remembers the blocks it read, as neighbouring grams share them.
type reading struct {
	Segment
	blocks map[int][]byte
}

// entry returns the entry of a gram, a zero one if the segment does not have it.
func (r *reading) entry(gram string) (Entry, error) {
	for {
		i, ok := r.Header.Block(gram)
		if !ok {
			return Entry{}, nil
		}
		block, err := r.block(i)
		if err != nil {
			return Entry{}, err
		}
		e, as, err := r.Header.find(block, gram)
		if as == "" || err != nil {
			return e, err
		}
		gram = as // shorter, so this ends
	}
}

func (r *reading) block(i int) ([]byte, error) {
	if b, ok := r.blocks[i]; ok {
		return b, nil
	}
	b, err := r.Read(i)
	if err != nil {
		return nil, err
	}
	if r.blocks == nil {
		r.blocks = make(map[int][]byte, 1)
	}
	r.blocks[i] = b
	return b, nil
}

// whole returns nil for intervals that are all of the segment.
func (r *reading) whole(in []interval) []interval {
	if len(r.Header.parts) == 1 {
		return nil
	}
	return in
}

// candidates returns the events in the intervals, nil for all, that have all grams of the plan that were worth reading.
func (r *reading) candidates(plan Plan, in []interval) (*roaring.Bitmap, error) {
	if len(plan.Grams) == 0 {
		e := Entry{lo: r.Header.lo, span: r.Header.span, in: in}
		return toRoaring(e.lo, clipAll(r.Header.events, in)), nil
	}
	var all *roaring.Bitmap
	for _, g := range plan.Grams {
		e, err := r.entry(g)
		if err != nil {
			return nil, err
		}
		if e.IsEmpty() {
			return roaring.New(), nil
		}
		e.in = in
		b, err := e.All()
		if err != nil {
			return nil, err
		}
		if all == nil {
			all = b
		} else {
			all.And(b)
		}
		if all.GetCardinality() <= fewCandidates {
			break
		}
	}
	return all, nil
}

// clipAll returns those of v that are in the intervals, nil for all, as a slice of its own.
func clipAll(v []uint16, in []interval) []uint16 {
	v = append([]uint16(nil), v...)
	if in == nil {
		return v
	}
	return clip(v, in)
}

// union returns the intervals of the parts in ascending order.
func union(parts []part) []interval {
	var in []interval
	for _, p := range parts {
		in = append(in, p.in...)
	}
	slices.SortFunc(in, func(a, b interval) int { return cmp.Compare(a.from, b.from) })
	return in
}
