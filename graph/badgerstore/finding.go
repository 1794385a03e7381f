package badgerstore

import (
	"context"
	"slices"
	"strings"
	"sync"
	"unsafe"

	"github.com/RoaringBitmap/roaring/v2"

	"fangzhi/fold"
	"fangzhi/graph"
	"fangzhi/graph/badgerstore/gram"
)

// A finding is what is known of the events that contain a string: those that the segments of the index have, and those that were looked
// at. That of the segments is kept as long as there are these segments, that of the tail for the request that a snapshot is of, which
// asks for a page and then for the number of all.
type finding struct {
	text string
	*indexed
	tail *inspection // nil where all of the set were looked at, and indexed has none
}

// indexed is what the segments know of a string. Events that were removed since are in it.
type indexed struct {
	// all are the events that contain it by what lists say. exact are those of numbers of hits, of the segments that have any.
	all    *roaring.Bitmap
	exact  []gram.Entry
	weight int // bytes, about
	inspection

	titles *roaring.Bitmap // those of all with the string in the title

	mu   sync.Mutex
	hits [graph.MostHits + 1]*roaring.Bitmap // guarded by mu: nil until it is asked for; those with so many, from 2 on
}

// An inspection is what was seen in texts.
type inspection struct {
	candidates *roaring.Bitmap // may contain the string

	busy   sync.Mutex      // held while it is looked at texts
	looked *roaring.Bitmap // guarded by busy: those of the candidates whose texts were looked at
	seen   sightings       // guarded by busy
}

// sightings are events with hits in their texts: all of them, and by tier.
type sightings struct {
	all   *roaring.Bitmap
	tiers [tierCount]*roaring.Bitmap // nil for none
}

// A sighting is an event in whose text hits were seen.
type sighting struct {
	o uint32
	seen
}

// seen are the hits in the text of one event.
type seen struct {
	title bool
	hits  int
}

func (s seen) tier() int {
	if s.title {
		return graph.MostHits - s.hits
	}
	return tierCount - s.hits
}

// fewTexts is of how many events the texts are looked at without asking the index. Tests lower it.
var fewTexts uint64 = 64

const (
	// manyFindings is how many strings a snapshot remembers.
	manyFindings = 8
	// keptFindings is how many bytes of what was found in segments are kept, twice at most.
	keptFindings = 12 << 20
	// heaviest is how many bytes of it one string may take.
	heaviest = keptFindings / 4
)

func newInspection(candidates *roaring.Bitmap) inspection {
	return inspection{candidates: candidates, looked: roaring.New(), seen: sightings{all: roaring.New()}}
}

// finding returns what is known of the events that contain the folded string.
func (r *snapshot) finding(ctx context.Context, text string) (*finding, error) {
	r.mu.Lock()
	f := r.found[text]
	r.mu.Unlock()
	if f != nil {
		return f, nil
	}
	x := r.index
	in, ok := x.searches.found.get(text)
	if !ok {
		var err error
		if in, err = r.searched(ctx, text, x.segments); err != nil {
			return nil, err
		}
		if in.weight <= heaviest {
			x.searches.found.put(strings.Clone(text), in, in.weight) // it stands in a question
		}
	}
	f = &finding{text: text, indexed: in, tail: r.tailOf(text)}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.found == nil || len(r.found) >= manyFindings {
		r.found = map[string]*finding{}
	}
	r.found[text] = f
	return f, nil
}

// tailOf returns what is known of the tail.
func (r *snapshot) tailOf(text string) *inspection {
	r.mu.Lock()
	defer r.mu.Unlock()
	if tail := r.tails[text]; tail != nil {
		return tail
	}
	open := roaring.New()
	open.AddRange(uint64(r.index.indexed), uint64(r.index.n()))
	tail := newInspection(open)
	if r.tails == nil || len(r.tails) >= manyFindings {
		r.tails = map[string]*inspection{}
	}
	r.tails[text] = &tail
	return &tail
}

// searched asks segments, on all processors.
func (r *snapshot) searched(ctx context.Context, text string, segments []*segment) (*indexed, error) {
	in := &indexed{weight: 256 + len(text)}
	exact := make([]gram.Entry, len(segments))
	lists, titles := make([]gram.Ordinals, len(segments)), make([]gram.Ordinals, len(segments))
	candidates := make([]*roaring.Bitmap, len(segments))
	err := inParallel(ctx, len(segments), func(i int) error {
		result, err := r.readable(segments[i]).Search(text)
		if err == nil {
			candidates[i] = result.Candidates
			exact[i] = result.Exact.Hits()
			lists[i], err = result.Exact.Read(gram.ListAll)
		}
		if err == nil { // a first page always begins with these
			titles[i], err = result.Exact.Read(gram.ListTitle)
		}
		return damaged(err)
	})
	if err != nil {
		return nil, err
	}
	for i := range exact {
		if n := exact[i].Bytes(); n > 0 { // most have no more than one hit in any event, and an entry is large
			in.exact = append(in.exact, exact[i])
			in.weight += n
		}
	}
	in.weight += cap(in.exact) * int(unsafe.Sizeof(gram.Entry{}))
	candidates = slices.DeleteFunc(candidates, func(b *roaring.Bitmap) bool { return b == nil })
	in.all, in.titles = gram.Join(lists), gram.Join(titles)
	in.inspection = newInspection(roaring.FastOr(candidates...))
	if odd := roaring.And(in.all, r.index.odd); !odd.IsEmpty() {
		in.all.AndNot(odd)
		in.candidates.Or(odd)
	}
	in.weight += 2 * int(in.all.GetSizeInBytes()+in.titles.GetSizeInBytes()+in.candidates.GetSizeInBytes())
	return in, nil
}

