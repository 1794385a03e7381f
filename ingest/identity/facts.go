package identity

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"fangzhi/graph"
	"fangzhi/loader/reading"
)

// Facts gathers what one document says of the names in it. The zero value is not usable: see NewFacts.
type Facts struct {
	scope   Scope
	count   map[factKey]int
	atoms   []graph.Atom
	numbers map[graph.Atom]int32 // of atoms
	last    [2]int32             // those that facts were about last: A and B
	// What an organ and a place say of themselves and of what lies above them is the same every time: it is counted by the value that
	// the reading holds, and spelled out in List. A document names its county thousands of times.
	organs map[*reading.Organ]*said
	chains map[chainKey]*said
	// organSteps and chainSteps are in the order in which they came: what something belongs to stands before it.
	organSteps []organStep
	chainSteps []chainStep
}

// said is the atom of an organ or a place, and how often it was said.
type said struct {
	atom graph.Atom
	n    int
}

// chainKey is a jurisdiction by the slice that holds its chain.
type chainKey struct {
	first *reading.Place
	depth int
}

type organStep struct {
	organ *reading.Organ
	*said
}

type chainStep struct {
	chain reading.Jurisdiction
	*said
}

// factKey is a fact without its count. Atoms are numbers; 0 is no atom.
type factKey struct {
	kind  graph.FactKind
	a, b  int32
	value string
}

// NewFacts returns an empty gathering for the mentions of one document.
func NewFacts(scope Scope) *Facts {
	return &Facts{scope: scope, count: map[factKey]int{}, atoms: make([]graph.Atom, 1), numbers: map[graph.Atom]int32{{}: 0}, organs: map[*reading.Organ]*said{}, chains: map[chainKey]*said{}}
}

// List returns the facts in their order. One that ties atoms of two blocks stands in each block by SplitBlocks.
func (f *Facts) List() []graph.Fact {
	f.spell()
	order, rank := make([]int32, len(f.atoms)), make([]int32, len(f.atoms))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(i, j int32) int { return f.atoms[i].Compare(f.atoms[j]) })
	for i, n := range order {
		rank[n] = int32(i)
	}
	keys := slices.SortedFunc(maps.Keys(f.count), func(x, y factKey) int { // as graph.Fact.Compare
		if c := strings.Compare(string(x.kind), string(y.kind)); c != 0 {
			return c
		}
		if c := cmp.Compare(rank[x.a], rank[y.a]); c != 0 {
			return c
		}
		if c := cmp.Compare(rank[x.b], rank[y.b]); c != 0 {
			return c
		}
		return strings.Compare(x.value, y.value)
	})
	facts := make([]graph.Fact, len(keys))
	for i, k := range keys {
		facts[i] = graph.Fact{Kind: k.kind, A: f.atoms[k.a], B: f.atoms[k.b], Value: k.value, N: f.count[k]}
	}
	return facts
}

// spell adds what was counted by organs and chains. What belongs to something says that too, as often, so the last come first;
// organs name chains, and chains no organs.
func (f *Facts) spell() {
	for _, s := range slices.Backward(f.organSteps) {
		f.spellOrgan(s.organ, s.atom, s.n)
		s.n = 0
	}
	for _, s := range slices.Backward(f.chainSteps) {
		f.spellPlace(s.chain.Self(), s.chain.Parent(), s.atom, s.n)
		s.n = 0
	}
}

func (f *Facts) add(kind graph.FactKind, a, b graph.Atom) { f.times(1, kind, a, b, "") }

func (f *Facts) times(n int, kind graph.FactKind, a, b graph.Atom, value string) {
	if n == 0 {
		return
	}
	f.count[factKey{kind, f.number(&a, 0), f.number(&b, 1), value}] += n
}

// number returns the number of an atom, which is the one that facts were about last in most cases.
func (f *Facts) number(a *graph.Atom, last int) int32 {
	if n := f.last[last]; f.atoms[n] == *a {
		return n
	}
	n, known := f.numbers[*a]
	if !known {
		n = int32(len(f.atoms))
		f.atoms = append(f.atoms, *a)
		f.numbers[*a] = n
	}
	f.last[last] = n
	return n
}

func (f *Facts) value(n int, kind graph.FactKind, a graph.Atom, value string) {
	if value != "" {
		f.times(n, kind, a, graph.Atom{}, value)
	}
}

// Seen counts one event that links to the atom.
func (f *Facts) Seen(a graph.Atom) { f.add(graph.FactSeen, a, graph.Atom{}) }

