package gram_test

import (
	"bytes"
	"testing"

	"pgregory.net/rapid"

	"fangzhi/graph/badgerstore/gram"
)

// What merging makes of segments.

// A segment merged from parts has the bytes of one that was built whole with the same set.
func TestMergeIsBuildOfAll(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		first := drawDocs(rt, 10, 30)
		set := new(gram.Set)
		if len(first) > 0 {
			set = mustBuild(t, first, nil).Header.Sets()[0]
		}
		var all []gram.Doc
		var parts []*kept
		next := uint32(77)
		for range rapid.IntRange(1, 4).Draw(rt, "parts") {
			d := drawDocs(rt, next, 20)
			if len(d) > 0 {
				next = d[len(d)-1].Ordinal
			}
			all = append(all, d...)
			parts = append(parts, mustBuild(t, d, set))
		}
		merged, built := mustMerge(t, nil, parts...), mustBuild(t, all, set)
		if len(merged.blocks) != len(built.blocks) {
			rt.Fatalf("%d blocks merged, %d built", len(merged.blocks), len(built.blocks))
		}
		for i := range built.blocks {
			if !bytes.Equal(merged.blocks[i], built.blocks[i]) {
				rt.Fatalf("block %d merged:\n%x\nbuilt:\n%x", i, merged.blocks[i], built.blocks[i])
			}
		}
	})
}

// A long gram that is a part's in one segment says nothing of another, whose set does not cover it.
func TestSharedEntryStaysInItsPart(t *testing.T) {
	gram.ShareAll(t)
	var docs []gram.Doc
	for i := range uint32(40) {
		docs = append(docs, gram.Doc{Ordinal: i, Body: "甲乙丙丁"})
		if i >= 20 {
			docs[i].Body = "甲乙"
		}
	}
	docs[33].Body = "乙丙丁甲乙丙"
	k := mustMerge(t, nil, mustBuild(t, docs[:20], nil), mustBuild(t, docs[20:], nil))
	if k.shared(t) == 0 {
		t.Error("no gram shares an entry: the test proves little")
	}
	for _, pattern := range []string{"甲乙丙丁", "甲乙丙", "乙丙丁", "丙丁", "丁甲乙丙"} {
		checkPattern(t, k, docs, pattern)
	}
}

// A gram that is in one segment wherever a part of it is, and in another one is not, has an entry of its own.
func TestMergeSeparatesWhatDiffers(t *testing.T) {
	gram.ShareAll(t)
	var docs []gram.Doc
	for i := range uint32(90) {
		docs = append(docs, gram.Doc{Ordinal: i, Body: "甲乙丙丁"})
		switch {
		case i >= 60 && i%2 == 0:
			docs[i].Body = "乙丙甲乙，丙丁"
		case i >= 30 && i%2 == 0:
			docs[i].Body = "甲乙，丙丁"
		}
	}
	set := mustBuild(t, docs[:30], nil).Header.Sets()[0]
	for _, middle := range []string{"", "乙丙"} {
		docs[30].Body = middle
		a, b, c := mustBuild(t, docs[:30], set), mustBuild(t, docs[30:60], set), mustBuild(t, docs[60:], set)
		absent := mustBuild(t, []gram.Doc{{Ordinal: 95, Body: "乙丙"}, {Ordinal: 97, Body: "丙丁"}}, set)
		docs := append(docs[:90:90], gram.Doc{Ordinal: 95, Body: "乙丙"}, gram.Doc{Ordinal: 97, Body: "丙丁"})
		for _, k := range []*kept{mustMerge(t, nil, a, b, c, absent), mustMerge(t, nil, mustMerge(t, nil, a, absent))} {
			in := docs
			if k.Header.Events() == 32 {
				in = append(docs[:30:30], docs[90:]...)
			}
			for _, pattern := range []string{"甲乙", "乙丙", "丙丁", "甲乙丙", "乙丙丁", "甲乙丙丁"} {
				checkPattern(t, k, in, pattern)
			}
		}
	}
}
