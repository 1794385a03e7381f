package badgerstore

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/dgraph-io/badger/v4"

	"fangzhi/fold"
	"fangzhi/graph"
	"fangzhi/graph/badgerstore/gram"
)

// The index of texts is a list of segments (package gram). An update adds one for the events that it puts; small ones are
// merged in the background (merge.go). A title is indexed where it is printed. A made title is the first clause of the body,
// so its hits are the body's; where it is not (odd), it counts where the body has no hit, and that only its text can tell.

// A segment is one of the index of texts.
type segment struct {
	number uint32
	header *gram.Header
}

// segmentList is the record of which segments there are, by their numbers.
type segmentList struct {
	Segments []uint32 `cbor:"1,keyasint"`
}

func readSegments(txn *badger.Txn) ([]*segment, error) {
	var list segmentList
	if _, err := get(txn, []byte{keySegments}, &list); err != nil {
		return nil, err
	}
	sets := map[gram.SetID]*gram.Set{}
	set := func(id gram.SetID) (*gram.Set, error) {
		if sets[id] != nil {
			return sets[id], nil
		}
		ok, err := getBytes(txn, setKey(id), func(b []byte) (err error) {
			sets[id], err = gram.DecodeSet(b)
			return damaged(err)
		})
		if err == nil && !ok {
			err = fmt.Errorf("%w: there is no set %s of frequent grams", ErrCorrupt, hex.EncodeToString(id[:]))
		}
		return sets[id], err
	}
	segments := make([]*segment, len(list.Segments))
	for i, number := range list.Segments {
		segments[i] = &segment{number: number}
		ok, err := getBytes(txn, numberKey(keyHeader, number), func(b []byte) (err error) {
			segments[i].header, err = gram.DecodeHeader(slices.Clone(b), set)
			return damaged(err)
		})
		if err != nil {
			return nil, err
		}
		if !ok {
			return nil, fmt.Errorf("%w: segment %d of the index of texts is not there", ErrCorrupt, number)
		}
	}
	return segments, nil
}

// damaged says of bytes that package gram cannot read what the engine says of others.
func damaged(err error) error {
	if errors.Is(err, gram.ErrCorrupt) {
		return fmt.Errorf("%w: %w", ErrCorrupt, err)
	}
	return err
}

func setKey(id gram.SetID) []byte { return append([]byte{keySet}, id[:]...) }

// readable returns the segment with a way to read its blocks.
func (r *snapshot) readable(s *segment) gram.Segment {
	return gram.Segment{Header: s.header, Read: func(block int) (data []byte, err error) {
		key := numberKey(keyGrams, s.number, uint32(block))
		ok, err := getBytes(r.txn, key, func(b []byte) error {
			data = slices.Clone(b)
			return nil
		})
		if err == nil && !ok {
			err = fmt.Errorf("%w: block %d of segment %d is not there", ErrCorrupt, block, s.number)
		}
		return data, err
	}}
}

// titled returns the title of an event that is indexed, "" where the body has it.
func titled(e *graph.Event, body string) (title string, odd bool) {
	if e.PrintedTitle != "" {
		return e.Title, false
	}
	if strings.Contains(fold.String(body), fold.String(e.Title)) {
		return "", false
	}
	return e.Title, true
}

// Build's limits, and how much of memory it takes, ask for segments of no more.
const (
	docsASegment = 16384
	textASegment = 48 << 20 // bytes
)

// putTexts indexes the texts of the events that were put.
func (c *changes) putTexts(context.Context, *graph.Batch) error {
	if len(c.docs) == 0 {
		return nil
	}
	segments := slices.Clone(c.w.segments)
	for docs := c.docs; len(docs) > 0; {
		n := segmentOf(docs)
		s, err := c.segment(c.r.store.newSegment(), func(write gram.Writer) (*gram.Header, error) {
			return gram.Build(docs[:n], setFor(n, c.w.segments), write)
		})
		if errors.Is(err, gram.ErrTooLong) {
			err = fmt.Errorf("%w: an event of %d bytes of text", graph.ErrLimit, len(docs[0].Title)+len(docs[0].Body))
		}
		if err != nil {
			return err
		}
		segments = append(segments, s)
		docs = docs[n:]
	}
	c.w.segments = segments
	return c.put([]byte{keySegments}, listOf(segments), false)
}

