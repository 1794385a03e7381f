package source

import (
	"bytes"
	"path/filepath"
	"strings"
)

// A format is a kind of file that is no plain text.
type format struct {
	what  string // with its article: a PNG picture
	later bool   // comes with the next version
}

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
	{"%PDF-", format{what: "a PDF document", later: true}},
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
	".pdf":  {what: "a PDF document", later: true},
	".docx": {what: "a Word document (.docx)", later: true},
	".html": {what: "a web page (.html)", later: true},
	".htm":  {what: "a web page (.html)", later: true},
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
		return endings[".html"], true
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
		return endings[".docx"]
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
