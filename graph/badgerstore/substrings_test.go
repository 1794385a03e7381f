package badgerstore_test

import (
	"bytes"
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"fangzhi/bench/corpus"
	"fangzhi/edtf"
	"fangzhi/fold"
	"fangzhi/graph"
	"fangzhi/graph/badgerstore"
	"fangzhi/ingest/bulk"
)

const (
	substringEvents   = 2000
	substringsADraw   = 5 // so that rapid's default of a hundred draws is some hundreds of strings
	longestSubstring  = 8 // characters
	substringSegments = 10
)

// Whatever part of a text is searched for, and whatever filter is on, the answer is that of a plain scan: of texts that are not indexed
// yet, of many segments, and when these are merged to one. rapid's flags say how many strings there are, five to a check.
func TestSubstringsAreFoundAsByAScan(t *testing.T) {
	tuning := badgerstore.Tuning{ManyFresh: 4096, FewToSort: 512, Sorting: 4, Looking: 4, Sieving: 64, ManyDocs: 8, FewTexts: 64}
	for _, state := range []struct {
		name  string
		tune  func(*badgerstore.Tuning)
		after func(*badgerstore.Store) error // each update
		ready func(segments int) bool
	}{
		{"in the tail", func(to *badgerstore.Tuning) { to.FewOpen, to.ManyOpen = 1<<30, 1<<30 }, nil, func(n int) bool { return n == 0 }},
		{"unmerged", func(to *badgerstore.Tuning) { to.Neighbours = 1 << 30 }, (*badgerstore.Store).Settle, func(n int) bool { return n >= substringSegments }},
		{"merged", func(to *badgerstore.Tuning) { to.Neighbours = 2 }, (*badgerstore.Store).Settle, func(n int) bool { return n == 1 }},
	} {
		t.Run(state.name, func(t *testing.T) {
			to := tuning
			state.tune(&to)
			badgerstore.Tune(t, to)
			own, err := badgerstore.Open("", badgerstore.Options{InMemory: true})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { mustClose(t, own) })
			s := &afterwards{own, state.after}
			mustImportUntitled(t, s, corpus.New(substringEvents, 1))
			mustRemoveSome(t, s)
			if headers, _ := segments(own); !state.ready(len(headers)) {
				t.Fatalf("%d segments: this test proves nothing", len(headers))
			}
			r, err := s.Snapshot(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			defer r.Close()
			newScan(t, r).compare(t, r)
		})
	}
}

// mustImportUntitled brings the corpus in, in somewhat more than substringSegments batches. Every fourth entry has no printed title; half of those have the beginning
// of the body for a title.
func mustImportUntitled(t *testing.T, s graph.Store, c *corpus.Corpus) {
	t.Helper()
	var lines, file bytes.Buffer
	if err := c.Write(&lines); err != nil {
		t.Fatal(err)
	}
	printed := regexp.MustCompile(`"printedTitle":"[^"]*"`)
	titled := regexp.MustCompile(`"title":"[^"]*"(.*"body":"([^"]{10}))`)
	n := 0
	for line := range strings.Lines(lines.String()) {
		if n++; n%4 == 0 {
			line = printed.ReplaceAllLiteralString(line, `"printedTitle":""`)
		}
		if n%8 == 0 {
			line = titled.ReplaceAllString(line, `"title":"$2"$1`)
		}
		file.WriteString(line)
	}
	_, err := bulk.Import(t.Context(), bytes.NewReader(file.Bytes()), func() (graph.Store, error) { return s, nil }, bulk.Options{BatchEvents: substringEvents / substringSegments * 8 / 9})
	if err != nil {
		t.Fatal(err)
	}
}

