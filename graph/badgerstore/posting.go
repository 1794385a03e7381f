package badgerstore

import (
	"encoding/binary"
	"fmt"
	"slices"

	"fangzhi/edtf"
	"fangzhi/graph"
)

// A posting says that an event is in a list. Its key ends in the event's SortKey; its value answers most filters
// without the event:
//
//	1 byte   event kind, its place in eventKinds
//	1 byte   date basis, its place in bases
//	2 bytes  how the event is linked to the term, big endian: bit n is role n of its kind in the contract's order;
//	         for a place bit 0 is AtPlace, bit 1 any other way; 0 for terms that are no link
//	4 bytes  first day, big endian  } only where the date covers more than
//	4 bytes  last day, big endian   } a day or is open on one side
type posting struct {
	kind, basis byte
	ways        uint16
	first, last edtf.Day
}

var eventKinds = []graph.EventKind{graph.EventKindEvent, graph.EventKindRoster, graph.EventKindOverview}

var bases = []graph.DateBasis{
	graph.BasisExplicit, graph.BasisYearInferred, graph.BasisRelative, graph.BasisConverted, graph.BasisEdited, graph.BasisNone,
}

// unlisted stands for a kind or basis that these lists do not have: only the event itself can tell.
const unlisted = 0xff

const (
	wayAtPlace uint16 = 1 << iota
	wayNamed
)

func placeOf[T comparable](values []T, v T) byte { return byte(slices.Index(values, v)) } // -1 is unlisted

func newPosting(e *graph.Event, ways uint16) posting {
	return posting{placeOf(eventKinds, e.Kind), placeOf(bases, e.Date.Basis), ways, e.Date.Start(), e.Date.End()}
}

func (p posting) bytes() []byte {
	b := binary.BigEndian.AppendUint16([]byte{p.kind, p.basis}, p.ways)
	if p.first != p.last {
		b = binary.BigEndian.AppendUint32(b, uint32(p.first))
		b = binary.BigEndian.AppendUint32(b, uint32(p.last))
	}
	return b
}

// readPosting reads a sealed value of the key, which ends in the sort key.
func readPosting(key, value []byte, sort graph.SortKey) (posting, error) {
	_, b, err := unseal(key, value)
	if err != nil {
		return posting{}, err
	}
	if len(b) != 4 && len(b) != 12 {
		return posting{}, fmt.Errorf("%w: a posting of %d bytes at %q", ErrCorrupt, len(b), key)
	}
	p := posting{kind: b[0], basis: b[1], ways: binary.BigEndian.Uint16(b[2:])}
	if len(b) == 12 {
		p.first, p.last = edtf.Day(binary.BigEndian.Uint32(b[4:])), edtf.Day(binary.BigEndian.Uint32(b[8:]))
	} else if sort.Dated() {
		p.first = edtf.Day(binary.BigEndian.Uint32([]byte(sort[1:5])))
		p.last = p.first
	}
	return p, nil
}

// terms returns the terms of an event with the ways in which it is linked to them.
func terms(e *graph.Event) map[string]uint16 {
	ways := map[string]uint16{
		termAll:                 0,
		termSection + e.Section: 0,
		termPublication + string(e.PublicationID): 0,
		termIssue + string(e.IssueID):             0,
	}
	for i := range e.Officials {
		o := &e.Officials[i]
		for _, role := range o.Roles {
			ways[termOfficial+string(o.Atom)] |= officialWay(role)
		}
		for _, p := range o.Posts {
			if p.DepartmentAtom != "" {
				ways[termPostOf+string(p.DepartmentAtom)] = 0
			}
		}
	}
	for i := range e.Departments {
		d := &e.Departments[i]
		way := departmentWay(d.Role)
		ways[termDepartment+string(d.Atom)] |= way
		for _, atom := range append([]graph.ID{d.Atom}, d.Above...) {
			ways[termDepartmentBelow+string(atom)] |= way
		}
	}
	for i := range e.Locations {
		l := &e.Locations[i]
		way := wayNamed
		if l.IsPlace {
			way = wayAtPlace
		}
		ways[termLocation+string(l.Atom)] |= way
		for _, atom := range append([]graph.ID{l.Atom}, l.Above...) {
			ways[termLocationBelow+string(atom)] |= way
		}
	}
	return ways
}

func officialWay(r graph.OfficialRole) uint16 { return 1 << slices.Index(graph.OfficialRoles, r) }

func departmentWay(r graph.DepartmentRole) uint16 { return 1 << slices.Index(graph.DepartmentRoles, r) }

