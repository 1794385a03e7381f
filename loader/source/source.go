// Package source turns the bytes of a file into lines of text.
//
// It decodes (UTF-8, UTF-16, GB18030, Big5), makes equal what never carries meaning (line ends, widths of letters,
// digits and spaces, radicals that a PDF has in place of characters) and remembers on which line of the file each
// line stood. What is no text, or no text yet of a kind that is read, is refused with a *ReadError.
package source

import (
	"bytes"
	"errors"
	"fmt"
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
	CodeNotYet          = "format-not-read-yet"
	CodeUnknownEncoding = "unknown-encoding"
)

// The codes of warnings.
const (
	WarnUndecodable = "undecodable-characters"
	WarnControl     = "control-characters"
)

// Read decodes a file. name is what it is called in errors, and tells by its ending what only a name can tell; it may
// be "". Only plain text is read now (.txt, .md and whatever is text); errors are *ReadError.
func Read(name string, b []byte) (Text, error) {
	refuse := func(line int, code, hint, format string, args ...any) (Text, error) {
		return Text{}, &ReadError{File: name, Line: line, Code: code, Hint: hint, Err: fmt.Errorf(format, args...)}
	}
	if len(b) > MaxBytes {
		return refuse(1, CodeTooBig, "split it into one file an issue", "larger than %d MB", MaxBytes>>20)
	}
	if f, ok := formatOf(name, b); ok {
		if f.later {
			return refuse(1, CodeNotYet, "save it as plain text (.txt, UTF-8) until then",
				"is %s, which comes with the next version", f.what)
		}
		return refuse(1, CodeNotText, "save the text as .txt, UTF-8", "is %s, not text", f.what)
	}
	decoded, encoding, ok := decode(b)
	if !ok {
		return refuse(1, CodeUnknownEncoding, "save the text as .txt, UTF-8",
			"neither UTF-8 nor UTF-16, GB18030 or Big5 text")
	}
	t := Text{Name: name, Encoding: encoding}
	if n, at := longestLine(decoded); n > maxLineBytes {
		return refuse(at, CodeLineTooLong, "set one paragraph a line", "a line of %d bytes, more than %d", n, maxLineBytes)
	}
	t.split(decoded)
	if len(t.Lines) > maxLines {
		return refuse(maxLines+1, CodeTooBig, "split it into one file an issue", "more than %d lines", maxLines)
	}
	for _, l := range t.Lines {
		if strings.TrimSpace(l.Text) != "" {
			return t, nil
		}
	}
	return Text{}, &ReadError{File: name, Line: 1, Code: CodeNoText, Err: errors.New("no text")}
}

// split sets lines and warnings.
func (t *Text) split(decoded []byte) {
	undecodable, control := 0, 0 // first lines
	var undecodableCount, controlCount int
	t.Lines = make([]Line, 0, bytes.Count(decoded, []byte{'\n'})+1)
	for number := 1; len(decoded) > 0; number++ {
		var raw []byte
		raw, decoded = cutLine(decoded)
		text, controls := clean(raw)
		t.Lines = append(t.Lines, Line{Number: number, Text: text})
		if controls > 0 {
			if controlCount == 0 {
				control = number
			}
			controlCount += controls
		}
		if n := strings.Count(text, string(utf8.RuneError)); n > 0 {
			if undecodableCount == 0 {
				undecodable = number
			}
			undecodableCount += n
		}
	}
	if undecodableCount > 0 {
		t.Warnings = append(t.Warnings, graph.IngestWarning{Line: undecodable, Code: WarnUndecodable,
			Message: fmt.Sprintf("有%d个字符无法解码，以“%c”代替", undecodableCount, utf8.RuneError)})
	}
	if controlCount > 0 {
		w := graph.IngestWarning{Line: control, Code: WarnControl, Message: fmt.Sprintf("去掉%d个控制字符", controlCount)}
		if undecodableCount > 0 && control < undecodable {
			t.Warnings = append([]graph.IngestWarning{w}, t.Warnings...)
		} else {
			t.Warnings = append(t.Warnings, w)
		}
	}
}

// cutLine returns the first line of b, which is not empty, and what follows its end: \n, \r\n or \r.
func cutLine(b []byte) (line, rest []byte) {
	i := bytes.IndexAny(b, "\r\n")
	switch {
	case i < 0:
		return b, nil
	case b[i] == '\r' && i+1 < len(b) && b[i+1] == '\n':
		return b[:i], b[i+2:]
	}
	return b[:i], b[i+1:]
}

// longestLine returns the length of the longest line in bytes, and its number.
func longestLine(b []byte) (length, at int) {
	for number := 1; len(b) > 0; number++ {
		var line []byte
		line, b = cutLine(b)
		if len(line) > length {
			length, at = len(line), number
		}
	}
	return length, at
}
