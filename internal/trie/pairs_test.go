package trie_test

import (
	"testing"

	"pgregory.net/rapid"

	"fangzhi/internal/trie"
)

// TestPairs: what was added may be there, and of the rest most is not.
func TestPairs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var set trie.Pairs
		pair := rapid.Custom(func(t *rapid.T) [2]rune {
			han := rapid.Int32Range(0x4E00, 0x9FFF)
			return [2]rune{han.Draw(t, "a"), han.Draw(t, "b")}
		})
		for _, p := range rapid.SliceOfN(pair, 0, 500).Draw(t, "pairs") {
			set.Add(p[0], p[1])
			if !set.May(p[0], p[1]) {
				t.Fatalf("May(%q, %q) = false after Add", p[0], p[1])
			}
		}
		wrong := 0
		for a := rune(0x4E00); a < 0x4E00+1000; a += 10 {
			for b := rune(0x4E00); b < 0x4E00+1000; b += 10 {
				if set.May(a, b) {
					wrong++
				}
			}
		}
		if wrong > 1000 {
			t.Fatalf("%d of 10000 pairs may be among 500", wrong)
		}
	})
}
