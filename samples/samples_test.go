package samples_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"fangzhi/samples"
)

// TestEveryIssueHasItsGold holds text and gold together: a name in the gold that its text does not contain
// would measure the reader by something it can never find.
func TestEveryIssueHasItsGold(t *testing.T) {
	files := samples.Files()
	if len(files) == 0 {
		t.Fatal("no sample is bundled")
	}
	if !slices.IsSortedFunc(files, func(a, b samples.File) int { return strings.Compare(a.Name, b.Name) }) {
		t.Errorf("files are not in order of name")
	}
	for _, f := range files {
		t.Run(f.Name, func(t *testing.T) {
			if !utf8.Valid(f.Text) {
				t.Fatal("text is not UTF-8")
			}
			raw, ok := samples.Gold(strings.TrimSuffix(f.Name, ".txt"))
			if !ok {
				t.Fatal("no gold")
			}
			var gold struct {
				Events []struct {
					Title, Section, Body string
					Officials            []struct{ Name string }
				}
			}
			if err := json.Unmarshal(raw, &gold); err != nil {
				t.Fatal(err)
			}
			if n := len(gold.Events); n < 25 {
				t.Errorf("%d events, want at least 25", n)
			}
			text := packed(string(f.Text))
			at, section := 0, ""
			for _, e := range gold.Events {
				piece := packed(e.Title + e.Body)
				if e.Section != section {
					section = e.Section
					piece = packed(e.Section) + piece
				}
				i := strings.Index(text[at:], piece)
				if i < 0 {
					t.Errorf("%s: section, title and body do not stand in the text in this order", e.Title)
					continue
				}
				if at > 0 && i > 0 {
					t.Errorf("%s: the text has %q before it that no event holds", e.Title, text[at:at+i])
				}
				at += i + len(piece)
				for _, o := range e.Officials {
					if !strings.Contains(packed(e.Body), o.Name) {
						t.Errorf("%s: %s is not in the body", e.Title, o.Name)
					}
				}
			}
		})
	}
}

func TestGoldOfAnUnknownName(t *testing.T) {
	if _, ok := samples.Gold("yunhe-1999-01"); ok {
		t.Error("an issue that is not bundled has a gold")
	}
}

// packed drops white space: the line breaks of a page cut are not part of what an issue says.
func packed(s string) string { return strings.Join(strings.Fields(s), "") }
