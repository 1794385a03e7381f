package fold_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"fangzhi/fold"
)

func TestStringMakesEqual(t *testing.T) {
	for _, tt := range []struct{ name, a, b string }{
		{"traditional", "雲河區人民政府辦公室關於幹部任免的通知", "云河区人民政府办公室关于干部任免的通知"},
		{"full width", "ＣＯＶＩＤ－１９（２０２１）：Ａ，Ｂ！", "covid-19(2021):a,b!"},
		{"spaces", "王　磊 12 月\u00a04 日\r\n下\t午", "王磊12月4日下午"},
		{"what nobody sees", "\ufeff云\u200b河\u00ad区\u2060葛\U000E0100", "云河区葛"},
		{"quotes", "“平安”‘云河’「创建」『活动』＂一＂", `"平安"'云河'"创建"'活动'"一"`},
		{"name dots", "买买提•艾力、买买提・艾力、买买提．艾力", "买买提·艾力、买买提‧艾力、买买提·艾力"},
		{"date dots", "“12·4”", "“12.4”"},
		{"dashes", "11—13日 11～13日 11－13日 11~13日", "11-13日11–13日11−13日11〜13日"},
		{"Chinese zero", "二○二○年", "二〇二◯年"},
		{"Kangxi radicals", "12⽉4⽇⼤⻔⻓", "12月4日大门长"},
		{"a radical of a traditional character", "⻑", "长"},
		{"compatibility ideographs", "\uF902\uF900", "车岂"},
		{"presentation forms", "︵一︶﹐｡", "（一）,。"},
		{"letters", "Ä ABC Ⅻ Σ", "ä abc ⅻ σ"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if a, b := fold.String(tt.a), fold.String(tt.b); a != b {
				t.Errorf("String(%q) = %q, String(%q) = %q; want them equal", tt.a, a, tt.b, b)
			}
		})
	}
}

func TestStringKeepsApart(t *testing.T) {
	for _, tt := range []struct{ name, a, b string }{
		{"乾 in an era", "乾隆", "干隆"},
		{"乾 in a name", "张乾", "张干"},
		{"昇 in a name", "王昇", "王升"},
		{"surnames", "甯某", "宁某"},
		{"a sentence's end and a dot", "王。", "王."},
		{"comma and enumeration comma", "甲，乙", "甲、乙"},
		{"title marks and quotes", "《建议》", "“建议”"},
		{"numerals", "十二月", "12月"},
		{"dash and one", "一", "—"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if a, b := fold.String(tt.a), fold.String(tt.b); a == b {
				t.Errorf("String(%q) and String(%q) are both %q; want them apart", tt.a, tt.b, a)
			}
		})
	}
}

func TestFoldedTextIsSimplified(t *testing.T) {
	const simplified = "乾隆五十二年，云河县修葺文庙。"
	if got := fold.String("乾隆五十二年，雲河縣修葺文廟。"); got != strings.ReplaceAll(simplified, "，", ",") {
		t.Errorf("got %q, want %q with the width of the comma folded", got, simplified)
	}
}

func TestMap(t *testing.T) {
	folded, index := fold.Map("王　磊 到\n區委")
	if folded != "王磊到区委" {
		t.Errorf("Map folded to %q", folded)
	}
	want := []int{0, 2, 4, 6, 7}
	if len(index) != len(want) {
		t.Fatalf("Map index = %v, want %v", index, want)
	}
	for i := range want {
		if index[i] != want[i] {
			t.Errorf("Map index = %v, want %v", index, want)
			break
		}
	}
}

// Every code point there is, alone: folding twice is folding once, and one becomes at most one.
func TestEveryCodePoint(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if !utf8.ValidRune(r) {
			continue
		}
		once := fold.String(string(r))
		if n := utf8.RuneCountInString(once); n > 1 {
			t.Fatalf("String(%q) = %q: %d code points", r, once, n)
		}
		if twice := fold.String(once); twice != once {
			t.Fatalf("String(%q) = %q, folded again %q", r, once, twice)
		}
	}
}

// drawText draws what chronicles hold, with all that folding cares about, and bytes that are no UTF-8.
func drawText() *rapid.Generator[string] {
	marks := []rune("云河区雲區乾隆⽉⻓王磊０9ＡaÄ“”'「—～-·.．○〇 \u3000\n\u200b\ufeff︵、。\uFFFD")
	return rapid.OneOf(
		rapid.StringOfN(rapid.OneOf(rapid.SampledFrom(marks), rapid.Rune()), 0, 40, -1),
		rapid.Map(rapid.SliceOfN(rapid.Byte(), 0, 20), func(b []byte) string { return string(b) }),
	)
}

func TestFoldingTwiceIsFoldingOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawText().Draw(t, "s")
		once := fold.String(s)
		if twice := fold.String(once); twice != once {
			t.Fatalf("String(%q) = %q, folded again %q", s, once, twice)
		}
	})
}

// What search stands on: a part of a text folds to a part of the folded text.
func TestPartsFoldToParts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before, part, after := drawText().Draw(t, "before"), drawText().Draw(t, "part"), drawText().Draw(t, "after")
		whole := strings.ToValidUTF8(before, "?") + strings.ToValidUTF8(part, "?") + strings.ToValidUTF8(after, "?")
		part = strings.ToValidUTF8(part, "?")
		if !strings.Contains(fold.String(whole), fold.String(part)) {
			t.Fatalf("String(%q) = %q does not contain String(%q) = %q", whole, fold.String(whole), part, fold.String(part))
		}
	})
}

func TestMapAgreesWithString(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawText().Draw(t, "s")
		folded, index := fold.Map(s)
		if want := fold.String(s); folded != want {
			t.Fatalf("Map(%q) folds to %q, String to %q", s, folded, want)
		}
		source, out := []rune(s), []rune(folded)
		if len(index) != len(out) {
			t.Fatalf("Map(%q) has %d code points and %d indexes", s, len(out), len(index))
		}
		for i, n := range index {
			if i > 0 && n <= index[i-1] {
				t.Fatalf("Map(%q) index %v does not ascend", s, index)
			}
			if want := fold.String(string(source[n])); want != string(out[i]) {
				t.Fatalf("Map(%q): folded[%d] = %q does not come from s[%d] = %q", s, i, out[i], n, source[n])
			}
		}
	})
}

func BenchmarkString(b *testing.B) {
	body := strings.Repeat("12月17日，云河区委书记沈知秋到澜州市调研“平安云河”建设情况。", 100)
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		fold.String(body)
	}
}
