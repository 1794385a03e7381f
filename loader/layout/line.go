package layout

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"fangzhi/fold"
	"fangzhi/loader/source"
)

// line is a line with something on it.
type line struct {
	number int
	// at is its place among the lines of the text.
	at int
	// text is trimmed, without Markdown's marks, runs of spaces are one.
	text string
	// wide tells that text had runs of spaces before they were made one, which is how contents set their page numbers.
	wide string
	// raw is the line as it stands, for columns that are set with spaces.
	raw string
	// gap: a blank line stands before it.
	gap bool
	// indented: it begins with at least two spaces, as a paragraph does.
	indented bool
	// pageBreak: page furniture was taken out right before it.
	pageBreak bool
	// long: longer than any heading; key and runes are not set.
	long  bool
	key   string // text folded, for comparing headings
	runes int
}

// own returns text, as a piece of the line as it stands where it ends that: so that a text is held once.
func (l *line) own(text string) string {
	if strings.HasSuffix(l.raw, text) {
		return l.raw[len(l.raw)-len(text):]
	}
	return text
}

// maxHeadingBytes bounds what is looked at as a heading, so that regular expressions never meet a long line.
const maxHeadingBytes = 400

var (
	headingMark = regexp.MustCompile(`^#{1,6}\s+`)
	boldLine    = regexp.MustCompile(`^(\*\*|__)(.+?)(\*\*|__)\s*$`)
)

// newLines returns the lines that are not blank.
func newLines(lines []source.Line) []line {
	n := 0
	for _, l := range lines {
		if strings.TrimSpace(l.Text) != "" {
			n++
		}
	}
	out := make([]line, 0, n)
	gap := true
	for i, l := range lines {
		text := strings.TrimSpace(l.Text)
		if text == "" {
			gap = true
			continue
		}
		n := line{number: l.Number, at: i, gap: gap, indented: strings.HasPrefix(l.Text, "  "), wide: text, raw: l.Text}
		gap = false
		if len(text) <= maxHeadingBytes {
			if text[0] == '#' {
				text = headingMark.ReplaceAllString(text, "")
			}
			if strings.HasPrefix(text, "**") || strings.HasPrefix(text, "__") {
				if m := boldLine.FindStringSubmatch(text); m != nil {
					text = m[2]
				}
			}
		}
		n.text = oneSpace(strings.TrimSpace(text))
		if len(n.text) > maxHeadingBytes {
			n.long = true
			n.wide = ""
		} else {
			n.key = fold.String(n.text)
			n.runes = utf8.RuneCountInString(n.text)
		}
		if n.text != "" {
			out = append(out, n)
		}
	}
	return out
}

// oneSpace makes runs of spaces one.
func oneSpace(s string) string {
	if !strings.Contains(s, "  ") {
		return s
	}
	var out strings.Builder
	out.Grow(len(s))
	for word := range strings.FieldsSeq(s) {
		if out.Len() > 0 {
			out.WriteByte(' ')
		}
		out.WriteString(word)
	}
	return out.String()
}

// pack takes out all spaces.
func pack(s string) string {
	if !strings.ContainsFunc(s, unicode.IsSpace) {
		return s
	}
	return strings.Join(strings.Fields(s), "")
}

var (
	dateStart = regexp.MustCompile(`^(?:\d{4} ?年 ?|[〇○零一二三四五六七八九]{4}年)?(?:\d{1,2}|[一二三四五六七八九十]{1,3}) ?月 ?(?:(?:\d{1,2}|[一二三四五六七八九十]{1,3}) ?[日号]?|[上中下]旬|[初底]|份|以来|，)`)
	listStart = regexp.MustCompile(`^(?:[一二三四五六七八九十]{1,3}[、是要．.]|（[一二三四五六七八九十\d]{1,3}）|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[、．)）]|\d{1,2}\.[^\d]|[①-⑳]|第[一二三四五六七八九十]{1,3}[，,、]|[●■◆▲※△☆★·•-] ?)`)
	// itemStart begins an item of a list that no sentence can go on with: 二、下步打算, but not 一、二季度.
	itemStart = regexp.MustCompile(`^(?:[一二三四五六七八九十]{1,3}、[^一二三四五六七八九十]|（[一二三四五六七八九十]{1,3}）)`)
	soonStart = regexp.MustCompile(`^(?:近日|日前|近期|连日来|今年|本月|当日|同日|是日|是月|截至|截止|自|从|为|为了|按照|根据|围绕|随着|在)`)
)

// startsWithDate tells whether a text begins with a date of a day, a month or a part of one.
func startsWithDate(text string) bool {
	r := firstRune(text)
	return (isDigit(r) || chineseDigit(r) >= 0 || r == '十') && dateStart.MatchString(firstBytes(text, 80))
}

// isProse tells whether the line is running text, no heading: it has a sentence's end or several commas in it, begins
// like a sentence with a date, or is longer than headings are.
func (l *line) isProse() bool {
	if l.long || l.runes > 60 {
		return true
	}
	if l.isTableRow() {
		return false
	}
	if strings.ContainsRune(l.text, '。') {
		return true
	}
	commas := strings.Count(l.text, "，") + strings.Count(l.text, "；")
	return commas >= 2 && l.runes >= 25 || commas >= 1 && startsWithDate(l.text)
}

// mayHead tells whether the line can be a heading or part of one.
func (l *line) mayHead() bool {
	if l.long || l.isTableRow() || l.isProse() {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(l.text)
	return !strings.ContainsRune("。；：，、,;:", last) && strings.ContainsFunc(l.text, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

func (l *line) isTableRow() bool { return strings.HasPrefix(l.text, "|") }
