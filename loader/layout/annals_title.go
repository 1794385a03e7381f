package layout

import (
	"strings"
	"unicode/utf8"

	"fangzhi/fold"
)

// annalsTitle is what the first lines of a gazetteer say of it.
type annalsTitle struct {
	publication string // 云河县志
	label       string // （1986—2005）, 卷十
	publisher   string
	at          []int // the lines that say so
	line        int   // of the file
}

// maxTitleLines is how far down a title page reaches.
const maxTitleLines = 40

// gazetteerEnds are the ends, folded, of the titles of gazetteers and of their 大事记 printed alone.
var gazetteerEnds = []string{"志", "志稿", "志略", "志书", "续志", "图经", "乘", "大事记", "大事年表", "大事纪要", "大事编年", "编年纪事", "大事志", "历史大事年表", "编年史", "灾异录", "灾害年表"}

// readAnnalsTitle reads the title: the first line that has the form of one. The name of a part alone (大事记) is none.
func readAnnalsTitle(lines []line) annalsTitle {
	var t annalsTitle
	for i := 0; i < min(len(lines), maxTitleLines); i++ {
		l := &lines[i]
		if l.long || l.runes > 40 || l.isTableRow() {
			continue
		}
		packed := pack(l.text)
		if t.publication == "" {
			if name, rest, ok := gazetteerTitle(packed); ok {
				t.publication, t.label, t.line = name, rest, l.number
				t.at = append(t.at, i)
				continue
			}
			if h := readTimeHead(l.text, anywhere); h.level != noTime || isDynasty(l) {
				return t
			}
			continue
		}
		isTime := readTimeHead(l.text, anywhere).level != noTime && !isSpan(packed) || isDynasty(l)
		if i > t.at[0]+8 || isTime {
			break
		}
		if name, rest, ok := gazetteerTitle(packed); ok && name == t.publication {
			if t.label == "" {
				t.label = rest
			}
			t.at = append(t.at, i) // the title page once more
			continue
		}
		if t.label == "" && isSpan(packed) {
			t.label = packed
			t.at = append(t.at, i)
			continue
		}
		office := officePrefix.ReplaceAllString(officeSuffix.ReplaceAllString(packed, ""), "")
		if t.publisher == "" && officeWord.MatchString(office) && utf8.RuneCountInString(office) <= 30 && !strings.ContainsAny(office, "，。；") {
			t.publisher = office
			t.at = append(t.at, i)
		}
	}
	return t
}

// isSpan tells whether a packed line is the years that a gazetteer covers: （1986—2005）.
func isSpan(s string) bool {
	s = strings.Trim(fold.String(s), "()[]")
	rs := []rune(s)
	sc := scanner{rs: rs}
	_, e := sc.fourDigits(0)
	if e == 0 {
		return false
	}
	e += sc.skipAny(e, "年")
	if sc.peek(e) != '-' && sc.peek(e) != '至' {
		return false
	}
	_, e2 := sc.fourDigits(e + 1)
	return e2 > e+1 && e2+sc.skipAny(e2, "年") == len(rs)
}

// gazetteerTitle splits a packed line into the title of a gazetteer and what stands behind it: 云河县志·大事记,
// 雲河縣志卷之十, 云河县志（1986—2005）.
func gazetteerTitle(s string) (name, rest string, ok bool) {
	s = strings.Trim(s, "《》〈〉【】#*")
	if n := utf8.RuneCountInString(s); n < 3 || n > 36 || strings.ContainsAny(s, "，。；：、!！?？|…") {
		return "", "", false
	}
	folded := []rune(fold.String(s))
	printed := []rune(s)
	if len(folded) != len(printed) {
		return "", "", false
	}
	if r := folded[0]; r == '第' || r == '卷' {
		if _, n := volumeNumber(string(folded)); n > 0 {
			return "", "", false
		}
	}
	for i := range folded {
		if i < 2 || folded[i] != '志' {
			continue
		}
		end := i + 1
		if end < len(folded) && (folded[end] == '稿' || folded[end] == '略' || folded[end] == '书') {
			end++
		}
		// What stands before must be a division: 云河县, 柳湖镇; or an old title's: 乾隆云河县.
		if !strings.ContainsRune("省市区县旗州府厅盟乡镇村卫司", folded[i-1]) && !(i >= 3 && (folded[i-1] == '续' || folded[i-1] == '通' || folded[i-1] == '新' || folded[i-1] == '旧')) {
			continue
		}
		tail := string(folded[end:])
		if tail != "" && !strings.ContainsRune("·.(（卷第大祥灾续》-【[", folded[end]) && !strings.HasPrefix(tail, "编年") {
			continue
		}
		return string(printed[:end]), strings.TrimLeft(string(printed[end:]), "》·.-"), true
	}
	name = string(folded)
	if i := strings.IndexAny(name, "(["); i > 0 {
		name = name[:i]
	}
	if isPartName(name) && !hasDivision(name) {
		return "", "", false
	}
	for _, e := range gazetteerEnds[6:] {
		if strings.HasSuffix(name, e) && hasDivision(name) {
			n := utf8.RuneCountInString(name)
			return string(printed[:n]), string(printed[n:]), true
		}
	}
	return "", "", false
}

// hasDivision tells whether a folded title names whose it is.
func hasDivision(name string) bool {
	i := strings.IndexAny(name, "省市区县旗州府厅盟乡镇村")
	return i >= len("云")
}
