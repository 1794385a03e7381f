package layout

import (
	"regexp"
	"strings"
)

// The text of a single item: paragraphs, without bylines and without what the page sets below it.

// isAround tells whether a line is set around a text by its page.
func isAround(l *line) bool { return isWebFurniture(l) || isCredit(l) || isPageFurniture(l) }

// relatedLine opens a list of other texts below the text.
var relatedLine = regexp.MustCompile(`^[【\[（]?(?:相关链接|相关阅读|相关新闻|相关文章|相关文件|相关信息|相关稿件|相关附件|延伸阅读|推荐阅读|热点新闻|热门推荐|最新信息|往期回顾|友情链接|网站导航|政策解读链接|图片新闻|点击排行)[】\]）]?[：:]?$`)

// attachment is a line that names a file beside the text.
var attachment = regexp.MustCompile(`^(?:附件\d{0,2}[：:.]|附[：:]|附件\d{0,2}$|\d{1,2}[.、．][^。]*\.(?:docx?|xlsx?|pdf|wps|zip|rar)$|[^。]*\.(?:docx?|xlsx?|pdf|wps|ofd|zip|rar)$)`)

// body reads the lines of the text.
func (r *newsReader) body() {
	it := r.item
	end := r.footer(it.body, it.end)
	signed := signatureStart(r.lines, it.body, end)
	p := paragraphs{wrap: wrapWidth(r.lines[it.body:end])}
	for k := it.body; k < end; k++ {
		l := &r.lines[k]
		in, isInfo := readInfo(l)
		switch {
		case k >= signed:
			r.signature(l)
			p.addApart(l)
			r.keep(k, l.raw)
			continue
		case isAround(l), l.isTableRow() && barCells(l.text) == nil, !l.long && attachment.MatchString(l.text) && !hasProse(r.lines[k+1:signed]):
			r.drop(k)
			continue
		case isInfo && in.published == 0 && (in.source != "" || in.by != ""):
			r.merge(k, &in)
			r.drop(k)
			continue
		case isByline(l.text):
			r.by = append(r.by, bylineOf(l.text))
			r.drop(k)
			continue
		}
		r.cutLabel(k)
		rest := *l
		if len(p.texts) == 0 {
			rest.text = r.cutLead(rest.text)
		}
		lead := strings.TrimSuffix(l.text, rest.text)
		rest.text = r.cutTrail(rest.text, !hasProse(r.lines[k+1:signed]))
		if part := lead + strings.TrimPrefix(l.text[len(lead):], rest.text); part != "" {
			r.cut(k, part)
		}
		if rest.text == "" {
			continue
		}
		if n := len(p.texts); n > 0 && p.wrap == 0 && !goesOn(p.tails[n-1]) {
			p.addApart(&rest)
		} else {
			p.add(&rest)
		}
		r.keep(k, rest.text)
	}
	r.article.Body, r.article.BodyLines = p.text(), p.lines
}

// goesOn tells whether a paragraph was cut for sure: after a comma, or in parentheses.
func goesOn(last string) bool {
	return strings.ContainsRune("，、", lastRune(strings.TrimRight(last, " "))) || leftOpen(last)
}

// addApart appends a line as a paragraph of its own.
func (p *paragraphs) addApart(l *line) {
	p.texts, p.lines, p.tails = append(p.texts, &paragraph{first: l.text}), append(p.lines, l.number), append(p.tails, tail(l.text))
	p.lastRunes = l.runes
}

// hasProse looks a few lines ahead for running text.
func hasProse(lines []line) bool {
	const ahead = 6
	for i := range lines[:min(len(lines), ahead)] {
		if lines[i].isProse() && !isByline(lines[i].text) {
			return true
		}
	}
	return false
}

