package dates

import (
	"math"
	"slices"

	"fangzhi/edtf"
	"fangzhi/graph"
)

// A place is where a date stands that can be the event's. genre.md §2.3.
type place struct {
	name       string
	confidence float64
	reason     string // "" where the date opens the article
	holds      func(*finder, *mention) bool
}

// places in the order in which they are looked at: the first that holds a date gives the event's.
var places = []place{
	{"opens-month", 0.8, "句首只写月份", (*finder).opensMonth},
	{"opens", 1, "", (*finder).opens},
	{"opens-year", 0.9, "句首写明年份", (*finder).opensYear},
	{"first-sentences", 0.9, "首段所述之事的日期", (*finder).inFirstSentences},
	{"opens-span", 0.75, "首段没有某日，只写了起始", (*finder).opensSpan},
	{"only-day", 0.6, "首段没有日期，取正文惟一写明的日子", (*finder).onlyDay},
	{"only-year", 0.4, "正文只写了年份", (*finder).onlyYear},
}

// eventVerbs govern the date of an event.
var eventVerbs = words("召开", "举行", "举办", "开展", "组织", "莅临", "走进", "深入", "调研", "检查", "督导", "督查", "视察", "考察", "慰问", "看望", "走访", "揭牌", "开班",
	"启动", "竣工", "开工", "签约", "签订", "成立", "挂牌", "印发", "下发", "发布", "通过", "荣获", "获", "授予", "表彰", "参加", "出席", "主持", "会见", "座谈", "培训", "宣讲",
	"演练", "投入使用", "建成", "开业", "开馆", "开幕", "闭幕", "落成", "奠基", "到", "赴", "来", "集中", "宣传", "捐赠", "发放", "验收", "审议", "任命", "当选", "开始", "进行")

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
			if !ok || m.first > 0 && f.tooOld(m, r) || !f.fitsHeading(m, r) {
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

// fitsHeading tells whether a date of the body agrees with the lines above. A date that opens the article may correct them;
// any other must lie within the month or the year that they name, and a day above leaves no room for it.
func (f *finder) fitsHeading(m *mention, r resolved) bool {
	if m.first <= m.line.lead+2 && m.line.paragraph == f.text.opening { // 自 may stand before
		return true
	}
	if f.head.day != nil {
		return false
	}
	span, ok := f.headingDate()
	if !ok || span.date.Start() == 0 || span.date.End() == 0 {
		return true
	}
	return r.date.Start() >= span.date.Start() && r.date.Start() <= span.date.End()
}

// headingDate is what the lines above say alone, without what the body adds. ok is false where they say nothing.
func (f *finder) headingDate() (r resolved, ok bool) {
	if f.headDone {
		return f.headDate, f.headOK
	}
	f.headDone = true
	in := f.head.innermost()
	if in == nil {
		return r, false
	}
	if in.fixed != edtf.Unknown {
		r = resolved{mention: in, date: in.fixed, basis: graph.BasisExplicit, confidence: sureHeading, reason: "标题“" + in.shown.words() + "”"}
		if in.form == formReign {
			r.basis = graph.BasisConverted
		}
		f.headDate, f.headOK = r, true
		return r, true
	}
	m := f.completed(in, f.head.month)
	f.headDate, f.headOK = f.resolveLeant(m)
	return f.headDate, f.headOK
}

// completed returns a copy of a heading's mention with the month above it and, through the year above, all that a body's
// mention would take from there.
func (f *finder) completed(m, month *mention) *mention {
	c := *m
	if month != nil && month != m && !c.from.hasMonth() && (c.from.day != 0 || c.from.cycle != 0 || c.from.edge.ofMonth()) {
		return c.inMonth(month.from)
	}
	return &c
}

// byHeadingAlone dates an article by the lines above it alone.
func (f *finder) byHeadingAlone() (graph.EventDate, bool) {
	r, ok := f.headingDate()
	if !ok || f.later || r.date == edtf.Unknown || r.basis == graph.BasisNone && r.date.Start() == 0 {
		return graph.EventDate{}, false
	}
	in := f.head.innermost()
	words := in.shown.words()
	f.rule = "heading/" + in.form
	reason := "取自标题“" + words + "”；" + r.reason
	if f.at.Carried {
		f.rule = "carried/" + in.form
		r.basis, reason = graph.BasisRelative, "承前条“"+words+"”；"+r.reason
	}
	if f.head.word != nil {
		f.rule = "heading-word"
		words = f.head.word.words()
		r.basis, reason = graph.BasisRelative, "“"+words+"”；"+reason
	}
	var evidence []graph.Evidence
	for _, s := range f.head.spans(true, true, true) {
		evidence = append(evidence, s.evidence())
	}
	return graph.EventDate{EDTF: r.date, Text: words, Basis: r.basis, Reason: reason, Confidence: round(r.confidence * 0.95), Evidence: evidence}, true
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
	if m.line.paragraph != f.text.opening || m.sentence > 0 || !s.asOf && !s.until || m.from.year != year || m.shape != single || m.line.at[m.shown.start] > 3 {
		return graph.EventDate{}, false
	}
	r := resolved{mention: m, date: edtf.OfYear(year), basis: graph.BasisYearInferred, confidence: sureContent, reason: "截至年末的情况；" + contentReason(year)}
	f.own, f.ownDate, f.rule = m, r, "content-year/"+m.form
	return f.dateOf(r, m, 1), true
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

func (f *finder) opens(m *mention) bool {
	if !f.inOpening(m, 0) || !m.signs.clauseStart || m.signs.from || m.form == formYear {
		return false
	}
	if m.signs.since {
		return false
	}
	return !m.bareMonth() || m.line.rune(m.last) == ',' || m.first == m.line.lead && (f.yearAbove() && m.line.after(m.last, defines) == 0 || m.line.gap(m.last))
}

// defines follow a month that is spoken of: 6月为安全生产月.
var defines = words("为", "是", "的")

// opensMonth holds 12月 at the very start, 12月全区开展…, where the sentence names no day.
func (f *finder) opensMonth(m *mention) bool {
	if f.yearAbove() || !f.inOpening(m, 0) || m.first != m.line.lead || !m.bareMonth() || m.signs.since || !m.inSentence(eventVerbs) || m.line.after(m.last, defines) > 0 {
		return false
	}
	return !slices.ContainsFunc(f.text.mentions, func(o *mention) bool { return o.from.day > 0 && f.inOpening(o, 0) })
}

// opensYear holds a year that opens the entry of a chronicle: 1954年建场。1958年9月改名…. Where a day without a year follows and
// the document came out soon after it, the year only leads up to the day.
func (f *finder) opensYear(m *mention) bool {
	if m.form != formYear || !f.inOpening(m, 0) || m.first != m.line.lead || m.signs.since || m.signs.from {
		return false
	}
	if f.yearAbove() {
		return true
	}
	limit, _ := f.limit()
	if limit == 0 {
		return !m.statistical()
	}
	if year, _, _ := limit.Date(); !m.from.hasYear || m.from.year >= year-1 {
		return false // see onlyYear
	}
	return !m.statistical() && !slices.ContainsFunc(f.text.mentions, func(o *mention) bool { return o != m && o.from.day > 0 && !o.from.hasYear && f.inOpening(o, 1) })
}

func (f *finder) inFirstSentences(m *mention) bool {
	last := 1
	if f.contentYear() != 0 && f.head.year == nil {
		last = 0 // what else a yearbook's article tells happened in the year, but not as what it is about
	}
	if !f.inOpening(m, last) || m.weak || m.signs.since || m.signs.from || m.form == formYear || m.form == formQuarter || m.bareMonth() {
		return false
	}
	start, _ := m.line.sentence(m.first)
	return m.from.day > 0 && (m.first == start || m.tells()) || m.signs.clauseStart && m.inSentence(eventVerbs)
}

// reasons begin a clause that names what an event follows from: 为落实12月3日全市会议精神.
var reasons = words("为", "根据", "按照", "依据", "贯彻", "落实", "学习", "传达", "继")

// tells tells whether the date's own clause says what happened: 区委于12月8日召开会议.
func (m *mention) tells() bool {
	l := m.line
	start, end := l.clause(m.first)
	if l.contains(start, m.first, reasons) {
		return false
	}
	if l.rune(m.last) == ',' {
		_, end = l.sentence(m.first)
	}
	return l.contains(m.last, end, eventVerbs)
}

func (f *finder) opensSpan(m *mention) bool {
	return f.inOpening(m, 0) && m.signs.clauseStart && m.signs.since && (m.from.month != 0 && m.form != formYear || f.head.year != nil && m.first <= m.line.lead+1)
}

func (f *finder) onlyDay(m *mention) bool {
	return f.text.days == 1 && f.contentYear() == 0 && m.from.day > 0 && !m.weak && m.signs.clauseStart && !m.signs.since && !m.signs.from && m.inSentence(eventVerbs)
}

// onlyYear holds the year that opens the article, if it is the only one.
func (f *finder) onlyYear(m *mention) bool {
	return f.text.all == 1 && m.form == formYear && m.line.paragraph == f.text.opening && m.first == m.line.lead && !m.signs.since && !m.statistical()
}

// tooOld tells whether the date is history that the article looks back to: more than thirteen months
// before the document came out.
func (f *finder) tooOld(m *mention, r resolved) bool {
	limit, _ := f.limit()
	return limit != 0 && !f.yearAbove() && m.from.hasYear && r.date.End() != 0 && limit-r.date.End() > maxAge
}

func round(confidence float64) float64 { return math.Round(max(confidence, 0)*100) / 100 }
