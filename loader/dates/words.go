package dates

import "unicode/utf8"

// wordList is a list of words that are looked for at one place of a line, or within a part of it. Its order counts: the
// first that fits is taken.
type wordList struct {
	words  []string
	length []int // of words, in code points
	// first and last are bit sets of the low bits of the first and last code points: most places hold none of them.
	first, last [16]uint64
}

func words(list ...string) *wordList {
	w := &wordList{words: list}
	for _, s := range list {
		w.length = append(w.length, utf8.RuneCountInString(s))
		f, _ := utf8.DecodeRuneInString(s)
		l, _ := utf8.DecodeLastRuneInString(s)
		w.first[f>>6&15] |= 1 << (f & 63)
		w.last[l>>6&15] |= 1 << (l & 63)
	}
	return w
}

// after returns the length in code points of the first of words that stands at i, 0 for none.
func (l *line) after(i int, w *wordList) int {
	if i < 0 || i >= len(l.r) {
		return 0
	}
	if r := l.r[i]; w.first[r>>6&15]&(1<<(r&63)) == 0 {
		return 0
	}
	for k, s := range w.words {
		if l.has(i, s) {
			return w.length[k]
		}
	}
	return 0
}

// before returns the length in code points of the first of words that ends at i, 0 for none.
func (l *line) before(i int, w *wordList) int {
	if i <= 0 || i > len(l.r) {
		return 0
	}
	if r := l.r[i-1]; w.last[r>>6&15]&(1<<(r&63)) == 0 {
		return 0
	}
	for k, s := range w.words {
		if l.has(i-w.length[k], s) {
			return w.length[k]
		}
	}
	return 0
}

// contains reports whether one of words stands in [start, end).
func (l *line) contains(start, end int, w *wordList) bool {
	for i := max(0, start); i < min(end, len(l.r)); i++ {
		if n := l.after(i, w); n > 0 && i+n <= end {
			return true
		}
	}
	return false
}
