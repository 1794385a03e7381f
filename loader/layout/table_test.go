package layout_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"fangzhi/loader/layout"
	"fangzhi/loader/source"
)

// mustReadFile reads a file of whatever kind.
func mustReadFile(t testing.TB, file string) (source.Text, []layout.Issue) {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	text, err := source.Read(file, b)
	if err != nil {
		t.Fatal(err)
	}
	issues, err := layout.Read(text, "")
	if err != nil {
		t.Fatal(err)
	}
	return text, issues
}

// TestTablesAndNews reads every document of testdata/table and testdata/news and compares the issues with the file beside it.
func TestTablesAndNews(t *testing.T) {
	for _, file := range documents(t) {
		t.Run(filepath.Base(file), func(t *testing.T) {
			text, issues := mustReadFile(t, file)
			checkKept(t, text, issues)
			dialect := filepath.Base(filepath.Dir(file))
			for i := range issues {
				if issues[i].Dialect != dialect {
					t.Errorf("read as %s", issues[i].Dialect)
				}
			}
			compareIssues(t, file, issues)
		})
	}
}

// table prints the articles of a text, a line each: section, heading with ^ where it is carried, title, contributor, body.
func table(t *testing.T, text string) string {
	t.Helper()
	lines, err := source.Read("x.txt", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	issues, err := layout.Read(lines, "")
	if err != nil {
		return "refused"
	}
	if issues[0].Dialect != "table" {
		return issues[0].Dialect
	}
	checkKept(t, lines, issues)
	var out []string
	for _, is := range issues {
		out = append(out, fmt.Sprintf("%s %s %d-%d-%d", is.Publication, is.Label, is.Year, is.Month, is.MonthTo))
		for _, a := range is.Articles {
			carried := ""
			if a.Carried {
				carried = "^"
			}
			out = append(out, strings.Join([]string{a.Section, strings.ReplaceAll(a.Heading, "\n", ">") + carried, a.Title, a.Contributor, a.Body}, "|"))
		}
	}
	return strings.Join(out, "\n")
}

func TestTables(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"the year of the first row", "云河区大事记\n| 日期 | 事件 |\n| 2020年11月3日 | 甲桥通车 |\n| 12月4日 | 乙桥通车 |\n| 9日 | 丙桥通车 |\n| 1月4日 | 丁桥通车 |\n",
			"云河区大事记  0-0-0\n||||2020年11月3日，甲桥通车。\n|2020年11月3日^|||12月4日，乙桥通车。\n|2020年11月3日>12月4日^|||9日，丙桥通车。\n||||1月4日，丁桥通车。"},
		{"forms of dates that no sentence begins with", "云河区2021年大事记\n| 时间 | 事件 |\n| 2021-03-05 | 甲桥通车 |\n| 3.9 | 乙桥通车 |\n|  | 丙桥通车 |\n",
			"云河区大事记 2021年 2021-0-0\n|云河区2021年大事记>2021-03-05|||甲桥通车。\n|云河区2021年大事记>3.9|||乙桥通车。\n|云河区2021年大事记>3.9^|||丙桥通车。"},
		{"a month and a day in the event", "云河区2021年大事记\n| 时间 | 大事 |\n| 3月 | 5日，甲桥通车。 |\n| 3月 | 3月9日，乙桥通车。 |\n",
			"云河区大事记 2021年 2021-0-0\n|云河区2021年大事记>3月|||5日，甲桥通车。\n|云河区2021年大事记|||3月9日，乙桥通车。"},
		{"classes down blank cells", "云河区2021年大事记\n| 类别 | 时间 | 大事 | 供稿 |\n| 党建 | 3月5日 | 区委全会召开 | 区委办 |\n|  | 3月6日 | 党课开讲 |  |\n| 经济 | 3月7日 | 甲厂投产 | 周禾 |\n",
			"云河区大事记 2021年 2021-0-0\n党建|云河区2021年大事记||区委办|3月5日，区委全会召开。\n党建|云河区2021年大事记|||3月6日，党课开讲。\n经济|云河区2021年大事记||周禾|3月7日，甲厂投产。"},
		{"a title in a row that spans the table, half a year", "| 云河区2021年1—6月大事记 | | |\n| 序号 | 时间 | 事件 |\n| 1 | 3月5日 | 甲桥通车 |\n",
			"云河区大事记 2021年1—6月 2021-1-6\n|云河区2021年1—6月大事记|||3月5日，甲桥通车。"},
		{"a title and a text", "云河区2021年重要活动统计表\n| 活动名称 | 活动时间 | 内容 | 备注 |\n| 书法展 | 3月5日 | 展出作品80件。 | 区文化馆（二楼） |\n| 元宵灯会 | 2月26日 |  | / |\n",
			"云河区重要活动统计表 2021年 2021-0-0\n|云河区2021年重要活动统计表|书法展||3月5日，展出作品80件。备注：区文化馆（二楼）。\n|云河区2021年重要活动统计表|||2月26日，元宵灯会。"},
		{"a span of months as rows, sums", "云河县二〇一九年大事记\n| 月 | 日 | 纪要 | 事件 |\n| 3 | 5 | 甲 | 甲桥通车 |\n|  | 下旬 |  | 乙桥通车 |\n| 4—5月 |  |  | 丙桥开工 |\n| 合计 | 3 | | |\n",
			"云河县大事记 二〇一九年 2019-0-0\n|云河县二〇一九年大事记|||3月5日，甲桥通车。纪要：甲。\n|云河县二〇一九年大事记>3月5日^|||下旬，乙桥通车。\n|云河县二〇一九年大事记|||4—5月，丙桥开工。"},
		{"two tables side by side in years", "云河县大事记\n2019年\n| 时间 | 事件 |\n| 3月5日 | 甲桥通车 |\n2020年\n| 时间 | 事件 |\n| 3月5日 | 乙桥通车 |\n",
			"云河县大事记  0-0-0\n|2019年|||3月5日，甲桥通车。\n|2020年|||3月5日，乙桥通车。"},
		{"eras", "云河县水旱灾害年表\n| 年份 | 灾情 | 资料来源 |\n| 清光绪三年（1877） | 大旱，饿殍载道。 | 县志卷十 |\n| 民国20年 | 大水，淹没农田。 | 档案 |\n",
			"云河县水旱灾害年表  0-0-0\n|||县志卷十|清光绪三年（1877），大旱，饿殍载道。\n|||档案|民国20年，大水，淹没农田。"},
		{"a word of its own for what happened", "云河书院修葺年表\n| 年份 | 修葺情形 | 主持人 |\n| 康熙九年 | 知县周衡重修讲堂三间，增建斋舍。 | 周衡 |\n| 1931年 | 改为县立第一小学校，拆除照壁。 |  |\n",
			"云河书院修葺年表  0-0-0\n||||康熙九年，知县周衡重修讲堂三间，增建斋舍。主持人：周衡。\n||||1931年，改为县立第一小学校，拆除照壁。"},

		{"a table of figures", "云河区主要指标\n| 年份 | 生产总值 | 增长 |\n| 2019 | 312.5 | 7.1% |\n| 2020 | 330.1 | 3.2% |\n", "refused"},
		{"a roster", "云河区领导名录\n| 姓名 | 职务 | 任职时间 |\n| 林远舟 | 区长 | 2019年3月 |\n| 周衡 | 副区长 | 2020年4月 |\n", "refused"},
		{"contents of a monthly report", "云河区大事月报\n2022年3月\n| 目录 | 页码 |\n| 区委召开会议 | 1 |\n\n区委召开会议\n\n2月9日，区委召开会议。\n", "monthly"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, table(t, tt.text)); diff != "" {
				t.Errorf("articles of %q mismatch (-want +got):\n%s", tt.text, diff)
			}
		})
	}
}

