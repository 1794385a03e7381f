package dates

import (
	"fmt"
	"strings"

	"fangzhi/edtf"
	"fangzhi/graph"
	"fangzhi/loader/dates/lunar"
)

// build writes the mention's date with its year. m is a copy that lean made.
func (f *finder) build(m *mention, c choice) resolved {
	r := resolved{mention: m, basis: c.basis, confidence: c.confidence, reason: c.reason}
	r.date = f.date(m, c)
	if m.converted() && r.basis != graph.BasisRelative && r.basis != graph.BasisNone {
		r.basis = graph.BasisConverted
		r.reason += convertedNote(m, r.date)
		if m.from.month != 0 && !m.from.chinese && m.from.calendar == lunisolar {
			r.confidence -= 0.2 // an editor who prints Arabic numerals may have converted already
		}
	}
	if m.doubt != "" {
		r.confidence *= 0.6
		r.reason += "；" + m.doubt
	}
	if m.repaired != "" {
		f.warn(m, WarnRepaired, "疑为误识："+m.repaired)
		r.confidence *= 0.8
		r.reason += "；按误识改正：" + m.repaired
	}
	return r
}

// converted tells whether the date stands in another calendar or count of years than EDTF's, and the text does not give
// the year beside it.
func (m *mention) converted() bool {
	w := m.from
	return w.reign != 0 && w.printed == 0 && m.fixed == edtf.Unknown || w.calendar == lunisolar && (w.month != 0 || w.edge == spring || w.edge == summer || w.edge == autumn || w.edge == winter)
}

// convertedNote says how a converted date is printed elsewhere: in the Julian calendar before 1582-10-15.
func convertedNote(m *mention, d edtf.Date) string {
	note := ""
	if m.from.calendar == lunisolar && m.from.month != 0 {
		note = "；农历换算为公历"
	}
	start := d.Start()
	if start == 0 || start >= lunar.Reform || m.from.month == 0 || m.from.calendar != lunisolar {
		return note
	}
	y, mo, day := lunar.Julian(start)
	return note + fmt.Sprintf("（儒略历%d年%d月%d日）", y, mo, day)
}

func (f *finder) date(m *mention, c choice) edtf.Date {
	from := f.dated(m, m.from, c)
	s := m.signs
	switch {
	case s.asOf:
		_, _, last := from.texts(true)
		return parse("../" + last)
	case m.shape == ranged:
		to := c
		to.year += m.toYear(c.year) - c.year
		_, first, _ := from.texts(false)
		_, _, last := f.dated(m, m.to, to).texts(false)
		if d := parse(first + "/" + last); d != edtf.Unknown {
			return d
		}
	case m.shape == listed:
		texts := make([]string, len(m.items))
		for i, it := range m.items {
			texts[i] = f.itemText(m, it, c)
		}
		if d := parse("{" + strings.Join(texts, ",") + "}"); d != edtf.Unknown {
			return d
		}
	case s.since:
		_, first, _ := from.texts(false)
		return parse(first + "/..")
	}
	if d, ok := from.plain(); ok {
		return d
	}
	alone, _, _ := from.texts(false)
	return parse(alone)
}

// plain is a day, a month or a year and nothing else: most dates.
func (w datedWritten) plain() (edtf.Date, bool) {
	if !w.known || w.edge != whole || w.term != 0 || w.calendar == lunisolar && w.month != 0 {
		return edtf.Unknown, false
	}
	switch {
	case w.day > 0 && w.month > 0:
		d, ok := edtf.NewDay(w.year, w.month, w.day)
		return edtf.OfDay(d), ok
	case w.month > 0:
		return edtf.OfMonth(w.year, w.month), true
	case w.day == 0:
		return edtf.OfYear(w.year), true
	}
	return edtf.Unknown, false
}

// itemText writes one date of a list, or a range of it: 2020-12-04, 2020-12-04..2020-12-06.
func (f *finder) itemText(m *mention, it item, c choice) string {
	day := c
	switch {
	case it.from.hasYear:
		day.year = it.from.year
	case it.from.before(m.from):
		day.year++
	}
	text, first, _ := f.dated(m, it.from, day).texts(false)
	if it.to == (written{}) {
		return text
	}
	if it.to.hasYear {
		day.year = it.to.year
	} else if it.to.before(it.from) {
		day.year++
	}
	_, _, last := f.dated(m, it.to, day).texts(false)
	return first + ".." + last
}

// parse returns Unknown for what is no date: a range that ends before it starts.
func parse(text string) edtf.Date {
	d, err := edtf.Parse(text)
	if err != nil {
		return edtf.Unknown
	}
	return d
}

