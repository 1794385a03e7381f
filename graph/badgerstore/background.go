package badgerstore

import (
	"context"
	"time"
)

// What the index of texts needs is done in the background, by one goroutine that is there while there is something to do: first the
// tail is indexed (tail.go), then small segments are merged (merge.go). Unless it presses it waits until no update has come for a
// while, so that updates need not share the processors with it.

// background is what is done there.
type background struct {
	cancel context.CancelFunc
	done   chan struct{}
	err    error // set before done is closed
	// hurry is sent to when there is no time to wait any more.
	hurry chan struct{}
	// stepped is closed and replaced whenever something was done; guarded by Store.mu.
	stepped chan struct{}
}

// From how many events on, and bytes of texts, a tail is indexed, and from how many on that presses. From how many segments on it
// presses to merge. Tests change all but the bytes.
var (
	fewOpen      uint32 = 1024
	manyOpen     uint32 = 4096
	manySegments        = 64
)

const (
	fewBytes  = 4 << 20
	manyBytes = 16 << 20
)

// quiet is how long no update comes before something is done that does not press.
var quiet = 100 * time.Millisecond

// fullTails is how many segments could be made of a tail to which an update does not add while the background gets on with it: so much
// memory it may take.
const fullTails = 3

// A task is what is to be done in the background.
type task int

const (
	nothing task = iota
	indexing
	merging
)

// due says what is to be done, and whether it presses. The caller holds s.mu.
func (s *Store) due() (t task, presses bool) {
	x := s.current.index
	old := s.mergeable(x)
	switch open := x.open(); {
	case len(old) > 0 && old[0].piece(): // first, for they take memory
		return merging, true
	case open > 0 && s.draining:
		return indexing, true
	case s.bulk && (int(open) >= docsASegment || x.tailBytes >= textASegment):
		return indexing, true
	case !s.bulk && (open > fewOpen || x.tailBytes > fewBytes):
		return indexing, open > manyOpen || x.tailBytes > manyBytes
	}
	if len(old) > 0 {
		return merging, s.bulk || len(x.segments) > manySegments
	}
	return nothing, false
}

// tendSoon has done in the background what is to be done, and returns who does it, or did when this returns; nil if there is nothing.
func (s *Store) tendSoon() *background {
	if s.readOnly {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closing || s.closed {
		return nil
	}
	t, presses := s.due()
	switch {
	case t == nothing:
	case s.background == nil:
		ctx, cancel := context.WithCancel(context.Background())
		b := &background{cancel: cancel, done: make(chan struct{}), hurry: make(chan struct{}, 1), stepped: make(chan struct{})}
		s.background = b
		go s.tend(ctx, b)
	case presses:
		s.background.hasten()
	}
	return s.background
}

func (b *background) hasten() {
	select {
	case b.hurry <- struct{}{}:
	default: // it was told
	}
}

// tend does what is to be done until there is nothing more, or something fails.
func (s *Store) tend(ctx context.Context, b *background) {
	defer close(b.done)
	defer b.cancel()
	for {
		t := s.awaitQuiet(ctx, b)
		if t == nothing {
			return
		}
		var err error
		if t == indexing {
			err = s.indexTail(ctx)
		} else {
			err = s.merge(ctx)
		}
		if err != nil && ctx.Err() == nil && s.log != nil {
			s.log.Warn("the index of texts was not brought into order, and will be later", "error", err)
		}
		s.mu.Lock()
		close(b.stepped)
		b.stepped = make(chan struct{})
		if err != nil || ctx.Err() != nil {
			b.err, s.background = err, nil
			s.mu.Unlock()
			return
		}
		s.mu.Unlock()
	}
}

// awaitQuiet returns what is to be done, when that presses or no update has come for a while. If there is nothing, the background
// has ended, and the next update may begin another.
func (s *Store) awaitQuiet(ctx context.Context, b *background) task {
	for {
		s.mu.Lock()
		t, presses := s.due()
		if ctx.Err() != nil || s.closed {
			t = nothing
		}
		if t == nothing {
			s.background = nil
			s.mu.Unlock()
			return nothing
		}
		left := quiet
		if !s.updating {
			left -= time.Since(s.updated)
		}
		if presses || s.settling > 0 || left <= 0 {
			s.mu.Unlock()
			return t
		}
		s.mu.Unlock()
		timer := time.NewTimer(left)
		select {
		case <-timer.C:
		case <-b.hurry:
		case <-ctx.Done():
		}
		timer.Stop()
	}
}

// busy notes that an update begins or ends.
func (s *Store) busy(updating bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.updating, s.updated = updating, time.Now()
}

// awaitRoom waits while the tail takes as much memory as it may, and the background gets on with it.
func (s *Store) awaitRoom(ctx context.Context) error {
	for {
		s.mu.Lock()
		x, b := s.current.index, s.background
		if b == nil || s.closed || len(x.tail) < fullTails*docsASegment && x.tailBytes < fullTails*textASegment {
			s.mu.Unlock()
			return nil
		}
		stepped := b.stepped
		s.mu.Unlock()
		select {
		case <-stepped:
		case <-b.done:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// stopBackground ends what is done, and has nothing more begin. What was written then goes, or when the graph is opened next.
func (s *Store) stopBackground() {
	s.mu.Lock()
	s.closing = true
	b := s.background
	s.mu.Unlock()
	if b != nil {
		b.cancel()
		<-b.done
	}
}

// Settle waits until nothing is left to be done in the background, without rest, or something fails: for measurements, and at the
// end of an import. The error is of what failed; the graph is none the worse for it.
func (s *Store) Settle() error {
	s.mu.Lock()
	s.settling++
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.settling--
	}()
	for {
		b := s.tendSoon() // s.background may be gone by now, with the error
		if b == nil {
			return nil
		}
		b.hasten()
		<-b.done
		if b.err != nil {
			return b.err
		}
	}
}

// drain indexes the whole tail and settles.
func (s *Store) drain() error {
	s.mu.Lock()
	s.draining = true
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.draining = false
	}()
	return s.Settle()
}
