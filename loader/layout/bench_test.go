package layout

import (
	"fmt"
	"strings"
	"testing"

	"fangzhi/loader/source"
)

// benchTexts are texts of about 5 MB, each set in one dialect or in none.
func benchTexts() map[string]source.Text {
	const size = 5 << 20
	const prose = "区委书记沈知秋到柳湖街道调研安全生产工作，区长李牧原、副区长周衡陪同调研。会议要求，要压实责任，抓好落实，确保全区社会大局和谐稳定。"
	fill := func(head string, entry func(i int) string) source.Text {
		var b strings.Builder
		b.WriteString(head)
		for i := 0; b.Len() < size; i++ {
			b.WriteString(entry(i))
		}
		t := source.Text{Name: "x.txt"}
		for n, l := range strings.Split(b.String(), "\n") {
			t.Lines = append(t.Lines, source.Line{Number: n + 1, Text: l})
		}
		return t
	}
	wrapped := func(s string) string { // lines of 38 characters
		rs := []rune(s)
		var b strings.Builder
		b.WriteString("  ")
		for len(rs) > 38 {
			b.WriteString(string(rs[:38]) + "\n")
			rs = rs[38:]
		}
		b.WriteString(string(rs) + "\n")
		return b.String()
	}
	return map[string]source.Text{
		"monthly": fill("云河区大事月报\n2021年1月\n（总第9期）\n\n", func(i int) string {
			return fmt.Sprintf("\n沈知秋调研第%d个社区安全生产工作\n12月%d日，%s\n", i, i%28+1, prose)
		}),
		"monthly, wrapped": fill("云河区大事月报\n2021年1月\n（总第9期）\n\n", func(i int) string {
			return fmt.Sprintf("\n沈知秋调研第%d个社区安全生产工作\n%s", i, wrapped(fmt.Sprintf("12月%d日，%s%s", i%28+1, prose, prose)))
		}),
		"chronicle": fill("云河区大事记\n", func(i int) string {
			if i%300 == 0 {
				return fmt.Sprintf("\n%d年\n\n1月\n", 1949+i/300)
			}
			return fmt.Sprintf("%d日  %s\n", i%28+1, prose)
		}),
		"annals": fill("云河县志\n大事记\n", func(i int) string {
			if i%40 == 0 {
				return fmt.Sprintf("\n%d年\n", 1400+i/40%600)
			}
			return fmt.Sprintf("%d月，%s\n", i%12+1, prose)
		}),
		"yearbook": fill("云河年鉴（2021）\n", func(i int) string {
			return fmt.Sprintf("【第%d个社区】　%d月5日，%s\n", i, i%12+1, prose)
		}),
		"table": fill("云河区2021年大事记\n| 时间 | 事件 | 地点 |\n| --- | --- | --- |\n", func(i int) string {
			return fmt.Sprintf("| 3月%d日 | %s | 柳湖街道 |\n", i%28+1, prose)
		}),
		"news": fill("云河区召开安全生产会议\n发布时间：2021-03-05 来源：云河发布\n", func(int) string { return prose + "\n" }),
		"short lines": fill("云河区情\n", func(i int) string {
			return fmt.Sprintf("2021年%d月区情（总第%d）\n沈知秋调研\n", i%12+1, i)
		}),
		"prose": fill("", func(int) string { return prose + "\n" }),
	}
}

// BenchmarkFit: telling whether a text of 5 MB is set in a dialect.
func BenchmarkFit(b *testing.B) {
	for name, t := range benchTexts() {
		split, _ := splitColumns(t.Lines)
		lines := newLines(split)
		for _, d := range dialects {
			b.Run(name+"/"+d.name, func(b *testing.B) {
				for b.Loop() {
					d.fit(lines)
				}
			})
		}
	}
}

// BenchmarkRead: reading 5 MB.
func BenchmarkRead(b *testing.B) {
	for name, t := range benchTexts() {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(5 << 20)
			for b.Loop() {
				_, _ = Read(t, "")
			}
		})
	}
}
