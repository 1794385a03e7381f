package layout

import (
	"regexp"
	"strconv"
	"strings"

	"fangzhi/edtf"
)

// digit is a digit of a year in Chinese: 二〇二一, also with the letters and circles that stand for 〇.
const digit = `[〇○◯零Oo0-9一二三四五六七八九]`

// numeral is a number below ten thousand, in digits or in Chinese.
const numeral = `(?:\d{1,4}|[〇零一二三四五六七八九十百千两]{1,7})`

// readNumber reads a numeral: 114, 十二, 一百一十四, 一一四, 二〇二一. 0 for what is none.
func readNumber(s string) int {
	if n, err := strconv.Atoi(s); err == nil {
		return n
	}
	total, current, positional := 0, 0, true
	for _, r := range s {
		switch unit := map[rune]int{'十': 10, '百': 100, '千': 1000}[r]; {
		case unit > 0:
			total += max(current, 1) * unit
			current, positional = 0, false
		default:
			d := chineseDigit(r)
			if d < 0 {
				return 0
			}
			if positional {
				current = current*10 + d
			} else {
				current = d
			}
		}
		if total > 99999 || current > 99999 {
			return 0
		}
	}
	return total + current
}

// chineseDigit returns the value of a digit, -1 for what is none.
func chineseDigit(r rune) int {
	switch {
	case '0' <= r && r <= '9':
		return int(r - '0')
	case strings.ContainsRune("〇○◯零Oo", r):
		return 0
	case r == '两':
		return 2
	}
	if i := strings.Index("一二三四五六七八九", string(r)); i >= 0 {
		return i/len("一") + 1
	}
	return -1
}

var fullDate = regexp.MustCompile(`^(?:(` + digit + `{4})年(` + numeral + `)月(` + numeral + `)日|(\d{4})[-./](\d{1,2})[-./](\d{1,2}))`)

// readDay reads the date at the start of a packed text and returns what follows it; none where there is no such day.
func readDay(s string) (day edtf.Day, rest string) {
	m := fullDate.FindStringSubmatch(s)
	if m == nil {
		return 0, s
	}
	year, month, date := m[1], m[2], m[3]
	if year == "" {
		year, month, date = m[4], m[5], m[6]
	}
	day, ok := edtf.NewDay(readNumber(year), readNumber(month), readNumber(date))
	if !ok {
		return 0, s
	}
	return day, s[len(m[0]):]
}
