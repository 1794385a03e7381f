package layout

import (
	"strings"
	"unicode/utf8"
)

// The parts of a date: each function returns what s opens with, and how many bytes it takes, 0 for nothing.

// digitsAt reads at most most digits.
func digitsAt(s string, most int) (n, size int) {
	for size < len(s) && size < most && isDigit(rune(s[size])) {
		n = n*10 + int(s[size]-'0')
		size++
	}
	return n, size
}

// numberAt reads a number of at most two digits, or one below a hundred in Chinese: 12, 十二, 廿三, 初三.
func numberAt(s string) (n, size int) {
	if n, size = digitsAt(s, 2); size > 0 {
		return n, size
	}
	if strings.HasPrefix(s, "初") {
		size = len("初")
	}
	ones, tens := -1, 0
	for range 3 {
		r, k := utf8.DecodeRuneInString(s[size:])
		switch d := strings.IndexRune("一二三四五六七八九", r); {
		case r == '十':
			if tens > 0 {
				return 0, 0
			}
			tens, ones = 10*max(ones, 1), -1
		case r == '廿', r == '卄':
			tens = 20
		case r == '卅':
			tens = 30
		case k > 0 && d >= 0 && ones < 0:
			ones = d/len("一") + 1
		default:
			k = 0
		}
		if k == 0 {
			break
		}
		size += k
	}
	if ones < 0 && tens == 0 {
		return 0, 0
	}
	return tens + max(ones, 0), size
}

// blank returns the bytes of the spaces that s opens with, at most two.
func blank(s string) int {
	n := 0
	for n < len(s) && n < 2 && s[n] == ' ' {
		n++
	}
	return n
}

// unit returns the bytes of spaces and one of the units at the start of s, 0 where there is none.
func unit(s string, units ...string) int {
	b := blank(s)
	for _, u := range units {
		if strings.HasPrefix(s[b:], u) {
			return b + len(u)
		}
	}
	return 0
}

// yearAt reads 2021年, 二〇二一年, 公元1949年, and 1958—1960年 with its first year.
func yearAt(s string) (year, size int) {
	if strings.HasPrefix(s, "公元") {
		size = len("公元")
	}
	year, n := fourDigits(s[size:])
	if n == 0 || year < 1000 {
		return 0, 0
	}
	size += n
	if u := unit(s[size:], "年"); u > 0 {
		size += u
		return year, size + blankBefore(s[size:])
	}
	if d := dashAt(s[size:]); d > 0 {
		if _, k := fourDigits(s[size+d:]); k > 0 {
			if u := unit(s[size+d+k:], "年"); u > 0 {
				return year, size + d + k + u
			}
		}
	}
	return 0, 0
}

// blankBefore returns the bytes of the spaces at the start of s where a number of a month or a day follows, else 0.
func blankBefore(s string) int {
	b := blank(s)
	if b == 0 {
		return 0
	}
	if _, n := monthAt(s[b:]); n > 0 {
		return b
	}
	return 0
}

// fourDigits reads four digits of either kind.
func fourDigits(s string) (n, size int) {
	for range 4 {
		r, k := utf8.DecodeRuneInString(s[size:])
		d := -1
		if r != '两' && k > 0 {
			d = chineseDigit(r)
		}
		if d < 0 {
			return 0, 0
		}
		n = 10*n + d
		size += k
	}
	return n, size
}

// monthNames are the months that have names.
var monthNames = map[rune]int{'元': 1, '正': 1, '冬': 11, '腊': 12}

// monthAt reads 12月, 十二月份, 元月, 腊月, 闰四月, with a space before a day.
func monthAt(s string) (month, size int) {
	i := 0
	if strings.HasPrefix(s, "闰") {
		i = len("闰")
	}
	r, k := utf8.DecodeRuneInString(s[i:])
	n := k
	month = monthNames[r]
	if month == 0 {
		month, n = numberAt(s[i:])
	}
	if month < 1 || month > 12 {
		return 0, 0
	}
	i += n
	u := unit(s[i:], "月份", "月")
	if u == 0 {
		return 0, 0
	}
	i += u
	if strings.ContainsRune("期龄薪均刊票球", firstRune(s[i:])) && i < len(s) {
		return 0, 0
	}
	if b := blank(s[i:]); b > 0 {
		if _, n := daysAt(s[i+b:], true); n > 0 {
			i += b
		}
	}
	return month, i
}

// monthsAt reads 1—3月 and returns its first month.
func monthsAt(s string) (month, size int) {
	month, n := numberAt(s)
	if n == 0 || month < 1 || month > 12 {
		return 0, 0
	}
	d := dashAt(s[n:])
	if d == 0 {
		return 0, 0
	}
	_, k := monthAt(s[n+d:])
	if k == 0 {
		return 0, 0
	}
	if _, more := daysAt(s[n+d+k:], true); more > 0 {
		return 0, 0 // 1、2月3日
	}
	return month, n + d + k
}

