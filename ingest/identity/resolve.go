package identity

import (
	"cmp"
	"slices"

	"fangzhi/graph"
)

// Resolve says which entities the atoms of the facts make, in the order of their ids. The facts must be all those
// of their blocks, each in their order, with every block that a FactTogether leads to; a fact that stands in two blocks counts once.
func Resolve(blocks ...[]graph.Fact) []graph.EntityData {
	parts := make([]part, len(blocks))
	for i, facts := range blocks {
		parts[i] = whole(facts)
	}
	return inOrder(resolve(levels(blocks), parts))
}

// inOrder returns entities in the order of their ids. They are large, so each is moved once.
func inOrder(entities []graph.EntityData) []graph.EntityData {
	order := make([]int32, len(entities))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(i, j int32) int { return cmp.Compare(entities[i].ID, entities[j].ID) })
	out := make([]graph.EntityData, len(order))
	for i, n := range order {
		out[i] = entities[n]
	}
	return out
}

// resolve is Resolve for parts of blocks, with what levels says of all, in no order.
func resolve(level map[string]graph.LocationKind, parts []part) []graph.EntityData {
	g := &atoms{level: level, ids: map[graph.Atom]graph.ID{}, out: make([]graph.EntityData, 0, len(parts))}
	var tied []part
	for _, p := range parts {
		if !oneName(p.facts) {
			tied = append(tied, p)
			continue
		}
		g.number(p)
		g.join()
		g.entities()
	}
	if len(tied) > 0 {
		g.number(tied...)
		g.join()
		g.entities()
	}
	return g.out
}

// levels returns what division each code is that the facts speak of. Where they do not agree the last in their order counts.
func levels(blocks [][]graph.Fact) map[string]graph.LocationKind {
	says := map[string]*graph.Fact{}
	for _, facts := range blocks {
		for i := range facts {
			f := &facts[i]
			if f.Kind != graph.FactRegion && f.Kind != graph.FactScope {
				continue
			}
			if i+1 < len(facts) && facts[i+1].Kind == f.Kind && facts[i+1].A.Code == f.A.Code && facts[i+1].A.Kind == f.A.Kind {
				continue // the next one says it too, and comes later
			}
			if last := says[f.A.Code]; last == nil || f.Compare(last) > 0 {
				says[f.A.Code] = f
			}
		}
	}
	of := make(map[string]graph.LocationKind, len(says))
	for code, f := range says {
		of[code], _ = level(*f)
	}
	return of
}

// oneName tells whether all atoms that the facts are about, or make one or two, are of one name: what they make then hangs on no other block.
func oneName(lists ...[]graph.Fact) bool {
	var first, last *graph.Atom
	same := func(a *graph.Atom) bool {
		return a.Name == first.Name && a.Kind == first.Kind && (a.Name != "" || a.Code == first.Code)
	}
	for _, facts := range lists {
		for i := range facts {
			f := &facts[i]
			if first == nil {
				first = f.A
			}
			if f.A != last && !same(f.A) || (f.Kind == graph.FactTogether || f.Kind == graph.FactApart) && !same(f.B) {
				return false
			}
			last = f.A
		}
	}
	return true
}

// atoms is a forest over the atoms of some facts.
type atoms struct {
	level map[string]graph.LocationKind // of the jurisdiction with that code
	ids   map[graph.Atom]graph.ID       // of atoms that entities belong to
	out   []graph.EntityData            // what the forests so far make

	facts  []located // in the order of graph.Fact.Compare, each once
	list   []graph.Atom
	parent []int32
	apart  [][2]int32

	roots []int32       // of list
	ends  []int         // by root: where its facts end, and where its members do
	of    []*graph.Fact // facts, by root

	tallies []tally // room for them
}

// located is a fact with the numbers of its atoms in atoms.list; b is that of FactTogether and FactApart, -1 for others.
type located struct {
	*graph.Fact
	a, b int32
}

