package badgerstore

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"

	"fangzhi/edtf"
	"fangzhi/graph"
)

// What was entered stands with its hash, however many have the same or go round the end, and in every larger table.
func TestATableOfOrdinalsHoldsWhatWasEntered(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		few := rapid.SliceOfNDistinct(rapid.Uint32(), 1, 4, rapid.ID).Draw(t, "hashes")
		hash := rapid.OneOf(rapid.Uint32(), rapid.SampledFrom(few), rapid.Just(^uint32(0)), rapid.Just(uint32(0)))
		slots, want := *newOrdinalSlots(0, ordinalsMade), map[uint32][]uint32{}
		for o := range uint32(rapid.IntRange(0, len(slots)*ordinalsMost/100).Draw(t, "events")) {
			h := hash.Draw(t, "hash")
			slots.enter(uint64(h)<<32 | uint64(o+1))
			want[h] = append(want[h], o)
		}
		for h, ordinals := range want {
			var got []uint32
			slots.from(h, func(o uint32) bool {
				got = append(got, o)
				return true
			})
			slices.Sort(got)
			if !slices.Equal(got, ordinals) {
				t.Fatalf("with hash %x stand %v, want %v", h, got, ordinals)
			}
		}
	})
}

// While two add events, the one what was there and the other what comes, and the table grows, what was added is found and nothing goes.
func TestATableOfOrdinalsGrowsWhileItIsRead(t *testing.T) {
	const events = 20_000
	id := func(o uint32) graph.ID { return graph.NewID(graph.PrefixEvent, fmt.Sprint(o)) }
	table := newOrdinalTable(0)
	var added [2]atomic.Uint32
	has := func(o uint32) (there bool) {
		table.slots.Load().from(table.hash(id(o)), func(found uint32) bool {
			there = found == o
			return !there
		})
		return there
	}
	var group sync.WaitGroup
	for half := range uint32(2) {
		first := half * events
		group.Go(func() {
			for o := first; o < first+events; o += 50 {
				ids := make([]graph.ID, 50)
				for i := range ids {
					if i%7 != 3 { // the others were removed
						ids[i] = id(o + uint32(i))
					}
				}
				table.add(o, ids)
				added[half].Store(o + 50 - first)
			}
		})
		group.Go(func() {
			random := rand.New(rand.NewPCG(1, uint64(half)))
			for n := uint32(0); n < events; {
				if n = added[half].Load(); n == 0 {
					continue
				}
				if o := random.Uint32N(n); has(first+o) != (o%50%7 != 3) {
					t.Errorf("event %d of %d: there is %v", first+o, n, has(first+o))
					return
				}
			}
		})
	}
	group.Wait()
	for o := range uint32(2 * events) {
		if has(o) != (o%50%7 != 3) {
			t.Fatalf("event %d: there is %v", o, has(o))
		}
	}
	if full := table.used * 100 / len(*table.slots.Load()); full < ordinalsGrown*9/10 || full > ordinalsMost {
		t.Errorf("%d of 100 slots are taken", full)
	}
}

// issueOf returns an issue with events of these ids, in the order of their ids, that have a title each.
func issueOf(key string, titles map[graph.ID]string) *graph.IssueData {
	d := &graph.IssueData{Issue: graph.Issue{
		ID: graph.NewID(graph.PrefixIssue, key), Key: key, PublicationID: invented, Order: key, Label: key, Year: 2000, EventCount: len(titles),
		LoadedAt: time.Date(2024, 1, 2, 3, 4, 5, 0, time.UTC),
	}}
	for i, id := range slices.Sorted(maps.Keys(titles)) {
		d.Events = append(d.Events, &graph.Event{
			ID: id, Title: titles[id], PrintedTitle: titles[id], Kind: graph.EventKindEvent, Section: "要闻",
			Date:    graph.EventDate{EDTF: edtf.Unknown, Basis: graph.BasisExplicit, Confidence: 1},
			IssueID: d.Issue.ID, PublicationID: invented, IssueOrder: key, Place: i + 1,
		})
		d.Bodies = append(d.Bodies, titles[id])
	}
	return d
}

