package main

import (
	"bytes"
	"os"
	"testing"
)

func TestCommittedTableIsGenerated(t *testing.T) {
	want, err := generate()
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("../../table.go")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("fold/table.go is %d bytes and not what gen writes (%d bytes): run go generate ./fold", len(got), len(want))
	}
}
