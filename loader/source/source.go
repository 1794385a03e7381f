// Package source turns the bytes of a file into lines of text: plain text, web pages, Word and PDF documents.
//
// It decodes (UTF-8, UTF-16, GB18030, Big5), makes equal what never carries meaning (line ends, widths of letters,
// digits and spaces, radicals that a PDF has in place of characters) and remembers on which line of the file each
// line stood. What is no text is refused with a *ReadError.
package source

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"fangzhi/graph"
)

// MaxBytes is the size of the largest file that is read. The biggest county gazetteers have a few megabytes of text;
// the same limit holds for uploads.
const MaxBytes = 64 << 20

// maxLineBytes is the length of the longest line that is read: 350,000 characters without a line break are a whole
// book, or no text at all.
const maxLineBytes = 1 << 20

// maxLines is the number of lines in the longest text that is read: at 30 characters a line ten times the biggest
// gazetteer.
const maxLines = 1 << 20

// Text is a document as lines.
type Text struct {
	// Name is what errors call the file.
	Name string
	// Encoding is what the bytes were: UTF-8, UTF-16LE, UTF-16BE, GB18030, Big5.
	Encoding string
	// Lines are all lines, blank ones included, without their line ends.
	Lines []Line
	// Warnings say what was left out or could not be decoded, in the order of the lines.
	Warnings []graph.IngestWarning

	// whole is the lines that Read has found, each with a line feed, and starts where each begins in it.
	whole  string
	starts []int32
}

// Between returns the lines from one to another, that one included, each with a line feed. Of a text that comes from Read nothing is
// copied: lines and what Between returns are pieces of one string.
func (t *Text) Between(from, to int) string {
	if len(t.starts) == len(t.Lines)+1 {
		return t.whole[t.starts[from]:t.starts[to+1]]
	}
	var b strings.Builder
	for _, l := range t.Lines[from : to+1] {
		b.WriteString(l.Text)
		b.WriteByte('\n')
	}
	return b.String()
}

// Line is one line of a text.
type Line struct {
	// Number is the 1-based number of the line in the file.
	Number int
	Text   string
}

// A ReadError says where a file stopped making sense. Line is 1-based; a whole file is its line 1.
type ReadError struct {
	File string
	Line int
	Code string // stable, for programs: no-text
	Hint string // what the user can do, or ""
	Err  error
}

func (e *ReadError) Error() string { return fmt.Sprintf("%s:%d: %v", e.File, e.Line, e.Err) }

func (e *ReadError) Unwrap() error { return e.Err }

// The codes of errors.
const (
	CodeNoText          = "no-text"
	CodeTooBig          = "file-too-big"
	CodeLineTooLong     = "line-too-long"
	CodeNotText         = "not-text"
	CodeScanned         = "scanned-pdf"
	CodeUnknownEncoding = "unknown-encoding"
)

// The codes of warnings.
const (
	WarnUndecodable = "undecodable-characters"
	WarnControl     = "control-characters"
	WarnArtefacts   = "copying-artefacts" // readings behind characters, doubled commas, HTML entities
)

// rawLine is a line before it is cleaned.
type rawLine struct {
	number int
	text   string
}

// Read decodes a file: plain text (.txt, .md and whatever is text), web pages, Word documents (.docx) and PDF documents
// that hold text. name is what it is called in errors, and tells by its ending what only a name can tell; it may be "".
// A line's number counts lines of the file, in a Word document paragraphs, in a PDF lines of its text. Errors are
// *ReadError.
func Read(name string, b []byte) (Text, error) {
	t := Text{Name: name}
	if err := t.read(b); err != nil {
		return Text{}, err
	}
	return t, nil
}

func (t *Text) refuse(line int, code, hint, format string, args ...any) *ReadError {
	return &ReadError{File: t.Name, Line: line, Code: code, Hint: hint, Err: fmt.Errorf(format, args...)}
}

