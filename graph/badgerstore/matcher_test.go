package badgerstore

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"fangzhi/fold"
)

// Texts in memory are counted in as those on disk are, and as strings.Count does.
func TestMatchersAgree(t *testing.T) {
	text := rapid.Custom(func(t *rapid.T) string {
		return fold.String(strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{"会", "议", "仚", "a", "1", "𠮷", "\xff"}), 0, 12).Draw(t, "text"), ""))
	})
	rapid.Check(t, func(t *rapid.T) {
		s, sample, pattern := text.Draw(t, "in"), text.Draw(t, "sample"), text.Draw(t, "pattern")
		if pattern == "" {
			return
		}
		want := strings.Count(s, pattern)
		if got := newDocMatcher(pattern, sample).count(s); got != want {
			t.Errorf("%q in %q: %d by the rarest byte, want %d", pattern, s, got, want)
		}
		if got := fold.NewMatcher(pattern).Count(s); got != want {
			t.Errorf("%q in %q: %d by code points, want %d", pattern, s, got, want)
		}
	})
}
