// Package layout reads the text of a chronicle as issues, sections and articles.
//
// A dialect is one way of setting a chronicle; each stands in a file of its own and tells whether a text is set that
// way. The monthly report (大事月报, monthly.go) is the only one so far. Reading never fails on what a text says: what
// cannot be placed comes back as a warning with its line. Only a text that is no chronicle at all is refused.
package layout

import (
	"errors"
	"fmt"
	"strings"

	"fangzhi/edtf"
	"fangzhi/graph"
	"fangzhi/loader/source"
)

// Issue is one number of a chronicle as a text sets it. Zero values are what the text does not say.
type Issue struct {
	Dialect string
	// Line is where its masthead begins.
	Line int
	// Publication is the title without spaces: 云河区大事月报.
	Publication string
	// Label is what the masthead prints as year, month and number, in one: 2022年3月（总第114期）.
	Label            string
	Number, NumberTo int
	Year             int
	Month, MonthTo   int
	// Published is the day of issue in masthead or imprint.
	Published edtf.Day
	// Office is the office named in the masthead, Publisher the one that edits (编辑出版), else Office; Host is whose
	// publication it is (主办).
	Office, Publisher, Host string
	// Sections are the columns (栏目) in the order of the text.
	Sections []string
	Articles []Article
	// Text is all its lines, from the masthead to the imprint.
	Text string
	// Furniture is what was dropped from the pages: page numbers, running heads, captions.
	Furniture []source.Line
	// Missing counts the titles at the end of the contents that have no article, where no imprint closes the issue.
	Missing int
	// Warnings are sorted by line.
	Warnings []graph.IngestWarning
}

// Article is one entry (条目).
type Article struct {
	// Title is the title as it stands over the article, "" for none: spaces inside it separate clauses and stay, line
	// breaks do not.
	Title string
	// TOCTitle is the title in the contents where it differs by more than spaces, else "".
	TOCTitle string
	Section  string
	// Page is the printed page that the contents name, 0 for none.
	Page int
	// Line is where the article begins, its title included.
	Line int
	// Body is its paragraphs, separated by one line feed.
	Body string
	// BodyLines are the lines of the file that the paragraphs of Body begin on.
	BodyLines []int
}

// The codes of warnings.
const (
	WarnOnlyMasthead        = "only-masthead"            // a masthead and nothing below it
	WarnOnlyContents        = "only-contents"            // masthead and contents, but no articles
	WarnNoContents          = "no-contents"              // titles were recognised by their form
	WarnNotInContents       = "title-not-in-contents"    // an article that the contents do not list
	WarnNoArticle           = "contents-without-article" // a title of the contents without its article
	WarnNoTitle             = "article-without-title"    // an article below a section without a title of its own
	WarnEmptyArticle        = "article-without-text"     // a title with nothing below it
	WarnUnplaced            = "text-outside-articles"    // text that belongs to no article
	WarnCutOff              = "text-cut-off"             // the text ends in the middle of a sentence
	WarnBeforeMasthead      = "text-before-masthead"     // text above the first masthead
	WarnSectionNotInContent = "section-not-in-contents"  // a column that the contents do not list
)

// CodeNotAChronicle is the code of the *source.ReadError for a text that no dialect reads.
const CodeNotAChronicle = "not-a-chronicle"

// A dialect is one way of setting a chronicle.
type dialect struct {
	name string
	// read returns the issues of a text; none where it is not set that way.
	read func(t source.Text) []Issue
}

var dialects = []dialect{{"monthly", readMonthly}}

// Dialects returns the names of the dialects that are read.
func Dialects() []string {
	var names []string
	for _, d := range dialects {
		names = append(names, d.name)
	}
	return names
}

// Read reads the issues of a text in the order of the text, at least one. name is a dialect, or "" to find out. A text
// that is not set that way is refused with a *source.ReadError, so is a name that is none of Dialects.
func Read(t source.Text, name string) ([]Issue, error) {
	known := false
	for _, d := range dialects {
		if name != "" && name != d.name {
			continue
		}
		known = true
		if issues := d.read(t); len(issues) > 0 {
			for i := range issues {
				issues[i].Dialect = d.name
			}
			return issues, nil
		}
	}
	if !known {
		return nil, fmt.Errorf("no dialect %q; known: %s", name, strings.Join(Dialects(), ", "))
	}
	line := 1
	for _, l := range t.Lines {
		if strings.TrimSpace(l.Text) != "" {
			line = l.Number
			break
		}
	}
	return nil, &source.ReadError{File: t.Name, Line: line, Code: CodeNotAChronicle,
		Hint: "a monthly report begins with its title and its year and month, a line each (云河区大事月报, 2022年3月), and has a title over each article; a missing day of publication is given with --published 2022-03-18",
		Err:  errors.New("no monthly report: no masthead, or no titles below it")}
}

// warn appends a warning.
func (is *Issue) warn(line int, code, format string, args ...any) {
	is.Warnings = append(is.Warnings, graph.IngestWarning{Line: line, Code: code, Message: fmt.Sprintf(format, args...)})
}
