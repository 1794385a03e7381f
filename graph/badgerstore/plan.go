package badgerstore

import (
	"cmp"
	"context"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"fangzhi/graph"
)

// A plan is a filter made ready: a set of events had by algebra on the lists of the index, and what has to be asked of each.
type plan struct {
	s *snapshot
	x *index
	// set holds the events that the lists leave, some dead ones too; nil for all. minus are no answers.
	set, minus *roaring.Bitmap
	// list, where it is not nil, are the events of one atom, or few of several, ascending, in place of set: no set was made of them.
	list []uint32
	// dated and undated: which half of the timeline there can be answers in.
	dated, undated bool
	days           graph.DayRange
	atMost         int // days that an answer covers; 0 for any number
	match          graph.DateMatch
	rows           []func(r *row) bool // what columns tell, asked first
	tests          []test
	meeting        *window  // see window
	horizon        *horizon // nil for none
	runs           []run    // where batches looks for answers, nil for everywhere
}

// A test tells whether an event meets a condition. The cheap ones come first.
type test func(o uint32) (bool, error)

// askEvery is after how many events or records a loop asks whether its caller still waits.
const askEvery = 1024

// plan makes the filter ready. Its events are a set, for who has something else to ask of the events that the lists leave.
func (r *snapshot) plan(ctx context.Context, f *graph.Filter) (*plan, error) {
	return r.planned(ctx, f, false)
}

// listed makes the filter ready. Its events may be a list, or all of its days whose links are asked one by one.
func (r *snapshot) listed(ctx context.Context, f *graph.Filter) (*plan, error) {
	return r.planned(ctx, f, true)
}

