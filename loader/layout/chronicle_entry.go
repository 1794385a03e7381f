package layout

import (
	"slices"
	"strings"

	"fangzhi/lexicon"
)

// Where an entry of a chronicle begins, and what belongs to it.

// inSentence tells whether a line that looks like the start of something is the rest of the sentence above it.
func (r *chronicle) inSentence(l *chronicleLine) bool {
	if r.article == nil || len(r.text.texts) == 0 {
		return false
	}
	if l.marker != 0 && l.kind != lineHead {
		return false
	}
	open := r.text.open()
	full := r.style.wrap > 0 && r.text.lastRunes >= r.style.wrap-2
	switch {
	case l.kind == lineTitle, l.kind == lineStop, l.kind == lineReign, l.kind == lineLeader, l.kind == lineBracket:
		return open && full && !l.gap
	case r.style.indents && l.indented, open && l.kind == lineEntry && l.spaced() && !r.dangles():
		return false
	case open && l.pageBreak:
		return r.style.indents && l.kind == lineEntry || full && !r.style.apart || r.dangles()
	case open:
		return full && !l.gap || r.dangles()
	}
	// A sentence may end where its line does; then only an indent tells a paragraph.
	return r.style.indents && l.kind == lineEntry && full && !l.gap
}

// dangles tells whether what stands above cannot be the end of an entry.
func (r *chronicle) dangles() bool {
	last := r.text.tails[len(r.text.tails)-1]
	return leftOpen(last) || strings.ContainsRune("、，（《“—－-于在自从至到和与及或为由的", lastRune(last))
}

// entry begins an entry whose line has its date.
func (r *chronicle) entry(i int) {
	l := &r.lines[i]
	w := &l.when
	if r.isBackground(w) {
		r.add(i, l.text, false)
		return
	}
	if l.until && !r.style.everyDated && r.article != nil {
		r.add(i, l.text, false)
		return
	}
	if w.topic && r.day.words != "" && !r.day.carried {
		r.undated(i) // 元旦，… below 1日
		return
	}
	words := l.words()
	switch {
	case w.own() && w.grain == grainDay && onlyTitled(l):
		// 14日【标题】 over its text: the day stands above it.
		r.ownDate(l)
		r.carry(l, words)
		r.day.carried = false
		h := r.heading(needDay)
		r.day.carried = true
		r.begin(i, h)
	case w.ref && w.grain == grainDay:
		r.begin(i, r.heading(needDay))
		if w.next {
			r.day = heading{}
		}
	case w.ref && w.grain == grainYear:
		r.day, r.month, r.season = heading{}, heading{}, heading{}
		r.begin(i, r.heading(needYearAlone))
	case w.ref: // 是月, 是月下旬
		r.day = heading{}
		r.begin(i, r.heading(needMonth))
	default:
		r.ownDate(l)
		r.begin(i, r.heading(needFor(w)))
		r.carry(l, words)
	}
	r.own = true
	if w.grain == grainDay {
		r.seenDay = true
	}
}

// isBackground tells whether a date that opens a paragraph looks back from the entry at hand to an earlier year.
func (r *chronicle) isBackground(w *when) bool {
	if r.article == nil || w.year == 0 {
		return false
	}
	year := r.year.year
	if year == 0 && r.title.yearTo == r.title.year {
		year = r.title.year
	}
	return year != 0 && w.year < year || w.grain == grainYear && w.year != year && r.style.byDay
}

// marked reads a line with a marker and no date.
func (r *chronicle) marked(i int) {
	l := &r.lines[i]
	switch {
	case r.style.unknownDay[l.marker], !r.seenDay && r.day.words == "":
		if r.day.carried {
			r.day = heading{}
		}
		r.begin(i, r.heading(needMonth))
	default:
		r.begin(i, r.heading(needDay))
	}
	r.own = true
}

// bracket reads a line that begins with 【标题】 and no date before it.
func (r *chronicle) bracket(i int) {
	l := &r.lines[i]
	_, rest, _ := strings.Cut(l.text, "】")
	if w, ok := readWhen(strings.TrimSpace(rest)); ok && w.own() || r.day.words != "" && !r.day.carried {
		at := len(l.text) - len(strings.TrimLeft(rest, " "))
		if ok && w.own() {
			c := *l
			c.when, c.date, c.body, c.kind = w, at, at, lineEntry
			r.ownDate(&c)
			r.begin(i, r.heading(needFor(&w)))
			r.carry(&c, c.words())
			r.own = true
			r.seenDay = r.seenDay || w.grain == grainDay
			return
		}
		r.begin(i, r.heading(needDay))
		r.own = true
		return
	}
	r.undated(i)
}

