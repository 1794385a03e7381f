package lexicon

import (
	_ "embed" // translit.tsv, surname-rare.tsv
	"fmt"
	"strings"
	"sync"
)

//go:embed translit.tsv
var translitTable string

//go:embed surname-rare.tsv
var rareSurnameTable string

type translitRows struct {
	chars map[rune]bool
	yi    map[string]bool
	japan map[string]bool
}

var translit = sync.OnceValue(func() translitRows {
	rows := translitRows{map[rune]bool{}, map[string]bool{}, map[string]bool{}}
	for line := range strings.Lines(translitTable) {
		line = strings.TrimSuffix(line, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		language, chars, ok := strings.Cut(line, "\t")
		if !ok {
			panic(fmt.Sprintf("lexicon: translit.tsv: %q has no characters", line))
		}
		if surnames := map[string]map[string]bool{"Yi-surname": rows.yi, "Japanese-surname": rows.japan}[language]; surnames != nil {
			for _, s := range strings.Fields(chars) {
				surnames[s] = true
			}
			continue
		}
		for _, r := range chars {
			rows.chars[r] = true
		}
	}
	return rows
})

// Transliterates reports whether names of Mongolian, Uyghur, Kazakh, Tibetan or Yi are written with the character.
// Most are everyday characters too: only a run of them, between a post and what ends a name, is a name.
func Transliterates(r rune) bool { return translit().chars[r] }

// YiSurname reports whether s begins with two characters that are the surname of a Yi name (沙马, 吉狄).
func YiSurname(s []rune) bool { return len(s) >= 2 && translit().yi[string(s[:2])] }

// JapaneseSurname reports whether s begins with two characters that are a Japanese surname (山本, 小林). Many are words or places
// too: a name needs a post of Japan's before it.
func JapaneseSurname(s []rune) bool { return len(s) >= 2 && translit().japan[string(s[:2])] }

var rareSurnames = sync.OnceValue(func() map[rune]bool {
	rows := map[rune]bool{}
	for line := range strings.Lines(rareSurnameTable) {
		if line[0] == '#' {
			continue
		}
		for _, r := range strings.TrimSpace(line) {
			rows[r] = true
		}
	}
	return rows
})

// RareSurname reports whether r is a surname that IsSurname does not know: few bear it, or it is an everyday word (庆, 员).
// It makes a name only where a post or a list of names stands before it.
func RareSurname(r rune) bool { return rareSurnames()[r] }
