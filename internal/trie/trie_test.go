package trie_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"fangzhi/internal/trie"
)

func word(t *rapid.T) string {
	return rapid.StringOfN(rapid.SampledFrom([]rune("区委书记长a𠮷")), 1, 5, -1).Draw(t, "word")
}

// TestTrieIsAMap: a trie answers as a plain map of its words does.
func TestTrieIsAMap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var tr trie.Trie
		want := map[string]int{}
		for i := range rapid.IntRange(0, 60).Draw(t, "words") {
			w := word(t)
			before, known := want[w]
			if !known {
				before = -1
			}
			if got := tr.Add(w, i); got != before {
				t.Fatalf("Add(%q) = %d, want %d", w, got, before)
			}
			want[w] = i
		}
		if tr.Len() != len(want) {
			t.Fatalf("Len() = %d, want %d", tr.Len(), len(want))
		}
		s := rapid.StringOfN(rapid.SampledFrom([]rune("区委书记长a𠮷x")), 0, 8, -1).Draw(t, "text")
		var all []trie.Match
		for n := 1; n <= len([]rune(s)); n++ {
			if v, ok := want[string([]rune(s)[:n])]; ok {
				all = append(all, trie.Match{Value: v, Length: n})
			}
		}
		if got := tr.All(nil, []rune(s)); !slices.Equal(got, all) {
			t.Fatalf("All(%q) = %v, want %v", s, got, all)
		}
		longest := trie.Match{Value: -1}
		if len(all) > 0 {
			longest = all[len(all)-1]
		}
		if v, n := tr.Longest([]rune(s)); (trie.Match{Value: v, Length: n}) != longest {
			t.Fatalf("Longest(%q) = %d, %d, want %v", s, v, n, longest)
		}
		whole, ok := want[s]
		if !ok {
			whole = -1
		}
		if got := tr.Get([]rune(s)); got != whole {
			t.Fatalf("Get(%q) = %d, want %d", s, got, whole)
		}
	})
}

func TestRunes(t *testing.T) {
	const in = "的和𠮷"
	set := trie.NewRunes(in)
	for _, r := range "的和与𠮷𠮸a" + string(rune(0)) {
		if got, want := set.Has(r), strings.ContainsRune(in, r); got != want {
			t.Errorf("Has(%q) = %v, want %v", r, got, want)
		}
	}
}
