package ingest_test

import (
	"testing"

	"fangzhi/graph"
	"fangzhi/loader"
	"fangzhi/samples"
)

// A load of an issue of about 30 articles beside two others, and its removal, in the embedded engine in memory.
func BenchmarkLoadAndRemove(b *testing.B) {
	s := newBadger(b)
	defer func() { _ = s.Close() }()
	in := ingester(s)
	var last graph.ID
	for i, f := range samples.Files() {
		documents, err := loader.Read(f.Name, f.Text, loader.Options{})
		if err != nil {
			b.Fatal(err)
		}
		if i < 2 {
			mustIngest(b, s, &documents[0])
			continue
		}
		for b.Loop() {
			report, err := in.Load(b.Context(), &documents[0], graph.LoadOptions{})
			if err != nil {
				b.Fatal(err)
			}
			last = report.Issue.ID
			if _, err := in.Remove(b.Context(), last); err != nil {
				b.Fatal(err)
			}
		}
	}
}
