// Command bench measures fangzhi and writes what it saw, with the machine, the commit and the command, to RESULTS.md.
//
//	go run ./bench [-o bench/RESULTS.md]
//
// Every measurement is made in a process of its own, so that memory is that of one workload. Times are medians of several
// runs; what decides is the ratio to the base line that the same process measured in turns with it.
package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
)

func main() {
	out := flag.String("o", "", "write the report to this file instead of standard output")
	only := flag.String("only", "", "measure only this workload, and print its figures as JSON")
	flag.Parse()
	if err := run(*out, *only); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(out, only string) error {
	if only != "" {
		for _, w := range workloads {
			if w.name == only {
				m, err := w.measure()
				if err != nil {
					return err
				}
				return json.NewEncoder(os.Stdout).Encode(m)
			}
		}
		return fmt.Errorf("no workload %q", only)
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "# What was measured\n\nCommand: `make bench`. Machine: %s, %d cores; %s; commit %s.\n\n", processor(), runtime.NumCPU(), runtime.Version(), commit())
	fmt.Fprintf(&b, "Texts are made by bench/corpus.go from a fixed seed. Base line: decoding and cleaning the same bytes (loader/source) in the\nsame process, in turns. Events are counted as fangzhi parse prints them, one after another. Memory is the process's peak (VmHWM),\nthe text and the program included.\n\n")
	fmt.Fprintf(&b, "| workload | text, MB | events | s | MB/s | base line, MB/s | ratio | peak, MB | goal | met |\n|---|---|---|---|---|---|---|---|---|---|\n")
	for _, w := range workloads {
		fmt.Fprintln(os.Stderr, "bench:", w.name)
		printed, err := exec.Command(self, "-only", w.name).Output()
		if err != nil {
			return fmt.Errorf("%s: %w", w.name, err)
		}
		var m measured
		if err := json.Unmarshal(printed, &m); err != nil {
			return fmt.Errorf("%s: %w", w.name, err)
		}
		met := "yes"
		if !w.met(m) {
			met = "no"
		}
		fmt.Fprintf(&b, "| %s | %.1f | %d | %.2f | %.2f | %.0f | 1/%.0f | %.0f | %s | %s |\n", w.name, m.MB, m.Events, m.Seconds, m.MB/m.Seconds,
			m.MB/m.Base, m.Seconds/m.Base, m.Peak, w.goal, met)
	}
	if out == "" {
		_, err := os.Stdout.Write(b.Bytes())
		return err
	}
	return os.WriteFile(out, b.Bytes(), 0o644)
}

// processor returns the name of the machine's processor.
func processor() string {
	b, err := os.ReadFile("/proc/cpuinfo")
	if err != nil {
		return runtime.GOARCH
	}
	for line := range strings.Lines(string(b)) {
		if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return runtime.GOARCH
}

func commit() string {
	b, err := exec.Command("git", "rev-parse", "--short", "HEAD").Output()
	if err != nil {
		return "unknown"
	}
	return strings.TrimSpace(string(b))
}
