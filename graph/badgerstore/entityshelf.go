package badgerstore

import (
	"encoding/binary"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/dgraph-io/badger/v4"

	"fangzhi/graph"
)

// entityShelf keeps entities as their codec writes them, with the numbers of atoms for ids and without the number of events, which each state
// has for itself. They are read behind opening, and later by whoever asks for one that is not there: a Get waits for memory some fifty times.
//
// An entity is found by its first atom: a slot says where it begins, and since which state it is so. Where nothing is kept the slot says since
// which state nothing changed. So what any state at or behind that reads may be put there, and holds for all since then; what an
// earlier one reads may not.
//
// Who asks takes no lock. The text is written once, in pieces; a slot is replaced, and what it led to is garbage then. When
// a piece is full and at least half of another is garbage, what lives there moves to a new one, and the other goes. So the pieces are at most
// twice as long as what lived when there was the most of it, and there are never more than there is room for, but one that is moved to.
type entityShelf struct {
	room int // pieces
	size int // bytes of a piece

	pages  atomic.Pointer[[]*entityPage]  // by first atom; replaced by who holds mu
	pieces atomic.Pointer[[]*entityPiece] // replaced by who holds mu; nil where there is none

	mu      sync.Mutex // held by who puts or marks
	filling int        // the piece that is filled
	begun   int        // pieces so far
}

// entityPage are the slots of so many first atoms. A slot is the number of a state and, in the lower placeBits, one more than the place of a
// byte in the pieces, 0 where nothing is kept.
type entityPage [1024]atomic.Uint64

// placeBits are for 128 MB; those above are for 10^11 states.
const placeBits = 27

// entityPiece holds entities one behind the other: a varint of the first atom, one of the bytes that follow, and the entity.
type entityPiece struct {
	b      []byte // where slots lead nobody writes
	filled int    // guarded by mu
	alive  int    // guarded by mu: bytes that slots lead to
	number int    // counted up from piece to piece
}

// Tests lower these. All entities of a million events take 12 MB.
var (
	keptEntities  = 24 << 20
	entitiesPiece = 256 << 10
)

// newEntityShelf returns an empty one for so many bytes, in pieces of size bytes.
func newEntityShelf(room, size int) *entityShelf {
	s := &entityShelf{room: max(room/size, 2), size: size, filling: -1}
	s.pages.Store(new([]*entityPage))
	pieces := make([]*entityPiece, s.room+1)
	s.pieces.Store(&pieces)
	return s
}

func slotOf(since uint64, place int) uint64 { return since<<placeBits | uint64(place) }

func cutSlot(slot uint64) (since uint64, place int) {
	return slot >> placeBits, int(slot & (1<<placeBits - 1))
}

// get returns an entity as a state of this number has it, nil where that is not kept. Nobody writes to it.
func (s *entityShelf) get(atom uint32, number uint64) []byte {
	for {
		pieces := s.pieces.Load()
		pages, n := *s.pages.Load(), int(atom/uint32(len(entityPage{})))
		if n >= len(pages) || pages[n] == nil {
			return nil
		}
		since, place := cutSlot(pages[n][atom%uint32(len(entityPage{}))].Load())
		if place == 0 || since > number {
			return nil
		}
		if s.pieces.Load() != pieces {
			continue // the place may be one of other pieces
		}
		p := (*pieces)[(place-1)/s.size]
		_, text, _ := cutEntity(p.b[(place-1)%s.size:])
		return text
	}
}

// cutEntity returns the first entity of what is left of a piece, and where the next begins.
func cutEntity(b []byte) (atom uint32, text []byte, end int) {
	a, used := binary.Uvarint(b)
	n, more := binary.Uvarint(b[used:])
	end = used + more + int(n)
	return uint32(a), b[used+more : end], end
}

// put keeps an entity as a state of this number has it, unless it is kept or has changed since. If there is no room, an older piece goes, or,
// unless that is wanted, nothing is kept and put is false.
func (s *entityShelf) put(atom uint32, number uint64, text []byte, wanted bool) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	slot := s.slot(atom)
	if since, place := cutSlot(slot.Load()); place != 0 || since > number {
		return true
	}
	if entityBytes+len(text) > s.size/2 {
		return true // there are few, and they are left to the disk
	}
	if !s.fits(entityBytes+len(text)) && !s.makeRoom(wanted) {
		return false
	}
	var head [entityBytes]byte
	h := binary.AppendUvarint(binary.AppendUvarint(head[:0], uint64(atom)), uint64(len(text)))
	since, _ := cutSlot(slot.Load())
	slot.Store(slotOf(since, s.write(h, text)))
	return true
}

// entityBytes are how many bytes an entity takes at most beside itself.
const entityBytes = 2 * binary.MaxVarintLen32

// mark forgets entities that changed with the state of this number.
func (s *entityShelf) mark(atoms []uint32, number uint64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, atom := range atoms {
		slot := s.slot(atom)
		if _, place := cutSlot(slot.Load()); place != 0 {
			p := (*s.pieces.Load())[(place-1)/s.size]
			_, _, n := cutEntity(p.b[(place-1)%s.size:])
			p.alive -= n
		}
		slot.Store(slotOf(number, 0))
	}
}

