package badgerstore

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"fangzhi/graph"
)

// holdHeads has the reading of heads behind opening stop before a record, until release is called or the test ends.
func holdHeads(t *testing.T, record int) (held <-chan struct{}, release func()) {
	t.Helper()
	var once sync.Once
	arrived, released, n := make(chan struct{}), make(chan struct{}), 0
	hook := func() {
		if n++; n == record {
			close(arrived)
			<-released
		}
	}
	onHeads.Store(&hook)
	release = func() { once.Do(func() { close(released) }) }
	t.Cleanup(func() {
		release()
		onHeads.Store(nil)
	})
	return arrived, release
}

// While the ids are read behind opening one that was read is found at once. Who asks for another waits until all are read, or for no longer
// than he wants; so does an update.
func TestAnIDThatIsNotReadYetIsWaitedFor(t *testing.T) {
	dir, c := chronicled(t)
	for _, opts := range []Options{{}, {Bulk: true}, {ReadOnly: true}} {
		t.Run(fmt.Sprintf("%+v", opts), func(t *testing.T) {
			held, release := holdHeads(t, 3)
			s, err := Open(dir, opts)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { s.Close() })
			<-held
			r := mustSnapshot(t, s)
			known, late, unknown := eventInvent(1, 0), eventInvent(24, 49), eventInvent(0, 0)
			find := func(ctx context.Context, id graph.ID) (bool, error) {
				events, err := r.EventsByID(ctx, []graph.ID{id})
				return err == nil && events[0] != nil && events[0].ID == id, err
			}
			if there, err := find(t.Context(), known); !there || err != nil {
				t.Errorf("what was read is there: %v, %v", there, err)
			}
			for _, id := range []graph.ID{late, unknown} {
				ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
				if _, err := find(ctx, id); !errors.Is(err, context.DeadlineExceeded) {
					t.Errorf("who asks for %s waits for 20 ms and is told %v", id, err)
				}
				cancel()
			}
			b := c.batch(1)
			update := func(ctx context.Context) error {
				return s.Update(ctx, func(graph.Reader) (*graph.Batch, error) { return b, nil })
			}
			if !opts.ReadOnly {
				ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
				if err := update(ctx); !errors.Is(err, context.DeadlineExceeded) {
					t.Errorf("an update waits for 20 ms and is told %v", err)
				}
				cancel()
			}
			var group sync.WaitGroup
			for id, want := range map[graph.ID]bool{late: true, unknown: false} {
				group.Go(func() {
					if there, err := find(t.Context(), id); there != want || err != nil {
						t.Errorf("%s is there: %v, %v; want %v", id, there, err, want)
					}
				})
			}
			if !opts.ReadOnly {
				group.Go(func() {
					if err := update(t.Context()); err != nil {
						t.Error(err)
					}
				})
			}
			release()
			group.Wait()
		})
	}
}

