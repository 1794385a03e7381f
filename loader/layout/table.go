package layout

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"fangzhi/loader/source"
)

// Tables of events (大事记一览表): a title, a header, an event a row. Rules: genre.md §1.7.
//
//	document := { title [info] { caption? table } }
//	table    := { caption-row } header { month-row | class-row | row }
//
// A row becomes an article whose body is what a clerk would read out: the date, what happened, then the other cells,
// each behind the name of its column. A blank date cell means the date above it, which then stands in the heading.

// fitTable asks for a table that has a column of dates and one of events, and holds most of what is told.
func fitTable(lines []line) (score float64, why string) {
	rows, inside, outside := 0, 0, 0
	next := 0
	for _, g := range findGrids(lines) {
		outside += proseRunes(lines[next:g.from])
		next = g.to
		rows += len(g.rows)
		inside += g.runesOf()
	}
	outside += proseRunes(lines[next:])
	if rows == 0 || outside >= inside {
		return 0, ""
	}
	return 0.6 + 0.35*float64(inside)/float64(inside+outside), fmt.Sprintf("有时间、事件等栏的表格，%d行", rows)
}

// proseRunes counts the code points of running text.
func proseRunes(lines []line) int {
	n := 0
	for i := range lines {
		if l := &lines[i]; l.isProse() {
			if l.long {
				n += utf8.RuneCountInString(l.text)
			}
			n += l.runes
		}
	}
	return n
}

// readTable reads the issues of a text: a table, or several below one title.
func readTable(t source.Text) []Issue {
	lines := newLines(t.Lines)
	r := tables{lines: lines, all: slices.Clone(t.Lines)}
	next := 0
	for _, g := range findGrids(lines) {
		r.outside(next, g.from, true)
		r.grid(&g)
		next = g.to
	}
	if next == 0 {
		return nil
	}
	r.outside(next, len(lines), false)
	r.closeIssue()
	for i := range r.issues {
		r.keepText(i)
	}
	return r.issues
}

// tables is one run over the lines of a text.
type tables struct {
	lines   []line
	all     []source.Line // those of the text, without counts of visitors and the like: a page fetched twice is the same
	issues  []Issue
	starts  []int // the first line of each issue
	header  []int // the header line above the first table of each, where it stands above the issue, else -1
	rows    []int // the first line of that table
	issue   *Issue
	title   string // the line that is the issue's title, where it dates the articles
	named   bool   // the title is one that names a chronicle or a table
	year    string // the caption or row that names a year
	month   string // and a month
	section string
	dates   dateRun
	last    *rowCells // the row above, nil where another thing stands between
	// unused are the headings that have nothing below them yet: their lines + 1 by what they say.
	unused [numHeadings]int
	// nYears counts the rows that say their year.
	nYears int
}

// outside reads the lines from i to j, which stand in no table. above tells that a table follows.
func (r *tables) outside(i, j int, above bool) {
	skipped := 0 // the first of lines that are not read
	count := 0
	flush := func() {
		if count > 0 {
			r.current(skipped).warn(r.lines[skipped].number, WarnUnplaced, "表外有%d行文字没有读入：%s", count, excerpt(r.lines[skipped].text))
		}
		count = 0
	}
	for k := i; k < j; k++ {
		l := &r.lines[k]
		switch {
		case isWebFurniture(l):
			r.all[l.at].Text = ""
			r.drop(k)
		case isPageFurniture(l):
			r.drop(k)
		case r.info(k, l):
			r.drop(k)
		case !l.long && (bareNumber.MatchString(l.text)):
			r.drop(k)
		case r.office(k, l):
			r.drop(k)
		case above && r.caption(k, l, k >= j-4):
		default:
			if count == 0 {
				skipped = k
			}
			count++
			r.drop(k)
			r.last = nil
			continue
		}
		flush()
	}
	flush()
}

// current returns the issue at hand, a new one where there is none yet; line k belongs to it.
func (r *tables) current(k int) *Issue {
	if r.issue == nil {
		r.issue = &Issue{Line: r.lines[k].number}
		r.starts, r.header, r.rows = append(r.starts[:len(r.issues)], k), append(r.header[:len(r.issues)], -1), append(r.rows[:len(r.issues)], -1)
	}
	return r.issue
}

// keepText keeps the lines of issue i, with the header of its first table where that stands above another issue.
func (r *tables) keepText(i int) {
	from, to := 0, len(r.all)
	if i > 0 {
		from = r.lines[r.starts[i]].at
	}
	if i+1 < len(r.issues) {
		to = r.lines[r.starts[i+1]].at
	}
	all := r.all[from:to]
	if h := r.header[i]; h >= 0 && r.lines[h].at < from {
		all = slices.Clone(all)
		header := r.all[r.lines[h].at]
		if at := r.lines[r.rows[i]].at - from; at > 0 && strings.TrimSpace(all[at-1].Text) == "" {
			all[at-1].Text = header.Text
		} else {
			all = slices.Insert(all, at, source.Line{Number: all[at].Number, Text: header.Text})
		}
	}
	for len(all) > 0 && strings.TrimSpace(all[len(all)-1].Text) == "" {
		all = all[:len(all)-1]
	}
	r.issues[i].keepLines(&source.Text{Lines: all}, 0, len(all)-1)
}

