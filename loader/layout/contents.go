package layout

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"fangzhi/fold"
	"fangzhi/internal/trie"
	"fangzhi/lexicon"
)

// item is one line of the contents as it was meant: a column or a title, however many lines it was set over.
type item struct {
	isSection bool
	text      string
	key       string
	page      int
	line      int    // of the file
	section   string // the column that a title stands under
}

// fragment is a piece of the contents as it is set: a line, or a cell of a table.
type fragment struct {
	text   string
	page   int
	closed bool // leader dots or a page number end it
	spaced bool // the number stands behind one space only: it may be part of the title
	gap    bool
	line   int
}

const leaderRune = `[.．·•・‧∙…⋯‥。_＿\-—–―－]`

var (
	contentsHead = regexp.MustCompile(`^(?:本期)?(?:目录|目次|要目|内容提要)$|(?i)^contents$`)
	leader       = regexp.MustCompile(`^(.*?)\s*(?:` + leaderRune + `\s*){2,}[（(]?\s*(?:第|[Pp]\.?)?\s*(\d{1,3})?\s*页?\s*[)）]?$`)
	ellipsis     = regexp.MustCompile(`^(.*?)\s*[…⋯‥]\s*[（(]?(\d{1,3})[)）]?$`)
	singleDot    = regexp.MustCompile(`^(.*[^\d.．·\s])\s*[.．·•・。]\s*(\d{1,3})$`)
	pageInParens = regexp.MustCompile(`^(.*\S)\s*[（(](?:第)?(\d{1,3})页?[)）]$`)
	pageSlash    = regexp.MustCompile(`^(.*\S)\s*[/／]\s*(\d{1,3})$`)
	pageFar      = regexp.MustCompile(`^(.*\S)\s{2,}(?:第|[Pp]\.?)?(\d{1,3})页?$`)
	pageNear     = regexp.MustCompile(`^(.*\S) (\d{1,3})$`)
	cellNumber   = regexp.MustCompile(`^[（(]?(?:第|[Pp]\.?)?(\d{1,3})页?[)）]?$`)
	columnHead   = regexp.MustCompile(`^(?:序号|标题|题目|条目|内容|页码|页|栏目|名称|目录)$`)
	lineBreak    = regexp.MustCompile(`(?i)<br ?/?>`)
)

// readFragment reads a line or a cell of the contents.
func readFragment(s string) fragment {
	if !strings.ContainsAny(s, "0123456789.．·…⋯‥_＿-—–―－。") {
		return fragment{text: oneSpace(s)}
	}
	for _, p := range []*regexp.Regexp{leader, ellipsis, singleDot, pageSlash, pageFar, pageInParens} {
		if m := p.FindStringSubmatch(s); m != nil {
			return fragment{text: oneSpace(m[1]), page: readNumber("0" + m[2]), closed: true}
		}
	}
	if m := pageNear.FindStringSubmatch(s); m != nil {
		return fragment{text: oneSpace(m[1]), page: readNumber(m[2]), closed: true, spaced: true}
	}
	return fragment{text: oneSpace(s)}
}

// leaderDots are what a leader is made of.
var leaderDots = trie.NewRunes(".．·•・‧∙…⋯‥_＿-—–―－")

// isLeader tells whether the line is a row of contents beyond doubt: leader dots before a page number or the end.
func (l *line) isLeader() bool {
	if l.long {
		return false
	}
	if l.isTableRow() {
		cells := cellsOf(l.text)
		return len(cells) >= 2 && cellNumber.MatchString(cells[len(cells)-1]) || len(cells) == 1 && leader.MatchString(cells[0])
	}
	if !strings.ContainsFunc(l.wide, leaderDots.Has) {
		return false
	}
	m := leader.FindStringSubmatch(l.wide)
	if m == nil {
		return false
	}
	return m[2] != "" && m[1] != "" || strings.HasSuffix(l.wide, "..") || strings.HasSuffix(l.wide, "……") || strings.HasSuffix(l.wide, "··")
}

// cellsOf returns the cells of a table's row that are not empty; nil for its rules.
func cellsOf(row string) []string {
	if tableRule.MatchString(row) {
		return nil
	}
	var cells []string
	for _, c := range strings.Split(strings.Trim(row, "|"), "|") {
		if c = oneSpace(strings.TrimSpace(lineBreak.ReplaceAllString(c, ""))); c != "" {
			cells = append(cells, c)
		}
	}
	return cells
}

// maxContents is the number of lines that contents may have: more than any volume's.
const maxContents = 20_000

