package eval

import (
	"fmt"
	"slices"
)

// meter is a measurement under way: the figures so far, and the event that is being measured.
type meter struct {
	figures Figures
	misses  []Miss
	// evident is whether the reading holds any evidence: one that is printed without is not measured by it.
	evident bool
	event   string
	line    int
}

func newMeter() *meter { return &meter{figures: slices.Clone(order), misses: []Miss{}} }

// at turns to the next event. line is that of the predicted one.
func (m *meter) at(e *event, line int) {
	m.event, m.line = e.Title, line
	if e.Title == "" {
		m.event = "(untitled)"
	}
}

// count returns the figure of that name, to count in.
func (m *meter) count(figure string) *Figure {
	for i := range m.figures {
		if m.figures[i].Name == figure {
			return &m.figures[i]
		}
	}
	panic("eval: no figure " + figure) // a name in this package that order lacks
}

func (m *meter) miss(figure string, what Kind, thing string) {
	m.misses = append(m.misses, Miss{Event: m.event, Figure: figure, What: what, Thing: thing, Line: m.line})
}

// grade adds one case to an accuracy, right to that degree.
func (m *meter) grade(figure string, good float64) {
	f := m.count(figure)
	f.Good += good
	f.Total++
}

// check adds one case to an accuracy. about names the thing that got and want are said of, or is "".
func (m *meter) check(figure string, good bool, about, got, want string) {
	if good {
		m.grade(figure, 1)
		return
	}
	m.grade(figure, 0)
	if about != "" {
		about += ": "
	}
	m.miss(figure, Wrong, fmt.Sprintf("%s%s, not %s", about, orNone(got), orNone(want)))
}

func orNone(s string) string {
	if s == "" {
		return "none"
	}
	return s
}

// comparison is two lists of one event, and how they are held together.
type comparison[T any] struct {
	figure                    string
	gold, predicted, optional []T
	// alike tells how well a predicted thing fits one of the gold; 0 is not at all.
	alike func(gold, predicted T) int
	// forgiven tells whether an optional thing of the gold excuses a predicted one that fits nothing; nil: if it is alike.
	forgiven func(optional, predicted T) bool
	show     func(T) string
}

// compare counts how many of the gold were found, one for one, and returns the pairs in the gold's order.
func compare[T any](m *meter, c comparison[T]) [][2]T {
	mates := match(c.gold, c.predicted, c.alike)
	f := m.count(c.figure)
	var pairs [][2]T
	taken := make([]bool, len(c.predicted))
	for i, g := range c.gold {
		j, ok := mates[i]
		if !ok {
			f.Missed++
			m.miss(c.figure, Missed, c.show(g))
			continue
		}
		f.Right++
		taken[j] = true
		pairs = append(pairs, [2]T{g, c.predicted[j]})
	}
	for j, p := range c.predicted {
		excused := func(o T) bool {
			if c.forgiven != nil {
				return c.forgiven(o, p)
			}
			return c.alike(o, p) > 0
		}
		if !taken[j] && !slices.ContainsFunc(c.optional, excused) {
			f.False++
			m.miss(c.figure, FalseAlarm, c.show(p))
		}
	}
	return pairs
}

// match gives as many of the gold as can be a predicted thing of their own that is alike, as gold index -> predicted
// index. Where there is a choice the more alike is taken, and those with the strongest claim choose first. (Kuhn's
// augmenting paths; lists are short.)
func match[T any](gold, predicted []T, alike func(gold, predicted T) int) map[int]int {
	type wish struct{ j, strength int }
	wishes := make([][]wish, len(gold))
	turns := make([]int, len(gold))
	for i, g := range gold {
		turns[i] = i
		for j, p := range predicted {
			if n := alike(g, p); n > 0 {
				wishes[i] = append(wishes[i], wish{j, n})
			}
		}
		slices.SortStableFunc(wishes[i], func(a, b wish) int { return b.strength - a.strength })
	}
	claim := func(i int) int {
		if len(wishes[i]) == 0 {
			return 0
		}
		return wishes[i][0].strength
	}
	slices.SortStableFunc(turns, func(a, b int) int { return claim(b) - claim(a) })

	owner := map[int]int{} // predicted index -> gold index
	var place func(i int, asked map[int]bool) bool
	place = func(i int, asked map[int]bool) bool {
		for _, w := range wishes[i] {
			if asked[w.j] {
				continue
			}
			asked[w.j] = true
			if had, taken := owner[w.j]; !taken || place(had, asked) {
				owner[w.j] = i
				return true
			}
		}
		return false
	}
	for _, i := range turns {
		place(i, map[int]bool{})
	}
	mates := make(map[int]int, len(owner))
	for j, i := range owner {
		mates[i] = j
	}
	return mates
}
