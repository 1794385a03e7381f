package dates

// Months and their parts: 2020年12月, 12月份, 1—11月, 10月至12月, 12月上旬, 12月底, 闰四月, 腊月, 冬十月; and 上旬, 月底 alone under a
// heading.

var monthEdges = []struct {
	text string
	edge edge
}{
	{"月上旬", firstTen}, {"月中旬", secondTen}, {"月下旬", lastTen}, {"月份上旬", firstTen}, {"月份中旬", secondTen}, {"月份下旬", lastTen},
	{"月初", early}, {"月底", late}, {"月末", late}, {"月份", whole}, {"月", whole},
}

// notMonths follow 月 where it is no month: 6月龄, 12月刊.
var notMonths = words("龄", "期", "刊", "嫂", "经", "报", "饼", "球", "子")

// notFirstOfMonth begin with 初 behind 月 and are days: 三月初三.
var notFirstOfMonth = words("初一", "初二", "初三", "初四", "初五", "初六", "初七", "初八", "初九", "初十")

// nameMonths are names with a month in Chinese numerals: 十月革命.
var nameMonths = words("十月革命", "三月三", "五月花", "六月六", "七月半", "九月九", "二月河", "一月风暴", "三月街", "二月二", "五月端", "二月逆流", "四月八")

// monthNumber is a month as it is written.
type monthNumber struct {
	month       int
	leap        bool
	traditional bool // only the Chinese calendar says so: 正月, 冬月, 腊月, 闰四月, 冬十月
	seasonal    bool // a season stands before it
	chinese     bool // in Chinese numerals
	repaired    string
}

func (w *written) setMonth(m monthNumber) {
	w.month, w.leap, w.chinese = m.month, m.leap, m.chinese
	if m.traditional && w.calendar == unsaid {
		w.calendar = lunisolar
	}
}

// readMonthNumber reads 12, 十二, 正, 腊, 闰四 or 冬十 before 月, and returns the index of 月. followed tells that it may
// stand behind any code point, as behind a year.
func readMonthNumber(l *line, i int, followed bool) (m monthNumber, next int, ok bool) {
	j := i
	switch l.rune(j) {
	case '春', '夏', '秋', '冬':
		if l.has(j, "冬月") {
			return monthNumber{month: 11, traditional: true, chinese: true}, j + 1, true
		}
		m.seasonal, m.traditional = true, true
		j++
	case '元':
		if l.has(j, "元月") {
			return monthNumber{month: 1, chinese: true}, j + 1, true
		}
		return m, i, false
	case '-': // 1958年--月
		if followed && l.has(j, "--月") {
			return monthNumber{month: 11, chinese: true, repaired: "?"}, j + 2, true
		}
		return m, i, false
	}
	if l.rune(j) == '闰' {
		m.leap, m.traditional = true, true
		j++
	}
	switch {
	case l.has(j, "正月"):
		m.month, m.traditional, m.chinese = 1, true, true
		return m, j + 1, true
	case l.has(j, "腊月"):
		m.month, m.traditional, m.chinese = 12, true, true
		return m, j + 1, true
	}
	n, next, found := l.number(j, followed || j > i)
	if !found {
		if n, next, found = l.misread(j); found {
			m.repaired = "?"
		}
	}
	if !found || n < 1 || n > 12 || l.rune(next) != '月' {
		return monthNumber{}, i, false
	}
	m.month, m.chinese = n, !isDigit(l.rune(next-1)) && m.repaired == ""
	if m.seasonal && !m.chinese {
		return monthNumber{}, i, false
	}
	return m, next, true
}

// number reads a number up to 99; where it follows a year, it may stand behind any code point.
func (l *line) number(i int, followsYear bool) (n, next int, ok bool) {
	if followsYear {
		return l.smallHere(i)
	}
	return l.small(i)
}

func readMonth(l *line, i int) (m *mention, end int, ok bool) {
	w, j := readYearBefore(l, i)
	from := w
	if to, end, found := from.readMonthsCompact(l, j, j > i); found { // 1—11月
		return &mention{shape: ranged, from: from, to: to}, end, true
	}
	mo, next, found := readMonthNumber(l, j, j > i)
	if !found {
		return nil, i, false
	}
	from.setMonth(mo)
	e, after, found := readMonthSign(l, next)
	if !found {
		return nil, i, false
	}
	from.edge = e
	m = &mention{from: from}
	m.weak = w.ordinal != 0 && w.reign == 0 || w.cycleYear != 0 && !w.hasYear
	if mo.repaired != "" {
		m.repaired = l.words(i, after) + "→" + m.from.phrase()
	}
	if sign := l.after(after, rangeSigns); sign > 0 {
		if to, end, found := readNextMonth(l, after+sign); found {
			m.shape, m.to = ranged, to
			return m, end, true
		}
	}
	if j == i && e == whole && mo.chinese {
		// A bare month in Chinese numerals is a date where the lines above say so, or a name: 十月革命, 三月三.
		if l.after(i, nameMonths) > 0 || !mo.seasonal && !l.startsClause(i) {
			return nil, i, false
		}
		m.weak = true
	}
	m.readMonthList(l, &after)
	return m, after, true
}

