package interchange

import (
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// A span is of code points, whatever was asked for before.
func TestSpansAreOfCodePoints(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.RuneFrom([]rune("a中é𠀀")), 0, 400, -1).Draw(t, "text")
		c, runes := counted{text: text}, []rune(text)
		for range rapid.IntRange(1, 8).Draw(t, "spans") {
			start := rapid.IntRange(-1, len(runes)+70).Draw(t, "start")
			end := rapid.IntRange(-1, len(runes)+70).Draw(t, "end")
			got, ok := c.span(start, end)
			want := start >= 0 && start <= end && end <= len(runes)
			if ok != want || ok && got != string(runes[start:end]) {
				t.Fatalf("span %d to %d of %d code points: %q, %v", start, end, utf8.RuneCountInString(text), got, ok)
			}
		}
	})
}
