package layout

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"fangzhi/edtf"
)

// masthead is title, number and date of an issue, as they stand above it.
type masthead struct {
	start, end int // lines, end exclusive
	title      string
	label      []string // as printed, packed
	number     issueNumber
	published  edtf.Day
	offices    []string
}

// issueNumber is what 2021年1—2月（总第99—100期） says; zero where it does not.
type issueNumber struct {
	year, month, monthTo int
	number, numberTo     int
	whole                bool   // 总第: the number counts all issues, not those of the year
	extra                string // 增刊: an issue out of the row
}

// dated tells whether it names an issue: a year with its month or number, or a number.
func (n issueNumber) dated() bool {
	return n.year != 0 && (n.month != 0 || n.number != 0 || n.extra != "") || n.whole
}

func (n issueNumber) zero() bool { return n == issueNumber{} }

// add takes over what n does not say yet. A number that counts all issues is better than one of the year.
func (n *issueNumber) add(o issueNumber) {
	if n.year == 0 {
		n.year = o.year
	}
	if n.month == 0 {
		n.month, n.monthTo = o.month, o.monthTo
	}
	if n.extra == "" {
		n.extra = o.extra
	}
	if n.number == 0 || o.whole && !n.whole {
		n.number, n.numberTo, n.whole = o.number, o.numberTo, o.whole
	}
}

const dash = `[-—–－~～〜至、]{1,2}`

var (
	yearPart   = regexp.MustCompile(`^(` + digit + `{4})年(?:度)?`)
	monthPart  = regexp.MustCompile(`^(` + numeral + `)(?:` + dash + `(` + numeral + `))?月(?:[号份刊]|合刊)?`)
	numberPart = regexp.MustCompile(`^(总)?第?(` + numeral + `)(?:` + dash + `第?(` + numeral + `))?[期号](?:合刊)?`)
	extraPart  = regexp.MustCompile(`^(?:增刊|特刊|专刊|专辑|号外)`)
	dottedPart = regexp.MustCompile(`^(\d{4})[.．/-](\d{1,2})$`)
)

// titleWords end the titles of reports that are known by name.
var titleWords = []string{
	"月报", "大事记", "大事月志", "大事", "月志", "月刊", "区情", "县情", "市情", "要情", "纪事", "纪要", "史志", "方志", "要览", "要闻", "动态", "简报", "简讯", "通讯", "快报", "信息", "资料", "资政",
}

// isKnownTitle tells whether a packed line ends like the title of a report.
func isKnownTitle(s string) bool {
	return slices.ContainsFunc(titleWords, func(w string) bool { return strings.HasSuffix(s, w) })
}

