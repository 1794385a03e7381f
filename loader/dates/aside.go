package dates

// takeAside lets the Gregorian date in brackets stand for the last date read.
func (m *mention) takeAside(w written) {
	last := &m.items[len(m.items)-1]
	told := &last.from
	if last.to != (written{}) {
		told = &last.to
	}
	if !w.hasYear {
		w.hasYear, w.year, w.word = told.hasYear, told.year, told.word
		if told.calendar == lunisolar && told.month >= 11 && w.month <= 2 && w.hasYear {
			w.year++
		}
	}
	w.calendar = solar
	*told = w
}

var weekdayWords = words("星期", "礼拜", "周")

// readWeekday reads （星期二） or 周二 at i: 1 for Monday to 7, and its length.
func readWeekday(l *line, i int) (weekday, length int) {
	j := i
	if l.rune(j) == '(' {
		j++
	}
	n := l.after(j, weekdayWords)
	if n == 0 {
		return 0, 0
	}
	j += n
	r := l.rune(j)
	d, _ := digit(r)
	switch {
	case r == '日' || r == '天':
		weekday = 7
	case d >= 1 && d <= 6:
		weekday = d
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

// longestAside is the length of what in brackets behind a day is believed to be said of it.
const longestAside = 16

// readSolarAside reads （2020年11月23日） or （公历11月23日） behind a day of the Chinese calendar. Without one it returns i.
func readSolarAside(l *line, i int) (w written, end int) {
	if l.rune(i) != '(' {
		return w, i
	}
	j := i + 1
	j += l.after(j, thatIs)
	w, j = readYearBefore(l, j)
	if w.calendar == lunisolar || w.word != noWord || w.ordinal != 0 {
		return written{}, i
	}
	mo, next, ok := readMonthNumber(l, j, true)
	if !ok || mo.traditional {
		return written{}, i
	}
	w.setMonth(mo)
	n, after, ok := l.smallHere(next + 1)
	sign := l.after(after, daySigns)
	if !ok || sign == 0 || n < 1 || n > 31 || l.rune(after+sign) != ')' {
		return written{}, i
	}
	w.day, w.calendar = n, solar
	return w, after + sign + 1
}

var thatIs = words("即")

// skipAside returns the index behind brackets at i that tell the same day in another way: （农历十月十六）, （重阳节）.
func skipAside(l *line, i int) int {
	if l.rune(i) != '(' {
		return i
	}
	for j := i + 1; j < min(len(l.r), i+longestAside); j++ {
		if l.r[j] != ')' {
			continue
		}
		k := i + 1 + l.after(i+1, thatIs)
		_, _, isCycle := readCycle(l, k)
		if l.after(k, lunarPrefixes) > 0 || isCycle || l.after(k, feastNames) > 0 || l.after(k, lunarMonthNames) > 0 {
			return j + 1
		}
		return i
	}
	return i
}

var lunarMonthNames = words("正月", "冬月", "腊月", "闰")

// skipTime returns the index behind a time of day, 上午9时30分 or 24时, that stands at i.
func skipTime(l *line, i int) int {
	i += l.after(i, timeParts)
	if _, next, ok := l.smallHere(i); ok {
		if n := l.after(next, hourSigns); n > 0 {
			i = next + n
			if _, next, ok = l.smallHere(i); ok && l.rune(next) == '分' {
				i = next + 1
			}
		}
	}
	return i
}
