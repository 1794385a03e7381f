package source

import (
	"bytes"
	"errors"
	"path/filepath"
	"strings"

	"fangzhi/internal/docx"
)

// A format is a kind of file that is no plain text.
type format struct {
	what string // with its article: a PNG picture
	// read returns the text of such a file, nil where it is not read at all.
	read func(*Text, []byte) ([]rawLine, *ReadError)
}

var (
	formatPDF  = format{"a PDF document", fromPDF}
	formatWord = format{"a Word document (.docx)", fromWord}
	formatPage = format{"a web page (.html)", fromPage}
)

// magics are the first bytes of formats; longer ones come before what they begin with.
var magics = []struct {
	bytes  string
	format format
}{
	{"\x89PNG\r\n\x1a\n", format{what: "a PNG picture"}},
	{"\xff\xd8\xff", format{what: "a JPEG picture"}},
	{"GIF8", format{what: "a GIF picture"}},
	{"II*\x00", format{what: "a TIFF picture"}},
	{"MM\x00*", format{what: "a TIFF picture"}},
	{"%PDF-", formatPDF},
	{"AT&TFORM", format{what: "a DjVu document"}},
	{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", format{what: "an old Word or WPS document (.doc, .wps)"}},
	{"{\\rtf", format{what: "an RTF document"}},
	{"\x1f\x8b", format{what: "a gzip archive"}},
	{"7z\xbc\xaf\x27\x1c", format{what: "a 7z archive"}},
	{"Rar!\x1a\x07", format{what: "a RAR archive"}},
	{"\x7fELF", format{what: "a program"}},
	{"SQLite format 3\x00", format{what: "a SQLite database"}},
}

// endings tell by name what is not plain text although its bytes may be.
var endings = map[string]format{
	".pdf":  formatPDF,
	".docx": formatWord,
	".html": formatPage,
	".htm":  formatPage,
	".doc":  {what: "an old Word document (.doc)"},
	".wps":  {what: "a WPS document"},
	".rtf":  {what: "an RTF document"},
}

// formatOf tells what a file is that is no plain text; false for what may be text. Empty files are text without any.
func formatOf(name string, b []byte) (format, bool) {
	for _, m := range magics {
		if bytes.HasPrefix(b, []byte(m.bytes)) {
			return m.format, true
		}
	}
	if bytes.HasPrefix(b, []byte("PK\x03\x04")) {
		return zipFormat(b), true
	}
	if len(b) >= 12 && string(b[:4]) == "RIFF" && string(b[8:12]) == "WEBP" {
		return format{what: "a WebP picture"}, true
	}
	if isWebPage(b) {
		return formatPage, true
	}
	if len(bytes.TrimSpace(b)) == 0 {
		return format{}, false
	}
	f, ok := endings[strings.ToLower(filepath.Ext(name))]
	return f, ok
}

// zipFormat tells what a ZIP archive holds, by the names in it.
func zipFormat(b []byte) format {
	switch {
	case bytes.Contains(b, []byte("word/document.xml")):
		return formatWord
	case bytes.Contains(b, []byte("xl/workbook.xml")):
		return format{what: "an Excel workbook (.xlsx)"}
	case bytes.Contains(b[:min(len(b), 200)], []byte("opendocument.text")):
		return format{what: "an OpenDocument text (.odt)"}
	}
	return format{what: "a ZIP archive"}
}

// isWebPage tells whether b begins as HTML does.
func isWebPage(b []byte) bool {
	head := bytes.ToLower(bytes.TrimLeft(bytes.TrimPrefix(b[:min(len(b), 1024)], []byte("\xef\xbb\xbf")), " \t\r\n"))
	if bytes.HasPrefix(head, []byte("<?xml")) {
		return bytes.Contains(head, []byte("<html"))
	}
	return bytes.HasPrefix(head, []byte("<!doctype html")) || bytes.HasPrefix(head, []byte("<html"))
}

// fromPage reads a web page in any of the encodings of texts.
func fromPage(t *Text, b []byte) ([]rawLine, *ReadError) {
	decoded, encoding, ok := decode(b)
	if !ok {
		return nil, t.refuse(1, CodeUnknownEncoding, "save the page as UTF-8", "neither UTF-8 nor UTF-16, GB18030 or Big5 text")
	}
	t.Encoding = encoding
	lines, err := readHTML(decoded)
	if err != nil {
		return nil, t.refuse(1, CodeNotText, "save the text as .txt, UTF-8", "a web page that cannot be read: %w", err)
	}
	return lines, nil
}

// fromWord reads a Word document; a paragraph is a line, and so is a row of a table.
func fromWord(t *Text, b []byte) ([]rawLine, *ReadError) {
	paragraphs, err := docx.Read(b, MaxBytes)
	if errors.Is(err, docx.ErrTooBig) {
		return nil, t.refuse(1, CodeTooBig, "split it into one file an issue", "a Word document with more than %d MB of text", MaxBytes>>20)
	}
	if err != nil {
		return nil, t.refuse(1, CodeNotText, "open it and save it again, or save its text as .txt, UTF-8", "a damaged Word document: %w", err)
	}
	t.Encoding = "UTF-8"
	var lines []rawLine
	for i, p := range paragraphs {
		if p.Cells != nil {
			for k, cell := range p.Cells {
				p.Cells[k] = strings.ReplaceAll(strings.Join(strings.Fields(cell), " "), "|", "｜")
			}
			lines = append(lines, rawLine{i + 1, tableRow(p.Cells)})
			continue
		}
		for text := range strings.SplitSeq(p.Text, "\n") {
			lines = append(lines, rawLine{i + 1, text})
		}
	}
	return lines, nil
}

// fromPDF reads the text of a PDF document; pictures of pages are refused.
func fromPDF(t *Text, b []byte) ([]rawLine, *ReadError) {
	lines, scanned, err := readPDF(b)
	if err != nil {
		return nil, t.refuse(1, CodeNotText, "open it and print it to a PDF again, or save its text as .txt, UTF-8", "a PDF document that cannot be read: %w", err)
	}
	if scanned {
		return nil, t.refuse(1, CodeScanned, "recognise its text first (OCR), then save it as .txt or .docx",
			"a scanned PDF: it holds pictures of pages and no text")
	}
	t.Encoding = "UTF-8"
	return lines, nil
}
