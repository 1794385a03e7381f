package dates

// dayNumber is the number of a day as it is written.
type dayNumber struct {
	day   int
	cycle int8 // 庚子
	edge  edge // lastDay for 晦
	next  int  // the index behind it
	// traditional tells that only the Chinese calendar writes so: 初三, 廿三, 朔, 庚子.
	traditional bool
	bare        bool // neither 日 nor a traditional form follows: 八月十五
	ok          bool
	repaired    bool
}

func (w *written) setDay(d dayNumber) {
	w.day, w.cycle = d.day, d.cycle
	if d.edge != whole {
		w.edge = d.edge
	}
	if d.traditional {
		w.calendar = lunisolar
	}
}

// phases of the moon, as days. 既望 is the day after 望; 晦 is the last.
var phases = []struct {
	text string
	day  int
}{
	{"既望", 16}, {"上弦", 8}, {"下弦", 23}, {"朔", 1}, {"望", 15}, {"晦", 0},
}

// readDayNumber reads what stands for a day behind its month, without 日. w is what is known of the month.
func readDayNumber(l *line, i int, w written) dayNumber {
	maybeLunar := w.calendar == lunisolar || w.chinese || w.month == 0
	switch r := l.rune(i); {
	case r == '初':
		if n, next, ok := l.chinese(i + 1); ok && n >= 1 && n <= 10 {
			return dayNumber{day: n, next: next, traditional: true, ok: true}
		}
		return dayNumber{}
	case maybeLunar && (r == '朔' || r == '望' || r == '晦' || r == '既' || r == '上' || r == '下'):
		for _, p := range phases {
			if l.has(i, p.text) && (w.month != 0 || l.rune(i+len([]rune(p.text))) == '日') {
				d := dayNumber{day: p.day, next: i + len([]rune(p.text)), traditional: true, ok: true}
				if p.day == 0 {
					d.edge = lastDay
				}
				return d
			}
		}
		return dayNumber{}
	case maybeLunar && !isNumeral(r):
		c, next, ok := readCycle(l, i)
		if !ok || l.rune(next) == '年' || w.month == 0 && l.rune(next) != '日' && l.rune(next) != ',' {
			return dayNumber{}
		}
		d := dayNumber{cycle: c, next: next, traditional: true, ok: true}
		if l.rune(next) == '朔' {
			d.day, d.next = 1, next+1
		}
		return d
	}
	n, next, ok := l.smallHere(i)
	if !ok {
		if n, next, ok = l.misread(i); ok {
			return dayNumber{day: n, next: next, ok: true, repaired: true}
		}
		return dayNumber{}
	}
	if n < 1 || n > 39 {
		return dayNumber{}
	}
	d := dayNumber{day: n, next: next, ok: true}
	switch r := l.rune(i); {
	case r == '廿' || r == '卅':
		d.traditional = true
	case l.after(next, daySigns) == 0 && l.after(next, misreadSigns) == 0 && w.calendar == lunisolar && !isDigit(r) && n <= 30 &&
		l.after(next, rangeSigns) == 0 && l.rune(next) != '年' && l.rune(next) != '月':
		d.traditional, d.bare = true, w.month == 0
	}
	return d
}
