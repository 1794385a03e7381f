package loader_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"

	"fangzhi/edtf"
	"fangzhi/loader"
	"fangzhi/loader/reading"
)

// TestSameReading: a document of any dialect is the same with other line ends, in another encoding, with letters, digits and
// spaces of full width, and when the text that the graph keeps of it is read again.
func TestSameReading(t *testing.T) {
	files, err := filepath.Glob("layout/testdata/*/*.txt")
	if err != nil || len(files) < 20 {
		t.Fatalf("texts: %v, %v", files, err)
	}
	wide := strings.NewReplacer("0", "０", "1", "１", "2", "２", "3", "３", "4", "４", "5", "５", "6", "６", "7", "７", "8", "８", "9", "９")
	for _, file := range files {
		t.Run(strings.TrimPrefix(file, "layout/testdata/"), func(t *testing.T) {
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			text := string(b)
			want, err := loader.Read("x.txt", b, loader.Options{})
			if err != nil {
				if _, again := loader.Read("x.txt", []byte(strings.ReplaceAll(text, "\n", "\r\n")), loader.Options{}); again == nil || again.Error() != err.Error() {
					t.Errorf("CRLF: %v, want %v", again, err)
				}
				return
			}
			gb, err := simplifiedchinese.GB18030.NewEncoder().String(text)
			if err != nil {
				t.Fatal(err)
			}
			for name, other := range map[string]string{
				"CRLF": strings.ReplaceAll(text, "\n", "\r\n"), "GB18030": gb, "digits of full width": wide.Replace(text), "a byte order mark": "\ufeff" + text,
			} {
				got, err := loader.Read("x.txt", []byte(other), loader.Options{})
				if err != nil {
					t.Errorf("%s: %v", name, err)
					continue
				}
				if diff := cmp.Diff(events(want), events(got), dates); diff != "" {
					t.Errorf("%s: events differ (-want +got):\n%s", name, diff)
				}
			}
			for i := range want {
				if want[i].Issue.Dialect == "" {
					t.Errorf("document %d has no dialect", i)
				}
				again, err := loader.Read("x.txt", []byte(want[i].Text), loader.Options{})
				if err != nil || len(again) != 1 {
					t.Errorf("the text of document %d, read again: %d documents, %v", i, len(again), err)
					continue
				}
				if want[i].FirstLine == 0 {
					t.Errorf("no one knows which line the text of document %d begins on", i)
				}
				for k := range min(len(want[i].Events), len(again[0].Events)) {
					if line := again[0].Events[k].Line + want[i].FirstLine - 1; line != want[i].Events[k].Line {
						t.Errorf("the text of document %d, read again: event %d on line %d, want %d", i, k, line, want[i].Events[k].Line)
					}
				}
				if diff := cmp.Diff(events(want[i:i+1]), events(again), dates); diff != "" {
					t.Errorf("the text of document %d, read again: events differ (-want +got):\n%s", i, diff)
				}
				again[0].Issue.DialectReason = want[i].Issue.DialectReason // it may count documents
				if diff := cmp.Diff(want[i].Issue, again[0].Issue, dates); diff != "" {
					t.Errorf("the text of document %d, read again: issues differ (-want +got):\n%s", i, diff)
				}
			}
		})
	}
}

// events returns the events of documents without the lines that they stand on.
func events(documents []reading.Document) []reading.Event {
	var out []reading.Event
	for i := range documents {
		for _, e := range documents[i].Events {
			e.Line = 0
			out = append(out, e)
		}
	}
	return out
}

// dates lets whole dates be compared.
var dates = cmp.Comparer(func(a, b edtf.Date) bool { return a == b })
