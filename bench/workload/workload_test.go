package workload_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http/httptest"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"fangzhi/bench/corpus"
	"fangzhi/bench/workload"
	"fangzhi/graph"
	"fangzhi/graph/badgerstore"
	"fangzhi/graph/memstore"
	"fangzhi/ingest"
	"fangzhi/server"
)

const (
	seed   = 1
	events = 1500
)

func mustLoad(t testing.TB, s graph.Store, events int) *corpus.Corpus {
	t.Helper()
	c := corpus.New(events, seed)
	l := &corpus.Loader{Store: s}
	for is := range c.Issues() {
		if err := l.Put(t.Context(), is); err != nil {
			t.Fatal(err)
		}
	}
	return c
}

func mustSnapshot(t testing.TB, s graph.Store) graph.Snapshot {
	t.Helper()
	r, err := s.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func mustDraw(t testing.TB, r graph.Reader, c *corpus.Corpus, n int) workload.Questions {
	t.Helper()
	questions, err := workload.Draw(t.Context(), r, c.Words(), seed, n)
	if err != nil {
		t.Fatal(err)
	}
	return questions
}

// TestEveryWayGivesOneAnswer asks the naive engine, the embedded one, and the server over it.
func TestEveryWayGivesOneAnswer(t *testing.T) {
	const n = 12
	naive := memstore.New()
	c := mustLoad(t, naive, events)
	plain := mustSnapshot(t, naive)
	defer plain.Close()
	questions := mustDraw(t, plain, c, n)
	disk, err := badgerstore.Open(t.TempDir(), badgerstore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer disk.Close()
	mustLoad(t, disk, events)
	embedded := mustSnapshot(t, disk)
	defer embedded.Close()
	if again := mustDraw(t, embedded, c, n); !reflect.DeepEqual(again, questions) {
		t.Error("another engine with the same graph gives other questions")
	}
	handler := server.New(server.Config{Store: disk})
	for _, w := range workload.All {
		t.Run(w.Name, func(t *testing.T) {
			found := 0
			for _, q := range questions[w.Name] {
				want, err := w.Ask(t.Context(), plain, q)
				if err != nil {
					t.Fatalf("%+v: %v", q, err)
				}
				found += len(want)
				got, err := w.Ask(t.Context(), embedded, q)
				if err != nil {
					t.Fatalf("%+v: %v", q, err)
				}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("%+v: the embedded engine answers otherwise (-naive +embedded):\n%s", q, diff)
				}
				body, err := json.Marshal(map[string]any{"query": w.Document, "variables": w.Variables(q)})
				if err != nil {
					t.Fatal(err)
				}
				request := httptest.NewRequestWithContext(t.Context(), "POST", "http://localhost/graphql", bytes.NewReader(body))
				request.Header.Set("Content-Type", "application/json")
				recorder := httptest.NewRecorder()
				handler.ServeHTTP(recorder, request)
				got, err = workload.Lines(recorder.Body.Bytes())
				if err != nil {
					t.Fatalf("%+v: %v", q, err)
				}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("%+v: the server answers otherwise (-graph +server):\n%s", q, diff)
				}
			}
			if found < n {
				t.Errorf("%d questions have %d lines of answers: nothing is compared", n, found)
			}
		})
	}
}

// TestIngestGivesTheSameAnswers loads the corpus as documents, by the way that texts come in.
func TestIngestGivesTheSameAnswers(t *testing.T) {
	const events, n = 1000, 12
	batches, documents := memstore.New(), memstore.New()
	c := mustLoad(t, batches, events)
	in := ingest.Ingester{Store: documents, Now: func() time.Time { return time.Unix(0, 0) }}
	for is := range c.Issues() {
		if _, err := in.Load(t.Context(), is.Document(), graph.LoadOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	plain, ingested := mustSnapshot(t, batches), mustSnapshot(t, documents)
	defer plain.Close()
	defer ingested.Close()
	questions := mustDraw(t, plain, c, n)
	if again := mustDraw(t, ingested, c, n); !reflect.DeepEqual(again, questions) {
		t.Error("the graph gives other questions")
	}
	for _, w := range workload.All {
		for _, q := range questions[w.Name] {
			want, err := w.Ask(t.Context(), plain, q)
			if err != nil {
				t.Fatalf("%s %+v: %v", w.Name, q, err)
			}
			got, err := w.Ask(t.Context(), ingested, q)
			if err != nil {
				t.Fatalf("%s %+v: %v", w.Name, q, err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s %+v (-batches +documents):\n%s", w.Name, q, diff)
			}
		}
	}
}

func TestAnswersWithErrorsAreNone(t *testing.T) {
	lines, err := workload.Lines([]byte(`{"data":{"search":null},"errors":[{"message":"too many"}]}`))
	if refused := (*workload.Refused)(nil); !errors.As(err, &refused) || refused.Message != "too many" || lines != nil {
		t.Errorf("Lines = %q, %v", lines, err)
	}
	if _, err := workload.Lines([]byte(`{"data"`)); err == nil {
		t.Error("half an answer is no error")
	}
}

func TestLinesComeInTheOrderOfTheDocument(t *testing.T) {
	got, err := workload.Lines([]byte(`{"data":{"official":{"id":"o1","events":{"nodes":[{"id":"e1","title":"甲","date":{"edtf":"2020"}},{"id":"e2","title":null}],"totalCount":12}}}}`))
	if want := []string{"甲", "2020", "12"}; err != nil || !slices.Equal(got, want) {
		t.Errorf("Lines = %q, %v, want %q", got, err, want)
	}
}

// shared is the graph of the benchmarks: loading takes longer than asking.
var shared = struct {
	sync.Once
	store     graph.Store
	questions workload.Questions
}{}

// BenchmarkAsk asks every workload of a graph of 10,000 events at the level of the store: for benchstat and profiles.
func BenchmarkAsk(b *testing.B) {
	shared.Do(func() {
		s, err := badgerstore.Open("", badgerstore.Options{InMemory: true})
		if err != nil {
			b.Fatal(err)
		}
		c := mustLoad(b, s, 10_000)
		r := mustSnapshot(b, s)
		defer r.Close()
		shared.store, shared.questions = s, mustDraw(b, r, c, 100)
	})
	for _, w := range workload.All {
		b.Run(fmt.Sprintf("workload=%s", strings.TrimSpace(w.Name)), func(b *testing.B) {
			r := mustSnapshot(b, shared.store)
			defer r.Close()
			questions := shared.questions[w.Name]
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				if _, err := w.Ask(b.Context(), r, questions[i%len(questions)]); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkPut puts an issue of 50 events into graphs of two sizes and takes it out again.
func BenchmarkPut(b *testing.B) {
	for _, n := range []int{0, 10_000} {
		b.Run(fmt.Sprintf("events=%d", n), func(b *testing.B) {
			s, err := badgerstore.Open(b.TempDir(), badgerstore.Options{})
			if err != nil {
				b.Fatal(err)
			}
			defer s.Close()
			c := corpus.New(10_000, seed)
			if n > 0 {
				mustLoad(b, s, n)
			}
			l := &corpus.Loader{Store: s}
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				is := c.Extra(i%40, 50)
				if err := l.Put(b.Context(), is); err != nil {
					b.Fatal(err)
				}
				if err := l.Remove(b.Context(), is); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