// find returns the events of a set, nil for all, that contain the folded string, some removed ones too, and what is known of them.
func (r *snapshot) find(ctx context.Context, text string, within *roaring.Bitmap) (*roaring.Bitmap, *finding, error) {
	var f *finding
	if within != nil && within.GetCardinality() <= fewTexts {
		f = &finding{text: text, indexed: &indexed{all: roaring.New(), inspection: newInspection(within)}}
	} else {
		var err error
		if f, err = r.finding(ctx, text); err != nil {
			return nil, nil, err
		}
	}
	all, err := f.within(ctx, r, within)
	return all, f, err
}

// within returns the events of a set, nil for all, that contain the string. It looks at the candidates among them.
func (f *finding) within(ctx context.Context, r *snapshot, within *roaring.Bitmap) (*roaring.Bitmap, error) {
	sets := []*roaring.Bitmap{f.all}
	for _, l := range f.inspections() {
		some, err := l.look(ctx, r, f.text, within)
		if err != nil {
			return nil, err
		}
		if some != nil {
			sets = append(sets, some)
		}
	}
	all := sets[0]
	if len(sets) > 1 {
		all = roaring.FastOr(sets...)
	}
	if within != nil {
		all = roaring.And(all, within)
	}
	return all, nil
}

func (f *finding) inspections() []*inspection {
	if f.tail == nil {
		return []*inspection{&f.inspection}
	}
	return []*inspection{&f.inspection, f.tail}
}

// look looks at the candidates in a set, nil for all, that were not looked at yet, and returns those seen so far, nil for none.
func (l *inspection) look(ctx context.Context, r *snapshot, text string, within *roaring.Bitmap) (*roaring.Bitmap, error) {
	l.busy.Lock()
	defer l.busy.Unlock()
	open := roaring.AndNot(l.candidates, l.looked)
	if within != nil {
		open.And(within)
	}
	if !open.IsEmpty() {
		open.AndNot(r.index.dead)
		found, err := r.look(ctx, text, open)
		if err != nil {
			return nil, err
		}
		l.seen = l.seen.with(found)
		l.looked = roaring.Or(l.looked, open)
	}
	if l.seen.all.IsEmpty() {
		return nil, nil
	}
	return l.seen.all, nil
}

// with returns the sightings with more of them. Bitmaps that were handed out do not change.
func (s sightings) with(found []sighting) sightings {
	if len(found) == 0 {
		return s
	}
	var of [tierCount][]uint32
	all := make([]uint32, len(found))
	slices.SortFunc(found, func(a, b sighting) int { return int(int64(a.o) - int64(b.o)) })
	for i := range found {
		all[i] = found[i].o
		t := found[i].tier()
		of[t] = append(of[t], found[i].o)
	}
	for t, list := range of {
		switch {
		case len(list) == 0:
		case s.tiers[t] == nil:
			s.tiers[t] = roaring.BitmapOf(list...)
		default:
			s.tiers[t] = roaring.Or(s.tiers[t], roaring.BitmapOf(list...))
		}
	}
	s.all = roaring.Or(s.all, roaring.BitmapOf(all...))
	return s
}

// look looks at the texts of the candidates, on all processors, and returns where it finds the string.
func (r *snapshot) look(ctx context.Context, text string, candidates *roaring.Bitmap) (found []sighting, err error) {
	if text == "" {
		return nil, nil
	}
	remembered := r.index.remembered()
	var blocks [][]uint32
	var tail docMatcher
	if n := len(r.index.tail); n > 0 {
		tail = newDocMatcher(text, r.index.tail[n-1].Body)
	}
	ordinals := candidates.ToArray()
	for from := 0; from < len(ordinals); {
		o := ordinals[from]
		if o >= remembered {
			if s := tail.hits(&r.index.tail[o-remembered], r.index.odd.Contains(o)); s.hits > 0 {
				found = append(found, sighting{o, s})
			}
			from++
			continue
		}
		to := from + 1
		for to < len(ordinals) && ordinals[to]/eventsARecord == o/eventsARecord && ordinals[to] < remembered {
			to++
		}
		blocks = append(blocks, ordinals[from:to])
		from = to
	}
	m := fold.NewMatcher(text)
	var mu sync.Mutex
	err = inParallel(ctx, len(blocks), func(i int) error {
		return useTextBlock(r.txn, blocks[i][0]/eventsARecord, func(texts textBlock) {
			for _, o := range blocks[i] {
				if s := texts.hits(int(o%eventsARecord), m, r.index.odd.Contains(o)); s.hits > 0 {
					mu.Lock()
					found = append(found, sighting{o, s})
					mu.Unlock()
				}
			}
		})
	})
	return found, err
}

// meetText leaves only events that contain the folded string.
func (p *plan) meetText(ctx context.Context, text string) error {
	all, _, err := p.s.find(ctx, text, p.set)
	p.set = all
	return err
}
