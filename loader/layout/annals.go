package layout

import (
	"cmp"
	"slices"
	"strings"

	"fangzhi/fold"
	"fangzhi/loader/source"
)

// The annals of a gazetteer (志书大事记, 祥异): years of eras, of the Republic and of the common era, each with its entries.
//
//	annals := { dynasty | year | month | day | entry }
//	entry  := [marker] [words that say when] text NL { text NL } { source note NL }
//
// A line that only says when is a heading and stands in Heading; words at the beginning of an entry's text stay in its
// body. Rules: genre.md §1.5 and §1.6.

// top is the first line below the title.
func (t *annalsTitle) top() int {
	if len(t.at) == 0 {
		return 0
	}
	return t.at[len(t.at)-1] + 1
}

// readAnnals reads the annals of a text as one issue.
func readAnnals(t source.Text) []Issue {
	lines := newLines(t.Lines)
	if len(lines) == 0 {
		return nil
	}
	unmark(lines)
	title := readAnnalsTitle(lines)
	parts, volumes := findParts(lines, &title)
	if len(parts) == 0 {
		return nil
	}
	r := annals{lines: lines, title: title, whole: len(parts) == 1 && volumes <= 1 && parts[0].level == 0 && isWholeName(parts[0].name)}
	is := &r.issue
	is.Publication, is.Label, is.Publisher, is.OwnYears = title.publication, title.label, title.publisher, true
	is.Line = lines[0].number
	if title.line != 0 {
		is.Line = title.line
	}
	if is.Publication == "" {
		is.Publication = cmp.Or(parts[0].name, "大事记")
	}
	for _, p := range parts {
		n := len(is.Articles)
		r.read(p)
		for i := p.head; i < p.from && n == len(is.Articles); i++ {
			r.skipped.add(&lines[i])
		}
	}
	if len(is.Articles) == 0 {
		return nil
	}
	r.skipped = r.skipped.join(skipOutside(lines, parts, 0, func(i int) bool {
		if isPageFurniture(&lines[i]) {
			is.Furniture = append(is.Furniture, source.Line{Number: lines[i].number, Text: lines[i].text})
			return true
		}
		return slices.Contains(title.at, i)
	}))
	r.skipped.warn(is, "逐年记事")
	if r.tables > 0 {
		is.warn(r.table, WarnSkippedText, "表格未读入，共%d行", r.tables)
	}
	is.keepLines(&t, lines[0].at, lines[len(lines)-1].at)
	return []Issue{*is}
}

// isWholeName tells whether the name of a part says no more than that it is annals: 大事记, 编年. 祥异 says of what.
func isWholeName(name string) bool {
	name = fold.String(name)
	return strings.Contains(name, "大事") || strings.HasPrefix(name, "编年") || strings.HasPrefix(name, "纪年")
}

// unmark takes Markdown's bold marks off the beginnings of lines.
func unmark(lines []line) {
	for i := range lines {
		if l := &lines[i]; strings.HasPrefix(l.text, "**") || strings.HasPrefix(l.text, "__") {
			if text, ok := unmarked(l.text); ok {
				*l = lineOfText(l, text)
			}
		}
	}
}

// unmarked takes Markdown's bold marks off the beginning of a line: **1958年** 大旱.
func unmarked(s string) (string, bool) {
	mark := s[:2]
	words, rest, ok := strings.Cut(s[2:], mark)
	if !ok || len(words) > 90 {
		return s, false
	}
	return words + rest, true
}

// join adds what o counts.
func (s skipped) join(o skipped) skipped {
	if s.lines == 0 || o.lines > 0 && o.line < s.line {
		s.line = o.line
	}
	s.lines += o.lines
	s.runes += o.runes
	for _, v := range o.volumes {
		s.volume(v)
	}
	return s
}

// annals is one run over a text.
type annals struct {
	issue        Issue
	lines        []line
	title        annalsTitle
	skipped      skipped
	tables       int  // rows
	table        int  // the line of the first
	whole        bool // the text is one part and nothing else: its name is no section
	part         part
	blocks       []block
	wrap         int // columns of a full line, 0 where a line is a paragraph
	indents      bool
	unpunctuated bool
	old          bool // 祥异: months and seasons part entries where a sentence ends
	bullets      bool // annalsMarkers stand before most entries: they mean nothing
	follow       bool // most entries begin with words that say when: what does not goes on with the one above
	at           annalsTime
	section      string
	sections     map[string]bool // those of the issue
	body         []string        // paragraphs of the article at hand
}

// A block is a heading or a paragraph.
type block struct {
	kind   blockKind
	line   int
	text   string
	marker bool
	head   timeHead
	starts []lineStart
}

type blockKind int

const (
	paragraphBlock blockKind = iota
	noteBlock                // 资料来源：…, 按：…
	timeBlock                // a heading that says when
	dynastyBlock
	periodBlock  // 抗日战争时期
	sectionBlock // a heading that does not: 水灾
)

// lineStart is where in a paragraph a line of the file begins, in bytes.
type lineStart struct{ at, number int }

// annalsMarkers are marks that stand before entries.
const annalsMarkers = "△▲▽▼※☆★○●◎◇◆□■＊*•◦"

// read reads one part.
func (r *annals) read(p part) {
	r.part, r.blocks, r.at = p, nil, annalsTime{}
	if !r.whole {
		r.section = p.name
	}
	lines := r.withoutFurniture(p)
	if len(lines) == 0 {
		return
	}
	r.measure(lines)
	r.split(lines)
	r.judge()
	r.build()
}

// withoutFurniture returns the lines of the part without page furniture and tables.
func (r *annals) withoutFurniture(p part) []line {
	lines := r.lines[p.from:p.to]
	m := masthead{title: cmp.Or(pack(r.title.publication), p.name, "大事记")}
	names := map[string]bool{}
	for _, n := range []string{p.name, p.title, r.title.publication, r.title.publication + p.name, r.title.publication + p.title, "大事记"} {
		if n != "" {
			names[withoutPage(n)] = true
		}
	}
	publication := fold.String(r.title.publication)
	if n := eraTree().longest([]rune(publication)); n > 0 {
		publication = string([]rune(publication)[n:]) // 乾隆云河县志
	}
	drop := furniture(lines, 0, &m, func(i int) bool {
		l := &lines[i]
		return readTimeHead(l.text, amongEras).level != noTime || isDynasty(l)
	})
	kept := make([]line, 0, len(lines))
	for i := range lines {
		l := lines[i]
		switch {
		case slices.Contains(r.title.at, p.from+i):
			continue
		case l.isTableRow():
			if r.tables == 0 {
				r.table = l.number
			}
			r.tables++
			continue
		case !drop[i] && !l.long && l.runes <= 30:
			key := withoutPage(l.text)
			drop[i] = names[key] || publication != "" && strings.HasPrefix(key, publication) && l.runes <= len(publication)/3+12 && !strings.ContainsAny(l.text, "，。；：、")
		}
		if drop[i] {
			r.issue.Furniture = append(r.issue.Furniture, source.Line{Number: l.number, Text: l.text})
			if i+1 < len(lines) {
				lines[i+1].gap, lines[i+1].pageBreak = true, true
			}
			continue
		}
		kept = append(kept, l)
	}
	return kept
}
