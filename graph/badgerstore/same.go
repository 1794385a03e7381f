package badgerstore

import (
	"bytes"
	"context"
	"errors"
	"slices"

	"github.com/dgraph-io/badger/v4"

	"fangzhi/graph"
)

// EachSame implements graph.Reader. Pairs stand in a list of each kind; those of all kinds are the lists one beside the other.
func (r *snapshot) EachSame(ctx context.Context, kind graph.EntityKind, from graph.SameKey, backward bool, visit func(*graph.SamePair) error) error {
	if err := r.enter(ctx); err != nil {
		return err
	}
	defer r.leave()
	var lists []*badger.Iterator
	for _, letter := range []byte(letters(kind)) {
		it := r.pairs(letter, from, backward)
		defer it.Close()
		lists = append(lists, it)
	}
	var last []byte
	n := 0
	for it := firstPair(lists, backward); it != nil; it = firstPair(lists, backward) {
		if n++; n%askEvery == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		item := it.Item()
		if pair := item.Key()[:pairBytes(item.Key())]; !bytes.Equal(pair, last) { // else another block holds it too
			last = append(last[:0], pair...)
			p := new(graph.SamePair)
			if err := item.Value(func(value []byte) error { return decode(r.txn, item.Key(), value, p) }); err != nil {
				return err
			}
			if err := visit(p); errors.Is(err, graph.ErrStop) {
				return nil
			} else if err != nil {
				return err
			}
		}
		it.Next()
	}
	return nil
}

// pairs returns an iterator that stands at the first pair of a list behind from, or before it, or at the end of the list.
func (r *snapshot) pairs(letter byte, from graph.SameKey, backward bool) *badger.Iterator {
	prefix := []byte{keySame, letter}
	it := r.txn.NewIterator(badger.IteratorOptions{Prefix: prefix, Reverse: backward})
	switch {
	case from == "" && backward:
		it.Seek([]byte{keySame, letter, 0xff}) // a score is below it
	case from != "" && backward:
		it.Seek(slices.Concat(prefix, []byte(from))) // the keys of the pair itself are longer
	case from != "":
		it.Seek(slices.Concat(prefix, []byte(from), []byte{1})) // behind all blocks that hold it: a NUL follows the pair
	default:
		it.Seek(prefix)
	}
	return it
}

// firstPair returns the list whose pair comes first, nil where all are at their ends.
func firstPair(lists []*badger.Iterator, backward bool) (first *badger.Iterator) {
	const list = 2 // bytes before the pair
	for _, it := range lists {
		if it.Valid() && (first == nil || (bytes.Compare(it.Item().Key()[list:], first.Item().Key()[list:]) < 0) != backward) {
			first = it
		}
	}
	return first
}

// pairBytes returns how long the part of a key is that names the pair: kind and letter, score, id NUL id.
func pairBytes(key []byte) int {
	const score = 2 + 4
	first := bytes.IndexByte(key[score:], 0)
	if first < 0 {
		return len(key)
	}
	second := bytes.IndexByte(key[score+first+1:], 0)
	if second < 0 {
		return len(key)
	}
	return score + first + 1 + second
}
