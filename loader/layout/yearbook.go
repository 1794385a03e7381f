package layout

import (
	"cmp"
	"slices"
	"strings"

	"fangzhi/graph"
	"fangzhi/loader/source"
)

// The yearbook (年鉴): classes (类目) of columns (分目) of articles (条目) with a title in brackets each.
//
//	yearbook := title, front matter, contents, { class { column { article | roster } } }
//	article  := '【' title '】' paragraph+ ['（' contributor '）']
//	roster   := heading that ends in 名录 NL { post names NL }
//
// What has no brackets over it (特载, 专文, 统计资料) is no article. The chronicle of the year that stands in it (大事记) is read as
// chronicles are. Rules: genre.md §1.4.

// yearbook is one run over a text.
type yearbook struct {
	issue    Issue
	raw      []source.Line
	lines    []line
	title    yearbookTitle
	skipped  skipped
	tables   int // rows
	table    int // the line of the first
	sections map[string]bool

	section string
	article *Article
	text    paragraphs
	roster  []string // raw lines
	between bool     // below a heading of a class without articles
}

// readYearbook reads the volumes of a text as one issue.
func readYearbook(t source.Text) []Issue {
	lines := newLines(t.Lines)
	if len(lines) == 0 {
		return nil
	}
	unmark(lines)
	r := yearbook{raw: t.Lines, lines: lines, title: readYearbookTitle(lines), sections: map[string]bool{}}
	r.read()
	if len(r.issue.Articles) == 0 {
		return nil
	}
	is := &r.issue
	is.keepLines(&t, lines[0].at, lines[len(lines)-1].at)
	slices.SortStableFunc(is.Articles, func(a, b Article) int { return cmp.Compare(a.Line, b.Line) })
	return []Issue{*is}
}

func (r *yearbook) read() {
	is, t := &r.issue, &r.title
	is.Publication, is.Label, is.Number, is.Publisher = cmp.Or(t.publication, "年鉴"), t.label, t.number, t.publisher
	is.Line = cmp.Or(t.line, r.lines[0].number)
	first := slices.IndexFunc(r.lines, func(l line) bool { _, _, ok := bracketed(l.text); return ok })
	r.years(r.lines[:max(first, 0)])
	r.dropFurniture()
	wrap := wrapWidth(r.lines)
	r.text = paragraphs{wrap: wrap}
	for i := 0; i < len(r.lines); {
		i += r.step(i)
	}
	r.close()
	r.skipped.warn(is, "条目")
	if r.tables > 0 {
		is.warn(r.table, WarnSkippedText, "表格未读入，共%d行", r.tables)
	}
}

// years sets the year of the volume and the one that it is about: what the guide says, else the year before. Of a volume of
// several years the articles have to say theirs.
func (r *yearbook) years(front []line) {
	is, t := &r.issue, &r.title
	from, to := contentYears(front)
	switch {
	case from != 0 && from == to:
		is.ContentYear = from
	case from != 0 || t.yearTo != 0:
		is.OwnYears = true
	case t.year != 0:
		is.ContentYear = t.year - 1
	}
	if t.yearTo == 0 {
		is.Year = t.year
	}
	if is.Year == 0 && is.ContentYear != 0 && t.yearTo == 0 {
		is.Year = is.ContentYear + 1
	}
	if is.Year == 0 {
		is.OwnYears = true
	}
}

// dropFurniture takes page furniture out of the lines.
func (r *yearbook) dropFurniture() {
	m := masthead{title: cmp.Or(pack(r.title.publication), "年鉴")}
	drop := furniture(r.lines, 0, &m, func(i int) bool {
		l := &r.lines[i]
		_, _, ok := bracketed(l.text)
		return ok || slices.Contains(r.title.at, i) || l.isLeader()
	})
	kept := make([]line, 0, len(r.lines))
	for i := range r.lines {
		l := r.lines[i]
		if slices.Contains(r.title.at, i) {
			continue
		}
		if drop[i] && !l.isTableRow() {
			r.issue.Furniture = append(r.issue.Furniture, source.Line{Number: l.number, Text: l.text})
			if i+1 < len(r.lines) {
				r.lines[i+1].gap, r.lines[i+1].pageBreak = true, true
			}
			continue
		}
		kept = append(kept, l)
	}
	r.lines = kept
}

