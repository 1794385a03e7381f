package layout_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fangzhi/loader/layout"
	"fangzhi/loader/source"
)

// FuzzTablesAndNews reads texts as tables and as single items, whatever they are: what comes back has the shape that is
// promised, and nothing of the text is lost.
func FuzzTablesAndNews(f *testing.F) {
	for _, file := range documents(f) {
		b, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		if filepath.Ext(file) == ".txt" {
			f.Add(string(b))
		}
	}
	f.Fuzz(func(t *testing.T, s string) {
		text, err := source.Read("x.txt", []byte(s))
		if err != nil {
			return
		}
		for _, dialect := range []string{"table", "news"} {
			issues, err := layout.Read(text, dialect)
			if err != nil {
				continue
			}
			again, err := layout.Read(text, dialect)
			if diff := cmp.Diff(issues, again); err != nil || diff != "" {
				t.Fatalf("read twice: %v\n%s", err, diff)
			}
			checkKept(t, text, issues)
			for _, is := range issues {
				checkShape(t, &is)
			}
		}
	})
}

// checkShape checks what layout.Issue and layout.Article promise.
func checkShape(t *testing.T, is *layout.Issue) {
	t.Helper()
	for _, a := range is.Articles {
		if n := strings.Count(a.Body, "\n") + 1; a.Body == "" || n != len(a.BodyLines) {
			t.Errorf("body %q has %d lines for %d paragraphs", a.Body, len(a.BodyLines), n)
		}
		if strings.Contains(a.Title, "\n") || a.Carried && a.Heading == "" || a.Line < 1 || strings.HasSuffix(a.Heading, "\n") {
			t.Errorf("article %+v", a)
		}
	}
	if !slices.IsSortedFunc(is.Furniture, func(a, b source.Line) int { return a.Number - b.Number }) {
		t.Errorf("furniture out of order: %v", is.Furniture)
	}
	for i := 1; i < len(is.Warnings); i++ {
		if is.Warnings[i-1].Line > is.Warnings[i].Line {
			t.Errorf("warnings out of order: %v", is.Warnings)
		}
	}
}

// BenchmarkTable and BenchmarkNews show that the time grows as the text does.
func BenchmarkTable(b *testing.B) {
	for _, rows := range []int{100, 1000, 10000} {
		b.Run(fmt.Sprintf("rows=%d", rows), func(b *testing.B) {
			var s strings.Builder
			s.WriteString("云河区2021年大事记\n| 时间 | 事件 | 地点 | 参加领导 |\n")
			for i := range rows {
				fmt.Fprintf(&s, "| %d月%d日 | 区委召开第%d次会议，研究部署全区重点工作。 | 区会议中心 | 区委书记沈知秋、区长李牧原 |\n", 1+i*12/rows, 1+i%28, i)
			}
			benchmarkRead(b, s.String())
		})
	}
}

func BenchmarkNews(b *testing.B) {
	for _, items := range []int{10, 100, 1000} {
		b.Run(fmt.Sprintf("items=%d", items), func(b *testing.B) {
			var s strings.Builder
			for i := range items {
				fmt.Fprintf(&s, "区委召开第%d次会议\n发布时间：2021-03-05 来源：云河发布\n本报讯（记者 周禾）3月5日，区委书记沈知秋主持召开会议。\n会议研究部署全区重点工作，区长李牧原参加。\n责任编辑：苗向南\n\n", i)
			}
			benchmarkRead(b, s.String())
		})
	}
}

// BenchmarkOnlyDays reads what looks like the line below a title, over and over.
func BenchmarkOnlyDays(b *testing.B) {
	for _, n := range []int{100, 1000, 10000} {
		b.Run(fmt.Sprintf("lines=%d", n), func(b *testing.B) {
			text, err := source.Read("x.txt", []byte(strings.Repeat("发布时间：2021-03-05 来源：云河发布\n", n)))
			if err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				if _, err := layout.Read(text, ""); err == nil {
					b.Fatal("read")
				}
			}
		})
	}
}

func benchmarkRead(b *testing.B, s string) {
	text, err := source.Read("x.txt", []byte(s))
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		if _, err := layout.Read(text, ""); err != nil {
			b.Fatal(err)
		}
	}
}
