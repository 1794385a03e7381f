package edtf

import (
	"fmt"
	"strconv"
	"time"
)

// A Day is one day of the proleptic Gregorian calendar. Days count up by one: Day(1) is -9999-01-01,
// and every day of the years -9999 to 9999 is positive. The zero Day is none. d+1 is the next day.
type Day int32

const (
	minYear, maxYear = -9999, 9999
	lastDay          = Day(7304484) // 9999-12-31

	// Day numbers of the algorithms below count from 0000-03-01.
	epochShift = 3652120 // days from -9999-01-01 to 0000-03-01, plus 1: Day(1) is the first
)

// NewDay returns the day of that date, false (and none) if there is no such day or its year lies
// outside -9999 to 9999. Years are astronomical: 0 is 1 BCE.
func NewDay(year, month, day int) (Day, bool) {
	if year < minYear || year > maxYear || day < 1 || day > DaysIn(year, month) {
		return 0, false
	}
	// Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil:
	// years begin in March, eras have 400 of them.
	y := year
	if month <= 2 {
		y--
	}
	era := floorDiv(y, 400)
	yearOfEra := y - era*400
	dayOfYear := (153*((month+9)%12)+2)/5 + day - 1
	dayOfEra := yearOfEra*365 + yearOfEra/4 - yearOfEra/100 + dayOfYear
	return Day(era*146097 + dayOfEra + epochShift), true
}

// ParseDay reads the API's scalar Date: 2020-12-17, before year 0 with a sign and four digits,
// -0220-03-01.
func ParseDay(s string) (Day, error) {
	digits, sign := s, 1
	if len(s) > 0 && s[0] == '-' {
		digits, sign = s[1:], -1
	}
	if len(digits) != len("2020-12-17") || digits[4] != '-' || digits[7] != '-' {
		return 0, fmt.Errorf("day %q: want YYYY-MM-DD", s)
	}
	year, okYear := number(digits[:4])
	month, okMonth := number(digits[5:7])
	day, okDay := number(digits[8:])
	if !okYear || !okMonth || !okDay || sign < 0 && year == 0 {
		return 0, fmt.Errorf("day %q: want YYYY-MM-DD", s)
	}
	d, ok := NewDay(sign*year, month, day)
	if !ok {
		return 0, fmt.Errorf("day %q: no such day", s)
	}
	return d, nil
}

// Date returns the day's year, month and day; 0, 0, 0 for none (no day has month 0).
func (d Day) Date() (year, month, day int) {
	if !d.valid() {
		return 0, 0, 0
	}
	// civil_from_days, see NewDay.
	z := int(d) - epochShift
	era := floorDiv(z, 146097)
	dayOfEra := z - era*146097
	yearOfEra := (dayOfEra - dayOfEra/1460 + dayOfEra/36524 - dayOfEra/146096) / 365
	dayOfYear := dayOfEra - (365*yearOfEra + yearOfEra/4 - yearOfEra/100)
	m := (5*dayOfYear + 2) / 153
	day = dayOfYear - (153*m+2)/5 + 1
	month = (m+2)%12 + 1
	year = yearOfEra + era*400
	if month <= 2 {
		year++
	}
	return year, month, day
}

// String returns the day as 2020-12-17 or -0220-03-01, "" for none.
func (d Day) String() string {
	return string(d.Append(make([]byte, 0, len("-2020-12-17"))))
}

// Append appends what String returns to b.
func (d Day) Append(b []byte) []byte {
	if !d.valid() {
		return b
	}
	year, month, day := d.Date()
	if year < 0 {
		b, year = append(b, '-'), -year
	}
	digit := func(n int) byte { return byte('0' + n%10) }
	return append(b, digit(year/1000), digit(year/100), digit(year/10), digit(year), '-', digit(month/10), digit(month), '-', digit(day/10), digit(day))
}

// Weekday returns the day of the week. None has no weekday; it is Sunday there.
func (d Day) Weekday() time.Weekday {
	if !d.valid() {
		return time.Sunday
	}
	return time.Weekday(d % 7) // Day(1), -9999-01-01, is a Monday
}

// MarshalJSON returns the day as a string, null for none.
func (d Day) MarshalJSON() ([]byte, error) {
	if !d.valid() {
		return []byte("null"), nil
	}
	return []byte(`"` + d.String() + `"`), nil
}

// UnmarshalJSON reads a string as ParseDay does, null as none. On an error d keeps its value.
func (d *Day) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		*d = 0
		return nil
	}
	s, err := strconv.Unquote(string(data))
	if err != nil {
		return fmt.Errorf("day %s: want a string or null", data)
	}
	p, err := ParseDay(s)
	if err != nil {
		return err
	}
	*d = p
	return nil
}

func (d Day) valid() bool { return d >= 1 && d <= lastDay }

// DaysIn returns the number of days of a month, 0 for a month that does not exist.
func DaysIn(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	case 1, 3, 5, 7, 8, 10, 12:
		return 31
	default:
		return 0
	}
}

// number reads s as a number of ASCII digits without a sign.
func number(s string) (int, bool) {
	n := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, len(s) > 0
}

func floorDiv(a, b int) int {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
