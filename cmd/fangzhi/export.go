package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fangzhi/edtf"
	"fangzhi/fold"
	"fangzhi/graph"
	"fangzhi/graph/query"
	"fangzhi/interchange"
)

// formats are those that an export is written in.
var formats = []string{"jsonl"}

type exportCommand struct {
	database
	filterFlags
	Format string `required:"" placeholder:"F" help:"jsonl: the interchange form, an event a line."`
	Output string `short:"o" name:"output" placeholder:"FILE" help:"Write to the file, which comes into being when all is written; standard output by default."`
}

// filterFlags are the questions that an export and its like ask of events.
type filterFlags struct {
	From       string   `placeholder:"DATE" help:"No event before: 2021, 2021-03 or 2021-03-05."`
	To         string   `placeholder:"DATE" help:"No event after: 2021, 2021-03 or 2021-03-05, the whole of it."`
	Official   []string `sep:"none" placeholder:"NAME|ID" help:"Events that name the official; several: all of them."`
	Department []string `sep:"none" placeholder:"NAME|ID" help:"Events that name the department; several: all of them."`
	Location   []string `sep:"none" placeholder:"NAME|ID" help:"Events that name the place or one in it; several: all of them."`
	Text       string   `placeholder:"WORDS" help:"Events whose title or text contains the words."`
}

// Help is the example that --help shows.
func (exportCommand) Help() string {
	return "Examples:\n  fangzhi export --format jsonl -o events.jsonl\n" +
		"  fangzhi export --format jsonl --from 2021 --to 2021-06 --official 沈知秋 | jq -r .title\n\n" +
		"docs/interchange.md describes the lines. The same graph gives the same bytes; fangzhi import reads them."
}

// Run writes the events.
func (c *exportCommand) Run(ctx context.Context, io *console) (err error) {
	if !slices.Contains(formats, c.Format) {
		return wrong("no format %q; known: %s", c.Format, strings.Join(formats, ", "))
	}
	days, err := c.days()
	if err != nil {
		return err
	}
	store, err := c.open(true)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	snapshot, err := store.Snapshot(ctx)
	if err != nil {
		return err
	}
	defer snapshot.Close()
	filter, err := c.filter(ctx, snapshot, days)
	if err != nil {
		return err
	}
	out := bufio.NewWriterSize(io.out, 64<<10)
	var file *os.File
	if c.Output != "" && c.Output != "-" {
		if file, err = os.CreateTemp(filepath.Dir(c.Output), "."+filepath.Base(c.Output)+"-*"); err != nil {
			return wrongCall{err}
		}
		defer func() { _ = os.Remove(file.Name()) }() // nothing where it was renamed
		defer file.Close()
		out.Reset(file)
	}
	count, err := interchange.Export(ctx, snapshot, filter, out)
	if err == nil {
		err = out.Flush()
	}
	if err == nil && file != nil {
		err = place(file, c.Output)
	}
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	fmt.Fprintf(io.errs, "fangzhi: %d events\n", count)
	return nil
}

// place gives a file that is whole its name.
func place(file *os.File, name string) error {
	const readable = 0o644
	if err := errors.Join(file.Chmod(readable), file.Sync(), file.Close()); err != nil {
		return err
	}
	return os.Rename(file.Name(), name)
}

func (f *filterFlags) days() (graph.DayRange, error) {
	var days graph.DayRange
	for _, flag := range []struct {
		name, text string
		bound      func(edtf.Date)
	}{
		{"--from", f.From, func(d edtf.Date) { days.From = d.Start() }},
		{"--to", f.To, func(d edtf.Date) { days.To = d.End() }},
	} {
		if flag.text == "" {
			continue
		}
		d, err := edtf.Parse(flag.text)
		if err != nil || d.Start() == 0 || d.End() == 0 {
			return days, wrong("%s is a day, a month or a year like 2021-03-05, 2021-03 or 2021, not %s", flag.name, flag.text)
		}
		flag.bound(d)
	}
	if days.From != 0 && days.To != 0 && days.From > days.To {
		return days, wrong("--from %s is after --to %s", f.From, f.To)
	}
	return days, nil
}

// filter returns the events that are asked for, of every kind.
func (f *filterFlags) filter(ctx context.Context, r graph.Reader, days graph.DayRange) (graph.Filter, error) {
	asked := &query.EventFilter{From: days.From, To: days.To, Kinds: []graph.EventKind{}, Text: f.Text}
	for _, flag := range []struct {
		kind  graph.EntityKind
		names []string
		ids   *[]graph.ID
	}{
		{graph.KindOfficial, f.Official, &asked.Officials}, {graph.KindDepartment, f.Department, &asked.Departments}, {graph.KindLocation, f.Location, &asked.Locations},
	} {
		for _, name := range flag.names {
			id, err := findEntity(ctx, r, flag.kind, name)
			if err != nil {
				return graph.Filter{}, err
			}
			*flag.ids = append(*flag.ids, id)
		}
	}
	return query.Resolve(ctx, r, asked, false)
}

// findEntity returns the id of the one entity of a kind that an id or a name means; none or several is an error that lists them.
func findEntity(ctx context.Context, r graph.Reader, kind graph.EntityKind, name string) (graph.ID, error) {
	found, err := r.Entities(ctx, []graph.ID{graph.ID(name)})
	if err != nil {
		return "", err
	}
	if e := found[0]; e != nil && e.Kind == kind {
		return e.ID, nil
	}
	ids, err := r.Named(ctx, kind, fold.String(name))
	if err != nil {
		return "", err
	}
	switch len(ids) {
	case 1:
		return ids[0], nil
	case 0:
		return "", fmt.Errorf("the graph has no %s %s", strings.ToLower(string(kind)), name)
	}
	const most = 20
	if found, err = r.Entities(ctx, ids[:min(len(ids), most)]); err != nil {
		return "", err
	}
	var lines []string
	for _, e := range found {
		lines = append(lines, fmt.Sprintf("%s  %s  %d events", e.ID, e.Label, e.EventCount))
	}
	return "", hinted{fmt.Errorf("%s means %d", name, len(ids)), "give one of these ids:\n  " + strings.Join(lines, "\n  ")}
}