// isMonthOfTopic tells whether what follows a month makes it the subject of a sentence: 6月份为全区安全活动月.
func isMonthOfTopic(s string) bool {
	for _, p := range []string{"为", "是", "的", "以来", "前", "后"} {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return false
}

// isDayOfMore tells whether a day follows that daysAt does not take: 12月3日前.
func isDayOfMore(s string) bool {
	b := blank(s)
	_, n := numberAt(s[b:])
	return n > 0 && unit(s[b+n:], "日") > 0
}

// partAt returns the bytes of the part of a month that s opens with.
func partAt(s string) int {
	b := blank(s)
	for _, p := range []string{"上旬", "中旬", "下旬", "上中旬", "中下旬", "初", "底", "末", "间"} {
		if strings.HasPrefix(s[b:], p) {
			if rest := s[b+len(p):]; (p == "初" || p == "间") && !parts(rest) && !strings.HasPrefix(rest, "起") {
				if _, n := numberAt(s[b:]); n > len("初") {
					return 0 // 正月初三
				}
			}
			return b + len(p)
		}
	}
	return 0
}

// yearPartAt returns the bytes of the part of a year that s opens with: 春, 底, 上半年.
func yearPartAt(s string) int {
	b := blank(s)
	if n := seasonAt(s[b:]); n > 0 {
		return b + n
	}
	for _, p := range []string{"初", "底", "末", "中", "上半年", "下半年", "第一季度", "第二季度", "第三季度", "第四季度", "一季度", "二季度", "三季度", "四季度"} {
		if strings.HasPrefix(s[b:], p) && (b == 0 || parts(s[b+len(p):])) {
			return b + len(p)
		}
	}
	return 0
}

// daysAt reads 4日, 1—2日, 3、5、8日 and returns the first day. Below a month the sign may be 号, be missing before a time
// of day (7月28上午), and the day be one of the moon's (正月初三).
func daysAt(s string, inMonth bool) (day, size int) {
	day, n := numberAt(s)
	if n == 0 || day < 1 || day > 31 {
		return 0, 0
	}
	i := n
	for range 30 {
		if u := unit(s[i:], "日"); u > 0 {
			i += u
			if i < len(s) && strings.ContainsRune("内后游均龄", firstRune(s[i:])) || strings.HasPrefix(s[i:], "前") && !parts(s[i+len("前"):]) {
				return 0, 0
			}
			return day, i
		}
		if u := unit(s[i:], "号"); u > 0 && (inMonth || parts(s[i+u:])) {
			return day, i + u
		}
		d := dashAt(s[i:])
		if d == 0 {
			break
		}
		other, k := numberAt(s[i+d:])
		if k == 0 || other < 1 || other > 31 {
			break
		}
		i += d + k
	}
	if inMonth && i == n {
		if strings.HasPrefix(s, "初") || strings.HasPrefix(s, "廿") {
			return day, n
		}
		for _, p := range []string{"上午", "下午", "晚", "凌晨", "中午", "傍晚"} {
			if strings.HasPrefix(s[i:], p) {
				return day, i
			}
		}
	}
	return 0, 0
}

// dashAt returns the bytes of the sign or word that joins two parts of a date, with spaces around it.
func dashAt(s string) int {
	i := blank(s)
	start := i
	for i < len(s) {
		r, k := utf8.DecodeRuneInString(s[i:])
		if !strings.ContainsRune("-—–－﹣~～〜∼─―至到、和及", r) || i-start > 6 {
			break
		}
		i += k
	}
	if i == start {
		return 0
	}
	return i + blank(s[i:])
}

// rangeAt returns the bytes of what a date goes on with: 至6月6日, —3日, 、5日, 至次年1月3日, 至3月.
func rangeAt(s string) int {
	d := dashAt(s)
	if d == 0 {
		return 0
	}
	i := d
	for _, p := range []string{"次年", "翌年", "同月", "当月", "当年"} {
		if strings.HasPrefix(s[i:], p) {
			i += len(p)
		}
	}
	if _, n := yearAt(s[i:]); n > 0 {
		i += n
	}
	_, m := monthAt(s[i:])
	i += m
	if _, n := daysAt(s[i:], m > 0); n > 0 {
		return i + n
	}
	if m > 0 {
		return i + partAt(s[i:])
	}
	if n := partAt(s[i:]); n > 0 && len(s[d:i]) == 0 {
		return i + n // 上旬至中旬
	}
	return 0
}

// weekdayAt returns the bytes of a weekday or of the moon's day behind a date: （星期二）, 星期二, （农历正月初三）.
func weekdayAt(s string) int {
	b := blank(s)
	rest := s[b:]
	if r := firstRune(rest); r == '（' || r == '(' {
		inner := rest[utf8.RuneLen(r):]
		for _, p := range []string{"星期", "周", "农历", "阴历", "夏历", "旧历", "礼拜"} {
			if !strings.HasPrefix(inner, p) {
				continue
			}
			if i := strings.IndexAny(firstBytes(inner, 60), "）)"); i > 0 {
				_, k := utf8.DecodeRuneInString(inner[i:])
				return b + utf8.RuneLen(r) + i + k
			}
		}
		return 0
	}
	for _, p := range []string{"星期", "周"} {
		if strings.HasPrefix(rest, p) && b > 0 {
			if r, k := utf8.DecodeRuneInString(rest[len(p):]); strings.ContainsRune("一二三四五六日天", r) && parts(rest[len(p)+k:]) {
				return b + len(p) + k
			}
		}
	}
	return 0
}
