package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strings"

	"fangzhi/bench/workload"
)

func readBuilt(file string) (built, bool) {
	var b built
	text, err := os.ReadFile(file)
	return b, err == nil && json.Unmarshal(text, &b) == nil
}

func writeBuilt(file string, b built) error {
	text, err := json.Marshal(b)
	if err != nil {
		return err
	}
	return os.WriteFile(file, text, 0o644)
}

// million is the size that most goals are set for.
const million = 1_000_000

// mark says whether a goal is met.
func mark(met bool) string {
	if met {
		return "yes"
	}
	return "no"
}

func (m *measuredGraphs) write(w io.Writer) {
	fmt.Fprintf(w, "\n## The graph\n\nThe corpus is made by bench/corpus from seed %d, shaped as its tests say, and %s.\n", seed, m.settings.way.words())
	fmt.Fprintf(w, "Questions are drawn from each graph by bench/workload, %d of a kind. Goals are for a million events, where they are no ratios.\n", m.settings.questions)
	m.writeSizes(w)
	m.writeMemory(w)
	m.writeChanges(w)
	m.writeAsked(w)
	for i := range m.sizes {
		if !m.sizes[i].incomplete {
			m.sizes[i].writeLoaded(w, m.settings)
		}
	}
}

// words says how a corpus came in.
func (w way) words() string {
	switch w {
	case byCommand:
		return "brought in by `fangzhi import`"
	case byIngest:
		return "loaded by package ingest, an issue a durable update"
	case byBatches:
		return "put into the engine without package ingest, an issue a durable update"
	}
	panic("bench: unknown way " + string(w))
}

func (m *measuredGraphs) writeSizes(w io.Writer) {
	fmt.Fprintf(w, "\n### Import\n\nTables are mapped files, whose pages the system takes back when it needs them; the goal is for the peak of what is no file.\n\n| events | s | CPU, s | events/s | peak, MB | with mapped files, MB | disk, MB | disk, bytes an event | goal | met |\n|---|---|---|---|---|---|---|---|---|---|\n")
	for i := range m.sizes {
		s := &m.sizes[i]
		name, rate := fmt.Sprint(s.Events), float64(s.built.Events)/s.Seconds
		peak := cmp.Or(s.Anonymous, s.Peak)
		met := rate >= 4000 && peak <= 1024
		if s.incomplete {
			name = fmt.Sprintf("%d of %d, given up", s.built.Events, s.Events)
			met = false
		}
		goal := "≥ 4000/s, ≤ 1024 MB"
		if s.Events >= million {
			goal += ", disk ≤ 1900 MB"
			met = met && s.Disk <= 1900
		}
		fmt.Fprintf(w, "| %s | %.1f | %.1f | %.0f | %.0f | %.0f | %.1f | %.0f | %s | %s |\n", name, s.Seconds, s.CPU, rate, peak, s.Peak, s.Disk, s.Disk*mega/float64(max(s.built.Events, 1)), goal, mark(met))
	}
}

func (m *measuredGraphs) writeMemory(w io.Writer) {
	fmt.Fprintf(w, "\n### Opening\n\nMedian of %d processes, files cached. RSS is that of a second later and counts mapped files; in brackets what is no file. Badger alone opens the same files, 50 Gets are of known keys.\n\n", openRuns)
	fmt.Fprintf(w, "| events | open, ms | tables not verified, ms | Badger alone, ms | with table checksums, ms | 50 Gets in a row, ms | 50 Gets anywhere, ms | RSS open, MB | RSS after Q1–Q3, MB | goal | met |\n|---|---|---|---|---|---|---|---|---|---|---|\n")
	rss := func(o []opened, total, anonymous func(opened) float64) string {
		return fmt.Sprintf("%.0f (%.0f)", middle(o, total), middle(o, anonymous))
	}
	row := func(events int, o []opened, b []bare, goal, met string) {
		alone := "– | – | – | –"
		if len(b) > 0 {
			alone = fmt.Sprintf("%.0f | %.0f | %.3f | %.3f", middle(b, func(b bare) float64 { return b.OpenMS }), middle(b, func(b bare) float64 { return b.VerifiedMS }),
				middle(b, func(b bare) float64 { return b.NeighboursMS }), middle(b, func(b bare) float64 { return b.RandomMS }))
		}
		fmt.Fprintf(w, "| %d | %.0f | %.0f | %s | %s | %s | %s | %s |\n", events, middle(o, func(o opened) float64 { return o.OpenMS }),
			middle(o, func(o opened) float64 { return o.UnverifiedMS }), alone,
			rss(o, func(o opened) float64 { return o.AfterOpen }, func(o opened) float64 { return o.AnonymousOpen }),
			rss(o, func(o opened) float64 { return o.Asked }, func(o opened) float64 { return o.AnonymousAfterAll }), goal, met)
	}
	row(smallEvents, m.small, nil, "–", "–")
	for i := range m.sizes {
		s := &m.sizes[i]
		if s.incomplete {
			continue
		}
		met := middle(s.open, func(o opened) float64 { return o.UnverifiedMS }) <= 300 && middle(s.open, func(o opened) float64 { return o.AfterOpen }) <= 500
		row(s.Events, s.open, s.bare, "not verified ≤ 300 ms, RSS open ≤ 500 MB", mark(met))
	}
}

