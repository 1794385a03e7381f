package identity

import (
	"slices"

	"fangzhi/graph"
)

// SplitBlocks sorts the facts of documents, of each in their order, into the blocks of their atoms, by key: in a block they are in their
// order, each once. A fact that ties two names stands in both.
func SplitBlocks(documents ...[]graph.Fact) map[string][]graph.Fact {
	var keys []string // of blocks, by number
	numbers, of := map[string]int32{}, map[*graph.Atom]int32{}
	numberOf := func(a *graph.Atom) int32 {
		n, known := of[a]
		if !known {
			key := BlockKey(*a)
			if n, known = numbers[key]; !known {
				n = int32(len(keys))
				keys, numbers[key] = append(keys, key), n
			}
			of[a] = n
		}
		return n
	}
	type place struct {
		*graph.Fact
		block int32
	}
	all := 0
	for _, facts := range documents {
		all += len(facts)
	}
	places := make([]place, 0, all+all/8) // some facts tie
	for _, facts := range documents {
		var own int32
		for i := range facts {
			fact := &facts[i]
			if i == 0 || fact.A != facts[i-1].A {
				own = numberOf(fact.A)
			}
			places = append(places, place{fact, own})
			if fact.Kind == graph.FactTogether {
				if other := numberOf(fact.B); other != own {
					places = append(places, place{fact, other})
				}
			}
		}
	}
	ends := make([]int, len(keys)+1) // by block: where the next one begins, once all facts are in their places
	for i := range places {
		ends[places[i].block+1]++
	}
	for n := range keys {
		ends[n+1] += ends[n]
	}
	split := make([]graph.Fact, len(places))
	for i := range places {
		at := &ends[places[i].block]
		split[*at] = *places[i].Fact
		*at++
	}
	blocks, first := make(map[string][]graph.Fact, len(keys)), 0
	for n, key := range keys {
		blocks[key] = split[first:ends[n]:ends[n]]
		if len(documents) > 1 {
			blocks[key] = Sum(blocks[key])
		}
		first = ends[n]
	}
	return blocks
}

// Ties calls use with the keys of the other blocks that the facts of a block lead to.
func Ties(block *graph.Block, use func(key string)) {
	for i := range block.Facts {
		if f := &block.Facts[i]; f.Kind == graph.FactTogether {
			for _, a := range []*graph.Atom{f.A, f.B} {
				if key := BlockKey(*a); key != block.Key {
					use(key)
				}
			}
		}
	}
}

// Sum returns facts in their order, each once with all its counts. It changes the slice, of which it returns a part.
func Sum(facts []graph.Fact) []graph.Fact {
	slices.SortFunc(facts, func(f, g graph.Fact) int { return f.Compare(&g) })
	sum := facts[:0]
	for i := range facts {
		if n := len(sum); n > 0 && sum[n-1].Compare(&facts[i]) == 0 {
			sum[n-1].N += facts[i].N
		} else {
			sum = append(sum, facts[i])
		}
	}
	return sum
}

// Add returns the sum of two lists of facts, both in their order; sign -1 takes the second away. Facts of which
// none are left are dropped. It takes one walk over both, so that a name that everybody knows costs what is said of it.
func Add(a, b []graph.Fact, sign int) []graph.Fact {
	sum := make([]graph.Fact, 0, len(a)+len(b))
	for len(a) > 0 || len(b) > 0 {
		var f graph.Fact
		switch order := firstOf(a, b); {
		case order < 0:
			f, a = a[0], a[1:]
		case order > 0:
			f, b = b[0], b[1:]
			f.N *= sign
		default:
			f = a[0]
			f.N += sign * b[0].N
			a, b = a[1:], b[1:]
		}
		if f.N != 0 {
			sum = append(sum, f)
		}
	}
	return sum
}

// firstOf tells which of two lists, not both empty, has the lesser first fact: below zero for a.
func firstOf(a, b []graph.Fact) int {
	switch {
	case len(a) == 0:
		return 1
	case len(b) == 0:
		return -1
	}
	return a[0].Compare(&b[0])
}
