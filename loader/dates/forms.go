package dates

import (
	"strings"

	"fangzhi/edtf"
)

// A form is one way of writing a date. To add one: a file with its read function, and a row here.
type form struct {
	name string
	// starts holds the code points, folded, that it can begin with.
	starts string
	// read reads the form at l.r[i] and returns where it ends. false where it does not stand there.
	read func(l *line, i int) (m *mention, end int, ok bool)
}

const (
	numerals  = "0123456789一二三四五六七八九十廿卅"
	yearStart = "公前今本去上明来次翌同当" // of 公元前, 今年, 去年 …
)

// The names of the forms.
const (
	formPlan    = "plan"
	formDecade  = "decade"
	formNumeric = "numeric"
	formDay     = "day"
	formPartDay = "part-day"
	formMonth   = "month"
	formQuarter = "quarter"
	formYear    = "year"
)

// forms in the order in which they are tried: the first that reads something wins.
var forms = []form{
	{formPlan, numerals + `"第`, readPlan},
	{formDecade, numerals + "上", readDecade},
	{formNumeric, numerals, readNumeric},
	{formDay, numerals + yearStart, readDay},
	{formQuarter, numerals + yearStart + "第下", readQuarter},
	{formMonth, numerals + yearStart, readMonth},
	{formPartDay, numerals + "上中下", readPartOfMonth},
	{formYear, numerals + yearStart, readYear},
}

// edge is a part of a month or a year.
type edge int

const (
	whole     edge = iota
	early          // 初
	late           // 底 末
	firstTen       // 上旬
	secondTen      // 中旬
	lastTen        // 下旬
	someDay        // 某日
	spring         // 春, and then the other seasons in their order
	summer
	autumn
	winter
	quarter1 // 一季度, and then the other quarters in their order
	quarter2
	quarter3
	quarter4
	half1 // 上半年
	half2 // 下半年
)

// yearWord is a year that is told by another one.
type yearWord int

const (
	noWord   yearWord = iota
	thisYear          // 今年 本年
	lastYear          // 去年 上年
	yearBeforeLast
	nextYear // 明年 来年
	sameYear // 同年 当年, of the date before
	yearAfter
)

// written is one date as it is written. Zero is "not written".
type written struct {
	hasYear    bool
	year       int // astronomical: 前221年 is -220
	word       yearWord
	month, day int
	edge       edge
}

// How the parts of a mention hang together.
type shape int

const (
	single shape = iota
	span         // from–to
	list         // each of days
)

// mention is what looks like a date, before its year is known.
type mention struct {
	form     string
	shape    shape
	from, to written
	days     []written // all days of a list, from is the first
	// fixed is the date itself where nothing has to be inferred.
	fixed     edtf.Date
	weekday   int    // as written beside the date, 1 Monday to 7 Sunday, 0 for none
	noDaySign bool   // 日 is missing
	doubt     string // Chinese, what was left out of the date as impossible; "" for nothing
	signs     signs

	line        *line
	first, last int // of the date's own words in line.r, end exclusive
	start, end  int // of the words shown in the body, end exclusive
}

// scan reads every date of a line.
func scan(l *line) []*mention {
	var out []*mention
	for i := 0; i < len(l.r); {
		m, end := readAt(l, i)
		if m == nil {
			i++
			continue
		}
		if !vetoed(l, m, i, end) {
			m.line, m.first, m.last = l, i, end
			m.govern()
			out = append(out, m)
		}
		i = end
	}
	return out
}

func readAt(l *line, i int) (*mention, int) {
	for _, f := range forms {
		if !strings.ContainsRune(f.starts, l.r[i]) {
			continue
		}
		if m, end, ok := f.read(l, i); ok {
			m.form = f.name
			return m, end
		}
	}
	return nil, i
}
