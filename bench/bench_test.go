package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"fangzhi/bench/corpus"
	"fangzhi/bench/workload"
)

// TestMain lets measurements run this program as their child, and as a command that imports.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "child" {
		main()
		return
	}
	if len(os.Args) == 5 && os.Args[1] == "import" && os.Args[2] == "--db" {
		if err := importLines(os.Args[3], os.Args[4]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// importLines makes a graph of the corpus that has as many events as the file has lines.
func importLines(graph, file string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	_, err = build(buildArgs{place{filepath.Dir(graph), bytes.Count(text, []byte("\n"))}, byBatches, time.Minute})
	return err
}

func TestTheCommandImports(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	s := settings{work: t.TempDir(), importLimit: time.Minute, questions: 1, way: byCommand, command: self}
	p := place{s.work, 1000}
	got, err := made(p, s)
	if err != nil {
		t.Fatal(err)
	}
	if got.Way != byCommand || got.Events != 1000 || got.Seconds <= 0 || got.Disk <= 0 {
		t.Errorf("made %+v", got)
	}
	if _, err := os.Stat(p.corpus()); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the file of the corpus is left: %v", err)
	}
	s.command, p.Events = filepath.Join(s.work, "none"), 1001
	if _, err := made(p, s); err == nil {
		t.Error("no command is no error")
	}
}

// TestAWholeRun measures a small graph, in all processes that a real run has.
func TestAWholeRun(t *testing.T) {
	s := settings{
		sizes: []int{1000}, work: t.TempDir(), importLimit: time.Minute, budget: time.Millisecond, round: time.Millisecond, rounds: 1, questions: 6, way: byBatches, keep: true,
	}
	m, err := measureGraphs(s)
	if err != nil {
		t.Fatal(err)
	}
	got := m.sizes[0]
	if got.incomplete || got.built.Events != 1000 || got.Seconds <= 0 || got.Disk <= 0 {
		t.Errorf("built %+v", got.built)
	}
	if len(got.asked) != len(workload.All) || got.compared.Questions != comparedEach*len(workload.All) || got.compared.Differing != 0 {
		t.Errorf("asked %d workloads; compared %+v", len(got.asked), got.compared)
	}
	for _, l := range got.loaded {
		if l.Requests == 0 || l.Refused > 0 || l.Differing > 0 || l.QPS <= 0 {
			t.Errorf("loaded %+v", l)
		}
	}
	var b bytes.Buffer
	m.write(&b)
	for _, w := range workload.All {
		if n := strings.Count(b.String(), "\n| "+w.Name+" |"); n != 2 {
			t.Errorf("%s has %d rows in the report, want one of the store and one of the server:\n%s", w.Name, n, b.String())
		}
	}
	if strings.Contains(b.String(), "%!") || strings.Contains(b.String(), "NaN") {
		t.Errorf("the report is not printed well:\n%s", b.String())
	}
	before, err := os.Stat(place{s.work, 1000}.graph())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := made(place{s.work, 1000}, s); err != nil { // is there
		t.Fatal(err)
	}
	if after, err := os.Stat(place{s.work, 1000}.graph()); err != nil || !os.SameFile(before, after) {
		t.Errorf("a graph that is kept was made again: %v", err)
	}
}

func TestAnImportWithoutTimeIsGivenUp(t *testing.T) {
	s := settings{work: t.TempDir(), importLimit: time.Nanosecond, questions: 1, way: byBatches}
	m, err := measureGraph(place{s.work, 1000}, s)
	if err != nil {
		t.Fatal(err)
	}
	if !m.incomplete || m.built.Events == 0 || m.built.Events >= 1000 {
		t.Errorf("measured %+v", m)
	}
	var b bytes.Buffer
	(&measuredGraphs{settings: s, small: []opened{{}}, sizes: []measuredGraph{m}}).write(&b)
	if !strings.Contains(b.String(), "of 1000, given up") {
		t.Errorf("the report does not say so:\n%s", b.String())
	}
}

// TestLoadTellsAnswersApart loads a server that errs in every fifth answer and changes its mind in every seventh.
func TestLoadTellsAnswersApart(t *testing.T) {
	var n atomic.Int64
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		switch at := n.Add(1); {
		case at%5 == 0:
			fmt.Fprint(w, `{"data":null,"errors":[{"message":"too many"}]}`)
		case at%7 == 0:
			fmt.Fprint(w, `{"data":{"count":2}}`)
		default:
			fmt.Fprint(w, `{"data":{"count":1}}`)
		}
	}))
	defer s.Close()
	self := &exec.Cmd{Process: &os.Process{Pid: os.Getpid()}}
	target, err := newTarget("Q0", &running{command: self, address: s.Listener.Addr().String()}, "{ count }", []map[string]any{{}, {}})
	if err != nil {
		t.Fatal(err)
	}
	for n.Load() < 100 {
		if err := target.run(time.Millisecond, true); err != nil {
			t.Fatal(err)
		}
	}
	got := target.figures()
	if total := int(n.Load()); got.Requests != total || got.Refused != total/5 || got.FirstError != "the answer has errors: too many" {
		t.Errorf("figures %+v of %d requests", got, total)
	}
	if least := int(n.Load())/7 - int(n.Load())/35 - 2; got.Differing < least {
		t.Errorf("%d answers differ, want %d at least", got.Differing, least)
	}
}