// findContents returns where the contents stand in lines: from first to before body. They are equal where there are none.
func findContents(lines []line, from int) (first, body int) {
	head := -1
	for i := from; i < len(lines) && i < from+40; i++ {
		if !lines[i].long && contentsHead.MatchString(sectionName(lines[i].text)) {
			head = i
			break
		}
		if lines[i].isLeader() {
			break
		}
	}
	first = head + 1
	if head < 0 {
		first = max(firstLeader(lines, from), from)
	}
	end := first // of what may be contents: the first running text
	lastLeader, leaders, page := -1, 0, 0
	for ; end < min(len(lines), first+maxContents) && (lines[end].isLeader() || !lines[end].isProse()); end++ {
		f := fragment{}
		if !lines[end].long {
			f = readFragment(lines[end].wide)
		}
		switch {
		case lines[end].isLeader():
			lastLeader = end
			leaders++
		case leaders > 0 && f.closed && !f.spaced && f.page >= page && f.page <= page+60:
			lastLeader = end // a leader of one dot, where others show that these are contents
		default:
			continue
		}
		page = max(page, f.page)
	}
	if head < 0 && leaders > 0 {
		for first > from && !lines[first-1].isProse() {
			first--
		}
	}
	if head < 0 && leaders == 1 && lines[lastLeader].isTableRow() {
		leaders, lastLeader = 0, -1 // a table of another kind
	}
	// The body begins where the first line of the contents comes back, or another one, at the latest behind the last
	// leader. The ends of two titles may be the same: short lines come back within the contents.
	seen := map[string]bool{}
	back := -1
	for i := first; i < end; i++ {
		key := lines[i].key
		if i > lastLeader && (i > first+1 || leaders > 0) && seen[key] && !lines[i].isTableRow() && !isPageNumberText(lines[i].text) {
			if key == lines[first].key {
				return first, i
			}
			if back < 0 && lines[i].runes >= 4 {
				back = i
			}
		}
		seen[key] = true
		if f := readFragment(lines[i].wide); f.closed {
			seen[fold.String(f.text)] = true
		}
	}
	if back >= 0 {
		return first, back
	}
	switch {
	case leaders > 0:
		body = lastLeader + 1
		for body < len(lines) && tableRule.MatchString(firstBytes(lines[body].text, maxHeadingBytes)) {
			body++
		}
		return first, body
	case head >= 0 && end == len(lines):
		return first, end
	}
	return from, from
}

// firstLeader returns the first of two leaders that no running text parts, -1 where there are none. It looks no
// further than contents are ever found.
func firstLeader(lines []line, from int) int {
	before := -1
	for i := from; i < len(lines) && i < from+300; i++ {
		switch {
		case lines[i].isLeader():
			if before >= 0 {
				return before
			}
			before = i
		case lines[i].isProse():
			before = -1
		}
	}
	if before >= 0 && (before == len(lines)-1 || before-from < 4) {
		return before
	}
	return -1
}

// fragments returns the pieces of the contents; body tells what stands in the body, to judge numbers by.
func fragments(lines []line, body *heads) []fragment {
	var out []fragment
	add := func(f fragment) {
		if n := len(out); f.text == "" && f.closed && n > 0 && !out[n-1].closed {
			out[n-1].closed, out[n-1].page = true, f.page
			return
		}
		if f.text != "" && utf8.RuneCountInString(f.text) <= maxHeadRunes {
			out = append(out, f)
		}
	}
	for i := range lines {
		l := &lines[i]
		if l.long || l.isProse() && !l.isLeader() || contentsHead.MatchString(sectionName(l.text)) {
			continue
		}
		cells := []string{l.wide}
		if l.isTableRow() {
			cells = cellsOf(l.text)
		}
		for c, cell := range cells {
			n := len(out)
			if m := cellNumber.FindStringSubmatch(cell); m != nil {
				if n > 0 && out[n-1].page == 0 && (c > 0 || !l.gap) {
					out[n-1].page, out[n-1].closed = readNumber(m[1]), true
				}
				continue // else the number of the page of contents itself
			}
			if isPageNumberText(cell) || l.isTableRow() && columnHead.MatchString(pack(cell)) {
				continue
			}
			f := readFragment(cell)
			if f.closed {
				if body.has(fold.String(cell)) {
					f = fragment{text: oneSpace(cell)} // the number is the title's own
				}
			}
			f.line, f.gap = l.number, l.gap && c == 0
			add(f)
		}
	}
	dropMarks(out, body)
	// A number behind a single space is a page where others are, or where the body has the title without it.
	near := 0
	for _, f := range out {
		if f.spaced {
			near++
		}
	}
	for i := range out {
		if f := &out[i]; f.spaced && near < 3 {
			if !body.has(fold.String(f.text)) {
				f.text, f.page, f.closed = f.text+" "+strconv.Itoa(f.page), 0, false
			}
		}
	}
	return out
}