// readMonthsCompact reads 1—11月 at i, where only the last number has its 月.
func (w *written) readMonthsCompact(l *line, i int, followed bool) (to written, end int, ok bool) {
	n, next, found := l.number(i, followed)
	if !found || n < 1 || n > 12 {
		return to, i, false
	}
	sign := l.after(next, rangeSigns)
	if sign == 0 {
		return to, i, false
	}
	last, after, found := l.smallHere(next + sign)
	if !found || last <= n || last > 12 {
		return to, i, false
	}
	if _, after, found = readMonthSign(l, after); !found || isNumeral(l.rune(after)) {
		return to, i, false
	}
	w.month, w.chinese = n, !isDigit(l.rune(i))
	return written{month: last, chinese: w.chinese}, after, true
}

// readMonthList reads further months: 3月、5月和9月.
func (m *mention) readMonthList(l *line, end *int) {
	if m.from.edge != whole {
		return
	}
	items := []item{{from: m.from}}
	for len(items) < 12 {
		n := l.after(*end, listSigns)
		mo, next, ok := readMonthNumber(l, *end+n, true)
		if n == 0 || !ok || mo.month <= items[len(items)-1].from.month {
			break
		}
		e, after, ok := readMonthSign(l, next)
		if !ok || e != whole || isNumeral(l.rune(after)) || l.rune(after) == '初' {
			break
		}
		w := written{calendar: m.from.calendar}
		w.setMonth(mo)
		items = append(items, item{from: w})
		*end = after
	}
	if len(items) > 1 {
		m.shape, m.items = listed, items
	}
}

// readMonthSign reads 月, 月份, 月底, 月上旬 at i.
func readMonthSign(l *line, i int) (e edge, end int, ok bool) {
	if l.rune(i) != '月' {
		return whole, i, false
	}
	for _, s := range monthEdges {
		if l.has(i, s.text) && (s.edge != early || l.after(i+1, notFirstOfMonth) == 0 && l.after(i+1, notEdges) == 0) {
			end = i + len([]rune(s.text))
			return s.edge, end, s.edge != whole || l.gap(end) || l.after(end, notMonths) == 0
		}
	}
	return whole, i, false
}

// readNextMonth reads the end of a range of months: 12月, 2021年1月, 次年3月底.
func readNextMonth(l *line, i int) (w written, end int, ok bool) {
	w, j := readYearBefore(l, i)
	mo, next, found := readMonthNumber(l, j, true)
	if !found {
		return w, i, false
	}
	w.setMonth(mo)
	w.edge, end, ok = readMonthSign(l, next)
	return w, end, ok && !isNumeral(l.rune(end)) && l.rune(end) != '初' // 11月至12月3日 is no range of months
}

var partsOfMonth = []struct {
	text string
	edge edge
}{
	{"上旬", firstTen}, {"中旬", secondTen}, {"下旬", lastTen}, {"月初", early}, {"月底", late}, {"月末", late},
}

// readPartOfMonth reads 上旬 or 月底 without its month, at the start of a clause.
func readPartOfMonth(l *line, i int) (m *mention, end int, ok bool) {
	if !l.startsClause(i) {
		return nil, i, false
	}
	same := l.after(i, sameMonthWords) // 是月下旬
	i += same
	for _, p := range partsOfMonth {
		if !l.has(i, p.text) {
			continue
		}
		m = &mention{from: written{edge: p.edge}, sameMonth: same > 0}
		if p.edge < firstTen {
			m.weak, m.from.edge = true, monthEarly+p.edge-early
		}
		end = i + 2
		if n := l.after(end, rangeSigns); n > 0 {
			for _, q := range partsOfMonth[:3] {
				if l.has(end+n, q.text) && q.edge > p.edge {
					m.shape, m.to = ranged, written{edge: q.edge}
					return m, end + n + 2, true
				}
			}
		}
		return m, end, true
	}
	return nil, i, false
}
