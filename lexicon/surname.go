package lexicon

import (
	"strings"
	"sync"

	"fangzhi/internal/trie"
)

// surnames unpacks surnames.tsv at the first call: 590 surnames, single and compound.
var surnames = sync.OnceValue(loadSurnames)

func loadSurnames() *trie.Trie {
	all := &trie.Trie{}
	for line := range strings.Lines(mustUnpack("surnames.tsv.gz")) {
		name, _, _ := strings.Cut(line, "\t")
		all.Add(name, 0)
	}
	return all
}

// IsSurname reports whether s is a surname as a whole, of one code point or two (欧阳).
//
// The table covers 99 % of people. Many surnames are ordinary words (于, 和, 向, 从, 都): that s is one says little, and
// what follows decides.
func IsSurname(s string) bool { return surnames().Get([]rune(s)) >= 0 }

// CompoundSurname reports whether s begins with a compound surname (复姓), which is of two code points. One person in a
// thousand has one, and 司徒, 东方, 南宫 are words or places too: read it so only where one or two code points follow
// that can be a given name.
func CompoundSurname(s []rune) bool { return len(s) >= 2 && surnames().Get(s[:2]) >= 0 }

// Surname returns the code points of the surname that s begins with, 0 if it begins with none. It is 2 for a compound
// surname with anything after it, but 1 where the first character is a surname and s ends with the second: 东方 alone
// is 东 with the given name 方. Where s is running text, ask CompoundSurname and choose.
func Surname(s []rune) int {
	if len(s) == 0 || !surnames().May(s[0]) {
		return 0
	}
	switch {
	case len(s) > 2 && CompoundSurname(s):
		return 2
	case surnames().Get(s[:1]) >= 0:
		return 1
	}
	return 0
}
