// Package layout reads the text of a chronicle as issues, sections and articles.
//
// A dialect is one way of setting a chronicle; each stands in a file of its own and tells how well a text fits it. The
// best is taken, the next where it finds no article. Reading never fails on what a text says: what cannot be placed
// comes back as a warning with its line. Only a text that is no chronicle at all is refused.
package layout

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"fangzhi/edtf"
	"fangzhi/graph"
	"fangzhi/loader/source"
)

// Issue is one number of a chronicle as a text sets it. Zero values are what the text does not say.
type Issue struct {
	Dialect string
	// Why says in Chinese what the dialect was known by; "" where a person named it.
	Why string
	// Line is where its masthead begins.
	Line int
	// Publication is the title without spaces and without the year of the volume or issue: 云河区大事月报.
	Publication string
	// Label is what the masthead prints as year, month and number, in one: 2022年3月（总第114期）.
	Label            string
	Number, NumberTo int
	Year             int
	Month, MonthTo   int
	// Published is the day of issue in masthead or imprint.
	Published edtf.Day
	// ContentYear is the year that the articles are about where the volume tells it and no heading does: a yearbook of
	// 2021 tells of 2020. 0 for none.
	ContentYear int
	// ByText tells that title, year and month do not tell the issue from others of its publication: a source puts many
	// news items on its page a day. Only its text does.
	ByText bool `json:",omitempty"`
	// OwnYears tells that the articles, or headings above them, write their years: the issue itself needs none.
	OwnYears bool
	// Office is the office named in the masthead, Publisher the one that edits (编辑出版), else Office; Host is whose
	// publication it is (主办).
	Office, Publisher, Host string
	// Sections are the columns (栏目) in the order of the text.
	Sections []string
	Articles []Article
	// Text is all its lines, from the masthead to the imprint; the first issue of a file begins with what stands above its
	// masthead. Read again it gives the same issue. TextLine is the line of the file that it begins on, 0 for unknown.
	Text     string
	TextLine int `json:"-"`
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
	// Heading holds the lines above the article that say when it was, as printed, one a line, the outermost first:
	// 2021年大事记, 12月, 10日. An article that a marker (△, ※) or 同日 hangs on an earlier one has the words of that one
	// as its last line; one whose marker means only the month has none below the month. That of a signed document is
	// the day below it. "" for none.
	Heading string
	// Carried tells that the last line of Heading belongs to an earlier entry: it stands there before that one's text.
	Carried bool `json:",omitempty"`
	// Kind is what it is; "" is graph.EventKindEvent.
	Kind    graph.EventKind
	Section string
	// Contributor is who wrote the article, as printed (周 禾; 县人大办; 记者 周禾): never one of those it tells of. "" for none.
	Contributor string `json:",omitempty"`
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
	WarnTwice               = "issue-twice"              // the same issue stands in the file again, word by word
	WarnSectionNotInContent = "section-not-in-contents"  // a column that the contents do not list
	WarnSkippedText         = "skipped-text"             // text of a kind that is not read, with its extent
)

// CodeNotAChronicle is the code of the *source.ReadError for a text that no dialect reads.
const CodeNotAChronicle = "not-a-chronicle"

// A dialect is one way of setting a chronicle.
type dialect struct {
	name string
	// fit tells how well the lines fit the dialect, from 0 (not at all) to 1, and in Chinese what shows it.
	fit func(lines []line) (score float64, why string)
	// read returns the issues of a text; none where it is not set that way.
	read func(t source.Text) []Issue
}

// dialects in the order in which they are taken where two fit equally well.
var dialects = []dialect{
	{"monthly", fitMonthly, readMonthly},
	{"chronicle", fitChronicle, readChronicle},
	{"annals", fitAnnals, readAnnals},
	{"yearbook", fitYearbook, readYearbook},
	{"table", fitTable, readTable},
	{"news", fitNews, readNews},
}

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
	if name != "" && !slices.Contains(Dialects(), name) {
		return nil, fmt.Errorf("no dialect %q; known: %s", name, strings.Join(Dialects(), ", "))
	}
	for _, c := range fitting(t, name) {
		if issues := c.read(t); len(issues) > 0 {
			for i := range issues {
				is := &issues[i]
				is.Dialect, is.Why = c.name, c.why
				slices.SortStableFunc(is.Warnings, func(a, b graph.IngestWarning) int { return cmp.Compare(a.Line, b.Line) })
				slices.SortStableFunc(is.Furniture, func(a, b source.Line) int { return cmp.Compare(a.Number, b.Number) })
				if c.name != "news" { // what a single text is called may be its own title
					is.Publication, is.Label = publicationTitle(is.Publication), yearLabel(is.Label)
				}
			}
			return issues, nil
		}
	}
	line := 1
	for _, l := range t.Lines {
		if strings.TrimSpace(l.Text) != "" {
			line = l.Number
			break
		}
	}
	return nil, &source.ReadError{File: t.Name, Line: line, Code: CodeNotAChronicle,
		Hint: "read are: a monthly report (大事月报) with its title and its year and month, a line each (云河区大事月报, 2022年3月), and a title over each article; " +
			"a chronicle (大事记) or a gazetteer (县志) with its year in the title or above the entries, and a day or month before each; " +
			"a yearbook (年鉴) with titles in 【】; a table with 时间 and 事件 above its columns; " +
			"a news item or a notice with its title, and below it 发布时间：2022-03-18 or （2022年3月18日…通过）. A missing day of publication is given with --published 2022-03-18",
		Err: errors.New("no chronicle, table of events or dated text")}
}

// A fit is a dialect that a text may be set in.
type fit struct {
	dialect
	score float64
	why   string
}

// fitting returns the dialects to try, the best first: the named one alone, or those that fit at all.
func fitting(t source.Text, name string) []fit {
	if name != "" {
		k := slices.IndexFunc(dialects, func(d dialect) bool { return d.name == name })
		return []fit{{dialect: dialects[k]}}
	}
	split, _ := splitColumns(t.Lines)
	lines := newLines(split)
	out := make([]fit, len(dialects))
	var group sync.WaitGroup
	for i, d := range dialects {
		group.Go(func() {
			score, why := d.fit(lines)
			out[i] = fit{d, score, why}
		})
	}
	group.Wait()
	out = slices.DeleteFunc(out, func(f fit) bool { return f.score <= 0 })
	slices.SortStableFunc(out, func(a, b fit) int { return cmp.Compare(b.score, a.score) })
	return out
}

// keepLines sets the text of an issue: the lines of a text from one to another, as they stand.
func (is *Issue) keepLines(t *source.Text, from, to int) {
	if is.Text = t.Between(from, to); from <= to {
		is.TextLine = t.Lines[from].Number
	}
}

// warn appends a warning.
func (is *Issue) warn(line int, code, format string, args ...any) {
	is.Warnings = append(is.Warnings, graph.IngestWarning{Line: line, Code: code, Message: fmt.Sprintf(format, args...)})
}
