package eval

import (
	"slices"
	"strings"

	"fangzhi/edtf"
)

// date checks the date of a found event. Its first and last day must be those of the date that was chosen where that is
// one the gold accepts, else those of any that it accepts.
func (m *meter) date(g, p *event) {
	want, got := g.Date, p.Date
	type span struct{ edtf, start, end string }
	accepted := []span{{want.EDTF, want.Start, want.End}}
	for _, alt := range g.DateAlt {
		d, _ := edtf.Parse(alt) // what is no date has no bounds
		accepted = append(accepted, span{alt, d.Start().String(), d.End().String()})
	}
	chosen := slices.IndexFunc(accepted, func(s span) bool { return s.edtf == got.EDTF })
	m.check("dates", chosen >= 0, "", got.EDTF, want.EDTF)
	if chosen >= 0 {
		accepted = accepted[chosen : chosen+1]
	}
	m.check("date_start", slices.ContainsFunc(accepted, func(s span) bool { return s.start == got.Start }), "", got.Start, accepted[0].start)
	m.check("date_end", slices.ContainsFunc(accepted, func(s span) bool { return s.end == got.End }), "", got.End, accepted[0].end)
	m.check("date_precision", oneOf(got.Precision, want.Precision, g.PrecisionAlt), "", got.Precision, want.Precision)
	m.check("date_basis", oneOf(got.Basis, want.Basis, g.BasisAlt), "", got.Basis, want.Basis)
}

// oneOf tells whether got is what is wanted or one of what is also right.
func oneOf(got, want string, also []string) bool {
	return got == want || slices.Contains(also, got)
}

// fits tells how well a date fits: 2 the same, 1 one that is also right, 0 not.
func (o otherDate) fits(got string) int {
	switch {
	case o.EDTF == got:
		return 2
	case slices.Contains(o.EDTFAlt, got):
		return 1
	}
	return 0
}

// otherDates counts the dates besides the event's own. One that the chosen own date already says, as an end of its
// span or as the whole, is not missed.
func (m *meter) otherDates(g, p *event) {
	var said []string
	if chosen := p.Date.EDTF; slices.Contains(g.DateAlt, chosen) {
		for _, s := range append(strings.SplitN(chosen, "/", 2), chosen) {
			if s != "" && s != ".." {
				said = append(said, s)
			}
		}
	}
	var want []otherDate
	for _, o := range g.OtherDates {
		found := slices.ContainsFunc(p.OtherDates, func(q otherDate) bool { return o.fits(q.EDTF) > 0 })
		if found || !slices.ContainsFunc(said, func(s string) bool { return o.fits(s) > 0 }) {
			want = append(want, o)
		}
	}
	compare(m, comparison[otherDate]{
		figure: "other_dates", gold: want, predicted: p.OtherDates, optional: g.OtherDatesOptional,
		alike: func(o, q otherDate) int { return o.fits(q.EDTF) },
		forgiven: func(o, q otherDate) bool {
			a, b := key(o.Text), key(q.Text)
			return o.fits(q.EDTF) > 0 || a != "" && b != "" && (strings.Contains(a, b) || strings.Contains(b, a))
		},
		show: func(o otherDate) string { return o.EDTF + " [" + o.Text + "]" },
	})
}
