package dates

import "fangzhi/edtf"

// A form is one way of writing a date. To add one: a file with its read function, and a row here.
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
	{formPartDay, numerals + "上中下月", readPartOfMonth},
	{formYear, numerals + yearStart + lunarStart + stems + "li", readYear},
	{formSeason, "春夏秋冬年岁", readSeason},
	{formFestival, festivalStarts, readFestival},
}

// starts holds for every code point of the first plane which forms can begin with it, a bit each.
var starts [1 << 16]uint16

// seconds is a bit set of the pairs of code points that a date can begin with, by pairHash: a start alone is often part of
// another word (classWild has those that anything may follow). A wrong hit costs time and nothing else.
var seconds [1 << 16 / 64]uint64

func pairHash(a, b rune) (word, bit uint32) {
	h := uint32(a)*31 + uint32(b)
	return h >> 6 & (1<<10 - 1), h & 63
}

func init() {
	for k, f := range forms {
		begins := f.starts
		switch f.name {
		case formReign:
			begins = reignStarts() + "农阴旧夏"
		case formDay, formMonth, formQuarter, formYear:
			begins += reignStarts()
		}
		for _, r := range begins {
			starts[r] |= 1 << k
		}
	}
	add := func(a, b rune) {
		word, bit := pairHash(a, b)
		seconds[word] |= 1 << bit
	}
	for _, list := range []*wordList{yearWords, lunarPrefixes, solarPrefixes, halves, feastNames, lunarMonthNames, sameMonthWords,
		words("公元", "元月", "元年", "上世", "上旬", "中旬", "下旬", "月初", "月底", "月末")} {
		for _, w := range list.words {
			add(w[0], w[min(1, len(w)-1)])
		}
	}
	for _, names := range reignNames() {
		for _, n := range names {
			w := []rune(n.name)
			add(w[0], w[1])
		}
	}
	for _, p := range periods {
		w := []rune(p.text)
		add(w[0], w[1])
	}
	for _, p := range yearParts {
		w := []rune(p.text)
		add(w[0], w[1])
	}
	for _, r := range "一二三四五六七八九十" {
		add('初', r)
	}
	for _, a := range stems {
		for b := range branchOf {
			add(a, b)
		}
	}
	for _, a := range misreads {
		for _, b := range numerals {
			add(a, b)
		}
	}
}

// edge is a part of a month or a year.
type edge int8

const (
	whole      edge = iota
	early           // 初
	late            // 底 末
	firstTen        // 上旬
	secondTen       // 中旬
	lastTen         // 下旬
	lastDay         // 晦 除夕, of a lunar month
	someDay         // 某日
	monthEarly      // 月初 without its month
	monthLate       // 月底 without its month
	spring          // 春, and then the other seasons in their order
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

// ofMonth tells whether the edge is a part of a month, whose year and month it needs.
func (e edge) ofMonth() bool { return e >= firstTen && e <= monthLate }

// yearWord is a year that is told by another one.
type yearWord int8

const (
	noWord   yearWord = iota
	thisYear          // 今年 本年
	lastYear          // 去年 上年
	yearBeforeLast
	nextYear // 明年 来年
	sameYear // 同年 当年 是年, of the date before
	yearAfter
)

// calendar is what a month is counted by, as far as the words say.
type calendar int8

const (
	unsaid    calendar = iota
	solar              // 公历
	lunisolar          // 农历, 腊月, 初三, or a reign before 1912
)

// written is one date as it is written. Zero is "not written".
type written struct {
	year       int // astronomical: 前221年 is -220; of a lunar date, the year in whose January or February its year begins
	month, day int
	ordinal    int // 二十二年 of a reign, which may have been told before
	printed    int // the year of the Common Era in brackets behind a reign year, 0 for none

	hasYear   bool
	word      yearWord
	edge      edge
	calendar  calendar
	leap      bool  // 闰四月
	chinese   bool  // the month stands in Chinese numerals
	cycle     int8  // 庚子 for the day, from 1 to 60; 0 for none
	cycleYear int8  // 庚子 for the year
	term      int8  // 清明 or 冬至, see terms; 0 for none
	unsure    bool  // several reigns of the name have such a year
	yearFirst bool  // the year of the Common Era stands before the reign: 1911年（宣统三年）
	foreign   bool  // the year of a reign that the table does not have, known from its brackets
	reign     reign // whose year it is
}

// hasMonth tells whether the month is known, or needs not to be.
func (w written) hasMonth() bool { return w.month != 0 || w.term != 0 }

// How the parts of a mention hang together.
type shape int8

const (
	single shape = iota
	ranged       // from–to
	listed       // each of items
)

// item is a date of a list; to is zero unless it is a range: 5日至8日、12日.
type item struct{ from, to written }

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

// scan reads every date of the line.
func (l *line) scan() {
	sentence, counted := 0, 0
	for i := 0; i < len(l.r); {
		r := l.r[i]
		if r >= 1<<16 || starts[r] == 0 {
			i++
			continue
		}
		if isNumeral(r) {
			// Most numbers count something else, which their next code point shows.
			j := i + 1
			for j < len(l.r) && isNumeral(l.r[j]) {
				j++
			}
			if classOf(l.rune(j))&classCounted == 0 {
				i = j
				continue
			}
		}
		if word, bit := pairHash(r, l.rune(i+1)); !isNumeral(r) && seconds[word]&(1<<bit) == 0 && classOf(r)&classWild == 0 {
			i++
			continue
		}
		m, end := l.readAt(i, starts[r])
		if end <= i {
			i++
			continue
		}
		if m != nil && !vetoed(l, m, i, end) {
			for ; counted < i; counted++ {
				if endsSentence(l.r[counted]) {
					sentence++
				}
			}
			m.line, m.first, m.last, m.sentence = l, i, end, sentence
			if m.from.reign != 0 || m.form == formReign || m.from.foreign {
				m.first = l.reignStart(i, m.from.foreign)
			}
			if m.repaired == "" && m.from.hasYear {
				for _, r := range l.r[i:end] {
					if r == 'l' || r == 'i' {
						m.repaired = l.words(i, end) + "→" + yearText(m.from.year)
					}
				}
			}
			m.govern()
			l.mentions = append(l.mentions, m)
		}
		if i = end; m != nil {
			i = max(end, m.resume)
		}
	}
}

// readAt reads a date at i. nil with an end behind i is something that looks like a date and is none.
func (l *line) readAt(i int, bits uint16) (*mention, int) {
	for k := 0; bits != 0; k, bits = k+1, bits>>1 {
		if bits&1 == 0 {
			continue
		}
		if m, end, ok := forms[k].read(l, i); ok {
			if m != nil {
				m.form = forms[k].name
			}
			return m, end
		}
	}
	return nil, i
}

// atStart tells whether i opens the paragraph, behind bullets.
func (l *line) atStart(i int) bool { return i <= l.lead }

// startsClause tells whether a clause starts at i.
func (l *line) startsClause(i int) bool { return i <= l.lead || endsClause(l.r[i-1]) }
