package layout

import "strings"

// annalsTime is what the headings and the entries above say of the time: dynasty, year, month, day, as printed. Words of a heading
// are its own; words that an earlier entry begins with are lent.
type annalsTime struct {
	dynasty  string
	years    []string // 万历七年（1579）, 二十二年: what a bare year counts on stands before it
	month    string
	day      string
	yearOwn  bool
	monthOwn bool
	dayOwn   bool
	joined   bool // day stands right behind month: 3月15日
	era      bool
	ordinal  int // year of the era, 0 for none
}

// maxYears bounds the words that years are counted from: 次年, 次年, 次年 …
const maxYears = 8

// known tells whether any year or dynasty stands above.
func (w *annalsTime) known() bool { return len(w.years) > 0 || w.dynasty != "" }

// own returns the narrowest level that a heading of its own governs.
func (w *annalsTime) own() timeLevel {
	switch {
	case w.day != "" && w.dayOwn:
		return dayLevel
	case w.month != "" && w.monthOwn:
		return monthLevel
	}
	return yearLevel
}

// heading returns the lines down to a level, the outermost first; isCarried tells that the last are lent.
func (w *annalsTime) heading(to timeLevel) (text string, isCarried bool) {
	var lines []string
	if w.dynasty != "" {
		lines = append(lines, w.dynasty)
	}
	if to >= yearLevel && len(w.years) > 0 {
		lines = append(lines, w.years...)
		isCarried = !w.yearOwn
	}
	if to >= monthLevel && w.month != "" {
		line := w.month
		isCarried = !w.monthOwn
		if to >= dayLevel && w.joined {
			line += w.day
		}
		lines = append(lines, line)
	}
	if to >= dayLevel && w.day != "" && !(w.joined && w.month != "") {
		lines = append(lines, w.day)
		isCarried = !w.dayOwn
	}
	return strings.Join(lines, "\n"), isCarried
}

// above returns the lines that govern an entry which begins with the words of h.
func (w *annalsTime) above(h *timeHead) (text string, isCarried bool) {
	switch {
	case h.level == yearLevel && h.ref == absolute:
		return w.heading(dynastyLevel)
	case h.level == yearLevel && h.ref == carried && len(w.years) > 0:
		first := annalsTime{dynasty: w.dynasty, years: w.years[:1], yearOwn: w.yearOwn && len(w.years) == 1}
		return first.heading(yearLevel)
	case h.level == yearLevel, h.level == monthLevel && h.ref != same:
		return w.heading(yearLevel)
	case h.level == monthLevel, h.level == dayLevel && h.ref != same:
		return w.heading(monthLevel)
	}
	return w.heading(dayLevel)
}

// enter takes over the words of a head; own tells that they stand alone on their line.
func (w *annalsTime) enter(h *timeHead, text string, own bool) {
	if h.level == yearLevel {
		words := h.yearWords(text)
		switch h.ref {
		case absolute:
			w.years, w.yearOwn = []string{words}, own
			w.era, w.ordinal = h.era, h.ordinal
		case carried:
			w.years = append(w.years[:min(len(w.years), 1):min(len(w.years), 1)], words)
			w.yearOwn = own
			if h.ordinal != 0 {
				w.ordinal = h.ordinal
			}
		case relative:
			if len(w.years) >= maxYears {
				w.years = nil
				break
			}
			w.years = append(w.years[:len(w.years):len(w.years)], words)
			w.yearOwn = own
		}
		w.month, w.day, w.joined = "", "", false
		if h.ref == same && own {
			w.month, w.monthOwn = words, true
			return
		}
	}
	if h.level == monthLevel && h.ref == same {
		w.day, w.joined = "", false
		if own {
			w.day, w.dayOwn = h.monthWords(text), true
		}
		return
	}
	if m := h.monthWords(text); m != "" {
		w.month, w.monthOwn = m, own
		w.day, w.joined = "", false
	}
	if d := h.dayWords(text); d != "" && !(h.level == dayLevel && h.ref == same) {
		w.day, w.dayOwn = d, own
		w.joined = h.month > h.year
	}
}
