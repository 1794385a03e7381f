package badgerstore

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/dgraph-io/badger/v4"

	"fangzhi/graph"
)

// Update implements graph.Store.
//
// A batch that fits is one transaction of Badger, which fits about 26,000 keys and 2.4 MB. A larger one is staged: its
// changes are written under keys of their own, one small transaction says that they are whole, and then they are
// applied piece by piece while snapshots go on showing the state before. If that is interrupted, the next Update or
// Open applies them again from the first. An error of a commit leaves open whether the batch will be there: it will be
// whole or not at all.
func (s *Store) Update(ctx context.Context, plan func(graph.Reader) (*graph.Batch, error)) error {
	if s.readOnly {
		return ErrReadOnly
	}
	if err := s.awaitRoom(ctx); err != nil {
		return err
	}
	select {
	case s.writer <- struct{}{}:
		defer func() { <-s.writer }()
	case <-ctx.Done():
		return ctx.Err()
	}
	s.busy(true)
	defer s.busy(false)
	if err := s.finish(); err != nil {
		return fmt.Errorf("complete an earlier update: %w", err)
	}
	r, err := s.snapshot(ctx)
	if err != nil {
		return err
	}
	defer r.Close()
	r.blocks, r.present, r.recent = map[string]*keptBlock{}, s.knownKeys(r.txn), s.recent
	batch, err := plan(r)
	if err != nil || batch == nil {
		return err
	}
	if err := batch.Validate(); err != nil {
		return err
	}
	c, err := newChanges(ctx, r, batch)
	if err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	var remembering sync.WaitGroup
	remembering.Go(func() { s.remember(c) }) // beside the disk
	err = s.apply(c)
	remembering.Wait()
	if err != nil || c.wiped {
		s.forgetRecent() // nobody knows what was written
	}
	if err != nil {
		return err
	}
	if c.wiped {
		return s.reload()
	}
	c.w.number(len(r.index.atoms))
	r.state.kept.ordinals.add(r.index.n(), c.newIDs()) // before somebody asks
	s.show(c.w.index, r.state.kept, c.rewritten)
	s.tendSoon()
	return nil
}

// remember has the next update find what this one writes.
func (s *Store) remember(c *changes) {
	if s.recent == nil {
		return
	}
	for key, value := range c.byID {
		switch {
		case key[0] != keyBlock && key[0] != keyEntity:
		case value == nil || value[0]&inPieces != 0:
			s.recent.drop(key)
		default:
			s.recent.put(key, value, len(key)+len(value))
		}
	}
}

// forgetRecent forgets what updates wrote.
func (s *Store) forgetRecent() {
	if s.recent != nil {
		s.recent = newCache[string, []byte](s.roomForRecent())
	}
}

// knownKeys returns the keys that a bulk store knows, nil for another.
func (s *Store) knownKeys(txn *badger.Txn) *present {
	if s.bulk && s.present == nil {
		s.present = readPresent(txn)
	}
	return s.present
}

// finish brings an update to its end that was left unfinished.
func (s *Store) finish() error {
	if !s.unfinished || s.isClosed() {
		return nil
	}
	if err := s.applyStaged(); err != nil {
		return err
	}
	return s.reload() // what was kept of the state before may be wrong
}

// reload shows what is on disk. Until it succeeds the store is unfinished, for what is shown is of before.
func (s *Store) reload() error {
	s.unfinished = true
	if err := s.load(); err != nil {
		return err
	}
	s.unfinished = false
	return nil
}

func (s *Store) isClosed() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.closed
}

func (s *Store) apply(c *changes) error {
	err := s.commit(func(set func(change) error) error {
		for key, value := range c.byID {
			if err := set(change{[]byte(key), value}); err != nil {
				return err
			}
		}
		return nil
	})
	if !errors.Is(err, badger.ErrTxnTooBig) {
		s.unfinished = err != nil
		return err
	}
	if pieces, err := s.stage(slices.Sorted(maps.Keys(c.byID)), c.byID); err != nil {
		s.unfinished = true
		if forgotten := s.forgetStaged(pieces); forgotten != nil {
			return errors.Join(err, forgotten)
		}
		return err
	}
	return s.applyStaged()
}

// commit makes one transaction of the changes that write sets. They are on disk when it returns nil.
func (s *Store) commit(write func(set func(change) error) error) error {
	txn := s.db.NewTransaction(true)
	defer txn.Discard()
	err := write(func(c change) error {
		if c.value == nil {
			return txn.Delete(c.key)
		}
		return txn.Set(c.key, c.value)
	})
	if err != nil {
		return err
	}
	if fault := s.fault.Load(); fault != nil {
		if err := (*fault)(); err != nil {
			return err
		}
	}
	if err := txn.Commit(); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	return nil
}

