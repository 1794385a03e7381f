package dates

import (
	"strings"

	"fangzhi/graph"
)

// heading is what the lines above an article say of its date. The innermost line that says something wins its level, and
// takes away what stood below it: 12月 the day above, 1959年 the month.
type heading struct {
	text *Text
	// year, month and day are the mentions that tell them, nil for none. One mention may tell several. month also holds a
	// season or a quarter, day a 旬 or 月底.
	year, month, day *mention
	// dynasty is the one that a line names: 清.
	dynasty string
	// word is 是年 or 是月 where such a line stands last: the year or the month above, and nothing below it. nil for none.
	word *span
	// content is the year that a yearbook named above is about: 云河年鉴（2021） tells of 2020. 0 for none.
	content int
}

// Headings remembers what the lines above the article say that was dated last: those of a month or a day share them. It is
// not for several goroutines, and changes no answer. The zero Headings is empty.
type Headings struct {
	lines string
	head  heading
}

// read is readHeading, by a Headings or without one. What the heading points to is shared, and not to be changed.
func (h *Headings) read(lines string) heading {
	if h == nil {
		return readHeading(lines)
	}
	if lines != h.lines {
		h.lines, h.head = lines, readHeading(lines)
	}
	return h.head
}

// replace lets one mention stand for another in all that it tells.
func (h *heading) replace(old, m *mention) {
	for _, p := range []**mention{&h.year, &h.month, &h.day} {
		if *p == old {
			*p = m
		}
	}
}

// titleWords stand in the title of a publication. The years of such a line are when it tells of, not when something was.
var titleWords = words("大事记", "大事纪", "大事年表", "纪事", "记事", "月报", "年鉴", "年报", "简志", "县志", "区志", "市志", "要事", "志略", "概览")

func readHeading(lines string) heading {
	if lines == "" {
		return heading{}
	}
	h := heading{text: read(lines, graph.FieldHeading)}
	next := 0
	for _, l := range h.text.lines {
		first := next
		for next < len(h.text.mentions) && h.text.mentions[next].line == l {
			next++
		}
		mentions := h.text.mentions[first:next]
		switch {
		case h.readDynasty(l, mentions):
		case l.contains(0, len(l.r), titleWords):
			h.readTitle(l, mentions)
		default:
			h.readLine(l, mentions)
		}
	}
	return h
}

// readDynasty reads 清, 清代, 中华民国（1912—1949）.
func (h *heading) readDynasty(l *line, mentions []*mention) bool {
	for _, m := range mentions {
		if m.from.reign != 0 || m.shape == single && m.from.hasYear {
			return false
		}
	}
	for _, d := range dynasties {
		if n := len([]rune(d.text)); l.has(0, d.text) && (n == len(l.r) || l.after(n, dynastyEnds) > 0) {
			h.dynasty, h.year, h.month, h.day = d.name, nil, nil, nil
			return true
		}
	}
	return false
}

var dynastyEnds = words("代", "朝", "时期", "(")

// readTitle reads the year, and the month, in the title of a publication: 云河区2021年大事记, 大事记（2021）, 二〇二一年七月大事记.
func (h *heading) readTitle(l *line, mentions []*mention) {
	if l.contains(0, len(l.r), yearbookWords) {
		for i := range l.r {
			if year, next, ok := l.fourDigits(i); ok && l.after(next, rangeSigns) == 0 {
				h.content = year - 1
			}
		}
		return
	}
	for _, m := range mentions {
		if m.shape == single && m.from.hasYear && !m.weak {
			h.take(m)
		}
	}
	for i := 0; i < len(l.r) && h.year == nil; i++ { // 大事记（2021）, 《2021年大事记》
		year, next, ok := l.fourDigits(i)
		if !ok || l.after(next, rangeSigns) > 0 || l.before(i, rangeSigns) > 0 {
			continue
		}
		if l.rune(next) == '年' {
			next++
		}
		h.take(h.mentionOf(l, i, next, written{hasYear: true, year: year}))
	}
}

var yearbookWords = words("年鉴")

// readLine reads a line that is a header: 1958年, 康熙三十二年（1693）, 六月, 10日, 春.
func (h *heading) readLine(l *line, mentions []*mention) {
	if m, ok := h.readCells(l); ok {
		h.take(m)
		return
	}
	if len(mentions) == 0 {
		h.readWord(l)
	}
	for _, m := range mentions {
		if m.form == formPeriod && (m.first > 0 || m.last < len(l.r)) {
			continue // 清末民国时期
		}
		if y := h.year; y != nil && y.line == l && y.from.hasYear && m.from.cycleYear != 0 && !m.from.hasYear {
			continue // 1949年 己丑年
		}
		if y := h.year; y != nil && y.line == l && m.from.hasYear && y.from.hasYear && (m.from.reign != 0) != (y.from.reign != 0) {
			// 1693年 康熙三十二年: one year, told twice
			w, other := &y.from, m.from
			if w.reign == 0 {
				w.printed, w.reign, w.ordinal, w.unsure, w.yearFirst = w.year, other.reign, other.ordinal, other.unsure, true
				w.year = other.year
			} else if w.printed == 0 {
				w.printed = other.year
			}
			continue
		}
		h.take(m)
	}
}

