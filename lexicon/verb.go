package lexicon

import (
	_ "embed" // verb.tsv
	"fmt"
	"slices"
	"strings"
	"sync"

	"fangzhi/internal/trie"
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
	all   []Verb
	words trie.Trie // Word -> index in all
}

var verbs = sync.OnceValue(func() *verbRows {
	rows := &verbRows{}
	for line := range strings.Lines(verbTable) {
		line = strings.TrimSuffix(line, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 3 {
			panic(fmt.Sprintf("lexicon: verb.tsv: %q has %d fields, not 3", line, len(f)))
		}
		if rows.words.Add(f[0], len(rows.all)) >= 0 {
			panic(fmt.Sprintf("lexicon: verb.tsv: %s stands there twice", f[0]))
		}
		rows.all = append(rows.all, Verb{Word: f[0], Role: strings.TrimPrefix(f[1], "-")})
	}
	return rows
})

// MatchVerb returns the longest verb that s begins with, and its code points; 0 if there is none.
func MatchVerb(s []rune) (Verb, int) {
	rows := verbs()
	if i, n := rows.words.Longest(s); n > 0 {
		return rows.all[i], n
	}
	return Verb{}, 0
}

// Verbs returns all rows, sorted by Word.
func Verbs() []Verb {
	all := slices.Clone(verbs().all)
	slices.SortFunc(all, func(a, b Verb) int { return strings.Compare(a.Word, b.Word) })
	return all
}
