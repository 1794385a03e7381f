package layout

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"fangzhi/fold"
	"fangzhi/graph"
	"fangzhi/loader/source"
)

// The annals of a gazetteer (志书大事记, 祥异): years of eras, of the Republic and of the common era, each with its entries.
//
//	annals := { dynasty | year | month | day | entry }
//	entry  := [marker] [words that say when] text NL { text NL } { source note NL }
//
// A line that only says when is a heading and stands in Heading; words at the beginning of an entry's text stay in its
// body. Rules: genre.md §1.5 and §1.6.

// fitAnnals counts the headings of several years.
func fitAnnals(lines []line) (score float64, why string) {
	const enough = 4000 // lines of the first part say what the rest is
	t := readAnnalsTitle(lines)
	parts, volumes := findParts(lines, &t)
	if len(parts) == 0 {
		return 0, ""
	}
	var eras, republic, common, dynasties, items, turns, ordered, brackets, starts int
	lastYear := 0
	years := map[string]bool{}
	n := 0
	for _, p := range parts {
		above := ""
		for i := p.from; i < p.to && n < enough; i++ {
			n++
			l := &lines[i]
			if strings.HasPrefix(l.text, "【") {
				brackets++
			}
			if finished := above == "" || !unfinished(tail(above)); finished || l.gap || l.indented {
				starts++
			}
			above = l.text
			if isDynasty(l) {
				dynasties++
				continue
			}
			h := readTimeHead(strings.TrimLeft(l.text, annalsMarkers+" "), amongEras)
			switch {
			case h.level > yearLevel:
				items++
			case h.level != yearLevel:
			case h.ref != absolute:
				items++
			default:
				words := fold.String(h.yearWords(l.text))
				years[words] = true
				switch {
				case strings.Contains(words, "民国"):
					republic++
				case h.era:
					eras++
				default:
					common++
				}
				if h.ce != 0 {
					if lastYear != 0 {
						turns++
						if h.ce >= lastYear {
							ordered++
						}
					}
					lastYear = h.ce
				}
			}
		}
	}
	heads := eras + republic + common
	switch {
	case len(years) < 3 && (eras == 0 || len(years) < 1) || heads == 0:
		return 0, ""
	case brackets > heads && brackets > 3:
		return 0, "" // 条目 of a yearbook
	case turns > 3 && 3*ordered < 2*turns, 5*(heads+items+dynasties) < starts:
		return 0, ""
	}
	score = 0.6
	if eras+republic+dynasties > 0 || len(years) >= 5 {
		score += 0.2
	}
	if volumes > 1 || parts[0].name != "" {
		score += 0.15
	}
	var shown []string
	for _, c := range []struct {
		n    int
		what string
	}{{dynasties, "朝代"}, {eras, "年号"}, {republic, "民国纪年"}, {common, "公元纪年"}} {
		if c.n > 0 {
			shown = append(shown, fmt.Sprintf("%s%d处", c.what, c.n))
		}
	}
	return score, "按年记事：" + strings.Join(shown, "、")
}

// top is the first line below the title.
func (t *annalsTitle) top() int {
	if len(t.at) == 0 {
		return 0
	}
	return t.at[len(t.at)-1] + 1
}

