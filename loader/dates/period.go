package dates

import (
	"sync"

	"fangzhi/edtf"
)

// Periods that have a name: 抗战时期, “文革”期间, 改革开放以来, 新中国成立前. They are mentioned, and date no event but one that
// tells no other time.

// periods with the longer name first where one begins with the other. The bounds are those of genre.md §2.1, type 37, and
// of general histories where it has none; a beginning or an end that historians place within years is approximate.
var periods = []struct{ text, edtf string }{
	{"抗日战争时期", "1937-07-07/1945-09-02"}, {"抗日战争期间", "1937-07-07/1945-09-02"}, {"抗战时期", "1937-07-07/1945-09-02"}, {"抗战期间", "1937-07-07/1945-09-02"},
	{"解放战争时期", "1946-06/1949-09"}, {"解放战争期间", "1946-06/1949-09"}, {"土地革命战争时期", "1927-08/1937-07"}, {"土地革命时期", "1927-08/1937-07"},
	{"大革命时期", "1924/1927"}, {"抗美援朝期间", "1950-10/1953-07"}, {"抗美援朝时期", "1950-10/1953-07"}, {"大跃进时期", "1958/1960"}, {"大跃进期间", "1958/1960"},
	{"三年困难时期", "1959/1961"}, {"三年自然灾害时期", "1959/1961"}, {"三年自然灾害期间", "1959/1961"}, {"人民公社时期", "1958/1983"},
	{"文化大革命期间", "1966-05/1976-10"}, {"文化大革命时期", "1966-05/1976-10"}, {"文化大革命中", "1966-05/1976-10"},
	{"文革期间", "1966-05/1976-10"}, {"文革时期", "1966-05/1976-10"}, {"文革中", "1966-05/1976-10"}, {"改革开放以来", "1978-12/.."},
	{"中华人民共和国成立前", "../1949-09-30"}, {"中华人民共和国成立后", "1949-10-01/.."}, {"中华人民共和国成立以来", "1949-10-01/.."},
	{"新中国成立前", "../1949-09-30"}, {"新中国成立后", "1949-10-01/.."}, {"新中国成立以来", "1949-10-01/.."},
	{"建国前", "../1949-09-30"}, {"建国后", "1949-10-01/.."}, {"建国以来", "1949-10-01/.."}, {"建国初期", "1949-10~/1952~"}, {"新中国成立初期", "1949-10~/1952~"},
	{"辛亥革命时期", "1911-10-10/1912-02-12"}, {"民国时期", "1912/1949"}, {"北洋政府时期", "1912/1928"}, {"北洋军阀时期", "1912/1928"}, {"日伪时期", "1937~/1945"}, {"伪满时期", "1932-03/1945-08"},
	{"元末明初", "1351~/1380~"}, {"明末清初", "1640~/1650~"}, {"清末民初", "1901~/1920~"}, {"民国初年", "1912~/1916~"}, {"民国初期", "1912~/1916~"}, {"民国初", "1912~/1916~"}, {"民国末年", "1945~/1949~"},
	{"唐初", "0618~/0640~"}, {"唐末", "0875~/0907~"}, {"北宋末", "1115~/1127~"}, {"南宋末", "1265~/1279~"}, {"元末", "1351~/1368~"}, {"明初", "1368~/1400~"}, {"明末", "1620~/1644~"}, {"清初", "1644~/1680~"}, {"清末", "1901~/1911~"}, {"晚清", "1840/1911"},
}

const periodStarts = `抗解土大三人文改中新建辛民北日伪元明清唐南晚"`

// readPeriod reads the name of a period, also with quotation marks in it: “文革”期间.
func readPeriod(l *line, i int) (m *mention, end int, ok bool) {
	first := i
	for l.rune(first) == '"' {
		first++
	}
	for _, p := range periodsByFirst()[l.rune(first)] {
		if end, ok := l.hasUnquoted(i, p.text); ok {
			return &mention{fixed: p.date}, end, true
		}
	}
	return nil, i, false
}

// period is a row of the table, parsed.
type period struct {
	text string
	date edtf.Date
}

var periodsByFirst = sync.OnceValue(func() map[rune][]period {
	rows := map[rune][]period{}
	for _, p := range periods {
		first := []rune(p.text)[0]
		rows[first] = append(rows[first], period{p.text, mustParse(p.edtf)})
	}
	return rows
})

// hasUnquoted reports whether word stands at i, quotation marks left out, and the index behind it.
func (l *line) hasUnquoted(i int, word string) (end int, ok bool) {
	for _, r := range word {
		for l.rune(i) == '"' {
			i++
		}
		if l.rune(i) != r {
			return i, false
		}
		i++
	}
	return i, true
}
