// Command bench measures fangzhi and writes what it saw, with the machine, the commit and the command, to RESULTS.md.
//
//	go run ./bench [-o bench/RESULTS.md] [-part loader|graph] [-sizes 10000,100000] [-work DIR]
//	go run ./bench corpus -events 100000 -o corpus.jsonl
//
// Every measurement is made in a process of its own, so that memory is that of one workload. Times are medians of several
// runs; what decides is the ratio to the base line that the same run measured in turns with it.
package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"fangzhi/bench/corpus"
)

func main() {
	if err := dispatch(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func dispatch(args []string) error {
	switch {
	case len(args) > 0 && args[0] == "child":
		return runChild(args[1:])
	case len(args) > 0 && args[0] == "corpus":
		return writeCorpus(args[1:])
	}
	return run(args)
}

// writeCorpus writes a corpus in the interchange form.
func writeCorpus(args []string) (err error) {
	flags := flag.NewFlagSet("bench corpus", flag.ContinueOnError)
	events := flags.Int("events", 10_000, "how many events")
	from := flags.Uint64("seed", seed, "the same seed gives the same bytes")
	out := flags.String("o", "", "write to this file instead of standard output")
	if err := flags.Parse(args); err != nil {
		return err
	}
	var w io.Writer = os.Stdout
	if *out != "" {
		f, err := os.Create(*out)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, f.Close()) }()
		w = f
	}
	began := time.Now()
	if err := corpus.New(*events, *from).Write(w); err != nil {
		return fmt.Errorf("write the corpus: %w", err)
	}
	fmt.Fprintf(os.Stderr, "bench: %d events, %.0f a second\n", *events, float64(*events)/time.Since(began).Seconds())
	return nil
}

func run(args []string) error {
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	out := flags.String("o", "", "write the report to this file instead of standard output")
	part := flags.String("part", "", "measure only this part: loader or graph")
	sizes := flags.String("sizes", "10000,100000", "sizes of the graphs, in events; 1000000 takes long")
	s := settings{}
	flags.StringVar(&s.work, "work", "", "make the graphs in this folder and keep them for the next run (default a temporary one)")
	flags.DurationVar(&s.importLimit, "import-limit", 30*time.Minute, "give up an import after this time")
	flags.DurationVar(&s.budget, "budget", 10*time.Second, "ask a workload no longer than this, at the level of the store")
	flags.DurationVar(&s.round, "round", time.Second, "load a target so long in its turn")
	flags.IntVar(&s.rounds, "rounds", 3, "turns of each target")
	flags.IntVar(&s.questions, "questions", 300, "questions of each workload")
	flags.Func("way", "how graphs are made: command (fangzhi import), ingest or batches (default command where it can import, else batches)", s.parseWay)
	if err := flags.Parse(args); err != nil {
		return err
	}
	var err error
	if s.sizes, err = parseSizes(*sizes); err != nil {
		return err
	}
	s.keep = s.work != ""
	var b bytes.Buffer
	fmt.Fprintf(&b, "# What was measured\n\nCommand: `%s`. Machine: %s, %d cores; %s; commit %s; load when it began: %s.\n", command(flags), processor(), runtime.NumCPU(), runtime.Version(), commit(), busy())
	if *part != "graph" {
		if err := writeLoader(&b); err != nil {
			return err
		}
	}
	if *part != "loader" {
		m, err := measureGraphs(s)
		if err != nil {
			return err
		}
		m.write(&b)
	}
	if *out == "" {
		_, err := os.Stdout.Write(b.Bytes())
		return err
	}
	return os.WriteFile(*out, b.Bytes(), 0o644)
}

// parseSizes reads numbers of events, and sorts them.
func parseSizes(text string) ([]int, error) {
	var sizes []int
	for part := range strings.SplitSeq(text, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(part))
		if err != nil || n < smallest {
			return nil, fmt.Errorf("-sizes: %q is no number of events, at least %d", part, smallest)
		}
		sizes = append(sizes, n)
	}
	slices.Sort(sizes)
	return slices.Compact(sizes), nil
}

// smallest is the least size that has the shape of a corpus.
const smallest = 1000

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

// busy returns how many processes wanted a core in the last minute, in the mean; figures of a busy machine are ratios at best.
func busy() string {
	b, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	first, _, _ := strings.Cut(string(b), " ")
	return first
}

func commit() string {
	b, err := exec.Command("git", "rev-parse", "--short", "HEAD").Output()
	if err != nil {
		return "unknown"
	}
	return strings.TrimSpace(string(b))
}

// command returns how these figures are made again: what only says where they are kept is left out.
func command(flags *flag.FlagSet) string {
	text := "go run ./bench"
	flags.Visit(func(f *flag.Flag) {
		if f.Name != "o" && f.Name != "work" {
			text += fmt.Sprintf(" -%s %s", f.Name, f.Value)
		}
	})
	return text
}
