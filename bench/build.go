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

// built is what bringing a corpus into an empty graph cost.
type built struct {
	// Events were brought in; fewer than the corpus has where time was up.
	Events  int
	Seconds float64
	// Peak is the process's peak memory in MB, Disk the size of the closed graph.
	Peak, Disk float64
}

type buildArgs struct {
	place
	Limit time.Duration
}

// build brings a corpus in, an issue an update.
func build(a buildArgs) (built, error) {
	var out built
	c := corpus.New(a.Events, seed)
	store, err := open.Open(a.graph())
	if err != nil {
		return out, err
	}
	l := &corpus.Loader{Store: store}
	start := time.Now()
	for is := range c.Issues() {
		if err := l.Put(context.Background(), is); err != nil {
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
	out.Seconds = time.Since(start).Seconds()
	out.Peak = status("self", "VmHWM")
	out.Disk, err = diskMB(a.graph())
	return out, err
}

type drawArgs struct {
	place
	Questions int
}

// drawQuestions draws the questions and keeps them in a file, so that no measurement carries what drawing took.
func drawQuestions(a drawArgs) (int, error) {
	total := 0
	err := read(a.graph(), func(ctx context.Context, r graph.Reader) error {
		questions, err := workload.Draw(ctx, r, corpus.New(1000, seed).Words(), seed, a.Questions)
		if err != nil {
			return err
		}
		for _, list := range questions {
			total += len(list)
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
