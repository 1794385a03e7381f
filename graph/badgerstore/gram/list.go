package gram

import (
	"encoding/binary"
	"math"
	"math/bits"
)

// A form is one way of writing a list of ordinals; see the package comment.
type form uint8

const (
	deltas form = iota
	bitmap
	packed
	runs
)

// several, in the place of a form in the head of an entry, stands for several lists, or for one of runs, which are rare.
const several = runs

// A list is one written list of ordinals, relative to those of its segment. It has no ordinals if it has no bytes.
type list struct {
	form form
	b    []byte
}

// minPacked is how many ordinals a packed list has at least.
const minPacked = 32

// appendList appends the shortest form of v, which ascends.
func appendList(dst []byte, v []uint16) ([]byte, form) {
	if len(v) == 0 {
		return dst, deltas
	}
	if len(v) < minPacked/3 { // a delta has three bytes at most
		return appendDeltas(dst, v), deltas
	}
	start := len(dst)
	size, breaks := deltasSize(v)
	if len(v) < minPacked && size < minPacked {
		return appendDeltas(dst, v), deltas // what could be won is not worth the look
	}
	best := deltas
	if n := packedSize(v); n < size {
		best, size = packed, n
	}
	// Bits are read several times faster than the others, which is worth a quarter more bytes.
	if n := int(v[len(v)-1])/8 + 1; n <= size+size/4 {
		best, size = bitmap, n
	}
	if 2*breaks < size { // a run has two bytes at least
		dst = appendRuns(dst, v)
		if len(dst)-start < size {
			return dst, runs
		}
		dst = dst[:start]
	}
	switch best {
	case packed:
		dst = appendPacked(dst, v)
	case bitmap:
		dst = appendBits(dst, v, size)
	default:
		dst = appendDeltas(dst, v)
	}
	return dst, best
}

// deltasSize returns how many bytes appendDeltas appends, and how often an ordinal does not follow the one before.
func deltasSize(v []uint16) (size, breaks int) {
	size = len(v)
	longer := func(d uint16) int { return int((uint32(d)+1<<16-0x80)>>16 + (uint32(d)+1<<16-0x4000)>>16) }
	size += longer(v[0])
	for i := 1; i < len(v); i++ {
		d := v[i] - v[i-1] - 1
		size += longer(d)
		breaks += int((uint32(d) + 1<<16 - 1) >> 16)
	}
	return size, breaks
}

// appendDeltas appends v as deltas.
func appendDeltas(dst []byte, v []uint16) []byte {
	dst = binary.AppendUvarint(dst, uint64(v[0]))
	for i := 1; i < len(v); i++ {
		d := v[i] - v[i-1] - 1
		if d < 0x80 {
			dst = append(dst, byte(d))
		} else {
			dst = binary.AppendUvarint(dst, uint64(d))
		}
	}
	return dst
}

func appendRuns(dst []byte, v []uint16) []byte {
	end := 0
	for i := 0; i < len(v); {
		j := i + 1
		for j < len(v) && v[j] == v[j-1]+1 {
			j++
		}
		dst = binary.AppendUvarint(dst, uint64(int(v[i])-end))
		dst = binary.AppendUvarint(dst, uint64(j-i-1))
		end = int(v[j-1]) + 1
		i = j
	}
	return dst
}

func appendBits(dst []byte, v []uint16, n int) []byte {
	at := len(dst)
	dst = append(dst, make([]byte, n)...)
	for _, o := range v {
		dst[at+int(o>>3)] |= 1 << (o & 7)
	}
	return dst
}

// lowBits returns how many low bits of n ordinals, the last of which is last above the first, stand apart from the high
// ones: as many as make the whole shortest.
func lowBits(n, last int) int { return max(bits.Len(uint(last/n)), 1) - 1 }

// packedSize returns how many bytes appendPacked appends, give or take the length of its two varints.
func packedSize(v []uint16) int {
	last := int(v[len(v)-1] - v[0])
	low := lowBits(len(v), last)
	return 5 + (len(v)*low+7)/8 + (len(v)+last>>low+7)/8
}