// segmentOf returns how many of the events, one at least, go into one segment. One alone may still be too long for Build.
func segmentOf(docs []gram.Doc) (n int) {
	for size := 0; n < len(docs) && n < docsASegment && docs[n].Ordinal-docs[0].Ordinal < gram.MaxSpan; n++ {
		if size += len(docs[n].Title) + len(docs[n].Body); n > 0 && size > textASegment {
			break
		}
	}
	return n
}

// listOf returns the record of the segments.
func listOf(segments []*segment) *segmentList {
	var list segmentList
	for _, s := range segments {
		list.Segments = append(list.Segments, s.number)
	}
	return &list
}

// manyDocs is from how many events on a segment chooses its own set of frequent grams. A segment that is merged of others goes
// by the sets of all of them, so these must not be many. Tests lower it.
var manyDocs = 2048

// setFor returns the set of frequent grams that a segment of n events takes over, that of the largest; nil to choose its own.
func setFor(n int, segments []*segment) *gram.Set {
	if n >= manyDocs {
		return nil
	}
	set, events := &gram.Set{}, 0
	for _, s := range segments {
		if sets := s.header.Sets(); s.header.Events() >= max(events, manyDocs) && len(sets) > 0 {
			set, events = sets[len(sets)-1], s.header.Events()
		}
	}
	return set
}

// segment writes the blocks that build makes, and the header.
func (c *changes) segment(number uint32, build func(gram.Writer) (*gram.Header, error)) (*segment, error) {
	block := uint32(0)
	h, err := build(func(_, data []byte) error {
		key := numberKey(keyGrams, number, block)
		block++
		c.set(key, seal(key, plain, data))
		return nil
	})
	if err != nil {
		return nil, err
	}
	s := &segment{number, h}
	return s, c.putHeader(s)
}

// putHeader writes the header of a segment, and the sets of frequent grams that it names.
func (c *changes) putHeader(s *segment) error {
	for _, set := range s.header.Sets() {
		if there, err := c.has(setKey(set.ID())); err != nil {
			return err
		} else if there {
			continue
		}
		if err := c.putBytes(setKey(set.ID()), set.Encode()); err != nil {
			return err
		}
	}
	return c.putBytes(numberKey(keyHeader, s.number), s.header.Encode())
}

// A finding is what a snapshot knows of the events that contain a string. It is kept for the request that a snapshot is of, which
// asks for a page and then for the number of all.
type finding struct {
	// indexed are the events that contain it by what the index says; exact has the lists of those with so many hits.
	indexed *roaring.Bitmap
	exact   []gram.Entry
	// candidates may contain it. looked are those of them whose texts were looked at, and seen what was seen there.
	candidates, looked *roaring.Bitmap
	seen               map[uint32]seen

	mu sync.Mutex // held while it is looked at texts
}

// seen are the hits in the text of one event.
type seen struct {
	title bool
	hits  int
}

// fewTexts is of how many events the texts are looked at without asking the index. Tests lower it.
var fewTexts uint64 = 64

// manyFindings is how many strings a snapshot remembers.
const manyFindings = 8

