package dates

import (
	"fangzhi/edtf"
	"fangzhi/graph"
)

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
