package badgerstore

import (
	"bytes"
	"context"
	"errors"
	"slices"

	"github.com/dgraph-io/badger/v4"

	"fangzhi/graph"
)

// EachSame implements graph.Reader.
func (r *snapshot) EachSame(ctx context.Context, kind graph.EntityKind, from graph.SameKey, backward bool, visit func(*graph.SamePair) error) error {
	if err := r.enter(ctx); err != nil {
		return err
	}
	defer r.leave()
	list := byte(sameAll)
	if kind != "" {
		known := letters(kind)
		if known == "" {
			return nil
		}
		list = known[0]
	}
	prefix := []byte{keySame, list}
	it := r.txn.NewIterator(badger.IteratorOptions{Prefix: prefix, Reverse: backward})
	defer it.Close()
	start := prefix
	switch {
	case from == "" && backward:
		start = []byte{keySame, list, 0xff} // a score is below it
	case from != "" && backward:
		start = slices.Concat(prefix, []byte(from)) // the keys of the pair itself are longer
	case from != "":
		start = slices.Concat(prefix, []byte(from), []byte{1}) // behind all blocks that hold it: a NUL follows the pair
	}
	var last []byte
	n := 0
	for it.Seek(start); it.Valid(); it.Next() {
		if n++; n%askEvery == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		key := it.Item().Key()
		pair := key[:pairBytes(key)]
		if bytes.Equal(pair, last) {
			continue // another block holds it too
		}
		last = append(last[:0], pair...)
		p := new(graph.SamePair)
		if err := it.Item().Value(func(value []byte) error { return decode(r.txn, key, value, p) }); err != nil {
			return err
		}
		if err := visit(p); errors.Is(err, graph.ErrStop) {
			return nil
		} else if err != nil {
			return err
		}
	}
	return nil
}

// pairBytes returns how long the part of a key is that names the pair: list, score, id NUL id.
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
