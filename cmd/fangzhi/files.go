package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fangzhi/loader"
	"fangzhi/loader/reading"
)

// file is one document to read; path "-" is standard input.
type file struct{ path string }

// readable are the endings of the files that a folder is searched for.
var readable = []string{".txt", ".md", ".docx", ".pdf", ".html", ".htm"}

// aboutFolder are the names, without ending and in small letters, of files that tell of the folder they stand in, also as README.zh.
var aboutFolder = []string{"readme", "license", "licence", "notice", "copying"}

// inFolder tells whether a file of a folder may be a document. What begins with a dot or with ~ (a lock of Word's) is none.
func inFolder(name string) bool {
	stem, _, _ := strings.Cut(strings.ToLower(name), ".")
	return !strings.ContainsRune(".~", rune(name[0])) && slices.Contains(readable, strings.ToLower(filepath.Ext(name))) && !slices.Contains(aboutFolder, stem)
}

// collect lists the files that paths name, folders with all their documents below them (inFolder), in the order of their
// names. A path that is not there is an error of the call.
func collect(paths []string) ([]file, error) {
	var files []file
	for _, path := range paths {
		if path == "-" {
			files = append(files, file{path})
			continue
		}
		info, err := os.Stat(path)
		if err != nil {
			return nil, unreadable(path, err)
		}
		if !info.IsDir() {
			files = append(files, file{path})
			continue
		}
		var found []string
		err = filepath.WalkDir(path, func(path string, d fs.DirEntry, err error) error {
			if err == nil && d.Type().IsRegular() && inFolder(d.Name()) {
				found = append(found, path)
			}
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("list %s: %w", path, err)
		}
		if len(found) == 0 {
			return nil, fmt.Errorf("%s: none of its files is %s", path, strings.Join(readable, " "))
		}
		slices.Sort(found)
		for _, path := range found {
			files = append(files, file{path})
		}
	}
	return files, nil
}

// unreadable is the error of a call that names what cannot be opened.
func unreadable(path string, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return wrong("%s: no such file or folder", path)
	}
	return wrongCall{err}
}

// name returns what messages call the file.
func (f file) name() string {
	if f.path == "-" {
		return "standard input"
	}
	return f.path
}

// base returns what readings call the file: its base name, so that the same file gives the same graph wherever it lies; "" for
// standard input.
func (f file) base() string {
	if f.path == "-" {
		return ""
	}
	return filepath.Base(f.path)
}

// read reads the documents of the file.
func (f file) read(in io.Reader, options loader.Options) ([]reading.Document, error) {
	text, err := f.bytes(in)
	if err != nil {
		return nil, err
	}
	documents, err := loader.Read(f.name(), text, options)
	for i := range documents {
		documents[i].File = f.base()
	}
	return documents, err
}

// open finds the documents of the file, whose bytes are not kept.
func (f file) open(in io.Reader, options loader.Options) ([]*loader.Draft, error) {
	text, err := f.bytes(in)
	if err != nil {
		return nil, err
	}
	return loader.Open(f.name(), text, options)
}

func (f file) bytes(in io.Reader) ([]byte, error) {
	if f.path == "-" {
		return io.ReadAll(io.LimitReader(in, loader.MaxBytes+1))
	}
	return readFile(f.path)
}

// readFile reads at most one byte more than the loader takes, so that a huge file is refused without reading it whole.
func readFile(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	size := 0
	if info, err := f.Stat(); err == nil {
		size = int(min(info.Size(), loader.MaxBytes))
	}
	text := bytes.NewBuffer(make([]byte, 0, size+bytes.MinRead)) // read without growing
	_, err = text.ReadFrom(io.LimitReader(f, loader.MaxBytes+1))
	return text.Bytes(), cmp.Or(err, f.Close())
}
