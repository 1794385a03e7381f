package badgerstore

import (
	"slices"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"
	"pgregory.net/rapid"

	"fangzhi/edtf"
	"fangzhi/graph"
)

// Counts by the table of days, by zones, and by a search among the spans, are those of asking each date about each span.
func TestSpansCountWhatMeetsThem(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		days := rapid.SliceOfNDistinct(rapid.Int32Range(10, 60), 2, 12, func(d int32) int32 { return d }).Draw(t, "days")
		slices.Sort(days)
		var spans []graph.DayRange
		for pair := range slices.Chunk(days[:len(days)/2*2], 2) {
			spans = append(spans, graph.DayRange{From: edtf.Day(pair[0]), To: edtf.Day(pair[1])})
		}
		match := rapid.SampledFrom([]graph.DateMatch{"", graph.MatchPossible, graph.MatchCertain}).Draw(t, "match")
		var x index
		perIssue := uint32(rapid.SampledFrom([]int{1, 5, 50, 100}).Draw(t, "events an issue"))
		var some []uint32
		set := roaring.New()
		want := make([]int, len(spans))
		for range rapid.IntRange(0, 100).Draw(t, "dates") {
			if rapid.IntRange(0, 5).Draw(t, "left out") == 0 {
				x.rows, x.days = append(x.rows, row{first: 15, last: 15, issue: x.n() / perIssue}), append(x.days, 15)
			}
			first := edtf.Day(rapid.SampledFrom([]int32{0, 5, 10, 20, 40, 59, 70}).Draw(t, "first"))
			last := first + edtf.Day(rapid.SampledFrom([]int32{0, 0, 1, 8, 40}).Draw(t, "more"))
			if rapid.Bool().Draw(t, "open") {
				last = 0
			}
			some = append(some, x.n())
			set.Add(x.n())
			r := row{first: first, last: last, issue: x.n() / perIssue}
			x.rows, x.days = append(x.rows, r), append(x.days, r.day())
			for i, s := range spans {
				if match.MeetsDays(first, last, s) {
					want[i]++
				}
			}
		}
		x.fillZones()
		for _, n := range []int{0, 1000} { // about so many events: without and with a table
			c := newSpanCounter(spans, match, n)
			if (c.at != nil) != (n > 0) {
				t.Fatalf("a table for %d events: %v", n, c.at != nil)
			}
			c.count(&x, slices.Clone(some))
			if got := c.done(); !slices.Equal(got, want) {
				t.Errorf("of the dates %+v the spans %v meet %v, want %v (table: %v)", x.rows, spans, got, want, n > 0)
			}
			c = newSpanCounter(spans, match, n)
			c.countSet(&x, set)
			if got := c.done(); !slices.Equal(got, want) {
				t.Errorf("of the dates %+v the spans %v meet %v by zones, want %v (table: %v)", x.rows, spans, got, want, n > 0)
			}
		}
	})
}
