package fold

import (
	"strings"
	"testing"
)

// The table is built at most once in a process, and nobody waits for it.
func BenchmarkBuild(b *testing.B) {
	for b.Loop() {
		build()
	}
}

// Two forms that are listed against each other must have the same length, or build would mix them up.
func TestFormsPairUp(t *testing.T) {
	for _, f := range forms {
		if from, to := []rune(f.from), []rune(f.to); len(from) != len(to) {
			t.Errorf("%q and %q: %d and %d code points", f.from, f.to, len(from), len(to))
		}
	}
	all := strings.Join(signs, "")
	for _, r := range all {
		if strings.Count(all, string(r)) > 1 {
			t.Errorf("%q stands in two classes of signs", r)
		}
	}
}
