package layout

import (
	"strings"
	"unicode/utf8"
)

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

// partsOfMonth are parts of a month, and days that are no number.
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
