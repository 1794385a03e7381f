package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"strings"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"fangzhi/graph"
	"fangzhi/ingest"
	"fangzhi/loader"
	"fangzhi/loader/reading"
)

type loadCommand struct {
	database
	reader
	DryRun bool     `help:"Read and report, change nothing."`
	Paths  []string `arg:"" name:"path" help:"Files, folders, or - for standard input."`
}

// Help is the example that --help shows.
func (loadCommand) Help() string {
	return "Examples:\n  fangzhi load 2021-01.txt\n  fangzhi load --region 410102 chronicles/\n\n" +
		"Loading again changes nothing. Another text of a loaded issue is refused."
}

// tally counts what became of the files.
type tally struct{ loaded, failed, unchanged int }

func (t tally) print(io *console) {
	fmt.Fprintf(io.out, "%d loaded, %d failed, %d unchanged\n", t.loaded, t.failed, t.unchanged)
}

// Run loads the files one by one: those that fail leave the others loaded.
func (c *loadCommand) Run(ctx context.Context, io *console) (err error) {
	readLean()
	if err := loader.CheckOptions(c.options()); err != nil {
		return wrongCall{err}
	}
	files, err := collect(c.Paths)
	if err != nil {
		return err
	}
	l := loading{command: c, console: io}
	if !isFolder(c.DB) && !c.DryRun { // what is no folder is opened before any file is read
		if l.store, err = c.open(false); err != nil {
			return err
		}
	}
	defer func() { err = errors.Join(err, l.close()) }()
	bar := progress(io.errs, len(files))
	var sum tally
	for _, f := range files {
		if ctx.Err() != nil {
			sum.print(io)
			return errors.New("interrupted: the file at hand and those after it are not loaded")
		}
		unchanged, err := l.load(ctx, f)
		_ = bar.Clear()
		switch {
		case err != nil:
			sum.failed++
			printError(io.errs, err)
			if isFatal(err) {
				sum.print(io)
				return errReported
			}
		case unchanged:
			sum.unchanged++
		default:
			sum.loaded++
		}
		_ = bar.Add(1)
	}
	_ = bar.Clear()
	sum.print(io)
	if sum.failed > 0 {
		return errReported
	}
	return nil
}

// storeError is a failure of the graph, after which no further file is tried.
type storeError struct{ error }

func (e storeError) Unwrap() error { return e.error }

func isFatal(err error) bool {
	var s storeError
	return errors.As(err, &s)
}

// loading opens the graph when the first file could be read: one that cannot leaves no graph behind.
type loading struct {
	command *loadCommand
	console *console
	store   graph.Store
}

func (l *loading) close() error {
	if l.store == nil {
		return nil
	}
	return l.store.Close()
}

// load reads one file and brings its documents into the graph; unchanged where all were there.
func (l *loading) load(ctx context.Context, f file) (unchanged bool, err error) {
	drafts, err := f.open(l.console.in, l.command.options())
	if err != nil {
		return false, err
	}
	documents, events := make([]reading.Document, len(drafts)), make([]iter.Seq[reading.Event], len(drafts))
	for i, d := range drafts {
		documents[i], events[i] = d.Read()
		documents[i].File = f.base()
		for _, w := range documents[i].Warnings {
			fmt.Fprintf(l.console.errs, "fangzhi: warning: %s: %s (%s)\n", position(f.name(), w.Line), w.Message, w.Code)
		}
	}
	if err := ingest.CheckKeys(documents); err != nil {
		return false, hinted{err, "nothing of the file is loaded: split it, and load the text that is meant"}
	}
	for i := range documents {
		if drafts[i].Len() == 0 {
			return false, hinted{fmt.Errorf("%s: %w", position(f.name(), 1), ingest.ErrEmpty), "a masthead and contents alone make no issue: get the whole file"}
		}
	}
	if l.command.DryRun {
		for i := range documents {
			l.describe(f, &documents[i], "would load", ingest.PreviewEvents(&documents[i], events[i], l.command.loadOptions()))
		}
		return false, nil
	}
	if l.store == nil {
		if l.store, err = l.command.open(false); err != nil {
			return false, storeError{err}
		}
	}
	in := ingest.Ingester{Store: l.store, Now: time.Now}
	unchanged = true
	for i := range documents {
		report, err := in.LoadEvents(ctx, &documents[i], events[i], l.command.loadOptions())
		if conflict, is := ingest.IsConflict(err); is {
			return false, hinted{err, conflictHint(conflict)}
		}
		if err != nil {
			return false, storeError{err}
		}
		state := "loaded"
		if report.Unchanged {
			state = "unchanged"
		}
		unchanged = unchanged && report.Unchanged
		l.describe(f, &documents[i], state, report)
	}
	return unchanged, nil
}

func conflictHint(c *ingest.ConflictError) string {
	return fmt.Sprintf("an edited edition takes the place of a loaded one with --replace, which comes with a later version; until then: fangzhi remove %s, then load %s again", c.Issue, c.File)
}

func (l *loading) describe(f file, d *reading.Document, state string, r ingest.Report) {
	fmt.Fprintf(l.console.out, "%s: %s %s: %d events, %d officials, %d departments, %d locations, %d warnings\n",
		f.name(), state, strings.TrimSpace(d.Issue.Publication+" "+d.Issue.Label), r.Events, r.Officials, r.Departments, r.Locations, len(d.Warnings))
}

func position(name string, line int) string {
	if line == 0 {
		return name
	}
	return fmt.Sprintf("%s:%d", name, line)
}

// progress returns a bar for work on more than a few files at a terminal, and a silent one elsewhere.
func progress(errs io.Writer, files int) *progressbar.ProgressBar {
	f, ok := errs.(*os.File)
	if files < 3 || !ok || !term.IsTerminal(int(f.Fd())) {
		return progressbar.NewOptions(files, progressbar.OptionSetVisibility(false), progressbar.OptionSetWriter(io.Discard))
	}
	return progressbar.NewOptions(files, progressbar.OptionSetWriter(f), progressbar.OptionShowCount(),
		progressbar.OptionSetDescription("loading"), progressbar.OptionThrottle(time.Second/5), progressbar.OptionClearOnFinish())
}
