package badgerstore

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"fangzhi/graph"
)

// lowerEntities has the stores of a test keep so many bytes of entities, in pieces of size bytes.
func lowerEntities(t *testing.T, room, size int) {
	wasRoom, wasSize := keptEntities, entitiesPiece
	keptEntities, entitiesPiece = room, size
	t.Cleanup(func() { keptEntities, entitiesPiece = wasRoom, wasSize })
}

// A slowFilling keeps the entities of a state, as it is done behind opening, one after the other when it is told to.
type slowFilling struct{ turns, done chan struct{} }

func beginFilling(s *Store, st *state) *slowFilling {
	f := &slowFilling{make(chan struct{}), make(chan struct{})}
	hook := func() { <-f.turns }
	onEntities.Store(&hook)
	st.retain()
	go func() {
		defer close(f.done)
		defer st.release()
		s.keepAllEntities(st)
	}()
	return f
}

func (f *slowFilling) step(n int) {
	for range n {
		select {
		case f.turns <- struct{}{}:
		case <-f.done:
		}
	}
}

func (f *slowFilling) end() {
	close(f.turns)
	<-f.done
	onEntities.Store(nil)
}

// entitiesShown are the entities of a state: by id, and who holds an atom.
type entitiesShown struct {
	r       *snapshot
	byID    map[graph.ID]graph.EntityData
	holders map[graph.ID]graph.ID
}

func (st *entitiesShown) check(t *rapid.T, asked []graph.ID) {
	t.Helper()
	found, err := st.r.Entities(context.Background(), asked)
	if err != nil {
		t.Fatal(err)
	}
	refs, err := st.r.Refs(context.Background(), asked)
	if err != nil {
		t.Fatal(err)
	}
	at, err := st.r.EntitiesAt(context.Background(), refs)
	if err != nil {
		t.Fatal(err)
	}
	for i, id := range asked {
		for _, one := range []struct {
			what string
			got  *graph.EntityData
			id   graph.ID
		}{{"by id", found[i], cmp.Or(st.holders[id], id)}, {"by number", at[i], st.holders[id]}} {
			want, there := st.byID[one.id]
			if there != (one.got != nil) || there && !reflect.DeepEqual(*one.got, want) {
				t.Fatalf("state %d has %+v %s for %s, want %+v, %v", st.r.state.number, one.got, one.what, id, want, there)
			}
		}
	}
}

