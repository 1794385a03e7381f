package bulk_test

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"syscall"
	"testing"
	"time"

	"fangzhi/graph"
	"fangzhi/graph/badgerstore"
	"fangzhi/ingest/bulk"
	"fangzhi/interchange"
)

// sizes show whether what an event costs grows with the graph.
var sizes = []int{5_000, 20_000, 40_000}

func mustGenerate(tb testing.TB, n int) []byte {
	tb.Helper()
	var file bytes.Buffer
	if err := generate(&file, n); err != nil {
		tb.Fatal(err)
	}
	return file.Bytes()
}

// report gives events a second, and what one costs of a processor: the machine may have other work.
func report(b *testing.B, events int, before time.Duration) {
	b.ReportMetric(float64(events)*float64(b.N)/b.Elapsed().Seconds(), "events/s")
	b.ReportMetric(float64((processor(b)-before).Microseconds())/float64(events*b.N), "cpu-µs/event")
}

func processor(tb testing.TB) time.Duration {
	tb.Helper()
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		tb.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// Decoding alone, by one goroutine.
func BenchmarkDecode(b *testing.B) {
	file := mustGenerate(b, 5_000)
	b.SetBytes(int64(len(file)))
	before := processor(b)
	for b.Loop() {
		p := interchange.NewParser()
		for line := range bytes.Lines(file) {
			if _, err := p.Parse(line); err != nil {
				b.Fatal(err)
			}
		}
	}
	report(b, 5_000, before)
}

// Everything but an engine: the store keeps blocks, entities and issues in maps and drops events.
func BenchmarkImportKept(b *testing.B) {
	for _, n := range sizes {
		b.Run(fmt.Sprintf("events=%d", n), func(b *testing.B) {
			file := mustGenerate(b, n)
			before := processor(b)
			for b.Loop() {
				mustImport(b, newKeeping(), file)
			}
			report(b, n, before)
		})
	}
}

// The whole, into the embedded engine in a folder.
func BenchmarkImportBadger(b *testing.B) {
	for _, n := range sizes {
		b.Run(fmt.Sprintf("events=%d", n), func(b *testing.B) {
			file := mustGenerate(b, n)
			before := processor(b)
			for b.Loop() {
				s, err := badgerstore.Open(b.TempDir(), badgerstore.Options{})
				if err != nil {
					b.Fatal(err)
				}
				mustImport(b, s, file)
				if err := s.Close(); err != nil {
					b.Fatal(err)
				}
			}
			report(b, n, before)
		})
	}
}

func mustImport(tb testing.TB, s graph.Store, file []byte) bulk.Summary {
	tb.Helper()
	sum, err := bulk.Import(context.Background(), bytes.NewReader(file), func() (graph.Store, error) { return s, nil }, bulk.Options{})
	if err != nil {
		tb.Fatal(err)
	}
	return sum
}

// One issue of fifty events beside a graph of many: decoding, building and the batch, without an engine. Its median is p50-ms.
func BenchmarkIssueOfFifty(b *testing.B) {
	for _, n := range sizes {
		b.Run(fmt.Sprintf("events=%d", n), func(b *testing.B) {
			file := mustGenerate(b, n+50)
			lines := bytes.SplitAfter(file, []byte("\n"))
			kept := newKeeping()
			mustImport(b, kept, bytes.Join(lines[:n], nil))
			issue := bytes.Join(lines[n:], nil)
			var times []time.Duration
			for b.Loop() {
				start := time.Now()
				mustImport(b, forgetting{kept}, issue)
				times = append(times, time.Since(start))
			}
			slices.Sort(times)
			b.ReportMetric(float64(times[len(times)/2].Microseconds())/1000, "p50-ms")
		})
	}
}

// forgetting answers as keeping does and keeps nothing more.
type forgetting struct{ *keeping }

func (f forgetting) Update(_ context.Context, plan func(graph.Reader) (*graph.Batch, error)) error {
	_, err := plan(keepingReader{k: f.keeping})
	return err
}
