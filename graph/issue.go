package graph

import (
	"time"

	"fangzhi/edtf"
)

// Publication is a chronicle that appears in issues.
type Publication struct {
	ID ID `cbor:"1,keyasint"`
	// Key is what ID is hashed from: the folded title without dates and numbers, and the division's code, or "~".
	Key       string `cbor:"2,keyasint"`
	Title     string `cbor:"3,keyasint"`
	Publisher string `cbor:"4,keyasint,omitempty"`
	// RegionAtom resolves to the location whose chronicle it is; "" where it is unknown.
	RegionAtom ID `cbor:"5,keyasint,omitempty"`
}

// Issue is one number (期) of a publication, as it was loaded.
type Issue struct {
	ID ID `cbor:"1,keyasint"`
	// Key is what ID is hashed from: publication and year-month, else number, else year, else digest.
	Key           string `cbor:"2,keyasint"`
	PublicationID ID     `cbor:"3,keyasint"`
	// Order is the part of an event's sort key that tells issues apart: publication key, year, month, number, key.
	Order string `cbor:"4,keyasint"`
	// Label is as printed: 2021年1月（总第100期）.
	Label     string   `cbor:"5,keyasint"`
	Number    int      `cbor:"6,keyasint,omitempty"`
	NumberTo  int      `cbor:"7,keyasint,omitempty"`
	Year      int      `cbor:"8,keyasint,omitempty"`
	Month     int      `cbor:"9,keyasint,omitempty"`
	MonthTo   int      `cbor:"10,keyasint,omitempty"`
	Published edtf.Day `cbor:"11,keyasint,omitempty"`
	// Sections are the columns in the order of the text.
	Sections   []string `cbor:"12,keyasint,omitempty"`
	EventCount int      `cbor:"13,keyasint"`
	// File is the base name of the file that it came from; "" for standard input.
	File     string    `cbor:"14,keyasint,omitempty"`
	Dialect  string    `cbor:"15,keyasint"`
	LoadedAt time.Time `cbor:"16,keyasint"`
	// Reader is the version of the loader that read it.
	Reader   string          `cbor:"17,keyasint"`
	Warnings []IngestWarning `cbor:"18,keyasint,omitempty"`
	// Digest is the SHA-256, in hex, of the document's normalised text.
	Digest string `cbor:"19,keyasint"`
	// Options are those of the load that change what is read.
	Options LoadOptions `cbor:"20,keyasint"`
	// Masthead is the publication as this issue prints it; the graph shows it as its latest issue does.
	Masthead Publication `cbor:"21,keyasint"`
}

// LoadOptions are what a person said of a document when it was loaded; all may be "".
type LoadOptions struct {
	Region    string `cbor:"1,keyasint,omitempty"`
	Published string `cbor:"2,keyasint,omitempty"`
	Dialect   string `cbor:"3,keyasint,omitempty"`
}

// IngestWarning is what a reader complained about. Line is the 1-based line of the file, 0 for none.
type IngestWarning struct {
	Line    int    `cbor:"1,keyasint,omitempty" json:"line"`
	Code    string `cbor:"2,keyasint" json:"code"`
	Message string `cbor:"3,keyasint" json:"message"`
}
