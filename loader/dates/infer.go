package dates

import (
	"fmt"
	"slices"

	"fangzhi/edtf"
	"fangzhi/graph"
)

// How sure a year is, by the rule that gave it. Proposals, to be measured on samples.
const (
	sureExplicit = 0.99
	sureHeading  = 0.97
	sureProof    = 0.98 // by a counted festival
	sureIssue    = 0.95 // within hundred days before the issue
	sureOlder    = 0.85 // within two hundred
	sureOldest   = 0.7
	sureRelative = 0.85
	sureVotes    = 0.6
	sureNear     = 0.5
)

// resolved is a mention with its year.
type resolved struct {
	mention    *mention
	date       edtf.Date
	basis      graph.DateBasis
	confidence float64
	reason     string
}

// choice is a year, or that there is none, and why.
type choice struct {
	year       int
	known      bool
	basis      graph.DateBasis
	confidence float64
	reason     string
}

func yearIs(year int, basis graph.DateBasis, confidence float64, format string, args ...any) choice {
	return choice{year, true, basis, confidence, fmt.Sprintf(format, args...)}
}

// limit is the last day that the document can report on, and what it is called; none where nothing is
// known of its publication.
func (f *finder) limit() (day edtf.Day, name string) {
	at := f.at
	switch {
	case at.Issued != 0:
		y, m, d := at.Issued.Date()
		return at.Issued, fmt.Sprintf("出刊日%d年%d月%d日", y, m, d)
	case at.Year != 0 && at.Month != 0:
		day, _ = edtf.NewDay(at.Year, at.Month, edtf.DaysIn(at.Year, at.Month))
		return day, fmt.Sprintf("刊头的%d年%d月", at.Year, at.Month)
	case at.Year != 0:
		day, _ = edtf.NewDay(at.Year, 12, 31)
		return day, fmt.Sprintf("刊头的%d年", at.Year)
	default:
		return 0, ""
	}
}

// resolveEvent finds the year of the mention that dates the event. ok is false where it cannot be the
// event's after all: it lies ahead, or hangs on a date that is not there.
func (f *finder) resolveEvent(m *mention) (r resolved, ok bool) {
	m = f.possible(m)
	w := m.from
	limit, limitName := f.limit()
	switch {
	case m.fixed != edtf.Unknown:
		return resolved{}, false
	case w.hasYear || m.to.hasYear:
		r = f.build(m, explicitYear(m))
		if limit != 0 && r.date.Start() > limit {
			if m.future() {
				return resolved{}, false
			}
			f.warn(m, WarnAfterIssue, fmt.Sprintf("“%s”晚于%s，请核对年份", f.words(m), limitName))
			r.confidence /= 2
			r.reason += "；晚于" + limitName
		}
		return f.checkWeekday(m, r), true
	case w.word != noWord && w.word != thisYear:
		year, known := f.baseYear(w.word, graph.EventDate{}, nil)
		if !known {
			return resolved{}, false // 去年 of whose year?
		}
		return f.checkWeekday(m, f.build(m, yearIs(year, graph.BasisRelative, sureRelative, "由标题“%d年”推算", f.at.HeadingYear))), true
	case w.month == 0 && w.edge != whole && w.edge < spring || w.month == 0 && w.day > 0:
		return f.resolveWithoutMonth(m)
	}
	if m.future() && limit != 0 {
		year := nearest(w, limit)
		if d, exists := w.day1(year); exists && d > limit {
			return resolved{}, false
		}
	}
	return f.checkWeekday(m, f.build(m, f.inferYear(m, edtf.Unknown))), true
}

// resolveWithoutMonth dates 17日 and 上旬 by the heading's month, or by the month of the document's other
// articles.
func (f *finder) resolveWithoutMonth(m *mention) (r resolved, ok bool) {
	if f.at.HeadingMonth != 0 {
		c := f.possible(m.inMonth(f.at.HeadingMonth))
		r = f.build(c, f.inferYear(c, edtf.Unknown))
		r.reason = fmt.Sprintf("月份取自标题“%d月”；", f.at.HeadingMonth) + r.reason
		return f.checkWeekday(c, r), true
	}
	year, month, _ := f.at.Coverage.Start().Date()
	if month == 0 {
		return resolved{}, false
	}
	c := f.possible(m.inMonth(month))
	r = f.build(c, yearIs(year, graph.BasisRelative, sureNear, "原文未写年月；取本期多数条目所在的%d年%d月", year, month))
	return f.checkWeekday(c, r), true
}

// resolveOther finds the year of a date beside the event's own. before is the date before it in the
// article, nil for none. ok is false where a date hangs on another that is not there.
func (f *finder) resolveOther(m *mention, event graph.EventDate, before *resolved) (r resolved, ok bool) {
	if m.fixed != edtf.Unknown {
		r = resolved{mention: m, date: m.fixed, basis: graph.BasisExplicit}
		if m.signs.since {
			r.date = edtf.Interval(m.fixed, edtf.Unknown)
		}
		return r, r.date != edtf.Unknown
	}
	m = f.possible(m)
	w := m.from
	if w.month == 0 && (w.day > 0 || w.edge != whole && w.edge < spring && !w.hasYear && w.word == noWord) {
		return f.resolveDayOnly(m, event, before)
	}
	switch {
	case w.hasYear || m.to.hasYear:
		r = f.build(m, explicitYear(m))
	case w.word != noWord:
		base, known := f.baseYear(w.word, event, before)
		if !known {
			return resolved{}, false
		}
		r = f.build(m, yearIs(base, graph.BasisRelative, sureRelative, ""))
	case before != nil && f.carries(before, m):
		year, found := next(w, before.date.Start(), 366)
		if !found {
			return resolved{}, false
		}
		r = f.build(m, yearIs(year, graph.BasisYearInferred, sureNear, ""))
	default:
		r = f.build(m, f.inferYear(m, event.EDTF))
	}
	return r, r.date != edtf.Unknown
}

