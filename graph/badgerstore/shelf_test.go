package badgerstore

import (
	"fmt"
	"strings"
	"sync"
	"testing"
)

// shelved is the head that the tests have of an ordinal.
func shelved(o uint32) string { return fmt.Sprintf("head of %d;", o) }

func shelvedRecord(first, n uint32) (heads []string) {
	for o := first; o < first+n; o++ {
		heads = append(heads, shelved(o))
	}
	return heads
}

// What was put is there, in whatever order records come, while others put and one is full after the other.
func TestShelvesGiveWhatWasPut(t *testing.T) {
	const records, size = 300, 64
	s := newShelves(2 * pieceOfShelf)
	pad := strings.Repeat("会", 64) // so that generations change
	var all sync.WaitGroup
	for worker := range uint32(4) {
		all.Go(func() {
			for i := range uint32(records) {
				first := (i*7 + worker*31) % records * size * 50
				heads := shelvedRecord(first, size)
				for i := range heads {
					heads[i] += pad
				}
				s.put(first, heads)
				for o := first; o < first+size; o++ {
					if text := s.get(o); text != "" && !strings.HasPrefix(text, shelved(o)) {
						t.Errorf("event %d: %.20q", o, text)
						return
					}
				}
			}
		})
	}
	all.Wait()
	kept := 0
	for o := range uint32(records * size * 50) {
		if text := s.get(o); text != "" {
			kept++
			if !strings.HasPrefix(text, shelved(o)+pad) {
				t.Fatalf("event %d: %.20q", o, text)
			}
		}
	}
	if least := 2 * pieceOfShelf / (len(pad) + 20); kept < least || kept > 3*least {
		t.Errorf("%d are kept, want from %d to %d", kept, least, 3*least)
	}
}

// A generation goes when the next but one begins, and not before.
func TestShelvesKeepTwoGenerations(t *testing.T) {
	s := newShelves(pieceOfShelf)
	long := []string{strings.Repeat("a", pieceOfShelf)}
	for o := range uint32(3) {
		s.put(o, long)
		for earlier := range o + 1 {
			if kept := s.get(earlier) != ""; kept != (o-earlier < 2) {
				t.Errorf("after %d, %d is kept: %v", o, earlier, kept)
			}
		}
	}
	for range 2 {
		s.put(3, []string{long[0] + "a"})
	}
	if s.get(3) != "" || s.get(2) == "" {
		t.Error("a record that is longer than a piece is kept, or another one went for it")
	}
}

// Of a record that has grown what is new is put, and what was there stays; what stands for a removed event is never put.
func TestShelvesPutWhatIsNew(t *testing.T) {
	s := newShelves(pieceOfShelf)
	heads := shelvedRecord(0, 4)
	s.put(0, []string{heads[0], string(noHead)})
	s.put(0, []string{string(noHead), string(noHead), heads[2], heads[3]})
	s.put(0, heads)
	for o, want := range heads {
		if text := s.get(uint32(o)); !strings.HasPrefix(text, want) {
			t.Errorf("event %d: %q, want %q", o, text, want)
		}
	}
	if all, once := *s.both.Load().young.pieces[0].Load(), heads[0]+heads[2]+heads[3]+heads[1]; all != once {
		t.Errorf("%q is kept, want %q", all, once)
	}
	if s.get(4) != "" || s.get(1<<31) != "" {
		t.Error("what was never put is there")
	}
}
