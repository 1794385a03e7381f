package layout

import (
	"strings"
	"unicode/utf8"
)

// lineKind is what a line of a 大事记 is by its own words.
type lineKind int

const (
	lineText    lineKind = iota
	lineHead             // a date and nothing else: 2021年, 1月, 4日, 是月, 春
	lineEntry            // a date and text: 4日 全区…
	lineMarker           // a marker and text without a date: △ …
	lineTitle            // the title of a chronicle
	lineStop             // the title of another part of the book: 附录
	lineLeader           // a row of contents
	lineBracket          // 【标题】 with no date before it
	lineReign            // a year by its reign: 民国27年（1938年）
)

// chronicleLine is a line with what it is.
type chronicleLine struct {
	line
	kind   lineKind
	marker rune // the ornament that the line begins with, 0 for none
	when   when
	// date is where the words of the date begin in text, body where the text of the entry does.
	date, body int
	title      periodTitle
	until      bool // 截至 stands before the date
}

// words returns the words of the date.
func (l *chronicleLine) words() string { return l.text[l.date : l.date+l.when.end] }

// spaced tells whether a space sets the date apart from what follows it.
func (l *chronicleLine) spaced() bool { return strings.HasPrefix(l.text[l.date+l.when.end:], " ") }

// markers set entries apart.
const markers = "△☆◎◆※▲●○■★□◇▽▼◈❖►▶♦"

// bullets do so only with a space or a date behind them: they also stand inside sentences.
const bullets = "•·＊*-"

// stopTitles are the titles of other parts of a book or a page, packed.
var stopTitles = map[string]bool{
	"附录": true, "附": true, "领导名录": true, "组织机构": true, "组织机构及领导名录": true, "机构设置": true, "凡例": true, "目录": true, "目次": true, "前言": true, "序": true, "序言": true, "序一": true, "序二": true,
	"编后记": true, "后记": true, "编后语": true, "编辑说明": true, "编纂说明": true, "说明": true, "特载": true, "特辑": true, "专记": true, "专文": true, "专题": true, "文献": true, "人物": true, "先进名录": true, "统计资料": true, "主要统计数据": true, "统计公报": true,
	"索引": true, "概况": true, "区情概况": true, "县情概况": true, "市情概况": true, "综述": true, "概述": true, "总述": true, "编委会": true, "编纂委员会": true, "编辑人员": true, "编纂人员": true, "荣誉榜": true, "光荣榜": true, "英烈名录": true,
	"重要文件选编": true, "文件选编": true, "重要文献": true, "大事记编写说明": true,
}

// newChronicleLine tells what a line is by its own words.
func newChronicleLine(l line) chronicleLine {
	c := chronicleLine{line: l}
	if strings.HasPrefix(c.text, "**") { // bold type at the start of a paragraph
		if i := strings.Index(firstBytes(c.text[2:], 120), "**"); i > 0 {
			c.text = strings.TrimSpace(c.text[2:2+i] + c.text[2+i+2:])
		}
	}
	text := c.text
	r, size := utf8.DecodeRuneInString(text)
	rest := strings.TrimLeft(text[size:], " ")
	switch {
	case strings.ContainsRune(markers, r) && !(r == '○' && chineseDigit(firstRune(rest)) >= 0 && !startsEntry(rest)):
		c.marker = r
	case strings.ContainsRune(bullets, r) && len(rest) > 0 && (len(rest) < len(text)-size || startsEntry(rest)) && !isDigit(rune(rest[0])):
		c.marker = r
	case strings.ContainsRune(bullets, r) && startsEntry(rest):
		c.marker = r
	}
	if c.marker != 0 {
		c.body = len(text) - len(strings.TrimLeft(rest, markers+" "))
		if c.body == len(text) {
			c.body, c.marker = 0, 0 // nothing but ornaments
		}
	}
	c.classify()
	return c
}

// startsEntry tells whether s opens with a date of its own.
func startsEntry(s string) bool {
	w, ok := readWhen(s)
	return ok && w.own() && w.grain >= grainMonth
}

// classify sets kind, when and the places of date and body.
func (l *chronicleLine) classify() {
	if !l.long && l.runes <= 60 {
		if l.isHead() {
			return
		}
		if l.marker == 0 && l.isLeader() {
			l.kind = lineLeader
			return
		}
		if t, ok := readPeriodTitle(&l.line); ok {
			l.kind, l.title = lineTitle, t
			return
		}
		if l.runes <= 24 && isStopTitle(l.text) {
			l.kind = lineStop
			return
		}
	}
	at := l.body
	s := l.text[at:]
	closing := ""
	if r := firstRune(s); l.marker == 0 || strings.ContainsRune("[（自从于截", r) {
		switch r { // [1月6日] 全区…, and a number before the date: 1．1月4日，…
		case '[', '〔', '（', '(', '【':
			n := utf8.RuneLen(r)
			if w, ok := readWhen(s[n:]); ok {
				closing = map[rune]string{'[': "]", '〔': "〕", '（': "）", '(': ")", '【': "】"}[r]
				if strings.HasPrefix(s[n+w.end:], closing) {
					at += n
				} else {
					closing = ""
				}
			}
		case '自', '从', '于': // 自1月1日起，…
			if w, ok := readWhen(firstBytes(s[len("自"):], 120)); ok && w.own() && w.grain >= grainMonth && !w.topic {
				at += len("自")
			}
		default:
			if n := numberedAt(s); n > 0 && startsEntry(s[n:]) && !startsEntry(s) {
				at += n
				l.body = at
			}
		}
		for _, p := range []string{"截至", "截止"} {
			if rest, ok := strings.CutPrefix(s, p); ok {
				if w, ok := readWhen(firstBytes(rest, 120)); ok && w.own() && !w.topic && parts(rest[w.end:]) {
					at += len(p)
					l.until = true
				}
			}
		}
	}
	s = firstBytes(l.text[at:], 240)
	w, ok := readWhen(s)
	switch {
	case ok && (closing != "" || l.opens(&w, s[w.end:])):
		l.kind, l.when, l.date = lineEntry, w, at
	case l.marker != 0:
		l.kind = lineMarker
	case strings.HasPrefix(l.text, "【") && strings.Contains(firstBytes(l.text, 200), "】"):
		l.kind = lineBracket
	}
}

