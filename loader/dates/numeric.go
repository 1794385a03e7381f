package dates

// Days in digits: 2020.12.4, 2020-12-04, 2020/12/4, and ranges of them. A date without its year is not
// read: 12.4 is a name (“12.4”国家宪法日), a price or a score.

func readNumeric(l *line, i int) (m *mention, end int, ok bool) {
	w, next, ok := readNumericDay(l, i)
	if !ok {
		return nil, i, false
	}
	m = &mention{from: w}
	if n := l.after(next, rangeSigns); n > 0 {
		if to, after, found := readNumericDay(l, next+n); found {
			m.shape, m.to = span, to
			return m, after, true
		}
	}
	return m, next, true
}

func readNumericDay(l *line, i int) (w written, end int, ok bool) {
	year, next, ok := l.fourDigits(i)
	sign := l.rune(next)
	if !ok || sign != '·' && sign != '-' && sign != '/' {
		return w, i, false
	}
	month, next, ok := l.smallHere(next + 1)
	if !ok || month < 1 || month > 12 || l.rune(next) != sign {
		return w, i, false
	}
	day, next, ok := l.smallHere(next + 1)
	if !ok || day < 1 || day > 31 || l.rune(next) == sign && isNumeral(l.rune(next+1)) {
		return w, i, false
	}
	return written{hasYear: true, year: year, month: month, day: day}, next, true
}
