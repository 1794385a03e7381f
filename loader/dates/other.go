package dates

import (
	"fangzhi/edtf"
	"fangzhi/graph"
)

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
