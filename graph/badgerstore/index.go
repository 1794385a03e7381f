package badgerstore

import (
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"fangzhi/edtf"
	"fangzhi/graph"
	"fangzhi/graph/badgerstore/gram"
)

// index is what a state keeps in memory: all that questions walk over, and nothing that only an answer shows. A new state's
// index shares with the old one whatever an update has not changed; nobody changes an index that is shown.
type index struct {
	rows      []row
	days      []edtf.Day // by ordinal: the day of a date that is one day, 0 for another: rows are five times as long
	linksAt   []uint32   // by ordinal: where its links begin; they end where the next one's begin
	links     []link
	zones     []zone
	loose     []uint64 // by zone, a bit an event: whether it has no date, or none that is short
	zoneBands []band   // each of many zones
	bands     []band

	issues      []issueRow
	sections    []string
	confidences []float64

	atoms   []graph.ID      // by number, which an atom is given once
	numbers *atomTable      // finds them
	holder  paged[uint32]   // by atom: the first atom of the entity that holds it, plus one; 0 for none
	held    paged[[]uint32] // by first atom: the other atoms of the entity
	faces   paged[uint64]   // by first atom: the face of the entity, see faceOf; 0 for none
	totals  paged[uint32]   // by first atom: how many events the entity has
	targets []target        // of departments and locations
	leadsTo paged[[]uint32] // by atom: its targets

	order dateOrder
	// dead are the ordinals of events that were removed, hidden these and those that are not of the kind EVENT.
	dead, hidden *roaring.Bitmap
	// later are the events that an earlier one reports too, odd those with a made title that is no part of the body (text.go).
	later, odd *roaring.Bitmap

	// events are, by atom, the events with a link to it, ascending; posts those that name an official with a post in it; below those with a
	// link to it or to what belongs to it. All hold the dead too.
	events, posts paged[[]uint32]
	below         paged[*family]

	// segments have the texts of the events before indexed. tail has those of the last events, without a gap, of tailBytes bytes.
	segments  []*segment
	indexed   uint32
	tail      []gram.Doc
	tailBytes int
	common    *commonHits // of some of the segments; nil for none
	searches  *searches   // the same for all indexes with the same segments
	reading   *meta       // the same pointer for all indexes that come from one reading of what is on disk

	counts   meta
	tails    tails
	totalled []int // of how many entities each of counts.Totals is

	register *register // of the state's entities; shared by all indexes of it
}

func newIndex() *index {
	return &index{
		linksAt: []uint32{0}, dead: roaring.New(), hidden: roaring.New(), later: roaring.New(), odd: roaring.New(), register: newRegister(),
		numbers: newAtomTable(0), reading: new(meta), searches: newSearches(),
	}
}

// n returns how many ordinals were given.
func (x *index) n() uint32 { return uint32(len(x.rows)) }

func (x *index) linksOf(o uint32) []link { return x.links[x.linksAt[o]:x.linksAt[o+1]] }

// entity returns the first atom of the entity that holds an atom.
func (x *index) entity(atom uint32) (uint32, bool) {
	h := x.holder.at(atom)
	return h - 1, h != 0
}

// atomsOf returns the atoms of the entity of a first atom; none where it is that of no entity.
func (x *index) atomsOf(first uint32) []uint32 {
	if e, ok := x.entity(first); int(first) >= len(x.atoms) || !ok || e != first {
		return nil
	}
	return append([]uint32{first}, x.held.at(first)...)
}

// leads tells whether a link is one to an atom of the set, or, below, to what belongs to one.
func (x *index) leads(l link, atoms []uint32, below bool) bool {
	if l.kind() == toOfficial {
		return slices.Contains(atoms, l.target())
	}
	t := &x.targets[l.target()]
	if slices.Contains(atoms, t.atom) {
		return true
	}
	return below && slices.ContainsFunc(t.above, func(a uint32) bool { return slices.Contains(atoms, a) })
}

// indexer makes the index of the next state.
type indexer struct {
	*index
	holder, totals *editor[uint32]
	faces          *editor[uint64]
	leadsTo, held  *editor[[]uint32]
	events, posts  *editor[[]uint32]
	below          *editor[*family]
	ownBelow       map[uint32]bool     // families that are not shared
	ownMarks       map[byte]bool       // sets of events that are not shared, by the kind of their keys
	marks          map[markRecord]bool // those that change
	from           uint32              // the first ordinal that is new
}