// documents returns the documents of testdata/table and testdata/news.
func documents(t testing.TB) []string {
	t.Helper()
	var files []string
	for _, pattern := range []string{"testdata/table/*.txt", "testdata/table/*.html", "testdata/news/*.txt", "testdata/news/*.html"} {
		found, err := filepath.Glob(pattern)
		if err != nil || len(found) == 0 {
			t.Fatalf("no documents %s: %v", pattern, err)
		}
		files = append(files, found...)
	}
	return files
}

// checkKept fails where a letter of a text is neither in an issue nor in what it dropped of the line.
func checkKept(t testing.TB, text source.Text, issues []layout.Issue) {
	t.Helper()
	var b strings.Builder
	dropped := map[int]string{}
	for _, is := range issues {
		b.WriteString(is.Publication + is.Label + is.Publisher + is.Office + is.Host + strings.Join(is.Sections, ""))
		for l := range strings.SplitSeq(is.Text, "\n") {
			if !strings.HasPrefix(l, "|") { // a row stands there whole, whatever was made of its cells
				b.WriteString(l)
			}
		}
		for _, a := range is.Articles {
			b.WriteString(a.Title + a.Heading + a.Section + a.Contributor + a.Body)
		}
		for _, l := range is.Furniture {
			dropped[l.Number] += l.Text
		}
	}
	have := map[rune]bool{}
	for _, r := range b.String() {
		have[r] = true
	}
	for _, l := range text.Lines {
		for _, r := range l.Text {
			if unicode.Is(unicode.Han, r) && !have[r] && !strings.ContainsRune(dropped[l.Number], r) {
				t.Errorf("line %d %q: %q is lost", l.Number, l.Text, r)
				break
			}
		}
	}
}
