package layout

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"fangzhi/graph"
	"fangzhi/lexicon"
	"fangzhi/loader/source"
)

// The chronicle by day (编年体大事记), of a year, a month or a row of years.
//
//	chronicle := title [office] { [year line] { [month line] { day line paragraph+ | dated paragraph | marker paragraph } } }
//
// Nothing but dates tells where an entry begins: a line of its own (4日), the first words of a paragraph (4日 …, 1月6日，…,
// 是月 …), or a marker (△) that stands for the day above it, for a day that nobody knows, or for nothing at all. What it
// means is decided for each document. Rules: genre.md §1.1 and §1.3.

// The codes of warnings.
const (
	WarnSkipped       = "skipped-text"         // lines that belong to no entry: a preface, contents, another part of the book
	WarnOnlyHeaders   = "only-headers"         // years, months or days and nothing below them
	WarnMonthOrder    = "month-order"          // a month below a later one of the same year: a new year, or a slip
	WarnNoPublication = "no-publication-title" // no title of a chronicle above the first entry
)

// readChronicle reads the issues of a text.
func readChronicle(t source.Text) []Issue {
	lines := newChronicleLines(splitColumns(t.Lines))
	var issues []Issue
	starts := chronicleStarts(lines)
	for k, start := range starts {
		end := len(lines)
		if k+1 < len(starts) {
			end = starts[k+1]
		}
		from := start
		if k == 0 {
			from = 0
		}
		r := chronicle{lines: lines[from:end], top: start - from}
		r.read()
		r.issue.Text = textOfLines(t.Lines, lines[from:end])
		slices.SortStableFunc(r.issue.Warnings, func(a, b graph.IngestWarning) int { return cmp.Compare(a.Line, b.Line) })
		slices.SortStableFunc(r.issue.Furniture, func(a, b source.Line) int { return cmp.Compare(a.Number, b.Number) })
		issues = append(issues, r.issue)
	}
	return withoutCopies(issues)
}

func newChronicleLines(all []source.Line) []chronicleLine {
	lines := newLines(all)
	out := make([]chronicleLine, len(lines))
	for i := range lines {
		out[i] = newChronicleLine(lines[i])
	}
	return out
}

// textOfLines returns the lines of the file that an issue takes.
func textOfLines(all []source.Line, lines []chronicleLine) string {
	if len(lines) == 0 {
		return ""
	}
	first, last := lines[0].number, lines[0].number
	for i := range lines {
		first, last = min(first, lines[i].number), max(last, lines[i].number)
	}
	return textOf(all, []line{{number: first}, {number: last}})
}

// fate is what became of a line.
type fate byte

const (
	fateNone      fate = iota
	fateMasthead       // title, office, day of issue
	fateFurniture      // page numbers, running heads, navigation
	fateHeading        // a year, month or day
	fateBody
	fateSection
	fateImprint
	fateSkipped // counted in a warning
)

// chronicle is one run over the lines of one issue.
type chronicle struct {
	issue Issue
	lines []chronicleLine
	top   int // the line of the title
	title periodTitle
	fates []fate // one a line
	style chronicleStyle

	// What stands above the line at hand.
	year, month, day heading
	season           heading // a part of the year, below no month
	seenDay          bool    // an entry or a line of this month has a day
	lastMonth        int     // of this year
	own              bool    // the entry at hand has a date of its own on its line
	section          string
	skipping         bool

	article    *Article
	text       paragraphs
	pending    *chronicleLine // a title that waits for its entry
	headless   int            // entries without a year above them or of their own
	dated      int            // entries with a year of their own
	skipped    int            // lines
	skippedAt  int            // the first of them, as number
	skippedHan int            // their code points
	skippedBy  string         // the text of the first
	finished   int            // entries that end with a stop
	empty      int            // day lines with nothing below
}

// heading is one line that dates what stands below it.
type heading struct {
	words string
	// carried: the words are those of an earlier entry, not a line.
	carried bool
	// year, month: the words name them.
	year, month int
	line        int
}

func (r *chronicle) read() {
	is := &r.issue
	r.fates = make([]fate, len(r.lines))
	r.readMasthead()
	r.dropFurniture()
	if r.title.plain && r.issue.Publication == r.title.title {
		for _, l := range r.issue.Furniture[:min(len(r.issue.Furniture), 200)] {
			if len(l.Text) <= maxHeadingBytes && r.takeBook(pack(strings.Trim(l.Text, "0123456789·—- "))) {
				break
			}
		}
	}
	end := r.readEnd()
	r.style = newChronicleStyle(r.kept(end))
	for i := r.top; i < end; i++ {
		if r.fates[i] == fateNone {
			r.step(i)
		}
	}
	last := r.lastKept(end)
	if r.article != nil && r.text.open() && 5*r.finished >= 4*len(is.Articles) && len(is.Articles) > 0 && end == len(r.lines) {
		is.warn(last, WarnCutOff, "文本在句子中间结束，后面的内容可能缺失")
	}
	r.close()
	r.warnEmptyDay()
	r.finish()
}