// mustRemoveSome takes every ninth issue out, so that segments hold dead events.
func mustRemoveSome(t *testing.T, s graph.Store) {
	t.Helper()
	err := s.Update(t.Context(), func(r graph.Reader) (*graph.Batch, error) {
		ids, err := r.IssueList(t.Context(), "")
		if err != nil {
			return nil, err
		}
		b := &graph.Batch{}
		for i := 0; i < len(ids); i += 9 {
			b.Remove = append(b.Remove, ids[i])
		}
		return b, nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// scan is every event of a graph with its texts folded, in the order of the timeline.
type scan struct {
	events       []*graph.Event
	titles       []string
	bodies       []string
	sections     []string
	publications []graph.ID
	atoms        map[graph.EntityKind][]graph.ID
	first, last  edtf.Day
}

func newScan(t *testing.T, r graph.Reader) *scan {
	t.Helper()
	s := &scan{atoms: map[graph.EntityKind][]graph.ID{}}
	var ids []graph.ID
	err := r.Each(t.Context(), graph.Filter{}, func(e *graph.Event) error {
		s.events, ids = append(s.events, e), append(ids, e.ID)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	bodies, err := r.Bodies(t.Context(), ids)
	if err != nil {
		t.Fatal(err)
	}
	made := map[bool]int{} // titles, by whether the body contains them
	for i, e := range s.events {
		s.titles, s.bodies = append(s.titles, fold.String(e.Title)), append(s.bodies, fold.String(bodies[i]))
		if e.PrintedTitle == "" {
			made[strings.Contains(s.bodies[i], s.titles[i])]++
		}
		s.sections, s.publications = append(s.sections, e.Section), append(s.publications, e.PublicationID)
		for _, l := range e.Officials {
			s.atoms[graph.KindOfficial] = append(s.atoms[graph.KindOfficial], l.Atom)
		}
		for _, l := range e.Departments {
			s.atoms[graph.KindDepartment] = append(s.atoms[graph.KindDepartment], l.Atom)
		}
		for _, l := range e.Locations {
			s.atoms[graph.KindLocation] = append(append(s.atoms[graph.KindLocation], l.Atom), l.Above...)
		}
		if day := e.SortDay(); day != 0 {
			if s.first == 0 || day < s.first {
				s.first = day
			}
			s.last = max(s.last, day)
		}
	}
	if made[true] == 0 || made[false] == 0 || len(s.events) < substringEvents/2 {
		t.Fatalf("%d events, made titles by whether the body contains them %v: this test proves nothing", len(s.events), made)
	}
	return s
}

func (s *scan) compare(outer *testing.T, r graph.Reader) {
	found := 0
	rapid.Check(outer, func(t *rapid.T) {
		f := s.drawFilter(t)
		for range substringsADraw {
			text := s.drawSubstring(t)
			want := s.hits(f, text)
			found += len(want)
			s.comparePage(t, r, f, text, want)
			with := f
			with.Texts = append(slices.Clone(f.Texts), text)
			if n, err := r.Count(context.Background(), with); n != len(want) || err != nil {
				t.Fatalf("%d events contain %q, %v; want %d (%+v)", n, text, err, len(want), f)
			}
		}
	})
	if found == 0 {
		outer.Error("nothing was ever found: this test proves nothing")
	}
}

// comparePage compares a page of the search, from either end or from a hit on, with what a scan found.
func (s *scan) comparePage(t *rapid.T, r graph.Reader, f graph.Filter, text string, want []graph.Hit) {
	size := rapid.SampledFrom([]int{1, 3, 20, substringEvents}).Draw(t, "size")
	p := graph.HitPage{First: size}
	from, to := 0, min(size, len(want))
	if len(want) > 0 && rapid.Bool().Draw(t, "from a hit on") {
		at := rapid.IntRange(0, len(want)-1).Draw(t, "hit")
		if rapid.Bool().Draw(t, "backward") {
			p = graph.HitPage{Last: size, Before: want[at].Key()}
			from, to = max(at-size, 0), at
		} else {
			p.After = want[at].Key()
			from, to = at+1, min(at+1+size, len(want))
		}
	}
	page, err := r.Search(context.Background(), f, text, p)
	if err != nil {
		t.Fatal(err)
	}
	if page.HasPrevious != (from > 0) || page.HasNext != (to < len(want)) {
		t.Fatalf("Search(%+v, %q, %+v): previous %v, next %v; want the hits from %d to before %d of %d", f, text, p, page.HasPrevious, page.HasNext, from, to, len(want))
	}
	if diff := cmp.Diff(lines(want[from:to]), lines(page.Hits)); diff != "" {
		t.Fatalf("Search(%+v, %q, %+v) (-want +got):\n%s", f, text, p, diff)
	}
}

func lines(hits []graph.Hit) []string {
	out := make([]string, len(hits))
	for i, h := range hits {
		out[i] = fmt.Sprintf("%s title %v hits %d", h.Event.ID, h.Title, h.Hits)
	}
	return out
}

// hits returns what contains the text, the best first.
func (s *scan) hits(f graph.Filter, text string) []graph.Hit {
	var all []graph.Hit
	for i, e := range s.events {
		if !f.Matches(e) {
			continue
		}
		hits, title := strings.Count(s.bodies[i], text), strings.Count(s.titles[i], text)
		if e.PrintedTitle == "" && hits > 0 {
			title = 0 // it was made of what the body has counted
		}
		if hits+title > 0 && s.containsAll(i, f.Texts) {
			all = append(all, graph.Hit{Event: e, Title: title > 0, Hits: min(hits+title, graph.MostHits)})
		}
	}
	slices.SortFunc(all, func(a, b graph.Hit) int {
		if a.Key().Before(b.Key()) {
			return -1
		}
		return 1 // no two events have one key
	})
	return all
}

func (s *scan) containsAll(i int, texts []string) bool {
	return !slices.ContainsFunc(texts, func(text string) bool {
		return !strings.Contains(s.titles[i], text) && !strings.Contains(s.bodies[i], text)
	})
}

// drawSubstring draws up to eight characters of a title or a body; of every eighth string one is another's, so that few contain it.
func (s *scan) drawSubstring(t *rapid.T) string {
	from := s.bodies
	if rapid.IntRange(0, 4).Draw(t, "of a title") == 0 {
		from = s.titles
	}
	text := []rune(rapid.SampledFrom(from).Draw(t, "text"))
	at := rapid.IntRange(0, len(text)-1).Draw(t, "at")
	out := slices.Clone(text[at:min(at+rapid.IntRange(1, longestSubstring).Draw(t, "characters"), len(text))])
	if rapid.IntRange(0, 7).Draw(t, "mended") == 0 {
		out[rapid.IntRange(0, len(out)-1).Draw(t, "place")] = rapid.SampledFrom(text).Draw(t, "character")
	}
	return string(out)
}

// drawFilter draws a filter of none to three conditions.
func (s *scan) drawFilter(t *rapid.T) graph.Filter {
	var f graph.Filter
	for range rapid.IntRange(0, 3).Draw(t, "conditions") {
		switch rapid.IntRange(0, 7).Draw(t, "condition") {
		case 0:
			f.Days.From = s.first + edtf.Day(rapid.IntRange(0, int(s.last-s.first)).Draw(t, "from"))
			f.Days.To = f.Days.From + edtf.Day(rapid.SampledFrom([]int{0, 30, 400, 9000}).Draw(t, "days"))
		case 1:
			f.Sections = rapid.SliceOfN(rapid.SampledFrom(s.sections), 1, 2).Draw(t, "sections")
		case 2:
			f.Publications = rapid.SliceOfN(rapid.SampledFrom(s.publications), 1, 2).Draw(t, "publications")
		case 3:
			f.Month = rapid.IntRange(1, 12).Draw(t, "month")
		case 4:
			f.Texts = append(f.Texts, s.drawSubstring(t))
		case 5:
			f.Match = graph.MatchCertain
		default:
			kind := rapid.SampledFrom(graph.EntityKinds).Draw(t, "kind")
			f.Links = append(f.Links, graph.LinkCondition{
				Kind: kind, Atoms: rapid.SliceOfN(rapid.SampledFrom(s.atoms[kind]), 1, 3).Draw(t, "atoms"),
				PresentOnly: rapid.Bool().Draw(t, "present"), AtPlace: rapid.Bool().Draw(t, "at place"), Below: rapid.Bool().Draw(t, "below"),
			})
		}
	}
	return f
}
