package identity

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"fangzhi/fold"
	"fangzhi/graph"
)

// Resolve says which entities the atoms of the facts make, in the order of their ids. The facts must be all those
// of their blocks, with every block that a FactTogether leads to; a fact that stands in two blocks counts once.
func Resolve(blocks ...[]graph.Fact) []graph.EntityData {
	g := newAtoms(blocks)
	g.join()
	return g.entities()
}

// atoms is a forest over the atoms of some facts.
type atoms struct {
	facts  []located // in the order of graph.Fact.Compare, each once
	list   []graph.Atom
	parent []int32
	apart  [][2]int32
	level  map[string]graph.LocationKind // of the jurisdiction with that code
}

// located is a fact with the numbers of its atoms in atoms.list; b is that of FactTogether and FactApart, -1 for others.
type located struct {
	*graph.Fact
	a, b int32
}

func newAtoms(blocks [][]graph.Fact) *atoms {
	count := 0
	for _, facts := range blocks {
		count += len(facts)
	}
	g := &atoms{facts: make([]located, 0, count), level: map[string]graph.LocationKind{}}
	number := make(map[graph.Atom]int32, count/4)
	says := map[string]*graph.Fact{} // the level of a code
	add := func(a graph.Atom) int32 {
		n, known := number[a]
		if !known {
			n = int32(len(g.list))
			number[a] = n
			g.list = append(g.list, a)
		}
		return n
	}
	for _, facts := range blocks {
		for i := range facts {
			f := &facts[i]
			l := located{f, 0, -1}
			if i > 0 && f.A == facts[i-1].A {
				l.a = g.facts[len(g.facts)-1].a
			} else {
				l.a = add(f.A)
			}
			switch f.Kind {
			case graph.FactTogether, graph.FactApart:
				l.b = add(f.B)
			case graph.FactRegion, graph.FactScope: // where facts do not agree the last in their order counts
				if last := says[f.A.Code]; last == nil || f.Compare(last) > 0 {
					says[f.A.Code] = f
				}
			}
			g.facts = append(g.facts, l)
		}
	}
	for code, f := range says {
		g.level[code], _ = level(*f)
	}
	for _, a := range g.list {
		// The bare atom of a county's name exists always and sorts first, so that the id holds whoever came first.
		if a.Kind == graph.KindOfficial && a.Organ != "" && g.county(a.Code) {
			add(bare(a))
		}
	}
	g.sort()
	g.parent = make([]int32, len(g.list))
	for i := range g.parent {
		g.parent[i] = int32(i)
	}
	for _, f := range g.facts {
		if f.Kind == graph.FactApart {
			g.apart = append(g.apart, [2]int32{f.a, f.b})
		}
	}
	return g
}

// sort numbers the atoms in their order and brings the facts into theirs, each once. Atoms are few and facts are many, so that
// facts are compared by number.
func (g *atoms) sort() {
	order := make([]int32, len(g.list)) // old number by new
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(i, j int32) int { return g.list[i].Compare(g.list[j]) })
	list, number := make([]graph.Atom, len(order)), make([]int32, len(order)) // new number by old
	for i, old := range order {
		list[i], number[old] = g.list[old], int32(i)
	}
	g.list = list
	for i := range g.facts {
		f := &g.facts[i]
		if f.a = number[f.a]; f.b >= 0 {
			f.b = number[f.b]
		}
	}
	g.sortFacts()
}

