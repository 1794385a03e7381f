package eval

import (
	"cmp"
	"fmt"
	"slices"
)

// statement is one thing that a reading says of an event, with its evidence.
type statement struct {
	subject, what string
	evidence      []evidence
	silent        bool // says nothing, and so owes no evidence
}

func (e event) statements() []statement {
	all := []statement{{"date", e.Date.Text, e.Date.Evidence, e.Date.Text == ""}}
	for _, d := range e.OtherDates {
		all = append(all, statement{subject: "otherDates", what: cmp.Or(d.Text, d.EDTF), evidence: d.Evidence})
	}
	for _, o := range e.Officials {
		all = append(all, statement{subject: "officials", what: o.Name, evidence: o.Evidence})
	}
	for _, d := range e.Departments {
		all = append(all, statement{subject: "departments", what: d.Name, evidence: d.Evidence})
	}
	for _, l := range e.Locations {
		all = append(all, statement{subject: "locations", what: l.Name, evidence: l.Evidence})
	}
	for _, c := range e.Documents {
		all = append(all, statement{subject: "documents", what: c.Title, evidence: c.Evidence})
	}
	for _, q := range e.Figures {
		all = append(all, statement{subject: "figures", what: q.Text, evidence: q.Evidence})
	}
	return all
}

func (e event) hasEvidence() bool {
	return slices.ContainsFunc(e.statements(), func(s statement) bool { return len(s.evidence) > 0 })
}

// evidence checks whether what is said of an event has evidence, and whether each piece reproduces its field of the
// reading: that is no matter of the gold, so invented events are asked too.
func (m *meter) evidence(p *event) {
	if !m.evident {
		return
	}
	fields := map[string][]rune{
		"TITLE":   []rune(cmp.Or(p.PrintedTitle, p.Title)),
		"HEADING": []rune(p.Heading),
		"BODY":    []rune(p.Body),
	}
	for _, s := range p.statements() {
		if !s.silent {
			m.check("evidence_given", len(s.evidence) > 0, s.subject, "", s.what)
		}
		for _, v := range s.evidence {
			got, good := v.quote(fields)
			m.check("evidence", good, s.subject, fmt.Sprintf("%q", got), fmt.Sprintf("%q", v.Text))
		}
	}
}

// quote returns what stands in the field where the evidence points, and whether that is what it says.
func (v evidence) quote(fields map[string][]rune) (string, bool) {
	field, known := fields[cmp.Or(v.Field, "BODY")]
	if !known || v.Start == nil || v.End == nil || *v.Start < 0 || *v.Start >= *v.End || *v.End > len(field) {
		return "", false
	}
	got := string(field[*v.Start:*v.End])
	return got, got == v.Text
}
