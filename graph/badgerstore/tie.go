package badgerstore

import (
	"context"
	"errors"
	"sync"

	"fangzhi/graph"
)

// Ties of an entity are had by walking over its events and counting whom their links join. Ties between two lists are had by walking
// over the events of the cheaper one, with those of the other marked. Most of these events name nobody of the other list, so they are
// sifted first, by a set of the events of the marked: a few bytes are looked at that lie together, and not the links of an event,
// which lie anywhere.

// Ties implements graph.Reader.
func (r *snapshot) Ties(ctx context.Context, f graph.Filter, l graph.Linking, from []graph.Ref, visit func(i int, ties []graph.Tie) error) error {
	if err := r.enter(ctx); err != nil {
		return err
	}
	defer r.leave()
	p, err := r.plan(ctx, &f)
	if err != nil {
		return err
	}
	w := newTying(p, l)
	defer w.release()
	for i, ref := range from {
		if err := w.around(ctx, uint32(ref)); err != nil {
			return err
		}
		w.out = w.appendTo(w.out[:0])
		if err := visit(i, w.out); errors.Is(err, graph.ErrStop) {
			return nil
		} else if err != nil {
			return err
		}
	}
	return nil
}

// Between implements graph.Reader.
func (r *snapshot) Between(ctx context.Context, f graph.Filter, l graph.Linking, a, b []graph.Ref, visit func(i, j int, t graph.Tie) error) error {
	_, err := r.between(ctx, &f, l, a, b, visit)
	return err
}

// steps are what a tying cost.
type steps struct {
	walked int // events of those that were walked over
	looked int // those of them whose links were looked at
}

func (r *snapshot) between(ctx context.Context, f *graph.Filter, l graph.Linking, a, b []graph.Ref, visit func(i, j int, t graph.Tie) error) (steps, error) {
	if err := r.enter(ctx); err != nil {
		return steps{}, err
	}
	defer r.leave()
	p, err := r.plan(ctx, f)
	if err != nil {
		return steps{}, err
	}
	l.Kinds = nil
	w := newTying(p, l)
	defer w.release()
	walked, marked := a, b
	n, m := w.degrees(a), w.degrees(b)
	turned := m < n
	if turned {
		walked, marked, n, m = b, a, m, n
	}
	if n == 0 {
		return steps{}, ctx.Err()
	}
	w.mark(marked, n, m)
	for i, ref := range walked {
		if err := w.around(ctx, uint32(ref)); err != nil {
			return w.steps, err
		}
		for _, e := range w.used {
			at, tie := int(w.marks[e])-1, w.all[e].tie(e)
			if turned {
				tie.To = ref
				err = visit(at, i, tie)
			} else {
				err = visit(i, at, tie)
			}
			if errors.Is(err, graph.ErrStop) {
				return w.steps, nil
			} else if err != nil {
				return w.steps, err
			}
		}
	}
	return w.steps, nil
}

// Degrees implements graph.Reader.
func (r *snapshot) Degrees(ctx context.Context, l graph.Linking, refs []graph.Ref) ([]int, error) {
	if err := r.enter(ctx); err != nil {
		return nil, err
	}
	defer r.leave()
	below := belows(&l)
	degrees := make([]int, len(refs))
	for i, ref := range refs {
		degrees[i] = r.index.degree(&below, uint32(ref))
	}
	return degrees, nil
}

// belows tells, by kind of link, whether a link to what belongs to an entity is one to the entity.
func belows(l *graph.Linking) (below [3]bool) {
	for _, kind := range graph.EntityKinds {
		below[linkKinds[kind]] = l.Condition(kind, nil).Below
	}
	return below
}

// degree returns how many events are linked to the entity of a first atom; those that are linked by two atoms count twice.
func (x *index) degree(below *[3]bool, e uint32) int {
	if !x.holds(e) {
		return 0
	}
	under := below[x.linkKindOf(e)]
	n := x.eventCount(e, under)
	for _, atom := range x.held.at(e) {
		n += x.eventCount(atom, under)
	}
	return n
}

// eventCount returns how many events are linked to an atom; under, or to what belongs to it.
func (x *index) eventCount(atom uint32, under bool) int {
	if !under {
		return len(x.events.at(atom))
	}
	if set := x.eventsBelow(atom); set != nil {
		return int(set.GetCardinality())
	}
	return 0
}

// holds tells whether an entity has that first atom.
func (x *index) holds(e uint32) bool {
	first, ok := x.entity(e)
	return ok && first == e && int(e) < len(x.atoms)
}