// finding returns what the index says of the events that contain the folded string.
func (r *snapshot) finding(ctx context.Context, text string) (*finding, error) {
	r.mu.Lock()
	f := r.found[text]
	r.mu.Unlock()
	if f != nil {
		return f, nil
	}
	f = &finding{candidates: roaring.New(), looked: roaring.New(), seen: map[uint32]seen{}}
	var sets []*roaring.Bitmap
	for _, s := range r.index.segments {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		result, err := r.readable(s).Search(text)
		if err != nil {
			return nil, damaged(err)
		}
		if result.Candidates != nil {
			f.candidates.Or(result.Candidates)
		}
		if result.Exact.IsEmpty() {
			continue
		}
		set, err := result.Exact.All()
		if err != nil {
			return nil, damaged(err)
		}
		sets = append(sets, set)
		f.exact = append(f.exact, result.Exact)
	}
	f.indexed = roaring.FastOr(sets...)
	if odd := roaring.And(f.indexed, r.index.odd); !odd.IsEmpty() {
		f.indexed.AndNot(odd)
		f.candidates.Or(odd)
	}
	f.candidates.AndNot(r.index.dead)
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.found == nil || len(r.found) >= manyFindings {
		r.found = map[string]*finding{}
	}
	r.found[text] = f
	return f, nil
}

// find returns the events of a set, nil for all, that contain the folded string, and what is known of them.
func (r *snapshot) find(ctx context.Context, text string, within *roaring.Bitmap) (*roaring.Bitmap, *finding, error) {
	if within != nil && within.GetCardinality() <= fewTexts {
		f := &finding{indexed: roaring.New(), looked: roaring.New(), seen: map[uint32]seen{}}
		f.candidates = roaring.AndNot(within, r.index.dead)
		all, err := f.within(ctx, r, text, within)
		return all, f, err
	}
	f, err := r.finding(ctx, text)
	if err != nil {
		return nil, nil, err
	}
	all, err := f.within(ctx, r, text, within)
	return all, f, err
}

// within returns the events of a set, nil for all, that contain the string. It looks at the candidates among them.
func (f *finding) within(ctx context.Context, r *snapshot, text string, within *roaring.Bitmap) (*roaring.Bitmap, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	open := roaring.AndNot(f.candidates, f.looked)
	if within != nil {
		open.And(within)
	}
	if !open.IsEmpty() {
		if err := r.look(ctx, text, open, f); err != nil {
			return nil, err
		}
		f.looked.Or(open)
	}
	if within == nil && len(f.seen) == 0 {
		return f.indexed, nil
	}
	hits := make([]uint32, 0, len(f.seen))
	for o := range f.seen {
		hits = append(hits, o)
	}
	all := roaring.BitmapOf(hits...)
	all.Or(f.indexed)
	if within != nil {
		all.And(within)
	}
	return all, nil
}

// look reads the texts of the candidates, on all processors, and adds what it finds.
func (r *snapshot) look(ctx context.Context, text string, candidates *roaring.Bitmap, f *finding) error {
	var blocks [][]uint32
	each(candidates, func(o uint32) {
		if n := len(blocks); n > 0 && blocks[n-1][0]/bodiesARecord == o/bodiesARecord {
			blocks[n-1] = append(blocks[n-1], o)
			return
		}
		blocks = append(blocks, []uint32{o})
	})
	m := fold.NewMatcher(text)
	var next atomic.Int64
	var mu sync.Mutex
	var failed error
	work := func() {
		for {
			i := int(next.Add(1)) - 1
			if i >= len(blocks) {
				return
			}
			err := ctx.Err()
			var bodies []textOf
			if err == nil {
				bodies, err = r.texts(blocks[i][0] / bodiesARecord)
			}
			if err != nil {
				mu.Lock()
				failed = err
				mu.Unlock()
				next.Store(math.MaxInt32)
				return
			}
			for _, o := range blocks[i] {
				n := int(o % bodiesARecord)
				if n >= len(bodies) {
					continue
				}
				if s := bodies[n].hits(m, r.index.odd.Contains(o)); s.hits > 0 {
					mu.Lock()
					f.seen[o] = s
					mu.Unlock()
				}
			}
		}
	}
	var group sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(blocks)/4) {
		group.Go(work)
	}
	work()
	group.Wait()
	return failed
}