func (t *Text) read(b []byte) error {
	if len(b) > MaxBytes {
		return t.refuse(1, CodeTooBig, "split it into one file an issue", "larger than %d MB", MaxBytes>>20)
	}
	read := fromText
	if f, ok := formatOf(t.Name, b); ok {
		if read = f.read; read == nil {
			return t.refuse(1, CodeNotText, "save the text as .txt, UTF-8", "is %s, not text", f.what)
		}
	}
	raw, refused := read(t, b)
	if refused != nil {
		return refused
	}
	if len(raw) > maxLines {
		return t.refuse(raw[maxLines].number, CodeTooBig, "split it into one file an issue", "more than %d lines", maxLines)
	}
	for _, l := range raw {
		if len(l.text) > maxLineBytes {
			return t.refuse(l.number, CodeLineTooLong, "set one paragraph a line", "a line of %d bytes, more than %d", len(l.text), maxLineBytes)
		}
	}
	t.clean(raw)
	for _, l := range t.Lines {
		if strings.TrimSpace(l.Text) != "" {
			return nil
		}
	}
	return &ReadError{File: t.Name, Line: 1, Code: CodeNoText, Err: errors.New("no text")}
}

// fromText reads plain text.
func fromText(t *Text, b []byte) ([]rawLine, *ReadError) {
	decoded, encoding, ok := decode(b)
	if !ok {
		return nil, t.refuse(1, CodeUnknownEncoding, "save the text as .txt, UTF-8", "neither UTF-8 nor UTF-16, GB18030 or Big5 text")
	}
	t.Encoding = encoding
	text := string(decoded)
	lines := make([]rawLine, 0, strings.Count(text, "\n")+1)
	for number := 1; text != "" && number <= maxLines+1; number++ {
		var line string
		line, text = cutLine(text)
		lines = append(lines, rawLine{number, line})
	}
	return lines, nil
}

// clean sets lines and warnings.
func (t *Text) clean(raw []rawLine) {
	artefacts := newArtefacts(raw)
	undecodable, control := 0, 0 // first lines
	var undecodableCount, controlCount int
	size := 0
	for _, l := range raw {
		size += len(l.text) + 1
	}
	var whole strings.Builder
	whole.Grow(size)
	t.starts = make([]int32, 0, len(raw)+1)
	for _, l := range raw {
		text, controls := clean(artefacts.mend(l.text))
		t.starts = append(t.starts, int32(whole.Len()))
		whole.WriteString(text)
		whole.WriteByte('\n')
		if controls > 0 {
			if controlCount == 0 {
				control = l.number
			}
			controlCount += controls
		}
		if n := strings.Count(text, string(utf8.RuneError)); n > 0 {
			if undecodableCount == 0 {
				undecodable = l.number
			}
			undecodableCount += n
		}
	}
	t.starts = append(t.starts, int32(whole.Len()))
	t.whole = whole.String()
	t.Lines = make([]Line, len(raw))
	for i, l := range raw {
		t.Lines[i] = Line{Number: l.number, Text: t.whole[t.starts[i] : t.starts[i+1]-1]}
	}
	if undecodableCount > 0 {
		t.warn(undecodable, WarnUndecodable, "有%d个字符无法解码，以“%c”代替", undecodableCount, utf8.RuneError)
	}
	if controlCount > 0 {
		t.warn(control, WarnControl, "去掉%d个控制字符", controlCount)
	}
	if artefacts.count > 0 {
		t.warn(artefacts.line, WarnArtefacts, "去掉%d处网页抄录的痕迹（%s）", artefacts.count, artefacts.example)
	}
	slices.SortStableFunc(t.Warnings, func(a, b graph.IngestWarning) int { return cmp.Compare(a.Line, b.Line) })
}

func (t *Text) warn(line int, code, format string, args ...any) {
	t.Warnings = append(t.Warnings, graph.IngestWarning{Line: line, Code: code, Message: fmt.Sprintf(format, args...)})
}

// cutLine returns the first line of s, which is not empty, and what follows its end: \n, \r\n or \r.
func cutLine(s string) (line, rest string) {
	i := strings.IndexAny(s, "\r\n")
	switch {
	case i < 0:
		return s, ""
	case s[i] == '\r' && i+1 < len(s) && s[i+1] == '\n':
		return s[:i], s[i+2:]
	}
	return s[:i], s[i+1:]
}