// postings calls add with the key and the sealed value of each posting of an event.
func postings(e *graph.Event, add func(key, value []byte)) {
	sort := e.SortKey()
	class := classOf(e.Date.Start(), e.Date.End())
	for term, ways := range terms(e) {
		payload := newPosting(e, ways).bytes()
		key := list{0, term}.key(sort)
		add(key, seal(key, plain, payload))
		if class != 0 {
			key = list{class, term}.key(sort)
			add(key, seal(key, plain, payload))
		}
	}
}

// A group is one condition of a filter as lists: the events of any of its terms, linked in any of the ways.
// ways is 0 where the way does not matter.
type group struct {
	terms []string
	ways  uint16
}

// meets tells whether one of the ways in which an event is linked is asked for.
func (g group) meets(ways uint16) bool { return g.ways == 0 || g.ways&ways != 0 }

// groups returns the conditions of a filter that lists answer, the most selective kinds first.
func groups(f *graph.Filter) []group {
	var all []group
	for i := range f.Links {
		all = append(all, linkGroup(&f.Links[i]))
	}
	if len(f.Issues) > 0 {
		all = append(all, group{terms: prefixed(termIssue, f.Issues)})
	}
	if len(f.Sections) > 0 {
		all = append(all, group{terms: prefixed(termSection, f.Sections)})
	}
	if len(f.Publications) > 0 {
		all = append(all, group{terms: prefixed(termPublication, f.Publications)})
	}
	return all
}

func prefixed[S ~string](letter string, values []S) []string {
	terms := make([]string, len(values))
	for i, v := range values {
		terms[i] = letter + string(v)
	}
	slices.Sort(terms)
	return slices.Compact(terms)
}

// linkGroup says by lists what LinkCondition.matches says of an event.
func linkGroup(c *graph.LinkCondition) group {
	switch {
	case c.Kind == graph.KindOfficial:
		return group{prefixed(termOfficial, c.Atoms), rolesAsked(graph.OfficialRoles, c.OfficialRoles, c.PresentOnly)}
	case c.Kind == graph.KindDepartment && c.Posts:
		return group{terms: prefixed(termPostOf, c.Atoms)}
	case c.Kind == graph.KindDepartment:
		return group{prefixed(below(termDepartment, termDepartmentBelow, c), c.Atoms), rolesAsked(graph.DepartmentRoles, c.DepartmentRoles, c.PresentOnly)}
	case c.Kind == graph.KindLocation:
		g := group{terms: prefixed(below(termLocation, termLocationBelow, c), c.Atoms)}
		if c.AtPlace {
			g.ways = wayAtPlace
		}
		return g
	}
	panic("graph: unknown entity kind " + string(c.Kind))
}

func below(direct, all string, c *graph.LinkCondition) string {
	if c.Below {
		return all
	}
	return direct
}

// noWay is a bit that no link has: what asks for it finds nothing.
const noWay uint16 = 1 << 15

// rolesAsked returns the bits of the roles that a condition lets through, 0 for all.
func rolesAsked[R interface {
	comparable
	Presence() bool
}](known, asked []R, presentOnly bool) uint16 {
	if len(asked) == 0 && !presentOnly {
		return 0
	}
	ways := noWay
	for i, role := range known {
		if (len(asked) == 0 || slices.Contains(asked, role)) && (!presentOnly || role.Presence()) {
			ways |= 1 << i
		}
	}
	return ways
}

// verdict is what a posting can say about a filter.
type verdict byte

const (
	refused verdict = iota
	met             // every condition that is not a group, ConfidenceBelow or Text
	open            // the event has to be asked
)

// judge tells whether the event of the posting meets the conditions of f that postings know of. Dated is not asked:
// the walk keeps to the half of the timeline.
func (p posting) judge(f *graph.Filter, sort graph.SortKey) verdict {
	if (f.Days != graph.DayRange{}) && !f.Match.MeetsDays(p.first, p.last, f.Days) ||
		f.Month != 0 && !f.Match.MeetsMonth(p.first, p.last, f.Month, f.Day) ||
		f.MaxDays != 0 && !graph.AtMostDays(p.first, p.last, f.MaxDays) ||
		len(f.Precision) > 0 && !slices.Contains(f.Precision, sort.Precision()) {
		return refused
	}
	answer := met
	if len(f.Kinds) > 0 {
		switch {
		case p.kind == unlisted:
			answer = open
		case !slices.Contains(f.Kinds, eventKinds[p.kind]):
			return refused
		}
	}
	if len(f.Basis) > 0 {
		switch {
		case p.basis == unlisted:
			answer = open
		case !slices.Contains(f.Basis, bases[p.basis]):
			return refused
		}
	}
	return answer
}
