package badgerstore

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// What stands in a block comes back as it was, be it UTF-8 or not.
func TestTextsComeBack(t *testing.T) {
	text := rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{"会", "𠮷", "a", "\x00", "é", "\xff", "\xed\xa0\x80", "\uffff", "\ufffd", "推进工作"}), 0, 9).Draw(t, "text"), "")
	})
	rapid.Check(t, func(t *rapid.T) {
		texts := make([]textOf, rapid.IntRange(0, eventsARecord).Draw(t, "texts"))
		for i := range texts {
			texts[i] = textOf{text.Draw(t, "title"), text.Draw(t, "body")}
		}
		whole := encodeTexts(texts)
		block, err := decodeTexts(whole)
		if err != nil || block.len() != len(texts) {
			t.Fatalf("%d texts, %v; want %d", block.len(), err, len(texts))
		}
		for i := range texts {
			if diff := cmp.Diff(texts[i], block.at(i)); diff != "" {
				t.Errorf("text %d mismatch (-want +got):\n%s", i, diff)
			}
		}
		if none := block.at(len(texts)); none != (textOf{}) {
			t.Errorf("an event that is not there has the texts %q", none)
		}
		for n := range whole {
			if _, err := decodeTexts(whole[:n]); !errors.Is(err, ErrCorrupt) {
				t.Errorf("%d of %d bytes: %v", n, len(whole), err)
			}
		}
	})
}

// Whatever bytes stand for a block, reading it ends with texts or ErrCorrupt.
func FuzzTexts(f *testing.F) {
	f.Add(encodeTexts([]textOf{{"会议", "𠮷\xff"}, {}, {"", "a"}}))
	f.Add([]byte{1, 4, 4, 0x00, 0xd8, 0x00, 0xd8})
	f.Add([]byte{2, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 2})
	f.Add([]byte{1, 1, 3})
	f.Fuzz(func(t *testing.T, b []byte) {
		block, err := decodeTexts(b)
		if err != nil && !errors.Is(err, ErrCorrupt) {
			t.Fatal(err)
		}
		for i := range block.len() {
			block.at(i)
		}
	})
}
