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
	sureContent  = 0.9 // the year of a volume
)

// resolved is a mention with its year.
type resolved struct {
	mention    *mention
	date       edtf.Date
	basis      graph.DateBasis
	confidence float64
	reason     string
	// headYear and headMonth tell that the heading gave them.
	headYear, headMonth bool
}

// choice is a year, or that there is none, and why.
type choice struct {
	year       int
	known      bool
	basis      graph.DateBasis
	confidence float64
	reason     string
	heading    bool // the heading gave it
}

func yearIs(year int, basis graph.DateBasis, confidence float64, format string, args ...any) choice {
	return choice{year: year, known: true, basis: basis, confidence: confidence, reason: fmt.Sprintf(format, args...)}
}

// limit is the last day that the document can report on, and what it is called; none where nothing is
// known of its publication.
func (f *finder) limit() (day edtf.Day, name string) { return f.limitDay, f.limitName }

// limit is finder.limit.
func (at *Context) limit() (day edtf.Day, name string) {
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

// resolveEvent finds what a mention that dates the event leaves open. ok is false where it cannot be the event's after
// all: it lies ahead, or hangs on a date that is not there.
func (f *finder) resolveEvent(m *mention) (r resolved, ok bool) {
	if m.fixed != edtf.Unknown {
		return resolved{}, false
	}
	w := m.from
	if w.hasMonth() || w.day == 0 && w.cycle == 0 && !w.edge.ofMonth() && (w.hasYear || w.ordinal != 0 || w.edge == whole || w.edge >= spring || f.yearAbove()) {
		return f.resolveLeant(m)
	}
	if above := f.head.month; above != nil && above.from.hasMonth() { // 17日 and 上旬
		if r, ok = f.resolveLeant(m.inMonth(above.from)); ok {
			r.headMonth = true
			if m.sameMonth && r.basis != graph.BasisNone {
				r.basis = graph.BasisRelative
			}
			r.reason = "月份取自标题“" + above.shown.words() + "”；" + r.reason
		}
		return r, ok
	}
	if year, month, _ := f.at.Previous.Start().Date(); m.sameMonth && month != 0 && f.at.Previous.End()-f.at.Previous.Start() < 31 {
		c := f.possible(m.inMonth(written{month: month}))
		r = f.build(c, yearIs(year, graph.BasisRelative, sureRelative, "年月承前一条日期%s", f.at.Previous))
		return f.checkWeekday(c, r), true
	}
	year, month, _ := f.at.Coverage.Start().Date()
	if month == 0 || w.calendar == lunisolar || f.head.year != nil {
		return resolved{}, false
	}
	c := f.possible(m.inMonth(written{month: month}))
	r = f.build(c, yearIs(year, graph.BasisRelative, sureNear, "原文未写年月；取本期多数条目所在的%d年%d月", year, month))
	return f.checkWeekday(c, r), true
}

// resolveLeant resolves a mention that has its month, or needs none.
func (f *finder) resolveLeant(m *mention) (r resolved, ok bool) {
	n, ok := f.lean(m, nil)
	if !ok {
		return resolved{}, false
	}
	c := f.possible(n.m)
	w := c.from
	limit, limitName := f.limit()
	switch {
	case w.hasYear || c.to.hasYear:
		r = f.build(c, explicitYear(c, n))
		r.headYear = n.year
		if limit != 0 && r.date.Start() > limit && m.line.Text == f.text {
			if m.future() {
				return resolved{}, false
			}
			f.warn(m, WarnAfterIssue, fmt.Sprintf("“%s”晚于%s，请核对年份", f.words(m), limitName))
			r.confidence /= 2
			r.reason += "；晚于" + limitName
		}
		return f.checkWeekday(c, r), true
	case w.word != noWord && w.word != thisYear:
		year, known := f.baseYear(w.word, graph.EventDate{}, nil)
		if !known {
			return resolved{}, false // 去年 of whose year?
		}
		r = f.build(c, yearIs(year, graph.BasisRelative, sureRelative, "由“%s”推算", f.baseName()))
		r.headYear = f.head.year != nil
		return f.checkWeekday(c, r), true
	}
	if m.future() && limit != 0 && !f.yearAbove() {
		year := nearest(w, limit)
		if d, exists := w.day1(year); exists && d > limit {
			return resolved{}, false
		}
	}
	choice := f.inferYear(c, edtf.Unknown)
	r = f.build(c, choice)
	r.headYear = choice.heading
	return f.checkWeekday(c, r), true
}

// baseName names what 去年 is counted from.
func (f *finder) baseName() string {
	if f.head.year != nil {
		return f.head.year.shown.words()
	}
	if year := f.contentYear(); year != 0 {
		return fmt.Sprintf("%d年", year)
	}
	return f.at.Previous.String()
}

// resolveOther finds the year of a date beside the event's own. before is the date before it in the
// article, nil for none. ok is false where a date hangs on another that is not there.
func (f *finder) resolveOther(m *mention, event graph.EventDate, before *resolved) (r resolved, ok bool) {
	if m.fixed != edtf.Unknown {
		r = resolved{mention: m, date: m.fixed, basis: graph.BasisExplicit}
		if m.form == formReign {
			r.basis = graph.BasisConverted
		}
		if m.signs.since {
			if d := edtf.Interval(m.fixed, edtf.Unknown); d != edtf.Unknown {
				r.date = d
			}
		}
		return r, r.date != edtf.Unknown
	}
	n, ok := f.lean(m, before)
	if !ok {
		return resolved{}, false
	}
	m = f.possible(n.m)
	w := m.from
	if !w.hasMonth() && (w.day > 0 || w.cycle != 0 || w.edge != whole && w.edge < spring && !w.hasYear && w.word == noWord) {
		return f.resolveDayOnly(m, event, before)
	}
	switch {
	case w.hasYear || m.to.hasYear:
		r = f.build(m, explicitYear(m, n))
	case w.word != noWord:
		base, known := f.baseYear(w.word, event, before)
		if !known {
			return resolved{}, false
		}
		r = f.build(m, yearIs(base, graph.BasisRelative, sureRelative, ""))
	case before != nil && f.carries(before, m):
		year, found := next(w, before.date.Start(), 390)
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
	if m.from.calendar == lunisolar {
		return f.resolveLunarDayOnly(m, anchor, before)
	}
	year, month, day := anchor.Date()
	if month == 0 || m.from.day > 0 && m.from.day < day || m.from.day > edtf.DaysIn(year, month) || m.from.edge >= monthEarly && m.from.edge <= monthLate {
		return resolved{}, false
	}
	r := f.build(m.inMonth(written{month: month}), yearIs(year, graph.BasisRelative, sureRelative, ""))
	return r, r.date != edtf.Unknown
}

// resolveLunarDayOnly dates 初八 behind 三月初三.
func (f *finder) resolveLunarDayOnly(m *mention, anchor edtf.Day, before *resolved) (resolved, bool) {
	if before == nil || before.mention.from.calendar != lunisolar || before.mention.from.month == 0 || anchor == 0 {
		return resolved{}, false
	}
	c := m.inMonth(before.mention.from)
	year, ok := next(c.from, anchor, 30)
	if !ok {
		return resolved{}, false
	}
	r := f.build(c, yearIs(year, graph.BasisConverted, sureRelative, ""))
	return r, r.date != edtf.Unknown
}

// baseYear returns the year that 今年 or 去年 means: counted from the year of the entry, not of the issue.
func (f *finder) baseYear(word yearWord, event graph.EventDate, before *resolved) (year int, ok bool) {
	year, month, _ := event.EDTF.Start().Date()
	if month == 0 {
		w, told := f.head.singleYear()
		switch {
		case told:
			year = w.year
		case f.contentYear() != 0:
			year = f.contentYear()
		case word == sameYear && f.at.Previous.Start() != 0:
			year, _, _ = f.at.Previous.Start().Date()
		default:
			return 0, false
		}
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
	if before.date.Start() == 0 || b.line != m.line {
		return false
	}
	if b.from.reign != 0 && m.from.calendar == lunisolar {
		return m.first-b.last <= reach // 康熙三十二年六月大水。八月又大水
	}
	return b.first >= start && m.first-b.last <= near && (b.from.hasYear || b.from.word != noWord) && b.from.month != 0
}

// decisive returns the part of a mention that must lie before the issue: the start of an event that may
// go on, but the end of a period that is counted up (1—11月, 一季度).
func (m *mention) decisive() written {
	switch {
	case m.from.day == 0 && m.shape == ranged && !m.to.before(m.from):
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

// explicitYear is the year that the words tell, as far as n had to be asked.
func explicitYear(m *mention, n leaning) choice {
	year := m.from.year
	if !m.from.hasYear {
		year = m.to.year
		if m.to.before(m.from) {
			year--
		}
	}
	reason := n.why
	if reason == "" {
		reason = "原文写明年份"
	}
	return yearIs(year, graph.BasisExplicit, sureExplicit, "%s", reason)
}

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
	for _, w := range c.all() {
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

// words returns the mention as it stands in the text.
func (f *finder) words(m *mention) string { return m.shown.words() }

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
