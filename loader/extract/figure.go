package extract

import (
	"math"
	"slices"

	"fangzhi/fold"
	"fangzhi/graph"
	"fangzhi/internal/trie"
	"fangzhi/lexicon"
	"fangzhi/loader/reading"
)

// Rules of figures, as reading.Figure.Rule names them.
const (
	ruleQuantity = "quantity"      // 1600 余人
	ruleRange    = "range"         // 20—30人, both ends
	rulePercent  = "percent-words" // 百分之12.5, 百分之六十
	ruleNumeral  = "numeral"       // 三百余人
)

// Figures finds the quantities of a body: a number and its unit, in text order, one for each value and unit, with all
// places where it stands as evidence. What is counted in Chinese numerals is read only where nothing else can be meant.
//
// No quantities are dates and times, ordinals, addresses, numbers of documents, roads, schools and telephones, names (the
// 99公益日, “3·15”), coordinates, and what stands in the title of a text. The same body gives the same figures; no text makes
// Figures fail.
func Figures(body string) []reading.Figure {
	f := &figures{seen: map[figureKey]int{}, titled: -1}
	f.own, f.text = plainText(body)
	for i := 0; i < len(f.text); {
		switch r := f.text[i]; {
		case r == '《':
			i = f.skipTitle(i)
		case r == '百' && f.has(i, "百分之"), r == '千' && f.has(i, "千分之"):
			i = f.share(i)
		case figureDigit(r):
			i = f.digits(i)
		case isNumeral(r):
			i = f.numerals(i)
		default:
			i++
		}
	}
	return f.found
}

type figureKey struct {
	value float64
	unit  string
}

// figures reads one body.
type figures struct {
	// text is in simplified characters, which the tables are written in, own as the body has it; offsets are the same.
	text, own []rune
	found     []reading.Figure
	seen      map[figureKey]int // index in found
	// last is where the number before ended, and whether it was an ordinal: 第1、2、3批.
	last    int
	ordinal bool
	// titled is the code point up to which no 《 closes.
	titled int
}

// maxTitle bounds the title of a text, in code points.
const maxTitle = 200

// skipTitle returns the end of the title at i, or i+1 where it never closes.
func (f *figures) skipTitle(i int) int {
	if i < f.titled {
		return i + 1
	}
	depth := 0
	for j := i; j < len(f.text) && j-i < maxTitle && f.text[j] != '\n'; j++ {
		switch f.text[j] {
		case '《':
			depth++
		case '》':
			if depth--; depth == 0 {
				return j + 1
			}
		}
	}
	f.titled = min(i+maxTitle, len(f.text))
	return i + 1
}

// at returns the code point at i, 0 outside the text.
func (f *figures) at(i int) rune {
	if i < 0 || i >= len(f.text) {
		return 0
	}
	return f.text[i]
}

// has reports whether word stands at i.
func (f *figures) has(i int, word string) bool { return figureWord(f.text, i, word) }

// endsWith reports whether word ends right before i.
func (f *figures) endsWith(i int, word string) bool { return figureWordBefore(f.text, i, word) }

// space returns the first place from i on that holds no space.
func (f *figures) space(i int) int {
	for isSpace(f.at(i)) {
		i++
	}
	return i
}

// before returns the last place before i that holds no space, -1 for none.
func (f *figures) before(i int) int {
	for i--; i >= 0 && isSpace(f.text[i]); i-- {
	}
	return i
}

// digits reads the quantity whose digits begin at i and returns where to go on.
func (f *figures) digits(i int) int {
	n := arabic(f.text, i)
	if n.broken {
		f.last, f.ordinal = n.end, false
		return n.end
	}
	ordinal := f.isOrdinal(i)
	defer func() { f.last, f.ordinal = n.end, ordinal }()
	q := f.measure(n, false)
	if q.unit == "" || q.scale && q.unit == q.word {
		if r, ok := f.rangeFrom(n); ok {
			whole := r.high
			whole.start = n.start
			if !ordinal && f.isQuantity(whole) {
				r.low.unit, r.low.word, r.low.class = r.high.unit, r.high.word, r.high.class
				f.add(r.low, r.high.end, graph.FigureAtLeast, ruleRange)
				f.addSpan(r.high, span{r.low.start, r.high.end}, graph.FigureAtMost, ruleRange)
			}
			n.end = r.high.numeric.end
			return r.high.end
		}
	}
	if q.unit == "" {
		return n.end
	}
	if ordinal || !f.isQuantity(q) {
		return n.end
	}
	limit := f.qualifier(q)
	f.sign(&q)
	f.add(q, q.end, limit, ruleQuantity)
	n.end = q.end
	return q.end
}

