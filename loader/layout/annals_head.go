package layout

import (
	"strings"
	"unicode/utf8"

	"fangzhi/fold"
	"fangzhi/internal/trie"
)

// A timeLevel is how narrow the words are that say when.
type timeLevel int

const (
	noTime       timeLevel = iota
	dynastyLevel           // 清
	yearLevel              // 万历七年（1579）, 1958年, 二十二年, 次年, 是年
	monthLevel             // 十月, 秋, 年底, 是月
	dayLevel               // 15日, 初九日, 上旬, 同日
)

// A timeReference is what the words of a timeHead are counted from.
type timeReference int

const (
	absolute timeReference = iota // 万历七年, 1958年; at the levels below the year: whatever stands in the year at hand
	carried                       // 二十二年 of the era at hand
	relative                      // 次年, 越三年
	same                          // 是年, 是月, 同日
)

// timeHead is the words at the beginning of a line that say when, recognised by their form.
type timeHead struct {
	level, inner timeLevel // the widest and the narrowest level that the words state
	ref          timeReference
	// The words are text[from:end]; year words end at year, month words at month, and begin where those end. n is where
	// the text goes on: a closing bracket stands between.
	from, year, month, end, n int
	// strong: words that no sentence but one about that year begins with: an era or four digits.
	strong bool
	// ordinal is the year of the era, 0 where the words name none. ce is the year of the common era, 0 for none.
	ordinal, ce int
	era         bool
}

// words of a part of the head.
func (h *timeHead) yearWords(text string) string { return strings.TrimSpace(text[h.from:h.year]) }

func (h *timeHead) monthWords(text string) string { return strings.TrimSpace(text[h.year:h.month]) }

func (h *timeHead) dayWords(text string) string { return strings.TrimSpace(text[h.month:h.end]) }

// replaces tells whether the words of a heading no longer hold below those of h. Years that are counted from those above
// let them stand.
func (h *timeHead) replaces(above *timeHead) bool {
	if above.level != h.level || h.ref == absolute {
		return above.level >= h.level || above.inner == dayLevel && h.level == dayLevel && h.ref == absolute
	}
	return h.ref == carried && above.ref != absolute || h.ref == same && above.ref == same
}

// maxTimeHeadBytes is as much of a line as is looked at for a head.
const maxTimeHeadBytes = 180

// timeStarts are the characters that the words of a head can begin with, folded, besides those of eras and dynasties.
var timeStarts = trie.NewRunes("0123456789〇零元一二三四五六七八九十廿卄卅百正冬腊闰春夏秋初仲暮孟季上中下是同本当此该明次翌来越逾又后年月岁即公前约" + stems + "已戍戌王[【(〔lio")

// scanner reads the folded beginning of a line.
type scanner struct {
	rs   []rune // folded, without spaces
	at   []int  // byte offsets in the text of the runes, and of what follows the last
	text string

	among surrounding
}

// A surrounding is what a head stands among, which decides what counts as one.
type surrounding int

const (
	anywhere  surrounding = iota
	amongEras             // years of eras stand above: a bare 二十二年 can be one
	unparted              // and nothing parts the words from what follows: 八年蝗
)

// readTimeHead reads the words at the beginning of a text that say when; level is noTime where there are none.
func readTimeHead(text string, among surrounding) timeHead {
	r := firstRune(text)
	if r < utf8.RuneSelf && !('0' <= r && r <= '9') && r != '[' && r != '(' && r != 'l' && r != 'I' && r != 'O' {
		return timeHead{}
	}
	if f, keep := fold.Rune(r); !keep || !timeStarts.Has(f) && eraTree().next[f] == nil && dynastyTree().next[f] == nil {
		return timeHead{}
	}
	s := newScanner(text)
	s.among = among
	return s.head()
}

func newScanner(text string) scanner {
	head := firstBytes(text, maxTimeHeadBytes)
	n := utf8.RuneCountInString(head)
	s := scanner{text: text, rs: make([]rune, 0, n), at: make([]int, 0, n+1)}
	for i, r := range head {
		if f, keep := fold.Rune(r); keep {
			s.rs, s.at = append(s.rs, f), append(s.at, i)
		}
	}
	s.at = append(s.at, len(head))
	return s
}

func (s *scanner) peek(i int) rune {
	if i < len(s.rs) {
		return s.rs[i]
	}
	return 0
}

func (s *scanner) has(i int, w string) bool {
	return trie.HasPrefix(s.rs[min(i, len(s.rs)):], w)
}

// skipAny returns the length of the first of the words that stands at i, 0 for none.
func (s *scanner) skipAny(i int, words ...string) int {
	for _, w := range words {
		if s.has(i, w) {
			return utf8.RuneCountInString(w)
		}
	}
	return 0
}

