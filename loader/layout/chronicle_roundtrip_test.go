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

// A chronicle is drawn as books and pages set it, from entries that the test knows; they have to come back.

// chronicleSetting is one way of setting a chronicle.
type chronicleSetting struct {
	name, month string
	dayLine     bool   // days stand on lines of their own
	parted      string // stands between a day and its text
	lineRunes   int    // 0 for a paragraph a line
	indent      string
	apart       string // between paragraphs
	same        string // begins what happened on the same day
	pages       bool
}

var chronicleSettings = []chronicleSetting{
	{name: "a paragraph a line", month: "%d月", parted: " ", apart: "\n", same: "同日，"},
	{name: "blank lines", month: "%d　月", parted: "，", apart: "\n\n", same: "△"},
	{name: "padded days", month: "（%d月）", parted: "    ", apart: "\n", same: "※ "},
	{name: "glued days", month: "%d月份", parted: "", apart: "\n\n", same: "是日"},
	{name: "full lines with indents", month: "%d月", parted: "  ", lineRunes: 36, indent: "　　", apart: "\n", same: "△"},
	{name: "full lines with indents and commas", month: "%d月", parted: "，", lineRunes: 30, indent: "　　", apart: "\n", same: "同日，"},
	{name: "full lines with indents, pages cut", month: "%d月", parted: "  ", lineRunes: 36, indent: "　　", apart: "\n", same: "△", pages: true},
	{name: "full lines without indents", month: "%d月", parted: "  ", lineRunes: 34, apart: "\n", same: "△"},
	{name: "full lines, blank lines", month: "%d月", parted: "，", lineRunes: 34, apart: "\n\n", same: "同日，"},
	{name: "days on lines", month: "%d月", dayLine: true, apart: "\n", same: "△"},
	{name: "days on lines, full lines", month: "%d月", dayLine: true, lineRunes: 36, indent: "　　", apart: "\n", same: "△"},
	{name: "days on lines, pages cut", month: "%d月", dayLine: true, lineRunes: 36, indent: "　　", apart: "\n", same: "△", pages: true},
	{name: "Markdown", month: "## %d月", parted: " ", apart: "\n\n", same: "- △ "},
}

type dated struct {
	day  string
	text string
	same bool
}

// drawChronicle draws the entries of some months. In the first a marker stands between two days: where one stands
// behind all days of every month nobody can tell whether it means the last of them.
func drawChronicle(t *rapid.T) [][]dated {
	var months [][]dated
	for m := range rapid.IntRange(2, 4).Draw(t, "months") {
		var entries []dated
		day := 0
		for i := range rapid.IntRange(3, 7).Draw(t, "entries") {
			text := ""
			for k := range rapid.IntRange(1, 4).Draw(t, "sentences") {
				if k > 0 {
					text += "。"
				}
				text += rapid.SampledFrom(sentences).Draw(t, "sentence")
			}
			e := dated{text: text + "。", same: day > 0 && rapid.IntRange(0, 3).Draw(t, "same day") == 0}
			if m == 0 && (i == 1 || i == 2) {
				e.same = i == 1
			}
			if !e.same {
				day += rapid.IntRange(1, 3).Draw(t, "days")
				e.day = fmt.Sprintf("%d日", day)
				if rapid.IntRange(0, 4).Draw(t, "range") == 0 {
					e.day = fmt.Sprintf("%d—%d日", day, day+1)
				}
			}
			entries = append(entries, e)
		}
		months = append(months, entries)
	}
	return months
}

// print sets the months, and returns the entries as they have to come back, without spaces.
func (s *chronicleSetting) print(months [][]dated) (text string, want []entry) {
	var b strings.Builder
	b.WriteString("云河区2021年大事记\n\n")
	page, lines := 1, 0
	paragraph := func(p string) {
		for i, line := range broken(s.indent+p, s.lineRunes) {
			if i > 0 {
				b.WriteString("\n")
			}
			b.WriteString(line)
			if lines++; s.pages && lines%7 == 0 {
				page++
				fmt.Fprintf(&b, "\n\n— %d —\n\n大　事　记\n", page)
			}
		}
		b.WriteString(s.apart)
	}
	for m, entries := range months {
		month := fmt.Sprintf(s.month, m+1)
		b.WriteString(month + s.apart)
		head := "云河区2021年大事记/" + strings.ReplaceAll(strings.TrimPrefix(month, "## "), "　", "")
		day := ""
		for _, e := range entries {
			w := entry{Heading: head}
			switch {
			case e.same:
				paragraph(s.same + e.text)
				w.Body = strings.TrimLeft(s.same, "△※- ") + e.text
				if s.dayLine {
					w.Heading += "/" + day
				} else {
					w.Heading += "/+" + day
				}
			case s.dayLine:
				day = e.day
				b.WriteString(day + "\n")
				paragraph(e.text)
				w.Heading += "/" + day
				w.Body = e.text
			default:
				day = e.day
				paragraph(e.day + s.parted + e.text)
				w.Body = e.day + s.parted + e.text
			}
			w.Body = strings.Join(strings.Fields(w.Body), "")
			want = append(want, w)
		}
	}
	return b.String(), want
}

func TestPrintedChronicleComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.SampledFrom(chronicleSettings).Draw(t, "setting")
		text, want := s.print(drawChronicle(t))
		issues := mustReadIn(t, text)
		got := entries(&issues[0])
		for i := range got {
			got[i].Body = strings.Join(strings.Fields(got[i].Body), "")
			got[i].Heading = strings.ReplaceAll(got[i].Heading, " ", "")
		}
		if diff := cmp.Diff(want, got); diff != "" || len(issues) != 1 {
			t.Fatalf("%d issues, entries mismatch (-printed +read):\n%s\nof the text:\n%s", len(issues), diff, text)
		}
	})
}

// mustReadIn reads a text inside a property.
func mustReadIn(t *rapid.T, text string) []layout.Issue {
	t.Helper()
	lines, err := source.Read("x.txt", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	issues, err := layout.Read(lines, "")
	if err != nil {
		t.Fatalf("%v\nof the text:\n%s", err, text)
	}
	return issues
}
