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
	sets := map[gram.SetID][]byte{}
	if err := k.Load(); err != nil {
		t.Fatal(err)
	}
	for _, s := range k.Header.Sets() {
		sets[s.ID()] = s.Encode()
	}
	b := k.Header.Encode()
	h, err := gram.DecodeHeader(b, gram.NamedSet)
	if err != nil {
		t.Fatalf("DecodeHeader: %v", err)
	}
	if !bytes.Equal(h.Encode(), b) {
		t.Fatalf("a header of %d bytes, read and written again, has other bytes", len(b))
	}
	again := &kept{firsts: k.firsts, blocks: k.blocks}
	again.Segment = gram.Segment{Header: h, Read: again.read, ReadSet: func(id gram.SetID) ([]byte, error) {
		b, ok := sets[id]
		if !ok {
			return nil, fmt.Errorf("no set %x", id)
		}
		return b, nil
	}}
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
		for _, d := range docs {
			if c.Contains(d.Ordinal) && (strings.Contains(d.Title, pattern) || strings.Contains(d.Body, pattern)) {
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
func TestAgreesWithScan(t *testing.T) { checkAgainstScan(t, mustBeInTexts) }

func TestAgreesWithScanWhereEntriesAreShared(t *testing.T) {
	gram.ShareAll(t)
	checkAgainstScan(t, mustBeInTexts)
}

// mustBeInTexts fails for a gram that no text has. Where few events are enough for grams to share entries, all of a part may die, and
// what shares its entry stays.
func mustBeInTexts(t *rapid.T, k *kept, docs []gram.Doc) {
	for _, b := range k.blocks {
		grams, _, err := gram.Grams(b)
		if err != nil {
			t.Fatal(err)
		}
		for _, g := range grams {
			if scan(docs, g).all.IsEmpty() {
				t.Fatalf("%q is a gram and in no text", g)
			}
		}
	}
}

func checkAgainstScan(t *testing.T, also func(t *rapid.T, k *kept, docs []gram.Doc)) {
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
				if err := segments[0].Load(); err != nil {
					t.Fatal(err)
				}
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
		also(rt, segments[0], alive)
	})
}

// In a segment with a set of its own, a string of up to MaxLen code points that is not a gram has at most 0.67 % of the events
// as candidates, and merging leaves it so. The events are enough for long grams to share entries.
func TestCandidatesAreFew(t *testing.T) {
	w := newWriter(7)
	var docs []gram.Doc
	var segments []*kept
	for _, n := range []int{1_000, 1_500, 1_203} {
		d := w.docs(uint32(65_000+len(docs)), n)
		docs = append(docs, d...)
		segments = append(segments, mustBuild(t, d, nil))
	}
	merged := mustReopen(t, mustMerge(t, nil, segments...))
	if shared := merged.shared(t); shared < 100 {
		t.Errorf("%d grams share entries: the test proves little", shared)
	}
	whole := mustBuild(t, docs, nil)
	inexact := 0
	for i := range 150 {
		body := []rune(docs[w.rand.IntN(len(docs))].Body)
		n := 1 + i%gram.MaxLen
		from := w.rand.IntN(len(body) - n)
		pattern := string(body[from : from+n])
		c := checkPattern(t, whole, docs, pattern)
		if c > len(docs)/150 {
			t.Errorf("%q: %d candidates of %d events", pattern, c, len(docs))
		}
		if c := checkPattern(t, merged, docs, pattern); c > 10+10+10 {
			t.Errorf("%q: %d candidates of %d events in three parts", pattern, c, len(docs))
		}
		if c > 0 {
			inexact++
		}
	}
	if inexact < 20 {
		t.Errorf("%d strings had candidates: the test proves little", inexact)
	}
}

// shared returns how many grams of a segment share the entry of a part.
func (k *kept) shared(t *testing.T) int {
	t.Helper()
	n := 0
	for _, b := range k.blocks {
		_, shared, err := gram.Grams(b)
		if err != nil {
			t.Fatal(err)
		}
		n += len(shared)
	}
	return n
}

