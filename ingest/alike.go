package ingest

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"fangzhi/fold"
	"fangzhi/graph"
	"fangzhi/internal/trie"
)

// Two articles are alike when at least alikeShare of the grams of the one that has fewer are the other's, and it has at least
// alikeGrams: an entry of one sentence lies in the article of a page. What many articles of one day have in common says nothing: the names of
// those present, their posts, the date, the words of every meeting. docs/decisions/0005-reports-of-one-event.md has the measurement.
const (
	alikeShare = 0.5
	alikeGrams = 6
	// leadRunes is how much of a body is looked at: in a long one the grams of every short text are found somewhere.
	leadRunes = 1000
)

// stock are words that stand in the report of every meeting, visit and campaign, the longer ones first.
var stock = []string{
	"出席会议并讲话", "出席并讲话", "主持召开", "主持会议", "召开会议", "会议召开", "参加会议", "会议强调", "会议指出", "参加活动", "出席活动", "出席会议",
	"会议精神", "传达学习", "研究部署", "安排部署", "有关", "工作", "会议", "召开", "主持", "讲话", "出席", "参加", "陪同", "举行", "开展", "活动", "全区", "全县", "全市",
	"我区", "我县", "我市",
}

// leadGrams returns what tells the report of one event from those of others: the pairs of neighbouring code points of title and lead,
// without what the article says of dates and of people. Sorted, each once.
func leadGrams(e *graph.Event, body string) []uint64 {
	return grams(takeOut(e.PrintedTitle+separator+firstRunes(body, leadRunes), ownWords(e)), &stockTrie)
}

// firstRunes returns the first n code points of a text.
func firstRunes(text string, n int) string {
	if len(text) <= n {
		return text
	}
	for i := range text {
		if n--; n < 0 {
			return text[:i]
		}
	}
	return text
}

// separator parts what stood on either side of words that were taken out: no gram reaches over it.
const separator = "\n"

// stockTrie holds the words of stock, folded.
var stockTrie = func() (t trie.Trie) {
	for _, s := range stock {
		t.Add(fold.String(s), 0)
	}
	return t
}()

// ownWords returns the dates and the people of an article, with their posts.
func ownWords(e *graph.Event) []string {
	var words []string
	add := func(s string) {
		if s != "" && !slices.Contains(words, s) {
			words = append(words, s)
		}
	}
	add(e.Date.Text)
	for i := range e.OtherDates {
		add(e.OtherDates[i].Text)
	}
	for i := range e.Officials {
		o := &e.Officials[i]
		add(o.Title)
		for _, v := range o.Evidence {
			add(v.Text)
		}
		for _, p := range o.Posts {
			add(p.Text)
			add(p.Title)
		}
	}
	return words
}

// takeOut puts separators in the place of words: of those that begin at one place the longest goes, and the next is looked for behind it.
func takeOut(text string, words []string) string {
	type found struct{ from, to int }
	var all []found
	for _, w := range words {
		for from := 0; ; {
			i := strings.Index(text[from:], w)
			if i < 0 {
				break
			}
			all = append(all, found{from + i, from + i + len(w)})
			from += i + 1
		}
	}
	slices.SortFunc(all, func(a, b found) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(b.to, a.to)) })
	var out strings.Builder
	out.Grow(len(text))
	end := 0
	for _, f := range all {
		if f.from >= end {
			out.WriteString(text[end:f.from])
			out.WriteString(separator)
			end = f.to
		}
	}
	out.WriteString(text[end:])
	return out.String()
}

// grams returns the pairs of neighbouring code points of the parts of a text, folded; sorted, each once. No pair reaches over a word that
// is left out, the longest at its place. Punctuation is passed over: two reports set it differently.
func grams(text string, leftOut *trie.Trie) []uint64 {
	all := make([]uint64, 0, utf8.RuneCountInString(text))
	var runes []rune
	for part := range strings.SplitSeq(text, separator) {
		runes = runes[:0]
		for _, r := range fold.String(part) {
			runes = append(runes, r)
		}
		var last rune
		for i := 0; i < len(runes); i++ {
			r := runes[i]
			if leftOut.May(r) {
				if _, n := leftOut.Longest(runes[i:]); n > 0 {
					last, i = 0, i+n-1
					continue
				}
			}
			if marks.Has(r) {
				continue
			}
			if last != 0 {
				all = append(all, uint64(last)<<32|uint64(r))
			}
			last = r
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// marks are the punctuation that two reports set differently.
var marks = trie.NewRunes("，。、；：？！“”‘’\"'《》〈〉（）()[]—…·,.;:?!-")

// bodyGrams returns the grams of a whole body, as readings of one text are compared.
func bodyGrams(body string) []uint64 {
	return grams(body, &nothing)
}

// nothing is left out of a body.
var nothing trie.Trie

// common counts the grams that both have.
func common(a, b []uint64) int {
	n := 0
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] < b[0]:
			a = a[1:]
		case a[0] > b[0]:
			b = b[1:]
		default:
			n++
			a, b = a[1:], b[1:]
		}
	}
	return n
}

// alike tells whether two leads can report one event.
func alike(a, b []uint64) bool {
	fewer := min(len(a), len(b))
	return fewer >= alikeGrams && float64(common(a, b)) >= alikeShare*float64(fewer)
}

// similarity returns from 0 to 1 how much of two texts is the same: twice what they share over what they have.
func similarity(a, b []uint64) float64 {
	if len(a)+len(b) == 0 {
		return 1
	}
	return 2 * float64(common(a, b)) / float64(len(a)+len(b))
}
