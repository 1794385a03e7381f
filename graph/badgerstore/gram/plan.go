package gram

import (
	"cmp"
	"slices"
)

// A Plan says which grams to read to find a string in the events that were indexed with one Set.
type Plan struct {
	// Exact tells that the string itself is covered, the only one of Grams: its entry is the answer, unless it was left out.
	// Otherwise the events that have all Grams are candidates, whose texts have to be looked at.
	Exact bool
	// Grams are in the order in which they should be read: those in few events first. They are not all that
	// the string has, but no further one would tell much. It is empty for the string "", which every text contains.
	Grams []string
}

// maxGrams bounds the grams of a plan. Only a string that is longer than MaxLen has so many, and whatever has sixteen of
// them spread over its length is mostly found.
const maxGrams = 16

// A window is a gram of a string: n code points from the i-th on.
type window struct {
	i, n     int
	frequent bool // or not known: those of MaxLen
}

// Plan returns the plan for a folded string, which is valid UTF-8.
func (f *Set) Plan(pattern string) Plan {
	runes := []rune(pattern)
	longest := f.longest(runes)
	if len(longest) == 0 {
		return Plan{}
	}
	if longest[0].n == len(runes) {
		return Plan{Exact: true, Grams: []string{pattern}}
	}
	var chosen []window
	for i, w := range longest {
		if i == 0 || w.i+w.n > longest[i-1].i+longest[i-1].n { // no part of the one before
			chosen = append(chosen, w)
		}
	}
	slices.SortStableFunc(chosen, func(a, b window) int {
		if a.frequent != b.frequent {
			if b.frequent {
				return -1
			}
			return 1
		}
		return cmp.Compare(b.n, a.n)
	})
	var p Plan
	for _, w := range spread(chosen) {
		p.Grams = append(p.Grams, string(runes[w.i:w.i+w.n]))
	}
	return p
}

// longest returns for each code point the longest gram that begins there and is covered; the last code point has none of its
// own if it has one before it.
func (f *Set) longest(runes []rune) []window {
	if len(runes) == 0 {
		return nil
	}
	numbers := make([]uint32, len(runes))
	for i, r := range runes {
		numbers[i] = uint32(r)
	}
	if len(runes) == 1 {
		return []window{{n: 1}}
	}
	all := make([]window, len(runes)-1)
	for i := range all {
		all[i] = window{i: i, n: 1}
	}
	for n := 2; n <= min(MaxLen, len(runes)); n++ { // numbers are those of the grams of n-1 code points
		for i := range len(runes) - n + 1 {
			if numbers[i] == none || numbers[i+1] == none {
				numbers[i] = none
				continue
			}
			numbers[i] = f.number(n, numbers[i], numbers[i+1])
			all[i] = window{i: i, n: n, frequent: n == MaxLen || numbers[i] != none}
		}
		numbers[len(runes)-n+1] = none
	}
	return all
}

// spread returns at most maxGrams windows. Those that are not frequent go first; what is left of the places is spread
// evenly over the others, as neighbours share most of their code points.
func spread(all []window) []window {
	if len(all) <= maxGrams {
		return all
	}
	rare := 0
	for rare < len(all) && !all[rare].frequent {
		rare++
	}
	few := func(w []window, n int) []window {
		if len(w) <= n {
			return w
		}
		var some []window
		for i := range n {
			some = append(some, w[i*len(w)/n])
		}
		return some
	}
	some := few(all[:rare:rare], maxGrams)
	return append(some[:len(some):len(some)], few(all[rare:], maxGrams-len(some))...)
}
