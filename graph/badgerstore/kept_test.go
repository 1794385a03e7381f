package badgerstore

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"fangzhi/graph"
	"fangzhi/graph/storetest"
)

// What is kept of a question keeps nothing of the text that the question stood in, nor what is kept of an answer the rest of that.
func TestWhatIsKeptKeepsNoQuestion(t *testing.T) {
	const (
		questions = 64
		padding   = 1 << 20 // bytes
	)
	for _, tt := range []struct {
		name string
		ask  func(r *snapshot, id graph.ID, text string) error
	}{
		{"ids of events", func(r *snapshot, id graph.ID, _ string) error {
			_, err := r.EventsByID(t.Context(), []graph.ID{id})
			return err
		}},
		{"ids of bodies", func(r *snapshot, id graph.ID, _ string) error {
			_, err := r.Bodies(t.Context(), []graph.ID{id})
			return err
		}},
		{"texts", func(r *snapshot, _ graph.ID, text string) error {
			_, err := r.Search(t.Context(), graph.Filter{}, text, graph.HitPage{First: 1})
			return err
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s, err := Open("", Options{InMemory: true})
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			entries := make([]storetest.Entry, questions)
			for i := range entries {
				entries[i] = storetest.Entry{Title: fmt.Sprintf("甲%d会", i), EDTF: "2021-01-05", Kind: graph.EventKindEvent, Basis: graph.BasisExplicit}
			}
			d := storetest.NewIssue(storetest.Monthly, 2021, 1, entries...)
			err = s.Update(t.Context(), func(r graph.Reader) (*graph.Batch, error) { return storetest.Batch(t.Context(), r, nil, d) })
			if err != nil {
				t.Fatal(err)
			}
			before := inUse()
			for i := range questions {
				id := string(d.Events[i].ID)
				text := fmt.Sprintf("甲%d会", i)
				question := strings.Repeat(" ", padding) + id + text
				r, err := s.snapshot(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				if err := tt.ask(r, graph.ID(question[padding:padding+len(id)]), question[padding+len(id):]); err != nil {
					t.Fatal(err)
				}
				r.Close()
			}
			if more := inUse() - before; more > questions*padding/4 {
				t.Errorf("%d questions of %d bytes keep %d bytes", questions, padding, more)
			}
			runtime.KeepAlive(s)
		})
	}
}

// What is kept of a string that is nowhere, or nowhere twice, weighs no less than the memory that it takes, however many segments were asked.
func TestFindingsWeighWhatTheyTake(t *testing.T) {
	s := openInMemory(t)
	d := storetest.NewIssue(storetest.Monthly, 2021, 1, storetest.Entry{Title: "甲", EDTF: "2021-01-05", Kind: graph.EventKindEvent, Basis: graph.BasisExplicit})
	if err := storetest.Load(t.Context(), s, d); err != nil {
		t.Fatal(err)
	}
	if err := s.drain(); err != nil {
		t.Fatal(err)
	}
	r := mustSnapshot(t, s)
	segments := slices.Repeat(r.index.segments, manySegments)
	found, weight, before := make([]*indexed, 1000), 0, inUse()
	for i := range found {
		var err error
		if found[i], err = r.searched(t.Context(), fmt.Sprint("乙", i), segments); err != nil {
			t.Fatal(err)
		}
		weight += found[i].weight
	}
	if more := inUse() - before; more > 4*weight {
		t.Errorf("%d strings keep %d bytes and weigh %d", len(found), more, weight)
	}
	runtime.KeepAlive(found)
}

// However short bodies are, those that are kept are bounded.
func TestEmptyBodiesHaveAWeight(t *testing.T) {
	s := openInMemory(t)
	d := storetest.NewIssue(storetest.Monthly, 2021, 1, storetest.Entry{Title: "甲", EDTF: "2021-01-05", Kind: graph.EventKindEvent, Basis: graph.BasisExplicit})
	d.Bodies[0] = ""
	if err := storetest.Load(t.Context(), s, d); err != nil {
		t.Fatal(err)
	}
	r := mustSnapshot(t, s)
	if _, err := r.Bodies(t.Context(), []graph.ID{d.Events[0].ID}); err != nil {
		t.Fatal(err)
	}
	if bodies := r.state.kept.bodies; len(bodies.young) != 1 || bodies.weight < 1 {
		t.Errorf("%d bodies of weight %d are kept", len(bodies.young), bodies.weight)
	}
}

// What is put again and again, as the last heads are with each update, takes its room once.
func TestWhatIsKeptIsWeighedOnce(t *testing.T) {
	c := newCache[string, int](10)
	c.put("old", 1, 1)
	for i := range 100 {
		c.put("new", i, 9)
	}
	if v, ok := c.get("old"); !ok || v != 1 || c.weight != 10 {
		t.Errorf("what was put before is %v, %v; the weight is %d, want 10", v, ok, c.weight)
	}
	c.drop("new")
	if c.drop("none"); c.weight != 1 {
		t.Errorf("what is dropped leaves a weight of %d, want 1", c.weight)
	}
}

// inUse returns how many bytes of memory are in use.
func inUse() int {
	var m runtime.MemStats
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&m)
	return int(m.HeapAlloc)
}