// readAnnals reads the annals of a text as one issue.
func readAnnals(t source.Text) []Issue {
	lines := newLines(t.Lines)
	if len(lines) == 0 {
		return nil
	}
	unmark(lines)
	title := readAnnalsTitle(lines)
	parts, _ := findParts(lines, &title)
	if len(parts) == 0 {
		return nil
	}
	r := annals{lines: lines, title: title}
	is := &r.issue
	is.Publication, is.Label, is.Publisher, is.OwnYears = title.publication, title.label, title.publisher, true
	is.Line = lines[0].number
	if title.line != 0 {
		is.Line = title.line
	}
	if is.Publication == "" {
		is.Publication = cmp.Or(parts[0].name, "大事记")
	}
	for _, p := range parts {
		n := len(is.Articles)
		r.read(p)
		for i := p.head; i < p.from && n == len(is.Articles); i++ {
			r.skipped.add(&lines[i])
		}
	}
	if len(is.Articles) == 0 {
		return nil
	}
	r.skipped = r.skipped.join(skipOutside(lines, parts, 0, func(i int) bool { return slices.Contains(title.at, i) }))
	r.skipped.warn(is, "逐年记事")
	if r.tables > 0 {
		is.warn(r.table, WarnSkippedText, "表格未读入，共%d行", r.tables)
	}
	is.Text = textOf(t.Lines, lines)
	slices.SortStableFunc(is.Warnings, func(a, b graph.IngestWarning) int { return cmp.Compare(a.Line, b.Line) })
	slices.SortStableFunc(is.Furniture, func(a, b source.Line) int { return cmp.Compare(a.Number, b.Number) })
	return []Issue{*is}
}

// unmark takes Markdown's bold marks off the beginnings of lines.
func unmark(lines []line) {
	for i := range lines {
		if l := &lines[i]; strings.HasPrefix(l.text, "**") || strings.HasPrefix(l.text, "__") {
			if text, ok := unmarked(l.text); ok {
				*l = lineOfText(l, text)
			}
		}
	}
}

// unmarked takes Markdown's bold marks off the beginning of a line: **1958年** 大旱.
func unmarked(s string) (string, bool) {
	mark := s[:2]
	words, rest, ok := strings.Cut(s[2:], mark)
	if !ok || len(words) > 90 {
		return s, false
	}
	return words + rest, true
}

// join adds what o counts.
func (s skipped) join(o skipped) skipped {
	if s.lines == 0 || o.lines > 0 && o.line < s.line {
		s.line = o.line
	}
	s.lines += o.lines
	s.runes += o.runes
	for _, v := range o.volumes {
		s.volume(v)
	}
	return s
}

// annals is one run over a text.
type annals struct {
	issue        Issue
	lines        []line
	title        annalsTitle
	skipped      skipped
	tables       int // rows
	table        int // the line of the first
	part         part
	blocks       []block
	wrap         int // columns of a full line, 0 where a line is a paragraph
	indents      bool
	unpunctuated bool
	old          bool // 祥异: months and seasons part entries where a sentence ends
	bullets      bool // annalsMarkers stand before most entries: they mean nothing
	follow       bool // most entries begin with words that say when: what does not goes on with the one above
	at           annalsTime
	section      string
	sections     map[string]bool // those of the issue
	body         []string        // paragraphs of the article at hand
}

// A block is a heading or a paragraph.
type block struct {
	kind   blockKind
	line   int
	text   string
	marker bool
	head   timeHead
	starts []lineStart
}

type blockKind int

const (
	paragraphBlock blockKind = iota
	noteBlock                // 资料来源：…, 按：…
	timeBlock                // a heading that says when
	dynastyBlock
	periodBlock  // 抗日战争时期
	sectionBlock // a heading that does not: 水灾
)

// lineStart is where in a paragraph a line of the file begins, in bytes.
type lineStart struct{ at, number int }

// annalsMarkers are marks that stand before entries.
const annalsMarkers = "△▲▽▼※☆★○●◎◇◆□■＊*•◦"

// read reads one part.
func (r *annals) read(p part) {
	r.part, r.blocks, r.at = p, nil, annalsTime{}
	r.section = p.name
	lines := r.withoutFurniture(p)
	if len(lines) == 0 {
		return
	}
	r.measure(lines)
	r.split(lines)
	r.judge()
	r.build()
}

