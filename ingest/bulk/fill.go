package bulk

import (
	"bufio"
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"os"
	"slices"

	"golang.org/x/sync/errgroup"

	"fangzhi/ingest"
	"fangzhi/interchange"
	"fangzhi/loader/reading"
)

// check reads every line and remembers which issues stand in one piece, and where publications begin and end.
func (r *run) check(ctx context.Context) error {
	r.pieces = map[uint64]bool{}
	var bad LineErrors
	var last uint64
	var found stretches
	err := r.eachLine(ctx, []stretch{wholeFile}, func(l *line) error {
		r.total++
		r.progress.Checked, r.progress.Bytes = r.total, r.progress.Bytes+int64(len(l.text))+1
		r.tell(false)
		if l.err != nil {
			if bad = append(bad, &LineError{r.File, l.number, l.err}); len(bad) == MaxLineErrors {
				return bad
			}
			return nil
		}
		if h := r.hash(l.key); h != last || r.total == 1 {
			_, seen := r.pieces[h]
			r.pieces[h] = seen
			last = h
			found.begin(l)
		}
		return nil
	})
	if err == nil && len(bad) > 0 {
		return bad
	}
	r.stretches = found.inOrder()
	r.progress.Total = r.total
	r.tell(true)
	return err
}

func (r *run) hash(key string) uint64 { return maphash.String(r.seed, key) }

// fill reads the lines again and brings them in.
func (r *run) fill(ctx context.Context) (err error) {
	group, ctx := errgroup.WithContext(ctx)
	built, documents := make(chan future, 2*r.workers), make(chan future)
	group.Go(func() error {
		defer close(built)
		defer close(documents)
		return r.collect(ctx, func(d *reading.Document) error {
			f := future{doc: d, done: make(chan outcome, 1)}
			for _, to := range []chan<- future{built, documents} {
				select {
				case to <- f:
				case <-ctx.Done():
					return ctx.Err()
				}
			}
			return nil
		})
	})
	for range r.workers {
		group.Go(func() error {
			for f := range documents {
				p, err := ingest.Prepare(f.doc, r.started)
				f.done <- outcome{p, err}
			}
			return nil
		})
	}
	group.Go(func() error { return r.apply(ctx, built) })
	return group.Wait()
}

// future is an issue that a worker builds.
type future struct {
	doc  *reading.Document
	done chan outcome
}

type outcome struct {
	issue *ingest.Prepared
	err   error
}

// apply puts the issues into the graph, many to a batch, while the next ones are built.
func (r *run) apply(ctx context.Context, built <-chan future) error {
	var batch []*ingest.Prepared
	events := 0
	put := func() error {
		outcomes, err := r.in.Import(ctx, batch)
		if err != nil {
			return r.at(err)
		}
		for _, o := range outcomes {
			r.summary.Added += o.Added
			r.summary.There += o.There
			r.summary.Issues++
		}
		r.progress.Done = r.summary.Added + r.summary.There
		r.tell(false)
		clear(batch) // some ten MB, which would stay until the next ones take their places
		batch, events = batch[:0], 0
		return nil
	}
	for f := range built {
		var o outcome
		select {
		case o = <-f.done:
		case <-ctx.Done():
			return ctx.Err()
		}
		if o.err != nil {
			return o.err
		}
		batch = append(batch, o.issue)
		if events += o.issue.Events(); events >= r.BatchEvents {
			if err := put(); err != nil {
				return err
			}
		}
	}
	if len(batch) > 0 && ctx.Err() == nil {
		if err := put(); err != nil {
			return err
		}
	}
	r.tell(true)
	return ctx.Err()
}

// collect hands on every issue, whole: first those that stand in one piece, then the scattered ones.
func (r *run) collect(ctx context.Context, use func(*reading.Document) error) error {
	aside := r.newAside()
	defer aside.close()
	var at piece
	err := r.eachLine(ctx, r.stretches, func(l *line) error {
		if l.err != nil {
			return &LineError{r.File, l.number, fmt.Errorf("%w: the file has changed since it was checked", l.err)}
		}
		if r.pieces[r.hash(l.key)] {
			return aside.put(l)
		}
		if l.key != at.key && len(at.lines) > 0 {
			if err := use(r.document(at.lines)); err != nil {
				return err
			}
			at.lines = nil
		}
		at.key = l.key
		return r.add(&at.lines, l)
	})
	if err != nil {
		return err
	}
	if len(at.lines) > 0 {
		if err := use(r.document(at.lines)); err != nil {
			return err
		}
	}
	return aside.each(ctx, use)
}

// piece is the lines of an issue so far.
type piece struct {
	key   string
	lines []*line
}

func (r *run) add(lines *[]*line, l *line) error {
	if len(*lines) == MaxIssueEvents {
		return &LineError{r.File, l.number, errTooMany}
	}
	l.text = nil // others will be read into it
	*lines = append(*lines, l)
	return nil
}

