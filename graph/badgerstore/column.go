package badgerstore

import (
	"slices"
	"strings"

	"fangzhi/edtf"
	"fangzhi/graph"
)

// Every event has an ordinal, counted up in the order in which events are put and never given twice. The columns below are
// indexed by it. They are what questions walk over: 20 bytes an event, 6 a link. A state shares their arrays with the states after
// it, which only add behind its end.

// A row is what the columns hold of an event.
type row struct {
	first, last edtf.Day // what its date covers; 0 for a bound that is open, both for an unknown date
	what        uint8    // kind, basis and precision: see packed
	confidence  uint8    // place in index.confidences, manyConfidences where the event has to be asked
	section     uint16   // place in index.sections
	issue       uint32   // place in index.issues
	place       uint32   // in the issue
}

// manyConfidences is how many different ones are told apart by number. Rules give some twenty.
const manyConfidences = 255

const rowBytes = 4 + 4 + 1 + 1 + 2 + 4 + 4

// codes number the values of an enumeration; what is not in the list has the last number. They are written down, so a list may
// only grow at its end: a value in the middle makes another format.
type codes[T comparable] []T

func (c codes[T]) of(v T) uint8 {
	if i := slices.Index(c, v); i >= 0 {
		return uint8(i)
	}
	return uint8(len(c))
}

// lack tells whether any of the values is not in the list.
func (c codes[T]) lack(values []T) bool {
	return slices.ContainsFunc(values, func(v T) bool { return !slices.Contains(c, v) })
}

// mask returns a bit for each of the values.
func (c codes[T]) mask(values []T) (m uint16) {
	for _, v := range values {
		m |= 1 << c.of(v)
	}
	return m
}

var (
	kindCodes      = codes[graph.EventKind](graph.EventKinds)
	basisCodes     = codes[graph.DateBasis](graph.DateBases)
	precisionCodes = codes[edtf.Precision]{edtf.PrecisionDay, edtf.PrecisionInterval, edtf.PrecisionMonth, edtf.PrecisionYear, edtf.PrecisionApproximate, edtf.PrecisionUnknown}
	officialCodes  = codes[graph.OfficialRole](graph.OfficialRoles)
	deptCodes      = codes[graph.DepartmentRole](graph.DepartmentRoles)
)

// packed puts kind, basis and precision into a byte, two and three and three bits.
func packed(kind graph.EventKind, basis graph.DateBasis, precision edtf.Precision) uint8 {
	return kindCodes.of(kind)<<6 | basisCodes.of(basis)<<3 | precisionCodes.of(precision)
}

func (r *row) kind() uint8      { return r.what >> 6 }
func (r *row) basis() uint8     { return r.what >> 3 & 7 }
func (r *row) precision() uint8 { return r.what & 7 }

func (r *row) dated() bool { return r.first != 0 || r.last != 0 }

// day is that of a date that is one day, 0 of another.
func (r *row) day() edtf.Day {
	if r.first == r.last {
		return r.first
	}
	return 0
}

// sortDay is graph.Event.SortDay.
func (r *row) sortDay() edtf.Day {
	near, far := r.first, r.last
	if r.precision() > 1 { // all but DAY and INTERVAL sort by their end
		near, far = far, near
	}
	if near != 0 {
		return near
	}
	return far
}

// The classes of dates by how many days they cover beyond the first, so that a span of days reaches only so far beyond its
// ends as dates may lie across them.
const (
	shortDays = 31
	yearDays  = 366
)

type class uint8

const (
	short  class = iota // at most shortDays
	yearly              // at most yearDays
	longer              // more, or open on one side
)

func (r *row) class() class {
	switch {
	case r.first == r.last:
		return short
	case r.first == 0 || r.last == 0 || r.last-r.first > yearDays:
		return longer
	case r.last-r.first > shortDays:
		return yearly
	}
	return short
}

// A link is how an event is linked to something, in 6 bytes.
type link struct {
	low, high uint16 // the halves of its target
	how       uint16 // bits and kind
}

// linkKindBits are those of a link's kind, before the bits of the roles.
const linkKindBits = 2

func newLink(target uint32, bits uint16, kind linkKind) link {
	return link{uint16(target), uint16(target >> 16), bits<<linkKindBits | uint16(kind)}
}

// target is the atom of an official or of a post's department; else a place in index.targets.
func (l link) target() uint32 { return uint32(l.low) | uint32(l.high)<<16 }

// bits are an official's roles, a bit each; the bit of a department's role; 1 of a location that is the place.
func (l link) bits() uint16 { return l.how >> linkKindBits }

func (l link) kind() linkKind { return linkKind(l.how & (1<<linkKindBits - 1)) }

