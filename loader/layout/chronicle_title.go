package layout

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// chronicleWords end the titles of chronicles that tell by day.
var chronicleWords = []string{
	"大事记", "大事纪", "大事志", "大事月志", "大事月报", "大事月记", "大事日志", "大事记略", "大事纪略", "大事纪要", "大事纪实", "大事辑要", "大事要览", "大事年表", "大事编年", "编年大事", "大事录", "大事要录", "大事简记", "大事",
	"纪事", "记事", "要事记", "要事录", "要事", "年表", "编年", "月志",
}

// periodTitle is a title with what it says of the time that the chronicle is about: 云河区2021年大事记, 执政纪事（7—12月）.
type periodTitle struct {
	// title is the title as printed, packed, without a period or a number behind it.
	title string
	// words is the line as it stands in a heading.
	words string
	// plain: nothing but the word, 大事记, which may as well be a part of a book.
	plain          bool
	year, yearTo   int
	month, monthTo int
	number         issueNumber
	label          string // the number as printed
}

// readPeriodTitle reads the title of a chronicle; false for another line.
func readPeriodTitle(l *line) (t periodTitle, ok bool) {
	if l.long || l.runes < 2 || l.runes > 60 || l.isTableRow() || !mayNameChronicle(l.text) {
		return t, false
	}
	text := l.text
	for _, sep := range []string{"_", "|", " - ", "--"} { // the name of a page: 云河区2021年大事记_云河区人民政府
		if before, _, found := strings.Cut(text, sep); found {
			text = before
		}
	}
	t.words = strings.TrimSpace(text)
	packed := strings.Trim(pack(text), "【】〔〕[]《》〈〉“”\"*#=—-◆◇■□●○★☆▲△◎※")
	if n := utf8.RuneCountInString(packed); n < 2 || n > 40 || strings.ContainsAny(packed, "，。；：！？…,;:!?<>＞") {
		return t, false
	}
	base := packed
	for range 4 { // what stands behind the title
		cut, gloss := cutGloss(base)
		if gloss == "" {
			break
		}
		if n, ok := readIssueNumber(gloss); ok && n.number != 0 {
			t.number.add(n)
			t.label = gloss + t.label
			if cut != base && strings.HasSuffix(base, "）") {
				t.label = "（" + gloss + "）"
			}
		}
		base = cut
	}
	word := ""
	for _, w := range chronicleWords {
		if len(w) > len(word) && strings.HasSuffix(base, w) {
			word = w
		}
	}
	if word == "" || strings.HasPrefix(base, "关于") || strings.ContainsAny(base, "（）") {
		return t, false
	}
	if rest, ok := strings.CutPrefix(base, "第"); ok { // 第二编大事记
		if _, n := numberAt(rest); n > 0 && strings.ContainsRune("章编篇卷部", firstRune(rest[n:])) && rest[n:] != "" {
			base = rest[n+len("编"):]
		}
	}
	t.title = base
	t.plain = base == word
	t.readPeriod(packed)
	if t.year == 0 && t.month == 0 && !t.plain && !strings.HasPrefix(word, "大事") && !strings.HasSuffix(word, "纪事") {
		return t, false
	}
	return t, true
}

// mayNameChronicle tells whether one of chronicleWords can stand in s, whose letters may be set apart.
func mayNameChronicle(s string) bool {
	return strings.Contains(s, "事") || strings.Contains(s, "表") || strings.Contains(s, "编") || strings.Contains(s, "志")
}

// cutGloss parts a title from one period, number or part behind it: （2021年）, 2021年7月, （总第12期）, （上）.
func cutGloss(s string) (base, gloss string) {
	if r, n := utf8.DecodeLastRuneInString(s); r == '）' || r == ')' {
		if i := strings.LastIndexAny(s, "（("); i > 0 {
			_, k := utf8.DecodeRuneInString(s[i:])
			return s[:i], s[i+k : len(s)-n]
		}
		return s, ""
	}
	for i := range s {
		if i >= len("大事") && startsPeriod(s[i:]) {
			return s[:i], s[i:]
		}
	}
	return s, ""
}

// startsPeriod tells whether s is a period and nothing else: 2021年, 2021年7月, 1949—2000.
func startsPeriod(s string) bool {
	if w, ok := readDate(s); ok && w.end == len(s) {
		return true
	}
	if n, ok := readIssueNumber(s); ok && n.dated() {
		return true
	}
	_, n := fourDigits(s)
	if n == 0 {
		return false
	}
	d := dashAt(s[n:])
	if d == 0 {
		return len(s) == n
	}
	_, k := fourDigits(s[n+d:])
	return k > 0 && n+d+k == len(s)
}

// readPeriod takes years and months from a packed title.
func (t *periodTitle) readPeriod(s string) {
	digitBefore := false
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if digitBefore {
			digitBefore = chineseDigit(r) >= 0
			i += size
			continue
		}
		if year, n := fourDigits(s[i:]); n > 0 && year >= 1000 && year < 3000 {
			if t.year == 0 {
				t.year = year
			}
			t.yearTo = year
			i += n
			digitBefore = true
			continue
		}
		if month, n := monthsAt(s[i:]); n > 0 && t.month == 0 {
			t.month = month
			t.monthTo = lastMonth(s[i : i+n])
			i += n
			continue
		}
		if month, n := monthAt(s[i:]); n > 0 {
			if t.month == 0 {
				t.month = month
			} else if month > t.month {
				t.monthTo = month
			}
			i += n
			continue
		}
		digitBefore = chineseDigit(r) >= 0
		i += size
	}
	if t.yearTo < t.year {
		t.yearTo = t.year
	}
	if t.month == 0 && t.year != 0 {
		switch {
		case strings.Contains(s, "上半年"):
			t.month, t.monthTo = 1, 6
		case strings.Contains(s, "下半年"):
			t.month, t.monthTo = 7, 12
		}
	}
}

// lastMonth returns the last month of 7—12月.
func lastMonth(s string) int {
	for i := range s {
		if d := dashAt(s[i:]); d > 0 {
			month, _ := monthAt(s[i+d:])
			return month
		}
	}
	return 0
}

// period returns the year and the months as a label says them: 2021年, 2021年7月, 2020年7—12月, 1949—2000年.
func (t *periodTitle) period() string {
	s := ""
	switch {
	case t.year != 0 && t.yearTo > t.year:
		s = fmt.Sprintf("%d—%d年", t.year, t.yearTo)
	case t.year != 0:
		s = fmt.Sprintf("%d年", t.year)
	}
	switch {
	case t.month != 0 && t.monthTo != 0:
		s += fmt.Sprintf("%d—%d月", t.month, t.monthTo)
	case t.month != 0:
		s += fmt.Sprintf("%d月", t.month)
	}
	return s + t.label
}

// same tells whether o is the same title once more, as a running head has it.
func (t *periodTitle) same(o *periodTitle) bool {
	return (t.title == o.title || o.plain) && (o.year == 0 || o.year == t.year && o.yearTo == t.yearTo) && (o.month == 0 || o.month == t.month) &&
		(o.number.number == 0 || o.number == t.number)
}