// step reads what begins at line i and returns how many lines it takes.
func (r *yearbook) step(i int) int {
	l := &r.lines[i]
	if title, rest, ok := bracketed(l.text); ok && !l.isLeader() {
		if r.between {
			r.skip(l) // a note in an appendix
		} else {
			r.begin(l, title, rest)
		}
		return 1
	}
	if n := r.headings(i); n > 0 {
		return n
	}
	name := sectionName(l.text)
	switch {
	case isRosterHead(l) && !l.isLeader() && i+1 < len(r.lines) && (isRosterLine(&r.lines[i+1]) || r.lines[i+1].indented):
		r.close()
		r.between = false
		r.article = &Article{Kind: graph.EventKindRoster, Title: pack(l.text), Section: r.section, Line: l.number}
		r.roster = []string{}
	case l.runes <= 12 && !l.long && yearPartNames[name] && !r.inSentence(l):
		return r.chronicle(i)
	case l.runes <= 12 && !l.long && otherParts[name] && !r.inSentence(l):
		r.close()
		r.between = true
		r.skip(l)
		r.skipped.volume(name)
	case r.roster != nil && r.article != nil && (isRosterLine(l) || !l.gap && !l.isProse() || l.indented && !l.isProse()):
		r.roster = append(r.roster, strings.TrimRight(r.printed(l), " "))
		r.article.BodyLines = append(r.article.BodyLines, l.number)
	case r.article == nil || r.between || r.roster != nil:
		if r.roster != nil {
			r.close()
		}
		r.skip(l)
	case l.isTableRow():
		if r.tables == 0 {
			r.table = l.number
		}
		r.tables++
	default:
		if raw := r.printed(l); r.text.open() && strings.HasPrefix(raw, " ") && !l.indented {
			spaced := *l
			spaced.text = " " + l.text // a space between two names that the line was broken at
			l = &spaced
		}
		r.text.add(l)
	}
	return 1
}

// printed returns a line with its spaces, as the file has it.
func (r *yearbook) printed(l *line) string {
	i, ok := slices.BinarySearchFunc(r.raw, l.number, func(x source.Line, n int) int { return cmp.Compare(x.Number, n) })
	if !ok {
		return l.text
	}
	return r.raw[i].Text
}

func (r *yearbook) skip(l *line) { r.skipped.add(l) }

// inSentence tells whether a line stands where the article at hand goes on.
func (r *yearbook) inSentence(l *line) bool {
	return r.article != nil && r.roster == nil && r.text.open() && (!l.gap || l.pageBreak)
}

// maxHeadings is how many headings may stand one under another over an article.
const maxHeadings = 4

// headings reads the headings of a class and its columns that begin at line i: short lines over an article or a roster.
func (r *yearbook) headings(i int) int {
	if r.inSentence(&r.lines[i]) {
		return 0
	}
	n := 0
	for i+n < len(r.lines) && n < maxHeadings && r.mayBeHeading(&r.lines[i+n]) {
		n++
	}
	if n == 0 || i+n >= len(r.lines) {
		return 0
	}
	below := &r.lines[i+n]
	if _, _, ok := bracketed(below.text); (!ok || below.isLeader()) && !isRosterHead(below) {
		return 0
	}
	r.close()
	r.between = false
	for _, l := range r.lines[i : i+n] {
		r.enter(sectionName(l.text))
	}
	return n
}

func (r *yearbook) mayBeHeading(l *line) bool {
	name := sectionName(l.text)
	if _, _, ok := bracketed(l.text); ok {
		return false
	}
	return !l.long && l.runes <= 30 && l.mayHead() && !l.isLeader() && !strings.ContainsAny(l.text, "，。；：、（(") && !isRosterHead(l) && !isRosterLine(l) &&
		!otherParts[name] && !yearPartNames[name] && (r.roster == nil || !l.indented) && readTimeHead(l.text, anywhere).level == noTime
}

