package gram_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"
	"pgregory.net/rapid"

	"fangzhi/graph/badgerstore/gram"
)

// A kept segment is one whose blocks are in memory.
type kept struct {
	gram.Segment
	firsts, blocks [][]byte
	reads          int
}

func (k *kept) write(first, block []byte) error {
	k.firsts, k.blocks = append(k.firsts, first), append(k.blocks, block)
	return nil
}

func (k *kept) read(block int) ([]byte, error) {
	k.reads++
	return k.blocks[block], nil
}

func mustBuild(t testing.TB, docs []gram.Doc, frequent *gram.Set) *kept {
	t.Helper()
	k := new(kept)
	h, err := gram.Build(docs, frequent, k.write)
	if err != nil {
		t.Fatalf("Build of %d events: %v", len(docs), err)
	}
	k.Segment = gram.Segment{Header: h, Read: k.read}
	return k
}

func mustMerge(t testing.TB, dead *roaring.Bitmap, of ...*kept) *kept {
	t.Helper()
	var segments []gram.Segment
	for _, k := range of {
		segments = append(segments, k.Segment)
	}
	k := new(kept)
	h, err := gram.Merge(segments, dead, k.write)
	if err != nil {
		t.Fatalf("Merge of %d segments: %v", len(of), err)
	}
	k.Segment = gram.Segment{Header: h, Read: k.read}
	return k
}

// mustReopen returns the segment as it is after its header has been written and read.
func mustReopen(t testing.TB, k *kept) *kept {
	t.Helper()
	sets := map[gram.SetID]*gram.Set{}
	for _, s := range k.Header.Sets() {
		again, err := gram.DecodeSet(s.Encode())
		if err != nil {
			t.Fatalf("DecodeSet: %v", err)
		}
		sets[s.ID()] = again
	}
	b := k.Header.Encode()
	h, err := gram.DecodeHeader(b, func(id gram.SetID) (*gram.Set, error) {
		if s := sets[id]; s != nil {
			return s, nil
		}
		return nil, fmt.Errorf("no set %x", id)
	})
	if err != nil {
		t.Fatalf("DecodeHeader: %v", err)
	}
	if !bytes.Equal(h.Encode(), b) {
		t.Fatalf("a header of %d bytes, read and written again, has other bytes", len(b))
	}
	again := &kept{firsts: k.firsts, blocks: k.blocks}
	again.Segment = gram.Segment{Header: h, Read: again.read}
	return again
}

// naive is what the index is to say of a pattern.
type naive struct {
	all, title *roaring.Bitmap
	hits       map[int]*roaring.Bitmap // from 2 to MaxHits
}

func scan(docs []gram.Doc, pattern string) naive {
	n := naive{all: roaring.New(), title: roaring.New(), hits: map[int]*roaring.Bitmap{}}
	for h := 2; h <= gram.MaxHits; h++ {
		n.hits[h] = roaring.New()
	}
	for _, d := range docs {
		hits := strings.Count(d.Title, pattern) + strings.Count(d.Body, pattern)
		if hits == 0 {
			continue
		}
		n.all.Add(d.Ordinal)
		if strings.Contains(d.Title, pattern) {
			n.title.Add(d.Ordinal)
		}
		if h := min(hits, gram.MaxHits); h > 1 {
			n.hits[h].Add(d.Ordinal)
		}
	}
	return n
}

func mustBitmap(t rapid.TB, b *roaring.Bitmap, err error) *roaring.Bitmap {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Validate(); err != nil && !b.IsEmpty() {
		t.Fatalf("bitmap: %v", err)
	}
	return b
}

// checkPattern compares what the segment says of a pattern with a scan of docs, and returns the number of candidates.
func checkPattern(t rapid.TB, k *kept, docs []gram.Doc, pattern string) (candidates int) {
	t.Helper()
	result, err := k.Search(pattern)
	if err != nil {
		t.Fatalf("Search(%q): %v", pattern, err)
	}
	want := scan(docs, pattern)
	found, err := result.Exact.All()
	found = mustBitmap(t, found, err)
	exact := found.Clone()
	if n, err := result.Exact.Count(); err != nil || n != int(found.GetCardinality()) {
		t.Fatalf("Search(%q): Count %d, %v; All has %d", pattern, n, err, found.GetCardinality())
	}
	if c := result.Candidates; c != nil {
		if c.IsEmpty() || c.Intersects(found) {
			t.Fatalf("Search(%q): candidates %v, exact %v", pattern, c, found)
		}
		m := gram.NewMatcher(pattern)
		for _, d := range docs {
			if c.Contains(d.Ordinal) && (m.Contains(d.Title) || m.Contains(d.Body)) {
				found.Add(d.Ordinal)
			}
		}
		candidates = int(c.GetCardinality())
	}
	if !found.Equals(want.all) {
		t.Fatalf("Search(%q) = %v, want %v", pattern, found, want.all)
	}
	title, err := result.Exact.Title()
	if title = mustBitmap(t, title, err); !title.Equals(roaring.And(want.title, exact)) {
		t.Fatalf("Search(%q): titles %v, want %v of %v", pattern, title, want.title, exact)
	}
	for h := 2; h <= gram.MaxHits; h++ {
		tier, err := result.Exact.Tier(h)
		if tier = mustBitmap(t, tier, err); !tier.Equals(roaring.And(want.hits[h], exact)) {
			t.Fatalf("Search(%q): %d hits %v, want %v of %v", pattern, h, tier, want.hits[h], exact)
		}
	}
	return candidates
}

