package graph

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

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

// Is tells whether two atoms are the same; nil is none.
func (a *Atom) Is(b *Atom) bool { return a == b || a != nil && b != nil && *a == *b }

// FactKind is what a Fact says.
type FactKind uint8

// The facts of a block, in their order. Whom a name means is a pure function of them (package ingest/identity).
const (
	FactApart       FactKind = iota + 1 // one article names A and B as two
	FactCode                            // A has the division code Value, in force in the years that follow it
	FactName                            // A has the canonical name Value
	FactNear                            // A stands in this block of near names
	FactParent                          // A belongs to B
	FactPost                            // A is said to hold the post Value, organ included
	FactPredecessor                     // A came from B
	FactRegion                          // A is of the division B
	FactScope                           // A is only named by a document of the division B
	FactSeen                            // A is linked to N events
	FactSuccessor                       // A became B
	FactSurface                         // A is written Value
	FactTogether                        // A and B are one: one breath names both, or two plates hang at one organ (E1)
	FactType                            // A is of the DepartmentKind or LocationKind Value
	FactYear                            // A is shown to be there in the year Value
)

var factKinds = [...]string{
	"", "apart", "code", "name", "near", "parent", "post", "predecessor", "region", "scope", "seen", "successor", "surface", "together", "type", "year",
}

// String returns the name that the kind is written by, "" for what is none.
func (k FactKind) String() string {
	if int(k) >= len(factKinds) {
		return ""
	}
	return factKinds[k]
}

// ties tells whether facts of the kind are about two atoms.
func (k FactKind) ties() bool {
	switch k {
	case FactApart, FactParent, FactPredecessor, FactSuccessor, FactTogether:
		return true
	}
	return false
}

// ParseFactKind returns the kind of a name that String gave; ok is false for any other.
func ParseFactKind(name string) (k FactKind, ok bool) {
	i, ok := slices.BinarySearch(factKinds[:], name)
	return FactKind(i), ok && i > 0
}

// Fact is what a document adds to a block; N counts how often it does. Blocks add facts up, so order cannot matter
// and taking a document out is exact. Facts share their atoms, which nobody changes: Is and Equal compare them by what they are.
type Fact struct {
	Kind  FactKind `cbor:"1,keyasint"`
	A     *Atom    `cbor:"2,keyasint"`           // never nil
	B     *Atom    `cbor:"3,keyasint,omitempty"` // nil for none
	Value string   `cbor:"4,keyasint,omitempty"`
	N     int      `cbor:"5,keyasint"`
}

// validateFacts tells whether facts are of known kinds and name the atoms that they are about.
func validateFacts(facts []Fact) error {
	for i := range facts {
		f := &facts[i]
		if f.Kind.String() == "" || f.A == nil || f.B == nil && f.Kind.ties() {
			return fmt.Errorf("%w: fact %d of %d is of no kind or without an atom: %d", ErrBadInput, i, len(facts), f.Kind)
		}
	}
	return nil
}

// Equal tells whether two facts say the same, as often.
func (f Fact) Equal(g Fact) bool { return f.N == g.N && f.Compare(&g) == 0 }

// Compare orders facts by all that they say except N.
func (f *Fact) Compare(g *Fact) int {
	if c := cmp.Compare(f.Kind, g.Kind); c != 0 {
		return c
	}
	if c := f.A.order(g.A); c != 0 {
		return c
	}
	return f.CompareRest(g)
}

// CompareRest is Compare for two facts of one kind and A.
func (f *Fact) CompareRest(g *Fact) int {
	if c := f.B.order(g.B); c != 0 {
		return c
	}
	return strings.Compare(f.Value, g.Value)
}

// order is Compare for atoms that may be one, or none, which comes first.
func (a *Atom) order(b *Atom) int {
	switch {
	case a == b:
		return 0
	case a == nil:
		return -1
	case b == nil:
		return 1
	}
	return a.Compare(*b)
}

// Block is all that the documents of a graph say of one folded name, or of names that are near to each other (FactNear). Key is
// the kind and the name; Facts are in the order of Compare, none with N = 0.
type Block struct {
	Key   string `cbor:"1,keyasint"`
	Facts []Fact `cbor:"2,keyasint"`
	// Pairs are entities of the block that may be one.
	Pairs []SamePair `cbor:"3,keyasint,omitempty"`
}
