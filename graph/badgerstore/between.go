package badgerstore

import (
	"context"
	"errors"
	"slices"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"

	"fangzhi/graph"
)

// Ties between two lists are had by walking over the events of one of them, the cheaper one, with those of the other marked. Most of
// these events name nobody of the other list, so what is walked over is sifted first, by a set of the events of the marked: a few
// bytes are looked at that lie together, and not the links of an event, which lie anywhere.

// Degrees implements graph.Reader.
func (r *snapshot) Degrees(ctx context.Context, l graph.Linking, refs []graph.Ref) ([]int, error) {
	if err := r.enter(ctx); err != nil {
		return nil, err
	}
	defer r.leave()
	degrees := make([]int, len(refs))
	for i, ref := range refs {
		degrees[i] = r.index.degree(&l, uint32(ref))
	}
	return degrees, nil
}

// degree returns how many events are linked to the entity of a first atom; those that are linked by two atoms count twice.
func (x *index) degree(l *graph.Linking, e uint32) (n int) {
	if !x.holds(e) {
		return 0
	}
	below := l.Condition(x.kindOf(e), nil).Below
	x.eachAtom(e, func(atom uint32) {
		if !below {
			n += len(x.events.at(atom))
		} else if set := x.below.at(atom); set != nil {
			n += int(set.GetCardinality())
		}
	})
	return n
}

// holds tells whether an entity has that first atom.
func (x *index) holds(e uint32) bool {
	first, ok := x.entity(e)
	return ok && first == e && int(e) < len(x.atoms)
}

// eachAtom visits the atoms of the entity of a first atom.
func (x *index) eachAtom(e uint32, visit func(atom uint32)) {
	visit(e)
	for _, atom := range x.held.at(e) {
		visit(atom)
	}
}

// Between implements graph.Reader.
func (r *snapshot) Between(ctx context.Context, f graph.Filter, l graph.Linking, a, b []graph.Ref, visit func(i, j int, t graph.Tie) error) error {
	_, err := r.between(ctx, &f, l, a, b, visit)
	return err
}

