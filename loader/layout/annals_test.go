package layout_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fangzhi/internal/golden"
)

// TestAnnals reads every text of testdata/annals and compares the issues with the file beside it.
func TestAnnals(t *testing.T) {
	files, err := filepath.Glob("testdata/annals/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no texts: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			issues := mustRead(t, string(text))
			for i := range issues {
				issues[i].Text = ""
			}
			var b bytes.Buffer
			e := json.NewEncoder(&b)
			e.SetEscapeHTML(false)
			e.SetIndent("", " ")
			if err := e.Encode(issues); err != nil {
				t.Fatal(err)
			}
			golden.Compare(t, strings.TrimSuffix(file, ".txt")+".json", b.Bytes())
		})
	}
}