// withoutFurniture returns the lines of the part without page furniture and tables.
func (r *annals) withoutFurniture(p part) []line {
	lines := r.lines[p.from:p.to]
	m := masthead{title: cmp.Or(pack(r.title.publication), p.name, "大事记")}
	names := map[string]bool{}
	for _, n := range []string{p.name, p.title, r.title.publication, r.title.publication + p.name, r.title.publication + p.title, "大事记"} {
		if n != "" {
			names[withoutPage(n)] = true
		}
	}
	publication := fold.String(r.title.publication)
	if n := eraTree().longest([]rune(publication)); n > 0 {
		publication = string([]rune(publication)[n:]) // 乾隆云河县志
	}
	drop := furniture(lines, 0, &m, func(i int) bool {
		l := &lines[i]
		return readTimeHead(l.text, amongEras).level != noTime || isDynasty(l)
	})
	kept := make([]line, 0, len(lines))
	for i := range lines {
		l := lines[i]
		switch {
		case l.isTableRow():
			if r.tables == 0 {
				r.table = l.number
			}
			r.tables++
			continue
		case !drop[i] && !l.long && l.runes <= 30:
			key := withoutPage(l.text)
			drop[i] = names[key] || publication != "" && strings.HasPrefix(key, publication) && l.runes <= len(publication)/3+12 && !strings.ContainsAny(l.text, "，。；：、")
		}
		if drop[i] {
			r.issue.Furniture = append(r.issue.Furniture, source.Line{Number: l.number, Text: l.text})
			if i+1 < len(lines) {
				lines[i+1].gap, lines[i+1].pageBreak = true, true
			}
			continue
		}
		kept = append(kept, l)
	}
	return kept
}

// measure finds out how the part is set.
func (r *annals) measure(lines []line) {
	marks, runes, traditional := 0, 0, 0
	var lengths [64]int
	for i := range lines {
		l := &lines[i]
		n := l.runes
		if l.long {
			n = utf8.RuneCountInString(l.text)
		} else {
			lengths[min(n, 63)]++
		}
		runes += n
		for _, c := range l.text {
			switch c {
			case '，', '。', '；', '、':
				marks++
			case '縣', '災', '雲', '豐', '饑', '歲', '無', '雨', '萬', '曆', '順', '慶', '緒':
				if c != '雨' {
					traditional++
				}
			}
		}
	}
	r.unpunctuated = 50*marks < runes
	r.indents = indents(lines)
	r.wrap = wrapColumns(lines)
	if r.unpunctuated {
		r.wrap = 2 * fullLine(lengths[:], len(lines))
	}
	r.old = traditional*100 > runes || r.unpunctuated || strings.ContainsAny(fold.String(r.part.name), "祥灾")
}

// columns returns the width of a line as it is set: two for a character, one for a digit or a letter, four for an indent.
// 0 for a line that is longer than any that is set under another.
func columns(l *line) int {
	if l.long || l.runes > 60 {
		return 0
	}
	n := 0
	if l.indented {
		n = 4
	}
	for _, c := range l.text {
		if c < utf8.RuneSelf && c != ' ' { // spaces were full ones between characters
			n++
		} else {
			n += 2
		}
	}
	return n
}

// wrapColumns returns the columns of a full line where paragraphs are set in lines one under another, 0 where a line is a
// paragraph: then hardly a line that has another right below it ends in the middle of a sentence.
func wrapColumns(lines []line) int {
	var cut []int
	pairs := 0
	for i := 0; i+1 < len(lines); i++ {
		if lines[i+1].gap || lines[i].runes < 10 && !lines[i].long || !strings.ContainsAny(lines[i].text, "，、。；：") {
			continue // headings may stand so
		}
		pairs++
		if n := columns(&lines[i]); n > 0 && unfinished(tail(lines[i].text)) {
			cut = append(cut, n)
		}
	}
	if len(cut) < 3 || 4*len(cut) < pairs {
		return 0
	}
	slices.Sort(cut)
	return cut[len(cut)*3/4]
}

// fullLine returns the length that a full line has where one in four lines or more is of it, or one rune shorter, and
// hardly any is longer; 0 where lines are paragraphs.
func fullLine(lengths []int, lines int) int {
	longer := 0
	for n := len(lengths) - 1; n >= 12; n-- {
		if here := lengths[n] + lengths[n-1]; lengths[n] > 0 && here >= 3 && 4*here >= lines {
			if 10*longer <= lines && n < len(lengths)-1 {
				return n
			}
			return 0
		}
		longer += lengths[n]
	}
	return 0
}

