package layout

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// chronicleStyle is what only all lines of a chronicle tell of how it is set.
type chronicleStyle struct {
	wrap    int  // see wrapWidth
	indents bool // paragraphs begin with an indent
	// byDay: it tells by months and days, so that a year at the start of a paragraph looks back.
	byDay bool
	// apart: days are set apart from their text by a space or a comma.
	apart bool
	// eachParagraph: paragraphs below the line of a day are events of their own, since no marker parts them.
	eachParagraph bool
	// titled: short lines over dated paragraphs are titles of entries.
	titled bool
	// categories: short lines over entries name kinds of events.
	categories bool
	// everyDated: hardly a paragraph has no date or marker.
	everyDated bool
	// unknownDay are the markers that stand for a day that nobody knows.
	unknownDay map[rune]bool
}

func newChronicleStyle(lines []*chronicleLine) chronicleStyle {
	plain := make([]line, len(lines))
	days, years, entries, parted, titled, sameDay, undated, categories := 0, 0, 0, 0, 0, 0, 0, 0
	for i, l := range lines {
		plain[i] = l.line
		switch {
		case l.kind == lineHead && l.when.grain >= grainMonth, l.kind == lineEntry && l.when.own() && l.when.grain == grainDay:
			days++
		case l.kind == lineHead, l.kind == lineEntry && l.when.own() && l.when.grain == grainYear:
			years++
		}
		if l.kind == lineEntry {
			entries++
			if parts(l.text[min(l.date+l.when.end, len(l.text)):]) {
				parted++
			}
			if i > 0 && lines[i-1].overEntry(lines[:i]) {
				titled++
				if isCategory(lines[i-1]) {
					categories++
				}
			}
		}
		if l.kind == lineMarker {
			sameDay++
		}
		if l.kind == lineText && entries > 0 && !unfinished(tail(lines[i-1].text)) && lines[i-1].kind != lineHead {
			undated++
		}
	}
	s := chronicleStyle{wrap: wrapWidth(plain), indents: indentsEntries(lines)}
	s.byDay = days >= 2 && days >= years || days > 0 && years == 0
	s.apart = 2*parted >= entries
	s.titled = titled >= 3 && 2*titled >= entries
	s.eachParagraph = sameDay < 2
	s.categories = categories >= 2
	s.everyDated = 5*undated <= entries+sameDay
	s.unknownDay = unknownMarkers(lines)
	return s
}

// indentsEntries tells whether paragraphs begin with an indent, lines of dates aside.
func indentsEntries(lines []*chronicleLine) bool {
	n, indented := 0, 0
	for i := 1; i < len(lines); i++ {
		above := lines[i-1]
		if lines[i].kind == lineHead || above.kind != lineHead && (above.runes < 15 || unfinished(tail(above.text))) {
			continue
		}
		n++
		if lines[i].indented {
			indented++
		}
	}
	return 3*indented > n && indented >= 3
}

// overEntry tells whether the last of lines, which is l, can be a title over the entry below it.
func (l *chronicleLine) overEntry(lines []*chronicleLine) bool {
	if l.kind != lineText || !l.mayHead() || l.runes < 4 || l.runes > 40 {
		return false
	}
	if len(lines) < 2 {
		return true
	}
	above := lines[len(lines)-2]
	return above.kind == lineHead || above.kind == lineTitle || l.gap || !unfinished(tail(above.text))
}

// unknownMarkers returns the markers that stand for a day that nobody knows. A legend may say so (△表示日期不详). Else it is
// a marker that in every month stands behind all that has a day, where nothing else (是月) does so, and where that can
// hardly be by chance: behind the last of n days a marker for the same day stands once in n times.
func unknownMarkers(lines []*chronicleLine) map[rune]bool {
	type use struct {
		between, waiting int
		oneIn            float64 // so many times it would stand so by chance
	}
	uses := map[rune]*use{}
	legend := map[rune]bool{}
	known := map[rune]bool{} // a legend says what else it means
	otherSame, wordOfMonth := false, false
	days := 0 // of the month
	endOfMonth := func() {
		for _, u := range uses {
			if u.waiting > 0 {
				u.oneIn *= float64(days)
			}
			u.waiting = 0
		}
	}
	seenDay := false
	for _, l := range lines {
		if l.kind == lineText || l.kind == lineMarker {
			if m, unknown, ok := readLegend(l.text); ok {
				legend[m], known[m] = unknown, true
				continue
			}
		}
		switch {
		case l.kind == lineHead && l.when.own() && l.when.grain <= grainMonth, l.kind == lineEntry && l.when.own() && l.when.grain == grainYear:
			endOfMonth()
			seenDay, days = false, 0
		case (l.kind == lineHead || l.kind == lineEntry) && l.when.grain == grainDay:
			otherSame = otherSame || l.when.ref
			seenDay = true
			days++
			for _, u := range uses {
				u.between += u.waiting
				u.waiting = 0
			}
		case l.kind == lineEntry && l.when.ref && l.when.grain == grainMonth:
			wordOfMonth = true
		case l.kind == lineMarker && seenDay:
			if uses[l.marker] == nil {
				uses[l.marker] = &use{oneIn: 1}
			}
			uses[l.marker].waiting++
		}
	}
	endOfMonth()
	out := map[rune]bool{}
	for m, u := range uses {
		others := otherSame
		for o, v := range uses {
			others = others || o != m && v.between > 0
		}
		out[m] = u.between == 0 && !wordOfMonth && (u.oneIn >= 200 || u.oneIn >= 8 && others)
	}
	for m := range known {
		out[m] = legend[m]
	}
	return out
}

