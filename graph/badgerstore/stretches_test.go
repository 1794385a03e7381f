package badgerstore_test

import (
	"fmt"
	"strings"
	"sync/atomic"
	"testing"

	"fangzhi/graph"
	"fangzhi/graph/badgerstore"
	"fangzhi/graph/storetest"
)

// Of many events, texts are not read that a file of the last level reaches over, and are where none does.
func TestOpenReadsNoTextThatAFileReachesOver(t *testing.T) {
	dir := t.TempDir()
	s := mustOpen(t, dir)
	entries := make([]storetest.Entry, 110)
	for year := range 10 {
		for i := range entries {
			entries[i] = storetest.Entry{Title: fmt.Sprint("甲", i), EDTF: "1990", Kind: graph.EventKindEvent, Basis: graph.BasisExplicit}
		}
		mustLoad(t, s, storetest.NewIssue(storetest.Yearbook, 1990+year, 0, entries...))
	}
	mustClose(t, s)
	read := func() int {
		t.Helper()
		var texts atomic.Int64
		badgerstore.OnFind(t, func(key string) {
			if strings.HasPrefix(key, "b") {
				texts.Add(1)
			}
		})
		mustClose(t, mustOpen(t, dir))
		return int(texts.Load())
	}
	if n := read(); n < 1000 {
		t.Errorf("%d texts were looked for where no file of the last level is", n)
	}
	if err := badgerstore.SortTables(dir); err != nil {
		t.Fatal(err)
	}
	if n := read(); n > 150 { // of the tail
		t.Errorf("%d texts were looked for that a file reaches over", n)
	}
}

func TestStretchesReach(t *testing.T) {
	reach := badgerstore.Reaching("b2", "b4", "b6", "b6", "c", "d")
	for key, want := range map[string]bool{"b1": false, "b2": true, "b3": true, "b4": true, "b5": false, "b6": true, "b7": false, "c": true, "cc": true, "d": true, "e": false} {
		if got := reach(key); got != want {
			t.Errorf("reach(%q) = %v, want %v", key, got, want)
		}
	}
}
