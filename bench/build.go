package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"fangzhi/bench/corpus"
	"fangzhi/bench/workload"
	"fangzhi/graph"
	"fangzhi/graph/open"
)

// seed is of the corpus and of the questions.
const seed = 1

// place is where a graph is, and what it was made of.
type place struct {
	Dir    string
	Events int
}

func (p place) graph() string { return filepath.Join(p.Dir, "graph-"+strconv.Itoa(p.Events)) }

func (p place) questions() string {
	return filepath.Join(p.Dir, "questions-"+strconv.Itoa(p.Events)+".json")
}

func (p place) corpus() string {
	return filepath.Join(p.Dir, "corpus-"+strconv.Itoa(p.Events)+".jsonl")
}

// way is how a corpus comes into a graph.
type way string

const (
	// byCommand is `fangzhi import` of a file in the interchange form.
	byCommand way = "fangzhi import"
	// byIngest loads an issue at a time as if it had been read from a text.
	byIngest way = "ingest"
	// byBatches hands the engine what it has to keep, an issue an update.
	byBatches way = "batches"
)

// built is what bringing a corpus into an empty graph cost.
type built struct {
	Way way
	// Events were brought in; fewer than the corpus has where time was up.
	Events       int
	Seconds, CPU float64
	// Peak is the process's peak memory in MB with the pages of mapped files, which the system takes back when it needs them;
	// Anonymous is that of what is no file, seen every looksEach, 0 where nobody looked. Disk is the size of the closed graph.
	Peak, Anonymous, Disk float64
}

type buildArgs struct {
	place
	Way   way
	Limit time.Duration
}

// build brings a corpus in, an issue an update.
func build(a buildArgs) (built, error) {
	out := built{Way: a.Way}
	c := corpus.New(a.Events, seed)
	store, err := open.Open(a.graph())
	if err != nil {
		return out, err
	}
	changes := newChanger(store, a.Way)
	start := time.Now()
	for is := range c.Issues() {
		if err := changes.put(is)(context.Background()); err != nil {
			return out, errors.Join(err, store.Close())
		}
		out.Events += len(is.Events)
		if time.Since(start) > a.Limit {
			break
		}
	}
	if err := store.Close(); err != nil { // what is only in memory is written now
		return out, err
	}
	out.Seconds, out.CPU = time.Since(start).Seconds(), cpuSeconds(os.Getpid())
	out.Peak = status("self", "VmHWM")
	out.Disk, err = diskMB(a.graph())
	return out, err
}

type drawArgs struct {
	place
	Questions int
}

// drawQuestions draws the questions and keeps them in a file, so that no measurement carries what drawing took. It returns how
// many events the graph holds.
func drawQuestions(a drawArgs) (int, error) {
	total := 0
	err := read(a.graph(), func(ctx context.Context, r graph.Reader) (err error) {
		if total, err = r.Count(ctx, graph.Filter{}); err != nil || total < a.Events {
			return err
		}
		questions, err := workload.Draw(ctx, r, corpus.New(1000, seed).Words(), seed, a.Questions)
		if err != nil {
			return err
		}
		text, err := json.Marshal(questions)
		if err != nil {
			return err
		}
		return os.WriteFile(a.questions(), text, 0o644)
	})
	return total, err
}

func readQuestions(p place) (workload.Questions, error) {
	text, err := os.ReadFile(p.questions())
	if err != nil {
		return nil, err
	}
	var q workload.Questions
	if err := json.Unmarshal(text, &q); err != nil {
		return nil, fmt.Errorf("%s: %w", p.questions(), err)
	}
	return q, nil
}

// read opens a graph and lets do read one snapshot of it.
func read(dir string, do func(context.Context, graph.Reader) error) error {
	store, err := open.Open(dir)
	if err != nil {
		return err
	}
	r, err := store.Snapshot(context.Background())
	if err != nil {
		return errors.Join(err, store.Close())
	}
	err = do(context.Background(), r)
	r.Close()
	return errors.Join(err, store.Close())
}