// footer drops what the page sets below the text, and returns the first line of it.
func (r *newsReader) footer(from, to int) int {
	// Below the last running text the first mark of a footer ends the item.
	quiet := to
	for quiet > from+1 && !isRunning(&r.lines[quiet-1]) {
		quiet--
	}
	end := to
	for k := quiet; k < to; k++ {
		if l := &r.lines[k]; isFooterMark(l) {
			end = k
			break
		}
	}
	for end > from && r.isBelow(end-1) {
		end--
	}
	skipped, count := 0, 0
	for k := end; k < to; k++ {
		l := &r.lines[k]
		in, ok := readInfo(l)
		if ok {
			r.merge(k, &in)
			r.drop(k)
			continue
		}
		short := firstBytes(l.text, maxHeadingBytes)
		switch {
		case isByline(l.text):
			r.by = append(r.by, bylineOf(l.text))
		case readLabels(l.text) != nil:
			r.issue.readImprint([]line{*l}) // whose site it is says which division is meant
		case !isAround(l) && !attachment.MatchString(short) && !relatedLine.MatchString(short):
			if count == 0 {
				skipped = k
			}
			count++
		}
		r.drop(k)
	}
	r.skipped(skipped, count, "正文下")
	return end
}

// isRunning tells whether a line is running text and no part of a footer.
func isRunning(l *line) bool { return l.isProse() && !isAround(l) && !isByline(l.text) }

// isFooterMark tells whether a line opens what stands below a text for good.
func isFooterMark(l *line) bool {
	if l.long {
		return false
	}
	if relatedLine.MatchString(l.text) {
		return true
	}
	return hasWebMark(l.text) || strings.HasPrefix(l.text, "上一篇") || strings.HasPrefix(l.text, "下一篇") || strings.HasPrefix(l.text, "版权所有")
}

// isBelow tells whether line k can stand right above the end of an item without being its text.
func (r *newsReader) isBelow(k int) bool {
	l := &r.lines[k]
	if l.long {
		return false
	}
	if isAround(l) || attachment.MatchString(l.text) {
		return true
	}
	if in, ok := readInfo(l); ok {
		return in.published == 0
	}
	labels := readLabels(l.text)
	return len(labels) > 0 && l.runes <= 120 && !strings.Contains(l.text, "。") && footerLabels[labels[0].label]
}

// footerLabels are labels of imprints that stand at the foot of pages.
var footerLabels = map[string]bool{"主办单位": true, "主办": true, "承办单位": true, "地址": true, "电话": true, "联系电话": true, "邮编": true, "邮箱": true, "电子邮箱": true, "网址": true, "网站": true,
	"责任编辑": true, "编辑": true, "审核": true, "校对": true, "联系人": true, "传真": true, "主管单位": true}

// signatureStart returns the first line of the signature at the end of a text, its organs and its day; end where there is
// none.
func signatureStart(lines []line, from, end int) int {
	k := end - 1
	for k > from && (isByline(lines[k].text) || isAround(&lines[k])) {
		k--
	}
	if k <= from || lines[k].long || lines[k].runes > 40 {
		return end
	}
	day, rest := readInfoDay(strings.Trim(lines[k].text, "（）()"))
	if day == 0 {
		return end
	}
	if rest != "" {
		return end
	}
	const most = 4
	start := k
	for n := 0; start > from && n < most && isSigner(&lines[start-1]); n++ {
		start--
	}
	return start
}

// isSigner tells whether a line is the name of an organ that signs.
func isSigner(l *line) bool {
	text := pack(l.text)
	return !l.long && l.runes <= 40 && !strings.ContainsAny(text, "，。；：、！？") && (officeWord.MatchString(text) || signer.MatchString(text))
}

var signer = regexp.MustCompile(`(?:人民政府|委员会|常委会|主席团|办公室|局|部|厅|院|会|中心|公司|学校|大队|支队|管委会|办事处|政府|指挥部)(?:[（(].{1,20}[）)])?$`)

// signature takes over who signed and when.
func (r *newsReader) signature(l *line) {
	if day, rest := readInfoDay(strings.Trim(l.text, "（）()")); day != 0 && rest == "" {
		if r.issue.Published == 0 {
			r.issue.Published = day
		}
		r.signed = strings.Trim(l.text, "（）()")
		return
	}
	if r.issue.Office == "" && isSigner(l) {
		r.issue.Office = pack(l.text)
	}
}

