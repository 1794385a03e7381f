package badgerstore_test

import (
	"cmp"
	"context"
	"math/rand/v2"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"fangzhi/bench/corpus"
	"fangzhi/edtf"
	"fangzhi/graph"
	"fangzhi/graph/badgerstore"
	"fangzhi/graph/memstore"
)

// tied is a graph in which some have hundreds of events, in the engine and in the naive one.
type tied struct {
	engine, naive graph.Reader
	entities      []*graph.EntityData // those with most events first
	r             *rand.Rand
}

func mustTie(t *testing.T) *tied {
	t.Helper()
	disk, err := badgerstore.Open("", badgerstore.Options{InMemory: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { mustClose(t, disk) })
	c := corpus.New(1000, 1)
	out := &tied{r: rand.New(rand.NewPCG(1, 1))}
	for i, s := range []graph.Store{memstore.New(), disk} {
		l := &corpus.Loader{Store: s}
		for is := range c.Issues() {
			if err := l.Put(t.Context(), is); err != nil {
				t.Fatal(err)
			}
		}
		r, err := s.Snapshot(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(r.Close)
		if i == 0 {
			out.naive = r
		} else {
			out.engine = r
		}
	}
	err = out.naive.EachEntity(t.Context(), "", func(d *graph.EntityData) error {
		out.entities = append(out.entities, d)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.SortStableFunc(out.entities, func(a, b *graph.EntityData) int { return cmp.Compare(b.EventCount, a.EventCount) })
	return out
}

// draw returns so many entities, half of them from those with most events.
func (g *tied) draw(n int) []*graph.EntityData {
	var drawn []*graph.EntityData
	for len(drawn) < n {
		from := g.entities
		if g.r.IntN(2) == 0 {
			from = from[:40]
		}
		if d := from[g.r.IntN(len(from))]; !slices.Contains(drawn, d) {
			drawn = append(drawn, d)
		}
	}
	return drawn
}

func mustRefs(t *testing.T, r graph.Reader, entities []*graph.EntityData) []graph.Ref {
	t.Helper()
	ids := make([]graph.ID, len(entities))
	for i, d := range entities {
		ids[i] = d.ID
	}
	refs, err := r.Refs(t.Context(), ids)
	if err != nil {
		t.Fatal(err)
	}
	return refs
}

// tiedTo is a tie with ids in place of what a reader calls things by.
type tiedTo struct {
	From, To, First graph.ID
	Events          int
	Days            graph.Span
}

func mustResolve(t *testing.T, r graph.Reader, from graph.ID, ties []graph.Tie) []tiedTo {
	t.Helper()
	out := make([]tiedTo, len(ties))
	for i, tie := range ties {
		entities, err := r.EntitiesAt(t.Context(), []graph.Ref{tie.To})
		if err != nil {
			t.Fatal(err)
		}
		events, err := r.EventsAt(t.Context(), []graph.EventRef{tie.First})
		if err != nil {
			t.Fatal(err)
		}
		out[i] = tiedTo{from, entities[0].ID, events[0].ID, tie.Events, tie.Days}
	}
	slices.SortFunc(out, func(a, b tiedTo) int { return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To)) })
	return out
}

func TestTies(t *testing.T) {
	g := mustTie(t)
	t.Run("of many are those of the naive engine", func(t *testing.T) { compareTies(t, g) })
	t.Run("between two lists cost the cheaper side", func(t *testing.T) { countSteps(t, g) })
	t.Run("allocate by the question", func(t *testing.T) { countAllocations(t, g) })
}

// compareTies asks for ties one by one, between two lists and over all events.
func compareTies(t *testing.T, g *tied) {
	ctx := context.Background()
	linkings := []graph.Linking{
		{Kinds: []graph.EntityKind{graph.KindOfficial}, PresentOnly: true}, {Descendants: true, Subordinates: true}, {Kinds: []graph.EntityKind{graph.KindDepartment}, AtPlace: true},
	}
	most := 0
	for round := range 12 {
		l := linkings[round%len(linkings)]
		var f graph.Filter
		if round%4 == 3 {
			year, _ := edtf.NewDay(1950+g.r.IntN(70), 1, 1)
			f.Days = graph.DayRange{From: year, To: year + 3650}
		}
		a, b := g.draw(1+g.r.IntN(12)), g.draw(1+g.r.IntN(40)*(round%3))
		var between, ties, tallies [2][]tiedTo
		for i, r := range []graph.Reader{g.naive, g.engine} {
			from, to := mustRefs(t, r, a), mustRefs(t, r, b)
			found := map[int][]graph.Tie{}
			err := r.Between(ctx, f, l, from, to, func(i, j int, tie graph.Tie) error {
				if tie.To != to[j] {
					t.Errorf("round %d: the tie %+v leads to place %d", round, tie, j)
				}
				found[i] = append(found[i], tie)
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			for at, d := range a {
				between[i] = append(between[i], mustResolve(t, r, d.ID, found[at])...)
			}
			err = r.Ties(ctx, f, l, from[:1], func(_ int, found []graph.Tie) error {
				ties[i] = mustResolve(t, r, a[0].ID, found)
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			all, err := r.Tally(ctx, f, l)
			if err != nil {
				t.Fatal(err)
			}
			tallies[i] = mustResolve(t, r, "", all)
		}
		for what, answers := range map[string][2][]tiedTo{"Between": between, "Ties": ties, "Tally": tallies} {
			if diff := gocmp.Diff(answers[0], answers[1]); diff != "" {
				t.Errorf("round %d: %s(%+v, %+v) of %d and %d entities (-naive +got):\n%s", round, what, f, l, len(a), len(b), diff)
			}
		}
		for _, tie := range slices.Concat(between[0], ties[0]) {
			most = max(most, tie.Events)
		}
	}
	if most < 20 {
		t.Errorf("no two share more than %d events: this test proves nothing", most)
	}
}

// countSteps asks that ties between two lists cost no more than the events of either, and those that both have.
func countSteps(t *testing.T, g *tied) {
	l := graph.Linking{PresentOnly: true}
	officials := slices.DeleteFunc(slices.Clone(g.entities), func(d *graph.EntityData) bool { return d.Kind != graph.KindOfficial })
	few, hubs := officials[len(officials)/2:len(officials)/2+3], officials[:4]
	degree := func(of []*graph.EntityData) (sum int) {
		degrees, err := g.engine.Degrees(t.Context(), l, mustRefs(t, g.engine, of))
		if err != nil {
			t.Fatal(err)
		}
		for i, n := range degrees {
			if n < of[i].EventCount {
				t.Errorf("%s has %d events and degree %d", of[i].ID, of[i].EventCount, n)
			}
			sum += n
		}
		return sum
	}
	if degree(few)*3 > degree(hubs) {
		t.Fatalf("few have %d events, hubs %d: this test proves nothing", degree(few), degree(hubs))
	}
	for _, tt := range []struct {
		name string
		a, b []*graph.EntityData
	}{{"hubs to few", hubs, few}, {"few to hubs", few, hubs}, {"hub to hub", hubs[:1], hubs[1:2]}, {"hubs to hubs", hubs[:2], hubs[2:]}} {
		shared := 0 // events that name one of either, for each of those that are walked over
		for _, sides := range [][2][]*graph.EntityData{{tt.a, tt.b}, {tt.b, tt.a}} {
			n := 0
			for _, d := range sides[0] {
				f := graph.Filter{Links: []graph.LinkCondition{{Kind: d.Kind, Atoms: d.Atoms}, {Kind: d.Kind, Atoms: atomsOf(sides[1])}}}
				both, err := g.engine.Count(t.Context(), f)
				if err != nil {
					t.Fatal(err)
				}
				n += both
			}
			shared = max(shared, n)
		}
		cheaper := min(degree(tt.a), degree(tt.b))
		want := cheaper
		if want >= badgerstore.Sieving() || len(tt.a) == 1 {
			want = min(want, shared)
		}
		walked, looked, err := badgerstore.StepsBetween(g.engine, l, mustRefs(t, g.engine, tt.a), mustRefs(t, g.engine, tt.b))
		if err != nil || walked > cheaper || looked > want {
			t.Errorf("%s: walked over %d events and looked at the links of %d (%v), want at most %d and %d", tt.name, walked, looked, err, cheaper, want)
		}
	}
}

func atomsOf(entities []*graph.EntityData) (atoms []graph.ID) {
	for _, d := range entities {
		atoms = append(atoms, d.Atoms...)
	}
	return atoms
}

// countAllocations asks that a question of many entities makes no list for each: ties are handed out in one that is used again.
func countAllocations(t *testing.T, g *tied) {
	officials := slices.DeleteFunc(slices.Clone(g.entities), func(d *graph.EntityData) bool { return d.Kind != graph.KindOfficial })
	refs := mustRefs(t, g.engine, officials[:60])
	l := graph.Linking{Kinds: []graph.EntityKind{graph.KindOfficial}, PresentOnly: true}
	ask := func() float64 {
		return testing.AllocsPerRun(20, func() {
			if err := g.engine.Ties(context.Background(), graph.Filter{}, l, refs, func(int, []graph.Tie) error { return nil }); err != nil {
				t.Fatal(err)
			}
		})
	}
	if n := ask(); n >= float64(len(refs)) { // one now and then, where what is kept was given up
		t.Errorf("the ties of %d took %.0f allocations", len(refs), n)
	}
}

func TestListsAreMergedAndGalloped(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		drawn := rapid.SliceOfN(rapid.SliceOfN(rapid.Uint32Range(0, 60), 0, 40), 1, 6).Draw(t, "lists")
		var lists, before [][]uint32
		for _, list := range drawn {
			slices.Sort(list)
			list = slices.Compact(list)
			lists, before = append(lists, list), append(before, slices.Clone(list))
		}
		want := slices.Concat(lists...)
		slices.Sort(want)
		want = slices.Compact(want)
		if got := badgerstore.Merged(slices.Clone(lists)...); !slices.Equal(got, want) {
			t.Fatalf("%v are merged to %v", before, got)
		}
		for i := range lists {
			if !slices.Equal(lists[i], before[i]) {
				t.Fatalf("the list %v became %v", before[i], lists[i])
			}
		}
		o := rapid.Uint32Range(0, 70).Draw(t, "o")
		if at, _ := slices.BinarySearch(want, o); badgerstore.Gallop(want, o) != at {
			t.Fatalf("Gallop(%v, %d) = %d, want %d", want, o, badgerstore.Gallop(want, o), at)
		}
	})
}
