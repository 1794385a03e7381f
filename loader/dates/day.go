package dates

// Days: 2020年12月4日, 12 月 4 日, 十二月四日, 12月2日至4日, 2—4日, 12月3日、5日和8日, 1月5日至8日、12日, 12月某日; and those of the
// Chinese calendar: 农历三月初三, 腊月廿三, 六月庚子, 七月既望.

// daySigns stand behind the number of a day; 目 and 曰 are scans of it, see misreadSigns.
var daySigns = words("日", "号")

var misreadSigns = words("目", "曰")

// notDays follow 4号 or 3日 where it is no day: 12月4号楼, 3日内, 两日游. After a month and 日, or at the start of an entry, only
// notDates do: 12月4日志愿者…, 4日本区….
var (
	notDays  = words("楼", "院", "线", "文", "内", "以内", "游", "均", "间", "龄", "租", "志", "报", "本", "元", "后", "以后", "之后", "为期", "夜")
	notDates = words("内", "以内", "后", "以后", "之后", "为期")
	notFirst = words("内", "以内", "游", "均", "龄", "租", "后", "以后", "之后", "为期")
)

var sameMonthWords = words("同月", "是月", "本月", "当月")

var someDayWord = words("某日", "某天")

// dayParts follow a day, also one that lacks its 日: 7月28上午.
var dayParts = words("上午", "下午", "中午", "晚", "凌晨", "清晨", "早", "傍晚", "夜", "当天", "当日")

// rangeSigns stand between the ends of a range, longest first; package fold leaves one kind of dash.
var rangeSigns = words("--", "-", "起至", "起到", "至", "到")

// maxDays is the number of days that one list is believed to have.
const maxDays = 31

// listSigns stand between the days of a list.
var listSigns = words("、", "和", "及", "与")

var (
	notFeastStart = words("元旦", "元宵")
	pointWords    = words("于", "在", "自", "从")
)

func readDay(l *line, i int) (m *mention, end int, ok bool) {
	if n := l.after(i, sameMonthWords); n > 0 { // 同月15日
		m, end, ok = readDay(l, i+n)
		if !ok || m.from.hasMonth() || m.from.hasYear || m.from.day == 0 {
			return nil, i, false
		}
		m.sameMonth, m.weak = true, false
		return m, end, true
	}
	w, j := readYearBefore(l, i)
	from := w
	mo, next, found := readMonthNumber(l, j, j > i)
	switch {
	case found:
		from.setMonth(mo)
		j = next + 1
		if n := l.after(j, someDayWord); n > 0 {
			from.edge = someDay
			return &mention{from: from}, j + n, true
		}
	case j > i && w != (written{calendar: lunisolar}) || !startsHere(l, i):
		return nil, i, false
	}
	if !found && isNumeral(l.rune(j-1)) {
		return nil, i, false
	}
	d := readDayNumber(l, j, from)
	if !d.ok || !found && d.bare {
		return nil, i, false
	}
	from.setDay(d)
	m = &mention{from: from, repaired: mo.repaired}
	m.weak = w.ordinal != 0 && w.reign == 0 || w.cycleYear != 0 && !w.hasYear || !found && d.traditional || mo.seasonal && j > i && !w.hasYear
	end, ok = m.readDays(l, i, d)
	if !ok || !found && m.repaired != "" && end < len(l.r) && l.rune(end) != ',' {
		return nil, i, false
	}
	if !found && !d.traditional && !m.standsAlone(l, i, end) { // 区委：3日召开常委会
		if !l.startsClause(i) {
			return nil, i, false
		}
		m.weak = true
	}
	if m.repaired != "" {
		m.repaired = l.words(i, end) + "→" + m.from.phrase()
	}
	return m, end, true
}

// notDay returns the length in code points of what shows that no day ends at i, behind 日 or 号, 0 for nothing: 3日元, but
// 1月1日元旦. start is where the day begins, month its month.
func (l *line) notDay(start, i, month int) int {
	switch {
	case l.gap(i) || l.after(i, notFeastStart) > 0:
		return 0
	case month != 0 && l.rune(i-1) != '号':
		return l.after(i, notDates)
	case l.atStart(start) && l.rune(i-1) != '号':
		return l.after(i, notFirst)
	}
	return l.after(i, notDays)
}

