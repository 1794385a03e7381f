package badgerstore

import (
	"reflect"
	"sync"
	"sync/atomic"
	"testing"
	"unsafe"

	"fangzhi/graph"
)

// A page of heads reads records of heads, on either processor each once, and no card; asked for again it reads nothing.
func TestAPageOfHeadsReadsNoCard(t *testing.T) {
	dir := t.TempDir()
	s, err := Open(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	newChronicler().apply(t, s, 8, 2)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if s, err = Open(dir, Options{Unverified: true}); err != nil { // so that nothing is kept
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	s.opening.Wait()
	s.current.kept.heads = newShelves(keptHeads)
	r := mustSnapshot(t, s)
	var mu sync.Mutex // two processors read
	looked := map[byte]int{}
	watch := func(key []byte) {
		mu.Lock()
		defer mu.Unlock()
		looked[key[0]]++
	}
	onFind.Store(&watch)
	defer onFind.Store(nil)
	page := func(after graph.SortKey) graph.EventPage {
		t.Helper()
		p, err := r.Events(t.Context(), graph.Filter{}, graph.Page{First: 50, After: after, Detail: graph.Heads})
		if err != nil || len(p.Events) != 50 || p.Events[0].Title == "" {
			t.Fatalf("a page of %d events: %v", len(p.Events), err)
		}
		return p
	}
	first := page("")
	most := 2 * (int(r.index.n()/fullOf[keyHeads]) + len(r.index.counts.Heads))
	if n := looked[keyHeads]; n == 0 || n > most || len(looked) > 1 {
		t.Errorf("looked for %v, want at most %d of heads and nothing else", looked, most)
	}
	clear(looked)
	if page(""); len(looked) > 0 {
		t.Errorf("looked for %v, and all was read before", looked)
	}
	clear(looked)
	page(first.Events[49].SortKey())
	if n := looked[keyHeads]; n > most || len(looked) > 1 {
		t.Errorf("looked for %v, want at most %d of heads and nothing else", looked, most)
	}
}

// What an event was called goes with it, in a record that other events share, and in one that an update has made anew since.
func TestNoHeadOfARemovedEventStays(t *testing.T) {
	s, err := Open(t.TempDir(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	c := newChronicler()
	var ids []graph.ID
	for range 9 {
		b := c.batch(1)
		ids = append(ids, b.Put[0].Issue.ID)
		mustUpdate(t, s, b)
	}
	old := mustSnapshot(t, s)
	for _, id := range []graph.ID{ids[0], ids[3], ids[8]} {
		mustUpdate(t, s, &graph.Batch{Remove: []graph.ID{id}})
	}
	c.apply(t, s, 3, 1)
	r := mustSnapshot(t, s)
	for o := range r.index.n() {
		heads, err := r.readHeads(r.index.headsRecord(o))
		if r.index.dead.Contains(o) {
			if err == nil && heads[o-r.index.headsRecord(o)] != string(noHead) {
				t.Fatalf("event %d was removed and its head is there", o)
			}
			if was, err := old.head(o); err != nil || was.title == "" {
				t.Fatalf("event %d is there for who read before, and its head %v, %v", o, was, err)
			}
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		if got, err := r.head(o); err != nil || got.title == "" {
			t.Fatalf("head of event %d: %v, %v", o, got, err)
		}
	}
}

// Who reads a state finds the head of an event that was removed since, though another has read the record without it.
func TestAHeadThatWentStaysForWhoReadBefore(t *testing.T) {
	s := openInMemory(t)
	b := newChronicler().batch(2)
	mustUpdate(t, s, b)
	old := mustSnapshot(t, s)
	page := func(r *snapshot, wanted graph.Detail) []*graph.Event {
		t.Helper()
		p, err := r.Events(t.Context(), graph.Filter{}, graph.Page{First: 100, Detail: wanted})
		if err != nil {
			t.Fatal(err)
		}
		return p.Events
	}
	want := map[graph.Detail][]*graph.Event{}
	for _, extent := range []graph.Detail{graph.Whole, graph.Heads, graph.Titles} {
		want[extent] = page(old, extent)
	}
	remove := &graph.Batch{Remove: []graph.ID{b.Put[0].Issue.ID}}
	if err := s.Update(t.Context(), func(graph.Reader) (*graph.Batch, error) { return remove, nil }); err != nil {
		t.Fatal(err)
	}
	now := mustSnapshot(t, s)
	for extent, want := range want {
		old.state.kept.heads, old.state.kept.cards = newShelves(keptHeads), newCache[uint32, *graph.Event](keptCards)
		if left := page(now, extent); len(left) != 50 {
			t.Fatalf("%d events are left", len(left))
		}
		for i, e := range page(old, extent) {
			if !reflect.DeepEqual(e, want[i]) {
				t.Fatalf("extent %d, event %d: %+v, want %+v", extent, i, e, want[i])
			}
		}
	}
}

// A store that stays open has read all heads before they are asked for.
func TestAStoreThatStaysOpenKnowsItsHeads(t *testing.T) {
	dir := t.TempDir()
	s, err := Open(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	newChronicler().apply(t, s, 8, 2)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if s, err = Open(dir, Options{}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	s.opening.Wait()
	var looked atomic.Int64
	watch := func([]byte) { looked.Add(1) }
	onFind.Store(&watch)
	defer onFind.Store(nil)
	r := mustSnapshot(t, s)
	p, err := r.Events(t.Context(), graph.Filter{}, graph.Page{First: 1000, Detail: graph.Heads})
	if n := looked.Load(); err != nil || len(p.Events) != 800 || n > 0 {
		t.Errorf("%d events, %v; %d keys were looked for, and all was read", len(p.Events), err, n)
	}
}

// A card that is kept has nothing of the piece that its head is kept in, which would be kept with it.
func TestAKeptCardKeepsNoPieceOfHeads(t *testing.T) {
	s, err := Open(t.TempDir(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	newChronicler().apply(t, s, 2, 1)
	r := mustSnapshot(t, s)
	if _, err := r.readHeads(r.index.headsRecord(1)); err != nil {
		t.Fatal(err)
	}
	h := r.state.kept.heads.get(1)
	want, err := r.head(1)
	if err != nil {
		t.Fatal(err)
	}
	e, err := r.card(1)
	if err != nil {
		t.Fatal(err)
	}
	if e.ID != want.id || e.Title != want.title || e.PrintedTitle != want.printed {
		t.Errorf("%q, %q, %q, want %+v", e.ID, e.Title, e.PrintedTitle, want)
	}
	within := func(text string) bool {
		from, at := uintptr(unsafe.Pointer(unsafe.StringData(h))), uintptr(unsafe.Pointer(unsafe.StringData(text)))
		return at >= from && at < from+uintptr(len(h))
	}
	for _, text := range []string{string(e.ID), e.Title, e.PrintedTitle} {
		if within(text) {
			t.Errorf("%q is a part of the piece", text)
		}
	}
	if !within(want.title) {
		t.Error("and a head is none: this test sees nothing")
	}
}
