package badgerstore

import (
	"context"
	"encoding/binary"
	"fmt"
	"sync"

	"fangzhi/graph"
)

// Texts stand in blocks of bodiesARecord events: the CBOR of a list of lists of two strings, title and body (textOf). They are
// read here without its decoder: all strings of a block share one allocation, and who wants one body makes no other.

// Bodies implements graph.Reader.
func (r *snapshot) Bodies(ctx context.Context, ids []graph.ID) ([]string, error) {
	if err := r.enter(ctx); err != nil {
		return nil, err
	}
	defer r.leave()
	found, err := r.ordinals(ctx, ids)
	if err != nil {
		return nil, err
	}
	bodies := make([]string, len(ids))
	blocks := map[uint32][]int{} // the places in ids, by block
	for i, o := range found {
		if o == noOrdinal {
			continue
		}
		if body, kept := r.state.kept.bodies.get(o); kept {
			bodies[i] = body
			continue
		}
		blocks[o/bodiesARecord] = append(blocks[o/bodiesARecord], i)
	}
	for block, places := range blocks {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		err := r.textBlock(block, func(t *textReader) error {
			return t.each(func(n uint32, _, body []byte) {
				for _, i := range places {
					if found[i] == block*bodiesARecord+n {
						bodies[i] = string(body)
						r.state.kept.bodies.put(found[i], bodies[i], len(body))
					}
				}
			})
		})
		if err != nil {
			return nil, err
		}
	}
	return bodies, nil
}

// body returns the body of the event of an ordinal.
func (r *snapshot) body(o uint32) (body string, err error) {
	err = r.textBlock(o/bodiesARecord, func(t *textReader) error {
		return t.each(func(n uint32, _, text []byte) {
			if n == o%bodiesARecord {
				body = string(text)
			}
		})
	})
	return body, err
}

// texts returns the texts of the sixteen events of a block.
func (r *snapshot) texts(block uint32) (all []textOf, err error) {
	err = r.textBlock(block, func(t *textReader) error {
		s := string(t.rest)
		cut := func(text []byte) string {
			end := len(s) - len(t.rest)
			return s[end-len(text) : end]
		}
		all = make([]textOf, 0, bodiesARecord)
		return t.eachText(func(n uint32, title bool, text []byte) {
			if title {
				all = append(all, textOf{Title: cut(text)})
			} else {
				all[n].Body = cut(text)
			}
		})
	})
	return all, err
}

var unsqueezed = sync.Pool{New: func() any { return new([]byte) }}

// textBlock calls use with the record of a block, which is valid during the call; not at all where there is none.
func (r *snapshot) textBlock(block uint32, use func(*textReader) error) error {
	key := numberKey(keyBodies, block)
	item, err := find(r.txn, key)
	if item == nil || err != nil {
		return err
	}
	buffer := unsqueezed.Get().(*[]byte)
	defer unsqueezed.Put(buffer)
	return item.Value(func(value []byte) error {
		data, own, err := decodeInto(r.txn, key, value, (*buffer)[:0])
		if own {
			*buffer = data
		}
		if err != nil {
			return err
		}
		return use(&textReader{data, key})
	})
}

// textReader reads the record of a block.
type textReader struct {
	rest []byte
	key  []byte
}

// The major types of CBOR that a block has (RFC 8949 §3.1).
const (
	cborText = 3
	cborList = 4
)

// head reads the head of an item of a major type: the length of a text in bytes, or of a list.
func (t *textReader) head(major byte) (int, error) {
	if len(t.rest) == 0 || t.rest[0]>>5 != major {
		return 0, t.damaged()
	}
	n := uint64(t.rest[0] & 31)
	t.rest = t.rest[1:]
	if n < 24 {
		return int(n), nil
	}
	size := 1 << (n - 24) // bytes
	if n > 27 || len(t.rest) < size {
		return 0, t.damaged()
	}
	var wide [8]byte
	copy(wide[8-size:], t.rest)
	n = binary.BigEndian.Uint64(wide[:])
	if t.rest = t.rest[size:]; n > uint64(len(t.rest)) { // each member of a list takes a byte at least
		return 0, t.damaged()
	}
	return int(n), nil
}

func (t *textReader) text() ([]byte, error) {
	n, err := t.head(cborText)
	if err != nil || n > len(t.rest) {
		return nil, t.damaged()
	}
	text := t.rest[:n]
	t.rest = t.rest[n:]
	return text, nil
}

func (t *textReader) damaged() error { return fmt.Errorf("%w: %q holds no texts", ErrCorrupt, t.key) }

// eachText visits the texts of all events, the title of each and then its body, which lie right before what is left of the record.
func (t *textReader) eachText(visit func(n uint32, title bool, text []byte)) error {
	events, err := t.head(cborList)
	if err != nil {
		return err
	}
	for n := range uint32(events) {
		if two, err := t.head(cborList); err != nil || two != 2 {
			return t.damaged()
		}
		for _, title := range []bool{true, false} {
			text, err := t.text()
			if err != nil {
				return err
			}
			visit(n, title, text)
		}
	}
	if len(t.rest) > 0 {
		return t.damaged()
	}
	return nil
}

// each visits the texts of one event after the other.
func (t *textReader) each(visit func(n uint32, title, body []byte)) error {
	var of []byte
	return t.eachText(func(n uint32, title bool, text []byte) {
		if title {
			of = text
		} else {
			visit(n, of, text)
		}
	})
}
