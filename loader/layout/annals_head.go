package layout

import (
	"strings"
	"unicode/utf8"

	"fangzhi/fold"
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
func (h *timeHead) yearWords(text string) string  { return strings.TrimSpace(text[h.from:h.year]) }
func (h *timeHead) monthWords(text string) string { return strings.TrimSpace(text[h.year:h.month]) }
func (h *timeHead) dayWords(text string) string   { return strings.TrimSpace(text[h.month:h.end]) }

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
var timeStarts = map[rune]bool{}

func init() {
	for _, r := range "0123456789〇零元一二三四五六七八九十廿卄卅百正冬腊闰春夏秋初仲暮孟季上中下是同本当此该明次翌来越逾又后年月岁即公前约" + stems + "已戍戌王[【(〔lio" {
		timeStarts[r] = true
	}
}

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
	r, size := utf8.DecodeRuneInString(text)
	if r < utf8.RuneSelf && !('0' <= r && r <= '9') && r != '[' && r != '(' && r != 'l' && r != 'I' && r != 'O' {
		return timeHead{}
	}
	if f := firstRune(fold.String(text[:size])); !timeStarts[f] && eraTree().next[f] == nil && dynastyTree().next[f] == nil {
		return timeHead{}
	}
	s := newScanner(text)
	s.among = among
	return s.head()
}

