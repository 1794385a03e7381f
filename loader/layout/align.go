package layout

import (
	"cmp"
	"slices"
	"strings"
)

// A placing puts a title or a column of the contents on lines of the body.
type placing struct {
	item   int
	at, n  int // lines
	weight int
}

// align places the items of the contents on the body. Every item has one place at most, and every line one item.
// Contents and body have the same order, so the places are those that keep it and fit best; what is left over then is
// placed where exactly its text stands. The result is sorted by line.
func align(items []item, lines []line, body *heads, isSection func(l *line) bool) []placing {
	best := newPrefixMax(len(lines) + 1)
	var all []placing
	var chain []int // all[i] follows all[chain[i]], -1 for none
	var score []int
	nth := map[string]int{} // equal titles before
	for t := range items {
		it := &items[t]
		first := len(all)
		for _, p := range candidates(it, t, nth[it.key], lines, body, isSection) {
			before := best.upTo(p.at)
			s := p.weight
			if before >= 0 {
				s += score[before]
			}
			all, chain, score = append(all, p), append(chain, before), append(score, s)
		}
		nth[it.key]++
		for i := first; i < len(all); i++ {
			best.put(all[i].at+all[i].n, i, score)
		}
	}
	var placed []placing
	used := make([]bool, len(lines))
	done := make([]bool, len(items))
	take := func(p placing) {
		placed = append(placed, p)
		done[p.item] = true
		for i := p.at; i < p.at+p.n; i++ {
			used[i] = true
		}
	}
	for i := best.upTo(len(lines)); i >= 0; i = chain[i] {
		take(all[i])
	}
	for _, p := range all {
		if it := items[p.item]; !done[p.item] && !it.isSection && p.weight >= exactWeight && !slices.Contains(used[p.at:p.at+p.n], true) {
			take(p)
		}
	}
	slices.SortFunc(placed, func(a, b placing) int { return cmp.Compare(a.at, b.at) })
	return placed
}

const exactWeight = 20

// candidates returns where an item may stand, best first, a few at most: of many equal headings those about the nth.
func candidates(it *item, index, nth int, lines []line, body *heads, isSection func(l *line) bool) []placing {
	const most = 16
	var out []placing
	found, quality := body.find(it.key)
	from := max(0, min(nth, len(found.at))-most/2)
	for _, i := range found.at[from:min(len(found.at), from+2*most)] {
		h := body.all[i]
		p := placing{item: index, at: h.at, n: h.n, weight: 2 * quality}
		next := h.at + h.n
		switch {
		case it.isSection && h.n > 1:
			continue
		case it.isSection:
			p.weight = 8
			if next < len(lines) && lines[next].mayHead() {
				p.weight += 4
			}
		case next < len(lines) && startsLikeText(&lines[next]):
			p.weight += 4
		}
		if lines[h.at].gap {
			p.weight++
		}
		if h.at > 0 {
			switch above := &lines[h.at-1]; {
			case above.mayHead() && isSection(above):
				p.weight += 3
			case !unfinished(tail(above.text)):
				p.weight++
			}
		}
		out = append(out, p)
	}
	slices.SortStableFunc(out, func(a, b placing) int { return cmp.Compare(b.weight, a.weight) })
	return out[:min(len(out), most)]
}

// startsLikeText tells whether a line can be the first of an article's text.
func startsLikeText(l *line) bool {
	if r := firstRune(l.text); strings.ContainsRune("，。；：、）》”", r) {
		return false
	}
	return l.isProse() || startsWithDate(l.text)
}

// prefixMax answers which of the values put so far at a position or before it is the best: a Fenwick tree.
type prefixMax struct {
	tree   []int // indexes of values, -1 for none
	scores []int
}

func newPrefixMax(n int) *prefixMax {
	p := &prefixMax{tree: make([]int, n+1), scores: make([]int, n+1)}
	for i := range p.tree {
		p.tree[i] = -1
	}
	return p
}

// put enters the value i with its score at a position.
func (p *prefixMax) put(at, i int, score []int) {
	for at++; at < len(p.tree); at += at & -at {
		if p.tree[at] < 0 || score[i] > p.scores[at] {
			p.tree[at], p.scores[at] = i, score[i]
		}
	}
}

// upTo returns the best value at positions up to and with at, -1 where there is none.
func (p *prefixMax) upTo(at int) int {
	best, score := -1, 0
	for at = min(at+1, len(p.tree)-1); at > 0; at -= at & -at {
		if i := p.tree[at]; i >= 0 && (best < 0 || p.scores[at] > score) {
			best, score = i, p.scores[at]
		}
	}
	return best
}
