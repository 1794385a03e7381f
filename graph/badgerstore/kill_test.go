package badgerstore_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fangzhi/graph"
	"fangzhi/graph/badgerstore"
	"fangzhi/graph/storetest"
)

// folderToLoad tells a copy of this test program to load issues into a folder until it is killed.
const folderToLoad = "FANGZHI_TEST_LOAD_UNTIL_KILLED"

// loadInBulk tells it to do so in bulk.
const loadInBulk = "FANGZHI_TEST_LOAD_IN_BULK"

func TestMain(m *testing.M) {
	if dir := os.Getenv(folderToLoad); dir != "" {
		loadUntilKilled(dir)
	}
	os.Exit(m.Run())
}

// loadUntilKilled prints the id of each issue when its load is acknowledged. Every fourth is a large one.
func loadUntilKilled(dir string) {
	badgerstore.Tune(nil, badgerstore.Tuning{ManyFresh: 4096, FewToSort: 512, Sorting: 4, Looking: 4, ManyDocs: 8, FewOpen: 1, DocsASegment: 300}) // indexes and merges all the time
	s, err := badgerstore.Open(dir, badgerstore.Options{Bulk: os.Getenv(loadInBulk) != ""})
	for i := 0; err == nil; i++ {
		d := storetest.NewIssue(storetest.Monthly, 2000+i, 1, storetest.Entry{Title: "甲", EDTF: "2021-01-05", Kind: graph.EventKindEvent, Basis: graph.BasisExplicit,
			Links: []storetest.Link{{Name: "云河广场", Place: true}}})
		if i%4 == 3 {
			d = large()
		}
		if err = storetest.Load(context.Background(), s, d); err == nil {
			fmt.Println(d.Issue.ID)
		}
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

// What was acknowledged survives a kill, and nothing is half there.
func TestAKilledProcessLosesNothingAcknowledged(t *testing.T) {
	if testing.Short() {
		t.Skip("starts and kills processes for two seconds")
	}
	dir := t.TempDir()
	for kill := range 6 {
		cmd := exec.CommandContext(t.Context(), os.Args[0])
		cmd.Env = append(os.Environ(), folderToLoad+"="+dir)
		if kill%2 == 1 {
			cmd.Env = append(cmd.Env, loadInBulk+"=1")
		}
		cmd.Stderr = os.Stderr
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		var acknowledged []graph.ID
		for lines := bufio.NewScanner(out); lines.Scan(); {
			if acknowledged = append(acknowledged, graph.ID(lines.Text())); len(acknowledged) == kill+1 {
				if err := cmd.Process.Kill(); err != nil { // while the next load is under way
					t.Fatal(err)
				}
			}
		}
		if err := cmd.Wait(); err == nil || len(acknowledged) < kill+1 {
			t.Fatalf("the loader ended by itself after %d issues: %v", len(acknowledged), err)
		}
		if s, err := badgerstore.Open(dir, badgerstore.Options{ReadOnly: true}); err == nil {
			mustClose(t, s)
			t.Errorf("kill %d: what is left can be read at once: the advice to open it for writing is out of date", kill)
		} else if !strings.Contains(err.Error(), "open it once for writing") {
			t.Errorf("kill %d: Open to read says %v", kill, err)
		}
		s, err := badgerstore.Open(dir, badgerstore.Options{})
		if err != nil {
			t.Fatalf("after kill %d: %v", kill, err)
		}
		mustDigest(t, s) // and sound
		r, err := s.Snapshot(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		issues, err := r.Issues(t.Context(), acknowledged)
		if err != nil || slices.Contains(issues, nil) {
			t.Errorf("kill %d: of the acknowledged issues %v some are not there: %v, %v", kill, acknowledged, issues, err)
		}
		r.Close()
		mustClose(t, s)
	}
}

// What a bulk store gathers in memory is more than another store does; that one reads what is left of it all the same.
func TestALogOfABulkStoreIsReadByAnother(t *testing.T) {
	dir, left := t.TempDir(), filepath.Join(t.TempDir(), "云河[2019") // that is no pattern
	s := mustOpenWith(t, dir, badgerstore.Options{Bulk: true})
	mustLoad(t, s, storetest.January())
	random := rand.New(rand.NewPCG(1, 2))
	for i := range 250 { // 25 MB, as pieces of a staged batch that never was whole
		piece := make([]byte, 100_000)
		for j := range piece {
			piece[j] = byte(random.Uint32())
		}
		if err := s.Set(fmt.Sprintf("s%04d", i), piece); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.CopyFS(left, os.DirFS(dir)); err != nil { // as a kill would leave it
		t.Fatal(err)
	}
	want := mustDigest(t, s)
	if got := mustDigest(t, mustOpen(t, left)); got != want {
		t.Errorf("opened with digest %s, want %s", got, want)
	}
}
