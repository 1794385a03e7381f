package bulk_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"fangzhi/graph"
	"fangzhi/graph/memstore"
	"fangzhi/ingest"
	"fangzhi/ingest/bulk"
	"fangzhi/interchange"
)

// cut is a store whose updates stop after a number of them: the nth is made and not acknowledged where lost is set, as when the
// process ends before it hears of it, else it is not made.
type cut struct {
	graph.Store
	left int
	lost bool
}

var errCut = errors.New("cut off")

func (c *cut) Update(ctx context.Context, plan func(graph.Reader) (*graph.Batch, error)) error {
	if c.left--; c.left > 0 {
		return c.Store.Update(ctx, plan)
	}
	if c.lost {
		if err := c.Store.Update(ctx, plan); err != nil {
			return err
		}
	}
	return errCut
}

// An import that ends anywhere and is started again, again and again, ends with the graph of one that went through.
func TestCutOffAnywhereGoesOn(t *testing.T) {
	file := string(mustGenerate(t, 400))
	var turns strings.Builder // of twelve publications, in twenty issues
	for i, line := range strings.SplitAfter(string(mustGenerate(t, 1000)), "\n") {
		if i%50 < 20 {
			turns.WriteString(line)
		}
	}
	for _, tt := range []struct {
		name, file string
		stretches  int
	}{
		{"issues in one piece", file, 1},
		{"scattered", shuffled(rand.New(rand.NewPCG(5, 6)), file), 1},
		{"one publication after the other", strings.TrimSuffix(turns.String(), "\n"), 20},
	} {
		if n, err := bulk.Stretches(t.Context(), strings.NewReader(tt.file)); n != tt.stretches || err != nil {
			t.Fatalf("%s: read in %d stretches, %v, and this proves nothing but with %d", tt.name, n, err, tt.stretches)
		}
		want := mustDigest(t, imported(t, shuffled(rand.New(rand.NewPCG(7, 8)), tt.file)))
		for _, lost := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, lost %v", tt.name, lost), func(t *testing.T) {
				s, cuts := memstore.New(), 0
				for n := 1; ; n++ {
					_, err := importInto(&cut{s, n, lost}, tt.file, bulk.Options{File: "events.jsonl", BatchEvents: 60})
					if err == nil {
						break
					}
					if !errors.Is(err, errCut) {
						t.Fatal(err)
					}
					cuts++
				}
				if cuts < 3 {
					t.Fatalf("%d imports were cut off: this proves nothing", cuts)
				}
				if mustDigest(t, s) != want {
					t.Error("the graph is not that of an import that went through, of the lines in another order")
				}
			})
		}
	}
}

// Events that come in two files stand beside each other as if they had come in one.
func TestFilesOfOneIssueAdd(t *testing.T) {
	file := string(mustGenerate(t, 120))
	file += strings.ReplaceAll(strings.SplitAfter(file, "\n")[0], `"edtf":"2000-01-`, `"edtf":"2000-02-`) // a title that comes again
	lines := strings.SplitAfter(file, "\n")
	whole := imported(t, file)
	for _, parts := range [][2]string{
		{strings.Join(lines[:70], ""), strings.Join(lines[70:], "")}, {strings.Join(lines[70:], ""), strings.Join(lines[:70], "")}, {strings.Join(lines[:90], ""), strings.Join(lines[60:], "")},
	} {
		s := imported(t, parts[0])
		if _, err := importInto(s, parts[1], bulk.Options{File: "events.jsonl"}); err != nil {
			t.Fatal(err)
		}
		if mustDigest(t, s) != mustDigest(t, whole) {
			t.Errorf("%d and then %d lines make another graph than all", strings.Count(parts[0], "\n"), strings.Count(parts[1], "\n"))
		}
		sameLines(t, "two files", mustExport(t, whole, graph.Filter{}), mustExport(t, s, graph.Filter{}))
	}
}

