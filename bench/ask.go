package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"math"
	"slices"
	"time"

	"fangzhi/bench/workload"
	"fangzhi/graph"
)

// asked is what one workload cost at the level of the store: graph/query over one snapshot, one goroutine.
type asked struct {
	Workload       string
	Questions      int
	Mean, P50, P99 float64 // ms
	// Limited questions were refused with graph.ErrLimit or took longer than askLimit; their times count.
	Limited int
	// Digest is of all answers, to be compared with those of another engine or another day.
	Digest string
}

type askArgs struct {
	place
	// Budget bounds the time of a workload.
	Budget time.Duration
	// Only names the workloads that are asked; none for all.
	Only []string
}

const (
	// askLimit is how long a question may take, as the server has it.
	askLimit = 5 * time.Second
	warmUp   = 10
	fewest   = 5 // questions that are asked whatever the budget says
)

func ask(a askArgs) ([]asked, error) {
	questions, err := readQuestions(a.place)
	if err != nil {
		return nil, err
	}
	var out []asked
	err = read(a.graph(), func(ctx context.Context, r graph.Reader) error {
		time.Sleep(freed) // the store reads behind opening what questions will need
		for _, w := range workload.All {
			if len(a.Only) > 0 && !slices.Contains(a.Only, w.Name) {
				continue
			}
			one, err := askAll(ctx, r, w, questions[w.Name], a.Budget)
			if err != nil {
				return fmt.Errorf("%s: %w", w.Name, err)
			}
			out = append(out, one)
		}
		return nil
	})
	return out, err
}

func askAll(ctx context.Context, r graph.Reader, w workload.Workload, questions []workload.Question, budget time.Duration) (asked, error) {
	out := asked{Workload: w.Name}
	sum := sha256.New()
	start := time.Now()
	for _, q := range questions[max(len(questions)-warmUp, 0):] {
		if _, _, err := askOne(ctx, r, w, q); err != nil {
			return out, err
		}
		if time.Since(start) > budget/4 {
			break
		}
	}
	var times []float64
	for start = time.Now(); len(times) < len(questions) && (len(times) < fewest || time.Since(start) < budget); {
		began := time.Now()
		lines, limited, err := askOne(ctx, r, w, questions[len(times)])
		times = append(times, milliseconds(time.Since(began)))
		if err != nil {
			return out, err
		}
		if limited {
			out.Limited++
			lines = []string{"limited"}
		}
		addLines(sum, lines)
	}
	out.Questions, out.Digest = len(times), hex.EncodeToString(sum.Sum(nil))[:8]
	out.Mean, out.P50, out.P99 = spread(times)
	return out, nil
}

func askOne(ctx context.Context, r graph.Reader, w workload.Workload, q workload.Question) (lines []string, limited bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, askLimit)
	defer cancel()
	lines, err = w.Ask(ctx, r, q)
	if errors.Is(err, graph.ErrLimit) || errors.Is(err, context.DeadlineExceeded) {
		return nil, true, nil
	}
	return lines, false, err
}

func addLines(sum hash.Hash, lines []string) {
	for _, line := range lines {
		fmt.Fprintf(sum, "%d\x00%s", len(line), line)
	}
	sum.Write([]byte{0xff})
}

// spread sorts and returns the mean, the median and the value that 99 of 100 do not exceed.
func spread(times []float64) (mean, p50, p99 float64) {
	if len(times) == 0 {
		return 0, 0, 0
	}
	slices.Sort(times)
	for _, t := range times {
		mean += t
	}
	return mean / float64(len(times)), times[len(times)/2], times[int(math.Ceil(float64(len(times))*0.99))-1]
}
