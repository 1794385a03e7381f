package graph

import (
	"encoding/base64"
	"fmt"
)

// MostHits is the number of hits beyond which events are not told apart.
const MostHits = 15

// A Hit is an event that contains a text.
type Hit struct {
	Event *Event
	// Title: the printed title contains it, or, for an entry without one, nothing but its made title.
	Title bool
	// Hits is how often printed title and body contain it without overlaps, at least 1 and at most MostHits.
	Hits int
}

// Key returns the hit's place in a search.
func (h *Hit) Key() HitKey { return NewHitKey(h.Title, h.Hits, h.Event.SortKey()) }

// A HitKey orders the hits of a search: those in the title before others, more hits before fewer, and then as a timeline does
// in descending order. It holds nothing that an engine made up, so a cursor made of it goes on where it stood whatever was
// loaded since. It is
//
//	1 byte   0 in the title, 1 not
//	1 byte   MostHits − hits
//	n bytes  the SortKey
type HitKey string

// NewHitKey returns the key of a hit.
func NewHitKey(title bool, hits int, k SortKey) HitKey {
	first := byte(1)
	if title {
		first = 0
	}
	return HitKey([]byte{first, byte(MostHits - min(hits, MostHits))}) + HitKey(k)
}

// Title tells whether the hit is in the title.
func (k HitKey) Title() bool { return k[0] == 0 }

// Hits returns the number of hits.
func (k HitKey) Hits() int { return MostHits - int(k[1]) }

// SortKey returns the key of the event.
func (k HitKey) SortKey() SortKey { return SortKey(k[2:]) }

// Before tells whether the hit of key k comes before that of l.
func (k HitKey) Before(l HitKey) bool {
	if k[:2] != l[:2] {
		return k[:2] < l[:2]
	}
	return Descending.Before(k.SortKey(), l.SortKey())
}

// hitLetter begins the cursors of this list, so that the cursor of another one is refused.
const hitLetter = 's'

// Cursor returns the opaque form of the key that clients hold.
func (k HitKey) Cursor() string {
	return base64.RawURLEncoding.EncodeToString(append([]byte{hitLetter}, k...))
}

// ParseHitCursor reads what Cursor printed; anything else is ErrBadInput.
func ParseHitCursor(cursor string) (HitKey, error) {
	b, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil || len(b) < 4 || b[0] != hitLetter || b[1] > 1 || b[2] >= MostHits || !validSortKey(b[3:]) {
		return "", fmt.Errorf("%w: %q is no cursor of a search", ErrBadInput, cursor)
	}
	return HitKey(b[1:]), nil
}

// HitPage is which part of a search is asked for; like Page.
type HitPage struct {
	First, Last   int
	After, Before HitKey
	// Detail is how much of the events is asked for. Of Titles all are Heads: each has a cursor, which is made of it.
	Detail Detail
}

// Hits is a page of a search.
type Hits struct {
	Hits []Hit
	// HasNext and HasPrevious tell whether the search goes on beyond either end of the page.
	HasNext, HasPrevious bool
}