// Official adds what a mention of a person says and returns the atom that links use: the first of the mention's.
func (f *Facts) Official(o *reading.Official) graph.Atom {
	atoms := f.scope.Official(o)
	first := atoms[0]
	for _, other := range atoms[1:] {
		f.add(graph.FactTogether, first, other)
	}
	f.value(1, graph.FactName, first, o.Name)
	kind := graph.FactRegion
	if len(o.Posts) == 0 && !o.RegionStated && !slices.ContainsFunc(o.Roles, func(r graph.OfficialRole) bool { return r != graph.RoleMentioned }) {
		kind = graph.FactScope // who is only named here need not be of here
	}
	for _, a := range atoms {
		f.region(1, kind, a, f.regionOf(o, a))
	}
	for _, p := range o.Posts {
		if p.Organ != nil {
			f.Organ(p.Organ)
			if p.Attests != "" {
				f.value(1, graph.FactPost, first, p.Organ.Name+p.Title)
			}
		}
	}
	return first
}

// regionOf returns the jurisdiction that an atom of the mention was keyed by.
func (f *Facts) regionOf(o *reading.Official, a graph.Atom) reading.Jurisdiction {
	for _, p := range o.Posts {
		if p.Organ != nil && f.scope.code(p.Organ.Region) == a.Code {
			return p.Organ.Region
		}
	}
	return f.scope.regionOf(o)
}

// Year says that an official is shown to be there in the years of a date; one that covers more than two says too little.
func (f *Facts) Year(a graph.Atom, d graph.EventDate) {
	if d.Start() == 0 || d.End() == 0 {
		return
	}
	first, _, _ := d.Start().Date()
	last, _, _ := d.End().Date()
	for year := first; year <= last && last-first < 2; year++ {
		f.value(1, graph.FactYear, a, strconv.Itoa(year))
	}
}

// Apart says that one article names two officials as different people.
func (f *Facts) Apart(a, b graph.Atom) {
	if a.Compare(b) > 0 {
		a, b = b, a
	}
	f.add(graph.FactApart, a, b)
}

// Organ adds an organ with those that it belongs to, and returns its atom. The organ is not to be changed afterwards.
func (f *Facts) Organ(o *reading.Organ) graph.Atom { return f.organ(o, 1) }

func (f *Facts) organ(o *reading.Organ, n int) graph.Atom {
	c := f.organs[o]
	if c == nil {
		c = &said{atom: f.scope.Organ(o)}
		if o.Parent != nil {
			f.organ(o.Parent, 0)
		}
		f.organs[o] = c
		f.organSteps = append(f.organSteps, organStep{o, c})
	}
	c.n += n
	return c.atom
}

// spellOrgan adds what an organ that was named n times says.
func (f *Facts) spellOrgan(o *reading.Organ, a graph.Atom, n int) {
	f.value(n, graph.FactName, a, o.Name)
	f.value(n, graph.FactType, a, string(o.Type))
	f.region(n, graph.FactRegion, a, o.Region)
	if o.Parent != nil {
		f.times(n, graph.FactParent, a, f.organ(o.Parent, n), o.Parent.Name)
	}
	for _, plate := range o.Plates {
		b := f.scope.organNamed(o.Region, plate)
		if b == a {
			continue
		}
		f.value(n, graph.FactSurface, a, plate)
		first, second := a, b
		if first.Compare(second) > 0 {
			first, second = second, first
		}
		f.times(n, graph.FactTogether, first, second, "")
	}
	for _, name := range o.Successors {
		f.times(n, graph.FactSuccessor, a, f.scope.organNamed(o.Region, name), "")
	}
	for _, name := range o.Predecessors {
		f.times(n, graph.FactPredecessor, a, f.scope.organNamed(o.Region, name), "")
	}
}

// Department adds an organ as an article names it.
func (f *Facts) Department(d *reading.Department) graph.Atom {
	a := f.Organ(&d.Organ)
	for _, surface := range d.Surfaces {
		f.value(1, graph.FactSurface, a, surface)
	}
	return a
}

// Location adds a place as an article names it, with the places around it.
func (f *Facts) Location(l *reading.Location) graph.Atom {
	a := f.scope.Place(l.Place, l.Above)
	f.spellPlace(l.Place, l.Above, a, 1)
	for _, surface := range l.Surfaces {
		f.value(1, graph.FactSurface, a, surface)
	}
	for _, code := range l.Successors {
		f.add(graph.FactSuccessor, a, graph.Atom{Kind: graph.KindLocation, Code: code})
	}
	return a
}

// Region adds the division that a document belongs to and returns its atom, which is zero for the unknown.
func (f *Facts) Region(j reading.Jurisdiction) graph.Atom { return f.chain(j, 1) }

// Above returns the atoms of the places of a chain, nearest first.
func (f *Facts) Above(j reading.Jurisdiction) []graph.Atom {
	var atoms []graph.Atom
	for ; j.Known(); j = j.Parent() {
		atoms = append(atoms, f.chain(j, 1))
	}
	return atoms
}