func (x *index) edit() *indexer {
	next := *x
	return &indexer{
		index: &next, holder: x.holder.edit(), faces: x.faces.edit(), totals: x.totals.edit(), held: x.held.edit(), leadsTo: x.leadsTo.edit(), events: x.events.edit(), posts: x.posts.edit(),
		below: x.below.edit(), ownBelow: map[uint32]bool{}, ownMarks: map[byte]bool{}, marks: map[markRecord]bool{}, from: x.n(),
	}
}

// done returns the index, which is not to be changed any more.
func (w *indexer) done() *index {
	w.index.holder, w.index.faces, w.index.totals = w.holder.paged, w.faces.paged, w.totals.paged
	w.index.held, w.index.leadsTo = w.held.paged, w.leadsTo.paged
	w.index.events, w.index.posts, w.index.below = w.events.paged, w.posts.paged, w.below.paged
	w.place()
	return w.index
}

// place enters the new events into what is ordered by time.
func (w *indexer) place() {
	if w.from < w.n() {
		w.fillZones()
		w.order = w.order.add(w.index, w.from)
		w.from = w.n()
	}
}

// put adds an event behind the others.
func (w *indexer) put(r row, links []link) {
	o := w.n()
	w.rows, w.days = append(w.rows, r), append(w.days, r.day())
	w.links = append(w.links, links...)
	w.linksAt = append(w.linksAt, uint32(len(w.links)))
	w.list(o)
}

// list enters the event into the lists of what it is linked to.
func (w *indexer) list(o uint32) {
	if w.rows[o].kind() != 0 {
		w.mark(noKey, o, true)
	}
	for _, l := range w.linksOf(o) {
		switch l.kind() {
		case toPost:
			enter(w.posts.ref(l.target()), o)
		case toOfficial:
			enter(w.events.ref(l.target()), o)
		default:
			t := &w.targets[l.target()]
			enter(w.events.ref(t.atom), o)
			w.family(t.atom).add(o)
			for _, a := range t.above {
				w.family(a).add(o)
			}
		}
	}
}

// hold has the entity of a first atom hold an atom; none where first is noAtom.
func (w *indexer) hold(atom, first uint32) {
	h := w.holder.ref(atom)
	if old := *h - 1; *h != 0 && old != atom {
		list := w.held.ref(old)
		*list = slices.DeleteFunc(slices.Clone(*list), func(a uint32) bool { return a == atom })
	}
	*h = first + 1
	if first != noAtom && first != atom {
		list := w.held.ref(first)
		*list = append((*list)[:len(*list):len(*list)], atom)
	}
}

// noAtom is the number of none.
const noAtom = ^uint32(0)

func enter(list *[]uint32, o uint32) {
	if n := len(*list); n == 0 || (*list)[n-1] != o {
		*list = append(*list, o)
	}
}

// remove takes out the event of an ordinal.
func (w *indexer) remove(o uint32) {
	if w.odd.Contains(o) {
		w.searches = newSearches() // what asks them for it would now believe the lists
	}
	w.mark(keyDead, o, true)
	w.mark(noKey, o, true)
	w.mark(keyLater, o, false)
	w.mark(keyOdd, o, false)
}

// target returns the number of the target, a new one where there is none yet.
func (w *indexer) target(atom uint32, above []uint32) uint32 {
	known := w.leadsTo.at(atom)
	for _, t := range known {
		if slices.Equal(w.targets[t].above, above) {
			return t
		}
	}
	number := uint32(len(w.targets))
	t := target{atom: atom, above: above}
	for _, a := range above {
		t.ids = append(t.ids, w.atoms[a])
	}
	w.targets = append(w.targets, t)
	for _, a := range slices.Concat(above, []uint32{atom}) {
		if f := w.family(a); len(f.targets) == 0 || f.targets[len(f.targets)-1] != number {
			f.targets = append(f.targets, number)
		}
	}
	*w.leadsTo.ref(atom) = slices.Concat(known, []uint32{number})
	return number
}

// number returns the place of v in a list that is only added to.
func number[T comparable](list *[]T, v T) int {
	if i := slices.Index(*list, v); i >= 0 {
		return i
	}
	*list = append(*list, v)
	return len(*list) - 1
}
