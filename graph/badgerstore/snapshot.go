package badgerstore

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/dgraph-io/badger/v4"

	"fangzhi/graph"
)

// snapshot is a graph.Snapshot. Badger's read transactions may be read by several goroutines at once; what is guarded
// here is only that none is discarded while it is read.
type snapshot struct {
	store *Store
	state *state
	txn   *badger.Txn
	index *index
	done  func() // tells the store; called once

	mu     sync.Mutex
	reads  int                    // guarded by mu: how many calls are running
	closed bool                   // guarded by mu
	found  map[string]*finding    // guarded by mu; by string
	tails  map[string]*inspection // guarded by mu; by string
	blocks map[string]*keptBlock  // guarded by mu; nil but for an update

	present *present               // nil but for an update of a bulk store; it grows when all is planned
	recent  *cache[string, []byte] // Store.recent for an update, nil for others: it runs ahead of their state
}

var _ graph.Snapshot = (*snapshot)(nil)

// Revision implements graph.Reader.
func (r *snapshot) Revision() string { return r.index.counts.Revision }

// Close implements graph.Snapshot. Calls that are running end as they would. Closing twice is closing once.
func (r *snapshot) Close() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		return
	}
	r.closed = true
	if r.reads == 0 {
		r.release()
	}
}

func (r *snapshot) release() {
	r.state.release()
	r.done()
}

// enter begins a call, which ends with leave if there is no error.
func (r *snapshot) enter(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed && r.reads == 0 {
		return graph.ErrClosed
	}
	r.reads++
	return nil
}

func (r *snapshot) leave() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.reads--; r.reads == 0 && r.closed {
		r.release()
	}
}

// scan calls visit with the keys of the prefix in order, without the prefix, until it returns an error; graph.ErrStop
// ends without one. The key is only valid during the call.
func (r *snapshot) scan(ctx context.Context, prefix []byte, visit func(rest []byte, item *badger.Item) error) error {
	it := r.txn.NewIterator(badger.IteratorOptions{Prefix: prefix})
	defer it.Close()
	n := 0
	for it.Rewind(); it.Valid(); it.Next() {
		if n++; n%askEvery == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		item := it.Item()
		if err := visit(item.Key()[len(prefix):], item); errors.Is(err, graph.ErrStop) {
			return nil
		} else if err != nil {
			return err
		}
	}
	return nil
}

// records reads the records of the keys one by one, nil where there is none.
func records[T any](ctx context.Context, r *snapshot, kind byte, ids []graph.ID) ([]*T, error) {
	if err := r.enter(ctx); err != nil {
		return nil, err
	}
	defer r.leave()
	found := make([]*T, len(ids))
	for i, id := range ids {
		if i%askEvery == askEvery-1 {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
		}
		v, err := record[T](r, kind, id)
		if err != nil {
			return nil, err
		}
		found[i] = v
	}
	return found, nil
}

func record[T any](r *snapshot, kind byte, id graph.ID) (*T, error) {
	key, v := idKey(kind, id), new(T)
	if value, ok := r.remembered(key); ok {
		return v, decode(r.txn, key, value, v)
	}
	item, err := r.item(key)
	if item == nil || err != nil {
		return nil, err
	}
	return v, item.Value(func(value []byte) error { return decode(r.txn, key, value, v) })
}

// remembered returns the value that one of the last updates wrote at a key.
func (r *snapshot) remembered(key []byte) ([]byte, bool) {
	if r.recent == nil {
		return nil, false
	}
	return r.recent.get(string(key))
}