// chain counts a jurisdiction n times and returns its atom.
func (f *Facts) chain(j reading.Jurisdiction, n int) graph.Atom {
	if !j.Known() {
		return graph.Atom{}
	}
	key := chainKey{&j.Chain[0], len(j.Chain)}
	c := f.chains[key]
	if c == nil {
		c = &said{atom: f.scope.Place(j.Self(), j.Parent())}
		f.chain(j.Parent(), 0)
		f.chains[key] = c
		f.chainSteps = append(f.chainSteps, chainStep{j, c})
	}
	c.n += n
	return c.atom
}

// spellPlace adds what a place that was named n times says.
func (f *Facts) spellPlace(p reading.Place, above reading.Jurisdiction, a graph.Atom, n int) {
	f.value(n, graph.FactName, a, p.Name)
	f.value(n, graph.FactType, a, string(p.Type))
	if p.Code != "" {
		f.value(n, graph.FactCode, a, fmt.Sprintf("%s %d %d", p.Code, p.ValidFrom, p.ValidTo))
	}
	if above.Known() {
		f.times(n, graph.FactParent, a, f.chain(above, n), above.Name())
	}
}

// region says n times whose official or organ an atom is, or where it is only named. Value is the level of the division and its
// full name.
func (f *Facts) region(n int, kind graph.FactKind, a graph.Atom, j reading.Jurisdiction) {
	if j.Known() {
		f.times(n, kind, a, f.chain(j, n), string(j.Self().Type)+" "+j.Name())
	}
}

// SplitBlocks sorts the facts of documents into the blocks of their atoms, by key: in a block they are in their order, each once.
// A fact that ties two names stands in both.
func SplitBlocks(documents ...[]graph.Fact) map[string][]graph.Fact {
	parts := map[string][]*graph.Fact{} // a fact is twenty words long
	keys := map[graph.Atom]string{}
	keyOf := func(a graph.Atom) string {
		key, known := keys[a]
		if !known {
			key = BlockKey(a)
			keys[a] = key
		}
		return key
	}
	for _, facts := range documents {
		var key string
		for i := range facts {
			fact := &facts[i]
			if i == 0 || fact.A != facts[i-1].A {
				key = keyOf(fact.A)
			}
			parts[key] = append(parts[key], fact)
			if fact.Kind == graph.FactTogether {
				if other := keyOf(fact.B); other != key {
					parts[other] = append(parts[other], fact)
				}
			}
		}
	}
	blocks := make(map[string][]graph.Fact, len(parts))
	for key, facts := range parts {
		blocks[key] = once(facts)
	}
	return blocks
}

// once returns the facts in their order, each once with all its counts; it changes the slice.
func once(facts []*graph.Fact) []graph.Fact {
	slices.SortFunc(facts, (*graph.Fact).Compare)
	others := 0
	for i, f := range facts {
		if i == 0 || f.Compare(facts[i-1]) != 0 {
			others++
		}
	}
	sum := make([]graph.Fact, 0, others)
	for _, f := range facts {
		if n := len(sum); n > 0 && sum[n-1].Compare(f) == 0 {
			sum[n-1].N += f.N
		} else {
			sum = append(sum, *f)
		}
	}
	return sum
}

// Ties calls use with the keys of the other blocks that the facts of a block lead to.
func Ties(block *graph.Block, use func(key string)) {
	for i := range block.Facts {
		if f := &block.Facts[i]; f.Kind == graph.FactTogether {
			for _, a := range []graph.Atom{f.A, f.B} {
				if key := BlockKey(a); key != block.Key {
					use(key)
				}
			}
		}
	}
}

// Sum returns facts in their order, each once with all its counts.
func Sum(facts []graph.Fact) []graph.Fact {
	all := make([]*graph.Fact, len(facts))
	for i := range facts {
		all[i] = &facts[i]
	}
	return once(all)
}

// Add returns the sum of two lists of facts, both in their order; sign -1 takes the second away. Facts of which
// none are left are dropped. It takes one walk over both, so that a name that everybody knows costs what is said of it.
func Add(a, b []graph.Fact, sign int) []graph.Fact {
	sum := make([]graph.Fact, 0, len(a)+len(b))
	for len(a) > 0 || len(b) > 0 {
		var f graph.Fact
		switch order := firstOf(a, b); {
		case order < 0:
			f, a = a[0], a[1:]
		case order > 0:
			f, b = b[0], b[1:]
			f.N *= sign
		default:
			f = a[0]
			f.N += sign * b[0].N
			a, b = a[1:], b[1:]
		}
		if f.N != 0 {
			sum = append(sum, f)
		}
	}
	return sum
}

// firstOf tells which of two lists, not both empty, has the lesser first fact: below zero for a.
func firstOf(a, b []graph.Fact) int {
	switch {
	case len(a) == 0:
		return 1
	case len(b) == 0:
		return -1
	}
	return a[0].Compare(&b[0])
}

// level returns the kind of division that a region fact speaks of, and its full name.
func level(fact graph.Fact) (graph.LocationKind, string) {
	kind, name, _ := strings.Cut(fact.Value, " ")
	return graph.LocationKind(kind), name
}
