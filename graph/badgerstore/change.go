package badgerstore

import (
	"context"
	"encoding/binary"
	"fmt"
	"reflect"
	"slices"

	"github.com/dgraph-io/badger/v4"

	"fangzhi/fold"
	"fangzhi/graph"
)

// A change sets a key to a sealed value, or deletes it where value is nil.
type change struct {
	key, value []byte
}

// maxKeyBytes is below what Badger takes (65,000), so that the time it adds fits.
const maxKeyBytes = 64_000

// meta counts the records, so that a folder of which a file was lost is noticed when it is opened.
type meta struct {
	Events   int `cbor:"1,keyasint"`
	Entities int `cbor:"2,keyasint"`
	Issues   int `cbor:"3,keyasint"`
}

// changes gathers what a batch does to the keys of the state that r shows. Of several changes of one key the last counts.
type changes struct {
	r    *snapshot
	byID map[string][]byte // nil for a key that goes
	meta meta
}

// newChanges returns what the batch, which is valid, does.
func newChanges(ctx context.Context, r *snapshot, b *graph.Batch) (*changes, error) {
	c := &changes{r: r, byID: map[string][]byte{}}
	if _, err := get(r.txn, []byte{keyMeta}, &c.meta); err != nil {
		return nil, err
	}
	for _, step := range []func(context.Context, *graph.Batch) error{c.remove, c.putIssues, c.putReports, c.putBlocks, c.putEntities, c.putPublications} {
		if err := step(ctx, b); err != nil {
			return nil, err
		}
	}
	if err := c.put([]byte{keyMeta}, &c.meta, false); err != nil {
		return nil, err
	}
	for key := range c.byID {
		if len(key) > maxKeyBytes {
			return nil, fmt.Errorf("%w: a name of %d bytes", graph.ErrBadInput, len(key))
		}
	}
	return c, nil
}

func (c *changes) set(key, value []byte) { c.byID[string(key)] = value }

// mark sets a key that says all by being there.
func (c *changes) mark(key []byte) { c.set(key, seal(key, plain, nil)) }

func (c *changes) drop(key []byte) { c.byID[string(key)] = nil }

// put sets the record at key, in place of one that may be there.
func (c *changes) put(key []byte, v any, squeeze bool) error {
	if err := c.dropRecord(key); err != nil {
		return err
	}
	values, err := encode(key, v, squeeze)
	for _, v := range values {
		c.set(v.key, v.value)
	}
	return err
}

// dropRecord drops the record at key with its pieces.
func (c *changes) dropRecord(key []byte) error {
	item, err := find(c.r.txn, key)
	if item == nil || err != nil {
		return err
	}
	c.drop(key)
	return item.Value(func(value []byte) error {
		count, err := pieces(key, value)
		for i := range count {
			c.drop(pieceKey(key, i+1))
		}
		return err
	})
}

// has tells whether there is a record at key, the changes so far included.
func (c *changes) has(key []byte) (bool, error) {
	if value, changed := c.byID[string(key)]; changed {
		return value != nil, nil
	}
	item, err := find(c.r.txn, key)
	return item != nil, err
}

func (c *changes) remove(ctx context.Context, b *graph.Batch) error {
	for _, id := range b.Remove {
		if there, err := c.has(idKey(keyIssue, id)); !there || err != nil {
			if err != nil {
				return err
			}
			continue
		}
		issue, err := record[graph.Issue](c.r, keyIssue, id)
		if err != nil {
			return err
		}
		if err := c.removeEvents(ctx, id); err != nil {
			return err
		}
		c.drop(issueOrderKey(issue))
		c.drop(issueOfKey(issue))
		if err := c.dropRecord(idKey(keyIssue, id)); err != nil {
			return err
		}
		document, err := record[graph.Document](c.r, keyDocument, id)
		if err != nil {
			return err
		}
		if document != nil {
			for old := range document.Redirects {
				c.drop(idKey(keyRedirect, old))
			}
		}
		if err := c.dropRecord(idKey(keyDocument, id)); err != nil {
			return err
		}
		c.meta.Issues--
	}
	return nil
}

func (c *changes) removeEvents(ctx context.Context, issue graph.ID) error {
	prefix := list{0, termIssue + string(issue)}.prefix()
	return c.r.scan(ctx, prefix, func(rest []byte, _ *badger.Item) error {
		id := graph.SortKey(rest).EventID()
		e, err := record[graph.Event](c.r, keyEvent, id)
		if err != nil {
			return err
		}
		if e == nil {
			return fmt.Errorf("%w: issue %s lists event %s, which is not there", ErrCorrupt, issue, id)
		}
		postings(e, func(key, _ []byte) { c.drop(key) })
		c.meta.Events--
		if err := c.dropRecord(idKey(keyBody, id)); err != nil {
			return err
		}
		return c.dropRecord(idKey(keyEvent, id))
	})
}

func (c *changes) putIssues(ctx context.Context, b *graph.Batch) error {
	for _, d := range b.Put {
		if err := c.putIssue(ctx, d); err != nil {
			return err
		}
	}
	return nil
}

