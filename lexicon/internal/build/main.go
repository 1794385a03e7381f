// Command build makes the committed tables of package lexicon from sources that are named by version and SHA-256.
//
// The sources are fetched by their own ordinary clients (npm pack, go mod download, apt-get download) into the
// folder -sources, or taken from there if they have been put there; the history of the county codes is a file that
// -history names. A file whose digest differs stops the run: nothing is written then. The same sources give the same
// bytes. From the root of the module:
//
//	go run ./lexicon/internal/build -history ../shared/corpus/division-codes-1981-2024.csv
//
// With -check nothing is written; the run fails when a table differs from the committed one. lexicon/SOURCES.md says
// what each table holds and under which licence.
package main

import (
	"bytes"
	"compress/gzip"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// A table is one committed file: its name below lexicon/data and its whole text before compression.
type table struct {
	name string
	text []byte
}

func main() {
	history := flag.String("history", "", "the areacodes result.csv, county codes since 1981")
	sources := flag.String("sources", filepath.Join(".cache", "lexicon"), "folder that keeps the fetched sources")
	out := flag.String("out", filepath.Join("lexicon", "data"), "folder of the tables")
	check := flag.Bool("check", false, "compare with the tables in -out and write nothing")
	flag.Parse()
	if err := run(*history, *sources, *out, *check); err != nil {
		fmt.Fprintln(os.Stderr, "build:", err)
		os.Exit(1)
	}
}

func run(history, sources, out string, check bool) error {
	if history == "" {
		return errors.New("no -history: give the path of the areacodes result.csv")
	}
	if err := os.MkdirAll(sources, 0o755); err != nil {
		return err
	}
	var tables []table
	for _, make := range []func(history, sources string) ([]table, error){divisionTables, nameTables} {
		made, err := make(history, sources)
		if err != nil {
			return err
		}
		tables = append(tables, made...)
	}
	for _, t := range tables {
		packed, err := pack(t.text)
		if err != nil {
			return err
		}
		path := filepath.Join(out, t.name+".gz")
		if check {
			if err := compare(path, t.text); err != nil {
				return err
			}
		} else if err := os.WriteFile(path, packed, 0o644); err != nil {
			return err
		}
		fmt.Printf("%-24s %8d bytes, %7d packed\n", t.name+".gz", len(t.text), len(packed))
	}
	return nil
}

// pack compresses without a name or a time in the header, so that the same text gives the same bytes.
func pack(text []byte) ([]byte, error) {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(text); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// compare looks at the text, not at the packed bytes: another version of Go may compress otherwise.
func compare(path string, text []byte) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	r, err := gzip.NewReader(f)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	old, err := io.ReadAll(r)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	if !bytes.Equal(old, text) {
		return fmt.Errorf("%s: the sources give another table; run without -check", path)
	}
	return nil
}
