package dates

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode"

	"fangzhi/edtf"
	"fangzhi/fold"
	"fangzhi/lexicon"
)

// Reign years (年号): 康熙三十二年（1693）, 民国24年, 光绪庚子, 嘉庆年间, 乾隆末. The name alone is no date: 康熙字典, 庆元县.

// reign is a row of lexicon.Eras, counted from 1; 0 is none.
type reign int16

func (r reign) era() lexicon.Era {
	if r == 0 {
		return lexicon.Era{}
	}
	return lexicon.Eras()[r-1]
}

// reignName is a name with all its rows.
type reignName struct {
	name string // folded
	rows []reign
}

// reignNames holds the names by their first code point, the longest first.
var reignNames = sync.OnceValue(func() map[rune][]reignName {
	rows := map[string][]reign{}
	for i, e := range lexicon.Eras() {
		name := fold.String(e.Name)
		rows[name] = append(rows[name], reign(i+1))
	}
	for wrong, right := range map[string]string{"干隆": "乾隆"} { // converted by characters, or misread
		rows[wrong] = rows[right]
	}
	names := map[rune][]reignName{}
	for name, r := range rows {
		first := []rune(name)[0]
		names[first] = append(names[first], reignName{name, r})
	}
	for _, list := range names {
		slices.SortFunc(list, func(a, b reignName) int {
			if d := len(b.name) - len(a.name); d != 0 {
				return d
			}
			return strings.Compare(a.name, b.name)
		})
	}
	return names
})

func reignStarts() string {
	var b strings.Builder
	for r := range reignNames() {
		b.WriteRune(r)
	}
	return b.String()
}

// dynasties that stand before the name of a reign or as a line above articles, with the names of table era.tsv.
var dynasties = []struct{ text, name string }{
	{"中华民国", "民国"}, {"民国", "民国"}, {"太平天国", "太平天国"}, {"伪满洲国", "伪满"}, {"伪满", "伪满"}, {"日本", "日本"}, {"日", "日本"},
	{"北宋", "宋"}, {"南宋", "宋"}, {"后金", "清"}, {"唐", "唐"}, {"宋", "宋"}, {"辽", "辽"}, {"金", "金"}, {"元", "元"}, {"明", "明"}, {"清", "清"},
}

// reignsAt returns the rows of the reign whose name stands at i, and the index behind it. A dynasty before the name
// leaves only its own, 前 and 后 those before and after.
func reignsAt(l *line, i int) (rows []reign, next int) {
	if classOf(l.rune(i))&classReign == 0 {
		return nil, i
	}
	for _, n := range reignNames()[l.rune(i)] {
		if !l.has(i, n.name) {
			continue
		}
		rows, next = n.rows, i+len([]rune(n.name))
		if len(rows) == 1 {
			return rows, next
		}
		for _, d := range dynasties {
			if k := len([]rune(d.text)); l.has(i-k, d.text) {
				return ofDynasty(rows, d.name), next
			}
		}
		switch l.rune(i - 1) {
		case '前':
			return rows[:1], next
		case '后':
			return rows[len(rows)-1:], next
		}
		return rows, next
	}
	return nil, i
}

// dynastyWords stand before the name of a reign and belong to the date.
var dynastyWords = words("中华", "国朝", "本朝", "皇清", "皇明", "太平天国", "伪满洲国", "伪满", "日本", "北宋", "南宋", "后金", "大清", "大明", "清朝", "明朝", "元朝", "宋朝", "唐朝", "清代", "明代", "元代", "宋代", "唐代", "唐", "宋", "辽", "金", "元", "明", "清", "前", "后")

// longestReign is the length of a dynasty with a reign, in code points: 北魏太平真君.
const longestReign = 8

// reignStart returns where a date that is read from i begins: with the dynasty, or with the name of a reign that the table
// does not have, where that opens the clause.
func (l *line) reignStart(i int, foreign bool) int {
	if !foreign {
		return i - l.before(i, dynastyWords)
	}
	for j := i; j >= max(0, i-longestReign); j-- {
		if l.startsClause(j) {
			return j
		}
		if !unicode.Is(unicode.Han, l.r[j-1]) {
			break
		}
	}
	return i
}

// ofDynasty returns the rows of a dynasty, all if it has none.
func ofDynasty(rows []reign, dynasty string) []reign {
	var own []reign
	for _, r := range rows {
		if r.era().Dynasty == dynasty {
			own = append(own, r)
		}
	}
	if own == nil {
		return rows
	}
	return own
}