// linkKindOf returns the kind of the links that lead to an atom.
func (x *index) linkKindOf(atom uint32) linkKind {
	switch x.atoms[atom][:1] {
	case graph.PrefixDepartment:
		return toDepartment
	case graph.PrefixLocation:
		return toLocation
	}
	return toOfficial
}

// A tying finds ties by walking over the events of entities. It is as large as there are atoms and events, so what it is made of is kept
// and used again.
type tying struct {
	tallier
	*tyingMarks
	p     *plan
	near  linking // which links count at the end where it walks
	far   linking // and at the other
	below [3]bool
	// official tells whether who is walked around is one.
	official bool
	// sieve is how it is told that an event has no link to one that is marked.
	sieve sieve
	list  []uint32 // for byList: the events of the one that is marked
	only  bool     // only those that are marked are counted
	steps steps
}

// tyingMarks is what a tying is made again of.
type tyingMarks struct {
	marks  []uint32 // by atom: the place of the entity in the marked list, plus one
	marked []uint32 // the entities of marks
	events []uint64 // a bit an event: whether it is linked to one that is marked; all 0 when it is not in use
	linked []uint32 // of the event that is looked at: whom the links join
	out    []graph.Tie
	own    merger // the events of who is walked over
	other  merger // those of list
}

var tyings = sync.Pool{New: func() any { return new(tyingMarks) }}

// sieve tells which events need not be looked at.
type sieve int

const (
	noSieve sieve = iota
	byBits
	byList
)

// sieving is how many events have to be walked over for a set to be worth its while. Tests change it.
var sieving = 64

// sieveRatio is how many times more events may be marked than walked over. To note one costs some two nanoseconds, to look at its links
// some hundred.
const sieveRatio = 32

func newTying(p *plan, l graph.Linking) *tying {
	w := &tying{tallier: tallier{spareTallies.take(p.x)}, tyingMarks: tyings.Get().(*tyingMarks), p: p, far: ready(&l), below: belows(&l)}
	l.Kinds = nil
	w.near = ready(&l)
	return w
}

func (w *tying) release() {
	for _, e := range w.marked {
		w.marks[e] = 0
	}
	w.marked = w.marked[:0]
	if w.sieve == byBits {
		clear(w.events)
	}
	tyings.Put(w.tyingMarks)
	spareTallies.release(w.byAtom)
}

func (w *tying) degrees(refs []graph.Ref) (n int) {
	for _, ref := range refs {
		n += w.p.x.degree(&w.below, uint32(ref))
	}
	return n
}

// mark marks one side, which has m events; n will be walked over. Nobody else is counted then.
func (w *tying) mark(refs []graph.Ref, n, m int) {
	x := w.p.x
	if len(w.marks) < len(x.atoms) {
		w.marks = make([]uint32, len(x.atoms)+len(x.atoms)/8)
	}
	for i, ref := range refs {
		if e := uint32(ref); x.holds(e) {
			w.marks[e] = uint32(i) + 1
			w.marked = append(w.marked, e)
		}
	}
	w.only = true
	switch {
	case len(w.marked) == 1:
		w.sieve, w.list = byList, w.eventsOf(w.marked[0], &w.other)
	case n >= sieving && m/sieveRatio <= n:
		w.sieve = byBits
		w.fillBits()
	}
}

func (w *tying) fillBits() {
	x := w.p.x
	if words := int(x.n()/64 + 1); len(w.events) < words {
		w.events = make([]uint64, words+words/8)
	}
	bits := w.events
	note := func(atom uint32, under bool) {
		if !under {
			for _, o := range x.events.at(atom) {
				bits[o/64] |= 1 << (o % 64)
			}
		} else if set := x.eventsBelow(atom); set != nil {
			each(set, func(o uint32) { bits[o/64] |= 1 << (o % 64) })
		}
	}
	for _, e := range w.marked {
		under := w.below[x.linkKindOf(e)]
		note(e, under)
		for _, atom := range x.held.at(e) {
			note(atom, under)
		}
	}
}

// eventsOf returns the events that are linked to the entity of a first atom, ascending; valid until m is used again.
func (w *tying) eventsOf(e uint32, m *merger) []uint32 {
	x := w.p.x
	if w.below[x.linkKindOf(e)] {
		return x.unionBelow(x.atomsOf(e)).ToArray()
	}
	m.lists = append(m.lists[:0], x.events.at(e))
	for _, atom := range x.held.at(e) {
		m.lists = append(m.lists, x.events.at(atom))
	}
	return m.merge()
}

