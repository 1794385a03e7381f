package layout

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"fangzhi/fold"
	"fangzhi/lexicon"
	"fangzhi/loader/source"
)

// The monthly report (大事月报): a masthead, contents, columns of articles with a title each, an imprint.
//
//	masthead := title NL year month NL (总第N期) NL office NL day of issue
//	contents := { column { title leader page } }
//	body     := { column { title paragraph+ } } imprint
//
// The contents say what is a title: the same words stand over the articles. Rules: genre.md §1.1 and §1.2.

// fitMonthly asks for a masthead; contents make it sure.
func fitMonthly(lines []line) (score float64, why string) {
	const top = 3000 // lines among which the first masthead and its contents stand
	lines = lines[:min(len(lines), top)]
	ms := mastheads(lines, 1)
	if len(ms) == 0 {
		return 0, ""
	}
	first, body := findContents(lines, ms[0].end)
	if first < body {
		return 0.9, "有刊头和目录"
	}
	return 0.5, "有刊头"
}

// readMonthly reads the issues of a text.
func readMonthly(t source.Text) []Issue {
	lines := newLines(t.Lines)
	ms := mastheads(lines, 0)
	var issues []Issue
	other := 0
	for k := range ms {
		end := len(lines)
		if k+1 < len(ms) {
			end = ms[k+1].start
		}
		r := monthly{lines: lines[ms[k].start:end], masthead: ms[k]}
		r.masthead.end -= ms[k].start
		r.masthead.start = 0
		if k == 0 {
			r.above(lines[:ms[0].start])
		}
		r.read()
		if r.issue.isOther(r.unread) {
			other++
		}
		own := r.lines
		if k == 0 {
			own = lines[:end] // the imprint may stand above the masthead
		}
		r.issue.keepLines(&t, own[0].at, own[len(own)-1].at)
		issues = append(issues, r.issue)
	}
	if other > 0 && other == len(issues) {
		return nil
	}
	return withoutCopies(issues)
}

// withoutCopies takes out issues that stand in the file twice, word by word, and says so at the first.
func withoutCopies(issues []Issue) []Issue {
	if len(issues) < 2 {
		return issues
	}
	at := map[string]int{}
	out := issues[:0]
	for i := range issues {
		key := fold.String(issues[i].Text)
		if k, ok := at[key]; ok {
			out[k].warn(issues[i].Line, WarnTwice, "同一期在文件中重复出现，只读一次：%s%s", issues[i].Publication, issues[i].Label)
			continue
		}
		at[key] = len(out)
		out = append(out, issues[i])
	}
	return out
}

// isOther tells that the issue is set in another way than monthly reports are: it has text, and no title over any.
func (is *Issue) isOther(unread bool) bool {
	if len(is.Articles) == 0 {
		return unread
	}
	return !slices.ContainsFunc(is.Articles, func(a Article) bool { return a.Title != "" })
}

// monthly is one run over the lines of one issue.
type monthly struct {
	issue    Issue
	lines    []line
	masthead masthead
	items    []item          // the contents
	known    map[string]bool // folded names of columns in the contents
	listed   map[string]bool // keys of all items of the contents
	printed  map[string]bool // those that stand in the body
	title    map[int]placing // placed titles by their first line
	wrap     int             // see wrapWidth
	indents  bool            // paragraphs begin with an indent
	body     int             // the first line below the contents
	end      int             // the first line of the imprint

	section  string
	article  *Article
	text     paragraphs
	inTOC    bool
	unplaced int // the first of lines that belong to no article, 0 for none
	unread   bool
	// sectionLines are the folded short lines of the body, see printedAnywhere.
	sectionLines map[string]bool
}

// above reads what stands above the first masthead.
func (r *monthly) above(lines []line) {
	r.issue.readImprint(lines)
	for _, l := range lines {
		if l.isProse() && readLabels(l.text) == nil {
			r.issue.warn(l.number, WarnBeforeMasthead, "刊头之前的文字未读入：%s", excerpt(l.text))
			return
		}
	}
}