// textOf are the texts of an event that are searched: its title if that is indexed, and its body.
type textOf struct {
	_     struct{} `cbor:",toarray"`
	Title string
	Body  string
}

// doc returns the texts of the event of an ordinal as they are indexed.
func (t *textOf) doc(o uint32) gram.Doc {
	return gram.Doc{Ordinal: o, Title: fold.String(t.Title), Body: fold.String(t.Body)}
}

// hits counts the hits in an event's texts.
func (t *textOf) hits(m *fold.Matcher, odd bool) seen {
	s := seen{hits: m.Count(t.Body)}
	if t.Title != "" && (!odd || s.hits == 0) {
		n := m.Count(t.Title)
		s.title, s.hits = n > 0, s.hits+n
	}
	s.hits = min(s.hits, graph.MostHits)
	return s
}

// tier returns the events of a set that have so many hits, in the title or not.
func (f *finding) tier(of *roaring.Bitmap, title bool, hits int) (*roaring.Bitmap, error) {
	var sets []*roaring.Bitmap
	for _, e := range f.exact {
		titled, err := e.Title()
		if err != nil {
			return nil, err
		}
		var set *roaring.Bitmap
		switch {
		case title && titled.IsEmpty():
			continue
		case hits > 1:
			if set, err = e.Tier(hits); err != nil {
				return nil, err
			}
		case title:
			set = titled.Clone()
		default:
			if set, err = e.All(); err != nil {
				return nil, err
			}
		}
		if title {
			set.And(titled)
		} else {
			set.AndNot(titled)
		}
		if hits == 1 {
			for _, h := range e.Tiers() {
				more, err := e.Tier(h)
				if err != nil {
					return nil, err
				}
				set.AndNot(more)
			}
		}
		sets = append(sets, set)
	}
	all := roaring.FastOr(sets...)
	all.And(of)
	f.mu.Lock()
	defer f.mu.Unlock()
	for o, s := range f.seen {
		if s.title == title && s.hits == hits && of.Contains(o) {
			all.Add(o)
		} else {
			all.Remove(o)
		}
	}
	return all, nil
}

// meetText leaves only events that contain the folded string.
func (p *plan) meetText(ctx context.Context, text string) error {
	all, _, err := p.s.find(ctx, text, p.set)
	p.set = all
	return err
}

// Search implements graph.Reader.
func (r *snapshot) Search(ctx context.Context, f graph.Filter, text string, pg graph.HitPage) (graph.Hits, error) {
	if err := r.enter(ctx); err != nil {
		return graph.Hits{}, err
	}
	defer r.leave()
	p, err := r.plan(ctx, &f)
	if err != nil {
		return graph.Hits{}, err
	}
	all, found, err := r.find(ctx, text, p.set)
	if err != nil {
		return graph.Hits{}, err
	}
	p.set = all
	s := searcher{p: p, found: found, tiers: map[int]*course{}}
	page, err := s.page(ctx, pg)
	if err != nil {
		return graph.Hits{}, err
	}
	ordinals := make([]uint32, len(page.hits))
	for i, h := range page.hits {
		ordinals[i] = h.o
	}
	events, err := r.cards(ctx, ordinals)
	if err != nil {
		return graph.Hits{}, err
	}
	out := graph.Hits{HasPrevious: page.previous, HasNext: page.next}
	for i, h := range page.hits {
		out.Hits = append(out.Hits, graph.Hit{Event: events[i], Title: tierTitle(h.tier), Hits: tierHits(h.tier)})
	}
	return out, nil
}

// The tiers of a search are numbered from the best: first those in the title, in each the most hits first.
const tierCount = 2 * graph.MostHits

func tierTitle(tier int) bool { return tier < graph.MostHits }
func tierHits(tier int) int   { return graph.MostHits - tier%graph.MostHits }

func tierOf(k graph.HitKey) int {
	tier := graph.MostHits - k.Hits()
	if !k.Title() {
		tier += graph.MostHits
	}
	return tier
}

