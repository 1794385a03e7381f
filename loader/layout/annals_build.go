package layout

import (
	"strings"
	"unicode/utf8"
)

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
	hanging := false   // the article at hand has words of its own that say when
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
