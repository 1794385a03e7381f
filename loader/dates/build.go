package dates

import (
	"fmt"
	"strings"

	"fangzhi/edtf"
)

// build writes the mention's date with its year. m is a copy that possible made.
func (f *finder) build(m *mention, c choice) resolved {
	r := resolved{mention: m, basis: c.basis, confidence: c.confidence, reason: c.reason}
	r.date = f.date(m, c)
	if m.doubt != "" {
		r.confidence *= 0.6
		r.reason += "；" + m.doubt
	}
	return r
}

func (f *finder) date(m *mention, c choice) edtf.Date {
	from := f.dated(m, m.from, c)
	s := m.signs
	switch {
	case s.asOf:
		_, _, last := from.texts(true)
		return parse("../" + last)
	case m.shape == span:
		to := c
		to.year += m.toYear(c.year) - c.year
		_, first, _ := from.texts(false)
		_, _, last := f.dated(m, m.to, to).texts(false)
		if d := parse(first + "/" + last); d != edtf.Unknown {
			return d
		}
	case m.shape == list:
		texts := make([]string, len(m.days))
		for i, w := range m.days {
			day := c
			if w.before(m.from) {
				day.year++
			}
			texts[i], _, _ = f.dated(m, w, day).texts(false)
		}
		if d := parse("{" + strings.Join(texts, ",") + "}"); d != edtf.Unknown {
			return d
		}
	case s.since:
		_, first, _ := from.texts(false)
		return parse(first + "/..")
	}
	alone, _, _ := from.texts(false)
	return parse(alone)
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

// dated gives w its year, and takes a 29th of February from a year that has none.
func (f *finder) dated(m *mention, w written, c choice) datedWritten {
	w.year = c.year
	if c.known && w.day > 0 && w.day > edtf.DaysIn(c.year, w.month) {
		m.doubt = fmt.Sprintf("%d年%d月没有%d日，只取月份", c.year, w.month, w.day)
		f.warn(m, WarnImpossibleDay, fmt.Sprintf("“%s”：%s", f.words(m), m.doubt))
		w.day = 0
	}
	return datedWritten{w, c.known}
}

// seasonNumbers are the sub-year groupings of EDTF.
var seasonNumbers = map[edge]int{
	spring: 21, summer: 22, autumn: 23, winter: 24, quarter1: 33, quarter2: 34, quarter3: 35, quarter4: 36, half1: 40, half2: 41,
}

// texts returns the date in EDTF as it is written alone, as the start and as the end of an interval.
// counted: 截至12月底 is meant exactly, not as about the end of December.
func (w datedWritten) texts(counted bool) (alone, first, last string) {
	year := "XXXX"
	if w.known {
		year = edtf.OfYear(w.year).String()
	}
	mark := "~"
	if counted {
		mark = ""
	}
	all := func(s string) (string, string, string) { return s, s, s }
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

// before tells whether w lies before v in a year.
func (w written) before(v written) bool {
	a, b := w.startMonth(), v.startMonth()
	return a < b || a == b && w.day > 0 && w.day < v.day
}

// startMonth returns the month in which w begins.
func (w written) startMonth() int {
	switch {
	case w.month != 0:
		return w.month
	case w.edge == late:
		return 12
	case w.edge >= spring && w.edge <= winter:
		return 3 * int(w.edge-spring+1)
	case w.edge >= quarter1 && w.edge <= quarter4:
		return 3*int(w.edge-quarter1) + 1
	case w.edge == half2:
		return 7
	default:
		return 1
	}
}

// day1 returns the first day of w in a year.
func (w written) day1(year int) (edtf.Day, bool) {
	return edtf.NewDay(year, w.startMonth(), max(w.day, 1))
}

// phrase returns w as a reason names it: 12月17日.
func (w written) phrase() string {
	switch {
	case w.month != 0 && w.day != 0:
		return fmt.Sprintf("%d月%d日", w.month, w.day)
	case w.month != 0:
		return fmt.Sprintf("%d月", w.month)
	case w.edge >= quarter1 && w.edge <= quarter4:
		return fmt.Sprintf("第%d季度", int(w.edge-quarter1)+1)
	case w.edge == half1:
		return "上半年"
	case w.edge == half2:
		return "下半年"
	default:
		return "日期"
	}
}

// maxAge is the number of days before an issue beyond which a date is history: thirteen months.
const maxAge = 396

// latest returns the greatest year in which w begins on or before limit, not more than thirteen months
// before it.
func latest(w written, limit edtf.Day) (year int, ok bool) {
	last, _, _ := limit.Date()
	for year = last; year >= last-2; year-- {
		if d, exists := w.day1(year); exists && d <= limit && limit-d <= maxAge {
			return year, true
		}
	}
	if w.day == 29 && w.month == 2 { // the month is kept, see dated
		w.day = 28
		return latest(w, limit)
	}
	return 0, false
}

// nearest returns the year in which w begins nearest to around; on the same distance the earlier one.
func nearest(w written, around edtf.Day) int {
	year, _, _ := around.Date()
	best, distance := year, edtf.Day(1<<30)
	for y := year - 1; y <= year+1; y++ {
		d, exists := w.day1(y)
		if !exists {
			continue
		}
		if apart := max(d-around, around-d); apart < distance {
			best, distance = y, apart
		}
	}
	return best
}

// next returns the year in which w begins first on or after from, at most within days later.
func next(w written, from edtf.Day, within edtf.Day) (year int, ok bool) {
	first, _, _ := from.Date()
	for year = first; year <= first+1; year++ {
		if d, exists := w.day1(year); exists && d >= from && d-from <= within {
			return year, true
		}
	}
	return 0, false
}
