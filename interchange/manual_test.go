package interchange_test

import (
	"os"
	"strings"
	"testing"

	"fangzhi/interchange"
)

// The lines that the manual shows are lines.
func TestManual(t *testing.T) {
	text, err := os.ReadFile("../docs/interchange.md")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for block := range strings.SplitSeq(string(text), "\n\n") {
		if !strings.HasPrefix(block, "    {") {
			continue
		}
		n++
		if _, err := interchange.NewParser().Parse([]byte(strings.ReplaceAll(block, "\n", " "))); err != nil {
			t.Errorf("%s\n%v", block, err)
		}
	}
	if n != 2 {
		t.Errorf("%d lines in the manual, want 2", n)
	}
}
