package badgerstore

import (
	"cmp"
	"context"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"fangzhi/edtf"
	"fangzhi/graph"
)

// A plan is a filter made ready: a set of events had by algebra on the lists of the index, and what has to be asked of each.
type plan struct {
	s *snapshot
	x *index
	// set holds the events that the lists leave, some dead ones too; nil for all. minus are no answers.
	set, minus *roaring.Bitmap
	// dated and undated: which half of the timeline there can be answers in.
	dated, undated bool
	days           graph.DayRange
	match          graph.DateMatch
	tests          []test
}

// A test tells whether an event meets a condition. The cheap ones come first.
type test func(o uint32) (bool, error)

// askEvery is after how many events or records a loop asks whether its caller still waits.
const askEvery = 1024

// plan makes the filter ready.
func (r *snapshot) plan(ctx context.Context, f *graph.Filter) (*plan, error) {
	x := r.index
	p := &plan{s: r, x: x, minus: x.dead, days: f.Days, match: f.Match}
	p.dated = !f.Nothing && (f.Dated == nil || *f.Dated)
	p.undated = !f.Nothing && (f.Dated == nil || !*f.Dated) && f.Days == (graph.DayRange{}) && f.Month == 0 && f.MaxDays == 0
	if !p.dated && !p.undated {
		p.set = roaring.New()
		return p, nil
	}
	p.testColumns(f)
	if err := p.meetLists(ctx, f); err != nil {
		return nil, err
	}
	for _, text := range f.Texts {
		if err := p.meetText(ctx, text); err != nil {
			return nil, err
		}
	}
	if f.OnePerEvent != nil {
		p.tests = append(p.tests, func(o uint32) (bool, error) {
			if !x.later.Contains(o) {
				return true, nil
			}
			preceded, err := r.preceded(ctx, o, f.OnePerEvent)
			return !preceded, err
		})
	}
	return p, nil
}

func (p *plan) testColumns(f *graph.Filter) {
	x := p.x
	add := func(ok func(r *row) bool) {
		p.tests = append(p.tests, func(o uint32) (bool, error) { return ok(&x.rows[o]), nil })
	}
	if len(f.Kinds) == 1 && f.Kinds[0] == graph.EventKindEvent {
		p.minus = x.hidden
	} else if len(f.Kinds) > 0 {
		kinds := kindCodes.mask(f.Kinds)
		add(func(r *row) bool { return kinds>>r.kind()&1 == 1 })
		if kindCodes.lack(f.Kinds) {
			p.ask(func(r *row) bool { return int(r.kind()) == len(kindCodes) }, func(e *graph.Event) bool { return slices.Contains(f.Kinds, e.Kind) })
		}
	}
	if p.dated != p.undated {
		dated := p.dated
		add(func(r *row) bool { return r.dated() == dated })
	}
	if f.Days != (graph.DayRange{}) {
		add(func(r *row) bool { return f.Match.MeetsDays(r.first, r.last, f.Days) })
	}
	if len(f.Basis) > 0 {
		bases := basisCodes.mask(f.Basis)
		add(func(r *row) bool { return bases>>r.basis()&1 == 1 })
		if basisCodes.lack(f.Basis) {
			p.ask(func(r *row) bool { return int(r.basis()) == len(basisCodes) }, func(e *graph.Event) bool { return slices.Contains(f.Basis, e.Date.Basis) })
		}
	}
	if len(f.Precision) > 0 {
		precisions := precisionCodes.mask(f.Precision)
		add(func(r *row) bool { return precisions>>r.precision()&1 == 1 })
	}
	if len(f.Sections) > 0 {
		sections := make([]bool, len(x.sections))
		for i, section := range x.sections {
			sections[i] = slices.Contains(f.Sections, section)
		}
		add(func(r *row) bool { return sections[r.section] })
	}
	if f.MaxDays != 0 {
		add(func(r *row) bool { return graph.AtMostDays(r.first, r.last, f.MaxDays) })
	}
	if f.Month != 0 {
		add(func(r *row) bool { return f.Match.MeetsMonth(r.first, r.last, f.Month, f.Day) })
	}
	if f.ConfidenceBelow != nil {
		add(func(r *row) bool {
			return r.confidence == manyConfidences || x.confidences[r.confidence] < *f.ConfidenceBelow
		})
		p.ask(func(r *row) bool { return r.confidence == manyConfidences }, func(e *graph.Event) bool { return e.Date.Confidence < *f.ConfidenceBelow })
	}
}

// ask has the event itself asked where its columns do not tell.
func (p *plan) ask(unsure func(*row) bool, ok func(*graph.Event) bool) {
	p.tests = append(p.tests, func(o uint32) (bool, error) {
		if !unsure(&p.x.rows[o]) {
			return true, nil
		}
		e, err := p.s.card(o)
		return err == nil && ok(e), err
	})
}

