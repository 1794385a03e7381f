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

func (c choice) with(year int, basis graph.DateBasis, confidence float64, format string, args ...any) choice {
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
	case w.word != noWord && w.word != thisYear && f.at.HeadingYear == 0:
		return resolved{}, false // 去年 of whose year?
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
	c := *m
	if f.at.HeadingMonth != 0 {
		c.from.month = f.at.HeadingMonth
		r = f.build(&c, f.inferYear(&c, edtf.Unknown))
		r.reason = fmt.Sprintf("月份取自标题“%d月”；", f.at.HeadingMonth) + r.reason
		return f.checkWeekday(&c, r), true
	}
	year, month, _ := f.at.Coverage.Start().Date()
	if month == 0 {
		return resolved{}, false
	}
	c.from.month = month
	r = f.build(&c, choice{}.with(year, graph.BasisRelative, sureNear, "原文未写年月；取本期多数条目所在的%d年%d月", year, month))
	return f.checkWeekday(&c, r), true
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
		r = f.build(m, choice{}.with(base, graph.BasisRelative, sureRelative, ""))
	case before != nil && f.carries(before, m):
		year, found := next(w, before.date.Start(), 366)
		if !found {
			return resolved{}, false
		}
		r = f.build(m, choice{}.with(year, graph.BasisYearInferred, sureNear, ""))
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
	c := *m
	c.from.month = month
	r := f.build(&c, choice{}.with(year, graph.BasisRelative, sureRelative, ""))
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
	if word == sameYear || word == yearAfter {
		if before == nil || before.date.Start() == 0 {
			return 0, false
		}
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

func explicitYear(m *mention) choice {
	year := m.from.year
	if !m.from.hasYear {
		year = m.to.year
		if m.to.before(m.from) {
			year--
		}
	}
	return choice{}.with(year, graph.BasisExplicit, sureExplicit, "原文写明年份")
}

// inferYear finds the year of a date that is written without one. Rules in the order of genre.md §2.4:
// heading, counted festival, issue, the years that the document writes, neighbours. event is
// the event's date where another date is asked for, which must fit it.
func (f *finder) inferYear(m *mention, event edtf.Date) choice {
	w := m.from
	limit, limitName := f.limit()
	if f.at.HeadingYear != 0 {
		year := f.at.HeadingYear
		if m.future() && event.Start() != 0 {
			if y, ok := next(w, event.Start(), 183); ok {
				year = y
			}
		}
		return choice{}.with(year, graph.BasisExplicit, sureHeading, "年份取自标题“%d年”", f.at.HeadingYear)
	}
	issueYear, issueKnown := 0, false
	if limit != 0 {
		issueYear, issueKnown = latest(w, limit)
	}
	if year, words := m.festival(); year != 0 && event == edtf.Unknown {
		switch {
		case limit == 0 || issueKnown && year == issueYear:
			return choice{}.with(year, graph.BasisYearInferred, sureProof, "原文未写年份；%s即%d年", words, year)
		default:
			f.warn(m, WarnYearDisagreement, fmt.Sprintf("“%s”应在%d年，与%s不合，请核对", words, year, limitName))
		}
	}
	if m.weekday != 0 && event == edtf.Unknown && limit != 0 && f.at.Issued == 0 && f.at.Month == 0 {
		// Only the masthead's year is known: the weekday may show that the year before is meant.
		for year := issueYear; issueKnown && year >= issueYear-1; year-- {
			if d, exists := w.day1(year); exists && weekdayOf(d) == m.weekday {
				return choice{}.with(year, graph.BasisYearInferred, sureIssue, "原文未写年份；%s为星期%s，不晚于%s的最近一年是%d年", w.phrase(), weekdayNames[m.weekday], limitName, year)
			}
		}
	}
	if event.Start() != 0 && (m.future() || limit == 0 || limit-event.Start() > 400) {
		if m.future() {
			if year, ok := next(w, event.Start(), 183); ok {
				return choice{}.with(year, graph.BasisYearInferred, sureNear, "")
			}
		}
		if limit == 0 || limit-event.Start() > 400 {
			return choice{}.with(nearest(w, event.Start()), graph.BasisYearInferred, sureNear, "")
		}
	}
	if limit != 0 && m.future() && event == edtf.Unknown {
		return choice{}.with(nearest(w, limit), graph.BasisYearInferred, sureOlder, "原文未写年份；取离%s最近的一个%s", limitName, w.phrase())
	}
	if issueKnown {
		d, _ := w.day1(issueYear)
		sure := sureIssue
		switch {
		case limit-d > 200:
			sure = sureOldest
		case limit-d > 100:
			sure = sureOlder
		}
		return choice{}.with(issueYear, graph.BasisYearInferred, sure, "原文未写年份；取不晚于%s的最近一个%s", limitName, w.phrase())
	}
	if year, n := f.votedYear(); n > 0 {
		return choice{}.with(year, graph.BasisYearInferred, sureVotes, "原文未写年份；本期正文写明的年份以%d年最多（%d处）", year, n)
	}
	if d := f.at.Previous.Start(); d != 0 {
		year := nearest(w, d)
		return choice{}.with(year, graph.BasisYearInferred, sureNear, "原文未写年份；取离前一条日期%s最近的一个%s", f.at.Previous, w.phrase())
	}
	return choice{basis: graph.BasisNone, reason: "原文未写年份，也没有可以推断年份的依据"}
}

// votedYear returns the year with most votes, and none where two have as many.
func (f *finder) votedYear() (year, votes int) {
	tie := false
	for y, n := range f.at.Votes {
		if n > votes {
			year, votes, tie = y, n, false
		} else if n == votes {
			tie = true
		}
	}
	if tie {
		return 0, 0
	}
	return year, votes
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
			f.warn(m, WarnImpossibleDay, fmt.Sprintf("“%s”：%d月没有%d日，只取月份", f.words(m), w.month, w.day))
			w.day = 0
		}
	}
	if m.noDaySign {
		f.warn(m, WarnMissingDaySign, fmt.Sprintf("“%s”后缺“日”字", f.words(m)))
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
