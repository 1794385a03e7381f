package graph

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"fangzhi/fold"
)

// maxFaults is how many faults Check lists before it gives up.
const maxFaults = 20

// Check looks at everything that r shows and returns what does not hold, one error a fault (errors.Join), at most 20:
//
//   - events come in strict order, belong to issues that know them, and are found by id and by issue;
//   - evidence is the text of its span, in title, heading or body;
//   - every atom that an event or an entity names resolves to an entity of its kind;
//   - reports of one event are there, in order, and each tells of all;
//   - pairs that may be one come in order and are two entities;
//   - entities come in order, have the id of their first atom, are found by each of their atoms, names and parents;
//   - the counts and spans that are kept are those of the events that are there, however they are asked for.
//
// It needs memory for every entity, not for events.
func Check(ctx context.Context, r Reader) error {
	c := &checker{r: r, holder: map[ID]*seen{}, issues: map[ID]*Issue{}, perIssue: map[ID]int{}, reports: map[ID]*reported{}}
	for _, step := range []func(context.Context) error{c.readIssues, c.readEntities, c.checkEvents, c.checkReports, c.checkPairs, c.checkIssues, c.checkEntities, c.checkTally} {
		if err := step(ctx); err != nil && !errors.Is(err, ErrStop) {
			return fmt.Errorf("check: %w", err)
		}
		if len(c.faults) >= maxFaults { // a visit that was ended returns no error
			break
		}
	}
	return errors.Join(c.faults...)
}

// checker lives for one Check.
type checker struct {
	r        Reader
	faults   []error
	entities []*seen
	holder   map[ID]*seen // by atom
	issues   map[ID]*Issue
	perIssue map[ID]int
	reports  map[ID]*reported
	events   int
}

// reported is an event that other articles report too: its place in the timeline, and all its reports.
type reported struct {
	place int
	group []ID
}

// seen is an entity with what the events say of it.
type seen struct {
	*EntityData
	events int
	span   Span // as ties have it
	extent Span // as Extent has it
	first  ID   // the first event that was counted
	last   ID   // the last one
}

// fault notes what does not hold; ErrStop when that is enough.
func (c *checker) fault(format string, args ...any) error {
	c.faults = append(c.faults, fmt.Errorf(format, args...))
	if len(c.faults) >= maxFaults {
		return ErrStop
	}
	return nil
}

func (c *checker) readIssues(ctx context.Context) error {
	ids, err := c.r.IssueList(ctx, "")
	if err != nil {
		return err
	}
	issues, err := c.r.Issues(ctx, ids)
	if err != nil {
		return err
	}
	for i, issue := range issues {
		if issue == nil || issue.ID != ids[i] {
			if err := c.fault("issue %s is listed and not there", ids[i]); err != nil {
				return err
			}
			continue
		}
		c.issues[issue.ID] = issue
		if i > 0 && issues[i-1] != nil && issues[i-1].Order > issue.Order {
			if err := c.fault("issue %s stands behind %s", issue.ID, ids[i-1]); err != nil {
				return err
			}
		}
	}
	return nil
}

func (c *checker) readEntities(ctx context.Context) error {
	return c.r.EachEntity(ctx, "", func(e *EntityData) error {
		s := &seen{EntityData: e}
		if n := len(c.entities); n > 0 && c.entities[n-1].ID >= e.ID {
			if err := c.fault("entity %s does not stand behind %s", e.ID, c.entities[n-1].ID); err != nil {
				return err
			}
		}
		c.entities = append(c.entities, s)
		if len(e.Atoms) == 0 || e.Atoms[0] != e.ID {
			if err := c.fault("entity %s has not the id of its first atom", e.ID); err != nil {
				return err
			}
		}
		for _, atom := range e.Atoms {
			if other := c.holder[atom]; other != nil {
				if err := c.fault("atom %s is in entities %s and %s", atom, other.ID, e.ID); err != nil {
					return err
				}
			}
			c.holder[atom] = s
		}
		return nil
	})
}

func (c *checker) checkEvents(ctx context.Context) error {
	var before SortKey
	return c.r.Each(ctx, Filter{}, func(e *Event) error {
		c.events++
		c.perIssue[e.IssueID]++
		key := e.SortKey()
		if key <= before {
			if err := c.fault("event %s stands out of order", e.ID); err != nil {
				return err
			}
		}
		before = key
		if is := c.issues[e.IssueID]; is == nil || is.PublicationID != e.PublicationID || is.Order != e.IssueOrder {
			if err := c.fault("event %s is not of its issue %s", e.ID, e.IssueID); err != nil {
				return err
			}
		}
		byID, err := c.r.EventsByID(ctx, []ID{e.ID})
		if err != nil {
			return err
		}
		if byID[0] == nil || byID[0].SortKey() != key {
			if err := c.fault("event %s is not found by its id", e.ID); err != nil {
				return err
			}
		}
		reports, err := c.r.Reports(ctx, []ID{e.ID})
		if err != nil {
			return err
		}
		if len(reports[0]) > 0 {
			c.reports[e.ID] = &reported{c.events, reports[0]}
		}
		if err := c.checkEvidence(ctx, e); err != nil {
			return err
		}
		return c.checkLinks(e)
	})
}

