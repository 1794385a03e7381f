package layout

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// The rows of a table as articles.

// dateRun is what the date cells so far say, for rows that say less.
type dateRun struct {
	words string // the last date
	year  string // the last words with a year in them
	month string // the last words with a month in them
	last  int    // the number of that month
}

// grid reads a table.
func (r *tables) grid(g *grid) {
	for _, k := range g.above {
		r.tableCaption(k)
	}
	for _, k := range g.dropped {
		r.drop(k)
	}
	if r.current(g.from); r.rows[len(r.issues)] < 0 {
		r.header[len(r.issues)], r.rows[len(r.issues)] = g.header, g.from
	}
	for i := range g.rows {
		row := &g.rows[i]
		r.current(row.line)
		if r.loneCell(g, row) {
			r.last = nil
			continue
		}
		c := newRowCells(g.columns, row.cells)
		switch {
		case slices.ContainsFunc(row.cells[:min(len(row.cells), 3)], isSumWord):
			r.drop(row.line)
			continue
		case r.last != nil && len(r.last.other) == len(c.other) && c.goesOnWith(r.last):
			r.last.add(c)
			a := &r.issue.Articles[len(r.issue.Articles)-1]
			a.Body = r.last.body(g.columns)
			continue
		case c.what() == "":
			if c.date != "" {
				r.dates.take(c.date)
			}
			r.current(row.line).warn(r.lines[row.line].number, WarnEmptyArticle, "表中一行没有事件：%s", excerpt(strings.Join(row.cells, " ")))
			r.drop(row.line)
			continue
		}
		r.article(g, row.line, c)
		r.last = c
	}
}

// tableCaption reads a row above the header, which spans the table.
func (r *tables) tableCaption(k int) {
	cells := barCells(r.lines[k].text)
	text := pack(strings.Join(cells, ""))
	l := line{text: text, runes: utf8.RuneCountInString(text)}
	if isWebFurniture(&l) || !r.info(k, &l) && !r.caption(k, &l, true) {
		r.current(k).warn(r.lines[k].number, WarnUnplaced, "表头上有一行文字没有读入：%s", excerpt(text))
		r.drop(k)
	}
}

// loneCell reads a row of which one cell alone is filled, and that one is a month, a year or the name of a section.
func (r *tables) loneCell(g *grid, row *gridRow) bool {
	at := -1
	for k, cell := range row.cells {
		if cell == "" {
			continue
		}
		if at >= 0 && cell != row.cells[at] { // a spanning cell may be written once a column
			return false
		}
		if at < 0 {
			at = k
		}
	}
	if at < 0 {
		r.drop(row.line)
		return true
	}
	text := row.cells[at]
	if level := dateLevel(text); level != levelNone {
		r.dateHeading(row.line, level, text)
		return true
	}
	l := line{text: text, runes: utf8.RuneCountInString(text)}
	columnAt := g.columns[min(at, len(g.columns)-1)]
	if len(g.columns) < 2 || columnAt.role == roleEvent || columnAt.role == roleText || columnAt.role == roleTitle || columnAt.role.isTime() && isDateCell(text) {
		return false
	}
	if !l.mayHead() || l.runes > 30 {
		return false
	}
	if isSumWord(text) {
		r.drop(row.line)
		return true
	}
	r.heading(row.line, headingSection)
	r.section = text
	return true
}

// article makes an article of a row.
func (r *tables) article(g *grid, k int, c *rowCells) {
	is := r.issue
	a := Article{Line: r.lines[k].number, Title: c.title, Section: r.section, Contributor: c.by}
	if c.class != "" { // below it rows may leave the cell blank
		r.section, a.Section = c.class, c.class
	}
	if a.Section != "" {
		r.sectionOf(a.Section)
	}
	r.unused = [numHeadings]int{}
	var heading []string
	for _, s := range []string{r.title, r.year, r.month} {
		if s != "" {
			heading = append(heading, s)
		}
	}
	known := r.title != "" || r.year != ""
	switch before := r.dates; {
	case c.date == "":
		if before.words != "" {
			heading = append(heading, before.words)
			a.Carried = true
		}
	case !namesMonth(c.date) && r.month == "" && before.month != "":
		if !known && !hasYear(before.month) && before.year != "" {
			heading = append(heading, before.year)
		}
		heading = append(heading, before.month)
		a.Carried = true
	case !hasYear(c.date) && !known && before.year != "" && before.last <= monthOf(c.date):
		heading = append(heading, before.year)
		a.Carried = true
	}
	if hasYear(c.date) || hasYear(r.month) || a.Carried && hasYear(heading[len(heading)-1]) || c.date == "" && hasYear(r.year) {
		r.nYears++
	}
	if c.date != "" {
		r.dates.take(c.date)
	}
	if c.dateAbove() {
		heading = append(heading, c.date)
		a.Carried = false
	}
	a.Heading = strings.Join(heading, "\n")
	a.Body, a.BodyLines = c.body(g.columns), []int{a.Line}
	is.Articles = append(is.Articles, a)
}

// take notes a date. A year is forgotten when the months begin anew: nothing says which one it is then.
func (d *dateRun) take(words string) {
	d.words = words
	if month := monthOf(words); month != 0 {
		if !hasYear(words) && month < d.last {
			d.year = ""
		}
		d.last = month
	}
	if namesMonth(words) {
		d.month = words
	}
	if hasYear(words) {
		d.year = words
	}
}

// isSumWord tells whether a cell opens a row that sums up the others.
func isSumWord(s string) bool {
	switch pack(s) {
	case "合计", "总计", "小计", "共计":
		return true
	}
	return false
}
