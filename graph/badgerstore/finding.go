package badgerstore

import (
	"context"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"

	"fangzhi/fold"
	"fangzhi/graph"
	"fangzhi/graph/badgerstore/gram"
)

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
	f.candidates.AddRange(uint64(r.index.indexed), uint64(r.index.n()))
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

// look looks at the texts of the candidates, on all processors, and adds what it finds.
func (r *snapshot) look(ctx context.Context, text string, candidates *roaring.Bitmap, f *finding) error {
	if text == "" {
		return nil
	}
	remembered := r.index.remembered()
	var blocks [][]uint32
	each(candidates, func(o uint32) {
		if o >= remembered {
			if s := docHits(&r.index.tail[o-remembered], text, r.index.odd.Contains(o)); s.hits > 0 {
				f.seen[o] = s
			}
			return
		}
		if n := len(blocks); n > 0 && blocks[n-1][0]/bodiesARecord == o/bodiesARecord {
			blocks[n-1] = append(blocks[n-1], o)
			return
		}
		blocks = append(blocks, []uint32{o})
	})
	m := fold.NewMatcher(text)
	var mu sync.Mutex
	return inParallel(ctx, len(blocks), func(i int) error {
		texts, err := readTextBlock(r.txn, blocks[i][0]/bodiesARecord)
		if err != nil {
			return err
		}
		for _, o := range blocks[i] {
			text := texts.at(int(o % bodiesARecord))
			if s := text.hits(m, r.index.odd.Contains(o)); s.hits > 0 {
				mu.Lock()
				f.seen[o] = s
				mu.Unlock()
			}
		}
		return nil
	})
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

// meetText leaves only events that contain the folded string.
func (p *plan) meetText(ctx context.Context, text string) error {
	all, _, err := p.s.find(ctx, text, p.set)
	p.set = all
	return err
}