// drawDocs draws events over few characters, so that grams repeat and overlap, with ordinals from first on.
func drawDocs(t *rapid.T, first uint32, most int) []gram.Doc {
	letters := []rune("ab委区𠀀")[:rapid.IntRange(1, 5).Draw(t, "letters")]
	str := func(most int) string {
		return string(rapid.SliceOfN(rapid.SampledFrom(letters), 0, most).Draw(t, "text"))
	}
	var docs []gram.Doc
	for range rapid.IntRange(0, most).Draw(t, "events") {
		first += uint32(rapid.SampledFrom([]int{1, 1, 1, 1, 2, 7, 300}).Draw(t, "step"))
		docs = append(docs, gram.Doc{Ordinal: first, Title: str(6), Body: str(60)})
	}
	return docs
}

func drawPattern(t *rapid.T, docs []gram.Doc) string {
	if len(docs) > 0 && rapid.IntRange(0, 3).Draw(t, "from a text") > 0 {
		if body := []rune(rapid.SampledFrom(docs).Draw(t, "event").Body); len(body) > 0 {
			from := rapid.IntRange(0, len(body)-1).Draw(t, "from")
			return string(body[from:min(len(body), from+rapid.IntRange(1, 12).Draw(t, "length"))])
		}
	}
	return string(rapid.SliceOfN(rapid.SampledFrom([]rune("ab委区𠀀")), 1, 12).Draw(t, "pattern"))
}

// Segments built and merged in any grouping say what a scan of the texts says, whether or not grams share entries.
func TestAgreesWithScan(t *testing.T) { checkAgainstScan(t) }

func TestAgreesWithScanWhereEntriesAreShared(t *testing.T) {
	gram.ShareAll(t)
	checkAgainstScan(t)
}

func checkAgainstScan(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		var docs []gram.Doc
		var segments []*kept
		next := rapid.SampledFrom([]uint32{0, 1, 65_000, 65_536, 1_000_003}).Draw(rt, "first")
		for range rapid.IntRange(1, 5).Draw(rt, "segments") {
			d := drawDocs(rt, next, 25)
			if len(d) > 0 {
				next = d[len(d)-1].Ordinal + 1
			}
			var set *gram.Set
			if len(segments) > 0 && rapid.Bool().Draw(rt, "inherit") {
				if sets := segments[0].Header.Sets(); len(sets) > 0 {
					set = sets[0]
				}
			}
			docs = append(docs, d...)
			segments = append(segments, mustReopen(t, mustBuild(t, d, set)))
		}
		dead := roaring.New()
		for _, d := range docs {
			if rapid.IntRange(0, 9).Draw(rt, "dead") == 0 {
				dead.Add(d.Ordinal)
			}
		}
		for len(segments) > 1 {
			n := rapid.IntRange(2, len(segments)).Draw(rt, "merged")
			from := rapid.IntRange(0, len(segments)-n).Draw(rt, "from")
			merged := mustReopen(t, mustMerge(t, dead, segments[from:from+n]...))
			segments = append(segments[:from:from], append([]*kept{merged}, segments[from+n:]...)...)
		}
		if len(segments) == 1 {
			segments[0] = mustMerge(t, dead, segments[0])
		}
		var alive []gram.Doc
		for _, d := range docs {
			if !dead.Contains(d.Ordinal) {
				alive = append(alive, d)
			}
		}
		if got := segments[0].Header.Events(); got != len(alive) {
			rt.Fatalf("%d events, want %d", got, len(alive))
		}
		for range 10 {
			checkPattern(rt, segments[0], alive, drawPattern(rt, docs))
		}
	})
}
