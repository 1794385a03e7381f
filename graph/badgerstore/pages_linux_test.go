package badgerstore

import (
	"bufio"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"fangzhi/graph"
)

// resident returns how many bytes of the tables of a folder the process has mapped and in memory, and how many bytes they have.
func resident(t *testing.T, dir string) (held, all int) {
	t.Helper()
	f, err := os.Open("/proc/self/smaps")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	dir, err = filepath.EvalSymlinks(dir)
	if err != nil {
		t.Fatal(err)
	}
	ours := false
	for lines := bufio.NewScanner(f); lines.Scan(); {
		fields := strings.Fields(lines.Text())
		if strings.Contains(fields[0], "-") {
			ours = strings.HasPrefix(fields[len(fields)-1], dir+"/") && strings.HasSuffix(fields[len(fields)-1], ".sst")
			continue
		}
		kb, _ := strconv.Atoi(fields[1])
		switch {
		case ours && fields[0] == "Rss:":
			held += kb << 10
		case ours && fields[0] == "Size:":
			all += kb << 10
		}
	}
	return held, all
}

// tabled makes a graph in a folder whose tables are sorted.
func tabled(t *testing.T, dir string) {
	t.Helper()
	s, err := Open(dir, Options{Bulk: true})
	if err != nil {
		t.Fatal(err)
	}
	c := newChronicler()
	c.apply(t, s, 10, 10)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

// Behind opening the process lets go of the tables that it has read, but for their indexes; what they hold is there as before.
func TestTablesAreReleasedBehindOpening(t *testing.T) {
	most := manyToFree
	manyToFree = 10
	defer func() { manyToFree = most }()
	dir := t.TempDir()
	tabled(t, dir)
	s, err := Open(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	s.opening.Wait()
	indexes := 0
	for _, table := range s.db.Tables() {
		indexes += table.IndexSz + 4*os.Getpagesize() // a page at either end is no whole one
	}
	held, all := resident(t, dir)
	if all < 4*indexes {
		t.Fatalf("tables of %d bytes have indexes of %d: this test proves nothing", all, indexes)
	}
	if held > indexes {
		t.Errorf("%d bytes of the tables are held behind opening, want %d at most, those of their indexes", held, indexes)
	}
	read := func() (n int) {
		r, err := s.snapshot(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		err = r.Each(t.Context(), graph.Filter{}, func(e *graph.Event) error {
			bodies, err := r.Bodies(t.Context(), []graph.ID{e.ID})
			n += len(bodies[0])
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	once := read()
	if held, _ := resident(t, dir); held <= indexes {
		t.Fatalf("%d bytes of the tables are held when all bodies are read: this test proves nothing", held)
	}
	s.releaseTables()
	if held, _ := resident(t, dir); held > indexes {
		t.Errorf("%d bytes of the tables are held when they were released, want %d at most", held, indexes)
	}
	if again := read(); again != once || once == 0 {
		t.Errorf("bodies of %d bytes are read when the tables were released, and of %d before", again, once)
	}
}

// Where the name of a folder leads to another one by now, nothing is done to the tables of the store that has that open.
func TestTablesOfAnotherFolderAreNotReleased(t *testing.T) {
	base := t.TempDir()
	link := filepath.Join(base, "current")
	open := func(name string) *Store {
		t.Helper()
		dir := filepath.Join(base, name)
		tabled(t, dir)
		if err := os.Remove(link); err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		if err := os.Symlink(dir, link); err != nil {
			t.Fatal(err)
		}
		s, err := Open(link, Options{ReadOnly: true})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.Close() })
		s.opening.Wait()
		return s
	}
	one, _ := open("a"), open("b")
	before, all := resident(t, filepath.Join(base, "b"))
	if before < all/2 {
		t.Fatalf("%d bytes of %d are held behind opening: this test proves nothing", before, all)
	}
	one.releaseTables()
	if after, _ := resident(t, filepath.Join(base, "b")); after != before {
		t.Errorf("the store of one folder let go of tables of another: %d bytes are held of %d", after, before)
	}
}
