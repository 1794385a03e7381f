package reading_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fangzhi/graph"
	"fangzhi/loader/reading"
)

// sample is a document with one fact of each kind.
func sample() reading.Document {
	at := []graph.Evidence{{Field: graph.FieldBody, Start: 0, End: 1, Text: "甲"}}
	organ := reading.Organ{Name: "云河区教育局"}
	return reading.Document{Events: []reading.Event{{
		Title: "甲", Body: "甲乙", DateRule: "opens/day",
		OtherDates:  []reading.DateMention{{DateMention: graph.DateMention{Text: "甲", Evidence: at}, Rule: "year"}},
		Officials:   []reading.Official{{Name: "沈知秋", Roles: []graph.OfficialRole{graph.RoleAttend}, Organ: &organ, Evidence: at, Rule: "listed"}},
		Departments: []reading.Department{{Organ: organ, Text: "甲", Evidence: at, Rule: "table"}},
		Locations:   []reading.Location{{Text: "甲", Evidence: at}},
		Documents:   []reading.CitedDocument{{CitedDocument: graph.CitedDocument{Number: "云发〔2021〕1号", Evidence: at}, Rule: "number-alone"}},
		Figures:     []reading.Figure{{Figure: graph.Figure{Value: 1.5, Qualifier: graph.FigureAbout, Unit: "万元", Text: "甲", Evidence: at}, Rule: "quantity"}},
	}, {}}}
}

// Explained prints what Document prints, with a rule in each fact and nothing else.
func TestExplainedAddsRulesAlone(t *testing.T) {
	plain, explained := printed(t, sample()), printed(t, reading.Explained{Document: sample()})
	var rules []any
	for k, fact := range facts(explained) {
		rule, ok := fact["rule"]
		if !ok {
			t.Errorf("fact %d has no rule: %v", k, fact)
		}
		rules = append(rules, rule)
		delete(fact, "rule")
	}
	if diff := cmp.Diff([]any{"opens/day", "year", "listed", "table", nil, "number-alone", "quantity", nil}, rules); diff != "" {
		t.Errorf("rules mismatch (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(plain, explained); diff != "" {
		t.Errorf("without the rules the two differ (-plain +explained):\n%s", diff)
	}
}

// Lists are arrays, also where the text says nothing, and what it does not say is null.
func TestDocumentsAndFiguresArePrinted(t *testing.T) {
	events := printed(t, sample())["events"].([]any)
	evidence := []any{map[string]any{"field": "BODY", "start": 0.0, "end": 1.0, "text": "甲"}}
	first, second := events[0].(map[string]any), events[1].(map[string]any)
	if diff := cmp.Diff([]any{map[string]any{"title": nil, "shortTitle": nil, "number": "云发〔2021〕1号", "evidence": evidence}}, first["documents"]); diff != "" {
		t.Errorf("documents mismatch (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]any{map[string]any{"value": 1.5, "qualifier": "ABOUT", "unit": "万元", "subject": nil, "text": "甲", "evidence": evidence}}, first["figures"]); diff != "" {
		t.Errorf("figures mismatch (-want +got):\n%s", diff)
	}
	for _, list := range []string{"documents", "figures"} {
		if diff := cmp.Diff([]any{}, second[list]); diff != "" {
			t.Errorf("%s of an event without any (-want +got):\n%s", list, diff)
		}
	}
}

// Print writes what encoding/json makes of the document, indented or not, with events or without.
func TestPrintIsMarshalJSON(t *testing.T) {
	tricky := sample()
	tricky.Issue.Publication, tricky.File = `"events":[] <&> "events": []`, "甲.txt"
	for name, d := range map[string]reading.Document{"sample": sample(), "no events": {}, "like the key": tricky} {
		for _, indent := range []bool{false, true} {
			for _, explain := range []bool{false, true} {
				var want, got bytes.Buffer
				encoder := json.NewEncoder(&want)
				encoder.SetEscapeHTML(false)
				if indent {
					encoder.SetIndent("", " ")
				}
				var document any = d
				if explain {
					document = reading.Explained{Document: d}
				}
				if err := encoder.Encode(document); err != nil {
					t.Fatal(err)
				}
				if err := d.Print(&got, slices.Values(d.Events), explain, indent); err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(want.String(), got.String()); diff != "" {
					t.Errorf("%s, indent %v, explain %v: mismatch (-json +Print):\n%s", name, indent, explain, diff)
				}
			}
		}
	}
}

func printed(t *testing.T, document any) map[string]any {
	t.Helper()
	b, err := json.Marshal(document)
	if err != nil {
		t.Fatal(err)
	}
	var v map[string]any
	if err := json.Unmarshal(b, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

// facts returns the facts of all events in the order of print.
func facts(document map[string]any) []map[string]any {
	var all []map[string]any
	for _, e := range document["events"].([]any) {
		e := e.(map[string]any)
		all = append(all, e["date"].(map[string]any))
		for _, list := range []string{"otherDates", "officials", "departments", "locations", "documents", "figures"} {
			for _, fact := range e[list].([]any) {
				all = append(all, fact.(map[string]any))
			}
		}
	}
	return all
}
