package eval

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// unmarked drops the marks that stand around a title in print.
var unmarked = strings.NewReplacer("《", "", "》", "", "〈", "", "〉", "")

func (c citation) titles() set {
	s := newSet(unmarked.Replace(c.Title))
	for _, t := range c.TitleAlt {
		s.add(unmarked.Replace(t))
	}
	return s
}

// fits tells how well d is the document c: 2 by its title, 1 by its number alone, 0 not.
func (c citation) fits(d citation) int {
	switch {
	case c.titles().common(d.titles()) > 0:
		return 2
	case c.Number != "" && key(c.Number) == key(d.Number):
		return 1
	}
	return 0
}

// citations counts the documents that the text cites, and checks the numbers of those found where either side has one.
func (m *meter) citations(g, p *event) {
	for _, pair := range compare(m, comparison[citation]{
		figure: "documents", gold: g.Documents, predicted: p.Documents, optional: g.DocumentsOptional,
		alike: citation.fits,
		show:  func(c citation) string { return "《" + unmarked.Replace(c.Title) + "》" + c.Number },
	}) {
		if want, got := pair[0], pair[1]; want.Number != "" || got.Number != "" {
			m.check("documents_number", key(want.Number) == key(got.Number), want.Title, got.Number, want.Number)
		}
	}
}

// same tells whether r has q's value, but for rounding, and its unit or another right one.
func (q quantity) same(r quantity) bool {
	x, errX := strconv.ParseFloat(string(q.Value), 64)
	y, errY := strconv.ParseFloat(string(r.Value), 64)
	if errX != nil || errY != nil {
		return false
	}
	units := newSet(q.Unit).add(q.UnitAlt...)
	return math.Abs(x-y) <= 1e-9*max(1, math.Abs(x)) && (units.has(r.Unit) || len(units) == 0 && key(r.Unit) == "")
}

// quantities counts the figures that the text gives, a value and its unit once an event.
func (m *meter) quantities(g, p *event) {
	var once []quantity
	for _, q := range p.Figures {
		if !slices.ContainsFunc(once, func(o quantity) bool { return o.same(q) }) {
			once = append(once, q)
		}
	}
	compare(m, comparison[quantity]{
		figure: "figures", gold: g.Figures, predicted: once, optional: g.FiguresOptional,
		alike: func(a, b quantity) int {
			if a.same(b) {
				return 1
			}
			return 0
		},
		show: func(q quantity) string { return fmt.Sprintf("%s %s [%s]", q.Value, q.Unit, q.Text) },
	})
}
