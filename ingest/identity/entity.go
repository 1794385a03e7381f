package identity

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"fangzhi/fold"
	"fangzhi/graph"
)

// newEntity reads what the facts of a component say, which are in their order. first is its first atom.
func (g *atoms) newEntity(first *graph.Atom, members []graph.ID, facts []*graph.Fact) graph.EntityData {
	e := graph.EntityData{ID: members[0], Kind: first.Kind, Atoms: members}
	var starts, ends [graph.FactYear + 1]int // of each kind in facts
	for first := 0; first < len(facts); {
		kind, last := facts[first].Kind, first+1
		for last < len(facts) && facts[last].Kind == kind {
			last++
		}
		starts[kind], ends[kind] = first, last
		first = last
	}
	of := func(kind graph.FactKind) []*graph.Fact { return facts[starts[kind]:ends[kind]] }
	for _, f := range of(graph.FactSeen) {
		e.EventCount += f.N
	}
	if g.tallies == nil {
		g.tallies = make([]tally, 0, 32)
	}
	names := values(g.tallies, of(graph.FactName))
	surfaces := values(names, of(graph.FactSurface))
	e.Name = cmp.Or(best(names), first.Name) // a bare atom that a split has left holds no fact
	e.Type = best(values(surfaces, of(graph.FactType)))
	var folded string
	for _, values := range [][]tally{names, surfaces} {
		for _, v := range values {
			if v.value == e.Name || slices.Contains(e.Aliases, v.value) {
				continue
			}
			if folded == "" {
				folded = fold.String(e.Name)
			}
			if fold.String(v.value) != folded {
				e.Aliases = append(e.Aliases, v.value)
			}
		}
	}
	slices.Sort(e.Aliases)
	var region, parent string
	if b, value, ok := strongest(of(graph.FactRegion)); ok {
		e.RegionAtom = g.id(*b)
		_, region, _ = strings.Cut(value, " ")
	}
	var scope string
	if _, value, ok := strongest(of(graph.FactScope)); ok {
		_, scope, _ = strings.Cut(value, " ")
	}
	if b, value, ok := strongest(of(graph.FactParent)); ok {
		e.ParentAtom, parent = g.id(*b), value
	}
	if code := strings.Fields(best(values(surfaces, of(graph.FactCode)))); len(code) == 3 {
		e.Code = code[0]
		e.ValidFrom, _ = strconv.Atoi(code[1])
		e.ValidTo, _ = strconv.Atoi(code[2])
	}
	for _, f := range of(graph.FactSuccessor) {
		e.SuccessorAtoms = append(e.SuccessorAtoms, f.B.ID())
	}
	for _, f := range of(graph.FactPredecessor) {
		e.PredecessorAtoms = append(e.PredecessorAtoms, f.B.ID())
	}
	e.SuccessorAtoms = sorted(e.SuccessorAtoms)
	e.PredecessorAtoms = sorted(e.PredecessorAtoms)
	e.Label = label(&e, best(values(surfaces, of(graph.FactPost))), region, scope, parent)
	return e
}

// label tells namesakes apart: an official by the post most often said of it, or by whose chronicle names it; an organ whose name does not say
// whose it is by its division, a place by what it lies in.
func label(e *graph.EntityData, post, region, scope, parent string) string {
	var by string
	switch e.Kind {
	case graph.KindOfficial:
		if by = cmp.Or(post, region); by == "" && scope != "" {
			by = "见于" + scope
		}
	case graph.KindDepartment:
		if _, last := cutLast(region); !strings.Contains(e.Name, last) {
			by = region
		}
	case graph.KindLocation:
		by = parent
	}
	if by == "" {
		return e.Name
	}
	return e.Name + "（" + by + "）"
}

// cutLast splits the name of the innermost division off a chain of names: 河南省郑州市, 中原区.
func cutLast(chain string) (above, last string) {
	for i, r := range chain {
		if strings.ContainsRune("省市区县旗州盟", r) {
			if rest := chain[i+len(string(r)):]; rest != "" {
				above, last = cutLast(rest)
				return chain[:i+len(string(r))] + above, last
			}
		}
	}
	return "", chain
}

// strongest returns the other atom and the value of that of some facts, in their order, which is said most often; ties go to the first.
func strongest(facts []*graph.Fact) (b *graph.Atom, value string, ok bool) {
	n := 0
	for _, f := range facts {
		if f.N > n {
			b, value, n, ok = f.B, f.Value, f.N, true
		}
	}
	return b, value, ok
}

// tally is how often a value is said.
type tally struct {
	value string
	n     int
}

// values counts how often facts of one kind say each value, behind other tallies. What is said of one atom they say once each.
func values(room []tally, facts []*graph.Fact) []tally {
	all := room[len(room):]
	several := false
	for _, f := range facts {
		all = append(all, tally{f.Value, f.N})
		several = several || !f.A.Is(facts[0].A)
	}
	if !several {
		return all
	}
	slices.SortFunc(all, func(a, b tally) int { return strings.Compare(a.value, b.value) })
	sum := all[:0]
	for _, t := range all {
		if n := len(sum); n > 0 && sum[n-1].value == t.value {
			sum[n-1].n += t.n
		} else {
			sum = append(sum, t)
		}
	}
	return sum
}

// best returns the value said most often; of equals the longest, then the first by code points; "" for none.
func best(all []tally) string {
	var best tally
	for _, t := range all {
		if cmp.Or(cmp.Compare(t.n, best.n), cmp.Compare(len(t.value), len(best.value)), cmp.Compare(best.value, t.value)) > 0 {
			best = t
		}
	}
	return best.value
}

func sorted(ids []graph.ID) []graph.ID {
	slices.Sort(ids)
	return slices.Compact(ids)
}
