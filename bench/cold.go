package main

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"syscall"
	"time"

	"fangzhi/bench/workload"
	"fangzhi/fold"
	"fangzhi/graph"
)

// cold is what searches cost, with totalCount, for strings that nobody asked for before. Those in about as many events stand together.
type cold struct {
	// Events is in how many events the strings are at most, 0 for any number.
	Events              int
	Strings             int
	Mean, P50, P99, Max float64 // ms
	// CPU is the mean processor time of the process, ms.
	CPU     float64
	Slowest []string
}

type coldArgs struct {
	place
	// Runes is how long strings are, in code points; 0 for as Q5r draws them.
	Runes int
	// Strings is how many are asked.
	Strings int
}

// coldSorts are the sorts of strings that are asked for: how long they are (coldArgs.Runes), and how many ms p99 may be.
var coldSorts = []struct {
	what  string
	runes int
	most  float64
}{
	{"any of two characters", 2, 1},
	{"those of Q5r", 0, 50},
}

// coldStrings is how many strings of a sort are asked for at most.
const coldStrings = 2000

// coldClasses are in how many events the strings of a class are at most; those of the last in more.
var coldClasses = []int{100, 1000, 10_000, 100_000, math.MaxInt}

// askCold asks for strings of the texts of events, each once.
func askCold(a coldArgs) ([]cold, error) {
	questions, err := readQuestions(a.place)
	if err != nil {
		return nil, err
	}
	classes := make([][]coldOne, len(coldClasses))
	err = read(a.graph(), func(ctx context.Context, r graph.Reader) error {
		texts, err := coldTexts(ctx, r, questions, a)
		if err != nil {
			return err
		}
		time.Sleep(freed)
		search := workload.All[slices.IndexFunc(workload.All, func(w workload.Workload) bool { return w.Name == "Q5c" })]
		for i, text := range texts {
			cpu, began := processorTime(), time.Now()
			lines, limited, err := askOne(ctx, r, search, workload.Question{Text: text})
			one := coldOne{text, milliseconds(time.Since(began)), milliseconds(processorTime() - cpu)}
			if err == nil && limited {
				err = fmt.Errorf("%q: %w", text, graph.ErrLimit)
			}
			if err != nil {
				return err
			}
			total, _ := strconv.Atoi(lines[len(lines)-1])
			if class, _ := slices.BinarySearch(coldClasses, total); i >= warmUp {
				classes[class] = append(classes[class], one)
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	out := []cold{summarize(0, slices.Concat(classes...))}
	for i, class := range classes {
		out = append(out, summarize(coldClasses[i], class))
	}
	return out, nil
}

// coldOne is what one string cost, ms.
type coldOne struct {
	text      string
	took, cpu float64
}

func summarize(events int, all []coldOne) cold {
	c := cold{Events: events, Strings: len(all)}
	slices.SortFunc(all, func(a, b coldOne) int { return cmp.Compare(b.took, a.took) })
	var times []float64
	for i, one := range all {
		times = append(times, one.took)
		c.CPU += one.cpu / float64(len(all))
		if i < 5 {
			c.Slowest = append(c.Slowest, one.text)
		}
	}
	if c.Mean, c.P50, c.P99 = spread(times); len(all) > 0 {
		c.Max = all[0].took
	}
	return c
}

// coldTexts draws different strings from the texts of the events that Q7 asks for, or takes those of Q5r.
func coldTexts(ctx context.Context, r graph.Reader, questions workload.Questions, a coldArgs) ([]string, error) {
	var texts []string
	if a.Runes == 0 {
		for _, q := range questions["Q5r"] {
			texts = append(texts, q.Text)
		}
	} else {
		var ids []graph.ID
		for _, q := range questions["Q7"] {
			ids = append(ids, q.A)
		}
		bodies, err := r.Bodies(ctx, ids)
		if err != nil {
			return nil, err
		}
		for _, body := range bodies {
			runes := []rune(fold.String(body))
			for i := 0; i+a.Runes <= len(runes); i++ {
				texts = append(texts, string(runes[i:i+a.Runes]))
			}
		}
	}
	slices.Sort(texts)
	texts = slices.Compact(texts)
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(texts), func(i, j int) { texts[i], texts[j] = texts[j], texts[i] })
	return texts[:min(len(texts), a.Strings+warmUp)], nil
}

// processorTime returns the processor time of the process.
func processorTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