// meetLists sets p.set to what the links, issues and publications of the filter leave.
func (p *plan) meetLists(ctx context.Context, f *graph.Filter) error {
	var sets []*roaring.Bitmap
	for i := range f.Links {
		c := &f.Links[i]
		set, asked := p.x.linked(c, p.s.numbers(c))
		sets = append(sets, set)
		if asked != nil {
			p.tests = append(p.tests, asked)
		}
	}
	if len(f.Publications) > 0 {
		sets = append(sets, p.x.ofIssues(func(is *issueRow) bool { return slices.Contains(f.Publications, is.Publication) }))
	}
	if len(f.Issues) > 0 {
		sets = append(sets, p.x.ofIssues(func(is *issueRow) bool { return slices.Contains(f.Issues, is.ID) }))
	}
	p.meet(sets...)
	return ctx.Err()
}

// meet leaves only what is in all the sets.
func (p *plan) meet(sets ...*roaring.Bitmap) {
	if p.set != nil {
		sets = append(sets, p.set)
	}
	switch len(sets) {
	case 0:
	case 1:
		p.set = sets[0]
	default:
		slices.SortFunc(sets, func(a, b *roaring.Bitmap) int { return cmp.Compare(a.GetCardinality(), b.GetCardinality()) })
		p.set = roaring.And(sets[0], sets[1])
		for _, set := range sets[2:] {
			p.set.And(set)
		}
	}
}

// ofIssues returns the events of those issues.
func (x *index) ofIssues(want func(*issueRow) bool) *roaring.Bitmap {
	set := roaring.New()
	for i := range x.issues {
		if is := &x.issues[i]; want(is) {
			set.AddRange(uint64(is.Lo), uint64(is.Hi))
		}
	}
	return set
}

// numbers returns the numbers of those of the atoms of a condition that are of its kind.
func (r *snapshot) numbers(c *graph.LinkCondition) []uint32 {
	atoms := make([]uint32, 0, len(c.Atoms))
	for _, id := range c.Atoms {
		if atom, ok := r.index.atom(id); ok && id.Prefix() == kindPrefix(c.Kind) {
			atoms = append(atoms, atom)
		}
	}
	return atoms
}

func kindPrefix(kind graph.EntityKind) string {
	return map[graph.EntityKind]string{graph.KindOfficial: graph.PrefixOfficial, graph.KindDepartment: graph.PrefixDepartment, graph.KindLocation: graph.PrefixLocation}[kind]
}

// linked returns the events that a link joins to one of the atoms, which are of the condition's kind, and what a link has to be
// asked besides: nil for nothing. The set may be shared and is not to be changed.
func (x *index) linked(c *graph.LinkCondition, atoms []uint32) (*roaring.Bitmap, test) {
	if c.Posts && c.Kind == graph.KindDepartment {
		return union(x.posts, atoms), nil
	}
	below := c.Below && c.Kind != graph.KindOfficial
	var set *roaring.Bitmap
	if below {
		set = x.unionBelow(atoms)
	} else {
		set = union(x.events, atoms)
	}
	bits := bitsOf(c)
	if bits == allBits {
		return set, nil
	}
	kind := linkKinds[c.Kind]
	return set, func(o uint32) (bool, error) {
		for _, l := range x.linksOf(o) {
			if l.kind == kind && l.bits&bits != 0 && x.leads(l, atoms, below) {
				return true, nil
			}
		}
		return false, nil
	}
}

// unionBelow returns the events with a link to one of the atoms or to what belongs to it.
func (x *index) unionBelow(atoms []uint32) *roaring.Bitmap {
	var sets []*roaring.Bitmap
	for _, atom := range atoms {
		if b := x.below.at(atom); b != nil {
			sets = append(sets, b)
		}
	}
	if len(sets) == 1 {
		return sets[0]
	}
	return roaring.FastOr(sets...)
}

// union returns the events of all the lists.
func union(lists paged[[]uint32], atoms []uint32) *roaring.Bitmap {
	set := roaring.New()
	for _, atom := range atoms {
		set.AddMany(lists.at(atom))
	}
	return set
}

// each calls visit with the members in ascending order.
func each(set *roaring.Bitmap, visit func(o uint32)) {
	var buffer [512]uint32
	it := set.ManyIterator()
	for n := it.NextMany(buffer[:]); n > 0; n = it.NextMany(buffer[:]) {
		for _, o := range buffer[:n] {
			visit(o)
		}
	}
}

// size bounds how many events each visits.
func (p *plan) size() int {
	if p.set == nil {
		return int(p.x.n())
	}
	return int(p.set.GetCardinality())
}

