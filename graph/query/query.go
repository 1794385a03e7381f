// Package query answers the questions of the API, each written once over graph.Reader.
//
// A question is a function: a context, a Reader, one struct of arguments in; values of package graph and pages of them
// out. It reads in batches, never one record at a time in a loop, asks the context while it works, and answers
// graph.ErrLimit where it would have to work longer than its budget: never a part of an answer as if it were the whole.
//
// Every file has the base name of the schema file that it serves. Connections, edges and the filter have the names
// of the schema's types, so that gqlgen binds to them.
package query

import (
	"context"
	"fmt"

	"fangzhi/graph"
)

// checkEvery is how many steps of work pass between two looks at the context.
const checkEvery = 256

// MaxFirst is the most that a list without cursors (top, counts, paths, passages, values of a histogram) answers at once.
const MaxFirst = 100

// checkFirst returns first, or otherwise where it is nil; ErrBadInput below zero and ErrLimit over most.
func checkFirst(name string, first *int, otherwise, most int) (int, error) {
	if first == nil {
		return otherwise, nil
	}
	if *first < 0 {
		return 0, fmt.Errorf("%w: %s is %d, want 0 or more", graph.ErrBadInput, name, *first)
	}
	if *first > most {
		return 0, fmt.Errorf("%w: %s is %d, at most %d is answered", graph.ErrLimit, name, *first, most)
	}
	return *first, nil
}

// limits bound the work of one question; tests set them lower.
var limits = struct{ ties, witnesses int }{
	// ties between entities that are looked at; some tenths of a second.
	ties: 2_000_000,
	// attestations that a question about tenures looks at; a county of 100,000 articles has about 300,000.
	witnesses: 2_000_000,
}

// A budget bounds the work of one question and asks the context now and then.
type budget struct {
	steps, most int
	what        string
}

// spend counts n steps: ErrLimit over the budget, the context's error where it has ended.
func (b *budget) spend(ctx context.Context, n int) error {
	if (b.steps+n)/checkEvery != b.steps/checkEvery {
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	if b.steps += n; b.steps > b.most {
		return fmt.Errorf("%w: %s would take more than %d steps; ask with a narrower filter", graph.ErrLimit, b.what, b.most)
	}
	return nil
}
