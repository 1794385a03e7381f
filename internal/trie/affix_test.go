package trie_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"fangzhi/internal/trie"
)

// TestAffixes: HasPrefix and HasSuffix answer as their namesakes of package strings do, with code points of one to four bytes.
func TestAffixes(t *testing.T) {
	draw := func(t *rapid.T, name string, most int) string {
		return rapid.StringOfN(rapid.SampledFrom([]rune("区委·éa𠮷\uFFFD")), 0, most, -1).Draw(t, name)
	}
	rapid.Check(t, func(t *rapid.T) {
		a, b, w := draw(t, "before", 3), draw(t, "after", 3), draw(t, "word", 4)
		for _, s := range []string{w + a, a + w, a + b} {
			if got, want := trie.HasPrefix([]rune(s), w), strings.HasPrefix(s, w); got != want {
				t.Fatalf("HasPrefix(%q, %q) = %v, want %v", s, w, got, want)
			}
			if got, want := trie.HasSuffix([]rune(s), w), strings.HasSuffix(s, w); got != want {
				t.Fatalf("HasSuffix(%q, %q) = %v, want %v", s, w, got, want)
			}
		}
	})
}
