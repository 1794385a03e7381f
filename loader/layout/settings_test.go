package layout_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fangzhi/loader/layout"
	"fangzhi/samples"
)

// goldIssue is what the annotation of a sample says of its layout.
type goldIssue struct {
	Issue struct {
		Publication, Publisher string
		Number, Year, Month    int
	}
	Events []goldEvent
}

type goldEvent struct {
	Title, Section, Body string
	Page                 int
}

func mustGold(t *testing.T, name string) goldIssue {
	t.Helper()
	raw, ok := samples.Gold(strings.TrimSuffix(name, ".txt"))
	if !ok {
		t.Fatalf("%s has no gold", name)
	}
	var g goldIssue
	if err := json.Unmarshal(raw, &g); err != nil {
		t.Fatal(err)
	}
	return g
}

// a setting is one way of setting an issue. The formats take a title and a page.
type setting struct {
	name         string
	contentsHead string
	row, rowHead string // formats of a title and of a column in the contents; "" for no contents
	rowRunes     int    // a title is broken after so many, 0 for never
	section      string // format of a column in the body, "" for none
	title        string // format of a title in the body
	titleRunes   int
	lineRunes    int // lines are full, 0 for a paragraph a line
	apart        string
	indent       string
	pages        bool // pages are cut, with their furniture
	noPages      bool // the contents have no page numbers
}

var blankLines = regexp.MustCompile(`\n\s*\n+`)

// settings are those met in print and in files that were made from print. Each differs from the first in a thing or two.
func settings() []setting {
	plain := setting{name: "leaders", row: "%s......%d", rowHead: "\n%s\n", section: "%s", title: "%s", apart: "\n\n"}
	with := func(name string, change func(s *setting)) setting {
		s := plain
		s.name = name
		change(&s)
		return s
	}
	return []setting{
		plain,
		with("contents on several lines", func(s *setting) { s.rowRunes = 12 }),
		with("a single dot", func(s *setting) { s.row, s.rowRunes = "%s.%d", 20 }),
		with("spaces", func(s *setting) { s.row, s.contentsHead = "%s    %d", "目录\n" }),
		with("one space", func(s *setting) { s.row, s.contentsHead = "%s %d", "目录\n" }),
		with("one table", func(s *setting) {
			s.contentsHead, s.row, s.rowHead = "| 标题 | 页码 |\n|---|---|\n", "| %s | %d |", "| %s | |\n"
		}),
		with("a table with a column of dots", func(s *setting) {
			s.contentsHead, s.row, s.rowHead = "|---|---|---|\n", "| %s | .... | %d |", "| **%s** | | |\n"
		}),
		with("pages of columns", func(s *setting) { s.rowHead = "%s......1\n" }),
		with("no pages", func(s *setting) { s.row, s.contentsHead, s.noPages = "%s", "目录\n", true }),
		with("no pages, no word that these are contents", func(s *setting) { s.row, s.noPages = "%s", true }),
		with("no pages, several lines", func(s *setting) { s.row, s.contentsHead, s.noPages, s.rowRunes = "%s", "目录\n", true, 18 }),
		with("page before title", func(s *setting) { s.row = "%[2]d %[1]s" }),
		with("numbered", func(s *setting) { s.row = "1. %s……%d" }),
		with("bullets", func(s *setting) { s.row, s.rowHead, s.section = "◇ %s……%d", "\n【%s】\n", "★ %s ★" }),
		with("Markdown", func(s *setting) {
			s.contentsHead, s.row, s.rowHead, s.section, s.title = "## 目录\n", "- %s……%d", "\n### %s\n", "## %s", "### %s"
		}),
		with("bold", func(s *setting) { s.rowHead, s.section, s.title = "\n**%s**\n", "**%s**", "**%s**" }),
		with("titles on several lines", func(s *setting) { s.rowRunes, s.titleRunes = 26, 20 }),
		with("no columns in the body", func(s *setting) { s.section = "" }),
		with("pages cut", func(s *setting) { s.pages = true }),
		with("full lines", func(s *setting) { s.lineRunes, s.apart, s.indent = 34, "\n", "　　" }),
		with("full lines, pages cut", func(s *setting) { s.lineRunes, s.apart, s.indent, s.pages, s.titleRunes = 34, "\n", "　　", true, 22 }),
		with("full lines, paragraphs apart", func(s *setting) { s.lineRunes, s.titleRunes = 34, 22 }),
		with("no contents", func(s *setting) { s.row, s.noPages = "", true }),
		with("no contents, full lines", func(s *setting) { s.row, s.noPages, s.lineRunes, s.apart, s.indent = "", true, 34, "\n", "　　" }),
	}
}

