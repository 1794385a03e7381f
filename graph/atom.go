package graph

import "strings"

// Atom is a key under which mentions are one thing by construction (docs/decisions/0003-identity.md).
// All strings are folded by package fold.
type Atom struct {
	Kind EntityKind `cbor:"1,keyasint"`
	// Code is the jurisdiction: a division's code, or "~", the publication's key and the division's name where no table
	// knows it.
	Code string `cbor:"2,keyasint"`
	// Name is the name; "" for a location that Code alone names.
	Name string `cbor:"3,keyasint,omitempty"`
	// Organ is the canonical name of an official's office, or what stands between a place and its county; "" for a bare
	// atom and for departments.
	Organ string `cbor:"4,keyasint,omitempty"`
}

// ID returns the id of the atom, which resolves for ever to the entity that holds it.
func (a Atom) ID() ID { return NewID(a.Kind.prefix(), a.Code, a.Name, a.Organ) }

// Compare orders atoms: a bare atom sorts before those with an organ.
func (a Atom) Compare(b Atom) int {
	if c := strings.Compare(string(a.Kind), string(b.Kind)); c != 0 { // not cmp.Or, which compares everything first
		return c
	}
	if c := strings.Compare(a.Code, b.Code); c != 0 {
		return c
	}
	if c := strings.Compare(a.Name, b.Name); c != 0 {
		return c
	}
	return strings.Compare(a.Organ, b.Organ)
}

// FactKind is what a Fact says.
type FactKind string

// The facts of a block. Whom a name means is a pure function of them (package ingest/identity).
const (
	FactSeen        FactKind = "seen"        // A is linked to N events
	FactSurface     FactKind = "surface"     // A is written Value
	FactName        FactKind = "name"        // A has the canonical name Value
	FactType        FactKind = "type"        // A is of the DepartmentKind or LocationKind Value
	FactPost        FactKind = "post"        // A is said to hold the post Value, organ included
	FactParent      FactKind = "parent"      // A belongs to B
	FactRegion      FactKind = "region"      // A is of the division B
	FactScope       FactKind = "scope"       // A is only named by a document of the division B
	FactCode        FactKind = "code"        // A has the division code Value, in force in the years that follow it
	FactSuccessor   FactKind = "successor"   // A became B
	FactPredecessor FactKind = "predecessor" // A came from B
	FactTogether    FactKind = "together"    // A and B are one: one breath names both, or two plates hang at one organ (E1)
	FactApart       FactKind = "apart"       // one article names A and B as two
	FactYear        FactKind = "year"        // A is shown to be there in the year Value
	FactNear        FactKind = "near"        // A stands in this block of near names
)

// Fact is what a document adds to a block; N counts how often it does. Blocks add facts up, so order cannot matter
// and taking a document out is exact.
type Fact struct {
	Kind  FactKind `cbor:"1,keyasint"`
	A     Atom     `cbor:"2,keyasint"`
	B     Atom     `cbor:"3,keyasint,omitempty"`
	Value string   `cbor:"4,keyasint,omitempty"`
	N     int      `cbor:"5,keyasint"`
}

// Compare orders facts by all that they say except N.
func (f *Fact) Compare(g *Fact) int {
	if c := strings.Compare(string(f.Kind), string(g.Kind)); c != 0 {
		return c
	}
	if c := f.A.Compare(g.A); c != 0 {
		return c
	}
	if c := f.B.Compare(g.B); c != 0 {
		return c
	}
	return strings.Compare(f.Value, g.Value)
}

// Block is all that the documents of a graph say of one folded name, or of names that are near to each other (FactNear). Key is
// the kind and the name; Facts are in the order of Compare, none with N = 0.
type Block struct {
	Key   string `cbor:"1,keyasint"`
	Facts []Fact `cbor:"2,keyasint"`
	// Pairs are entities of the block that may be one.
	Pairs []SamePair `cbor:"3,keyasint,omitempty"`
}
