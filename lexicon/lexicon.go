// Package lexicon is what the program knows of Chinese officialdom: divisions with their history, surnames, words that
// only look like names, and the tables of titles and organs.
//
// It is a leaf: it imports nothing of ours and knows nothing of documents. Every table is data with a source and a
// licence (SOURCES.md); the big ones are made by lexicon/internal/build, embedded compressed, and unpacked once, when
// they are first asked for. All functions may be called from several goroutines, and none depends on time or locale.
package lexicon

import (
	"bytes"
	"compress/gzip"
	"embed"
	"encoding/binary"
	"fmt"
	"io"
	"strings"
)

// Version names the state of the tables; it changes whenever one of them says something else.
const Version = "2"

// tables holds what lexicon/internal/build has made.
//
//go:embed data/*.gz
var tables embed.FS

// mustUnpack returns the text of an embedded table. The tables are part of the program: a broken one is a bug.
func mustUnpack(name string) string {
	packed, err := tables.ReadFile("data/" + name)
	if err != nil {
		panic(fmt.Sprintf("lexicon: %v", err))
	}
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		panic(fmt.Sprintf("lexicon: %s: %v", name, err))
	}
	var text strings.Builder
	text.Grow(int(binary.LittleEndian.Uint32(packed[len(packed)-4:]))) // gzip ends with the length of its text
	if _, err := io.Copy(&text, r); err != nil {
		panic(fmt.Sprintf("lexicon: %s: %v", name, err))
	}
	return text.String()
}
