package dates

import "fangzhi/edtf"

// maxAge is the number of days before an issue beyond which a date is history: thirteen months.
const maxAge = 396

// latest returns the greatest year in which w begins on or before limit, not more than thirteen months
// before it.
func latest(w written, limit edtf.Day) (year int, ok bool) {
	last, _, _ := limit.Date()
	for year = last; year >= last-2; year-- {
		if d, exists := w.day1(year); exists && d <= limit && limit-d <= maxAge {
			return year, true
		}
	}
	if w.day == 29 && w.month == 2 { // the month is kept, see dated
		w.day = 28
		return latest(w, limit)
	}
	return 0, false
}

// nearest returns the year in which w begins nearest to around; on the same distance the earlier one.
func nearest(w written, around edtf.Day) int {
	year, _, _ := around.Date()
	best, distance := year, edtf.Day(1<<30)
	for y := year - 1; y <= year+1; y++ {
		d, exists := w.day1(y)
		if !exists {
			continue
		}
		if apart := max(d-around, around-d); apart < distance {
			best, distance = y, apart
		}
	}
	return best
}

// next returns the year in which w begins first on or after from, at most within days later.
func next(w written, from edtf.Day, within edtf.Day) (year int, ok bool) {
	first, _, _ := from.Date()
	for year = first - 1; year <= first+1; year++ { // a lunar year begins after the solar one
		if d, exists := w.day1(year); exists && d >= from && d-from <= within {
			return year, true
		}
	}
	return 0, false
}

// within returns the lunar year whose w lies in a year of the Common Era, that year itself where none does.
func within(w written, year int) int {
	for y := year; y >= year-1; y-- {
		if d, ok := w.day1(y); ok {
			if in, _, _ := d.Date(); in == year {
				return y
			}
		}
	}
	return year
}
