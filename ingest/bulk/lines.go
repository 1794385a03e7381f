package bulk

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"sync"

	"golang.org/x/sync/errgroup"

	"fangzhi/ingest"
	"fangzhi/interchange"
	"fangzhi/loader/reading"
)

// A block is some lines of the file, and what a worker made of them.
type block struct {
	text  []byte
	whole []byte // what text was in the beginning
	at    int64  // where it begins in the file
	first int    // the 1-based number of its first line
	lines []line
	done  chan struct{} // closed when lines are there
}

// A line is one event of the file.
type line struct {
	number      int
	at          int64 // where it begins in the file
	text        []byte
	key         string // of the issue
	publication string // its key
	record      interchange.Record
	err         error
}

// blockBytes is how much of the file a worker takes at a time. A longer line makes a longer block.
const blockBytes = 256 << 10

// eachLine calls use with every line of the stretches that is not blank, in order, from one goroutine; its text is valid during the call.
// Lines are read by several; their number bounds what is in memory.
func (r *run) eachLine(ctx context.Context, stretches []stretch, use func(*line) error) error {
	group, ctx := errgroup.WithContext(ctx)
	work, ordered := make(chan *block), make(chan *block, 2*r.workers)
	group.Go(func() error {
		defer close(work)
		defer close(ordered)
		in := bufio.NewReaderSize(nil, blockBytes)
		for _, s := range stretches {
			if err := r.split(ctx, in, s, work, ordered); err != nil {
				return err
			}
		}
		return nil
	})
	for range r.workers {
		group.Go(func() error {
			p := newReader()
			for b := range work {
				p.read(b)
				close(b.done)
			}
			return nil
		})
	}
	group.Go(func() error {
		for b := range ordered {
			select {
			case <-b.done:
			case <-ctx.Done():
				return ctx.Err()
			}
			for i := range b.lines {
				if err := use(&b.lines[i]); err != nil {
					return err
				}
			}
			whole := b.whole // the pool is to hold it without the block
			texts.Put(&whole)
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		return nil
	})
	return group.Wait()
}

// split cuts a stretch into blocks of whole lines and hands each to a worker.
func (r *run) split(ctx context.Context, in *bufio.Reader, s stretch, work, ordered chan<- *block) error {
	if _, err := r.file.Seek(s.from, io.SeekStart); err != nil {
		return fmt.Errorf("read %s from byte %d: %w", name(r.File), s.from, err)
	}
	in.Reset(io.LimitReader(r.file, s.to-s.from))
	for at, next := s.from, s.first; ; {
		text, lines, err := readBlock(in)
		last := errors.Is(err, io.EOF)
		if err != nil && !last {
			var long *LineError
			if errors.As(err, &long) {
				long.File, long.Line = r.File, next+lines
			}
			return err
		}
		if len(text) > 0 {
			b := &block{text: text, whole: text, at: at, first: next, done: make(chan struct{})}
			at, next = at+int64(len(text)), next+lines
			for _, to := range []chan<- *block{ordered, work} {
				select {
				case to <- b:
				case <-ctx.Done():
					return ctx.Err()
				}
			}
		}
		if last {
			return nil
		}
	}
}

// texts are those of blocks that were used: nothing that is made of a line shares its memory.
var texts = sync.Pool{New: func() any {
	b := make([]byte, 0, blockBytes+blockBytes/8)
	return &b
}}

// readBlock reads whole lines of blockBytes or a little more, and counts them; io.EOF with the last.
func readBlock(in *bufio.Reader) (text []byte, lines int, err error) {
	text = (*texts.Get().(*[]byte))[:0]
	start := 0
	for len(text) < blockBytes {
		part, err := in.ReadSlice('\n')
		text = append(text, part...)
		if len(text)-start > interchange.MaxLineBytes {
			return nil, lines, &LineError{Err: fmt.Errorf("longer than %d MB", interchange.MaxLineBytes>>20)}
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if len(text) > start {
			lines++
		}
		start = len(text)
		if err != nil {
			return text, lines, err
		}
	}
	for text[len(text)-1] != '\n' { // the block ends inside a line
		part, err := in.ReadSlice('\n')
		text = append(text, part...)
		if len(text)-start > interchange.MaxLineBytes {
			return nil, lines, &LineError{Err: fmt.Errorf("longer than %d MB", interchange.MaxLineBytes>>20)}
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		lines++
		return text, lines, err
	}
	return text, lines, nil
}

// reader makes lines of blocks, for one worker.
type reader struct {
	parser       *interchange.Parser
	publications map[string]string // the key by title and code
	last         issueOf
}

// issueOf remembers the keys of the issue that the line before was of.
type issueOf struct {
	is               reading.Issue
	key, publication string
}

func newReader() *reader {
	return &reader{parser: interchange.NewParser(), publications: map[string]string{}}
}

func (p *reader) read(b *block) {
	b.lines = make([]line, 0, bytes.Count(b.text, []byte("\n"))+1) // one is a kilobyte long
	number, at := b.first, b.at
	for text := b.text; len(text) > 0; number++ {
		one, rest, _ := bytes.Cut(text, []byte("\n"))
		if at == 0 {
			one = bytes.TrimPrefix(one, []byte("\xEF\xBB\xBF"))
		}
		if len(bytes.TrimSpace(one)) > 0 {
			l := p.line(one, number)
			l.at = at
			b.lines = append(b.lines, l)
		}
		at += int64(len(text) - len(rest))
		text = rest
	}
	b.text = nil
}

func (p *reader) line(text []byte, number int) line {
	l := line{number: number, text: text}
	if l.record, l.err = p.parser.Parse(text); l.err == nil {
		l.record.Event.Line = number
		l.key, l.publication = p.keys(&l.record.Issue)
	}
	return l
}

// keys returns the key of an issue, what its id is hashed from, and that of its publication.
func (p *reader) keys(is *reading.Issue) (key, publication string) {
	if p.last.key != "" && sameIssue(is, &p.last.is) {
		return p.last.key, p.last.publication
	}
	name := is.Publication + "\x00" + is.Region.Self().Code
	publication, known := p.publications[name]
	if !known {
		publication = ingest.PublicationKey(is)
		if len(p.publications) > maxPublications {
			clear(p.publications)
		}
		p.publications[name] = publication
	}
	p.last = issueOf{*is, ingest.IssueKey(publication, is), publication}
	return p.last.key, publication
}

// maxPublications bounds what a worker keeps.
const maxPublications = 10_000

func sameIssue(a, b *reading.Issue) bool {
	return a.Publication == b.Publication && a.Label == b.Label && a.Number == b.Number && a.NumberTo == b.NumberTo && a.Year == b.Year &&
		a.Month == b.Month && a.MonthTo == b.MonthTo && a.Digest == b.Digest && a.Region.Self().Code == b.Region.Self().Code
}
