package gram

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// Long entries do not leave short blocks between them.
func TestBlocksBetweenLongEntries(t *testing.T) {
	blocks, short := 0, 0
	w := newBlockWriter(func(_, block []byte) error {
		blocks++
		if len(block) < minBlockBytes {
			short++
		}
		return nil
	})
	for i := range 100 {
		body := make([]byte, 100)
		if i%4 == 3 {
			body = make([]byte, 8000)
		}
		if err := w.add([]byte(string(rune('一'+i))), deltas, body); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := w.finish(); err != nil || blocks != 25 || short != 0 {
		t.Errorf("%d blocks, %d of them short, %v; want 25 and none", blocks, short, err)
	}
}

// What stands in a block is found there, and nothing else, whatever the grams: those of a segment always come after
// their prefixes, these do not.
func TestFindInBlock(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		gram := rapid.Map(rapid.SliceOfN(rapid.SampledFrom([]rune("\x00ab委区𠀀")), 1, MaxLen), func(r []rune) string { return string(r) })
		grams := rapid.SliceOfNDistinct(gram, 1, 40, rapid.ID).Draw(t, "grams")
		slices.Sort(grams)
		var block []byte
		w := newBlockWriter(func(_, b []byte) error { block = b; return nil })
		for i, g := range grams {
			if err := w.add([]byte(g), deltas, []byte{byte(i)}); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := w.finish(); err != nil {
			t.Fatal(err)
		}
		for _, g := range append(rapid.SliceOfN(gram, 5, 5).Draw(t, "others"), grams...) {
			i, want := slices.BinarySearch(grams, g)
			f, body, ok, err := find(block, g)
			if err != nil || ok != want || ok && (f != deltas || len(body) != 1 || int(body[0]) != i) {
				t.Fatalf("find(%q) in %q: form %d, % x, %v, %v; want number %d, %v", g, grams, f, body, ok, err, i, want)
			}
		}
		r := blockReader{b: block}
		for _, g := range grams {
			if more, err := r.next(); !more || err != nil || string(r.gram) != g {
				t.Fatalf("next: %q, %v, %v; want %q", r.gram, more, err, g)
			}
		}
	})
}
