package identity

import (
	"cmp"
	"fmt"
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
	ids     []graph.ID           // of atoms, as far as they were asked for
	told    int                  // how many of atoms NewKeys has told of; the first is none
	numbers map[graph.Atom]int32 // of atoms
	last    [2]int32             // those that facts were about last: A and B
	// What an organ and a place say of themselves and of what lies above them is the same every time: it is counted by what they are,
	// and spelled out in List. A document names its county thousands of times; where it holds it as one value, that is found at once.
	organs map[*reading.Organ]*organSaid
	chains map[chainKey]*placeSaid
	named  map[organKey]*organSaid
	places map[placeKey]*placeSaid
	// organSteps and placeSteps are in the order in which they came: what something belongs to stands before it.
	organSteps []*organSaid
	placeSteps []*placeSaid
}

// organSaid is an organ and how often it was said.
type organSaid struct {
	*reading.Organ
	region *placeSaid // nil for the unknown
	parent *organSaid
	atom   int32
	n      int
}

// placeSaid is a place and how often it was said.
type placeSaid struct {
	reading.Place
	above  *placeSaid // nil for the unknown
	name   string     // with the names of what it lies in
	region string     // what a fact says that is of it: the level of the division and name
	atom   int32
	n      int
}

// chainKey is a jurisdiction by the slice that holds its chain.
type chainKey struct {
	first *reading.Place
	depth int
}

// organKey is an organ without its plates and what it was and became.
type organKey struct {
	name   string
	is     graph.DepartmentKind
	region *placeSaid
	parent *organSaid
}

type placeKey struct {
	reading.Place
	above *placeSaid
}

// factKey is a fact without its count. Atoms are numbers; 0 is no atom.
type factKey struct {
	kind  graph.FactKind
	a, b  int32
	value string
}

// NewFacts returns an empty gathering for the mentions of one document.
func NewFacts(scope Scope) *Facts {
	const some = 512 // an issue of fifty events says a thousand things
	return &Facts{
		scope: scope, count: make(map[factKey]int, some), atoms: make([]graph.Atom, 1), told: 1, numbers: map[graph.Atom]int32{{}: 0},
		organs: map[*reading.Organ]*organSaid{}, chains: map[chainKey]*placeSaid{}, named: map[organKey]*organSaid{}, places: map[placeKey]*placeSaid{},
	}
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
	type place struct {
		order uint64 // by kind, of which there are fifteen, and atoms, of which a document of 64 million code points has fewer than 2^28
		key   factKey
		n     int
	}
	places := make([]place, 0, len(f.count))
	for k, n := range f.count {
		order := uint64(k.kind)<<56 | uint64(rank[k.a])<<28 | uint64(rank[k.b])
		places = append(places, place{order, k, n})
	}
	slices.SortFunc(places, func(x, y place) int { // as graph.Fact.Compare
		if x.order != y.order {
			return cmp.Compare(x.order, y.order)
		}
		return strings.Compare(x.key.value, y.key.value)
	})
	facts, atoms := make([]graph.Fact, len(places)), slices.Clone(f.atoms)
	for i := range places {
		k := &places[i].key
		facts[i] = graph.Fact{Kind: k.kind, A: &atoms[k.a], Value: k.value, N: places[i].n}
		if k.b != 0 {
			facts[i].B = &atoms[k.b]
		}
	}
	return facts
}

// spell adds what was counted by organs and places. What belongs to something says that too, as often, so the last come first;
// organs name places, and places no organs.
func (f *Facts) spell() {
	for _, s := range slices.Backward(f.organSteps) {
		f.spellOrgan(s)
		s.n = 0
	}
	for _, s := range slices.Backward(f.placeSteps) {
		f.spellPlace(s)
		s.n = 0
	}
}

func (f *Facts) times(n int, kind graph.FactKind, a, b int32, value string) {
	if n > 0 {
		f.count[factKey{kind, a, b, value}] += n
	}
}

func (f *Facts) value(n int, kind graph.FactKind, a int32, value string) {
	if value != "" {
		f.times(n, kind, a, 0, value)
	}
}

