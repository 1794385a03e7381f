package gram_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"fangzhi/graph/badgerstore/gram"
)

func TestMatcherCountsAsStringsDoes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		letters := rapid.SampledFrom([]rune("ab1,委区𠀀"))
		text := string(rapid.SliceOfN(letters, 0, 60).Draw(t, "text"))
		pattern := string(rapid.SliceOfN(letters, 1, 4).Draw(t, "pattern"))
		if rapid.Bool().Draw(t, "from the text") && text != "" {
			runes := []rune(text)
			from := rapid.IntRange(0, len(runes)-1).Draw(t, "from")
			pattern = string(runes[from:rapid.IntRange(from+1, len(runes)).Draw(t, "to")])
		}
		m := gram.NewMatcher(pattern)
		if got, want := m.Count(text), strings.Count(text, pattern); got != want {
			t.Fatalf("Count of %q in %q = %d, want %d", pattern, text, got, want)
		}
		if got, want := m.Contains(text), strings.Contains(text, pattern); got != want {
			t.Fatalf("%q contains %q: %v, want %v", text, pattern, got, want)
		}
	})
}

func TestMatcherOfNothing(t *testing.T) {
	m := gram.NewMatcher("")
	if !m.Contains("") || !m.Contains("区委") || m.Count("区委") != 0 {
		t.Errorf(`"" is in every text and is counted in none: %v, %v, %d`, m.Contains(""), m.Contains("区委"), m.Count("区委"))
	}
}

func TestMatcherCountsWithoutOverlaps(t *testing.T) {
	for _, tt := range []struct {
		pattern, text string
		want          int
	}{
		{"啊啊", "啊啊啊啊啊", 2},
		{"aba", "ababa", 1},
		{"甲乙甲", "甲乙甲乙甲甲乙甲", 2},
		{"区", "区委区", 2},
	} {
		if got := gram.NewMatcher(tt.pattern).Count(tt.text); got != tt.want {
			t.Errorf("Count of %q in %q = %d, want %d", tt.pattern, tt.text, got, tt.want)
		}
	}
}
