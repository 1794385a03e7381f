package dates

// Seasons and ends of a year without the year, under a heading that has it: 春  全县兴修水利; 冬，; 年初，; 岁末.

var yearParts = []struct {
	text string
	edge edge
}{
	{"年初", early}, {"年底", late}, {"年末", late}, {"年终", late}, {"岁末", late}, {"岁初", early},
}

// readSeason reads a season at the start of a paragraph or a clause. It is weak: without a heading that has the year it
// says nothing.
func readSeason(l *line, i int) (m *mention, end int, ok bool) {
	if !l.startsClause(i) {
		return nil, i, false
	}
	e, n := readSeasonWord(l, i)
	for _, p := range yearParts {
		if n == 0 && l.has(i, p.text) {
			e, n = p.edge, 2
		}
	}
	// 冬，全县… or 冬  全县… or a line of its own; 年末人口 is a figure, 春风 a word.
	if n == 0 || l.rune(i+n) != ',' && (!l.atStart(i) || !l.gap(i+n) && i+n < len(l.r)) && l.after(i+n, rangeSigns) == 0 {
		return nil, i, false
	}
	end = i + n
	m = &mention{weak: true, from: written{edge: e}}
	if k := l.after(end, rangeSigns); k > 0 && e >= spring {
		if to, n := readSeasonWord(l, end+k); n > 0 && to > e {
			m.shape, m.to = ranged, written{edge: to}
			return m, end + k + n, true
		}
		end = m.readToPartOfYear(l, end) // 冬至次年春
	}
	return m, end, true
}

var seasonTable = []struct {
	text string
	edge edge
}{
	{"春季", spring}, {"夏季", summer}, {"秋季", autumn}, {"冬季", winter}, {"春天", spring}, {"夏天", summer}, {"秋天", autumn}, {"冬天", winter},
	{"春间", spring}, {"夏间", summer}, {"秋间", autumn}, {"冬间", winter}, {"春", spring}, {"夏", summer}, {"秋", autumn}, {"冬", winter},
}

// notSeasons begin with a season and are other words: 2020年春节, 1958年秋粮.
var notSeasons = words("春节", "春运", "春耕", "春播", "春晚", "春招", "春联", "春茶", "春训", "春蕾", "春风", "春雷", "春游", "春秋", "春小", "夏粮", "夏收", "夏种", "夏令", "夏至", "夏历", "夏播", "夏税",
	"秋粮", "秋收", "秋种", "秋播", "秋闱", "秋征", "秋税", "秋分", "冬奥", "冬训", "冬小", "冬修", "冬种", "冬至", "冬季两", "冬泳", "冬月", "冬学", "冬防", "春分", "春防", "春荒", "春旱", "夏荒")

// readSeasonWord reads a season at i, and returns its length; 0 for none.
func readSeasonWord(l *line, i int) (e edge, length int) {
	switch l.rune(i) {
	case '春', '夏', '秋', '冬':
	default:
		return whole, 0
	}
	if l.after(i, notSeasons) > 0 && !l.rangesFrom(i) {
		return whole, 0
	}
	for _, s := range seasonTable {
		if l.has(i, s.text) && (len(s.text) == len("冬") || !l.rangesFrom(i)) {
			return s.edge, len([]rune(s.text))
		}
	}
	return whole, 0
}

// rangesFrom tells whether 冬至 or 夏至 at i is a season and the sign of a range: 1958年冬至次年春.
func (l *line) rangesFrom(i int) bool {
	if l.rune(i+1) != '至' {
		return false
	}
	switch l.rune(i + 2) {
	case '春', '夏', '秋', '冬':
		return true
	}
	_, next := readYearPart(l, i+2)
	return next > i+2
}