func (m *measuredGraphs) writeChanges(w io.Writer) {
	fmt.Fprintf(w, "\n### An issue of %d events\n\nOne durable update each; put and removed in turns. Into none go the issues that go into the largest graph.\n\n| into | issues | put p50, ms | p99 | remove p50, ms | p99 | put, times that into none | goal | met |\n|---|---|---|---|---|---|---|---|---|\n", issueEvents)
	row := func(into string, c changed) {
		ratio := c.PutP50 / m.empty.PutP50
		met := c.PutP50 <= 10 && ratio <= flat
		fmt.Fprintf(w, "| %s | %d | %.1f | %.1f | %.1f | %.1f | %.2f | ≤ 10 ms, ≤ %.1f | %s |\n", into, c.Issues, c.PutP50, c.PutP99, c.RemoveP50, c.Removed, ratio, flat, mark(met))
	}
	row("none", m.empty)
	for i := range m.sizes {
		if s := &m.sizes[i]; !s.incomplete {
			row(fmt.Sprint(s.Events), s.change)
		}
	}
}

// flat is how much more may still be called the same.
const flat = 1.2

// storeGoals are the most that p99 may be at the level of the store, in ms.
var storeGoals = map[string]float64{"Q5c": 1, "Q5r": 50, "Q8": 15, "Q8k": 250}

// storeMeans are the most that means may be at the level of the store over a million events, in ms: half as much again as a prototype took
// that kept nothing but what these questions read.
var storeMeans = map[string]float64{
	"Q1": 0.36, "Q2a": 0.48, "Q2b": 0.48, "Q3": 0.2, "Q4": 0.29, "Q5c": 0.24, "Q6": 0.24, "Q7": 0.06, "Q8": 1.8, "Q9": 2.5,
}

func (m *measuredGraphs) writeAsked(w io.Writer) {
	fmt.Fprintf(w, "\n### Questions at the level of the store\n\ngraph/query over one snapshot, one goroutine, a second after opening: mean / p50 / p99 in ms, (how many of the questions fitted into %s). Growth is of p50, from size\nto size. `l` counts questions that met a limit.\n\n| | question |", m.settings.budget)
	var whole []*measuredGraph
	for i := range m.sizes {
		if !m.sizes[i].incomplete {
			whole = append(whole, &m.sizes[i])
		}
	}
	for _, s := range whole {
		fmt.Fprintf(w, " %d |", s.Events)
	}
	fmt.Fprintf(w, " growth | answers | goal | met |\n|---|---|%s---|---|---|---|\n", strings.Repeat("---|", len(whole)))
	for at, q := range workload.All {
		fmt.Fprintf(w, "| %s | %s |", q.Name, q.What)
		var growth, digests []string
		goal, met := storeGoal(q.Name), true
		for i, s := range whole {
			a := s.asked[at]
			limited := ""
			if a.Limited > 0 {
				limited = fmt.Sprintf(" l %d", a.Limited)
			}
			fmt.Fprintf(w, " %.2f / %.2f / %.2f (%d%s) |", a.Mean, a.P50, a.P99, a.Questions, limited)
			if i > 0 {
				growth = append(growth, fmt.Sprintf("× %.1f", a.P50/whole[i-1].asked[at].P50))
			}
			digests = append(digests, a.Digest)
			met = met && s.meets(q.Name, a)
		}
		verdict := "–"
		if goal != "–" && len(whole) > 0 {
			verdict = mark(met)
		}
		fmt.Fprintf(w, " %s | %s | %s | %s |\n", cmp.Or(strings.Join(growth, ", "), "–"), strings.Join(digests, " "), goal, verdict)
	}
	writeCold(w, whole)
	for _, s := range whole {
		fmt.Fprintf(w, "\nOf %d answers of the server over %d events %d differ from these.\n", s.compared.Questions, s.Events, s.compared.Differing)
	}
}

// writeCold writes what strings cost that nobody asked for before, by in how many events they are.
func writeCold(w io.Writer, whole []*measuredGraph) {
	fmt.Fprintf(w, "\n### Strings that nobody asked for before\n\nAs Q5c, first 20 and totalCount, each string once in a process of its own, the first %d not counted; ms. CPU is the process's.\n\n| events | strings | in so many events | asked | mean | p50 | p99 | most | CPU, mean | goal | met |\n|---|---|---|---|---|---|---|---|---|---|---|\n", warmUp)
	for _, s := range whole {
		for i, sort := range coldSorts {
			for _, c := range s.cold[i] {
				if c.Strings == 0 {
					continue
				}
				in, goal, met := "any", fmt.Sprintf("p99 ≤ %.0f ms", sort.most), mark(c.P99 <= sort.most)
				switch {
				case c.Events == math.MaxInt:
					in = fmt.Sprintf("> %d", coldClasses[len(coldClasses)-2])
				case c.Events > 0:
					in = fmt.Sprintf("≤ %d", c.Events)
				}
				if c.Events > 0 {
					goal, met = "–", "–"
				}
				fmt.Fprintf(w, "| %d | %s | %s | %d | %.2f | %.2f | %.2f | %.2f | %.2f | %s | %s |\n", s.Events, sort.what, in, c.Strings, c.Mean, c.P50, c.P99, c.Max, c.CPU, goal, met)
			}
		}
	}
}

