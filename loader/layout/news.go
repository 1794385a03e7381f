package layout

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"fangzhi/edtf"
	"fangzhi/fold"
	"fangzhi/graph"
	"fangzhi/lexicon"
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

// An anchor is what an item is known by.
type anchor int

const (
	anchorInfo    anchor = iota // 发布时间：2021-03-05 来源：…
	anchorPassed                // （2021年3月5日云河区第十六届人大常委会第四十四次会议通过）
	anchorNumber                // 云政〔2021〕5号
	anchorDay                   // 2021年3月5日
	anchorSigned                // a day below the text
	anchorOpening               // 本报讯, 近日 or a day opens the text
)

// newsItem is where an item stands.
type newsItem struct {
	anchor anchor
	// title are its lines, body the first line below title, info and the like, end the first line that is not its own.
	title     []int
	body, end int
}

// isOtherThanNews tells that the lines are set as chronicles are: by their titles, by paragraphs that begin with days, by
// months as headings, by titles in 【】.
func isOtherThanNews(lines []line, items []newsItem) bool {
	const top = 40
	if slices.ContainsFunc(mastheads(lines[:min(len(lines), top)]), func(m masthead) bool {
		return m.number.dated() || chronicleTitle.MatchString(m.title) // 政务要闻 is a column
	}) {
		return true
	}
	for _, it := range items {
		title := pack(lines[it.title[len(it.title)-1]].text)
		if t := readTableTitle(title); t.known && !strings.Contains(title, "活动") && !strings.Contains(title, "表彰") || chronicleTitle.MatchString(title) {
			return true
		}
	}
	prose, dated, months, entries := 0, 0, 0, 0
	for i := range lines {
		l := &lines[i]
		switch {
		case l.isProse():
			prose++
			if startsWithDate(l.text) {
				dated++
			}
		case l.runes <= 20 && dateLevel(l.text) != levelNone, l.runes <= 12 && dayLine.MatchString(l.text):
			months++
		}
		if strings.HasPrefix(l.text, "【") && !isAround(l) {
			entries++
		}
	}
	n := len(items)
	return dated > 3*n && 2*dated > prose || months > n+1 || entries > 2*n || prose > maxParagraphs*n
}

var (
	chronicleTitle = regexp.MustCompile(`(?:年鉴|[省市区县州旗盟镇乡村]志|大事记.{0,12}|大事年表|月报|区情|要览|名录)$`)
	dayLine        = regexp.MustCompile(`^\d{1,2} ?(?:[—–\-~～至] ?\d{1,2} ?)?日$`)
	// passedLine is the line below a title that says when and by whom the text was passed.
	passedLine = regexp.MustCompile(`^(?:[（(〔\[]|[—-]{1,2}).{0,20}` + digit + `{4} ?年 ?` + numeral + ` ?月 ?` + numeral + ` ?日.{0,80}(?:[）)〕\]]|会议上)$`)
	numberLine = regexp.MustCompile(`^[（(]?(?:[\p{Han}]{1,12}[〔\[（(【]?` + digit + `{4}[〕\]）)】] ?第?\d{1,4}号|第[\d一二三四五六七八九十百]{1,6}号|[〔\[]?` + digit + `{4}[〕\]]? ?第?\d{1,4}号|[〔\[][\p{Han}]{2,6}[〕\]]第?[\d一二三四五六七八九十]{1,5}号)[）)]?$`)
	opening    = regexp.MustCompile(`^(?:[（(【\[]?[\p{Han}]{0,10}(?:讯|电)[】\]]?[ （(：:]|[\p{Han}]{2,10}\d{1,2}月\d{1,2}日电|近日|日前|近期|今天|昨日|昨天|今日|` + digit + `{4}年\d{1,2}月|\d{1,2}月\d{1,2}日)`)
)

// findItems finds where items stand.
func findItems(lines []line) []newsItem {
	items := anchored(lines)
	if len(items) == 0 {
		if it, ok := loneItem(lines); ok {
			items = []newsItem{it}
		}
	}
	for _, it := range items {
		if !tells(lines[it.body:it.end]) { // a list of titles
			return nil
		}
	}
	return items
}

// tells tells whether there is a sentence among the lines.
func tells(lines []line) bool {
	return slices.ContainsFunc(lines, func(l line) bool {
		return !isHead(&l) && (isRunning(&l) || strings.ContainsRune("。；！", lastRune(l.text)))
	})
}