// number begins a forest of the atoms of some blocks, none of which is in one with another.
func (g *atoms) number(parts ...part) {
	g.facts, g.list, g.apart = g.facts[:0], g.list[:0], g.apart[:0]
	var number map[graph.Atom]int32 // where there are many
	add := func(a *graph.Atom) int32 {
		const few = 8
		if number == nil {
			for i := range g.list {
				if g.list[i] == *a {
					return int32(i)
				}
			}
			if len(g.list) < few {
				g.list = append(g.list, *a)
				return int32(len(g.list) - 1)
			}
			number = make(map[graph.Atom]int32, 4*few)
			for i, a := range g.list {
				number[a] = int32(i)
			}
		}
		n, known := number[*a]
		if !known {
			n = int32(len(g.list))
			number[*a] = n
			g.list = append(g.list, *a)
		}
		return n
	}
	for _, p := range parts {
		var a int32 // of the fact before, -1 where the part has it not
		for i := range p.facts {
			f := &p.facts[i]
			if i == 0 || !f.A.Is(p.facts[i-1].A) {
				if a = -1; p.has(f.A) {
					a = add(f.A)
				}
			}
			if a < 0 {
				continue
			}
			l := located{f, a, -1}
			if f.Kind == graph.FactTogether || f.Kind == graph.FactApart {
				l.b = add(f.B)
			}
			g.facts = append(g.facts, l)
		}
	}
	for i := range g.list {
		// The bare atom of a county's name exists always and sorts first, so that the id holds whoever came first.
		if a := &g.list[i]; a.Kind == graph.KindOfficial && a.Organ != "" && g.county(a.Code) {
			b := bare(*a)
			add(&b)
		}
	}
	g.sort()
	if len(parts) > 1 || !oneName(parts[0].facts) {
		g.sortFacts()
	}
	g.parent = g.parent[:0]
	for i := range g.list {
		g.parent = append(g.parent, int32(i))
	}
	for _, f := range g.facts {
		if f.Kind == graph.FactApart {
			g.apart = append(g.apart, [2]int32{f.a, f.b})
		}
	}
}

// sort numbers the atoms in their order.
func (g *atoms) sort() {
	if slices.IsSortedFunc(g.list, graph.Atom.Compare) {
		return
	}
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
}

// sortFacts brings the facts of several blocks into the order of Fact.Compare, each once. In a block they stand in it already, and a block has
// nearly all of an atom, so the numbers of atoms, which are few, decide most of it: no two strings are compared but those of neighbours.
func (g *atoms) sortFacts() {
	type place struct {
		key uint64 // kind and atom
		at  int    // in g.facts
	}
	places := make([]place, len(g.facts))
	for i := range g.facts {
		places[i] = place{uint64(g.facts[i].Kind)<<32 | uint64(g.facts[i].a), i}
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

func compareRest(x, y located) int { return x.CompareRest(y.Fact) }

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
func (g *atoms) entities() {
	n := len(g.list)
	g.roots, g.ends, g.of = resized(g.roots, n), resized(g.ends, 2*n+2), resized(g.of, len(g.facts))
	clear(g.ends)
	roots, facts, members := g.roots, g.of, make([]graph.ID, n)
	factEnds, memberEnds := g.ends[:n+1], g.ends[n+1:]
	for i := range g.list {
		roots[i] = g.root(int32(i))
		memberEnds[roots[i]+1]++
	}
	for i := range g.facts {
		factEnds[roots[g.facts[i].a]+1]++
	}
	for i := range n {
		factEnds[i+1] += factEnds[i]
		memberEnds[i+1] += memberEnds[i]
	}
	for i := range g.facts { // each in its order: an end is where the one before begins, and moves on
		at := &factEnds[roots[g.facts[i].a]]
		facts[*at] = g.facts[i].Fact
		*at++
	}
	for i := range g.list {
		at := &memberEnds[roots[i]]
		members[*at] = g.list[i].ID()
		*at++
	}
	firstFact, firstMember := 0, 0
	for i := range g.list {
		if roots[i] == int32(i) {
			of := members[firstMember:memberEnds[i]:memberEnds[i]]
			g.out = append(g.out, g.newEntity(&g.list[i], of, facts[firstFact:factEnds[i]]))
		}
		firstFact, firstMember = factEnds[i], memberEnds[i]
	}
}

// resized returns a slice of a length, with anything in it, in the memory of another one if it has the room.
func resized[T any](s []T, n int) []T { return slices.Grow(s[:0], n)[:n] }

// id returns the id of an atom that something belongs to. There are few of them.
func (g *atoms) id(a graph.Atom) graph.ID {
	id, known := g.ids[a]
	if !known {
		id = a.ID()
		g.ids[a] = id
	}
	return id
}
