package extract

import (
	"strings"

	"fangzhi/edtf"
)

// A statedDate is a year, a month or a day in a note of a roster, and where it stands there.
type statedDate struct {
	date edtf.Date
	span
}

// bounds reads the term that a note states: 6月任, 至5月, 5月离任, 2016.8—2020.5. What it does not state is zero.
func (r *rosterReader) bounds(note []rune) (from, to edtf.Date) {
	start := 0
	for i := 0; i <= len(note); i++ {
		if i < len(note) && !isComma(note[i]) && note[i] != '；' && !isSpace(note[i]) {
			continue
		}
		f, t := boundsOf(note[start:i], r.year)
		if from.IsZero() {
			from = f
		}
		if to.IsZero() {
			to = t
		}
		start = i + 1
	}
	if !from.IsZero() && !to.IsZero() && to.End() < from.Start() {
		return edtf.Date{}, edtf.Date{} // a misprint says nothing
	}
	return from, to
}

// boundsOf reads one item of a note.
func boundsOf(item []rune, year int) (from, to edtf.Date) {
	dates := datesIn(item, year)
	s := string(item)
	if len(dates) == 0 {
		return from, to
	}
	first := dates[0]
	if len(dates) >= 2 {
		return first.date, dates[1].date
	}
	before, after := string(item[:first.start]), string(item[first.end:])
	switch {
	case strings.HasSuffix(before, "至"), strings.HasSuffix(before, "到"), strings.HasSuffix(before, "止"), before != "" && strings.ContainsAny(before, rangeMarks):
		return from, first.date
	case containsAny(after, "离任", "免", "卸任", "调离", "调出", "调走", "调任", "离职", "去职", "去世", "逝世", "病逝", "退休", "辞", "止", "不再", "调往", "离开"):
		return from, first.date
	case containsAny(after, "任", "起", "始", "当选", "到职", "至今", "就职", "主持"), after != "" && strings.ContainsAny(after, rangeMarks), strings.HasSuffix(before, "自"):
		return first.date, to
	case containsAny(s, "任职"):
		return first.date, to
	}
	return from, to
}

// datesIn reads years, months and days: 2020年6月, 2020.06, 6月15日, 六月. Months without a year are of the given one, and none
// where that is 0.
func datesIn(s []rune, year int) []statedDate {
	var out []statedDate
	for i := 0; i < len(s); {
		value, n := numberAt(s, i)
		if n == 0 {
			i++
			continue
		}
		start, next := i, i+n
		y, m := year, 0
		switch {
		case n == 4 && value >= 1000 && isDigit(s[i]):
			y = value
			if next < len(s) && strings.ContainsRune("年.．·/", s[next]) {
				next++
				if v, k := numberAt(s, next); k > 0 && k <= 2 && v >= 1 && v <= 12 && (next+k >= len(s) || s[next+k] != '年') {
					m, next = v, next+k
					if next < len(s) && s[next] == '月' {
						next++
					}
				}
			}
		case value >= 1 && value <= 12 && next < len(s) && s[next] == '月' && year > 0:
			m, next = value, next+1
		case value >= 1 && value <= 12 && year > 0 && next < len(s) && strings.ContainsRune(rangeMarks, s[next]) && monthAt(s, next+1): // 1—6月
			m = value
		default:
			i = next
			continue
		}
		year = y // 2018年3月至6月
		date := edtf.OfYear(y)
		if m > 0 {
			date = edtf.OfMonth(y, m)
			if v, k := numberAt(s, next); k > 0 && next+k < len(s) && s[next+k] == '日' {
				if day, ok := edtf.NewDay(y, m, v); ok {
					date, next = edtf.OfDay(day), next+k+1
				}
			}
		}
		out = append(out, statedDate{date, span{start, next}})
		i = next
	}
	return out
}

// rangeMarks stand between the two ends of a term.
const rangeMarks = "—-－–~～至"

// monthAt reports whether a number and 月 stand at i, or behind a second dash.
func monthAt(s []rune, i int) bool {
	if i < len(s) && strings.ContainsRune(rangeMarks, s[i]) {
		i++
	}
	v, n := numberAt(s, i)
	return n > 0 && v >= 1 && v <= 12 && i+n < len(s) && s[i+n] == '月'
}

// numberAt reads a number of at most four digits, or a Chinese one up to twelve before 月, at i, and its code points.
func numberAt(s []rune, i int) (value, n int) {
	for i+n < len(s) && '0' <= s[i+n] && s[i+n] <= '9' {
		value = value*10 + int(s[i+n]-'0')
		if n++; n > 4 {
			return 0, n
		}
	}
	if n > 0 {
		return value, n
	}
	for ; i+n < len(s); n++ {
		k := strings.IndexRune("一二三四五六七八九十", s[i+n])
		if k < 0 {
			break
		}
		value += k/3 + 1
	}
	if n == 0 || n > 2 || value > 12 || i+n >= len(s) || s[i+n] != '月' {
		return 0, n
	}
	return value, n
}