// toTarget tells whether the link leads to a place in index.targets.
func (l link) toTarget() bool { return l.kind() == toDepartment || l.kind() == toLocation }

type linkKind uint16

const (
	toOfficial linkKind = iota
	toDepartment
	toLocation
	toPost // an official of the event has a post in the department
)

var linkKinds = map[graph.EntityKind]linkKind{graph.KindOfficial: toOfficial, graph.KindDepartment: toDepartment, graph.KindLocation: toLocation}

// presence are the bits of the roles that are presence.
var presence = [2]uint16{
	toOfficial:   maskOf(officialCodes, graph.OfficialRole.Presence),
	toDepartment: maskOf(deptCodes, graph.DepartmentRole.Presence),
}

func maskOf[T comparable](c codes[T], ok func(T) bool) (m uint16) {
	for i, v := range c {
		if ok(v) {
			m |= 1 << i
		}
	}
	return m
}

// allBits lets every link count.
const allBits = ^uint16(0)

// bitsOf returns the bits of which a link must have one to meet the condition, allBits where every link does.
func bitsOf(c *graph.LinkCondition) uint16 {
	bits := allBits
	switch c.Kind {
	case graph.KindOfficial:
		if len(c.OfficialRoles) > 0 {
			bits = officialCodes.mask(c.OfficialRoles)
		}
		if c.PresentOnly {
			bits &= presence[toOfficial]
		}
	case graph.KindDepartment:
		if len(c.DepartmentRoles) > 0 {
			bits = deptCodes.mask(c.DepartmentRoles)
		}
		if c.PresentOnly {
			bits &= presence[toDepartment]
		}
	case graph.KindLocation:
		if c.AtPlace {
			bits = 1
		}
	}
	return bits
}

// A target is what a link leads to: an atom, and those above it that the event names with it, nearest first.
type target struct {
	atom  uint32
	above []uint32
	ids   []graph.ID // of above
}

// issueRow is what the index holds of an issue. Its events have the ordinals from lo to before hi.
type issueRow struct {
	ID          graph.ID
	Order       string
	Publication graph.ID
	Lo, Hi      uint32
}

// compareKey compares an event with a sort key, which may be a bound: as the bytes of its own key would. Ids are only asked for
// where the key is that of the event itself, of one that it took the place of, or of one in the same issue with the same place.
func (x *index) compareKey(o uint32, k graph.SortKey, id func(uint32) (graph.ID, error)) (int, error) {
	r := &x.rows[o]
	day := uint32(r.sortDay())
	head := [6]byte{0, byte(day >> 24), byte(day >> 16), byte(day >> 8), byte(day), r.precision()}
	if !r.dated() {
		head[0] = 1
	}
	rest, same := strings.CutPrefix(string(k), string(head[:]))
	if !same || rest == "" {
		return compareBegin(string(head[:]), string(k)), nil
	}
	order := x.issues[r.issue].Order
	k = graph.SortKey(rest)
	if rest, same = strings.CutPrefix(rest, order); !same || rest == "" {
		return compareBegin(order, string(k)), nil
	}
	tail := [5]byte{0, byte(r.place >> 24), byte(r.place >> 16), byte(r.place >> 8), byte(r.place)}
	k = graph.SortKey(rest)
	if rest, same = strings.CutPrefix(rest, string(tail[:])); !same || rest == "" {
		return compareBegin(string(tail[:]), string(k)), nil
	}
	own, err := id(o)
	return strings.Compare(string(own), rest), err
}

// compareBegin compares a key that begins with the text, and goes on, with k, which is not longer or does not begin with it.
func compareBegin(text, k string) int {
	if text == k {
		return 1
	}
	return strings.Compare(text, k)
}

// compare compares two events by the order of a timeline. Where an event took the place of a dead one, or only ids tell two of an
// issue apart, the ordinals decide: see inOrder.
func (x *index) compare(a, b uint32) int {
	if a == b {
		return 0
	}
	r, s := &x.rows[a], &x.rows[b]
	if r.dated() != s.dated() {
		if r.dated() {
			return -1
		}
		return 1
	}
	if d, e := r.sortDay(), s.sortDay(); d != e {
		return order(d < e)
	}
	if p, q := r.precision(), s.precision(); p != q {
		return order(p < q)
	}
	if r.issue != s.issue {
		if c := strings.Compare(x.issues[r.issue].Order, x.issues[s.issue].Order); c != 0 {
			return c
		}
	}
	if r.place != s.place {
		return order(r.place < s.place)
	}
	return order(a < b)
}

func order(less bool) int {
	if less {
		return -1
	}
	return 1
}