// resolveDayOnly dates 15日 behind a date of the same month: on or after it, else it stays unknown.
func (f *finder) resolveDayOnly(m *mention, event graph.EventDate, before *resolved) (resolved, bool) {
	anchor := event.EDTF.Start()
	if before != nil && before.date.Start() != 0 {
		anchor = before.date.Start()
	}
	year, month, day := anchor.Date()
	if month == 0 || m.from.day > 0 && m.from.day < day || m.from.day > edtf.DaysIn(year, month) {
		return resolved{}, false
	}
	r := f.build(m.inMonth(month), yearIs(year, graph.BasisRelative, sureRelative, ""))
	return r, r.date != edtf.Unknown
}

// baseYear returns the year that 今年 or 去年 means: counted from the year of the entry, not of the issue.
func (f *finder) baseYear(word yearWord, event graph.EventDate, before *resolved) (year int, ok bool) {
	year, month, _ := event.EDTF.Start().Date()
	if month == 0 {
		if f.at.HeadingYear == 0 {
			return 0, false
		}
		year = f.at.HeadingYear
	}
	if (word == sameYear || word == yearAfter) && before != nil && before.date.Start() != 0 {
		year, _, _ = before.date.Start().Date()
	}
	return year + map[yearWord]int{lastYear: -1, yearBeforeLast: -2, nextYear: 1, yearAfter: 1}[word], true
}

// carries tells whether a written year goes on to the next date: 2019年10月15日开工，12月20日竣工.
func (f *finder) carries(before *resolved, m *mention) bool {
	b := before.mention
	const near = 30 // code points
	start, _ := m.line.sentence(m.first)
	return b.line == m.line && b.first >= start && m.first-b.last <= near &&
		(b.from.hasYear || b.from.word != noWord) && b.from.month != 0 && before.date.Start() != 0
}

// decisive returns the part of a mention that must lie before the issue: the start of an event that may
// go on, but the end of a period that is counted up (1—11月, 一季度).
func (m *mention) decisive() written {
	switch {
	case m.from.day == 0 && m.shape == span && !m.to.before(m.from):
		return m.to
	case m.form == formQuarter && m.shape == single:
		w := m.from
		w.month = w.startMonth() + 2
		if w.edge == half1 || w.edge == half2 {
			w.month += 3
		}
		return w
	}
	return m.from
}

func explicitYear(m *mention) choice {
	year := m.from.year
	if !m.from.hasYear {
		year = m.to.year
		if m.to.before(m.from) {
			year--
		}
	}
	return yearIs(year, graph.BasisExplicit, sureExplicit, "原文写明年份")
}

// possible returns the mention without days that do not exist in any year, with a warning; 2月29日 in a
// common year is met in build.
func (f *finder) possible(m *mention) *mention {
	c := *m
	c.days = slices.Clone(m.days)
	c.to.month = c.monthOf(c.to)
	for i := range c.days {
		c.days[i].month = c.monthOf(c.days[i])
	}
	for _, w := range append([]*written{&c.from, &c.to}, pointers(c.days)...) {
		if w.day > 0 && w.month > 0 && w.day > edtf.DaysIn(2000, w.month) || w.day > 31 {
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
func (m *mention) inMonth(month int) *mention {
	c := *m
	c.from.month = month
	c.days = slices.Clone(m.days)
	for i := range c.days {
		c.days[i].month = month
	}
	if c.to.day > 0 && c.to.month == 0 {
		c.to.month = month
		if c.to.day < c.from.day {
			c.to.month = month%12 + 1
		}
	}
	return &c
}

// monthOf returns the month of a further date of a range or list: its own, or that of the first.
func (m *mention) monthOf(w written) int {
	if w.month == 0 && w.day > 0 {
		return m.from.month
	}
	return w.month
}

func pointers(days []written) []*written {
	out := make([]*written, len(days))
	for i := range days {
		out[i] = &days[i]
	}
	return out
}

// words returns the mention as it stands in the body.
func (f *finder) words(m *mention) string { return string(f.text.body[m.start:m.end]) }

// checkWeekday warns where a weekday is written that the day does not have.
func (f *finder) checkWeekday(m *mention, r resolved) resolved {
	d := r.date.Start()
	if m.weekday == 0 || d == 0 || m.from.day == 0 {
		return r
	}
	if weekdayOf(d) == m.weekday {
		r.reason += fmt.Sprintf("（当日为星期%s，与原文相合）", weekdayNames[m.weekday])
		return r
	}
	year, month, day := d.Date()
	f.warn(m, WarnWeekdayMismatch, fmt.Sprintf("原文写星期%s，%d年%d月%d日为星期%s", weekdayNames[m.weekday], year, month, day, weekdayNames[weekdayOf(d)]))
	r.confidence *= 0.7
	r.reason += fmt.Sprintf("；原文所写星期%s与之不合", weekdayNames[m.weekday])
	return r
}

var weekdayNames = [...]string{"", "一", "二", "三", "四", "五", "六", "日"}

// weekdayOf returns 1 for Monday to 7 for Sunday.
func weekdayOf(d edtf.Day) int { return (int(d.Weekday())+6)%7 + 1 }