// anchored finds the items that have a line below their title that says when they were published or passed.
func anchored(lines []line) []newsItem {
	var items []newsItem
	floor := 0    // no title may stand above
	text := false // some was above: a day without a label is a signature's then
	add := func(a anchor, title []int, body int) {
		if n := len(items); n > 0 {
			items[n-1].end = title[0]
		}
		items = append(items, newsItem{anchor: a, title: title, body: body})
		floor = body
	}
	for i := 0; i < len(lines); i++ {
		l := &lines[i]
		text = text || l.isProse() || strings.ContainsRune("。；：", lastRune(l.text))
		a, ok := anchorOf(l, len(items) == 0, text)
		if !ok {
			continue
		}
		title := titleAbove(lines, i, floor, len(items) == 0)
		if title == nil && a == anchorInfo && len(items) == 0 && !text { // a table of labels above the title
			title = titleAt(lines, belowHead(lines, i))
		}
		if title == nil || a == anchorNumber && text && !lines[title[0]].gap {
			continue
		}
		body := belowHead(lines, max(i, title[len(title)-1]+1))
		if body < len(lines) {
			add(a, title, body)
			i = body - 1
		}
	}
	if n := len(items); n > 0 {
		items[n-1].end = len(lines)
	}
	return items
}

// anchorOf tells what line l says that can stand below a title. first tells that no item is above, text that some text is.
func anchorOf(l *line, first, text bool) (a anchor, ok bool) {
	if in, ok := readInfo(l); ok {
		switch {
		case in.labelled && (in.published != 0 || first && (in.source != "" || in.issued != 0)):
			return anchorInfo, true
		case !in.labelled && (first && !text || in.site != ""):
			return anchorDay, true
		}
		return 0, false
	}
	switch {
	case l.runes <= 110 && strings.ContainsRune("（(〔[—-", firstRune(l.text)) && passedLine.MatchString(l.text):
		return anchorPassed, true
	case l.runes <= 40 && strings.HasSuffix(strings.TrimRight(l.text, "）)"), "号") && numberLine.MatchString(l.text):
		return anchorNumber, true
	}
	return 0, false
}

// belowHead returns the first line below line i that is text.
func belowHead(lines []line, i int) int {
	for i < len(lines) && isHead(&lines[i]) {
		i++
	}
	return i
}

// isHead tells whether a line is one of those that stand between title and text.
func isHead(l *line) bool {
	if isAround(l) {
		return true
	}
	if _, ok := readInfo(l); ok {
		return true
	}
	return !l.long && l.runes <= 110 && (passedLine.MatchString(l.text) || numberLine.MatchString(l.text))
}

// titleAbove returns the lines of the title above line i, nil for none: up to three, not above floor.
func titleAbove(lines []line, i, floor int, first bool) []int {
	k := i - 1
	for k >= floor && isHead(&lines[k]) {
		k--
	}
	var title []int
	const most = 3
	for ; k >= floor && len(title) < most && isNewsTitle(&lines[k]); k-- {
		if len(title) > 0 && (first && isSiteOrColumn(&lines[k]) && !documentTitle.MatchString(lines[k+1].text) || !first && lines[k+1].gap) {
			break
		}
		title = append(title, k)
	}
	slices.Reverse(title)
	return title
}

// titleAt returns the lines of the title that begins at line k, nil for none: up to three.
func titleAt(lines []line, k int) []int {
	var title []int
	const most = 3
	for ; k < len(lines) && len(title) < most && isNewsTitle(&lines[k]) && !(len(title) > 0 && lines[k].gap); k++ {
		title = append(title, k)
	}
	return title
}

// isNewsTitle tells whether a line can be the title of a single text, or a part of one.
func isNewsTitle(l *line) bool {
	if l.long || l.runes < 3 || l.runes > 60 || l.isTableRow() || strings.ContainsAny(l.text, "。；") || isHead(l) || isByline(l.text) {
		return false
	}
	if strings.ContainsRune("（(【·△※●■", firstRune(l.text)) || strings.ContainsRune("，、：；,:", lastRune(l.text)) {
		return false
	}
	if startsWithDate(l.text) && strings.Contains(l.text, "，") || itemStart.MatchString(firstBytes(l.text, 40)) {
		return false
	}
	return isHan(firstRune(strings.TrimLeft(l.text, "—–-“《\"0123456789"))) && dateLevel(l.text) == levelNone
}