// readWord reads a line that goes back to the year or the month above: 是年, 是月.
func (h *heading) readWord(l *line) {
	for _, w := range anchoredWords {
		if !l.has(l.lead, w.text) {
			continue
		}
		switch w.kind {
		case ofYear, inYear:
			h.month, h.day = nil, nil
			if w.offset != 0 {
				y, ok := h.singleYear()
				if !ok {
					h.year = nil
					return
				}
				next := h.mentionOf(l, l.lead, l.lead+len([]rune(w.text)), y)
				next.from.year += int(w.offset)
				next.from.ordinal, next.from.printed = y.ordinal+int(w.offset), 0
				h.year = next
			}
		case ofMonth:
			h.day = nil
		default:
			return
		}
		s := l.span(l.lead, l.lead+len([]rune(w.text)))
		h.word = &s
		return
	}
}

func (*heading) mentionOf(l *line, start, end int, w written) *mention {
	return &mention{form: formYear, from: w, line: l, first: start, last: end, shown: l.span(start, end)}
}

// take lets a mention tell what it does.
func (h *heading) take(m *mention) {
	w := m.from
	h.word = nil
	switch {
	case m.fixed.String() != "XXXX", w.hasYear, w.word != noWord, w.ordinal != 0, w.cycleYear != 0:
		if w.ordinal != 0 && w.reign == 0 && h.year != nil && h.year.from.reign != 0 { // 二十二年 below 万历七年
			if y, ok := h.year.from.reign.era().YearOf(w.ordinal); ok {
				m.from.hasYear, m.from.year, m.from.reign, m.from.calendar = true, y, h.year.from.reign, h.year.from.calendar
				w = m.from
			}
		}
		h.year, h.month, h.day = m, nil, nil
		if w.hasMonth() || w.edge != whole {
			h.month = m
		}
		if w.day != 0 || w.cycle != 0 || w.edge.ofMonth() {
			h.day = m
		}
	case w.hasMonth():
		h.month, h.day = m, nil
		if w.day != 0 || w.cycle != 0 || w.edge.ofMonth() {
			h.day = m
		}
	case w.day != 0 || w.cycle != 0 || w.edge.ofMonth():
		h.day = m
	case w.edge != whole:
		h.month, h.day = m, nil
	}
}

// innermost returns the mention that tells the finest, nil for none.
func (h *heading) innermost() *mention {
	switch {
	case h.day != nil:
		return h.day
	case h.month != nil:
		return h.month
	}
	return h.year
}

// spans returns the words that tell the year, the month and the day, as far as they are asked for, in the order of the text.
func (h *heading) spans(year, month, day bool) []span {
	var out []span
	for _, p := range []struct {
		m     *mention
		asked bool
	}{{h.year, year}, {h.month, month}, {h.day, day}} {
		if p.m != nil && p.asked && (len(out) == 0 || out[len(out)-1] != p.m.shown) {
			out = append(out, p.m.shown)
		}
	}
	if h.word != nil && day {
		out = append(out, *h.word)
	}
	return out
}

// singleYear returns what the heading says of the year, where it is one.
func (h *heading) singleYear() (written, bool) {
	if h.year == nil || h.year.shape != single || !h.year.from.hasYear || h.year.from.unsure {
		return written{}, false
	}
	return h.year.from, true
}

// calendar returns what a month below the heading is counted by where it does not say so itself. chinese tells that the
// month stands in Chinese numerals.
func (h *heading) calendar(chinese bool) calendar {
	if h.month != nil && h.month.from.calendar != unsaid {
		return h.month.from.calendar
	}
	w, ok := h.singleYear()
	switch {
	case !ok:
		return unsaid
	case w.yearFirst && !chinese:
		return solar
	case w.reign != 0:
		return calendarOf(w.reign)
	case w.year < lunarUntil && chinese:
		return lunisolar
	}
	return solar
}

// lunarUntil is the year in which the Gregorian calendar came into use. Before it, months told with a reign are lunar; so
// are those in Chinese numerals behind a year of the Common Era, while Arabic ones are Gregorian (GB/T 15835).
const lunarUntil = 1912

// String shows the heading on one line.
func (h *heading) String() string {
	if h.text == nil {
		return ""
	}
	return strings.ReplaceAll(h.text.body, "\n", " ")
}
