package gram_test

import (
	"slices"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"
	"pgregory.net/rapid"

	"fangzhi/graph/badgerstore/gram"
)

// What is left out of an index, and found all the same.

func TestAgreesWithScanWhereGramsAreLeftOut(t *testing.T) {
	gram.ShareAll(t)
	for few := 1; few < 5; few++ {
		gram.Few(t, few)
		checkAgainstScan(t, func(*rapid.T, *kept, []gram.Doc) {})
	}
}

// A gram is left out where few events have both its halves, and these are its candidates; where more have them, the index knows that
// no text has it. That holds for each part of a merged segment.
func TestGramsLeftOut(t *testing.T) {
	bodies := func(first uint32, both int, body string) (docs []gram.Doc) {
		for i := range 40 {
			d := gram.Doc{Ordinal: first + uint32(i), Body: "甲乙，"}
			if i >= 20-both {
				d.Body += "乙丙"
			}
			if i >= 20 {
				d.Body = "乙丙"
			}
			docs = append(docs, d)
		}
		docs[19].Body += body
		return docs
	}
	a, b, c, d := bodies(0, 3, "甲乙丙"), bodies(40, 10, ""), bodies(80, 11, ""), bodies(120, 11, "甲乙丙")
	all := slices.Concat(a, b, c, d)
	segments := []*kept{mustBuild(t, a, nil), mustBuild(t, b, nil), mustBuild(t, c, nil), mustBuild(t, d, nil)}
	has := func(k *kept) bool {
		e, err := k.Find("甲乙丙")
		if err != nil {
			t.Fatal(err)
		}
		return !e.IsEmpty()
	}
	for i, want := range []int{3, 10, 0, 0} {
		docs := all[40*i : 40*i+40]
		if got := checkPattern(t, segments[i], docs, "甲乙丙"); got != want {
			t.Errorf("segment %d: %d candidates, want %d", i, got, want)
		}
		if got := checkPattern(t, segments[i], docs, "，乙丙甲乙丙"); got > max(want, 1) {
			t.Errorf("segment %d: %d candidates for a longer string", i, got)
		}
		if has(segments[i]) != (i == 3) {
			t.Errorf("segment %d has the gram: %v", i, i != 3)
		}
	}
	merged := mustReopen(t, mustMerge(t, nil, segments...))
	if got := checkPattern(t, merged, all, "甲乙丙"); got != 13 || !has(merged) {
		t.Errorf("merged: %d candidates, want 13", got)
	}
	// What was kept for the sake of events that are dead now is not mistaken for what was left out.
	dead := roaring.BitmapOf(139)
	if got := checkPattern(t, mustMerge(t, dead, merged), slices.Delete(slices.Clone(all), 139, 140), "甲乙丙"); got != 23 {
		t.Errorf("merged again: %d candidates, want those of two parts and ten that may be", got)
	}
}

// Of 3,000 events twenty are few, and ten make no gram frequent. A gram in eleven is kept, however few events have both its halves.
func TestFrequentGramsAreNotLeftOut(t *testing.T) {
	for _, tt := range []struct {
		whole, both int // events with the gram, and those with its halves beside it
		candidates  int
	}{{11, 11, 0}, {10, 20, 20}, {10, 21, 0}, {0, 20, 20}, {0, 21, 0}} {
		var docs []gram.Doc
		for i := range 3000 {
			d := gram.Doc{Ordinal: uint32(i), Body: "丁"}
			switch {
			case i < tt.whole:
				d.Body = "甲乙丙"
			case i < tt.both:
				d.Body = "甲乙，乙丙"
			case i < 100:
				d.Body = []string{"甲乙", "乙丙"}[i%2]
			}
			docs = append(docs, d)
		}
		if got := checkPattern(t, mustBuild(t, docs, nil), docs, "甲乙丙"); got != tt.candidates {
			t.Errorf("%d events have the gram, %d both halves: %d candidates, want %d", tt.whole, tt.both, got, tt.candidates)
		}
	}
}
