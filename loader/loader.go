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
	"slices"
	"strings"
	"unicode/utf8"

	"fangzhi/edtf"
	"fangzhi/graph"
	"fangzhi/loader/dates"
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
	documents := make([]reading.Document, len(issues))
	for i := range issues {
		if err := wholeIssue(name, &issues[i]); err != nil {
			return nil, err
		}
		if i == 0 {
			issues[i].Warnings = append(issues[i].Warnings, text.Warnings...)
		}
		if documents[i], err = newDocument(name, &issues[i], opts); err != nil {
			return nil, err
		}
	}
	return documents, nil
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

// newDocument reads what the articles of an issue say.
func newDocument(name string, is *layout.Issue, opts parsed) (reading.Document, error) {
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
		return d, &source.ReadError{File: name, Line: is.Line, Code: CodeNoYear, Err: err,
			Hint: "give the day of publication with --published 2021-01-20"}
	}
	d.Issue.Region = opts.region
	if !opts.region.Known() {
		var w *graph.IngestWarning
		if d.Issue.Region, w = regionOf(name, is, d.Issue.Year); w != nil {
			d.Warnings = append(d.Warnings, *w)
		}
	}
	d.Events = newEvents(is)
	d.Warnings = append(d.Warnings, findDates(is, &d)...)
	d.Warnings = append(d.Warnings, extract.Fill(d.Issue.Region, d.Events)...)
	each(len(d.Events), func(i int) {
		e := &d.Events[i]
		e.Documents, e.Figures = extract.Cited(e.Body, e.PrintedTitle), extract.Figures(e.Body)
	})
	slices.SortStableFunc(d.Warnings, func(a, b graph.IngestWarning) int { return cmp.Compare(a.Line, b.Line) })
	return d, nil
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

// newEvents turns articles into events without dates, people or organs.
func newEvents(is *layout.Issue) []reading.Event {
	events := make([]reading.Event, len(is.Articles))
	for i, a := range is.Articles {
		events[i] = reading.Event{
			Title: a.Title, PrintedTitle: a.Title, TOCTitle: a.TOCTitle, Heading: a.Heading,
			Kind: cmp.Or(a.Kind, graph.EventKindEvent), Section: a.Section, Page: a.Page, Line: a.Line, Body: a.Body,
		}
	}
	return events
}

// findDates dates the events, and names them by their first clause where no title does. It goes over them twice: the
// second time it is known which month most of them are about, for those that asked.
func findDates(is *layout.Issue, d *reading.Document) []graph.IngestWarning {
	at := dates.Context{
		Issued: d.Issue.Published, Year: d.Issue.Year, Month: max(d.Issue.Month, d.Issue.MonthTo), ContentYear: is.ContentYear,
		Headings: &dates.Headings{},
	}
	texts := make([]*dates.Text, len(d.Events))
	each(len(texts), func(i int) { texts[i] = dates.Read(d.Events[i].Body) })
	at.Votes = dates.Votes(texts)
	found, previous, first := make([]dates.Found, len(texts)), make([]edtf.Date, len(texts)), make([]edtf.Date, len(texts))
	for i, t := range texts {
		at.Heading, at.Carried, previous[i] = d.Events[i].Heading, is.Articles[i].Carried, at.Previous
		found[i] = t.Find(at)
		first[i] = found[i].Event.EDTF
		at.Previous = first[i]
	}
	at.Coverage, at.Previous = dates.Coverage(first), edtf.Unknown
	var warnings []graph.IngestWarning
	for i := range d.Events {
		e := &d.Events[i]
		at.Heading, at.Carried = e.Heading, is.Articles[i].Carried
		f := found[i]
		if f.Open || at.Previous != previous[i] {
			f = texts[i].Find(at)
		}
		e.Date, e.DateRule, e.OtherDates = f.Event, f.Rule, f.Others
		at.Previous = e.Date.EDTF
		for _, w := range f.Warnings {
			warnings = append(warnings, graph.IngestWarning{Line: lineOf(&is.Articles[i], w.Offset), Code: w.Code, Message: w.Message})
		}
	}
	each(len(d.Events), func(i int) {
		e := &d.Events[i]
		e.Summary = summary(e.Body, &e.Date)
		if e.Title == "" {
			e.Title = firstClause(e.Summary)
		}
	})
	return warnings
}

// lineOf returns the line of the file that the paragraph with the code point at offset begins on.
func lineOf(a *layout.Article, offset int) int {
	n := 0
	for i, paragraph := range strings.Split(a.Body, "\n") {
		n += utf8.RuneCountInString(paragraph) + 1
		if offset < n {
			return a.BodyLines[i]
		}
	}
	return a.Line
}