func (r *snapshot) planned(ctx context.Context, f *graph.Filter, listed bool) (*plan, error) {
	x := r.index
	p := &plan{s: r, x: x, minus: x.dead, days: f.Days, atMost: f.MaxDays, match: f.Match}
	p.dated = !f.Nothing && (f.Dated == nil || *f.Dated)
	p.undated = !f.Nothing && (f.Dated == nil || !*f.Dated) && f.Days == (graph.DayRange{}) && f.Month == 0 && f.MaxDays == 0
	if !p.dated && !p.undated {
		p.set = roaring.New()
		return p, nil
	}
	p.testColumns(f)
	if err := p.meetLists(ctx, f, listed); err != nil {
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
	add := func(ok func(r *row) bool) { p.rows = append(p.rows, ok) }
	if len(f.Kinds) == 1 && f.Kinds[0] == graph.EventKindEvent {
		p.minus = x.hidden
	} else if len(f.Kinds) > 0 {
		kinds := kindCodes.mask(f.Kinds)
		add(func(r *row) bool { return kinds>>r.kind()&1 == 1 })
		if kindCodes.lack(f.Kinds) {
			p.ask(func(r *row) bool { return int(r.kind()) == len(kindCodes) }, func(e *graph.Event) bool { return slices.Contains(f.Kinds, e.Kind) })
		}
	}
	if p.dated != p.undated && f.Days == (graph.DayRange{}) { // days are met by dated events alone
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

// meetLists sets p.set, or p.list where it may, to what the links, issues and publications of the filter leave.
func (p *plan) meetLists(ctx context.Context, f *graph.Filter, listed bool) error {
	var sets []*roaring.Bitmap
	alone := listed && len(f.Links) == 1 && len(f.Publications)+len(f.Issues)+len(f.Texts) == 0
	for i := range f.Links {
		c := &f.Links[i]
		atoms := p.s.numbers(c)
		if alone && len(atoms) > 1 && p.daysLeaveFewer(c, atoms) {
			p.tests = append(p.tests, p.x.linked(c, atoms))
			return ctx.Err()
		}
		if asked := p.x.asked(c, atoms); asked != nil {
			p.tests = append(p.tests, asked)
		}
		if alone && len(atoms) > 1 && p.days != (graph.DayRange{}) && !c.Below && !c.Posts {
			if list, few := p.ofDays(atoms); few {
				p.list = list
				return ctx.Err()
			}
		}
		if alone {
			if list, ok := p.x.listOf(c, atoms); ok {
				p.list = list
				return ctx.Err()
			}
		}
		sets = append(sets, p.x.setOf(c, atoms))
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

// daysLeaveFewer tells whether the days of the plan leave so few events that no set need be made of the lists of a condition.
func (p *plan) daysLeaveFewer(c *graph.LinkCondition, atoms []uint32) bool {
	if p.days == (graph.DayRange{}) || c.Below || c.Posts {
		return false
	}
	size := 0
	for _, atom := range atoms {
		size += len(p.x.events.at(atom))
	}
	return p.window().size()*looking <= size
}

// ofDays returns the events of several atoms that their columns leave, where these are few: to make a set of all, for the few days that a load
// asks for, takes longer than to look at each. Most are told by the column of days, which lies nearer than rows.
func (p *plan) ofDays(atoms []uint32) (list []uint32, few bool) {
	list = make([]uint32, 0, 32)
	for _, atom := range atoms {
		for _, o := range p.x.events.at(atom) {
			if day := p.x.days[o]; day != 0 && (day < p.days.From || p.days.To != 0 && day > p.days.To) {
				continue
			}
			if !slices.ContainsFunc(p.rows, func(ok func(*row) bool) bool { return !ok(&p.x.rows[o]) }) {
				list = append(list, o)
			}
		}
		if len(list) > batchSize {
			return nil, false
		}
	}
	slices.Sort(list)
	return slices.Compact(list), true
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
		if atom, ok := r.index.atom(id); ok && id.Prefix() == letters(c.Kind) {
			atoms = append(atoms, atom)
		}
	}
	return atoms
}

func (x *index) setOf(c *graph.LinkCondition, atoms []uint32) *roaring.Bitmap {
	switch {
	case c.Posts && c.Kind == graph.KindDepartment:
		return union(x.posts, atoms)
	case c.Below && c.Kind != graph.KindOfficial:
		return x.unionBelow(atoms)
	}
	return union(x.events, atoms)
}

// listOf returns setOf as a list, which is shared where it is that of one atom; false where there is none, or one of too many to be put
// together. It is not nil where it is one.
func (x *index) listOf(c *graph.LinkCondition, atoms []uint32) (list []uint32, ok bool) {
	if len(atoms) == 0 || c.Below && c.Kind != graph.KindOfficial {
		return nil, false
	}
	lists := x.events
	if c.Posts && c.Kind == graph.KindDepartment {
		lists = x.posts
	}
	var m merger
	events := 0
	for _, atom := range atoms {
		more := lists.at(atom)
		if events += len(more); len(atoms) > 1 && events > fewToMerge {
			return nil, false
		}
		m.lists = append(m.lists, more)
	}
	if list = m.merge(); list == nil {
		list = []uint32{}
	}
	return list, true
}

// fewToMerge is how many events of several atoms are put into one list: a set of them takes longer to make, but tells at once what is in it.
// Tests change it.
var fewToMerge = 4096

func (x *index) asked(c *graph.LinkCondition, atoms []uint32) test {
	bits := bitsOf(c)
	if bits == allBits || c.Posts && c.Kind == graph.KindDepartment {
		return nil
	}
	return x.linked(c, atoms)
}

// linked returns what asks an event itself whether it has a link that meets the condition.
func (x *index) linked(c *graph.LinkCondition, atoms []uint32) test {
	bits, kind, below := bitsOf(c), linkKinds[c.Kind], c.Below && c.Kind != graph.KindOfficial
	return func(o uint32) (bool, error) {
		for _, l := range x.linksOf(o) {
			if l.kind() == kind && (bits == allBits || l.bits()&bits != 0) && x.leads(l, atoms, below) {
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
		if b := x.eventsBelow(atom); b != nil {
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
