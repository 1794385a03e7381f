package dates

import (
	"fmt"

	"fangzhi/fold"
	"fangzhi/loader/dates/lunar"
)

// settleReign answers what the words leave open of a reign year: which of several reigns it is, whether the year in
// brackets agrees. why is Chinese, "" for nothing. ok is false where it cannot be said.
func (f *finder) settleReign(m *mention, w *written) (why string, ok bool) {
	if w.reign == 0 {
		return "", true
	}
	if w.unsure {
		rows := ofDynasty(allOf(w.reign), f.dynasty())
		if len(rows) != 1 {
			return "", false
		}
		year, fits := rows[0].era().YearOf(w.ordinal)
		if !fits {
			return "", false
		}
		w.reign, w.year, w.unsure = rows[0], year, false
	}
	name := w.reign.era().Name + ordinalText(w.ordinal) + "年"
	why = fmt.Sprintf("%s即%s", name, yearText(w.year))
	if w.cycleYear != 0 && lunar.CycleOfYear(w.year) != int(w.cycleYear) {
		f.warn(m, WarnYearMismatch, fmt.Sprintf("“%s”：%s干支为%s，原文写%s", f.words(m), name, cycleName(int8(lunar.CycleOfYear(w.year))), cycleName(w.cycleYear)))
	}
	switch d := w.printed - w.year; {
	case w.printed == 0 || d == 0:
	case d == 1 && w.month >= 11 && w.calendar == lunisolar: // the end of a lunar year lies in the next
	case d == 1 || d == -1:
		f.warn(m, WarnYearMismatch, fmt.Sprintf("“%s”：%s，原文括注%d年，从括注", f.words(m), why, w.printed))
		w.year = w.printed
	default:
		f.warn(m, WarnYearMismatch, fmt.Sprintf("“%s”：%s，原文括注%d年，不合", f.words(m), why, w.printed))
		w.printed = 0
	}
	return why, true
}

// allOf returns all rows of a reign's name.
func allOf(r reign) []reign {
	name := fold.String(r.era().Name)
	for _, n := range reignNames()[[]rune(name)[0]] {
		if n.name == name {
			return n.rows
		}
	}
	return nil
}

func ordinalText(n int) string {
	if n == 1 {
		return "元"
	}
	return fmt.Sprint(n)
}

// yearText writes an astronomical year as people do.
func yearText(year int) string {
	if year < 1 {
		return fmt.Sprintf("公元前%d年", 1-year)
	}
	return fmt.Sprintf("%d年", year)
}
