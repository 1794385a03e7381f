package dates

import (
	"slices"
	"strings"

	"fangzhi/lexicon"
)

// readReignYear reads a reign with its year at i: 康熙三十二年（1693）, 光绪庚子. found is false where no reign with a year
// stands there; a year that the reign did not have is found, but has no year, and no reign either.
func readReignYear(l *line, i int) (w written, next int, found bool) {
	rows, j := reignsAt(l, i)
	if rows == nil {
		return w, i, false
	}
	n, next, ok := readOrdinalYear(l, j)
	switch {
	case ok:
		w.ordinal = n
		if c, after, ok := readCycle(l, next); ok { // 三十二年癸酉
			w.cycleYear, next = c, after
			if l.rune(next) == '年' {
				next++
			}
		}
	default:
		if w.cycleYear, next, ok = readCycle(l, j); !ok {
			return written{}, i, false
		}
		if n, after, ok := readOrdinalYear(l, next); ok { // 太平天国庚申十年
			w.ordinal, next = n, after
		} else if l.rune(next) == '年' {
			next++
		} else if r := l.rune(next); r != 0 && !endsClause(r) && !isNumeral(r) && !strings.ContainsRune("春夏秋冬正腊闰间", r) {
			return written{}, i, false
		}
	}
	next = w.readPrinted(l, next)
	var years []int
	var fits []reign
	for _, r := range rows {
		e := r.era()
		if w.ordinal != 0 {
			if y, ok := e.YearOf(w.ordinal); ok {
				years, fits = append(years, y), append(fits, r)
			}
			continue
		}
		for _, y := range yearsOfCycle(w.cycleYear, e.First, e.First+e.Years-1) {
			years, fits = append(years, y), append(fits, r)
		}
	}
	if len(fits) == 0 {
		if w.printed != 0 { // 民国四十年（1951年）: whatever the count, the year is written
			return written{hasYear: true, year: w.printed, foreign: true, calendar: calendarOf(rows[0])}, next, true
		}
		return written{}, next, true
	}
	if len(fits) == 2 && fits[0] == fits[1] && w.printed == 0 { // a reign of more than sixty years has some 干支 twice
		return written{cycleYear: w.cycleYear, reign: fits[0]}, next, true
	}
	k := 0
	if w.printed != 0 {
		k = max(0, slices.IndexFunc(years, func(y int) bool { return y-w.printed <= 1 && w.printed-y <= 1 }))
	} else {
		w.unsure = len(fits) > 1
	}
	w.hasYear, w.year, w.reign, w.calendar = true, years[k], fits[k], calendarOf(fits[k])
	w.ordinal = w.year - fits[k].era().First + 1
	return w, next, true
}

func calendarOf(r reign) calendar {
	switch r.era().Calendar {
	case lexicon.CalendarLunar, lexicon.CalendarYear:
		return lunisolar
	case lexicon.CalendarSolar:
		return solar
	}
	return unsaid
}

// readOrdinalYear reads 元年, 三十二年 or 24年, also 27（1938）年.
func readOrdinalYear(l *line, i int) (n, next int, ok bool) {
	if l.has(i, "元年") {
		return 1, i + 2, true
	}
	n, next, ok = l.smallHere(i)
	if !ok || n == 0 {
		return 0, i, false
	}
	if l.rune(next) != '年' {
		return 0, i, false
	}
	return n, next + 1, true
}

// readPrinted reads （1693）, （公元1693年）, （癸酉，1693年）, （泰昌元年，1620） or （癸酉年） at i.
func (w *written) readPrinted(l *line, i int) int {
	if l.rune(i) != '(' {
		return i
	}
	j := i + 1
	year, cycle := 0, int8(0)
	for range 2 {
		switch c, after, ok := readCycle(l, j); {
		case ok && cycle == 0:
			cycle, j = c, after
		default:
			if rows, k := reignsAt(l, j); rows != nil { // 万历四十八年（泰昌元年，1620）
				if _, after, ok := readOrdinalYear(l, k); ok {
					j = after
					break
				}
			}
			y, after, ok := readYearNumber(l, j)
			if !ok || year != 0 {
				return i
			}
			year, j = y, after
		}
		if l.rune(j) == '年' {
			j++
		}
		if l.rune(j) == ')' {
			w.printed = year
			if cycle != 0 {
				w.cycleYear = cycle
			}
			return j + 1
		}
		if r := l.rune(j); r != ',' && r != '、' {
			return i
		}
		j++
	}
	return i
}

// readReignAside reads （清康熙三十二年） or （癸酉年） behind a year of the Common Era: which reign it lies in.
func (w *written) readReignAside(l *line, i int) int {
	if l.rune(i) != '(' {
		return i
	}
	if c, j, ok := readCycle(l, i+1); ok {
		if l.rune(j) == '年' {
			j++
		}
		if l.rune(j) == ')' {
			w.cycleYear = c
			return j + 1
		}
	}
	for j := i + 1; j <= i+4; j++ { // a dynasty may stand before
		rows, k := reignsAt(l, j)
		if rows == nil {
			continue
		}
		n, next, ok := readOrdinalYear(l, k)
		if !ok || l.rune(next) != ')' {
			return i
		}
		for _, r := range rows {
			if y, ok := r.era().YearOf(n); ok && y-w.year <= 1 && w.year-y <= 1 {
				w.printed, w.year, w.reign, w.ordinal, w.yearFirst = w.year, y, r, n, true
				return next + 1
			}
		}
		return i
	}
	return i
}