// Every gram of every block is found where the header says, and a segment of formulae keeps to the bounds of its blocks.
func TestEveryGramIsFound(t *testing.T) {
	w := newWriter(3)
	a, b := mustBuild(t, w.docs(100, 1_200), nil), mustBuild(t, w.docs(1_300, 300), nil)
	k := mustReopen(t, mustMerge(t, nil, a, b))
	if k.Header.Blocks() != len(k.blocks) || len(k.blocks) < 50 {
		t.Fatalf("%d blocks in the header, %d written", k.Header.Blocks(), len(k.blocks))
	}
	small, last := 0, ""
	for i, block := range k.blocks {
		if got := k.Header.First(i); got != string(k.firsts[i]) {
			t.Fatalf("First(%d) = %q, written with %q", i, got, k.firsts[i])
		}
		if len(block) > gram.MaxBlock {
			t.Errorf("block %d has %d bytes", i, len(block))
		}
		if len(block) < 2<<10 {
			small++
		}
		grams, _, err := gram.Grams(block)
		if err != nil {
			t.Fatal(err)
		}
		if grams[0] != k.Header.First(i) {
			t.Errorf("block %d begins with %q, First says %q", i, grams[0], k.Header.First(i))
		}
		for _, g := range grams {
			if g <= last {
				t.Errorf("%q comes after %q", g, last)
			}
			last = g
			if at, ok := k.Header.Block(g); !ok || at != i {
				t.Fatalf("Block(%q) = %d, %v; it is in %d", g, at, ok, i)
			}
			k.reads = 0
			e, err := k.Find(g)
			if err != nil || e.IsEmpty() {
				t.Fatalf("Find(%q): empty %v, %v", g, e.IsEmpty(), err)
			}
			if k.reads > 2 {
				t.Errorf("Find(%q) read %d blocks", g, k.reads)
			}
		}
	}
	if small > len(k.blocks)/4 {
		t.Errorf("%d of %d blocks are shorter than 2 kB", small, len(k.blocks))
	}
	for _, g := range []string{"", "\x00", "q", "\U0010FFFF", "一一一"} {
		if e, err := k.Find(g); err != nil || !e.IsEmpty() {
			t.Errorf("Find(%q): empty %v, %v", g, e.IsEmpty(), err)
		}
	}
}

func TestHitsOfAnEvent(t *testing.T) {
	docs := []gram.Doc{
		{Ordinal: 5, Title: "区委", Body: "区委区委"},
		{Ordinal: 6, Title: "区", Body: "委区政府" + strings.Repeat("区委", 15)},
		{Ordinal: 7, Title: "", Body: "区委" + strings.Repeat("区委", 20)},
		{Ordinal: 9, Title: "啊啊啊啊啊", Body: ""},
		{Ordinal: 11, Title: "区政府", Body: "没有"},
	}
	k := mustBuild(t, docs, nil)
	for _, tt := range []struct {
		gram       string
		all, title []uint32
		hits       map[int][]uint32
	}{
		{"区委", []uint32{5, 6, 7}, []uint32{5}, map[int][]uint32{3: {5}, 15: {6, 7}}},
		{"啊", []uint32{9}, []uint32{9}, map[int][]uint32{5: {9}}},
		{"啊啊", []uint32{9}, []uint32{9}, map[int][]uint32{2: {9}}}, // the third overlaps the second
		{"府没", nil, nil, nil}, // a gram does not span title and body
		{"政府", []uint32{6, 11}, []uint32{11}, nil},
	} {
		t.Run(tt.gram, func(t *testing.T) {
			e, err := k.Find(tt.gram)
			if err != nil {
				t.Fatal(err)
			}
			check := func(what string, got *roaring.Bitmap, err error, want []uint32) {
				t.Helper()
				if err != nil || !got.Equals(roaring.BitmapOf(want...)) {
					t.Errorf("%s = %v, %v; want %v", what, got, err, want)
				}
			}
			got, err := e.All()
			check("All", got, err, tt.all)
			got, err = e.Title()
			check("Title", got, err, tt.title)
			tiers := 0
			for h := 0; h <= gram.MaxHits+1; h++ {
				got, err = e.Tier(h)
				check(fmt.Sprint("Tier ", h), got, err, tt.hits[h])
			}
			for _, h := range e.Tiers() {
				if tiers++; len(tt.hits[h]) == 0 {
					t.Errorf("Tiers names %d", h)
				}
			}
			if tiers != len(tt.hits) {
				t.Errorf("Tiers names %d numbers, want %d", tiers, len(tt.hits))
			}
		})
	}
}

