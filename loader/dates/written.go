package dates

import (
	"fmt"

	"fangzhi/edtf"
	"fangzhi/loader/dates/lunar"
)

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

// before tells whether w lies before v in a year.
func (w written) before(v written) bool {
	a, b := w.startMonth(), v.startMonth()
	return a < b || a == b && w.day > 0 && w.day < v.day && (w.leap == v.leap || w.leap)
}

// startMonth returns the month in which w begins.
func (w written) startMonth() int {
	switch {
	case w.month != 0:
		return w.month
	case w.edge == late:
		return 12
	case w.edge >= spring && w.edge <= winter:
		return 3 * int(w.edge-spring+1)
	case w.edge >= quarter1 && w.edge <= quarter4:
		return 3*int(w.edge-quarter1) + 1
	case w.edge == half2:
		return 7
	default:
		return 1
	}
}

// day1 returns the first day of w in a year.
func (w written) day1(year int) (edtf.Day, bool) {
	if w.term != 0 {
		return lunar.TermIn(year, terms[w.term-1])
	}
	if w.calendar == lunisolar && w.month != 0 {
		first, _, _, ok := w.inDays(year)
		return first, ok
	}
	return edtf.NewDay(year, w.startMonth(), max(w.day, 1))
}

// phrase returns w as a reason names it: 12月17日.
func (w written) phrase() string {
	switch {
	case w.calendar == lunisolar && w.month != 0 && w.cycle != 0:
		return "农历" + w.monthPhrase() + cycleName(w.cycle) + "日"
	case w.calendar == lunisolar && w.month != 0 && w.day != 0:
		return fmt.Sprintf("农历%s%d日", w.monthPhrase(), w.day)
	case w.calendar == lunisolar && w.month != 0:
		return "农历" + w.monthPhrase()
	case w.month != 0 && w.day != 0:
		return fmt.Sprintf("%d月%d日", w.month, w.day)
	case w.month != 0:
		return fmt.Sprintf("%d月", w.month)
	case w.day != 0:
		return fmt.Sprintf("%d日", w.day)
	case w.term != 0:
		return string(terms[w.term-1])
	case w.edge >= quarter1 && w.edge <= quarter4:
		return fmt.Sprintf("第%d季度", int(w.edge-quarter1)+1)
	case w.edge == half1:
		return "上半年"
	case w.edge == half2:
		return "下半年"
	default:
		return "日期"
	}
}

func (w written) monthPhrase() string {
	if w.leap {
		return fmt.Sprintf("闰%d月", w.month)
	}
	return fmt.Sprintf("%d月", w.month)
}
