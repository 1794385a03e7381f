package gram

import (
	"cmp"
	"slices"
	"unicode/utf8"

	"github.com/RoaringBitmap/roaring/v2"
)

// A Segment is a header with a way to read its blocks. Read returns block number block as the Writer got it; what it
// returns must not change afterwards.
type Segment struct {
	Header *Header
	Read   func(block int) ([]byte, error)
	// ReadSet returns what Set.Encode wrote, likewise. It is asked once for each NamedSet of the header.
	ReadSet func(SetID) ([]byte, error)
}

// Load reads the sets of frequent grams that have a name alone; Search and Merge do so themselves.
//
// Errors are ErrCorrupt and those of ReadSet.
func (s Segment) Load() error {
	for _, p := range s.Header.parts {
		if err := p.set.load(s.ReadSet); err != nil {
			return err
		}
	}
	return nil
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
// is a gram costs one block, a formula two, one that was left out those of its halves too, and any other string those of maxGrams
// grams at most, for each set of frequent grams that the segment was made with.
//
// Errors are ErrCorrupt and those of Read and ReadSet.
func (s Segment) Search(pattern string) (Result, error) {
	r := reading{Segment: s}
	if always(pattern) {
		e, err := r.entry(pattern)
		return Result{Exact: e}, err
	}
	if err := s.Load(); err != nil {
		return Result{}, err
	}
	var exact []part
	var candidates []uint16
	for _, p := range s.Header.parts {
		v, known, err := r.search(p, pattern)
		if err != nil {
			return Result{}, err
		}
		if known {
			exact = append(exact, p)
		}
		candidates = append(candidates, v...)
	}
	var result Result
	if len(candidates) > 0 {
		slices.Sort(candidates) // those of a part stand together, but not always its intervals
		both := containers(s.Header.lo, candidates)
		result.Candidates = mapped(both[:])
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
// shares the entry of a part of it. What Merge made may have a gram of some events whose set does not cover it, and may not have
// it of others that left it out: Search knows of both, Find does not.
//
// Errors are ErrCorrupt and those of Read.
func (s Segment) Find(gram string) (Entry, error) {
	r := reading{Segment: s}
	return r.entry(gram)
}

// A reading is one search of a segment. It remembers the blocks it read, as neighbouring grams share them, and lists, as parts do.
type reading struct {
	Segment
	blocks []numbered
	lists  map[string][]uint16
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

// numbered is a block with its number.
type numbered struct {
	number int
	bytes  []byte
}

func (r *reading) block(i int) ([]byte, error) {
	for _, b := range r.blocks {
		if b.number == i {
			return b.bytes, nil
		}
	}
	b, err := r.Read(i)
	if err != nil {
		return nil, err
	}
	r.blocks = append(r.blocks, numbered{i, b})
	return b, nil
}

// ordinals returns all ordinals of an entry of the segment, that of a gram.
func (r *reading) ordinals(gram string, e Entry) ([]uint16, error) {
	if v, ok := r.lists[gram]; ok {
		return v, nil
	}
	v, err := e.ordinals(make([]uint16, 0, e.of[allList].count()), allList)
	if r.lists == nil {
		r.lists = make(map[string][]uint16, 1)
	}
	r.lists[gram] = v
	return v, err
}

// always tells whether a segment has the gram wherever it occurs, whatever its sets are.
func always(gram string) bool {
	n := utf8.RuneCountInString(gram)
	return n == 1 || n == 2
}

// search searches a part. known tells that the entry of the pattern is the answer, otherwise there are candidates.
func (r *reading) search(p part, pattern string) (candidates []uint16, known bool, err error) {
	plan := p.set.Plan(pattern)
	if !plan.Exact {
		candidates, err = r.candidates(p, plan)
		return candidates, false, err
	}
	e, err := r.entry(pattern)
	if err != nil || !p.mayLack(pattern) {
		return nil, err == nil, err
	}
	some, err := r.some(p, pattern, e)
	if err != nil || some {
		return nil, some, err
	}
	candidates, err = r.both(p, pattern)
	return candidates, false, err
}

// mayLack tells whether the gram, which is covered, may have been left out.
func (p *part) mayLack(gram string) bool { return p.few > 0 && !always(gram) }

// some tells whether an entry has an event of the part. The gram was not left out then.
func (r *reading) some(p part, gram string, e Entry) (bool, error) {
	if e.IsEmpty() || len(r.Header.parts) == 1 {
		return !e.IsEmpty(), nil
	}
	if l := e.of[allList]; l.form == bitmap {
		return slices.ContainsFunc(p.in, l.hasBit), nil
	}
	v, err := r.ordinals(gram, e)
	return len(clip(v, p.in)) > 0, err
}

// both returns the events of the part with both halves of a gram that it does not have: none, where they are more than few, as
// then no text has it.
func (r *reading) both(p part, gram string) ([]uint16, error) {
	_, first := utf8.DecodeRuneInString(gram)
	_, last := utf8.DecodeLastRuneInString(gram)
	v, err := r.among(p, nil, gram[:len(gram)-last])
	if err == nil && len(v) > 0 {
		v, err = r.among(p, v, gram[first:])
	}
	if len(v) > p.few {
		v = nil
	}
	return v, err
}

// among returns the events of the part, those of v unless that is nil, that have a gram by its entry.
func (r *reading) among(p part, v []uint16, gram string) ([]uint16, error) {
	e, err := r.entry(gram)
	if err != nil || e.IsEmpty() {
		return nil, err
	}
	if l := e.of[allList]; v != nil && l.form == bitmap {
		return l.filter(v), nil
	}
	all, err := r.ordinals(gram, e)
	if err != nil {
		return nil, err
	}
	if v == nil {
		return clip(all, p.in), nil
	}
	return intersect(v, all), nil
}

// candidates returns the events of the part that have all grams of the plan that were worth reading.
func (r *reading) candidates(p part, plan Plan) ([]uint16, error) {
	if len(plan.Grams) == 0 {
		return clip(r.Header.events, p.in), nil
	}
	var all []uint16
	var err error
	for _, g := range plan.Grams {
		if all, err = r.holders(p, g, all); err != nil || len(all) <= fewCandidates {
			break
		}
	}
	return all, err
}

// holders returns the events of the part, those of v unless that is nil, that have a gram which is covered, or may have it.
func (r *reading) holders(p part, gram string, v []uint16) ([]uint16, error) {
	if p.mayLack(gram) {
		e, err := r.entry(gram)
		if err != nil {
			return nil, err
		}
		some, err := r.some(p, gram, e)
		if err != nil {
			return nil, err
		}
		if !some {
			both, err := r.both(p, gram)
			if v != nil {
				both = intersect(v, both)
			}
			return both, err
		}
	}
	return r.among(p, v, gram)
}

// intersect returns the ordinals that two ascending lists have in common.
func intersect(a, b []uint16) []uint16 {
	if len(a) > len(b) {
		a, b = b, a
	}
	var both []uint16
	for _, o := range a {
		i, ok := slices.BinarySearch(b, o)
		if ok {
			both = append(both, o)
		}
		b = b[i:]
	}
	return both
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
