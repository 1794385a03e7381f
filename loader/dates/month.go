package dates

// Months and their parts: 2020年12月, 12月份, 1—11月, 10月至12月, 12月上旬, 12月底; and 上旬 alone under a heading.

var monthEdges = []struct {
	text string
	edge edge
}{
	{"月上旬", firstTen}, {"月中旬", secondTen}, {"月下旬", lastTen}, {"月份上旬", firstTen}, {"月份中旬", secondTen}, {"月份下旬", lastTen},
	{"月初", early}, {"月底", late}, {"月末", late}, {"月份", whole}, {"月", whole},
}

// notMonths follow 月 where it is no month: 6月龄, 12月刊.
var notMonths = []string{"龄", "期", "刊", "嫂", "经", "报", "饼", "球"}

func readMonth(l *line, i int) (m *mention, end int, ok bool) {
	w, j := readYearBefore(l, i)
	n, next, found := l.number(j, j > i)
	if !found || n < 1 || n > 12 {
		return nil, i, false
	}
	m = &mention{from: w}
	m.from.month = n
	// A bare month in Chinese numerals is a name or lunar: 十月革命, 三月三.
	needsMore := j == i && l.rune(next-1) > '9'

	if sign := l.after(next, rangeSigns); sign > 0 { // 1—11月
		to, after, found := l.smallHere(next + sign)
		if !found || to <= n || to > 12 {
			return nil, i, false
		}
		_, after, found = readMonthSign(l, after)
		if !found {
			return nil, i, false
		}
		m.shape, m.to = span, written{month: to}
		return m, after, true
	}
	edge, after, found := readMonthSign(l, next)
	if !found {
		return nil, i, false
	}
	m.from.edge = edge
	if sign := l.after(after, rangeSigns); sign > 0 {
		if to, end, found := readNextMonth(l, after+sign); found {
			m.shape, m.to = span, to
			return m, end, true
		}
	}
	if needsMore && edge == whole {
		return nil, i, false
	}
	return m, after, true
}

// readMonthSign reads 月, 月份, 月底, 月上旬 at i.
func readMonthSign(l *line, i int) (e edge, end int, ok bool) {
	for _, s := range monthEdges {
		if l.has(i, s.text) {
			end = i + len([]rune(s.text))
			return s.edge, end, s.edge != whole || l.after(end, notMonths) == 0
		}
	}
	return whole, i, false
}

// readNextMonth reads the end of a range of months: 12月, 2021年1月, 次年3月底.
func readNextMonth(l *line, i int) (w written, end int, ok bool) {
	w, j := readYearBefore(l, i)
	n, next, found := l.smallHere(j)
	if !found || n < 1 || n > 12 {
		return w, i, false
	}
	w.month = n
	w.edge, end, ok = readMonthSign(l, next)
	return w, end, ok && !isNumeral(l.rune(end)) // 11月至12月3日 is no range of months
}

var partsOfMonth = []struct {
	text string
	edge edge
}{
	{"上旬", firstTen}, {"中旬", secondTen}, {"下旬", lastTen},
}

// readPartOfMonth reads 上旬 without its month, at the start of a clause.
func readPartOfMonth(l *line, i int) (m *mention, end int, ok bool) {
	if i > 0 && !endsClause(l.r[i-1]) {
		return nil, i, false
	}
	for _, p := range partsOfMonth {
		if l.has(i, p.text) && l.rune(i+2) != '起' {
			return &mention{from: written{edge: p.edge}}, i + 2, true
		}
	}
	return nil, i, false
}
