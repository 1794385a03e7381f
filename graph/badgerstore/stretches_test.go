package badgerstore_test

import (
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"

	"fangzhi/graph"
	"fangzhi/graph/badgerstore"
	"fangzhi/graph/storetest"
)

// Of many events, texts are not read that a file of the last level holds, and are where none does: those of newer events lie behind all
// that it has of their kind.
func TestOpenReadsNoTextThatAFileReachesOver(t *testing.T) {
	badgerstore.Tune(t, badgerstore.Tuning{ManyFresh: 64, FewToSort: 512, Sorting: 8, Looking: 4, ManyDocs: 1024, FewTexts: 1 << 30, FewOpen: 8, ManyOpen: 8, FewUnread: 1 << 30})
	dir := t.TempDir()
	load := func(years ...int) {
		t.Helper()
		s := mustOpen(t, dir)
		entries := make([]storetest.Entry, 110)
		for _, year := range years {
			text := []rune(randomWords(3000 * len(entries)))
			for i := range entries {
				entries[i] = storetest.Entry{Title: fmt.Sprint("甲", i), Text: string(text[3000*i : 3000*i+3000]), EDTF: "1990", Kind: graph.EventKindEvent, Basis: graph.BasisExplicit}
			}
			mustLoad(t, s, storetest.NewIssue(storetest.Yearbook, year, 0, entries...))
		}
		if err := s.Settle(); err != nil { // so that no text is read to be indexed
			t.Fatal(err)
		}
		mustClose(t, s)
	}
	load(1990, 1991, 1992, 1993, 1994, 1995, 1996, 1997, 1998, 1999)
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
	if n := read(); n > 700 { // those of files that hold other kinds too are looked for
		t.Errorf("%d texts were looked for that a file reaches over", n)
	}
	load(2000)
	s := mustOpen(t, dir)
	for _, key := range s.Keys() {
		if key >= "b\x00\x00\x00\x8a" && key < "c" {
			if err := s.Take(key); err != nil {
				t.Fatal(err)
			}
		}
	}
	mustClose(t, s)
	if s, err := badgerstore.Open(dir, badgerstore.Options{}); !errors.Is(err, badgerstore.ErrCorrupt) {
		t.Errorf("without the texts of the newest events Open says %v, want ErrCorrupt", err)
		if err == nil {
			mustClose(t, s)
		}
	}
}

func TestStretchesReach(t *testing.T) {
	reach := badgerstore.Reaching("b2", "b4", "b6", "b6", "b8", "c2", "c4", "c6")
	for key, want := range map[string]bool{"b1": false, "b2": true, "b3": true, "b4": true, "b5": false, "b6": true, "b7": false, "b8": false, "b9": false, "c1": false, "c4": true, "c5": true, "d": false} {
		if got := reach(key); got != want {
			t.Errorf("reach(%q) = %v, want %v", key, got, want)
		}
	}
}
