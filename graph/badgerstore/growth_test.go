package badgerstore

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"testing"

	"golang.org/x/sync/errgroup"
	"time"

	"fangzhi/edtf"
	"fangzhi/graph"
	"fangzhi/graph/query"
)

// A chronicler makes issues, all of it invented, that name people and organs of their own time and some of all times.
type chronicler struct {
	entities map[graph.ID]*graph.EntityData
	issues   int
}

func newChronicler() *chronicler { return &chronicler{entities: map[graph.ID]*graph.EntityData{}} }

const (
	invented      = graph.ID("p-invented")
	issuesInvent  = 50 // events an issue
	peopleInvent  = 6  // of an issue's own time
	leadersInvent = 12 // of all times
)

// batch returns what puts so many issues more. Each has fifty events, some with a title that is no part of the body and some
// that only report what the one before them does.
func (c *chronicler) batch(issues int) *graph.Batch {
	b := &graph.Batch{Atoms: map[graph.ID]graph.ID{}, Publications: []graph.Publication{{ID: invented, Key: "云河大事", Title: "云河大事"}}}
	changed := map[graph.ID]bool{}
	for range issues {
		b.Put = append(b.Put, c.issue(b, changed))
	}
	for _, id := range slices.Sorted(maps.Keys(changed)) {
		b.Entities = append(b.Entities, *c.entities[id])
	}
	return b
}

func (c *chronicler) issue(b *graph.Batch, changed map[graph.ID]bool) *graph.IssueData {
	c.issues++
	key := fmt.Sprintf("云河大事|%06d", c.issues)
	d := &graph.IssueData{Issue: graph.Issue{
		ID: graph.NewID(graph.PrefixIssue, key), Key: key, PublicationID: invented, Order: key, Label: key, Year: 2000, EventCount: issuesInvent,
		LoadedAt: time.Date(2024, 1, 2, 3, 4, 5, 0, time.UTC),
	}}
	name := func(kind graph.EntityKind, n int) graph.ID {
		atom := graph.Atom{Kind: kind, Name: fmt.Sprintf("甲%06d", n)}.ID()
		e := c.entities[atom]
		if e == nil {
			e = &graph.EntityData{ID: atom, Kind: kind, Name: fmt.Sprintf("甲%06d", n), Label: "甲", Atoms: []graph.ID{atom}}
			query.Spell(e)
			c.entities[atom] = e
			b.Atoms[atom] = atom
		} else if !changed[atom] {
			again := *e
			e = &again
			c.entities[atom] = e
		}
		e.EventCount++
		changed[atom] = true
		return atom
	}
	for i := range issuesInvent {
		title := fmt.Sprintf("第%d条", i)
		date, _ := edtf.Parse(fmt.Sprintf("%d-%02d-%02d", 1950+c.issues*7%70, 1+i%12, 1+i%28))
		e := &graph.Event{
			ID: graph.NewID(graph.PrefixEvent, key, title), Title: title, PrintedTitle: title, Kind: graph.EventKindEvent, Section: "要闻",
			Date:    graph.EventDate{EDTF: date, Basis: graph.BasisExplicit, Confidence: 1},
			IssueID: d.Issue.ID, PublicationID: invented, IssueOrder: key, Place: i + 1,
			Officials: []graph.EventOfficial{
				{Atom: name(graph.KindOfficial, i%leadersInvent), Roles: []graph.OfficialRole{graph.RoleAttend}},
				{Atom: name(graph.KindOfficial, 1000+c.issues*peopleInvent+i%peopleInvent), Roles: []graph.OfficialRole{graph.RoleAttend}},
			},
			Departments: []graph.EventDepartment{{Atom: name(graph.KindDepartment, c.issues/8*peopleInvent+i%peopleInvent), Role: graph.DeptHost}},
			Locations:   []graph.EventLocation{{Atom: name(graph.KindLocation, c.issues/8*peopleInvent+i%peopleInvent), IsPlace: true}},
		}
		if i%10 == 9 {
			e.PrintedTitle = "" // made, and no part of the body
		}
		if i%25 == 24 {
			b.Reports = append(b.Reports, graph.ReportGroup{Events: slices.Sorted(slices.Values([]graph.SortKey{d.Events[i-1].SortKey(), e.SortKey()}))})
		}
		d.Events = append(d.Events, e)
		d.Bodies = append(d.Bodies, fmt.Sprintf("会议强调推进工作%d。", i))
	}
	return d
}

