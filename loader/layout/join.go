package layout

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"fangzhi/lexicon"
)

// paragraphs collects the text of an article: lines that a page or a line break cut are joined without a space.
type paragraphs struct {
	wrap  int // runes of a full line where lines are set one under another, 0 where a line is a paragraph
	texts []*paragraph
	lines []int    // where each begins
	tails []string // the end of each
	// lastRunes is the length of the last line that was added.
	lastRunes int
}

// A paragraph is the text of lines. That of one line is not copied.
type paragraph struct {
	first string
	all   strings.Builder // first included, once there is another
}

func (p *paragraph) add(line string) {
	if p.all.Len() == 0 {
		p.all.WriteString(p.first)
	}
	p.all.WriteString(line)
}

func (p *paragraph) text() string {
	if p.all.Len() == 0 {
		return p.first
	}
	return p.all.String()
}

// add appends a line, to the last paragraph or as a new one.
func (p *paragraphs) add(l *line) {
	p.put(l, l.text, p.continues(l))
}

// put appends text, which is a line or what is left of it without a marker, to the last paragraph where goesOn says so
// and there is one, else as a new one.
func (p *paragraphs) put(l *line, text string, goesOn bool) {
	text = l.own(unjustified(text))
	p.lastRunes = l.runes
	if n := len(p.texts); goesOn && n > 0 {
		p.texts[n-1].add(text)
		p.tails[n-1] = tail(p.tails[n-1] + text)
		return
	}
	p.texts = append(p.texts, &paragraph{first: text})
	p.lines = append(p.lines, l.number)
	p.tails = append(p.tails, tail(text))
}

// open tells whether the last paragraph ends in the middle of a sentence.
func (p *paragraphs) open() bool {
	n := len(p.texts)
	return n > 0 && unfinished(p.tails[n-1])
}

// text returns the paragraphs, separated by one line feed.
func (p *paragraphs) text() string {
	texts := make([]string, len(p.texts))
	for i, t := range p.texts {
		texts[i] = t.text()
	}
	return strings.Join(texts, "\n")
}

// continues tells whether a line goes on with the last paragraph.
func (p *paragraphs) continues(l *line) bool {
	if len(p.texts) == 0 {
		return false
	}
	last := p.tails[len(p.tails)-1]
	if unfinished(last) {
		if final := lastRune(last); itemStart.MatchString(l.text[:min(len(l.text), 40)]) && !leftOpen(last) && final != '，' && final != '、' {
			return false
		}
		return l.pageBreak && !listStart.MatchString(last) || !p.subheading(l)
	}
	// In a text of full lines a sentence may end where its line does.
	return p.wrap > 0 && !l.gap && !l.indented && !listStart.MatchString(l.text[:min(len(l.text), 40)]) &&
		p.lastRunes >= p.wrap-2
}

// wrapWidth returns the runes of a full line where paragraphs are set in lines one under another, 0 where a line is a
// paragraph: then hardly a line that has another right below it ends in the middle of a sentence.
func wrapWidth(lines []line) int {
	var cut []int
	pairs := 0
	for i := 0; i+1 < len(lines); i++ {
		if lines[i+1].gap || lines[i].runes < 15 || !strings.ContainsAny(lines[i].text, "，、。；：") {
			continue // headings may stand so
		}
		pairs++
		if !lines[i].long && lines[i].runes <= 60 && unfinished(lines[i].text) {
			cut = append(cut, lines[i].runes)
		}
	}
	if len(cut) < 3 || 3*len(cut) < pairs {
		return 0
	}
	slices.Sort(cut)
	return cut[len(cut)*3/4]
}

// indents tells whether paragraphs begin with an indent: most lines below a finished one do.
func indents(lines []line) bool {
	n, indented := 0, 0
	for i := 1; i < len(lines); i++ {
		if lines[i-1].runes >= 15 && !unfinished(tail(lines[i-1].text)) {
			n++
			if lines[i].indented {
				indented++
			}
		}
	}
	return 3*indented > n && indented >= 3
}

// tail returns the end of a paragraph, long enough to see what is left open in it.
func tail(s string) string {
	const most = 600
	if len(s) <= most {
		return s
	}
	i := len(s) - most
	for !utf8.RuneStart(s[i]) {
		i++
	}
	return s[i:]
}

const (
	stops   = "。！？!?…；：;:"
	closers = "”’』」】）)》〉\"]"
)

// unfinished tells whether a text ends in the middle of a sentence: without a stop, after a comma, or inside a book
// title or a parenthesis. Curly quotes do not count: chronicles leave them unbalanced. A closing mark ends a sentence
// only where the sentence stops inside it, or where it closes a note (记者 某某) that follows a stop.
func unfinished(s string) bool {
	s = strings.TrimRight(s, " ")
	if s == "" {
		return false
	}
	if leftOpen(s) {
		return true
	}
	last, size := utf8.DecodeLastRuneInString(s)
	if strings.ContainsRune(stops, last) {
		return false
	}
	if !strings.ContainsRune(closers, last) {
		return true
	}
	if last == '）' || last == ')' {
		if i := strings.LastIndexAny(s, "（("); i >= 0 {
			if before := strings.TrimRight(s[:i], " "); before == "" || !unfinished(before) {
				return false
			}
		}
	}
	for s != "" && strings.ContainsRune(closers, last) {
		s = s[:len(s)-size]
		last, size = utf8.DecodeLastRuneInString(s)
	}
	return !strings.ContainsRune(stops, last)
}

