package main

import (
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"slices"
	"time"

	"fangzhi/loader"
	"fangzhi/loader/source"
)

// A textWorkload is a text and what reading it should cost.
type textWorkload struct {
	name, goal string
	text       func() string
	met        func(measured) bool
}

// measured is what one process saw.
type measured struct {
	MB     float64
	Events int
	// Seconds is the median of reading the text, Base that of decoding and cleaning it alone.
	Seconds, Base float64
	// Peak is the process's peak memory in MB.
	Peak float64
}

const mega = 1 << 20

var workloads = []textWorkload{
	{"event text, 1 MB", "≥ 2 MB/s", func() string { return chronicle(mega, "云河县大事记") }, func(m measured) bool { return m.MB/m.Seconds >= 2 }},
	{"event text, 8 MB", "≥ 2 MB/s, ≤ 100 MB + 6 × text", func() string { return chronicle(8*mega, "云河县大事记") },
		func(m measured) bool { return m.MB/m.Seconds >= 2 && m.Peak <= 100+6*m.MB }},
	{"gazetteer, 5 MB", "≤ 3 s, ≤ 100 MB + 6 × text", func() string { return gazetteer(5 * mega) },
		func(m measured) bool { return m.Seconds <= 3 && m.Peak <= 100+6*m.MB }},
}

// runs is how often a text is read.
const runs = 3

func (w textWorkload) measure() (measured, error) {
	debug.SetGCPercent(50) // as fangzhi parse and load do
	text := []byte(w.text())
	m := measured{MB: float64(len(text)) / mega}
	var times, base []float64
	for range runs {
		start := time.Now()
		if _, err := source.Read("bench.txt", text); err != nil {
			return m, err
		}
		base = append(base, time.Since(start).Seconds())
		runtime.GC()
		start = time.Now()
		documents, err := loader.Read("bench.txt", text, loader.Options{})
		if err != nil {
			return m, err
		}
		times = append(times, time.Since(start).Seconds())
		m.Events = 0
		for i := range documents {
			m.Events += len(documents[i].Events)
		}
		runtime.GC()
	}
	m.Seconds, m.Base = median(times), median(base)
	m.Peak = status("self", "VmHWM")
	return m, nil
}

func median(s []float64) float64 {
	slices.Sort(s)
	return s[len(s)/2]
}

// measureLoader measures the workload of a name, for a process of its own.
func measureLoader(name string) (measured, error) {
	for _, w := range workloads {
		if w.name == name {
			return w.measure()
		}
	}
	return measured{}, fmt.Errorf("no workload %q", name)
}

// writeLoader measures what reading costs and writes its table.
func writeLoader(b io.Writer) error {
	fmt.Fprintf(b, "\n## The loader\n\nTexts are made by bench/text.go from a fixed seed. Base line: decoding and cleaning the same bytes (loader/source) in the\nsame process, in turns. Memory is the process's peak (VmHWM), the text and the program included.\n\n")
	fmt.Fprintf(b, "| workload | text, MB | events | s | MB/s | base line, MB/s | ratio | peak, MB | goal | met |\n|---|---|---|---|---|---|---|---|---|---|\n")
	for _, w := range workloads {
		m, err := measureIn[measured]("loader", w.name)
		if err != nil {
			return err
		}
		fmt.Fprintf(b, "| %s | %.1f | %d | %.2f | %.2f | %.0f | 1/%.0f | %.0f | %s | %s |\n", w.name, m.MB, m.Events, m.Seconds, m.MB/m.Seconds,
			m.MB/m.Base, m.Seconds/m.Base, m.Peak, w.goal, mark(w.met(m)))
	}
	return nil
}
