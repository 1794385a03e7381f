package layout

import (
	"regexp"
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
			r.keep(row.line)
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
	if hasYear(c.date) || hasYear(r.month) || a.Carried && hasYear(heading[len(heading)-1]) || !c.date0() && hasYear(r.year) {
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
	r.keep(k)
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

// rowCells are the cells of a row by what they are.
type rowCells struct {
	date, title, class, by string
	event                  []string // what happened, a cell each
	other                  []string // by column, "" for none
}

// newRowCells sorts the cells of a row.
func newRowCells(columns []column, cells []string) *rowCells {
	c := &rowCells{other: make([]string, len(columns))}
	var parts, span []string
	titled := hasRole(columns, roleText) || hasRole(columns, roleEvent) && hasRole(columns, roleTitle)
	for k, cell := range cells {
		if cell == "" || cell == "—" || cell == "-" || cell == "/" {
			continue
		}
		col := columns[min(k, len(columns)-1)]
		switch col.role {
		case roleOrdinal:
		case roleDate:
			c.date = joinWords(c.date, cell)
		case roleYear, roleMonth, roleDay:
			parts = append(parts, withSign(cell, col))
		case roleFrom, roleTo:
			span = append(span, cell)
		case roleTitle, roleEvent:
			if titled && c.title == "" && (col.role == roleTitle || hasRole(columns, roleText)) && !strings.ContainsAny(cell, "。；") && utf8.RuneCountInString(cell) <= 60 {
				c.title = cell
				continue
			}
			c.event = append(c.event, cell)
		case roleText:
			c.event = append(c.event, cell)
		case roleClass:
			c.class = joinWords(c.class, cell)
		case roleBy:
			c.by = joinWords(c.by, cell)
		case roleOther:
			if listsMany(col.label) {
				cell = listed(cell)
			}
			c.other[min(k, len(columns)-1)] = joinWords(c.other[min(k, len(columns)-1)], cell)
		}
	}
	if c.date == "" {
		c.date = strings.Join(parts, "")
	}
	if c.date == "" {
		c.date = strings.Join(span, "—")
	}
	if len(c.event) == 0 && c.title != "" { // the title tells all
		c.event, c.title = []string{c.title}, ""
	}
	return c
}

// listsMany tells whether a column lists people or organs.
func listsMany(label string) bool {
	for _, w := range []string{"领导", "人员", "单位", "部门", "嘉宾", "人物"} {
		if strings.Contains(label, w) {
			return true
		}
	}
	return false
}

// listed parts the items of a cell with 、 where the cell has them on lines of its own, which come as spaces. A word of one
// letter is half a name that is set apart: 周 衡.
func listed(cell string) string {
	words := strings.Split(cell, " ")
	for _, w := range words {
		if utf8.RuneCountInString(w) < 2 || !isHan(firstRune(w)) || !isHan(lastRune(w)) {
			return cell
		}
	}
	return strings.Join(words, "、")
}

func joinWords(a, b string) string {
	if a == "" {
		return b
	}
	return a + " " + b
}

// withSign puts the sign of its column behind a bare number: 3 below 月.
func withSign(cell string, c column) string {
	if readNumber(cell) == 0 {
		return cell
	}
	return cell + map[role]string{roleYear: "年", roleMonth: "月", roleDay: "日"}[c.role]
}

// what returns what happened.
func (c *rowCells) what() string { return strings.Join(c.event, "") }

// date0 tells whether the row has a date.
func (c *rowCells) date0() bool { return c.date != "" }

var dateOpening = regexp.MustCompile(`^(?:` + digit + `{4}年)?(?:` + numeral + `月)?` + numeral + `[日号]|^` + numeral + `月`)

// dateWords are in every date that a sentence can begin with; 2021-03-05 and 3.5 stand above it.
const dateWords = "年月日号旬季春夏秋冬初底末同是当次翌期间"

// dateAbove tells whether the date cell cannot stand before the event: it has another form than sentences use, or the
// event begins with a date that is not the same.
func (c *rowCells) dateAbove() bool {
	if c.date == "" || len(c.event) == 0 {
		return false
	}
	head := pack(firstBytes(c.event[0], maxDateBytes))
	r := firstRune(head)
	return !strings.HasPrefix(head, pack(c.date)) && ((chineseDigit(r) >= 0 || r == '十') && dateOpening.MatchString(head) || !strings.ContainsAny(c.date, dateWords))
}

// body returns the text of the article: the date, what happened, then the other cells behind the names of their columns.
func (c *rowCells) body(columns []column) string {
	var b strings.Builder
	if c.date != "" && !c.dateAbove() && len(c.event) > 0 && !strings.HasPrefix(pack(firstBytes(c.event[0], 120)), pack(c.date)) {
		b.WriteString(strings.TrimRight(c.date, "，,、。：: "))
		b.WriteString("，")
	}
	for _, e := range c.event {
		b.WriteString(sentence(e))
	}
	for k, cell := range c.other {
		if cell == "" {
			continue
		}
		if label := columns[k].label; label != "" && !strings.HasPrefix(cell, label+"：") {
			b.WriteString(label)
			b.WriteString("：")
		}
		b.WriteString(sentence(cell))
	}
	return b.String()
}

// sentence returns a cell with a stop at its end.
func sentence(cell string) string {
	cell = strings.TrimRight(cell, "，、,; ")
	s := strings.TrimRight(cell, closers)
	if last := lastRune(s); cell != "" && strings.ContainsRune("。！？!?…；", last) && (s == cell || strings.HasSuffix(cell, "”")) {
		return cell
	}
	return cell + "。"
}

// goesOnWith tells whether the row is the rest of the one above, which a page cut in the middle of a sentence.
func (c *rowCells) goesOnWith(above *rowCells) bool {
	if c.date != "" || c.title != "" || c.class != "" || len(c.event) != 1 || len(above.event) == 0 {
		return false
	}
	end := tail(above.event[len(above.event)-1])
	return end != "" && (strings.ContainsRune("，、：", lastRune(end)) || leftOpen(end))
}

// add appends the cells of the rest of a row.
func (c *rowCells) add(o *rowCells) {
	c.event[len(c.event)-1] += o.event[0]
	for k, cell := range o.other {
		c.other[k] += cell
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
