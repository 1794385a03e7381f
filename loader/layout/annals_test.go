package layout_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"fangzhi/loader/layout"
	"fangzhi/loader/source"
)

// mustReadAs reads a text as UTF-8 lines that are set in a dialect.
func mustReadAs(t testing.TB, dialect, text string) []layout.Issue {
	t.Helper()
	lines, err := source.Read("x.txt", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	issues, err := layout.Read(lines, dialect)
	if err != nil {
		t.Fatal(err)
	}
	return issues
}

// Years in other kinds of text are no annals.
func TestAnnalsRefuse(t *testing.T) {
	for _, tt := range []struct{ name, text string }{
		{"monthly report", "云河区大事月报\n2022年3月\n（总第114期）\n时政要点\n区里开会......1\n时政要点\n区里开会\n2月4日，全区开会。\n"},
		{"chronicle of a year", "云河区2021年大事记\n1月\n4日  区委开会。\n同日  区政府开会。\n2月\n9日  植树。\n是月  下雪。\n"},
		{"yearbook", "云河年鉴（2021）\n工业\n概况\n【工业经济】2020年，全区工业增长。2019年，全区工业下降。\n【开工】2020年3月，开工。\n【竣工】2019年5月，竣工。\n【投产】2018年5月，投产。\n"},
		{"prose", "我的家乡\n我的家乡在云河县。那里有一条河，河边有一座塔。\n1949年以前，塔就在那里。\n" + strings.Repeat("人们说，塔是知县建的。\n", 20) + "1958年，塔倒了。\n后来又修了。\n1987年，我离开了家乡。\n"},
		{"description of a county", "云河县概况\n第一编 建置\n第一章 沿革\n洪武元年（1368），立县。\n万历七年（1579），改州。\n民国二年（1913），复县。\n第二编 地理\n1975年，普查。\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			lines, err := source.Read("x.txt", []byte(tt.text))
			if err != nil {
				t.Fatal(err)
			}
			issues, err := layout.Read(lines, "")
			if err == nil && issues[0].Dialect == "annals" {
				t.Errorf("read as annals: %s", issues[0].Why)
			}
		})
	}
}

// checkNothingLost fails where a line of the text is in no article, heading, title or furniture and not counted as skipped.
func checkNothingLost(t interface {
	Helper()
	Fatalf(format string, args ...any)
}, text string, issues []layout.Issue) {
	t.Helper()
	lines, err := source.Read("x.txt", []byte(text))
	if err != nil {
		return
	}
	var kept strings.Builder
	skipped := 0
	squeeze := strings.NewReplacer("第一章", "", "【", "", "】", "", "〖", "", "〗", "", "（", "", "）", "", "供稿：", "", "第二编", "", "大事记", "", " ", "", "\n", "", "·", "", "*", "", "_", "", "#", "")
	for _, is := range issues {
		kept.WriteString(is.Publication + is.Label + is.Publisher + strings.Join(is.Sections, "") + "\n")
		for _, f := range is.Furniture {
			kept.WriteString(f.Text + "|")
		}
		for _, a := range is.Articles {
			kept.WriteString(a.Heading + a.Title + a.Body + a.Contributor + "|")
			if len(a.BodyLines) != strings.Count(a.Body, "\n")+1 {
				t.Fatalf("%d lines for the paragraphs of %q", len(a.BodyLines), a.Body)
			}
			if !utf8.ValidString(a.Body) || a.Body == "" {
				t.Fatalf("body %q at line %d", a.Body, a.Line)
			}
		}
		for _, w := range is.Warnings {
			if m := regexp.MustCompile(`(\d+)行`).FindStringSubmatch(w.Message); w.Code == layout.WarnSkippedText && m != nil {
				n, _ := strconv.Atoi(m[1])
				skipped += n
			}
			if w.Code == layout.WarnEmptyArticle {
				kept.WriteString(w.Message + "|")
			}
		}
	}
	found := squeeze.Replace(kept.String())
	lost := 0
	for _, l := range lines.Lines {
		words := strings.TrimSpace(strings.Trim(squeeze.Replace(l.Text), "△：。.·-【】［］[]〔〕○●（）()"))
		if words != "" && !strings.Contains(found, words) {
			lost++
		}
	}
	if lost > skipped {
		t.Fatalf("%d lines are lost, %d are said to be skipped, of:\n%s\nkept:\n%s", lost, skipped, text, kept.String())
	}
}