// reignParts are parts of a reign, told as the years of it. A name that is also a place's needs the longer ones.
var reignParts = []struct {
	text  string
	part  edge // early, late, whole; someDay stands for the middle
	short bool
}{
	{"初年", early, false}, {"初期", early, false}, {"末年", late, false}, {"末期", late, false}, {"晚期", late, false}, {"中期", someDay, false}, {"中叶", someDay, false},
	{"年间", whole, false}, {"时期", whole, false}, {"在位", whole, false}, {"初", early, true}, {"末", late, true}, {"中", someDay, true}, {"间", whole, true},
}

// notParts follow the name of a reign or a place with 初 or 中: 庆元初中, 康熙中心.
var notParts = words("初中", "初级", "中学", "中心", "中路", "中街", "中医", "中国", "初步", "初审", "中共", "中队", "间隙")

// readReign reads what is told by a reign without its year, 嘉庆年间 and 乾隆末, and years from one to another,
// 康熙三十二至三十五年. It also takes what no reign had, so that no other form reads a part of it.
func readReign(l *line, i int) (m *mention, end int, ok bool) {
	rows, j := reignsAt(l, i)
	if rows == nil {
		return nil, i, false
	}
	if w, next, found := readReignYear(l, i); found {
		if w.hasYear {
			return nil, i, false // with its month, day or season: by the forms of these
		}
		if w.reign != 0 {
			e := w.reign.era()
			years := yearsOfCycle(w.cycleYear, e.First, e.First+e.Years-1)
			return &mention{fixed: parse("[" + edtf.OfYear(years[0]).String() + "," + edtf.OfYear(years[1]).String() + "]")}, skipMonthAndDay(l, next), true
		}
		l.notes = append(l.notes, Warning{Offset: l.span(i, next).offset(), Code: WarnNoSuchYear,
			Message: fmt.Sprintf("“%s”：该年号没有这一年，不取", l.words(i, next))})
		return nil, skipMonthAndDay(l, next), true
	}
	if len(rows) != 1 {
		return nil, i, false // whose?
	}
	e := rows[0].era()
	if n, next, ok := l.smallHere(j); ok { // 三十二至三十五年
		if sign := l.after(next, rangeSigns); sign > 0 {
			if to, after, ok := readOrdinalYear(l, next+sign); ok && n < to && n >= 1 && to <= e.Years {
				from := written{hasYear: true, year: e.First + n - 1, reign: rows[0], ordinal: n, calendar: calendarOf(rows[0])}
				last := from
				last.year, last.ordinal = e.First+to-1, to
				after = skipPrintedRange(l, after)
				return &mention{shape: ranged, from: from, to: last}, after, true
			}
		}
		return nil, i, false
	}
	if e.Calendar == lexicon.CalendarSolar && e.Name != "民国" {
		return nil, i, false
	}
	for _, p := range reignParts {
		if !l.has(j, p.text) || p.short && (e.Place || l.after(j, notParts) > 0) {
			continue
		}
		end := j + len([]rune(p.text))
		return &mention{fixed: partOfYears(e.First, e.First+e.Years-1, p.part)}, skipPrintedRange(l, end), true
	}
	return nil, i, false
}

// skipPrintedRange returns the index behind （1693—1696） behind years from one to another.
func skipPrintedRange(l *line, i int) int {
	if l.rune(i) != '(' {
		return i
	}
	_, j, ok := readYearNumber(l, i+1)
	if !ok {
		return i
	}
	if l.rune(j) == '年' {
		j++
	}
	if n := l.after(j, rangeSigns); n > 0 {
		if _, k, ok := readYearNumber(l, j+n); ok {
			if l.rune(k) == '年' {
				k++
			}
			if l.rune(k) == ')' {
				return k + 1
			}
		}
	}
	return i
}

// partOfYears writes the beginning, the end, the middle or all of some years.
func partOfYears(first, last int, part edge) edtf.Date {
	about := func(y int) string { return edtf.OfYear(y).String() + "~" }
	switch part {
	case early:
		return parse(about(first))
	case late:
		return parse(about(max(first, last-5)) + "/" + about(last))
	case someDay:
		third := (last - first) / 3
		return parse(about(first+third) + "/" + about(last-third))
	}
	return parse(edtf.OfYear(first).String() + "/" + edtf.OfYear(last).String())
}

// skipMonthAndDay returns the index behind a month and a day at i.
func skipMonthAndDay(l *line, i int) int {
	mo, j, ok := readMonthNumber(l, i, true)
	if !ok {
		return i
	}
	j++
	if d := readDayNumber(l, j, written{chinese: mo.chinese, calendar: lunisolar}); d.ok {
		return d.next + l.after(d.next, daySigns)
	}
	return j
}
