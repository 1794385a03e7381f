package main

import (
	"os"
	"runtime/debug"
)

// leanPercent is how much garbage may gather beside what is used while a document is read, in percent of it: with Go's own 100 the
// peak is a quarter higher, and reading hardly faster.
const leanPercent = 50

// readLean keeps the peak of memory low in a command that reads documents, unless GOGC says otherwise.
func readLean() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(leanPercent)
	}
}

// importBytes is where Go's collector begins to work harder in an import. An import itself holds some tens of MB, whatever the file; the
// rest is the engine's caches, and garbage between two collections that may as well be the size of both.
const importBytes = 960 << 20

// importLean keeps the peak of an import below 1 GB, unless GOMEMLIMIT says otherwise.
func importLean() {
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(importBytes)
	}
}
