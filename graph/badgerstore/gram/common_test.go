package gram_test

import (
	"errors"
	"maps"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"fangzhi/graph/badgerstore/gram"
)

// The common strings of the blocks of a segment are those that a count over its texts finds.
func TestCommonStringsAreThoseOfTheTexts(t *testing.T) {
	found := 0
	rapid.Check(t, func(rt *rapid.T) {
		docs := drawDocs(rt, 0, 80)
		n := rapid.IntRange(1, 60).Draw(rt, "events")
		want := map[string]int{}
		for _, d := range docs {
			once := map[string]bool{}
			for _, s := range []string{d.Title, d.Body} {
				for i := range s {
					_, one := utf8.DecodeRuneInString(s[i:])
					_, two := utf8.DecodeRuneInString(s[i+one:])
					once[s[i:i+one]], once[s[i:i+one+two]] = true, true
				}
			}
			for s := range once {
				want[s]++
			}
		}
		maps.DeleteFunc(want, func(_ string, events int) bool { return events < n })
		got := map[string]int{}
		for _, block := range mustBuild(t, docs, nil).blocks {
			if err := gram.Common(block, n, func(s string, events int) { got[s] = events }); err != nil {
				rt.Fatal(err)
			}
		}
		if !maps.Equal(got, want) {
			rt.Errorf("in %d events and more: %v, want %v", n, got, want)
		}
		found += len(want)
	})
	if found == 0 {
		t.Error("no string is common: this test proves nothing")
	}
}

// A list of bits is the shortest that many events can have.
func TestCommonStringsWhoseEventsAreBits(t *testing.T) {
	var docs []gram.Doc
	for i := range 400 {
		docs = append(docs, gram.Doc{Ordinal: uint32(i), Body: []string{"甲", "甲", "乙"}[i*i%7%3]})
	}
	got := map[string]int{}
	for _, block := range mustBuild(t, docs, nil).blocks {
		if err := gram.Common(block, 200, func(s string, events int) { got[s] = events }); err != nil {
			t.Fatal(err)
		}
	}
	if want := (map[string]int{"甲": 286}); !maps.Equal(got, want) {
		t.Errorf("in 200 events and more: %v, want %v", got, want)
	}
}

func TestCommonStringsOfACorruptBlock(t *testing.T) {
	err := gram.Common([]byte{0xC0, 'a', 200}, 1, func(string, int) {})
	if !errors.Is(err, gram.ErrCorrupt) {
		t.Errorf("Common: %v, want ErrCorrupt", err)
	}
}
