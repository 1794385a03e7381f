package badgerstore

import (
	"context"
	"maps"
	"slices"

	"fangzhi/fold"
	"fangzhi/graph"
)

func (c *changes) putBlocks(_ context.Context, b *graph.Batch) error {
	for i := range b.Blocks {
		block := &b.Blocks[i]
		old, err := c.r.block(block.Key)
		if err != nil {
			return err
		}
		if err := c.putPairs(old, block); err != nil {
			return err
		}
		key := idKey(keyBlock, block.Key)
		if old.there {
			c.w.counts.Blocks--
			c.drop(key)
			for i := range old.pieces {
				c.drop(pieceKey(key, i+1))
			}
		}
		if len(block.Facts) == 0 {
			continue
		}
		c.w.counts.Blocks++
		c.putBlock(block)
	}
	return nil
}

// putPairs has the pairs of a block stand where those of the block before it stood.
func (c *changes) putPairs(old *keptBlock, block *graph.Block) error {
	pairs := block.Pairs
	if len(block.Facts) == 0 {
		pairs = nil
	}
	was, is := byKey(old.Pairs), byKey(pairs)
	c.w.counts.Pairs += len(is) - len(was)
	for i := range old.Pairs {
		if p := &old.Pairs[i]; samePair(p, is[p.Key()]) {
			continue
		}
		for _, key := range sameKeys(&old.Pairs[i], block.Key) {
			c.drop(key)
		}
	}
	for i := range pairs {
		if p := &pairs[i]; samePair(p, was[p.Key()]) {
			continue
		}
		for _, key := range sameKeys(&pairs[i], block.Key) {
			if err := c.add(key, &pairs[i], false); err != nil {
				return err
			}
		}
	}
	return nil
}

func byKey(pairs []graph.SamePair) map[graph.SameKey]*graph.SamePair {
	if len(pairs) == 0 {
		return nil
	}
	m := make(map[graph.SameKey]*graph.SamePair, len(pairs))
	for i := range pairs {
		m[pairs[i].Key()] = &pairs[i]
	}
	return m
}

// samePair tells whether two pairs of one key say the same.
func samePair(p, q *graph.SamePair) bool {
	return q != nil && p.Score == q.Score && slices.Equal(p.Reasons, q.Reasons)
}

func (c *changes) putEntities(_ context.Context, b *graph.Batch) error {
	l := linker{c}
	c.keepsRoll = c.r.index.register.wanted()
	old := map[graph.ID]*graph.EntityData{} // those that the batch drops or replaces
	for _, id := range b.DropEntities {
		was, err := c.oldEntity(id)
		if err != nil {
			return err
		}
		if was != nil && old[id] == nil {
			old[id] = was
			entityKeys(was, c.drop)
			c.w.counts.Entities--
			if err := c.dropRecord(idKey(keyEntity, id)); err != nil {
				return err
			}
			c.change(&l, id, nil)
		}
	}
	for i := range b.Entities {
		e := &b.Entities[i]
		if err := c.placeEntity(old, e); err != nil {
			return err
		}
		c.change(&l, e.ID, e)
	}
	for _, atom := range slices.Sorted(maps.Keys(b.Atoms)) { // in order, so that the same batch gives the same numbers
		entity := b.Atoms[atom]
		n, first := l.number(atom), noAtom
		if entity != "" {
			first = l.number(entity)
		}
		if c.w.holder.at(n) != first+1 {
			c.w.hold(n, first)
			c.atoms[n/pageSize] = true
		}
	}
	if len(c.changed) > 0 {
		c.w.register = c.r.index.register.next(c.roll)
	}
	return nil
}

// change notes that the entity of an id changes; nil where it goes. What it belongs to has a number, whether it is there or not.
func (c *changes) change(l *linker, id graph.ID, d *graph.EntityData) {
	atom := l.number(id)
	c.changed = append(c.changed, atom)
	if d != nil && c.byID[string(pieceKey(idKey(keyEntity, id), 1))] == nil {
		c.faces = append(c.faces, face{atom, c.r.store.faces.of(d)})
	}
	number := func(id graph.ID) (uint32, bool) { return l.number(id), true }
	if c.keepsRoll {
		c.roll = append(c.roll, rollChange{atom, newRollRow(d, number)})
	} else if d != nil {
		relatives(d, number)
	}
}

// placeEntity writes an entity; old are those that the batch drops.
func (c *changes) placeEntity(old map[graph.ID]*graph.EntityData, e *graph.EntityData) error {
	was, dropped := old[e.ID]
	if !dropped {
		if replaced, err := c.replaceEntity(e); replaced || err != nil {
			return err
		}
		var err error
		if was, err = c.oldEntity(e.ID); err != nil {
			return err
		}
	}
	return c.putEntity(was, e, dropped)
}

// oldEntity returns the entity that has the id before the batch, nil for none.
func (c *changes) oldEntity(id graph.ID) (*graph.EntityData, error) {
	n, ok := c.r.index.atom(id)
	if !ok {
		return nil, nil // the id of an entity always has a number
	}
	if d, kept := c.r.state.entity(n); kept {
		return d, nil
	}
	return record[graph.EntityData](c.r, keyEntity, id)
}

// replaceEntity writes an entity in the place of one that is found by the same keys and has no pieces, and tells whether it is so.
func (c *changes) replaceEntity(e *graph.EntityData) (bool, error) {
	n, ok := c.r.index.atom(e.ID)
	faces := c.r.store.faces
	if face := faces.of(e); !ok || faces.at(n) != face {
		return false, nil
	}
	return true, c.add(idKey(keyEntity, e.ID), e, false)
}

// putEntity writes an entity in the place of the old one, nil for none. Keys that find both stay as they are.
func (c *changes) putEntity(was, e *graph.EntityData, dropped bool) error {
	stay := map[string]bool{}
	if was != nil && !dropped {
		entityKeys(was, func(key []byte) { stay[string(key)] = true })
	} else {
		c.w.counts.Entities++
	}
	entityKeys(e, func(key []byte) {
		if !stay[string(key)] {
			c.mark(key)
		}
		delete(stay, string(key))
	})
	for key := range stay {
		c.drop([]byte(key))
	}
	key := idKey(keyEntity, e.ID)
	if was == nil {
		return c.add(key, e, false)
	}
	return c.put(key, e)
}

// entityKeys calls use with each key that an entity is found by beside its id.
func entityKeys(e *graph.EntityData, use func(key []byte)) {
	for _, name := range append([]string{e.Name}, e.Aliases...) {
		use(append(namesKey(e.ID[0], fold.String(name)), e.ID...))
	}
	if e.ParentAtom != "" {
		use(append(childrenKey(e.ParentAtom), e.ID...))
	}
}

func (c *changes) putPublications(_ context.Context, b *graph.Batch) error {
	for i := range b.Publications {
		p := &b.Publications[i]
		if err := c.put(idKey(keyPublication, p.ID), p); err != nil {
			return err
		}
	}
	for _, id := range b.DropPublications {
		if err := c.dropRecord(idKey(keyPublication, id)); err != nil {
			return err
		}
		c.drop(idKey(keyPublication, id))
	}
	return nil
}
