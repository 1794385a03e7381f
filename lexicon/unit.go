package lexicon

import (
	_ "embed" // unit.tsv
	"fmt"
	"slices"
	"strings"
	"sync"
)

//go:embed unit.tsv
var unitTable string

// A Unit is a word that makes a number before it a quantity. The zero Unit is none.
type Unit struct {
	Word  string
	Class UnitClass
	// before holds the characters that may not follow.
	before string
}

// UnitClass is what kind of quantity a unit makes; it decides how much else a text must say before a number is one.
type UnitClass string

// The classes of unit.tsv. UnitContext is for words that mean something else as often (点 级 分 年).
const (
	UnitMeasure UnitClass = "measure"
	UnitMoney   UnitClass = "money"
	UnitPeople  UnitClass = "people"
	UnitTime    UnitClass = "time"
	UnitShare   UnitClass = "share"
	UnitCount   UnitClass = "count"
	UnitNoun    UnitClass = "noun"
	UnitContext UnitClass = "context"
)

var unitClasses = []UnitClass{UnitMeasure, UnitMoney, UnitPeople, UnitTime, UnitShare, UnitCount, UnitNoun, UnitContext}

type unitRow struct {
	word []rune
	Unit
}

// unitRows holds the rows of unit.tsv by their first character, longest first.
var unitRows = sync.OnceValue(func() map[rune][]unitRow {
	rows := map[rune][]unitRow{}
	for line := range strings.Lines(unitTable) {
		line = strings.TrimSuffix(line, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 3 || f[0] == "" || !slices.Contains(unitClasses, UnitClass(f[1])) {
			panic(fmt.Sprintf("lexicon: unit.tsv: %q is no row", line))
		}
		word := []rune(f[0])
		rows[word[0]] = append(rows[word[0]], unitRow{word, Unit{f[0], UnitClass(f[1]), f[2]}})
	}
	for _, list := range rows {
		slices.SortStableFunc(list, func(a, b unitRow) int { return len(b.word) - len(a.word) })
	}
	return rows
})

// MatchUnit returns the longest unit that s begins with, and its code points; 0 if there is none. A unit is none where
// what follows makes it the beginning of another word: 人 in 人民, m in mm.
func MatchUnit(s []rune) (Unit, int) {
	if len(s) == 0 {
		return Unit{}, 0
	}
	for _, row := range unitRows()[s[0]] {
		n := len(row.word)
		if n > len(s) || !slices.Equal(s[:n], row.word) {
			continue
		}
		if n < len(s) && (strings.ContainsRune(row.before, s[n]) || latin(row.word[n-1]) && latin(s[n])) {
			continue
		}
		return row.Unit, n
	}
	return Unit{}, 0
}

func latin(r rune) bool { return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' }
