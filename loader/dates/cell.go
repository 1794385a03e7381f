package dates

import "fangzhi/edtf"

// readCells reads a line that is a date in digits and nothing else, as the cells of tables have, or two of them:
// 1958, 12.4, 12/4, 2020-12, 20201204, 1.3-1.5.
func (h *heading) readCells(l *line) (*mention, bool) {
	if from, ok := readCell(l.r); ok {
		return h.mentionOf(l, 0, len(l.r), from), true
	}
	for i := range l.r {
		n := l.after(i, rangeSigns)
		if n == 0 || i == 0 {
			continue
		}
		from, ok := readCell(l.r[:i])
		to, ok2 := readCell(l.r[i+n:])
		if !ok || !ok2 || from.month == 0 || to.month == 0 {
			return nil, false
		}
		m := h.mentionOf(l, 0, len(l.r), from)
		m.form, m.shape, m.to = formNumeric, ranged, to
		return m, true
	}
	return nil, false
}

func readCell(r []rune) (w written, ok bool) {
	var parts []int
	sign := rune(0)
	for i, start := 0, 0; i <= len(r); i++ {
		if i < len(r) && isDigit(r[i]) {
			continue
		}
		if i == start || i-start > 8 || i < len(r) && (r[i] != '·' && r[i] != '/' && r[i] != '-' || sign != 0 && r[i] != sign) {
			return w, false
		}
		n := 0
		for _, d := range r[start:i] {
			n = n*10 + int(d-'0')
		}
		if i < len(r) {
			sign = r[i]
		}
		parts, start = append(parts, n), i+1
	}
	switch {
	case len(parts) == 1 && len(r) == 4:
		return written{hasYear: true, year: parts[0]}, parts[0] >= 1000 && parts[0] < 2200
	case len(parts) == 1 && len(r) == 8:
		w = written{hasYear: true, year: parts[0] / 10000, month: parts[0] / 100 % 100, day: parts[0] % 100}
	case len(parts) == 2 && parts[0] >= 1000:
		w = written{hasYear: true, year: parts[0], month: parts[1]}
	case len(parts) == 2 && sign != '-': // 7-12 may be months
		w = written{month: parts[0], day: parts[1]}
	case len(parts) == 3:
		w = written{hasYear: true, year: parts[0], month: parts[1], day: parts[2]}
	default:
		return w, false
	}
	if w.month < 1 || w.month > 12 || w.day > edtf.DaysIn(2000, w.month) || w.day == 0 && len(parts) != 2 || w.hasYear && (w.year < 1000 || w.year > 2199) {
		return written{}, false
	}
	return w, true
}