// A searcher walks over the tiers of a finding, each in descending order of dates.
type searcher struct {
	p     *plan
	found *finding
	tiers map[int]*course // made when they are asked for
}

// tier returns the course of a tier.
func (s *searcher) tier(n int) (*course, error) {
	if c := s.tiers[n]; c != nil {
		return c, nil
	}
	set, err := s.found.tier(s.p.set, tierTitle(n), tierHits(n))
	if err != nil {
		return nil, err
	}
	p := *s.p
	p.set = set
	c, err := p.course(graph.Descending)
	s.tiers[n] = c
	return c, err
}

type tierHit struct {
	o    uint32
	tier int
}

type hitPage struct {
	hits           []tierHit
	previous, next bool
}

// page returns a page of the hits.
func (s *searcher) page(ctx context.Context, pg graph.HitPage) (page hitPage, err error) {
	main := walk{from: pg.After, until: pg.Before, most: max(pg.First, pg.Last, 0) + 1}
	if pg.Last > 0 {
		main.from, main.until, main.backward = pg.Before, pg.After, true
	}
	var beyond, near bool
	err = s.walk(ctx, main, func(h tierHit, within bool) bool {
		if len(page.hits) == main.most-1 || !within {
			beyond = true
			return false
		}
		page.hits = append(page.hits, h)
		return true
	})
	if err == nil && main.from != "" { // what is on the near side of the cursor, its own event included
		err = s.walk(ctx, walk{from: main.from, own: true, backward: !main.backward, most: 1}, func(tierHit, bool) bool {
			near = true
			return false
		})
	}
	page.previous, page.next = near, beyond
	if main.backward {
		slices.Reverse(page.hits)
		page.previous, page.next = beyond, near
	}
	return page, err
}

// A walk goes over the hits behind the key from, or backward over those before it; "" is the end where it begins. own takes
// the event of the key in. It tells of each hit whether it comes before the walk would reach until. Some most hits will do.
type walk struct {
	from, until   graph.HitKey
	own, backward bool
	most          int
}

// part returns which part of a tier's course lies beyond a key of that tier, as the walk goes.
func (w *walk) beyond(c *course, k graph.HitKey, own bool) (slice, error) {
	cut, err := c.cut(k.SortKey())
	switch {
	case w.backward && own:
		return slice{0, cut.after}, err
	case w.backward:
		return slice{0, cut.before}, err
	case own:
		return slice{cut.before, whole.to}, err
	}
	return slice{cut.after, whole.to}, err
}

// walk visits hits until visit returns false.
func (s *searcher) walk(ctx context.Context, w walk, visit func(h tierHit, within bool) bool) error {
	first, end, step := 0, tierCount, 1
	if w.backward {
		first, end, step = tierCount-1, -1, -1
	}
	if w.from != "" {
		first = tierOf(w.from)
	}
	going := true
	for n := first; n != end && going; n += step {
		c, err := s.tier(n)
		if err != nil {
			return err
		}
		if c.p.set.IsEmpty() {
			continue
		}
		look := c.along
		if c.p.fewEnough(w.most) {
			if look, err = c.gather(ctx); err != nil {
				return err
			}
		}
		in, out := whole, slice{} // out is what until leaves out of this tier
		if w.from != "" && n == tierOf(w.from) {
			if in, err = w.beyond(c, w.from, w.own); err != nil {
				return err
			}
		}
		if w.until != "" {
			switch until := tierOf(w.until); {
			case until == n:
				if out, err = w.beyond(c, w.until, true); err != nil {
					return err
				}
			case until < n != w.backward:
				out = whole
			}
		}
		err = look(ctx, in, w.backward, func(o uint32, at place) bool {
			going = visit(tierHit{o, n}, at < out.from || at >= out.to)
			return going
		})
		if err != nil {
			return err
		}
	}
	return ctx.Err()
}
