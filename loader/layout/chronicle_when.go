package layout

import "strings"

// The dates that open the lines of a 大事记. Only where the words begin and end and how fine they are is found here: what
// they mean is for loader/dates to say. Nothing here uses regular expressions, since every line of a book comes by.

// grain is how fine the words of a date are.
type grain int

const (
	noGrain     grain = iota
	grainYear         // 2021年, 是年
	grainSeason       // 春, 年初, 上半年, 一季度: a part of the year that is no month
	grainMonth        // 1月, 1—3月, 是月
	grainPart         // 上旬, 月底
	grainDay          // 4日, 1—2日, 同日
)

// when is the date that a text opens with.
type when struct {
	grain grain
	// ref: it refers to a date above it and has none of its own: 同日, 是月, 次日.
	ref bool
	// next: it lies behind the day that it refers to: 次日.
	next bool
	// topic: it may as well be what the sentence is about: 全年, 当年. It dates only with a comma or a space behind it.
	topic bool
	// feast: it is a festival, which no month above it need date.
	feast            bool
	year, month, day int // the first that is written, 0 for none
	// yearEnd and monthEnd are the bytes up to the first 年 and the first 月, 0 where there is none.
	yearEnd, monthEnd int
	end               int // bytes of the words
}

// own tells whether the words write a date themselves.
func (w *when) own() bool { return w.grain != noGrain && !w.ref }

// whenWord is a word that dates.
type whenWord struct {
	text  string
	grain grain
	ref   bool
	next  bool
	topic bool // see when.topic
}

// whenWords in the order in which they are tried: a word stands before those that it begins with.
var whenWords = []whenWord{
	{text: "同一日", grain: grainDay, ref: true}, {text: "同一天", grain: grainDay, ref: true}, {text: "同日", grain: grainDay, ref: true}, {text: "是日", grain: grainDay, ref: true},
	{text: "该日", grain: grainDay, ref: true}, {text: "当日", grain: grainDay, ref: true}, {text: "同天", grain: grainDay, ref: true}, {text: "当天", grain: grainDay, ref: true, topic: true},
	{text: "次日", grain: grainDay, ref: true, next: true}, {text: "翌日", grain: grainDay, ref: true, next: true},
	{text: "同月", grain: grainMonth, ref: true}, {text: "是月", grain: grainMonth, ref: true}, {text: "该月", grain: grainMonth, ref: true}, {text: "当月", grain: grainMonth, ref: true, topic: true}, {text: "本月", grain: grainMonth, ref: true, topic: true},
	{text: "同年", grain: grainYear, ref: true}, {text: "是年", grain: grainYear, ref: true}, {text: "该年", grain: grainYear, ref: true}, {text: "当年", grain: grainYear, ref: true, topic: true}, {text: "本年", grain: grainYear, ref: true, topic: true},
	{text: "年内", grain: grainYear, ref: true, topic: true}, {text: "全年", grain: grainYear, ref: true, topic: true}, {text: "是岁", grain: grainYear, ref: true},
	{text: "上旬", grain: grainPart}, {text: "中旬", grain: grainPart}, {text: "下旬", grain: grainPart}, {text: "月初", grain: grainPart}, {text: "月中", grain: grainPart, topic: true}, {text: "月底", grain: grainPart}, {text: "月末", grain: grainPart},
	{text: "年初", grain: grainSeason, topic: true}, {text: "年中", grain: grainSeason, topic: true}, {text: "年底", grain: grainSeason, topic: true}, {text: "年末", grain: grainSeason, topic: true}, {text: "年终", grain: grainSeason, topic: true}, {text: "岁末", grain: grainSeason, topic: true},
	{text: "上半年", grain: grainSeason, topic: true}, {text: "下半年", grain: grainSeason, topic: true},
	{text: "第一季度", grain: grainSeason, topic: true}, {text: "第二季度", grain: grainSeason, topic: true}, {text: "第三季度", grain: grainSeason, topic: true}, {text: "第四季度", grain: grainSeason, topic: true},
	{text: "一季度", grain: grainSeason, topic: true}, {text: "二季度", grain: grainSeason, topic: true}, {text: "三季度", grain: grainSeason, topic: true}, {text: "四季度", grain: grainSeason, topic: true},
	{text: "近日", grain: grainPart, topic: true}, {text: "日前", grain: grainPart, topic: true}, {text: "近期", grain: grainPart, topic: true},
	{text: "春夏之交", grain: grainSeason, topic: true}, {text: "夏秋之交", grain: grainSeason, topic: true}, {text: "秋冬之交", grain: grainSeason, topic: true},
	{text: "春夏", grain: grainSeason, topic: true}, {text: "夏秋", grain: grainSeason, topic: true}, {text: "秋冬", grain: grainSeason, topic: true}, {text: "冬春", grain: grainSeason, topic: true},
}

// wordStarts are the first characters of whenWords, of the seasons and of festivals.
const wordStarts = "同是该当次翌本年全上中下月岁第一二三四春夏秋冬近日元除清端五七八国重"

// festivals date an entry with one of festivalTails or nothing behind them, and with a comma or a space.
var (
	festivals     = []string{"元旦", "春节", "除夕", "元宵节", "元宵", "清明节", "清明", "五一", "端午节", "端午", "七一", "八一", "中秋节", "中秋", "国庆节", "国庆", "重阳节", "重阳"}
	festivalTails = []string{"", "期间", "前夕", "前后", "假期", "当天", "当日"}
)

// seasonTails may stand behind 春 夏 秋 冬: 春季, 秋末.
var seasonTails = []string{"季", "天", "初", "末", "间"}

