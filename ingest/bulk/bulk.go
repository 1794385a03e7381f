// Package bulk brings a file in the interchange form into a graph, however long it is.
//
// The file is read twice. The first time every line is checked, so that a bad one is named before anything is written, and it is seen
// which issues stand in one piece and where publications lie. The second time it is read one publication after the other, and the
// issues are built while they pass, many to a batch; lines of an issue that is scattered over the file are put aside into files by
// issue, and come last. An issue always comes whole, so an import that was cut off
// can be started again: what is there is told by the issue's digest. docs/decisions/0013-interchange.md says why.
package bulk

import (
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"fangzhi/graph"
	"fangzhi/ingest"
)

// Options say how a file is imported. The zero Options are those of a file without a name, in silence.
type Options struct {
	// File is the path of the file, for messages and, without its folders, as graph.Issue.File; "" for standard input.
	File string
	// Temporary is the folder of the files that hold scattered issues; "" for that of the system.
	Temporary string
	// Progress is told how far it is, from one goroutine, some times a second; nil for nobody.
	Progress func(Progress)
	// BatchEvents is how many events make a batch of the graph; 0 for what was measured best.
	BatchEvents int
}

// Progress says how far an import is.
type Progress struct {
	// Checked counts the lines of the first reading. Total is how many there are, 0 while that is not known.
	Checked, Total int
	// Bytes is how much of the file is checked.
	Bytes int64
	// Done counts the events that are in the graph, or were found there.
	Done int
}

// Summary says what an import did.
type Summary struct {
	// Added and There count events, Issues those that they stand in.
	Added, There, Issues int
}

// A LineError says which line of a file makes no sense, and why.
type LineError struct {
	File string
	Line int
	Err  error
}

func (e *LineError) Error() string { return fmt.Sprintf("%s:%d: %v", name(e.File), e.Line, e.Err) }

// Unwrap returns what is wrong.
func (e *LineError) Unwrap() error { return e.Err }

func name(file string) string {
	if file == "" {
		return "standard input"
	}
	return file
}

// LineErrors are the first lines that make no sense, at least one and at most MaxLineErrors.
type LineErrors []*LineError

func (e LineErrors) Error() string {
	lines := make([]string, len(e))
	for i := range e {
		lines[i] = e[i].Error()
	}
	return strings.Join(lines, "\n")
}

const (
	// MaxLineErrors is how many bad lines are named before the check gives up.
	MaxLineErrors = 10
	// MaxIssueEvents is the most that one issue holds: it is built and applied whole, in memory.
	MaxIssueEvents = 20_000
	// batchEvents makes a batch of less than 4 MB, which fits one transaction of the embedded engine in bulk, unless its issues come
	// from everywhere. The names of a publication come again and again, and what is known of each is read and written once a
	// batch: with 500 an import took a quarter more processor time than with 2000.
	batchEvents = 1500
)

var errTooMany = fmt.Errorf("more than %d events of one issue: an issue is a month, a number or a year of a chronicle", MaxIssueEvents)

// Import brings the lines of a file in. open gives the graph when every line has been found good; Import does not close it.
//
// What makes no sense is LineErrors or, where the graph has something else of the event, a *LineError around an
// *ingest.EventConflictError; then and where ctx ends the batches before it are in the graph, and the same import goes on
// behind them.
func Import(ctx context.Context, file io.ReadSeeker, open func() (graph.Store, error), o Options) (Summary, error) {
	if o.BatchEvents == 0 {
		o.BatchEvents = batchEvents
	}
	r := &run{Options: o, file: file, started: time.Now(), workers: max(runtime.GOMAXPROCS(0), 2), seed: maphash.MakeSeed()}
	if err := r.check(ctx); err != nil {
		return Summary{}, err
	}
	store, err := open()
	if err != nil {
		return Summary{}, err
	}
	r.in = ingest.Ingester{Store: store, Now: time.Now}
	err = r.fill(ctx)
	return r.summary, err
}

// run lives for one Import.
type run struct {
	Options
	file    io.ReadSeeker
	workers int
	seed    maphash.Seed
	in      ingest.Ingester
	started time.Time
	told    time.Time

	// pieces has every issue by the hash of its key, and whether it stands in several pieces. Two keys of one hash look
	// scattered, which is slower and no worse.
	pieces map[uint64]bool
	// stretches is the whole file in the order in which it is brought in.
	stretches []stretch
	total     int
	progress  Progress
	summary   Summary
}

// tell passes progress on, some times a second.
func (r *run) tell(always bool) {
	const every = time.Second / 5
	if r.Progress == nil || !always && time.Since(r.told) < every {
		return
	}
	r.told = time.Now()
	r.Progress(r.progress)
}

// base is what graph.Issue.File says.
func (r *run) base() string {
	if r.File == "" {
		return ""
	}
	return filepath.Base(r.File)
}

// at says on which line an event is that the graph will not take.
func (r *run) at(err error) error {
	var conflict *ingest.EventConflictError
	if errors.As(err, &conflict) {
		return &LineError{r.File, conflict.Line, err}
	}
	return err
}