// Who closes a store ends the waiting for ids, of readers and of an update. Where that fails because they read, all goes on.
func TestCloseEndsTheWaitForIDs(t *testing.T) {
	dir, c := chronicled(t)
	held, release := holdHeads(t, 3)
	s, err := Open(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	<-held
	r := mustSnapshot(t, s)
	late := []graph.ID{eventInvent(24, 49)}
	waits := make(chan error)
	go func() {
		_, err := r.EventsByID(t.Context(), late)
		waits <- err
	}()
	b := c.batch(1)
	go func() {
		waits <- s.Update(t.Context(), func(graph.Reader) (*graph.Batch, error) { return b, nil })
	}()
	for ended := 0; ended < 2; {
		select {
		case err := <-waits:
			if !errors.Is(err, graph.ErrClosed) {
				t.Errorf("who waited is told %v, want ErrClosed", err)
			}
			ended++
		default:
			if err := s.Close(); err == nil || !strings.Contains(err.Error(), "snapshots are open") { // one may begin to wait later
				t.Fatal(err)
			}
		}
	}
	release()
	if events, err := r.EventsByID(t.Context(), late); err != nil || events[0] == nil {
		t.Errorf("the store goes on, and says %v, %v", events, err)
	}
	mustUpdate(t, s, b)
	r.Close()
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

// A store is closed while ids are read behind its opening, if nobody waits for them.
func TestCloseEndsTheReadingOfIDs(t *testing.T) {
	dir, _ := chronicled(t)
	var opened atomic.Pointer[Store]
	read := 0
	hook := func() {
		read++
		for s := opened.Load(); read == 2 && (s == nil || !s.isClosed()); s = opened.Load() {
			runtime.Gosched()
		}
	}
	onHeads.Store(&hook)
	defer onHeads.Store(nil)
	s, err := Open(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	opened.Store(s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if read > 2 {
		t.Errorf("%d records were read, and the store is closed since the second", read)
	}
}

// Where a record of heads is damaged or gone, what was read is found, and of what is not found nobody is told that it is not there.
func TestIDsThatCannotBeReadAreNotDenied(t *testing.T) {
	dir, c := chronicled(t)
	for _, tt := range []struct {
		name string
		do   func(s *Store, key []byte) error
	}{
		{"gone", func(s *Store, key []byte) error { return s.Take(string(key)) }},
		{"damaged", func(s *Store, key []byte) error { return s.Set(string(key), Seal("other", nil)) }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s, err := Open(dir, Options{})
			if err != nil {
				t.Fatal(err)
			}
			last := s.current.index.headsRecord(s.current.index.n() - 1)
			key := numberKey(keyHeads, last)
			var was []byte
			r := mustSnapshot(t, s)
			item, err := find(r.txn, key)
			if err != nil {
				t.Fatal(err)
			}
			if was, err = item.ValueCopy(nil); err != nil {
				t.Fatal(err)
			}
			r.Close()
			if err := errors.Join(tt.do(s, key), s.Close()); err != nil {
				t.Fatal(err)
			}
			var log bytes.Buffer
			logged := Options{Unverified: true, Log: slog.New(slog.NewTextHandler(&log, nil))}
			if s, err = Open(dir, logged); err != nil { // so that it is not seen at once
				t.Fatal(err)
			}
			r = mustSnapshot(t, s)
			if s.opening.Wait(); !strings.Contains(log.String(), "not all events are found") {
				t.Errorf("the log says %q", log.String())
			}
			if o, err := r.ordinal(t.Context(), eventInvent(1, 0)); o == noOrdinal || err != nil {
				t.Errorf("what was read: %d, %v", o, err)
			}
			for _, id := range []graph.ID{eventInvent(c.issues, 49), "e"} {
				if o, err := r.ordinal(t.Context(), id); !errors.Is(err, ErrCorrupt) {
					t.Errorf("%s: %d, %v; want ErrCorrupt", id, o, err)
				}
			}
			r.Close()
			b := newChronicler()
			b.issues = c.issues
			err = s.Update(t.Context(), func(graph.Reader) (*graph.Batch, error) { return b.batch(1), nil })
			if !errors.Is(err, ErrCorrupt) {
				t.Errorf("an update that puts events: %v, want ErrCorrupt", err)
			}
			if err := errors.Join(s.Set(string(key), was), s.Close()); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// Heads are entered though there is no room to keep them.
func TestIDsAreReadBeyondTheRoomOfHeads(t *testing.T) {
	dir, c := chronicled(t)
	s, err := Open(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	s.opening.Wait()
	k := newKept(false, 0)
	k.heads = newShelves(0)
	k.heads.room = 0
	s.mu.Lock()
	st := &state{txn: s.current.txn, index: s.current.index, kept: k}
	s.mu.Unlock()
	s.readAllHeads(st)
	if text := k.heads.get(0); text != "" {
		t.Errorf("%q is kept, and there is no room", text)
	}
	r := mustSnapshot(t, s)
	defer r.Close()
	k.heads = newShelves(keptHeads)
	other := &snapshot{store: s, state: st, txn: r.txn, index: r.index}
	for issue := 1; issue <= c.issues; issue++ {
		if o, err := other.ordinal(t.Context(), eventInvent(issue, 49)); o == noOrdinal || err != nil {
			t.Fatalf("of issue %d: %d, %v", issue, o, err)
		}
	}
}
