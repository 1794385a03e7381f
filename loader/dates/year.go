package dates

// Years: 2020年, 二〇二〇年, 2020年度, 2018—2020年, 2020年底, 2020年春季, 公元前221年, 2020—2021学年; and the
// words for a year that stand before a month: 今年, 去年, 次年.

var yearWords = []struct {
	text string
	word yearWord
}{
	{"今年", thisYear}, {"本年", thisYear}, {"去年", lastYear}, {"上年", lastYear}, {"前年", yearBeforeLast},
	{"明年", nextYear}, {"来年", nextYear}, {"次年", yearAfter}, {"翌年", yearAfter}, {"同年", sameYear}, {"当年", sameYear},
}

var yearEdges = []struct {
	text string
	edge edge
}{
	{"年初", early}, {"年底", late}, {"年末", late}, {"初", early}, {"底", late}, {"末", late},
}

// notEdges begin with 初 and are other words: 2020年初步完成.
var notEdges = []string{"初步", "初中", "初级", "初次", "初审", "初任", "初选"}

var seasons = []struct {
	text string
	edge edge
}{
	{"春季", spring}, {"夏季", summer}, {"秋季", autumn}, {"冬季", winter}, {"春天", spring}, {"夏天", summer}, {"秋天", autumn}, {"冬天", winter},
}

// notYears follow a number and 年 where it counts years or numbers something: 3000年历史, 2020年第4期.
var notYears = []string{"历史", "文明", "文化史", "之久", "左右", "以上", "的历史", "的文明"}

// countsBefore stand before a number of years: 距今1600年.
var countsBefore = []string{"距今", "上下", "约", "近", "长达", "历经", "历时", "超过", "逾", "达"}

// numbered follow 第N where a year's publications or meetings are counted: 2020年第4期.
var numbered = []string{"期", "号", "次", "届", "批", "轮"}

// readYearBefore reads the year before a month: 2020年, 今年, 公元前221年. Without one it returns i.
func readYearBefore(l *line, i int) (w written, next int) {
	for _, y := range yearWords {
		if l.has(i, y.text) {
			return written{word: y.word}, i + 2
		}
	}
	year, next, ok := readYearNumber(l, i)
	if !ok || l.rune(next) != '年' {
		return written{}, i
	}
	return written{hasYear: true, year: year}, next + 1
}

// readYearNumber reads 2020, 公元618, 公元前221 or 前221; the last needs three digits, or it would be
// 前3年. Years before 1 CE are astronomical: 公元前221年 is -220.
func readYearNumber(l *line, i int) (year, next int, ok bool) {
	if n := l.after(i, []string{"公元前", "前"}); n > 0 {
		year, next, ok = readDigits(l, i+n)
		if !ok || n == 1 && next-i-n < 3 || year == 0 {
			return 0, i, false
		}
		return 1 - year, next, true
	}
	if l.has(i, "公元") {
		if year, next, ok = readDigits(l, i+2); ok && year > 0 {
			return year, next, true
		}
		return 0, i, false
	}
	return l.fourDigits(i)
}

// readDigits reads one to four ASCII digits.
func readDigits(l *line, i int) (n, next int, ok bool) {
	for next = i; l.rune(next) >= '0' && l.rune(next) <= '9' && next < i+4; next++ {
		n = n*10 + int(l.r[next]-'0')
	}
	return n, next, next > i && !isNumeral(l.rune(next))
}

func readYear(l *line, i int) (m *mention, end int, ok bool) {
	for _, y := range yearWords { // 去年底; a bare 去年 is no date
		if l.has(i, y.text) {
			for _, e := range yearEdges[3:] {
				if l.has(i+2, e.text) {
					return &mention{from: written{word: y.word, edge: e.edge}}, i + 3, true
				}
			}
			return nil, i, false
		}
	}
	year, next, ok := readYearNumber(l, i)
	if !ok {
		return nil, i, false
	}
	m = &mention{from: written{hasYear: true, year: year}}
	signed := l.rune(next) == '年'
	if signed {
		next++
	}
	if n := l.after(next, rangeSigns); n > 0 {
		if end, ok := m.readYearRange(l, next+n); ok {
			return m, end, true
		}
	}
	if !signed || l.after(next, notYears) > 0 || l.before(i, countsBefore) > 0 || countsIssues(l, next) {
		return nil, i, false
	}
	for _, e := range yearEdges {
		if l.has(next, e.text) && l.after(next, notEdges) == 0 {
			m.from.edge = e.edge
			return m, next + len([]rune(e.text)), true
		}
	}
	for _, s := range seasons {
		if l.has(next, s.text) {
			m.from.edge = s.edge
			return m, next + 2, true
		}
	}
	if l.rune(next) == '度' {
		next++
	}
	return m, next, true
}

// readYearRange reads the end of 2018—2020年 and 2020—2021学年, which is from September to July.
func (m *mention) readYearRange(l *line, i int) (end int, ok bool) {
	year, next, ok := l.fourDigits(i)
	if !ok || year <= m.from.year {
		return i, false
	}
	m.shape, m.to = span, written{hasYear: true, year: year}
	switch {
	case l.has(next, "学年"):
		m.from.month, m.to.month = 9, 7
		return next + 2, true
	case l.has(next, "年度"):
		return next + 2, true
	case l.rune(next) == '年':
		return next + 1, true
	}
	m.shape, m.to = single, written{}
	return i, false
}

// countsIssues tells whether 第4期 or the like stands at i.
func countsIssues(l *line, i int) bool {
	if l.rune(i) != '第' {
		return false
	}
	_, next, ok := l.ordinal(i + 1)
	return ok && l.after(next, numbered) > 0
}
