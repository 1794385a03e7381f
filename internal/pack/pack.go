// Package pack keeps many small structs in few bytes, and gives them back as they were.
//
// One function says how a type is kept: it goes over the fields in one order, and a Coder writes them or reads them.
//
//	func post(c *pack.Coder, p *Post) {
//		pack.Ref(c, &p.Organ)
//		pack.String(c, &p.Text)
//		pack.Int(c, &p.Rank)
//	}
//
// Strings and small numbers take a few bytes each, a string that comes again two or three. What is
// shared stays shared: the pointer that comes out (Ref) is the pointer that went in. A Box never leaves the process, so it has no format to keep.
package pack

import (
	"encoding/binary"
	"strings"
	"sync"
)

// A Box holds what a Coder has written. It is never changed; the strings that come out of it are pieces of it.
type Box struct {
	data string
	refs []any
}

// Bytes returns how long the written part is, without what is shared.
func (b Box) Bytes() int { return len(b.data) }

// Map returns the box with what f makes of each shared value.
func (b Box) Map(f func(any) any) Box {
	refs := make([]any, len(b.refs))
	for i, r := range b.refs {
		refs[i] = f(r)
	}
	return Box{b.data, refs}
}

// A Coder writes the fields of a value to a box or reads them from one. It is for one goroutine.
type Coder struct {
	writing bool
	written []byte
	strings map[string]int // where each begins in written
	known   map[any]int    // index in refs, see ref and sharedRef

	read string
	at   int // in read

	refs []any
}

var coders = sync.Pool{New: func() any { return &Coder{writing: true, strings: map[string]int{}, known: map[any]int{}} }}

// Pack returns a box of what fields writes.
func Pack(fields func(*Coder)) Box {
	c := coders.Get().(*Coder)
	fields(c)
	b := Box{data: string(c.written)}
	if len(c.refs) > 0 {
		b.refs = append(make([]any, 0, len(c.refs)), c.refs...)
	}
	clear(c.strings)
	clear(c.known)
	clear(c.refs)
	c.written, c.refs = c.written[:0], c.refs[:0]
	coders.Put(c)
	return b
}

// Unpack has fields read the box; it must go over the very fields that were written.
func (b Box) Unpack(fields func(*Coder)) { fields(&Coder{read: b.data, refs: b.refs}) }

// uint writes n or returns what is read.
func (c *Coder) uint(n uint64) uint64 {
	if c.writing {
		c.written = binary.AppendUvarint(c.written, n)
		return n
	}
	n = 0
	for shift := 0; ; shift += 7 {
		b := c.read[c.at]
		c.at++
		n |= uint64(b&0x7f) << shift
		if b < 0x80 {
			return n
		}
	}
}

// Int keeps a number, 0 to 63 and their negatives in one byte.
func Int[N ~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint8](c *Coder, n *N) {
	v := int64(*n)
	u := c.uint(uint64(v<<1) ^ uint64(v>>63))
	*n = N(int64(u>>1) ^ -int64(u&1))
}

// Bools keeps up to eight flags in a byte.
func (c *Coder) Bools(flags ...*bool) {
	n := uint64(0)
	for i, f := range flags {
		if *f {
			n |= 1 << i
		}
	}
	n = c.uint(n)
	for i, f := range flags {
		*f = n>>i&1 != 0
	}
}

// Marks keeps flags of which there are as many when they are read, eight to a byte.
func (c *Coder) Marks(marks []bool) {
	for i := 0; i < len(marks); i += 8 {
		var b byte
		if !c.writing {
			b = c.read[c.at]
			c.at++
		}
		for k := range marks[i:min(i+8, len(marks))] {
			if c.writing && marks[i+k] {
				b |= 1 << k
			}
			marks[i+k] = b>>k&1 != 0
		}
		if c.writing {
			c.written = append(c.written, b)
		}
	}
}