func storeGoal(name string) string {
	var goals []string
	if mean, ok := storeMeans[name]; ok {
		goals = append(goals, fmt.Sprintf("mean ≤ %.2f ms at 1M", mean))
	}
	if name == "Q2b" {
		goals = append(goals, fmt.Sprintf("p50 ≤ %.1f × Q2z", flat))
	}
	if most, ok := storeGoals[name]; ok {
		goals = append(goals, fmt.Sprintf("p99 ≤ %.0f ms, no limit", most))
	}
	return cmp.Or(strings.Join(goals, "; "), "–")
}

func (m *measuredGraph) meets(name string, a asked) bool {
	if mean, ok := storeMeans[name]; ok && m.Events >= million && a.Mean > mean {
		return false
	}
	if name == "Q2b" {
		shallow := slices.IndexFunc(m.asked, func(a asked) bool { return a.Workload == "Q2z" })
		return a.P50 <= flat*m.asked[shallow].P50
	}
	most, ok := storeGoals[name]
	return !ok || a.P99 <= most && (a.Limited == 0 || name == "Q8k") // Q8k may refuse, in time
}

// peers are requests a second of hand-written Go over PostgreSQL 15 at a million events, on another day, and the factor that is
// asked of us.
var peers = map[string]struct{ qps, factor float64 }{
	"Q1": {3933, 1.5}, "Q2a": {773, 4}, "Q2b": {4279, 1.5}, "Q3": {4183, 1.5}, "Q4": {1065, 4}, "Q5c": {0.8, 500},
	"Q6": {194, 10}, "Q7": {6951, 1.2}, "Q8": {34, 15}, "Q9": {268, 3}, "Q10": {93, 5},
}

func (m *measuredGraph) writeLoaded(w io.Writer, s settings) {
	fmt.Fprintf(w, "\n### Over HTTP, %d events\n\n%d connections in a closed loop on loopback, targets in turns, %d rounds of %s each after one to warm up; a process each. CPU is the server's. Every answer is made anew, but for those that are told to be kept.\n\n", m.Events, connections, s.rounds, s.round)
	fmt.Fprintf(w, "| target | requests | qps | p50, ms | p99, ms | CPU, ms | KB | of bare | of memory | refused | differing | goal | met |\n|---|---|---|---|---|---|---|---|---|---|---|---|---|\n")
	qps := map[string]float64{}
	for _, l := range m.loaded {
		qps[l.Target] = l.QPS
	}
	for _, l := range m.loaded {
		goal, met := m.loadGoal(l, qps)
		fmt.Fprintf(w, "| %s | %d | %s | %.2f | %.2f | %.3f | %.1f | %.3f | %.2f | %d | %d | %s | %s |\n", targetName(l.Target), l.Requests, rate(l.QPS), l.P50, l.P99, l.CPU, l.KB,
			l.QPS/qps[serveBare], l.QPS/qps[serveMemory], l.Refused, l.Differing, goal, met)
	}
	for _, l := range m.loaded {
		if l.FirstError != "" {
			fmt.Fprintf(w, "\n%s: %s\n", l.Target, l.FirstError)
		}
	}
}

// rate prints requests a second.
func rate(qps float64) string {
	if qps < 100 {
		return fmt.Sprintf("%.1f", qps)
	}
	return fmt.Sprintf("%.0f", qps)
}

func targetName(name string) string {
	switch name {
	case serveBare:
		return "net/http, 8 KB ready"
	case serveMemory:
		return "the server, 50 events from memory"
	case serveOrdinary:
		return "the same, lists by gqlgen's executor"
	}
	return name
}

func (m *measuredGraph) loadGoal(l loaded, qps map[string]float64) (goal, met string) {
	if l.Target == "Q1" {
		ok := l.QPS >= 0.67*qps[serveMemory] && l.QPS >= 0.25*qps[serveBare]
		goal, met = "≥ 0.67 of memory, ≥ 0.25 of bare", mark(ok)
	}
	peer, there := peers[l.Target]
	if !there {
		return cmp.Or(goal, "–"), cmp.Or(met, "–")
	}
	want := peer.qps * peer.factor
	one := fmt.Sprintf("≥ %.0f at 1M", want)
	verdict := "–"
	if m.Events >= million {
		verdict = mark(l.QPS >= want && l.Refused == 0)
	}
	if goal == "" {
		return one, verdict
	}
	if verdict == "no" {
		met = verdict
	}
	return goal + "; " + one, met
}

func middle[T any](of []T, value func(T) float64) float64 {
	values := make([]float64, len(of))
	for i, o := range of {
		values[i] = value(o)
	}
	return median(values)
}