// Each state shows the entities of its own updates, whatever is kept of them by whom, in whatever room.
func TestEntitiesAreThoseOfTheState(t *testing.T) {
	const entities = 10
	wasRoom, wasSize := keptEntities, entitiesPiece
	defer func() { keptEntities, entitiesPiece = wasRoom, wasSize }()
	var ids, asked []graph.ID
	for i := range entities {
		ids = append(ids, graph.ID(fmt.Sprint("o", i)))
		asked = append(asked, ids[i], graph.ID(fmt.Sprint("other", i)))
	}
	kept, fellBack := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		entitiesPiece = rapid.SampledFrom([]int{256, 512, 4096}).Draw(t, "piece")
		keptEntities = rapid.SampledFrom([]int{2, 4, 1000}).Draw(t, "pieces") * entitiesPiece
		s, err := Open("", Options{InMemory: true})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		var filling *slowFilling
		end := func() {
			if filling != nil {
				filling.end()
				filling = nil
			}
		}
		var states []*entitiesShown
		defer func() {
			end()
			for _, st := range states {
				st.r.Close()
			}
		}()
		byID, holders := map[graph.ID]graph.EntityData{}, map[graph.ID]graph.ID{}
		for n := range rapid.IntRange(1, 30).Draw(t, "steps") {
			switch rapid.SampledFrom([]string{"update", "update", "read", "read", "fill", "fill"}).Draw(t, "step") {
			case "update":
				b := &graph.Batch{Atoms: map[graph.ID]graph.ID{}}
				byID, holders = maps.Clone(byID), maps.Clone(holders)
				for i, id := range ids {
					do := rapid.SampledFrom([]string{"", "", "", "drop", "put", "put", "put", "count", "both", "both as it was"}).Draw(t, "change")
					was, there := byID[id]
					if do == "drop" || strings.HasPrefix(do, "both") {
						b.DropEntities = append(b.DropEntities, id)
						for _, atom := range was.Atoms {
							b.Atoms[atom] = ""
						}
						delete(byID, id)
					}
					e := was
					switch {
					case do == "put" || do == "both":
						e = graph.EntityData{
							ID: id, Kind: graph.KindOfficial, Name: fmt.Sprint("甲", n), Label: fmt.Sprint("甲", n, "（", id, "）"), Atoms: []graph.ID{id},
							EventCount: n, Aliases: []string{strings.Repeat("乙", rapid.SampledFrom([]int{0, 1, 30, 300}).Draw(t, "length")) + "丙"},
							SuccessorAtoms: []graph.ID{graph.ID(fmt.Sprint("nobody", n)), ids[(i+1)%entities]}, RegionAtom: graph.ID(fmt.Sprint("nobody", rapid.SampledFrom([]int{1, n + 1}).Draw(t, "region"))), // numbered with this update, or before
						}
						if other := rapid.IntRange(0, entities).Draw(t, "other"); other < entities {
							e.Atoms = append(e.Atoms, graph.ID(fmt.Sprint("other", other)))
						}
					case do == "count" && there:
						e.EventCount += 7
					case do == "both as it was" && there:
					default:
						continue
					}
					b.Entities = append(b.Entities, e)
					for _, atom := range e.Atoms {
						b.Atoms[atom] = id
					}
					byID[id] = e
				}
				for atom, holder := range b.Atoms {
					if delete(holders, atom); holder != "" {
						holders[atom] = holder
					}
				}
				if err := s.Update(context.Background(), func(graph.Reader) (*graph.Batch, error) { return b, nil }); err != nil {
					t.Fatal(err)
				}
				r, err := s.snapshot(context.Background())
				if err != nil {
					t.Fatal(err)
				}
				states = append(states, &entitiesShown{r, byID, holders})
			case "read":
				if len(states) > 0 {
					rapid.SampledFrom(states).Draw(t, "state").check(t, rapid.SliceOfN(rapid.SampledFrom(asked), 1, 4).Draw(t, "asked"))
				}
			case "fill":
				switch {
				case len(states) == 0:
				case filling == nil:
					filling = beginFilling(s, rapid.SampledFrom(states).Draw(t, "state").r.state)
				case rapid.IntRange(0, 5).Draw(t, "end") == 0:
					end()
				default:
					filling.step(rapid.IntRange(1, entities).Draw(t, "turns"))
				}
			}
		}
		end()
		for _, st := range states {
			st.check(t, asked)
			for _, id := range ids {
				if atom, ok := st.r.index.atom(id); ok {
					if _, ok := st.r.keptEntity(atom); ok {
						kept++
					} else {
						fellBack++
					}
				}
			}
		}
	})
	if kept == 0 || fellBack == 0 {
		t.Errorf("%d entities were kept and %d not: this test proves nothing", kept, fellBack)
	}
}

