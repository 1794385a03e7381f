package ingest

import (
	"cmp"
	"context"
	"reflect"
	"slices"
	"strings"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"fangzhi/graph"
	"fangzhi/ingest/identity"
)

// putBlocks writes the blocks that change into the batch, with the pairs in them that may be one: those of a name by the facts of
// its block, those of near names by the entities whose atoms stand there. gone and come are the facts that make after of before, and others are
// entities that they do not change.
func putBlocks(ctx context.Context, r graph.Reader, batch *graph.Batch, before, after map[string]graph.Block, gone, come map[string][]graph.Fact, earlier, entities, others []graph.EntityData) error {
	holder := make(map[graph.ID]*graph.EntityData, 2*(len(entities)+len(others)))
	for atom := range batch.Atoms {
		holder[atom] = nil
	}
	for _, some := range [][]graph.EntityData{entities, others} {
		for i := range some {
			for _, atom := range some[i].Atoms {
				holder[atom] = &some[i]
			}
		}
	}
	var changed []graph.Block
	for _, key := range sortedKeys(after) {
		if block := after[key]; !slices.EqualFunc(block.Facts, before[key].Facts, graph.Fact.Equal) { // else its pairs are what they were: they are told by its facts
			changed = append(changed, block)
		}
	}
	was := byID(earlier, others)
	var next atomic.Int64
	pair := func() { // the next block, as long as there are any
		for i := int(next.Add(1)) - 1; i < len(changed); i = int(next.Add(1)) - 1 {
			block := &changed[i]
			if strings.HasPrefix(block.Key, string(graph.KindDepartment)) || oneAtom(block.Facts) { // organs of one name are told apart
				continue
			}
			of := holding(block.Facts, holder)
			if len(of) < 2 {
				continue
			}
			block.Pairs = identity.SameNameAgain(block.Facts, of, before[block.Key].Pairs, changedBy(was, gone[block.Key], come[block.Key]))
		}
	}
	var group errgroup.Group
	const manyBlocks = 16 // from so many on two processors share them
	if len(changed) >= manyBlocks {
		group.Go(func() error { pair(); return nil })
	}
	near := nearChanges(before, after, earlier, entities)
	pair()
	_ = group.Wait()
	batch.Blocks = append(batch.Blocks, changed...)
	return putNear(ctx, r, batch, near, holder)
}

// oneAtom tells whether facts are all about one atom.
func oneAtom(facts []graph.Fact) bool {
	return !slices.ContainsFunc(facts, func(f graph.Fact) bool { return !f.A.Is(facts[0].A) })
}

// changedBy returns what tells whether a change of some facts says otherwise of an entity than before, or makes it another one.
func changedBy(was map[graph.ID]*graph.EntityData, changes ...[]graph.Fact) func(*graph.EntityData) bool {
	touched := map[graph.ID]bool{}
	for _, facts := range changes {
		for i := range facts {
			if f := &facts[i]; i == 0 || !f.A.Is(facts[i-1].A) {
				touched[f.A.ID()] = true
			}
			if f := &facts[i]; f.Kind == graph.FactTogether || f.Kind == graph.FactApart {
				touched[f.B.ID()] = true
			}
		}
	}
	return func(e *graph.EntityData) bool {
		old := was[e.ID]
		if old == nil || old.Name != e.Name || old.Type != e.Type || old.Code != e.Code || (old.EventCount == 0) != (e.EventCount == 0) {
			return true
		}
		return !slices.Equal(old.Atoms, e.Atoms) || slices.ContainsFunc(e.Atoms, func(atom graph.ID) bool { return touched[atom] })
	}
}

func byID(lists ...[]graph.EntityData) map[graph.ID]*graph.EntityData {
	m := make(map[graph.ID]*graph.EntityData, len(lists[0]))
	for _, entities := range lists {
		for i := range entities {
			m[entities[i].ID] = &entities[i]
		}
	}
	return m
}

// nearChange is what becomes of a block of near names: atoms that appear in it and vanish from it. Where neither does, an entity
// that stands there is another.
type nearChange struct{ appear, vanish []graph.Atom }

// nearChanges returns the blocks of near names that a load changes. A name stands in them as long as any document says it, so most
// loads change few.
func nearChanges(before, after map[string]graph.Block, earlier, entities []graph.EntityData) map[string]*nearChange {
	changes := map[string]*nearChange{}
	at := func(key string) *nearChange {
		if changes[key] == nil {
			changes[key] = &nearChange{}
		}
		return changes[key]
	}
	others := othersThan(earlier, entities)
	for key, block := range after {
		was, is := named(before[key].Facts), named(block.Facts)
		for _, atom := range is {
			if !among(was, atom) {
				for _, key := range identity.NearKeys(atom) {
					at(key).appear = append(at(key).appear, atom)
				}
			} else if len(others) > 0 && others[atom.ID()] {
				for _, key := range identity.NearKeys(atom) {
					at(key)
				}
			}
		}
		for _, atom := range was {
			if !among(is, atom) {
				for _, key := range identity.NearKeys(atom) {
					at(key).vanish = append(at(key).vanish, atom)
				}
			}
		}
	}
	return changes
}

