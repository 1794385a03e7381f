package layout_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"fangzhi/loader/layout"
	"fangzhi/loader/source"
)

// A printed report is drawn the way a chronicle's office and a PDF set it, from articles that the test knows: the slow
// obvious oracle of the whole package. Whatever the setting, the same articles have to come back.

type printed struct {
	Title, Section string
	Page           int
	Body           string
}

var (
	titleParts = []string{"云河区", "柳湖街道", "区教育局", "沙岗镇", "区委", "召开", "举行", "开展", "全民义务植树", "“挂图作战”", "工作推进会", "2022年", "第3次", "安全生产", "会议", "专题宣讲", "（社区）", "老旧小区改造"}
	sections   = []string{"本期焦点", "时政要点", "山乡新貌", "城建看点", "河湖故事"}
	sentences  = []string{
		"区委书记沈知秋出席会议并讲话", "区长李牧原、副区长顾怀瑾、苗向南参加", "会议学习了《关于做好“两节”期间工作的通知》（云办〔2022〕3号）精神", "全区共植树800余株，面积约6000平方米",
		"他强调，要坚持问题导向，把各项任务落到实处", "随后，与会人员到柳湖街道鼓楼社区参观", "一要提高站位，二要压实责任，三要加强督导", "累计投入资金8,216.5万元，惠及群众 1600 余人", "活动受到群众欢迎", "各街道（镇）主要负责人参加，共120人",
	}
)

func drawArticles(t *rapid.T) []printed {
	n := rapid.IntRange(1, 8).Draw(t, "articles")
	var out []printed
	page, section := 1, 0
	seen := map[string]bool{}
	for i := range n {
		page += rapid.IntRange(0, 2).Draw(t, "pages")
		if i > 0 && section+1 < len(sections) && rapid.Bool().Draw(t, "next section") {
			section++
		}
		title := ""
		for _, part := range rapid.SliceOfNDistinct(rapid.SampledFrom(titleParts), 3, 7, rapid.ID).Draw(t, "parts") {
			title += part
		}
		if seen[title] || len([]rune(title)) < 10 {
			title = fmt.Sprintf("第%d届%s开幕", i+1, title)
		}
		if rs := []rune(title); len(rs) > 12 && !isDigit(rs[5]) && rapid.Bool().Draw(t, "clauses") {
			title = string(rs[:6]) + " " + string(rs[6:])
		}
		seen[title] = true
		var paragraphs []string
		for j := range rapid.IntRange(1, 3).Draw(t, "paragraphs") {
			p := ""
			if j == 0 {
				p = fmt.Sprintf("2月%d日，", 1+i)
			}
			for k := range rapid.IntRange(2, 4).Draw(t, "sentences") {
				if k > 0 {
					p += "。"
				}
				p += rapid.SampledFrom(sentences).Draw(t, "sentence")
			}
			paragraphs = append(paragraphs, p+"。")
		}
		out = append(out, printed{title, sections[section], page, strings.Join(paragraphs, "\n")})
	}
	return out
}

// printContents sets the contents: rows with leaders of several kinds, over one to three lines, in tables or not.
func printContents(t *rapid.T, articles []printed) string {
	var b strings.Builder
	if rapid.Bool().Draw(t, "contents head") {
		b.WriteString("目　录\n\n")
	}
	section := ""
	for _, a := range articles {
		if a.Section != section {
			section = a.Section
			fmt.Fprintf(&b, "\n%s\n\n", section)
		}
		pieces := cut(t, a.Title, rapid.IntRange(1, 3).Draw(t, "lines of the title"))
		last := pieces[len(pieces)-1]
		for _, p := range pieces[:len(pieces)-1] {
			b.WriteString(p + "\n")
			if rapid.IntRange(0, 4).Draw(t, "gap") == 0 {
				b.WriteString("\n")
			}
		}
		switch rapid.IntRange(0, 5).Draw(t, "leader") {
		case 0:
			fmt.Fprintf(&b, "%s.....%d\n", last, a.Page)
		case 1:
			fmt.Fprintf(&b, "%s.%d\n", last, a.Page)
		case 2:
			fmt.Fprintf(&b, "%s…………%d\n", last, a.Page)
		case 3:
			fmt.Fprintf(&b, "\n| | |\n|---|---|\n| %s..... | %d |\n\n", last, a.Page)
		case 4:
			fmt.Fprintf(&b, "\n| %s | %d |\n|---|---|\n\n", last, a.Page)
		case 5:
			fmt.Fprintf(&b, "%s\t%d\n", last, a.Page)
		}
	}
	return b.String()
}

// cut parts s into at most n pieces of five code points or more, never at a space or inside a number.
func cut(t *rapid.T, s string, n int) []string {
	rs := []rune(s)
	var pieces []string
	for len(pieces) < n-1 && len(rs) > 10 {
		at := rapid.IntRange(5, len(rs)-5).Draw(t, "cut")
		if rs[at] == ' ' || rs[at-1] == ' ' || isDigit(rs[at]) && isDigit(rs[at-1]) {
			break
		}
		pieces = append(pieces, string(rs[:at]))
		rs = rs[at:]
	}
	return append(pieces, string(rs))
}

// printBody sets the articles, with pages cut anywhere inside a sentence.
func printBody(t *rapid.T, articles []printed) string {
	var b strings.Builder
	section := ""
	for _, a := range articles {
		if a.Section != section {
			section = a.Section
			fmt.Fprintf(&b, "\n%s\n", section)
		}
		b.WriteString("\n" + strings.Join(cut(t, a.Title, rapid.IntRange(1, 2).Draw(t, "lines of the title")), "\n") + "\n")
		for _, p := range strings.Split(a.Body, "\n") {
			rs := []rune(p)
			if at := rapid.IntRange(0, len(rs)-2).Draw(t, "page cut"); at >= 24 && !strings.ContainsRune("。；： ", rs[at-1]) && rs[at] != ' ' {
				furniture := rapid.SampledFrom([]string{"", "", "\n— 7 —\n", "\n云河区大事月报  2022年3月\n", "\n12\n", "\n" + section + "\n"}).Draw(t, "furniture")
				fmt.Fprintf(&b, "\n%s\n%s\n%s\n", string(rs[:at]), furniture, string(rs[at:]))
				continue
			}
			b.WriteString("\n" + strings.Repeat("　", rapid.IntRange(0, 2).Draw(t, "indent")) + p + "\n")
		}
	}
	return b.String()
}

func TestPrintedReportComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		articles := drawArticles(t)
		text := "云河区大事月报\n2022年3月\n（总第114期）\n" + printContents(t, articles) + printBody(t, articles) +
			"\n主 办：云河区人民政府\n\n编辑出版：云河区地方史志办公室\n"
		lines, err := source.Read("x.txt", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		issues, err := layout.Read(lines, "")
		if err != nil {
			t.Fatalf("%v\nof the text:\n%s", err, text)
		}
		var got []printed
		for _, a := range issues[0].Articles {
			got = append(got, printed{a.Title, a.Section, a.Page, a.Body})
		}
		if diff := cmp.Diff(articles, got); diff != "" {
			t.Fatalf("articles mismatch (-printed +read):\n%s\nof the text:\n%s", diff, text)
		}
	})
}

func isDigit(r rune) bool { return '0' <= r && r <= '9' }
