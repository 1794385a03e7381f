// Package edtf knows dates as historians write them: a day, a month, a year, an interval with an
// open end, one unknown day of a 旬, a decade, a date that nobody recorded.
//
// Dates are written in the Extended Date/Time Format of ISO 8601-2:2019, levels 0 to 2. What
// chronicles need of it is read: days, months, years 9999 BCE to 9999 CE (astronomical: year 0000 is
// 1 BCE), seasons, quarters and halves (sub-year groupings 21 to 41), ~ ? % on a date or one of its
// parts, unspecified digits, intervals, sets {…} and […], and a time of day behind a full day. Years
// of more than four digits, exponents and significant digits (Y17E7, 1950S2) are errors.
// Days are proleptic Gregorian throughout.
package edtf

import (
	"strings"
	"sync"
)

// A Precision says how exactly a date is known. Its values are those of the API's DatePrecision.
type Precision string

// The precisions, with what is written so.
const (
	PrecisionDay         Precision = "DAY"         // 2020-12-17
	PrecisionMonth       Precision = "MONTH"       // 2020-12, 2020-12-XX
	PrecisionYear        Precision = "YEAR"        // 2020, 2020-XX, 2020-XX-XX
	PrecisionInterval    Precision = "INTERVAL"    // a/b, ../b, a/.., {…}, quarters, halves, seasons
	PrecisionApproximate Precision = "APPROXIMATE" // anything with ~ ? %, […], 195X, 2020-12-1X
	PrecisionUnknown     Precision = "UNKNOWN"     // XXXX, XXXX-12-04: no bound on either side
)

// unknownText is how a date is written of which nothing is known.
const unknownText = "XXXX"

// A Date is a date in EDTF with the days that it covers. Dates are values: == holds exactly between
// dates of the same text. The zero Date is unknown and is written XXXX.
type Date struct {
	text       string // as parsed; "" for XXXX, and for one day, which start tells
	start, end Day
	precision  Precision // "" for XXXX
}

// Unknown is the date of which nothing is known, XXXX: the zero Date.
var Unknown Date

// String returns the date's EDTF text, exactly as it was parsed.
func (d Date) String() string {
	switch {
	case d.text != "":
		return d.text
	case d.start != 0:
		return d.start.String()
	}
	return unknownText
}

// Append appends what String returns to b.
func (d Date) Append(b []byte) []byte {
	switch {
	case d.text != "":
		return append(b, d.text...)
	case d.start != 0:
		return d.start.Append(b)
	}
	return append(b, unknownText...)
}

// Start returns the first day that the date covers; none where it is unknown or open towards the
// past. ~ and ? do not widen a date: 2020-12~ starts on 2020-12-01.
func (d Date) Start() Day { return d.start }

// End returns the last day that the date covers; none where it is unknown or open towards the future.
func (d Date) End() Day { return d.end }

// Precision returns how exactly the date is known. It is PrecisionUnknown exactly where Start and
// End are both none.
func (d Date) Precision() Precision {
	if d.precision == "" {
		return PrecisionUnknown
	}
	return d.precision
}

// IsZero reports whether d is the zero Date, XXXX.
func (d Date) IsZero() bool { return d == Date{} }

// OfDay returns the date of one day, Unknown for none.
func OfDay(d Day) Date {
	if !d.valid() {
		return Unknown
	}
	return Date{start: d, end: d, precision: PrecisionDay}
}

// OfMonth returns the date 2020-12, Unknown for a month that does not exist.
func OfMonth(year, month int) Date {
	if i := (year-firstKept)*12 + month - 1; month >= 1 && month <= 12 && i >= 0 && i < keptMonths {
		return months()[i]
	}
	return ofMonth(year, month)
}

// The months of the years that most chronicles tell of are made once: a histogram asks for some hundred at a time.
const (
	firstKept  = 1900
	keptMonths = 200 * 12
)

var months = sync.OnceValue(func() *[keptMonths]Date {
	all := new([keptMonths]Date)
	for i := range all {
		all[i] = ofMonth(firstKept+i/12, i%12+1)
	}
	return all
})

func ofMonth(year, month int) Date {
	first, ok := NewDay(year, month, 1)
	if !ok {
		return Unknown
	}
	last := first + Day(DaysIn(year, month)) - 1
	text := first.String()
	return Date{text: text[:len(text)-len("-01")], start: first, end: last, precision: PrecisionMonth}
}

// OfYear returns the date 2020, Unknown for a year outside -9999 to 9999.
func OfYear(year int) Date {
	first, ok := NewDay(year, 1, 1)
	if !ok {
		return Unknown
	}
	last, _ := NewDay(year, 12, 31)
	return Date{text: first.String()[:len(first.String())-len("-01-01")], start: first, end: last, precision: PrecisionYear}
}

// Interval returns the date that lasts from a to b, a/b. An Unknown a or b leaves that side open:
// ../b, a/... What cannot be an interval is Unknown: two unknown sides, an end before the start, a
// side that is itself an interval or a set.
func Interval(a, b Date) Date {
	if a.IsZero() && b.IsZero() {
		return Unknown
	}
	d, err := Parse(side(a) + "/" + side(b))
	if err != nil {
		return Unknown
	}
	return d
}

func side(d Date) string {
	if d.IsZero() {
		return open
	}
	return d.String()
}

// Days returns the set of all the given days, {2020-12-03,2020-12-05}, in the given order; of one
// day it is that day. Unknown if there is none among them, or no day at all.
func Days(days ...Day) Date {
	if len(days) == 1 {
		return OfDay(days[0])
	}
	texts := make([]string, len(days))
	for i, d := range days {
		texts[i] = d.String()
	}
	d, err := Parse("{" + strings.Join(texts, ",") + "}")
	if err != nil {
		return Unknown
	}
	return d
}

// DayWithin returns the date that is one unknown day from first to last, both inclusive:
// [2020-12-01..2020-12-10]. Unknown if one of them is none or they stand in the wrong order.
func DayWithin(first, last Day) Date {
	d, err := Parse("[" + first.String() + ".." + last.String() + "]")
	if err != nil || d.start == 0 || d.end == 0 {
		return Unknown
	}
	return d
}

// MarshalText returns the EDTF text; JSON shows a date as this string.
func (d Date) MarshalText() ([]byte, error) { return d.Append(nil), nil }

// UnmarshalText parses text as Parse does. On an error d keeps its value.
func (d *Date) UnmarshalText(text []byte) error {
	p, err := Parse(string(text))
	if err != nil {
		return err
	}
	*d = p
	return nil
}

// MarshalBinary returns the EDTF text.
func (d Date) MarshalBinary() ([]byte, error) { return d.MarshalText() }

// UnmarshalBinary parses what MarshalBinary wrote. On an error d keeps its value.
func (d *Date) UnmarshalBinary(data []byte) error { return d.UnmarshalText(data) }
