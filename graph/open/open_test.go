package open_test

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"fangzhi/graph"
	"fangzhi/graph/badgerstore"
	"fangzhi/graph/open"
	"fangzhi/graph/storetest"
)

func TestOpen(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "graph")
	for range 2 { // makes the folder, and opens it again
		s, err := open.Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		if err := storetest.Load(t.Context(), s, storetest.January()); err != nil {
			t.Error(err)
		}
		if second, err := open.Open(dir); !errors.Is(err, badgerstore.ErrInUse) || second != nil || !strings.Contains(err.Error(), dir) {
			t.Errorf("the folder is open, and Open returns %v, %v", second, err)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
	s, err := open.Open(open.Memory)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	r, err := s.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if n, err := r.Count(t.Context(), graph.Filter{}); n != 0 || err != nil {
		t.Errorf("a graph in memory has %d events at first (%v)", n, err)
	}
}

func TestOpenRefusesOtherSchemes(t *testing.T) {
	for address, says := range map[string]string{
		"dgraph://localhost:9080": "dgraph://", "http://x": "http://", "": "empty",
	} {
		s, err := open.Open(address)
		if !errors.Is(err, open.ErrScheme) || s != nil || !strings.Contains(err.Error(), says) {
			t.Errorf("Open(%q) = %v, %v; want ErrScheme and the words %q", address, s, err, says)
		}
	}
}