// undated reads a line of text without a date or a marker.
func (r *chronicle) undated(i int) {
	l := &r.lines[i]
	if l.isTableRow() {
		r.skip(i)
		return
	}
	name := ""
	if l.mayHead() && l.runes <= 16 {
		name = sectionName(l.text)
	}
	switch {
	case name != "" && (lexicon.IsSection(name) || r.style.categories && isCategory(l)) && (r.article == nil || !r.text.open()) && r.beginsEntry(i+1):
		r.close()
		r.section = name
		r.fates[i] = fateSection
	case r.style.titled && l.mayHead() && l.runes <= 40 && (r.article == nil || !r.text.open()) && r.beginsEntry(i+1):
		r.close()
		r.pending = l
		r.fates[i] = fateBody
	case r.article != nil:
		goesOn := r.goesOn(l)
		if !goesOn && !r.own && r.style.eachParagraph && r.ownEvent(l) {
			h, c := r.article.Heading, r.article.Carried
			r.begin(i, headings{h, c})
			return
		}
		r.add(i, l.text, goesOn)
	case r.hasHeading() && (!l.mayHead() || r.day.words != "" && l.runes >= 6):
		r.begin(i, r.heading(needDay))
		r.own = false
	default:
		r.skip(i)
	}
}

// isCategory tells whether a short line over an entry can name a kind of events: 经济建设, 二、文化教育.
func isCategory(l *chronicleLine) bool {
	return l.runes <= 12 && l.runes >= 2 && !strings.ContainsAny(l.text, "0123456789，：（）()《》") && (l.runes <= 6 || !headline.MatchString(l.text)) && !strings.ContainsRune(l.text, '了')
}

// hasHeading tells whether a line above says when the text below it was.
func (r *chronicle) hasHeading() bool {
	return r.month.words != "" || r.day.words != "" || r.season.words != "" || r.year.words != "" && !r.style.byDay
}

// beginsEntry tells whether the next line that is kept, from i on, begins an entry by a date or a marker.
func (r *chronicle) beginsEntry(i int) bool {
	for ; i < len(r.lines); i++ {
		if r.fates[i] == fateNone {
			return r.lines[i].kind == lineEntry || r.lines[i].kind == lineMarker
		}
	}
	return false
}

// goesOn tells whether a line without a date goes on with the last paragraph.
func (r *chronicle) goesOn(l *chronicleLine) bool {
	if r.style.indents && !r.text.open() && !l.indented && (l.pageBreak || r.style.wrap > 0 && !l.gap) {
		return true
	}
	if r.style.wrap > 0 && !l.gap && r.text.lastRunes >= r.style.wrap-3 && r.text.open() {
		return true // a full line: not even a hanging indent parts it from what follows
	}
	if r.style.wrap == 0 && r.text.lastRunes <= 25 && len(r.text.texts) > 0 && !l.pageBreak && r.text.open() && !r.dangles() && !fragmentStart(l.text) {
		return false // a line is a paragraph, and some end without a stop
	}
	return r.text.continues(&l.line)
}

// sameEvent are the words that a paragraph begins with that tells more of the entry above it.
var sameEvent = []string{
	"会议", "会上", "会后", "会前", "全会", "大会", "座谈会上", "活动", "仪式", "其间", "期间", "据悉", "据了解", "随后", "之后", "此后", "同时", "此次", "本次", "这次", "该", "调研中", "调研组", "检查组", "考察组", "其中", "与会", "至此", "他", "她", "截至", "最后", "首先", "此外", "在听取", "在听完", "并", "任命名单", "免去", "决定", "决定任命",
}

// ownEvent tells whether a paragraph below a line with a date is an event of its own.
func (r *chronicle) ownEvent(l *chronicleLine) bool {
	last := lastRune(r.text.tails[len(r.text.tails)-1])
	if strings.ContainsRune("：:；;，、", last) || r.dangles() || r.style.wrap > 0 && r.text.open() {
		return false
	}
	head := firstBytes(l.text, 80)
	if listStart.MatchString(head) {
		return false
	}
	for _, w := range sameEvent {
		if strings.HasPrefix(head, w) {
			return false
		}
	}
	return true
}

// begin starts an entry at line i.
func (r *chronicle) begin(i int, h headings) {
	r.close()
	if r.day.line > 0 {
		r.day.line = 0 // there is text below it
	}
	l := &r.lines[i]
	a := &Article{Section: r.section, Line: l.number, Heading: h.text, Carried: h.carried}
	r.article = a
	if p := r.pending; p != nil {
		a.Title, a.Line = p.text, p.number
		r.pending = nil
	}
	body := l.text[l.body:]
	if title, rest, ok := splitTitleOf(l); ok && a.Title == "" {
		a.Title, body = title, rest
	}
	r.fates[i] = fateBody
	if body != "" {
		r.add(i, body, false)
	}
}

// add appends text of line i to the entry at hand.
func (r *chronicle) add(i int, text string, goesOn bool) {
	l := &r.lines[i]
	r.fates[i] = fateBody
	r.text.put(&l.line, text, goesOn)
}

// close ends the entry at hand.
func (r *chronicle) close() {
	if a := r.article; a != nil && len(r.text.texts) == 0 {
		r.issue.warn(a.Line, WarnEmptyArticle, "标题下没有正文：%s", a.Title)
	} else if a != nil {
		a.Body, a.BodyLines = r.text.text(), r.text.lines
		if !r.text.open() {
			r.finished++
		}
		r.issue.Articles = append(r.issue.Articles, *a)
		if s := a.Section; s != "" && !slices.Contains(r.issue.Sections, s) {
			r.issue.Sections = append(r.issue.Sections, s)
		}
	}
	r.article = nil
	r.own = false
	r.text = paragraphs{wrap: r.style.wrap}
}
