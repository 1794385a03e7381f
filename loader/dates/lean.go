package dates

import (
	"fmt"
	"slices"
	"strings"

	"fangzhi/edtf"
	"fangzhi/loader/dates/lunar"
)

// leaning is a mention with all but the year of a year-less date, and what it leant on.
type leaning struct {
	m    *mention // a copy
	year bool     // the heading gave it
	why  string   // Chinese, "" for nothing
}

// lean gives a mention what it leaves to its neighbours: the reign of 二十二年, the one reign of several of a name, the
// calendar of a month. before is the date before it in the body, nil for none. ok is false where it hangs on nothing.
func (f *finder) lean(m *mention, before *resolved) (n leaning, ok bool) {
	c := *m
	c.items = slices.Clone(m.items)
	n.m = &c
	var whys []string
	var room [2]*written
	for i, w := range c.all(room[:0]) {
		if w.ordinal != 0 && w.reign == 0 {
			if i > 0 && c.from.reign != 0 {
				n.carryReign(w, c.from.reign)
			} else if !f.carryReign(&n, w, before) {
				return n, false
			}
			if !w.hasYear {
				return n, false
			}
		}
		if w.cycleYear != 0 && !w.hasYear && !f.yearOfCycle(&n, w) {
			return n, false
		}
		why, ok := f.settleReign(m, w)
		if !ok {
			return n, false
		}
		if why != "" && w.printed == 0 {
			whys = append(whys, why)
		}
	}
	n.why = strings.Join(whys, "；")
	f.setCalendars(&c, before)
	return n, true
}

// all appends the dates of a mention to out, mostly one.
func (m *mention) all(out []*written) []*written {
	out = append(out, &m.from)
	if m.to != (written{}) {
		out = append(out, &m.to)
	}
	for i := range m.items {
		out = append(out, &m.items[i].from)
		if m.items[i].to != (written{}) {
			out = append(out, &m.items[i].to)
		}
	}
	return out
}

func (n *leaning) carryReign(w *written, r reign) {
	if y, ok := r.era().YearOf(w.ordinal); ok {
		w.hasYear, w.year, w.reign = true, y, r
		if w.calendar == unsaid {
			w.calendar = calendarOf(r)
		}
	}
}

func (f *finder) carryReign(n *leaning, w *written, before *resolved) bool {
	if before != nil && before.mention.from.reign != 0 {
		n.carryReign(w, before.mention.from.reign)
		return true
	}
	if y, ok := f.head.singleYear(); ok && y.reign != 0 {
		n.carryReign(w, y.reign)
		n.year = true
		return true
	}
	return false
}

// yearOfCycle gives 庚子年 its year: of the heading's reign, else the last before the document came out.
func (f *finder) yearOfCycle(n *leaning, w *written) bool {
	var years []int
	if y, ok := f.head.singleYear(); ok && y.reign != 0 {
		e := y.reign.era()
		years = yearsOfCycle(w.cycleYear, e.First, e.First+e.Years-1)
		w.reign, n.year = y.reign, true
	} else if ok {
		years = yearsOfCycle(w.cycleYear, y.year, y.year)
		n.year = true
	} else if limit := f.limit; limit != 0 {
		y, _, _ := limit.Date()
		years = yearsOfCycle(w.cycleYear, y-59, y)
	}
	if len(years) != 1 {
		return false
	}
	w.hasYear, w.year = true, years[0]
	w.ordinal = 0
	if w.reign != 0 {
		w.ordinal = w.year - w.reign.era().First + 1
	}
	return true
}

// setCalendars says for every month what it is counted by.
func (f *finder) setCalendars(m *mention, before *resolved) {
	context := f.head.calendar(m.from.chinese)
	if before != nil && !m.from.hasYear && before.mention.from.calendar == lunisolar && m.from.chinese {
		context = lunisolar
	}
	var room [2]*written
	for i, w := range m.all(room[:0]) {
		switch {
		case w.calendar != unsaid:
		case w.yearFirst && w.hasMonth() && !w.chinese:
			w.calendar = solar
		case w.reign != 0:
			w.calendar = calendarOf(w.reign)
		case w.hasYear && w.year < lunarUntil && w.chinese:
			w.calendar = lunisolar
		case w.hasYear && w.hasMonth():
			w.calendar = solar
		case i > 0 && !w.hasYear:
			w.calendar = m.from.calendar
		case !w.hasYear:
			w.calendar = context
		}
	}
}

// dynasty returns the one whose reigns are meant.
func (f *finder) dynasty() string {
	if y, ok := f.head.singleYear(); ok && y.reign != 0 {
		return y.reign.era().Dynasty
	}
	return f.head.dynasty
}

// inDays returns the first and the last day of a date of the Chinese calendar in the lunar year that begins in year. note
// is Chinese, what was not as written; ok is false where there is no such month or day.
func (w written) inDays(year int) (first, last edtf.Day, note string, ok bool) {
	m, ok := lunar.MonthOf(year, w.month, w.leap)
	if !ok {
		return 0, 0, "", false
	}
	first, last = m.First, m.Last()
	switch {
	case w.day > m.Days:
		return 0, 0, "", false
	case w.day > 0:
		d := m.First + edtf.Day(w.day) - 1
		return d, d, cycleNote(w.cycle, d), true
	case w.cycle != 0:
		d, note := dayOfCycle(m, w.cycle)
		return d, d, note, true
	case w.edge == lastDay:
		return last, last, "", true
	case w.edge == firstTen:
		return first, first + 9, "", true
	case w.edge == secondTen:
		return first + 10, first + 19, "", true
	case w.edge == lastTen:
		return first + 20, last, "", true
	case w.edge == early:
		return first, first + 4, "", true
	case w.edge == late:
		return last - 4, last, "", true
	}
	return first, last, "", true
}

// cycleNote checks a 干支 beside the number of a day.
func cycleNote(cycle int8, d edtf.Day) string {
	if cycle == 0 || lunar.Cycle(d) == int(cycle) {
		return ""
	}
	return "该日干支为" + cycleName(int8(lunar.Cycle(d))) + "，原文写" + cycleName(cycle)
}

// dayOfCycle returns the day of a 干支 in a month, or the nearest outside it with a note.
func dayOfCycle(m lunar.Month, cycle int8) (d edtf.Day, note string) {
	d = m.First + edtf.Day((int(cycle)-lunar.Cycle(m.First)+60)%60)
	if d <= m.Last() {
		return d, ""
	}
	if before := d - 60; m.First-before < d-m.Last() {
		d = before
	}
	return d, fmt.Sprintf("该月没有%s日，取最近的一个", cycleName(cycle))
}
