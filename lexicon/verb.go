package lexicon

import (
	_ "embed" // verb.tsv
	"fmt"
	"slices"
	"strings"
	"sync"
)

//go:embed verb.tsv
var verbTable string

// A Verb is a word that may follow the name of an official. The zero Verb is none.
type Verb struct {
	Word string
	// Role is an OfficialRole of the contract, what the word shows the official do; "" for what merely ends a name
	// (到, 对, 先后) and shows nothing by itself.
	Role string
}

type verbRows struct {
	byName  map[string]Verb
	byFirst map[rune][][]rune // longest first
}

var verbs = sync.OnceValue(func() verbRows {
	rows := verbRows{map[string]Verb{}, map[rune][][]rune{}}
	for line := range strings.Lines(verbTable) {
		line = strings.TrimSuffix(line, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 3 {
			panic(fmt.Sprintf("lexicon: verb.tsv: %q has %d fields, not 3", line, len(f)))
		}
		rows.byName[f[0]] = Verb{Word: f[0], Role: strings.TrimPrefix(f[1], "-")}
		word := []rune(f[0])
		rows.byFirst[word[0]] = append(rows.byFirst[word[0]], word)
	}
	for _, words := range rows.byFirst {
		slices.SortStableFunc(words, func(a, b []rune) int { return len(b) - len(a) })
	}
	return rows
})

// MatchVerb returns the longest verb that s begins with, and its code points; 0 if there is none.
func MatchVerb(s []rune) (Verb, int) {
	if len(s) == 0 {
		return Verb{}, 0
	}
	rows := verbs()
	for _, word := range rows.byFirst[s[0]] {
		if hasRunes(s, word) {
			return rows.byName[string(word)], len(word)
		}
	}
	return Verb{}, 0
}

// Verbs returns all rows, sorted by Word.
func Verbs() []Verb {
	var all []Verb
	for _, v := range verbs().byName {
		all = append(all, v)
	}
	slices.SortFunc(all, func(a, b Verb) int { return strings.Compare(a.Word, b.Word) })
	return all
}
