package badgerstore

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"fangzhi/graph"
	"fangzhi/graph/storetest"
)

// An issue that names whom the graph knows, and tells nothing new of them, writes and reads no entity: one record says how many events they all have.
func TestAnIssueOfKnownNamesWritesNoEntity(t *testing.T) {
	s := openInMemory(t)
	issue := func(year int) *graph.IssueData {
		return storetest.NewIssue(storetest.Yearbook, year, 0, storetest.Entry{
			Title: "甲", EDTF: "1990", Kind: graph.EventKindEvent, Basis: graph.BasisExplicit,
			Links: []storetest.Link{
				{Name: "沈知秋", Official: []graph.OfficialRole{graph.RoleAttend}}, {Name: "云河区政府", Department: graph.DeptHost}, {Name: "云河广场", Place: true},
			},
		})
	}
	if err := storetest.Load(t.Context(), s, issue(1990)); err != nil {
		t.Fatal(err)
	}
	r := mustSnapshot(t, s)
	b, err := storetest.Batch(t.Context(), r, nil, issue(1991))
	if err != nil {
		t.Fatal(err)
	}
	if len(b.Entities) < 3 {
		t.Fatalf("%d entities change: this test proves nothing", len(b.Entities))
	}
	looked := 0
	watch := func(key []byte) {
		if key[0] == keyEntity {
			looked++
		}
	}
	onFind.Store(&watch)
	defer onFind.Store(nil)
	c, err := newChanges(t.Context(), r, b)
	if err != nil {
		t.Fatal(err)
	}
	written := map[byte]int{}
	for key := range c.byID {
		written[key[0]]++
	}
	for kind, want := range map[byte]int{keyEntity: 0, keyName: 0, keyChild: 0, keyAtoms: 0, keyTotals: 1} {
		if written[kind] != want {
			t.Errorf("%d keys of %q are written, want %d", written[kind], kind, want)
		}
	}
	if looked > 0 {
		t.Errorf("%d entities are read", looked)
	}
}

// Whatever an update changes of an entity but the number of its events, it has another face.
func TestAFaceIsOfAllButTheNumberOfEvents(t *testing.T) {
	n := 0
	f := filler{full: true, text: func(label string) string { return label }, n: func(most int) int {
		n++
		return n % (most + 1)
	}}
	var e graph.EntityData
	f.fill(reflect.ValueOf(&e).Elem(), "")
	f.text = func(label string) string { return "another " + label }
	for i := range reflect.TypeFor[graph.EntityData]().NumField() {
		name, other := reflect.TypeFor[graph.EntityData]().Field(i).Name, e
		for reflect.DeepEqual(e, other) {
			f.fill(reflect.ValueOf(&other).Elem().Field(i), name)
		}
		if same := faceOf(&e) == faceOf(&other); same != (name == "EventCount") {
			t.Errorf("with another %s the face is the same: %v", name, same)
		}
	}
}

