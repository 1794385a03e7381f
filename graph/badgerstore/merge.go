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
var merges = []struct{ events, segments int }{{manyDocs, 16}, {16384, 8}, {gram.MaxSpan, 4}}

// mergeSoon has segments merged in the background if there are too many.
func (s *Store) mergeSoon() {
	if s.readOnly {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.merging != nil || s.closing || s.closed {
		return
	}
	if _, to := neighbours(extents(s.current.index.segments)); to == 0 {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	m := &merging{cancel: cancel, done: make(chan struct{})}
	s.merging = m
	go func() {
		defer close(m.done)
		defer cancel()
		for ctx.Err() == nil {
			more, err := s.merge(ctx)
			if err != nil && ctx.Err() == nil && s.log != nil {
				s.log.Warn("segments of the index of texts were not merged, and will be later", "error", err)
			}
			if !more || err != nil || ctx.Err() != nil {
				s.mu.Lock()
				m.err, s.merging = err, nil
				s.mu.Unlock()
				return
			}
		}
	}()
}

// merging is a merge in the background.
type merging struct {
	cancel context.CancelFunc
	done   chan struct{}
	err    error // set before done is closed
}

// newSegment returns a number that no segment has.
func (s *Store) newSegment() uint32 { return s.lastSegment.Add(1) }

// passSegment has new segments get greater numbers. Others may be given meanwhile, to a merge.
func (s *Store) passSegment(number uint32) {
	for last := s.lastSegment.Load(); last < number && !s.lastSegment.CompareAndSwap(last, number); last = s.lastSegment.Load() {
	}
}

// stopMerging ends it, and has none begin. What a merge wrote it drops, or what opens the graph next.
func (s *Store) stopMerging() {
	s.mu.Lock()
	s.closing = true
	m := s.merging
	s.mu.Unlock()
	if m != nil {
		m.cancel()
		<-m.done
	}
}

// Settle waits until nothing is left to be merged in the background, or a merge fails: for measurements, and at the end of an
// import. The error is that of the merge; the graph is none the worse for it.
func (s *Store) Settle() error {
	for {
		s.mergeSoon()
		s.mu.Lock()
		m := s.merging
		s.mu.Unlock()
		if m == nil {
			return nil
		}
		<-m.done
		if m.err != nil {
			return m.err
		}
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

// merge merges once, and tells whether there may be more to do.
func (s *Store) merge(ctx context.Context) (more bool, err error) {
	r, err := s.snapshot(ctx)
	if err != nil {
		return false, err
	}
	defer r.Close()
	from, to := neighbours(extents(r.index.segments))
	if to == 0 {
		return false, nil
	}
	old := r.index.segments[from:to]
	merged := &segment{number: s.newSegment()}
	w := blockWriter{ctx: ctx, s: s, segment: merged.number}
	if merged.header, err = r.merged(ctx, old, &w); err == nil {
		err = w.flush()
	}
	if err != nil {
		return false, errors.Join(err, s.dropSegment(merged.number))
	}
	if err := s.swap(ctx, old, merged); errors.Is(err, errNotSwapped) {
		return false, errors.Join(err, s.dropSegment(merged.number))
	} else if err != nil {
		return false, err // nobody knows whether it came through, so the blocks stay until the graph is opened again
	}
	for _, o := range old {
		if err := s.dropSegment(o.number); err != nil {
			return false, err
		}
	}
	return true, nil
}

// merged makes the one segment. Where small ones are among the old, which chose no frequent grams of their own, it is made of
// the texts: that costs no more than merging them.
func (r *snapshot) merged(ctx context.Context, old []*segment, w *blockWriter) (*gram.Header, error) {
	var readable []gram.Segment
	events, small := 0, false
	for _, o := range old {
		readable = append(readable, r.readable(o))
		events += o.header.Events()
		small = small || o.header.Events() < manyDocs
	}
	if !small || events > docsASegment || events < manyDocs {
		return gram.Merge(readable, r.index.dead, w.write)
	}
	lo, _ := old[0].header.Interval()
	_, hi := old[len(old)-1].header.Interval()
	var docs []gram.Doc
	size := 0
	for block := lo / bodiesARecord; uint64(block)*bodiesARecord < hi; block++ {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		texts, err := r.texts(block)
		if err != nil {
			return nil, err
		}
		for i, t := range texts {
			if o := block*bodiesARecord + uint32(i); o >= lo && uint64(o) < hi && !r.index.dead.Contains(o) {
				d := t.doc(o)
				docs = append(docs, d)
				size += len(d.Title) + len(d.Body)
			}
		}
		if size > textASegment { // that is more than Build likes
			return gram.Merge(readable, r.index.dead, w.write)
		}
	}
	return gram.Build(docs, nil, w.write)
}

// A blockWriter writes blocks in transactions of their own.
type blockWriter struct {
	ctx     context.Context
	s       *Store
	segment uint32
	block   uint32
	waiting []change
	bytes   int
}

func (w *blockWriter) write(_, data []byte) error {
	key := numberKey(keyGrams, w.segment, w.block)
	w.block++
	w.waiting = append(w.waiting, change{key, seal(key, plain, data)})
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

// swap puts a segment in the place of the old ones, if they are still there.
func (s *Store) swap(ctx context.Context, old []*segment, merged *segment) error {
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
	at := slices.Index(r.index.segments, old[0])
	if at < 0 || at+len(old) > len(r.index.segments) || !slices.Equal(r.index.segments[at:at+len(old)], old) {
		return errNotSwapped
	}
	next := *r.index
	next.segments = slices.Concat(r.index.segments[:at], r.index.segments[at+len(old):])
	c := &changes{r: r, byID: map[string][]byte{}}
	if merged.header.Events() > 0 { // else all its events are dead
		next.segments = slices.Insert(next.segments, at, merged)
		if err := c.putHeader(merged); err != nil {
			return err
		}
	}
	used := map[gram.SetID]bool{}
	for _, seg := range next.segments {
		for _, set := range seg.header.Sets() {
			used[set.ID()] = true
		}
	}
	for _, o := range old {
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
	if err := c.put([]byte{keySegments}, listOf(next.segments), false); err != nil {
		return err
	}
	if err := s.apply(c); err != nil {
		return err
	}
	s.show(&next, r.state.kept, nil)
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