var (
	yearHeads  = []string{"万历七年（1579）", "民国27年（1938）", "1958年", "嘉靖三十四年 1556年", "一九五八年", "1946—1948年", "嘉庆年间", "二十二年", "次年", "清", "中华民国", "### 1966年", "［1972年］", "宣统三年"}
	entryHeads = []string{"十月  ", "三月初九日  ", "7月15日，", "15日，", "是年，", "同日，", "△ ", "春  ", "年底，", "", "", "是月  ", "万历九年（1581）  ", "三十年，"}
	facts      = []string{"大旱", "知县李栋重修学宫，三年乃成。", "全县实现人民公社化，建公社9个。1961年改为26个。", "地震，有声如雷。", "蝗。冬，大饥。", "选举苗向南为县长，张禾、周衡为副县长。", "资料来源：清乾隆《云河县志》卷十", "水灾", "第一章 建置", "第二编 地理", "大事记", "· 15 ·", "云河县志", "| 年份 | 人口 |"}
)

func drawAnnals(t *rapid.T) string {
	var b strings.Builder
	b.WriteString(rapid.SampledFrom([]string{"", "云河县志·大事记\n", "云河县志\n\n大事记\n", "目录\n大事记\n第二编 地理\n大事记\n"}).Draw(t, "masthead"))
	b.WriteString("洪武元年（1368）  立县。\n")
	for range rapid.IntRange(1, 25).Draw(t, "lines") {
		switch rapid.IntRange(0, 3).Draw(t, "kind") {
		case 0:
			b.WriteString(rapid.SampledFrom(yearHeads).Draw(t, "year") + "\n")
		case 1:
			b.WriteString("\n")
		default:
			b.WriteString(strings.Repeat("　", 2*rapid.IntRange(0, 1).Draw(t, "indent")) + rapid.SampledFrom(entryHeads).Draw(t, "head") + rapid.SampledFrom(facts).Draw(t, "fact") + "\n")
		}
	}
	return b.String()
}

func TestAnnalsLoseNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := drawAnnals(t)
		lines, err := source.Read("x.txt", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		issues, err := layout.Read(lines, "annals")
		if err != nil {
			return // no part that goes year by year
		}
		checkNothingLost(t, text, issues)
	})
}

func FuzzAnnals(f *testing.F) {
	files, _ := filepath.Glob("testdata/annals/*.txt")
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
		issues, err := layout.Read(lines, "annals")
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

// gazetteerText is a gazetteer of about the given size, most of it volumes that describe.
func gazetteerText(bytes int) string {
	var b strings.Builder
	b.WriteString("云河县志\n\n序\n盛世修志。\n\n目录\n大事记……1\n第二编 建置……50\n\n大事记\n\n清\n")
	for y := 1; b.Len() < bytes/4; y++ {
		fmt.Fprintf(&b, "康熙%d年（%d）\n", y%60+1, 1662+y%60)
		for m := 1; m <= 12; m++ {
			fmt.Fprintf(&b, "　　%d月%d日  知县李栋重修学宫，捐俸三百两，士民乐输者众，三年乃成，邑人周允文作记，立石于学宫\n之左，又于城南建文峰塔七级。\n", m, m+3)
		}
	}
	for v := 2; b.Len() < bytes; v++ {
		fmt.Fprintf(&b, "第%d编  建置\n第一章  境域\n", v)
		for i := 0; i < 200; i++ {
			b.WriteString("　　1949年，全县辖6区42乡，区公所设于柳湖、沙岗、石坪、青岩、白鹤、柳渡六处，每区置区长一人、助理\n员三人，分掌民政、财粮、文教诸事。1958年，撤区建人民公社。\n")
		}
	}
	return b.String()
}

func BenchmarkGazetteer(b *testing.B) {
	for _, size := range []int{1 << 20, 5 << 20} {
		lines, err := source.Read("x.txt", []byte(gazetteerText(size)))
		if err != nil {
			b.Fatal(err)
		}
		for _, dialect := range []string{"annals", ""} {
			b.Run(fmt.Sprintf("bytes=%d/dialect=%s", size, dialect), func(b *testing.B) {
				b.SetBytes(int64(size))
				for b.Loop() {
					issues, err := layout.Read(lines, dialect)
					if err != nil || issues[0].Dialect != "annals" {
						b.Fatal(issues[0].Dialect, err)
					}
				}
			})
		}
	}
}