// kept returns the lines up to end that are not yet placed.
func (r *chronicle) kept(end int) []*chronicleLine {
	out := make([]*chronicleLine, 0, end)
	for i := r.top; i < end; i++ {
		if r.fates[i] == fateNone {
			out = append(out, &r.lines[i])
		}
	}
	return out
}

func (r *chronicle) lastKept(end int) int {
	for i := end - 1; i >= 0; i-- {
		if r.fates[i] == fateNone || r.fates[i] == fateBody {
			return r.lines[i].number
		}
	}
	return r.issue.Line
}

// step places line i.
func (r *chronicle) step(i int) {
	l := &r.lines[i]
	if r.skipping {
		if l.kind != lineReign && (l.kind != lineHead || !l.when.own() || l.when.grain != grainYear && l.when.grain != grainMonth) {
			r.skip(i)
			return
		}
		r.skipping = false
	}
	if l.kind != lineText && r.inSentence(l) {
		r.add(i, l.text, true)
		return
	}
	switch l.kind {
	case lineHead, lineReign:
		r.head(i)
	case lineEntry:
		r.entry(i)
	case lineMarker:
		r.marked(i)
	case lineTitle:
		r.titleAgain(i)
	case lineStop:
		r.close()
		r.skipping = true
		r.skip(i)
	case lineLeader:
		r.skip(i)
	case lineBracket:
		r.bracket(i)
	default:
		r.undated(i)
	}
}

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
	case r.style.indents && l.indented:
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

