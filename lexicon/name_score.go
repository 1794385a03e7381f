package lexicon

import (
	"fmt"
	"strings"
	"sync"
	"unicode/utf8"
)

// NameScoreLikely is the score from which on a string is more likely a name than a piece of ordinary text. Nearly all
// names stand above it, nine in ten pieces of text that begin with a surname below; words made of the same
// characters as names (智慧, 石楠) stand above it too, and NameLikeWord knows most of them.
const NameScoreLikely = 2.5

// compoundTenths is the score of a compound surname, near that of 张 and 马.
const compoundTenths = 33

// The places that a character can have in a name.
const (
	placeSurname = iota // of a name of three characters; used for two as well
	placeSecond         // second of three
	placeThird
	placeSingle // second of two
	places
)

// nameScores unpacks name-scores.tsv at the first call, 10,760 characters; the score of 0 is for all others.
var nameScores = sync.OnceValue(loadNameScores)

// A scoreTable has the scores by code point, from nameFirst on; other characters have the score of 0.
type scoreTable struct {
	of    [][places]int8
	other [places]int8
}

// nameFirst to nameLast are the characters that the table has: the unified ideographs of the basic plane.
const nameFirst, nameLast = 0x4E00, 0x9FFF

func (t *scoreTable) at(place int, r rune) int {
	if r < nameFirst || r > nameLast {
		return int(t.other[place])
	}
	return int(t.of[r-nameFirst][place])
}

func loadNameScores() *scoreTable {
	text := mustUnpack("name-scores.tsv.gz")
	scores := make(map[rune][places]int8, strings.Count(text, "\n"))
	for line := range strings.Lines(text) {
		name, rest, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		var s [places]int8
		for i := range s {
			var field string
			field, rest, _ = strings.Cut(rest, "\t")
			negative := strings.HasPrefix(field, "-")
			n := mustNumber(strings.TrimPrefix(field, "-"))
			if negative {
				n = -n
			}
			s[i] = int8(n)
		}
		r, _ := utf8.DecodeRuneInString(name)
		if r == '?' {
			r = 0
		}
		scores[r] = s
	}
	t := &scoreTable{of: make([][places]int8, nameLast-nameFirst+1), other: scores[0]}
	for i := range t.of {
		t.of[i] = t.other
	}
	for r, s := range scores {
		switch {
		case r >= nameFirst && r <= nameLast:
			t.of[r-nameFirst] = s
		case r != 0:
			panic(fmt.Sprintf("lexicon: name-scores.tsv: %c is beyond the table", r))
		}
	}
	return t
}

// NameScore tells names from words by their characters alone: the natural logarithm of how much more likely name is as
// a person's name than as a piece of ordinary text; above NameScoreLikely it is rather a name. The name is a surname
// and one or two given characters, all of them; ok is false for anything else.
//
// A compound surname counts as much as a middling single one: the dictionary has too few of them. A rare
// name may score low: the score is for what stands without a title before it. Made from the names of gse's dictionary
// against its words, rule and threshold of genre.md §3.3(2).
func NameScore(name []rune) (score float64, ok bool) {
	table := nameScores()
	n := Surname(name)
	given := name[n:]
	tenths := compoundTenths
	if n == 1 {
		tenths = table.at(placeSurname, name[0])
	}
	switch {
	case n > 0 && len(given) == 1:
		tenths += table.at(placeSingle, given[0])
	case n > 0 && len(given) == 2:
		tenths += table.at(placeSecond, given[0]) + table.at(placeThird, given[1])
	default:
		return 0, false
	}
	return float64(tenths) / 10, true
}
