package badgerstore

import (
	"context"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/dgraph-io/badger/v4"

	"fangzhi/graph"
)

// putColumns writes down what changed of the index, or nothing of it where there is nothing left to index.
func (c *changes) putColumns(ctx context.Context, _ *graph.Batch) error {
	w, old := c.w, c.r.index
	if w.counts.Events == 0 && w.counts.Entities == 0 && w.counts.Issues == 0 && w.n() == old.n() {
		return c.wipe()
	}
	if w.n() > old.n() {
		for number := int(old.n()) / rowsARecord; number <= (int(w.n())-1)/rowsARecord; number++ {
			if err := c.putBytes(numberKey(keyRows, uint32(number)), w.writeRows(number)); err != nil {
				return err
			}
			if err := c.putBytes(numberKey(keyLinks, uint32(number)), w.writeLinks(number)); err != nil {
				return err
			}
		}
		for number := len(old.issues) / issuesARecord; number <= (len(w.issues)-1)/issuesARecord; number++ {
			b, err := w.writeIssues(number)
			if err != nil {
				return err
			}
			if err := c.putBytes(numberKey(keyIssues, uint32(number)), b); err != nil {
				return err
			}
		}
	}
	for number := range c.atoms {
		if err := c.putBytes(numberKey(keyAtoms, number), w.writeAtoms(int(number))); err != nil {
			return err
		}
	}
	if len(w.targets) > len(old.targets) {
		for number := len(old.targets) / targetsARecord; number <= (len(w.targets)-1)/targetsARecord; number++ {
			if err := c.putBytes(numberKey(keyTargets, uint32(number)), w.writeTargets(number)); err != nil {
				return err
			}
		}
	}
	if len(w.sections) > len(old.sections) || len(w.confidences) > len(old.confidences) {
		if err := c.put([]byte{keyVocabulary}, &vocabulary{w.sections, w.confidences}, false); err != nil {
			return err
		}
	}
	for key, sets := range map[byte][2]*roaring.Bitmap{keyDead: {old.dead, w.dead}, keyOdd: {old.odd, w.odd}, keyLater: {old.later, w.later}} {
		if sets[0].Equals(sets[1]) {
			continue
		}
		sets[1].RunOptimize()
		b, err := sets[1].MarshalBinary()
		if err != nil {
			return err
		}
		if err := c.putBytes([]byte{key}, b); err != nil {
			return err
		}
	}
	next := w.done()
	if next.order.sorted != next.counts.Sorted {
		for number := 0; number <= (len(next.order.base)-1)/ranksARecord; number++ {
			if err := c.putBytes(numberKey(keyOrder, uint32(number)), w.writeOrder(number)); err != nil {
				return err
			}
		}
		for number := (len(next.order.base)-1)/ranksARecord + 1; number*ranksARecord < int(next.counts.Ranks); number++ {
			if err := c.dropRecord(numberKey(keyOrder, uint32(number))); err != nil {
				return err
			}
		}
		next.counts.Sorted, next.counts.Ranks = next.order.sorted, uint32(len(next.order.base))
	}
	k := &next.counts
	k.Ordinals, k.Links, k.Atoms = next.n(), uint32(len(next.links)), uint32(len(next.atoms))
	k.Marked = next.odd.GetCardinality() + next.later.GetCardinality() + 1
	k.Targets, k.Series = uint32(len(next.targets)), uint32(len(next.issues))
	if err := ctx.Err(); err != nil {
		return err
	}
	return c.add([]byte{keyMeta}, &next.counts, false)
}

// wipe drops all keys of the index: nothing is left that it is of.
func (c *changes) wipe() error {
	c.wiped = true
	for _, kind := range []byte{keyRows, keyLinks, keyAtoms, keyTargets, keyIssues, keyOrder, keyVocabulary, keyDead, keyOdd, keyLater, keySegments, keyHeader, keyGrams, keySet, keyBodies} {
		for _, prefix := range [][]byte{{kind}, {keyPiece, kind}} {
			it := c.r.txn.NewIterator(badger.IteratorOptions{Prefix: prefix})
			for it.Rewind(); it.Valid(); it.Next() {
				c.drop(it.Item().KeyCopy(nil))
			}
			it.Close()
		}
	}
	for key := range c.byID { // what this batch itself wrote of it
		if key[0] == keyBodies {
			c.byID[key] = nil
		}
	}
	return c.add([]byte{keyMeta}, &meta{}, false)
}
