package layout

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"fangzhi/fold"
)

// head is one to four lines of the body that may be a heading set over them.
type head struct {
	at, n int // first line, number of lines
	key   string
	whole bool // no line of a heading stands right above it or below it: text does
	sure  bool // whole, and set apart by blank lines above and below, not inside
}

// heads finds headings of the body by their text. Contents and body spell the same title alike but for spaces, line
// breaks, what was cut off and a letter or two.
type heads struct {
	all    []head
	exact  map[string]*place
	first  map[string][]int // by the first four runes of the key
	last   map[string][]int // by the last four
	alone  map[string]bool  // folded names that stand alone on a line as columns do, see isSection
	budget int              // comparisons left
}

// place is where one text stands as a heading.
type place struct {
	at          []int // indexes of heads, ascending
	whole, sure bool  // one of them is
}

const (
	maxHeadLines = 4
	maxHeadRunes = 90
	maxHeads     = 300_000 // of one text: a text of short lines without end is no chronicle
	maxCompared  = 200     // candidates that one title is compared with letter by letter
	maxBudget    = 400_000 // comparisons of one text: contents that have little to do with their body are none
)

// newHeads indexes the lines from on. wrap is their wrapWidth.
func newHeads(lines []line, from, wrap int) *heads {
	h := &heads{exact: map[string]*place{}, budget: maxBudget, first: map[string][]int{}, last: map[string][]int{}, alone: map[string]bool{}}
	airy := isAiry(lines[from:])
	for i := from; i < len(lines) && len(h.all) < maxHeads; i++ {
		if l := &lines[i]; l.mayHead() && l.runes <= 20 && i+1 < len(lines) && isHeadLine(&lines[i+1], wrap) && lines[i+1].key != l.key && (l.gap && lines[i+1].gap || !airy) {
			h.alone[sectionKey(l.text)] = true
		}
		key, runes, inner := "", 0, false
		for n := 1; n <= maxHeadLines && i+n <= len(lines); n++ {
			l := &lines[i+n-1]
			inner = inner || n > 1 && l.gap
			if !mayBePart(l, n == 1) {
				break
			}
			key += l.key
			if runes += l.runes; runes > maxHeadRunes {
				break
			}
			if l.mayHead() {
				whole := (i == from || lines[i].gap || !isHeadLine(&lines[i-1], wrap)) && i+n < len(lines) && !isHeadLine(&lines[i+n], wrap)
				h.add(head{at: i, n: n, key: key, whole: whole, sure: whole && lines[i].gap && lines[i+n].gap && !inner})
			}
		}
	}
	return h
}

// isAiry tells whether blank lines set headings and paragraphs apart.
func isAiry(lines []line) bool {
	gaps := 0
	for i := range lines {
		if lines[i].gap {
			gaps++
		}
	}
	return 2*gaps > len(lines)
}

// isHeadLine tells whether a line is rather a heading than the first line of a paragraph.
func isHeadLine(l *line, wrap int) bool {
	return l.mayHead() && (wrap == 0 || l.runes < wrap-4)
}

// isSection tells whether the key stands in the body as columns do: alone on a line, with another heading below it.
func (h *heads) isSection(key string) bool { return h.alone[key] }

// mayBePart tells whether a line can be part of a heading: one that goes on may end in a comma.
func mayBePart(l *line, first bool) bool {
	return l.mayHead() || first && !l.long && !l.isTableRow() && l.runes <= 45 && !l.isProse() && (lastRune(l.text) == '、' || lastRune(l.text) == '，')
}

func (h *heads) add(x head) {
	i := len(h.all)
	h.all = append(h.all, x)
	p := h.exact[x.key]
	if p == nil {
		p = &place{}
		h.exact[x.key] = p
	}
	p.at = append(p.at, i)
	p.whole, p.sure = p.whole || x.whole, p.sure || x.sure
	if a, b, ok := ends(x.key); ok {
		h.first[a] = append(h.first[a], i)
		h.last[b] = append(h.last[b], i)
	}
}

// ends returns the first and the last four runes of a key that has at least five.
func ends(key string) (first, last string, ok bool) {
	rs := []rune(key)
	if len(rs) < 5 {
		return "", "", false
	}
	return string(rs[:4]), string(rs[len(rs)-4:]), true
}

// has tells whether the key stands as a heading, letter by letter.
func (h *heads) has(key string) bool { return h.exact[key] != nil }

