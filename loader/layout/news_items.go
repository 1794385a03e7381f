package layout

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"fangzhi/fold"
	"fangzhi/lexicon"
)

// Where the items of a text stand, and what only looks like one.

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
	if slices.ContainsFunc(mastheads(lines[:min(len(lines), top)], 0), func(m masthead) bool {
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
	bare := -1    // a line that stands right below one without a title
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
		if bare == i { // no title above the line before, so none above this one
			bare++
			continue
		}
		title := titleAbove(lines, i, floor, len(items) == 0)
		if title == nil && a == anchorInfo && len(items) == 0 && !text { // a table of labels above the title
			title = titleAt(lines, belowHead(lines, i))
		}
		if title == nil {
			bare = i + 1
			continue
		}
		if a == anchorNumber && text && !lines[title[0]].gap {
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

// maxHead is the number of lines between title and text, at most.
const maxHead = 24

// belowHead returns the first line below line i that is text.
func belowHead(lines []line, i int) int {
	for n := 0; n < maxHead && i < len(lines) && isHead(&lines[i]); n++ {
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
	for n := 0; n < maxHead && k >= floor && isHead(&lines[k]); n++ {
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

// plainLabels stand before title and text in files that programs wrote: 标题：区委召开会议.
var plainLabels = []string{"标题：", "题目：", "新闻标题：", "文章标题：", "正文：", "内容：", "正文内容：", "新闻内容："}

var plainLabelStarts = byFirstRune(plainLabels)

// withoutLabels returns lines without such labels, the same where there are none.
func withoutLabels(lines []line) []line {
	copied := false
	for i := range lines {
		for _, label := range plainLabelStarts[firstRune(lines[i].text)] {
			rest, ok := strings.CutPrefix(lines[i].text, label)
			if !ok {
				continue
			}
			if rest = strings.TrimSpace(rest); rest == "" {
				continue
			}
			if !copied {
				lines, copied = slices.Clone(lines), true
			}
			l := &lines[i]
			if l.text, l.wide, l.runes = rest, rest, utf8.RuneCountInString(rest); !l.long {
				l.key = fold.String(rest)
			}
			break
		}
	}
	return lines
}
