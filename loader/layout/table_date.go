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
	yearWord    = regexp.MustCompile(digit + `{4} ?年|^(?:19|20)\d\d[-./．]\d|^(?:19|20)\d\d$|(?:民国|[一-龥]{2})` + numeral + `年`)
	monthWord   = regexp.MustCompile(`(` + numeral + `|[元正冬腊]) ?月`)
	dottedMonth = regexp.MustCompile(`^(?:\d{4}[-./．])?(\d{1,2})[-./．]\d{1,2}`)
	yearLine    = regexp.MustCompile(`^(?:公元)?` + digit + `{4} ?年(?:度|大事记|大事)?$|^(?:民国|[一-龥]{2})` + numeral + `年(?:（.{2,12}）)?$`)
	monthLine   = regexp.MustCompile(`^(?:` + digit + `{4} ?年 ?)?(?:` + numeral + `|[元正冬腊]) ?月(?:份|大事记?)?$`)
)

// hasYear tells whether the words of a date name a year.
func hasYear(s string) bool { return len(s) <= 120 && yearWord.MatchString(s) }

// monthOf returns the first month that the words of a date name, 0 for none or for one in words.
func monthOf(s string) int {
	if len(s) > 120 {
		return 0
	}
	m := dottedMonth.FindStringSubmatch(s)
	if m == nil {
		m = monthWord.FindStringSubmatch(s)
	}
	if m == nil {
		return 0
	}
	if n := readNumber(m[1]); n >= 1 && n <= 12 {
		return n
	}
	return 0
}

// namesMonth tells whether the words of a date name a month at all.
func namesMonth(s string) bool {
	return len(s) <= 120 && (monthWord.MatchString(s) || dottedMonth.MatchString(s))
}

// dateLevel tells which heading a line or a row is that names a year or a month and nothing else; levelNone for others.
func dateLevel(s string) int {
	s = strings.Trim(pack(s), "*【】〔〕[]（）()")
	switch {
	case s == "" || len(s) > 60:
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
