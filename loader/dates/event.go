package dates

import (
	"math"
	"slices"

	"fangzhi/edtf"
	"fangzhi/graph"
)

// event decides which date is the event's, and keeps it in f.own.
func (f *finder) event() graph.EventDate {
	if d, ok := f.opensWithWord(anchoredWords); ok {
		return d
	}
	for _, p := range places {
		for _, m := range f.text.mentions {
			if m.line.paragraph > f.text.opening && p.name != "only-day" {
				break
			}
			if !f.canDate(m) || !p.holds(f, m) {
				continue
			}
			r, ok := f.resolveEvent(m)
			if !ok || r.date == edtf.Unknown || m.first > 0 && f.tooOld(m, r) || !f.fitsHeading(m, r) {
				continue
			}
			f.own, f.ownDate, f.rule = m, r, p.name+"/"+m.form
			if p.reason != "" {
				r.reason = p.reason + "；" + r.reason
			}
			return f.dateOf(r, m, p.confidence)
		}
	}
	if d, ok := f.byHeadingAlone(); ok {
		return d
	}
	if d, ok := f.opensWithWord(recentWords); ok {
		return d
	}
	if d, ok := f.opensWithPeriod(); ok {
		return d
	}
	if year := f.contentYear(); year != 0 {
		if d, ok := f.opensAtEndOf(year); ok {
			return d
		}
		f.rule = "content-year"
		return graph.EventDate{EDTF: edtf.OfYear(year), Basis: graph.BasisYearInferred, Confidence: sureContent,
			Reason: "本条没有日期；" + contentReason(year)}
	}
	return graph.EventDate{Basis: graph.BasisNone, Reason: f.whyUnknown()}
}

// dateOf is a date that words of the body, and of the heading where it leans on them, tell.
func (f *finder) dateOf(r resolved, m *mention, confidence float64) graph.EventDate {
	var evidence []graph.Evidence
	for _, s := range append(f.head.spans(r.headYear, r.headMonth, false), m.shown) {
		evidence = append(evidence, s.evidence())
	}
	return graph.EventDate{
		EDTF: r.date, Text: m.shown.words(), Basis: r.basis, Reason: r.reason,
		Confidence: round(r.confidence * confidence), Evidence: evidence,
	}
}

// opensWithPeriod dates an article that tells no other time by the period that it opens with: 嘉庆年间, 20世纪50年代.
func (f *finder) opensWithPeriod() (graph.EventDate, bool) {
	if len(f.text.mentions) != 1 {
		return graph.EventDate{}, false
	}
	m := f.text.mentions[0]
	if m.fixed == edtf.Unknown || m.form == formPlan || m.line.paragraph != f.text.opening || m.first != m.line.lead || m.signs.since || m.signs.asOf || m.signs.about {
		return graph.EventDate{}, false
	}
	r := resolved{mention: m, date: m.fixed, basis: graph.BasisExplicit, confidence: sureVotes, reason: "原文只写“" + m.shown.words() + "”"}
	if m.form == formReign {
		r.basis = graph.BasisConverted
	}
	f.own, f.ownDate, f.rule = m, r, "opens/"+m.form
	return f.dateOf(r, m, 1), true
}

// opensAtEndOf dates an article that tells how things stood at the end of the volume's year, 至2020年末全县有…, by the year.
func (f *finder) opensAtEndOf(year int) (graph.EventDate, bool) {
	if len(f.text.mentions) == 0 {
		return graph.EventDate{}, false
	}
	m := f.text.mentions[0]
	s := m.signs
	if m.line.paragraph != f.text.opening || m.sentence > 0 || !s.asOf && !s.until || !m.from.isEndOf(year) || m.shape != single || m.line.at[m.shown.start] > 3 {
		return graph.EventDate{}, false
	}
	r := resolved{mention: m, date: edtf.OfYear(year), basis: graph.BasisYearInferred, confidence: sureContent, reason: "截至年末的情况；" + contentReason(year)}
	f.own, f.ownDate, f.rule = m, r, "content-year/"+m.form
	return f.dateOf(r, m, 1), true
}

// isEndOf tells whether the end of a year is meant, or the year as a whole.
func (w written) isEndOf(year int) bool {
	if w.hasYear && w.year != year {
		return false
	}
	return w.month == 12 || w.month == 0 && (w.edge == late || w.hasYear && w.edge == whole)
}

func (f *finder) whyUnknown() string {
	l := f.text.lines[f.text.opening]
	for _, w := range append(slices.Clone(anchoredWords), recentWords...) {
		if l.has(l.lead, w.text) {
			return "正文只写“" + w.text + "”，所承的日期不明"
		}
	}
	if len(f.text.mentions) == 0 {
		return "正文没有写日期"
	}
	return "正文所写的日期都不是本条之事的日期（统计时段、起止、计划、引述或年份）"
}

// canDate tells whether a date can be an event's at all.
func (f *finder) canDate(m *mention) bool {
	s := m.signs
	switch {
	case m.fixed != edtf.Unknown, s.asOf, s.until, s.deadline, s.about, s.speech:
		return false
	case m.weak && !f.supports(m):
		return false
	case m.bareMonth():
		return m.line.rune(m.last) == ',' || s.since || m.first == m.line.lead && (!m.statistical() || f.yearAbove())
	case m.form == formMonth && m.shape == ranged, m.form == formQuarter:
		return !m.statistical() || f.yearAbove() && m.first == m.line.lead
	}
	return true
}

// supports tells whether the lines above, or the volume, make a date of what is none alone: 二十二年, 六月, 春, 月底.
func (f *finder) supports(m *mention) bool {
	w := m.from
	if w.ordinal != 0 || w.cycleYear != 0 {
		return true // see lean
	}
	if !w.hasMonth() && (w.day != 0 || w.cycle != 0 || w.edge.ofMonth()) {
		return f.head.month != nil && f.head.month.from.hasMonth()
	}
	return f.yearAbove()
}

// yearAbove tells whether the lines above or the volume name the year that the article is about.
func (f *finder) yearAbove() bool { return f.head.year != nil || f.contentYear() != 0 }

// contentYear returns the year that a yearbook is about, 0 for none.
func (f *finder) contentYear() int {
	if f.head.content != 0 {
		return f.head.content
	}
	return f.at.ContentYear
}

// inOpening tells whether the date stands in the paragraph that the event is told in, in one of its
// first sentences, counted from 0.
func (f *finder) inOpening(m *mention, lastSentence int) bool {
	return m.line.paragraph == f.text.opening && m.sentence <= lastSentence
}

// bareMonth tells whether nothing but 12月 is written.
func (m *mention) bareMonth() bool {
	return m.form == formMonth && m.shape == single && !m.from.hasYear && m.from.word == noWord && m.from.edge == whole
}

func round(confidence float64) float64 { return math.Round(max(confidence, 0)*100) / 100 }