// appendPacked appends v as Elias and Fano do: the low bits one after the other, the high ones as a row of bits in which
// the i-th bit that is set is at i + the high bits of ordinal i. That is half a bit an ordinal more than needed for
// ordinals at random, and low and high bits of any ordinal can be had without those before.
func appendPacked(dst []byte, v []uint16) []byte {
	first, last := v[0], int(v[len(v)-1]-v[0])
	low := lowBits(len(v), last)
	dst = binary.AppendUvarint(dst, uint64(len(v))<<4|uint64(low))
	dst = binary.AppendUvarint(dst, uint64(first))
	lows, highs := (len(v)*low+7)/8, (len(v)+last>>low+7)/8
	at := len(dst)
	dst = append(dst, make([]byte, lows+highs)...)
	room, filled, b := uint64(0), 0, dst[at:]
	for _, o := range v {
		room |= uint64((o-first)&(1<<low-1)) << filled
		if filled += low; filled >= 32 {
			binary.LittleEndian.PutUint32(b, uint32(room))
			room, filled, b = room>>32, filled-32, b[4:]
		}
	}
	for ; filled > 0; filled -= 8 {
		room, b[0], b = room>>8, byte(room), b[1:]
	}
	at += lows
	for i, o := range v {
		bit := i + int((o-first)>>low)
		dst[at+bit>>3] |= 1 << (bit & 7)
	}
	return dst
}

// A packedList is a list of that form, taken apart.
type packedList struct {
	n, low, first int
	lows, highs   []byte // lows has the highs after it, so that four bytes can be read at any low bits
}

func (l list) unpack() (p packedList, ok bool) {
	head, k := binary.Uvarint(l.b)
	if k <= 0 || head>>4 > MaxSpan {
		return p, false
	}
	first, m := binary.Uvarint(l.b[k:])
	if m <= 0 || first >= MaxSpan {
		return p, false
	}
	p = packedList{n: int(head >> 4), low: int(head & 0xF), first: int(first), lows: l.b[k+m:]}
	size := (p.n*p.low + 7) / 8
	if len(p.lows) < size+minPacked/8 {
		return p, false
	}
	p.highs = p.lows[size:]
	return p, true
}

func (p packedList) appendTo(dst []uint16, span int) (_ []uint16, ok bool) {
	i, at, before := 0, 0, -1
	mask := uint32(1)<<p.low - 1
	for b := p.highs; len(b) > 0; at += 64 {
		var w uint64
		w, b = cutWord(b)
		for ; w != 0; w &= w - 1 {
			if i == p.n {
				return dst, false
			}
			bit := i * p.low
			low := binary.LittleEndian.Uint32(p.lows[bit>>3:]) >> (bit & 7) & mask
			o := p.first + (at+bits.TrailingZeros64(w)-i)<<p.low + int(low)
			if o <= before || o >= span {
				return dst, false
			}
			before = o
			dst = append(dst, uint16(o))
			i++
		}
	}
	return dst, i == p.n
}

// cutWord reads eight bytes of bits, or what is left of them.
func cutWord(b []byte) (w uint64, rest []byte) {
	if len(b) >= 8 {
		return binary.LittleEndian.Uint64(b), b[8:]
	}
	for i, c := range b {
		w |= uint64(c) << (8 * i)
	}
	return w, nil
}

// count returns how many ordinals the list has, without reading them one by one where it can. It may be wrong for a list
// that read finds corrupt.
func (l list) count() int {
	n := 0
	switch l.form {
	case deltas: // as many as bytes that end a varint
		b := l.b
		for ; len(b) >= 8; b = b[8:] {
			n += 8 - bits.OnesCount64(binary.LittleEndian.Uint64(b)&0x8080808080808080)
		}
		for _, c := range b {
			n += int(^c >> 7)
		}
	case bitmap:
		for b := l.b; len(b) > 0; {
			var w uint64
			w, b = cutWord(b)
			n += bits.OnesCount64(w)
		}
	case packed:
		p, _ := l.unpack()
		n = p.n
	case runs:
		l.eachRun(func(from, to int) { n += to - from })
	}
	return n
}

// appendTo appends the ordinals of the list. ok is false for a corrupt list, among them one with an ordinal of span or more.
func (l list) appendTo(dst []uint16, span int) (_ []uint16, ok bool) {
	switch l.form {
	case deltas:
		return l.appendDeltas(dst, span)
	case bitmap:
		return l.appendBitmap(dst, span)
	case packed:
		if p, ok := l.unpack(); ok {
			return p.appendTo(dst, span)
		}
	case runs:
		ok = l.eachRun(func(from, to int) {
			for ; from < to && from < span; from++ {
				dst = append(dst, uint16(from))
			}
		})
		return dst, ok && l.end() <= span
	}
	return dst, false
}

