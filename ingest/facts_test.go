package ingest_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"fangzhi/graph"
	"fangzhi/graph/memstore"
	"fangzhi/loader/reading"
)

// The graph keeps what an article cites and counts as it was read, without the names of the rules.
func TestDocumentsAndFiguresAreKept(t *testing.T) {
	doc := article("区政府印发《防汛预案》，发放1600余份。")
	documents := []graph.CitedDocument{{
		Title: "防汛预案", ShortTitle: "预案", Number: "云政〔2022〕3号",
		Evidence: []graph.Evidence{{Field: graph.FieldBody, Start: 5, End: 11, Text: "《防汛预案》"}},
	}}
	figures := []graph.Figure{{
		Value: 1600, Qualifier: graph.FigureAbout, Unit: "份", Subject: "预案", Text: "1600余份",
		Evidence: []graph.Evidence{{Field: graph.FieldBody, Start: 14, End: 20, Text: "1600余份"}},
	}}
	e := &doc.Events[0]
	e.Documents = []reading.CitedDocument{{CitedDocument: documents[0], Rule: "kind"}}
	e.Figures = []reading.Figure{{Figure: figures[0], Rule: "quantity"}}
	store := memstore.New()
	if _, err := ingester(store).Load(t.Context(), doc, graph.LoadOptions{}); err != nil {
		t.Fatal(err)
	}
	r, err := store.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if err := graph.Check(t.Context(), r); err != nil {
		t.Error(err)
	}
	n := 0
	err = r.Each(t.Context(), graph.Filter{}, func(e *graph.Event) error {
		n++
		if diff := cmp.Diff(documents, e.Documents); diff != "" {
			t.Errorf("documents mismatch (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff(figures, e.Figures); diff != "" {
			t.Errorf("figures mismatch (-want +got):\n%s", diff)
		}
		return nil
	})
	if err != nil || n != 1 {
		t.Errorf("%d events, %v; want one", n, err)
	}
}
