package layout

import (
	"cmp"
	"fmt"
	"strings"
	"unicode/utf8"
)

// What stands above the first entry of a chronicle and below the last.

// readMasthead reads title, office and day of issue.
func (r *chronicle) readMasthead() {
	is := &r.issue
	if r.top >= len(r.lines) || r.lines[r.top].kind != lineTitle {
		if len(r.lines) > 0 {
			is.Line = r.lines[0].number
		}
		r.top = 0
		for i := range r.lines {
			if r.fates[i] == fateNone {
				break
			}
			r.top = i + 1
		}
		return
	}
	l := &r.lines[r.top]
	r.title = l.title
	is.Line = l.number
	is.Publication = r.title.title
	if r.title.yearTo == r.title.year {
		is.Year = r.title.year
	}
	is.Month, is.MonthTo = r.title.month, r.title.monthTo
	is.Number, is.NumberTo = r.title.number.number, r.title.number.numberTo
	is.Label = r.title.period()
	r.fates[r.top] = fateMasthead
	r.readBook(r.top)
	for i := range r.top {
		if r.fates[i] == fateNone {
			r.above(i)
		}
	}
	r.top++
	for n := 0; r.top < len(r.lines) && n < 12; r.top, n = r.top+1, n+1 {
		if !r.below(r.top) {
			break
		}
	}
	is.Office = strings.TrimPrefix(is.Office, "、")
	if is.Publisher == "" {
		is.Publisher = is.Office
	}
}

// readBook takes the name of a division or of a book from a line above the title, which alone does not say whose it is.
func (r *chronicle) readBook(title int) {
	is := &r.issue
	if !r.title.plain {
		return
	}
	for i := title - 1; i >= max(0, title-60); i-- {
		l := &r.lines[i]
		if l.long || l.runes > 25 || l.kind != lineText {
			continue
		}
		packed := pack(l.text)
		if i == title-1 && l.runes <= 12 && strings.ContainsRune("省市区县旗州盟", lastRune(packed)) && mayTitle(&l.line) {
			is.Publication = packed + is.Publication // 云河区 / 大事记
			is.Line, r.fates[i] = l.number, fateMasthead
			return
		}
		if r.takeBook(packed) {
			is.Line, r.fates[i] = l.number, fateMasthead
			return
		}
	}
}

// takeBook takes title and year from the name of a yearbook or a gazetteer, if packed is one. A yearbook of 2021 tells
// of 2020.
func (r *chronicle) takeBook(packed string) bool {
	is := &r.issue
	base, gloss := cutGloss(packed)
	yearbook := strings.HasSuffix(base, "年鉴")
	if !yearbook && !strings.HasSuffix(base, "县志") && !strings.HasSuffix(base, "区志") && !strings.HasSuffix(base, "市志") {
		return false
	}
	if !mayTitle(&line{text: base}) {
		return false
	}
	is.Publication = base
	if year, n := fourDigits(gloss); n > 0 && yearbook && r.title.year == 0 && (gloss[n:] == "" || gloss[n:] == "年") && year > 1000 {
		is.Year, is.ContentYear = year, year-1
		is.Label = fmt.Sprintf("%d年", year)
	}
	return true
}

// above reads a line above the title: the day of a web page, or nothing that belongs here.
func (r *chronicle) above(i int) {
	if l := &r.lines[i]; l.kind == lineTitle && l.title.same(&r.lines[r.top].title) {
		r.furniture(i)
		return
	}
	l := &r.lines[i]
	if r.webLine(i) {
		return
	}
	if office := officeSuffix.ReplaceAllString(strings.TrimSpace(l.text), ""); l.kind == lineText && l.mayHead() && l.runes <= 40 && officeWord.MatchString(pack(office)) && !strings.ContainsAny(office, "，。：") {
		for name := range strings.FieldsSeq(office) {
			r.issue.Office += "、" + name
		}
		r.fates[i] = fateMasthead
		return
	}
	r.skip(i)
}

// below reads a line below the title, if it belongs to it.
func (r *chronicle) below(i int) bool {
	l := &r.lines[i]
	is := &r.issue
	if r.webLine(i) {
		return true
	}
	if l.kind == lineTitle && l.title.same(&r.title) {
		r.furniture(i)
		return true
	}
	if l.long || l.kind != lineText && l.kind != lineHead || l.isProse() {
		return false
	}
	packed := dateLabel.ReplaceAllString(pack(l.text), "")
	if n, ok := readIssueNumber(packed); ok && n.number != 0 {
		is.Number, is.NumberTo = n.number, n.numberTo
		r.title.label += packed
		is.Label = r.title.period()
		r.fates[i] = fateMasthead
		return true
	}
	if inner := strings.Trim(packed, "（）()【】[]—-"); l.kind == lineText && r.title.year == 0 && startsPeriod(inner) {
		r.title.readPeriod(inner)
		is.Label = r.title.period()
		if r.title.year == r.title.yearTo {
			is.Year = r.title.year
			r.year = heading{words: l.text, year: is.Year, line: l.number}
		}
		r.fates[i] = fateMasthead
		return true
	}
	if day, rest := readDay(packed); day != 0 && dateSuffix.MatchString(rest) && l.kind == lineHead && !r.dayEntry(i) {
		is.Published = cmp.Or(is.Published, day)
		r.fates[i] = fateMasthead
		return true
	}
	if l.kind == lineHead {
		if l.when.year == 0 || l.when.grain != grainYear && l.when.grain != grainMonth || r.title.year != 0 || r.year.words != "" || r.month.words != "" {
			return false
		}
		r.head(i) // 云河区大事记 / 2021年7月
		return true
	}
	if readLabels(l.text) != nil {
		is.readImprint([]line{l.line})
		r.fates[i] = fateMasthead
		return true
	}
	office := officePrefix.ReplaceAllString(officeSuffix.ReplaceAllString(strings.Trim(packed, "（）()"), ""), "")
	if officeWord.MatchString(office) && utf8.RuneCountInString(office) <= 40 {
		is.Office += "、" + office
		r.fates[i] = fateMasthead
		return true
	}
	return false
}

// dayEntry tells whether a full date below the title is the day of the first entry: text follows it.
func (r *chronicle) dayEntry(i int) bool {
	return i+1 < len(r.lines) && r.lines[i+1].kind == lineText && !r.lines[i+1].mayHead()
}

// readEnd reads the imprint at the end, and returns where it begins.
func (r *chronicle) readEnd() int {
	const most = 24
	from := max(r.top, len(r.lines)-most)
	tail := make([]line, 0, most)
	at := make([]int, 0, most)
	for i := from; i < len(r.lines); i++ {
		if r.fates[i] == fateNone {
			tail = append(tail, r.lines[i].line)
			at = append(at, i)
		}
	}
	start := imprintStart(tail, 0, func(k int) bool {
		kind := r.lines[at[k]].kind
		return kind == lineEntry || kind == lineHead || kind == lineMarker
	})
	if start == len(tail) {
		return len(r.lines)
	}
	r.issue.readImprint(tail[start:])
	for _, i := range at[start:] {
		r.fates[i] = fateImprint
	}
	return at[start]
}
