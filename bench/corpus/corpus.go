// Package corpus makes an invented graph of any size from a seed: county chronicles in monthly issues, with officials who
// have careers, organs, places, and bodies whose words are as frequent as words are. Nothing in it is true but the names
// and codes of the divisions, which are those of the table.
//
// An issue is a function of the seed, the size and its place alone: the same corpus twice is the same bytes, and none is
// kept. What engines are measured on is written either in the interchange form (Write) or as batches (Loader).
package corpus

import (
	"iter"
	"math/rand/v2"
)

// The years that a corpus spans; Extra goes beyond.
const (
	FirstYear = 1949
	LastYear  = 2024
	years     = LastYear - FirstYear + 1
	months    = years * 12
)

// Corpus is a graph that issues are made of. Its methods may be called from several goroutines.
type Corpus struct {
	// Publications are the chronicles, in the order in which they are written.
	Publications []*Publication

	seed   uint64
	events int
	words  *vocabulary
	cells  []cell // by publication, then month
	order  []int  // of cells, as they are written
}

// New returns the corpus of so many events; at least a thousand make the shape.
func New(events int, seed uint64) *Corpus {
	c := &Corpus{seed: seed, events: events, words: newVocabulary(seed)}
	c.Publications = newPublications(events, rng(seed, "publications", 0))
	c.cells = newCells(events, len(c.Publications), rng(seed, "months", 0))
	c.order = writingOrder(c.cells, rng(seed, "order", 0))
	return c
}

// Events is the number of events.
func (c *Corpus) Events() int { return c.events }

// Words returns the vocabulary of the bodies, the commonest first.
func (c *Corpus) Words() []string { return c.words.words }

// Issues yields the issues in the order in which they are written: publication by publication, month by month, and at the end
// a tenth of all in random order.
func (c *Corpus) Issues() iter.Seq[*Issue] {
	return func(yield func(*Issue) bool) {
		for _, at := range c.order {
			if !yield(c.issue(at)) {
				return
			}
		}
	}
}

// rng returns the generator of one part of a corpus, so that parts do not depend on one another.
func rng(seed uint64, part string, number int) *rand.Rand {
	h := uint64(14695981039346656037) // FNV-1a
	for i := range len(part) {
		h = (h ^ uint64(part[i])) * 1099511628211
	}
	return rand.New(rand.NewPCG(seed, h+uint64(number)*0x9e3779b97f4a7c15))
}

// binomial draws how many of n things happen, each with probability p.
func binomial(r *rand.Rand, n int, p float64) int {
	k := 0
	for range n {
		if r.Float64() < p {
			k++
		}
	}
	return k
}

func pick[T any](r *rand.Rand, from []T) T { return from[r.IntN(len(from))] }