// split parts the lines into headings and paragraphs.
func (r *annals) split(lines []line) {
	var text strings.Builder
	var open *block // the paragraph that lines are added to
	last := 0       // columns of the last line
	end := ""       // of the paragraph
	flush := func() {
		if open != nil {
			open.text = text.String()
			r.blocks = append(r.blocks, *open)
			open = nil
		}
		text.Reset()
	}
	among, ordinal := anywhere, 0
	eras := amongEras
	if r.unpunctuated {
		eras = unparted
	}
	below := false // right below a heading that says when
	for i := range lines {
		l := &lines[i]
		words, marker := l.text, false
		if t := strings.TrimLeft(words, annalsMarkers+" "); t != words && t != "" {
			words, marker = t, true
		} else if t, ok := strings.CutPrefix(words, "- "); ok {
			words = t
			marker = true
		}
		h := readTimeHead(words, among)
		if h.ref == carried && h.ordinal != 0 && h.ordinal < ordinal && h.n < len(words) {
			h = timeHead{} // 三年困难时期 in the seventh year of an era
		}
		alone := h.level != noTime && isBare(words[h.n:], &h)
		note := isNote(words)
		name, kind := "", noPiece
		if !marker && !note {
			name, kind = dynastyLine(l)
			if kind != noPiece && h.level == monthLevel && len(r.blocks) > 0 {
				kind = noPiece // 夏
			}
		}
		if open != nil && kind == noPiece && !note && r.continues(l, &h, alone, marker, open, end, last) {
			open.starts = append(open.starts, lineStart{text.Len(), l.number})
			text.WriteString(unjustified(l.text))
			end, last = tail(end+l.text), columns(l)
			continue
		}
		if eraName := !marker && kind == noPiece && !alone && !l.long && l.runes <= 6 && eraTree().has([]rune(strings.Trim(l.key, "[]【】"))); eraName {
			h = timeHead{level: yearLevel, inner: yearLevel, end: len(words), year: len(words), month: len(words), n: len(words), strong: true, era: true}
			alone = true
		}
		if h.level == yearLevel && h.ref == absolute {
			among, ordinal = anywhere, h.ordinal
			if h.era {
				among = eras
			}
		} else if h.ref == carried && h.ordinal != 0 {
			ordinal = h.ordinal
		}
		switch {
		case kind != noPiece:
			flush()
			k := dynastyBlock
			if kind == periodPiece {
				k = periodBlock
			} else {
				among = anywhere
			}
			r.blocks = append(r.blocks, block{kind: k, line: l.number, text: name, head: timeHead{level: dynastyLevel}})
			below = false
			continue
		case alone && !marker:
			flush()
			r.blocks = append(r.blocks, block{kind: timeBlock, line: l.number, text: words, head: h})
			below = true
			continue
		case !below && h.level == noTime && !note && !marker && r.isSubheading(lines, i):
			flush()
			r.blocks = append(r.blocks, block{kind: sectionBlock, line: l.number, text: withoutNumber(sectionTitle(l.text))})
			continue
		}
		flush()
		below = false
		k := paragraphBlock
		if note {
			k = noteBlock
		}
		open = &block{kind: k, line: l.number, marker: marker, head: h, starts: []lineStart{{0, l.number}}}
		words = unjustified(words)
		text.WriteString(words)
		end, last = tail(words), columns(l)
	}
	flush()
}

// isBare tells whether what stands behind the words of a head leaves it a heading: nothing, a colon, or 1958年大事记.
func isBare(rest string, h *timeHead) bool {
	rest = strings.Trim(rest, "：:。. ")
	return rest == "" || h.level == yearLevel && h.ref == absolute && (rest == "大事记" || rest == "大事" || rest == "纪事" || rest == "大事紀" || rest == "大事記")
}

// sectionTitle returns a heading without ornaments, its spaces kept where they part words.
func sectionTitle(s string) string {
	return strings.Trim(unspaced(s), "【】[]〔〕◆◇■□●○★☆ ")
}

