package extract

import (
	"slices"
	"sort"
	"strings"

	"fangzhi/graph"
	"fangzhi/lexicon"
	"fangzhi/loader/reading"
)

// Rules of cited documents, as reading.CitedDocument.Rule names them.
const (
	ruleNumbered = "numbered"     // 《…》（豫政办〔2019〕5号）
	ruleKind     = "kind"         // 《…条例》: what the title ends in
	ruleContext  = "context"      // 学习《…》, 印发《…》: what stands before it
	ruleUnmarked = "unmarked"     // 关于…的通知（豫政办〔2019〕5号）
	ruleNumber   = "number-alone" // 泽府函〔2019〕88号
)

// Cited finds the texts that an article cites by title or number: laws, papers, plans, treaties, in text order, those of the title
// last. A text is given once, with all places where it stands as evidence; how the article goes on to call it (《建议》,
// 以下简称《规划》) is its ShortTitle and no other text.
//
// Plays, songs, films, books, newspapers and the titles of talks are not cited. The same article gives the same documents; no
// text makes Cited fail.
func Cited(body, title string) []reading.CitedDocument {
	c := &citations{byTitle: map[string]int{}, byEnding: map[string]int{}}
	c.read(graph.FieldBody, body)
	c.read(graph.FieldTitle, title)
	slices.SortStableFunc(c.found, func(a, b reading.CitedDocument) int {
		x, y := a.Evidence[0], b.Evidence[0]
		if x.Field != y.Field {
			return strings.Compare(string(x.Field), string(y.Field)) // BODY before TITLE
		}
		return x.Start - y.Start
	})
	return c.found
}

// citations reads one article.
type citations struct {
	field graph.EvidenceField
	// text is in simplified characters, own as the article has it; offsets are the same.
	text, own []rune
	// numbers are those of papers in text order, used those that belong to a title.
	numbers []span
	used    []bool
	found   []reading.CitedDocument
	// byTitle holds the index in found by full and short titles and by numbers, without spaces and inner marks.
	byTitle map[string]int
	// byEnding holds it by what full titles end in.
	byEnding map[string]int
}

// A mark is what stands between 《 and 》.
type mark struct {
	span          // with the marks
	number   span // of the paper, empty for none
	short    span // 以下简称《…》, the name alone
	tail     int  // behind the brackets that follow
	consumed bool // stands in the brackets behind another
}

func (c *citations) read(field graph.EvidenceField, text string) {
	if !strings.ContainsAny(text, "《〔[［（(﹝") {
		return
	}
	c.field = field
	c.own, c.text = plainText(text)
	c.numbers = docNumbers(c.text)
	c.used = make([]bool, len(c.numbers))
	marks := titleMarks(c.text)
	for i := range marks {
		c.attach(marks, i)
	}
	for i := 0; i < len(marks); {
		j := i + 1
		for j < len(marks) && c.joined(marks[j-1].tail, marks[j].start) {
			j++
		}
		for k := i; k < j; k++ {
			if !marks[k].consumed {
				c.cite(marks[k], marks[i].start, marks[j-1].tail)
			}
		}
		i = j
	}
	for i, n := range c.numbers {
		if !c.used[i] {
			c.citeNumber(n)
		}
	}
}

// titleMarks returns the titles in the text, in text order; one within another is part of it.
func titleMarks(text []rune) []mark {
	var all []mark
	for i := 0; i < len(text); i++ {
		if text[i] != '《' {
			continue
		}
		depth, end := 0, 0
	inner:
		for j := i; j < len(text) && j-i < maxTitle; j++ {
			switch text[j] {
			case '《':
				depth++
			case '》':
				end = j + 1
				if depth--; depth == 0 {
					break inner
				}
			case '\n', '。':
				break inner
			}
		}
		if depth == 0 {
			all = append(all, mark{span: span{i, end}, tail: end})
			i = end - 1
		}
	}
	return all
}

