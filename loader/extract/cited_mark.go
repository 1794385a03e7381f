package extract

import (
	"slices"
	"sort"
	"strings"
)

// A mark is what stands between 《 and 》.
type mark struct {
	span          // with the marks
	number   span // of the paper, empty for none
	short    span // 以下简称《…》, the name alone
	tail     int  // behind the brackets that follow
	consumed bool // stands in the brackets behind another
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
	between := strings.Trim(string(c.text[from:m.start]), " ")
	between = strings.TrimPrefix(strings.TrimPrefix(between, "文"), "件")
	if between != "" && !slices.Contains(issued, between) {
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

// issued are what may stand between the number of a paper and its title: 以政办〔1987〕12号文印发《…》.
var issued = []string{"印发", "下发", "发布", "公布", "颁布", "颁发", "转发", "批转", "发出", "施行", "批准", "批复"}

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
