// Package identity says whom a name means: which atoms a mention stands for, and which atoms are one entity.
//
// It is pure. Mentions become atoms and facts one document at a time; entities are a function of the sum of all
// facts, so the order of loads cannot matter and taking a document out is exact. docs/decisions/0003-identity.md
// tells the rules; E1 to E3 below are its names for the edges between atoms.
package identity

import (
	"slices"
	"strings"

	"fangzhi/fold"
	"fangzhi/graph"
	"fangzhi/loader/reading"
)

// Scope turns the mentions of one document into atoms. Publication is the key that stands in for a jurisdiction
// nobody knows.
type Scope struct {
	Publication string
	Region      reading.Jurisdiction
}

func (s Scope) code(j reading.Jurisdiction) string { return Code(j.Key(), s.Publication) }

// Code folds the key of a jurisdiction; an unknown one belongs to the publication alone.
func Code(key, publication string) string {
	if rest, unknown := strings.CutPrefix(key, "~"); unknown {
		return "~" + publication + fold.String(rest)
	}
	return fold.String(key)
}

// Official returns the atoms that a mention of a person stands for, sorted: one for each office with its organ. One
// without an office stands for its memberships, and one without those for the bare name in the document's jurisdiction.
func (s Scope) Official(o *reading.Official) []graph.Atom {
	atoms := s.offices(o, false)
	if len(atoms) == 0 {
		atoms = s.offices(o, true)
	}
	if len(atoms) == 0 {
		atoms = []graph.Atom{{Kind: graph.KindOfficial, Code: s.code(s.regionOf(o)), Name: fold.String(o.Name)}}
	}
	slices.SortFunc(atoms, graph.Atom.Compare)
	return slices.Compact(atoms)
}

// regionOf returns the jurisdiction of a bare name: its own, else the document's.
func (s Scope) regionOf(o *reading.Official) reading.Jurisdiction {
	if o.Region.Known() {
		return o.Region
	}
	return s.Region
}

func (s Scope) offices(o *reading.Official, memberships bool) []graph.Atom {
	var atoms []graph.Atom
	for _, p := range o.Posts {
		if p.Organ == nil || p.Membership != memberships {
			continue
		}
		region := p.Organ.Region
		if memberships && (o.RegionStated || within(s.regionOf(o), region)) {
			// A province has hundreds of deputies, and two counties name one of their own each: 省人大代表王磊.
			region = s.regionOf(o)
		}
		atoms = append(atoms, graph.Atom{
			Kind: graph.KindOfficial, Code: s.code(region), Name: fold.String(o.Name), Organ: fold.String(p.Organ.Name),
		})
	}
	return atoms
}

// within tells whether a jurisdiction lies in another.
func within(j, above reading.Jurisdiction) bool {
	for at := j.Parent(); at.Known(); at = at.Parent() {
		if at.Key() == above.Key() {
			return true
		}
	}
	return false
}

// Organ returns the atom of an organ: its jurisdiction and its canonical name.
func (s Scope) Organ(o *reading.Organ) graph.Atom { return s.organNamed(o.Region, o.Name) }

func (s Scope) organNamed(region reading.Jurisdiction, name string) graph.Atom {
	return graph.Atom{Kind: graph.KindDepartment, Code: s.code(region), Name: fold.String(name)}
}

// Place returns the atom of a place: its code alone, or its name in its county with the names between: a community is
// named with its street in one issue and without it in the next.
func (s Scope) Place(p reading.Place, above reading.Jurisdiction) graph.Atom {
	if p.Code != "" {
		return graph.Atom{Kind: graph.KindLocation, Code: p.Code}
	}
	between := ""
	for at := above; at.Known(); at = at.Parent() {
		if at.Self().Type == graph.LocCounty {
			return graph.Atom{Kind: graph.KindLocation, Code: s.code(at), Name: fold.String(p.Name), Organ: fold.String(between)}
		}
		between = at.Self().Name + between
	}
	return graph.Atom{Kind: graph.KindLocation, Code: s.code(above), Name: fold.String(p.Name)}
}

// BlockKey returns the key of the block that holds the facts of an atom: its kind and its folded name.
func BlockKey(a graph.Atom) string {
	name := a.Name
	if name == "" {
		name = a.Code
	}
	return string(a.Kind) + "\x00" + name
}
