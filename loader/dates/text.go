package dates

import (
	"strings"
	"unicode/utf8"

	"fangzhi/fold"
	"fangzhi/graph"
	"fangzhi/internal/trie"
)

// Text is a body, or the lines above it, with all that looks like a date in it. Reading depends on nothing but the words, so that a
// text can be read once and dated in several contexts.
type Text struct {
	body  string
	field graph.EvidenceField
	r     []rune  // folded (package fold: no spaces, one quote, one dash, one dot): rules need to know one spelling of each thing
	at    []int32 // r[i] stands for the code point of body with this number
	off   []int32 // and begins at this byte of body
	in    []uint8 // titled and quoted of r[i]

	lines    []*line
	opening  int        // index in lines of the paragraph that the event's date is looked for in
	mentions []*mention // in the order of the text
	notes    []Warning  // of what looked like a date and is none
	stem     stem

	// days and all count the different dates among mentions: those with a day, and all.
	days, all int
}

const (
	titled uint8 = 1 << iota // stands inside 《》
	quoted                   // stands inside quotation marks
)

// line is one paragraph of a text.
type line struct {
	*Text
	r         []rune // of the paragraph
	base      int    // of r[0] in Text.r
	paragraph int    // counted from 0
	lead      int    // r[lead] is the first code point behind bullets and 【标题】, and behind 进入 before a number
}

// Read finds what in a body looks like a date. A body is paragraphs separated by line feeds.
func Read(body string) *Text { return read(body, graph.FieldBody) }

func read(body string, field graph.EvidenceField) *Text {
	t := &Text{body: body, field: field}
	n, k := utf8.RuneCountInString(body), strings.Count(body, "\n")+1
	offsets := make([]int32, 2*n)
	t.r, t.at, t.off = make([]rune, 0, n), offsets[:0:n], offsets[n:n] // never more, so that lines may hold pieces of them
	t.lines = make([]*line, 0, k)
	lines := make([]line, k)
	var marks []mark
	start, count, hasClause := 0, int32(0), -1
	finish := func() {
		l := &lines[len(t.lines)]
		l.Text, l.r, l.base, l.paragraph = t, t.r[start:], start, len(t.lines)
		t.lines = append(t.lines, l)
		start = len(t.r)
	}
	for i, r := range body {
		if r == '\n' {
			finish()
		} else if f, keep := fold.Rune(r); keep {
			if k := classOf(f); k&(classMark|classClause) != 0 {
				if k&classMark != 0 {
					marks = append(marks, mark{r: r, at: len(t.r), line: len(t.lines)})
				}
				if k&classClause != 0 && hasClause < 0 {
					hasClause = len(t.lines) // a subtitle or a dateline stands before the text proper
				}
			}
			t.r, t.at, t.off = append(t.r, f), append(t.at, count), append(t.off, int32(i))
		}
		count++
	}
	finish()
	t.opening = max(0, hasClause)
	t.in = make([]uint8, len(t.r))
	enclose(t.in, marks)
	for _, l := range t.lines {
		l.lead = l.bullets()
		if l.has(l.lead, "进入") && isNumeral(l.rune(l.lead+2)) {
			l.lead += 2 // 进入8月，…
		}
		l.scan()
	}
	t.count()
	return t
}

// count counts the different dates. What is a date only below a heading does not count.
func (t *Text) count() {
	days, all := map[item]bool{}, map[written]bool{}
	for _, m := range t.mentions {
		if m.weak {
			continue
		}
		if len(t.mentions) == 1 { // most articles
			t.all = 1
			t.days = min(m.from.day, 1)
			return
		}
		all[m.from] = true
		if m.from.day > 0 {
			days[item{m.from, m.to}] = true
		}
	}
	t.days, t.all = len(days), len(all)
}

// bullets returns the index behind what stands before an entry: △, ※, 【标题】.
func (l *line) bullets() int {
	i := 0
	for ; i < len(l.r) && classOf(l.r[i])&classBullet != 0; i++ {
	}
	if l.rune(i) == '【' {
		const longestTitle = 60
		for j := i + 1; j < min(len(l.r), i+longestTitle); j++ {
			if l.r[j] == '】' {
				return j + 1
			}
		}
	}
	return i
}

// gap tells whether the body has a space before r[i].
func (l *line) gap(i int) bool {
	if i <= 0 || i >= len(l.r) {
		return false
	}
	return l.at[l.base+i] > l.at[l.base+i-1]+1
}

// span returns the code points of the body that r[start:end] stands for.
func (l *line) span(start, end int) span {
	return span{text: l.Text, start: l.base + start, end: l.base + end}
}

// words returns what stands in the body for r[start:end].
func (l *line) words(start, end int) string { return l.span(start, end).words() }

// span is a part of a text, in indexes of its folded code points.
type span struct {
	text       *Text
	start, end int
}

// offset returns where the span begins, in code points.
func (s span) offset() int { return int(s.text.at[s.start]) }

func (s span) words() string {
	last := int(s.text.off[s.end-1])
	_, n := utf8.DecodeRuneInString(s.text.body[last:])
	return s.text.body[s.text.off[s.start] : last+n]
}

func (s span) evidence() graph.Evidence {
	return graph.Evidence{Field: s.text.field, Start: s.offset(), End: int(s.text.at[s.end-1]) + 1, Text: s.words()}
}

// has reports whether word stands at i.
func (l *line) has(i int, word string) bool {
	return i >= 0 && i <= len(l.r) && trie.HasPrefix(l.r[i:], word)
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
func (l *line) clause(i int) (start, end int) { return l.between(i, classClause) }

// sentence returns the bounds of the sentence around i.
func (l *line) sentence(i int) (start, end int) { return l.between(i, classSentence) }

func (l *line) between(i int, ends class) (start, end int) {
	for start = i; start > max(0, i-reach) && classOf(l.r[start-1])&ends == 0; start-- {
	}
	for end = i; end < min(len(l.r), i+reach) && classOf(l.r[end])&ends == 0; end++ {
	}
	return start, end
}