func (r *yearbook) enter(name string) {
	r.section = name
	if !r.sections[name] {
		r.sections[name] = true
		r.issue.Sections = append(r.issue.Sections, name)
	}
}

// begin starts an article.
func (r *yearbook) begin(l *line, title, rest string) {
	r.close()
	r.between = false
	r.article = &Article{Kind: kindOf(title), Title: title, Section: r.section, Line: l.number}
	if isRosterName(title) && !strings.ContainsRune(rest, '。') {
		r.article.Kind = graph.EventKindRoster
		r.roster = []string{}
		if rest != "" {
			r.roster = append(r.roster, rest)
			r.article.BodyLines = []int{l.number}
		}
		return
	}
	if rest != "" {
		body := *l
		body.text = rest
		r.text.add(&body)
	}
}

// close ends the article at hand.
func (r *yearbook) close() {
	a := r.article
	if a == nil {
		return
	}
	if r.roster != nil {
		if n := len(r.roster); n > 0 {
			if name, ok := contributorOfRoster(r.roster[n-1]); ok {
				a.Contributor = name
				r.roster, a.BodyLines = r.roster[:n-1], a.BodyLines[:n-1]
			}
		}
		a.Body = strings.Join(r.roster, "\n")
	} else {
		texts := strings.Split(r.text.text(), "\n")
		lines := r.text.lines
		if n := len(texts) - 1; texts[n] != "" {
			texts[n], a.Contributor = takeContributor(texts[n])
			if texts[n] == "" && n > 0 {
				texts, lines = texts[:n], lines[:n]
			}
		}
		a.Body, a.BodyLines = strings.Join(texts, "\n"), lines
	}
	if a.Body == "" {
		r.issue.warn(a.Line, WarnEmptyArticle, "标题下没有内容：%s", strings.TrimSpace(a.Title+" "+a.Contributor))
	} else {
		r.issue.Articles = append(r.issue.Articles, *a)
	}
	r.article, r.roster, r.text = nil, nil, paragraphs{wrap: r.text.wrap}
}

// contributorOfRoster reads the last line of a roster where it names who sent it in.
func contributorOfRoster(s string) (string, bool) {
	body, name := takeContributor(s)
	return name, name != "" && strings.TrimSpace(body) == ""
}

// chronicle reads the 大事记 whose heading is line i, and returns how many lines it takes: those down to the headings over the
// next article.
func (r *yearbook) chronicle(i int) int {
	r.close()
	end := i + 1
	for end < len(r.lines) {
		l := &r.lines[end]
		if title, _, ok := bracketed(l.text); ok && readTimeHead(title, anywhere).level == noTime || otherParts[sectionName(l.text)] && l.runes <= 12 || isRosterHead(l) {
			break
		}
		end++
	}
	if end < len(r.lines) {
		for n := 0; n < maxHeadings && end > i+1 && r.mayBeHeading(&r.lines[end-1]); n++ {
			end--
		}
	}
	name := sectionName(r.lines[i].text)
	r.between = true
	if end > i+1 {
		part := source.Text{}
		for k := i; k < end; k++ {
			part.Lines = append(part.Lines, source.Line{Number: r.lines[k].number, Text: r.printed(&r.lines[k])})
		}
		if issues := readChronicle(part); len(issues) > 0 {
			r.enter(name)
			for _, is := range issues {
				for k := i + 1; k < end; k++ { // what was taken for its title page is none
					if t := pack(r.lines[k].text); t != "" && (t == is.Publication || t == is.Office || t == is.Publisher || t == is.Label) {
						r.skip(&r.lines[k])
					}
				}
				for _, a := range is.Articles {
					a.Section = cmp.Or(a.Section, name)
					r.issue.Articles = append(r.issue.Articles, a)
				}
				r.issue.Furniture = append(r.issue.Furniture, is.Furniture...)
				r.issue.Warnings = append(r.issue.Warnings, is.Warnings...)
			}
			return end - i
		}
	}
	for k := i; k < end; k++ {
		r.skip(&r.lines[k])
	}
	r.skipped.volume(name)
	return end - i
}