func (c *checker) checkEvidence(ctx context.Context, e *Event) error {
	bodies, err := c.r.Bodies(ctx, []ID{e.ID})
	if err != nil {
		return err
	}
	texts := map[EvidenceField][]rune{FieldTitle: []rune(e.PrintedTitle), FieldHeading: []rune(e.Heading), FieldBody: []rune(bodies[0])}
	all := slices.Clone(e.Date.Evidence)
	for _, l := range e.Officials {
		all = append(all, l.Evidence...)
	}
	for _, l := range e.Departments {
		all = append(all, l.Evidence...)
	}
	for _, l := range e.Locations {
		all = append(all, l.Evidence...)
	}
	for _, d := range e.OtherDates {
		all = append(all, d.Evidence...)
	}
	for _, d := range e.Documents {
		all = append(all, d.Evidence...)
	}
	for _, f := range e.Figures {
		all = append(all, f.Evidence...)
	}
	for _, v := range all {
		text := texts[v.Field]
		if v.Start < 0 || v.Start > v.End || v.End > len(text) || string(text[v.Start:v.End]) != v.Text {
			if err := c.fault("event %s: evidence %q is not %s[%d:%d]", e.ID, v.Text, v.Field, v.Start, v.End); err != nil {
				return err
			}
		}
	}
	return nil
}

// checkLinks asks that every atom of the event resolves, and counts the event for its entities.
func (c *checker) checkLinks(e *Event) error {
	var err error
	use := func(kind EntityKind, atom ID, linked bool) {
		if err != nil || atom == "" {
			return
		}
		s := c.holder[atom]
		if s == nil || s.Kind != kind {
			err = c.fault("event %s names %s %s, which resolves to none", e.ID, kind, atom)
			return
		}
		if linked && s.last != e.ID {
			if s.last = e.ID; s.events == 0 {
				s.first = e.ID
			}
			s.events++
			s.span, s.extent = s.span.with(e), s.extent.over(e)
		}
	}
	for i := range e.Officials {
		o := &e.Officials[i]
		if o.Event != e {
			return c.fault("event %s: official %s does not know its event", e.ID, o.Atom)
		}
		use(KindOfficial, o.Atom, true)
		use(KindDepartment, o.DepartmentAtom, false)
		for _, p := range o.Posts {
			use(KindDepartment, p.DepartmentAtom, false)
		}
	}
	for _, d := range e.Departments {
		use(KindDepartment, d.Atom, true)
		for _, atom := range d.Above {
			use(KindDepartment, atom, false)
		}
	}
	for _, l := range e.Locations {
		use(KindLocation, l.Atom, true)
		for _, atom := range l.Above {
			use(KindLocation, atom, true)
		}
	}
	return err
}

// over returns the span widened by the days of the event, of which a date that is open on one side covers the day of the other.
func (s Span) over(e *Event) Span {
	s = s.with(e)
	if day := e.SortDay(); day != 0 {
		s = Span{First: min(cmp.Or(s.First, day), day), Last: max(s.Last, day)}
	}
	return s
}

// with returns the span widened by the days of the event.
func (s Span) with(e *Event) Span {
	if first := e.Date.Start(); first != 0 && (s.First == 0 || first < s.First) {
		s.First = first
	}
	return Span{s.First, max(s.Last, e.Date.End())}
}

func (c *checker) checkReports(context.Context) error {
	for _, id := range slices.Sorted(maps.Keys(c.reports)) {
		group, place := c.reports[id].group, 0
		for _, other := range group {
			o := c.reports[other]
			if o == nil || !slices.Equal(o.group, group) || o.place <= place {
				if err := c.fault("event %s is reported by %v, and %s says otherwise or stands out of order", id, group, other); err != nil {
					return err
				}
				break
			}
			place = o.place
		}
		if len(group) < 2 || !slices.Contains(group, id) {
			if err := c.fault("event %s is reported by %v", id, group); err != nil {
				return err
			}
		}
	}
	return nil
}

func (c *checker) checkPairs(ctx context.Context) error {
	var before SameKey
	return c.r.EachSame(ctx, "", "", false, func(p *SamePair) error {
		key := p.Key()
		a, b := c.holder[p.A], c.holder[p.B]
		if key <= before || a == nil || b == nil || a == b || a.ID != p.A || b.ID != p.B {
			if err := c.fault("the pair %s, %s stands out of order or is no two entities", p.A, p.B); err != nil {
				return err
			}
		}
		before = key
		return nil
	})
}

