package gram_test

import (
	"testing"

	"pgregory.net/rapid"

	"fangzhi/graph/badgerstore/gram"
)

// Whoever finds too few of both would leave a gram out that a search then takes for one that is nowhere.
func TestFewHaveBoth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var a, b []uint16
		both := 0
		for o := range uint16(rapid.IntRange(1, 300).Draw(t, "events")) {
			in := rapid.SampledFrom([]string{"a", "b", "ab", "ab"}).Draw(t, "in")
			if in != "b" {
				a = append(a, o)
			}
			if in != "a" {
				b = append(b, o)
			}
			if in == "ab" {
				both++
			}
		}
		few := max(both+rapid.IntRange(-40, 2).Draw(t, "more or less"), 0)
		if got := gram.FewHaveBoth(few, a, b); got != (both <= few) {
			t.Fatalf("of %d and %d events %d are in both, and that these are %d at most is %v", len(a), len(b), both, few, got)
		}
	})
}
