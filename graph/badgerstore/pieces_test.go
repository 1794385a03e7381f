package badgerstore_test

import (
	"os"
	"path/filepath"
	"testing"

	"fangzhi/graph/badgerstore"
)

// What a bulk store makes of the tail is found at once, and written when there is enough of it. A kill leaves texts of which it is made
// again.
func TestPiecesAreWrittenTogether(t *testing.T) {
	tuning := unhurried
	tuning.DocsASegment = 3
	tuning.FewOpen, tuning.ManyOpen = 20, 20 // the tail that a kill leaves stays while it is looked at
	badgerstore.Tune(t, tuning)
	dir, left := t.TempDir(), filepath.Join(t.TempDir(), "left")
	s := mustOpenWith(t, dir, badgerstore.Options{Bulk: true})
	const issues = 20 // a piece each; eight are written together
	for i := range issues {
		mustLoad(t, s, small(i))
		if err := s.Settle(); err != nil {
			t.Fatal(err)
		}
		mustHit(t, s, i+1)
		headers, blocks := segments(s)
		if want := (i + 1) / 8; len(headers) != want || len(blocks) != want || s.Listed() != want*8*3 {
			t.Errorf("after %d pieces %d headers are written and blocks of %d segments, of %d events, want %d", i+1, len(headers), len(blocks), s.Listed(), want)
		}
	}
	if err := os.CopyFS(left, os.DirFS(dir)); err != nil { // as a kill would leave it
		t.Fatal(err)
	}
	mustClose(t, s)
	for _, tt := range []struct {
		name, dir      string
		segments, tail int
	}{{"closed", dir, 3, 0}, {"killed", left, 2, 3 * (issues - 16)}} {
		s := mustOpen(t, tt.dir)
		if headers, _ := segments(s); len(headers) != tt.segments || s.Tail() != tt.tail {
			t.Errorf("%s: %d segments and a tail of %d events, want %d and %d", tt.name, len(headers), s.Tail(), tt.segments, tt.tail)
		}
		mustHit(t, s, issues)
		mustLoad(t, s, small(issues), small(issues+1), small(issues+2)) // more than stay, behind what a kill left
		if err := s.Settle(); err != nil {
			t.Fatal(err)
		}
		mustHit(t, s, issues+3)
		mustClose(t, s)
	}
}

// Pieces of many bytes are written before there are as many as become one segment.
func TestPiecesOfManyBytesAreWritten(t *testing.T) {
	tuning := unhurried
	tuning.DocsASegment = 3
	badgerstore.Tune(t, tuning)
	s := mustOpenWith(t, t.TempDir(), badgerstore.Options{Bulk: true})
	mustLoad(t, s, small(0))
	if err := s.Settle(); err != nil {
		t.Fatal(err)
	}
	badgerstore.LowerPieces(t, s.PieceBytes()+1) // two
	for i, want := range []int{0, 1, 1, 2} {
		if i > 0 {
			mustLoad(t, s, small(i))
		}
		if err := s.Settle(); err != nil {
			t.Fatal(err)
		}
		if headers, _ := segments(s); len(headers) != want || s.Listed() != 6*want {
			t.Errorf("after %d pieces %d segments are written, of %d events, want %d", i+1, len(headers), s.Listed(), want)
		}
		mustHit(t, s, i+1)
	}
}