func TestOtherWordsOfAnEventAreRefused(t *testing.T) {
	const first = `{"title": "会议召开", "date": "2020-12-04", "body": "原文。"}` + "\n"
	s := imported(t, first)
	before := mustDigest(t, s)
	other := strings.Replace(first, "原文", "改文", 1)
	_, err := importInto(s, "\n"+other, bulk.Options{File: "b.jsonl"})
	var conflict *ingest.EventConflictError
	var line *bulk.LineError
	if !errors.As(err, &conflict) || !errors.Is(err, graph.ErrConflict) || !errors.As(err, &line) || line.Line != 2 || conflict.Text {
		t.Errorf("Import returns %v, want a conflict in line 2", err)
	}
	if mustDigest(t, s) != before {
		t.Error("the graph has changed")
	}
	// The same title on another day is another event.
	sum, err := importInto(s, strings.Replace(other, "12-04", "12-05", 1)+first, bulk.Options{File: "events.jsonl"})
	if err != nil || sum != (bulk.Summary{Added: 1, There: 1, Issues: 1}) {
		t.Errorf("another day: %+v, %v", sum, err)
	}
}

// Two events that only their people tell apart keep their ids, whichever line comes first.
func TestEqualTitlesInAnyOrder(t *testing.T) {
	for _, lines := range [][2]string{
		{`{"title": "会议召开", "date": "2020-12-04", "officials": [{"name": "沈知秋"}]}`, `{"title": "会议召开", "date": "2020-12-04"}`},
		{`{"title": "会议召开", "date": "2020-12-04", "publisher": "史志办公室"}`, `{"title": "会议召开", "date": "2020-12-04", "publisher": "档案馆"}`},
	} {
		a, b := lines[0]+"\n", lines[1]+"\n"
		if x, y := mustDigest(t, imported(t, a+b)), mustDigest(t, imported(t, b+a)); x != y {
			t.Errorf("%s%sdigest %s, of the lines in the other order %s", a, b, x, y)
		}
	}
}

// A bad line is named with its number and its reason, and the graph is not even opened.
func TestBadLines(t *testing.T) {
	good := `{"title": "会议召开", "date": "2020-12-04"}`
	file := strings.Join([]string{good, "", `{"title": "会议召开", "date": "2020-13-04"}`, good, `{"title": "会议召开", "date": "2020", "colour": "red"}`, "[]"}, "\n")
	_, err := bulk.Import(t.Context(), strings.NewReader(file), func() (graph.Store, error) {
		t.Error("the graph was opened")
		return memstore.New(), nil
	}, bulk.Options{File: "a/b.jsonl"})
	var bad bulk.LineErrors
	if !errors.As(err, &bad) || len(bad) != 3 || bad[0].Line != 3 || bad[1].Line != 5 || bad[2].Line != 6 {
		t.Fatalf("Import returns %v, want errors in the lines 3, 5 and 6", err)
	}
	if got := bad[1].Error(); got != `a/b.jsonl:5: unknown field "colour"` {
		t.Errorf("line 5: %s", got)
	}
	many := strings.Repeat("?\n", 3*bulk.MaxLineErrors)
	if _, err := importInto(memstore.New(), many, bulk.Options{}); !errors.As(err, &bad) || len(bad) != bulk.MaxLineErrors {
		t.Errorf("%d bad lines: %v", 3*bulk.MaxLineErrors, err)
	}
}

func TestLongestLine(t *testing.T) {
	line := func(n int) string {
		const rest = `{"title": "会议召开", "date": "2020-12-04", "body": ""}`
		return strings.Replace(rest, `""`, `"`+strings.Repeat("a", n-len(rest))+`"`, 1)
	}
	good := `{"title": "会议", "date": "2020-12-04"}` + "\n"
	if _, err := importInto(memstore.New(), good+line(interchange.MaxLineBytes-1)+"\n", bulk.Options{}); err != nil {
		t.Error(err)
	}
	var bad *bulk.LineError
	_, err := importInto(memstore.New(), good+line(interchange.MaxLineBytes+1)+"\n", bulk.Options{File: "f"})
	if !errors.As(err, &bad) || bad.Line != 2 {
		t.Errorf("Import returns %v, want an error in line 2", err)
	}
}

