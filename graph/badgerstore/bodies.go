package badgerstore

import (
	"context"
	"encoding/binary"
	"fmt"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/dgraph-io/badger/v4"

	"fangzhi/fold"
	"fangzhi/graph"
	"fangzhi/graph/badgerstore/gram"
)

// Texts stand in blocks of eventsARecord events. A search that has to look at texts unpacks a block for one event of it, so blocks
// are short, and what they are written in is quick to unpack: Chinese is two bytes a character in UTF-16 and three in UTF-8, and S2 packs
// the former nearly as well as zstd the latter, and unpacks it in a quarter of the time. Before that a block is
//
//	varint   number of texts, then for each title and each body:
//	         varint   its bytes<<1, or bytes<<1|1 where it stands as it is because it is no UTF-8
//	the texts, in UTF-16, little endian

// textOf are the texts of an event that are searched: its title if that is indexed, and its body.
type textOf struct{ Title, Body string }

// doc returns the texts of the event of an ordinal as they are indexed.
func (t *textOf) doc(o uint32) gram.Doc {
	return gram.Doc{Ordinal: o, Title: fold.String(t.Title), Body: fold.String(t.Body)}
}

// encodeTexts returns a block.
func encodeTexts(texts []textOf) []byte {
	var room []byte
	b := binary.AppendUvarint(nil, uint64(len(texts)))
	for i := range texts {
		for _, s := range []string{texts[i].Title, texts[i].Body} {
			from := len(room)
			raw := uint64(0)
			if utf8.ValidString(s) {
				room = appendUTF16(room, s)
			} else {
				raw, room = 1, append(room, s...)
			}
			b = binary.AppendUvarint(b, uint64(len(room)-from)<<1|raw)
		}
	}
	return append(b, room...)
}

func appendUTF16(b []byte, s string) []byte {
	for _, r := range s {
		if r < 0x10000 {
			b = binary.LittleEndian.AppendUint16(b, uint16(r))
			continue
		}
		high, low := utf16.EncodeRune(r)
		b = binary.LittleEndian.AppendUint16(b, uint16(high))
		b = binary.LittleEndian.AppendUint16(b, uint16(low))
	}
	return b
}

// A textBlock is a block that was read. Its texts are made when they are asked for.
type textBlock struct {
	ends []int // of titles and bodies in turn, ends<<1|raw
	data []byte
}

// decodeTexts reads what encodeTexts wrote, and goes on pointing to it. The error is ErrCorrupt.
func decodeTexts(b []byte) (t textBlock, err error) {
	bad := fmt.Errorf("%w: a block of texts", ErrCorrupt)
	n, k := binary.Uvarint(b)
	if k <= 0 || n > uint64(len(b)) {
		return textBlock{}, bad
	}
	b = b[k:]
	t.ends = make([]int, 0, 2*n)
	end := uint64(0)
	for range 2 * n {
		head, k := binary.Uvarint(b)
		if end += head >> 1; k <= 0 || end > uint64(len(b)) || head&1 == 0 && head>>1%2 != 0 {
			return textBlock{}, bad
		}
		b = b[k:]
		t.ends = append(t.ends, int(end<<1|head&1))
	}
	if uint64(len(b)) != end {
		return textBlock{}, bad
	}
	t.data = b
	return t, nil
}

func (t *textBlock) len() int { return len(t.ends) / 2 }

// at returns the texts of an event, none where there is no such event.
func (t *textBlock) at(i int) textOf {
	if i >= t.len() {
		return textOf{}
	}
	return textOf{t.text(2 * i), t.text(2*i + 1)}
}

// body returns the body of an event, "" where there is no such event.
func (t *textBlock) body(i int) string {
	if i >= t.len() {
		return ""
	}
	return t.text(2*i + 1)
}

// appendBody appends the body of an event, nothing where there is no such event.
func (t *textBlock) appendBody(dst []byte, i int) []byte {
	if i >= t.len() {
		return dst
	}
	b, raw := t.bytes(2*i + 1)
	if raw {
		return append(dst, b...)
	}
	return appendUTF8(dst, b)
}

func (t *textBlock) text(i int) string {
	b, raw := t.bytes(i)
	if raw {
		return string(b)
	}
	return string(appendUTF8(make([]byte, 0, len(b)/2*3), b))
}

// bytes returns a title or a body as it stands; raw tells that it is not in UTF-16.
func (t *textBlock) bytes(i int) (b []byte, raw bool) {
	from := 0
	if i > 0 {
		from = t.ends[i-1] >> 1
	}
	return t.data[from : t.ends[i]>>1], t.ends[i]&1 == 1
}

// hits counts the hits in the texts of an event.
func (t *textBlock) hits(i int, m *fold.Matcher, odd bool) (s seen) {
	if i >= t.len() {
		return seen{}
	}
	s.hits = t.count(2*i+1, m)
	if !odd || s.hits == 0 {
		n := t.count(2*i, m)
		s.title, s.hits = n > 0, s.hits+n
	}
	s.hits = min(s.hits, graph.MostHits)
	return s
}

func (t *textBlock) count(i int, m *fold.Matcher) int {
	b, raw := t.bytes(i)
	if raw {
		return m.Count(string(b))
	}
	return m.CountUTF16(b)
}

// appendUTF8 appends UTF-16 as UTF-8. It takes at most three bytes for two.
func appendUTF8(dst, b []byte) []byte {
	for ; len(b) >= 2; b = b[2:] {
		r := rune(binary.LittleEndian.Uint16(b))
		if utf16.IsSurrogate(r) && len(b) >= 4 {
			r = utf16.DecodeRune(r, rune(binary.LittleEndian.Uint16(b[2:])))
			b = b[2:]
		}
		dst = utf8.AppendRune(dst, r)
	}
	return dst
}

// useTextBlock calls use with a block that is valid during the call, if there is one.
func useTextBlock(txn *badger.Txn, block uint32, use func(t textBlock)) error {
	_, err := getBytes(txn, numberKey(keyBodies, block), func(b []byte) error {
		t, err := decodeTexts(b)
		if err == nil {
			use(t)
		}
		return err
	})
	return err
}

// encodeTextBlock returns the values of a block. One whose last events have no texts is shorter; one without any is none.
func encodeTextBlock(number uint32, texts []textOf) []change {
	for len(texts) > 0 && texts[len(texts)-1] == (textOf{}) {
		texts = texts[:len(texts)-1]
	}
	if len(texts) == 0 {
		return nil
	}
	return squeeze(numberKey(keyBodies, number), encodeTexts(texts))
}

// bodyWeight is about what a body takes beside its bytes where it is kept, so that empty ones are bounded too.
const bodyWeight = 64

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
	blocks := inBlocks(found, eventsARecord, func(i int) bool {
		if found[i] == noOrdinal {
			return false
		}
		body, kept := r.state.kept.bodies.get(found[i])
		bodies[i] = body
		return !kept
	})
	return bodies, inTwo(ctx, len(blocks), func(n int) error {
		places := blocks[n]
		return useTextBlock(r.txn, found[places[0]]/eventsARecord, func(block textBlock) {
			for _, i := range places {
				bodies[i] = block.body(int(found[i] % eventsARecord))
				r.state.kept.bodies.put(found[i], bodies[i], bodyWeight+len(bodies[i]))
			}
		})
	})
}

// body returns the body of the event of an ordinal.
func (r *snapshot) body(o uint32) (body string, err error) {
	err = useTextBlock(r.txn, o/eventsARecord, func(block textBlock) { body = block.body(int(o % eventsARecord)) })
	return body, err
}
