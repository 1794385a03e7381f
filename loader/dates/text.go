package dates

import (
	"slices"
	"strings"
	"unicode"

	"fangzhi/fold"
)

// text is a body with all that looks like a date in it.
type text struct {
	body     []rune
	lines    []*line
	opening  int        // index in lines of the paragraph that the event's date is looked for in
	mentions []*mention // in the order of the text

	// days and all count the different dates among mentions: those with a day, and all.
	days, all int
}

// line is one paragraph, folded (package fold: no spaces, one quote, one dash, one dot) so that rules
// need to know one spelling of each thing.
type line struct {
	body      []rune // of the article
	r         []rune
	at        []int  // r[i] stands for body[at[i]]
	titled    []bool // r[i] stands inside 《》
	quoted    []bool // r[i] stands inside quotation marks
	sentences []int  // r[i] stands in this sentence of the paragraph, counted from 0
	paragraph int    // counted from 0
}

func read(body string) *text {
	t := &text{body: []rune(body)}
	start := 0
	for i := 0; i <= len(t.body); i++ {
		if i < len(t.body) && t.body[i] != '\n' {
			continue
		}
		t.lines = append(t.lines, newLine(t.body, start, i, len(t.lines)))
		start = i + 1
	}
	// A subtitle or a dateline stands before the text proper.
	t.opening = max(0, slices.IndexFunc(t.lines, func(l *line) bool { return slices.ContainsFunc(l.r, endsClause) }))
	for _, l := range t.lines {
		t.mentions = append(t.mentions, scan(l)...)
	}
	type fromTo struct{ from, to written }
	days, all := map[fromTo]bool{}, map[written]bool{}
	for _, m := range t.mentions {
		all[m.from] = true
		if m.from.day > 0 {
			days[fromTo{m.from, m.to}] = true
		}
	}
	t.days, t.all = len(days), len(all)
	return t
}

func newLine(body []rune, start, end, paragraph int) *line {
	source := body[start:end]
	folded, at := fold.Map(string(source))
	l := &line{body: body, r: []rune(folded), at: at, paragraph: paragraph}
	titled, quoted := enclosed(source)
	l.titled, l.quoted = make([]bool, len(l.r)), make([]bool, len(l.r))
	for i, n := range at {
		l.titled[i], l.quoted[i] = titled[n], quoted[n]
		at[i] = n + start
	}
	l.sentences = make([]int, len(l.r))
	for i := 1; i < len(l.r); i++ {
		l.sentences[i] = l.sentences[i-1]
		if endsSentence(l.r[i-1]) {
			l.sentences[i]++
		}
	}
	return l
}

// maxQuote is the length in code points up to which a pair of marks that do not tell opening from
// closing is believed to be a pair.
const maxQuote = 40

// enclosed tells which code points stand inside 《》 and inside quotation marks. Marks without a
// partner enclose nothing: in print one of a pair is often missing.
func enclosed(source []rune) (titled, quoted []bool) {
	titled, quoted = make([]bool, len(source)), make([]bool, len(source))
	for _, pair := range []struct {
		opening, closing rune
		in               []bool
	}{
		{'《', '》', titled}, {'〈', '〉', titled}, {'“', '”', quoted}, {'‘', '’', quoted}, {'「', '」', quoted}, {'『', '』', quoted},
		{'"', '"', quoted}, {'＂', '＂', quoted},
	} {
		opened := -1
		for i, r := range source {
			switch {
			case r == pair.closing && opened >= 0:
				if pair.opening != pair.closing || i-opened <= maxQuote {
					for j := opened + 1; j < i; j++ {
						pair.in[j] = true
					}
					opened = -1
				} else {
					opened = i
				}
			case r == pair.opening:
				opened = i
			}
		}
	}
	return titled, quoted
}

// has reports whether word stands at i.
func (l *line) has(i int, word string) bool {
	if i < 0 {
		return false
	}
	for _, r := range word {
		if i >= len(l.r) || l.r[i] != r {
			return false
		}
		i++
	}
	return true
}

// after returns the length in code points of the first of words that stands at i, 0 for none.
func (l *line) after(i int, words []string) int {
	for _, w := range words {
		if l.has(i, w) {
			return len([]rune(w))
		}
	}
	return 0
}

// before returns the length in code points of the first of words that ends at i, 0 for none.
func (l *line) before(i int, words []string) int {
	for _, w := range words {
		if n := len([]rune(w)); l.has(i-n, w) {
			return n
		}
	}
	return 0
}

// rune returns r[i], 0 outside the line.
func (l *line) rune(i int) rune {
	if i < 0 || i >= len(l.r) {
		return 0
	}
	return l.r[i]
}

