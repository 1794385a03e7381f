package gram

import (
	"slices"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"
	"pgregory.net/rapid"
)

// drawOrdinals draws lists that make every form the best one: few, dense, sparse and in runs.
func drawOrdinals(t *rapid.T) []uint16 {
	most := rapid.SampledFrom([]int{1, 2, 5, 20, 100, 1000, 30_000}).Draw(t, "most distance")
	runs := rapid.SampledFrom([]int{1, 1, 50, 2000}).Draw(t, "run")
	seed := rapid.Uint64().Draw(t, "seed")
	next := func(n int) int { // one draw a list, not one an ordinal
		seed = seed*6364136223846793005 + 1442695040888963407
		return int(seed>>33) % n
	}
	var v []uint16
	o := next(most)
	for n := rapid.IntRange(1, 70_000).Draw(t, "ordinals"); n > 0 && o < MaxSpan; n-- {
		for range 1 + next(runs) {
			if o < MaxSpan {
				v = append(v, uint16(o))
			}
			o++
		}
		o += next(most)
	}
	if v == nil {
		v = []uint16{uint16(next(MaxSpan))}
	}
	return v
}

func TestListsReadAsWritten(t *testing.T) {
	seen := map[form]int{}
	rapid.Check(t, func(t *rapid.T) {
		v := drawOrdinals(t)
		b, f := appendList([]byte("before"), v)
		l := list{form: f, b: b[len("before"):]}
		seen[f]++
		last := int(v[len(v)-1])
		got, ok := l.appendTo(nil, last+1)
		if !ok || !slices.Equal(got, v) {
			t.Fatalf("form %d of %d ordinals: read %d, ok %v", f, len(v), len(got), ok)
		}
		if n := l.count(); n != len(v) {
			t.Fatalf("form %d: count %d, want %d", f, n, len(v))
		}
		if _, ok := l.appendTo(nil, last); ok {
			t.Fatalf("form %d: ordinal %d was read in a segment of %d", f, last, last)
		}
		if d := appendDeltas(nil, v); 4*len(l.b) > 5*len(d) {
			t.Fatalf("form %d: %d bytes, %d as deltas", f, len(l.b), len(d))
		}
		if len(l.b) > 2*len(v)+8 && f != deltas || len(l.b) > MaxSpan/8 && f != packed {
			t.Fatalf("form %d: %d bytes for %d ordinals", f, len(l.b), len(v))
		}
	})
	for f := deltas; f <= runs; f++ {
		if seen[f] == 0 {
			t.Errorf("no list had form %d: the test proves little", f)
		}
	}
}

func TestSizeOfDeltas(t *testing.T) {
	for gap := range MaxSpan - 1 {
		v := []uint16{uint16(gap), uint16(gap + 1)}
		if gap < MaxSpan/2 {
			v = append(v, uint16(2*gap+2-gap/2), MaxSpan-1)
		}
		want := 0
		for i := range v[1:] {
			if v[i+1] != v[i]+1 {
				want++
			}
		}
		size, breaks := deltasSize(v)
		if n := len(appendDeltas(nil, v)); size != n || breaks != want {
			t.Fatalf("%d: %d bytes and %d breaks, want %d and %d", v, size, breaks, n, want)
		}
	}
}

// Whatever the form, the bitmap of an entry is what adding the ordinals one by one makes, on both sides of a container's
// edge.
func TestBitmapsOfEntries(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := drawOrdinals(t)
		lo := rapid.OneOf(rapid.Uint32Max(1<<32-MaxSpan), rapid.SampledFrom([]uint32{0, 1, 65_535, 65_536, 1<<32 - MaxSpan})).Draw(t, "lo")
		b, f := appendList(nil, v)
		e := Entry{lo: lo, span: MaxSpan}
		e.of[allList] = list{form: f, b: b}
		want := roaring.New()
		for _, o := range v {
			want.Add(lo + uint32(o))
		}
		got, err := e.All()
		if err != nil || !got.Equals(want) {
			t.Fatalf("form %d from %d on: %v, %v; want %v", f, lo, got, err, want)
		}
		if err := got.Validate(); err != nil {
			t.Fatalf("form %d from %d on: %v", f, lo, err)
		}
		if got.Add(lo); !got.Contains(lo) {
			t.Fatal("a bitmap cannot be changed")
		}
		from := rapid.IntRange(0, MaxSpan-1).Draw(t, "from")
		e.in = []interval{{0, from / 2}, {from, rapid.IntRange(from, MaxSpan).Draw(t, "to")}}
		want = roaring.New()
		for _, o := range v {
			if int(o) < e.in[0].to || int(o) >= e.in[1].from && int(o) < e.in[1].to {
				want.Add(lo + uint32(o))
			}
		}
		if got, err := e.All(); err != nil || !got.Equals(want) {
			t.Fatalf("form %d in %v: %v, %v; want %v", f, e.in, got, err, want)
		}
		if n, err := e.Count(); err != nil || n != int(want.GetCardinality()) {
			t.Fatalf("form %d in %v: count %d, %v; want %d", f, e.in, n, err, want.GetCardinality())
		}
	})
}

func FuzzList(f *testing.F) {
	for _, v := range [][]uint16{{0}, {1, 5, 700}, {65_535}, {3, 4, 5, 6, 7, 8, 9, 200, 201, 202, 203, 204}} {
		b, best := appendList(nil, v)
		f.Add(byte(best), b, MaxSpan)
	}
	var packable []uint16
	for i := range 100 {
		packable = append(packable, uint16(i*i*6))
	}
	b, best := appendList(nil, packable)
	f.Add(byte(best), b, MaxSpan)
	f.Fuzz(func(t *testing.T, which byte, b []byte, span int) {
		if span < 0 || span > MaxSpan {
			return
		}
		l := list{form: form(which & 3), b: b}
		l.count()
		v, ok := l.appendTo(nil, span)
		e := Entry{span: span}
		e.of[allList] = l
		all, err := e.All()
		if ok != (err == nil) {
			t.Fatalf("form %d: appendTo ok %v, All %v", l.form, ok, err)
		}
		if !ok {
			return
		}
		if !slices.IsSorted(v) || len(v) > 0 && int(v[len(v)-1]) >= span {
			t.Fatalf("form %d, span %d: %v", l.form, span, v)
		}
		if int(all.GetCardinality()) != len(v) {
			t.Fatalf("form %d: %d ordinals in a bitmap, %d in a list", l.form, all.GetCardinality(), len(v))
		}
	})
}

func TestJoin(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var lists []Ordinals
		want := roaring.New()
		lo := rapid.Uint32Range(0, 1<<17).Draw(t, "lo")
		for range rapid.IntRange(0, 6).Draw(t, "segments") {
			span := rapid.SampledFrom([]int{1, 100, 9000, MaxSpan}).Draw(t, "span")
			every := rapid.SampledFrom([]int{1, 2, 5, 50, 1000}).Draw(t, "every")
			var v []uint16
			for o := rapid.IntRange(0, every).Draw(t, "first"); o < span; o += every {
				v = append(v, uint16(o))
				want.Add(lo + uint32(o))
			}
			e := Entry{lo: lo, span: span}
			if len(v) > 0 {
				b, f := appendList(nil, v)
				e.of[allList] = list{f, b}
			}
			o, err := e.Read(ListAll)
			if err != nil {
				t.Fatal(err)
			}
			lists = append(lists, o)
			lo += uint32(span)
		}
		if got := Join(lists); !got.Equals(want) {
			t.Fatalf("Join has %d ordinals, want %d", got.GetCardinality(), want.GetCardinality())
		}
	})
}