// readLegend reads what a note says of a marker: 注：△表示日期不详, 同日的事以※表示.
func readLegend(s string) (marker rune, unknown, ok bool) {
	if len(s) > maxHeadingBytes || !strings.ContainsAny(s, markers) {
		return 0, false, false
	}
	for _, r := range s {
		if strings.ContainsRune(markers, r) {
			marker = r
			break
		}
	}
	if marker == 0 || !strings.Contains(s, "表示") && !strings.Contains(s, "标示") && !strings.Contains(s, "标记") && !strings.Contains(s, "标明") && !strings.Contains(s, "代表") && !strings.Contains(s, "符号") {
		return 0, false, false
	}
	for _, w := range []string{"不详", "不明", "不清", "失考", "无考", "待考", "无法确定", "未详", "只有月"} {
		if strings.Contains(s, w) {
			return marker, true, true
		}
	}
	for _, w := range []string{"同日", "同一日", "同一天", "当日", "是日"} {
		if strings.Contains(s, w) {
			return marker, false, true
		}
	}
	return 0, false, false
}

// splitTitleOf parts the title of an entry from its text: 14日【标题】正文, and 1月标题标题正文, where the title stands once
// more at the start of the text. The date of the line stays with the text. A sentence that is nothing but the title once
// more goes where another follows it.
func splitTitleOf(l *chronicleLine) (title, body string, ok bool) {
	s := l.text[l.body:]
	at := 0
	if l.kind == lineEntry {
		at = l.date + l.when.end - l.body
		if rest := strings.TrimLeft(s[at:], "]〕）)】"); l.date > l.body {
			at = len(s) - len(rest)
		}
	}
	date, rest := s[:at], s[at:]
	if l.kind == lineEntry && l.date > l.body && strings.ContainsRune("[〔（(【", firstRune(s)) {
		date = l.words() // [8日] 全区…
	}
	trimmed := strings.TrimLeft(rest, " ，：")
	if l.kind == lineEntry && l.date > l.body && strings.HasPrefix(s, "【") && !strings.HasPrefix(s, "【"+l.words()) || l.kind == lineBracket || strings.HasPrefix(s, "【") && l.kind == lineMarker {
		trimmed, date, rest = s, "", s // 【标题】14日，…
	}
	if inner, found := strings.CutPrefix(trimmed, "【"); found {
		title, after, closed := strings.Cut(inner, "】")
		if !closed || title == "" || utf8.RuneCountInString(title) > 60 {
			return "", "", false
		}
		after = strings.TrimLeft(after, " ")
		if again, found := strings.CutPrefix(after, title); found {
			if again = strings.TrimLeft(again, " "); strings.HasPrefix(again, "。") && len(strings.TrimSpace(again)) > len("。") {
				after = strings.TrimLeft(strings.TrimPrefix(again, "。"), " ")
			}
		}
		if after == "" {
			return strings.TrimSpace(title), "", true
		}
		return strings.TrimSpace(title), date + spaceOf(rest) + after, true
	}
	if l.kind != lineEntry || !l.when.own() || at == len(s) {
		return "", "", false
	}
	if n := repeated(trimmed); n > 0 {
		return strings.TrimSpace(trimmed[:n]), date + spaceOf(rest) + trimmed[n:], true
	}
	if len(date) < at { // the brackets around the date
		return "", date + rest, true
	}
	return "", "", false
}

// onlyTitled tells whether nothing but a title in brackets follows the date of an entry.
func onlyTitled(l *chronicleLine) bool {
	title, body, ok := splitTitleOf(l)
	return ok && title != "" && body == ""
}

// spaceOf returns the space that s opens with.
func spaceOf(s string) string {
	if strings.HasPrefix(s, " ") {
		return " "
	}
	return ""
}

// repeated returns the bytes of the words, of four runes to forty, that s says twice at its start; 0 where it does not.
func repeated(s string) int {
	s = firstBytes(s, 260)
	if first := firstRunes(s, 4); !strings.Contains(s[len(first):], first) {
		return 0 // most texts
	}
	rs := []rune(s)
	for n := 4; 2*n <= len(rs) && n <= 40; n++ {
		if slices.Equal(rs[:n], rs[n:2*n]) && !strings.ContainsAny(string(rs[:n]), "，。；：") {
			return len(string(rs[:n]))
		}
		// 标题 标题…
		if rs[n] == ' ' && 2*n+1 <= len(rs) && slices.Equal(rs[:n], rs[n+1:2*n+1]) && !strings.ContainsAny(string(rs[:n]), "，。；：") {
			return len(string(rs[:n]))
		}
	}
	return 0
}
