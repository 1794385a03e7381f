package badgerstore

import (
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"sync"
	"sync/atomic"

	"fangzhi/graph"
)

// ordinalTable finds the ordinals of events by their ids: open addressing, eight bytes a slot, 32 bits of the hash of an id and an ordinal. It
// says which events may have an id; who asks compares it with their heads, and passes over those that his state does not have yet or has no
// more, so all states since a reading of what is on disk share it. An event that comes again has another ordinal and both stay, each for the
// states that have it.
//
// Where an id stands grows with its hash, so a larger table is made from the slots alone, in one walk over both: no id is read again, of
// which those of removed events could not be. With 16 bits of the hash it would take 8.5 MB for a million events in place of 11, and a second
// look at memory.
//
// Who asks takes no lock. Those who add are the updater and who reads all heads behind opening.
type ordinalTable struct {
	seed  maphash.Seed
	slots atomic.Pointer[ordinalSlots] // replaced by who holds mu

	mu   sync.Mutex // held by who adds
	used int        // guarded by mu

	filled chan struct{} // closed when it has all events that there were, or no more will be read
	err    error         // why it has not; set before filled is closed
}

// ordinalSlots are never full. A slot is a hash above an ordinal plus one, 0 where it is empty.
type ordinalSlots []atomic.Uint64

// How full a table is that is made for some events, how full it gets, and how full a larger one is then, in hundredths.
const (
	ordinalsMade  = 70
	ordinalsMost  = 80
	ordinalsGrown = 55
)

// newOrdinalTable returns an empty one with room for so many events.
func newOrdinalTable(events int) *ordinalTable {
	t := &ordinalTable{seed: maphash.MakeSeed(), filled: make(chan struct{})}
	t.slots.Store(newOrdinalSlots(events, ordinalsMade))
	return t
}

func newOrdinalSlots(events, full int) *ordinalSlots {
	s := make(ordinalSlots, 64+events*100/full)
	return &s
}

func (t *ordinalTable) hash(id graph.ID) uint32 { return uint32(maphash.String(t.seed, string(id))) }

// home returns the slot from which on a hash is looked for.
func (s ordinalSlots) home(hash uint32) int { return int(uint64(hash) * uint64(len(s)) >> 32) }

// from calls visit with the ordinals that stand with a hash until it is false.
func (s ordinalSlots) from(hash uint32, visit func(o uint32) bool) {
	for i := s.home(hash); ; i++ {
		if i == len(s) {
			i = 0
		}
		slot := s[i].Load()
		if slot == 0 || uint32(slot>>32) == hash && !visit(uint32(slot)-1) {
			return
		}
	}
}

// enter puts a slot that is not empty where it belongs.
func (s ordinalSlots) enter(slot uint64) {
	i := s.home(uint32(slot >> 32))
	for s[i].Load() != 0 {
		if i++; i == len(s) {
			i = 0
		}
	}
	s[i].Store(slot)
}

// add enters the ids of events, the first of which has this ordinal; "" is that of none.
func (t *ordinalTable) add(first uint32, ids []graph.ID) {
	t.mu.Lock()
	defer t.mu.Unlock()
	slots := *t.slots.Load()
	if used := t.used + len(ids); used*100 > len(slots)*ordinalsMost {
		larger := newOrdinalSlots(used, ordinalsGrown)
		for i := range slots {
			if slot := slots[i].Load(); slot != 0 {
				larger.enter(slot)
			}
		}
		t.slots.Store(larger)
		slots = *larger
	}
	for i, id := range ids {
		if id != "" {
			slots.enter(uint64(t.hash(id))<<32 | uint64(first+uint32(i)+1))
			t.used++
		}
	}
}

// complete tells whether no more events are read into the table.
func (t *ordinalTable) complete() bool {
	select {
	case <-t.filled:
		return true
	default:
		return false
	}
}

// finish tells who waits that no more events are read, and why some are not there.
func (t *ordinalTable) finish(err error) {
	t.err = err
	close(t.filled)
}

// ordinals returns those of events by their ids; noOrdinal where there is none.
func (r *snapshot) ordinals(ctx context.Context, ids []graph.ID) ([]uint32, error) {
	found := make([]uint32, len(ids))
	for i, id := range ids {
		if i%askEvery == askEvery-1 {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
		}
		o, err := r.ordinal(ctx, id)
		if err != nil {
			return nil, err
		}
		found[i] = o
	}
	return found, nil
}

const noOrdinal = ^uint32(0)

// ordinal returns that of the event that has the id itself, noOrdinal where there is none: which is known when all ids are in the table, and
// is waited for.
func (r *snapshot) ordinal(ctx context.Context, id graph.ID) (uint32, error) {
	t := r.state.kept.ordinals
	for {
		complete := t.complete() // before it is asked: what is added meanwhile would be missed
		if o, err := r.entered(t, id); o != noOrdinal || err != nil {
			return o, err
		}
		if complete {
			return noOrdinal, t.err
		}
		select {
		case <-t.filled:
		case <-r.store.closes():
			return noOrdinal, graph.ErrClosed
		case <-ctx.Done():
			return noOrdinal, ctx.Err()
		}
	}
}

// entered is ordinal for what a table has.
func (r *snapshot) entered(t *ordinalTable, id graph.ID) (found uint32, err error) {
	found = noOrdinal
	t.slots.Load().from(t.hash(id), func(o uint32) bool {
		if o >= r.index.n() || r.index.dead.Contains(o) {
			return true
		}
		var h head
		if h, err = r.head(o); err == nil && h.id == id {
			found = o
		}
		return err == nil && found == noOrdinal
	})
	return found, err
}

// onHeads holds what tests have called before each record of heads that is read behind opening; nil otherwise.
var onHeads atomic.Pointer[func()]

// readAllHeads enters all events of a state into its table of ordinals, unless the store is closed meanwhile, and keeps their heads, or as many
// as are kept. Reading them in their order takes a tenth of what asking for each record takes, and a page of somebody who is everywhere asks for
// fifty. What is wrong with one is told to whoever asks for it, and to whoever asks for an id that was not found.
func (s *Store) readAllHeads(st *state) {
	room := st.kept.heads.room * pieceOfShelf
	if s.bulk { // nobody reads
		room = 0
	}
	events, ids := 0, []graph.ID(nil)
	err := eachRecord(st.txn, keyHeads, func(first uint32, b []byte) error {
		if hook := onHeads.Load(); hook != nil {
			(*hook)()
		}
		if s.isClosed() {
			return graph.ErrClosed
		}
		heads, err := cutHeads(string(b))
		if err != nil {
			return err
		}
		if room -= len(b); room > 0 {
			st.kept.heads.put(first, heads)
		}
		ids = ids[:0]
		for _, h := range heads {
			d := decoder{s: h}
			if ids = append(ids, graph.ID(d.shortText())); ids[len(ids)-1] != "" {
				events++
			}
		}
		st.kept.ordinals.add(first, ids)
		return nil
	})
	if want := st.index.counts.Events; err == nil && events != want {
		err = fmt.Errorf("%w: heads of %d events are there, and should be of %d", ErrCorrupt, events, want)
	}
	if err != nil && !errors.Is(err, graph.ErrClosed) && s.log != nil {
		s.log.Error("not all events are found by their ids, and none will be taken in", "error", err)
	}
	st.kept.ordinals.finish(err)
}
