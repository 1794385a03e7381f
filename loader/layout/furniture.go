package layout

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"fangzhi/fold"
)

// Page furniture: what stands on a page and belongs to no article.
var (
	pageNumber  = regexp.MustCompile(`^(?:[-—–~～·•.\s(（]*(?:第|[Pp](?:age)?\.?)? ?\d{1,4} ?页?[-—–~～·•.\s)）]*(?:共 ?\d+ ?页|/ ?\d+)?[)）]?|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]+|[-—–] ?[IVX]+ ?[-—–])$`)
	runningPage = regexp.MustCompile(`^[·•—–-] ?\d{1,4} ?[·•—–-]|[·•—–-] ?\d{1,4} ?[·•—–-]$|^Page \d+|^第 ?\d+ ?页`)
	caption     = regexp.MustCompile(`摄[)）]$|^图片\d*\.(?:png|jpe?g|gif)$|^!\[|^<!--|^<img|^当前位置|^\[?打印\]?$|^[(（]?责任编辑[：:]|^发布时间[：:]`)
	tableRule   = regexp.MustCompile(`^[|:\s-]+$`)
)

// isPageFurniture tells whether a line is a page number or another thing that pages alone have, whatever is printed on them.
func isPageFurniture(l *line) bool {
	return !l.long && (strings.Trim(l.text, "-=*_—~.·#+ ") == "" || l.runes <= 25 && isPageNumberText(l.text) || l.runes <= 60 && strings.ContainsAny(l.text, "摄.!<") && isCaptionText(l.text))
}

// isPageNumberText tells whether a text is the number of a page: pageNumber behind what is cheaper.
func isPageNumberText(s string) bool {
	return len(s) <= 100 && (hasDigit(s) || strings.ContainsAny(s, "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩIVX")) && pageNumber.MatchString(s)
}

// isCaptionText tells whether a text stands below or instead of a picture: caption behind what is cheaper.
func isCaptionText(s string) bool {
	return (strings.ContainsRune("图!<当[打(（责发", firstRune(s)) || strings.HasSuffix(s, "摄）") || strings.HasSuffix(s, "摄)")) && caption.MatchString(s)
}

// furniture marks the lines from on that are page furniture. A line that stands three times on its own is a running
// head where it is the title or the number of the publication, or where it cuts a sentence at least once: titles may
// be equal too, but they never stand in the middle of one. keep tells which lines are known to be something else.
func furniture(lines []line, from int, m *masthead, keep func(i int) bool) []bool {
	drop := make([]bool, len(lines))
	seen := map[string][]int{}
	for i := from; i < len(lines); i++ {
		l := &lines[i]
		if l.long || keep(i) {
			continue
		}
		switch {
		case l.runes <= 25 && isPageNumberText(l.text), l.isTableRow() && tableRule.MatchString(l.text),
			l.runes <= 60 && isCaptionText(l.text),
			l.runes <= 25 && hasDigit(l.text) && runningPage.MatchString(l.text) && !strings.ContainsAny(l.text, "，。；"),
			m.repeats(l.text), isWebFurniture(l):
			drop[i] = true
		case l.runes <= 30 && !strings.ContainsAny(l.text, "。；"):
			seen[withoutPage(l.text)] = append(seen[withoutPage(l.text)], i)
		}
	}
	above := make([]int, len(lines)) // the nearest line above that is kept so far, -1 for none
	last := -1
	for i := range lines {
		above[i] = last
		if !drop[i] {
			last = i
		}
	}
	for _, at := range seen {
		if len(at) >= 3 && slices.ContainsFunc(at, func(i int) bool {
			return above[i] >= from && !lines[above[i]].mayHead() && unfinished(tail(lines[above[i]].text))
		}) {
			for _, i := range at {
				drop[i] = true
			}
		}
	}
	return drop
}

// withoutPage returns a line folded, without the number that may stand at either end of it.
func withoutPage(s string) string {
	return strings.TrimFunc(fold.String(s), func(r rune) bool {
		return unicode.IsDigit(r) || unicode.IsPunct(r) || unicode.IsSymbol(r)
	})
}

// maxNumberRunes is more than year, month and number of an issue take.
const maxNumberRunes = 40

// repeats tells whether a line is the publication's title with or without number and page, as running heads have it.
func (m *masthead) repeats(text string) bool {
	packed := pack(text)
	rest, ok := strings.CutPrefix(packed, m.title)
	if !ok {
		if rest, ok = strings.CutSuffix(packed, m.title); !ok {
			if len(packed) > 3*maxNumberRunes {
				return false
			}
			n, ok := readIssueNumber(packed)
			return ok && n.year != 0 && n.year == m.number.year && n.month == m.number.month
		}
	}
	rest = strings.TrimFunc(rest, func(r rune) bool {
		return unicode.IsDigit(r) && len(rest) <= 4 || unicode.IsPunct(r) || unicode.IsSymbol(r)
	})
	if rest == "" || isPageNumberText(rest) {
		return true
	}
	_, ok = readIssueNumber(strings.TrimRight(rest, "0123456789·—-"))
	if !ok {
		_, ok = readIssueNumber(rest)
	}
	return ok
}
