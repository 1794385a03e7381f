package extract

import (
	"strings"

	"fangzhi/graph"
	"fangzhi/lexicon"
)

// A quantity is a number with what stands behind it.
type quantity struct {
	numeric
	// unit is as printed, without 余 and spaces; word is its last part, that of lexicon's table: 万元, 元. Both are "" for none.
	unit, word string
	class      lexicon.UnitClass
	// infix is 余, 多 or 来 between number and unit, 0 for none.
	infix rune
	// scale tells that a 万 or 亿 is part of the unit.
	scale bool
	end   int // behind the unit
}

// measure reads what stands behind a number: 余, 万, and the unit. chinese is for numerals, whose unit follows at once.
func (f *figures) measure(n numeric, chinese bool) quantity {
	q := quantity{numeric: n, end: n.end}
	i := n.end
	if !chinese {
		i = f.space(i)
	}
	i = f.takeInfix(&q, i)
	u, length := lexicon.MatchUnit(f.text[min(i, len(f.text)):])
	scale := ""
	if length == 0 {
		scale, i = f.takeScale(&q, i)
		if scale != "" && f.at(i) == '零' && figureDigit(f.at(i+1)) {
			i++
		}
		if i > q.numeric.end && figureDigit(f.at(i)) && !chinese {
			if i = f.compound(&q, scale, i); i < 0 {
				return quantity{numeric: n, end: n.end}
			}
			scale = ""
		}
		i = f.takeInfix(&q, i)
		if q.infix == 0 || !chinese {
			i = f.space(i)
		}
		u, length = lexicon.MatchUnit(f.text[min(i, len(f.text)):])
	}
	switch {
	case length > 0:
		q.word, q.class, q.end = u.Word, u.Class, i+length
		q.unit = scale + strings.ReplaceAll(u.Word, "％", "%")
		q.word = strings.ReplaceAll(u.Word, "％", "%")
		f.months(&q)
		f.ratio(&q)
	case scale != "" && !chinese && !f.badScale(i):
		q.unit, q.word, q.class, q.end = scale, scale, lexicon.UnitCount, i
		if q.infix != 0 {
			q.end = f.before(i) + 1
		}
	}
	q.scale = scale != ""
	return q
}

// months reads 2个多月 and 1个半小时, whose 多 and 半 stand within the unit.
func (f *figures) months(q *quantity) {
	r := f.at(q.end)
	if q.word != "个" || r != '多' && r != '余' && r != '半' {
		return
	}
	for _, w := range []string{"月", "小时", "星期", "百分点"} {
		if !f.has(q.end+1, w) {
			continue
		}
		if r == '半' {
			q.value += 0.5
		} else {
			q.infix = r
		}
		q.unit += w
		q.word, q.class, q.end = "个"+w, lexicon.UnitTime, q.end+1+len([]rune(w))
		return
	}
}

// takeInfix takes 余, 多, 几 and 来 between number and unit.
func (f *figures) takeInfix(q *quantity, i int) int {
	r := f.at(i)
	if r != '余' && r != '多' && r != '来' && r != '几' || q.infix != 0 {
		return i
	}
	if next := f.at(f.space(i + 1)); next == 0 || !isHan(next) {
		return i
	}
	q.infix = r
	return f.space(i + 1)
}

// takeScale takes 十 to 亿: those below 万 multiply the value, 万 and 亿 stay part of the unit.
func (f *figures) takeScale(q *quantity, i int) (scale string, end int) {
	for ; ; i++ {
		switch p := powerOf(f.at(i)); {
		case p >= 1e4:
			scale += string(f.at(i))
		case p >= 100 && scale == "":
			q.value *= p
		default:
			return scale, i
		}
		if len(scale) > len("万亿") {
			return scale, i + 1
		}
	}
}

// compound adds the smaller parts of 1亿3000万, 2万5千, and leaves nothing to the unit; -1 where it is no number.
func (f *figures) compound(q *quantity, scale string, i int) int {
	unit := 1.0
	for _, r := range scale {
		unit *= powerOf(r)
	}
	q.value *= unit
	n := arabic(f.text, i)
	if n.broken || unit == 1 {
		return -1
	}
	q.numeric.end = n.end
	p := powerOf(f.at(n.end))
	if p == 0 || p >= unit {
		if n.value >= unit || unit < 1e4 || n.end-i < 4 {
			return -1 // 2万5
		}
		q.value += n.value // 1万2000
		return n.end
	}
	q.value += n.value * p
	return n.end + 1
}

// badScale tells whether what stands at i makes a bare 万 or 亿 before it part of something else.
func (f *figures) badScale(i int) bool {
	r := f.at(i)
	return figureDigit(r) || isNumeral(r) || r == '分'
}

// ratio takes the second half of 元/吨, 立方米每秒, 公斤／亩.
func (f *figures) ratio(q *quantity) {
	r := f.at(q.end)
	if r != '/' && r != '／' && (r != '每' || q.class != lexicon.UnitMeasure) {
		return
	}
	if u, n := lexicon.MatchUnit(f.text[q.end+1:]); n > 0 {
		if r == '每' && u.Word != "秒" && u.Word != "小时" {
			return
		}
		q.unit += string(f.text[q.end : q.end+1+n])
		q.end += 1 + n
	}
}

// An interval is a range of numbers with one unit: 20—30人, 5万至8万元.
type interval struct{ low, high quantity }