// apply has the store hold what batches put, the events of each issues.
func (c *chronicler) apply(t testing.TB, s *Store, batches, issues int) {
	t.Helper()
	for range batches {
		b := c.batch(issues)
		if err := s.Update(t.Context(), func(graph.Reader) (*graph.Batch, error) { return b, nil }); err != nil {
			t.Fatal(err)
		}
	}
}

// An import asks for hardly any key: what it brings is new, and of entities it knows what an update has to know.
func TestAnImportLooksForWhatMayBeThere(t *testing.T) {
	s, err := Open(t.TempDir(), Options{Bulk: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	c := newChronicler()
	c.apply(t, s, 2, 4)
	looked := map[byte]int{}
	watch := func(key []byte) { looked[key[0]]++ }
	onFind.Store(&watch)
	defer onFind.Store(nil)
	c.apply(t, s, 3, 4)
	for _, kind := range []byte{keyHeads, keyCards, keyBodies, keyIssue, keyDocument, keyEntity, keyRedirect, keyBlock, keyRows, keyLinks, keyIssues, keyMeta} {
		if n, most := looked[kind], map[byte]int{keyBodies: 6, keyHeads: 6}[kind]; n > most {
			t.Errorf("%d keys of %q were looked for in three batches, want %d at most", n, kind, most)
		}
	}
	// What is there is found.
	r, err := s.snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	other := newChronicler()
	again := other.batch(1)
	if err := s.Update(t.Context(), func(graph.Reader) (*graph.Batch, error) { return again, nil }); !errors.Is(err, graph.ErrConflict) {
		t.Errorf("an issue that is there is put again: %v, want ErrConflict", err)
	}
}

// cost is what an update writes and allocates, in bytes.
type cost struct{ written, allocated int }

// issueCost returns what the next issue costs. Its index of texts is left out: that has its own rules.
func (c *chronicler) issueCost(t *testing.T, s *Store) (out cost) {
	t.Helper()
	b := c.batch(1)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	r, err := s.snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	changes := noChanges(r)
	var group errgroup.Group
	changes.ahead.make(&group, r, b)
	made := func(context.Context, *graph.Batch) error {
		changes.makeEvents(&group)
		return group.Wait()
	}
	for _, step := range []func(context.Context, *graph.Batch) error{
		changes.putIssues, made, changes.putReports, changes.putPublications, changes.putEvents, changes.putDocuments, changes.putEntities, changes.putColumns,
	} {
		if err := step(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
	runtime.ReadMemStats(&after)
	out.allocated = int(after.TotalAlloc - before.TotalAlloc)
	for key, value := range changes.byID {
		out.written += len(key) + len(value)
	}
	if err := s.Update(t.Context(), func(graph.Reader) (*graph.Batch, error) { return b, nil }); err != nil {
		t.Fatal(err)
	}
	return out
}

// An issue costs as much into many events as into few. What grows is left out here: the set of events of an organ or a place is
// copied, a bit for each that there is at most. What was put since the order was sorted is copied too, which is the third that is allowed.
func TestAnIssueCostsTheSameIntoManyEvents(t *testing.T) {
	s, err := Open("", Options{InMemory: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	c := newChronicler()
	// What is written is the mean of as many issues as there may be small records, for one of them writes these anew; what is allocated
	// the median, for once in a long while one of them doubles an array.
	usual := func() cost {
		n := manySmall + 1
		written, allocated := 0, make([]int, n)
		for i := range n {
			one := c.issueCost(t, s)
			written += one.written
			allocated[i] = one.allocated
		}
		slices.Sort(allocated)
		return cost{written / n, allocated[n/2]}
	}
	c.apply(t, s, 4, 10)
	few := usual()
	c.apply(t, s, 36, 10)
	many := usual()
	t.Logf("an issue writes and allocates %+v into 2,000 events, %+v into 20,000", few, many)
	if many.written*100 > few.written*105 {
		t.Errorf("an issue writes %d bytes into 2,000 events, %d into 20,000", few.written, many.written)
	}
	if many.allocated*3 > few.allocated*4 {
		t.Errorf("an issue allocates %d bytes into 2,000 events, %d into 20,000", few.allocated, many.allocated)
	}
}
