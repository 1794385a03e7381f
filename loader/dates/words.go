package dates

// wordList is a list of words that are looked for at one place of a line, or within a part of it. Its order counts: the
// first that fits is taken.
type wordList struct {
	words [][]rune
	// first and last are bit sets of the low bits of the first and last code points: most places hold none of them.
	first, last [16]uint64
}

func words(list ...string) *wordList {
	w := &wordList{}
	for _, s := range list {
		word := []rune(s)
		w.words = append(w.words, word)
		f, l := word[0], word[len(word)-1]
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
	for _, s := range w.words {
		if l.stands(i, s) {
			return len(s)
		}
	}
	return 0
}

// index returns which of words stands at i, -1 for none, and its length in code points.
func (l *line) index(i int, w *wordList) (k, length int) {
	if i < 0 || i >= len(l.r) {
		return -1, 0
	}
	if r := l.r[i]; w.first[r>>6&15]&(1<<(r&63)) == 0 {
		return -1, 0
	}
	for k, s := range w.words {
		if l.stands(i, s) {
			return k, len(s)
		}
	}
	return -1, 0
}

// stands reports whether word stands at i, which is not negative.
func (l *line) stands(i int, word []rune) bool {
	if i+len(word) > len(l.r) {
		return false
	}
	for k, r := range word {
		if l.r[i+k] != r {
			return false
		}
	}
	return true
}

// before returns the length in code points of the first of words that ends at i, 0 for none.
func (l *line) before(i int, w *wordList) int {
	if i <= 0 || i > len(l.r) {
		return 0
	}
	if r := l.r[i-1]; w.last[r>>6&15]&(1<<(r&63)) == 0 {
		return 0
	}
	for _, s := range w.words {
		if len(s) <= i && l.stands(i-len(s), s) {
			return len(s)
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
