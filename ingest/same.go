package ingest

import (
	"cmp"
	"context"
	"reflect"
	"slices"

	"fangzhi/graph"
	"fangzhi/ingest/identity"
)

// putBlocks writes the blocks that change into the batch, with the pairs in them that may be one: those of a name by the facts of
// its block, those of near names by the entities whose atoms stand there. Beside the blocks of the load's own names it reads
// those of near names that entities which change stand in, and the entities that stand there with them.
func putBlocks(ctx context.Context, r graph.Reader, batch *graph.Batch, before, after map[string]graph.Block, earlier, entities []graph.EntityData) error {
	if err := readNear(ctx, r, batch, before, after, earlier, entities); err != nil {
		return err
	}
	holder, err := holders(ctx, r, batch, after, entities)
	if err != nil {
		return err
	}
	for _, key := range sortedKeys(after) {
		block, was := after[key], before[key]
		same := slices.Equal(block.Facts, was.Facts)
		switch {
		case identity.IsNear(key):
			block.Pairs = identity.NearName(holding(block.Facts, holder))
		case same:
			block.Pairs = was.Pairs
		default:
			block.Pairs = identity.SameName(block.Facts, holding(block.Facts, holder))
		}
		if !same || !slices.EqualFunc(block.Pairs, was.Pairs, func(a, b graph.SamePair) bool { return reflect.DeepEqual(a, b) }) {
			batch.Blocks = append(batch.Blocks, block)
		}
	}
	return nil
}

// readNear reads the blocks of near names that entities which change stand in.
func readNear(ctx context.Context, r graph.Reader, batch *graph.Batch, before, after map[string]graph.Block, earlier, entities []graph.EntityData) error {
	changed := map[graph.ID]bool{}
	for i := range batch.Entities {
		changed[batch.Entities[i].ID] = true
	}
	for _, id := range batch.DropEntities {
		changed[id] = true
	}
	atoms := map[graph.ID]bool{}
	for _, list := range [][]graph.EntityData{earlier, entities} {
		for i := range list {
			if e := &list[i]; changed[e.ID] && e.Kind != graph.KindOfficial {
				for _, atom := range e.Atoms {
					atoms[atom] = true
				}
			}
		}
	}
	want := map[string]bool{}
	for _, blocks := range []map[string]graph.Block{before, after} {
		for key, block := range blocks {
			if identity.IsNear(key) {
				continue
			}
			var last graph.Atom
			for _, f := range block.Facts {
				if f.A == last || f.A.Kind == graph.KindOfficial || !atoms[f.A.ID()] {
					continue
				}
				last = f.A
				for _, key := range identity.NearKeys(f.A) {
					if _, known := after[key]; !known {
						want[key] = true
					}
				}
			}
		}
	}
	if len(want) == 0 {
		return nil
	}
	read, err := r.Blocks(ctx, sortedKeys(want))
	for _, block := range read {
		if len(block.Facts) > 0 {
			before[block.Key], after[block.Key] = block, graph.Block{Key: block.Key, Facts: block.Facts}
		}
	}
	return err
}

// holders returns which entities hold the atoms of the blocks after the batch.
func holders(ctx context.Context, r graph.Reader, batch *graph.Batch, blocks map[string]graph.Block, entities []graph.EntityData) (map[graph.ID]*graph.EntityData, error) {
	holder := map[graph.ID]*graph.EntityData{}
	for atom := range batch.Atoms {
		holder[atom] = nil
	}
	for i := range entities {
		for _, atom := range entities[i].Atoms {
			holder[atom] = &entities[i]
		}
	}
	unknown := map[graph.ID]bool{}
	for key, block := range blocks {
		if !identity.IsNear(key) {
			continue
		}
		for _, f := range block.Facts {
			if _, known := holder[f.A.ID()]; !known {
				unknown[f.A.ID()] = true
			}
		}
	}
	if len(unknown) == 0 {
		return holder, nil
	}
	ids := sortedKeys(unknown)
	found, err := r.Entities(ctx, ids)
	for i, d := range found {
		holder[ids[i]] = d
	}
	return holder, err
}

// holding returns the entities that hold the atoms of facts, each once, in the order of their ids.
func holding(facts []graph.Fact, holder map[graph.ID]*graph.EntityData) []*graph.EntityData {
	var all []*graph.EntityData
	seen := map[graph.ID]bool{}
	var last graph.Atom
	for _, f := range facts {
		if f.A == last {
			continue
		}
		last = f.A
		if d := holder[f.A.ID()]; d != nil && !seen[d.ID] {
			seen[d.ID] = true
			all = append(all, d)
		}
	}
	slices.SortFunc(all, func(a, b *graph.EntityData) int { return cmp.Compare(a.ID, b.ID) })
	return all
}