// Whatever comes, goes, and comes again in the same batch or later, every state finds the events that it has by their ids, as it has them, and
// an event that is there already is not put; also where others stand with the same hash.
func TestEveryStateFindsItsEventsByTheirIDs(t *testing.T) {
	ids := make([]graph.ID, 24)
	for i := range ids {
		ids[i] = graph.NewID(graph.PrefixEvent, fmt.Sprint(i))
	}
	ids[0], ids[1] = "e", "会" // of another program
	const issues = 4
	rapid.Check(t, func(t *rapid.T) {
		s, err := Open("", Options{InMemory: true, Bulk: rapid.Bool().Draw(t, "bulk")})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		type shown struct {
			r      *snapshot
			titles map[graph.ID]string
		}
		var states []shown
		defer func() {
			for _, st := range states {
				st.r.Close()
			}
		}()
		have := map[int]map[graph.ID]string{} // by issue
		for n := range rapid.IntRange(1, 10).Draw(t, "updates") {
			i := rapid.IntRange(0, issues-1).Draw(t, "issue")
			key := fmt.Sprint("issue", i)
			b, next := &graph.Batch{}, maps.Clone(have)
			conflict := false
			if rapid.Bool().Draw(t, "remove") {
				b.Remove = []graph.ID{graph.NewID(graph.PrefixIssue, key)}
				delete(next, i)
			}
			if rapid.IntRange(0, 3).Draw(t, "put") > 0 {
				titles := map[graph.ID]string{}
				for _, id := range rapid.SliceOfNDistinct(rapid.SampledFrom(ids), 0, 12, rapid.ID).Draw(t, "ids") {
					titles[id] = fmt.Sprintf("%s of update %d", id, n)
					for _, other := range next {
						conflict = conflict || other[id] != ""
					}
				}
				conflict = conflict || next[i] != nil
				next[i], b.Put = titles, []*graph.IssueData{issueOf(key, titles)}
			}
			err := s.Update(context.Background(), func(graph.Reader) (*graph.Batch, error) { return b, nil })
			if conflict != errors.Is(err, graph.ErrConflict) || !conflict && err != nil {
				t.Fatalf("update %d: %v; an event or issue is there already: %v", n, err, conflict)
			}
			if err == nil {
				have = next
			}
			r, err := s.snapshot(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			all := map[graph.ID]string{}
			for _, titles := range have {
				maps.Copy(all, titles)
			}
			states = append(states, shown{r, all})
			if table := r.state.kept.ordinals; r.index.n() > 0 && rapid.Bool().Draw(t, "same hash") {
				o := rapid.Uint32Range(0, r.index.n()-1).Draw(t, "ordinal")
				table.mu.Lock()
				table.slots.Load().enter(uint64(table.hash(rapid.SampledFrom(ids).Draw(t, "id")))<<32 | uint64(o+1))
				table.used++
				table.mu.Unlock()
			}
			for n, st := range states {
				events, err := st.r.EventsByID(context.Background(), ids)
				if err != nil {
					t.Fatal(err)
				}
				for i, e := range events {
					if e == nil {
						e = new(graph.Event)
					}
					if want := st.titles[ids[i]]; e.Title != want || want != "" && e.ID != ids[i] {
						t.Fatalf("state %d of %d has %s, %q, for %s, want %q", n, len(states), e.ID, e.Title, ids[i], want)
					}
				}
			}
		}
	})
}

// While an updater adds issues, readers of the newest state find what it has, and those of an older one nothing that came since.
func TestIDsAreFoundWhileUpdatesComeIn(t *testing.T) {
	dir, c := chronicled(t)
	s, err := Open(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	first := c.issues
	old := mustSnapshot(t, s)
	defer old.Close()
	done := make(chan struct{})
	var group sync.WaitGroup
	for n := range uint64(2) {
		group.Go(func() {
			random := rand.New(rand.NewPCG(3, n))
			for {
				r, err := s.snapshot(t.Context())
				if err != nil {
					t.Error(err)
					return
				}
				last := int(r.index.n()) / issuesInvent
				for _, issue := range []int{last, 1 + random.IntN(last)} {
					id := eventInvent(issue, random.IntN(issuesInvent))
					if o, err := r.ordinal(t.Context(), id); o == noOrdinal || err != nil {
						t.Errorf("an event of issue %d, of %d issues: %d, %v", issue, last, o, err)
					}
					if o, err := old.ordinal(t.Context(), id); (o == noOrdinal) != (issue > first) || err != nil {
						t.Errorf("an event of issue %d, of %d issues before: %d, %v", issue, first, o, err)
					}
				}
				r.Close()
				select {
				case <-done:
					return
				default:
				}
			}
		})
	}
	c.apply(t, s, 60, 1)
	close(done)
	group.Wait()
}

// Where others stand with the hash of an id, what is found is what has the id, or nothing.
func TestOneHashIsNotOneID(t *testing.T) {
	s := openInMemory(t)
	newChronicler().apply(t, s, 1, 2)
	r := mustSnapshot(t, s)
	table, slots := r.state.kept.ordinals, newOrdinalSlots(10_000, ordinalsMade)
	unknown := eventInvent(9, 9)
	for at := range uint32(100) { // all stand with the hash of each, and with that of none
		id := unknown
		if at > 0 {
			id = eventInvent(1+int(at)/issuesInvent, int(at)%issuesInvent)
		}
		for o := range uint32(100) {
			slots.enter(uint64(table.hash(id))<<32 | uint64((o+at+1)%100+1)) // its own is the last
		}
	}
	table.slots.Store(slots)
	for at := 1; at < 100; at++ {
		id := eventInvent(1+at/issuesInvent, at%issuesInvent)
		o, err := r.ordinal(t.Context(), id)
		if err != nil || o == noOrdinal {
			t.Fatalf("%s: %d, %v", id, o, err)
		}
		if h, err := r.head(o); h.id != id || err != nil {
			t.Errorf("%s: event %d is %s, %v", id, o, h.id, err)
		}
	}
	if o, err := r.ordinal(t.Context(), unknown); o != noOrdinal || err != nil {
		t.Errorf("what is not there: %d, %v", o, err)
	}
	events, err := r.EventsByID(t.Context(), []graph.ID{unknown, eventInvent(1, 7)})
	if err != nil || events[0] != nil || events[1] == nil || events[1].ID != eventInvent(1, 7) {
		t.Errorf("%+v, %v", events, err)
	}
}

// Once heads are kept nothing is looked for on disk to find events by their ids, nor to see that those of a new issue are not there.
func TestNothingIsLookedForToFindEventsByID(t *testing.T) {
	dir, c := chronicled(t)
	for _, opts := range []Options{{}, {Bulk: true}} {
		t.Run(fmt.Sprintf("%+v", opts), func(t *testing.T) {
			s, err := Open(dir, opts)
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			s.opening.Wait()
			b := c.batch(1)
			ids := []graph.ID{"", "e", eventInvent(0, 0)}
			for _, e := range b.Put[0].Events {
				ids = append(ids, e.ID)
			}
			if !opts.Bulk {
				for issue := 1; issue < c.issues; issue++ {
					for event := range issuesInvent {
						ids = append(ids, eventInvent(issue, event))
					}
				}
			}
			r := mustSnapshot(t, s)
			var mu sync.Mutex
			looked := map[string]int{}
			watch := func(key []byte) {
				mu.Lock()
				defer mu.Unlock()
				looked[string(key)]++
			}
			onFind.Store(&watch)
			defer onFind.Store(nil)
			ordinals, err := r.ordinals(t.Context(), ids)
			if err != nil {
				t.Fatal(err)
			}
			for i, o := range ordinals {
				if (o == noOrdinal) != (i < 3+issuesInvent) {
					t.Fatalf("%s, %d of %d: %d", ids[i], i, len(ids), o)
				}
			}
			if len(looked) > 0 {
				t.Errorf("%d keys were looked for, and everything is in memory", len(looked))
			}
			r.Close()
			mustUpdate(t, s, b)
			for key := range looked {
				for _, e := range b.Put[0].Events {
					if strings.Contains(key, string(e.ID)) && key[0] != keyGroup {
						t.Errorf("%q was looked for, and the event is new", key)
					}
				}
			}
			heads := 0
			for key := range looked {
				if key[0] == keyHeads {
					heads++
				}
			}
			if heads > 1 { // the one at the end is written anew
				t.Errorf("%d records of heads were looked for, want one", heads)
			}
		})
	}
}

// Who asks while the last events are read, in a table that a larger one takes the place of, does not take it for complete because it is so by the
// time that he has looked.
func TestTheLastIDsAreNotMissed(t *testing.T) {
	s := openInMemory(t)
	newChronicler().apply(t, s, 1, 2)
	r := mustSnapshot(t, s)
	id, others := eventInvent(2, 49), r.index.n()-1
	last, err := r.ordinal(t.Context(), id)
	if err != nil || last == noOrdinal {
		t.Fatal(last, err)
	}
	for range 3000 {
		table := newOrdinalTable(0)
		for table.used = 0; (table.used+1)*100 <= len(*table.slots.Load())*ordinalsMost; table.used++ { // all have its hash, so that to look takes a while
			table.slots.Load().enter(uint64(table.hash(id))<<32 | uint64(uint32(table.used)%others+1))
		}
		k := *r.state.kept
		k.ordinals = table
		asking := &snapshot{store: s, state: &state{kept: &k}, txn: r.txn, index: r.index}
		var group sync.WaitGroup
		group.Go(func() {
			table.add(last, []graph.ID{id})
			table.finish(nil)
		})
		o, err := asking.ordinal(t.Context(), id)
		group.Wait()
		if o != last || err != nil {
			t.Fatalf("event %d, %v; want %d", o, err, last)
		}
	}
}
