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
		key := idKey(keyBlock, block.Key)
		if old.there {
			c.w.counts.Blocks--
			c.drop(key)
			c.dropPieces(key, old.pieces)
		}
		if len(block.Facts) == 0 {
			continue
		}
		c.w.counts.Blocks++
		c.setAll(c.ahead.blocks[i])
	}
	return nil
}

// putPairs has the pairs of the blocks stand where those of the blocks before them stood.
func (c *changes) putPairs(_ context.Context, b *graph.Batch) error {
	for i := range b.Blocks {
		old, err := c.r.block(b.Blocks[i].Key)
		if err != nil {
			return err
		}
		if err := c.putPairsOf(&b.Blocks[i], old); err != nil {
			return err
		}
	}
	return nil
}

func (c *changes) putPairsOf(block *graph.Block, old *keptBlock) error {
	pairs := block.Pairs
	if len(block.Facts) == 0 {
		pairs = nil
	}
	was, is := byKey(old.Pairs), byKey(pairs)
	c.w.counts.Pairs += len(is) - len(was)
	for key, p := range was {
		if !samePair(p, is[key]) {
			c.drop(sameKey(key, p.A[0], block.Key))
		}
	}
	for key, p := range is {
		if !samePair(p, was[key]) {
			if err := c.add(sameKey(key, p.A[0], block.Key), p); err != nil {
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
	dropped := map[graph.ID]bool{}
	for _, id := range b.DropEntities {
		was, err := c.r.stored(id)
		if err != nil {
			return err
		}
		if was.EntityData != nil && !dropped[id] {
			dropped[id] = true
			entityKeys(was.EntityData, c.drop)
			c.w.counts.Entities--
			if err := c.dropStored(id, was.pieces); err != nil {
				return err
			}
			c.rewritten = append(c.rewritten, l.number(id))
			c.change(&l, id, nil, 0)
		}
	}
	for i := range b.Entities {
		e := &b.Entities[i]
		if dropped[e.ID] || !c.r.hasFace(e.ID, c.ahead.faces[i]) {
			if err := c.putEntity(e, c.ahead.replaced[i], dropped[e.ID]); err != nil {
				return err
			}
			if c.ahead.entities[i] == nil { // it goes and comes as it was
				c.ahead.entities[i] = encodeEntity(e)
			}
			c.setAll(c.ahead.entities[i])
			c.rewritten = append(c.rewritten, l.number(e.ID))
		}
		c.change(&l, e.ID, e, c.ahead.faces[i])
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

// change notes that the entity of an id changes, its face and the number of its events; nil and 0 where it goes. What it belongs to has a
// number, whether it is there or not.
func (c *changes) change(l *linker, id graph.ID, d *graph.EntityData, of uint64) {
	atom := l.number(id)
	c.changed = append(c.changed, atom)
	if c.byID[string(pieceKey(idKey(keyEntity, id), 1))] != nil {
		of = 0
	}
	c.face(atom, of)
	n := 0
	if d != nil {
		n = d.EventCount
	}
	c.total(atom, n)
	number := func(id graph.ID) (uint32, bool) { return l.number(id), true }
	if c.keepsRoll {
		c.roll = append(c.roll, rollChange{atom, newRollRow(d, number)})
	} else if d != nil {
		relatives(d, number)
	}
}

// putEntity makes place for an entity that is another one than was there, or may be. Keys that find both stay as they are.
func (c *changes) putEntity(e *graph.EntityData, was stored, dropped bool) error {
	stay := map[string]bool{}
	if was.EntityData != nil && !dropped {
		entityKeys(was.EntityData, func(key []byte) { stay[string(key)] = true })
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
	if was.EntityData == nil || dropped {
		return nil
	}
	return c.dropStored(e.ID, was.pieces)
}

// dropStored drops the record of an entity that is there.
func (c *changes) dropStored(id graph.ID, pieces int) error {
	key := idKey(keyEntity, id)
	if pieces == unknown {
		return c.dropRecord(key)
	}
	c.drop(key)
	c.dropPieces(key, pieces)
	return nil
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
