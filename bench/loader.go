package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"syscall"
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
	// Peak is the peak memory of fangzhi parse in MB.
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
	file, err := w.file()
	if err != nil {
		return measured{}, err
	}
	defer func() { _ = os.Remove(file) }()
	var m measured
	var times, base []float64
	for range runs {
		start := time.Now()
		text, err := os.ReadFile(file)
		if err != nil {
			return m, err
		}
		if _, err := source.Read(file, text); err != nil {
			return m, err
		}
		m.MB = float64(len(text)) / mega
		base = append(base, time.Since(start).Seconds())
		runtime.GC()
		start = time.Now()
		if m.Events, err = readEvents(file); err != nil {
			return m, err
		}
		times = append(times, time.Since(start).Seconds())
		runtime.GC()
	}
	m.Seconds, m.Base = median(times), median(base)
	return m, nil
}

// peakOf returns the peak memory of fangzhi parse on the workload's text, in MB: this program holds more than the command does.
func (w textWorkload) peakOf(command string) (float64, error) {
	file, err := w.file()
	if err != nil {
		return 0, err
	}
	defer func() { _ = os.Remove(file) }()
	parse := exec.Command(command, "parse", file)
	if err := parse.Run(); err != nil {
		return 0, fmt.Errorf("%s: %w", parse, err)
	}
	usage, ok := parse.ProcessState.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0, errors.New("the system does not tell how much memory a process took")
	}
	return float64(usage.Maxrss) / 1024, nil
}

// file writes the text of the workload to a file and returns its name: as with the commands, nobody else holds the text.
func (w textWorkload) file() (string, error) {
	f, err := os.CreateTemp("", "bench-*.txt")
	if err != nil {
		return "", err
	}
	_, err = f.WriteString(w.text())
	return f.Name(), errors.Join(err, f.Close())
}

// readEvents reads a file as fangzhi parse does, event by event, and counts the events.
func readEvents(file string) (n int, err error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return 0, err
	}
	drafts, err := loader.Open(file, text, loader.Options{})
	for _, d := range drafts {
		_, events := d.Read()
		for range events {
			n++
		}
	}
	return n, err
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
	fmt.Fprintf(b, "\n## The loader\n\nTexts are made by bench/text.go from a fixed seed. Base line: decoding and cleaning the same bytes (loader/source) in the\nsame process, in turns. Events are counted as fangzhi parse prints them, one after another. Memory is the peak of fangzhi parse on the same text (maximum resident set), the program included.\n\n")
	fmt.Fprintf(b, "| workload | text, MB | events | s | MB/s | base line, MB/s | ratio | peak, MB | goal | met |\n|---|---|---|---|---|---|---|---|---|---|\n")
	folder, err := os.MkdirTemp("", "bench")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(folder) }()
	command := filepath.Join(folder, "fangzhi")
	if out, err := exec.Command("go", "build", "-o", command, "fangzhi/cmd/fangzhi").CombinedOutput(); err != nil {
		return fmt.Errorf("build fangzhi: %w: %s", err, out)
	}
	for _, w := range workloads {
		m, err := measureIn[measured]("loader", w.name)
		if err != nil {
			return err
		}
		if m.Peak, err = w.peakOf(command); err != nil {
			return err
		}
		fmt.Fprintf(b, "| %s | %.1f | %d | %.2f | %.2f | %.0f | 1/%.0f | %.0f | %s | %s |\n", w.name, m.MB, m.Events, m.Seconds, m.MB/m.Seconds,
			m.MB/m.Base, m.Seconds/m.Base, m.Peak, w.goal, mark(w.met(m)))
	}
	return nil
}
