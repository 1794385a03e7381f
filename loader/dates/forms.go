package dates

import "fangzhi/edtf"

// A form is one way of writing a date. To add one: a file with its read function, a row here, and in scan.go the pairs of
// code points that it can begin with.
type form struct {
	name string
	// starts holds the code points, folded, that it can begin with.
	starts string
	// read reads the form at l.r[i] and returns where it ends. false where it does not stand there.
	read func(l *line, i int) (m *mention, end int, ok bool)
}

const (
	numerals   = "0123456789一二三四五六七八九十廿卅"
	yearStart  = "公前今本去上明来次翌同当是" // of 公元前, 今年, 去年, 是年 …
	lunarStart = "农阴旧夏正冬腊闰元初"    // of 农历, 正月, 元年, 初三 …
	misreads   = "lio"           // of l2月
)

// The names of the forms.
const (
	formPlan     = "plan"
	formPeriod   = "period"
	formDecade   = "decade"
	formNumeric  = "numeric"
	formReign    = "reign"
	formDay      = "day"
	formPartDay  = "part-day"
	formMonth    = "month"
	formQuarter  = "quarter"
	formYear     = "year"
	formSeason   = "season"
	formFestival = "festival"
)

// forms in the order in which they are tried: the first that reads something wins.
var forms = []form{
	{formPlan, numerals + `"第`, readPlan},
	{formPeriod, periodStarts, readPeriod},
	{formDecade, numerals + "上公", readDecade},
	{formNumeric, numerals, readNumeric},
	{formReign, "", readReign}, // see starts
	{formDay, numerals + yearStart + lunarStart + misreads + stems + "春夏秋冬朔望晦既", readDay},
	{formQuarter, numerals + yearStart + "第下", readQuarter},
	{formMonth, numerals + yearStart + lunarStart + misreads + stems + "春夏秋冬", readMonth},
	{formPartDay, numerals + "上中下月同是本当", readPartOfMonth},
	{formYear, numerals + yearStart + lunarStart + stems + "li", readYear},
	{formSeason, "春夏秋冬年岁", readSeason},
	{formFestival, festivalStarts, readFestival},
}

// mention is what looks like a date, before its year is known.
type mention struct {
	form      string
	shape     shape
	from, to  written
	items     []item    // of a list, from is the first
	fixed     edtf.Date // the date itself where nothing has to be inferred
	weekday   int       // as written beside the date, 1 Monday to 7 Sunday, 0 for none
	noDaySign bool      // 日 is missing
	repaired  string    // what the words are taken for where a scan misread them; "" for nothing
	resume    int       // where reading goes on, where that is behind the date's own words
	doubt     string    // Chinese, what was left out of the date as impossible; "" for nothing
	// weak is a date only where the lines above or a date before make it one: 二十二年, 六月, 春.
	weak      bool
	sameMonth bool // 同月15日
	signs     signs

	line        *line
	sentence    int // of its paragraph, counted from 0
	first, last int // of the date's own words in line.r, end exclusive
	shown       span
}
