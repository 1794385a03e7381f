package dates

// Quarters and halves of a year: 2020年第四季度, 一季度, 前三季度, 一至三季度, 上半年.

var halves = []struct {
	text string
	edge edge
}{
	{"上半年", half1}, {"下半年", half2},
}

func readQuarter(l *line, i int) (m *mention, end int, ok bool) {
	w, j := readYearBefore(l, i)
	m = &mention{from: w}
	for _, h := range halves {
		if l.has(j, h.text) {
			m.from.edge = h.edge
			return m, j + 3, true
		}
	}
	if l.has(j, "前三季度") {
		m.from.month, m.shape, m.to = 1, ranged, written{month: 9}
		return m, j + 4, true
	}
	ordinal := l.rune(j) == '第'
	if ordinal {
		j++
	}
	n, next, found := l.number(j, j > i)
	if !found || n < 1 || n > 4 {
		return nil, i, false
	}
	if sign := l.after(next, rangeSigns); sign > 0 && !ordinal {
		to, after, found := l.smallHere(next + sign)
		if !found || to <= n || to > 4 || !l.has(after, "季度") {
			return nil, i, false
		}
		m.from.month, m.shape, m.to = 3*n-2, ranged, written{month: 3 * to}
		return m, after + 2, true
	}
	if !l.has(next, "季度") {
		return nil, i, false
	}
	m.from.edge = quarter1 + edge(n-1)
	return m, next + 2, true
}
