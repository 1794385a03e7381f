package ingest_test

import (
	"os"
	"path/filepath"
	"testing"

	"fangzhi/graph"
	"fangzhi/loader"
	"fangzhi/samples"
)

// The text of each sample comes back from the embedded engine, which keeps of it what the bodies do not say.
func TestTextsOfTheSamplesComeBack(t *testing.T) {
	files := samples.Files()
	names, err := filepath.Glob("../samples/dialects/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, samples.File{Name: filepath.Base(name), Text: text})
	}
	s := newBadger(t)
	defer func() { _ = s.Close() }()
	in := ingester(s)
	want := map[graph.ID]string{}
	for _, f := range files {
		documents, err := loader.Read(f.Name, f.Text, loader.Options{})
		if err != nil {
			t.Fatal(err)
		}
		for i := range documents {
			report, err := in.Load(t.Context(), &documents[i], graph.LoadOptions{})
			if err != nil {
				t.Fatal(err)
			}
			want[report.Issue.ID] = documents[i].Text
		}
	}
	if len(want) != 8 {
		t.Errorf("%d issues, want 8", len(want))
	}
	r, err := s.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	for id, text := range want {
		if d, err := r.Document(t.Context(), id); err != nil || d.Text != text {
			t.Errorf("the text of %s is not what was read (%v)", id, err)
		}
	}
}
