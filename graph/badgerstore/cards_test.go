package badgerstore

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// Cards come back from a block as they were, and whatever is left of one ends with ErrCorrupt.
func TestCardsComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var cards [eventsARecord][]byte
		for i := range cards {
			cards[i] = rapid.SliceOfN(rapid.Byte(), 0, 300).Draw(t, "card")
		}
		whole := joinCards(&cards)
		got, err := cutCards(whole)
		if diff := cmp.Diff(cards, got); err != nil || diff != "" {
			t.Fatalf("cards mismatch, %v (-want +got):\n%s", err, diff)
		}
		for n := range whole {
			if _, err := cutCards(whole[:n]); !errors.Is(err, ErrCorrupt) {
				t.Errorf("%d of %d bytes: %v", n, len(whole), err)
			}
		}
	})
}

// Whatever bytes stand for a block of cards, reading it ends with cards or ErrCorrupt.
func FuzzCards(f *testing.F) {
	f.Add(joinCards(&[eventsARecord][]byte{{1, 2}, nil, {3}}))
	f.Add([]byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 0, 0, 0, 0, 0, 0, 0})
	f.Fuzz(func(t *testing.T, b []byte) {
		if _, err := cutCards(b); err != nil && !errors.Is(err, ErrCorrupt) {
			t.Fatal(err)
		}
	})
}