// slot returns that of a first atom. The caller holds mu.
func (s *entityShelf) slot(atom uint32) *atomic.Uint64 {
	pages, n := *s.pages.Load(), int(atom/uint32(len(entityPage{})))
	if n >= len(pages) || pages[n] == nil {
		pages = append(slices.Clone(pages), make([]*entityPage, max(n+1-len(pages), 0))...) // who asks has the old list
		pages[n] = new(entityPage)
		s.pages.Store(&pages)
	}
	return &pages[n][atom%uint32(len(entityPage{}))]
}

// fits tells whether the piece that is filled has room for so many bytes. The caller holds mu.
func (s *entityShelf) fits(n int) bool {
	return s.filling >= 0 && (*s.pieces.Load())[s.filling].filled+n <= s.size
}

// write puts the parts of an entity behind the others, for which there is room, and returns its place plus one. The caller holds mu.
func (s *entityShelf) write(parts ...[]byte) int {
	p := (*s.pieces.Load())[s.filling]
	place := s.filling*s.size + p.filled + 1
	for _, part := range parts {
		n := copy(p.b[p.filled:], part)
		p.filled, p.alive = p.filled+n, p.alive+n
	}
	return place
}

// makeRoom begins another piece, at least half of which is free. The caller holds mu.
func (s *entityShelf) makeRoom(wanted bool) bool {
	pieces := *s.pieces.Load()
	free, oldest, least, n := -1, -1, -1, 0
	for i, p := range pieces {
		if p == nil {
			free = i
			continue
		}
		n++
		if oldest < 0 || p.number < pieces[oldest].number {
			oldest = i
		}
		if least < 0 || p.alive < pieces[least].alive {
			least = i
		}
	}
	switch {
	case least >= 0 && pieces[least].alive <= s.size/2:
		s.begin(free)
		s.empty(least, true)
	case n < s.room:
		s.begin(free)
	case !wanted:
		return false
	default:
		s.begin(free)
		s.empty(oldest, false)
	}
	return true
}

// begin has a new piece filled. The caller holds mu.
func (s *entityShelf) begin(at int) {
	pieces := slices.Clone(*s.pieces.Load())
	s.begun++
	pieces[at] = &entityPiece{b: make([]byte, s.size), number: s.begun}
	s.filling = at
	s.pieces.Store(&pieces)
}

// empty takes a piece away when what lives in it has moved, or is forgotten: no slot leads there any more. The caller holds mu.
func (s *entityShelf) empty(at int, move bool) {
	p := (*s.pieces.Load())[at]
	for i := 0; i < p.filled; {
		atom, _, n := cutEntity(p.b[i:])
		slot := s.slot(atom)
		if since, place := cutSlot(slot.Load()); place == at*s.size+i+1 {
			place = 0
			if move {
				place = s.write(p.b[i : i+n])
			}
			slot.Store(slotOf(since, place))
		}
		i += n
	}
	pieces := slices.Clone(*s.pieces.Load())
	pieces[at] = nil
	s.pieces.Store(&pieces)
}

// keptEntity returns the entity of a first atom if that is kept.
func (r *snapshot) keptEntity(atom uint32) (*graph.EntityData, bool) {
	text := r.state.kept.entities.get(atom, r.state.number)
	if text == nil || int(atom) >= len(r.index.atoms) {
		return nil, false
	}
	d, e := decoder{s: string(text), x: r.index}, new(graph.EntityData) // a copy, so that an answer keeps no piece
	d.inParts()
	d.entity(e)
	if d.err != nil {
		return nil, false // an atom of it has got its number since
	}
	e.ID, e.EventCount = r.index.atoms[atom], int(r.index.totals.at(atom))
	return e, true
}

// keepEntity keeps the entity of a first atom as it is in this state, and is false where that would have others go and is not wanted.
func (st *state) keepEntity(atom uint32, e *graph.EntityData, wanted bool) bool {
	room := rooms.Get().(*[]byte)
	defer rooms.Put(room)
	w, other := encoder{b: (*room)[:0], x: st.index}, *e
	other.ID = "" // the atom tells
	w.inParts(func() { w.entity(&other) })
	return st.kept.entities.put(atom, st.number, w.b, wanted)
}

// onEntities holds what tests have called before each entity that is read behind opening; nil otherwise.
var onEntities atomic.Pointer[func()]

// keepAllEntities keeps the entities of a state, or as many as there is room for, unless the store is closed meanwhile. What is wrong with one
// is told to whoever asks for it.
func (s *Store) keepAllEntities(st *state) {
	prefix := []byte{keyEntity}
	it := st.txn.NewIterator(badger.IteratorOptions{Prefix: prefix})
	defer it.Close()
	for it.Rewind(); it.Valid(); it.Next() {
		if hook := onEntities.Load(); hook != nil {
			(*hook)()
		}
		if s.isClosed() {
			return
		}
		item, more := it.Item(), true
		_ = item.Value(func(value []byte) error {
			e, err := decodeEntity(st.txn, item.Key(), value)
			if err != nil {
				return err
			}
			if atom, ok := st.index.atom(graph.ID(item.Key()[len(prefix):])); ok {
				more = st.keepEntity(atom, e, false)
			}
			return nil
		})
		if !more {
			return
		}
	}
}
