package badgerstore

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
)

// shelves keep heads as they are written, by the ordinals of their events: what an event is called never changes, and no other event gets
// its ordinal. There are two generations, of which the older goes when the younger is full. Who asks takes no lock and looks at two places,
// where a head begins and the head itself, since what a page waits for is memory.
type shelves struct {
	room int // pieces of a generation

	mu   sync.Mutex                  // held by who puts
	both atomic.Pointer[generations] // replaced by who holds mu
}

type generations struct{ young, old *shelf }

// newShelves returns one with room for so many bytes in a generation.
func newShelves(room int) *shelves {
	s := &shelves{room: max(room/pieceOfShelf, 1)}
	s.both.Store(&generations{newShelf(s.room), newShelf(0)})
	return s
}

// get returns a text that begins with the head of an event, "" where it is not kept.
func (s *shelves) get(o uint32) string {
	both := s.both.Load()
	if text := both.young.get(o); text != "" {
		return text
	}
	return both.old.get(o)
}

// put keeps the heads of a record, the first of which is that of an ordinal, but not what stands for an event that was removed: for who reads
// an earlier state its head is there.
func (s *shelves) put(first uint32, heads []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	both := s.both.Load()
	if both.young.put(first, heads) {
		return
	}
	both = &generations{newShelf(s.room), both.young}
	both.young.put(first, heads)
	s.both.Store(both)
}

// A shelf is a generation: pieces of memory that are filled one after the other, for a piece for each record would leave a fifth of it unused,
// and where in them the heads begin.
type shelf struct {
	pieces []atomic.Pointer[string]       // as far as they are filled
	places atomic.Pointer[[]*shelfPlaces] // by ordinal; nil for some of which nothing is known

	filled  int             // pieces before the one that is filled
	filling strings.Builder // that one
}

// shelfPlaces are the places of the heads of so many events, 0 for none. A place is one more than the number of a byte in the pieces.
type shelfPlaces [shelfPage]atomic.Uint32

const shelfPage = 4096

// pieceOfShelf is the size of a piece in bytes.
const pieceOfShelf = 1 << 20

func newShelf(pieces int) *shelf {
	s := &shelf{pieces: make([]atomic.Pointer[string], pieces)}
	s.places.Store(new([]*shelfPlaces))
	return s
}

func (s *shelf) get(o uint32) string {
	pages, n := *s.places.Load(), int(o/shelfPage)
	if n >= len(pages) || pages[n] == nil {
		return ""
	}
	at := pages[n][o%shelfPage].Load()
	if at == 0 {
		return ""
	}
	return (*s.pieces[(at-1)/pieceOfShelf].Load())[(at-1)%pieceOfShelf:]
}

// put is false where there is no room. What is there already stays; a record that is longer than a piece is not kept.
func (s *shelf) put(first uint32, heads []string) bool {
	length := 0
	for _, h := range heads {
		length += len(h)
	}
	if length > pieceOfShelf {
		return true
	}
	if s.filling.Len()+length > pieceOfShelf {
		s.filled, s.filling = s.filled+1, strings.Builder{}
	}
	if s.filled == len(s.pieces) {
		return false
	}
	if s.filling.Cap() == 0 {
		s.filling.Grow(pieceOfShelf)
	}
	places := make([]uint32, len(heads))
	for i, h := range heads {
		if h != string(noHead) && s.get(first+uint32(i)) == "" {
			places[i] = uint32(s.filled*pieceOfShelf+s.filling.Len()) + 1
			s.filling.WriteString(h)
		}
	}
	text := s.filling.String()
	s.pieces[s.filled].Store(&text)
	s.enter(first, places)
	return true
}

// enter tells who asks where heads begin, 0 for those of which nothing new is known.
func (s *shelf) enter(first uint32, places []uint32) {
	pages := *s.places.Load()
	from, to := int(first/shelfPage), (int(first)+len(places)+shelfPage-1)/shelfPage
	if len(pages) < to || slices.Contains(pages[from:to], nil) {
		pages = append(slices.Clone(pages), make([]*shelfPlaces, max(to-len(pages), 0))...) // who asks has the old list
		for n := from; n < to; n++ {
			pages[n] = cmp.Or(pages[n], new(shelfPlaces))
		}
		s.places.Store(&pages)
	}
	for i, place := range places {
		if o := first + uint32(i); place != 0 {
			pages[o/shelfPage][o%shelfPage].Store(place)
		}
	}
}
