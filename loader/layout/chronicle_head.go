package layout

import (
	"strings"
)

// The lines that date what stands below them, and the words of entries that others hang on.

// heading is one line that dates what stands below it.
type heading struct {
	words string
	// carried: the words are those of an earlier entry, not a line.
	carried bool
	// year, month: the words name them.
	year, month int
	line        int
}

// heading returns the lines that date an entry which needs so much. Lines that stand above it are always among them,
// words of earlier entries only where they are needed.
func (r *chronicle) heading(n need) headings {
	var out headings
	var lines []string
	add := func(h heading) {
		if h.words != "" {
			lines = append(lines, h.words)
			out.carried = h.carried
		}
	}
	season := r.season.words != "" && (n == needDay || !r.season.carried)
	day := r.day.words != "" && (n == needDay || !r.day.carried)
	month := r.month.words != "" && !season && n != needNoMonth && n != needYearAlone && (n >= needMonth || !r.month.carried) && !(day && r.day.month != 0 && r.month.carried)
	yearKnown := month && r.month.year != 0 && (n > needNothing || !r.month.carried) || day && r.day.year != 0
	switch {
	case r.year.words != "" && (!r.year.carried || n >= needYearAlone && !yearKnown):
		add(r.year)
	case r.title.year != 0 && r.title.year == r.title.yearTo && !yearKnown:
		add(heading{words: r.title.words})
	case r.title.year != 0 && r.title.year == r.title.yearTo && r.month.year == r.title.year && !r.month.carried:
		add(heading{words: r.title.words})
	}
	if season {
		add(r.season)
	}
	if month {
		add(r.month)
	}
	if day {
		add(r.day)
	}
	out.text = strings.Join(lines, "\n")
	if n >= needYearAlone && r.year.words == "" && r.title.year == 0 && !yearKnown {
		r.headless++
	}
	return out
}

// head reads a line that is a date and nothing else.
func (r *chronicle) head(i int) {
	l := &r.lines[i]
	r.fates[i] = fateHeading
	r.close()
	h := heading{words: headingText(l), year: l.when.year, month: l.when.month, line: l.number}
	switch l.when.grain {
	case grainYear:
		if l.when.ref {
			r.day, r.season, r.month = heading{}, h, heading{}
			return
		}
		r.beginYear(h)
	case grainSeason:
		if h.year != 0 {
			r.beginYear(heading{words: l.words()[:l.when.yearEnd], year: h.year, line: l.number})
		}
		r.month, r.day, r.season = heading{}, heading{}, h
	case grainMonth:
		if l.when.ref {
			r.day = h
			return
		}
		r.beginMonth(h)
	default:
		r.warnEmptyDay()
		if h.month != 0 && r.month.words == "" {
			r.orderOf(h.month, l.number)
		}
		if h.month != 0 && (r.month.words == "" || r.month.carried) {
			r.month = heading{words: l.words()[:l.when.monthEnd], carried: true, month: h.month, year: h.year, line: l.number}
		}
		r.day = h
		r.season = heading{}
		r.seenDay = true
	}
}

// headingText returns the line as it stands in a heading: without the markers before it.
func headingText(l *chronicleLine) string {
	return strings.TrimRight(strings.TrimLeft(l.text, markers+"•·*= "), "*= ")
}

func (r *chronicle) beginYear(h heading) {
	r.warnEmptyDay()
	r.year = h
	r.month, r.day, r.season = heading{}, heading{}, heading{}
	r.seenDay, r.lastMonth, r.section = false, 0, ""
}

func (r *chronicle) beginMonth(h heading) {
	r.warnEmptyDay()
	if h.year != 0 && r.year.words != "" && h.year != r.year.year {
		r.year = heading{}
		r.lastMonth = 0
	}
	r.orderOf(h.month, h.line)
	r.month = h
	r.day, r.season = heading{}, heading{}
	r.seenDay, r.section = false, ""
}

// orderOf warns of a month below a later one.
func (r *chronicle) orderOf(month, line int) {
	if month < r.lastMonth {
		if r.lastMonth >= 11 && month <= 2 {
			r.issue.warn(line, WarnMonthOrder, "%d月之后又见%d月：可能已入次年，年份请核对", r.lastMonth, month)
		} else {
			r.issue.warn(line, WarnMonthOrder, "%d月排在%d月之后：次序或月份可能有误", month, r.lastMonth)
		}
	}
	r.lastMonth = month
}

func (r *chronicle) warnEmptyDay() {
	if r.day.words != "" && !r.day.carried && r.day.line > 0 && r.empty < 20 {
		r.empty++
		r.issue.warn(r.day.line, WarnEmptyArticle, "日期下没有正文：%s", r.day.words)
	}
}

// ownDate forgets what the date of an entry replaces.
func (r *chronicle) ownDate(l *chronicleLine) {
	w := &l.when
	if w.year != 0 {
		r.dated++
		if r.year.carried || r.year.words == "" && r.title.year == 0 {
			r.year = heading{words: strings.TrimSpace(l.words()[:min(w.yearEnd, w.end)]), carried: true, year: w.year, line: l.number}
		}
	}
	if w.month != 0 && w.grain >= grainMonth {
		if r.month.words == "" || r.month.carried {
			if r.month.month != w.month || w.year != 0 {
				r.lastMonthOfEntry(w, l.number)
				r.seenDay = false
			}
			r.month = heading{words: strings.TrimRight(l.words()[:w.monthEnd], " "), carried: true, month: w.month, year: w.year, line: l.number}
		}
	}
	r.warnEmptyDay()
	r.day, r.season = heading{}, heading{}
	if w.grain == grainSeason || w.grain == grainYear {
		if r.month.carried || w.grain == grainYear {
			r.month = heading{}
		}
	}
}

func (r *chronicle) lastMonthOfEntry(w *when, line int) {
	if w.year != 0 {
		r.lastMonth = w.month
		return
	}
	r.orderOf(w.month, line)
}

// carry keeps the words of an entry for those that hang on it.
func (r *chronicle) carry(l *chronicleLine, words string) {
	h := heading{words: words, carried: true, year: l.when.year, month: l.when.month, line: 0}
	switch l.when.grain {
	case grainDay, grainPart:
		r.day = h
	case grainSeason:
		r.season = h
	}
}

// need is how much an entry asks of the lines above it.
type need int

const (
	needNothing   need = iota // it writes day, month and year
	needNoMonth               // nothing, and no month may date it: 1963年底
	needYearAlone             // the year, and no month may date it: 夏, 是年
	needYear
	needMonth
	needDay
)

func needFor(w *when) need {
	switch {
	case w.year != 0 && (w.grain == grainSeason || w.grain == grainYear):
		return needNoMonth
	case w.feast:
		return needYear
	case w.month == 0 && (w.grain == grainDay || w.grain == grainPart):
		return needMonth
	case w.grain == grainSeason, w.grain == grainYear:
		return needYearAlone
	case w.year == 0:
		return needYear
	}
	return needNothing
}

// headings is Heading and Carried of an article.
type headings struct {
	text    string
	carried bool
}
