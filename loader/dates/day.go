package dates

// Days: 2020年12月4日, 12 月 4 日, 十二月四日, 12月2日至4日, 2—4日, 12月3日、5日和8日, 12月某日.

// daySigns stand behind the number of a day.
var daySigns = []string{"日", "号"}

// notDays follow 4号 or 3日 where it is no day: 12月4号楼, 3日内, 两日游.
var notDays = []string{"楼", "院", "线", "文", "内", "以内", "游", "均", "间", "龄", "租", "志", "报", "本", "元", "夜", "后", "以后", "之后", "为期"}

// dayParts follow a day, also one that lacks its 日: 7月28上午.
var dayParts = []string{"上午", "下午", "中午", "晚", "凌晨", "清晨", "早", "当天", "当日"}

// rangeSigns stand between the ends of a range, longest first; package fold leaves one kind of dash.
var rangeSigns = []string{"--", "-", "起至", "起到", "至", "到"}

// maxDays is the number of days that one list is believed to have.
const maxDays = 31

// listSigns stand between the days of a list.
var listSigns = []string{"、", "和", "及", "与"}

func readDay(l *line, i int) (m *mention, end int, ok bool) {
	w, j := readYearBefore(l, i)
	n, next, found := l.number(j, j > i)
	if !found {
		return nil, i, false
	}
	m = &mention{}
	if l.rune(next) == '月' {
		if n < 1 || n > 12 {
			return nil, i, false
		}
		w.month = n
		j = next + 1
		if l.has(j, "某日") {
			w.edge = someDay
			m.from = w
			return m, j + 2, true
		}
		if n, next, found = l.smallHere(j); !found {
			return nil, i, false
		}
	} else if j > i || !startsHere(l, i) {
		return nil, i, false
	}
	w.day = n
	m.from = w
	end, ok = m.readDays(l, next)
	if !ok || n < 1 || n > 39 || w.month == 0 && !m.standsAlone(l, i, end) {
		return nil, i, false
	}
	return m, end, true
}

// notDay returns the length in code points of what shows that no day ends at i, 0 for nothing: 3日元, but 1月1日元旦.
func (l *line) notDay(i int) int {
	if l.has(i, "元旦") || l.has(i, "元宵") {
		return 0
	}
	return l.after(i, notDays)
}

// readDays reads what follows the number of the first day: its 日, a weekday, and the days that
// belong to it.
func (m *mention) readDays(l *line, i int) (end int, ok bool) {
	sign := l.after(i, daySigns)
	switch {
	case sign > 0 && l.notDay(i+sign) == 0:
		i += sign
	case sign > 0:
		return i, false
	case m.readCompact(l, &i):
		return i, true
	case m.from.month != 0 && l.after(i, dayParts) > 0 && l.rune(i-1) <= '9':
		m.noDaySign = true
		return i, true
	default:
		return i, false
	}
	weekday, length := readWeekday(l, i)
	m.weekday = weekday
	for next := skipTime(l, i+length); ; next = i {
		ranged := l.after(next, rangeSigns)
		n := max(ranged, l.after(next, listSigns))
		if n == 0 || ranged > 0 && m.shape != single || len(m.days) == maxDays {
			return i, true
		}
		w, after, found := readNextDay(l, next+n)
		if !found {
			return i, true
		}
		i = after
		if ranged > 0 {
			m.shape, m.to = span, w
			return i, true
		}
		m.addToList(w)
	}
}

// readCompact reads the rest of 2—4日 and 3、5、8日, where only the last number has its 日.
func (m *mention) readCompact(l *line, i *int) bool {
	c := *m
	for j := *i; ; {
		ranged := l.after(j, rangeSigns)
		n := max(ranged, l.after(j, listSigns))
		if n == 0 || ranged > 0 && c.shape != single || len(c.days) == maxDays {
			return false
		}
		day, next, found := l.smallHere(j + n)
		if !found || day < 1 || day > 39 {
			return false
		}
		if ranged > 0 {
			c.shape, c.to = span, written{day: day}
		} else {
			c.addToList(written{day: day})
		}
		if sign := l.after(next, daySigns); sign > 0 {
			if l.notDay(next+sign) > 0 {
				return false
			}
			*m, *i = c, next+sign
			return true
		}
		if ranged > 0 {
			return false
		}
		j = next
	}
}

func (m *mention) addToList(w written) {
	if m.shape == single {
		m.shape, m.days = list, []written{m.from}
	}
	m.days = append(m.days, w)
}

// readNextDay reads the end of a range or a further day of a list: 4日, 12月4日, 次年1月3日.
func readNextDay(l *line, i int) (w written, end int, ok bool) {
	w, j := readYearBefore(l, i)
	n, next, found := l.smallHere(j)
	if !found {
		return w, i, false
	}
	if l.rune(next) == '月' {
		w.month = n
		if n, next, found = l.smallHere(next + 1); !found || w.month < 1 || w.month > 12 {
			return w, i, false
		}
	} else if j > i {
		return w, i, false
	}
	sign := l.after(next, daySigns)
	if sign == 0 || n < 1 || n > 39 || l.notDay(next+sign) > 0 {
		return w, i, false
	}
	w.day = n
	_, weekday := readWeekday(l, next+sign)
	return w, next + sign + weekday, true
}

// standsAlone tells whether days without a month are meant as days: 17日，… or 17日上午 or 2—4日….
func (m *mention) standsAlone(l *line, i, end int) bool {
	return m.shape != single || i == 0 || l.rune(end) == ',' || l.after(end, dayParts) > 0
}

// startsHere tells whether a clause starts at i, or a word for a point in time stands before it.
func startsHere(l *line, i int) bool {
	return i == 0 || endsClause(l.r[i-1]) || l.before(i, []string{"于", "在", "自", "从"}) > 0
}

// readWeekday reads （星期二） or 周二 at i: 1 for Monday to 7, and its length.
func readWeekday(l *line, i int) (weekday, length int) {
	j := i
	if l.rune(j) == '(' {
		j++
	}
	n := l.after(j, []string{"星期", "礼拜", "周"})
	if n == 0 {
		return 0, 0
	}
	j += n
	switch r := l.rune(j); {
	case r == '日' || r == '天':
		weekday = 7
	case digits[r] >= 1 && digits[r] <= 6:
		weekday = digits[r]
	default:
		return 0, 0
	}
	j++
	if l.rune(i) == '(' {
		if l.rune(j) != ')' {
			return 0, 0
		}
		j++
	}
	return weekday, j - i
}

// skipTime returns the index behind a time of day, 上午9时30分 or 24时, that stands at i.
func skipTime(l *line, i int) int {
	i += l.after(i, []string{"上午", "下午", "中午", "晚上", "晚", "凌晨"})
	if _, next, ok := l.smallHere(i); ok {
		if n := l.after(next, []string{"时", "点"}); n > 0 {
			i = next + n
			if _, next, ok = l.smallHere(i); ok && l.rune(next) == '分' {
				i = next + 1
			}
		}
	}
	return i
}

// number reads a number up to 99; where it follows a year, it may stand behind any code point.
func (l *line) number(i int, followsYear bool) (n, next int, ok bool) {
	if followsYear {
		return l.smallHere(i)
	}
	return l.small(i)
}