func (r *monthly) read() {
	is, m := &r.issue, &r.masthead
	m.readBelow(r.lines, len(r.lines))
	is.Line = r.lines[0].number
	is.Publication = m.title
	is.Label = m.labelText()
	is.Year, is.Month, is.MonthTo = m.number.year, m.number.month, m.number.monthTo
	is.Number, is.NumberTo = m.number.number, m.number.numberTo
	is.Published = m.published
	is.Office = strings.Join(m.offices, "、")
	is.readImprint(r.lines[:m.end])

	r.readContents()
	r.place()
	r.readBody()
	is.readImprint(r.lines[r.end:])
	if is.Publisher == "" {
		is.Publisher = is.Office
	}
	r.reportLeftOver()
}

// readContents finds the contents and what they list.
func (r *monthly) readContents() {
	first, body := findContents(r.lines, r.masthead.end)
	r.body = body
	r.wrap = wrapWidth(r.lines[body:])
	r.indents = indents(r.lines[body:])
	if first < body {
		heads := newHeads(r.lines, body, r.wrap)
		r.items = readContents(fragments(r.lines[first:body], heads), heads)
	}
	r.known = map[string]bool{}
	for _, it := range r.items {
		if it.isSection {
			r.known[it.key] = true
		} else {
			r.inTOC = true
		}
	}
}

// place finds the titles of the contents in the body, then what is furniture and where the imprint begins.
func (r *monthly) place() {
	r.title = map[int]placing{}
	r.listed = map[string]bool{}
	for _, it := range r.items {
		r.listed[it.key] = true
	}
	r.splitGlued()
	// What is furniture decides which lines are neighbours, and titles are never furniture: so it is marked, taken
	// out, and nothing that the contents list is marked.
	isSection := func(l *line) bool {
		return l.runes <= 24 && (r.known[sectionKey(l.text)] || lexicon.IsSection(sectionName(l.text)))
	}
	drop := furniture(r.lines, r.body, &r.masthead, func(i int) bool {
		return r.listed[r.lines[i].key] || isSection(&r.lines[i])
	})
	kept := slices.Clone(r.lines[:r.body])
	for i := r.body; i < len(r.lines); i++ {
		if drop[i] {
			r.discard(&r.lines[i])
			if i+1 < len(r.lines) {
				r.lines[i+1].gap, r.lines[i+1].pageBreak = true, true
			}
			continue
		}
		kept = append(kept, r.lines[i])
	}
	r.lines = kept
	heads := newHeads(r.lines, r.body, r.wrap)
	for _, p := range align(r.items, r.lines, heads, isSection) {
		if !r.items[p.item].isSection {
			r.title[p.at] = p
		}
	}
	r.end = imprintStart(r.lines, r.body, func(i int) bool { _, ok := r.title[i]; return ok })
}

// splitGlued parts titles from the text of their articles where both stand on one line, a space or a date between them,
// and the title stands nowhere else.
func (r *monthly) splitGlued() {
	alone := map[string]bool{}
	for i := r.body; i < len(r.lines); i++ {
		if l := &r.lines[i]; !l.long {
			alone[l.key] = true
		}
	}
	missing := map[string][]string{} // by their first four runes
	for _, it := range r.items {
		if first, _, ok := ends(it.key); ok && !it.isSection && !alone[it.key] {
			missing[first] = append(missing[first], it.key)
		}
	}
	if len(missing) == 0 {
		return
	}
	var lines []line
	for i := range r.lines {
		l := r.lines[i]
		if n := gluedTitle(&l, missing); i >= r.body && n > 0 {
			title := newLines([]source.Line{{Number: l.number, Text: l.text[:n]}})
			rest := newLines([]source.Line{{Number: l.number, Text: l.text[n:]}})
			title[0].gap, rest[0].gap = l.gap, true
			title[0].at, rest[0].at = l.at, l.at
			lines = append(append(lines, title...), rest...)
			continue
		}
		lines = append(lines, l)
	}
	r.lines = lines
}

