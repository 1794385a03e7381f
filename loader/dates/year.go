package dates

// Years: 2020年, 二〇二〇年, 2020年度, 2018—2020年, 2020年底, 2020年春季, 公元前221年, 2020—2021学年; the words for a
// year that stand before a month, 今年, 去年, 次年; and 二十二年 of a reign told before.

var (
	yearWords     = words("今年", "本年", "去年", "上年", "前年", "明年", "来年", "次年", "翌年", "同年", "当年", "是年")
	yearWordKinds = []yearWord{thisYear, thisYear, lastYear, lastYear, yearBeforeLast, nextYear, nextYear, yearAfter, yearAfter, sameYear, sameYear, sameYear}
)

var (
	yearEdges     = words("年初", "年底", "年末", "初", "底", "末")
	yearEdgeKinds = []edge{early, late, late, early, late, late}
)

// notEdges begin with 初 and are other words: 2020年初步完成.
var notEdges = words("初步", "初中", "初级", "初次", "初审", "初任", "初选")

// notYears follow a number and 年 where it counts years or numbers something: 3000年历史, 2020年第4期.
var notYears = words("代", "历史", "文明", "文化史", "之久", "左右", "以上", "的历史", "的文明")

// countsBefore stand before a number of years: 距今1600年.
var countsBefore = words("距今", "上下", "约", "近", "长达", "历经", "历时", "超过", "逾", "达")

// numbered follow 第N where a year's publications or meetings are counted: 2020年第4期.
var numbered = words("期", "号", "次", "届", "批", "轮")

var (
	commonEra = words("公元前", "前")

	// lunarPrefixes and solarPrefixes say what the month behind them is counted by.
	lunarPrefixes = words("农历", "阴历", "旧历", "夏历")
	solarPrefixes = words("公历", "阳历", "新历", "西历")
)

// readYearBefore reads the year before a month: 2020年, 今年, 公元前221年, 康熙三十二年（1693）, 农历庚子年. Without one it
// returns i.
func readYearBefore(l *line, i int) (w written, next int) {
	if k := &l.stem; k.line == l && k.at == i { // every form asks
		return k.w, k.next
	}
	w, next = readYearFresh(l, i)
	l.stem = stem{l, i, w, next}
	return w, next
}

// stem is the last year read before a month.
type stem struct {
	line *line
	at   int
	w    written
	next int
}

func readYearFresh(l *line, i int) (w written, next int) {
	next = i
	if n := l.after(i, lunarPrefixes); n > 0 {
		w.calendar, next = lunisolar, i+n
	} else if n := l.after(i, solarPrefixes); n > 0 {
		w.calendar, next = solar, i+n
	}
	prefix := w.calendar
	w, next = readYearPart(l, next)
	if prefix != unsaid {
		w.calendar = prefix
	}
	if next > i && l.rune(next) != 0 {
		if n := l.after(next, lunarPrefixes); n > 0 {
			w.calendar, next = lunisolar, next+n
		} else if n := l.after(next, solarPrefixes); n > 0 {
			w.calendar, next = solar, next+n
		}
	}
	return w, next
}

// readYearPart is readYearBefore without the word for the calendar.
func readYearPart(l *line, i int) (w written, next int) {
	r := l.rune(i)
	if !isNumeral(r) {
		if k, n := l.index(i, yearWords); k >= 0 {
			return written{word: yearWordKinds[k]}, i + n
		}
		if w, next, found := readReignYear(l, i); found && w.hasYear {
			return w, next
		}
		if c, next, ok := readCycle(l, i); ok && l.rune(next) == '年' {
			return written{cycleYear: c, calendar: lunisolar}, next + 1
		}
	}
	if year, next, ok := readYearNumber(l, i); ok && l.rune(next) == '年' {
		w = written{hasYear: true, year: year}
		return w, w.readReignAside(l, next+1)
	}
	if r == '元' || isNumeral(r) {
		if n, next, ok := readOrdinalYear(l, i); ok && n <= maxReign && (!isDigit(r) || n > 9) {
			w = written{ordinal: n}
			after := w.readPrinted(l, next)
			switch {
			case w.printed != 0 && !isDigit(r) && !l.startsOrdinal(i): // of a reign that the table does not have: 建安五年（200）
				return written{hasYear: true, year: w.printed, cycleYear: w.cycleYear, calendar: lunisolar, foreign: true}, after
			case l.startsOrdinal(i):
				return w, after
			}
		}
	}
	return written{}, i
}

// maxReign is the length of the longest reign, of 康熙 and 昭和, in years.
const maxReign = 64

// startsOrdinal tells whether a year of a reign told before may stand at i: at the start of a clause, or in a list of
// years (五年及十六年).
func (l *line) startsOrdinal(i int) bool {
	return l.startsClause(i) || l.before(i, yearLists) > 0
}

var yearLists = words("年及", "年、", "年和", "年至", "年与", "及", "、")

// readYearNumber reads 2020, 公元618, 公元前221 or 前221; the last needs three digits, or it would be
// 前3年. Years before 1 CE are astronomical: 公元前221年 is -220.
func readYearNumber(l *line, i int) (year, next int, ok bool) {
	switch l.rune(i) {
	case '前', '公':
		if n := l.after(i, commonEra); n > 0 {
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
		}
		return 0, i, false
	}
	if year, next, ok = l.fourDigits(i); ok || !l.atStart(i) && l.rune(i-1) != '(' {
		return year, next, ok
	}
	// 618年 where nothing else can stand: 300年历史 is no date.
	year, next, ok = readDigits(l, i)
	r := l.rune(next + 1)
	return year, next, ok && year > 0 && (l.rune(next) == '年' && next-i == 3 && (r == ',' || r == '(' || r == 0 || l.gap(next+1)) || l.rune(i-1) == '(' && (l.rune(next) == ')' || l.has(next, "年)")))
}

