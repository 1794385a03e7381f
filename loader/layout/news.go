package layout

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"fangzhi/edtf"
	"fangzhi/fold"
	"fangzhi/loader/source"
)

// Single texts: a news item, a notice of appointments (任免), a communiqué of a session, as governments and papers put
// them on their pages. A file may hold several. Rules: genre.md §1.7.
//
//	document := { item }
//	item     := title { info | '（' day session '通过）' | number } paragraph+ [signature day] { byline | furniture }
//
// Each item is an issue of its own. Its publication is the site or the source that it names; a source puts many on its
// page in a month, even on a day, and no number tells them apart: Issue.ByText says that only the text does. Counts of
// visitors and the like are no part of that text, so that a page fetched twice is the same issue.

// maxParagraphs is more than a single text has.
const maxParagraphs = 300

// fitNews asks for a title with a day below it or a signature with one, and none of what other dialects are known by.
func fitNews(lines []line) (score float64, why string) {
	lines = withoutLabels(lines)
	items := findItems(lines)
	if len(items) == 0 || isOtherThanNews(lines, items) {
		return 0, ""
	}
	switch items[0].anchor {
	case anchorInfo:
		score, why = 0.7, "标题下有发布时间、来源"
	case anchorPassed:
		score, why = 0.65, "标题下有通过日期"
	case anchorNumber:
		score, why = 0.6, "标题下有文号"
	case anchorDay:
		score, why = 0.5, "标题下有日期"
	case anchorSigned:
		score, why = 0.4, "有标题和落款日期"
	case anchorOpening:
		score, why = 0.3, "标题下的正文以时间开头"
	}
	if len(items) > 1 {
		why += fmt.Sprintf("，共%d篇", len(items))
	}
	return score, why
}

// readNews reads the items of a text, an issue each.
func readNews(t source.Text) []Issue {
	lines := withoutLabels(newLines(t.Lines))
	var issues []Issue
	items := findItems(lines)
	for n, it := range items {
		from := it.title[0]
		if n == 0 {
			from = 0
		}
		r := newsReader{lines: lines, item: it}
		r.read(from)
		issues = append(issues, r.issue)
	}
	return issues
}

// newsReader is one run over an item.
type newsReader struct {
	lines   []line
	item    newsItem
	issue   Issue
	article Article
	info    info
	kept    []source.Line // those of its text
	heading []string
	passed  edtf.Day // the day in heading
	signed  string   // the line with the day of signature
	by      []string
	site    string
}

func (r *newsReader) drop(k int) {
	r.issue.Furniture = append(r.issue.Furniture, source.Line{Number: r.lines[k].number, Text: r.lines[k].text})
}

// cut notes a part of line k that is no text.
func (r *newsReader) cut(k int, part string) {
	r.issue.Furniture = append(r.issue.Furniture, source.Line{Number: r.lines[k].number, Text: part})
}

// keep keeps what of line k is text.
func (r *newsReader) keep(k int, text string) {
	r.kept = append(r.kept, source.Line{Number: r.lines[k].number, Text: text})
}

// keepText sets the text of the issue. Blank lines stand in it for what was dropped, so that its lines can be counted.
func (r *newsReader) keepText() {
	const most = 40 // further apart they are lines of a web page's source
	slices.SortStableFunc(r.kept, func(a, b source.Line) int { return cmp.Compare(a.Number, b.Number) })
	var all []source.Line
	for i, l := range r.kept {
		if i > 0 {
			if n := l.Number - r.kept[i-1].Number; n > 1 && n <= most {
				all = append(all, make([]source.Line, n-1)...)
			}
		}
		all = append(all, l)
	}
	r.issue.keepLines(&source.Text{Lines: all}, 0, len(all)-1)
}

// read reads the item; from is the first line that is its own.
func (r *newsReader) read(from int) {
	it := r.item
	first := it.title[0]
	r.issue.Line = r.lines[first].number
	r.article.Line = r.issue.Line
	r.above(from, first)
	for _, k := range it.title {
		r.cutLabel(k)
		text := unspaced(r.lines[k].text)
		switch {
		case fold.String(text) == fold.String(r.article.Title): // once more, as pages have it
			r.drop(k)
			continue
		case r.article.Title == "" || strings.HasPrefix(text, "—"):
			r.article.Title += text
		default:
			r.article.Title += " " + text
		}
		r.keep(k, text)
	}
	last := it.title[len(it.title)-1]
	for k := last + 1; k < it.body; k++ {
		r.head(k)
	}
	r.body()
	r.publish()
}

