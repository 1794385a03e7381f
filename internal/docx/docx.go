// Package docx reads the text of Word documents (Office Open XML, ECMA-376 part 1): what is printed in the body, in its
// order, without headers, footers, comments, deleted text and pictures.
package docx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// Paragraph is a paragraph of the body, or a row of a table in it.
type Paragraph struct {
	// Text is what stands in the paragraph; a tabulator is \t, a line break inside it \n. "" for a row.
	Text string
	// Cells are the texts of a row's cells, a merged cell being followed by empty ones; nil for a paragraph.
	Cells []string
}

// ErrNoDocument is returned for an archive without the part that holds a document's text.
var ErrNoDocument = errors.New("no word/document.xml in it")

// ErrTooBig is returned for a document whose text part is larger than allowed when unpacked.
var ErrTooBig = errors.New("larger than allowed when unpacked")

// maxDepth bounds how deep elements may nest: real documents stay below forty.
const maxDepth = 256

// Read returns the paragraphs of a document. maxBytes bounds the unpacked size of its text part.
func Read(b []byte, maxBytes int64) ([]Paragraph, error) {
	archive, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil, fmt.Errorf("open the archive: %w", err)
	}
	for _, f := range archive.File {
		if f.Name != "word/document.xml" {
			continue
		}
		part, err := f.Open()
		if err != nil {
			return nil, fmt.Errorf("open word/document.xml: %w", err)
		}
		limited := &io.LimitedReader{R: part, N: maxBytes + 1}
		r := reader{xml: xml.NewDecoder(limited)}
		err = r.read()
		if limited.N <= 0 {
			err = ErrTooBig
		}
		return r.out, errors.Join(err, part.Close())
	}
	return nil, ErrNoDocument
}

// reader is one run over a text part. Namespaces are not looked at: their prefixes are free, the local names are not.
type reader struct {
	xml   *xml.Decoder
	out   []Paragraph
	text  strings.Builder
	open  []string // local names of the open elements
	skip  int      // depth at which skipping began, 0 for none
	rows  int      // how many tables are open; the cells of an inner one are text of the outer's
	cells []string
	cell  []string // paragraphs of the cell at hand
	span  int      // columns that the cell takes
}

// skipped are elements whose text is not printed in the body: what a tracked change took out, field codes, and the
// second copy that a drawing keeps for older programs.
var skipped = map[string]bool{"del": true, "moveFrom": true, "instrText": true, "delText": true, "Fallback": true, "rt": true, "sectPr": true}

func (r *reader) read() error {
	for {
		token, err := r.xml.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read word/document.xml: %w", err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			r.open = append(r.open, t.Name.Local)
			if len(r.open) > maxDepth {
				return fmt.Errorf("read word/document.xml: elements nest deeper than %d", maxDepth)
			}
			if r.skip == 0 && skipped[t.Name.Local] {
				r.skip = len(r.open)
			}
			if r.skip == 0 {
				r.start(t)
			}
		case xml.EndElement:
			if r.skip == 0 {
				r.end(t.Name.Local)
			}
			if r.skip == len(r.open) {
				r.skip = 0
			}
			r.open = r.open[:len(r.open)-1] // the decoder checks that elements match
		case xml.CharData:
			if r.skip == 0 && r.open != nil && r.open[len(r.open)-1] == "t" {
				r.text.Write(t)
			}
		}
	}
}

func (r *reader) start(e xml.StartElement) {
	switch e.Name.Local {
	case "tab":
		if len(r.open) > 1 && r.open[len(r.open)-2] == "r" { // others define tabulators
			r.text.WriteByte('\t')
		}
	case "br", "cr":
		r.text.WriteByte('\n')
	case "noBreakHyphen":
		r.text.WriteByte('-')
	case "tbl":
		r.rows++
	case "tr":
		if r.rows == 1 {
			r.cells = nil
		}
	case "tc":
		if r.rows == 1 {
			r.cell, r.span = nil, 1
		}
	case "gridSpan":
		const widest = 64
		for _, a := range e.Attr {
			n := 0
			if a.Name.Local == "val" && r.rows == 1 {
				if _, err := fmt.Sscan(a.Value, &n); err == nil && n > 1 && n <= widest {
					r.span = n
				}
			}
		}
	}
}

func (r *reader) end(name string) {
	switch name {
	case "p":
		if r.rows > 0 {
			if s := strings.TrimSpace(r.text.String()); s != "" {
				r.cell = append(r.cell, s)
			}
		} else {
			r.out = append(r.out, Paragraph{Text: r.text.String()})
		}
		r.text.Reset()
	case "tc":
		if r.rows == 1 {
			r.cells = append(r.cells, strings.Join(r.cell, "\n"))
			r.cells = append(r.cells, make([]string, r.span-1)...)
		}
	case "tr":
		if r.rows == 1 {
			r.out = append(r.out, Paragraph{Cells: r.cells})
		}
	case "tbl":
		r.rows--
	}
}