// Each state shows the numbers of its own updates, and what is read from the disk is the same, whichever records were made one of several.
func TestNumbersOfEventsAreThoseOfTheState(t *testing.T) {
	Tune(t, Tuning{ManyFresh: 4096, FewToSort: 512, Sorting: 4, Looking: 4, ManyDocs: 8, FullRecord: 3, ManySmall: 3})
	const entities = 40
	merged, all := 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		s, err := Open("", Options{InMemory: true, Bulk: rapid.Bool().Draw(rt, "bulk")})
		if err != nil {
			rt.Fatal(err)
		}
		defer s.Close()
		type shown struct {
			r    *snapshot
			want map[graph.ID]int
		}
		var states []shown
		check := func(r graph.Reader, want map[graph.ID]int) {
			rt.Helper()
			got := map[graph.ID]int{}
			for i := range entities {
				found, err := r.Entities(t.Context(), []graph.ID{graph.ID(fmt.Sprint("o", i))})
				if err != nil {
					rt.Fatal(err)
				}
				if found[0] != nil {
					got[found[0].ID] = found[0].EventCount
				}
			}
			if !maps.Equal(got, want) {
				rt.Fatalf("a state shows %v, want %v", got, want)
			}
		}
		is := map[graph.ID]int{}
		for range rapid.IntRange(1, 25).Draw(rt, "updates") {
			b := &graph.Batch{Atoms: map[graph.ID]graph.ID{}}
			was := maps.Clone(is)
			from := rapid.IntRange(0, entities-1).Draw(rt, "from")
			to := min(from+rapid.SampledFrom([]int{1, 2, 30}).Draw(rt, "many"), entities)
			for i := from; i < to; i++ {
				id := graph.ID(fmt.Sprint("o", i))
				put, drop := rapid.IntRange(0, 4).Draw(rt, "put") > 0, rapid.IntRange(0, 4).Draw(rt, "drop") == 0
				if drop {
					b.DropEntities = append(b.DropEntities, id)
					b.Atoms[id] = ""
					delete(is, id)
				}
				if put {
					n := rapid.SampledFrom([]int{0, 1, 2, 300, math.MaxUint32}).Draw(rt, "events")
					b.Entities = append(b.Entities, graph.EntityData{ID: id, Kind: graph.KindOfficial, Name: "甲", Atoms: []graph.ID{id}, EventCount: n})
					b.Atoms[id] = id
					is[id] = n
				}
			}
			b.Publications = []graph.Publication{{ID: invented, Key: "云河大事", Title: "云河大事"}}
			before := s.current.index
			err := s.Update(t.Context(), func(r graph.Reader) (*graph.Batch, error) {
				check(r, was) // what the last updates wrote is remembered
				return b, nil
			})
			if err != nil {
				rt.Fatal(err)
			}
			r, err := s.snapshot(t.Context())
			if err != nil {
				rt.Fatal(err)
			}
			defer r.Close()
			states = append(states, shown{r, maps.Clone(is)})
			if rapid.Bool().Draw(rt, "asked") { // and kept
				check(r, is)
			}
			if len(r.index.totalled) > 0 && len(r.index.totalled) <= len(before.totalled) && !slices.Equal(r.index.totalled, before.totalled) {
				if merged++; len(r.index.totalled) == 1 {
					all++
				}
			}
			read, err := readIndex(r.txn)
			if err != nil {
				rt.Fatal(err)
			}
			if !slices.Equal(read.totalled, r.index.totalled) || !slices.Equal(read.counts.Totals, r.index.counts.Totals) {
				rt.Fatalf("the records %v of %v entities are there, and should be %v of %v", read.counts.Totals, read.totalled, r.index.counts.Totals, r.index.totalled)
			}
			for i, id := range read.atoms {
				if got := int(read.totals.at(uint32(i))); got != is[id] {
					rt.Fatalf("%s has %d events when it is read, want %d", id, got, is[id])
				}
			}
		}
		for _, st := range states {
			check(st.r, st.want)
		}
	})
	if merged == 0 || all == 0 {
		t.Errorf("%d merges, %d of all: this test does not reach them", merged, all)
	}
}