func (r *chronicle) warnEmptyDay() {
	if r.day.words != "" && !r.day.carried && r.day.line > 0 && r.empty < 20 {
		r.empty++
		r.issue.warn(r.day.line, WarnEmptyArticle, "日期下没有正文：%s", r.day.words)
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
	r.seenDay, r.lastMonth = false, 0
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
	r.seenDay = false
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

// entry begins an entry whose line has its date.
func (r *chronicle) entry(i int) {
	l := &r.lines[i]
	w := &l.when
	if r.isBackground(w) {
		r.add(i, l.text, false)
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

// ownDate forgets what the date of an entry replaces.
func (r *chronicle) ownDate(l *chronicleLine) {
	w := &l.when
	if w.year != 0 {
		r.dated++
		if r.year.carried || r.year.words == "" {
			r.year = heading{words: l.words()[:min(w.yearEnd, w.end)], carried: true, year: w.year, line: l.number}
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

// titleAgain reads the title of a chronicle inside one: a running head, or a block of one of its years or months.
func (r *chronicle) titleAgain(i int) {
	l := &r.lines[i]
	t := &l.title
	switch {
	case r.text.open() && r.article != nil, t.same(&r.title), t.year == 0 && t.month == 0:
		r.furniture(i)
	case t.month != 0 && (t.year == 0 || t.year == r.title.year):
		r.close()
		r.fates[i] = fateHeading
		r.beginMonth(heading{words: t.words, year: t.year, month: t.month, line: l.number})
	default:
		r.close()
		r.fates[i] = fateHeading
		r.beginYear(heading{words: t.words, year: t.year, line: l.number})
	}
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

func needFor(w *when) need {
	switch {
	case w.month == 0 && (w.grain == grainDay || w.grain == grainPart):
		return needMonth
	case w.grain == grainSeason, w.grain == grainYear:
		return needYearAlone
	case w.year == 0:
		return needYear
	}
	return needNothing
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
	case name != "" && lexicon.IsSection(name) && (r.article == nil || !r.text.open()) && r.beginsEntry(i+1):
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
	if r.style.indents && !r.text.open() && r.style.wrap > 0 && !l.indented && (!l.gap || l.pageBreak) {
		return true
	}
	if r.style.wrap > 0 && !l.gap && r.text.lastRunes >= r.style.wrap-3 && r.text.open() {
		return true // a full line: not even a hanging indent parts it from what follows
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
	if strings.ContainsRune("：:；;，、", last) || r.text.open() {
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

// need is how much an entry asks of the lines above it.
type need int

const (
	needNothing   need = iota // it writes day, month and year
	needYearAlone             // the year, and no month may date it: 夏, 是年
	needYear
	needMonth
	needDay
)

// headings is Heading and Carried of an article.
type headings struct {
	text    string
	carried bool
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
	month := r.month.words != "" && !season && n != needYearAlone && (n >= needMonth || !r.month.carried) && !(day && r.day.month != 0 && r.month.carried)
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

// skip counts a line that belongs to no entry.
func (r *chronicle) skip(i int) {
	l := &r.lines[i]
	r.fates[i] = fateSkipped
	if r.skipped == 0 {
		r.skippedAt, r.skippedBy = l.number, l.text
	}
	r.skipped++
	r.skippedHan += utf8.RuneCountInString(l.text)
}

// furniture notes a line as page furniture.
func (r *chronicle) furniture(i int) {
	l := &r.lines[i]
	r.fates[i] = fateFurniture
	r.issue.Furniture = append(r.issue.Furniture, source.Line{Number: l.number, Text: l.text})
	if i+1 < len(r.lines) {
		r.lines[i+1].gap, r.lines[i+1].pageBreak = true, true
	}
}

// finish sets what only the whole issue tells, and warns of what it lacks.
func (r *chronicle) finish() {
	is := &r.issue
	if r.skipped > 0 {
		is.warn(r.skippedAt, WarnSkipped, "%d行文字（%d字）不属于任何条目，未读入，首行为：%s", r.skipped, r.skippedHan, excerpt(r.skippedBy))
	}
	years := map[int]bool{}
	heads := 0
	for i := range r.lines {
		if r.fates[i] == fateHeading {
			heads++
			if y := r.lines[i].when.year; y != 0 {
				years[y] = true
			}
			if y := r.lines[i].title.year; y != 0 {
				years[y] = true
			}
		}
	}
	if is.Year == 0 && len(years) == 1 && r.title.yearTo == 0 {
		for y := range years {
			is.Year = y
		}
		is.Month = r.onlyMonth()
		is.Label = (&periodTitle{year: is.Year, month: is.Month, label: r.title.label}).period()
	}
	is.OwnYears = r.headless == 0 && (len(years) > 0 || r.dated > 0) && len(is.Articles) > 0
	if is.Publication == "" {
		is.Publication = "大事记"
		is.warn(is.Line, WarnNoPublication, "没有大事记的题名，刊名暂作“大事记”")
	}
	if len(is.Articles) > 0 {
		return
	}
	if heads > 0 {
		is.warn(is.Line, WarnOnlyHeaders, "只有年、月、日的标题，没有条目")
	} else {
		is.warn(is.Line, WarnOnlyMasthead, "只有题名，没有条目")
	}
}

// onlyMonth returns the month of a chronicle that has one month line with its year and no other, else 0.
func (r *chronicle) onlyMonth() int {
	month := 0
	for i := range r.lines {
		l := &r.lines[i]
		if r.fates[i] != fateHeading || l.when.grain != grainMonth || l.when.ref {
			continue
		}
		if month != 0 || l.when.year == 0 {
			return 0
		}
		month = l.when.month
	}
	return month
}

// readMasthead reads title, office and day of issue.
func (r *chronicle) readMasthead() {
	is := &r.issue
	if r.top >= len(r.lines) || r.lines[r.top].kind != lineTitle {
		if len(r.lines) > 0 {
			is.Line = r.lines[0].number
		}
		r.top = 0
		for i := range r.lines {
			if r.fates[i] == fateNone {
				break
			}
			r.top = i + 1
		}
		return
	}
	l := &r.lines[r.top]
	r.title = l.title
	is.Line = l.number
	is.Publication = r.title.title
	if r.title.yearTo == r.title.year {
		is.Year = r.title.year
	}
	is.Month, is.MonthTo = r.title.month, r.title.monthTo
	is.Number, is.NumberTo = r.title.number.number, r.title.number.numberTo
	is.Label = r.title.period()
	r.fates[r.top] = fateMasthead
	r.readBook(r.top)
	for i := range r.top {
		if r.fates[i] == fateNone {
			r.above(i)
		}
	}
	r.top++
	for n := 0; r.top < len(r.lines) && n < 12; r.top, n = r.top+1, n+1 {
		if !r.below(r.top) {
			break
		}
	}
	is.Office = strings.TrimPrefix(is.Office, "、")
	if is.Publisher == "" {
		is.Publisher = is.Office
	}
}

// readBook takes the name of a division or of a book from a line above the title, which alone does not say whose it is.
func (r *chronicle) readBook(title int) {
	is := &r.issue
	if !r.title.plain {
		return
	}
	for i := title - 1; i >= max(0, title-60); i-- {
		l := &r.lines[i]
		if l.long || l.runes > 25 || l.kind != lineText {
			continue
		}
		packed := pack(l.text)
		if i == title-1 && l.runes <= 12 && strings.ContainsRune("省市区县旗州盟", lastRune(packed)) && mayTitle(&l.line) {
			is.Publication = packed + is.Publication // 云河区 / 大事记
			r.fates[i] = fateMasthead
			return
		}
		if r.takeBook(packed) {
			r.fates[i] = fateMasthead
			return
		}
	}
}

// takeBook takes title and year from the name of a yearbook or a gazetteer, if packed is one. A yearbook of 2021 tells
// of 2020.
func (r *chronicle) takeBook(packed string) bool {
	is := &r.issue
	base, gloss := cutGloss(packed)
	yearbook := strings.HasSuffix(base, "年鉴")
	if !yearbook && !strings.HasSuffix(base, "县志") && !strings.HasSuffix(base, "区志") && !strings.HasSuffix(base, "市志") {
		return false
	}
	if !mayTitle(&line{text: base}) {
		return false
	}
	is.Publication = base
	if year, n := fourDigits(gloss); n > 0 && yearbook && r.title.year == 0 && (gloss[n:] == "" || gloss[n:] == "年") && year > 1000 {
		is.Year, is.ContentYear = year, year-1
		is.Label = fmt.Sprintf("%d年", year)
	}
	return true
}

// above reads a line above the title: the day of a web page, or nothing that belongs here.
func (r *chronicle) above(i int) {
	if l := &r.lines[i]; l.kind == lineTitle && l.title.same(&r.lines[r.top].title) {
		r.furniture(i)
		return
	}
	if !r.webLine(i) {
		r.skip(i)
	}
}

// below reads a line below the title, if it belongs to it.
func (r *chronicle) below(i int) bool {
	l := &r.lines[i]
	is := &r.issue
	if r.webLine(i) {
		return true
	}
	if l.kind == lineTitle && l.title.same(&r.title) {
		r.furniture(i)
		return true
	}
	if l.long || l.kind != lineText && l.kind != lineHead || l.isProse() {
		return false
	}
	packed := dateLabel.ReplaceAllString(pack(l.text), "")
	if n, ok := readIssueNumber(packed); ok && n.number != 0 {
		is.Number, is.NumberTo = n.number, n.numberTo
		r.title.label += packed
		is.Label = r.title.period()
		r.fates[i] = fateMasthead
		return true
	}
	if inner := strings.Trim(packed, "（）()【】[]—-"); l.kind == lineText && r.title.year == 0 && startsPeriod(inner) {
		r.title.readPeriod(inner)
		is.Label = r.title.period()
		if r.title.year == r.title.yearTo {
			is.Year = r.title.year
			r.year = heading{words: l.text, year: is.Year, line: l.number}
		}
		r.fates[i] = fateMasthead
		return true
	}
	if day, rest := readDay(packed); day != 0 && dateSuffix.MatchString(rest) && l.kind == lineHead && !r.dayEntry(i) {
		is.Published = cmp.Or(is.Published, day)
		r.fates[i] = fateMasthead
		return true
	}
	if l.kind == lineHead {
		if l.when.year == 0 || l.when.grain != grainYear && l.when.grain != grainMonth || r.title.year != 0 || r.year.words != "" || r.month.words != "" {
			return false
		}
		r.head(i) // 云河区大事记 / 2021年7月
		return true
	}
	if readLabels(l.text) != nil {
		is.readImprint([]line{l.line})
		r.fates[i] = fateMasthead
		return true
	}
	office := officePrefix.ReplaceAllString(officeSuffix.ReplaceAllString(strings.Trim(packed, "（）()"), ""), "")
	if officeWord.MatchString(office) && utf8.RuneCountInString(office) <= 40 {
		is.Office += "、" + office
		r.fates[i] = fateMasthead
		return true
	}
	return false
}

// dayEntry tells whether a full date below the title is the day of the first entry: text follows it.
func (r *chronicle) dayEntry(i int) bool {
	return i+1 < len(r.lines) && r.lines[i+1].kind == lineText && !r.lines[i+1].mayHead()
}

// readEnd reads the imprint at the end, and returns where it begins.
func (r *chronicle) readEnd() int {
	const most = 24
	from := max(r.top, len(r.lines)-most)
	tail := make([]line, 0, most)
	at := make([]int, 0, most)
	for i := from; i < len(r.lines); i++ {
		if r.fates[i] == fateNone {
			tail = append(tail, r.lines[i].line)
			at = append(at, i)
		}
	}
	start := imprintStart(tail, 0, func(k int) bool {
		kind := r.lines[at[k]].kind
		return kind == lineEntry || kind == lineHead || kind == lineMarker
	})
	if start == len(tail) {
		return len(r.lines)
	}
	r.issue.readImprint(tail[start:])
	for _, i := range at[start:] {
		r.fates[i] = fateImprint
	}
	return at[start]
}
