package layout

import (
	"regexp"
	"strings"

	"fangzhi/lexicon"
)

// Headings that no contents list: where there are none, or where they left one out.

// headline is what titles of articles say and headings inside an article do not.
var headline = regexp.MustCompile(`召开|举行|举办|开展|组织|启动|调研|视察|检查|督导|走访|慰问|考察|参加|出席|部署|推进|莅临|赴|揭牌|开班|开工|竣工|开幕|落幕|闭幕|签约|表彰|获|荣|入选|通过|发布|印发|成立|完成|实施|传达|学习|宣讲|培训|座谈|接待|迎|落实|推动|助力|探索|打造|建设|活动|会议|仪式`)

// titleAt returns how many lines a title at line i has that the contents do not list, 0 where there is none there.
//
// It is a short line, or two or three, without a sentence's end, over running text; what stands above is finished.
// Where there are contents they are believed: then it must look like a title, and its text like the first of an article.
func (r *monthly) titleAt(i int) int {
	if r.article != nil && (r.text.open() || len(r.text.texts) == 0) {
		return 0
	}
	n := 0
	for i+n < r.end && n < maxHeadLines && r.mayTitle(i+n) {
		n++
	}
	if n == 0 || i+n >= r.end || !r.beginsText(i+n) || n == 1 && r.listed[r.lines[i].key] {
		return 0
	}
	text := ""
	runes := 0
	for _, l := range r.lines[i : i+n] {
		text += l.text
		runes += l.runes
	}
	if runes > maxHeadRunes || runes < 4 {
		return 0
	}
	below := &r.lines[i+n]
	score := 0
	if startsWithDate(below.text) {
		score += 3
	} else if soonStart.MatchString(firstBytes(below.text, 80)) {
		score++
	}
	if headline.MatchString(text) {
		score += 2
	}
	if runes >= 10 {
		score++
	}
	if strings.Contains(strings.TrimSpace(text), " ") {
		score++ // two clauses
	}
	if r.article == nil {
		score += 2 // nothing else can stand here: right below a column or at the top
	}
	if n > 1 {
		score--
	}
	if r.setApart(i, n) {
		score += 2
	}
	if runes > 30 && strings.ContainsAny(text, "，；") {
		score -= 3 // the first half of a sentence
	}
	if strings.ContainsRune(text, '了') {
		score -= 2 // told, not titled
	}
	if listStart.MatchString(text) {
		score -= 4
	}
	least := 2
	if r.inTOC {
		least = 4
	}
	if score < least {
		return 0
	}
	return n
}

// mayTitle tells whether line i can be a line of a title that the contents do not list.
func (r *monthly) mayTitle(i int) bool {
	l := &r.lines[i]
	if r.isTitle(i) || l.runes <= 24 && (r.printed[sectionKey(l.text)] || lexicon.IsSection(sectionName(l.text))) || !isHeadLine(l, r.wrap) && !r.standsOut(i) || startsWithDate(l.text) || readLabels(l.text) != nil {
		return false
	}
	if !l.gap && r.wrap > 0 && i > r.body && !lastStops(r.lines[i-1].text) && !r.isTitle(i-1) && !r.lines[i-1].mayHead() {
		return false
	}
	return !strings.ContainsAny(l.text, "：") || headline.MatchString(l.text)
}

// standsOut tells whether line i of a text of full lines begins no paragraph, although the one above it ended there:
// paragraphs are indented, and it is not.
func (r *monthly) standsOut(i int) bool {
	l := &r.lines[i]
	return r.wrap > 0 && r.indents && l.mayHead() && !l.indented && i > r.body && (lastStops(r.lines[i-1].text) || r.lines[i-1].mayHead() && !r.lines[i-1].indented) &&
		i+1 < r.end && (r.lines[i+1].indented || r.lines[i+1].mayHead())
}

// setApart tells whether the n lines at i are set as titles are where no contents are: a blank line above, right below a
// paragraph, and it is indented and they are not.
func (r *monthly) setApart(i, n int) bool {
	return !r.inTOC && r.lines[i].gap && !r.lines[i].indented && !r.lines[i+n].gap && r.lines[i+n].indented &&
		!r.lines[i+n-1].indented && r.lines[i+n].isProse()
}

func lastStops(s string) bool { return !unfinished(tail(s)) }

// beginsText tells whether line i begins running text.
func (r *monthly) beginsText(i int) bool {
	l := &r.lines[i]
	return !r.isTitle(i) && !l.isTableRow() && (l.isProse() || r.wrap > 0 && (l.indented || l.runes >= r.wrap-4) || l.runes > 25 && strings.ContainsAny(l.text, "，；"))
}

// looksLikeSection tells whether line i names a column that neither the contents nor the lexicon know: a short name
// right above a title, where what stands above is finished.
func (r *monthly) looksLikeSection(i int) bool {
	l := &r.lines[i]
	if l.runes > 8 || l.runes < 2 || strings.ContainsAny(l.text, "，。、：") || i+1 >= r.end || r.article != nil && r.text.open() {
		return false
	}
	if listStart.MatchString(l.text) || startsWithDate(l.text) || !lexicon.IsSection(sectionName(l.text)) && headline.MatchString(l.text) {
		return false
	}
	if r.isTitle(i + 1) {
		return r.article == nil || len(r.text.texts) > 0
	}
	return !r.inTOC && r.lines[i+1].gap && r.lines[i+1].runes > 8 && r.titleAt(i+1) > 0
}
