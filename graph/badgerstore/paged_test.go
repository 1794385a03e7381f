package badgerstore

import (
	"runtime"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// A paged vector holds what a slice holds, and copies that were made before do not change.
func TestAPagedVectorIsASlice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		type version struct {
			of   paged[int]
			want []int
		}
		versions := []version{{}}
		const most = bookSize + 5*pageSize
		for i := range rapid.IntRange(1, 6).Draw(t, "edits") {
			last := versions[len(versions)-1]
			e, want := last.of.edit(), slices.Clone(last.want)
			for range rapid.IntRange(0, 8).Draw(t, "changes") {
				at := rapid.IntRange(0, most).Draw(t, "at")
				for len(want) <= at {
					want = append(want, 0)
				}
				*e.ref(uint32(at)), want[at] = i*1000+at+1, i*1000+at+1
			}
			versions = append(versions, version{e.paged, want})
		}
		for i, v := range versions {
			for at := range uint32(most + 2*pageSize) {
				want := 0
				if int(at) < len(v.want) {
					want = v.want[at]
				}
				if got := v.of.at(at); got != want {
					t.Fatalf("version %d holds %d at %d, want %d", i, got, at, want)
				}
			}
		}
	})
}

func TestACacheKeepsWhatIsAskedFor(t *testing.T) {
	c := newCache[int, int](10)
	c.put(1000, 7, 1)
	for i := range 100 {
		c.put(i, i, 1)
		if got, ok := c.get(1000); !ok || got != 7 {
			t.Fatalf("get(1000) = %d, %v, though it was asked for after each of %d others", got, ok, i+1)
		}
	}
	kept := 0
	c.getMany([]int{99, 5, 1000}, func(i, v int) {
		if kept++; v != []int{99, 0, 7}[i] {
			t.Errorf("getMany tells of %d at %d", v, i)
		}
	})
	if kept != 2 {
		t.Errorf("getMany found %d of 3, want 2: one went long ago", kept)
	}
}

func TestACacheKeepsWhatWasPutLast(t *testing.T) {
	c := newCache[int, int](10)
	for i := range 25 {
		c.put(i, i*i, 1)
		if got, ok := c.get(i); !ok || got != i*i {
			t.Fatalf("get(%d) = %d, %v right after it was put", i, got, ok)
		}
	}
	kept := 0
	for i := range 25 {
		if got, ok := c.get(i); ok {
			kept++
			if got != i*i {
				t.Errorf("get(%d) = %d", i, got)
			}
		}
	}
	if kept < 10 || kept > 20 {
		t.Errorf("%d of 25 are kept, want between one and two generations of 10", kept)
	}
	c.put(24, 7, 1)
	if got, _ := c.get(24); got != 7 {
		t.Errorf("get(24) = %d after it was put again, want 7", got)
	}
	c.put(15, 1, 1)
	c.drop(24)
	c.drop(15)
	for _, i := range []int{24, 15} {
		if got, ok := c.get(i); ok {
			t.Errorf("get(%d) = %d after it was dropped", i, got)
		}
	}
	c.put(99, 1, 1000) // heavier than a generation
	if _, ok := c.get(99); !ok {
		t.Error("what is heavier than a generation is not kept even as the last")
	}
}

// A change in a large vector copies some hundred bytes for each value, and no list of all pages.
func TestAChangeOfAPagedVectorCopiesLittle(t *testing.T) {
	e := (paged[uint32]{}).edit()
	const n = 1_000_000
	for i := range uint32(n) {
		*e.ref(i) = i
	}
	all := e.paged
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	e = all.edit()
	for i := range uint32(10) {
		*e.ref(i * n / 10) = 1
	}
	runtime.ReadMemStats(&after)
	if got, most := after.TotalAlloc-before.TotalAlloc, uint64(8*n/bookSize+10*(8*pageSize+4*pageSize)+4096); got > most {
		t.Errorf("ten changes allocate %d bytes, want %d at most", got, most)
	}
	if all.at(n/10) != n/10 || e.at(n/10) != 1 || e.at(n/10+1) != n/10+1 {
		t.Errorf("%d in the vector, %d and %d in the changed copy", all.at(n/10), e.at(n/10), e.at(n/10+1))
	}
}
