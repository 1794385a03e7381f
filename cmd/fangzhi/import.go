package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"fangzhi/graph"
	"fangzhi/ingest"
	"fangzhi/ingest/bulk"
)

type importCommand struct {
	database
	File string `arg:"" help:"A file in the interchange form, JSON Lines; - for standard input."`
}

// Help is the example that --help shows.
func (importCommand) Help() string {
	return "Examples:\n  fangzhi import events.jsonl\n" +
		"  fangzhi export --db old.db --format jsonl | fangzhi import --db new.db -\n" +
		`  echo '{"title": "云河区第二小学建成", "date": "2020-12-04"}' | fangzhi import -` + "\n\n" +
		"One event a line; docs/interchange.md describes the form. Every line is checked before any is brought in. An import that was\n" +
		"cut off goes on where it stood when it is started again; what the graph has is passed over."
}

// Run imports the file.
func (c *importCommand) Run(ctx context.Context, io *console) (err error) {
	importLean()
	file, err := c.seekable(io.in)
	if err != nil {
		return err
	}
	defer file.Close()
	if isFolder(c.DB) && holdsGraph(c.DB) { // a graph that cannot be opened is told before the file is read
		store, err := c.open(false)
		if err != nil {
			return err
		}
		if err := store.Close(); err != nil {
			return err
		}
	}
	var store graph.Store
	defer func() {
		if store != nil {
			err = errors.Join(err, store.Close())
		}
	}()
	bars := newBars(io.errs, sizeOf(file))
	options := bulk.Options{File: c.File, Progress: bars.show}
	if c.File == "-" {
		options.File = ""
	}
	sum, err := bulk.Import(ctx, file, func() (graph.Store, error) {
		var err error
		store, err = c.openBulk()
		return store, err
	}, options)
	bars.clear()
	var lines bulk.LineErrors
	var conflict *ingest.EventConflictError
	switch {
	case errors.As(err, &lines):
		for _, line := range lines {
			printError(io.errs, line)
		}
		fmt.Fprintln(io.errs, "fangzhi: hint: nothing is imported; docs/interchange.md describes the form")
		return errReported
	case err != nil && ctx.Err() != nil:
		return hinted{fmt.Errorf("interrupted: %d events are in", sum.Added+sum.There), "start the same import again: it goes on where it stood"}
	case errors.As(err, &conflict):
		return hinted{err, conflictAdvice(conflict)}
	case err != nil:
		return err
	}
	fmt.Fprintf(io.out, "%d imported, %d unchanged, in %d issues\n", sum.Added, sum.There, sum.Issues)
	return nil
}

func conflictAdvice(c *ingest.EventConflictError) string {
	return fmt.Sprintf("to have the file's instead: fangzhi remove %s, then import again; others of its lines are in", c.Issue)
}

// seekable returns the file, or a copy of what cannot be read twice.
func (c *importCommand) seekable(in io.Reader) (*os.File, error) {
	if c.File != "-" {
		file, err := os.Open(c.File)
		if err != nil {
			return nil, unreadable(c.File, err)
		}
		info, err := file.Stat()
		if err == nil && info.IsDir() {
			err = wrong("%s is a folder, not a file", c.File)
		}
		if err != nil || info.Mode().IsRegular() {
			return file, err
		}
		defer file.Close()
		in = file
	}
	file, err := os.CreateTemp("", "fangzhi-import-*")
	if err != nil {
		return nil, fmt.Errorf("keep what is read for the second reading: %w", err)
	}
	_ = os.Remove(file.Name()) // it goes with the process
	if _, err := io.Copy(file, in); err != nil {
		file.Close()
		return nil, fmt.Errorf("keep what is read for the second reading: %w", err)
	}
	return file, nil
}

func sizeOf(file *os.File) int64 {
	if info, err := file.Stat(); err == nil {
		return info.Size()
	}
	return -1
}

// bars show how far an import is, at a terminal: first how much is checked, then how many events are in, a second, and the time left.
type bars struct {
	out          io.Writer
	bytes        int64
	check, bring *progressbar.ProgressBar
}

func newBars(errs io.Writer, bytes int64) *bars {
	b := &bars{out: io.Discard, bytes: bytes}
	if f, ok := errs.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		b.out = f
	}
	return b
}

func (b *bars) bar(total int64, description string, unit progressbar.Option) *progressbar.ProgressBar {
	return progressbar.NewOptions64(total, progressbar.OptionSetWriter(b.out), progressbar.OptionSetVisibility(b.out != io.Discard), unit,
		progressbar.OptionSetDescription(description), progressbar.OptionShowCount(), progressbar.OptionSetPredictTime(true),
		progressbar.OptionThrottle(time.Second/5), progressbar.OptionClearOnFinish())
}

func (b *bars) show(p bulk.Progress) {
	if p.Total == 0 {
		if b.check == nil {
			b.check = b.bar(b.bytes, "checking", progressbar.OptionShowBytes(true))
		}
		_ = b.check.Set64(min(p.Bytes, max(b.bytes-1, 0)))
		return
	}
	if b.bring == nil {
		b.clear()
		b.bring = b.bar(int64(p.Total), "importing", progressbar.OptionShowIts())
	}
	_ = b.bring.Set(p.Done)
}

func (b *bars) clear() {
	for _, bar := range []*progressbar.ProgressBar{b.check, b.bring} {
		if bar != nil {
			_ = bar.Clear()
		}
	}
}
