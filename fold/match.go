package fold

import (
	"encoding/binary"
	"unicode/utf16"
)

// A Matcher looks for a folded string in texts as they are: it folds them on its way and makes no copy of them. It may be used
// by several goroutines.
type Matcher struct {
	pattern []rune
	back    []int // by how much of the pattern stood: how much of it still does when the next code point does not fit
	table   *table
}

// NewMatcher returns a Matcher for what String returned.
func NewMatcher(folded string) *Matcher {
	m := &Matcher{pattern: []rune(folded), table: folding()}
	m.back = make([]int, len(m.pattern)+1)
	for i, k := 1, 0; i < len(m.pattern); i++ {
		for k > 0 && m.pattern[k] != m.pattern[i] {
			k = m.back[k]
		}
		if m.pattern[k] == m.pattern[i] {
			k++
		}
		m.back[i+1] = k
	}
	return m
}

// Count returns how often the pattern is in String(s), without overlaps and counted from the left, as strings.Count does; 0 for
// an empty pattern.
func (m *Matcher) Count(s string) (n int) {
	if len(m.pattern) == 0 {
		return 0
	}
	k := 0
	for _, r := range s {
		if k = m.step(k, r); k == len(m.pattern) {
			n, k = n+1, 0
		}
	}
	return n
}

// CountUTF16 is Count for a text in UTF-16, little endian.
func (m *Matcher) CountUTF16(b []byte) (n int) {
	if len(m.pattern) == 0 {
		return 0
	}
	k := 0
	for ; len(b) >= 2; b = b[2:] {
		r := rune(binary.LittleEndian.Uint16(b))
		if utf16.IsSurrogate(r) && len(b) >= 4 {
			r = utf16.DecodeRune(r, rune(binary.LittleEndian.Uint16(b[2:])))
			b = b[2:]
		}
		if k = m.step(k, r); k == len(m.pattern) {
			n, k = n+1, 0
		}
	}
	return n
}

// step returns how much of the pattern stands after one more code point of the text, when k code points of it stood before.
func (m *Matcher) step(k int, r rune) int {
	f := m.table.fold(r)
	if f == dropped {
		return k
	}
	for k > 0 && m.pattern[k] != f {
		k = m.back[k]
	}
	if m.pattern[k] == f {
		k++
	}
	return k
}
