package bulk

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"weak"
)

// Of blocks that were used their texts are kept for others, and nothing that was made of them.
func TestUsedBlocksKeepNoLines(t *testing.T) {
	var file strings.Builder
	for i := range 10 {
		fmt.Fprintf(&file, "no line %d\n", i)
	}
	r := &run{file: strings.NewReader(file.String()), workers: 1}
	var lines []weak.Pointer[line]
	err := r.eachLine(t.Context(), []stretch{wholeFile}, func(l *line) error {
		lines = append(lines, weak.Make(l))
		return nil
	})
	if err != nil || len(lines) != 10 {
		t.Fatalf("%d lines, %v", len(lines), err)
	}
	runtime.GC() // what a pool holds outlives it
	for i, l := range lines {
		if l.Value() != nil {
			t.Fatalf("line %d is kept", i+1)
		}
	}
}