// end returns where the rune before i ends in the text.
func (s *scanner) end(i int) int {
	if i == 0 {
		return 0
	}
	e := s.at[i-1]
	_, size := utf8.DecodeRuneInString(s.text[e:])
	return e + size
}

// gap tells whether a space stands before the rune at i.
func (s *scanner) gap(i int) bool { return i > 0 && i < len(s.rs) && s.at[i] > s.end(i) }

// head reads the whole of it.
func (s *scanner) head() timeHead {
	i, closer := 0, rune(0)
	switch s.peek(0) {
	case '[':
		closer, i = ']', 1
	case '【':
		closer, i = '】', 1
	case '(':
		closer, i = ')', 1
	case '〔':
		closer, i = '〕', 1
	}
	h := timeHead{from: s.end(i)}
	if i < len(s.rs) {
		h.from = s.at[i]
	}
	j := s.year(&h, i)
	h.year = s.end(j)
	if j == i {
		h.year = h.from
	}
	m := s.month(&h, j)
	h.month = max(s.end(m), h.year)
	d := s.day(&h, m)
	h.end = max(s.end(d), h.month)
	if h.level == noTime {
		return timeHead{}
	}
	h.n = h.end
	if closer != 0 {
		if s.peek(d) != closer {
			return timeHead{}
		}
		d++
		h.n = s.end(d)
		h.strong = true
		if closer == ')' && h.level > yearLevel {
			return timeHead{} // （三月）
		}
	}
	if !s.separated(&h, d) {
		return timeHead{}
	}
	return h
}

// reach notes that the words state a level.
func (h *timeHead) reach(l timeLevel) {
	if h.level == noTime {
		h.level = l
	}
	h.inner = l
}

// separated tells whether what follows the words at i lets them be a head.
func (s *scanner) separated(h *timeHead, i int) bool {
	if i >= len(s.rs) || s.gap(i) {
		return true
	}
	r := s.rs[i]
	if strings.ContainsRune(",、:。.;\"《|△", r) {
		return true
	}
	if h.inner == yearLevel {
		if s.skipAny(i, "度", "级", "的", "版", "以前", "以后", "以来", "前", "后", "来", "之", "代", "间", "期", "龄", "制", "计划", "规划", "内", "多", "余", "左右", "个") > 0 {
			return false
		}
		return h.strong || s.among == unparted && s.skipAny(i, "内", "一", "有", "不", "而", "乃", "任", "中", "余") == 0
	}
	if h.inner == monthLevel && s.skipAny(i, "龄", "期", "刊", "薪", "息", "饼", "经", "子", "季", "球", "为", "的", "来") > 0 {
		return false
	}
	return h.strong || h.inner != monthLevel || s.peekBack(i) == '月' || s.among == unparted
}

func (s *scanner) peekBack(i int) rune {
	if i > 0 {
		return s.rs[i-1]
	}
	return 0
}

// isNumeral tells whether a folded rune can stand in a number of years, months or days.
func isNumeral(r rune) bool {
	return '0' <= r && r <= '9' || strings.ContainsRune("〇零元一二三四五六七八九十廿卄卅百", r) && r != 0
}

// number reads a number at i and returns it with its end; end is i for none.
func (s *scanner) number(i int) (n, end int) {
	j := i
	for j < len(s.rs) && j-i < 5 && isNumeral(s.rs[j]) {
		j++
	}
	if j == i {
		return 0, i
	}
	if s.rs[i] == '元' {
		return 1, i + 1
	}
	var b strings.Builder
	for k := i; k < j; k++ {
		switch r := s.rs[k]; r {
		case '元':
			return 0, i
		case '廿', '卄', '卅':
			b.WriteRune(map[rune]rune{'廿': '二', '卄': '二', '卅': '三'}[r])
			if s.peek(k+1) != '十' {
				b.WriteRune('十')
			}
		default:
			b.WriteRune(r)
		}
	}
	return readNumber(b.String()), j
}

// fourDigits reads the four digits of a year of the common era, in which machine reading may have put letters for them.
func (s *scanner) fourDigits(i int) (year, end int) {
	if i+4 > len(s.rs) {
		return 0, i
	}
	for _, r := range s.rs[i : i+4] {
		d := chineseDigit(r)
		switch r { // what machine reading takes for digits
		case 'l', 'i', '|':
			d = 1
		case 'z':
			d = 2
		case 's':
			d = 5
		case 'b':
			d = 8
		}
		if d < 0 || d > 9 || r == '两' {
			return 0, i
		}
		year = 10*year + d
	}
	if isNumeral(s.peek(i + 4)) {
		return 0, i
	}
	return year, i + 4
}