// readDigits reads one to four ASCII digits.
func readDigits(l *line, i int) (n, next int, ok bool) {
	for next = i; isDigit(l.rune(next)) && next < i+4; next++ {
		n = n*10 + int(l.r[next]-'0')
	}
	return n, next, next > i && !isNumeral(l.rune(next))
}

func readYear(l *line, i int) (m *mention, end int, ok bool) {
	w, next := readYearBefore(l, i)
	if next > i && (!w.hasYear || w.reign != 0 || w.foreign || w.cycleYear != 0) {
		return readToldYear(l, i, w, next)
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
	if end, ok := m.readPartOfYear(l, next); ok {
		return m, m.readToPartOfYear(l, end), true
	}
	if m, end, ok := readFestival(l, i); ok {
		return m, end, true
	}
	if l.rune(next) == '度' {
		next++
	}
	return m, next, true
}

// readToldYear reads what follows a year that is not a number of the Common Era: 去年底, 是年冬, 康熙三十二年春. A bare
// 去年 is no date.
func readToldYear(l *line, i int, w written, next int) (m *mention, end int, ok bool) {
	if !w.hasYear && w.word == noWord && w.ordinal == 0 && w.cycleYear == 0 {
		return nil, i, false // 农历 and no year
	}
	m = &mention{from: w}
	if w.reign != 0 && w.ordinal != 0 {
		if n := l.after(next, rangeSigns); n > 0 {
			to, after := readYearPart(l, next+n)
			if after == next+n { // 三十二年至三十五年, the name is written once
				if n, k, ok := readOrdinalYear(l, after); ok {
					to, after = written{ordinal: n}, k
					after = to.readPrinted(l, after)
				}
			}
			if to.ordinal != 0 && !to.hasYear {
				if y, ok := w.reign.era().YearOf(to.ordinal); ok && y > w.year {
					to.hasYear, to.year, to.reign, to.calendar = true, y, w.reign, w.calendar
				}
			}
			if to.hasYear && to.year > w.year && l.rune(after) != '月' {
				m.shape, m.to = ranged, to
				return m, after, true
			}
		}
	}
	if end, ok := m.readPartOfYear(l, next); ok {
		m.weak = w.ordinal != 0 && w.reign == 0 || w.cycleYear != 0 && !w.hasYear
		return m, end, true
	}
	switch {
	case w.hasYear:
		return m, next, l.after(next, notReignYears) == 0
	case w.ordinal != 0 && l.after(next, notOrdinals) == 0:
		m.weak = true
		return m, next, true
	case w.cycleYear != 0:
		m.weak = true
		return m, next, true
	}
	return nil, i, false
}

var (
	// notReignYears follow the year of an edition: 康熙三十七年《云河县志》, 光绪十二年刻本.
	notReignYears = words("《", "刻本", "刊本", "抄本", "修本", "版", "本", "志", "号")

	// notOrdinals follow a number of years: 十年后, 三年自然灾害.
	notOrdinals = words("后", "前", "内", "间", "来", "之", "多", "余", "级", "制", "期", "自然", "行动", "规划", "计划", "以", "左右", "时间", "一", "的", "有期", "有余", "困难", "生")
)

// readPartOfYear reads 初, 底 or a season behind a year.
func (m *mention) readPartOfYear(l *line, i int) (end int, ok bool) {
	if k, n := l.index(i, yearEdges); k >= 0 && l.after(i, notEdges) == 0 {
		m.from.edge = yearEdgeKinds[k]
		return i + n, true
	}
	if e, n := readSeasonWord(l, i); n > 0 {
		m.from.edge = e
		if to, k := readSeasonWord(l, i+n); n == 1 && k > 0 && to > e { // 春夏
			m.shape, m.to = ranged, written{edge: to}
			n += k
		}
		return i + n, true
	}
	return i, false
}

// readToPartOfYear reads the end of 1958年秋至1959年春 and 1958年底至1959年初, and returns i where there is none.
func (m *mention) readToPartOfYear(l *line, i int) int {
	n := l.after(i, rangeSigns)
	if n == 0 || m.shape != single {
		return i
	}
	w, next := readYearPart(l, i+n)
	if !w.hasYear && w.word == noWord {
		return i
	}
	part := mention{from: w}
	end, ok := part.readPartOfYear(l, next)
	if !ok || part.shape != single {
		return i
	}
	m.shape, m.to = ranged, part.from
	return end
}

// readYearRange reads the end of 2018—2020年 and 2020—2021学年, which is from September to July.
func (m *mention) readYearRange(l *line, i int) (end int, ok bool) {
	year, next, ok := l.fourDigits(i)
	if !ok || year <= m.from.year {
		return i, false
	}
	if to, end, found := readNextMonth(l, i); found { // 2018年至2020年12月
		m.shape, m.to = ranged, to
		return end, true
	}
	m.shape, m.to = ranged, written{hasYear: true, year: year}
	switch {
	case l.has(next, "学年"):
		m.from.month, m.to.month = 9, 7
		return next + 2, true
	case l.has(next, "年度"):
		return next + 2, true
	case l.rune(next) == '年' && l.rune(next+1) != '月' && !isDigit(l.rune(next+1)):
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
