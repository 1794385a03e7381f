package layout

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

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