// around counts the events that an entity shares with others.
func (w *tying) around(ctx context.Context, e uint32) error {
	w.clear()
	if !w.p.x.holds(e) {
		return ctx.Err()
	}
	w.official = w.p.x.linkKindOf(e) == toOfficial
	events, list := w.eventsOf(e, &w.own), w.list
	w.steps.walked += len(events)
	var b block
	for i, o := range events {
		if i%askEvery == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		switch w.sieve {
		case byBits:
			if w.events[o/64]>>(o%64)&1 == 0 {
				continue
			}
		case byList:
			if list = list[gallop(list, o):]; len(list) == 0 {
				return w.count(e, &b)
			} else if list[0] != o {
				continue
			}
		}
		if !w.p.has(o) {
			continue
		}
		if b.add(o) {
			if err := w.count(e, &b); err != nil {
				return err
			}
		}
	}
	return w.count(e, &b)
}

// count counts the events of a block, and empties it.
func (w *tying) count(e uint32, b *block) error {
	b.readAhead(w.p.x)
	for _, o := range b.events() {
		if err := w.event(e, o); err != nil {
			return err
		}
	}
	b.n = 0
	return nil
}

// event counts an event for those that its links join to the entity.
func (w *tying) event(e, o uint32) error {
	w.steps.looked++
	x := w.p.x
	joined := false
	linked := w.linked[:0]
	add := func(atom uint32, near, far bool) {
		switch to, ok := x.entity(atom); {
		case !ok:
		case to == e:
			joined = joined || near
		case far && (!w.only || w.marks[to] != 0):
			linked = append(linked, to)
		}
	}
	for _, link := range x.linksOf(o) {
		near, far := w.near.count(link), w.far.count(link)
		if !near || !far && (link.kind() == toOfficial) != w.official { // none counts farther off that does not near
			continue
		}
		if link.kind() == toOfficial {
			add(link.target(), near, far)
			continue
		}
		target := &x.targets[link.target()]
		add(target.atom, near, far)
		if w.below[link.kind()] {
			for _, atom := range target.above {
				add(atom, near, far)
			}
		}
	}
	w.linked = linked
	if !joined || len(linked) == 0 {
		return nil
	}
	if ok, err := w.p.meets(o); !ok || err != nil {
		return err
	}
	r, at := &x.rows[o], x.order.position(o)
	for _, to := range linked {
		if w.all[to].add(r, o, at) {
			w.used = append(w.used, to)
		}
	}
	return nil
}

// gallop returns the place of the first of an ascending list that is not less than o, looking at those next to its beginning first.
func gallop(list []uint32, o uint32) int {
	end := 1
	for end <= len(list) && list[end-1] < o {
		end *= 2
	}
	from := end / 2
	at, to := from, min(end, len(list))
	for at < to {
		if middle := (at + to) / 2; list[middle] < o {
			at = middle + 1
		} else {
			to = middle
		}
	}
	return at
}

// A merger makes one ascending list of several, without repeats.
type merger struct {
	lists [][]uint32
	rooms [2][]uint32 // where lists are merged into, in turns
}

// merge merges neighbours until one list is left. A single one is returned as it is; no list is changed.
func (m *merger) merge() []uint32 {
	total := 0
	for _, list := range m.lists {
		total += len(list)
	}
	for turn := 0; len(m.lists) > 1; turn = 1 - turn {
		if cap(m.rooms[turn]) < total {
			m.rooms[turn] = make([]uint32, 0, total+total/4)
		}
		room, kept := m.rooms[turn][:0], m.lists[:0]
		for i := 0; i < len(m.lists); i += 2 {
			from := len(room)
			if i+1 < len(m.lists) {
				room = appendMerged(room, m.lists[i], m.lists[i+1])
			} else {
				room = append(room, m.lists[i]...)
			}
			kept = append(kept, room[from:])
		}
		m.lists = kept
	}
	return m.lists[0]
}

// appendMerged appends two ascending lists as one, without repeats.
func appendMerged(out, a, b []uint32) []uint32 {
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] < b[0]:
			out, a = append(out, a[0]), a[1:]
		case b[0] < a[0]:
			out, b = append(out, b[0]), b[1:]
		default:
			out, a, b = append(out, a[0]), a[1:], b[1:]
		}
	}
	return append(append(out, a...), b...)
}
