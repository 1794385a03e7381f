package layout

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"fangzhi/fold"
)

// yearbookTitle is what the first lines of a yearbook say of it.
type yearbookTitle struct {
	publication string // 云河年鉴
	label       string // （2021）
	year        int    // of the volume, of a volume of several years the first
	yearTo      int    // the last of several years, 0 for one
	number      int    // 总第12卷
	publisher   string
	at          []int // the lines that say so
	line        int   // of the file
}

var (
	// yearbookName is folded and without spaces, as yearbookYear and volumeCount.
	yearbookName = regexp.MustCompile(`^《?(?:(` + digit + `{4})年?(?:卷)?)?([^\d《》，。；：、!？()]{2,24}?年鉴)([^》]*)》?$`)
	yearbookYear = regexp.MustCompile(`^[·.\-(《〔\[]*(` + digit + `{4})(?:年)?(?:[-至~](` + digit + `{2,4})年?)?(?:年?卷|年?版|年刊|年号)?[)》〕\]]*$`)
	volumeCount  = regexp.MustCompile(`\(?总第?(` + numeral + `)[卷期号册]\)?`)
)

// readYearbookTitle reads the title page.
func readYearbookTitle(lines []line) yearbookTitle {
	const most = 40
	var t yearbookTitle
	for i := 0; i < min(len(lines), most); i++ {
		l := &lines[i]
		if l.long || l.runes > 40 || l.isTableRow() || l.isLeader() {
			continue
		}
		if _, _, ok := bracketed(l.text); ok {
			break
		}
		switch {
		case t.publication == "":
			if t.name(l) {
				t.at, t.line = append(t.at, i), l.number
			}
		case i > t.at[0]+8 && t.year != 0:
			return t
		default:
			if t.more(l) {
				t.at = append(t.at, i)
			}
		}
	}
	return t
}

// name reads the title itself.
func (t *yearbookTitle) name(l *line) bool {
	printed := pack(l.text)
	m := yearbookName.FindStringSubmatchIndex(fold.String(printed))
	if m == nil {
		return false
	}
	folded := fold.String(printed)
	if utf8.RuneCountInString(folded) != utf8.RuneCountInString(printed) {
		printed = folded
	}
	cut := func(from, to int) string { // of the printed title
		a, b := utf8.RuneCountInString(folded[:from]), utf8.RuneCountInString(folded[:to])
		return string([]rune(printed)[a:b])
	}
	rest := folded[m[6]:m[7]]
	t.publication = cut(m[4], m[5])
	if m[2] >= 0 {
		t.year, t.label = readNumber(folded[m[2]:m[3]]), cut(m[2], m[3])
	}
	if n := volumeCount.FindStringSubmatch(rest); n != nil {
		t.number = readNumber(n[1])
		rest = strings.Replace(rest, n[0], "", 1)
	}
	if y := yearbookYear.FindStringSubmatch(rest); y != nil {
		t.years(y)
		t.label = strings.TrimLeft(cut(m[6], m[7]), "·.-")
	} else if rest != "" {
		*t = yearbookTitle{}
		return false // 云河年鉴编纂委员会
	}
	return t.publication != ""
}

// years takes what yearbookYear found.
func (t *yearbookTitle) years(m []string) {
	t.year = readNumber(m[1])
	to := readNumber(m[2])
	if to < 100 {
		to += t.year / 100 * 100 // 2012—14
	}
	if m[2] != "" && to > t.year {
		t.yearTo = to
	}
}

// more reads a line below the title: its year, the number of the volume, who edits it, the title once more.
func (t *yearbookTitle) more(l *line) bool {
	folded := fold.String(pack(l.text))
	if y := yearbookYear.FindStringSubmatch(folded); y != nil {
		if t.year == 0 {
			t.years(y)
			t.label = pack(l.text)
		}
		return true
	}
	if n := volumeCount.FindStringSubmatch(folded); n != nil && len(n[0]) == len(folded) {
		t.number = readNumber(n[1])
		return true
	}
	var again yearbookTitle
	if again.name(l) {
		if again.publication != t.publication {
			return false
		}
		if t.year == 0 {
			t.year, t.yearTo, t.label = again.year, again.yearTo, again.label
		}
		return true
	}
	packed := pack(l.text)
	office := officePrefix.ReplaceAllString(officeSuffix.ReplaceAllString(packed, ""), "")
	if t.publisher == "" && officeWord.MatchString(office) && utf8.RuneCountInString(office) <= 30 && !strings.ContainsAny(office, "，。；") {
		t.publisher = office
		return true
	}
	return false
}

// timeLimit is how the guide to a yearbook (凡例) says which time it covers, folded and without spaces.
var timeLimit = regexp.MustCompile(`(` + digit + `{4})年1月1日(?:起)?[-至]+(?:(` + digit + `{4})年)?12月31日`)

// limitWords stand beside the time that a yearbook covers and not beside other spans.
var limitWords = []string{"时限", "记事", "记载", "收录", "收载", "记述", "反映", "资料", "内容", "上限", "下限", "起止", "时间", "选录", "断限"}

// contentYears reads the first and the last year that the guide names, 0 where it names none.
func contentYears(front []line) (from, to int) {
	const mostBytes = 60_000
	var b strings.Builder
	for i := range front {
		if b.Len() > mostBytes {
			break
		}
		b.WriteString(pack(front[i].text))
	}
	text := fold.String(b.String())
	for _, m := range timeLimit.FindAllStringSubmatchIndex(text, 20) {
		near := text[runeStart(text, max(0, m[0]-150)):m[0]] + text[m[1]:runeStart(text, min(len(text), m[1]+90))]
		for _, w := range limitWords {
			if strings.Contains(near, w) {
				from = readNumber(text[m[2]:m[3]])
				if to = from; m[4] >= 0 {
					to = readNumber(text[m[4]:m[5]])
				}
				return from, to
			}
		}
	}
	return 0, 0
}

// runeStart returns the first beginning of a code point at i or after it.
func runeStart(s string, i int) int {
	for i < len(s) && !utf8.RuneStart(s[i]) {
		i++
	}
	return i
}
