package graph

import (
	"encoding/binary"
	"math"
)

// EntityQuery asks for entities: all conditions hold together, the zero EntityQuery leaves all entities. Never one that
// EntityData.LeftOver tells of.
type EntityQuery struct {
	// Kind is "" for all.
	Kind EntityKind
	// Text is folded (package fold): the names that a NameMatcher of it matches. "" is no condition.
	Text string
	// Region is the id of a location, or of one of its atoms: the places that it is or that lie below it, and the officials and
	// departments of such a place (RegionAtom). "" for anywhere; one that names no location leaves nothing.
	Region ID
	// Linked: only those that an event names (EventCount).
	Linked bool
	// Roots: only those without a parent, with one that the graph does not hold, and those that are their own.
	Roots bool
	// ByName is the order of names; false is the best match first, then most events, then the order of names.
	ByName bool
}

// EntityKey orders the entities of a question by comparing bytes:
//
//	4 bytes  the rank of the match (NameMatcher), 0 without a text, big endian
//	4 bytes  2³²−1 less EventCount, big endian
//	n bytes  SortName, or Name where there is none, NUL, Name, NUL, ID, NUL
//
// In the order of names it is the last part alone. It holds nothing that an engine made up, so a cursor made of it goes on where
// it stood whatever was loaded since.
type EntityKey string

// key returns the place of the entity, whose names match so well, in the list.
func (q *EntityQuery) key(rank int, d *EntityData) EntityKey {
	name := d.NameKey()
	if q.ByName {
		return name
	}
	return BestKey(rank, d.EventCount) + name
}

// BestKey returns what a key begins with in a list with best matches first.
func BestKey(rank, events int) EntityKey {
	var b [8]byte
	binary.BigEndian.PutUint32(b[:], uint32(rank))
	binary.BigEndian.PutUint32(b[4:], math.MaxUint32-uint32(events))
	return EntityKey(b[:])
}

// NameKey returns the place of the entity in a list by name: its pinyin, its name, its id.
func (d *EntityData) NameKey() EntityKey {
	sort := d.SortName
	if sort == "" {
		sort = d.Name
	}
	return EntityKey(sort + "\x00" + d.Name + "\x00" + string(d.ID) + "\x00")
}

// LeftOver tells an official of whom nothing is said: the bare atom of a name that turned out to be several people. Its
// id goes on answering; it is nobody to look for.
func (d *EntityData) LeftOver() bool {
	return d.Kind == KindOfficial && d.EventCount == 0 && d.RegionAtom == "" && d.Label == d.Name
}

// EntityPage is which part of a list of entities is asked for; like Page.
type EntityPage struct {
	First, Last   int
	After, Before EntityKey
}

// EntityHit is an entity that a question found.
type EntityHit struct {
	Entity *EntityData
	Key    EntityKey
	// Form is the form of the name that the text matches, "" without a text.
	Form string
}

// NewEntityHit returns the hit that the entity is for a question whose conditions besides Text it meets; false where its
// names do not match.
func NewEntityHit(q *EntityQuery, d *EntityData) (EntityHit, bool) {
	if q.Text == "" {
		return EntityHit{Entity: d, Key: q.key(0, d)}, true
	}
	m := NewNameMatcher(q.Text)
	rank, form := m.Match(d.NameForms())
	if rank < 0 {
		return EntityHit{}, false
	}
	return EntityHit{Entity: d, Key: q.key(rank, d), Form: d.form(form)}, true
}

// EntityHits is a page of entities.
type EntityHits struct {
	Hits []EntityHit
	// Total is how many entities the question leaves, on this page and others.
	Total int
	// HasNext and HasPrevious tell whether the list goes on beyond either end of the page.
	HasNext, HasPrevious bool
}
