package dates

// Quarters and halves of a year: 2020年第四季度, 一季度, 前三季度, 一至三季度, 上半年.

// halves in the order of their edges.
var halves = words("上半年", "下半年")

func readQuarter(l *line, i int) (m *mention, end int, ok bool) {
	w, j := readYearBefore(l, i)
	if k, n := l.index(j, halves); k >= 0 {
		w.edge = half1 + edge(k)
		return &mention{from: w}, j + n, true
	}
	if l.has(j, "前三季度") {
		w.month = 1
		return &mention{from: w, shape: ranged, to: written{month: 9}}, j + 4, true
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
		w.month = 3*n - 2
		return &mention{from: w, shape: ranged, to: written{month: 3 * to}}, after + 2, true
	}
	if !l.has(next, "季度") {
		return nil, i, false
	}
	w.edge = quarter1 + edge(n-1)
	return &mention{from: w}, next + 2, true
}