// Two hits of a gram must not overlap even where a gram between them, one shorter, is not frequent.
func TestHitsOverlapAcrossWhatIsNotFrequent(t *testing.T) {
	docs := []gram.Doc{{Ordinal: 0, Body: "甲乙丙甲乙丙甲乙"}} // alone has 丙甲乙丙
	for o := range uint32(12) {
		docs = append(docs, gram.Doc{Ordinal: o + 1, Body: "甲乙丙甲乙"})
	}
	e, err := mustBuild(t, docs, nil).Find("甲乙丙甲乙")
	if err != nil {
		t.Fatal(err)
	}
	if n, err := e.Count(); n != 13 || err != nil {
		t.Errorf("Count = %d, %v; want 13", n, err)
	}
	if tiers := e.Tiers(); len(tiers) > 0 {
		t.Errorf("Tiers = %v, want none: no event has two hits", tiers)
	}
}

func TestPlan(t *testing.T) {
	// 甲乙丙 is frequent with its parts, and so is 丙丁; 乙丙丁 is in few events.
	var docs []gram.Doc
	for i := range 200 {
		body := fmt.Sprint("甲乙丙", i, "丙丁")
		if i == 7 {
			body = "乙丙丁"
		}
		docs = append(docs, gram.Doc{Ordinal: uint32(i), Body: body})
	}
	set := mustBuild(t, docs, nil).Header.Sets()[0]
	for _, tt := range []struct {
		pattern string
		exact   bool
		grams   string
	}{
		{"", false, ""},
		{"甲", true, "甲"},
		{"庚辛", true, "庚辛"}, // in no event, and known to be
		{"甲乙丙", true, "甲乙丙"},
		{"乙丙丁", true, "乙丙丁"},
		{"甲乙丙丁", false, "乙丙丁 甲乙丙"}, // not covered, as 乙丙丁 is not frequent
		{"甲乙丙庚", false, "丙庚 甲乙丙"},
		{"庚辛壬", false, "庚辛 辛壬"},
	} {
		p := set.Plan(tt.pattern)
		if got := strings.Join(p.Grams, " "); p.Exact != tt.exact || got != tt.grams {
			t.Errorf("Plan(%q) = %v %q, want %v %q", tt.pattern, p.Exact, got, tt.exact, tt.grams)
		}
	}
	long := strings.Repeat("庚辛壬癸", 20)
	if p := set.Plan(long); p.Exact || len(p.Grams) != 16 {
		t.Errorf("Plan of %d code points has %d grams, exact %v; want 16", 80, len(p.Grams), p.Exact)
	}
}

// Grams of a plan are read until few candidates are left, and a block is read once.
func TestCandidatesHaveAllGrams(t *testing.T) {
	var docs []gram.Doc
	for i := range uint32(40) {
		body := "子"
		if i <= 20 {
			body += "庚辛，"
		}
		if i >= 20 {
			body += "辛壬"
		}
		docs = append(docs, gram.Doc{Ordinal: i, Body: body})
	}
	k := mustBuild(t, docs, new(gram.Set))
	r, err := k.Search("庚辛壬")
	if err != nil || !r.Exact.IsEmpty() || r.Candidates == nil || !r.Candidates.Equals(roaring.BitmapOf(20)) {
		t.Errorf("Search: %v, %v; want the one event with both grams as candidate", r.Candidates, err)
	}
	if k.reads != 1 || len(k.blocks) != 1 {
		t.Errorf("%d reads of %d blocks, want one of one", k.reads, len(k.blocks))
	}
	if r, err := k.Search(""); err != nil || r.Candidates.GetCardinality() != 40 {
		t.Errorf(`Search(""): %v, %v; want all events as candidates`, r.Candidates, err)
	}
}

func TestReadsAreCounted(t *testing.T) {
	w := newWriter(5)
	k := mustBuild(t, w.docs(0, 2_000), nil)
	for _, tt := range []struct {
		pattern string
		most    int
	}{
		{"会", 1}, {"会议", 1}, {"会议强", 2}, {"会议强调,推进", 2}, {"庚辛", 1},
		{w.words[3000] + w.words[4000], 7},
		{strings.Repeat("会议强调,推进", 12), 17},
	} {
		k.reads = 0
		if _, err := k.Search(tt.pattern); err != nil {
			t.Fatal(err)
		}
		if k.reads > tt.most || k.reads == 0 {
			t.Errorf("Search(%q) read %d blocks, want 1 to %d", tt.pattern, k.reads, tt.most)
		}
	}
}
