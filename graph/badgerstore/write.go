package badgerstore

import (
	"context"
	"crypto/rand"

	"github.com/dgraph-io/badger/v4"

	"fangzhi/graph"
)

// putColumns writes down what changed of the index, or nothing of it where there is nothing left to index.
func (c *changes) putColumns(ctx context.Context, _ *graph.Batch) error {
	w, old := c.w, c.r.index
	if err := c.count(); err != nil {
		return err
	}
	w.counts.Revision = rand.Text()
	if w.counts.Events == 0 && w.counts.Entities == 0 && w.counts.Issues == 0 && w.n() == old.n() {
		return c.wipe()
	}
	if err := c.putNew(); err != nil {
		return err
	}
	if err := c.putHeads(); err != nil {
		return err
	}
	if err := c.putTotals(); err != nil {
		return err
	}
	if len(w.sections) > len(old.sections) || len(w.confidences) > len(old.confidences) {
		if err := c.put([]byte{keyVocabulary}, &vocabulary{w.sections, w.confidences}); err != nil {
			return err
		}
	}
	c.putMarks()
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
	return c.add([]byte{keyMeta}, &next.counts)
}

// count counts the publications and the earlier ids that come and go. There are few of either in a batch.
func (c *changes) count() error {
	for key, value := range c.byID {
		n := &c.w.counts.Publications
		switch key[0] {
		case keyPublication:
		case keyRedirect:
			n = &c.w.counts.Redirects
		default:
			continue
		}
		item, err := c.r.item([]byte(key))
		switch {
		case err != nil:
			return err
		case item == nil && value != nil:
			*n++
		case item != nil && value == nil:
			*n--
		}
	}
	return nil
}

// putNew writes what is new in the columns, and the pages of atoms that change.
func (c *changes) putNew() (err error) {
	w, old := c.w, c.r.index
	if w.tails.rows, err = c.putMembers(w.tails.rows, old.n(), w.n(), w.writeEvents, keyRows, keyLinks); err != nil {
		return err
	}
	if w.tails.issues, err = c.putMembers(w.tails.issues, uint32(len(old.issues)), uint32(len(w.issues)), w.writeIssues, keyIssues); err != nil {
		return err
	}
	if w.tails.targets, err = c.putMembers(w.tails.targets, uint32(len(old.targets)), uint32(len(w.targets)), w.writeTargets, keyTargets); err != nil {
		return err
	}
	for page := range c.atoms {
		if err := c.putBytes(numberKey(keyAtoms, page), w.writeAtoms(int(page))); err != nil {
			return err
		}
	}
	return nil
}

// wipe drops all keys of the index: nothing is left that it is of.
func (c *changes) wipe() error {
	c.wiped = true
	for _, kind := range []byte{keyRows, keyLinks, keyAtoms, keyTargets, keyIssues, keyOrder, keyVocabulary, keyDead, keyOdd, keyLater, keySegments, keyCommon, keyHeader, keyGrams, keySet, keyBodies, keyHeads, keyTotals} {
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
	k := &c.w.counts
	return c.add([]byte{keyMeta}, &meta{
		Publications: k.Publications, Redirects: k.Redirects, Blocks: k.Blocks, Pairs: k.Pairs, Counted: k.Counted, Revision: k.Revision,
	})
}
