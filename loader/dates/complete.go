package dates

import (
	"fmt"
	"slices"

	"fangzhi/edtf"
)

// possible returns the mention without days that do not exist in any year, with a warning; 2月29日 in a
// common year is met in build.
func (f *finder) possible(m *mention) *mention {
	c := *m
	c.items = slices.Clone(m.items)
	c.to = c.inMonthOf(c.to)
	for i := range c.items {
		c.items[i].from = c.inMonthOf(c.items[i].from)
		if c.items[i].to != (written{}) {
			month := c
			month.from = c.items[i].from
			c.items[i].to = month.inMonthOf(c.items[i].to)
		}
	}
	var room [2]*written
	for _, w := range c.all(room[:0]) {
		most := 31
		switch {
		case w.calendar == lunisolar:
			most = 30
		case w.month > 0:
			most = edtf.DaysIn(2000, w.month)
		}
		if w.day > most {
			c.doubt = fmt.Sprintf("%d月没有%d日，只取月份", w.month, w.day)
			f.warn(m, WarnImpossibleDay, fmt.Sprintf("“%s”：%s", f.words(m), c.doubt))
			w.day = 0
		}
	}
	if m.noDaySign {
		f.warn(m, WarnMissingDaySign, fmt.Sprintf("“%s”后缺“日”字", f.words(m)))
	}
	return &c
}

// inMonth returns a copy of a mention without a month, 31日—2日, as of a month that is known from elsewhere.
func (m *mention) inMonth(month written) *mention {
	give := func(w *written) {
		w.month, w.leap = month.month, month.leap
		if w.calendar == unsaid {
			w.calendar = month.calendar
		}
		w.chinese = w.chinese || month.chinese
		switch w.edge {
		case monthEarly:
			w.edge = early
		case monthLate:
			w.edge = late
		}
	}
	c := *m
	give(&c.from)
	c.items = slices.Clone(m.items)
	for i := range c.items {
		if c.items[i].from.month == 0 {
			give(&c.items[i].from)
		}
	}
	if (c.to.day > 0 || c.to.edge.ofMonth()) && c.to.month == 0 {
		give(&c.to)
		if c.to.day > 0 && c.to.day < c.from.day {
			c.to.month, c.to.leap = month.month%12+1, false
		}
	}
	return &c
}

// inMonthOf gives a further date of a range or list the month of the first where it has none.
func (m *mention) inMonthOf(w written) written {
	if w.month == 0 && (w.day > 0 || w.edge.ofMonth()) {
		w.month, w.leap, w.calendar = m.from.month, m.from.leap, m.from.calendar
	}
	return w
}
