package lexicon

import (
	_ "embed" // place.tsv
	"fmt"
	"iter"
	"strings"
	"sync"

	"fangzhi/internal/trie"
)

//go:embed place.tsv
var placeTable string

// PlaceClass says what a word does to the name of a place that it stands in or beside. The zero PlaceClass is none.
type PlaceClass string

// The classes of words about places that MatchPlaceWord knows; place.tsv explains them.
const (
	PlaceEnd   PlaceClass = "end"   // 公园: what names of places end with
	PlaceFrame PlaceClass = "frame" // 在, 走进: what stands before a place
	PlaceJoin  PlaceClass = "join"  // 和, 以及: what joins the places of a list
	PlaceStop  PlaceClass = "stop"  // 召开: what no name of a place holds
	PlaceTrap  PlaceClass = "trap"  // 路灯, 辖区: what holds an ending and is none
	PlaceName  PlaceClass = "name"  // 向阳, 和平: what begins like a stop or a join and belongs to names

	PlaceCountry PlaceClass = "country" // 德国: a country, or a region that the division table does not hold
)

// A PlaceWord is a word that helps to find the names of places in running text. The zero PlaceWord is none.
type PlaceWord struct {
	Word  string
	Class PlaceClass
	// Kind is a LocationKind of the contract for an ending, the kind of frame (at to tour visit meet via from with
	// route until) for a frame, a code of GB/T 2260 or "-" for a country or region.
	Kind string
	// Strong: a name with this ending is a place wherever it stands; else a frame or a place before it must say so.
	Strong bool
	// Institution: the name is an organ's, and a place only where others hold something.
	Institution bool
	// Named: words of purpose (文化, 人民) before this ending make a name; else they make none (便民服务大厅).
	Named bool
	// Temporary: after a road, a community or a venue this is no part of its name (工地, 门口).
	Temporary bool
	// Land: the lie of the land (坡), which makes a name of two characters or more behind a frame only.
	Land bool
	// Room: it lengthens the name of the venue before it and is no name alone (会议室).
	Room bool
	// Opens, of a stop, a frame or a join: a name may begin with it where nothing stands before (和平路, 于家村).
	Opens bool
}

// placeRows are the words of the table; the values of the tries are indexes in all. Of a word that stands in the table
// twice the first row counts.
type placeRows struct {
	all                          []PlaceWord
	words, always, plain, organs trie.Trie
}

var placeWords = sync.OnceValue(func() *placeRows {
	rows := &placeRows{}
	for line := range strings.Lines(placeTable) {
		line = strings.TrimSuffix(line, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 4 {
			panic(fmt.Sprintf("lexicon: place.tsv: %q has %d fields, not 4", line, len(f)))
		}
		has := func(flag string) bool { return strings.Contains(f[2], flag) }
		w := PlaceWord{
			Class: PlaceClass(f[0]), Kind: f[1], Strong: has("s"), Institution: has("i"), Named: has("n"),
			Temporary: has("t"), Room: has("r"), Land: has("l"), Opens: has("o"),
		}
		table := &rows.words
		switch {
		case f[0] == "plain" && has("a"):
			table = &rows.always
		case f[0] == "plain":
			table = &rows.plain
		case f[0] == "organ":
			table = &rows.organs
			w.Room = has("e") // only where a name may end
		}
		for _, word := range strings.Fields(f[3]) {
			w.Word = word
			if table.Get([]rune(word)) < 0 {
				table.Add(word, len(rows.all))
				rows.all = append(rows.all, w)
			}
		}
	}
	return rows
})

// MatchPlaceWord returns the longest word about places that s begins with, and its code points; 0 if there is none.
// Sources: the grammar and the traps of genre.md §5.1, organ or place of §4.1, and words of everyday use.
func MatchPlaceWord(s []rune) (PlaceWord, int) {
	rows := placeWords()
	return rows.match(&rows.words, s)
}

// MayBeginPlaceWord tells whether any word that MatchPlaceWord knows begins with r.
func MayBeginPlaceWord(r rune) bool { return placeWords().words.May(r) }

// PlaceWords returns all words that MatchPlaceWord knows, in no order.
func PlaceWords() iter.Seq[PlaceWord] {
	return func(yield func(PlaceWord) bool) {
		rows := placeWords()
		for _, w := range rows.all {
			i := rows.words.Get([]rune(w.Word))
			if i >= 0 && rows.all[i] == w && !yield(w) {
				return
			}
		}
	}
}

// PlaceOrgan returns the code points of the organ's name that goes on from the name of a place with rest: 3 for
// 派出所 after 建设路, 5 for 慈善协会 of 云河区. It is 0 if the name does not go on so within eighteen code points. rest ends
// where no name can go on.
func PlaceOrgan(rest []rune) int {
	longest := 0
	rows := placeWords()
	for i := range min(len(rest), 18) {
		w, n := rows.match(&rows.organs, rest[i:])
		if n == 0 || w.Room && i+n < len(rest) {
			continue
		}
		longest = i + n
		if i+n == len(rest) {
			break
		}
	}
	return longest
}

// PlainPlace reports whether stem, which stands before the ending, makes no name of its own (老旧 before 小区, 便民服务
// before 大厅, nothing at all), and if so whether it says a purpose, so that what stands before it makes the name:
// 柳湖街道便民服务大厅. A single character makes none only alone or beside a longer word: 新 of 新兴路 does.
func PlainPlace(stem []rune, end PlaceWord) (plain, purpose bool) {
	rows := placeWords()
	if !end.Named {
		if readsAs(stem, &rows.plain) {
			return true, true
		}
		return readsAs(stem, &rows.always, &rows.plain), false
	}
	return readsAs(stem, &rows.always), false
}

// readsAs reports whether s is a row of words of the tables, with at most one of a single character.
func readsAs(s []rune, tables ...*trie.Trie) bool {
	// can[i] holds the ways to read s[:i]: bit 0 without a single character, bit 1 with one.
	can := make([]uint8, len(s)+1)
	can[0] = 1
	for i := range s {
		if can[i] == 0 {
			continue
		}
		for _, table := range tables {
			var buffer [8]trie.Match
			for _, m := range table.All(buffer[:0], s[i:]) {
				if m.Length > 1 {
					can[i+m.Length] |= can[i]
				} else {
					can[i+m.Length] |= can[i] & 1 << 1
				}
			}
		}
	}
	return can[len(s)] != 0
}

func (r *placeRows) match(table *trie.Trie, s []rune) (PlaceWord, int) {
	if i, n := table.Longest(s); n > 0 {
		return r.all[i], n
	}
	return PlaceWord{}, 0
}