func (l list) appendDeltas(dst []uint16, span int) (_ []uint16, ok bool) {
	b, next := l.b, 0
	for len(b) > 0 {
		d := int(b[0])
		switch {
		case d < 0x80:
			b = b[1:]
		case len(b) > 1 && b[1] < 0x80:
			d = d&0x7F | int(b[1])<<7
			b = b[2:]
		case len(b) > 2 && b[2] < 0x80:
			d = d&0x7F | int(b[1]&0x7F)<<7 | int(b[2])<<14
			b = b[3:]
		default:
			return dst, false
		}
		next += d
		if next >= span {
			return dst, false
		}
		dst = append(dst, uint16(next))
		next++
	}
	return dst, true
}

func (l list) appendBitmap(dst []uint16, span int) (_ []uint16, ok bool) {
	if l.end() > span {
		return dst, false
	}
	at := 0
	for b := l.b; len(b) > 0; at += 64 {
		var w uint64
		w, b = cutWord(b)
		for ; w != 0; w &= w - 1 {
			dst = append(dst, uint16(at+bits.TrailingZeros64(w)))
		}
	}
	return dst, true
}

// bits returns a list of bits or runs as bits. ok is false for a corrupt list.
func (l list) bits(span int) (b []byte, ok bool) {
	if l.end() > span {
		return nil, false
	}
	if l.form == bitmap {
		return l.b, true
	}
	b = make([]byte, (l.end()+7)/8)
	return b, l.eachRun(func(from, to int) {
		for ; from < to && from%8 != 0; from++ {
			b[from/8] |= 1 << (from % 8)
		}
		for ; to-from >= 64; from += 64 {
			binary.LittleEndian.PutUint64(b[from/8:], math.MaxUint64)
		}
		for ; to-from >= 8; from += 8 {
			b[from/8] = 0xFF
		}
		for ; from < to; from++ {
			b[from/8] |= 1 << (from % 8)
		}
	})
}

// has tells whether a list of bits has an ordinal.
func (l list) has(o uint16) bool { return int(o>>3) < len(l.b) && l.b[o>>3]>>(o&7)&1 != 0 }

// hasBit tells whether a list of bits has an ordinal in the interval.
func (l list) hasBit(in interval) bool {
	for o := in.from; o < in.to && o>>3 < len(l.b); o++ {
		if l.b[o>>3] == 0 {
			o |= 7
		} else if l.has(uint16(o)) {
			return true
		}
	}
	return false
}

// filter returns those of v that a list of bits has.
func (l list) filter(v []uint16) []uint16 {
	var kept []uint16
	for _, o := range v {
		if l.has(o) {
			kept = append(kept, o)
		}
	}
	return kept
}

// end returns a number that is greater than every ordinal of bits or runs.
func (l list) end() int {
	switch l.form {
	case bitmap:
		if n := len(l.b); n > 0 {
			return (n-1)*8 + bits.Len8(l.b[n-1])
		}
	case runs:
		end := 0
		l.eachRun(func(_, to int) { end = to })
		return end
	}
	return 0
}

// eachRun calls f for the runs of a list of runs, the end exclusive. ok is false for a corrupt list.
func (l list) eachRun(f func(from, to int)) (ok bool) {
	for b, end := l.b, 0; len(b) > 0; {
		gap, n := binary.Uvarint(b)
		if n <= 0 || gap >= MaxSpan {
			return false
		}
		b = b[n:]
		more, n := binary.Uvarint(b)
		if n <= 0 || more >= MaxSpan || end+int(gap)+int(more)+1 > MaxSpan {
			return false
		}
		b = b[n:]
		from := end + int(gap)
		end = from + int(more) + 1
		f(from, end)
	}
	return true
}

// appendTagged appends a list with its form and length before it.
func appendTagged(dst []byte, v []uint16) []byte {
	at := len(dst)
	dst, f := appendList(dst, v)
	n := len(dst) - at
	var tag [binary.MaxVarintLen64]byte
	t := binary.PutUvarint(tag[:], uint64(n)<<2|uint64(f))
	dst = append(dst, tag[:t]...)
	copy(dst[at+t:], dst[at:at+n])
	copy(dst[at:], tag[:t])
	return dst
}

// cutTagged reads what appendTagged wrote, and returns what follows it.
func cutTagged(b []byte) (l list, rest []byte, ok bool) {
	tag, t := binary.Uvarint(b)
	if t <= 0 || tag>>2 > uint64(len(b)-t) {
		return list{}, nil, false
	}
	n := t + int(tag>>2)
	return list{form: form(tag & 3), b: b[t:n]}, b[n:], true
}