// readIssueNumber reads a line that consists of year, month and number and nothing else. 第N期 without 总 is the
// number of the year: it counts only where no other is told.
func readIssueNumber(s string) (n issueNumber, ok bool) {
	if len(s) > 160 || !strings.ContainsAny(s, "年月期号刊辑外") && !isDigit(firstRune(s)) {
		return n, false
	}
	s = strings.Map(func(r rune) rune {
		if strings.ContainsRune("（）()【】[]〔〕·•|/，,", r) || unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
	if m := dottedPart.FindStringSubmatch(s); m != nil {
		n.year, n.month = readNumber(m[1]), readNumber(m[2])
		return n, n.month >= 1 && n.month <= 12
	}
	if s == "" || utf8.RuneCountInString(s) > maxNumberRunes {
		return n, false
	}
	for s != "" {
		if m := yearPart.FindStringSubmatch(s); m != nil && n.year == 0 {
			n.year, s = readNumber(m[1]), s[len(m[0]):]
			continue
		}
		if m := monthPart.FindStringSubmatch(s); m != nil && n.month == 0 {
			n.month, n.monthTo = readNumber(m[1]), readNumber(m[2])
			if n.month < 1 || n.month > 12 || m[2] != "" && (n.monthTo <= n.month || n.monthTo > 12) {
				return issueNumber{}, false
			}
			s = s[len(m[0]):]
			continue
		}
		if extra := extraPart.FindString(s); extra != "" && n.extra == "" {
			n.extra, s = extra, s[len(extra):]
			continue
		}
		m := numberPart.FindStringSubmatch(s)
		if m == nil {
			return issueNumber{}, false
		}
		n.add(issueNumber{number: readNumber(m[2]), numberTo: readNumber(m[3]), whole: m[1] != ""})
		s = s[len(m[0]):]
	}
	return n, !n.zero()
}

// titleWordStarts hold titleWords by their first character.
var titleWordStarts = byFirstRune(titleWords)

// startsTitleWord tells the same of characters.
var startsTitleWord = func() (starts [1 << 16]bool) {
	for r := range titleWordStarts {
		starts[r] = true
	}
	return starts
}()

// namesReport tells whether a line has one of titleWords at its end or before a number: it is cheap, and no other line can be the
// title of a report that is known by name.
func namesReport(l *line) bool {
	const longest = 80 // runes of a title and its number
	if l.long || l.runes > longest || strings.Contains(l.text, "。") {
		return false
	}
	for i, r := range l.text {
		if r < 1<<16 && r != ' ' && !startsTitleWord[r] {
			continue
		}
		for _, w := range titleWordStarts[r] {
			rest, ok := strings.CutPrefix(l.text[i:], w)
			if rest = strings.TrimLeft(rest, " "); ok && (rest == "" || startsNumber(rest)) {
				return true
			}
		}
		if r == ' ' { // letters may be set apart
			return isKnownTitle(pack(l.text)) || strings.ContainsAny(l.text, "0123456789年第")
		}
	}
	return false
}

// startsNumber tells whether the number of an issue can stand at the beginning of s.
func startsNumber(s string) bool {
	return strings.ContainsRune("0123456789（(【[〇二一总第", firstRune(s))
}

// splitTitle reads a line that has the title and the number behind it: 云河区大事月报2022年3月（总第114期）. known asks for a
// title that is known by name.
func splitTitle(s string, known bool) (title string, n issueNumber, ok bool) {
	packed := pack(s)
	for i := range packed {
		if i < len("大事月报") || !startsNumber(packed[i:]) || known && !isKnownTitle(packed[:i]) {
			continue
		}
		if n, ok := readIssueNumber(packed[i:]); ok && n.dated() {
			return packed[:i], n, true
		}
	}
	return "", n, false
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// mayTitle tells whether the line can be the title of a publication.
func mayTitle(l *line) bool {
	if l.long || l.isTableRow() {
		return false
	}
	t := pack(l.text)
	n := utf8.RuneCountInString(t)
	return n >= 3 && n <= 25 && !isNotice(t) && !strings.ContainsAny(t, "。，；：！？、,;:!?…|.．·《》“”") &&
		strings.ContainsFunc(t, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

// mastheadAt reads the masthead that begins at line i; false where there is none. top tells that nothing but
// furniture stands above: there a title need not be one of those known, nor have its year.
func mastheadAt(lines []line, i int, top bool) (masthead, bool) {
	m := masthead{start: i, end: i}
	j := i
	// A number may stand above the title.
	for j < len(lines) && j < i+2 && !lines[j].long {
		n, ok := readIssueNumber(lines[j].text)
		if !ok {
			break
		}
		m.number.add(n)
		m.label = append(m.label, pack(lines[j].text))
		j++
	}
	if j >= len(lines) || lines[j].long || lines[j].isTableRow() {
		return m, false
	}
	if title, n, ok := splitTitle(lines[j].text, !top); ok {
		if !isKnownTitle(title) && (!top || !mayTitle(&line{text: title})) {
			return m, false
		}
		m.title = title
		m.number.add(n)
		m.label = append(m.label, strings.TrimPrefix(pack(lines[j].text), title))
		j++
	} else {
		if !mayTitle(&lines[j]) {
			return m, false
		}
		m.title = pack(lines[j].text)
		j++
		if !isKnownTitle(m.title) && j < len(lines) && mayTitle(&lines[j]) && isKnownTitle(pack(lines[j].text)) &&
			strings.ContainsRune("省市区县旗州盟乡镇", lastRune(m.title)) {
			m.title += pack(lines[j].text) // 云河区 / 大事月报
			j++
		}
	}
	m.end = j
	// Year, month and number stand in the next lines; a line of another kind may come between.
	for k := j; k < len(lines) && k < j+2; k++ {
		if lines[k].long || lines[k].isProse() || lines[k].isLeader() || contentsHead.MatchString(sectionName(lines[k].text)) {
			break
		}
		if n, ok := readIssueNumber(lines[k].text); ok && (k == j || n.dated()) {
			m.number.add(n)
			m.label = append(m.label, pack(lines[k].text))
			m.end = k + 1
			j = k + 1
		}
	}
	known := isKnownTitle(m.title)
	switch {
	case known && m.number.dated():
	case top && m.number.dated() && (m.number.whole || m.number.year != 0):
	case top && known && !strings.ContainsAny(m.title, "0123456789"):
		// the year may be missing: the caller asks for it
	default:
		return m, false
	}
	return m, true
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

// sameIssue tells whether o repeats the masthead m, as title pages and running heads do.
func (m *masthead) sameIssue(o *masthead) bool {
	a, b := m.number, o.number
	return m.title == o.title && (a.year == b.year || a.year == 0 || b.year == 0) && (a.month == b.month || a.month == 0 || b.month == 0) &&
		(a.number == b.number || a.number == 0 || b.number == 0 || a.whole != b.whole) && (a.extra == b.extra || b.zero())
}

// mastheads finds where the issues of a text begin, at most so many; 0 for all.
func mastheads(lines []line, most int) []masthead {
	var found []masthead
	below := 0 // lines from the last one to here are no running text
	named := -1
	for i := 0; i < len(lines); i++ {
		if lines[i].long {
			continue
		}
		top := len(found) == 0 && onlyNotices(lines[:i])
		// The title stands at most three lines below the first of the masthead.
		for named = max(named, i); named < min(len(lines), i+4) && !namesReport(&lines[named]); named++ {
		}
		if !top && (named >= len(lines) || named > i+3) {
			continue
		}
		m, ok := mastheadAt(lines, i, top)
		if !ok || len(found) == 0 && !top && !m.number.dated() {
			continue
		}
		for len(found) > 0 && below < i && !lines[below].isProse() {
			below++
		}
		articles := below < i // running text stands below the last one
		if len(found) > 0 && (found[len(found)-1].sameIssue(&m) && !(articles && m.number.dated() && opensIssue(lines, &m)) || m.title != found[len(found)-1].title && m.number.year == 0) {
			i = m.end - 1
			continue
		}
		found = append(found, m)
		if len(found) == most {
			break
		}
		i, below = m.end-1, m.end
	}
	return found
}

// opensIssue tells whether a masthead that repeats the one before it opens an issue all the same, and is no running
// head: an imprint ends right above it, or contents begin right below it.
func opensIssue(lines []line, m *masthead) bool {
	for i := m.start - 1; i >= max(0, m.start-3); i-- {
		if readLabels(lines[i].text) != nil {
			return true
		}
	}
	for i := m.end; i < min(len(lines), m.end+6); i++ {
		if !lines[i].long && (contentsHead.MatchString(sectionName(lines[i].text)) || lines[i].isLeader()) {
			return true
		}
	}
	return false
}

// onlyNotices tells whether the lines above a masthead are few and short: 内部资料, a number, a logo's text.
func onlyNotices(above []line) bool {
	return len(above) <= 4 && !slices.ContainsFunc(above, func(l line) bool { return l.isProse() })
}

var (
	officeWord   = regexp.MustCompile(`(?:办公室|研究室|研究中心|编纂委员会|编委会|委员会|编辑部|史志中心|中心|档案馆|史志办|方志办|志办|人民政府|区委|县委|市委|局|室|馆)$`)
	officeSuffix = regexp.MustCompile(`(?:编辑出版|编印|主编|编辑|编纂|编|主办|承办|印发|印)$`)
	officePrefix = regexp.MustCompile(`^(?:编辑出版|编印单位|编辑单位|主办单位|主办|编印|编辑|编)[：:]`)
	dateSuffix   = regexp.MustCompile(`^(?:出版|出刊|编印|印发|印制|印|编|发行|发)?$`)
	dateLabel    = regexp.MustCompile(`^(?:出版日期|出版时间|出刊日期|印发日期|日期)[：:]`)
)

// readBelow takes offices and the day of issue from the lines below the masthead, as long as they are of these kinds.
func (m *masthead) readBelow(lines []line, end int) {
	for ; m.end < end; m.end++ {
		l := &lines[m.end]
		if l.long {
			return
		}
		packed := dateLabel.ReplaceAllString(pack(l.text), "")
		if n, ok := readIssueNumber(packed); ok {
			m.number.add(n)
			continue
		}
		office, day := packed, edtf.Day(0)
		for i := range packed {
			d, rest := readDay(packed[i:])
			if d != 0 && dateSuffix.MatchString(rest) {
				office, day = packed[:i], d
				break
			}
		}
		office = officePrefix.ReplaceAllString(officeSuffix.ReplaceAllString(office, ""), "")
		isOffice := officeWord.MatchString(office) && utf8.RuneCountInString(office) <= 40 && !strings.ContainsAny(office, "，。；")
		switch {
		case day != 0 && (office == "" || isOffice):
			if m.published == 0 {
				m.published = day
			}
		case isOffice:
		case readLabels(l.text) != nil, isNotice(packed):
			continue // an imprint on the front page is read as one
		case dayFollows(lines[m.end+1 : min(m.end+4, end)]):
			continue // a motto or the like between title and day
		default:
			return
		}
		if isOffice && !slices.Contains(m.offices, office) {
			m.offices = append(m.offices, office)
		}
	}
}

// dayFollows tells whether one of the lines is a date and nothing else.
func dayFollows(lines []line) bool {
	return slices.ContainsFunc(lines, func(l line) bool {
		if l.long {
			return false
		}
		day, rest := readDay(dateLabel.ReplaceAllString(pack(l.text), ""))
		return day != 0 && dateSuffix.MatchString(rest)
	})
}

// isNotice tells whether the packed line is a notice of the kind 内部资料 注意保存.
func isNotice(packed string) bool {
	packed = strings.Trim(packed, "（）()【】")
	return strings.HasPrefix(packed, "内部资料") || strings.HasPrefix(packed, "内部刊物") || strings.HasPrefix(packed, "内部发行")
}

// labelText returns year, month and number as printed, in one.
func (m *masthead) labelText() string {
	s := strings.Join(m.label, "")
	return strings.NewReplacer("(", "（", ")", "）").Replace(s)
}
