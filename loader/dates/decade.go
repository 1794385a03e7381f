package dates

import (
	"fmt"

	"fangzhi/edtf"
)

// Decades and centuries: 20世纪50年代, 上世纪八十年代末, 19世纪. 上世纪 is the twentieth: the chronicles
// that say so were written in the twenty-first. 80年代 without its century is not read.

var decadeEdges = []struct {
	text     string
	from, to int // years of the decade
}{
	{"初", 0, 2}, {"中期", 4, 6}, {"末", 7, 9}, {"后期", 7, 9},
}

func readDecade(l *line, i int) (m *mention, end int, ok bool) {
	century, next := 20, i
	if l.has(i, "公元前") {
		n, next, ok := l.smallHere(i + 3)
		if !ok || n < 1 || !l.has(next, "世纪") {
			return nil, i, false
		}
		return &mention{fixed: mustParse(fmt.Sprintf("-%02dXX", n-1))}, next + 2, n > 1
	}
	if year, next, ok := l.fourDigits(i); ok && l.has(next, "年代") && year%10 == 0 {
		return readPartOfDecade(l, next+2, year)
	}
	if l.rune(i) == '上' {
		next++
	} else if century, next, ok = l.small(i); !ok || century < 10 || century > 21 {
		return nil, i, false
	}
	if !l.has(next, "世纪") {
		return nil, i, false
	}
	next += 2
	decade, after, ok := l.smallHere(next)
	if !ok || !l.has(after, "年代") || decade%10 != 0 {
		return &mention{fixed: mustParse(fmt.Sprintf("%02dXX", century-1))}, next, true
	}
	return readPartOfDecade(l, after+2, (century-1)*100+decade)
}

// readPartOfDecade reads 初, 末 or nothing at i behind the decade that begins in start.
func readPartOfDecade(l *line, i, start int) (m *mention, end int, ok bool) {
	for _, e := range decadeEdges {
		if l.has(i, e.text) {
			text := fmt.Sprintf("%04d~/%04d~", start+e.from, start+e.to)
			return &mention{fixed: mustParse(text)}, i + len([]rune(e.text)), true
		}
	}
	return &mention{fixed: mustParse(fmt.Sprintf("%03dX", start/10))}, i, true
}

// mustParse parses a text that this package made.
func mustParse(text string) edtf.Date {
	d, err := edtf.Parse(text)
	if err != nil {
		panic("dates: " + err.Error())
	}
	return d
}
