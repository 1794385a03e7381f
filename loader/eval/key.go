package eval

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// dots are the other characters that stand in print for the · of a name.
const dots = "\u2022\u30fb\u2027\u2219\u2e31\u25cf\u2218\u16eb"

// key returns what two texts are compared by: NFKC without white space, with one kind of dot. It is not package fold:
// gold and reading are of one text, so that a script or a quotation mark that differs is a difference.
func key(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r), 0x1c <= r && r <= 0x1f: // the four separators of ASCII
			return -1
		case strings.ContainsRune(dots, r):
			return '·'
		}
		return r
	}, norm.NFKC.String(s))
}

// set is a set of keys; "" is never in it.
type set map[string]bool

func newSet(texts ...string) set { return set{}.add(texts...) }

func (s set) add(texts ...string) set {
	for _, t := range texts {
		if k := key(t); k != "" {
			s[k] = true
		}
	}
	return s
}

// has tells whether the text's key is in the set.
func (s set) has(text string) bool { return s[key(text)] }

// common counts what both hold.
func (s set) common(t set) int {
	n := 0
	for k := range s {
		if t[k] {
			n++
		}
	}
	return n
}

// gramLength is how many characters of a body make a gram.
const gramLength = 3

// grams returns the grams of a body; one that is shorter than a gram, the empty one too, is a gram of its own.
func grams(body string) set {
	chars := []rune(key(body))
	if len(chars) < gramLength {
		return set{string(chars): true}
	}
	s := set{}
	for i := range len(chars) - gramLength + 1 {
		s[string(chars[i:i+gramLength])] = true
	}
	return s
}

// excerpt returns the characters of s from start to end, as far as there are any.
func excerpt(s string, start, end int) string {
	chars := []rune(s)
	return string(chars[min(max(start, 0), len(chars)):min(end, len(chars))])
}
