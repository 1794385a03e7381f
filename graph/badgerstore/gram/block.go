package gram

import (
	"bytes"
	"encoding/binary"
	"slices"
	"unicode/utf8"
)

const (
	blockBytes    = 4 << 10 // a block grows no further with a next entry,
	minBlockBytes = 1 << 10 // unless it is shorter than that
	maxGramBytes  = MaxLen * utf8.UTFMax
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
	if n := len(w.block) + len(body) + maxGramBytes + 4; n > blockBytes && len(w.block) >= minBlockBytes {
		if err := w.flush(); err != nil {
			return err
		}
	}
	if len(w.block) == 0 {
		w.first, w.last = bytes.Clone(gram), w.last[:0]
	}
	shared, from := common(w.last, gram)
	w.block = append(w.block, byte(shared|(utf8.RuneCount(gram[from:])-1)<<3|int(f)<<6))
	r, size := utf8.DecodeRune(gram[from:])
	w.block = binary.AppendUvarint(w.block, uint64(r-runeAt(w.last, from)))
	w.block = append(w.block, gram[from+size:]...)
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

// runeAt returns the code point of a gram at a byte, 0 at its end.
func runeAt(gram []byte, at int) rune {
	if at == len(gram) {
		return 0
	}
	r, _ := utf8.DecodeRune(gram[at:])
	return r
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

// A rawEntry is an entry as it stands in a block.
type rawEntry struct {
	shared int    // code points shared with the gram before
	step   rune   // from its next code point to that of this one
	tail   []byte // code points after that
	form   form
	body   []byte
}

// cut reads an entry from b, which is not empty, and returns what follows it. ok is false for a corrupt one.
func (e *rawEntry) cut(b []byte) (rest []byte, ok bool) {
	head := b[0]
	e.shared, e.form = int(head&7), form(head>>6)
	step, k := binary.Uvarint(b[1:])
	if k <= 0 || step > utf8.MaxRune {
		return nil, false
	}
	e.step, b = rune(step), b[1+k:]
	size := skipRunes(b, int(head>>3&7))
	if size < 0 {
		return nil, false
	}
	e.tail, b = b[:size], b[size:]
	n, k := binary.Uvarint(b)
	if k <= 0 || n > uint64(len(b)-k) {
		return nil, false
	}
	end := k + int(n)
	e.body = b[k:end]
	return b[end:], true
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
	var e rawEntry
	rest, ok := e.cut(r.b)
	if !ok {
		return false, ErrCorrupt
	}
	keep := skipRunes(r.gram, e.shared)
	if keep < 0 {
		return false, ErrCorrupt
	}
	r.gram = append(utf8.AppendRune(r.gram[:keep], runeAt(r.gram, keep)+e.step), e.tail...)
	r.form, r.body, r.b = e.form, e.body, rest
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

// find returns the entry of a gram in a block. It puts no gram together. The gram before is less than the wanted one; they
// have matched code points in common, and at is its next one, 0 if it ends there. Then one that shares more than matched
// with it is less as well, and one that shares less is greater.
func find(block []byte, gram string) (f form, body []byte, ok bool, err error) {
	want := []rune(gram)
	matched, at := 0, rune(0)
	var e rawEntry
	for len(block) > 0 {
		if block, ok = e.cut(block); !ok {
			return 0, nil, false, ErrCorrupt
		}
		if e.shared > matched {
			continue
		}
		if e.shared < matched {
			break
		}
		at += e.step
		tail, ends := e.tail, false
		for matched < len(want) && at == want[matched] && !ends {
			matched++
			at, ends = runeAt(tail, 0), len(tail) == 0
			tail = tail[max(skipRunes(tail, 1), 0):]
		}
		if ends && matched == len(want) {
			return e.form, e.body, true, nil
		}
		if matched == len(want) || at > want[matched] {
			break
		}
	}
	return 0, nil, false, nil
}
