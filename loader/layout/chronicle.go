package layout

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

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
	WarnOnlyHeaders   = "only-headers"         // years, months or days and nothing below them
	WarnMonthOrder    = "month-order"          // a month below a later one of the same year: a new year, or a slip
	WarnNoPublication = "no-publication-title" // no title of a chronicle above the first entry
)

// readChronicle reads the issues of a text.
func readChronicle(t source.Text) []Issue {
	all, columns := splitColumns(t.Lines)
	lines := newChronicleLines(all)
	var issues []Issue
	other := 0
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
		r.keepText(&t, lines[from:end], columns)
		issues = append(issues, r.issue)
		if len(r.issue.Articles) == 0 && r.skipped > 0 {
			other++
		}
	}
	if other > 0 && other == len(issues) {
		return nil // text, and no entry in it
	}
	return withoutCopies(issues)
}

func newChronicleLines(all []source.Line) []chronicleLine {
	lines := newLines(all)
	out := make([]chronicleLine, 0, len(lines))
	for i := range lines {
		l := lines[i]
		l.key = "" // as long as the text, and no heading is compared here
		for {
			at := innerMarker(l.text)
			if at == 0 {
				break
			}
			first := l
			first.text = strings.TrimRight(l.text[:at], " ")
			first.runes = utf8.RuneCountInString(first.text)
			out = append(out, newChronicleLine(first))
			l.text = l.text[at:]
			l.runes -= first.runes
			l.gap, l.indented = true, true
		}
		out = append(out, newChronicleLine(l))
	}
	return out
}

// innerMarker returns where a marker stands behind a full stop, as entries do that a text runs together; 0 for nowhere.
func innerMarker(s string) int {
	for from := 0; ; {
		i := strings.Index(s[from:], "。")
		if i < 0 {
			return 0
		}
		from += i + len("。")
		rest := strings.TrimLeft(s[from:], " ")
		if r, size := utf8.DecodeRuneInString(rest); strings.HasPrefix(rest, "\xe2") && r != '○' && strings.ContainsRune(markers, r) && len(rest) > size {
			return len(s) - len(rest)
		}
	}
}

// keepText keeps the lines of the file that an issue takes. Those of columns stand there in another order.
func (r *chronicle) keepText(t *source.Text, lines []chronicleLine, columns bool) {
	from, to := lines[0].at, lines[len(lines)-1].at
	if columns {
		first, last := lines[0].number, lines[0].number
		for i := range lines {
			first, last = min(first, lines[i].number), max(last, lines[i].number)
		}
		byNumber := func(l source.Line, n int) int { return cmp.Compare(l.Number, n) }
		from, _ = slices.BinarySearchFunc(t.Lines, first, byNumber)
		to, _ = slices.BinarySearchFunc(t.Lines, last+1, byNumber)
		to--
	}
	r.issue.keepLines(t, from, to)
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
		is.warn(r.skippedAt, WarnSkippedText, "%d行文字（%d字）不属于任何条目，未读入，首行为：%s", r.skipped, r.skippedHan, excerpt(r.skippedBy))
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