// named returns the atoms of organs and places that documents name, of the facts of a block, in their order.
func named(facts []graph.Fact) []graph.Atom {
	if len(facts) == 0 || facts[0].A.Kind == graph.KindOfficial {
		return nil
	}
	var atoms []graph.Atom
	from, _ := slices.BinarySearchFunc(facts, graph.FactName, func(f graph.Fact, kind graph.FactKind) int { return cmp.Compare(f.Kind, kind) })
	for i := from; i < len(facts) && facts[i].Kind == graph.FactName; i++ {
		if i == from || !facts[i].A.Is(facts[i-1].A) {
			atoms = append(atoms, *facts[i].A)
		}
	}
	return atoms
}

// among tells whether an atom is one of those that are in their order.
func among(atoms []graph.Atom, a graph.Atom) bool {
	_, found := slices.BinarySearchFunc(atoms, a, graph.Atom.Compare)
	return found
}

// othersThan returns the atoms of organs and places of whom something else is said than before that tells near names apart.
func othersThan(earlier, entities []graph.EntityData) map[graph.ID]bool {
	alike := func(a, b *graph.EntityData) bool {
		return a.Name == b.Name && a.Type == b.Type && a.ParentAtom == b.ParentAtom && slices.Equal(a.Atoms, b.Atoms) &&
			slices.Equal(a.SuccessorAtoms, b.SuccessorAtoms) && slices.Equal(a.PredecessorAtoms, b.PredecessorAtoms)
	}
	was := byID(earlier)
	others := map[graph.ID]bool{}
	for i := range entities {
		e := &entities[i]
		if old := was[e.ID]; e.Kind == graph.KindOfficial || old != nil && alike(old, e) {
			continue
		}
		for _, atom := range e.Atoms {
			others[atom] = true
		}
	}
	return others
}

// putNear writes the blocks of near names. It reads them, and the entities of other names that stand there.
func putNear(ctx context.Context, r graph.Reader, batch *graph.Batch, changes map[string]*nearChange, holder map[graph.ID]*graph.EntityData) error {
	if len(changes) == 0 {
		return nil
	}
	blocks, err := r.Blocks(ctx, sortedKeys(changes))
	if err != nil {
		return err
	}
	unknown := map[graph.ID]bool{}
	after := make([]graph.Block, len(blocks))
	for i, block := range blocks {
		change := changes[block.Key]
		after[i] = graph.Block{Key: block.Key, Facts: identity.Add(identity.Add(block.Facts, near(change.appear), 1), near(change.vanish), -1)}
		for _, f := range after[i].Facts {
			if _, known := holder[f.A.ID()]; !known {
				unknown[f.A.ID()] = true
			}
		}
	}
	if ids := sortedKeys(unknown); len(ids) > 0 {
		found, err := r.Entities(ctx, ids)
		if err != nil {
			return err
		}
		for i, d := range found {
			holder[ids[i]] = d
		}
	}
	for i := range after {
		after[i].Pairs = identity.NearName(holding(after[i].Facts, holder))
		samePairs := slices.EqualFunc(after[i].Pairs, blocks[i].Pairs, func(a, b graph.SamePair) bool { return reflect.DeepEqual(a, b) })
		if !samePairs || !slices.EqualFunc(after[i].Facts, blocks[i].Facts, graph.Fact.Equal) {
			batch.Blocks = append(batch.Blocks, after[i])
		}
	}
	return nil
}

// near returns the facts that atoms stand in a block of near names, in their order.
func near(atoms []graph.Atom) []graph.Fact {
	facts := make([]graph.Fact, len(atoms))
	for i := range atoms {
		facts[i] = graph.Fact{Kind: graph.FactNear, A: &atoms[i], N: 1}
	}
	return identity.Sum(facts)
}

// holding returns the entities that hold the atoms of facts, each once, in the order of their ids.
func holding(facts []graph.Fact, holder map[graph.ID]*graph.EntityData) []*graph.EntityData {
	var all []*graph.EntityData
	seen := map[*graph.Atom]bool{}
	for i := range facts {
		a := facts[i].A
		if seen[a] {
			continue
		}
		seen[a] = true
		if d := holder[a.ID()]; d != nil && !slices.Contains(all, d) {
			all = append(all, d)
		}
	}
	slices.SortFunc(all, func(a, b *graph.EntityData) int { return cmp.Compare(a.ID, b.ID) })
	return slices.CompactFunc(all, func(a, b *graph.EntityData) bool { return a.ID == b.ID })
}