// String keeps a string; one that was kept before as the place where it stands.
func String[S ~string](c *Coder, s *S) {
	if c.writing {
		c.writeString(string(*s))
		return
	}
	n := c.uint(0)
	if n&1 == 0 {
		*s = S(c.piece(int(n >> 1)))
		return
	}
	back := c.at
	c.at = int(n >> 1)
	*s = S(c.piece(int(c.uint(0) >> 1)))
	c.at = back
}

// writeString writes the doubled length and the string, or the doubled place of an earlier one and 1.
func (c *Coder) writeString(s string) {
	if len(s) > 2 {
		if at, ok := c.strings[s]; ok {
			c.uint(uint64(at)<<1 | 1)
			return
		}
		c.strings[s] = len(c.written)
	}
	c.uint(uint64(len(s)) << 1)
	c.written = append(c.written, s...)
}

// piece returns the next n bytes.
func (c *Coder) piece(n int) string {
	c.at += n
	return c.read[c.at-n : c.at]
}

// Piece keeps a string that mostly stands in base, which must be the same when it is read: then it is that part of base.
func Piece[S ~string](c *Coder, base string, s *S) {
	at := 0 // 1 more than the place, 0 for elsewhere
	if c.writing && len(*s) > 0 {
		at = strings.Index(base, string(*s)) + 1
	}
	if at = int(c.uint(uint64(at))); at == 0 {
		String(c, s)
		return
	}
	n := int(c.uint(uint64(len(*s))))
	*s = S(base[at-1 : at-1+n])
}

// Ref keeps a value by itself, once a box: a pointer, or whatever is compared by ==. The zero value takes no place.
func Ref[T comparable](c *Coder, v *T) {
	var none T
	if !c.writing {
		*v = none
		if i := c.uint(0); i > 0 {
			*v = c.refs[i-1].(T)
		}
		return
	}
	if *v == none {
		c.uint(0)
		return
	}
	c.uint(uint64(c.ref(*v, func() any { return *v })))
}

// Shared keeps a slice by itself, once a box: all that have these elements come out as one, which nobody may change.
func Shared[T comparable](c *Coder, s *[]T) {
	if !c.writing {
		switch i := c.uint(0); i {
		case 0:
			*s = nil
		case 1:
			*s = []T{}
		default:
			*s = c.refs[i-2].([]T)
		}
		return
	}
	switch {
	case *s == nil:
		c.uint(0)
	case len(*s) == 0:
		c.uint(1)
	default:
		c.uint(uint64(sharedRef(c, *s)) + 1)
	}
}

// sharedRef is ref for a slice: the very same is known by where it lies, an equal one by its elements.
func sharedRef[T comparable](c *Coder, s []T) int {
	type place struct {
		first *T
		n     int
	}
	type step struct { // from what the elements before make to what they make with v
		before int
		v      T
	}
	here := place{&s[0], len(s)}
	if i, ok := c.known[here]; ok {
		return i + 1
	}
	at := -1
	for _, v := range s {
		next, ok := c.known[step{at, v}]
		if !ok {
			next = len(c.known)
			c.known[step{at, v}] = next
		}
		at = next
	}
	type end struct{ at int }
	i := c.ref(end{at}, func() any { return s[:len(s):len(s)] })
	c.known[here] = i - 1
	return i
}

// ref returns 1 more than the index in refs of what key stands for.
func (c *Coder) ref(key any, value func() any) int {
	i, ok := c.known[key]
	if !ok {
		i = len(c.refs)
		c.known[key] = i
		c.refs = append(c.refs, value())
	}
	return i + 1
}

// List keeps a slice of values that each keeps; nil stays nil.
func List[T any](c *Coder, s *[]T, each func(*Coder, *T)) {
	n := 0 // 1 more than the length, 0 for nil
	if *s != nil {
		n = len(*s) + 1
	}
	if n = int(c.uint(uint64(n))); !c.writing {
		if *s = nil; n > 0 {
			*s = make([]T, n-1)
		}
	}
	for i := range *s {
		each(c, &(*s)[i])
	}
}
