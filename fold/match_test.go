package fold_test

import (
	"encoding/binary"
	"strings"
	"testing"
	"unicode/utf16"

	"pgregory.net/rapid"

	"fangzhi/fold"
)

func TestMatcherCountsAsInTheFoldedText(t *testing.T) {
	// Few different characters, so that patterns repeat, overlap and nearly fit.
	texts := rapid.StringOfN(rapid.SampledFrom([]rune("会會議议 　\u200bＡaA·‧\ufffd")), 0, 40, -1)
	rapid.Check(t, func(rt *rapid.T) {
		text := texts.Draw(rt, "text")
		if rapid.Bool().Draw(rt, "broken") {
			text += "\xff\xfe会"
		}
		pattern := fold.String(rapid.StringOfN(rapid.SampledFrom([]rune("会议a·\ufffd𠀀")), 0, 4, -1).Draw(rt, "pattern"))
		want := 0
		if pattern != "" {
			want = strings.Count(fold.String(text), pattern)
		}
		if got := fold.NewMatcher(pattern).Count(text); got != want {
			rt.Errorf("%q in %q: %d times, want %d", pattern, text, got, want)
		}
		var wide []byte
		for _, u := range utf16.Encode([]rune(text)) {
			wide = binary.LittleEndian.AppendUint16(wide, u)
		}
		if got := fold.NewMatcher(pattern).CountUTF16(wide); got != want {
			rt.Errorf("%q in %q, in UTF-16: %d times, want %d", pattern, text, got, want)
		}
	})
}

func BenchmarkMatcher(b *testing.B) {
	text := strings.Repeat("区委召开会议，强调推进各项工作，要求各部门抓好落实。", 16)
	m := fold.NewMatcher(fold.String("强调落实"))
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		m.Count(text)
	}
}