// find returns where the key stands as a heading, and how well it fits: 10 for the same text, less for what is alike,
// where there is nothing better. The place is shared and not to be changed.
func (h *heads) find(key string) (p *place, quality int) {
	if p := h.exact[key]; p != nil {
		return p, 10
	}
	p = &place{}
	a, b, ok := ends(key)
	if !ok {
		return p, 0
	}
	rs := []rune(key)
	look := func(list []int) {
		for _, i := range list[:min(len(list), maxCompared)] {
			if h.budget--; h.budget < 0 {
				return
			}
			if q := alike(rs, []rune(h.all[i].key)); q > 0 && q >= quality {
				if q > quality {
					*p, quality = place{}, q
				}
				p.at = append(p.at, i)
				p.whole, p.sure = p.whole || h.all[i].whole, p.sure || h.all[i].sure
			}
		}
	}
	look(h.first[a])
	look(h.last[b])
	slices.Sort(p.at)
	p.at = slices.Compact(p.at)
	return p, quality
}

// alike tells how well two folded titles that are not equal may be one: 8 where they differ by one letter, 7 by two, 6
// and 5 where one is the beginning of the other; 0 for no. Numbers have to be the same: the 15th meeting is not the 16th.
func alike(a, b []rune) int {
	x, y := trimEllipsis(a), trimEllipsis(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(x) < 5 {
		return 0
	}
	if string(x) == string(y[:len(x)]) {
		cut := len(y) - len(x)
		switch {
		case cut == 0:
			return 9
		case isDigit(x[len(x)-1]) && isDigit(y[len(x)]), cut <= 2 && digits(x) != digits(y):
			return 0
		case cut <= 2:
			return 8
		case len(x) >= 8 && (cut <= 6 || 2*len(x) >= len(y)):
			return 6
		case len(x) >= 10:
			return 5
		}
		return 0
	}
	if len(y)-len(x) > 2 || digits(x) != digits(y) {
		return 0
	}
	switch d := distance(x, y, 2); {
	case d == 1:
		return 8
	case d == 2 && len(x) >= 8:
		return 7
	}
	return 0
}

func trimEllipsis(rs []rune) []rune {
	for len(rs) > 0 && (rs[len(rs)-1] == '…' || rs[len(rs)-1] == '.' || rs[len(rs)-1] == '⋯') {
		rs = rs[:len(rs)-1]
	}
	return rs
}

func digits(rs []rune) string {
	var out []rune
	for _, r := range rs {
		if unicode.IsDigit(r) || chineseDigit(r) >= 0 || r == '十' {
			out = append(out, r)
		}
	}
	return string(out)
}

// distance returns the number of insertions, deletions and changes between x and y, or most+1 where it is more.
func distance(x, y []rune, most int) int {
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		corner, least := row[0], i+1
		row[0] = i + 1
		for j := range y {
			cost := corner
			if x[i] != y[j] {
				cost = 1 + min(corner, row[j], row[j+1])
			}
			corner, row[j+1] = row[j+1], cost
			least = min(least, cost)
		}
		if least > most {
			return most + 1
		}
	}
	return row[len(y)]
}

// sameButForSpaces tells whether two titles differ by no more than spaces.
func sameButForSpaces(a, b string) bool { return pack(a) == pack(b) }

// sectionKey folds the name of a column without the ornaments around it: ◆时政要点◆, 【时政要点】, 时 政 要 点.
func sectionKey(s string) string {
	rs := []rune(fold.String(s))
	for len(rs) > 0 && !unicode.IsLetter(rs[0]) && !unicode.IsDigit(rs[0]) {
		rs = rs[1:]
	}
	for len(rs) > 0 && !unicode.IsLetter(rs[len(rs)-1]) && !unicode.IsDigit(rs[len(rs)-1]) {
		rs = rs[:len(rs)-1]
	}
	return string(rs)
}

// isPiece tells whether a text is only a part of a heading: a quote or a bracket is opened or closed in another.
func isPiece(s string) bool {
	for _, pair := range []string{"“”", "（）", "《》"} {
		opener := firstRune(pair)
		if strings.Count(s, string(opener)) != strings.Count(s, pair[len(string(opener)):]) {
			return true
		}
	}
	return strings.ContainsRune("，、）》”。：", firstRune(s))
}

// sectionName returns the name of a column without the ornaments and spaces: as it is shown.
func sectionName(s string) string {
	s = pack(s)
	for s != "" {
		if r, size := utf8.DecodeRuneInString(s); !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '“' && r != '《' {
			s = s[size:]
			continue
		}
		if r, size := utf8.DecodeLastRuneInString(s); !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '”' && r != '》' {
			s = s[:len(s)-size]
			continue
		}
		break
	}
	return s
}
