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
	// 冬，全县… or 冬  全县… or a line of its own; 年末人口 is a figure, 春风 a word.
	if n == 0 || l.rune(i+n) != ',' && (!l.atStart(i) || !l.gap(i+n) && i+n < len(l.r)) && l.after(i+n, rangeSigns) == 0 {
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