// redirected is records for those that earlier ids lead to.
func redirected[T any](ctx context.Context, r *snapshot, kind byte, ids []graph.ID) ([]*T, error) {
	found, err := records[T](ctx, r, kind, ids)
	if err != nil || !slices.Contains(found, nil) {
		return found, err
	}
	if err := r.enter(ctx); err != nil {
		return nil, err
	}
	defer r.leave()
	for i, id := range ids {
		if found[i] != nil {
			continue
		}
		to, err := r.redirect(id)
		if err != nil {
			return nil, err
		}
		if to == "" {
			continue
		}
		if found[i], err = record[T](r, kind, to); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// redirect returns the id that another one leads to, "" for none.
func (r *snapshot) redirect(id graph.ID) (to graph.ID, err error) {
	key := idKey(keyRedirect, id)
	_, err = r.getBytes(key, func(b []byte) error {
		to = graph.ID(b)
		return nil
	})
	return to, err
}

// EventsByID implements graph.Reader.
func (r *snapshot) EventsByID(ctx context.Context, ids []graph.ID) ([]*graph.Event, error) {
	if err := r.enter(ctx); err != nil {
		return nil, err
	}
	defer r.leave()
	found, err := r.ordinals(ctx, ids)
	if err != nil {
		return nil, err
	}
	for i, id := range ids {
		if found[i] != noOrdinal {
			continue
		}
		to, err := r.redirect(id)
		if err != nil {
			return nil, err
		}
		if to == "" {
			continue
		}
		if found[i], err = r.ordinal(ctx, to); err != nil {
			return nil, err
		}
	}
	return r.cards(ctx, found)
}

// inBlocks returns the places of the ordinals that are wanted: together those in a row that are of one block of so many events.
func inBlocks(ordinals []uint32, events uint32, wanted func(i int) bool) (blocks [][]int) {
	last := noOrdinal
	for i, o := range ordinals {
		switch number := o / events; {
		case !wanted(i):
		case number == last:
			blocks[len(blocks)-1] = append(blocks[len(blocks)-1], i)
		default:
			blocks, last = append(blocks, []int{i}), number
		}
	}
	return blocks
}

// inTwo reads each of some records by its place, many on two processors, each of which takes the next when it has done with one.
func inTwo(ctx context.Context, records int, read func(n int) error) error {
	var next atomic.Int64
	all := func() error {
		for {
			n := int(next.Add(1)) - 1
			if n >= records {
				return nil
			}
			if n%askEvery == askEvery-1 {
				if err := ctx.Err(); err != nil {
					return err
				}
			}
			if err := read(n); err != nil {
				return err
			}
		}
	}
	if records < manyRecords || runtime.GOMAXPROCS(0) == 1 {
		return all()
	}
	return together(all, all)
}

// manyRecords is from how many records on they are read on two processors. One takes some five to twenty microseconds.
const manyRecords = 8

// eventID returns the id of the event of an ordinal, "" where it was removed.
func (r *snapshot) eventID(o uint32) (graph.ID, error) {
	if r.index.dead.Contains(o) {
		return "", nil
	}
	h, err := r.head(o)
	return h.id, err
}

// idsBelow returns what follows the prefix in its keys.
func (r *snapshot) idsBelow(ctx context.Context, prefix []byte) ([]graph.ID, error) {
	var ids []graph.ID
	err := r.scan(ctx, prefix, func(rest []byte, _ *badger.Item) error {
		ids = append(ids, graph.ID(rest))
		return nil
	})
	return ids, err
}

// Publications implements graph.Reader.
func (r *snapshot) Publications(ctx context.Context, ids []graph.ID) ([]*graph.Publication, error) {
	if ids != nil {
		return records[graph.Publication](ctx, r, keyPublication, ids)
	}
	if err := r.enter(ctx); err != nil {
		return nil, err
	}
	defer r.leave()
	var all []*graph.Publication
	err := r.scan(ctx, []byte{keyPublication}, func(_ []byte, item *badger.Item) error {
		p := new(graph.Publication)
		all = append(all, p)
		return item.Value(func(value []byte) error { return decode(r.txn, item.Key(), value, p) })
	})
	slices.SortFunc(all, func(a, b *graph.Publication) int {
		return cmp.Or(cmp.Compare(a.Key, b.Key), cmp.Compare(a.ID, b.ID))
	})
	return all, err
}

// Issues implements graph.Reader.
func (r *snapshot) Issues(ctx context.Context, ids []graph.ID) ([]*graph.Issue, error) {
	return redirected[graph.Issue](ctx, r, keyIssue, ids)
}

// IssueList implements graph.Reader.
func (r *snapshot) IssueList(ctx context.Context, publication graph.ID) ([]graph.ID, error) {
	if err := r.enter(ctx); err != nil {
		return nil, err
	}
	defer r.leave()
	prefix := []byte{keyIssueOrder}
	if publication != "" {
		prefix = issuesOfKey(publication)
	}
	var ids []graph.ID
	err := r.scan(ctx, prefix, func(rest []byte, _ *badger.Item) error {
		ids = append(ids, graph.ID(rest[bytes.IndexByte(rest, 0)+1:]))
		return nil
	})
	return ids, err
}

// LastIssue implements graph.Reader.
func (r *snapshot) LastIssue(ctx context.Context, publication graph.ID, without []graph.ID) (*graph.Issue, error) {
	if err := r.enter(ctx); err != nil {
		return nil, err
	}
	defer r.leave()
	prefix := issuesOfKey(publication)
	it := r.txn.NewIterator(badger.IteratorOptions{Prefix: prefix, Reverse: true})
	defer it.Close()
	behind := slices.Clone(prefix)
	behind[len(behind)-1]++
	for it.Seek(behind); it.Valid(); it.Next() {
		rest := it.Item().Key()[len(prefix):]
		if id := graph.ID(rest[bytes.IndexByte(rest, 0)+1:]); !slices.Contains(without, id) {
			return record[graph.Issue](r, keyIssue, id)
		}
	}
	return nil, nil
}

// Blocks implements graph.Reader.
func (r *snapshot) Blocks(ctx context.Context, keys []string) ([]graph.Block, error) {
	if err := r.enter(ctx); err != nil {
		return nil, err
	}
	defer r.leave()
	blocks := make([]graph.Block, len(keys))
	return blocks, inTwo(ctx, len(keys), func(n int) error {
		b, err := r.block(keys[n])
		if err != nil {
			return err
		}
		if blocks[n].Key = keys[n]; b.there {
			blocks[n] = b.Block
		}
		return nil
	})
}

// keptBlock is a block as it is kept.
type keptBlock struct {
	graph.Block
	there  bool
	pieces int // beside the first
}

// manyBlocks is how many blocks of a state are kept at most beside those that an update reads.
const manyBlocks = 2048

// keptBlock returns a block of the state that somebody has read.
func (r *snapshot) keptBlock(key string) *keptBlock {
	r.mu.Lock()
	b := r.blocks[key]
	r.mu.Unlock()
	if b == nil {
		r.state.mu.Lock()
		b = r.state.blocks[key]
		r.state.mu.Unlock()
	}
	return b
}

// keepBlock keeps a block: an update all that it reads, and others as many as there is room for with their state. Who reads one will soon put
// another in its place, as whoever loads an issue asks for blocks while the issue is being built.
func (r *snapshot) keepBlock(key string, b *keptBlock) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.blocks != nil {
		r.blocks[key] = b
		return
	}
	r.state.mu.Lock()
	defer r.state.mu.Unlock()
	if r.state.blocks == nil {
		r.state.blocks = map[string]*keptBlock{}
	}
	if len(r.state.blocks) < manyBlocks {
		r.state.blocks[key] = b
	}
}

// block reads a block; one that an update has read to plan with is there when it is replaced.
func (r *snapshot) block(key string) (b *keptBlock, err error) {
	if b = r.keptBlock(key); b != nil {
		return b, nil
	}
	b = new(keptBlock)
	at := idKey(keyBlock, key)
	read := func(value []byte) (err error) {
		b.there = true
		if b.pieces, err = pieces(at, value); err != nil {
			return err
		}
		room := rooms.Get().(*[]byte)
		defer rooms.Put(room)
		data, err := decodeBytes(r.txn, at, value, *room) // what is read of it shares none of its memory
		if err != nil {
			return err
		}
		b.Key = key
		b.Facts, b.Pairs, err = decodeFacts(data)
		return err
	}
	if value, ok := r.remembered(at); ok {
		err = read(value)
	} else {
		var item *badger.Item
		if item, err = r.item(at); err != nil {
			return nil, err
		}
		if item != nil {
			err = item.Value(read)
		}
	}
	if err != nil {
		return nil, err
	}
	r.keepBlock(key, b)
	return b, nil
}
