package badgerstore

import (
	"fmt"
	"slices"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"
	"pgregory.net/rapid"

	"fangzhi/edtf"
	"fangzhi/graph"
)

// A page that is picked out of all answers is the page that walks find, wherever cursors stand, crossed ones too, and with days or
// without.
func TestAPickedPageIsTheOneThatIsWalkedTo(t *testing.T) {
	withFresh(t, 5)
	rapid.Check(t, func(t *rapid.T) {
		x := newIndex()
		for i := range 3 {
			x.issues = append(x.issues, issueRow{Order: fmt.Sprint(i)})
		}
		set := roaring.New()
		for range rapid.IntRange(1, 4).Draw(t, "updates") {
			w := x.edit()
			for range rapid.IntRange(0, 9).Draw(t, "put") {
				if rapid.Bool().Draw(t, "in the set") {
					set.Add(w.n())
				}
				w.put(drawRow(t, len(x.issues)), nil)
			}
			x = w.done()
		}
		p := &plan{s: &snapshot{index: x}, x: x, set: set, minus: x.dead, dated: true, undated: true}
		if rapid.Bool().Draw(t, "days") {
			p.undated = false
			p.days = graph.DayRange{From: mustDay(t, 2020, 1, 2), To: mustDay(t, 2020, 2, 20)}
			p.rows = append(p.rows, func(r *row) bool { return graph.MatchPossible.MeetsDays(r.first, r.last, p.days) })
		}
		c := p.course(rapid.SampledFrom([]graph.TimelineOrder{graph.Ascending, graph.Descending}).Draw(t, "order"))
		// A cursor stands before, at or behind an event.
		cursor := func(name string) (cut, graph.SortKey) {
			if x.n() == 0 || rapid.Bool().Draw(t, "no "+name) {
				return cut{}, ""
			}
			at := c.place(rapid.Uint32Range(0, x.n()-1).Draw(t, name))
			return cut{at, at + 1}, "given"
		}
		var pg graph.Page
		after, given := cursor("after")
		pg.After = given
		before := cut{whole.to, whole.to}
		if b, given := cursor("before"); given != "" {
			before, pg.Before = b, given
		}
		backward, n := rapid.Bool().Draw(t, "backward"), rapid.IntRange(1, 4).Draw(t, "n")
		page, previous, next, err := c.walkTo(t.Context(), after, before, backward, n, pg)
		if err != nil {
			t.Fatal(err)
		}
		picked, pickedPrevious, pickedNext, err := c.pick(t.Context(), after, before, backward, n)
		if err != nil || !slices.Equal(page, picked) || previous != pickedPrevious || next != pickedNext {
			t.Errorf("picked %v (more before: %v, behind: %v), %v; walked to %v (%v, %v)", picked, pickedPrevious, pickedNext, err, page, previous, next)
		}
	})
}

func mustDay(t *rapid.T, year, month, day int) edtf.Day {
	d, ok := edtf.NewDay(year, month, day)
	if !ok {
		t.Fatalf("there is no day %d-%d-%d", year, month, day)
	}
	return d
}