// sign makes a temperature below zero negative: -12.5℃, 零下8摄氏度.
func (f *figures) sign(q *quantity) {
	if !isDegree(q.word) {
		return
	}
	switch p := f.before(q.start); {
	case isRange(f.at(p)) && f.at(p) != '至' && f.at(p) != '到' && f.isMinus(p, *q):
		q.start = p
	case f.endsWith(p+1, "零下"):
		q.start = p - 1
	default:
		return
	}
	q.value = -q.value
}

// numerals reads the quantity whose Chinese numerals begin at i and returns where to go on.
func (f *figures) numerals(i int) int {
	n := numeral(f.text, i)
	end := max(n.end, i+1)
	for end < len(f.text) && isNumeral(f.text[end]) {
		end++
	}
	if n.broken || end-i < 2 && powerOf(f.text[i]) == 0 {
		return end
	}
	switch f.at(f.before(i)) {
	case '第', '初', '头', '数', '几', '〇', '○', 'Ｏ', '每', '老', '星', '周', '·', '“', '‘':
		return end
	}
	if figureDigit(f.at(i - 1)) {
		return end
	}
	q := f.measure(n, true)
	if q.unit == "" || !f.plainNumeral(q) {
		return end
	}
	f.add(q, q.end, f.qualifier(q), ruleNumeral)
	return q.end
}

// plainNumeral tells whether a Chinese numeral with its unit can be nothing but a quantity. A bare 百 or 千 needs 余 or 多
// behind it (百余人), numbers below a hundred a limit or a unit that counts no chapters (六十条), 里 a limit: 七里河, 三十里铺.
func (f *figures) plainNumeral(q quantity) bool {
	limited := q.infix != 0 || f.qualifier(q) != graph.FigureExact
	bare := powerOf(f.text[q.start]) >= 100
	hundreds := q.value >= 100 || q.scale
	switch q.class {
	case lexicon.UnitMeasure, lexicon.UnitMoney:
		return !bare || q.infix != 0
	case lexicon.UnitPeople:
		return bare && q.infix != 0 || !bare
	case lexicon.UnitShare:
		return q.word == "%"
	case lexicon.UnitCount:
		return (hundreds || limited) && (!bare || q.infix != 0)
	case lexicon.UnitContext:
		return q.word == "里" && limited && (!bare || q.infix != 0)
	case lexicon.UnitTime:
		return q.infix != 0 && (q.word == "天" || q.word == "岁" || q.word == "小时")
	}
	return false
}

// share reads 百分之12.5, 百分之六十, 千分之三.
func (f *figures) share(i int) int {
	unit := "%"
	if f.text[i] == '千' {
		unit = "‰"
	}
	at := i + len([]rune("百分之"))
	var n numeric
	switch r := f.at(f.space(at)); {
	case figureDigit(r):
		n = arabic(f.text, f.space(at))
	case isNumeral(r):
		n = numeral(f.text, f.space(at))
	default:
		return at
	}
	if n.broken {
		return n.end
	}
	n.start = i
	f.add(quantity{numeric: n, unit: unit, word: unit, class: lexicon.UnitShare, end: n.end}, n.end, f.qualifier(quantity{numeric: n, end: n.end}), rulePercent)
	f.last, f.ordinal = n.end, false
	return n.end
}

// add keeps the quantity with the text from its number to end.
func (f *figures) add(q quantity, end int, limit graph.FigureQualifier, rule string) {
	f.addSpan(q, span{q.start, end}, limit, rule)
}

func (f *figures) addSpan(q quantity, s span, limit graph.FigureQualifier, rule string) {
	text := string(f.own[s.start:s.end])
	evidence := graph.Evidence{Field: graph.FieldBody, Start: s.start, End: s.end, Text: text}
	key := figureKey{math.Round(q.value*1e6) / 1e6, q.unit}
	if at, ok := f.seen[key]; ok {
		f.found[at].Evidence = append(f.found[at].Evidence, evidence)
		return
	}
	f.seen[key] = len(f.found)
	f.found = append(f.found, reading.Figure{Rule: rule, Figure: graph.Figure{
		Value: q.value, Qualifier: limit, Unit: q.unit, Subject: f.subject(q, s), Text: text, Evidence: []graph.Evidence{evidence},
	}})
}

// plainText returns the code points of s, and the same with each traditional character as its simplified one.
func plainText(s string) (own, plain []rune) {
	own = []rune(s)
	plain = own
	for i, r := range own {
		if r < 0x3400 {
			continue
		}
		if q := fold.Simplified(r); q != r {
			if &plain[0] == &own[0] {
				plain = slices.Clone(own)
			}
			plain[i] = q
		}
	}
	return own, plain
}

// figureWord reports whether word stands at i of text.
func figureWord(text []rune, i int, word string) bool {
	if i < 0 || i > len(text) {
		return word == ""
	}
	return trie.HasPrefix(text[i:], word)
}

// figureWordBefore reports whether word ends right before i of text.
func figureWordBefore(text []rune, i int, word string) bool {
	return i >= 0 && i <= len(text) && trie.HasSuffix(text[:i], word)
}