// opens tells whether a date that rest follows dates what the line says, and is not its subject or a part of a longer
// word.
func (l *chronicleLine) opens(w *when, rest string) bool {
	if parts(rest) {
		return true
	}
	r := firstRune(rest)
	switch {
	case w.ref, w.grain == grainPart:
		return r != '的' && !strings.HasPrefix(rest, "以来")
	case w.grain == grainYear, w.grain == grainSeason:
		return !strings.ContainsRune("的来度以前后间是为之", r) && !strings.HasPrefix(rest, "，") && (w.year != 0 || w.grain == grainSeason)
	}
	return !strings.ContainsRune("的", r) && !strings.HasPrefix(rest, "以来") && !strings.HasPrefix(rest, "以前") && !strings.HasPrefix(rest, "是第")
}

// numberedAt returns the bytes of the number of an item: 1. 1、 （1）.
func numberedAt(s string) int {
	i := 0
	open := strings.HasPrefix(s, "（")
	if open {
		i = len("（")
	}
	_, n := digitsAt(s[i:], 3)
	if n == 0 {
		return 0
	}
	i += n
	r, size := utf8.DecodeRuneInString(s[i:])
	if open && r != '）' || !open && !strings.ContainsRune(".．、)）", r) || size == 0 {
		return 0
	}
	i += size
	i += blank(s[i:])
	if r == '.' && i < len(s) && isDigit(rune(s[i])) && s[i-1] == '.' {
		// 1.4日 is the first item, 1.5 a number.
		if w, ok := readWhen(s[i:]); !ok || w.grain < grainMonth {
			return 0
		}
	}
	return i
}

// headOrnaments may stand around a date that is a heading.
const headOrnaments = "【】〔〕[]（）()〈〉《》“”\"*=~—–-_：:|· " + markers

// isHead reads a line that is a date and nothing else.
func (l *chronicleLine) isHead() bool {
	if l.runes > 36 {
		return false
	}
	at := len(l.text) - len(strings.TrimLeft(l.text, headOrnaments))
	s := l.text[at:]
	if s == "" {
		return false
	}
	if n := numberedAt(s); n > 0 && startsEntry(s[n:]) && !startsEntry(s) {
		at, s = at+n, s[n:]
	}
	if w, ok := readWhen(s); ok {
		rest := strings.Trim(s[w.end:], headOrnaments)
		if rest == "" || isGloss(s[w.end:]) && w.grain <= grainMonth || rest == "大事记" && w.grain == grainMonth && w.year == 0 {
			l.kind, l.when, l.date = lineHead, w, at
			return true
		}
	}
	if year, ok := reignYear(s); ok {
		l.kind, l.date = lineReign, at
		l.when = when{grain: grainYear, year: year, end: len(s)}
		return true
	}
	return false
}

// isGloss tells whether s is nothing but something in parentheses: （己丑年）, （民国38年）.
func isGloss(s string) bool {
	s = strings.TrimSpace(s)
	return (strings.HasPrefix(s, "（") && strings.HasSuffix(s, "）") || strings.HasPrefix(s, "(") && strings.HasSuffix(s, ")")) && utf8.RuneCountInString(s) <= 16
}

// reignYear reads a year by its reign that has the year in parentheses behind it: 民国27年（1938年）.
func reignYear(s string) (year int, ok bool) {
	if !strings.HasSuffix(s, "）") && !strings.HasSuffix(s, ")") {
		return 0, false
	}
	i := strings.LastIndexAny(s, "（(")
	if i <= 0 || !strings.HasSuffix(strings.TrimSpace(s[:i]), "年") {
		return 0, false
	}
	_, k := utf8.DecodeRuneInString(s[i:])
	year, n := fourDigits(s[i+k:])
	return year, n > 0 && year >= 1000 && (strings.HasPrefix(s[i+k+n:], "）") || strings.HasPrefix(s[i+k+n:], ")") || strings.HasPrefix(s[i+k+n:], "年"))
}

// isStopTitle tells whether a short line is the title of another part of a book.
func isStopTitle(text string) bool {
	name := sectionName(text)
	if stopTitles[name] || strings.HasPrefix(name, "附录") || strings.HasSuffix(name, "领导名录") || strings.HasSuffix(name, "名录") || strings.HasSuffix(name, "索引") || strings.HasSuffix(name, "统计公报") {
		return true
	}
	if strings.HasPrefix(pack(text), "附：") || strings.HasPrefix(pack(text), "附件") {
		return true
	}
	if rest, ok := strings.CutPrefix(name, "第"); ok {
		if _, n := numberAt(rest); n > 0 {
			r := firstRune(rest[n:])
			return strings.ContainsRune("章编篇卷节", r) && !strings.ContainsAny(rest, "，。")
		}
	}
	return false
}
