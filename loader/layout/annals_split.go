package layout

import (
	"strings"

	"fangzhi/fold"
)

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
