package layout

import (
	"fmt"
	"strings"
)

// fitLines is how many lines are looked at to know a chronicle: some hundred pages.
const fitLines = 4000

// census counts what a text is made of.
type census struct {
	titles, years, months, dayLines      int
	entries, bareDays, markers, words    int // entries; those without a month; undated markers; 是月 and the like
	brackets, reigns, leaders, paragraph int // 【】 without a date, reign years, rows of contents, other paragraphs
	titled                               int // entries with a short line of text right above
	lines, short                         int // all of them; headings that are no date
}

// fitChronicle asks for lines and paragraphs that begin with dates.
func fitChronicle(lines []line) (score float64, why string) {
	c := takeCensus(lines)
	dated := c.entries + c.words
	heads := c.years + c.months + c.dayLines
	all := dated + heads + c.markers
	share := float64(all) / float64(max(all+c.paragraph+c.leaders+max(c.short-3, 0), 1))
	switch {
	case c.titles > 0 && all == 0 && c.lines <= 6 && c.paragraph+c.leaders == 0:
		return 0.4, "有大事记题名，没有条目"
	case c.titles > 0 && dated+c.markers == 0 && heads > 0 && c.paragraph+c.leaders+c.brackets == 0 && c.short <= 3:
		return 0.45, "有大事记题名和年月标题，没有条目"
	case dated+c.dayLines == 0 && (c.titles == 0 || c.months+c.markers == 0), c.brackets > dated+c.dayLines+c.markers:
		return 0, ""
	case c.reigns >= 2 && 2*c.reigns >= c.years+c.months:
		return 0.2, fmt.Sprintf("有%d个年号纪年标题", c.reigns)
	case c.entries >= 1 && 2*c.titled >= c.entries && c.months+c.dayLines+c.bareDays <= 1:
		if c.titles > 0 {
			return 0.3, "有大事记题名，条目各有标题"
		}
		return 0, ""
	case (c.months >= 2 || c.dayLines >= 3 || c.bareDays >= 3) && share >= 0.3 && all >= 4:
		return 0.95, c.why()
	case c.years >= 2 && dated+c.markers >= 3 && share >= 0.4:
		return 0.85, c.why()
	case c.titles > 0 && dated+c.dayLines+c.markers > 0 && share >= 0.3:
		return 0.8, "有大事记题名；" + c.why()
	case c.entries >= 4 && share >= 0.7:
		return 0.6, c.why()
	}
	return 0, ""
}

// why says what was found.
func (c *census) why() string {
	var out []string
	for _, p := range []struct {
		n    int
		what string
	}{{c.years, "个年份标题"}, {c.months, "个月份标题"}, {c.dayLines, "个日期标题"}, {c.entries + c.words, "段以日期开头"}, {c.markers, "段以符号开头"}} {
		if p.n > 0 {
			out = append(out, fmt.Sprintf("%d%s", p.n, p.what))
		}
	}
	return strings.Join(out, "、")
}

func takeCensus(lines []line) census {
	var c census
	var above *chronicleLine
	open := false // the line above ends in the middle of a sentence
	for i := range lines[:min(len(lines), fitLines)] {
		l := newChronicleLine(lines[i])
		c.lines++
		switch {
		case l.kind == lineTitle:
			if !l.title.plain || i < 8 {
				c.titles++
			}
		case l.kind == lineReign:
			c.reigns++
		case l.kind == lineLeader:
			c.leaders++
		case l.kind == lineHead:
			switch {
			case l.when.ref, l.when.grain == grainSeason, l.when.grain == grainPart:
				c.words++
			case l.when.grain == grainYear:
				c.years++
			case l.when.grain == grainMonth && l.when.year != 0 && above != nil && above.kind == lineTitle && above.title.year == 0:
				// the month of the issue
			case l.when.grain == grainDay && l.when.year != 0 && c.lines <= 10 && c.entries+c.dayLines+c.months == 0:
				// the day of issue
			case l.when.grain == grainMonth:
				c.months++
			default:
				c.dayLines++
			}
		case open && !l.gap && !l.indented && l.marker == 0:
			// the rest of a sentence
		case l.kind == lineEntry:
			if l.when.ref || l.when.grain == grainSeason || l.when.grain == grainPart && l.when.month == 0 {
				c.words++
				break
			}
			c.entries++
			if l.when.grain == grainDay && l.when.month == 0 {
				c.bareDays++
			}
			if above != nil && above.kind == lineText && above.mayHead() && above.runes >= 4 && above.runes <= 60 {
				c.titled++
			}
		case l.kind == lineMarker:
			c.markers++
		case l.kind == lineBracket:
			c.brackets++
		case opensWithReign(l.text):
			c.reigns++
		case l.isProse() && (l.gap || l.indented || !open):
			c.paragraph++
		case l.kind == lineText && l.mayHead():
			c.short++
		}
		if !isPageNumber(&l) {
			above = &l
			open = (l.kind == lineText || l.kind == lineEntry || l.kind == lineMarker) && !l.mayHead() && unfinished(tail(l.text))
		}
	}
	return c
}

// opensWithReign tells whether a text opens with a year by its reign: 康熙三十二年（1693年）.
func opensWithReign(s string) bool {
	head := firstBytes(s, 48)
	i := strings.Index(head, "年（")
	if i < 0 || isDigit(firstRune(head)) {
		return false
	}
	_, n := fourDigits(head[i+len("年（"):])
	return n > 0
}

// chronicleStarts returns the lines where the issues of a text begin: their titles, else the first line.
func chronicleStarts(lines []chronicleLine) []int {
	if len(lines) == 0 {
		return nil
	}
	var starts []int
	var at periodTitle
	entries := 0
	for i := range lines {
		l := &lines[i]
		if l.kind == lineEntry || l.kind == lineMarker || l.kind == lineHead && l.when.grain >= grainMonth {
			entries++
		}
		if l.kind != lineTitle {
			continue
		}
		t := &l.title
		switch {
		case len(starts) == 0:
			if entries > 2 && t.year == 0 {
				continue // a running head of a text that has lost its title
			}
			starts = append(starts, i)
			at = *t
			if entries > 2 {
				starts = []int{0, i}
			}
		case entries == 0 && (at.plain || t.year != 0 && at.year == 0 || t.title == at.title):
			// a better title below the first: the cover, then the title page
			if !t.plain && (t.year != 0 || at.year == 0) {
				starts[len(starts)-1], at = i, *t
			}
			continue
		case at.same(t) && isCopy(lines, starts[len(starts)-1], i):
			starts = append(starts, i)
		case t.plain && t.year == at.year, at.same(t), t.year == 0:
			continue
		case at.year == 0 || t.year >= at.year && t.year <= at.yearTo && at.year != at.yearTo:
			continue // a year of a chronicle of several
		case t.year == at.year && at.month == 0 && t.month != 0:
			continue // a month of a year
		case i > 0 && !l.gap && unfinished(tail(lines[i-1].text)) && lines[i-1].kind != lineTitle && !lines[i-1].mayHead():
			continue // inside a sentence
		default:
			starts = append(starts, i)
			at = *t
		}
		entries = 0
	}
	if len(starts) == 0 {
		return []int{0}
	}
	return starts
}

// isCopy tells whether a chronicle begins again at line i as it did at start: three lines more are the same.
func isCopy(lines []chronicleLine, start, i int) bool {
	const more = 3
	if i+more >= len(lines) {
		return false
	}
	for k := 0; k <= more; k++ {
		if lines[start+k].text != lines[i+k].text {
			return false
		}
	}
	return true
}
