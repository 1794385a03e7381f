package badgerstore

import (
	"testing"

	"pgregory.net/rapid"

	"fangzhi/edtf"
	"fangzhi/graph"
)

// What is passed over because it lies between would have changed nothing.
func TestWidenPassesOverNobodyWhoGoesBeyond(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var x index
		some := []uint32{} // not nil
		var want graph.Span
		for o := range uint32(rapid.IntRange(0, 300).Draw(t, "events")) {
			day := edtf.Day(100 + o/16) // as a chronicle goes
			r := row{first: day, last: day}
			if rapid.IntRange(0, 30).Draw(t, "other") == 0 {
				r.first = edtf.Day(rapid.SampledFrom([]int32{0, 1, 90, 110}).Draw(t, "first"))
				r.last = edtf.Day(rapid.SampledFrom([]int32{0, 110, 130}).Draw(t, "last"))
			}
			x.rows = append(x.rows, r)
			if rapid.IntRange(0, 4).Draw(t, "left out") > 0 {
				some = append(some, o)
				r.widen(&want)
			}
		}
		x.fillZones()
		var got graph.Span
		if len(some) > 0 && rapid.Bool().Draw(t, "from the end") {
			x.rows[some[len(some)-1]].widen(&got)
		}
		among, outside := got, x.outside(got)
		visited := some
		if rapid.Bool().Draw(t, "in another order") { // as a window has them
			visited = rapid.Permutation(some).Draw(t, "visited")
		}
		if x.widen(&got, visited); got != want {
			t.Errorf("%v cover %v, want %v", some, got, want)
		}
		p := plan{list: some}
		next := p.inRuns(outside)
		var buffer [7]uint32
		for n := next(buffer[:]); n > 0; n = next(buffer[:]) {
			x.widen(&among, buffer[:n])
		}
		if among != want {
			t.Errorf("those of %v that lie in %v cover %v, want %v", some, outside, among, want)
		}
	})
}