// When all entities are read behind opening nobody asks the disk for one, nor after an update that changes nothing but how many events they
// have; and of those that an update changed each is asked for once.
func TestEntitiesAreReadBehindOpening(t *testing.T) {
	dir, _ := chronicled(t)
	s, err := Open(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	s.opening.Wait()
	var all []graph.EntityData
	r := mustSnapshot(t, s)
	err = r.EachEntity(t.Context(), "", func(e *graph.EntityData) error {
		all = append(all, *e)
		return nil
	})
	if err != nil || len(all) < 20 {
		t.Fatalf("%d entities, %v", len(all), err)
	}
	var mu sync.Mutex // two processors read
	looked := 0
	watch := func(key []byte) {
		mu.Lock()
		defer mu.Unlock()
		if key[0] == keyEntity || key[0] == keyPiece {
			looked++
		}
	}
	onFind.Store(&watch)
	defer onFind.Store(nil)
	ask := func(when string, want int) {
		t.Helper()
		looked = 0
		r := mustSnapshot(t, s)
		var ids []graph.ID
		for i := range all {
			ids = append(ids, all[i].Atoms...)
		}
		found, err := r.Entities(t.Context(), ids)
		if err != nil {
			t.Fatal(err)
		}
		refs, err := r.Refs(t.Context(), ids)
		if err != nil {
			t.Fatal(err)
		}
		at, err := r.EntitiesAt(t.Context(), refs)
		if err != nil {
			t.Fatal(err)
		}
		i := 0
		for _, e := range all {
			for range e.Atoms {
				if !reflect.DeepEqual(*found[i], e) || !reflect.DeepEqual(*at[i], e) {
					t.Fatalf("%s: %+v and %+v, want %+v", when, found[i], at[i], e)
				}
				i++
			}
		}
		if looked != want {
			t.Errorf("%s: %d entities are looked for, want %d", when, looked, want)
		}
	}
	ask("opened", 0)
	for i := range all {
		all[i].EventCount++
	}
	mustUpdate(t, s, &graph.Batch{Entities: all})
	ask("counted", 0)
	some := slices.Clone(all[:5])
	for i := range some {
		some[i].Label += "!"
	}
	mustUpdate(t, s, &graph.Batch{Entities: some})
	copy(all, some)
	ask("changed", len(some))
	ask("read", 0)
}

// What is wrong with an entity is told to who asks for it, and those behind it are kept.
func TestADamagedEntityIsToldToWhoAsksForIt(t *testing.T) {
	dir, _ := chronicled(t)
	s, err := Open(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	var ids []graph.ID
	err = mustSnapshot(t, s).EachEntity(t.Context(), "", func(e *graph.EntityData) error {
		ids = append(ids, e.ID)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	key := idKey(keyEntity, ids[1])
	if err := s.Set(string(key), seal(key, plain, []byte{9})); err != nil {
		t.Fatal(err)
	}
	s.opening.Wait()
	s.current.txn = s.db.NewTransaction(false)
	s.current.kept.entities = newEntityShelf(keptEntities, entitiesPiece)
	s.keepAllEntities(s.current)
	r := mustSnapshot(t, s)
	for i, id := range ids {
		atom, _ := r.index.atom(id)
		if _, kept := r.keptEntity(atom); kept != (i != 1) {
			t.Errorf("entity %d of %d is kept: %v", i, len(ids), kept)
		}
	}
	if _, err := r.Entities(t.Context(), ids[:2]); !errors.Is(err, ErrCorrupt) {
		t.Errorf("Entities of a damaged one: %v, want ErrCorrupt", err)
	}
	r.Close()
}

// The pieces are bounded by the room, and by what lived when most did, however often entities change. Who fills behind opening takes nothing's
// place; who asks later takes the oldest's.
func TestTheRoomOfEntitiesIsBounded(t *testing.T) {
	const size, entities = 4096, 1000
	text := func(atom uint32, version int) []byte {
		return fmt.Appendf(nil, "%d of %d%s", version, atom, strings.Repeat(".", int(atom)%97))
	}
	for _, room := range []int{2, 5, 1000} {
		s := newEntityShelf(room*size, size)
		pieces := func() (n, alive int) {
			for _, p := range *s.pieces.Load() {
				if p != nil {
					n, alive = n+1, alive+p.alive
				}
			}
			return n, alive
		}
		random, version, most := rand.New(rand.NewPCG(1, uint64(room))), map[uint32]int{}, 0
		for number := range 20_000 {
			var changed []uint32
			for range random.IntN(8) {
				changed = append(changed, random.Uint32N(entities))
			}
			s.mark(changed, uint64(number))
			for _, atom := range changed {
				version[atom] = number
			}
			atom := random.Uint32N(entities)
			s.put(atom, uint64(number), text(atom, version[atom]), true)
			if got := string(s.get(atom, uint64(number))); got != string(text(atom, version[atom])) {
				t.Fatalf("%d is %q after it was put, want %q", atom, got, text(atom, version[atom]))
			}
			n, alive := pieces()
			most = max(most, alive)
			if n > room || n > 2*most/size+2 {
				t.Fatalf("%d pieces of %d, %d bytes live and lived at most %d", n, room, alive, most)
			}
		}
		sum := 0
		for atom := range uint32(entities) {
			got := string(s.get(atom, 20_000))
			if sum += len(got); got != "" && got != string(text(atom, version[atom])) {
				t.Fatalf("%d is %q, want %q", atom, got, text(atom, version[atom]))
			}
		}
		if _, alive := pieces(); sum > alive || alive > sum+entityBytes*entities {
			t.Errorf("%d bytes are kept, and %d live", sum, alive)
		}
	}
	s, full := newEntityShelf(3*size, size), uint32(0)
	for full < entities && s.put(full, 0, text(full, 0), false) {
		full++
	}
	for atom := range full {
		if string(s.get(atom, 0)) != string(text(atom, 0)) {
			t.Errorf("%d of %d is not there, and nobody wanted the place", atom, full)
		}
	}
	if full == entities {
		t.Errorf("%d entities are kept in %d bytes", full, 3*size)
	}
	s.mark([]uint32{full / 2, full/2 + 1, full/2 + 2, full/2 + 3}, 1) // so that in the piece between least live
	if !s.put(full, 0, text(full, 0), true) || s.get(full, 0) == nil || s.get(0, 0) != nil || s.get(full-1, 0) == nil || s.get(full/2-1, 0) == nil {
		t.Error("who asks takes not the place of the oldest, or of another too")
	}
	if s.put(0, 0, make([]byte, size/2), true); s.get(0, 0) != nil {
		t.Error("an entity that is longer than half a piece is kept")
	}
}

// What moves to another piece is found meanwhile, or is not there, and is never another entity.
func TestEntitiesAreFoundWhileTheyMove(t *testing.T) {
	const entities = 20
	s := newEntityShelf(4*256, 256)
	text := func(atom uint32) []byte { return fmt.Appendf(nil, "entity %d%s", atom, strings.Repeat(".", int(atom))) }
	ended := make(chan struct{})
	var all sync.WaitGroup
	for range 2 {
		all.Go(func() {
			for {
				select {
				case <-ended:
					return
				default:
				}
				for atom := range uint32(entities) {
					if got := s.get(atom, 1); got != nil && string(got) != string(text(atom)) {
						t.Errorf("%d is %q", atom, got)
						return
					}
				}
			}
		})
	}
	for i := range uint32(400_000) {
		atom := i * 7 % entities
		s.mark([]uint32{atom}, 0)
		s.put(atom, 0, text(atom), true)
	}
	close(ended)
	all.Wait()
}

// While entities are read behind opening, and updates change all of them at once, each state shows all alike.
func TestEntitiesAreReadWhileTheyChange(t *testing.T) {
	lowerEntities(t, 8<<10, 1<<10)
	const entities, updates = 40, 60
	s := openInMemory(t)
	update := func(n int) {
		b := &graph.Batch{Atoms: map[graph.ID]graph.ID{}}
		for i := range entities {
			id := graph.ID(fmt.Sprint("o", i))
			b.Entities = append(b.Entities, graph.EntityData{ID: id, Kind: graph.KindOfficial, Name: "甲", Label: fmt.Sprint(n / 2), Atoms: []graph.ID{id}, EventCount: n})
			b.Atoms[id] = id
		}
		mustUpdate(t, s, b)
	}
	update(0)
	ended := make(chan struct{})
	var all sync.WaitGroup
	until := func(do func(r *snapshot)) {
		all.Go(func() {
			for {
				select {
				case <-ended:
					return
				default:
				}
				r, err := s.snapshot(context.Background())
				if err != nil {
					t.Error(err)
					return
				}
				do(r)
				r.Close()
				runtime.Gosched()
			}
		})
	}
	until(func(r *snapshot) { s.keepAllEntities(r.state) })
	for range 3 {
		until(func(r *snapshot) {
			var ids []graph.ID
			for i := range entities {
				ids = append(ids, graph.ID(fmt.Sprint("o", i)))
			}
			found, err := r.Entities(context.Background(), ids)
			if err != nil {
				t.Error(err)
				return
			}
			for _, e := range found {
				if n := found[0].EventCount; e.EventCount != n || e.Label != fmt.Sprint(n/2) {
					t.Errorf("one state has %+v and %+v", found[0], e)
					return
				}
			}
		})
	}
	for n := range updates {
		update(n)
	}
	close(ended)
	all.Wait()
}

// An answer keeps nothing of the pieces that it was read from.
func TestAnAnswerKeepsNoPieceOfEntities(t *testing.T) {
	const entities = 10_000
	s := openInMemory(t)
	b := &graph.Batch{Atoms: map[graph.ID]graph.ID{}}
	var ids []graph.ID
	for i := range entities {
		id := graph.ID(fmt.Sprint("o", i))
		b.Entities = append(b.Entities, graph.EntityData{ID: id, Kind: graph.KindOfficial, Name: "甲", Label: strings.Repeat("乙", 100) + string(id), Atoms: []graph.ID{id}})
		b.Atoms[id], ids = id, append(ids, id)
	}
	mustUpdate(t, s, b)
	s.keepAllEntities(s.current)
	r := mustSnapshot(t, s)
	var answers [][]*graph.EntityData
	for i := 0; i < entities; i += 100 {
		found, err := r.Entities(t.Context(), ids[i:i+1])
		if err != nil {
			t.Fatal(err)
		}
		answers = append(answers, found)
	}
	alive := 0
	for _, p := range *r.state.kept.entities.pieces.Load() {
		if p != nil {
			alive += p.alive
		}
	}
	before := inUse()
	r.state.kept.entities = newEntityShelf(keptEntities, entitiesPiece)
	if less := before - inUse(); alive < 300*entities || less < alive*9/10 {
		t.Errorf("%d bytes of %d go with the pieces", less, alive)
	}
	runtime.KeepAlive(answers)
}
