package layout

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// What a cell or a caption says of time, as far as the layout must know it: package dates alone reads the date.

const (
	dateRunes = "0123456789〇○零一二三四五六七八九十廿卅元正冬腊闰年月日号旬上中下初底末至到起—–-~～.．/、，,:：时分许点星期周（）() 春夏秋季度半午晚晨凌早夜同是当次翌本"
	dateSigns = "年月日号旬季-./．"
)

// isDateCell tells whether a text is a date and nothing else, or what may stand for one: 同日.
func isDateCell(s string) bool {
	if s == "" || len(s) > 120 || strings.Trim(s, dateRunes) != "" || !strings.ContainsAny(s, dateSigns) {
		return false
	}
	for _, r := range s {
		if !strings.ContainsRune(dateRunes, r) {
			return false
		}
	}
	return strings.ContainsAny(s, "0123456789〇一二三四五六七八九十元正冬腊春夏秋旬") || strings.ContainsAny(s, "同是当次翌本") && utf8.RuneCountInString(s) <= 4
}

var (
	yearLine  = regexp.MustCompile(`^(?:公元)?` + digit + `{4} ?年(?:度|大事记|大事)?$|^(?:民国|[一-龥]{2})` + numeral + `年(?:（.{2,12}）)?$`)
	monthLine = regexp.MustCompile(`^(?:` + digit + `{4} ?年 ?)?(?:` + numeral + `|[元正冬腊]) ?月(?:份|大事记?)?$`)
)

// maxDateBytes is longer than the words of a date are.
const maxDateBytes = 120

// numberBefore returns the number in digits or in Chinese that ends at i, a space before i left out, and where it begins.
func numberBefore(s string, i int) (word string, start int) {
	end := len(strings.TrimSuffix(s[:i], " "))
	start = end
	for start > 0 {
		r, size := utf8.DecodeLastRuneInString(s[:start])
		if chineseDigit(r) < 0 && r != '十' && r != '廿' && r != '卅' {
			break
		}
		start -= size
	}
	return s[start:end], start
}

// hasYear tells whether the words of a date name a year: 2021年, 二〇二一年, 民国27年, 2021-03-05.
func hasYear(s string) bool {
	if len(s) > maxDateBytes {
		return false
	}
	for at := 0; ; {
		i := strings.Index(s[at:], "年")
		if i < 0 {
			break
		}
		word, start := numberBefore(s, at+i)
		if n := utf8.RuneCountInString(word); n == 4 && readNumber(word) > 0 || n > 0 && endsInEra(s[:start]) || strings.HasSuffix(s[:at+i], "元") && endsInEra(s[:at+i-len("元")]) {
			return true
		}
		at += i + len("年")
	}
	const digits = 4
	n := 0
	for n < len(s) && isDigit(rune(s[n])) {
		n++
	}
	return (n == digits && (n == len(s) || strings.IndexAny(s[n:], "-./") == 0) || n == len("20210305")) && (s[0] == '1' && s[1] == '9' || s[0] == '2' && s[1] == '0')
}

// endsInEra tells whether s ends in two Han characters that can be a reign: 民国, 光绪.
func endsInEra(s string) bool {
	n := 0
	for n < 2 {
		r, size := utf8.DecodeLastRuneInString(s)
		if !isHan(r) || strings.ContainsRune("年月日第共近约前后", r) || chineseDigit(r) >= 0 {
			return false
		}
		s = s[:len(s)-size]
		n++
	}
	return true
}

// monthIn returns the first month that the words of a date name; ok is true also for one without a number, 正月.
func monthIn(s string) (month int, ok bool) {
	if len(s) > maxDateBytes {
		return 0, false
	}
	if i := strings.Index(s, "月"); i > 0 {
		word, _ := numberBefore(s, i)
		n := readNumber(word)
		if n > 12 {
			n = 0
		}
		return n, n > 0 || strings.ContainsRune("元正冬腊", lastRune(s[:i]))
	}
	// 2021-03-05, 3.5
	rest := s
	if hasYear(rest) && len(rest) > 5 {
		rest = rest[5:]
	}
	word, after, found := strings.Cut(strings.Map(oneDot, rest), ".")
	if n := readNumber(word); found && len(word) <= 2 && n >= 1 && n <= 12 && isDigit(firstRune(after)) {
		return n, true
	}
	return 0, false
}

func oneDot(r rune) rune {
	if r == '-' || r == '/' || r == '．' {
		return '.'
	}
	return r
}

// monthOf returns the first month that the words of a date name, 0 for none or for one in words.
func monthOf(s string) int {
	month, _ := monthIn(s)
	return month
}

// namesMonth tells whether the words of a date name a month at all.
func namesMonth(s string) bool {
	_, ok := monthIn(s)
	return ok
}

// dateLevel tells which heading a line or a row is that names a year or a month and nothing else; levelNone for others.
func dateLevel(s string) int {
	s = strings.Trim(pack(s), "*【】〔〕[]（）()")
	switch {
	case s == "" || len(s) > 60 || !strings.Contains(s, "年") && !strings.Contains(s, "月"):
		return levelNone
	case monthLine.MatchString(s):
		return levelMonth
	case yearLine.MatchString(s):
		return levelYear
	}
	return levelNone
}

// The levels of headings that date what stands below them.
const (
	levelNone = iota
	levelYear
	levelMonth
)