// joined tells whether two titles stand in one list: nothing but 、 or 和 is between them.
func (c *citations) joined(a, b int) bool {
	if a > b || b-a > 3 {
		return false
	}
	switch strings.Trim(string(c.text[a:b]), " ") {
	case "", "、", "，", "和", "及", "与", "以及", "暨":
		return true
	}
	return false
}

// maxAside bounds the brackets behind a title, in code points.
const maxAside = 60

// attach finds the number of the i-th text, before or behind it, and its short title in the brackets that follow.
func (c *citations) attach(marks []mark, i int) {
	m := &marks[i]
	at := m.end
	for isSpace(c.at(at)) {
		at++
	}
	if r := c.at(at); r == '（' || r == '(' || r == '〔' || r == '【' {
		c.aside(marks, i, at)
	} else if n, ok := c.number(at, at, len(c.text)); ok {
		m.number, m.tail = n, n.end
	}
	if !m.number.empty() {
		return
	}
	from := m.start
	for from > 0 && m.start-from < 6 && (isHan(c.text[from-1]) || isSpace(c.text[from-1])) && !isNumberEnd(c.text, from) {
		from--
	}
	if between := strings.Trim(string(c.text[from:m.start]), " "); !slices.Contains(betweenNumber, between) {
		return
	}
	if n, ok := c.number(max(0, from-maxCode-maxDigits), from, from); ok && n.end == from {
		m.number = n
		return
	}
	m.number = orderBefore(c.text, from)
}

// number takes the number of a paper that begins from first to last and ends at end or before.
func (c *citations) number(first, last, end int) (span, bool) {
	k := sort.Search(len(c.numbers), func(i int) bool { return c.numbers[i].start >= first })
	for ; k < len(c.numbers) && c.numbers[k].start <= last && c.numbers[k].end <= end; k++ {
		if !c.used[k] && (first == last || end > last || c.numbers[k].end == end) {
			c.used[k] = true
			return c.numbers[k], true
		}
	}
	return span{}, false
}

// betweenNumber is what may stand between the number of a paper and its title.
var betweenNumber = []string{"", "文", "文件", "印发", "文印发", "文件印发", "下发", "发布", "公布", "颁布", "文下发", "文件下发", "转发", "文转发", "文批转", "发出", "文发出", "施行"}

func isNumberEnd(text []rune, i int) bool {
	return text[i-1] == '号' || text[i-1] == '令' && i > 1 && text[i-2] == '号'
}

// aside reads the brackets at i behind a title: （豫政〔2019〕3号，以下简称《意见》）.
func (c *citations) aside(marks []mark, k, i int) {
	m := &marks[k]
	end, depth := i, 0
	for ; end < len(c.text) && end-i < maxAside && c.text[end] != '\n'; end++ {
		switch c.text[end] {
		case '（', '(':
			depth++
		case '）', ')':
			depth--
		}
		if depth == 0 && end > i || c.text[i] != '（' && c.text[i] != '(' && (c.text[end] == '〕' || c.text[end] == '】') {
			break
		}
	}
	if end >= len(c.text) || end-i >= maxAside || c.text[end] == '\n' {
		return
	}
	inner := span{i + 1, end}
	if n, ok := c.number(i, inner.end, inner.end+1); ok {
		m.number = n
	}
	if m.number.empty() {
		for j := inner.end; j > inner.start; j-- {
			if isNumberEnd(c.text, j) {
				if o := orderBefore(c.text[:j], j); o.start >= inner.start {
					m.number = o
				}
				break
			}
		}
	}
	for j := inner.start; j < inner.end; j++ {
		for _, w := range []string{"简称为", "简称", "下称", "统称"} {
			if figureWord(c.text, j, w) {
				m.short = c.nickname(span{j + len([]rune(w)), inner.end})
				j = inner.end
				break
			}
		}
	}
	if m.number.empty() && m.short.empty() {
		return
	}
	m.tail = end + 1
	for n := k + 1; n < len(marks) && marks[n].start < end; n++ {
		marks[n].consumed = true
	}
}

