package gram

import "unicode/utf8"

// Formulae are what is frequent, so most long grams are in the same events as a part of them, as often. Such a gram only
// names the part: in a corpus of formulae that halves the index. If a gram has the entry of a part, so has every gram
// between the two, as hits and events can only become fewer from part to whole.

// minShared is from how many bytes an entry is shared. Short ones are alike by chance, in small segments nearly all of
// them, and save less than it costs Merge to look for the part. Tests lower it.
var minShared = 24

// A span is n code points from the from-th on, of a gram.
type span struct{ from, n int }

// append writes the span in the place of an entry, with the form several.
func (s span) append(dst []byte) []byte { return append(dst, byte(s.from<<4|s.n)) }

// sameAs reads what append wrote, for a gram; ok is false for an entry of its own. The part is shorter than the gram, or
// empty in a corrupt block.
func sameAs(f form, body, gram []byte) (part span, ok bool) {
	if f != several || len(body) != 1 {
		return span{}, false
	}
	part = span{from: int(body[0] >> 4), n: int(body[0] & 0xF)}
	if n := utf8.RuneCount(gram); part.n >= n || part.from+part.n > n {
		return span{}, true
	}
	return part, true
}

// of returns the part of a gram.
func (s span) of(gram []byte) []byte {
	from := skipRunes(gram, s.from)
	return gram[from : from+skipRunes(gram[from:], s.n)]
}

// join returns the least span that has both.
func (s span) join(t span) span {
	from := min(s.from, t.from)
	return span{from: from, n: max(s.from+s.n, t.from+t.n) - from}
}