// isSiteOrColumn tells whether a line above a title is the name of a site or of a column on it.
func isSiteOrColumn(l *line) bool {
	if l.long || l.runes > 25 || strings.ContainsAny(l.text, "，。！？、“《") {
		return false
	}
	return siteName(l.text) || l.runes <= 8 && (lexicon.IsSection(l.text) || columnName.MatchString(l.text))
}

// documentTitle is the second line of the title of a document, whose first is the organ.
var documentTitle = regexp.MustCompile(`^(?:关于|公告|通告|通知|公报|决定|决议|任免|令|意见|[第（〔].{1,12}号)`)

func siteName(s string) bool { return siteWord.MatchString(s) }

var columnName = regexp.MustCompile(`(?:要闻|动态|公告|公示|信息|新闻|资讯|快讯|专题|时政)$`)

// loneItem finds an item without a line that says when it was published: a title at the top, and a day below the text or
// at its start.
func loneItem(lines []line) (it newsItem, ok bool) {
	k := 0
	for k < len(lines) && (isHead(&lines[k]) || isSiteOrColumn(&lines[k])) {
		k++
	}
	if it.title = titleAt(lines, k); it.title == nil {
		return it, false
	}
	it.body, it.end = belowHead(lines, it.title[len(it.title)-1]+1), len(lines)
	for it.body < it.end && isByline(lines[it.body].text) {
		it.body++
	}
	if it.body == it.end {
		return it, false
	}
	at := signatureStart(lines, it.body, it.end)
	switch head := firstBytes(lines[it.body].text, 120); {
	case at > it.body && at < it.end:
		it.anchor = anchorSigned
	case opening.MatchString(head) && lines[it.body].isProse():
		it.anchor = anchorOpening
	default:
		return it, false
	}
	return it, true
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
	text    strings.Builder
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

func (r *newsReader) keep(text string) {
	r.text.WriteString(text)
	r.text.WriteByte('\n')
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
		r.keep(text)
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
			r.merge(&in)
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
		r.merge(&in)
		r.drop(k)
	case isAround(l):
		r.drop(k)
	case passedLine.MatchString(l.text):
		r.heading = append(r.heading, l.text)
		if at := infoDayAnywhere.FindStringIndex(l.text); at != nil && r.passed == 0 {
			r.passed, _ = readInfoDay(l.text[at[0]:])
		}
		r.keep(l.text)
	case numberLine.MatchString(l.text):
		r.info.number = cmp.Or(r.info.number, strings.Trim(pack(l.text), "（）()"))
		r.keep(l.text)
	default: // a byline
		r.by = append(r.by, bylineOf(l.text))
		r.drop(k)
	}
}

// merge takes over what a line of info says and is not yet known.
func (r *newsReader) merge(in *info) {
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
		r.keep(strings.Join(in.words, " "))
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
	is.Text = r.text.String()
	slices.SortStableFunc(is.Furniture, func(a, b source.Line) int { return cmp.Compare(a.Number, b.Number) })
	slices.SortStableFunc(is.Warnings, func(a, b graph.IngestWarning) int { return cmp.Compare(a.Line, b.Line) })
	if a.Body == "" {
		is.warn(a.Line, WarnEmptyArticle, "标题下没有正文：%s", a.Title)
		return
	}
	is.Articles = []Article{*a}
}

// plainLabels stand before title and text in files that programs wrote: 标题：区委召开会议.
var plainLabels = []string{"标题：", "题目：", "新闻标题：", "文章标题：", "正文：", "内容：", "正文内容：", "新闻内容："}

// withoutLabels returns lines without such labels, the same where there are none.
func withoutLabels(lines []line) []line {
	copied := false
	for i := range lines {
		for _, label := range plainLabels {
			rest, ok := strings.CutPrefix(lines[i].text, label)
			if rest = strings.TrimSpace(rest); !ok || rest == "" {
				continue
			}
			if !copied {
				lines, copied = slices.Clone(lines), true
			}
			l := &lines[i]
			if l.text, l.wide, l.runes = rest, rest, runesIn(rest); !l.long {
				l.key = fold.String(rest)
			}
			break
		}
	}
	return lines
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

// runesIn counts code points.
func runesIn(s string) int { return utf8.RuneCountInString(s) }
