package badgerstore_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fangzhi/graph"
	"fangzhi/graph/badgerstore"
	"fangzhi/graph/storetest"
)

// large is an issue that does not fit one transaction.
func large() *graph.IssueData {
	var entries []storetest.Entry
	random := rand.New(rand.NewPCG(7, 8))
	for i := range 900 {
		var text strings.Builder
		for range 1500 {
			text.WriteRune('一' + random.Int32N(20_000))
		}
		entries = append(entries, storetest.Entry{
			Title: fmt.Sprintf("第%d条", i), Text: text.String(), EDTF: fmt.Sprintf("19%02d-05", i%70), Kind: graph.EventKindEvent, Basis: graph.BasisExplicit,
			Links: []storetest.Link{{Name: "云河广场", Place: true}, {Name: "云河区教育局", Department: graph.DeptHost}, {Name: "文昌街道"}},
		})
	}
	return storetest.NewIssue(storetest.Yearbook, 2018, 0, entries...)
}

func mustDigest(t testing.TB, s graph.Store) string {
	t.Helper()
	r, err := s.Snapshot(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if err := graph.Check(context.Background(), r); err != nil {
		t.Errorf("the graph is not sound: %v", err)
	}
	digest, err := graph.Digest(context.Background(), r)
	if err != nil {
		t.Fatal(err)
	}
	return digest
}

func mustLoad(t testing.TB, s graph.Store, issues ...*graph.IssueData) {
	t.Helper()
	if err := storetest.Load(context.Background(), s, issues...); err != nil {
		t.Fatal(err)
	}
}

func TestWhatWasLoadedIsThereAfterReopening(t *testing.T) {
	dir := t.TempDir()
	s := mustOpen(t, dir)
	mustLoad(t, s, storetest.Sample()...)
	if err := storetest.Remove(t.Context(), s, storetest.January().Issue.ID); err != nil {
		t.Fatal(err)
	}
	want := mustDigest(t, s)
	for _, opts := range []badgerstore.Options{{}, {ReadOnly: true}} {
		mustClose(t, s)
		var err error
		if s, err = badgerstore.Open(dir, opts); err != nil {
			t.Fatal(err)
		}
		if got := mustDigest(t, s); got != want {
			t.Errorf("opened with %+v: digest %s, before %s", opts, got, want)
		}
	}
	defer mustClose(t, s)
	if err := storetest.Load(t.Context(), s, storetest.January()); !errors.Is(err, badgerstore.ErrReadOnly) {
		t.Errorf("Update of a graph that was opened to be read: %v", err)
	}
}

func TestWhatGoesLeavesNothingBehind(t *testing.T) {
	s := mustOpen(t, t.TempDir())
	long := storetest.January()
	random := rand.New(rand.NewPCG(1, 2))
	body := []rune(long.Bodies[0])
	for range 300_000 { // a body in pieces
		body = append(body, '一'+random.Int32N(20_000))
	}
	long.Bodies[0] = string(body)
	mustLoad(t, s, long, storetest.February(), storetest.Year(), large())
	if n := len(s.Keys()); n < 300 {
		t.Fatalf("%d keys: this test proves nothing", n)
	}
	mustLoad(t, s, storetest.January()) // without the pieces
	for _, d := range append(storetest.Sample(), large()) {
		if err := storetest.Remove(t.Context(), s, d.Issue.ID); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff([]string{"m"}, s.Keys()); diff != "" {
		t.Errorf("keys that are left (-want +got):\n%s", diff)
	}
}

// Each commit of a batch that is staged fails in its turn, with all that follow, as if the disk had gone; and
// then the folder is opened again. The batch is there whole or not at all, and never half.
func TestALargeBatchIsWholeOrNotThereWhereverItStops(t *testing.T) {
	broken := errors.New("broken")
	reference := mustOpen(t, t.TempDir())
	mustLoad(t, reference, storetest.January())
	without := mustDigest(t, reference)
	asked := reference.FailCommit(0, nil)
	mustLoad(t, reference, large())
	commits := asked() // before the background adds to them
	full := mustDigest(t, reference)
	if commits < 10 {
		t.Fatalf("the large issue took %d commits: it was not staged, and this test proves nothing", commits)
	}
	seen := map[string]bool{}
	for n := 1; n <= commits; n += 1 + commits/7 { // the first, and some on either side of the last small transaction
		dir := t.TempDir()
		s := mustOpen(t, dir)
		mustLoad(t, s, storetest.January())
		s.FailCommit(n, broken)
		if err := storetest.Load(t.Context(), s, large()); !errors.Is(err, broken) {
			t.Fatalf("commit %d failed, and Update returns %v", n, err)
		}
		if got := mustDigest(t, s); got != without {
			t.Errorf("commit %d failed: the store goes on with digest %s, want that before the update", n, got)
		}
		mustClose(t, s)
		got := mustDigest(t, mustOpen(t, dir))
		if got != without && got != full {
			t.Errorf("commit %d failed: half a batch is left after opening again", n)
		}
		seen[got] = true
	}
	if len(seen) != 2 {
		t.Errorf("every fault ends alike: the stopping points do not cover both sides of the last small transaction")
	}
}

// The same without opening again: the next update completes what was staged, or finds that it never was.
func TestTheNextUpdateCompletesALargeBatch(t *testing.T) {
	s := mustOpen(t, t.TempDir())
	asked := s.FailCommit(0, nil)
	mustLoad(t, s, storetest.January(), large())
	commits := asked() // before the background adds to them
	full := mustDigest(t, s)
	if err := storetest.Remove(t.Context(), s, large().Issue.ID); err != nil {
		t.Fatal(err)
	}
	without := mustDigest(t, s)
	for _, tt := range []struct {
		at   int
		want string
	}{{commits * 1 / 4, without}, {commits * 3 / 4, full}} {
		s.FailCommit(tt.at, errors.New("broken"))
		if err := storetest.Load(t.Context(), s, large()); err == nil {
			t.Fatal("the update succeeded")
		}
		s.FailCommit(0, nil)
		if err := s.Update(t.Context(), func(graph.Reader) (*graph.Batch, error) { return nil, nil }); err != nil {
			t.Fatal(err)
		}
		if got := mustDigest(t, s); got != tt.want {
			t.Errorf("commit %d failed: digest %s, want %s", tt.at, got, tt.want)
		}
	}
}

func TestSnapshotsShowTheStateBeforeWhileALargeBatchIsApplied(t *testing.T) {
	s := mustOpen(t, t.TempDir())
	mustLoad(t, s, storetest.January())
	before := mustDigest(t, s)
	commits := 0
	s.OnCommit(func() {
		if commits++; commits%8 == 0 {
			if got := mustDigest(t, s); got != before {
				t.Errorf("at commit %d a snapshot shows digest %s, want %s", commits, got, before)
			}
		}
	})
	mustLoad(t, s, large())
	if commits < 10 {
		t.Fatalf("%d commits: the issue was not staged, and this test proves nothing", commits)
	}
	if mustDigest(t, s) == before {
		t.Error("the update is not shown")
	}
}

func TestDamageIsNoticed(t *testing.T) {
	id := storetest.January().Events[0].ID
	for _, tt := range []struct {
		name  string
		key   string
		value func(old string) []byte
	}{
		{"value of another key", "b\x00\x00\x00\x00", func(string) []byte { return badgerstore.Seal("b0", []byte{0x60}) }},
		{"flipped bit", "b\x00\x00\x00\x00", func(key string) []byte {
			v := badgerstore.Seal(key, []byte{0x60})
			v[1] ^= 1
			return v
		}},
		{"empty value", "b\x00\x00\x00\x00", func(string) []byte { return []byte{} }},
		{"no CBOR", "b\x00\x00\x00\x00", func(key string) []byte { return badgerstore.Seal(key, []byte{0xff}) }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := mustOpen(t, t.TempDir())
			mustLoad(t, s, storetest.January())
			if err := s.Set(tt.key, tt.value(tt.key)); err != nil {
				t.Fatal(err)
			}
			r, err := s.Snapshot(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			r.Close()
			err = s.Update(t.Context(), func(graph.Reader) (*graph.Batch, error) { // so that new snapshots show it
				return &graph.Batch{Blocks: []graph.Block{{Key: "nothing"}}}, nil
			})
			if err != nil {
				t.Fatal(err)
			}
			if r, err = s.Snapshot(t.Context()); err != nil {
				t.Fatal(err)
			}
			defer r.Close()
			if _, err := r.Bodies(t.Context(), []graph.ID{id}); !errors.Is(err, badgerstore.ErrCorrupt) {
				t.Errorf("Bodies: %v, want ErrCorrupt", err)
			}
		})
	}
}

// An update that asks again for a block that is damaged is told so again.
func TestADamagedBlockIsNoneThatWasRead(t *testing.T) {
	s := mustOpen(t, t.TempDir())
	update := func(plan func(r graph.Reader) (*graph.Batch, error)) {
		t.Helper()
		if err := s.Update(t.Context(), plan); err != nil {
			t.Fatal(err)
		}
	}
	some := graph.Block{Key: "甲", Facts: []graph.Fact{{Kind: graph.FactName, A: &graph.Atom{}, Value: "乙"}}}
	update(func(graph.Reader) (*graph.Batch, error) { return &graph.Batch{Blocks: []graph.Block{some}}, nil })
	var key string
	for _, k := range s.Keys() {
		if strings.HasSuffix(k, some.Key) {
			key = k
		}
	}
	if err := s.Set(key, badgerstore.Seal(key, []byte{0xff})); err != nil {
		t.Fatal(err)
	}
	update(func(graph.Reader) (*graph.Batch, error) {
		return &graph.Batch{Blocks: []graph.Block{{Key: "nothing"}}}, nil
	}) // shows it
	update(func(r graph.Reader) (*graph.Batch, error) {
		for range 2 {
			if _, err := r.Blocks(t.Context(), []string{some.Key}); !errors.Is(err, badgerstore.ErrCorrupt) {
				t.Errorf("Blocks: %v, want ErrCorrupt", err)
			}
		}
		return nil, nil
	})
}

func TestOpenRefuses(t *testing.T) {
	loaded := func(t *testing.T) (dir string, s *badgerstore.Store) {
		dir = t.TempDir()
		s = mustOpen(t, dir)
		mustLoad(t, s, storetest.January())
		return dir, s
	}
	for _, tt := range []struct {
		name    string
		prepare func(t *testing.T) (dir string)
		opts    badgerstore.Options
		want    error
		says    string
	}{
		{"a folder that is in use", func(t *testing.T) string {
			dir, _ := loaded(t)
			return dir
		}, badgerstore.Options{}, badgerstore.ErrInUse, fmt.Sprintf("stop process %d", os.Getpid())},
		{"a graph that lost its records", func(t *testing.T) string {
			dir, s := loaded(t)
			mustClose(t, s)
			files, err := filepath.Glob(filepath.Join(dir, "*"))
			if err != nil {
				t.Fatal(err)
			}
			for _, file := range files {
				if filepath.Base(file) != "fangzhi-graph" {
					if err := os.Remove(file); err != nil {
						t.Fatal(err)
					}
				}
			}
			return dir
		}, badgerstore.Options{}, badgerstore.ErrCorrupt, "its records are gone"},
		{"a graph with a record too many", func(t *testing.T) string {
			dir, s := loaded(t)
			if err := s.Set("no1", badgerstore.Seal("no1", nil)); err != nil {
				t.Fatal(err)
			}
			mustClose(t, s)
			return dir
		}, badgerstore.Options{}, badgerstore.ErrCorrupt, "entities"},
		{"another format", func(t *testing.T) string {
			dir, s := loaded(t)
			mustClose(t, s)
			name := filepath.Join(dir, "MANIFEST")
			b, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			b[5] ^= 0x40 // the two bytes after the magic text are our number
			if err := os.WriteFile(name, b, 0o600); err != nil {
				t.Fatal(err)
			}
			return dir
		}, badgerstore.Options{}, badgerstore.ErrFormat, "load its documents into a new folder"},
		{"to read what is not there", func(t *testing.T) string { return filepath.Join(t.TempDir(), "none") },
			badgerstore.Options{ReadOnly: true}, os.ErrNotExist, ""},
		{"to read an empty folder", func(t *testing.T) string { return t.TempDir() },
			badgerstore.Options{ReadOnly: true}, graph.ErrNotFound, ""},
		{"neither folder nor memory", func(*testing.T) string { return "" }, badgerstore.Options{}, nil, "either in a folder or in memory"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := tt.prepare(t)
			s, err := badgerstore.Open(dir, tt.opts)
			if err == nil {
				mustClose(t, s)
				t.Fatal("Open succeeded")
			}
			if tt.want != nil && !errors.Is(err, tt.want) || !strings.Contains(err.Error(), tt.says) || !strings.Contains(err.Error(), dir) {
				t.Errorf("Open: %v; want %v, the words %q and the folder", err, tt.want, tt.says)
			}
			if tt.opts.ReadOnly {
				if files, _ := filepath.Glob(filepath.Join(dir, "*")); len(files) > 0 {
					t.Errorf("Open left %v", files)
				}
			}
		})
	}
}

func TestCloseWaitsForSnapshots(t *testing.T) {
	s := mustOpen(t, t.TempDir())
	r, err := s.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err == nil || !strings.Contains(err.Error(), "1 snapshots") {
		t.Errorf("Close with an open snapshot: %v", err)
	}
	if _, err := r.Count(t.Context(), graph.Filter{}); err != nil {
		t.Errorf("after it the snapshot answers %v", err)
	}
	r.Close()
}