func newScanner(text string) scanner {
	head := firstBytes(text, maxTimeHeadBytes)
	folded, index := fold.Map(head)
	s := scanner{text: text, rs: []rune(folded), at: make([]int, 0, len(index)+1)}
	k, n := 0, 0
	for i := range head {
		if k < len(index) && index[k] == n {
			s.at = append(s.at, i)
			k++
		}
		n++
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
	for _, r := range w {
		if s.peek(i) != r {
			return false
		}
		i++
	}
	return true
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

// year reads year words at i and returns their end.
func (s *scanner) year(h *timeHead, i int) int {
	inEra := s.among != anywhere
	if j := s.commonYear(h, i); j > i {
		return s.annotation(h, j)
	}
	if j := s.eraYear(h, i); j > i {
		return s.annotation(h, j)
	}
	if j := s.unknownEra(h, i); j > i {
		return j
	}
	for _, w := range []string{"是年", "是岁", "同年", "本年", "当年", "此年", "该年", "其年"} {
		if s.has(i, w) {
			j := i + 2
			h.ref = same
			h.reach(yearLevel)
			j += s.skipAny(j, "起", "间")
			return j
		}
	}
	if j := s.relativeYear(i); j > i {
		h.ref = relative
		h.reach(yearLevel)
		return j
	}
	if inEra {
		if n, j := s.number(i); j > i && n >= 1 && n <= 61 && (s.peek(j) == '年' || s.peek(j) == '载') && s.rs[i] != '〇' && s.rs[i] != '0' {
			j++
			if s.skipAny(j, "代", "来", "间", "内") == 0 {
				h.ref, h.ordinal = carried, n
				h.reach(yearLevel)
				return s.annotation(h, j)
			}
		}
	}
	if isCyclic(s.peek(i), s.peek(i+1)) && (s.peek(i+2) == '年' || s.peek(i+2) == '岁' || i+2 == len(s.rs)) && inEra {
		h.ref = carried
		h.reach(yearLevel)
		j := i + 2
		if j < len(s.rs) {
			j++
		}
		return s.annotation(h, j)
	}
	return i
}

// unknownEra reads a year of an era that is none, 隆道六年: its year stays unknown, but what stands below belongs to no other.
// Only what stands beside a year of the common era, behind a dynasty or among years of eras alone on its line or before a
// space is taken for one.
func (s *scanner) unknownEra(h *timeHead, i int) int {
	for _, skip := range s.dynastiesAt(i) {
		j := i + skip
		if j+2 >= len(s.rs) || !isHan(s.rs[j]) || !isHan(s.rs[j+1]) || isNumeral(s.rs[j]) || isNumeral(s.rs[j+1]) {
			continue
		}
		n, e := s.number(j + 2)
		if e == j+2 || n < 1 || n > 61 || s.peek(e) != '年' {
			continue
		}
		e++
		try := timeHead{}
		end := s.annotation(&try, e)
		if try.ce != 0 || skip > 0 && (end == len(s.rs) || s.gap(end)) || s.among != anywhere && (e == len(s.rs) || s.gap(e)) {
			h.era, h.strong, h.ordinal, h.ce = true, true, n, try.ce
			h.reach(yearLevel)
			return end
		}
	}
	return i
}

// relativeYear reads 次年, 又明年, 越三年, 后二年, 三年后.
func (s *scanner) relativeYear(i int) int {
	j := i
	if s.peek(j) == '又' {
		j++
	}
	if k := s.skipAny(j, "明年", "次年", "翌年", "来年", "越年", "逾年", "越岁", "明岁", "次岁", "后年"); k > 0 {
		return j + k
	}
	if k := s.skipAny(j, "越", "逾", "后", "又"); k > 0 {
		if n, e := s.number(j + k); e > j+k && n > 0 && n < 100 && s.peek(e) == '年' {
			return e + 1
		}
	}
	return i
}

// commonYear reads years of the common era: 1958年, 一九五八年, 公元前221年, 1946—1948年, 1958年至1960年, 20世纪50年代.
func (s *scanner) commonYear(h *timeHead, i int) int {
	j := i + s.skipAny(i, "约")
	k := s.skipAny(j, "公元前", "公元", "前")
	j += k
	y, e := s.fourDigits(j)
	if k > 0 && e == j {
		y, e = s.number(j)
	}
	if e > j && (y >= 1000 && y <= 2099 || k > 0 && y > 0) {
		end := e
		if s.peek(e) == '年' {
			end = e + 1
			if s.peek(end) == '代' {
				if y%10 != 0 {
					return i
				}
				h.reach(yearLevel)
				return end + 1 + s.skipAny(end+1, "初期", "中期", "后期", "末期", "初", "中", "末")
			}
		}
		done := s.peek(e) == '年'
		if r := s.peek(end); r == '-' || r == '至' || r == '、' {
			y2, e2 := s.fourDigits(end + 1)
			if e2 == end+1 && !done {
				if n, e3 := s.number(end + 1); e3 == end+3 && n >= 10 {
					y2, e2 = y/100*100+n, e3 // 1946—48年
				}
			}
			if e2 > end+1 && s.peek(e2) == '年' && (y2 > y || k > 0 && y2 > 0) {
				end, done = e2+1, true
			}
		}
		if done {
			h.ce, h.strong = y, true
			if s.text != "" && strings.Contains(string(s.rs[i:j]), "前") {
				h.ce = -y
			}
			h.reach(yearLevel)
			return end
		}
	}
	// Decades.
	j = i + s.skipAny(i, "上世纪", "20世纪", "二十世纪", "19世纪", "十九世纪", "本世纪")
	if n, e := s.number(j); e > j && n >= 10 && n <= 90 && n%10 == 0 && s.has(e, "年代") {
		h.reach(yearLevel)
		e += 2
		return e + s.skipAny(e, "初期", "中期", "后期", "末期", "初", "中", "末")
	}
	return i
}

// eraYear reads 明万历七年, 嘉靖年间, 康熙初, 光绪戊戌, 民国27年.
func (s *scanner) eraYear(h *timeHead, i int) int {
	for _, skip := range s.dynastiesAt(i) {
		j := i + skip
		if skip > 0 {
			j += s.skipAny(j, "朝", "代", "·", "世祖", "圣祖", "高宗", "太祖", "太宗", "成祖", "神宗", "仁宗")
		}
		if e := s.eraYearAt(h, j); e > j {
			return e
		}
	}
	return i
}

// dynastiesAt returns the lengths of dynasties at i, the longest first, and 0.
func (s *scanner) dynastiesAt(i int) []int {
	var out []int
	if i < len(s.rs) {
		dynastyTree().lengths(s.rs[i:], func(n int) bool { out = append(out, n); return false })
	}
	return append(out, 0)
}

func (s *scanner) eraYearAt(h *timeHead, i int) (end int) {
	end = i
	if i >= len(s.rs) {
		return end
	}
	eraTree().lengths(s.rs[i:], func(k int) bool {
		j := i + k
		if n, e := s.number(j); e > j && n >= 1 && n <= 120 {
			if r := s.peek(e); r == '-' || r == '至' || r == '、' {
				if n2, e2 := s.number(e + 1); n2 > n && (s.peek(e2) == '年' || s.peek(e2) == '载') {
					e = e2
				}
			}
			if r := s.peek(e); r == '年' || r == '载' {
				e++
				if r := s.peek(e); r == '-' || r == '至' {
					if n2, e2 := s.number(e + 1); n2 > n && (s.peek(e2) == '年' || s.peek(e2) == '载') {
						e = e2 + 1
					}
				}
				if s.peek(e) != '间' {
					h.ordinal = n
				} else {
					e++
				}
				end = e
				return true
			}
			return false
		}
		if w := s.skipAny(j, "年间", "间", "初年", "末年", "中叶", "初", "末", "中", "朝"); w > 0 {
			end = j + w
			return true
		}
		if isCyclic(s.peek(j), s.peek(j+1)) {
			end = j + 2 + s.skipAny(j+2, "年", "岁")
			return true
		}
		return false
	})
	if end > i {
		h.era, h.strong = true, true
		h.reach(yearLevel)
	}
	return end
}

// annotation reads what names the same year once more behind year words: （1579）, 1579年, 戊戌, （公元1579年）, （清道光五年）.
func (s *scanner) annotation(h *timeHead, i int) int {
	if isCyclic(s.peek(i), s.peek(i+1)) && s.peek(i+2) != '月' {
		i += 2 + s.skipAny(i+2, "年", "岁")
	}
	if k := strings.IndexRune("([〔【<", s.peek(i)); k >= 0 && i < len(s.rs) {
		yearly := 0
		for j := i + 1; j < len(s.rs) && j-i <= 26; j++ {
			r := s.rs[j]
			if strings.ContainsRune(")]〕】>", r) {
				if yearly == 0 {
					return i
				}
				if h.ce == 0 {
					for k := i + 1; k < j; k++ {
						if y, e := s.fourDigits(k); e > k {
							h.ce = y
							break
						}
					}
				}
				return j + 1
			}
			if isNumeral(r) || r == '年' || isCyclic(r, s.peek(j+1)) {
				yearly++
				continue
			}
			if strings.ContainsRune(",。;", r) {
				return i
			}
		}
		return i
	}
	// 嘉靖三十四年 1556年, and 1579年 明万历七年.
	if h.era || h.ref == carried {
		j := i + s.skipAny(i, "即", "·", "-")
		j += s.skipAny(j, "公元前", "公元", "前")
		if y, e := s.fourDigits(j); e > j && s.peek(j) != '〇' && (s.peek(e) == '年' || s.gap(e) || e == len(s.rs)) {
			if s.peek(e) == '年' {
				e++
			}
			h.ce = y
			return e
		}
	} else if h.ce != 0 && !h.era && s.gap(i) {
		var again timeHead
		if e := s.eraYear(&again, i); e > i && again.ordinal > 0 {
			h.era, h.ordinal = true, again.ordinal
			return e
		}
	}
	return i
}

// seasons are words of a part of the year that stand in the place of a month.
var seasons = []string{
	"春夏之交", "夏秋之交", "秋冬之交", "冬春之交", "春末夏初", "夏末秋初", "秋末冬初", "春夏间", "夏秋间", "春夏", "夏秋", "秋冬", "冬春",
	"初春", "仲春", "暮春", "孟春", "季春", "初夏", "仲夏", "孟夏", "季夏", "初秋", "仲秋", "孟秋", "季秋", "初冬", "仲冬", "孟冬", "季冬",
	"春季", "夏季", "秋季", "冬季", "春初", "春末", "夏初", "夏末", "秋初", "秋末", "冬初", "冬末", "春间", "夏间", "秋间", "冬间", "春", "夏", "秋", "冬",
	"第一季度", "第二季度", "第三季度", "第四季度", "一季度", "二季度", "三季度", "四季度", "上半年", "下半年", "年初", "年中", "年底", "年末", "年终", "年内", "岁初", "岁末", "岁暮", "岁终",
}

// month reads month words at i and returns their end: 十月, 冬十月, 闰三月, 7—9月, 秋, 年底, 是月.
func (s *scanner) month(h *timeHead, i int) int {
	j := i
	for _, w := range []string{"是月", "同月", "本月", "当月", "此月", "该月", "是春", "是夏", "是秋", "是冬", "同春", "同夏", "同秋", "同冬", "当春", "当夏", "当秋", "当冬"} {
		if s.has(i, w) {
			if i == 0 || h.level == noTime {
				h.ref = same
				if w[len("是"):] != "月" {
					h.ref = absolute
				}
			}
			h.reach(monthLevel)
			return i + 2 + s.skipAny(i+2, "起", "间")
		}
	}
	season := 0
	for _, w := range seasons {
		if s.has(j, w) {
			season = utf8.RuneCountInString(w)
			break
		}
	}
	if s.has(j, "冬月") {
		season = 0
	}
	if e := s.monthNumber(j + season); e > j+season {
		h.reach(monthLevel)
		return e
	}
	if season > 0 && s.mayEnd(h, j+season) {
		h.reach(monthLevel)
		return j + season
	}
	return i
}

// mayEnd tells whether a season can end at i: 春耕 and 冬修 are none.
func (s *scanner) mayEnd(h *timeHead, i int) bool {
	if s.among == unparted && s.skipAny(i, "麦", "禾", "节", "耕", "荒", "粮", "分", "收", "种", "苗", "谷", "稼") == 0 {
		return true
	}
	return i >= len(s.rs) || s.gap(i) || strings.ContainsRune(",、:。;", s.rs[i]) || h.era && s.peek(i) == '大'
}

// monthNumber reads 十月, 闰三月, 正月至三月, 6、7月, 十一月份.
func (s *scanner) monthNumber(i int) int {
	j := i + s.skipAny(i, "闰")
	one := func(j int) (n, end int) {
		switch s.peek(j) {
		case '正', '端':
			return 1, j + 1
		case '冬':
			return 11, j + 1
		case '腊':
			return 12, j + 1
		case 'l', 'i': // l2月
			if d := s.peek(j + 1); '0' <= d && d <= '2' {
				return 10 + int(d-'0'), j + 2
			}
		}
		return s.number(j)
	}
	n, e := one(j)
	if e == j || n < 1 || n > 12 {
		return i
	}
	if s.peek(e) == '月' {
		e++
		if r := s.peek(e); r == '-' || r == '至' {
			if n2, e2 := one(e + 1); e2 > e+1 && n2 >= 1 && n2 <= 12 && s.peek(e2) == '月' {
				e = e2 + 1
			}
		}
		return e + s.skipAny(e, "份", "间")
	}
	for r := s.peek(e); r == '-' || r == '至' || r == '、'; r = s.peek(e) {
		n2, e2 := one(e + 1)
		if e2 == e+1 || n2 < 1 || n2 > 12 {
			return i
		}
		if s.peek(e2) == '月' {
			return e2 + 1 + s.skipAny(e2+1, "份", "间")
		}
		e = e2
	}
	return i
}

// dayWords are parts of a month, and days that are no number.
var partsOfMonth = []string{"上旬", "中旬", "下旬", "初旬", "月初", "月底", "月末", "月中", "月间", "中浣", "既望", "朔日", "望日", "晦日", "朔", "望", "晦"}

// day reads day words at i and returns their end: 15日, 初九日, 廿五, 朔, 甲子, 2—4日, 上旬, 同日.
func (s *scanner) day(h *timeHead, i int) int {
	inMonth := h.inner == monthLevel
	if h.level == yearLevel && !inMonth {
		return i
	}
	if !inMonth {
		for _, w := range []string{"是日", "同日", "当日", "即日"} {
			if s.has(i, w) {
				h.ref = same
				h.reach(dayLevel)
				return i + 2 + s.skipAny(i+2, "起")
			}
		}
	}
	if k := s.skipAny(i, partsOfMonth...); k > 0 {
		if inMonth || k > 1 && s.mayEnd(h, i+k) {
			h.reach(dayLevel)
			return i + k
		}
	}
	if inMonth && isCyclic(s.peek(i), s.peek(i+1)) {
		h.reach(dayLevel)
		return i + 2 + s.skipAny(i+2, "日", "朔", "晦")
	}
	j := i + s.skipAny(i, "初")
	n, e := s.number(j)
	if e == j || n < 1 || n > 31 {
		return i
	}
	for k := 0; k < 4; k++ {
		r := s.peek(e)
		if isDaySign(r) {
			e++
			h.reach(dayLevel)
			if next := s.peek(e); next == '-' || next == '至' || next == '、' {
				if e2 := s.dayNumber(e + 1); e2 > e+1 {
					e = e2
				}
			}
			return e
		}
		if r != '-' && r != '至' && r != '、' {
			break
		}
		n2, e2 := s.number(e + 1 + s.skipAny(e+1, "初"))
		if e2 <= e+1 || n2 < 1 || n2 > 31 {
			break
		}
		e = e2
	}
	if inMonth && (j > i || s.rs[i] > utf8.RuneSelf) && !strings.ContainsRune("年月里斤两个人户亩丈尺村乡", s.peek(e)) && (e >= len(s.rs) || s.gap(e) || strings.ContainsRune(",、:。", s.rs[e]) || j > i) {
		h.reach(dayLevel) // 三月初九
		return e
	}
	return i
}

// isDaySign tells whether r is 日, or what machine reading takes for it.
func isDaySign(r rune) bool { return r == '日' || r == '号' || r == '曰' || r == '目' }

// dayNumber reads 4日 or 3月4日.
func (s *scanner) dayNumber(i int) int {
	j := i
	if e := s.monthNumber(j); e > j {
		j = e
	}
	j += s.skipAny(j, "初")
	if n, e := s.number(j); e > j && n >= 1 && n <= 31 && isDaySign(s.peek(e)) {
		return e + 1
	}
	return i
}
