package identity

import (
	"maps"
	"slices"

	"fangzhi/graph"
)

// A Change is what a load does to blocks, for whoever asks which entities that touches. Of a name that fifty counties know a load says
// something of one county's alone: the others make what they made, and it is found out once, or not at all.
type Change struct {
	was, is             map[string]graph.LocationKind // levels before and after
	others              bool                          // they are others after it
	before, after, same []part
}

// part is the facts of a block on the atoms of some jurisdictions, or of all others.
type part struct {
	facts  []graph.Fact
	codes  []string
	others bool
}

// whole is the part that is all of a block.
func whole(facts []graph.Fact) part { return part{facts, nil, true} }

func (p *part) has(a *graph.Atom) bool { return slices.Contains(p.codes, a.Code) != p.others }

// NewChange returns the change that gone and come, by block, make of before. Both before and after have every block that one of them
// ties to another (Resolve).
func NewChange(before, after map[string]graph.Block, gone, come map[string][]graph.Fact) *Change {
	c := &Change{was: levels(factsOf(before)), is: levels(factsOf(after))}
	c.others = !maps.Equal(c.was, c.is)
	for key, block := range after {
		was, is := before[key].Facts, block.Facts
		if !oneName(was, come[key]) { // the atoms after the change are all among these
			c.before, c.after = append(c.before, whole(was)), append(c.after, whole(is))
			continue
		}
		codes := c.touched(was, is, gone[key], come[key])
		c.before, c.after = append(c.before, part{was, codes, false}), append(c.after, part{is, codes, false})
		c.same = append(c.same, part{was, codes, true})
	}
	return c
}

// touched returns the jurisdictions of a name whose atoms may make something else after a change of some facts than before.
func (c *Change) touched(was, is, gone, come []graph.Fact) []string {
	var codes []string
	for _, facts := range [][]graph.Fact{gone, come} {
		for i := range facts {
			if code := facts[i].A.Code; !slices.Contains(codes, code) {
				codes = append(codes, code)
			}
		}
	}
	var ties []*graph.Fact // from one to another
	for _, facts := range [][]graph.Fact{was, is} {
		for i := range facts {
			f := &facts[i]
			if i > 0 && f.Kind == facts[i-1].Kind && f.A.Is(facts[i-1].A) && f.B.Is(facts[i-1].B) {
				continue
			}
			if (f.Kind == graph.FactTogether || f.Kind == graph.FactApart) && f.A.Code != f.B.Code {
				ties = append(ties, f)
			}
			if c.others && c.was[f.A.Code] != c.is[f.A.Code] && !slices.Contains(codes, f.A.Code) {
				codes = append(codes, f.A.Code)
			}
		}
	}
	for more := true; more; {
		more = false
		for _, f := range ties {
			if a, b := slices.Contains(codes, f.A.Code), slices.Contains(codes, f.B.Code); a != b {
				codes, more = append(codes, f.A.Code, f.B.Code), true
			}
		}
	}
	return codes
}

// Before returns what the atoms that the change touches made before it, in no order.
func (c *Change) Before() []graph.EntityData { return resolve(c.was, c.before) }

// After returns what they make after it, in the order of ids.
func (c *Change) After() []graph.EntityData { return inOrder(resolve(c.is, c.after)) }

// Same returns what the other atoms of the blocks make, before it as after it, in no order, but for organs, whose namesakes nobody weighs.
func (c *Change) Same() []graph.EntityData {
	return resolve(c.was, slices.DeleteFunc(c.same, func(p part) bool { return len(p.facts) == 0 || p.facts[0].A.Kind == graph.KindDepartment }))
}

func factsOf(blocks map[string]graph.Block) [][]graph.Fact {
	all := make([][]graph.Fact, 0, len(blocks))
	for _, block := range blocks {
		all = append(all, block.Facts)
	}
	return all
}