// sortFacts brings the facts into the order of Fact.Compare, each once. In a block they stand in it already, and a block has nearly all of
// an atom, so numbers decide most of it: no two strings are compared but those of neighbours.
func (g *atoms) sortFacts() {
	var kinds []graph.FactKind
	for i := range g.facts {
		if k := g.facts[i].Kind; !slices.Contains(kinds, k) {
			kinds = append(kinds, k)
		}
	}
	slices.Sort(kinds)
	type place struct {
		key uint64 // kind and atom
		at  int    // in g.facts
	}
	places := make([]place, len(g.facts))
	for i := range g.facts {
		places[i] = place{uint64(slices.Index(kinds, g.facts[i].Kind))<<32 | uint64(g.facts[i].a), i}
	}
	slices.SortFunc(places, func(x, y place) int { return cmp.Or(cmp.Compare(x.key, y.key), cmp.Compare(x.at, y.at)) })
	facts := make([]located, len(places))
	for i, p := range places {
		facts[i] = g.facts[p.at]
	}
	for first := 0; first < len(facts); {
		last := first + 1
		for last < len(facts) && places[last].key == places[first].key {
			last++
		}
		if one := facts[first:last]; !slices.IsSortedFunc(one, compareRest) {
			slices.SortFunc(one, compareRest)
		}
		first = last
	}
	g.facts = slices.CompactFunc(facts, func(x, y located) bool { return x.Kind == y.Kind && x.a == y.a && compareRest(x, y) == 0 })
}

func compareRest(x, y located) int {
	if c := x.B.Compare(y.B); c != 0 {
		return c
	}
	return strings.Compare(x.Value, y.Value)
}

func (g *atoms) county(code string) bool { return g.level[code] == graph.LocCounty }

func (g *atoms) root(i int32) int32 {
	for g.parent[i] != i {
		g.parent[i] = g.parent[g.parent[i]]
		i = g.parent[i]
	}
	return i
}

// union makes two atoms one unless that would join atoms kept apart. The lesser number stays the root.
func (g *atoms) union(i, j int32) {
	a, b := g.root(i), g.root(j)
	if a == b {
		return
	}
	for _, p := range g.apart {
		x, y := g.root(p[0]), g.root(p[1])
		if x == a && y == b || x == b && y == a {
			return
		}
	}
	g.parent[max(a, b)] = min(a, b)
}

// join draws the edges in their order: E1, E2, E3.
func (g *atoms) join() {
	for _, f := range g.facts { // E1: one breath names both, or two plates hang at one organ
		if f.Kind == graph.FactTogether {
			g.union(f.a, f.b)
		}
	}
	split := map[graph.Atom]bool{}
	for _, p := range g.apart {
		// A county's 王磊 and the city's are two, and the county still has one alone.
		if a := bare(g.list[p[0]]); a == bare(g.list[p[1]]) {
			split[a] = true
		}
	}
	for first := int32(0); first < int32(len(g.list)); { // atoms of one (code, name) stand together
		last := first + 1
		for last < int32(len(g.list)) && bare(g.list[last]) == bare(g.list[first]) {
			last++
		}
		if g.list[first].Kind != graph.KindDepartment && g.list[first].Organ == "" {
			if g.list[first].Kind == graph.KindOfficial && g.county(g.list[first].Code) && !split[g.list[first]] {
				for i := first + 1; i < last; i++ { // E2: one county, one name
					g.union(first, i)
				}
			} else {
				g.joinBare(first, last)
			}
		}
		first = last
	}
}

// joinBare is E3: a bare atom joins the only component of its code and name; are there two, it stays alone. A place is
// bare where a document does not say in which street or town of its county it lies.
func (g *atoms) joinBare(first, last int32) {
	if first+1 == last {
		return
	}
	only := g.root(first + 1)
	for i := first + 2; i < last; i++ {
		if g.root(i) != only {
			return
		}
	}
	g.union(first, only)
}

func bare(a graph.Atom) graph.Atom {
	a.Organ = ""
	return a
}

// entities makes one entity of each component.
func (g *atoms) entities() []graph.EntityData {
	facts := make([][]*graph.Fact, len(g.list))
	for _, f := range g.facts {
		r := g.root(f.a)
		facts[r] = append(facts[r], f.Fact)
	}
	members := make([][]graph.ID, len(g.list))
	count := 0
	for i, a := range g.list {
		r := g.root(int32(i))
		if r == int32(i) {
			count++
		}
		members[r] = append(members[r], a.ID())
	}
	out := make([]graph.EntityData, 0, count)
	for i, a := range g.list {
		if g.root(int32(i)) == int32(i) {
			out = append(out, newEntity(a, members[i], facts[i]))
		}
	}
	slices.SortFunc(out, func(a, b graph.EntityData) int { return cmp.Compare(a.ID, b.ID) })
	return out
}

