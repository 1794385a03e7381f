package badgerstore

import (
	"context"
	"errors"
	"math"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/dgraph-io/badger/v4"

	"fangzhi/graph"
	"fangzhi/graph/badgerstore/gram"
)

// The events of the ordinals from index.indexed on are the tail of the index of texts: no segment has them yet. Their texts are
// in memory, folded, and a search looks at them one by one, so that an update writes nothing of the index. When the tail has grown,
// one segment is made of it in the background: its blocks are written where nothing names them, and one small commit says that the
// index reaches further.

// fewUnread is how many events of a tail are read into memory when a graph is opened. A longer one, of an import that was killed,
// stays on disk, and is looked at there until it is indexed. Tests lower it.
var fewUnread uint32 = 4096

// remembered returns the first ordinal of the tail whose text is in memory. Those before it were not read.
func (x *index) remembered() uint32 { return x.n() - uint32(len(x.tail)) }

// open returns how many events are in the tail, those that were removed included.
func (x *index) open() uint32 { return x.n() - x.indexed }

// remember adds texts behind the tail. They follow it by ordinal.
func (x *index) remember(docs []gram.Doc) {
	x.tail = append(x.tail, docs...)
	x.tailBytes += textBytes(docs)
}

// reach returns the index with a tail that begins with ordinal to.
func (x *index) reach(to uint32) *index {
	next := *x
	next.indexed = to
	if n := min(max(int64(to)-int64(x.remembered()), 0), int64(len(x.tail))); n > 0 {
		next.tail = slices.Clone(x.tail[n:]) // lets go of the others
		next.tailBytes = textBytes(next.tail)
	}
	return &next
}

func textBytes(docs []gram.Doc) (n int) {
	for i := range docs {
		n += len(docs[i].Title) + len(docs[i].Body)
	}
	return n
}

// readTail reads the texts of the tail into memory if they are few.
func (x *index) readTail(txn *badger.Txn) error {
	if x.open() == 0 || x.open() > fewUnread {
		return nil
	}
	docs, err := readDocs(context.Background(), txn, x.indexed, x.n(), math.MaxInt)
	x.remember(docs)
	return err
}

// readDocs reads texts as they are indexed, one for each ordinal from lo on and before hi, on all processors. One is empty where
// the event was removed. It ends early, after one event at least, when there are more than most bytes of them.
func readDocs(ctx context.Context, txn *badger.Txn, lo, hi uint32, most int) ([]gram.Doc, error) {
	const atOnce = 1024
	docs := make([]gram.Doc, 0, hi-lo)
	for size := 0; lo < hi && size <= most; {
		next := min(hi, (lo/atOnce+1)*atOnce)
		part := make([]gram.Doc, next-lo)
		if err := fillDocs(ctx, txn, lo, part); err != nil {
			return nil, err
		}
		for i := range part {
			if size += len(part[i].Title) + len(part[i].Body); size > most && len(docs) > 0 {
				break
			}
			docs = append(docs, part[i])
		}
		lo = next
	}
	return docs, nil
}

// fillDocs reads the texts of the ordinals from lo on.
func fillDocs(ctx context.Context, txn *badger.Txn, lo uint32, docs []gram.Doc) error {
	first := lo / eventsARecord
	blocks := int((lo+uint32(len(docs))-1)/eventsARecord - first + 1)
	return inParallel(ctx, blocks, func(i int) error {
		block := first + uint32(i)
		from, to := max(lo, block*eventsARecord), min(lo+uint32(len(docs)), (block+1)*eventsARecord)
		for o := from; o < to; o++ {
			docs[o-lo].Ordinal = o // also where there is no block
		}
		return useTextBlock(txn, block, func(texts textBlock) {
			for o := from; o < to; o++ {
				text := texts.at(int(o % eventsARecord))
				docs[o-lo] = text.doc(o)
			}
		})
	})
}

// inParallel calls do with the numbers below n, on all processors, and returns the first error.
func inParallel(ctx context.Context, n int, do func(i int) error) error {
	var next atomic.Int64
	var once sync.Once
	var failed error
	work := func() {
		for {
			i := int(next.Add(1)) - 1
			if i >= n {
				return
			}
			err := ctx.Err()
			if err == nil {
				err = do(i)
			}
			if err != nil {
				once.Do(func() { failed = err })
				next.Store(math.MaxInt32)
				return
			}
		}
	}
	var group sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), n) - 1 {
		group.Go(work)
	}
	work()
	group.Wait()
	return failed
}