// leftOpen tells whether a book title or a parenthesis is open at the end of s. What has been open for more than 150
// runes was never closed.
func leftOpen(s string) bool {
	for _, pair := range []string{"《》", "（）"} {
		const size = len("《")
		closer := pair[size:]
		i := lastOpener(s, pair[:size])
		if i >= 0 && !strings.Contains(s[i:], closer) && utf8.RuneCountInString(s[i:]) <= 150 {
			return true
		}
	}
	return false
}

// lastOpener returns where an opening mark of three bytes stands last, -1 where it does not.
func lastOpener(s, mark string) int {
	if !strings.Contains(s, mark) {
		return -1 // as nearly always, and soonest known
	}
	for i := len(s) - len(mark); i >= 0; i-- {
		if s[i] == mark[0] && s[i+1] == mark[1] && s[i+2] == mark[2] {
			return i
		}
	}
	return -1
}

// subheading tells whether the last paragraph is a heading inside the article, which the line below does not go on
// with: one short line without any comma, on which no sentence can end.
func (p *paragraphs) subheading(below *line) bool {
	last := p.tails[len(p.tails)-1]
	n := utf8.RuneCountInString(last)
	if n > 40 || strings.ContainsAny(last, "，。；：") || leftOpen(last) {
		return false
	}
	if final, _ := utf8.DecodeLastRuneInString(last); final == '、' || strings.ContainsRune("在于和与及对向就把将由为的地得以并且等到从是了着被让使给各该其此这那不也还又都《“（", final) {
		return false
	}
	if first, _ := utf8.DecodeRuneInString(below.text); unicode.IsPunct(first) && !strings.ContainsRune("“《（【(", first) {
		return false
	}
	if isDigit(lastRune(last)) && isDigit(firstRune(below.text)) || fragmentStart(below.text) {
		return false
	}
	return n <= 20 && below.runes >= 12 && (below.gap || below.indented || p.wrap == 0) || listStart.MatchString(last)
}

// openers are words of two letters at most that a paragraph may begin with before its first comma.
var openers = map[string]bool{
	"近日": true, "日前": true, "近期": true, "当天": true, "当日": true, "当晚": true, "同日": true, "会上": true, "会前": true, "会后": true, "随后": true, "之后": true, "此外": true, "其中": true,
	"首先": true, "其次": true, "最后": true, "同时": true, "今年": true, "目前": true, "活动": true, "据悉": true, "最终": true, "接着": true, "期间": true, "现场": true, "清晨": true, "下午": true, "上午": true,
}

// fragmentStart tells whether a line begins with the rest of a word: 步、深学一层.
func fragmentStart(s string) bool {
	i := strings.IndexAny(s, "，、。；")
	return i >= 0 && i <= 2*len("步") && !openers[s[:i]]
}

func isDigit(r rune) bool { return '0' <= r && r <= '9' }

// unjustified takes the spaces out from between Han characters where a PDF has set a whole line apart: in more than
// one gap of twelve, in a line that is running text and no list of names.
func unjustified(s string) string {
	if strings.Count(s, " ") < 4 || strings.Count(s, "，")+strings.Count(s, "。")+strings.Count(s, "、") < 2 {
		return s
	}
	rs := []rune(s)
	gaps, spaces := 0, 0
	for i := 1; i < len(rs); i++ {
		switch {
		case isHan(rs[i]) && isHan(rs[i-1]):
			gaps++
		case rs[i] == ' ' && i+1 < len(rs) && isHan(rs[i-1]) && isHan(rs[i+1]):
			spaces++
		}
	}
	if 12*spaces <= gaps+spaces || gaps+spaces < 20 || listsNames(s) {
		return s
	}
	return withoutInnerSpaces(rs)
}

// listsNames tells whether spaces part three names or more: words of two to four characters that begin with a surname.
func listsNames(s string) bool {
	run := 0
	for word := range strings.SplitSeq(s, " ") {
		rs := []rune(strings.TrimRight(word, "。；，"))
		if len(rs) >= 2 && len(rs) <= 4 && lexicon.Surname(rs) > 0 && !slices.ContainsFunc(rs, func(r rune) bool { return !isHan(r) }) {
			if run++; run == 3 {
				return true
			}
			continue
		}
		run = 0
	}
	return false
}

// withoutInnerSpaces takes out the spaces beside Han characters, whatever stands on the other side but a digit or a
// letter: those are printed so.
func withoutInnerSpaces(rs []rune) string {
	var b strings.Builder
	for i, r := range rs {
		if r == ' ' && i > 0 && i+1 < len(rs) && (isHan(rs[i-1]) || unicode.IsPunct(rs[i-1])) && (isHan(rs[i+1]) || unicode.IsPunct(rs[i+1])) {
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// unspaced takes the spaces out of a heading whose letters are set apart: 区 里 开 会.
func unspaced(s string) string {
	rs := []rune(s)
	spaces, han := 0, 0
	for i, r := range rs {
		switch {
		case isHan(r):
			han++
		case r == ' ' && i > 0 && i+1 < len(rs) && isHan(rs[i-1]) && isHan(rs[i+1]):
			spaces++
		}
	}
	if han < 3 || 2*spaces < han {
		return s
	}
	return withoutInnerSpaces(rs)
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }
