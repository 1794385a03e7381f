package dates

// Seasons and ends of a year without the year, under a heading that has it: 春  全县兴修水利; 冬，; 年初，; 岁末.

var yearParts = []struct {
	text string
	edge edge
}{
	{"年初", early}, {"年底", late}, {"年末", late}, {"年终", late}, {"岁末", late}, {"岁初", early},
}

// readSeason reads a season at the start of a paragraph or a clause. It is weak: without a heading that has the year it
// says nothing.
func readSeason(l *line, i int) (m *mention, end int, ok bool) {
	if !l.startsClause(i) {
		return nil, i, false
	}
	e, n := readSeasonWord(l, i)
	for _, p := range yearParts {
		if n == 0 && l.has(i, p.text) {
			e, n = p.edge, 2
		}
	}
	if n == 0 || n == 1 && l.rune(i+1) != ',' && (!l.atStart(i) || !l.gap(i+1) && i+1 < len(l.r)) {
		return nil, i, false
	}
	end = i + n
	m = &mention{weak: true, from: written{edge: e}}
	if k := l.after(end, rangeSigns); k > 0 {
		if to, n := readSeasonWord(l, end+k); n > 0 && to > e && e >= spring {
			m.shape, m.to = ranged, written{edge: to}
			return m, end + k + n, true
		}
	}
	return m, end, true
}
