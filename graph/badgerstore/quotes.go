package badgerstore

import (
	"context"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	mathbits "math/bits"
	"slices"
	"strings"
	"sync"

	"fangzhi/graph"
)

// The text that an issue was read from says what the bodies of its events say, and little more: titles, days, what stands between them. What it
// shares with the bodies it quotes; it is literals and quotes in turn. Literals stand one behind the other, and so, for what a quote names, do the
// bodies, in the order of their ordinals. Quotes are written so; a text without any has none of this:
//
//	4 bytes  CRC-32C of the text, big endian
//	varint   bytes of the text
//	varint   ordinal of the first body, and how many bodies there are
//	then of each quote:
//	         varint   bytes of the literal before it
//	         varint   zigzag: how far behind the end of the quote before it begins in the bodies, mostly 0
//	         varint   its bytes
//
// What is behind the last quote is the rest of the literals. Quotes are found as Bentley and McIlroy find long common strings: of the bodies each
// block of blockBytes is noted by a hash, one for each hash, and of the text all places are looked at that no quote has, at first whether it goes on
// where the quote before ended. So what is looked at is bounded by the bytes of the text, whatever stands in it. What is missed has fewer than
// 2*blockBytes bytes, or blocks with the hash of others, or lies far from all that is quoted.

const (
	// blockBytes are two words, and the least that is quoted: a quote takes some three bytes, six where it does not go on.
	blockBytes = 16
	// Where nothing was found for every farBytes more, the steps of the search are longer by two, longSteps times. Odd ones meet blocks at every place in turn.
	farBytes  = 256
	longSteps = 7

	sumBytes = 4
)

var errQuotes = fmt.Errorf("%w: the text of a document quotes what is not there", ErrCorrupt)

// quoter finds what a text shares with bodies.
type quoter struct {
	bodies []byte   // one behind the other
	blocks []uint32 // by hash, their numbers counted from 1
	shift  int      // of a hash to its place

	literals, quotes []byte
	sum              uint32 // of the text
	compared         int    // bytes of the text with bytes of the bodies
}

// quoters are to write with, and their bodies to read with.
var quoters = sync.Pool{New: func() any { return new(quoter) }}

// muchQuoted is for how many bytes of bodies and literals there is room that is used again.
const muchQuoted = 1 << 20

func newQuoter() *quoter {
	w := quoters.Get().(*quoter)
	w.bodies, w.literals, w.quotes, w.sum, w.compared = w.bodies[:0], w.literals[:0], w.quotes[:0], 0, 0
	return w
}

func (w *quoter) release() {
	if cap(w.bodies)+cap(w.literals) <= muchQuoted {
		quoters.Put(w)
	}
}

// note notes the blocks of the bodies.
func (w *quoter) note() {
	count := len(w.bodies) / blockBytes
	size := mathbits.Len(uint(2 * count))
	if 1<<size > cap(w.blocks) {
		w.blocks = make([]uint32, 1<<size)
	}
	w.blocks, w.shift = w.blocks[:1<<size], 64-size
	clear(w.blocks)
	for i := count; i > 0; i-- { // of alike ones the first stays
		w.blocks[w.hash(load(w.bodies, (i-1)*blockBytes), load(w.bodies, (i-1)*blockBytes+8))] = uint32(i)
	}
}

func (w *quoter) hash(a, b uint64) uint64 {
	const odd, other = 0x9e3779b97f4a7c15, 0xd6e8feb86659fd93
	return (a*odd ^ b) * other >> w.shift
}