func TestCorpusIsWritten(t *testing.T) {
	file := filepath.Join(t.TempDir(), "c.jsonl")
	if err := dispatch([]string{"corpus", "-events", "1000", "-seed", "7", "-o", file}); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var want bytes.Buffer
	if err := corpus.New(1000, 7).Write(&want); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want.Bytes()) || bytes.Count(got, []byte("\n")) != 1000 {
		t.Errorf("%d bytes, want the %d of the corpus", len(got), want.Len())
	}
	if err := dispatch([]string{"corpus", "-o", filepath.Join(file, "x")}); err == nil {
		t.Error("a file that cannot be made is no error")
	}
}

func TestSpread(t *testing.T) {
	var times []float64
	for i := range 200 {
		times = append(times, float64(200-i))
	}
	if mean, p50, p99 := spread(times); mean != 100.5 || p50 != 101 || p99 != 198 {
		t.Errorf("spread of 1 to 200: %v, %v, %v", mean, p50, p99)
	}
	if mean, p50, p99 := spread(nil); mean != 0 || p50 != 0 || p99 != 0 {
		t.Errorf("spread of nothing: %v, %v, %v", mean, p50, p99)
	}
}

func TestSizes(t *testing.T) {
	got, err := parseSizes("100000, 10000,10000")
	if err != nil || fmt.Sprint(got) != "[10000 100000]" {
		t.Errorf("parseSizes: %v, %v", got, err)
	}
	for _, wrong := range []string{"", "10k", "999", "10000,"} {
		if got, err := parseSizes(wrong); err == nil {
			t.Errorf("parseSizes(%q): %v, want an error", wrong, got)
		}
	}
}

func TestGoals(t *testing.T) {
	m := measuredGraph{Events: million, asked: []asked{{Workload: "Q2z", P50: 1}}}
	for _, tt := range []struct {
		a    asked
		want bool
	}{
		{asked{Workload: "Q2b", P50: 1.2}, true}, {asked{Workload: "Q2b", P50: 1.3}, false},
		{asked{Workload: "Q5c", P99: 1}, true}, {asked{Workload: "Q5c", P99: 1.1}, false}, {asked{Workload: "Q5c", P99: 1, Limited: 1}, false},
		{asked{Workload: "Q8k", P99: 250, Limited: 1}, true}, {asked{Workload: "Q1", P99: 1e9}, true},
		{asked{Workload: "Q7", Mean: 0.06}, true}, {asked{Workload: "Q7", Mean: 0.07}, false},
	} {
		if got := m.meets(tt.a.Workload, tt.a); got != tt.want {
			t.Errorf("meets(%+v) = %v", tt.a, got)
		}
	}
	qps := map[string]float64{serveBare: 10_000, serveMemory: 5_000}
	for _, tt := range []struct {
		qps  float64
		at   int
		want string
	}{{3400, 10_000, "yes"}, {3300, 10_000, "no"}, {3400, million, "no"}, {6000, million, "yes"}} {
		m.Events = tt.at
		if _, got := m.loadGoal(loaded{Target: "Q1", QPS: tt.qps}, qps); got != tt.want {
			t.Errorf("Q1 with %v qps at %d events: %s", tt.qps, tt.at, got)
		}
	}
}
