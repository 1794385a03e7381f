package main

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"time"

	"fangzhi/bench/workload"
)

// settings are what a run of the graph's part is told.
type settings struct {
	// sizes are numbers of events, ascending.
	sizes []int
	// work is the folder that graphs are made in; kept graphs are measured again without being made again.
	work string
	keep bool
	// importLimit, budget and round bound an import, a workload at the level of the store, and a target's turn under load.
	importLimit, budget, round time.Duration
	rounds, questions          int
	// way is how graphs are made, "" for the command where it can import, else by batches. command is the program.
	way     way
	command string
}

// measuredGraph is all that was seen of one size.
type measuredGraph struct {
	Events int
	built
	open       []opened
	bare       []bare
	asked      []asked
	cold       [][]cold // by coldSorts
	change     changed
	compared   compared
	loaded     []loaded
	incomplete bool // the import was given up
}

// smallEvents is the size of the graph that shows what the program needs by itself.
const smallEvents = 26

// openRuns is how often a graph is opened, each time by a process of its own.
const openRuns = 3

// measuredGraphs is the whole of the graph's part.
type measuredGraphs struct {
	settings settings
	small    []opened
	empty    changed
	sizes    []measuredGraph
}

func measureGraphs(s settings) (*measuredGraphs, error) {
	if s.work == "" {
		dir, err := os.MkdirTemp("", "fangzhi-bench-")
		if err != nil {
			return nil, err
		}
		s.work = dir
		defer os.RemoveAll(dir)
	}
	if err := s.chooseWay(); err != nil {
		return nil, err
	}
	out := &measuredGraphs{settings: s}
	small := place{s.work, smallEvents}
	_, err := made(small, s)
	if err != nil {
		return nil, err
	}
	if out.small, err = repeated[opened](openRuns, "open", openArgs{small}); err != nil {
		return nil, err
	}
	// An issue of a corpus of many events names three times as many people and organs as one of a small one: those of the largest go into both.
	largest := place{s.work, s.sizes[len(s.sizes)-1]}
	if out.empty, err = measureIn[changed]("change", changeArgs{largest, s.way, true, s.budget}); err != nil {
		return nil, err
	}
	for _, n := range s.sizes {
		m, err := measureGraph(place{s.work, n}, s)
		if err != nil {
			return nil, fmt.Errorf("%d events: %w", n, err)
		}
		out.sizes = append(out.sizes, m)
		if !s.keep {
			if err := os.RemoveAll(place{s.work, n}.graph()); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// made makes the graph and draws its questions, unless both are there. A graph of fewer events was given up.
func made(p place, s settings) (built, error) {
	record := p.graph() + ".json"
	if b, ok := readBuilt(record); ok {
		return b, nil
	}
	if err := os.RemoveAll(p.graph()); err != nil {
		return built{}, err
	}
	b, err := s.make(p)
	if err != nil {
		return b, err
	}
	if b.Events, err = measureIn[int]("draw", drawArgs{p, s.questions}); err != nil || b.Events < p.Events {
		return b, err
	}
	return b, writeBuilt(record, b)
}

func (s settings) make(p place) (built, error) {
	if s.way == byCommand {
		return importCorpus(p, s)
	}
	return measureIn[built]("build", buildArgs{p, s.way, s.importLimit})
}

func measureGraph(p place, s settings) (measuredGraph, error) {
	m := measuredGraph{Events: p.Events}
	var err error
	if m.built, err = made(p, s); err != nil {
		return m, err
	}
	if m.incomplete = m.built.Events < p.Events; m.incomplete {
		return m, nil
	}
	for range openRuns { // in turns
		one, err := measureIn[opened]("open", openArgs{p})
		if err != nil {
			return m, err
		}
		alone, err := measureIn[bare]("badger", openArgs{p})
		if err != nil {
			return m, err
		}
		m.open, m.bare = append(m.open, one), append(m.bare, alone)
	}
	if m.asked, err = measureIn[[]asked]("ask", askArgs{p, s.budget, nil}); err != nil {
		return m, err
	}
	for _, sort := range coldSorts {
		found, err := measureIn[[]cold]("cold", coldArgs{p, sort.runes, coldStrings})
		if err != nil {
			return m, err
		}
		m.cold = append(m.cold, found)
	}
	if m.compared, err = measureIn[compared]("compare", agreeArgs{p}); err != nil {
		return m, err
	}
	if m.loaded, err = loadServers(p, s); err != nil {
		return m, err
	}
	m.change, err = measureIn[changed]("change", changeArgs{p, m.Way, false, s.budget})
	return m, err
}

func repeated[R any](n int, name string, arguments any) ([]R, error) {
	var out []R
	for range n {
		one, err := measureIn[R](name, arguments)
		if err != nil {
			return nil, err
		}
		out = append(out, one)
	}
	return out, nil
}

// loadServers loads the limits and the graph's server with every workload, in turns.
func loadServers(p place, s settings) (out []loaded, err error) {
	questions, err := readQuestions(p)
	if err != nil {
		return nil, err
	}
	servers := map[string]*running{}
	defer func() {
		for _, r := range servers {
			err = errors.Join(err, r.stop())
		}
	}()
	var targets []*target
	for _, kind := range []string{serveBare, serveOrdinary, serveMemory, serveGraph} {
		if servers[kind], err = start(serveArgs{p, kind}); err != nil {
			delete(servers, kind)
			return nil, err
		}
		if kind == serveGraph {
			continue
		}
		t, err := newTarget(kind, servers[kind], readyDocument, []map[string]any{{}})
		if err != nil {
			return nil, err
		}
		targets = append(targets, t)
	}
	for _, w := range workload.All {
		t, err := questionTarget(w, servers[serveGraph], questions[w.Name])
		if err != nil {
			return nil, err
		}
		targets = append(targets, t)
		if slices.Contains(polled, w.Name) {
			targets = append(targets, t.again())
		}
	}
	for round := range s.rounds + 1 { // the first one warms up
		for _, t := range targets {
			if err := t.run(s.round, round > 0); err != nil {
				return nil, err
			}
		}
	}
	for _, t := range targets {
		out = append(out, t.figures())
	}
	return out, nil
}

// polled are the workloads that are loaded a second time, with answers that are kept: what dashboards ask again and again.
var polled = []string{"Q1", "Q6", "Q10"}

// readyDocument asks the servers that have a page ready for the fields of Q1.
const readyDocument = `{ timeline(first: 50) { nodes { id title date { edtf } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`