// piece returns the first texts of the tail, as many as go into one segment.
func (r *snapshot) piece(ctx context.Context) ([]gram.Doc, error) {
	x := r.index
	if x.remembered() <= x.indexed {
		return x.tail[:segmentOf(x.tail)], nil
	}
	return readDocs(ctx, r.txn, x.indexed, min(x.remembered(), x.indexed+uint32(docsASegment)), textASegment)
}

// alive returns those of docs that are not in dead. It may be docs itself.
func alive(docs []gram.Doc, dead *roaring.Bitmap) []gram.Doc {
	if !slices.ContainsFunc(docs, func(d gram.Doc) bool { return dead.Contains(d.Ordinal) }) {
		return docs
	}
	return slices.DeleteFunc(slices.Clone(docs), func(d gram.Doc) bool { return dead.Contains(d.Ordinal) })
}

// indexTail makes a segment of the first texts of the tail.
func (s *Store) indexTail(ctx context.Context) error {
	r, err := s.snapshot(ctx)
	if err != nil {
		return err
	}
	defer r.Close()
	docs, err := r.piece(ctx)
	if err != nil || len(docs) == 0 {
		return err
	}
	made := &segment{number: s.newSegment()}
	w := blockWriter{ctx: ctx, s: s, segment: made.number}
	write := w.write
	if s.bulk {
		made.blocks, write = [][]byte{}, made.keep
	}
	living := alive(docs, r.index.dead)
	set, err := r.setFor(len(living))
	if err != nil {
		return err
	}
	if made.header, err = gram.Build(living, set, write); err == nil && !s.bulk {
		err = w.flush()
	}
	if err != nil && !s.bulk {
		err = errors.Join(err, s.dropSegment(made.number))
	}
	if err != nil {
		return err
	}
	err = s.swap(ctx, swapping{made: made, next: func(x *index) *index {
		if x.reading != r.index.reading || x.indexed != r.index.indexed {
			return nil
		}
		next := x.reach(x.indexed + uint32(len(docs)))
		next.segments = withSegment(x.segments, len(x.segments), made)
		return next
	}})
	if errors.Is(err, errNotSwapped) && !s.bulk {
		return errors.Join(err, s.dropSegment(made.number))
	}
	return err
}

// withSegment returns the segments with one more, unless that has no events.
func withSegment(segments []*segment, at int, made *segment) []*segment {
	if made.header.Events() == 0 {
		return segments
	}
	return slices.Insert(slices.Clone(segments), at, made)
}

// A docMatcher counts a folded string, which is not "", in texts that are folded. It goes from one place of the byte of it that is
// rarest to the next, which is several times faster than to look for its beginning: in Chinese every third byte is one of six.
type docMatcher struct {
	text string
	rare int // index of the rarest byte
}

// newDocMatcher takes a text in which to count bytes.
func newDocMatcher(text, sample string) docMatcher {
	var count [256]int
	for _, c := range []byte(sample[:min(len(sample), 4096)]) {
		count[c]++
	}
	m := docMatcher{text: text}
	for i := range len(text) {
		if count[text[i]] < count[text[m.rare]] {
			m.rare = i
		}
	}
	return m
}

// count is strings.Count.
func (m docMatcher) count(s string) (n int) {
	for len(s) >= len(m.text) {
		i := strings.IndexByte(s[m.rare:], m.text[m.rare])
		if i < 0 {
			break
		}
		if s = s[i:]; strings.HasPrefix(s, m.text) {
			n++
			s = s[len(m.text):]
		} else {
			s = s[1:]
		}
	}
	return n
}

// hits counts the hits in the texts of an event.
func (m docMatcher) hits(d *gram.Doc, odd bool) seen {
	s := seen{hits: m.count(d.Body)}
	if d.Title != "" && (!odd || s.hits == 0) {
		n := m.count(d.Title)
		s.title, s.hits = n > 0, s.hits+n
	}
	s.hits = min(s.hits, graph.MostHits)
	return s
}
