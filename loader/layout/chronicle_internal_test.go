package layout

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"fangzhi/loader/source"
)

// soundChronicle checks what holds for every text: each line has a fate, and heading, title and body are made of the
// text's own characters in its order.
func soundChronicle(lines []chronicleLine) error {
	starts := chronicleStarts(lines)
	for k, start := range starts {
		end := len(lines)
		if k+1 < len(starts) {
			end = starts[k+1]
		}
		from := start
		if k == 0 {
			from = 0
		}
		r := chronicle{lines: lines[from:end], top: start - from}
		var all strings.Builder
		for i := range r.lines {
			all.WriteString(pack(r.lines[i].text))
		}
		text := all.String()
		r.read()
		skipped := 0
		for i, f := range r.fates {
			if f == fateNone {
				return fmt.Errorf("line %d is lost: %q", r.lines[i].number, r.lines[i].text)
			}
			if f == fateSkipped {
				skipped++
			}
		}
		if skipped != r.skipped {
			return fmt.Errorf("%d lines are skipped, the warning counts %d", skipped, r.skipped)
		}
		for _, a := range r.issue.Articles {
			if a.Body == "" || len(a.BodyLines) != strings.Count(a.Body, "\n")+1 || a.Line == 0 {
				return fmt.Errorf("article %+v is not sound", a)
			}
			if !inOrder(pack(a.Body), text) || !strings.Contains(text, pack(a.Title)) {
				return fmt.Errorf("title %q or body %q does not stand in the text", a.Title, a.Body)
			}
			for line := range strings.SplitSeq(a.Heading, "\n") {
				if !strings.Contains(text, pack(line)) || a.Heading != "" && strings.TrimSpace(line) == "" {
					return fmt.Errorf("heading %q does not stand in the text", a.Heading)
				}
			}
			if a.Carried && a.Heading == "" {
				return fmt.Errorf("article %+v carries nothing", a)
			}
		}
		if len(r.issue.Articles) == 0 && len(r.issue.Warnings) == 0 {
			return fmt.Errorf("nothing is read and nothing said")
		}
	}
	return nil
}

// inOrder tells whether all characters of part stand in text in their order.
func inOrder(part, text string) bool {
	for _, r := range part {
		i := strings.IndexRune(text, r)
		if i < 0 {
			return false
		}
		text = text[i+len(string(r)):]
	}
	return true
}

func chronicleTexts(t testing.TB) []string {
	t.Helper()
	files, err := filepath.Glob("testdata/*/*.txt")
	if err != nil || len(files) < 20 {
		t.Fatalf("%d texts: %v", len(files), err)
	}
	var texts []string
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, string(b))
	}
	return texts
}

func FuzzChronicle(f *testing.F) {
	for _, text := range chronicleTexts(f) {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		text, err := source.Read("x.txt", b)
		if err != nil {
			return
		}
		fitChronicle(newLines(text.Lines))
		if err := soundChronicle(newChronicleLines(parted(text.Lines))); err != nil {
			t.Fatalf("%v\nof the text:\n%s", err, b)
		}
	})
}

// chroniclePieces are lines as chronicles have them, in an order that no chronicle has.
var chroniclePieces = []string{
	"云河区2021年大事记", "大事记", "云河区2022年大事记", "2021年", "1958年（戊戌年）", "一月", "2 月", "（3月）", "十二月份", "2021年1月", "4日", "13日—14日", "12月1日（星期二）", "上旬", "是月", "春", "附录", "目录", "大事记……12", "— 15 —", "大 事 记",
	"4日  区委召开全会。", "1—2日 全区植树", "同日，区长调研。", "次日  开会。", "△ 区文化馆办展。", "※ 4日 来访", "☆", "△12月5日", "是月，全区招聘。", "是年  全区增长7.6%。", "1月6日，区委书记沈知秋到柳湖街道", "12月31日至次年1月3日，检查。", "7月28上午，开会。",
	"14日【区人大会议召开】区人大会议召开。听取报告。", "15日【慰问】", "【换届】5月29日，换届。", "1月企业入榜企业入榜百强。", "（一）抓学习；", "会议指出，要抓落实。", "步、深学一层，把工作做好。", "学习了《关于做好", "“两节”工作的通知》。", "8月云河水库开工。", "6月份为活动月。", "[8日] 开会。", "1. 2月3日，志愿服务。",
	"", "", "　　全区开展检查，共检查企业120家，整改隐患36处，受到群众欢迎和好评。", "区长  李牧原（2月任）", "发布时间：2022-12-08 来源：云河区史志办公室", "主办：云河区人民政府", "| 时间 | 事件 |", "左栏文字左栏文字左栏文字            右栏文字右栏文字右栏文字",
}

func TestNoLineOfAChronicleIsLost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(chroniclePieces), 1, 40).Draw(t, "lines"), "\n")
		read, err := source.Read("x.txt", []byte(text))
		if err != nil {
			return
		}
		if err := soundChronicle(newChronicleLines(parted(read.Lines))); err != nil {
			t.Fatalf("%v\nof the text:\n%s", err, text)
		}
	})
}