// subheads are headings, folded, that part a chapter of 祥异 by what happened.
var subheads = func() map[string]bool {
	set := map[string]bool{}
	for _, n := range strings.Fields("水灾 旱灾 蝗灾 虫灾 雹灾 风灾 雪灾 火灾 冻灾 霜灾 震灾 疫灾 病虫害 虫害 水旱 水患 风雹 冰雹 雹 霜冻 雪冻 低温冻害 低温 地震 瘟疫 疫病 饥荒 饥馑 丰歉 丰年 祥瑞 星变 天文 天象 物异 人异 兽害 兵灾 兵事 兵燹 寇乱 匪患 其他 其它 杂异 旱 水 蝗 地质灾害 山洪 洪灾 洪水 洪涝 涝灾 龙卷风 台风") {
		set[n] = true
	}
	return set
}()

// isSubheading tells whether line i is a heading that says what, not when: the lines of 水灾, then those of 旱灾.
func (r *annals) isSubheading(lines []line, i int) bool {
	l := &lines[i]
	if l.long || l.runes > 24 || i+1 >= len(lines) || !l.mayHead() {
		return false
	}
	name := withoutNumber(l.text)
	if _, n := volumeNumber(l.key + "  "); n > 0 && strings.ContainsRune("第卷", firstRune(l.key)) {
		return true
	}
	if key := strings.Trim(fold.String(name), "【】[]〔〕◆◇■□●○★☆"); subheads[key] || isPartName(key) {
		return readTimeHead(strings.TrimLeft(lines[i+1].text, annalsMarkers+" "), amongEras).level != noTime || isDynasty(&lines[i+1])
	}
	return name != l.text && l.runes <= 16 && readTimeHead(lines[i+1].text, amongEras).level == yearLevel
}

// isNote tells whether a line is an editor's or names a source: it belongs to the entry above.
func isNote(s string) bool {
	switch firstRune(s) {
	case '资', '資', '按', '注', '（', '(', '［', '[', '【', '〔', '据', '據', '出', '来', '見', '见', '编', '論', '论', '*', '①', '②', '③', '④', '⑤':
	default:
		return false
	}
	head := fold.String(firstBytes(s, 60))
	for _, w := range []string{"资料来源", "按:", "按：", "(按", "[按", "【按", "〔按", "按语", "注:", "注：", "(注", "[注", "【注", "注释", "编者按", "(编者", "出处", "来源:", "来源：", "(见", "(据", "见《", "(《", "(录自", "(摘自", "(引自", "(载", "(参见", "①", "②", "③", "④", "⑤"} {
		if strings.HasPrefix(head, w) {
			return true
		}
	}
	return false
}

// continues tells whether a line goes on with the paragraph above, whose last line had last runes and which ends with end.
//
// A stop ends a paragraph, so does a line that is not full. Words that say when begin a new one unless the line above is
// full and stops in the middle of a sentence: there they are part of it. Texts without punctuation have only their full lines.
func (r *annals) continues(l *line, h *timeHead, alone, marker bool, open *block, end string, last int) bool {
	if marker {
		return false
	}
	final := lastRune(strings.TrimRight(end, " "))
	comma := final == '，' || final == '、' || leftOpen(end)
	full := r.wrap > 0 && (last >= r.wrap-4 || last >= r.wrap-8 && !r.unpunctuated && comma)
	indented := r.indents && l.indented
	switch {
	case r.unpunctuated:
		return full && last >= r.wrap-2 && !indented && !(h.level == yearLevel && h.strong) && !(alone && l.gap)
	case alone && (!comma || !full):
		return false
	case unfinished(end):
		switch {
		case indented && !l.pageBreak:
			return false
		case full || comma:
			return !(h.strong && h.ce != 0 && h.era)
		case h.level != noTime:
			return false
		case l.pageBreak:
			return true
		}
		return strings.ContainsAny(end, "，。；") && !l.gap && !indented && open.kind == paragraphBlock
	}
	return full && !l.gap && !indented && r.indents && h.level == noTime && !listStart.MatchString(firstBytes(l.text, 40))
}

