package lexicon

import (
	_ "embed" // title.tsv
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"fangzhi/internal/trie"
)

//go:embed title.tsv
var titleTable string

// TitleClass says what a title makes of the person who bears it.
type TitleClass string

// The classes of titles.
const (
	TitleOffice TitleClass = "office" // 局长: a post in an organ
	TitleMember TitleClass = "member" // 代表, 委员: one of many, makes no one known
	TitleExpert TitleClass = "expert" // 教授, 工程师: a profession
	TitleHonor  TitleClass = "honor"  // 同志: follows a name and says nothing
	TitleOld    TitleClass = "old"    // 知县, 教谕: an office of imperial times
)

// A Title is a post or a profession (职务, 职称) without the organ. The zero Title is none.
type Title struct {
	// Name is the core as it is written: 局长, 党组书记. Modifiers (副, 原) are not part of it.
	Name  string
	Class TitleClass
	// Rank orders posts in a list of the office-holders of one organ, lower first; 0 is unknown.
	Rank int
	// Single marks a post that one person holds at a time.
	Single bool
	// Level is the kind of division whose government the title alone implies: 区 for 区长, "" for most.
	Level string
}

type titleRows struct {
	all   []Title
	names trie.Trie  // name -> index in all
	pairs trie.Pairs // what names begin with
}

var titles = sync.OnceValue(func() *titleRows {
	rows := &titleRows{}
	for line := range strings.Lines(titleTable) {
		line = strings.TrimSuffix(line, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 5 {
			panic(fmt.Sprintf("lexicon: title.tsv: %q has %d fields, not 5", line, len(f)))
		}
		rank, err := strconv.Atoi(f[2])
		if err != nil {
			panic(fmt.Sprintf("lexicon: title.tsv: %v", err))
		}
		if rows.names.Add(f[0], len(rows.all)) >= 0 {
			panic(fmt.Sprintf("lexicon: title.tsv: %s stands there twice", f[0]))
		}
		name := []rune(f[0])
		if len(name) < 2 {
			panic(fmt.Sprintf("lexicon: title.tsv: %s is one character", f[0]))
		}
		rows.pairs.Add(name[0], name[1])
		rows.all = append(rows.all, Title{Name: f[0], Class: TitleClass(f[1]), Rank: rank, Single: f[3] == "+", Level: f[4]})
	}
	return rows
})

// TitleNamed returns the title of that name.
func TitleNamed(name string) (Title, bool) {
	rows := titles()
	if i := rows.names.Get([]rune(name)); i >= 0 {
		return rows.all[i], true
	}
	return Title{}, false
}

// MatchTitle returns the longest title that s begins with, and its code points; 0 if there is none.
func MatchTitle(s []rune) (Title, int) {
	rows := titles()
	if len(s) < 2 || !rows.pairs.May(s[0], s[1]) {
		return Title{}, 0
	}
	if i, n := rows.names.Longest(s); n > 0 {
		return rows.all[i], n
	}
	return Title{}, 0
}

// Titles returns all titles in the order of the table's ranks, then names.
func Titles() []Title {
	all := slices.Clone(titles().all)
	slices.SortFunc(all, func(a, b Title) int {
		if a.Rank != b.Rank {
			return a.Rank - b.Rank
		}
		return strings.Compare(a.Name, b.Name)
	})
	return all
}
