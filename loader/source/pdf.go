package source

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"
	"unicode"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// PDF documents are read by PDFium, which runs as WebAssembly without any file or network of the machine, and is started
// only when a PDF comes.

const (
	// maxPages is the number of pages that are read: ten times the biggest gazetteer.
	maxPages = 10_000
	// pdfMemoryPages bounds PDFium's memory, in WebAssembly pages of 64 KiB: 1 GiB.
	pdfMemoryPages = 16 << 10
	// pdfTime bounds the reading of one document, so that a malicious one ends.
	pdfTime = 2 * time.Minute
)

// pdfCode keeps PDFium's machine code for the next document: compiling it takes longer than reading most documents.
var pdfCode = sync.OnceValue(wazero.NewCompilationCache)

// readPDF returns the lines of a document's text, pages separated by a blank line. Numbers count lines of the text: a PDF
// has none of its own. scanned tells that pages are there and hardly any text: pictures of pages.
func readPDF(b []byte) (lines []rawLine, scanned bool, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), pdfTime)
	defer cancel()
	pool, err := webassembly.Init(webassembly.Config{
		Context: ctx, MinIdle: 0, MaxIdle: 1, MaxTotal: 1,
		FSConfig: wazero.NewFSConfig(), Stdout: io.Discard, Stderr: io.Discard,
		RuntimeConfig: wazero.NewRuntimeConfig().WithCloseOnContextDone(true).WithMemoryLimitPages(pdfMemoryPages).
			WithCompilationCache(pdfCode()).
			WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling),
	})
	if err != nil {
		return nil, false, fmt.Errorf("start the PDF reader: %w", err)
	}
	defer func() { err = errors.Join(err, pool.Close()) }()
	instance, err := pool.GetInstance(10 * time.Second)
	if err != nil {
		return nil, false, fmt.Errorf("start the PDF reader: %w", err)
	}
	defer func() { err = errors.Join(err, instance.Close()) }()
	return pdfText(instance, b)
}

func pdfText(instance pdfium.Pdfium, b []byte) (lines []rawLine, scanned bool, err error) {
	defer func() { // the runtime panics where a document breaks PDFium
		if r := recover(); r != nil {
			lines, scanned, err = nil, false, fmt.Errorf("read the PDF: %v", r)
		}
	}()
	doc, err := instance.OpenDocument(&requests.OpenDocument{File: &b})
	if err != nil {
		return nil, false, fmt.Errorf("open the PDF: %w", err)
	}
	count, err := instance.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: doc.Document})
	if err != nil {
		return nil, false, fmt.Errorf("count the pages: %w", err)
	}
	letters := 0
	for i := range min(count.PageCount, maxPages) {
		page, err := instance.GetPageText(&requests.GetPageText{
			Page: requests.Page{ByIndex: &requests.PageByIndex{Document: doc.Document, Index: i}},
		})
		if err != nil {
			return nil, false, fmt.Errorf("read page %d: %w", i+1, err)
		}
		for text := range strings.SplitSeq(strings.ReplaceAll(page.Text, "\r\n", "\n"), "\n") {
			letters += countLetters(text)
			lines = append(lines, rawLine{len(lines) + 1, text})
		}
		lines = append(lines, rawLine{len(lines) + 1, ""})
	}
	const fewest = 8 // letters a page: less is a page number or a watermark over a picture
	return lines, count.PageCount > 0 && letters < fewest*count.PageCount, nil
}

func countLetters(s string) int {
	n := 0
	for _, r := range s {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}