// between returns of how many events the links were looked at.
func (r *snapshot) between(ctx context.Context, f *graph.Filter, l graph.Linking, a, b []graph.Ref, visit func(i, j int, t graph.Tie) error) (steps int, err error) {
	if err := r.enter(ctx); err != nil {
		return 0, err
	}
	defer r.leave()
	p, err := r.plan(ctx, f)
	if err != nil {
		return 0, err
	}
	l.Kinds = nil
	w := newBridge(p, &l)
	defer w.release()
	walked, marked := a, b
	n, m := w.degrees(a), w.degrees(b)
	turned := m < n
	if turned {
		walked, marked, n, m = b, a, m, n
	}
	if n == 0 {
		return 0, ctx.Err()
	}
	w.mark(marked, n, m)
	for i, ref := range walked {
		if err := w.walk(ctx, uint32(ref)); err != nil {
			return w.steps, err
		}
		for _, e := range w.used {
			at, tie := int(w.marks[e])-1, w.ties[e].tie(e)
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

// A bridge finds the ties between two lists. It is as large as there are atoms and events, so it is kept and used again.
type bridge struct {
	*tallier
	*bridgeMarks
	p      *plan
	l      *graph.Linking
	counts linking
	// sieve is how it is told that an event has no link to one that is marked.
	sieve sieve
	list  []uint32 // for byList: the events of the one that is marked
	steps int
}

// bridgeMarks is what a bridge is made again of.
type bridgeMarks struct {
	marks  []uint32 // by atom: the place of the entity in the marked list, plus one
	marked []uint32 // the entities of marks
	events []uint64 // a bit an event: whether it is linked to one that is marked; all 0 when it is not in use
	linked []uint32 // of the event that is looked at: those of the marked
}

var bridges = sync.Pool{New: func() any { return new(bridgeMarks) }}

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

func newBridge(p *plan, l *graph.Linking) *bridge {
	w := &bridge{tallier: newTallier(p.x), bridgeMarks: bridges.Get().(*bridgeMarks), p: p, l: l, counts: ready(l)}
	if n := len(p.x.atoms); len(w.marks) < n {
		w.marks = make([]uint32, n+n/8)
	}
	return w
}

func (w *bridge) release() {
	for _, e := range w.marked {
		w.marks[e] = 0
	}
	w.marked = w.marked[:0]
	if w.sieve == byBits {
		clear(w.events)
	}
	bridges.Put(w.bridgeMarks)
	w.tallier.release()
}

func (w *bridge) degrees(refs []graph.Ref) (n int) {
	for _, ref := range refs {
		n += w.p.x.degree(w.l, uint32(ref))
	}
	return n
}

// mark marks one side, which has m events; n will be walked over.
func (w *bridge) mark(refs []graph.Ref, n, m int) {
	x := w.p.x
	for i, ref := range refs {
		if e := uint32(ref); x.holds(e) {
			w.marks[e] = uint32(i) + 1
			w.marked = append(w.marked, e)
		}
	}
	switch {
	case len(w.marked) == 1 && len(x.held.at(w.marked[0])) == 0 && !w.below(w.marked[0]):
		w.sieve, w.list = byList, x.events.at(w.marked[0])
	case n >= sieving && m/sieveRatio <= n:
		w.sieve = byBits
		w.fillBits()
	}
}

func (w *bridge) below(e uint32) bool { return w.l.Condition(w.p.x.kindOf(e), nil).Below }

func (w *bridge) fillBits() {
	x := w.p.x
	if words := int(x.n()/64 + 1); len(w.events) < words {
		w.events = make([]uint64, words+words/8)
	}
	bits := w.events
	for _, e := range w.marked {
		below := w.below(e)
		x.eachAtom(e, func(atom uint32) {
			if !below {
				for _, o := range x.events.at(atom) {
					bits[o/64] |= 1 << (o % 64)
				}
			} else if set := x.below.at(atom); set != nil {
				each(set, func(o uint32) { bits[o/64] |= 1 << (o % 64) })
			}
		})
	}
}

// walk counts the events that an entity shares with those that are marked.
func (w *bridge) walk(ctx context.Context, e uint32) error {
	w.clear()
	x := w.p.x
	if !x.holds(e) {
		return ctx.Err()
	}
	events := x.events.at(e)
	if below := w.below(e); below || len(x.held.at(e)) > 0 {
		var set *roaring.Bitmap
		if atoms := x.atomsOf(e); below {
			set = x.unionBelow(atoms)
		} else {
			set = union(x.events, atoms)
		}
		events = set.ToArray()
	}
	list := w.list
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
				return nil
			} else if list[0] != o {
				continue
			}
		}
		if err := w.event(e, o); err != nil {
			return err
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
	at, _ := slices.BinarySearch(list[from:min(end, len(list))], o)
	return from + at
}

// event counts an event for those of the marked that it joins to the entity.
func (w *bridge) event(e, o uint32) error {
	w.steps++
	x := w.p.x
	joined := false
	linked := w.linked[:0]
	add := func(atom uint32) {
		switch to, ok := x.entity(atom); {
		case !ok:
		case to == e:
			joined = true
		case w.marks[to] != 0 && !slices.Contains(linked, to):
			linked = append(linked, to)
		}
	}
	for _, link := range x.linksOf(o) {
		if !w.counts.count(link) {
			continue
		}
		if link.kind == toOfficial {
			add(link.target)
			continue
		}
		target := &x.targets[link.target]
		add(target.atom)
		if w.counts.above[link.kind] {
			for _, atom := range target.above {
				add(atom)
			}
		}
	}
	w.linked = linked
	if !joined || len(linked) == 0 {
		return nil
	}
	if ok, err := w.p.holds(o); !ok || err != nil {
		return err
	}
	r, at := &x.rows[o], x.order.position(o)
	for _, to := range linked {
		if n := &w.ties[to]; n.add(r, o, at) {
			w.used = append(w.used, to)
		}
	}
	return nil
}