// tie says n times of two atoms, the lesser first, that they are one, or two.
func (f *Facts) tie(n int, kind graph.FactKind, a, b int32) {
	if f.atoms[a].Compare(f.atoms[b]) > 0 {
		a, b = b, a
	}
	f.times(n, kind, a, b, "")
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

// ID returns the id of an atom, which is hashed once.
func (f *Facts) ID(a graph.Atom) graph.ID {
	n := f.number(&a, 0)
	for int(n) >= len(f.ids) {
		f.ids = append(f.ids, "")
	}
	if f.ids[n] == "" {
		f.ids[n] = a.ID()
	}
	return f.ids[n]
}

// NewKeys returns the keys of the blocks of the atoms that were named since it was called last. A key may have been returned before.
func (f *Facts) NewKeys() []string {
	keys := make([]string, 0, len(f.atoms)-f.told)
	for _, a := range f.atoms[f.told:] {
		keys = append(keys, BlockKey(a))
	}
	f.told = len(f.atoms)
	return keys
}

// Seen counts one event that links to the atom.
func (f *Facts) Seen(a graph.Atom) { f.times(1, graph.FactSeen, f.number(&a, 0), 0, "") }

// Official adds what a mention of a person says and returns the atom that links use: the first of the mention's.
func (f *Facts) Official(o *reading.Official) graph.Atom {
	atoms := f.scope.Official(o)
	first := f.number(&atoms[0], 0)
	for i := range atoms[1:] {
		f.times(1, graph.FactTogether, first, f.number(&atoms[i+1], 1), "")
	}
	f.value(1, graph.FactName, first, o.Name)
	kind := graph.FactRegion
	if len(o.Posts) == 0 && !o.RegionStated && !slices.ContainsFunc(o.Roles, func(r graph.OfficialRole) bool { return r != graph.RoleMentioned }) {
		kind = graph.FactScope // who is only named here need not be of here
	}
	for i := range atoms {
		f.region(1, kind, f.number(&atoms[i], 0), f.chain(f.regionOf(o, &atoms[i])))
	}
	for _, p := range o.Posts {
		if p.Organ != nil {
			f.Organ(p.Organ)
			if p.Attests != "" {
				f.value(1, graph.FactPost, first, p.Organ.Name+p.Title)
			}
		}
	}
	return atoms[0]
}

// regionOf returns the jurisdiction that an atom of the mention was keyed by.
func (f *Facts) regionOf(o *reading.Official, a *graph.Atom) reading.Jurisdiction {
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
		f.value(1, graph.FactYear, f.number(&a, 0), strconv.Itoa(year))
	}
}

// Apart says that one article names two officials as different people.
func (f *Facts) Apart(a, b graph.Atom) {
	f.tie(1, graph.FactApart, f.number(&a, 0), f.number(&b, 1))
}

// Organ adds an organ with those that it belongs to, and returns its atom. The organ is not to be changed afterwards.
func (f *Facts) Organ(o *reading.Organ) graph.Atom {
	s := f.organ(o)
	s.n++
	return f.atoms[s.atom]
}

func (f *Facts) organ(o *reading.Organ) *organSaid {
	if s := f.organs[o]; s != nil {
		return s
	}
	key := organKey{name: o.Name, is: o.Type, region: f.chain(o.Region)}
	if o.Parent != nil {
		key.parent = f.organ(o.Parent)
	}
	s := f.named[key]
	if s == nil || !slices.Equal(s.Plates, o.Plates) || !slices.Equal(s.Successors, o.Successors) || !slices.Equal(s.Predecessors, o.Predecessors) {
		atom := f.scope.Organ(o)
		s = &organSaid{Organ: o, region: key.region, parent: key.parent, atom: f.number(&atom, 0)}
		f.named[key] = s
		f.organSteps = append(f.organSteps, s)
	}
	f.organs[o] = s
	return s
}

