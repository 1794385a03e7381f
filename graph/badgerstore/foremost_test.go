package badgerstore

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestTheForemostAreTheFirstOfAllInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		places := make([]uint64, rapid.SampledFrom([]int{0, 1, 9, 60, 600}).Draw(t, "places"))
		for i := range places {
			places[i] = uint64(i)
		}
		places = rapid.Permutation(places).Draw(t, "order")
		n := rapid.SampledFrom([]int{0, 1, 4, 20, 50}).Draw(t, "n")
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
