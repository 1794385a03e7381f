package main

import (
	"encoding/json"
	"errors"

	"fangzhi/graph"
	"fangzhi/loader"
	"fangzhi/loader/reading"
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
	var documents []reading.Document
	failed := false
	for _, f := range files {
		read, err := f.read(io.in, c.options())
		if err != nil {
			printError(io.errs, err)
			failed = true
			continue
		}
		documents = append(documents, read...)
	}
	if err := printDocuments(io, documents, c.Explain); err != nil {
		return err
	}
	if failed {
		return errReported
	}
	return nil
}

func printDocuments(io *console, documents []reading.Document, explain bool) error {
	encoder := json.NewEncoder(io.out)
	encoder.SetEscapeHTML(false)
	if len(documents) == 1 {
		encoder.SetIndent("", " ")
	}
	for _, d := range documents {
		var printed any = d
		if explain {
			printed = reading.Explained{Document: d}
		}
		if err := encoder.Encode(printed); err != nil {
			return errors.Join(errors.New("print the reading"), err)
		}
	}
	return nil
}