// print sets the issue.
func (s *setting) print(g *goldIssue) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n%d年%d月\n（总第%d期）\n%s\n\n", g.Issue.Publication, g.Issue.Year, g.Issue.Month, g.Issue.Number, g.Issue.Publisher)
	section := ""
	if s.row != "" {
		b.WriteString(s.contentsHead)
		for _, e := range g.Events {
			if e.Section != section {
				section = e.Section
				fmt.Fprintf(&b, s.rowHead, section)
			}
			lines := broken(e.Title, s.rowRunes)
			b.WriteString(strings.Join(lines[:len(lines)-1], "\n"))
			if len(lines) > 1 {
				b.WriteString("\n")
			}
			row := fmt.Sprintf(s.row, lines[len(lines)-1], e.Page)
			b.WriteString(strings.TrimSuffix(row, fmt.Sprintf("%%!(EXTRA int=%d)", e.Page)) + "\n")
		}
		b.WriteString("\n")
	}
	section = ""
	page := 1
	for i, e := range g.Events {
		if e.Section != section {
			section = e.Section
			if s.section != "" {
				fmt.Fprintf(&b, s.section+s.apart, section)
			}
		}
		fmt.Fprintf(&b, s.title+s.apart, strings.Join(broken(e.Title, s.titleRunes), "\n"))
		for k, p := range strings.Split(e.Body, "\n") {
			lines := broken(s.indent+p, s.lineRunes)
			cut := s.pages && (i+k)%2 == 0
			if cut && s.lineRunes == 0 {
				cut = false
				if rs := []rune(p); len(rs) > 90 && !strings.ContainsRune("。；：！？ ", rs[59+i%5]) && rs[60+i%5] != ' ' {
					page++
					p = string(rs[:60+i%5]) + "\n\n" + s.furniture(page, g, section) + "\n" + string(rs[60+i%5:])
					lines = []string{p}
				}
			}
			if cut && len(lines) > 4 {
				page++
				lines[2] += "\n" + strings.TrimSpace(s.furniture(page, g, ""))
			}
			b.WriteString(strings.Join(lines, "\n") + s.apart)
		}
	}
	fmt.Fprintf(&b, "\n内部资料\n主办：某区人民政府\n编辑出版：%s\n", g.Issue.Publisher)
	return b.String()
}

// furniture is what stands between two pages.
func (s *setting) furniture(page int, g *goldIssue, section string) string {
	switch page % 5 {
	case 0:
		return fmt.Sprintf("— %d —\n", page)
	case 1:
		return fmt.Sprintf("%d\n", page)
	case 2:
		return fmt.Sprintf("%s %d年%d月\n\n· %d ·\n", g.Issue.Publication, g.Issue.Year, g.Issue.Month, page)
	case 3:
		return section + "\n"
	}
	return fmt.Sprintf("第 %d 页 共 40 页\n", page)
}

// broken breaks s into lines of n code points, 0 for never.
func broken(s string, n int) []string {
	rs := []rune(s)
	if n == 0 {
		return []string{s}
	}
	var lines []string
	for len(rs) > n {
		lines = append(lines, string(rs[:n]))
		rs = rs[n:]
	}
	return append(lines, string(rs))
}

// TestSettings sets the bundled samples in every way and reads them back. Spaces do not count here: a line break
// swallows those that fall on it.
func TestSettings(t *testing.T) {
	for _, f := range samples.Files() {
		g := mustGold(t, f.Name)
		for _, s := range settings() {
			t.Run(strings.TrimSuffix(f.Name, ".txt")+"/"+s.name, func(t *testing.T) {
				compareWithGold(t, g, mustRead(t, s.print(&g)), s.noPages)
			})
		}
		for name, text := range map[string]string{
			"as it is":       string(f.Text),
			"no blank lines": blankLines.ReplaceAllString(string(f.Text), "\n"),
			"double spaced":  strings.ReplaceAll(string(f.Text), "\n", "\n\n"),
		} {
			t.Run(strings.TrimSuffix(f.Name, ".txt")+"/"+name, func(t *testing.T) { compareWithGold(t, g, mustRead(t, text), false) })
		}
	}
}

func compareWithGold(t *testing.T, g goldIssue, issues []layout.Issue, noPages bool) {
	t.Helper()
	packed := func(e goldEvent) goldEvent {
		e.Title, e.Body = strings.Join(strings.Fields(e.Title), ""), strings.Join(strings.Fields(e.Body), "")
		if noPages {
			e.Page = 0
		}
		return e
	}
	var want, got []goldEvent
	for _, e := range g.Events {
		want = append(want, packed(e))
	}
	for _, a := range issues[0].Articles {
		got = append(got, packed(goldEvent{Title: a.Title, Section: a.Section, Body: a.Body, Page: a.Page}))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("articles mismatch (-gold +read):\n%s", diff)
	}
	for _, w := range issues[0].Warnings {
		if w.Code != layout.WarnNoContents {
			t.Errorf("warning %+v", w)
		}
	}
	if len(issues) != 1 || issues[0].Publication != g.Issue.Publication || issues[0].Publisher != g.Issue.Publisher {
		t.Errorf("%d issues, publication %q, publisher %q", len(issues), issues[0].Publication, issues[0].Publisher)
	}
}
