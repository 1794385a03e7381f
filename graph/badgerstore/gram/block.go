package gram

import (
	"bytes"
	"encoding/binary"
	"slices"
	"unicode/utf8"
)

const (
	blockBytes    = 8 << 10 // a block grows no further with a next entry,
	minBlockBytes = 2 << 10 // unless it is shorter than that
)

// A blockWriter cuts a sequence of entries into blocks.
type blockWriter struct {
	write Writer
	block []byte
	first []byte // first gram of the block
	last  []byte // gram added last
	index index
}

func newBlockWriter(write Writer) *blockWriter { return &blockWriter{write: write} }

// add adds the entry of a gram, greater than the one before; body is what lists.append made.
func (w *blockWriter) add(gram []byte, f form, body []byte) error {
	if n := len(w.block) + len(body) + MaxLen*utf8.UTFMax + 4; n > blockBytes && len(w.block) >= minBlockBytes {
		if err := w.flush(); err != nil {
			return err
		}
	}
	shared, from := 0, 0
	if len(w.block) == 0 {
		w.first = bytes.Clone(gram)
	} else {
		shared, from = common(w.last, gram)
	}
	w.block = append(w.block, byte(shared|(utf8.RuneCount(gram[from:])-1)<<3|int(f)<<6))
	w.block = append(w.block, gram[from:]...)
	w.block = binary.AppendUvarint(w.block, uint64(len(body)))
	w.block = append(w.block, body...)
	w.last = append(w.last[:0], gram...)
	return nil
}

// common returns how many code points and bytes two grams have in common at their beginning.
func common(a, b []byte) (runes, size int) {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	for n > 0 && n < len(b) && !utf8.RuneStart(b[n]) {
		n--
	}
	return utf8.RuneCount(b[:n]), n
}

func (w *blockWriter) flush() error {
	if len(w.block) == 0 {
		return nil
	}
	w.index.add(w.first)
	if err := w.write(w.first, slices.Clone(w.block)); err != nil {
		return err
	}
	w.block = w.block[:0]
	return nil
}

// finish writes the last block and returns the index of all.
func (w *blockWriter) finish() (index, error) {
	err := w.flush()
	return w.index, err
}

// A blockReader reads the entries of a block one after the other.
type blockReader struct {
	b    []byte
	gram []byte // of the entry read last
	form form
	body []byte
}

// next reads an entry. more is false at the end of the block. The error is ErrCorrupt.
func (r *blockReader) next() (more bool, err error) {
	if len(r.b) == 0 {
		return false, nil
	}
	head := r.b[0]
	keep := skipRunes(r.gram, int(head&7))
	from := 1
	size := skipRunes(r.b[from:], int(head>>3&7)+1)
	if keep < 0 || size < 0 {
		return false, ErrCorrupt
	}
	r.gram = append(r.gram[:keep], r.b[from:from+size]...)
	from += size
	n, k := binary.Uvarint(r.b[from:])
	if k <= 0 || n > uint64(len(r.b)-from-k) {
		return false, ErrCorrupt
	}
	from += k
	r.form, r.body = form(head>>6), r.b[from:from+int(n)]
	r.b = r.b[from+int(n):]
	return true, nil
}

// skipRunes returns how many bytes the first n code points of b have, or -1 if b has fewer.
func skipRunes(b []byte, n int) int {
	at := 0
	for ; n > 0; n-- {
		if at >= len(b) {
			return -1
		}
		switch c := b[at]; {
		case c < 0x80:
			at++
		case c < 0xE0:
			at += 2
		case c < 0xF0:
			at += 3
		default:
			at += 4
		}
	}
	if at > len(b) {
		return -1
	}
	return at
}

// find returns the entry of a gram in a block. It puts no gram together: where the one before is less than the wanted one
// and they differ after matched code points, one that shares more with the one before is less as well, and one that shares
// less is greater.
func find(block []byte, gram string) (f form, body []byte, ok bool, err error) {
	matched, rest := 0, gram // rest is what follows the matched code points
	for len(block) > 0 {
		shared, more := int(block[0]&7), int(block[0]>>3&7)+1
		f = form(block[0] >> 6)
		size := skipRunes(block[1:], more)
		if size < 0 {
			return 0, nil, false, ErrCorrupt
		}
		suffix := block[1 : 1+size]
		block = block[1+size:]
		n, k := binary.Uvarint(block)
		if k <= 0 || n > uint64(len(block)-k) {
			return 0, nil, false, ErrCorrupt
		}
		body, block = block[k:k+int(n)], block[k+int(n):]
		if shared > matched {
			continue
		}
		if shared < matched {
			break
		}
		if string(suffix) == rest {
			return f, body, true, nil
		}
		if string(suffix) > rest {
			break
		}
		runes, same := common([]byte(rest), suffix)
		matched, rest = matched+runes, rest[same:]
	}
	return 0, nil, false, nil
}