// spellOrgan adds what an organ says as often as it was named.
func (f *Facts) spellOrgan(s *organSaid) {
	n, a := s.n, s.atom
	f.value(n, graph.FactName, a, s.Name)
	f.value(n, graph.FactType, a, string(s.Type))
	f.region(n, graph.FactRegion, a, s.region)
	if s.parent != nil {
		s.parent.n += n
		f.times(n, graph.FactParent, a, s.parent.atom, s.Parent.Name)
	}
	named := func(name string) int32 {
		atom := f.scope.organNamed(s.Region, name)
		return f.number(&atom, 1)
	}
	for _, plate := range s.Plates {
		if b := named(plate); b != a {
			f.value(n, graph.FactSurface, a, plate)
			f.tie(n, graph.FactTogether, a, b)
		}
	}
	for _, name := range s.Successors {
		f.times(n, graph.FactSuccessor, a, named(name), "")
	}
	for _, name := range s.Predecessors {
		f.times(n, graph.FactPredecessor, a, named(name), "")
	}
}

// Department adds an organ as an article names it.
func (f *Facts) Department(d *reading.Department) graph.Atom {
	s := f.organ(&d.Organ)
	s.n++
	for _, surface := range d.Surfaces {
		f.value(1, graph.FactSurface, s.atom, surface)
	}
	return f.atoms[s.atom]
}

// Location adds a place as an article names it, with the places around it.
func (f *Facts) Location(l *reading.Location) graph.Atom {
	s := f.place(l.Place, l.Above)
	s.n++
	for _, surface := range l.Surfaces {
		f.value(1, graph.FactSurface, s.atom, surface)
	}
	for _, code := range l.Successors {
		f.times(1, graph.FactSuccessor, s.atom, f.number(&graph.Atom{Kind: graph.KindLocation, Code: code}, 1), "")
	}
	return f.atoms[s.atom]
}

// Region adds the division that a document belongs to and returns its atom, which is zero for the unknown.
func (f *Facts) Region(j reading.Jurisdiction) graph.Atom {
	s := f.chain(j)
	if s == nil {
		return graph.Atom{}
	}
	s.n++
	return f.atoms[s.atom]
}

// Above adds the places of a chain and returns their atoms, nearest first.
func (f *Facts) Above(j reading.Jurisdiction) []graph.Atom {
	var atoms []graph.Atom
	for s := f.chain(j); s != nil; s = s.above {
		s.n++
		atoms = append(atoms, f.atoms[s.atom])
	}
	return atoms
}

// chain returns a jurisdiction, nil for the unknown.
func (f *Facts) chain(j reading.Jurisdiction) *placeSaid {
	if !j.Known() {
		return nil
	}
	key := chainKey{&j.Chain[0], len(j.Chain)}
	s := f.chains[key]
	if s == nil {
		s = f.place(j.Self(), j.Parent())
		f.chains[key] = s
	}
	return s
}

func (f *Facts) place(p reading.Place, in reading.Jurisdiction) *placeSaid {
	key := placeKey{p, f.chain(in)}
	s := f.places[key]
	if s == nil {
		atom := f.scope.Place(p, in)
		s = &placeSaid{Place: p, above: key.above, name: p.Name, atom: f.number(&atom, 0)}
		if s.above != nil {
			s.name = s.above.name + p.Name
		}
		s.region = string(p.Type) + " " + s.name
		f.places[key] = s
		f.placeSteps = append(f.placeSteps, s)
	}
	return s
}

// spellPlace adds what a place says as often as it was named.
func (f *Facts) spellPlace(s *placeSaid) {
	n, a := s.n, s.atom
	f.value(n, graph.FactName, a, s.Name)
	f.value(n, graph.FactType, a, string(s.Type))
	if s.Code != "" {
		f.value(n, graph.FactCode, a, fmt.Sprintf("%s %d %d", s.Code, s.ValidFrom, s.ValidTo))
	}
	if s.above != nil {
		s.above.n += n
		f.times(n, graph.FactParent, a, s.above.atom, s.above.name)
	}
}

// region says n times whose official or organ an atom is, or where it is only named; of nobody where that is unknown.
func (f *Facts) region(n int, kind graph.FactKind, a int32, of *placeSaid) {
	if of != nil {
		of.n += n
		f.times(n, kind, a, of.atom, of.region)
	}
}

// level returns the kind of division that a region fact speaks of, and its full name.
func level(fact graph.Fact) (graph.LocationKind, string) {
	kind, name, _ := strings.Cut(fact.Value, " ")
	return graph.LocationKind(kind), name
}
