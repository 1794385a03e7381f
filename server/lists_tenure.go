package server

import (
	"fangzhi/edtf"
	"fangzhi/graph"
)

// addTenure fills the tables of posts held.
func (t *typeTables) addTenure() {
	t.tenure.columns = map[string]column[graph.Tenure]{
		"official":      kindred((*lookup).officialPool, func(t *graph.Tenure) graph.ID { return t.OfficialID }, &t.official, mustBe),
		"department":    kindred((*lookup).postPool, func(t *graph.Tenure) graph.ID { return t.DepartmentID }, &t.department, mayBe),
		"title":         text(func(t *graph.Tenure) string { return t.Title }),
		"firstAttested": optExtended(func(t *graph.Tenure) edtf.Date { return t.FirstAttested }),
		"lastAttested":  optExtended(func(t *graph.Tenure) edtf.Date { return t.LastAttested }),
		"statedFrom":    optExtended(func(t *graph.Tenure) edtf.Date { return t.StatedFrom }),
		"statedTo":      optExtended(func(t *graph.Tenure) edtf.Date { return t.StatedTo }),
		"observations":  integer((*graph.Tenure).Observations),
	}
	t.attestation.columns = map[string]column[graph.Attestation]{
		"kind":     text(func(a *graph.Attestation) graph.AttestationKind { return a.Kind }),
		"event":    within(func(a *graph.Attestation) *graph.Event { return a.Event }, &t.event),
		"text":     text(func(a *graph.Attestation) string { return a.Text }),
		"evidence": list(func(a *graph.Attestation) []graph.Evidence { return a.Evidence }, &t.evidence),
	}
}