var (
	bullet    = regexp.MustCompile(`^(?:[◇◆●■□★☆○•·▲△▼▽※◎►▪]|[-*+] )\s*`)
	ordinal   = regexp.MustCompile(`^(?:\d{1,3}[.．、]|[（(][\d一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}、)\s*`)
	pageFirst = regexp.MustCompile(`^(\d{1,3})\s+(.+)$`)
)

// dropMarks takes bullets, ordinals and page numbers from before the titles, where the body has the titles without.
func dropMarks(fs []fragment, body *heads) {
	numbered, paged := 0, 0
	for i := range fs {
		f := &fs[i]
		if m := bullet.FindString(f.text); m != "" && m != f.text {
			f.text = f.text[len(m):]
		}
		if ordinal.MatchString(f.text) {
			numbered++
		}
		if !f.closed && pageFirst.MatchString(f.text) {
			paged++
		}
	}
	for i := range fs {
		f := &fs[i]
		if body.has(fold.String(f.text)) {
			continue
		}
		if m := ordinal.FindString(f.text); m != "" && m != f.text && numbered >= 3 {
			f.text = f.text[len(m):]
		} else if m := pageFirst.FindStringSubmatch(f.text); m != nil && !f.closed && paged >= 3 {
			f.text, f.page, f.closed = m[2], readNumber(m[1]), true
		}
	}
}

// readContents groups fragments to columns and titles. A title may be set over several lines and tables, a column looks
// like the first line of a title: the grouping is taken that finds most of its titles in the body.
func readContents(fs []fragment, body *heads) []item {
	// Where leaders and page numbers end the titles, what has neither is hardly one.
	closed := 0
	for _, f := range fs {
		if f.closed {
			closed++
		}
	}
	open := 9
	if 3*closed >= len(fs) {
		open = 17
	}
	// best[i] is the best score of the fragments before i, from[i] the choice that reached it.
	best := make([]int, len(fs)+1)
	type choice struct {
		n         int
		isSection bool
	}
	from := make([]choice, len(fs)+1)
	for i := 1; i <= len(fs); i++ {
		best[i] = -1 << 30
		for n := 1; n <= maxHeadLines && n <= i; n++ {
			group := fs[i-n : i]
			if n > 1 && group[0].closed || n > 2 && group[1].closed || n > 3 && group[2].closed {
				break
			}
			if s := best[i-n] + titleScore(group, open, body); s > best[i] {
				best[i], from[i] = s, choice{n, false}
			}
			if n == 1 {
				next := i < len(fs)
				if s := best[i-1] + sectionScore(&group[0], next && fs[i].gap, open > 9, body); s > best[i] {
					best[i], from[i] = s, choice{1, true}
				}
			}
		}
	}
	var items []item
	for i := len(fs); i > 0; i -= from[i].n {
		group := fs[i-from[i].n : i]
		it := item{isSection: from[i].isSection, line: group[0].line, page: group[len(group)-1].page}
		for _, f := range group {
			it.text += f.text
		}
		if it.isSection {
			it.text = sectionName(it.text)
			it.key = sectionKey(it.text)
		} else {
			it.key = fold.String(it.text)
		}
		items = append(items, it)
	}
	slices.Reverse(items)
	section := ""
	for i := range items {
		if items[i].isSection {
			section = items[i].text
		}
		items[i].section = section
	}
	return items
}

// titleScore says how likely the fragments are one title; open is what it costs to have no end.
func titleScore(group []fragment, open int, body *heads) int {
	key := ""
	score := 0
	for i, f := range group {
		key += fold.String(f.text)
		if i > 0 {
			score--
			if f.gap {
				score--
			}
		}
	}
	found, quality := body.find(key)
	switch {
	case !found.whole:
		quality /= 2 // it stands there, as a part of a longer heading
	case quality == 10 && group[len(group)-1].closed && found.sure:
		score += 10
	}
	switch last := group[len(group)-1]; {
	case quality > 0 && last.closed:
		return score + 2*quality
	case quality > 0:
		return score + 2*quality - open // less than a column that is known
	case last.closed:
		return 2*score + 2
	}
	return 2*score - 6
}

// sectionScore says how likely a fragment is the name of a column; closing tells that titles have leaders or pages.
func sectionScore(f *fragment, gapBelow, closing bool, body *heads) int {
	key := sectionKey(f.text)
	n := utf8.RuneCountInString(key)
	if n == 0 || n > 20 {
		return -20
	}
	known := lexicon.IsSection(sectionName(f.text))
	alone := n <= 10 && body.isSection(key)
	switch {
	case isPiece(f.text):
		return -20
	case f.closed && alone && (known || n <= 8): // columns may have a page of their own
		return 31
	case f.closed:
		return -14
	case alone:
		return 14
	case known:
		return 12
	case f.gap && n <= 12 && gapBelow: // a guess: less than what a line more costs a title that is found whole
		return -4
	case f.gap && n <= 12, closing && n <= 8:
		return -5
	}
	return -8
}