var (
	bylineWord = regexp.MustCompile(`^[（(【\[]?(?:(?:本报|本台|本网|全媒体|融媒体?|实习|见习|特约|云上)?[\p{Han}]{0,8}(?:记者|通讯员|撰稿人?|供稿人?|摄影(?:报道)?|作者|文字|图文|文/图|图/文|文图|供图|特约评论员)[ ：:/])`)
	leadByline = regexp.MustCompile(`^(?:[【\[（(])?[\p{Han}A-Za-z]{1,10}(?:讯|消息)(?:[】\]）)])?[ ：:]*(?:[（(]((?:[\p{Han}A-Za-z]{0,8}(?:记者|通讯员|见习|实习|作者)|[\p{Han}]{2,4}(?:[ 、][\p{Han}]{2,4})*)[^（）()]{0,50})[）)])?[ ：:]*`)
	agencyLead = regexp.MustCompile(`^[\p{Han}]{2,6}社[\p{Han}]{2,8}\d{1,2}月\d{1,2}日电[ ：:]*(?:[（(]([^（）()]{1,50})[）)])?[ ：:]*`)
	reportLead = regexp.MustCompile(`^(?:本报|本台|本网)?(记者[ ：:]?[\p{Han}]{2,4}(?:[ 、][\p{Han}]{2,4})* ?(?:通讯员[ ：:]?[\p{Han}]{2,4}(?:[ 、][\p{Han}]{2,4})* ?)?)报道[ ：:，]*`)
	trailNote  = regexp.MustCompile(`[（(]([^（）()]{2,60})[）)] ?$`)
	noteWord   = regexp.MustCompile(`记者|通讯员|供稿|撰稿|来源[：:]|作者|摄影|摄$|编辑|文/图|图/文|图文|供图|融媒|报道组`)
)

// isByline tells whether a line names who wrote the text, and nothing else.
func isByline(s string) bool {
	return len(s) <= 240 && !strings.ContainsAny(s, "，。") && bylineWord.MatchString(s)
}

// bylineOf returns a byline without the brackets around it.
func bylineOf(s string) string {
	s = strings.TrimSpace(oneSpace(s))
	if strings.ContainsRune("（(【[", firstRune(s)) {
		s = strings.Trim(s, "（）()【】[] ")
	}
	return s
}

// cutLead takes 本报讯（记者 周禾） from the start of a text.
func (r *newsReader) cutLead(s string) string {
	head := firstBytes(s, 300)
	for _, lead := range []*regexp.Regexp{agencyLead, reportLead, leadByline} {
		m := lead.FindStringSubmatch(head)
		if m == nil || len(m[0]) == 0 {
			continue
		}
		if lead == leadByline && m[1] == "" && !endsLead(m[0]) {
			continue
		}
		by := m[1]
		if by == "" || lead == agencyLead {
			by = strings.TrimRight(m[0], " ：:")
		}
		r.by = append(r.by, bylineOf(by))
		return s[len(m[0]):]
	}
	return s
}

// endsLead tells whether 本报讯 without a byline is set off from the text: 据报讯 in a sentence is not.
func endsLead(lead string) bool {
	return strings.HasSuffix(lead, " ") || strings.HasSuffix(lead, "：") || strings.HasSuffix(lead, "】") || strings.HasSuffix(lead, "）") || strings.HasPrefix(lead, "本报讯") || strings.HasPrefix(lead, "本网讯")
}

// cutTrail takes （记者 周禾） from the end of a paragraph. last tells that it is the last one: there names alone count.
func (r *newsReader) cutTrail(s string, last bool) string {
	if r := lastRune(strings.TrimRight(s, " ")); r != '）' && r != ')' {
		return s
	}
	m := trailNote.FindStringSubmatchIndex(tail(s))
	if m == nil {
		return s
	}
	cut := len(s) - len(tail(s)) + m[0]
	note := s[len(s)-len(tail(s))+m[2] : len(s)-len(tail(s))+m[3]]
	before := strings.TrimRight(s[:cut], " ")
	if before != "" && unfinished(tail(before)) || !noteWord.MatchString(note) && !(last && before != "" && areNames(note)) {
		return s
	}
	r.by = append(r.by, bylineOf(note))
	return before
}
