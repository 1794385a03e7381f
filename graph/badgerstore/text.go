package badgerstore

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/dgraph-io/badger/v4"

	"fangzhi/fold"
	"fangzhi/graph"
	"fangzhi/graph/badgerstore/gram"
)

// The index of texts is a list of segments (package gram), and a tail of events that are in none yet (tail.go); small segments are
// merged (merge.go), both in the background (background.go). A title is indexed where it is printed. A made title is the first clause
// of the body, so its hits are the body's; where it is not (odd), it counts where the body has no hit, and that only its text can tell.

// A segment is one of the index of texts.
type segment struct {
	number uint32
	header *gram.Header
	blocks [][]byte // of a piece; nil where they are on disk
	bytes  int      // of these
}

// segmentList is the record of which segments there are, by their numbers, and before which ordinal they have all events.
type segmentList struct {
	Segments []uint32 `cbor:"1,keyasint"`
	Indexed  uint32   `cbor:"2,keyasint,omitempty"`
}

// readSegments reads which segments the index of texts has.
func (x *index) readSegments(txn *badger.Txn) error {
	var list segmentList
	there, err := get(txn, []byte{keySegments}, &list)
	if err != nil {
		return err
	}
	if !there && anyKey(txn, []byte{keyHeader}) {
		return fmt.Errorf("%w: nothing says which segments the index of texts has", ErrCorrupt)
	}
	if x.segments, err = readSegments(txn, &list); err != nil {
		return err
	}
	x.indexed = list.Indexed
	for _, s := range x.segments {
		_, hi := s.header.Interval()
		x.indexed = max(x.indexed, uint32(min(hi, math.MaxUint32)))
	}
	if x.common, err = readCommon(txn, x.segments); err == nil && x.common != nil && x.common.before > x.indexed {
		err = fmt.Errorf("%w: first hits of events that are in no segment", ErrCorrupt)
	}
	return err
}

func anyKey(txn *badger.Txn, prefix []byte) bool {
	it := txn.NewIterator(badger.IteratorOptions{Prefix: prefix})
	defer it.Close()
	it.Rewind()
	return it.Valid()
}

func readSegments(txn *badger.Txn, list *segmentList) ([]*segment, error) {
	sets := map[gram.SetID]*gram.Set{}
	set := func(id gram.SetID) *gram.Set {
		if sets[id] == nil {
			sets[id] = gram.NamedSet(id)
		}
		return sets[id]
	}
	segments := make([]*segment, len(list.Segments))
	for i, number := range list.Segments {
		segments[i] = &segment{number: number}
		ok, err := getBytes(txn, numberKey(keyHeader, number), func(b []byte) (err error) {
			segments[i].header, err = gram.DecodeHeader(slices.Clone(b), set)
			return damaged(err)
		})
		if err != nil {
			return nil, err
		}
		if !ok {
			return nil, fmt.Errorf("%w: segment %d of the index of texts is not there", ErrCorrupt, number)
		}
	}
	return segments, nil
}

// damaged says of bytes that package gram cannot read what the engine says of others.
func damaged(err error) error {
	if errors.Is(err, gram.ErrCorrupt) {
		return fmt.Errorf("%w: %w", ErrCorrupt, err)
	}
	return err
}

func setKey(id gram.SetID) []byte { return append([]byte{keySet}, id[:]...) }

// readable returns the segment with a way to read its blocks, which are valid as long as the snapshot, and its sets of frequent grams.
func (r *snapshot) readable(s *segment) gram.Segment {
	if s.piece() {
		return gram.Segment{Header: s.header, Read: func(block int) ([]byte, error) { return s.blocks[block], nil }, ReadSet: r.readSet}
	}
	return gram.Segment{Header: s.header, ReadSet: r.readSet, Read: func(block int) ([]byte, error) {
		key := numberKey(keyGrams, s.number, uint32(block))
		data, ok, err := readBytes(r.txn, key)
		if err == nil && !ok {
			err = fmt.Errorf("%w: block %d of segment %d is not there", ErrCorrupt, block, s.number)
		}
		return data, err
	}}
}

func (r *snapshot) readSet(id gram.SetID) (data []byte, err error) {
	ok, err := getBytes(r.txn, setKey(id), func(b []byte) error {
		data = slices.Clone(b)
		return nil
	})
	if err == nil && !ok {
		err = fmt.Errorf("%w: there is no set %s of frequent grams", ErrCorrupt, hex.EncodeToString(id[:]))
	}
	return data, err
}

// titled returns the title of an event that is indexed, "" where the body has it.
func titled(e *graph.Event, body string) (title string, odd bool) {
	if e.PrintedTitle != "" {
		return e.Title, false
	}
	if strings.Contains(fold.String(body), fold.String(e.Title)) {
		return "", false
	}
	return e.Title, true
}

// Build's limits, and how much of memory it takes, ask for segments of no more events and bytes of text. Tests lower the former.
var docsASegment = 8192

const textASegment = 48 << 20

// putTexts adds the texts of the events that were put to the tail of the index.
func (c *changes) putTexts(context.Context, *graph.Batch) error {
	docs := make([]gram.Doc, len(c.events))
	for i := range c.events {
		d := c.events[i].doc
		if n := len(d.Title) + len(d.Body); n > gram.MaxText && utf8.RuneCountInString(d.Title)+utf8.RuneCountInString(d.Body) > gram.MaxText {
			return fmt.Errorf("%w: an event of %d bytes of text", graph.ErrLimit, n)
		}
		docs[i] = d
	}
	c.w.remember(docs)
	return nil
}

// segmentOf returns how many of the events, one at least, go into one segment. One alone may still be too long for Build.
func segmentOf(docs []gram.Doc) (n int) {
	for size := 0; n < len(docs) && n < docsASegment && docs[n].Ordinal-docs[0].Ordinal < gram.MaxSpan; n++ {
		if size += len(docs[n].Title) + len(docs[n].Body); n > 0 && size > textASegment {
			break
		}
	}
	return n
}

// list returns the record of the segments that are written.
func (x *index) list() *segmentList {
	n := x.written()
	list := segmentList{Indexed: x.indexed}
	if n < len(x.segments) {
		list.Indexed, _ = x.segments[n].header.Interval()
	}
	for _, s := range x.segments[:n] {
		list.Segments = append(list.Segments, s.number)
	}
	return &list
}

// manyDocs is from how many events on a segment chooses its own set of frequent grams. A segment that is merged of others goes
// by the sets of all of them, so these must not be many. Tests lower it.
var manyDocs = 2048

// setFor returns the set of frequent grams that a segment of n events takes over, that of the largest; nil to choose its own.
func (r *snapshot) setFor(n int) (*gram.Set, error) {
	if n >= manyDocs {
		return nil, nil
	}
	var largest *segment
	events := manyDocs
	for _, s := range r.index.segments {
		if s.header.Events() >= events && len(s.header.Sets()) > 0 {
			largest, events = s, s.header.Events()
		}
	}
	if largest == nil {
		return new(gram.Set), nil
	}
	sets := largest.header.Sets()
	return sets[len(sets)-1], damaged(r.readable(largest).Load())
}

// putHeader writes the header of a segment, and the sets of frequent grams that it names.
func (c *changes) putHeader(s *segment) error {
	for _, set := range s.header.Sets() {
		if there, err := c.has(setKey(set.ID())); err != nil {
			return err
		} else if there {
			continue
		}
		if err := c.putBytes(setKey(set.ID()), set.Encode()); err != nil {
			return err
		}
	}
	return c.putBytes(numberKey(keyHeader, s.number), s.header.Encode())
}