// drop takes line k for furniture.
func (r *tables) drop(k int) {
	is := r.current(k)
	is.Furniture = append(is.Furniture, source.Line{Number: r.lines[k].number, Text: r.lines[k].text})
}

// info takes over who published the page and when.
func (r *tables) info(k int, l *line) bool {
	in, ok := readInfo(l)
	if !ok {
		return false
	}
	is := r.current(k)
	if in.published != 0 && is.Published == 0 {
		is.Published = in.published
	}
	is.Publisher = cmp.Or(is.Publisher, in.source)
	if !r.lines[k].isTableRow() {
		r.all[r.lines[k].at].Text = strings.Join(in.words, " ")
	}
	return true
}

// bareNumber is a line that numbers what follows: 附件1.
var bareNumber = regexp.MustCompile(`^(?:附件|附表|表|附录)[ 0-9一二三四五六七八九十]{0,4}[：:]?$`)

// office takes over who made the table, from a label or from a line of its own below the title.
func (r *tables) office(k int, l *line) bool {
	if parts := readLabels(l.text); parts != nil && !strings.Contains(l.text, "。") {
		r.current(k).readImprint([]line{*l})
		return true
	}
	text := pack(l.text)
	if is := r.issue; is == nil || is.Publication == "" || len(is.Articles) > 0 || is.Office != "" || l.long || l.runes > 40 || strings.ContainsAny(text, "，。；：、") || !officeWord.MatchString(text) {
		return false
	}
	r.issue.Office = text
	return true
}

// caption reads line k, or a row there that spans the table, as a title, a date or a section. near tells that it stands right above it.
func (r *tables) caption(k int, l *line, near bool) bool {
	if l.long || l.runes > 50 || l.isTableRow() || l.isProse() {
		return false
	}
	if level := dateLevel(l.text); level != levelNone {
		r.dateHeading(k, level, l.text)
		return true
	}
	title := readTableTitle(l.text)
	switch {
	case title.known && (r.issue == nil || !r.named && len(r.issue.Articles) == 0 || r.isOther(title)):
		r.begin(k, l.text, title)
	case title.known:
		r.drop(k) // the same title over the next part
	case !near || !l.mayHead():
		return false
	case r.issue == nil || r.issue.Publication == "" && len(r.issue.Articles) == 0:
		r.begin(k, l.text, title)
	default:
		r.heading(k, headingSection)
		r.section = titleLead.ReplaceAllString(l.text, "") // 表1 党的建设
	}
	return true
}

// isOther tells whether a title is not that of the issue at hand.
func (r *tables) isOther(t tableTitle) bool {
	return t.name != "" && t.name != r.issue.Publication || t.year != 0 && t.year != r.issue.Year || t.month != 0 && t.month != r.issue.Month
}

// begin begins an issue with the title in line k.
func (r *tables) begin(k int, text string, t tableTitle) {
	if r.issue != nil && (len(r.issue.Articles) > 0 || r.named) {
		r.closeIssue()
	}
	is := r.current(k)
	is.Publication, is.Label, is.Year, is.Month, is.MonthTo = t.name, t.label, t.year, t.month, t.monthTo
	r.title, r.named = "", t.known
	if t.year != 0 && !t.span {
		r.title = text
	}
	r.year, r.month, r.section, r.dates, r.last = "", "", "", dateRun{}, nil
}

// closeIssue ends the issue at hand.
func (r *tables) closeIssue() {
	is := r.issue
	if is == nil {
		return
	}
	for kind := range r.unused {
		r.dropUnused(kind)
	}
	is.OwnYears = 2*r.nYears >= len(is.Articles) && r.nYears > 0
	is.ByText = is.Publication == ""
	if len(is.Articles) == 0 && len(r.issues) > 0 { // nothing but what stands below the last table
		last := &r.issues[len(r.issues)-1]
		last.Furniture, last.Warnings = append(last.Furniture, is.Furniture...), append(last.Warnings, is.Warnings...)
	} else {
		r.issues = append(r.issues, *is)
	}
	r.issue, r.nYears, r.named = nil, 0, false
}

// What headings say.
const (
	headingYear = iota
	headingMonth
	headingSection
	numHeadings
)

// heading notes that line k is a heading. One that has nothing below it when the next of its kind comes is furniture.
func (r *tables) heading(k, kind int) {
	r.dropUnused(kind)
	if kind == headingYear {
		r.dropUnused(headingMonth)
	}
	r.unused[kind] = k + 1
}

func (r *tables) dropUnused(kind int) {
	if k := r.unused[kind] - 1; k >= 0 {
		r.drop(k)
	}
	r.unused[kind] = 0
}

func (r *tables) dateHeading(k, level int, text string) {
	if level == levelYear {
		r.heading(k, headingYear)
		r.year, r.month = text, ""
	} else {
		r.heading(k, headingMonth)
		r.month = text
	}
	r.dates = dateRun{}
}

// sectionOf notes the section that an article belongs to.
func (r *tables) sectionOf(text string) {
	if is := r.issue; !slices.Contains(is.Sections, text) {
		is.Sections = append(is.Sections, text)
	}
}
