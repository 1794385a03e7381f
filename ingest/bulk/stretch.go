package bulk

import (
	"cmp"
	"math"
	"slices"
)

// A stretch is a part of the file whose lines are of one publication, or wholeFile.
type stretch struct {
	from, to int64 // bytes; one that ends with the file may say more
	first    int   // the 1-based number of its first line
}

var wholeFile = stretch{to: math.MaxInt64, first: 1}

// stretches are found while the file is checked: 28 bytes for each.
type stretches struct {
	all   []stretch
	of    []uint32          // the publication of each, by number
	known map[string]uint32 // publications, numbered as they come
}

// begin notes the first line of an issue, which may begin a stretch.
func (s *stretches) begin(l *line) {
	number, known := s.known[l.publication]
	if !known {
		if s.known == nil {
			s.known = map[string]uint32{}
		}
		number = uint32(len(s.known))
		s.known[l.publication] = number
	}
	n := len(s.all)
	if n > 0 && s.of[n-1] == number {
		return
	}
	next := wholeFile
	if n > 0 {
		s.all[n-1].to = l.at
		next.from, next.first = l.at, l.number
	}
	s.all, s.of = append(s.all, next), append(s.of, number)
}

// shortStretch is how many bytes stretches have to have in the mean, so that they are read in another order: a disk that has to
// look for each would take longer than is won.
const shortStretch int64 = 16 << 10

// inOrder returns the stretches one publication after the other. The people, organs and places of one come again and again in its
// issues, and what is known of them is then still in memory. Of a million events the last tenth, whose issues came from everywhere,
// took a third of the processor time of all when it came last.
func (s *stretches) inOrder() []stretch {
	n := len(s.all)
	if n == len(s.known) || s.all[n-1].from < shortStretch*int64(n-1) {
		return []stretch{wholeFile}
	}
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(s.of[a], s.of[b]) })
	sorted := make([]stretch, n)
	for i, at := range order {
		sorted[i] = s.all[at]
	}
	return sorted
}
