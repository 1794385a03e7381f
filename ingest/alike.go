package ingest

import (
	"slices"
	"strings"

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
	if runes := []rune(body); len(runes) > leadRunes {
		body = string(runes[:leadRunes])
	}
	return grams(without(e).Replace(e.PrintedTitle+"\n"+body), func(s string) string {
		return stockless.Replace(s)
	})
}

// separator parts what stood on either side of words that were taken out: no gram reaches over it.
const separator = "\n"

var stockless = func() *strings.Replacer {
	var pairs []string
	for _, s := range stock {
		pairs = append(pairs, fold.String(s), separator)
	}
	return strings.NewReplacer(pairs...)
}()

// without takes out the dates and the people of an article, with their posts.
func without(e *graph.Event) *strings.Replacer {
	words := map[string]bool{}
	add := func(s string) {
		if s != "" {
			words[s] = true
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
	list := make([]string, 0, len(words))
	for w := range words {
		list = append(list, w)
	}
	// A replacer takes the first of its words that fits, so longer ones stand first.
	slices.SortFunc(list, func(a, b string) int {
		if len(a) != len(b) {
			return len(b) - len(a)
		}
		return strings.Compare(a, b)
	})
	pairs := make([]string, 0, 2*len(list))
	for _, w := range list {
		pairs = append(pairs, w, separator)
	}
	return strings.NewReplacer(pairs...)
}

// grams returns the pairs of neighbouring code points of the parts of a text, folded and with clean applied; sorted, each once.
// Punctuation is left out: two reports set it differently.
func grams(text string, clean func(string) string) []uint64 {
	var all []uint64
	for part := range strings.SplitSeq(text, separator) {
		for piece := range strings.SplitSeq(clean(fold.String(part)), separator) {
			var last rune
			for _, r := range piece {
				if marks.Has(r) {
					continue
				}
				if last != 0 {
					all = append(all, uint64(last)<<32|uint64(r))
				}
				last = r
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// marks are the punctuation that two reports set differently.
var marks = trie.NewRunes("，。、；：？！“”‘’\"'《》〈〉（）()[]—…·,.;:?!-")

// bodyGrams returns the grams of a whole body, as readings of one text are compared.
func bodyGrams(body string) []uint64 {
	return grams(body, func(s string) string { return s })
}

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
