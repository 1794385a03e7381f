package badgerstore

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"fangzhi/edtf"
)

// withFresh has base sorted anew when fresh holds more than n events, until the test ends.
func withFresh(t *testing.T, n int) {
	old := manyFresh
	manyFresh = n
	t.Cleanup(func() { manyFresh = old })
}

// drawRow draws an event of few days, issues and places, so that many are equal in some of it.
func drawRow(t *rapid.T, issues int) row {
	dates := []string{"XXXX", "2020-01-01", "2020-01-02", "2020-02", "2020", "../2020-01-01", "2020-01-01/..", "2019-12-20/2020-03-01", "1990/2020"}
	d, err := edtf.Parse(rapid.SampledFrom(dates).Draw(t, "date"))
	if err != nil {
		t.Fatal(err)
	}
	return row{
		first: d.Start(), last: d.End(), what: packed("", "", d.Precision()),
		issue: uint32(rapid.IntRange(0, issues-1).Draw(t, "issue")), place: uint32(rapid.IntRange(0, 2).Draw(t, "place")),
	}
}

// However events come and go, the order is that of sorting all of them, and positions and marks say the same.
func TestTheDateOrderIsThatOfSorting(t *testing.T) {
	withFresh(t, 5)
	rapid.Check(t, func(t *rapid.T) {
		x := newIndex()
		for i := range 3 {
			x.issues = append(x.issues, issueRow{Order: fmt.Sprint(i / 2)}) // two of them sort alike
		}
		for range rapid.IntRange(1, 12).Draw(t, "updates") {
			w := x.edit()
			for range rapid.IntRange(0, 9).Draw(t, "removed") {
				if n := int(w.n()); n > 0 {
					w.remove(uint32(rapid.IntRange(0, n-1).Draw(t, "ordinal")))
				}
			}
			for range rapid.IntRange(0, 9).Draw(t, "put") {
				w.put(drawRow(t, len(x.issues)), nil)
			}
			before := slices.Clone(x.order.base)
			next := w.done()
			if !slices.Equal(before, x.order.base) {
				t.Fatal("the order of the state before was changed")
			}
			x = next
			checkOrder(t, x)
		}
	})
}

func checkOrder(t *rapid.T, x *index) {
	alive := func(all []uint32) []uint32 {
		return slices.DeleteFunc(slices.Clone(all), func(o uint32) bool { return x.dead.Contains(o) })
	}
	var want []uint32
	for o := range x.n() {
		want = append(want, o)
	}
	slices.SortFunc(want, x.compare)
	all := want // with the dead
	want = alive(want)
	d := &x.order
	visited := func(from, to mark, backward bool) (got []uint32) {
		d.walk(from, to, backward, func(o uint32) bool {
			got = append(got, o)
			return true
		})
		if backward {
			slices.Reverse(got)
		}
		return got
	}
	for _, backward := range []bool{false, true} {
		if got := alive(visited(mark{}, d.end(), backward)); !slices.Equal(got, want) {
			t.Fatalf("a walk (backward: %v) visits %v, want %v", backward, got, want)
		}
	}
	for i := 1; i < len(want); i++ {
		if d.position(want[i-1]) >= d.position(want[i]) {
			t.Fatalf("events %d and %d have the positions %x and %x", want[i-1], want[i], d.position(want[i-1]), d.position(want[i]))
		}
	}
	for _, class := range []struct {
		class class
		list  []uint32
	}{{yearly, d.yearly}, {longer, d.longer}} {
		of := slices.DeleteFunc(slices.Clone(want), func(o uint32) bool { return x.rows[o].class() != class.class })
		if got := alive(class.list); !slices.Equal(got, of) {
			t.Fatalf("of class %d are %v, want %v", class.class, got, of)
		}
	}
	// A part of the order, and where its ends lie.
	place := map[uint32]int{}
	for i, o := range all {
		place[o] = i
	}
	cut := rapid.IntRange(0, len(all)).Draw(t, "cut")
	m := d.mark(func(o uint32) bool { return place[o] < cut })
	before, behind := alive(all[:cut]), alive(all[cut:])
	if got := alive(visited(mark{}, m, false)); !slices.Equal(got, before) {
		t.Fatalf("before the mark are %v, want %v", got, before)
	}
	if got := alive(visited(m, d.end(), true)); !slices.Equal(got, behind) {
		t.Fatalf("behind the mark are %v, want %v", got, behind)
	}
	if len(before) > 0 && d.position(before[len(before)-1]) >= d.from(m) || len(behind) > 0 && d.position(behind[0]) < d.from(m) {
		t.Fatalf("beyond the mark positions begin at %x", d.from(m))
	}
}