// Blocks that were read of a state are there for the update of that state, and of no other one. A state keeps so many and no more.
func TestBlocksAreKeptForTheUpdate(t *testing.T) {
	s := openInMemory(t)
	block := func(key string, n int) graph.Block {
		return graph.Block{Key: key, Facts: []graph.Fact{{Kind: graph.FactSeen, A: &graph.Atom{Kind: graph.KindOfficial, Name: key}, N: n}}}
	}
	many := &graph.Batch{}
	var keys []string
	for i := range manyBlocks + 2 {
		key := fmt.Sprintf("%05d", i)
		keys, many.Blocks = append(keys, key), append(many.Blocks, block(key, 1))
	}
	mustUpdate(t, s, many)
	var looked atomic.Int64 // blocks are read by two
	watch := func(key []byte) {
		if key[0] == keyBlock {
			looked.Add(1)
		}
	}
	onFind.Store(&watch)
	defer onFind.Store(nil)
	readAhead := func(keys ...string) {
		r, err := s.snapshot(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		if _, err := r.Blocks(t.Context(), keys); err != nil {
			t.Fatal(err)
		}
	}
	change := func(key string, n int) (looks int64) {
		before := looked.Load()
		err := s.Update(t.Context(), func(r graph.Reader) (*graph.Batch, error) {
			read, err := r.Blocks(t.Context(), []string{key})
			if err == nil && read[0].Facts[0].N != n-1 {
				t.Errorf("block %s says %d times, want %d", key, read[0].Facts[0].N, n-1)
			}
			return &graph.Batch{Blocks: []graph.Block{block(key, n)}}, err
		})
		if err != nil {
			t.Fatal(err)
		}
		return looked.Load() - before
	}
	s.forgetRecent()
	readAhead(keys[0], keys[1])
	if n := change(keys[0], 2); n != 0 {
		t.Errorf("an update looked %d times for a block that its state keeps", n)
	}
	s.forgetRecent()
	if n := change(keys[1], 2); n != 1 {
		t.Errorf("an update looked %d times for a block that was read of the state before, want once", n)
	}
	readAhead(keys...)
	s.forgetRecent()
	if n := change(keys[manyBlocks+1], 2); n != 1 {
		t.Errorf("an update looked %d times for a block that its state has no room for, want once", n)
	}
}

// What a later state keeps of an entity is none of an earlier one's.
func TestAnEarlierStateShowsItsOwnEntities(t *testing.T) {
	s := openInMemory(t)
	ids := []graph.ID{"o1"}
	show := func(r *snapshot) string {
		t.Helper()
		found, err := r.Entities(t.Context(), ids)
		if err != nil || found[0] == nil {
			t.Fatalf("Entities: %v, %v", found, err)
		}
		return found[0].Label
	}
	var states []*snapshot
	for _, label := range []string{"甲", "乙"} {
		mustUpdate(t, s, &graph.Batch{
			Entities: []graph.EntityData{{ID: ids[0], Kind: graph.KindOfficial, Name: "王磊", Label: label, Atoms: ids}}, Atoms: map[graph.ID]graph.ID{ids[0]: ids[0]},
		})
		states = append(states, mustSnapshot(t, s))
	}
	if late, early := show(states[1]), show(states[0]); late != "乙" || early != "甲" {
		t.Errorf("the later state shows %s, the earlier %s, want 乙 and 甲", late, early)
	}
}