func (c *checker) checkIssues(ctx context.Context) error {
	n, err := c.r.Count(ctx, Filter{})
	if err != nil {
		return err
	}
	if n != c.events {
		if err := c.fault("%d events are counted and %d are there", n, c.events); err != nil {
			return err
		}
	}
	publications, err := c.r.Publications(ctx, nil)
	if err != nil {
		return err
	}
	issues := 0
	for _, p := range publications {
		ids, err := c.r.IssueList(ctx, p.ID)
		if err != nil {
			return err
		}
		issues += len(ids)
		if p.RegionAtom != "" && c.holder[p.RegionAtom] == nil {
			if err := c.fault("publication %s: its region %s resolves to none", p.ID, p.RegionAtom); err != nil {
				return err
			}
		}
	}
	if issues != len(c.issues) {
		if err := c.fault("%d issues are there, and the publications have %d", len(c.issues), issues); err != nil {
			return err
		}
	}
	for id, is := range c.issues {
		n, err := c.r.Count(ctx, Filter{Issues: []ID{id}})
		if err != nil {
			return err
		}
		if n != is.EventCount || c.perIssue[id] != is.EventCount {
			if err := c.fault("issue %s says that it has %d events, %d are listed and %d are there", id, is.EventCount, n, c.perIssue[id]); err != nil {
				return err
			}
		}
		document, err := c.r.Document(ctx, id)
		if err != nil {
			return err
		}
		if document == nil {
			if err := c.fault("issue %s has no document", id); err != nil {
				return err
			}
		}
	}
	return nil
}

func (c *checker) checkEntities(ctx context.Context) error {
	for _, s := range c.entities {
		if err := c.checkEntity(ctx, s); err != nil {
			return err
		}
	}
	return nil
}

func (c *checker) checkEntity(ctx context.Context, s *seen) error {
	n, err := c.r.Count(ctx, Filter{Links: []LinkCondition{s.Linked()}})
	if err != nil {
		return err
	}
	if n != s.EventCount || s.events != s.EventCount {
		if err := c.fault("entity %s (%s) says that it has %d events, %d are listed and %d are there", s.ID, s.Name, s.EventCount, n, s.events); err != nil {
			return err
		}
	}
	span, err := c.r.Extent(ctx, Filter{Links: []LinkCondition{s.Linked()}})
	if err != nil {
		return err
	}
	if span != s.extent {
		if err := c.fault("entity %s (%s) spans %v, and its events %v", s.ID, s.Name, span, s.extent); err != nil {
			return err
		}
	}
	found, err := c.r.Entities(ctx, s.Atoms)
	if err != nil {
		return err
	}
	for i, e := range found {
		if e == nil || e.ID != s.ID {
			if err := c.fault("atom %s does not resolve to entity %s", s.Atoms[i], s.ID); err != nil {
				return err
			}
		}
	}
	for _, name := range append([]string{s.Name}, s.Aliases...) {
		ids, err := c.r.Named(ctx, s.Kind, fold.String(name))
		if err != nil {
			return err
		}
		if !slices.Contains(ids, s.ID) || !slices.IsSorted(ids) {
			if err := c.fault("entity %s is not found by the name %q", s.ID, name); err != nil {
				return err
			}
		}
	}
	// Successors and predecessors are named whether the graph holds them or not.
	for _, atom := range []ID{s.RegionAtom, s.ParentAtom} {
		if atom != "" && c.holder[atom] == nil {
			if err := c.fault("entity %s names %s, which resolves to none", s.ID, atom); err != nil {
				return err
			}
		}
	}
	if s.ParentAtom == "" {
		return nil
	}
	children, err := c.r.Children(ctx, s.ParentAtom)
	if err != nil {
		return err
	}
	if !slices.Contains(children, s.ID) || !slices.IsSorted(children) {
		return c.fault("entity %s is not among the children of %s", s.ID, s.ParentAtom)
	}
	return nil
}

// tallied is how many ties are resolved at once.
const tallied = 1024

// checkTally counts the events of all entities in one question.
func (c *checker) checkTally(ctx context.Context) error {
	ties, err := c.r.Tally(ctx, Filter{}, Linking{Descendants: true})
	if err != nil {
		return err
	}
	with := 0
	for _, s := range c.entities {
		if s.events > 0 {
			with++
		}
	}
	if len(ties) != with {
		if err := c.fault("%d entities have events, and %d are counted", with, len(ties)); err != nil {
			return err
		}
	}
	for part := range slices.Chunk(ties, tallied) {
		entities := make([]Ref, len(part))
		events := make([]EventRef, len(part))
		for i, t := range part {
			entities[i], events[i] = t.To, t.First
		}
		found, err := c.r.EntitiesAt(ctx, entities)
		if err != nil {
			return err
		}
		first, err := c.r.EventsAt(ctx, events)
		if err != nil {
			return err
		}
		for i, t := range part {
			if err := c.checkTie(t, found[i], first[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

func (c *checker) checkTie(t Tie, d *EntityData, first *Event) error {
	if d == nil || first == nil || c.holder[d.ID] == nil {
		return c.fault("what is counted as %d and begins with event %d is not there", t.To, t.First)
	}
	if s := c.holder[d.ID]; t.Events != s.events || t.Days != s.span || first.ID != s.first {
		return c.fault("entity %s (%s) is counted with %d events from %s on, %v, and has %d from %s on, %v", s.ID, s.Name, t.Events, first.ID, t.Days, s.events, s.first, s.span)
	}
	return nil
}
