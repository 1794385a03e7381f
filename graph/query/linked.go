package query

import (
	"context"
	"slices"

	"fangzhi/graph"
)

// cast knows which entities hold atoms.
type cast struct {
	byAtom map[graph.ID]*graph.EntityData // nil where nothing holds it
	byID   map[graph.ID]*graph.EntityData
}

func newCast() cast {
	return cast{byAtom: map[graph.ID]*graph.EntityData{}, byID: map[graph.ID]*graph.EntityData{}}
}

// learn reads the entities of those atoms that it does not know yet.
func (c *cast) learn(ctx context.Context, r graph.Reader, atoms []graph.ID) error {
	var unknown []graph.ID
	for _, atom := range atoms {
		if _, known := c.byAtom[atom]; !known && atom != "" {
			c.byAtom[atom] = nil
			unknown = append(unknown, atom)
		}
	}
	if len(unknown) == 0 {
		return nil
	}
	found, err := r.Entities(ctx, unknown)
	if err != nil {
		return err
	}
	for i, d := range found {
		if d == nil {
			continue
		}
		if c.byID[d.ID] == nil {
			c.byID[d.ID] = d
		}
		c.byAtom[unknown[i]] = c.byID[d.ID]
	}
	return nil
}

// know notes entities that are there already.
func (c *cast) know(entities []*graph.EntityData) {
	for _, d := range entities {
		if c.byID[d.ID] != nil {
			continue
		}
		c.byID[d.ID] = d
		for _, atom := range d.Atoms {
			c.byAtom[atom] = d
		}
	}
}

// entities returns those that hold the atoms, every one once.
func (c *cast) entities(atoms []graph.ID) []*graph.EntityData {
	var all []*graph.EntityData
	for _, atom := range atoms {
		if d := c.byAtom[atom]; d != nil && !slices.Contains(all, d) {
			all = append(all, d)
		}
	}
	return all
}

// maxGenerations bounds how far parents are followed; a village has five above it.
const maxGenerations = 16

// family knows the ancestors of entities.
type family struct {
	cast
	reader graph.Reader
}

// newFamily reads the ancestors of the entities, one read a generation.
func newFamily(ctx context.Context, r graph.Reader, entities []*graph.EntityData) (*family, error) {
	f := &family{newCast(), r}
	return f, f.climb(ctx, entities)
}

func (f *family) climb(ctx context.Context, entities []*graph.EntityData) error {
	f.know(entities)
	for range maxGenerations {
		var parents []graph.ID
		for _, d := range entities {
			if _, known := f.byAtom[d.ParentAtom]; d.ParentAtom != "" && !known {
				parents = append(parents, d.ParentAtom)
			}
		}
		if len(parents) == 0 {
			return nil
		}
		if err := f.learn(ctx, f.reader, parents); err != nil {
			return err
		}
		entities = f.entities(parents)
	}
	return nil
}

// ancestors returns what the entity belongs to, nearest first.
func (f *family) ancestors(d *graph.EntityData) []*graph.EntityData {
	var all []*graph.EntityData
	for p := f.byAtom[d.ParentAtom]; p != nil && p.ID != d.ID && !slices.Contains(all, p); p = f.byAtom[p.ParentAtom] {
		all = append(all, p)
	}
	return all
}

// line tells whether one of the two belongs to the other.
func (f *family) line(a, b *graph.EntityData) bool {
	above := func(d, of *graph.EntityData) bool {
		return slices.ContainsFunc(f.ancestors(of), func(p *graph.EntityData) bool { return p.ID == d.ID })
	}
	return a.Kind == b.Kind && (above(a, b) || above(b, a))
}