// rangeFrom reads the range that begins with a number without unit.
func (f *figures) rangeFrom(n numeric) (interval, bool) {
	low := quantity{numeric: n}
	i := f.space(n.end)
	scale := ""
	if powerOf(f.at(i)) >= 1e4 {
		scale, i = f.takeScale(&low, i)
	}
	i = f.space(i)
	if !isRange(f.at(i)) {
		return interval{}, false
	}
	if i++; f.at(i) == f.at(i-1) {
		i++
	}
	i = f.space(i)
	if !figureDigit(f.at(i)) {
		return interval{}, false
	}
	m := arabic(f.text, i)
	if m.broken || m.value <= n.value || n.end-n.start > 8 {
		return interval{}, false
	}
	high := f.measure(m, false)
	if high.unit == "" || scale != "" && !strings.HasPrefix(high.unit, scale) {
		return interval{}, false
	}
	return interval{low, high}, true
}

func isRange(r rune) bool {
	switch r {
	case '—', '–', '-', '－', '~', '～', '〜', '∼', '至', '到', '─', '−':
		return true
	}
	return false
}

// limits are the words before a number that limit it, longest first.
var limits = []struct {
	word string
	is   graph.FigureQualifier
}{
	{"原则上不超过", graph.FigureAtMost}, {"不得超过", graph.FigureAtMost}, {"不得少于", graph.FigureAtLeast}, {"不得低于", graph.FigureAtLeast}, {"不得高于", graph.FigureAtMost},
	{"不超过", graph.FigureAtMost}, {"不高于", graph.FigureAtMost}, {"不大于", graph.FigureAtMost}, {"不多于", graph.FigureAtMost}, {"不超", graph.FigureAtMost},
	{"不少于", graph.FigureAtLeast}, {"不低于", graph.FigureAtLeast}, {"不小于", graph.FigureAtLeast}, {"不下", graph.FigureAtLeast},
	{"至少", graph.FigureAtLeast}, {"最少", graph.FigureAtLeast}, {"至多", graph.FigureAtMost}, {"最多", graph.FigureAtMost},
	{"不足", graph.FigureLessThan}, {"不到", graph.FigureLessThan}, {"不满", graph.FigureLessThan}, {"未满", graph.FigureLessThan}, {"低于", graph.FigureLessThan}, {"少于", graph.FigureLessThan}, {"小于", graph.FigureLessThan},
	{"超过", graph.FigureMoreThan}, {"超出", graph.FigureMoreThan}, {"突破", graph.FigureMoreThan}, {"高于", graph.FigureMoreThan}, {"大于", graph.FigureMoreThan}, {"多于", graph.FigureMoreThan}, {"高达", graph.FigureExact}, {"远超", graph.FigureMoreThan},
	{"接近", graph.FigureAbout}, {"将近", graph.FigureAbout}, {"大约", graph.FigureAbout}, {"约为", graph.FigureAbout}, {"约计", graph.FigureAbout}, {"约有", graph.FigureAbout}, {"约占", graph.FigureAbout}, {"约合", graph.FigureAbout}, {"大概", graph.FigureAbout}, {"近乎", graph.FigureAbout},
	{"逾", graph.FigureMoreThan}, {"超", graph.FigureMoreThan}, {"过", graph.FigureMoreThan}, {"约", graph.FigureAbout}, {"近", graph.FigureAbout},
}

// notLimits are words that end like a limit and are none.
var notLimits = []string{"附近", "最近", "靠近", "邻近", "临近", "就近", "经过", "通过", "度过", "超过", "过", "条约", "合约", "签约", "节约", "公约", "契约", "赶超", "远近"}

// behind are the words behind a unit that limit it.
var behind = []struct {
	word string
	is   graph.FigureQualifier
}{
	{"以上", graph.FigureAtLeast}, {"及以上", graph.FigureAtLeast}, {"之上", graph.FigureAtLeast}, {"以下", graph.FigureAtMost}, {"及以下", graph.FigureAtMost},
	{"以内", graph.FigureAtMost}, {"之内", graph.FigureAtMost}, {"左右", graph.FigureAbout}, {"上下", graph.FigureAbout}, {"许", graph.FigureAbout},
	{"有余", graph.FigureAbout}, {"余", graph.FigureAbout}, {"多", graph.FigureMoreThan},
}

// qualifier says how the text limits the quantity: by a word before it, 余 or 多 in it, or a word behind it.
func (f *figures) qualifier(q quantity) graph.FigureQualifier {
	at := f.before(q.start) + 1
	for _, l := range limits {
		if !f.endsWith(at, l.word) {
			continue
		}
		none := false
		for _, w := range notLimits {
			none = none || len(w) > len(l.word) && f.endsWith(at, w)
		}
		if !none && (l.word != "过" || f.endsWith(at, "已过") || f.endsWith(at, "均过")) && l.is != graph.FigureExact {
			return l.is
		}
		break
	}
	switch q.infix {
	case '余', '来', '几':
		return graph.FigureAbout
	case '多':
		return graph.FigureMoreThan
	}
	for _, b := range behind {
		if f.has(q.end, b.word) && (b.word != "多" && b.word != "许" || !isHan(f.at(q.end+1)) || q.class == lexicon.UnitMeasure && b.word == "多") {
			return b.is
		}
	}
	return graph.FigureExact
}