func (c *changes) putIssue(ctx context.Context, d *graph.IssueData) error {
	key := idKey(keyIssue, d.Issue.ID)
	if there, err := c.has(key); err != nil {
		return err
	} else if there {
		return fmt.Errorf("%w: issue %s is there already", graph.ErrConflict, d.Issue.ID)
	}
	if err := c.put(key, &d.Issue, false); err != nil {
		return err
	}
	if err := c.put(idKey(keyDocument, d.Issue.ID), &d.Document, true); err != nil {
		return err
	}
	for old, id := range d.Document.Redirects {
		key := idKey(keyRedirect, old)
		c.set(key, seal(key, plain, []byte(id)))
	}
	c.mark(issueOrderKey(&d.Issue))
	c.mark(issueOfKey(&d.Issue))
	c.meta.Issues++
	for i, e := range d.Events {
		if i%askEvery == askEvery-1 {
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		if err := c.putEvent(e, d.Bodies[i]); err != nil {
			return err
		}
	}
	return nil
}

func (c *changes) putEvent(e *graph.Event, body string) error {
	key := idKey(keyEvent, e.ID)
	if there, err := c.has(key); err != nil {
		return err
	} else if there {
		return fmt.Errorf("%w: event %s is there already", graph.ErrConflict, e.ID)
	}
	if err := c.put(key, e, false); err != nil {
		return err
	}
	if err := c.put(idKey(keyBody, e.ID), body, true); err != nil {
		return err
	}
	postings(e, c.set)
	c.meta.Events++
	return nil
}

func (c *changes) putBlocks(_ context.Context, b *graph.Batch) error {
	for i := range b.Blocks {
		block := &b.Blocks[i]
		key := append([]byte{keyBlock}, block.Key...)
		if err := c.putPairs(key, block); err != nil {
			return err
		}
		if len(block.Facts) == 0 {
			if err := c.dropRecord(key); err != nil {
				return err
			}
			continue
		}
		if err := c.put(key, block, true); err != nil {
			return err
		}
	}
	return nil
}

// putPairs has the pairs of a block stand where those of the block before it stood.
func (c *changes) putPairs(key []byte, block *graph.Block) error {
	var old graph.Block
	if _, err := get(c.r.txn, key, &old); err != nil {
		return err
	}
	stay := func(pairs []graph.SamePair, p *graph.SamePair) bool {
		return slices.ContainsFunc(pairs, func(q graph.SamePair) bool { return reflect.DeepEqual(*p, q) })
	}
	pairs := block.Pairs
	if len(block.Facts) == 0 {
		pairs = nil
	}
	for i := range old.Pairs {
		if stay(pairs, &old.Pairs[i]) {
			continue
		}
		for _, key := range sameKeys(&old.Pairs[i], block.Key) {
			c.drop(key)
		}
	}
	for i := range pairs {
		if stay(old.Pairs, &pairs[i]) {
			continue
		}
		for _, key := range sameKeys(&block.Pairs[i], block.Key) {
			if err := c.put(key, &pairs[i], false); err != nil {
				return err
			}
		}
	}
	return nil
}

func (c *changes) putEntities(_ context.Context, b *graph.Batch) error {
	for _, id := range b.DropEntities {
		if err := c.dropEntity(id); err != nil {
			return err
		}
	}
	for i := range b.Entities {
		e := &b.Entities[i]
		if err := c.dropEntity(e.ID); err != nil {
			return err
		}
		if err := c.put(idKey(keyEntity, e.ID), e, false); err != nil {
			return err
		}
		entityKeys(e, c.mark)
		c.meta.Entities++
	}
	for atom, entity := range b.Atoms {
		key := idKey(keyAtom, atom)
		if entity == "" {
			c.drop(key)
			continue
		}
		c.set(key, seal(key, plain, []byte(entity)))
	}
	return nil
}

// dropEntity drops an entity that may be there, and the keys that it is found by.
func (c *changes) dropEntity(id graph.ID) error {
	key := idKey(keyEntity, id)
	if there, err := c.has(key); !there || err != nil {
		return err
	}
	old, err := record[graph.EntityData](c.r, keyEntity, id)
	if err != nil {
		return err
	}
	entityKeys(old, c.drop)
	c.meta.Entities--
	return c.dropRecord(key)
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
		if err := c.put(idKey(keyPublication, p.ID), p, false); err != nil {
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

// appendChange writes a change after others: the lengths of key and value and both, a length of value one more than
// it is, 0 for none.
func appendChange(b []byte, key, value []byte) []byte {
	b = append(binary.AppendUvarint(b, uint64(len(key))), key...)
	if value == nil {
		return binary.AppendUvarint(b, 0)
	}
	return append(binary.AppendUvarint(b, uint64(len(value))+1), value...)
}

// readChanges calls apply with each change that appendChange wrote.
func readChanges(b []byte, apply func(change) error) error {
	next := func(n uint64) []byte {
		part := b[:min(n, uint64(len(b)))]
		b = b[len(part):]
		return part
	}
	size := func() uint64 {
		n, used := binary.Uvarint(b)
		b = b[max(used, 0):]
		return n
	}
	for len(b) > 0 {
		ch := change{key: next(size())}
		if n := size(); n > 0 {
			ch.value = next(n - 1)
			if uint64(len(ch.value)) != n-1 {
				return fmt.Errorf("%w: a staged batch ends early", ErrCorrupt)
			}
		}
		if err := apply(ch); err != nil {
			return err
		}
	}
	return nil
}
