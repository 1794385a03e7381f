package ingest

import (
	"fmt"
	"regexp"
	"strings"

	"fangzhi/fold"
	"fangzhi/loader/reading"
)

// extra finds in a folded label what is no regular number of its month, or a part of a volume: a supplement (增刊) has the
// year, month or number of the issue that it comes with.
var extra = regexp.MustCompile(`增刊|特刊|专刊|专辑|号外|合订本|[上中下](?:册|卷|编|辑|半月)|第[0-9〇一二三四五六七八九十]+(?:册|卷|编|辑)`)

// issueKey returns what the id of an issue is hashed from: its publication and year-month, else year and number, else either, else
// the digest of its text, which one that nothing else tells from others (reading.Issue.ByText) has at once. A double issue has both its months or numbers; a supplement, a part of a volume has the words that say so.
func issueKey(publication string, is *reading.Issue, digest string) string {
	var key strings.Builder
	key.WriteString(publication + "|")
	switch {
	case is.ByText:
		return publication + "|" + digest
	case is.Year != 0 && is.Month != 0:
		fmt.Fprintf(&key, "%04d-%02d", is.Year, is.Month)
		if is.MonthTo != 0 {
			fmt.Fprintf(&key, "/%02d", is.MonthTo)
		}
	case is.Number != 0:
		if is.Year != 0 { // 第1期 comes every year
			fmt.Fprintf(&key, "%04d", is.Year)
		}
		fmt.Fprintf(&key, "#%d", is.Number)
		if is.NumberTo != 0 {
			fmt.Fprintf(&key, "/%d", is.NumberTo)
		}
	case is.Year != 0:
		fmt.Fprintf(&key, "%04d", is.Year)
	default:
		return publication + "|" + digest
	}
	for _, words := range extra.FindAllString(fold.String(is.Label), -1) {
		key.WriteString("|" + words)
	}
	return key.String()
}

// A CollisionError is returned for a file that holds two texts of one issue: one of them would never be loaded.
type CollisionError struct {
	File, Publication string
	// Labels and Lines are those of the two documents; a line is 0 where it is unknown.
	Labels [2]string
	Lines  [2]int
}

func (e *CollisionError) Error() string {
	return fmt.Sprintf("%s holds two texts of one issue of %s: %s at line %d and %s at line %d",
		fileName(e.File), e.Publication, e.Labels[0], e.Lines[0], e.Labels[1], e.Lines[1])
}

// CheckKeys tells whether the documents of one file are different issues: else a *CollisionError that names the first two that are
// not. The same text twice is one issue.
func CheckKeys(documents []reading.Document) error {
	type one struct {
		digest string
		doc    *reading.Document
	}
	seen := map[string]one{}
	for i := range documents {
		d := &documents[i]
		digest := Digest(d.Text)
		key := issueKey(PublicationKey(&d.Issue), &d.Issue, digest)
		if first, taken := seen[key]; !taken {
			seen[key] = one{digest, d}
		} else if first.digest != digest {
			return &CollisionError{d.File, d.Issue.Publication, [2]string{first.doc.Issue.Label, d.Issue.Label}, [2]int{first.doc.FirstLine, d.FirstLine}}
		}
	}
	return nil
}
