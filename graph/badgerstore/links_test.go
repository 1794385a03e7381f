package badgerstore

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// What is read of links is what was written, whichever bytes of them are 0; and a record that ends within a
// link is refused.
func TestLinksComeBackAsTheyWereWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		most := rapid.SampledFrom([]link{
			{math.MaxUint16, math.MaxUint8, math.MaxUint8}, {math.MaxUint16, math.MaxUint8, math.MaxUint16},
			{math.MaxUint16, math.MaxUint16, math.MaxUint8}, {math.MaxUint16, math.MaxUint16, math.MaxUint16},
		}).Draw(t, "greatest")
		w := newIndex().edit()
		for range rapid.IntRange(0, 5).Draw(t, "events") {
			for range rapid.IntRange(0, 3).Draw(t, "links") {
				w.links = append(w.links, link{
					low: rapid.Uint16Max(most.low).Draw(t, "low"), high: rapid.Uint16Max(most.high).Draw(t, "high"), how: rapid.Uint16Max(most.how).Draw(t, "how"),
				})
			}
			w.linksAt = append(w.linksAt, uint32(len(w.links)))
		}
		from := rapid.IntRange(0, len(w.linksAt)-1).Draw(t, "from")
		record := w.writeLinks(uint32(from), uint32(len(w.linksAt)-1))

		read := newIndex().edit()
		read.linksAt, read.links = slices.Clone(w.linksAt[:from+1]), slices.Clone(w.links[:w.linksAt[from]])
		if !read.addLinks(record) || !slices.Equal(read.linksAt, w.linksAt) || !slices.Equal(read.links, w.links) {
			t.Fatalf("%v of %v were read, want %v of %v", read.links, read.linksAt, w.links, w.linksAt)
		}
		cut := rapid.IntRange(1, len(record)).Draw(t, "cut")
		if links := len(w.links[w.linksAt[from]:]); links > 0 && cut%links != 0 && newIndex().edit().addLinks(record[:len(record)-cut]) {
			t.Fatalf("a record without its last %d bytes was read", cut) // one of a byte less of every link may be one
		}
	})
}