// toYear returns the year of the end of a range whose start lies in year: the next one where it would
// lie before the start else.
func (m *mention) toYear(year int) int {
	switch {
	case m.to.hasYear:
		return m.to.year
	case m.to.word != noWord && m.to.word != thisYear && m.to.word != sameYear, m.to.before(m.from):
		return year + 1
	default:
		return year
	}
}

// datedWritten is a date with its year, or with none: XXXX-12-04.
type datedWritten struct {
	written
	known bool
}

// dated gives w its year, and takes a day that does not exist in it.
func (f *finder) dated(m *mention, w written, c choice) datedWritten {
	w.year = c.year
	if !c.known {
		return datedWritten{w, false}
	}
	if w.calendar != lunisolar || w.month == 0 {
		if w.day > 0 && w.day > edtf.DaysIn(c.year, w.month) {
			f.doubt(m, fmt.Sprintf("%d年%d月没有%d日，只取月份", c.year, w.month, w.day))
			w.day = 0
		}
		return datedWritten{w, true}
	}
	_, _, note, ok := w.inDays(c.year)
	if note != "" {
		f.doubt(m, note)
	}
	if !ok && w.day != 0 {
		if _, hasMonth := lunar.MonthOf(c.year, w.month, w.leap); hasMonth {
			f.doubt(m, fmt.Sprintf("%s农历%s没有%d日，只取月份", yearText(c.year), w.monthPhrase(), w.day))
			w.day, w.cycle = 0, 0
			ok = true
		}
	}
	if !ok {
		f.doubt(m, fmt.Sprintf("%s农历没有%s，只取年份", yearText(c.year), w.monthPhrase()))
		w.month, w.day, w.edge, w.cycle = 0, 0, whole, 0
	}
	return datedWritten{w, true}
}

// doubt warns of a part of a date that is not taken as written.
func (f *finder) doubt(m *mention, why string) {
	m.doubt = why
	f.warn(m, WarnImpossibleDay, fmt.Sprintf("“%s”：%s", f.words(m), why))
}

// seasonNumbers are the sub-year groupings of EDTF.
var seasonNumbers = map[edge]int{
	spring: 21, summer: 22, autumn: 23, winter: 24, quarter1: 33, quarter2: 34, quarter3: 35, quarter4: 36, half1: 40, half2: 41,
}

// texts returns the date in EDTF as it is written alone, as the start and as the end of an interval.
// counted: 截至12月底 is meant exactly, not as about the end of December.
func (w datedWritten) texts(counted bool) (alone, first, last string) {
	if w.known && w.term != 0 {
		if d, ok := lunar.TermIn(w.year, terms[w.term-1]); ok {
			return all(d.String())
		}
	}
	if w.calendar == lunisolar && w.month != 0 {
		return w.lunarTexts()
	}
	year := "XXXX"
	if w.known {
		year = edtf.OfYear(w.year).String()
	}
	mark := "~"
	if counted {
		mark = ""
	}
	if w.month == 0 {
		switch w.edge {
		case early:
			first, last = year+"-01"+mark, year+"-03"+mark
			return first + "/" + last, first, last
		case late:
			return all(year + "-12" + mark)
		}
		if n := seasonNumbers[w.edge]; n != 0 {
			return all(fmt.Sprintf("%s-%d", year, n))
		}
		return all(year)
	}
	month := fmt.Sprintf("%s-%02d", year, w.month)
	switch {
	case w.day > 0:
		return all(fmt.Sprintf("%s-%02d", month, w.day))
	case w.edge == early || w.edge == late:
		return all(month + mark)
	case w.edge == someDay:
		return all(month + "-XX")
	case w.edge >= firstTen && w.edge <= lastTen:
		n := int(w.edge-firstTen) * 10
		end := n + 10
		if w.edge == lastTen {
			end = edtf.DaysIn(w.year, w.month)
			if !w.known {
				end = edtf.DaysIn(2000, w.month)
			}
		}
		first, last = fmt.Sprintf("%s-%02d", month, n+1), fmt.Sprintf("%s-%02d", month, end)
		return "[" + first + ".." + last + "]", first, last
	default:
		return all(month)
	}
}

func all(s string) (alone, first, last string) { return s, s, s }

// lunarTexts is texts for a month of the Chinese calendar: its days in the Gregorian one.
func (w datedWritten) lunarTexts() (alone, first, last string) {
	if !w.known {
		return all("XXXX")
	}
	a, b, _, ok := w.inDays(w.year)
	if !ok {
		return all(edtf.OfYear(w.year).String())
	}
	first, last = a.String(), b.String()
	switch {
	case a == b:
		return all(first)
	case w.edge >= firstTen && w.edge <= someDay:
		return "[" + first + ".." + last + "]", first, last
	case w.edge == early || w.edge == late:
		return first + "~/" + last + "~", first + "~", last + "~"
	}
	return first + "/" + last, first, last
}
