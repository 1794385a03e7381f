package layout_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"fangzhi/loader/layout"
	"fangzhi/loader/source"
)

func TestYearbookYears(t *testing.T) {
	const entry = "\n综述\n【概况】全区平稳。\n"
	for _, tt := range []struct {
		name, text        string
		year, content     int
		publication       string
		yearsOfTheirsOnly bool
	}{
		{"year in brackets", "云河年鉴（2021）" + entry, 2021, 2020, "云河年鉴", false},
		{"year in front", "2021云河年鉴" + entry, 2021, 2020, "云河年鉴", false},
		{"year and volume below", "云河年鉴\n2021年卷" + entry, 2021, 2020, "云河年鉴", false},
		{"year behind a dot", "《云河年鉴·2021》" + entry, 2021, 2020, "云河年鉴", false},
		{"Chinese digits", "云河年鉴\n二〇二一" + entry, 2021, 2020, "云河年鉴", false},
		{"the guide says another year", "云河年鉴（2021）\n凡例\n记事时限为2021年1月1日至12月31日。" + entry, 2021, 2021, "云河年鉴", false},
		{"several years", "云河年鉴（2012—2014）" + entry, 0, 0, "云河年鉴", true},
		{"the guide says several years", "云河年鉴（2015）\n凡例\n收录2012年1月1日至2014年12月31日的资料。" + entry, 2015, 0, "云河年鉴", true},
		{"no year", "云河年鉴" + entry, 0, 0, "云河年鉴", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			is := mustRead(t, tt.text)[0]
			if is.Year != tt.year || is.ContentYear != tt.content || is.Publication != tt.publication || is.OwnYears != tt.yearsOfTheirsOnly {
				t.Errorf("Read(%q): year %d, content %d, publication %q, own years %v; want %d, %d, %q, %v",
					tt.text, is.Year, is.ContentYear, is.Publication, is.OwnYears, tt.year, tt.content, tt.publication, tt.yearsOfTheirsOnly)
			}
		})
	}
}

func TestYearbookContributor(t *testing.T) {
	for _, tt := range []struct{ name, text, body, want string }{
		{"a name set wide", "开工。（周　禾）", "开工。", "周 禾"},
		{"narrow parentheses", "开工。 (周 禾)", "开工。", "周 禾"},
		{"two names", "开工。（周 禾　谢小芸）", "开工。", "周 禾 谢小芸"},
		{"a compound surname", "开工。（欧阳 澈）", "开工。", "欧阳 澈"},
		{"a label", "开工。（撰稿人：雷　鸣）", "开工。", "雷 鸣"},
		{"an office", "开工。（供稿：区人大办）", "开工。", "区人大办"},
		{"an office before the word", "开工。（区人大办供稿）", "开工。", "区人大办"},
		{"a line of its own", "开工。\n　　（周　禾）", "开工。", "周 禾"},
		{"a label on a line of its own", "开工。\n　　撰稿：周　禾", "开工。", "周 禾"},
		{"what is said of a person", "开工，区长李牧原（女）", "开工，区长李牧原（女）", ""},
		{"an explanation", "开工（图12）。（详见附录）", "开工（图12）。（详见附录）", ""},
		{"names in a sentence", "参加的有两人（周禾、张禾）", "参加的有两人（周禾、张禾）", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := mustRead(t, "云河年鉴（2021）\n工业\n【开工】"+tt.text+"\n【竣工】竣工。\n")[0].Articles[0]
			if a.Body != tt.body || a.Contributor != tt.want {
				t.Errorf("%q: body %q by %q, want %q by %q", tt.text, a.Body, a.Contributor, tt.body, tt.want)
			}
		})
	}
}

func drawYearbook(t *rapid.T) string {
	var b strings.Builder
	b.WriteString("云河年鉴（2021）\n")
	line := rapid.SampledFrom([]string{
		"特载", "工业", "综　述", "云河区委领导名录", "书　记　沈知秋（女）", "　　　　李牧原", "【概况】", "【概况】　2020年，全区平稳。", "〖开工〗3月，开工，", "副区长张禾出席。",
		"（周　禾）", "供稿：区人大办", "| 年份 | 人口 |", "·15·", "2月，竣工。", "大事记", "目录", "开工……12", "全区开会", "",
	})
	for range rapid.IntRange(1, 25).Draw(t, "lines") {
		b.WriteString(line.Draw(t, "line") + "\n")
	}
	return b.String()
}

func TestYearbookLosesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := drawYearbook(t)
		lines, err := source.Read("x.txt", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		issues, err := layout.Read(lines, "yearbook")
		if err != nil {
			return // nothing in it has a title in brackets
		}
		checkNothingLost(t, text, issues)
	})
}

func FuzzYearbook(f *testing.F) {
	files, _ := filepath.Glob("testdata/yearbook/*.txt")
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(text))
	}
	f.Fuzz(func(t *testing.T, text string) {
		lines, err := source.Read("x.txt", []byte(text))
		if err != nil {
			return
		}
		issues, err := layout.Read(lines, "yearbook")
		if err != nil {
			return
		}
		for _, a := range issues[0].Articles {
			if a.Body == "" || len(a.BodyLines) != strings.Count(a.Body, "\n")+1 {
				t.Errorf("article at line %d: body %q, lines %v", a.Line, a.Body, a.BodyLines)
			}
		}
	})
}