func TestReadWhen(t *testing.T) {
	for _, tt := range []struct {
		name, text, words string
		grain             grain
	}{
		{"a day", "4日全区开会", "4日", grainDay},
		{"days", "1—2日 开会", "1—2日", grainDay},
		{"a list of days", "3、5、8日，开会", "3、5、8日", grainDay},
		{"a list with signs", "17日、21日、24日  开会", "17日、21日、24日", grainDay},
		{"over months", "5月31日至6月6日县三届人代会召开", "5月31日至6月6日", grainDay},
		{"over the year", "12月31日至次年1月3日，检查", "12月31日至次年1月3日", grainDay},
		{"a full date", "2021年1月6日，开会", "2021年1月6日", grainDay},
		{"spaces", "2021 年 1 月 6 日 开会", "2021 年 1 月 6 日", grainDay},
		{"signs of a computer", "2021-01-06 开会", "2021-01-06", grainDay},
		{"Chinese numerals", "二〇二一年十二月二十三日，开会", "二〇二一年十二月二十三日", grainDay},
		{"a weekday", "12月1日（星期二），开会", "12月1日（星期二）", grainDay},
		{"no sign of the day", "7月28上午，开会", "7月28", grainDay},
		{"the moon's", "正月初三，开会", "正月初三", grainDay},
		{"a month", "8月云河水库开工", "8月", grainMonth},
		{"months", "1—3月，检查", "1—3月", grainMonth},
		{"the twelfth month", "腊月，开会", "腊月", grainMonth},
		{"a part of a month", "5月上旬，开会", "5月上旬", grainPart},
		{"from a month on", "是月起，开会", "是月起", grainMonth},
		{"a part of this month", "是月下旬，开会", "是月下旬", grainPart},
		{"a year", "1958年建场", "1958年", grainYear},
		{"years", "1958—1960年，歉收", "1958—1960年", grainYear},
		{"the end of a year", "1963年底，统计", "1963年底", grainSeason},
		{"a season", "春  全县修水利", "春", grainSeason},
		{"seasons", "冬至次年春  全县修水利", "冬至次年春", grainSeason},
		{"not a day but how many", "5日内完成", "", noGrain},
		{"not a day but by when", "12月3日前完成", "", noGrain},
		{"not a month but an age", "3月龄婴儿", "", noGrain},
		{"not a month but a subject", "6月份为全区活动月", "", noGrain},
		{"not a year but its plan", "2021年度计划", "", noGrain},
		{"a festival", "春节期间，演出", "春节期间", grainPart},
		{"not a season but a festival's fair", "春节庙会", "", noGrain},
		{"not this year but a whole", "全年完成投资", "", noGrain},
		{"no such day", "32日开会", "", noGrain},
		{"no such month", "13月开会", "", noGrain},
		{"a number", "1.5万亩", "", noGrain},
		{"nothing", "", "", noGrain},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w, _ := readWhen(tt.text)
			if tt.text[:w.end] != tt.words || w.grain != tt.grain {
				t.Errorf("readWhen(%q) = %q of grain %d, want %q of grain %d", tt.text, tt.text[:w.end], w.grain, tt.words, tt.grain)
			}
		})
	}
}

// BenchmarkChronicle reads books of several lengths: the time must grow with the length.
func BenchmarkChronicle(b *testing.B) {
	var page strings.Builder
	for m := 1; m <= 12; m++ {
		fmt.Fprintf(&page, "%d　月\n", m)
		for d := 1; d <= 28; d += 3 {
			fmt.Fprintf(&page, "　　%d日  区委召开常委会（扩大）会议，传达学习有关会议精神。区委书记沈\n知秋主持会议并讲话，区长李牧原就全年经济运行作部署，各街道负责人参加\n会议。\n　　△副区长顾怀瑾到柳湖街道检查安全生产，共检查企业120家。\n", d)
		}
		fmt.Fprintf(&page, "\n— %d —\n\n大　事　记\n", m)
	}
	for _, mb := range []int{1, 5} {
		text := "云河县大事记\n"
		for year := 1950; len(text) < mb<<20; year++ {
			text += fmt.Sprintf("%d年\n", 1950+year%70) + page.String()
		}
		read, err := source.Read("x.txt", []byte(text))
		if err != nil {
			b.Fatal(err)
		}
		b.Run(fmt.Sprintf("megabytes=%d", mb), func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				if issues := readChronicle(read); len(issues) != 1 || len(issues[0].Articles) < 1000 {
					b.Fatalf("%d issues", len(issues))
				}
			}
		})
		b.Run(fmt.Sprintf("fit/megabytes=%d", mb), func(b *testing.B) {
			lines := newLines(read.Lines)
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				fitChronicle(lines)
			}
		})
	}
}

// parted returns the lines without the bool.
func parted(lines []source.Line) []source.Line {
	out, _ := splitColumns(lines)
	return out
}