// readDays reads what follows the number of the first day: its 日, a weekday, what stands in brackets, and the days that
// belong to it.
func (m *mention) readDays(l *line, start int, first dayNumber) (end int, ok bool) {
	i := first.next
	sign := l.after(i, daySigns)
	if misread := l.after(i, misreadSigns); sign == 0 && misread > 0 && !first.traditional {
		sign, first.repaired = misread, true
	}
	if first.repaired {
		m.repaired = "?"
	}
	switch {
	case sign > 0 && l.notDay(start, i+sign, m.from.month) == 0:
		i += sign
	case sign > 0:
		return i, false
	case first.traditional:
	case m.readCompact(l, start, &i):
	case m.from.month != 0 && l.after(i, dayParts) > 0 && isDigit(l.rune(i-1)):
		m.noDaySign = true
		return i, true
	default:
		return i, false
	}
	if len(m.items) == 0 {
		m.items = append(m.items, item{from: m.from})
	}
	for {
		if w, after := readSolarAside(l, i); after > i {
			m.takeAside(w)
			i = after
		}
		weekday, length := readWeekday(l, i)
		if len(m.items) == 1 && m.items[0].to == (written{}) && weekday != 0 {
			m.weekday = weekday
		}
		aside := skipAside(l, i+length)
		if aside > i+length {
			m.resume = aside
		}
		next := skipTime(l, aside)
		isRange := l.after(next, rangeSigns)
		n := max(isRange, l.after(next, listSigns))
		last := &m.items[len(m.items)-1]
		if n == 0 || isRange > 0 && last.to != (written{}) || len(m.items) == maxDays {
			break
		}
		w, after, found := readNextDay(l, next+n, m.from)
		if !found && isRange == 0 { // 4—7日、10—12日
			if it, after, ok := readNextRange(l, next+n); ok {
				m.items = append(m.items, it)
				i = after
				continue
			}
		}
		if !found {
			break
		}
		i = after
		if isRange > 0 {
			last.to = w
		} else {
			m.items = append(m.items, item{from: w})
		}
	}
	m.shapeUp()
	return i, true
}

// shapeUp sets the shape from the items read.
func (m *mention) shapeUp() {
	m.from, m.to = m.items[0].from, m.items[0].to
	switch {
	case len(m.items) > 1:
		m.shape = listed
		return
	case m.to != (written{}):
		m.shape = ranged
	}
	m.items = nil
}

// readCompact reads the rest of 2—4日 and 3、5、8—10日, where only the last number has its 日.
func (m *mention) readCompact(l *line, start int, i *int) bool {
	items := []item{{from: m.from}}
	for j := *i; ; {
		isRange := l.after(j, rangeSigns)
		n := max(isRange, l.after(j, listSigns))
		last := &items[len(items)-1]
		if n == 0 || isRange > 0 && last.to != (written{}) || len(items) == maxDays {
			return false
		}
		day, next, found := l.smallHere(j + n)
		if !found || day < 1 || day > 39 {
			return false
		}
		if isRange > 0 {
			last.to = written{day: day}
		} else {
			items = append(items, item{from: written{day: day}})
		}
		if sign := l.after(next, daySigns); sign > 0 {
			if l.notDay(start, next+sign, m.from.month) > 0 {
				return false
			}
			m.items, *i = items, next+sign
			return true
		}
		j = next
	}
}

// readNextRange reads a further range of a list whose first day has no 日: 10—12日.
func readNextRange(l *line, i int) (it item, end int, ok bool) {
	from, next, ok := l.smallHere(i)
	n := l.after(next, rangeSigns)
	if !ok || n == 0 {
		return it, i, false
	}
	to, next, ok := l.smallHere(next + n)
	sign := l.after(next, daySigns)
	if !ok || sign == 0 || from < 1 || to <= from || to > 31 {
		return it, i, false
	}
	return item{written{day: from}, written{day: to}}, next + sign, true
}

// readNextDay reads the end of a range or a further day of a list: 4日, 12月4日, 次年1月3日, 初八. first is the first date.
func readNextDay(l *line, i int, first written) (w written, end int, ok bool) {
	w, j := readYearBefore(l, i)
	mo, next, found := readMonthNumber(l, j, true)
	if found {
		w.setMonth(mo)
		j = next + 1
	} else if j > i {
		return w, i, false
	}
	told := w
	if !found {
		told.calendar, told.chinese = first.calendar, first.chinese
		told.month = first.month
	}
	d := readDayNumber(l, j, told)
	if !d.ok || d.cycle != 0 && !found {
		return w, i, false
	}
	sign := l.after(d.next, daySigns)
	if sign == 0 && !d.traditional || sign > 0 && l.notDay(i, d.next+sign, told.month) > 0 {
		return w, i, false
	}
	w.setDay(d)
	end = d.next + sign
	if aside, after := readSolarAside(l, end); after > end {
		aside.calendar = solar
		return aside, after, true
	}
	_, weekday := readWeekday(l, end)
	return w, end + weekday, true
}

// standsAlone tells whether days without a month are meant as days: 17日，… or 17日上午 or 2—4日….
func (m *mention) standsAlone(l *line, i, end int) bool {
	if m.shape != single || l.atStart(i) || l.before(i, sameMonthWords) > 0 || l.rune(end) == ',' || l.after(end, dayParts) > 0 {
		return true
	}
	return skipTime(l, end) > end
}

// startsHere tells whether a clause starts at i, or a word for a point in time stands before it.
func startsHere(l *line, i int) bool {
	return i == 0 || endsClause(l.r[i-1]) || l.before(i, pointWords) > 0 || l.before(i, sameMonthWords) > 0
}

var (
	timeParts = words("上午", "下午", "中午", "晚上", "晚", "凌晨", "清晨", "傍晚", "夜")
	hourSigns = words("时", "点")
)
