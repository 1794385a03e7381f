package gram

import (
	"encoding/binary"
	"math/bits"
)

// A form is one way of writing a list of ordinals; see the package comment.
type form uint8

const (
	deltas form = iota
	bitmap
	runs
	several // no form of a list: an entry of several lists
)

// A list is one written list of ordinals, relative to those of its segment. It has no ordinals if it has no bytes.
type list struct {
	form form
	b    []byte
}

// appendList appends the shortest form of v, which ascends.
func appendList(dst []byte, v []uint16) ([]byte, form) {
	if len(v) == 0 {
		return dst, deltas
	}
	start := len(dst)
	dst = binary.AppendUvarint(dst, uint64(v[0]))
	breaks := 0
	for i := 1; i < len(v); i++ {
		d := v[i] - v[i-1] - 1
		if d != 0 {
			breaks++
		}
		if d < 0x80 {
			dst = append(dst, byte(d))
		} else {
			dst = binary.AppendUvarint(dst, uint64(d))
		}
	}
	size := len(dst) - start
	if size < 8 {
		return dst, deltas // nothing is won
	}
	if breaks*5 < size { // a run has two to four bytes, mostly two
		at := len(dst)
		dst = appendRuns(dst, v)
		if n := len(dst) - at; n < size {
			copy(dst[start:], dst[at:])
			if n <= int(v[len(v)-1])/8+1 {
				return dst[:start+n], runs
			}
		}
		dst = dst[:at]
	}
	// Bits are read several times faster than deltas, which is worth a quarter more bytes.
	if n := int(v[len(v)-1])/8 + 1; n <= size+size/4 {
		return appendBits(dst[:start], v, n), bitmap
	}
	return dst, deltas
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
		b := l.b
		for ; len(b) >= 8; b = b[8:] {
			n += bits.OnesCount64(binary.LittleEndian.Uint64(b))
		}
		for _, c := range b {
			n += bits.OnesCount8(c)
		}
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
	b, at := l.b, 0
	for ; len(b) >= 8; b = b[8:] {
		for w := binary.LittleEndian.Uint64(b); w != 0; w &= w - 1 {
			dst = append(dst, uint16(at+bits.TrailingZeros64(w)))
		}
		at += 64
	}
	for _, c := range b {
		for ; c != 0; c &= c - 1 {
			dst = append(dst, uint16(at+bits.TrailingZeros8(c)))
		}
		at += 8
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
		for ; to-from >= 8; from += 8 {
			b[from/8] = 0xFF
		}
		for ; from < to; from++ {
			b[from/8] |= 1 << (from % 8)
		}
	})
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
	if t <= 0 || tag>>2 > uint64(len(b)-t) || form(tag&3) == several {
		return list{}, nil, false
	}
	n := t + int(tag>>2)
	return list{form: form(tag & 3), b: b[t:n]}, b[n:], true
}