func stagedKey(number uint32) []byte { return binary.BigEndian.AppendUint32([]byte{keyStaged}, number) }

// pieceChanges is how many changes a piece of a staged batch has at most: the smallest table that tests use takes 6,500.
const pieceChanges = 4096

// stage writes the changes in pieces, and then how many these are; it returns how many may be written where it fails.
func (s *Store) stage(keys []string, values map[string][]byte) (number uint32, err error) {
	var piece []byte
	changes := 0
	write := func() error {
		key := stagedKey(number)
		number++
		sealed := seal(key, zstandard, squeezer().EncodeAll(piece, nil))
		piece, changes = piece[:0], 0
		return s.commit(func(set func(change) error) error { return set(change{key, sealed}) })
	}
	for _, key := range keys {
		// So a piece is at most pieceBytes or one change, and stays out of the value log; and it is applied in one transaction.
		if len(piece) > 0 && (len(piece)+len(key)+len(values[key]) > pieceBytes || changes == pieceChanges) {
			if err := write(); err != nil {
				return number, err
			}
		}
		piece = appendChange(piece, []byte(key), values[key])
		changes++
	}
	if len(piece) > 0 {
		if err := write(); err != nil {
			return number, err
		}
	}
	return number, s.commit(func(set func(change) error) error {
		key := []byte{keyStagedMarker}
		return set(change{key, seal(key, plain, binary.BigEndian.AppendUint32(nil, number))})
	})
}

// applyStaged applies the staged batch, a piece a transaction, and forgets it. Doing so twice is doing so once.
func (s *Store) applyStaged() error {
	s.unfinished = true
	txn := s.db.NewTransaction(false)
	defer txn.Discard()
	count, err := stagedPieces(txn)
	if err != nil {
		return err
	}
	for number := range count {
		key := stagedKey(number)
		item, err := find(txn, key)
		if err != nil {
			return err
		}
		if item == nil {
			return fmt.Errorf("%w: piece %d of a staged batch is gone", ErrCorrupt, number)
		}
		err = s.commit(func(set func(change) error) error {
			return item.Value(func(value []byte) error {
				_, payload, err := unseal(key, value)
				if err != nil {
					return err
				}
				if payload, err = unsqueezer().DecodeAll(payload, nil); err != nil {
					return fmt.Errorf("%w: %w", ErrCorrupt, err)
				}
				return readChanges(payload, set)
			})
		})
		if err != nil {
			return err
		}
	}
	return s.forgetStaged(count)
}

// stagedPieces returns how many pieces the staged batch has, 0 where none is whole.
func stagedPieces(txn *badger.Txn) (uint32, error) {
	key := []byte{keyStagedMarker}
	item, err := find(txn, key)
	if item == nil || err != nil {
		return 0, err
	}
	var count uint32
	err = item.Value(func(value []byte) error {
		_, payload, err := unseal(key, value)
		if err == nil && len(payload) != 4 {
			err = fmt.Errorf("%w: no number of pieces of a staged batch", ErrCorrupt)
		}
		if err == nil {
			count = binary.BigEndian.Uint32(payload)
		}
		return err
	})
	return count, err
}

// forgetStaged deletes a batch of so many pieces that is applied, or was never whole: first what says that it is whole.
func (s *Store) forgetStaged(pieces uint32) error {
	if err := s.commit(func(set func(change) error) error { return set(change{key: []byte{keyStagedMarker}}) }); err != nil {
		return err
	}
	s.unfinished = false
	_ = s.commit(func(set func(change) error) error { // what is left of them means nothing and goes when the graph is opened again
		for number := range pieces {
			if err := set(change{key: stagedKey(number)}); err != nil {
				return err
			}
		}
		return nil
	})
	return nil
}

// forgetPieces deletes the pieces of a staged batch that nothing says to be whole.
func (s *Store) forgetPieces() error { return s.dropPrefix([]byte{keyStaged}) }

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
		n := size()
		ch := change{key: next(n)}
		broken := n == 0 || uint64(len(ch.key)) != n || len(b) == 0
		if n := size(); n > 0 {
			ch.value = next(n - 1)
			broken = broken || uint64(len(ch.value)) != n-1
		}
		if broken {
			return fmt.Errorf("%w: a staged batch ends early", ErrCorrupt)
		}
		if err := apply(ch); err != nil {
			return err
		}
	}
	return nil
}
