package dates

import (
	"fmt"

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

// limit is the last day that the document can report on, none where nothing is known of its publication.
func (at *Context) limit() (day edtf.Day) {
	switch {
	case at.Issued != 0:
		return at.Issued
	case at.Year != 0 && at.Month != 0:
		day, _ = edtf.NewDay(at.Year, at.Month, edtf.DaysIn(at.Year, at.Month))
	case at.Year != 0:
		day, _ = edtf.NewDay(at.Year, 12, 31)
	}
	return day
}

// limitName is what limit is called.
func (at *Context) limitName() string {
	switch {
	case at.Issued != 0:
		y, m, d := at.Issued.Date()
		return fmt.Sprintf("出刊日%d年%d月%d日", y, m, d)
	case at.Month != 0:
		return fmt.Sprintf("刊头的%d年%d月", at.Year, at.Month)
	}
	return fmt.Sprintf("刊头的%d年", at.Year)
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
	year, month, _ := f.coverage().Start().Date()
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
	limit := f.limit
	switch {
	case w.hasYear || c.to.hasYear:
		r = f.build(c, explicitYear(c, n))
		r.headYear = n.year
		if limit != 0 && r.date.Start() > limit && m.line.Text == f.text {
			if m.future() {
				return resolved{}, false
			}
			f.warn(m, WarnAfterIssue, fmt.Sprintf("“%s”晚于%s，请核对年份", f.words(m), f.at.limitName()))
			r.confidence /= 2
			r.reason += "；晚于" + f.at.limitName()
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
