package gram

import (
	"encoding/binary"
	"math/bits"

	"github.com/RoaringBitmap/roaring/v2"
)

// Bitmaps are made by writing their serial form (github.com/RoaringBitmap/RoaringFormatSpec, without runs) and mapping
// it: several times faster than adding ordinals one by one, and one allocation instead of one a container.

const (
	roaringCookie  = 12346 // SERIAL_COOKIE_NO_RUNCONTAINER
	containerWords = 1 << 16 / 64
	maxArray       = 4096 // ordinals in an array container; with more it is one of bits
)

// A container is ordinals with the same high 16 bits, as an array of the low ones or as bits.
type container struct {
	high  uint16
	array []uint16 // if bits is nil
	bits  *[containerWords]uint64
	count int
}

func (c *container) bytes() int {
	if c.count > maxArray {
		return 8 * containerWords
	}
	return 2 * c.count
}

// containers returns the ordinals lo + v. v ascends, and is theirs from then on.
func containers(lo uint32, v []uint16) (both [2]container) {
	low := int(lo & 0xFFFF)
	split := 0 // ordinals of the first container
	for n := len(v); split < n; {
		if m := (split + n) / 2; low+int(v[m]) < 1<<16 {
			split = m + 1
		} else {
			n = m
		}
	}
	if low > 0 {
		for i := range v {
			v[i] += uint16(low)
		}
	}
	both[0] = container{high: uint16(lo >> 16), array: v[:split:split], count: split}
	both[1] = container{high: uint16(lo>>16) + 1, array: v[split:], count: len(v) - split}
	return both
}

// bitContainers returns the ordinals lo + i for the bits i of b, of which there are at most MaxSpan.
func bitContainers(lo uint32, b []byte) (both [2]container) {
	var words [2 * containerWords]uint64
	low := int(lo & 0xFFFF)
	at, shift := low/64, uint(low%64)
	for len(b) > 0 {
		var w uint64
		w, b = cutWord(b)
		words[at] |= w << shift
		at++
		if high := w >> (64 - shift); high != 0 {
			words[at] |= high
		}
	}
	for i := range both {
		c := &both[i]
		c.high, c.bits = uint16(lo>>16)+uint16(i), (*[containerWords]uint64)(words[i*containerWords:])
		c.recount()
	}
	return both
}

// recount counts the bits.
func (c *container) recount() {
	c.count = 0
	for _, w := range c.bits {
		c.count += bits.OnesCount64(w)
	}
}

// add adds ordinals with the same high bits, all greater than those there are.
func (c *container) add(more *container) {
	if c.bits == nil && more.bits == nil {
		c.array = append(c.array, more.array...)
		c.count = len(c.array)
		return
	}
	all := new([containerWords]uint64)
	for _, part := range []*container{c, more} {
		if part.bits != nil {
			for i, w := range part.bits {
				all[i] |= w
			}
		}
		for _, o := range part.array {
			all[o/64] |= 1 << (o % 64)
		}
	}
	c.array, c.bits = nil, all
	c.recount()
}

// mapped returns a bitmap of the containers that are not empty.
func mapped(all []container) *roaring.Bitmap {
	n, size := 0, 8
	for i := range all {
		if all[i].count > 0 {
			n, size = n+1, size+8+all[i].bytes()
		}
	}
	rb := roaring.New()
	if n == 0 {
		return rb
	}
	b := make([]byte, 0, size)
	b = binary.LittleEndian.AppendUint32(b, roaringCookie)
	b = binary.LittleEndian.AppendUint32(b, uint32(n))
	for _, c := range all {
		if c.count > 0 {
			b = binary.LittleEndian.AppendUint16(b, c.high)
			b = binary.LittleEndian.AppendUint16(b, uint16(c.count-1))
		}
	}
	at := 8 + 8*n
	for i := range all {
		if all[i].count > 0 {
			b = binary.LittleEndian.AppendUint32(b, uint32(at))
			at += all[i].bytes()
		}
	}
	for i := range all {
		b = all[i].append(b)
	}
	if _, err := rb.FromUnsafeBytes(b); err != nil {
		panic("gram: a bitmap that it wrote cannot be read: " + err.Error())
	}
	return rb
}

func (c *container) append(b []byte) []byte {
	switch {
	case c.count == 0:
	case c.bits != nil && c.count > maxArray:
		for _, w := range c.bits {
			b = binary.LittleEndian.AppendUint64(b, w)
		}
	case c.bits != nil:
		for i, w := range c.bits {
			for ; w != 0; w &= w - 1 {
				b = binary.LittleEndian.AppendUint16(b, uint16(i*64+bits.TrailingZeros64(w)))
			}
		}
	case c.count > maxArray:
		at := len(b)
		b = b[:at+8*containerWords]
		for _, o := range c.array {
			b[at+int(o>>3)] |= 1 << (o & 7)
		}
	default:
		for _, o := range c.array {
			b = binary.LittleEndian.AppendUint16(b, o)
		}
	}
	return b
}
