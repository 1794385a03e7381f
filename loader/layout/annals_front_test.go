package layout_test

import (
	"strings"
	"testing"

	"fangzhi/loader/layout"
)

// TestAnnalsFront: what stands above the first year and between the pages changes no article.
func TestAnnalsFront(t *testing.T) {
	const first = "清\n顺治三年（1646）\n　　八月  溪水大涨。\n康熙七年（1668）\n　　六月十七日  地震有声，屋瓦皆\n落。\n　　二十二年，知县重修学宫。\n"
	const second = "　　是岁，米贵，民多流亡。\n中华民国\n民国元年（1912）\n　　2月，县知事公署成立。\n中华人民共和国\n1949年\n　　5月16日  县城解放。\n"
	const third = "　　6月  县人民政府成立。\n1950年\n　　冬，全县完成土地改革。\n"
	page := func(left, number, right string) string {
		return "\n" + left + "\n\n" + number + "\n\n" + right + "\n\n"
	}
	for name, text := range map[string]string{
		"title, heading with spaces, editor":        "云河县志\n大　事　记\n云河县地方志编纂委员会\n\n" + first + page("", "·9·", "云河县志") + second + page("", "·10·", "大　事　记") + third,
		"heading below the editor":                  "云河县志\n云河县地方志编纂委员会编\n大 事 记\n" + first + second + page("", "— 10 —", "大 事 记") + third,
		"heading with its number, then the editor":  "云河县志\n第一编  大事记\n云河县地方志编纂委员会\n" + first + second + page("大事记", "10", "云河县志") + third,
		"heading alone":                             "大事记\n" + first + second + third,
		"heading with brackets":                     "《云河县志》\n【大事记】\n" + first + second + third,
		"no heading but running heads":              "云河县志\n" + first + page("", "·9·", "云河县志") + second + page("", "·10·", "大　事　记") + third,
		"neither title nor heading":                 first + page("", "·9·", "云河县志") + second + page("", "·10·", "大　事　记") + third,
		"running heads first":                       "·8·\n云河县志\n大　事　记\n" + first + page("", "·9·", "云河县志") + second + third,
		"title and heading in one line":             "云河县志·大事记\n" + first + second + third,
		"the years below the title":                 "云河县志\n（1646—1985）\n大事记\n" + first + second + third,
		"the editor's note":                         "云河县志\n大事记\n编辑说明\n　　本篇以编年体为主，收录全县大事。\n" + first + second + third,
		"the page number in the running head":       "云河县志\n大事记\n" + first + "\n大 事 记 · 9 ·\n" + second + "\n· 10 · 云河县志\n" + third,
		"a heading of several lines with a preface": "云河县志（1646—1985）\n序\n　　云河县历史悠久。1985年，县志编成。\n大　事　记\n" + first + second + third,
	} {
		t.Run(name, func(t *testing.T) {
			issues := mustRead(t, text)
			if len(issues) != 1 || issues[0].Dialect != "annals" {
				t.Fatalf("%d issues, %s", len(issues), issues[0].Dialect)
			}
			is := &issues[0]
			var got []string
			for _, a := range is.Articles {
				heading, _, _ := strings.Cut(a.Heading, "\n")
				got = append(got, heading+" "+firstOf(a.Body, 4))
			}
			want := "清 八月 溪, 清 六月十七, 清 二十二年, 清 是岁，米, 中华民国 2月，县, 中华人民共和国 5月16, 中华人民共和国 6月 县, 中华人民共和国 冬，全县"
			if s := strings.Join(got, ", "); s != want {
				t.Errorf("got  %s\nwant %s", s, want)
			}
			for _, w := range is.Warnings {
				if w.Code == layout.WarnSkippedText && !strings.Contains(text, "序\n") && !strings.Contains(text, "说明\n") {
					t.Errorf("line %d: %s", w.Line, w.Message)
				}
			}
		})
	}
}

// firstOf returns the first n runes of a text.
func firstOf(s string, n int) string { return string([]rune(s)[:n]) }