// judge decides what annalsMarkers and paragraphs without words that say when mean in this part.
func (r *annals) judge() {
	paragraphs, marked, headed, below := 0, 0, 0, 0
	year := false
	for i := range r.blocks {
		switch b := &r.blocks[i]; b.kind {
		case timeBlock:
			year = b.head.level == yearLevel
		case paragraphBlock:
			paragraphs++
			if b.marker {
				marked++
			}
			if b.head.level != noTime {
				headed++
			} else if year {
				below++
			}
		}
	}
	r.bullets = 5*marked >= 4*paragraphs
	r.follow = 5*headed >= 3*paragraphs
}

// build makes articles of the blocks.
func (r *annals) build() {
	is := &r.issue
	open := false // an article that paragraphs can be added to
	if r.section != "" {
		r.enterSection(r.section)
	}
	var pending []*block // headings that say when and have nothing below them yet
	unused := func(h *timeHead) {
		for n := len(pending); n > 0 && h.replaces(&pending[n-1].head); n-- {
			is.warn(pending[n-1].line, WarnEmptyArticle, "标题下没有内容：%s", pending[n-1].text)
			pending = pending[:n-1]
		}
	}
	inDynasty := false // sections stand below dynasties, not dynasties below sections
	hanging := false // the article at hand has words of its own that say when
	for i := range r.blocks {
		b := &r.blocks[i]
		switch b.kind {
		case dynastyBlock:
			unused(&timeHead{level: dynastyLevel})
			pending = append(pending, b)
			r.at = annalsTime{dynasty: b.text}
			open = false
		case periodBlock:
			unused(&timeHead{level: dynastyLevel})
			r.enterSection(b.text)
			r.at = annalsTime{}
			open = false
		case sectionBlock:
			unused(&timeHead{level: yearLevel})
			inDynasty = inDynasty || len(pending) > 0
			if !inDynasty {
				r.at.dynasty = ""
			}
			r.enterSection(b.text)
			r.at = annalsTime{dynasty: r.at.dynasty}
			open = false
		case timeBlock:
			unused(&b.head)
			pending = append(pending, b)
			r.at.enter(&b.head, b.text, true)
			open = false
		case noteBlock:
			switch {
			case open:
				r.add(b)
			case !r.at.known():
				r.skipBlock(b)
			default:
				above, isCarried := r.at.heading(r.at.own())
				r.begin(b, 0, len(b.text), above, isCarried)
				pending, open, hanging = nil, true, false
			}
		case paragraphBlock:
			if b.head.level == noTime && !r.at.known() {
				r.skipBlock(b)
				continue
			}
			if b.head.level == noTime && !b.marker && open && hanging && (r.follow || !r.at.yearOwn) {
				r.add(b)
				continue
			}
			if b.head.level != noTime {
				unused(&b.head)
			}
			r.entries(b)
			pending, open, hanging = nil, true, b.head.level != noTime
		}
	}
	r.close()
	unused(&timeHead{level: dynastyLevel})
}

// add appends a paragraph to the article at hand.
func (r *annals) add(b *block) {
	r.body = append(r.body, b.text)
	a := &r.issue.Articles[len(r.issue.Articles)-1]
	a.BodyLines = append(a.BodyLines, b.line)
}

// close gives the last article its body.
func (r *annals) close() {
	if n := len(r.issue.Articles); n > 0 && len(r.body) > 0 {
		r.issue.Articles[n-1].Body = strings.Join(r.body, "\n")
	}
	r.body = nil
}

func (r *annals) enterSection(name string) {
	r.section = name
	if r.sections == nil {
		r.sections = map[string]bool{}
	}
	if !r.sections[name] {
		r.sections[name] = true
		r.issue.Sections = append(r.issue.Sections, name)
	}
}

// skipBlock counts a paragraph that no year stands above.
func (r *annals) skipBlock(b *block) {
	for i, s := range b.starts {
		end := len(b.text)
		if i+1 < len(b.starts) {
			end = b.starts[i+1].at
		}
		r.skipped.add(&line{number: s.number, runes: utf8.RuneCountInString(b.text[s.at:end])})
	}
}

