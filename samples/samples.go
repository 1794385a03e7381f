// Package samples holds three consecutive monthly issues of an invented district's chronicle, with their gold annotation.
//
// The district 云河区 of the city 澜州市 does not exist; README.md says how the texts and the gold came about.
// They are what `fangzhi serve --demo` loads and what the tests of the reader measure it by.
package samples

import (
	"embed"
	"io/fs"
)

//go:embed yunhe-*.txt gold/yunhe-*.json
var files embed.FS

// A File is one issue as a reader would receive it: UTF-8 text that came out of a PDF.
type File struct {
	Name string // base name with its ending: yunhe-2022-03.txt
	Text []byte
}

// Files returns the bundled issues in order of name, which is the order of their months.
// The caller owns the bytes.
func Files() []File {
	names, err := fs.Glob(files, "*.txt")
	if err != nil {
		panic(err) // a constant pattern
	}
	out := make([]File, 0, len(names))
	for _, name := range names {
		text, err := files.ReadFile(name)
		if err != nil {
			panic(err) // the name was listed by the same file system
		}
		out = append(out, File{Name: name, Text: text})
	}
	return out
}

// Gold returns the annotation of the issue of that base name without its ending (yunhe-2022-03),
// JSON in the form that `fangzhi parse` prints and `fangzhi eval` compares with; false where there is none.
func Gold(name string) ([]byte, bool) {
	text, err := files.ReadFile("gold/" + name + ".json")
	return text, err == nil
}
