package badgerstore

import (
	"context"
	"encoding/binary"
	"errors"
	"slices"

	"github.com/dgraph-io/badger/v4"

	"fangzhi/graph/badgerstore/gram"
)

// Segments are merged in the background, neighbours of like size into one, so that a search looks into a few dozen of them
// however many issues there were. The blocks of the new one are written first, where nothing names them; one small commit
// puts it in the place of the old ones; then the blocks of these go. Snapshots from before go on reading them.

// merges says how many neighbours of less than so many events each, and of as many as the rule before says or more, are made
// one, together with lesser ones among them.
var merges = []struct{ events, segments int }{{manyDocs, 8}, {16384, 8}, {gram.MaxSpan, 4}}

// newSegment returns a number that no segment has.
func (s *Store) newSegment() uint32 { return s.lastSegment.Add(1) }

// passSegment has new segments get greater numbers. Others may be given meanwhile, to a merge.
func (s *Store) passSegment(number uint32) {
	for last := s.lastSegment.Load(); last < number && !s.lastSegment.CompareAndSwap(last, number); last = s.lastSegment.Load() {
	}
}

// An extent is what merging has to know of a segment: its ordinals, from lo to before hi, and how many events it indexes.
type extent struct {
	lo     uint32
	hi     uint64
	events int
}

func extents(segments []*segment) []extent {
	all := make([]extent, len(segments))
	for i, s := range segments {
		all[i].lo, all[i].hi = s.header.Interval()
		all[i].events = s.header.Events()
	}
	return all
}

// neighbours returns which segments are to be one, from and before to; both 0 if all may stay. Where another segment would span
// too much, two that the rule counts are enough, so that none stays small for ever.
func neighbours(all []extent) (from, to int) {
	least := 0
	for _, rule := range merges {
		for to := len(all); to > 0; to-- {
			from, counted, full := to, 0, false
			for from > 0 && all[from-1].events < rule.events {
				if all[to-1].hi-uint64(all[from-1].lo) > gram.MaxSpan {
					full = true
					break
				}
				if from--; all[from].events >= least {
					counted++
				}
			}
			if counted >= rule.segments || full && counted > 1 && least > 0 {
				return from, to
			}
		}
		least = rule.events
	}
	return 0, 0
}

// merge merges once.
func (s *Store) merge(ctx context.Context) error {
	r, err := s.snapshot(ctx)
	if err != nil {
		return err
	}
	defer r.Close()
	s.mu.Lock()
	old := s.mergeable(r.index)
	s.mu.Unlock()
	if len(old) == 0 {
		return nil
	}
	merged := &segment{number: s.newSegment()}
	w := blockWriter{ctx: ctx, s: s, segment: merged.number, squeeze: true}
	common := commonStrings{}
	if merged.header, err = r.merged(ctx, old, common.noting(w.write)); err == nil {
		err = w.flush()
	}
	var first *commonHits
	if err == nil {
		first, err = r.commonHits(ctx, merged, common)
	}
	if err != nil {
		return errors.Join(err, s.dropSegment(merged.number))
	}
	err = s.swap(ctx, swapping{old: old, made: merged, next: func(x *index) *index {
		at := slices.Index(x.segments, old[0])
		if at < 0 || at+len(old) > len(x.segments) || !slices.Equal(x.segments[at:at+len(old)], old) {
			return nil
		}
		next := *x
		next.segments = withSegment(slices.Concat(x.segments[:at], x.segments[at+len(old):]), at, merged)
		next.common = first
		return &next
	}})
	if errors.Is(err, errNotSwapped) {
		return errors.Join(err, s.dropSegment(merged.number))
	}
	if err != nil {
		return err // nobody knows whether it came through, so the blocks stay until the graph is opened again
	}
	for _, o := range old {
		if o.piece() {
			continue
		}
		if err := s.dropSegment(o.number); err != nil {
			return err
		}
	}
	return nil
}

// merged makes the one segment. Where small ones are among the old, which chose no frequent grams of their own, it is made of
// the texts: that costs no more than merging them.
func (r *snapshot) merged(ctx context.Context, old []*segment, write gram.Writer) (*gram.Header, error) {
	var readable []gram.Segment
	events, small := 0, false
	for _, o := range old {
		readable = append(readable, r.readable(o))
		events += o.header.Events()
		small = small || o.header.Events() < manyDocs
	}
	lo, _ := old[0].header.Interval()
	_, hi := old[len(old)-1].header.Interval()
	if !small || events > docsASegment || events < manyDocs || hi-uint64(lo) > 2*uint64(docsASegment) {
		return gram.Merge(readable, r.index.dead, write)
	}
	docs, err := readDocs(ctx, r.txn, lo, uint32(hi), textASegment)
	if err != nil {
		return nil, err
	}
	if uint64(len(docs)) < hi-uint64(lo) { // that is more than Build likes
		return gram.Merge(readable, r.index.dead, write)
	}
	return gram.Build(alive(docs, r.index.dead), nil, write)
}

// A blockWriter writes blocks in transactions of their own.
type blockWriter struct {
	ctx     context.Context
	s       *Store
	segment uint32
	block   uint32
	squeeze bool // blocks that shrink: what was not merged yet will soon be written again
	waiting []change
	bytes   int
}

