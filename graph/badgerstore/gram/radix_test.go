package gram_test

import (
	"cmp"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"fangzhi/graph/badgerstore/gram"
)

// Occurrences of one suffix stay in text order, however many there are and however far suffixes lie apart.
func TestSortsBySuffix(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func() []uint64 {
			most := rapid.Uint64Range(0, 1<<rapid.IntRange(0, 31).Draw(t, "bits")).Draw(t, "most")
			least := rapid.Uint64Range(0, most).Draw(t, "least")
			all := make([]uint64, rapid.IntRange(1, 300).Draw(t, "count"))
			for i := range all {
				all[i] = rapid.Uint64Range(least, most).Draw(t, "suffix")<<gram.KeyBit | uint64(i)
			}
			return all
		}
		before, all := draw(), draw()
		want := slices.Clone(all)
		slices.SortStableFunc(want, func(a, b uint64) int { return cmp.Compare(a>>gram.KeyBit, b>>gram.KeyBit) })
		if got := gram.Sorted(before, all); !slices.Equal(got, want) {
			t.Fatalf("sorted %x, want %x", got, want)
		}
	})
}
