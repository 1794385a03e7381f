package layout

import (
	"strings"
)

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
