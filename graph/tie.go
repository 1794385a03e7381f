package graph

import "fangzhi/edtf"

// A Ref names an entity within one Reader, so that long walks over a graph handle numbers and no strings. Another Reader may
// give other numbers, so they reach no order, no cursor and no answer.
type Ref uint32

// An EventRef names an event within one Reader, as a Ref does an entity.
type EventRef uint32

// NoRef names nothing.
const NoRef Ref = 1<<32 - 1

// Linking says which links of an event count, whoever they lead to.
type Linking struct {
	// Kinds of entity that links lead to; none for all.
	Kinds []EntityKind
	// OfficialRoles and DepartmentRoles: only links with one of these; empty for any.
	OfficialRoles   []OfficialRole
	DepartmentRoles []DepartmentRole
	// PresentOnly: only links that are presence. A place has no presence.
	PresentOnly bool
	// AtPlace: only places where the event took place.
	AtPlace bool
	// Descendants: a link to a place is one to the places around it too.
	Descendants bool
	// Subordinates: a link to a department is one to what it belongs to too.
	Subordinates bool
}

// Condition asks for a link that counts to one of the atoms, which are of the kind.
func (l *Linking) Condition(kind EntityKind, atoms []ID) LinkCondition {
	c := LinkCondition{Kind: kind, Atoms: atoms}
	switch kind {
	case KindOfficial:
		c.OfficialRoles, c.PresentOnly = l.OfficialRoles, l.PresentOnly
	case KindDepartment:
		c.DepartmentRoles, c.PresentOnly, c.Below = l.DepartmentRoles, l.PresentOnly, l.Subordinates
	case KindLocation:
		c.AtPlace, c.Below = l.AtPlace, l.Descendants
	}
	return c
}

// A Tie is an entity and the events that have it in common with something.
type Tie struct {
	To     Ref
	Events int
	// First is the first of the events in the order of a timeline.
	First EventRef
	// Days are the first and the last day that the dated ones cover; zero where no date states it.
	Days Span
}

// Facet is what Values tells events apart by.
type Facet string

// The facets.
const (
	FacetSection     Facet = "SECTION"
	FacetPublication Facet = "PUBLICATION"
	FacetBasis       Facet = "BASIS"
)

// ValueCount is how many events have a value: a section ("" for none), the id of a publication, a DateBasis.
type ValueCount struct {
	Value string
	Count int
}

// Span is the first and the last day that any dated event covers; a bound that no date states is zero.
type Span struct{ First, Last edtf.Day }
