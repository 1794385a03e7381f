package lexicon

import (
	_ "embed" // document.tsv
	"fmt"
	"slices"
	"strings"
	"sync"
)

//go:embed document.tsv
var documentTable string

// DocumentList is one of the lists of document.tsv: words that tell a cited text from a play, a book, a paper.
type DocumentList string

// The lists; the head of document.tsv says what each holds.
const (
	DocumentKind       DocumentList = "kind"
	DocumentNoKind     DocumentList = "no-kind"
	DocumentPress      DocumentList = "press"
	DocumentBook       DocumentList = "book"
	DocumentBookCite   DocumentList = "book-cite"
	DocumentNever      DocumentList = "never"
	DocumentShort      DocumentList = "short"
	DocumentWork       DocumentList = "work"
	DocumentWorkBehind DocumentList = "work-behind"
	DocumentBookBehind DocumentList = "book-behind"
	DocumentCite       DocumentList = "cite"
	DocumentCiteBehind DocumentList = "cite-behind"
)

var documentLists = []DocumentList{
	DocumentKind, DocumentNoKind, DocumentPress, DocumentBook, DocumentBookCite, DocumentNever, DocumentShort,
	DocumentWork, DocumentWorkBehind, DocumentBookBehind, DocumentCite, DocumentCiteBehind,
}

type documentRows struct{ byFirst, byLast map[rune][][]rune } // longest first

// documentWords holds the rows of document.tsv by list, and by their first and their last character.
var documentWords = sync.OnceValue(func() map[DocumentList]documentRows {
	lists := map[DocumentList]documentRows{}
	for _, l := range documentLists {
		lists[l] = documentRows{map[rune][][]rune{}, map[rune][][]rune{}}
	}
	for line := range strings.Lines(documentTable) {
		line = strings.TrimSuffix(line, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		word, list, ok := strings.Cut(line, "\t")
		rows, known := lists[DocumentList(list)]
		if !ok || !known || word == "" {
			panic(fmt.Sprintf("lexicon: document.tsv: %q is no row", line))
		}
		w := []rune(word)
		rows.byFirst[w[0]] = append(rows.byFirst[w[0]], w)
		rows.byLast[w[len(w)-1]] = append(rows.byLast[w[len(w)-1]], w)
	}
	longest := func(a, b []rune) int { return len(b) - len(a) }
	for _, rows := range lists {
		for _, words := range rows.byFirst {
			slices.SortStableFunc(words, longest)
		}
		for _, words := range rows.byLast {
			slices.SortStableFunc(words, longest)
		}
	}
	return lists
})

// In returns the code points of the longest word of the list that s begins with, 0 for none.
func (l DocumentList) In(s []rune) int {
	if len(s) == 0 {
		return 0
	}
	for _, w := range documentWords()[l].byFirst[s[0]] {
		if len(s) >= len(w) && slices.Equal(s[:len(w)], w) {
			return len(w)
		}
	}
	return 0
}

// Ends returns the code points of the longest word of the list that s ends with, 0 for none.
func (l DocumentList) Ends(s []rune) int {
	if len(s) == 0 {
		return 0
	}
	for _, w := range documentWords()[l].byLast[s[len(s)-1]] {
		if len(s) >= len(w) && slices.Equal(s[len(s)-len(w):], w) {
			return len(w)
		}
	}
	return 0
}