// meets tells whether an event of set is an answer.
func (p *plan) meets(o uint32) (bool, error) {
	if p.minus.Contains(o) {
		return false, nil
	}
	for _, t := range p.tests {
		if ok, err := t(o); !ok || err != nil {
			return false, err
		}
	}
	return true, nil
}

// each visits the answers by their ordinals.
func (p *plan) each(ctx context.Context, visit func(o uint32) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	n := 0
	ask := func(o uint32) error {
		if n++; n%askEvery == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		if ok, err := p.meets(o); !ok || err != nil {
			return err
		}
		return visit(o)
	}
	if p.set == nil {
		for o := range p.x.n() {
			if err := ask(o); err != nil {
				return err
			}
		}
		return nil
	}
	var buffer [512]uint32
	it := p.set.ManyIterator()
	for n := it.NextMany(buffer[:]); n > 0; n = it.NextMany(buffer[:]) {
		for _, o := range buffer[:n] {
			if err := ask(o); err != nil {
				return err
			}
		}
	}
	return nil
}

// count returns how many answers there are.
func (p *plan) count(ctx context.Context) (int, error) {
	if len(p.tests) == 0 {
		if p.set == nil {
			return int(uint64(p.x.n()) - p.minus.GetCardinality()), nil
		}
		return int(p.set.GetCardinality() - p.set.AndCardinality(p.minus)), nil
	}
	n := 0
	err := p.narrow(ctx, func(uint32) error {
		n++
		return nil
	})
	return n, err
}

// looking is how many steps over a set a look into it may cost. Tests change it.
var looking = 4

// narrow visits the answers in no order, by way of the days where these leave fewer events than the set.
func (p *plan) narrow(ctx context.Context, visit func(o uint32) error) error {
	if p.days == (graph.DayRange{}) {
		return p.each(ctx, visit)
	}
	w := p.window()
	if w.size()*looking > p.size() {
		return p.each(ctx, visit)
	}
	return w.visit(ctx, visit)
}

// A window is the part of the timeline in which events can meet the days of a plan.
type window struct {
	p              *plan
	from, to       mark // of the short ones
	yearly, longer []uint32
}

func (p *plan) window() window {
	x := p.x
	w := window{p: p, longer: x.order.longer}
	w.from, w.to = p.reach(shortDays)
	from, _ := slices.BinarySearchFunc(x.order.yearly, true, func(o uint32, _ bool) int { return order(!p.from(o, yearDays)) })
	to, _ := slices.BinarySearchFunc(x.order.yearly, true, func(o uint32, _ bool) int { return order(p.upTo(o, yearDays)) })
	w.yearly = x.order.yearly[from:max(from, to)]
	return w
}

// reach returns the marks between which dated events sort that lie at most so many days beyond the plan's.
func (p *plan) reach(more edtf.Day) (from, to mark) {
	from = p.x.order.mark(func(o uint32) bool { return !p.from(o, more) })
	to = p.x.order.mark(func(o uint32) bool { return p.upTo(o, more) })
	return from, from.greatest(to)
}

// from tells whether an event sorts on a day from so many days before the plan's on, upTo whether up to so many behind them.
func (p *plan) from(o uint32, more edtf.Day) bool {
	r := &p.x.rows[o]
	return !r.dated() || p.days.From == 0 || r.sortDay() >= p.days.From-more
}

func (p *plan) upTo(o uint32, more edtf.Day) bool {
	r := &p.x.rows[o]
	return r.dated() && (p.days.To == 0 || r.sortDay() <= p.days.To+more)
}

func (w *window) size() int {
	return w.to.base - w.from.base + w.to.fresh - w.from.fresh + len(w.yearly) + len(w.longer)
}

// holds tells whether an event is an answer.
func (p *plan) holds(o uint32) (bool, error) {
	if p.set != nil && !p.set.Contains(o) {
		return false, nil
	}
	return p.meets(o)
}

// visit visits the answers in the window, in no order.
func (w *window) visit(ctx context.Context, visit func(o uint32) error) (err error) {
	n := 0
	look := func(o uint32) bool {
		if n++; n%askEvery == 0 {
			if err = ctx.Err(); err != nil {
				return false
			}
		}
		var ok bool
		if ok, err = w.p.holds(o); ok && err == nil {
			err = visit(o)
		}
		return err == nil
	}
	w.p.x.order.walk(w.from, w.to, false, func(o uint32) bool { return w.p.x.rows[o].class() != short || look(o) })
	for _, list := range [][]uint32{w.yearly, w.longer} {
		for _, o := range list {
			if err != nil || !look(o) {
				return err
			}
		}
	}
	return err
}
