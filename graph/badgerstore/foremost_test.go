package badgerstore

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestTheForemostAreTheFirstOfAllInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		places := rapid.SliceOfDistinct(rapid.Uint64(), func(p uint64) uint64 { return p }).Draw(t, "places")
		n := rapid.IntRange(0, 4).Draw(t, "n")
		f := newForemost(n)
		var want []place
		for _, p := range places {
			f.add(place(p))
			want = append(want, place(p))
		}
		slices.Sort(want)
		want = want[:min(n, len(want))]
		if got, more := f.done(); !slices.Equal(got, want) || more != (len(places) > n) {
			t.Errorf("the first %d of %d are %d, and there are more: %v; want %d", n, places, got, more, want)
		}
	})
}
