package identity

import (
	"slices"

	"fangzhi/graph"
)

// SplitBlocks sorts the facts of documents, of each in their order, into the blocks of their atoms, by key: in a block they are in their
// order, each once. A fact that ties two names stands in both.
func SplitBlocks(documents ...[]graph.Fact) map[string][]graph.Fact {
	type part []*graph.Fact
	parts := map[string]*part{}
	of := map[graph.Atom]*part{}
	partOf := func(a *graph.Atom) *part {
		p := of[*a]
		if p == nil {
			key := BlockKey(*a)
			if p = parts[key]; p == nil {
				p = new(part)
				parts[key] = p
			}
			of[*a] = p
		}
		return p
	}
	for _, facts := range documents {
		var own *part
		for i := range facts {
			fact := &facts[i]
			if i == 0 || !fact.A.Is(facts[i-1].A) {
				own = partOf(fact.A)
			}
			*own = append(*own, fact)
			if fact.Kind == graph.FactTogether {
				if other := partOf(fact.B); other != own {
					*other = append(*other, fact)
				}
			}
		}
	}
	blocks := make(map[string][]graph.Fact, len(parts))
	for key, p := range parts {
		if len(documents) > 1 {
			blocks[key] = once(*p)
			continue
		}
		own := make([]graph.Fact, len(*p))
		for i, f := range *p {
			own[i] = *f
		}
		blocks[key] = own
	}
	return blocks
}

// once returns the facts in their order, each once with all its counts; it changes the slice.
func once(facts []*graph.Fact) []graph.Fact {
	slices.SortFunc(facts, (*graph.Fact).Compare)
	others := 0
	for i, f := range facts {
		if i == 0 || f.Compare(facts[i-1]) != 0 {
			others++
		}
	}
	sum := make([]graph.Fact, 0, others)
	for _, f := range facts {
		if n := len(sum); n > 0 && sum[n-1].Compare(f) == 0 {
			sum[n-1].N += f.N
		} else {
			sum = append(sum, *f)
		}
	}
	return sum
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

// Sum returns facts in their order, each once with all its counts.
func Sum(facts []graph.Fact) []graph.Fact {
	all := make([]*graph.Fact, len(facts))
	for i := range facts {
		all[i] = &facts[i]
	}
	return once(all)
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
