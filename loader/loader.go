// Package loader reads documents: bytes in, readings out. It knows no store, no network and no clock.
//
//	bytes -> source.Text -> layout.Issue -> dates, officials, departments -> reading.Document
//
// Each step is a package of its own and a pure function of its input and the lexicon.
package loader

import (
	"cmp"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"

	"fangzhi/edtf"
	"fangzhi/graph"
	"fangzhi/loader/extract"
	"fangzhi/loader/layout"
	"fangzhi/loader/reading"
	"fangzhi/loader/source"
)

// MaxBytes is the size of the largest file that Read takes.
const MaxBytes = source.MaxBytes

// Options are what a person says of a document. The zero Options leave everything to the text.
type Options struct {
	// Region is whose chronicle it is, a name (郑州市中原区) or a code (410102).
	Region string
	// Published is the day of publication, YYYY-MM-DD. It takes the place of what the text says.
	Published string
	// Dialect is how it is set, one of layout.Dialects.
	Dialect string
}

// CodeNoYear is the code of the *source.ReadError for an issue whose year neither text nor options tell.
const CodeNoYear = "masthead-without-year"

// CodeCutOff is the code of the *source.ReadError for half an issue.
const CodeCutOff = "issue-cut-off"

// CheckOptions tells what is wrong with the options themselves, whatever the document is; nil for nothing.
func CheckOptions(o Options) error {
	_, err := o.parse()
	return err
}

// parsed are options that are right.
type parsed struct {
	region    reading.Jurisdiction
	published edtf.Day
}

func (o Options) parse() (p parsed, err error) {
	if o.Region != "" {
		if p.region, err = regionNamed(o.Region); err != nil {
			return p, err
		}
	}
	if o.Published != "" {
		if p.published, err = edtf.ParseDay(o.Published); err != nil {
			return p, fmt.Errorf("published: %w", err)
		}
	}
	if o.Dialect != "" && !slices.Contains(layout.Dialects(), o.Dialect) {
		return p, fmt.Errorf("no dialect %q; known: %s", o.Dialect, strings.Join(layout.Dialects(), ", "))
	}
	return p, nil
}

// Read reads the documents in a file: one for each masthead, at least one. name is what the file is called in errors
// and in Document.File. A file that makes no sense is refused whole, with a *source.ReadError; what is doubtful in one
// that does comes as warnings, sorted by line. The same bytes, name and options give the same documents.
func Read(name string, b []byte, o Options) ([]reading.Document, error) {
	drafts, err := Open(name, b, o)
	if err != nil {
		return nil, err
	}
	documents := make([]reading.Document, len(drafts))
	for i, draft := range drafts {
		d, events := draft.Read()
		d.Events = make([]reading.Event, 0, draft.Len())
		for e := range events {
			d.Events = append(d.Events, e)
		}
		documents[i] = d
	}
	return documents, nil
}

// A Draft is a document whose articles have been found and not yet read.
type Draft struct {
	document reading.Document
	issue    *layout.Issue
	articles int
}

// Open is Read without its last step, for files whose events are too many to hold: it finds the documents, and refuses what
// Read refuses. Nothing of b is kept.
func Open(name string, b []byte, o Options) ([]*Draft, error) {
	opts, err := o.parse()
	if err != nil {
		return nil, err
	}
	text, err := source.Read(name, b)
	if err != nil {
		return nil, err
	}
	issues, err := layout.Read(text, o.Dialect)
	if err != nil {
		return nil, err
	}
	drafts := make([]*Draft, len(issues))
	for i := range issues {
		if err := wholeIssue(name, &issues[i]); err != nil {
			return nil, err
		}
		if i == 0 {
			issues[i].Warnings = append(issues[i].Warnings, text.Warnings...)
		}
		if drafts[i], err = newDraft(name, &issues[i], opts); err != nil {
			return nil, err
		}
	}
	return drafts, nil
}

// Len returns the number of events.
func (d *Draft) Len() int { return d.articles }

