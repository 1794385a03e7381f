package main

import (
	"errors"

	"fangzhi/graph"
	"fangzhi/loader"
)

// reader is the flags that say what a document does not.
type reader struct {
	Region    string `placeholder:"NAME|CODE" help:"Whose chronicle it is: 郑州市中原区 or 410102; read from the text by default."`
	Published string `placeholder:"DATE" help:"Day of publication, YYYY-MM-DD; read from the text by default."`
	Dialect   string `placeholder:"D" help:"How it is set: monthly (大事月报), chronicle (大事记), annals (志书), yearbook (年鉴), table, news; found out by default."`
}

func (r reader) options() loader.Options {
	return loader.Options{Region: r.Region, Published: r.Published, Dialect: r.Dialect}
}

func (r reader) loadOptions() graph.LoadOptions {
	return graph.LoadOptions{Region: r.Region, Published: r.Published, Dialect: r.Dialect}
}

type parseCommand struct {
	reader
	Explain bool     `help:"Add to each fact the name of the rule that found it."`
	Paths   []string `arg:"" name:"path" help:"Files, folders, or - for standard input."`
}

// Help is the example that --help shows.
func (parseCommand) Help() string {
	return "Examples:\n  fangzhi parse 2021-01.txt | jq '.events[].date.edtf'\n" +
		"  fangzhi parse --explain 2021-01.txt | jq -r '.events[].figures[] | [.text, .rule] | @tsv'\n\n" +
		"Prints one JSON object a document; of several documents one a line."
}

// Run prints what the documents say.
func (c *parseCommand) Run(io *console) error {
	readLean()
	if err := loader.CheckOptions(c.options()); err != nil {
		return wrongCall{err}
	}
	files, err := collect(c.Paths)
	if err != nil {
		return err
	}
	p := printer{console: io, explain: c.Explain}
	failed := false
	for _, f := range files {
		drafts, err := f.open(io.in, c.options())
		if err != nil {
			printError(io.errs, err)
			failed = true
			continue
		}
		for _, d := range drafts {
			if err := p.add(f, d); err != nil {
				return err
			}
		}
	}
	if err := p.close(); err != nil {
		return err
	}
	if failed {
		return errReported
	}
	return nil
}

// A printer prints documents as they come: one alone with a line for each value, several with a line for each.
type printer struct {
	*console
	explain bool
	// first is the first document while it is the only one, of file; nil before and after.
	first *loader.Draft
	file  file
	many  bool
}

func (p *printer) add(f file, d *loader.Draft) error {
	if p.first == nil && !p.many {
		p.first, p.file = d, f
		return nil
	}
	p.many = true
	if err := p.close(); err != nil {
		return err
	}
	return p.print(f, d)
}

// close prints the document that waits for another.
func (p *printer) close() error {
	d := p.first
	if p.first = nil; d == nil {
		return nil
	}
	return p.print(p.file, d)
}

func (p *printer) print(f file, d *loader.Draft) error {
	document, events := d.Read()
	document.File = f.base()
	if err := document.Print(p.out, events, p.explain, !p.many); err != nil {
		return errors.Join(errors.New("print the reading"), err)
	}
	return nil
}
