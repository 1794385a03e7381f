package edtf

import (
	"errors"
	"fmt"
	"strings"
)

// groupings are the sub-year groupings of ISO 8601-2:2019, 4.8: the number written for a month, and
// the months that it covers; a month above 12 lies in the next year. Seasons without a hemisphere
// (21 to 24) are northern, as everywhere in Chinese chronicles: winter (冬) is December to February.
var groupings = map[int]struct{ first, last int }{
	21: {3, 5}, 22: {6, 8}, 23: {9, 11}, 24: {12, 14}, // spring to winter
	25: {3, 5}, 26: {6, 8}, 27: {9, 11}, 28: {12, 14}, // northern
	29: {9, 11}, 30: {12, 14}, 31: {3, 5}, 32: {6, 8}, // southern
	33: {1, 3}, 34: {4, 6}, 35: {7, 9}, 36: {10, 12}, // quarters
	37: {1, 4}, 38: {5, 8}, 39: {9, 12}, // thirds
	40: {1, 6}, 41: {7, 12}, // halves
}

// parseDate reads one date: a year, a month or grouping, a day, perhaps with a time of day.
func parseDate(s string) (cover, error) {
	date, clock, timed := strings.Cut(s, "T")
	if timed {
		if _, err := ParseDay(date); err != nil {
			return cover{}, errors.New("a time of day without a full day")
		}
		if !isClock(clock) {
			return cover{}, fmt.Errorf("%q is no time of day", clock)
		}
	}
	p, err := scan(date)
	if err != nil {
		return cover{}, err
	}
	c := cover{vague: p.qualified, size: p.size()}
	c.vague = c.vague || strings.Contains(p.year, "X") || p.month != "XX" && strings.Contains(p.month, "X") ||
		p.day != "XX" && strings.Contains(p.day, "X") || p.month == "XX" && p.day != "" && p.day != "XX"
	if err := p.bounds(&c); err != nil {
		return cover{}, err
	}
	if p.year == unknownText {
		c.start, c.end, c.vague = 0, 0, p.qualified
	}
	return c, nil
}

// parts are the components of a date as written, without qualifiers.
type parts struct {
	negative         bool
	year, month, day string // "" for none; digits and X
	qualified        bool
}

// scan cuts a date into its components: 2020, -0220, 195X, 2020-12~, ?2020-?12-04.
func scan(s string) (parts, error) {
	var p parts
	rest := s
	for i, width := range []int{4, 2, 2} {
		if i > 0 {
			if rest == "" {
				break
			}
			if rest[0] != '-' {
				return p, fmt.Errorf("%q after %q", rest, s[:len(s)-len(rest)])
			}
			rest = rest[1:]
		}
		before := isQualifier(rest)
		if before {
			rest = rest[1:]
		}
		if i == 0 && strings.HasPrefix(rest, "-") {
			p.negative, rest = true, rest[1:]
		}
		if len(rest) < width || !isPattern(rest[:width]) {
			return p, fmt.Errorf("want %d digits or X, found %q", width, rest)
		}
		*[]*string{&p.year, &p.month, &p.day}[i] = rest[:width]
		rest = rest[width:]
		after := isQualifier(rest)
		if after {
			rest = rest[1:]
		}
		if before && after {
			return p, errors.New("a part has two qualifiers")
		}
		p.qualified = p.qualified || before || after
	}
	if rest != "" {
		return p, fmt.Errorf("%q after %q", rest, s[:len(s)-len(rest)])
	}
	if p.negative && (p.year == "0000" || p.year == unknownText) {
		return p, fmt.Errorf("no year -%s", p.year)
	}
	return p, nil
}

func (p parts) size() Precision {
	switch {
	case p.month == "" || p.month == "XX":
		return PrecisionYear
	case p.grouping() != 0:
		return PrecisionInterval
	case p.day == "" || p.day == "XX":
		return PrecisionMonth
	default:
		return PrecisionDay
	}
}

// grouping returns the number of the sub-year grouping written for the month, 0 for none.
func (p parts) grouping() int {
	n, ok := number(p.month)
	if _, known := groupings[n]; !ok || !known {
		return 0
	}
	return n
}

