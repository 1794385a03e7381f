package extract

import (
	"strconv"
	"strings"
)

// A numeric is what digits or numerals at a place say, without its unit.
type numeric struct {
	start, end int // code points; a sign or 零下 included
	value      float64
	// broken marks what is no number: a date with dots, a telephone number, the two sides of a ratio, 3·15.
	broken bool
	// year tells that it is written like a year: four digits, 1900 to 2099.
	year bool
}

// arabic reads the digits at i: 1600, 8,216,781.53, -12.5.
func arabic(text []rune, i int) numeric {
	n := numeric{start: i}
	for i < len(text) && figureDigit(text[i]) {
		i++
	}
	whole := i - n.start
	for whole <= 3 && i+3 < len(text) && text[i] == ',' && figureDigit(text[i+1]) && figureDigit(text[i+2]) && figureDigit(text[i+3]) && (i+4 >= len(text) || !figureDigit(text[i+4])) {
		i += 4
	}
	plain := i == n.start+whole
	if i+1 < len(text) && text[i] == '.' && figureDigit(text[i+1]) {
		i++
		for i < len(text) && figureDigit(text[i]) {
			i++
		}
		plain = false
	}
	n.end = i
	for i+1 < len(text) && joinsDigits(text[i]) && figureDigit(text[i+1]) {
		n.broken = true
		for i++; i < len(text) && figureDigit(text[i]); i++ {
		}
		n.end = i
	}
	if n.broken || n.end-n.start > maxDigits {
		n.broken = true
		return n
	}
	n.value, _ = strconv.ParseFloat(strings.ReplaceAll(string(text[n.start:n.end]), ",", ""), 64)
	n.year = plain && whole == 4 && n.value >= 1900 && n.value < 2100
	return n
}

// maxDigits bounds how long a number is: what is longer is an account, a code, a telephone.
const maxDigits = 20

// joinsDigits reports whether r between digits makes a name, a date or a ratio of them, not a quantity.
func joinsDigits(r rune) bool {
	switch r {
	case '.', '·', '•', '／', '/', ':', '：', '×', '*', '∶', '_', ',':
		return true
	}
	return false
}

func figureDigit(r rune) bool { return '0' <= r && r <= '9' }

// digitOf returns the value of a Chinese digit, -1 for what is none.
func digitOf(r rune) float64 {
	switch r {
	case '〇', '零':
		return 0
	case '一', '壹':
		return 1
	case '二', '两', '贰':
		return 2
	case '三', '叁':
		return 3
	case '四', '肆':
		return 4
	case '五', '伍':
		return 5
	case '六', '陆':
		return 6
	case '七', '柒':
		return 7
	case '八', '捌':
		return 8
	case '九', '玖':
		return 9
	}
	return -1
}

// powerOf returns the power of ten that the character multiplies by, 0 for what is none.
func powerOf(r rune) float64 {
	switch r {
	case '十', '拾':
		return 10
	case '百', '佰':
		return 100
	case '千', '仟':
		return 1000
	case '万':
		return 1e4
	case '亿':
		return 1e8
	}
	return 0
}

func isNumeral(r rune) bool { return digitOf(r) >= 0 || powerOf(r) > 0 }

// numeral reads the Chinese numeral at i: 三百二十, 一万五千, 十二点五. What is not written by the rules of numerals (二〇二〇,
// 三四百, 千百) is broken. A 万 or 亿 at its end is left to the unit, as it is with digits.
func numeral(text []rune, i int) numeric {
	n := numeric{start: i, end: i}
	for n.end < len(text) && isNumeral(text[n.end]) {
		n.end++
	}
	if n.end-n.start > maxDigits {
		n.broken = true
		return n
	}
	run := text[n.start:n.end]
	for len(run) > 1 && powerOf(run[len(run)-1]) >= 1e4 {
		run = run[:len(run)-1]
	}
	if powerOf(run[0]) >= 1e4 && len(run) == 1 {
		n.broken = true
		return n
	}
	end := n.end
	n.end = n.start + len(run)
	n.value, n.broken = numeralValue(run)
	if n.broken || n.end < end {
		return n
	}
	if n.end+1 < len(text) && text[n.end] == '点' && digitOf(text[n.end+1]) >= 0 {
		scale := 0.1
		for i = n.end + 1; i < len(text) && digitOf(text[i]) >= 0; i++ {
			n.value += digitOf(text[i]) * scale
			scale /= 10
		}
		n.value, _ = strconv.ParseFloat(strconv.FormatFloat(n.value, 'f', 6, 64), 64)
		n.end = i
	}
	return n
}

// numeralValue returns the value of a whole numeral, or that it is none.
func numeralValue(run []rune) (value float64, broken bool) {
	var total, section, digit float64
	digit = -1
	last := 1e9 // the power before, within a section
	for k, r := range run {
		if d := digitOf(r); d >= 0 {
			if digit > 0 {
				return 0, true // 三四百, 二二
			}
			digit = d
			continue
		}
		p := powerOf(r)
		if p >= 1e4 {
			if section += max(digit, 0); section == 0 {
				return 0, true
			}
			if p == 1e8 {
				section, total = total+section, 0
			}
			total, section, digit, last = total+section*p, 0, -1, 1e9
			continue
		}
		if digit <= 0 && (k > 0 || p > 10) && !(k == 0 && len(run) == 1) || p >= last {
			return 0, true // 千百; 百 at the beginning, but alone: 百余人
		}
		section += max(digit, 1) * p
		digit, last = -1, p
	}
	if len(run) > 1 && last == 1e9 && total == 0 {
		return 0, true // digits alone: 二〇, 一二
	}
	if digit > 0 && last >= 100 && len(run) > 1 && digitOf(run[len(run)-2]) != 0 {
		return 0, true // 三百五, 一万五: of tens or of ones
	}
	return total + section + max(digit, 0), false
}