// gluedTitle returns the length in bytes of the title that a line of running text begins with, 0 for none.
func gluedTitle(l *line, titles map[string][]string) int {
	if !l.isProse() {
		return 0
	}
	head := firstBytes(l.text, maxHeadingBytes)
	folded, index := fold.Map(head)
	first, _, ok := ends(folded)
	if !ok {
		return 0
	}
	for _, title := range titles[first] {
		if !strings.HasPrefix(folded, title) {
			continue
		}
		n := utf8.RuneCountInString(title)
		if n >= len(index) {
			continue
		}
		end := 0 // of the title in head
		for k := range head {
			if end == index[n-1]+1 {
				if rest := head[k:]; rest[0] == ' ' || startsWithDate(rest) {
					return k
				}
				break
			}
			end++
		}
	}
	return 0
}

// discard notes a line as page furniture.
func (r *monthly) discard(l *line) {
	r.issue.Furniture = append(r.issue.Furniture, source.Line{Number: l.number, Text: l.text})
}

// readBody reads the articles.
func (r *monthly) readBody() {
	r.printed = map[string]bool{}
	for i := r.body; i < r.end; {
		if p, ok := r.title[i]; ok {
			r.begin(i, p.n, &r.items[p.item])
			i += p.n
			continue
		}
		l := &r.lines[i]
		if !l.long && r.isTitle(i+1) && l.key == r.lines[i+1].key {
			r.discard(l) // the title twice
			i++
			continue
		}
		if name, ok := r.sectionAt(i); ok {
			if name == "" {
				r.discard(l)
				if i+1 < r.end {
					r.lines[i+1].pageBreak = true
				}
			} else {
				r.close()
				r.section = name
				r.printed[sectionKey(name)] = true
			}
			i++
			continue
		}
		if n := r.titleAt(i); n > 0 {
			r.begin(i, n, nil)
			if r.inTOC {
				r.issue.warn(l.number, WarnNotInContents, "目录中没有这个标题：%s", r.article.Title)
			}
			i += n
			continue
		}
		r.paragraph(l)
		i++
	}
	if r.article != nil && r.end == len(r.lines) && r.text.open() {
		r.issue.warn(r.lines[len(r.lines)-1].number, WarnCutOff, "文本在句子中间结束，后面的内容可能缺失")
	}
	r.close()
}

// editorial is what an editor writes to the reader of an issue, no article.
var editorial = regexp.MustCompile(`^(?:编者按|编者的话|编后|导读|本期导读|按语|【编者按】|卷首语)`)

// paragraph adds a line of running text to the article at hand. Where there is none it begins one without a title, if
// it looks like one.
func (r *monthly) paragraph(l *line) {
	if r.article == nil {
		head := firstBytes(l.text, 80)
		if editorial.MatchString(head) || !startsWithDate(head) && (r.section == "" || l.runes < 30 && !l.long) {
			r.unread = true
			if r.unplaced == 0 {
				r.unplaced = l.number
				r.issue.warn(l.number, WarnUnplaced, "这段文字不属于任何条目，未读入：%s", excerpt(l.text))
			}
			return
		}
		r.article = &Article{Section: r.section, Line: l.number}
		r.issue.warn(l.number, WarnNoTitle, "条目没有标题：%s", excerpt(l.text))
	}
	if r.article.Title != "" && len(r.text.texts) == 0 && l.key == fold.String(r.article.Title) {
		return // the title once more
	}
	r.text.add(l)
}

// begin starts an article at line i, whose title takes n lines; it is nil where the contents do not list it.
func (r *monthly) begin(i, n int, it *item) {
	r.close()
	r.unplaced = 0
	a := &Article{Section: r.section, Line: r.lines[i].number, Title: r.titleText(i, n, it)}
	if it != nil {
		a.Page = it.page
		if !sameButForSpaces(a.Title, it.text) {
			a.TOCTitle = it.text
		}
		if it.section != "" && (a.Section == "" || it.section != a.Section && !r.printedAnywhere(it.section)) {
			a.Section = it.section
		}
	}
	r.article = a
}

// printedAnywhere tells whether a column of the contents stands anywhere in the body, so that the body's order holds.
func (r *monthly) printedAnywhere(section string) bool {
	if r.sectionLines == nil {
		r.sectionLines = map[string]bool{}
		for i := r.body; i < r.end; i++ {
			if l := &r.lines[i]; l.runes <= 24 {
				r.sectionLines[sectionKey(l.text)] = true
			}
		}
	}
	return r.sectionLines[sectionKey(section)]
}