// document makes one of the lines of an issue. What one of them leaves open another may say; of several the first in the order of
// events counts, wherever it stands in the file.
func (r *run) document(lines []*line) *reading.Document {
	slices.SortStableFunc(lines, compareLines)
	d := &reading.Document{File: r.base(), Issue: lines[0].record.Issue, Imported: true, Events: make([]reading.Event, len(lines))}
	is := &d.Issue
	for i, l := range lines {
		d.Events[i] = l.record.Event
		more := &l.record.Issue
		is.Label, is.Publisher = cmp.Or(is.Label, more.Label), cmp.Or(is.Publisher, more.Publisher)
		is.Number, is.NumberTo = cmp.Or(is.Number, more.Number), cmp.Or(is.NumberTo, more.NumberTo)
		is.Published = cmp.Or(is.Published, more.Published)
	}
	return d
}

// compareLines orders the lines of an issue whatever their order in the file, as far as what they say of the issue goes.
func compareLines(a, b *line) int {
	x, y, is, other := &a.record.Event, &b.record.Event, &a.record.Issue, &b.record.Issue
	return cmp.Or(cmp.Compare(x.Place, y.Place), cmp.Compare(x.Date.EDTF.String(), y.Date.EDTF.String()), cmp.Compare(x.Title, y.Title), cmp.Compare(x.Body, y.Body),
		cmp.Compare(is.Publication, other.Publication), cmp.Compare(is.Region.Name(), other.Region.Name()), cmp.Compare(is.Publisher, other.Publisher),
		cmp.Compare(is.Label, other.Label), cmp.Compare(is.Number, other.Number), cmp.Compare(is.NumberTo, other.NumberTo), cmp.Compare(is.Published, other.Published))
}

// aside holds the lines of scattered issues in files, by the hash of their issue: those of an issue are in one, and one fits into memory.
type aside struct {
	run   *run
	files []*os.File
	out   []*bufio.Writer
}

func (r *run) newAside() *aside { return &aside{run: r} }

const (
	// asideBytes is about what one of the files holds, and maxAside is how many there are at most: 4 GB of scattered lines.
	asideBytes = 8 << 20
	maxAside   = 512
)

func (a *aside) open() error {
	count := min(max(int(a.run.progress.Bytes/asideBytes), 1), maxAside)
	for range count {
		f, err := os.CreateTemp(a.run.Temporary, "fangzhi-import-*")
		if err != nil {
			return fmt.Errorf("put scattered issues aside: %w", err)
		}
		// Without a name it goes with the process, however that ends; where a system forbids that, close removes it.
		_ = os.Remove(f.Name())
		a.files, a.out = append(a.files, f), append(a.out, bufio.NewWriterSize(f, 16<<10))
	}
	return nil
}

func (a *aside) close() {
	for _, f := range a.files {
		f.Close()
		_ = os.Remove(f.Name())
	}
}

// put writes a line: its number, its length and itself.
func (a *aside) put(l *line) error {
	if a.files == nil {
		if err := a.open(); err != nil {
			return err
		}
	}
	out := a.out[a.run.hash(l.key)%uint64(len(a.out))]
	head := binary.AppendUvarint(binary.AppendUvarint(nil, uint64(l.number)), uint64(len(l.text)))
	if _, err := out.Write(head); err != nil {
		return err
	}
	_, err := out.Write(l.text)
	return err
}

// each hands on the issues of one file after the other, in the order in which they begin.
func (a *aside) each(ctx context.Context, use func(*reading.Document) error) error {
	p := newReader()
	for i, f := range a.files {
		if err := a.out[i].Flush(); err != nil {
			return fmt.Errorf("put scattered issues aside: %w", err)
		}
		if _, err := f.Seek(0, io.SeekStart); err != nil {
			return err
		}
		if err := a.issues(ctx, f, p, use); err != nil {
			return err
		}
	}
	return nil
}

func (a *aside) issues(ctx context.Context, f io.Reader, p *reader, use func(*reading.Document) error) error {
	in := bufio.NewReader(f)
	var order []string
	texts := map[string][]line{} // by the key of the issue
	for {
		l, err := readAside(in)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return fmt.Errorf("read scattered issues: %w", err)
		}
		key := p.line(l.text, l.number).key
		if len(texts[key]) == 0 {
			order = append(order, key)
		}
		texts[key] = append(texts[key], l)
	}
	for _, key := range order {
		if err := ctx.Err(); err != nil {
			return err
		}
		var lines []*line
		for _, l := range texts[key] {
			read := p.line(l.text, l.number)
			if err := a.run.add(&lines, &read); err != nil {
				return err
			}
		}
		delete(texts, key)
		if err := use(a.run.document(lines)); err != nil {
			return err
		}
	}
	return nil
}

func readAside(in *bufio.Reader) (line, error) {
	number, err := binary.ReadUvarint(in)
	if err != nil {
		return line{}, err
	}
	size, err := binary.ReadUvarint(in)
	if err != nil || size > interchange.MaxLineBytes {
		return line{}, errors.Join(err, io.ErrUnexpectedEOF)
	}
	text := make([]byte, size)
	_, err = io.ReadFull(in, text)
	return line{number: int(number), text: text}, err
}
