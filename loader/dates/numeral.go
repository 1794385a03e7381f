package dates

// digit returns the value of a Chinese digit: 零 and 〇 are written for 0.
func digit(r rune) (n int, ok bool) {
	switch r {
	case '〇', '零':
		return 0, true
	case '一':
		return 1, true
	case '二':
		return 2, true
	case '三':
		return 3, true
	case '四':
		return 4, true
	case '五':
		return 5, true
	case '六':
		return 6, true
	case '七':
		return 7, true
	case '八':
		return 8, true
	case '九':
		return 9, true
	}
	return 0, false
}

// digitValue is digit without telling 0 from what is no digit.
func digitValue(r rune) int {
	n, _ := digit(r)
	return n
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// small reads a number up to 99 at i, 12 or 十二, and returns the index behind it. ok is false where
// there is none, or where it is part of a longer number.
func (l *line) small(i int) (n, next int, ok bool) {
	if isNumeral(l.rune(i - 1)) {
		return 0, i, false
	}
	return l.smallHere(i)
}

// smallHere is small where the number may follow another one directly.
func (l *line) smallHere(i int) (n, next int, ok bool) {
	for next = i; isDigit(l.rune(next)); next++ {
		n = n*10 + int(l.r[next]-'0')
		if next-i >= 2 {
			return 0, i, false
		}
	}
	if next > i {
		return n, next, true
	}
	return l.chinese(i)
}

// chinese reads a Chinese numeral from 一 to 九十九, with 廿 and 卅.
func (l *line) chinese(i int) (n, next int, ok bool) {
	next = i
	if d, isDigit := digit(l.rune(next)); isDigit && d > 0 {
		n = d
		next++
	}
	switch l.rune(next) {
	case '十':
		n = max(n, 1) * 10
	case '廿':
		n = 20
	case '卅':
		n = 30
	default:
		return n, next, next > i && !isNumeral(l.rune(next))
	}
	next++
	if d, isDigit := digit(l.rune(next)); isDigit && d > 0 {
		n += d
		next++
	}
	return n, next, !isNumeral(l.rune(next))
}

// misread reads a number of a month or day that a scan has letters in: l2, 1o. It is believed only where the sign of a
// month or a day follows.
func (l *line) misread(i int) (n, next int, ok bool) {
	letters := 0
	for next = i; next < i+2; next++ {
		switch r := l.rune(next); {
		case isDigit(r):
			n = n*10 + int(r-'0')
		case r == 'l' || r == 'i':
			n = n*10 + 1
			letters++
		case r == 'o':
			n *= 10
			letters++
		default:
			return 0, i, false
		}
	}
	return n, next, letters == 1 && n >= 10 && n <= 31 && !isNumeral(l.rune(i-1)) && l.after(next, monthOrDay) > 0
}

var monthOrDay = words("月", "日")

// ordinal reads a number from 1 to 199 at i, 33 or 三十三 or 一百零九.
func (l *line) ordinal(i int) (n, next int, ok bool) {
	for next = i; isDigit(l.rune(next)) && next < i+4; next++ {
		n = n*10 + int(l.r[next]-'0')
	}
	if next > i {
		return n, next, n < 200
	}
	if l.has(i, "一百") {
		next = i + 2
		if l.rune(next) == '零' {
			next++
		}
		rest, after, found := l.chinese(next)
		if !found {
			return 100, i + 2, l.rune(i+2) != '零'
		}
		return 100 + rest, after, true
	}
	return l.chinese(i)
}

// fourDigits reads a year of four digits at i, 2020 or 二〇二〇 or 二0二0, and returns the index behind.
func (l *line) fourDigits(i int) (year, next int, ok bool) {
	if isNumeral(l.rune(i - 1)) {
		return 0, i, false
	}
	misread := 0
	for next = i; next < i+4; next++ {
		r := l.rune(next)
		d, chinese := digit(r)
		switch {
		case chinese:
		case isDigit(r):
			d = int(r - '0')
		case r == 'o' && next > i:
			d = 0
		case (r == 'l' || r == 'i') && misread == 0: // I951
			d = 1
			misread++
		default:
			return 0, i, false
		}
		year = year*10 + d
	}
	if isNumeral(l.rune(next)) || year < 1000 || year > 2199 || misread > 0 && l.rune(next) != '年' && l.rune(next) != ')' {
		return 0, i, false
	}
	return year, next, true
}