// readWhen reads the date that s opens with; false where there is none.
func readWhen(s string) (when, bool) {
	r := firstRune(s)
	switch {
	case isDigit(r), strings.ContainsRune("一二三四五六七八九十元正冬腊闰初廿公〇", r):
		if w, ok := readDate(s); ok {
			return w, true
		}
		if isDigit(r) {
			return when{}, false
		}
	}
	if !strings.ContainsRune(wordStarts, r) {
		return when{}, false
	}
	return readWord(s)
}

// readWord reads a word that dates: 同日, 上旬, 春.
func readWord(s string) (when, bool) {
	for i := range whenWords {
		word := &whenWords[i]
		if !strings.HasPrefix(s, word.text) {
			continue
		}
		w := when{grain: word.grain, ref: word.ref, next: word.next, topic: word.topic, end: len(word.text)}
		rest := s[w.end:]
		if n := partAt(rest); n > 0 && w.ref && w.grain == grainMonth {
			w.grain, w.end = grainPart, w.end+n // 是月下旬
			rest = s[w.end:]
		}
		if strings.HasPrefix(rest, "起") {
			w.end += len("起")
		}
		if w.topic && !parts(s[w.end:]) {
			return when{}, false
		}
		return w, true
	}
	if n := seasonAt(s); n > 0 && parts(s[n:]) {
		return when{grain: grainSeason, topic: true, end: n}, true
	}
	for _, f := range festivals {
		if !strings.HasPrefix(s, f) {
			continue
		}
		for _, t := range festivalTails {
			if n := len(f) + len(t); strings.HasPrefix(s[len(f):], t) && parts(s[n:]) {
				return when{grain: grainPart, topic: true, feast: true, end: n}, true
			}
		}
	}
	return when{}, false
}

// seasonAt returns the bytes of the season that s opens with: 春, 秋末, 冬至次年春.
func seasonAt(s string) int {
	if !strings.ContainsRune("春夏秋冬", firstRune(s)) {
		return 0
	}
	n := len("春")
	for _, tail := range seasonTails {
		if strings.HasPrefix(s[n:], tail) {
			n += len(tail)
			break
		}
	}
	if d := dashAt(s[n:]); d > 0 {
		rest := s[n+d:]
		m := 0
		for _, word := range []string{"次年", "翌年"} {
			if strings.HasPrefix(rest, word) {
				m = len(word)
			}
		}
		if more := seasonAt(rest[m:]); more > 0 {
			n += d + m + more
		}
	}
	return n
}

// parts tells whether a date that stands before s is set apart from it.
func parts(s string) bool {
	if s == "" {
		return true
	}
	return strings.ContainsRune(" ，、：:,；", firstRune(s))
}

// readDate reads a date with numbers in it: 4日, 1—2日, 2021年1月6日, 5月31日至6月6日, 1月, 1958年春, 1月上旬.
func readDate(s string) (when, bool) {
	if w, ok := readNumericDate(s); ok {
		return w, true
	}
	var w when
	i := 0
	if year, n := yearAt(s); n > 0 {
		w.year, w.yearEnd, w.grain, i = year, n, grainYear, n
	}
	month, n := monthAt(s[i:])
	if n == 0 {
		month, n = monthsAt(s[i:])
	}
	switch {
	case n > 0:
		i += n
		w.month, w.monthEnd, w.grain = month, i, grainMonth
		if k := partAt(s[i:]); k > 0 {
			i += k
			w.grain = grainPart
			w.end = i + rangeAt(s[i:])
			return w, true
		}
	case w.year > 0:
		if k := yearPartAt(s[i:]); k > 0 {
			w.grain = grainSeason
			w.end = i + k
			return w, true
		}
		if d := dashAt(s[i:]); d > 0 { // 1958年至1960年
			if _, k := yearAt(s[i+d:]); k > 0 {
				i += d + k
			}
		}
		if strings.HasPrefix(s[i:], "度") || strings.HasPrefix(s[i:], "的") {
			return when{}, false
		}
		w.end = i
		return w, true
	}
	day, n := daysAt(s[i:], w.month > 0)
	if n == 0 {
		if w.month == 0 {
			return when{}, false
		}
		if n = rangeAt(s[i:]); n == 0 && (isMonthOfTopic(s[i:]) || isDayOfMore(s[i:])) {
			return when{}, false
		}
		w.end = i + n
		if strings.HasPrefix(s[w.end:], "起") {
			w.end += len("起")
		}
		return w, true
	}
	w.day, w.grain = day, grainDay
	i += n
	for range 30 { // a list or a range of days
		n := rangeAt(s[i:])
		if n == 0 {
			break
		}
		i += n
	}
	i += weekdayAt(s[i:])
	w.end = i
	return w, true
}

// readNumericDate reads 2021-01-06, 2021.1.6 and 2021/1/6.
func readNumericDate(s string) (when, bool) {
	if len(s) < 8 || !isDigit(rune(s[0])) || !isDigit(rune(s[3])) || strings.IndexByte("-./", s[4]) < 0 {
		return when{}, false
	}
	sep := s[4]
	year, n := digitsAt(s, 4)
	if n != 4 || year < 1000 {
		return when{}, false
	}
	month, k := digitsAt(s[5:], 2)
	i := 5 + k
	if k == 0 || month < 1 || month > 12 || i >= len(s) || s[i] != sep {
		return when{}, false
	}
	day, m := digitsAt(s[i+1:], 2)
	i += 1 + m
	if m == 0 || day < 1 || day > 31 || i < len(s) && isDigit(rune(s[i])) {
		return when{}, false
	}
	return when{grain: grainDay, year: year, month: month, day: day, yearEnd: 4, monthEnd: 5 + k, end: i}, true
}
