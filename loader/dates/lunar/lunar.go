// Package lunar turns dates of the Chinese calendar (农历) into days of the Gregorian one.
//
// The months are those of github.com/6tail/lunar-go, which agrees with the months printed in tables of 1368 to 1911 in
// all but a few rows by a day (genre.md §6). That library answers in Julian dates before 1582-10-15 and panics on what
// does not exist; here everything goes through the Julian day number, and what does not exist is said by ok = false.
package lunar

import (
	"sync"

	"github.com/6tail/lunar-go/calendar"

	"fangzhi/edtf"
)

// The years that are converted: before the calendar of 104 BCE the months cannot be computed, and nobody dates beyond.
const minYear, maxYear = -100, 2300

// julianShift is what to take from a Julian day number for an edtf.Day: 2000-01-01 is Julian day 2451545.
var julianShift = func() int {
	d, _ := edtf.NewDay(2000, 1, 1)
	return 2451545 - int(d)
}()

// A Month is one month of a lunar year.
type Month struct {
	// Number is from 1 (正月) to 12 (腊月); a leap month has the number of the month before it.
	Number int
	Leap   bool
	First  edtf.Day
	Days   int // 29 or 30
}

// Last returns the month's last day (晦).
func (m Month) Last() edtf.Day { return m.First + edtf.Day(m.Days) - 1 }

// years keeps the months of years already asked for: computing a year costs some 50 µs.
var years sync.Map // int -> []Month

// Months returns the months of the lunar year that begins in January or February of year, in their order; none for a
// year that cannot be converted. The slice is shared: it must not be changed.
func Months(year int) []Month {
	if year < minYear || year > maxYear {
		return nil
	}
	if months, ok := years.Load(year); ok {
		return months.([]Month)
	}
	months := compute(year)
	years.Store(year, months)
	return months
}

func compute(year int) (months []Month) {
	defer func() {
		if recover() != nil { // the library does not promise to answer
			months = nil
		}
	}()
	// A lunar year of the library begins with the month of the solstice before; its own months are those of its number,
	// the last of which it may leave to the next.
	for _, y := range []int{year, year + 1} {
		for e := calendar.NewLunarYear(y).GetMonths().Front(); e != nil; e = e.Next() {
			m := e.Value.(*calendar.LunarMonth)
			if m.GetYear() != year {
				continue
			}
			number := m.GetMonth()
			month := Month{Number: max(number, -number), Leap: number < 0, Days: m.GetDayCount(),
				First: edtf.Day(int(m.GetFirstJulianDay()) - julianShift)}
			if n := len(months); n == 0 || months[n-1].First < month.First {
				months = append(months, month)
			}
		}
	}
	return months
}

// MonthOf returns a month of a year. ok is false where the year has no such month.
func MonthOf(year, number int, leap bool) (m Month, ok bool) {
	for _, m := range Months(year) {
		if m.Number == number && m.Leap == leap {
			return m, true
		}
	}
	return Month{}, false
}

// Day returns a day of a month, counted from 1 (初一). ok is false where there is none: the 30th of a short month.
func Day(year, month int, leap bool, day int) (d edtf.Day, ok bool) {
	m, ok := MonthOf(year, month, leap)
	if !ok || day < 1 || day > m.Days {
		return 0, false
	}
	return m.First + edtf.Day(day) - 1, true
}

// Cycle returns the number of a day in the cycle of sixty (干支), from 1 for 甲子 to 60 for 癸亥.
func Cycle(d edtf.Day) int {
	return (int(d)+julianShift+49)%60 + 1 // Julian day 11 is 甲子
}

// CycleOfYear returns the number of a lunar year in the cycle of sixty: 1 for 1984.
func CycleOfYear(year int) int { return ((year-4)%60+60)%60 + 1 }

// A Term is one of the twenty-four (节气).
type Term string

// The terms that are days of feast.
const (
	Qingming Term = "清明"
	Dongzhi  Term = "冬至"
)

// TermIn returns the day of a term in a year of the Common Era. ok is false where it cannot be computed.
func TermIn(year int, t Term) (d edtf.Day, ok bool) {
	if year < minYear || year > maxYear {
		return 0, false
	}
	defer func() {
		if recover() != nil {
			d, ok = 0, false
		}
	}()
	// The library's list goes from 大雪 of the year before to 立春 of the next; its days begin at midnight, Julian ones at noon.
	at := map[Term]int{Qingming: 8, Dongzhi: 25}[t]
	terms := calendar.NewLunarYear(year).GetJieQiJulianDays()
	if at >= len(terms) {
		return 0, false
	}
	return edtf.Day(int(terms[at]+0.5) - julianShift), true
}

// Julian returns a day's date in the Julian calendar, which books print for days before 1582-10-15.
func Julian(d edtf.Day) (year, month, day int) {
	// Richards, "Calendars", Explanatory Supplement to the Astronomical Almanac, 3rd ed., 15.11.3.
	f := int(d) + julianShift + 1401
	e := 4*f + 3
	g := e % 1461 / 4
	h := 5*g + 2
	day = h%153/5 + 1
	month = (h/153+2)%12 + 1
	year = e/1461 - 4716 + (12+2-month)/12
	return year, month, day
}

// Reform is the first day of the Gregorian calendar, 1582-10-15: books print earlier days in the Julian one.
var Reform = func() edtf.Day {
	d, _ := edtf.NewDay(1582, 10, 15)
	return d
}()