// newEntity reads what the facts of a component say. first is its first atom.
func newEntity(first graph.Atom, members []graph.ID, facts []*graph.Fact) graph.EntityData {
	e := graph.EntityData{ID: members[0], Kind: first.Kind, Atoms: members}
	tally := map[graph.FactKind]tally{}
	for _, f := range facts {
		switch f.Kind {
		case graph.FactSeen:
			e.EventCount += f.N
		case graph.FactName, graph.FactType, graph.FactSurface, graph.FactCode, graph.FactPost:
			if tally[f.Kind] == nil {
				tally[f.Kind] = map[string]int{}
			}
			tally[f.Kind][f.Value] += f.N
		}
	}
	e.Name = cmp.Or(tally[graph.FactName].best(), first.Name) // a bare atom that a split has left holds no fact
	e.Type = tally[graph.FactType].best()
	for _, values := range []map[string]int{tally[graph.FactName], tally[graph.FactSurface]} {
		for value := range values {
			if fold.String(value) != fold.String(e.Name) && !slices.Contains(e.Aliases, value) {
				e.Aliases = append(e.Aliases, value)
			}
		}
	}
	slices.Sort(e.Aliases)
	var region, parent string
	if b, value, ok := strongest(facts, graph.FactRegion); ok {
		e.RegionAtom = b.ID()
		_, region, _ = strings.Cut(value, " ")
	}
	var scope string
	if _, value, ok := strongest(facts, graph.FactScope); ok {
		_, scope, _ = strings.Cut(value, " ")
	}
	if b, value, ok := strongest(facts, graph.FactParent); ok {
		e.ParentAtom, parent = b.ID(), value
	}
	if code := strings.Fields(tally[graph.FactCode].best()); len(code) == 3 {
		e.Code = code[0]
		e.ValidFrom, _ = strconv.Atoi(code[1])
		e.ValidTo, _ = strconv.Atoi(code[2])
	}
	for _, f := range facts {
		switch f.Kind {
		case graph.FactSuccessor:
			e.SuccessorAtoms = append(e.SuccessorAtoms, f.B.ID())
		case graph.FactPredecessor:
			e.PredecessorAtoms = append(e.PredecessorAtoms, f.B.ID())
		}
	}
	e.SuccessorAtoms = sorted(e.SuccessorAtoms)
	e.PredecessorAtoms = sorted(e.PredecessorAtoms)
	e.Label = label(e, tally[graph.FactPost].best(), region, scope, parent)
	return e
}

// label tells namesakes apart: an official by the post most often said of it, or by whose chronicle names it; an organ whose name does not say
// whose it is by its division, a place by what it lies in.
func label(e graph.EntityData, post, region, scope, parent string) string {
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

// strongest returns the other atom and the value of the fact of a kind that is said most often; ties go to the first.
func strongest(facts []*graph.Fact, kind graph.FactKind) (b graph.Atom, value string, ok bool) {
	n := 0
	for _, f := range facts { // in the order of Compare
		if f.Kind == kind && f.N > n {
			b, value, n, ok = f.B, f.Value, f.N, true
		}
	}
	return b, value, ok
}

// tally counts how often a value is said.
type tally map[string]int

// best returns the value said most often; of equals the longest, then the first by code points; "" for none.
func (t tally) best() string {
	var best string
	n := 0
	for value, m := range t {
		if c := cmp.Or(cmp.Compare(m, n), cmp.Compare(len(value), len(best)), cmp.Compare(best, value)); c > 0 {
			best, n = value, m
		}
	}
	return best
}

func sorted(ids []graph.ID) []graph.ID {
	slices.Sort(ids)
	return slices.Compact(ids)
}
