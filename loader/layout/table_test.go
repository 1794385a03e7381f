package layout_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"fangzhi/internal/golden"
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
			checkNothingLost(t, text, issues)
			dialect := filepath.Base(filepath.Dir(file))
			for i := range issues {
				if issues[i].Dialect != dialect {
					t.Errorf("read as %s", issues[i].Dialect)
				}
			}
			var b bytes.Buffer
			e := json.NewEncoder(&b)
			e.SetEscapeHTML(false)
			e.SetIndent("", " ")
			if err := e.Encode(issues); err != nil {
				t.Fatal(err)
			}
			golden.Compare(t, strings.TrimSuffix(file, filepath.Ext(file))+".json", b.Bytes())
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

// checkNothingLost fails where a letter of a text is neither in an issue nor in what it dropped of the line.
func checkNothingLost(t testing.TB, text source.Text, issues []layout.Issue) {
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