func (w *blockWriter) write(_, data []byte) error {
	key := numberKey(keyGrams, w.segment, w.block)
	w.block++
	how := plain
	if w.squeeze {
		if small := squeezer().EncodeAll(data, nil); len(small) < len(data)-len(data)/20 { // else not worth unpacking
			how, data = zstandard, small
		}
	}
	w.waiting = append(w.waiting, change{key, seal(key, how, data)})
	if w.bytes += len(data); w.bytes < pieceBytes*4 {
		return nil
	}
	return w.flush()
}

func (w *blockWriter) flush() error {
	if err := w.ctx.Err(); err != nil {
		return err
	}
	waiting := w.waiting
	w.waiting, w.bytes = nil, 0
	return w.s.commit(func(set func(change) error) error {
		for _, c := range waiting {
			if err := set(c); err != nil {
				return err
			}
		}
		return nil
	})
}

// errNotSwapped is returned where the old segments stay.
var errNotSwapped = errors.New("the segments were replaced meanwhile, or cannot be now")

// A swapping puts a segment in the place of old ones, or behind all.
type swapping struct {
	old  []*segment
	made *segment
	// next returns the index after it, nil where what it was made of is not there any more.
	next func(x *index) *index
}

// swap writes the next index down, unless what is new is a piece, and shows it.
func (s *Store) swap(ctx context.Context, w swapping) error {
	select {
	case s.writer <- struct{}{}:
		defer func() { <-s.writer }()
	case <-ctx.Done():
		return errNotSwapped
	}
	if s.unfinished {
		return errNotSwapped
	}
	r, err := s.snapshot(ctx)
	if err != nil {
		return errNotSwapped
	}
	defer r.Close()
	next := w.next(r.index)
	if next == nil {
		return errNotSwapped
	}
	next.searches = newSearches()
	if w.made.piece() && next.written() < len(next.segments) {
		s.show(next, r.state.kept, nil)
		return nil
	}
	c := &changes{r: r, byID: map[string][]byte{}}
	if w.made.header.Events() > 0 { // else all its events are dead
		if err := c.putHeader(w.made); err != nil {
			return err
		}
	}
	if err := c.dropHeaders(w.old, next.segments); err != nil {
		return err
	}
	if err := c.put([]byte{keySegments}, next.list()); err != nil {
		return err
	}
	if next.common != r.index.common {
		if err := c.put([]byte{keyCommon}, next.common.record()); err != nil {
			return err
		}
	}
	if err := s.apply(c); err != nil {
		return err
	}
	s.show(next, r.state.kept, nil)
	return nil
}

// dropHeaders drops the headers of old segments, and the sets of frequent grams that none of the others names.
func (c *changes) dropHeaders(old, others []*segment) error {
	used := map[gram.SetID]bool{} // by pieces too, which will be written
	for _, s := range others {
		for _, set := range s.header.Sets() {
			used[set.ID()] = true
		}
	}
	for _, o := range old {
		if o.piece() {
			continue
		}
		if err := c.dropRecord(numberKey(keyHeader, o.number)); err != nil {
			return err
		}
		for _, set := range o.header.Sets() {
			if used[set.ID()] {
				continue
			}
			if err := c.dropRecord(setKey(set.ID())); err != nil {
				return err
			}
		}
	}
	return nil
}

// dropSegment deletes the blocks of a segment that nothing names, and its header.
func (s *Store) dropSegment(number uint32) error {
	for _, prefix := range [][]byte{numberKey(keyGrams, number), numberKey(keyHeader, number)} {
		if err := s.dropPrefix(prefix); err != nil {
			return err
		}
	}
	return nil
}

// dropPrefix deletes all keys of a prefix, some at a time.
func (s *Store) dropPrefix(prefix []byte) error {
	for {
		keys := s.keysOf(prefix, 1000)
		if len(keys) == 0 {
			return nil
		}
		err := s.commit(func(set func(change) error) error {
			for _, key := range keys {
				if err := set(change{key: key}); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
}

// keysOf returns at most so many keys of a prefix.
func (s *Store) keysOf(prefix []byte, most int) (keys [][]byte) {
	txn := s.db.NewTransaction(false)
	defer txn.Discard()
	it := txn.NewIterator(badger.IteratorOptions{Prefix: prefix})
	defer it.Close()
	for it.Rewind(); it.Valid() && len(keys) < most; it.Next() {
		keys = append(keys, it.Item().KeyCopy(nil))
	}
	return keys
}

// dropOrphans deletes the blocks of segments that no list names: of a merge that was interrupted. It goes from one segment
// to the next.
func (s *Store) dropOrphans(segments []*segment) error {
	known := map[uint32]bool{}
	for _, seg := range segments {
		known[seg.number] = true
	}
	for next := uint32(0); ; {
		txn := s.db.NewTransaction(false)
		it := txn.NewIterator(badger.IteratorOptions{Prefix: []byte{keyGrams}})
		it.Seek(numberKey(keyGrams, next))
		found := it.Valid()
		if found {
			next = binary.BigEndian.Uint32(it.Item().Key()[1:])
		}
		it.Close()
		txn.Discard()
		if !found {
			return nil
		}
		if !known[next] {
			if err := s.dropSegment(next); err != nil {
				return err
			}
		}
		next++
	}
}
