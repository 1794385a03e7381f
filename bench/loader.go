package main

import (
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"fangzhi/loader"
	"fangzhi/loader/source"
)

// A workload is a text and what reading it should cost.
type workload struct {
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

var workloads = []workload{
	{"event text, 1 MB", "≥ 2 MB/s", func() string { return chronicle(mega, "云河县大事记") }, func(m measured) bool { return m.MB/m.Seconds >= 2 }},
	{"event text, 8 MB", "≥ 2 MB/s, ≤ 100 MB + 6 × text", func() string { return chronicle(8*mega, "云河县大事记") },
		func(m measured) bool { return m.MB/m.Seconds >= 2 && m.Peak <= 100+6*m.MB }},
	{"gazetteer, 5 MB", "≤ 3 s, ≤ 100 MB + 6 × text", func() string { return gazetteer(5 * mega) },
		func(m measured) bool { return m.Seconds <= 3 && m.Peak <= 100+6*m.MB }},
}

// runs is how often a text is read.
const runs = 3

func (w workload) measure() (measured, error) {
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
	m.Peak = peak()
	return m, nil
}

func median(s []float64) float64 {
	slices.Sort(s)
	return s[len(s)/2]
}

// peak returns the process's peak memory in MB, 0 where the system does not tell.
func peak() float64 {
	b, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(b)) {
		var kb float64
		if n, _ := fmt.Sscanf(line, "VmHWM: %f kB", &kb); n == 1 {
			return kb / 1024
		}
	}
	return 0
}
