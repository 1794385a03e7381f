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

// Who wants all answers says how many there may be, of which the days may leave few.
func TestTheForemostTakeMemoryForThoseThereAre(t *testing.T) {
	f := newForemost(1 << 50)
	f.add(2)
	f.add(1)
	if got, more := f.done(); !slices.Equal(got, []place{1, 2}) || more {
		t.Errorf("of 1 and 2 there are %d, and more: %v", got, more)
	}
}
