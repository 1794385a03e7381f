package gram

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// A set that was read numbers pairs as the one that was written, those that it has and those that lie between.
func TestPackedPairsHaveTheirNumbers(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		most := rapid.SampledFrom([]uint32{3, 40, 1 << 20}).Draw(rt, "most")
		code := rapid.Uint32Range(0, most)
		var pairs []uint64
		for range rapid.IntRange(0, 4*pairsARun).Draw(rt, "pairs") {
			pairs = append(pairs, pair(code.Draw(rt, "prefix"), code.Draw(rt, "suffix")))
		}
		slices.Sort(pairs)
		built := new(Set)
		built.pairs[0] = slices.Compact(pairs)
		read, err := DecodeSet(built.Encode())
		if err != nil {
			rt.Fatal(err)
		}
		if again := slices.Collect(read.all(0)); !slices.Equal(again, built.pairs[0]) || !slices.Equal(read.forBuild().pairs[0], built.pairs[0]) {
			rt.Fatalf("%d pairs are %d when they are read", len(built.pairs[0]), len(again))
		}
		if read.ID() != built.ID() || read.forBuild().ID() != built.ID() {
			rt.Fatal("a set has another name when it is read")
		}
		asked := slices.Clone(built.pairs[0])
		for range 20 {
			asked = append(asked, pair(code.Draw(rt, "prefix"), code.Draw(rt, "suffix")))
		}
		for _, p := range asked {
			prefix, suffix := uint32(p>>32), uint32(p)
			if got, want := read.number(2, prefix, suffix), built.number(2, prefix, suffix); got != want {
				rt.Fatalf("pair %d, %d has the number %d, want %d", prefix, suffix, got, want)
			}
		}
	})
}
