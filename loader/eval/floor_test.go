package eval_test

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"testing"

	"fangzhi/loader/eval"
)

// What the reader is held to. A floor is a promise to whoever loads the next county's chronicle, and lies below what was
// measured: it falls only by a decision, and rises when the reader has become better on texts that nobody wrote it for.
var (
	everyIssue = map[string]float64{"events": 1, "title": 1, "section": 1, "page": 1, "evidence": 1}

	sourceFloors = map[string]float64{
		"dates": 25.0 / 26, "officials_name": 0.90, "officials_presence": 0.97,
		"departments_name": 0.60, "locations_name": 0.60, "evidence_given": 0.98,
		"documents": 0.9, "documents_number": 1, "figures": 0.9,
	}
	sampleFloors = map[string]float64{
		"dates": 0.95, "officials_name": 0.88, "officials_presence": 0.95, "officials_role": 0.85,
		"departments_name": 0.78, "departments_role": 0.85, "locations_name": 0.60,
		"figures": 0.95,
	}
)

func TestSamplesStayAboveTheirFloors(t *testing.T) {
	for _, is := range sampleIssues(t) {
		t.Run(is.name, func(t *testing.T) { mustReach(t, is, sampleFloors) })
	}
}

// dialectFloors are those of the documents of other dialects (samples/dialects), by what their names begin with.
var dialectFloors = map[string]map[string]float64{
	"annals":    {"dates": 0.98, "officials_name": 0.85, "departments_name": 0.75, "locations_name": 0.35, "figures": 0.95},
	"chronicle": {"dates": 0.98, "officials_name": 0.97, "officials_role": 0.95, "officials_presence": 0.97, "departments_name": 0.78, "locations_name": 0.85, "documents": 1, "figures": 0.95},
	"monthly":   {"dates": 1, "officials_name": 0.95, "officials_role": 0.95, "departments_name": 0.85, "locations_name": 0.85, "documents": 1, "figures": 0.95},
	"yearbook":  {"dates": 1, "officials_name": 0.97, "officials_role": 0.97, "departments_name": 0.90, "locations_name": 0.85, "documents": 1, "figures": 0.95},
}

func TestOtherDialectsStayAboveTheirFloors(t *testing.T) {
	for _, is := range dialectIssues(t) {
		kind, _, _ := strings.Cut(is.name, "-")
		t.Run(is.name, func(t *testing.T) { mustReach(t, is, dialectFloors[kind]) })
	}
}

func TestSourceIssueStaysAboveItsFloors(t *testing.T) {
	mustReach(t, sourceIssue(t), sourceFloors)
}

func mustReach(t *testing.T, is issue, floors map[string]float64) {
	t.Helper()
	result, _ := mustMeasure(t, is)
	t.Logf("%s\n%s", is.name, result.Table())
	all := maps.Clone(everyIssue)
	maps.Copy(all, floors)
	var wanted []eval.Floor
	for name, least := range all {
		wanted = append(wanted, eval.Floor{Figure: name, Least: least})
	}
	slices.SortFunc(wanted, func(a, b eval.Floor) int { return cmp.Compare(a.Figure, b.Figure) })
	for _, low := range result.Below(wanted) {
		t.Errorf("%v; what is missing:", low)
		for _, m := range result.Misses {
			if m.Figure == low.Figure {
				t.Logf("%s:%d: %s: %s %s", is.name, m.Line, m.Event, m.What, m.Thing)
			}
		}
	}
}
