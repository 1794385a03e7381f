package badgerstore_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"fangzhi/graph"
	"fangzhi/graph/badgerstore"
	"fangzhi/graph/memstore"
	"fangzhi/graph/storetest"
)

// First hits that are kept are those of each state: of one that is shown and of one that was, whatever was put or removed or indexed between them.
func TestFirstHitsAreThoseOfAState(outer *testing.T) {
	badgerstore.Tune(outer, badgerstore.Tuning{
		ManyFresh: 3, FewToSort: 512, Sorting: 4, Looking: 4, ManyDocs: 4, FewTexts: 0, FewOpen: 4, ManyOpen: 1 << 30, FewUnread: 1 << 30, ManyFirst: 3, Common: true, Neighbours: 2, Quiet: time.Hour,
	})
	const issues = 12
	pages, further, inTail, common := 0, 0, 0, 0
	rapid.Check(outer, func(t *rapid.T) {
		own, err := badgerstore.Open("", badgerstore.Options{InMemory: true})
		if err != nil {
			t.Fatal(err)
		}
		defer own.Close()
		naive := memstore.New()
		there := map[int]graph.ID{}
		var states [][2]graph.Snapshot // of the engine, of the naive one
		defer func() {
			for _, s := range states {
				s[0].Close()
				s[1].Close()
			}
		}()
		for range rapid.IntRange(2, 24).Draw(t, "steps") {
			n := rapid.IntRange(0, issues-1).Draw(t, "issue")
			switch id := there[n]; {
			case rapid.IntRange(0, 2).Draw(t, "index") == 0:
				if err := own.Settle(); err != nil {
					t.Fatal(err)
				}
			case id != "":
				delete(there, n)
				for _, s := range []graph.Store{own, naive} {
					if err := storetest.Remove(outer.Context(), s, id); err != nil {
						t.Fatal(err)
					}
				}
			default:
				d := drawHits(t, n)
				there[n] = d.Issue.ID
				for _, s := range []graph.Store{own, naive} {
					err := s.Update(outer.Context(), func(r graph.Reader) (*graph.Batch, error) {
						return storetest.Batch(outer.Context(), r, nil, d)
					})
					if err != nil {
						t.Fatal(err)
					}
				}
			}
			var state [2]graph.Snapshot
			for i, s := range []graph.Store{own, naive} {
				if state[i], err = s.Snapshot(outer.Context()); err != nil {
					t.Fatal(err)
				}
			}
			states = append(states, state)
			for range rapid.IntRange(0, 6).Draw(t, "questions") {
				state := rapid.SampledFrom(states).Draw(t, "state")
				f := graph.Filter{}
				if rapid.Bool().Draw(t, "events alone") {
					f.Kinds = []graph.EventKind{graph.EventKindEvent}
				}
				text := rapid.SampledFrom([]string{"会", "会甲", "甲"}).Draw(t, "text")
				p := graph.HitPage{First: rapid.IntRange(1, 5).Draw(t, "first")}
				var got [2]string
				for i, r := range state {
					page, err := r.Search(outer.Context(), f, text, p)
					if err != nil {
						t.Fatal(err)
					}
					with := f
					with.Texts = []string{text}
					n, err := r.Count(outer.Context(), with)
					if err != nil {
						t.Fatal(err)
					}
					got[i] = fmt.Sprintln(lines(page.Hits), page.HasPrevious, page.HasNext, n)
					if i == 0 && page.HasNext {
						further++
					}
				}
				if diff := cmp.Diff(got[1], got[0]); diff != "" {
					t.Fatalf("Search(%+v, %q, %+v), and how many there are (-want +got):\n%s", f, text, p, diff)
				}
				if own.Common() > 0 {
					common++
				}
				if pages++; own.Tail() > 0 && own.Indexed() > 0 {
					inTail++
				}
			}
		}
	})
	if pages == 0 || further == 0 || inTail == 0 || inTail == pages || common == 0 || common == pages {
		outer.Errorf("%d pages, %d of them with more behind, %d beside a tail, %d beside first hits on disk: this test proves nothing", pages, further, inTail, common)
	}
}

// drawHits draws an issue of events with hits in titles and bodies, one in three of them of another kind.
func drawHits(t *rapid.T, n int) *graph.IssueData {
	var entries []storetest.Entry
	for i := range rapid.IntRange(1, 4).Draw(t, "events") {
		word := rapid.SampledFrom([]string{"会", "会甲", "甲会甲", "会会甲", "丁"})
		kind := rapid.SampledFrom([]graph.EventKind{graph.EventKindEvent, graph.EventKindEvent, graph.EventKindRoster}).Draw(t, "kind")
		entries = append(entries, storetest.Entry{
			Title: fmt.Sprintf("%s%d", word.Draw(t, "title"), i), Text: word.Draw(t, "body"), Kind: kind, Basis: graph.BasisExplicit,
			EDTF: rapid.SampledFrom([]string{"2021-01-05", "2021-01", "2020", "2021-01-06", "XXXX"}).Draw(t, "date"),
		})
	}
	return storetest.NewIssue(storetest.Monthly, 2021, 1+n, entries...)
}