// titleText joins the lines of a title. Where the contents have a space between what the lines end and begin with, it
// parts two clauses and stays; a line break alone is none.
func (r *monthly) titleText(i, n int, it *item) string {
	title := unspaced(r.lines[i].text)
	for _, l := range r.lines[i+1 : i+n] {
		if it != nil && utf8.RuneCountInString(title) >= 5 && strings.Contains(it.text, lastRunes(title, 4)+" "+firstRunes(l.text, 3)) {
			title += " "
		}
		title += unspaced(l.text)
	}
	return title
}

func lastRunes(s string, n int) string {
	rs := []rune(s)
	return string(rs[max(len(rs)-n, 0):])
}

func firstRunes(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

// close ends the article at hand.
func (r *monthly) close() {
	if a := r.article; a != nil {
		a.Body, a.BodyLines = r.text.text(), r.text.lines
		if a.Body == "" {
			r.issue.warn(a.Line, WarnEmptyArticle, "标题下没有正文：%s", a.Title)
		} else {
			r.issue.Articles = append(r.issue.Articles, *a)
			if s := a.Section; s != "" && !slices.Contains(r.issue.Sections, s) {
				r.issue.Sections = append(r.issue.Sections, s)
			}
		}
	}
	r.article = nil
	r.text = paragraphs{wrap: r.wrap}
}

// sectionAt tells whether line i names a column. The name is "" where the line is only a running head of it: it
// interrupts a sentence that goes on below.
func (r *monthly) sectionAt(i int) (name string, ok bool) {
	l := &r.lines[i]
	if !l.mayHead() || l.runes > 24 || isPiece(l.text) {
		return "", false
	}
	key := sectionKey(l.text)
	name = sectionName(l.text)
	listed := r.known[key] || r.printed[key]
	if !listed && !lexicon.IsSection(name) && !r.looksLikeSection(i) {
		return "", false
	}
	titleBelow := i+1 < r.end && (r.isTitle(i+1) || r.titleAt(i+1) > 0)
	if !titleBelow {
		open := r.article != nil && r.text.open()
		dated := i+1 < r.end && startsWithDate(r.lines[i+1].text) && r.lines[i+1].isProse()
		switch {
		case r.article == nil && listed: // below it an article without a title, or nothing
		case !open && dated && name != r.section && (listed || l.runes >= 4 && lexicon.IsSection(name)):
		default:
			return "", listed
		}
	}
	if !r.known[key] && len(r.known) > 0 {
		r.issue.warn(l.number, WarnSectionNotInContent, "目录中没有这个栏目：%s", name)
	}
	return name, true
}

func (r *monthly) isTitle(i int) bool {
	_, ok := r.title[i]
	return ok
}

// reportLeftOver warns of what the contents list and the body has not, or of a body that is not there.
func (r *monthly) reportLeftOver() {
	is := &r.issue
	if len(is.Articles) == 0 {
		if r.inTOC {
			is.warn(is.Line, WarnOnlyContents, "只有刊头和目录，没有条目")
			for _, it := range r.items {
				if it.isSection && !slices.Contains(is.Sections, it.text) {
					is.Sections = append(is.Sections, it.text)
				}
			}
			return
		}
		is.warn(is.Line, WarnOnlyMasthead, "只有刊头，没有条目")
		return
	}
	if !r.inTOC {
		is.warn(is.Line, WarnNoContents, "没有目录，标题按格式识别，请核对")
		return
	}
	found := map[int]bool{}
	for _, p := range r.title {
		found[p.item] = true
	}
	for i, it := range r.items {
		if it.isSection {
			continue
		}
		if found[i] {
			is.Missing = 0
			continue
		}
		is.Missing++
		is.warn(it.line, WarnNoArticle, "目录中的标题在正文里没有找到：%s", it.text)
	}
	if r.end < len(r.lines) {
		is.Missing = 0 // the imprint closes the issue
	}
}

// excerpt returns the beginning of a text.
func excerpt(s string) string {
	const most = 20
	rs := []rune(firstBytes(s, 4*most+8))
	if len(rs) <= most {
		return s
	}
	return string(rs[:most]) + "…"
}

func firstBytes(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}