// nickname returns the name in the span, without the marks around it.
func (c *citations) nickname(s span) span {
	for s.start < s.end && strings.ContainsRune("《“”‘：: ", c.text[s.start]) {
		s.start++
	}
	for j := s.start; j < s.end; j++ {
		if strings.ContainsRune("》”’，、；", c.text[j]) {
			s.end = j
		}
	}
	return s
}

func (c *citations) at(i int) rune {
	if i < 0 || i >= len(c.text) {
		return 0
	}
	return c.text[i]
}

func (c *citations) evidence(s span) graph.Evidence {
	return graph.Evidence{Field: c.field, Start: s.start, End: s.end, Text: string(c.own[s.start:s.end])}
}

// bare returns the title without marks and without what follows its kind: （试行）, （2021—2025年）, 第二稿.
func (c *citations) bare(m mark) []rune {
	title := c.text[m.start+1 : m.end-1]
	for len(title) > 0 {
		switch last := title[len(title)-1]; last {
		case '）', ')', '〉', '》', '〕':
			opener := slices.IndexFunc(title, func(r rune) bool { return r == '（' || r == '(' || r == '〈' || r == '《' || r == '〔' })
			if opener <= 0 || last == '〉' || last == '》' {
				title = title[:len(title)-1]
				continue
			}
			for j := len(title) - 1; j > 0; j-- {
				if r := title[j]; r == '（' || r == '(' || r == '〔' {
					opener = j
					break
				}
			}
			title = title[:opener]
			continue
		case ' ', '\u3000':
			title = title[:len(title)-1]
			continue
		}
		break
	}
	return title
}

// titleKey makes titles equal that differ in spaces and inner marks.
func titleKey(title string) string {
	return strings.Map(func(r rune) rune {
		if isSpace(r) || r == '《' || r == '》' || r == '〈' || r == '〉' {
			return -1
		}
		return r
	}, title)
}

// cite keeps the text of a mark, or adds its place to one that is known. left and right bound the list that it stands in.
func (c *citations) cite(m mark, left, right int) {
	title := string(c.own[m.start+1 : m.end-1])
	key := titleKey(string(c.text[m.start+1 : m.end-1]))
	if key == "" {
		return
	}
	if at, ok := c.byTitle[key]; ok {
		c.again(at, m)
		return
	}
	if at, ok := c.byEnding[key]; ok {
		c.again(at, m)
		return
	}
	if short, ok := strings.CutPrefix(key, "中华人民共和国"); ok {
		if at, ok := c.byTitle[short]; ok && titleKey(c.found[at].Title) == short {
			d := &c.found[at]
			d.ShortTitle, d.Title = d.Title, title
			c.byTitle[key] = at
			c.again(at, m)
			return
		}
	}
	rule := c.verdict(m, left, right)
	if rule == "" {
		return
	}
	if bare := c.bare(m); rule == ruleKind && lexicon.DocumentShort.Ends(bare) == len(bare) && !c.signed(left, len(bare)) {
		return // 《意见》, of a text that the article does not name
	}
	at := len(c.found)
	c.found = append(c.found, reading.CitedDocument{Rule: rule, CitedDocument: graph.CitedDocument{Title: title}})
	c.byTitle[key] = at
	c.addEndings(at, key)
	c.again(at, m)
}

// signed tells whether a short title of n code points is all the name that a text has: 签订《合作协议》, 作《工作报告》.
func (c *citations) signed(left, n int) bool {
	before := trimParticle(trimEnd(c.text[c.clause(left):left]))
	for _, w := range []string{"签订", "签署", "签定", "递交", "订立", "签"} {
		if figureWordBefore(before, len(before), w) {
			return true
		}
	}
	return n >= 4 && lexicon.DocumentCite.Ends(before) > 1
}

// maxEnding bounds what a text may be called by the end of its title, in code points.
const maxEnding = 24