// load returns the eight bytes from a place on.
func load[T string | []byte](s T, at int) uint64 {
	s = s[at : at+8]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 | uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// alike returns how many bytes of a text from a place on are those of the bodies from another.
func (w *quoter) alike(text string, at, in int) (n int) {
	most := min(len(text)-at, len(w.bodies)-in)
	for ; n+8 <= most; n += 8 {
		if other := load(text, at+n) ^ load(w.bodies, in+n); other != 0 {
			n += mathbits.TrailingZeros64(other) / 8
			w.compared += n + 1
			return n
		}
	}
	for n < most && text[at+n] == w.bodies[in+n] {
		n++
	}
	w.compared += n + 1
	return n
}

// cut cuts a text into literals and quotes.
func (w *quoter) cut(text string) {
	w.note()
	cut, next := 0, 0 // the ends of the last quote, in the text and in the bodies
	for at := 0; at+blockBytes <= len(text); {
		in, n := next, w.alike(text, at, next)
		if n < blockBytes {
			if block := w.blocks[w.hash(load(text, at), load(text, at+8))]; block > 0 {
				in = int(block-1) * blockBytes
				n = w.alike(text, at, in)
			}
		}
		if n < blockBytes {
			at += 1 + 2*min((at-cut)/farBytes, longSteps)
			continue
		}
		end, behind := at+n, in+n
		for at > cut && in > 0 && text[at-1] == w.bodies[in-1] {
			at, in = at-1, in-1
			w.compared++
		}
		w.literal(text[cut:at])
		w.sum = crc32.Update(w.sum, castagnoli, w.bodies[in:behind])
		w.quotes = binary.AppendUvarint(w.quotes, uint64(at-cut))
		w.quotes = binary.AppendVarint(w.quotes, int64(in-next))
		w.quotes = binary.AppendUvarint(w.quotes, uint64(end-at))
		at, cut, next = end, end, behind
	}
	w.literal(text[cut:])
}

func (w *quoter) literal(s string) {
	from := len(w.literals)
	w.literals = append(w.literals, s...)
	w.sum = crc32.Update(w.sum, castagnoli, w.literals[from:])
}

// quote returns the literals and the quotes of the text of an issue, whose events get ordinals from first on.
func quote(d *graph.IssueData, first uint32) (literals, quotes []byte) {
	text := d.Document.Text
	if text == "" || len(d.Events) == 0 {
		return []byte(text), nil
	}
	w := newQuoter()
	defer w.release()
	size := 0
	for _, body := range d.Bodies {
		size += len(body)
	}
	w.bodies = slices.Grow(w.bodies, size)
	for _, i := range inOrder(d.Events) {
		w.bodies = append(w.bodies, d.Bodies[i]...)
	}
	w.cut(text)
	quotes = binary.BigEndian.AppendUint32(make([]byte, 0, len(w.quotes)+sumBytes+3*binary.MaxVarintLen64), w.sum)
	for _, n := range [...]int{len(text), int(first), len(d.Events)} {
		quotes = binary.AppendUvarint(quotes, uint64(n))
	}
	quotes = append(quotes, w.quotes...)
	if len(w.literals)+len(quotes) > len(text)/4*3 { // words that any two texts share
		return []byte(text), nil
	}
	return slices.Clone(w.literals), quotes
}

// quotes are those of a text as they are read.
type quotes struct {
	sum           uint32
	bytes         uint64
	first, bodies uint64
	list          decoder
}

// readQuotes reads what quote wrote, but for the list. The error is ErrCorrupt.
func readQuotes(b []byte) (quotes, error) {
	if len(b) < sumBytes {
		return quotes{}, errQuotes
	}
	q := quotes{sum: binary.BigEndian.Uint32(b), list: decoder{s: string(b[sumBytes:])}}
	q.bytes, q.first, q.bodies = q.list.uint(), q.list.uint(), q.list.uint()
	return q, q.list.err
}

// each calls visit with each literal and the quote behind it, nil behind the last.
func (q *quotes) each(literals, bodies []byte, visit func(literal, quote []byte)) error {
	r, next := q.list, 0
	for len(r.s) > 0 {
		before := r.uint()
		begin := next + r.int()
		n := r.uint()
		if r.err != nil || before > uint64(len(literals)) || begin < 0 || begin > len(bodies) || n > uint64(len(bodies)-begin) {
			return errQuotes
		}
		next = begin + int(n)
		visit(literals[:before], bodies[begin:next])
		literals = literals[before:]
	}
	visit(literals, nil)
	return nil
}

// text returns the text. The error is ErrCorrupt.
func (q *quotes) text(literals, bodies []byte) (string, error) {
	size := uint64(0)
	err := q.each(literals, bodies, func(literal, quote []byte) { size += uint64(len(literal) + len(quote)) })
	if err != nil {
		return "", err
	}
	if size != q.bytes {
		return "", errQuotes
	}
	var text strings.Builder
	text.Grow(int(size))
	sum := uint32(0)
	err = q.each(literals, bodies, func(literal, quote []byte) {
		for _, part := range [...][]byte{literal, quote} {
			text.Write(part)
			sum = crc32.Update(sum, castagnoli, part)
		}
	})
	if err == nil && sum != q.sum {
		err = errQuotes
	}
	return text.String(), err
}

// unquote returns the text of literals and quotes. The error is ErrCorrupt where the bodies are not those that it quotes.
func (r *snapshot) unquote(ctx context.Context, literals, written []byte) (string, error) {
	q, err := readQuotes(written)
	if err != nil {
		return "", err
	}
	if n := uint64(r.index.n()); q.first > n || q.bodies > n-q.first {
		return "", errQuotes
	}
	w := newQuoter()
	defer w.release()
	o, end := uint32(q.first), uint32(q.first+q.bodies)
	for read := 1; o < end; read++ {
		if read%askEvery == 0 {
			if err := ctx.Err(); err != nil {
				return "", err
			}
		}
		block := o / eventsARecord
		behind := min(end, (block+1)*eventsARecord)
		err := useTextBlock(r.txn, block, func(t textBlock) {
			for ; o < behind; o++ {
				w.bodies = t.appendBody(w.bodies, int(o%eventsARecord))
			}
		})
		if err != nil {
			return "", err
		}
		o = behind // of a block that is not there
	}
	return q.text(literals, w.bodies)
}