// entries makes the articles of a paragraph, one in most cases.
func (r *annals) entries(b *block) {
	h := b.head
	from := 0
	for {
		var heading string
		var isCarried bool
		switch {
		case h.level != noTime:
			heading, isCarried = r.at.above(&h)
			r.at.enter(&h, b.text[from:], false)
		case b.marker && !r.bullets:
			heading, isCarried = r.at.heading(dayLevel)
		default:
			heading, isCarried = r.at.heading(r.at.own())
		}
		next, nextHead := r.nextEntry(b.text, from)
		r.begin(b, from, next, heading, isCarried)
		if next == len(b.text) {
			return
		}
		from, h = next, nextHead
	}
}

// nextEntry returns where in a paragraph the next entry begins and the words that it begins with; the end of the text for
// none. Sentences of a paragraph that each tell of another year of an era are entries: 七年大旱。八年蝗。 In 祥异 so are
// those of other months and seasons. In texts without punctuation a space is all that parts them.
func (r *annals) nextEntry(text string, from int) (next int, h timeHead) {
	if !r.at.era {
		return len(text), h
	}
	for i := from; i < len(text); {
		k := strings.IndexAny(text[i:], "。 ○")
		if k < 0 {
			break
		}
		i += k
		stop, size := utf8.DecodeRuneInString(text[i:])
		i += size
		for i < len(text) && (text[i] == ' ' || strings.HasPrefix(text[i:], "○")) {
			_, size = utf8.DecodeRuneInString(text[i:])
			i += size
		}
		if i >= len(text) || stop == ' ' && !r.unpunctuated {
			continue
		}
		h = readTimeHead(text[i:], amongEras)
		if h.level == noTime {
			h = readTimeHead(text[i:], unparted)
		}
		switch {
		case h.level == noTime:
			continue
		case h.level == yearLevel && h.ref == absolute && !h.era, h.ref == carried && h.ordinal != 0 && h.ordinal <= r.at.ordinal,
			h.level == dayLevel, h.ref == same && h.level != yearLevel:
			continue
		case h.level == monthLevel || h.ref == same || h.ref == relative:
			if !r.old || isDigit(firstRune(text[i:])) {
				continue
			}
		}
		if strings.TrimSpace(text[from:i]) == "" || i-from <= headBytes(text[from:]) {
			continue // the words of the entry itself
		}
		return i, h
	}
	return len(text), h
}

// headBytes returns the length of the words that say when at the beginning of a text, with the space behind.
func headBytes(text string) int {
	h := readTimeHead(text, amongEras)
	n := h.n
	for n < len(text) && (text[n] == ' ' || strings.HasPrefix(text[n:], "。")) {
		_, size := utf8.DecodeRuneInString(text[n:])
		n += size
	}
	return n
}

// begin appends an article of the text of a paragraph.
func (r *annals) begin(b *block, from, to int, heading string, isCarried bool) {
	r.close()
	text := strings.TrimRight(b.text[from:to], " ○")
	number := b.line
	for _, s := range b.starts {
		if s.at <= from {
			number = s.number
		}
	}
	a := Article{Section: r.section, Heading: heading, Carried: isCarried, Line: number, BodyLines: []int{number}}
	if title, rest, ok := bracketTitle(text); ok {
		a.Title, text = title, rest
	}
	r.issue.Articles = append(r.issue.Articles, a)
	r.body = []string{text}
}

// bracketTitle takes a title in brackets off the beginning of an entry: 【县城解放】 ….
func bracketTitle(s string) (title, rest string, ok bool) {
	t, ok := strings.CutPrefix(s, "【")
	if !ok {
		return "", s, false
	}
	title, rest, ok = strings.Cut(t, "】")
	rest = strings.TrimSpace(rest)
	if !ok || rest == "" || utf8.RuneCountInString(title) > 40 || readTimeHead(title, amongEras).level != noTime {
		return "", s, false
	}
	return strings.TrimSpace(title), rest, true
}