// reach is how far from a date, in code points, its clause and its sentence are believed to go: texts
// without marks must not cost the square of their length.
const reach = 200

// clause returns the bounds of the clause around i: from the last to the next mark.
func (l *line) clause(i int) (start, end int) { return l.between(i, endsClause) }

// words returns what stands in the body for r[start:end].
func (l *line) words(start, end int) string { return string(l.body[l.at[start] : l.at[end-1]+1]) }

// sentence returns the bounds of the sentence around i.
func (l *line) sentence(i int) (start, end int) { return l.between(i, endsSentence) }

func (l *line) between(i int, ends func(rune) bool) (start, end int) {
	for start = i; start > max(0, i-reach) && !ends(l.r[start-1]); start-- {
	}
	for end = i; end < min(len(l.r), i+reach) && !ends(l.r[end]); end++ {
	}
	return start, end
}

func endsSentence(r rune) bool { return strings.ContainsRune("。!?;", r) }

// endsClause knows marks as package fold leaves them, and the bullets that entries begin with. A comma
// also stands in numbers (1,600), which does no harm here.
func endsClause(r rune) bool {
	return endsSentence(r) || strings.ContainsRune(",:()【】△▲※☆★◆◇■□●", r)
}

// contains reports whether one of words stands in [start, end).
func (l *line) contains(start, end int, words []string) bool {
	start, end = max(0, start), min(end, len(l.r))
	if start >= end {
		return false
	}
	s := string(l.r[start:end])
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(s, w) })
}

// digits of Chinese numerals. 零 and 〇 are written for 0; o and 0 are typed for them in years.
var digits = map[rune]int{
	'〇': 0, '零': 0, '一': 1, '二': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9,
}

func isNumeral(r rune) bool {
	_, ok := digits[r]
	return ok || r >= '0' && r <= '9' || strings.ContainsRune("十廿卅百两", r)
}

// small reads a number up to 99 at i, 12 or 十二, and returns the index behind it. ok is false where
// there is none, or where it is part of a longer number.
func (l *line) small(i int) (n, next int, ok bool) {
	if isNumeral(l.rune(i - 1)) {
		return 0, i, false
	}
	return l.smallHere(i)
}

// smallHere is small where the number may follow another one directly.
func (l *line) smallHere(i int) (n, next int, ok bool) {
	for next = i; unicode.IsDigit(l.rune(next)) && l.rune(next) <= '9'; next++ {
		n = n*10 + int(l.r[next]-'0')
		if next-i >= 2 {
			return 0, i, false
		}
	}
	if next > i {
		return n, next, true
	}
	return l.chinese(i)
}

// chinese reads a Chinese numeral from 一 to 九十九, with 廿 and 卅.
func (l *line) chinese(i int) (n, next int, ok bool) {
	next = i
	if d, isDigit := digits[l.rune(next)]; isDigit && d > 0 {
		n = d
		next++
	}
	switch l.rune(next) {
	case '十':
		n = max(n, 1) * 10
	case '廿':
		n = 20
	case '卅':
		n = 30
	default:
		return n, next, next > i && !isNumeral(l.rune(next))
	}
	next++
	if d, isDigit := digits[l.rune(next)]; isDigit && d > 0 {
		n += d
		next++
	}
	return n, next, !isNumeral(l.rune(next))
}

// ordinal reads a number from 1 to 199 at i, 33 or 三十三 or 一百零九.
func (l *line) ordinal(i int) (n, next int, ok bool) {
	for next = i; l.rune(next) >= '0' && l.rune(next) <= '9' && next < i+4; next++ {
		n = n*10 + int(l.r[next]-'0')
	}
	if next > i {
		return n, next, n < 200
	}
	if l.has(i, "一百") {
		next = i + 2
		if l.rune(next) == '零' {
			next++
		}
		rest, after, found := l.chinese(next)
		if !found {
			return 100, i + 2, l.rune(i+2) != '零'
		}
		return 100 + rest, after, true
	}
	return l.chinese(i)
}

// fourDigits reads a year of four digits at i, 2020 or 二〇二〇 or 二0二0, and returns the index behind.
func (l *line) fourDigits(i int) (year, next int, ok bool) {
	if isNumeral(l.rune(i - 1)) {
		return 0, i, false
	}
	for next = i; next < i+4; next++ {
		r := l.rune(next)
		d, chinese := digits[r]
		switch {
		case chinese:
		case r >= '0' && r <= '9':
			d = int(r - '0')
		case r == 'o' && next > i:
			d = 0
		default:
			return 0, i, false
		}
		year = year*10 + d
	}
	if isNumeral(l.rune(next)) || year < 1000 || year > 2199 {
		return 0, i, false
	}
	return year, next, true
}