// above reads what stands above the title: the site, a column, furniture.
func (r *newsReader) above(from, to int) {
	skipped, count := 0, 0
	for k := from; k < to; k++ {
		l := &r.lines[k]
		in, isInfo := readInfo(l)
		switch {
		case isInfo:
			r.merge(k, &in)
		case isAround(l):
		case isSiteOrColumn(l) && siteName(l.text):
			r.site = cmp.Or(r.site, pack(l.text))
		case isSiteOrColumn(l):
			r.article.Section = l.text
			r.issue.Sections = []string{l.text}
		default:
			if count == 0 {
				skipped = k
			}
			count++
		}
		r.drop(k)
	}
	r.skipped(skipped, count, "标题上")
}

// skipped warns of lines that are no furniture for sure.
func (r *newsReader) skipped(k, count int, where string) {
	if count > 0 {
		r.issue.warn(r.lines[k].number, WarnUnplaced, "%s有%d行文字没有读入：%s", where, count, excerpt(r.lines[k].text))
	}
}

// head reads a line between title and text.
func (r *newsReader) head(k int) {
	l := &r.lines[k]
	in, ok := readInfo(l)
	switch {
	case ok:
		r.merge(k, &in)
		r.drop(k)
	case isAround(l):
		r.drop(k)
	case passedLine.MatchString(l.text):
		r.heading = append(r.heading, l.text)
		if at := infoDayAnywhere.FindStringIndex(l.text); at != nil && r.passed == 0 {
			r.passed, _ = readInfoDay(l.text[at[0]:])
		}
		r.keep(k, l.text)
	case numberLine.MatchString(l.text):
		r.info.number = cmp.Or(r.info.number, strings.Trim(pack(l.text), "（）()"))
		r.keep(k, l.text)
	default: // a byline
		r.by = append(r.by, bylineOf(l.text))
		r.drop(k)
	}
}

// merge takes over what a line of info says and is not yet known.
func (r *newsReader) merge(k int, in *info) {
	if r.info.published == 0 {
		r.info.published = in.published
	}
	if r.info.issued == 0 {
		r.info.issued = in.issued
	}
	r.info.source = cmp.Or(r.info.source, in.source)
	r.site = cmp.Or(r.site, in.site)
	r.info.number = cmp.Or(r.info.number, in.number)
	if in.by != "" {
		r.by = append(r.by, in.by)
	}
	if len(in.words) > 0 {
		r.keep(k, strings.Join(in.words, " "))
	}
}

// publish fills in the issue: whose text it is and when it came out.
func (r *newsReader) publish() {
	is, a := &r.issue, &r.article
	is.ByText = true
	is.Published = cmp.Or(r.info.published, r.info.issued, is.Published)
	is.Publisher = cmp.Or(r.info.source, is.Publisher)
	is.Publication = cmp.Or(r.site, r.info.source, is.Office, organOf(a.Title), pack(a.Title))
	if at := cmp.Or(is.Published, r.passed); at != 0 {
		year, month, day := at.Date()
		is.Year, is.Month = year, month
		is.Label = fmt.Sprintf("%d年%d月%d日", year, month, day)
	}
	if n := r.info.number; n != "" {
		is.Label = joinWords(is.Label, n)
	}
	if len(r.heading) == 0 && r.signed != "" {
		// A document happens on the day on which it is signed. The day stands below the text and stays there; what the
		// text itself says of an event goes before a heading.
		r.heading = []string{r.signed}
	}
	a.Heading = strings.Join(r.heading, "\n")
	is.OwnYears = hasYear(firstBytes(a.Heading, 120)) || hasYear(firstBytes(a.Body, 120))
	a.Contributor = strings.Join(r.by, "；")
	r.keepText()
	if a.Body == "" {
		is.warn(a.Line, WarnEmptyArticle, "标题下没有正文：%s", a.Title)
		return
	}
	is.Articles = []Article{*a}
}

// cutLabel notes the label that withoutLabels took from line k.
func (r *newsReader) cutLabel(k int) {
	raw := strings.TrimSpace(r.lines[k].raw)
	for _, label := range plainLabels {
		if strings.HasPrefix(raw, label) && !strings.HasPrefix(r.lines[k].text, label) {
			r.cut(k, label)
			return
		}
	}
}

// organOf returns the organ that a title begins with: 云河区人大常委会 of 云河区人大常委会任免名单.
func organOf(title string) string {
	return organStart.FindString(pack(firstBytes(title, 200)))
}

var organStart = regexp.MustCompile(`^(?:中共|中国共产党)?[\p{Han}]{2,24}?(?:人民代表大会常务委员会|人民代表大会|人大常委会|人民政府办公室|人民政府|政协|委员会|[区县市省]委|管委会|人民法院|人民检察院|办公室)`)
