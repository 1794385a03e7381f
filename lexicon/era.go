package lexicon

import (
	_ "embed" // era.tsv
	"fmt"
	"strconv"
	"strings"
	"sync"
)

//go:embed era.tsv
var eraTable string

// A Calendar is what the months of an era are counted by.
type Calendar string

// The calendars of eras.
const (
	CalendarLunar Calendar = "lunar" // the Chinese calendar
	CalendarSolar Calendar = "solar" // the Gregorian one: 民国 and later
	CalendarYear  Calendar = "year"  // one of its own, of which only the year is converted: 武周, 太平天国
)

// An Era is a reign (年号) or another count of years. The zero Era is none.
type Era struct {
	Name string
	// First is the year of the Common Era in which its first year began, Years how many it had.
	First, Years int
	// Dynasty is one character or word: 清, 民国, 日本.
	Dynasty  string
	Calendar Calendar
	// Place tells that the name is also one of places: 庆元, 绍兴.
	Place bool
}

// YearOf returns the year of the Common Era in which the n-th year of the era began. ok is false where it had no such
// year.
func (e Era) YearOf(n int) (year int, ok bool) { return e.First + n - 1, n >= 1 && n <= e.Years }

// Eras returns all rows of era.tsv in the order of the table. Several may have one name. The slice is shared: it must not
// be changed.
func Eras() []Era { return eras() }

var eras = sync.OnceValue(func() []Era {
	var rows []Era
	for line := range strings.Lines(eraTable) {
		line = strings.TrimSuffix(line, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 5 && len(f) != 6 {
			panic(fmt.Sprintf("lexicon: era.tsv: %q has %d fields, not 5 or 6", line, len(f)))
		}
		first, err := strconv.Atoi(f[1])
		years, err2 := strconv.Atoi(f[2])
		if err != nil || err2 != nil {
			panic(fmt.Sprintf("lexicon: era.tsv: %q has no years", line))
		}
		rows = append(rows, Era{Name: f[0], First: first, Years: years, Dynasty: f[3], Calendar: Calendar(f[4]), Place: len(f) == 6})
	}
	return rows
})