// Read reads the articles, once. The document that it returns has everything but Events; these come from events in their order,
// once, each made when it is asked for.
func (d *Draft) Read() (document reading.Document, events iter.Seq[reading.Event]) {
	document = d.document
	blocks, warnings := findDates(d.issue, &document)
	*d = Draft{articles: d.articles} // the articles are in the blocks
	found := extract.Read(document.Issue.Region, blocks)
	document.Warnings = slices.Concat(document.Warnings, warnings, found.Warnings)
	slices.SortStableFunc(document.Warnings, func(a, b graph.IngestWarning) int { return cmp.Compare(a.Line, b.Line) })
	return document, func(yield func(reading.Event) bool) {
		inChunks(blocks.Len(), func(from, to int) bool {
			chunk := make([][]reading.Event, to-from)
			each(to-from, func(i int) {
				chunk[i] = found.Take(from + i)
				for k := range chunk[i] {
					e := &chunk[i][k]
					e.Documents, e.Figures = extract.Cited(e.Body, e.PrintedTitle), extract.Figures(e.Body)
				}
			})
			for _, block := range chunk {
				for _, e := range block {
					if !yield(e) {
						return false
					}
				}
			}
			return true
		})
	}
}

// wholeIssue refuses half an issue: a text without an imprint that ends before articles of its contents, in the middle of a
// sentence or two of them short. Its events would stand for the issue, and the whole would later be refused as another
// text of it.
func wholeIssue(name string, is *layout.Issue) error {
	if len(is.Articles) == 0 {
		return nil // said by a warning; nothing is loaded of it
	}
	cut, last := false, is.Articles[len(is.Articles)-1].Line
	for _, w := range is.Warnings {
		if w.Code == layout.WarnCutOff {
			cut, last = true, w.Line
		}
	}
	if is.Missing == 0 || is.Missing == 1 && !cut {
		return nil
	}
	return &source.ReadError{File: name, Line: last, Code: CodeCutOff,
		Err:  fmt.Errorf("the text ends before the last %d of the articles in its contents, and without an imprint", is.Missing),
		Hint: "get the whole file, or take out of the contents what the issue does not print: half an issue is never loaded"}
}

// newDraft says what masthead and options tell of an issue.
func newDraft(name string, is *layout.Issue, opts parsed) (*Draft, error) {
	d := reading.Document{File: name, Text: is.Text, FirstLine: is.TextLine, Warnings: is.Warnings}
	d.Issue = reading.Issue{
		Publication: is.Publication, Label: is.Label, Number: is.Number, NumberTo: is.NumberTo,
		Year: is.Year, Month: is.Month, MonthTo: is.MonthTo, Published: is.Published, ByText: is.ByText,
		Publisher: is.Publisher, Sections: is.Sections, Dialect: is.Dialect, DialectReason: is.Why,
	}
	if opts.published != 0 {
		d.Issue.Published = opts.published
	}
	if err := fillYear(&d.Issue, !is.OwnYears); err != nil {
		return nil, &source.ReadError{File: name, Line: is.Line, Code: CodeNoYear, Err: err,
			Hint: "give the day of publication with --published 2021-01-20"}
	}
	d.Issue.Region = opts.region
	if !opts.region.Known() {
		var w *graph.IngestWarning
		if d.Issue.Region, w = regionOf(name, is, d.Issue.Year); w != nil {
			d.Warnings = append(d.Warnings, *w)
		}
	}
	return &Draft{document: d, issue: is, articles: len(is.Articles)}, nil
}

// fillYear takes the year from the day of publication where the masthead has none, and the month where nothing else
// tells the issue from others of the year. A chronicle whose entries write their years needs none.
func fillYear(is *reading.Issue, needed bool) error {
	if is.Year != 0 || !needed {
		return nil // the day of publication of a page says nothing of a chronicle of many years
	}
	if is.Published == 0 {
		return errors.New("no year in the masthead")
	}
	year, month, _ := is.Published.Date()
	is.Year = year
	if is.Month == 0 && is.Number == 0 {
		is.Month = month
	}
	if is.Label == "" {
		is.Label = fmt.Sprintf("%d年%d月", year, month)
	}
	return nil
}

// newEvent turns an article into an event without dates, people or organs.
func newEvent(a *layout.Article) reading.Event {
	return reading.Event{
		Title: a.Title, PrintedTitle: a.Title, TOCTitle: a.TOCTitle, Heading: a.Heading,
		Kind: cmp.Or(a.Kind, graph.EventKindEvent), Section: a.Section, Page: a.Page, Line: a.Line, Body: a.Body,
	}
}