// Ends of lines, blank lines and a mark at the beginning make no difference; nor does a file without any event fail.
func TestLinesAsTheyCome(t *testing.T) {
	file := string(mustGenerate(t, 60))
	want := mustExport(t, imported(t, file), graph.Filter{})
	for name, other := range map[string]string{
		"CRLF": strings.ReplaceAll(file, "\n", "\r\n"), "BOM": "\uFEFF" + file, "no last line feed": strings.TrimSuffix(file, "\n"), "blank lines": strings.ReplaceAll(file, "\n", "\n \n"),
	} {
		sameLines(t, name, want, mustExport(t, imported(t, other), graph.Filter{}))
	}
	sum, err := importInto(memstore.New(), "", bulk.Options{})
	if err != nil || sum != (bulk.Summary{}) {
		t.Errorf("an empty file: %+v, %v", sum, err)
	}
}

// Issues are put in by batches, each issue in one of them and whole, and nothing is left in the folder of scattered lines.
func TestBatches(t *testing.T) {
	file := string(mustGenerate(t, 1000))
	for _, tt := range []struct {
		name, file string
	}{{"in pieces", file}, {"scattered", shuffled(rand.New(rand.NewPCG(7, 8)), file)}} {
		k, dir := newKeeping(), t.TempDir()
		var last bulk.Progress
		o := bulk.Options{BatchEvents: 200, Temporary: dir, Progress: func(p bulk.Progress) { last = p }}
		sum, err := bulk.Import(t.Context(), strings.NewReader(tt.file), func() (graph.Store, error) { return k, nil }, o)
		if err != nil {
			t.Fatal(err)
		}
		if want := (bulk.Summary{Added: 1000, Issues: 20}); sum != want || k.events != 1000 || k.puts != 5 || len(k.issues) != 20 {
			t.Errorf("%s: %+v, want %+v; the store has %d events in %d issues by %d updates", tt.name, sum, want, k.events, len(k.issues), k.puts)
		}
		if last.Done != 1000 || last.Total != 1000 || last.Checked != 1000 {
			t.Errorf("%s: progress ends with %+v", tt.name, last)
		}
		left, err := os.ReadDir(dir)
		if err != nil || len(left) > 0 {
			t.Errorf("%s: left in the folder: %v, %v", tt.name, left, err)
		}
	}
}

func TestInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	file := mustGenerate(t, 600)
	s := memstore.New()
	o := bulk.Options{BatchEvents: 50, Progress: func(p bulk.Progress) {
		if p.Total > 0 {
			cancel()
		}
	}}
	_, err := bulk.Import(ctx, bytes.NewReader(file), func() (graph.Store, error) { return s, nil }, o)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("Import returns %v, want that it was interrupted", err)
	}
	sum, err := importInto(s, string(file), bulk.Options{})
	if err != nil || sum.Added+sum.There != 600 || sum.Added == 0 {
		t.Errorf("started again: %+v, %v", sum, err)
	}
}

// What an issue may hold is bounded, because it is built in memory.
func TestTooManyEventsOfOneIssue(t *testing.T) {
	var file strings.Builder
	for i := range bulk.MaxIssueEvents + 1 {
		fmt.Fprintf(&file, `{"title": "第%d号", "date": "2020-12-04"}`+"\n", i)
	}
	whole := file.String()
	var bad *bulk.LineError
	if _, err := importInto(newKeeping(), whole, bulk.Options{}); !errors.As(err, &bad) || bad.Line != bulk.MaxIssueEvents+1 {
		t.Errorf("Import returns %v, want an error in line %d", err, bulk.MaxIssueEvents+1)
	}
	less := whole[:strings.LastIndex(strings.TrimSuffix(whole, "\n"), "\n")+1]
	if sum, err := importInto(newKeeping(), less, bulk.Options{}); err != nil || sum.Added != bulk.MaxIssueEvents {
		t.Errorf("as many as may be: %+v, %v", sum, err)
	}
}