// addEndings notes what the article may call the text by: 《建议》 after 《…关于制定…的建议》, 《食品安全法》 after
// 《中华人民共和国食品安全法》. What several titles end in is the last of them.
func (c *citations) addEndings(at int, key string) {
	title := []rune(key)
	for n := 2; n < len(title) && n <= maxEnding; n++ {
		c.byEnding[string(title[len(title)-n:])] = at
	}
}

// again adds a place to a text, and the number and the short title that stand there.
func (c *citations) again(at int, m mark) {
	d := &c.found[at]
	title := string(c.own[m.start+1 : m.end-1])
	d.Evidence = append(d.Evidence, c.evidence(m.span))
	if d.ShortTitle == "" && titleKey(title) != titleKey(d.Title) {
		d.ShortTitle = title
	}
	if !m.short.empty() {
		d.ShortTitle = string(c.own[m.short.start:m.short.end])
		c.byTitle[titleKey(string(c.text[m.short.start:m.short.end]))] = at
	}
	if !m.number.empty() && d.Number == "" {
		d.Number = string(c.own[m.number.start:m.number.end])
		d.Evidence = append(d.Evidence, c.evidence(m.number))
		c.byTitle["\x00"+titleKey(string(c.text[m.number.start:m.number.end]))] = at
	}
}

// citeNumber keeps a paper that the text gives by its number, with the title without marks that stands beside it.
func (c *citations) citeNumber(n span) {
	number := string(c.own[n.start:n.end])
	key := "\x00" + titleKey(string(c.text[n.start:n.end]))
	if at, ok := c.byTitle[key]; ok {
		c.found[at].Evidence = append(c.found[at].Evidence, c.evidence(n))
		return
	}
	if r := c.text[n.start]; r == '[' || r == '〔' || r == '［' {
		return // 〔2003〕5号 of nobody
	}
	d := reading.CitedDocument{Rule: ruleNumber, CitedDocument: graph.CitedDocument{Number: number}}
	if t := c.unmarked(n); !t.empty() {
		d.Rule, d.Title = ruleUnmarked, string(c.own[t.start:t.end])
		d.Evidence = append(d.Evidence, c.evidence(t))
		c.byTitle[titleKey(string(c.text[t.start:t.end]))] = len(c.found)
	}
	d.Evidence = append(d.Evidence, c.evidence(n))
	c.byTitle[key] = len(c.found)
	c.found = append(c.found, d)
}

// maxUnmarked bounds a title without marks, in code points.
const maxUnmarked = 60

// unmarked returns the title 关于…的通知 right before the brackets around a number, or close behind the number; empty for none.
func (c *citations) unmarked(n span) span {
	end := n.start
	for end > 0 && (c.text[end-1] == '（' || c.text[end-1] == '(' || isSpace(c.text[end-1])) {
		end--
	}
	if end < n.start && lexicon.DocumentKind.Ends(c.text[max(0, end-4):end]) > 0 {
		for j := end - 2; j >= 0 && end-j < maxUnmarked; j-- {
			switch c.text[j] {
			case '。', '；', '\n', '《', '》', '）':
				return span{}
			}
			if figureWord(c.text, j, "关于") {
				return span{j, end}
			}
		}
		return span{}
	}
	for j := n.end; j < len(c.text) && j-n.end < 10; j++ {
		switch c.text[j] {
		case '。', '；', '\n', '《', '》', '）', '，':
			return span{}
		}
		if !figureWord(c.text, j, "关于") {
			continue
		}
		for e := j + 4; e < len(c.text) && e-j < maxUnmarked; e++ {
			switch c.text[e] {
			case '。', '；', '\n', '《', '》', '，', '）':
				return span{}
			}
			if c.text[e] == '的' {
				if k := lexicon.DocumentKind.In(c.text[e+1:]); k > 0 && !isHan(c.at(e+1+k)) {
					return span{j, e + 1 + k}
				}
			}
		}
	}
	return span{}
}
