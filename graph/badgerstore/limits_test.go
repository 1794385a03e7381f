package badgerstore

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"

	"fangzhi/graph"
	"fangzhi/graph/badgerstore/gram"
	"fangzhi/graph/storetest"
)

// A link has sixteen bits for roles, one of them for those that no list knows; a row has two bits for a kind and three each for a
// basis and a precision. All bits set stands for every role.
func TestEnumerationsFitTheirBits(t *testing.T) {
	for _, tt := range []struct {
		name         string
		values, bits int
	}{
		{"roles of officials", len(officialCodes), 14}, {"roles of departments", len(deptCodes), 14},
		{"kinds", len(kindCodes), 1<<2 - 1}, {"bases", len(basisCodes), 1<<3 - 1}, {"precisions", len(precisionCodes), 1<<3 - 1},
	} {
		if tt.values > tt.bits {
			t.Errorf("%d %s, and there is room for %d", tt.values, tt.name, tt.bits)
		}
	}
}

// A batch of more sections than a row can name is refused, and one of as many is not.
func TestSectionsAreCountedIn16Bits(t *testing.T) {
	s, err := Open("", Options{InMemory: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	r, err := s.snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	for _, tt := range []struct {
		known int
		want  error
	}{{math.MaxUint16, nil}, {math.MaxUint16 + 1, graph.ErrLimit}} {
		x := *r.index
		for i := range tt.known {
			x.sections = append(x.sections, fmt.Sprint(i))
		}
		other := &snapshot{store: s, state: r.state, txn: r.txn, index: &x}
		d := storetest.NewIssue(storetest.Monthly, 2021, 1, storetest.Entry{Title: "甲", Section: "要闻", EDTF: "2021-01-05", Kind: graph.EventKindEvent, Basis: graph.BasisExplicit})
		if _, err := newChanges(t.Context(), other, &graph.Batch{Put: []*graph.IssueData{d}}); !errors.Is(err, tt.want) {
			t.Errorf("one section more than %d: %v, want %v", tt.known, err, tt.want)
		}
	}
}

func TestTextsAreCutIntoSegments(t *testing.T) {
	doc := func(o uint32, bytes int) gram.Doc { return gram.Doc{Ordinal: o, Body: strings.Repeat("a", bytes)} }
	half := textASegment/2 + 1
	for _, tt := range []struct {
		name string
		docs []gram.Doc
		want int
	}{
		{"one", []gram.Doc{doc(0, 1)}, 1},
		{"one that is too long", []gram.Doc{doc(0, textASegment+1), doc(1, 1)}, 1},
		{"a long one behind a short one", []gram.Doc{doc(0, 1), doc(1, textASegment)}, 1},
		{"as much as goes in", []gram.Doc{doc(0, half), doc(1, textASegment-half), doc(2, 1)}, 2},
		{"two that are too long together", []gram.Doc{doc(0, half), doc(1, half)}, 1},
		{"far apart", []gram.Doc{doc(0, 1), doc(gram.MaxSpan-1, 1), doc(gram.MaxSpan, 1)}, 2},
	} {
		if got := segmentOf(tt.docs); got != tt.want {
			t.Errorf("%s: %d of %d events go into the segment, want %d", tt.name, got, len(tt.docs), tt.want)
		}
	}
}

// An event that no segment can hold is refused with an error that callers know, and the graph stays as it was.
func TestATextThatIsTooLongIsALimit(t *testing.T) {
	s, err := Open("", Options{InMemory: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	r, err := s.snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	c := &changes{r: r, byID: map[string][]byte{}, w: r.index.edit(), events: []newEvent{{doc: gram.Doc{Body: strings.Repeat("a", 1<<26+1)}}}}
	if err := c.putTexts(context.Background(), nil); !errors.Is(err, graph.ErrLimit) {
		t.Errorf("an event of 2^26+1 code points: %v, want ErrLimit", err)
	}
}

// Staged changes that are cut or hold anything else are noticed.
func TestStagedChangesThatAreCutAreCorrupt(t *testing.T) {
	whole := appendChange(appendChange(nil, []byte("key"), []byte("value")), []byte("gone"), nil)
	ends := map[int]bool{0: true, len(appendChange(nil, []byte("key"), []byte("value"))): true, len(whole): true}
	for n := range len(whole) + 1 {
		err := readChanges(whole[:n], func(change) error { return nil })
		if ends[n] != (err == nil) || err != nil && !errors.Is(err, ErrCorrupt) {
			t.Errorf("%d of %d bytes: %v", n, len(whole), err)
		}
	}
	for _, b := range []string{"\x80", "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", "\x00\x00", "\x01k\x80"} {
		if err := readChanges([]byte(b), func(change) error { return nil }); !errors.Is(err, ErrCorrupt) {
			t.Errorf("%q: %v, want ErrCorrupt", b, err)
		}
	}
}

// A key that ends within an event's own comes before the event.
func TestKeysThatEndWithinAnEventsKey(t *testing.T) {
	d := storetest.NewIssue(storetest.Monthly, 2021, 1, storetest.Entry{Title: "甲", EDTF: "2021-01-05", Kind: graph.EventKindEvent, Basis: graph.BasisExplicit})
	e := d.Events[0]
	x := newIndex()
	x.issues = []issueRow{{Order: e.IssueOrder}}
	x.rows = []row{{first: e.Date.Start(), last: e.Date.End(), what: packed(e.Kind, e.Date.Basis, e.Date.Precision()), place: uint32(e.Place)}}
	id := func(uint32) (graph.ID, error) { return e.ID, nil }
	key := e.SortKey()
	for n := 1; n <= len(key); n++ {
		for _, k := range []graph.SortKey{key[:n], key[:n] + "\x00", key[:n] + "\xff", key[:n-1] + "\xff", key[:n-1]} {
			want := strings.Compare(string(key), string(k))
			if got, err := x.compareKey(0, k, id); got != want || err != nil {
				t.Errorf("the event's key compared with %q: %d (%v), want %d", k, got, err, want)
			}
		}
	}
}

// An update waits while the tail of the index of texts is full and the background is at work, and not longer.
func TestUpdatesWaitWhileTheTailIsFull(t *testing.T) {
	s, err := Open("", Options{InMemory: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	s.opening.Wait() // it reads the index that is changed here
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	was := s.current.index
	defer func() { s.current.index, s.background = was, nil }()
	full := fullTails * docsASegment
	for _, tt := range []struct {
		name       string
		docs, size int
		background bool
		want       error
	}{
		{"full", full, 0, true, context.Canceled},
		{"full of long texts", 1, fullTails * textASegment, true, context.Canceled},
		{"full, and nothing is done about it", full, 0, false, nil},
		{"not full", full - 1, fullTails*textASegment - 1, true, nil},
	} {
		x := *was
		x.tail, x.tailBytes = make([]gram.Doc, tt.docs), tt.size
		s.current.index, s.background = &x, nil
		if tt.background {
			s.background = &background{done: make(chan struct{}), stepped: make(chan struct{})}
		}
		if err := s.awaitRoom(gone); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, err, tt.want)
		}
	}
	b := &background{done: make(chan struct{}), stepped: make(chan struct{})}
	x := *was
	x.tail = make([]gram.Doc, full)
	s.current.index, s.background = &x, b
	waited := make(chan error)
	go func() { waited <- s.awaitRoom(t.Context()) }()
	s.mu.Lock()
	s.current.index = was // room was made
	close(b.stepped)
	s.mu.Unlock()
	if err := <-waited; err != nil {
		t.Errorf("room was made: %v", err)
	}
}
