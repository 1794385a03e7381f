package dates

// Days in digits: 2020.12.4, 2020-12-04, 2020/12/4, and ranges of them; 2020.12 where it opens a clause. A date without
// its year is read only where it opens an entry under a heading (12.4 区委召开会议): elsewhere it is a name (“12.4”国家宪法日), a
// price or a score.

func readNumeric(l *line, i int) (m *mention, end int, ok bool) {
	w, next, ok := readNumericDay(l, i)
	if !ok {
		return readNumericShort(l, i)
	}
	m = &mention{from: w}
	if n := l.after(next, rangeSigns); n > 0 {
		if to, after, found := readNumericDay(l, next+n); found {
			m.shape, m.to = ranged, to
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

// notShort follow a number with a point that is no date: 12.4亿元, 2020.12版.
var notShort = words("万", "亿", "元", "公", "千", "米", "吨", "亩", "倍", "个", "%", "级", "度", "版", "·", "-", "/", "平", "小", "户", "人", "克", "寸", "里", "年", "月", "分", "厘", "毫", "兆", "级", "斤", "株", "只", "头", "岁", "秒", "台", "辆", "以", "左", "多", "余", "升", "℃", "″", "两", "张", "份", "册", "本")

// readNumericShort reads 2020.12 at the start of a clause, and 12.4 at the start of a paragraph, which is weak.
func readNumericShort(l *line, i int) (m *mention, end int, ok bool) {
	if !l.startsClause(i) {
		return nil, i, false
	}
	year, next, hasYear := l.fourDigits(i)
	if hasYear {
		if l.rune(next) != '·' {
			return nil, i, false
		}
		month, end, ok := l.smallHere(next + 1)
		if !ok || month < 1 || month > 12 || end != next+3 || l.after(end, notShort) > 0 || end == len(l.r) || year > 2100 {
			return nil, i, false
		}
		return &mention{from: written{hasYear: true, year: year, month: month}}, end, true
	}
	if !l.atStart(i) || !isDigit(l.rune(i)) {
		return nil, i, false
	}
	month, next, ok := l.smallHere(i)
	if !ok || month < 1 || month > 12 || l.rune(next) != '·' || !isDigit(l.rune(next+1)) {
		return nil, i, false
	}
	day, end, ok := l.smallHere(next + 1)
	if !ok || day < 1 || day > 31 || l.after(end, notShort) > 0 || end == len(l.r) || isNumeral(l.rune(end)) {
		return nil, i, false
	}
	return &mention{weak: true, from: written{month: month, day: day}}, end, true
}