// bounds sets the first and the last day that fit the digits.
func (p parts) bounds(c *cover) error {
	if g := p.grouping(); g != 0 {
		if p.day != "" {
			return fmt.Errorf("a day in the season or quarter %s", p.month)
		}
		return p.groupingBounds(c, groupings[g].first, groupings[g].last)
	}
	first, last := p.years()
	for y := first; y <= last && c.start == 0; y++ {
		c.start = p.dayIn(y, false)
	}
	for y := last; y >= first && c.end == 0; y-- {
		c.end = p.dayIn(y, true)
	}
	if c.start == 0 {
		return errors.New("no such day")
	}
	return nil
}

func (p parts) groupingBounds(c *cover, first, last int) error {
	from, to := p.years()
	for y := from; y <= to; y++ {
		if !p.fitsYear(y) {
			continue
		}
		start, _ := NewDay(y, first, 1)
		endYear, endMonth := y+(last-1)/12, (last-1)%12+1
		end, ok := NewDay(endYear, endMonth, DaysIn(endYear, endMonth))
		if !ok {
			return fmt.Errorf("it ends after the year %d", maxYear)
		}
		if c.start == 0 {
			c.start = start
		}
		c.end = end
	}
	return nil
}

// dayIn returns the first (or last) day of a year that fits the digits, none if no day does.
func (p parts) dayIn(year int, last bool) Day {
	if !p.fitsYear(year) {
		return 0
	}
	for i := range 12 {
		month := i + 1
		if last {
			month = 12 - i
		}
		if !fits(p.month, month) {
			continue
		}
		n := DaysIn(year, month)
		for j := range n {
			day := j + 1
			if last {
				day = n - j
			}
			if fits(p.day, day) {
				d, _ := NewDay(year, month, day)
				return d
			}
		}
	}
	return 0
}

// years returns the least and the greatest year that the digits allow. For XXXX it is one leap year,
// in which every day exists that exists in any.
func (p parts) years() (first, last int) {
	if p.year == unknownText {
		return 2000, 2000
	}
	first, _ = number(strings.ReplaceAll(p.year, "X", "0"))
	last, _ = number(strings.ReplaceAll(p.year, "X", "9"))
	if p.negative {
		return -last, -first
	}
	return first, last
}

func (p parts) fitsYear(year int) bool {
	if p.negative {
		return fits(p.year, -year)
	}
	return fits(p.year, year)
}

// fits reports whether n, written with as many digits as the pattern, fits it; "" fits every number.
func fits(pattern string, n int) bool {
	for i := len(pattern) - 1; i >= 0; i-- {
		if pattern[i] != 'X' && int(pattern[i]-'0') != n%10 {
			return false
		}
		n /= 10
	}
	return pattern == "" || n == 0
}

func isPattern(s string) bool {
	for i := range len(s) {
		if s[i] != 'X' && (s[i] < '0' || s[i] > '9') {
			return false
		}
	}
	return true
}

func isQualifier(s string) bool {
	return s != "" && (s[0] == '~' || s[0] == '?' || s[0] == '%')
}

// isClock reports whether s is hh:mm:ss, perhaps with Z, +hh or +hh:mm behind it.
func isClock(s string) bool {
	if len(s) < len("09:30:00") || !isSixties(s[:8], 3) {
		return false
	}
	zone := s[8:]
	switch {
	case zone == "" || zone == "Z":
		return true
	case zone[0] == '+' || zone[0] == '-':
		return isSixties(zone[1:], 1) || isSixties(zone[1:], 2)
	default:
		return false
	}
}

// isSixties reports whether s is n two-digit numbers with colons between, the first at most 23 (24
// is refused: 24:00:00 is the next day), the others at most 59.
func isSixties(s string, n int) bool {
	fields := strings.Split(s, ":")
	if len(fields) != n {
		return false
	}
	for i, f := range fields {
		v, ok := number(f)
		if !ok || len(f) != 2 || v > 59 || i == 0 && v > 23 {
			return false
		}
	}
	return true
}
