package main

import (
	"encoding/json"
	"fmt"
	"os"

	"fangzhi/loader"
	"fangzhi/loader/eval"
)

type evalCommand struct {
	reader
	Min  string `placeholder:"NAME=VALUE,..." help:"Fail when a figure is lower or cannot be measured. A counted one is meant by its F1; NAME.precision and NAME.recall also work."`
	JSON bool   `name:"json" help:"Print figures and misses as one JSON object."`
	Gold string `arg:"" name:"gold" help:"The annotation: JSON as parse prints it."`

	Paths []string `arg:"" name:"file" help:"Files, folders, or - for standard input."`
}

// Help is the example that --help shows.
func (evalCommand) Help() string {
	return "Examples:\n  fangzhi eval gold.json 2021-01.txt\n  fangzhi eval --min dates=0.95,officials_name.recall=0.9 gold.json 2021-01.txt\n\n" +
		"Prints precision, recall and F1 of what is counted, the accuracy of the rest, and every miss with the line of its\n" +
		"article. Of several documents the one with most titles of the annotation is measured."
}

// Run measures what is read today against the annotation.
func (c *evalCommand) Run(io *console) error {
	if err := loader.CheckOptions(c.options()); err != nil {
		return wrongCall{err}
	}
	floors, err := eval.ParseFloors(c.Min)
	if err != nil {
		return wrong("--min: %v", err)
	}
	text, err := os.ReadFile(c.Gold)
	if err != nil {
		return unreadable(c.Gold, err)
	}
	gold, err := eval.ReadGold(text)
	if err != nil {
		return wrong("%s: %v", c.Gold, err)
	}
	files, err := collect(c.Paths)
	if err != nil {
		return err
	}
	var documents []eval.Document
	var names []string // of the file that each document is from
	for _, f := range files {
		readings, err := f.read(io.in, c.options())
		if err != nil {
			return err
		}
		for i := range readings {
			d, err := eval.NewDocument(&readings[i])
			if err != nil {
				return err
			}
			documents, names = append(documents, d), append(names, f.name())
		}
	}
	result := eval.Measure(gold, documents)
	name := names[result.Document]
	if len(documents) > 1 {
		fmt.Fprintf(io.errs, "fangzhi: measured: %s, document %d of %d\n", name, result.Document+1, len(documents))
	}
	low := result.Below(floors)
	if c.JSON {
		if err := printMeasures(io, result, name, low); err != nil {
			return err
		}
	} else {
		fmt.Fprint(io.out, result.Table())
		printMisses(io, result.Misses, name)
	}
	for _, s := range low {
		fmt.Fprintln(io.errs, "fangzhi: error:", s)
	}
	if len(low) > 0 {
		return errReported
	}
	return nil
}

// printMisses prints them by event, each with the line that its article begins on.
func printMisses(io *console, misses []eval.Miss, name string) {
	event, line := "", -1
	for _, m := range misses {
		if m.Event != event || m.Line != line {
			event, line = m.Event, m.Line
			fmt.Fprintf(io.out, "\n%s\n", event)
		}
		fmt.Fprintf(io.out, "  %s: %-25s %-11s %s\n", position(name, m.Line), m.Figure, m.What, m.Thing)
	}
}

// printMeasures prints all as one JSON object.
func printMeasures(io *console, r eval.Result, name string, low []eval.Shortfall) error {
	if low == nil {
		low = []eval.Shortfall{}
	}
	encoder := json.NewEncoder(io.out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", " ")
	return encoder.Encode(struct {
		File string `json:"file"`
		eval.Result
		Below []eval.Shortfall `json:"below"`
	}{name, r, low})
}