// However many updates there are, and whatever they name, the records are few, and hold not much more together than one of all entities.
func TestRecordsOfNumbersOfEventsStayFew(t *testing.T) {
	s, err := Open("", Options{InMemory: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	const entities, each, updates = 10_000, 30, 1500
	random := rand.New(rand.NewPCG(1, 2))
	written := 0
	for i := range updates {
		b := &graph.Batch{}
		for j := range each {
			number := random.IntN(entities)
			if j%3 == 0 {
				number = j // whom each issue names
			}
			id := graph.ID(fmt.Sprint("o", number))
			if !slices.ContainsFunc(b.Entities, func(e graph.EntityData) bool { return e.ID == id }) {
				b.Entities = append(b.Entities, graph.EntityData{ID: id, Kind: graph.KindOfficial, Name: "甲", Atoms: []graph.ID{id}, EventCount: i + 1})
			}
		}
		mustUpdate(t, s, b)
		x := s.current.index
		written += x.totalled[len(x.totalled)-1]
		held := 0
		for _, n := range x.totalled {
			held += n
		}
		if len(x.totalled) > manySmall+8 || held > 2*x.counts.Entities+manySmall*each {
			t.Fatalf("after %d updates %d entities stand in records of %v", i+1, x.counts.Entities, x.totalled)
		}
	}
	t.Logf("%.1f times is written what an update changes", float64(written)/(updates*each))
	if most := 5 * updates * each; written > most {
		t.Errorf("%d numbers are written, want %d at most", written, most)
	}
}

// An update that is refused when all is planned leaves the state with the records that it has, also where it would have made one of several.
func TestARefusedUpdateLeavesTheRecordsOfNumbersOfEvents(t *testing.T) {
	s := openInMemory(t)
	entity := func(name string, n int) *graph.Batch {
		return &graph.Batch{Entities: []graph.EntityData{{ID: "o1", Kind: graph.KindOfficial, Name: name, EventCount: n}}}
	}
	merged := false
	for n := 1; n <= 2*manySmall; n++ {
		x := s.current.index
		records, totalled := slices.Clone(x.counts.Totals), slices.Clone(x.totalled)
		err := s.Update(t.Context(), func(graph.Reader) (*graph.Batch, error) {
			b := entity(strings.Repeat("长", maxKeyBytes), n)
			b.Entities = append(b.Entities, graph.EntityData{ID: "o2", Kind: graph.KindOfficial, Name: "乙", EventCount: n})
			return b, nil
		})
		if !errors.Is(err, graph.ErrBadInput) {
			t.Fatalf("a name that no key holds: %v", err)
		}
		if !slices.Equal(x.counts.Totals, records) || !slices.Equal(x.totalled, totalled) {
			t.Fatalf("update %d is refused, and leaves the records %v of %v entities, want %v of %v", n, x.counts.Totals, x.totalled, records, totalled)
		}
		mustUpdate(t, s, entity("甲", n))
		merged = merged || len(s.current.index.totalled) < len(totalled)
	}
	if !merged {
		t.Error("no records are made one: this test proves nothing")
	}
}

// What is no list of atoms that are there, ascending, is noticed when the graph is opened, and so is a record too many.
func TestDamagedNumbersOfEventsAreNoticed(t *testing.T) {
	const (
		atoms = 300
		ok    = ""
	)
	for name, tt := range map[string]struct {
		b    []byte
		want error
	}{
		"two":                      {[]byte{0, 1, 5, 2}, nil},
		"none":                     {nil, nil},
		"the last atom":            {[]byte{0xab, 2, 7}, nil},
		"an atom too many":         {[]byte{0xac, 2, 7}, ErrCorrupt},
		"one step too many":        {[]byte{1, 7, 0xab, 2, 7}, ErrCorrupt},
		"an atom twice":            {[]byte{3, 1, 0, 1}, ErrCorrupt},
		"no number":                {[]byte{3, 1, 4}, ErrCorrupt},
		"half a number":            {[]byte{3, 1, 4, 0x80}, ErrCorrupt},
		"a number beyond 32 bits":  {[]byte{3, 0x80, 0x80, 0x80, 0x80, 0x10}, ErrCorrupt},
		"a step that comes around": {[]byte{3, 1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 1}, ErrCorrupt},
	} {
		if err := eachTotal(tt.b, atoms, func(uint32, uint32) {}); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", name, err, tt.want)
		}
	}
	for name, damage := range map[string]func(s *Store) error{
		ok: func(*Store) error { return nil },
		"an atom too many": func(s *Store) error {
			key := numberKey(keyTotals, 0)
			return s.Set(string(key), seal(key, plain, []byte{100, 1}))
		},
		"a record that is no more": func(s *Store) error { return s.Take(string(numberKey(keyTotals, 1))) },
		"the last is no more":      func(s *Store) error { return s.Take(string(numberKey(keyTotals, 2))) },
		"another record": func(s *Store) error {
			key := numberKey(keyTotals, 3)
			return errors.Join(s.Take(string(numberKey(keyTotals, 1))), s.Set(string(key), seal(key, plain, []byte{0, 1})))
		},
		"a record too many": func(s *Store) error {
			key := numberKey(keyTotals, 3)
			return s.Set(string(key), seal(key, plain, []byte{0, 1}))
		},
	} {
		dir := t.TempDir()
		s, err := Open(dir, Options{})
		if err != nil {
			t.Fatal(err)
		}
		for i := range 3 {
			mustUpdate(t, s, &graph.Batch{Entities: []graph.EntityData{{ID: "o1", Kind: graph.KindOfficial, Name: "甲", EventCount: i + 1}}})
		}
		if err := errors.Join(damage(s), s.Close()); err != nil {
			t.Fatal(err)
		}
		s, err = Open(dir, Options{})
		if (name != ok) != errors.Is(err, ErrCorrupt) {
			t.Errorf("%s: Open says %v", name, err)
		}
		if err == nil {
			s.Close()
		}
	}
}
