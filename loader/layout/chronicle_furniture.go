package layout

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// What stands on the pages of a chronicle and in the frame of a web page and belongs to no entry.

// webRunes is the length of the longest line of navigation.
const webRunes = 80

// webLine reads a line of navigation or of what a page says of itself: then it is furniture.
func (r *chronicle) webLine(i int) bool {
	l := &r.lines[i]
	if l.long || l.runes > webRunes || l.kind == lineEntry || l.kind == lineMarker {
		return false
	}
	in, isInfo := readInfo(&l.line)
	if isInfo = isInfo && (in.labelled || in.site != ""); !isInfo && !isAround(&l.line) && !attachment.MatchString(l.text) {
		return false
	}
	if isInfo && r.issue.Published == 0 {
		r.issue.Published = in.published
	}
	if isInfo && r.issue.Publisher == "" && officeWord.MatchString(in.source) {
		r.issue.Publisher = in.source
	}
	r.furniture(i)
	return true
}

// dropFurniture marks what belongs to the page.
func (r *chronicle) dropFurniture() {
	type running struct {
		at   []int
		cuts bool // a sentence
		page bool // beside the number of a page
		gap  bool // a blank line stands above each
	}
	heads := map[string]*running{}
	isPage := make([]bool, len(r.lines))
	for i := r.top; i < len(r.lines); i++ {
		isPage[i] = r.fates[i] == fateNone && isPageNumber(&r.lines[i])
	}
	above := -1
	for i := r.top; i < len(r.lines); i++ {
		l := &r.lines[i]
		if r.fates[i] != fateNone {
			continue
		}
		if isPage[i] || isRunningHead(l) || (l.kind == lineText || l.kind == lineMarker) && isCaption(l) {
			r.furniture(i)
			continue
		}
		if r.webLine(i) {
			continue
		}
		if (l.kind == lineText || l.kind == lineTitle) && !l.long && l.runes <= 30 && !strings.ContainsAny(l.text, "。；，") && !isPiece(l.text) {
			if key := withoutPage(l.text); key != "" {
				h := heads[key]
				if h == nil {
					h = &running{gap: true}
					heads[key] = h
				}
				h.at = append(h.at, i)
				h.cuts = h.cuts || above >= 0 && !r.lines[above].mayHead() && unfinished(tail(r.lines[above].text))
				h.gap = h.gap && l.gap
				h.page = h.page || i > 0 && isPage[i-1] || i+1 < len(r.lines) && isPage[i+1]
			}
		}
		above = i
	}
	for _, h := range heads {
		first := &r.lines[h.at[0]]
		book := isBookTitle(pack(first.text)) || first.kind == lineTitle && first.title.same(&r.title)
		if len(h.at) >= 3 && (h.cuts && (h.gap || book) || h.page) || h.page && (len(h.at) >= 2 || book) || len(h.at) >= 2 && book && h.cuts {
			for _, i := range h.at {
				r.furniture(i)
			}
		}
	}
}

// isPageNumber tells whether a line is the number of a page.
func isPageNumber(l *chronicleLine) bool {
	if l.long || l.runes > 25 || l.kind == lineHead {
		return false
	}
	return strings.ContainsFunc(l.text, func(r rune) bool {
		return isDigit(r) || strings.ContainsRune("IVXⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ", r)
	}) && pageNumber.MatchString(l.text)
}

// isRunningHead tells whether a line is a running head with the number of its page: 大 事 记 · 15 ·, Page 3 - 《…》.
func isRunningHead(l *chronicleLine) bool {
	if l.long || l.runes > 30 || l.kind != lineText && l.kind != lineTitle && l.kind != lineMarker || strings.ContainsAny(l.text, "，。；") || !strings.ContainsAny(l.text, "0123456789") {
		return false
	}
	if runningPage.MatchString(l.text) {
		return true
	}
	// 15 大事记, 大事记 15
	packed := pack(l.text)
	trimmed := strings.TrimFunc(packed, func(c rune) bool { return isDigit(c) || unicode.IsPunct(c) || unicode.IsSymbol(c) })
	return trimmed != packed && !strings.ContainsAny(trimmed, "0123456789") && (trimmed == "大事记" || isBookTitle(trimmed) && utf8.RuneCountInString(trimmed) <= 12) && !strings.HasSuffix(packed, "）")
}

// isBookTitle tells whether packed words are what a running head names: a book or a part of one.
func isBookTitle(s string) bool {
	if i := strings.LastIndexAny(s, "（("); i > 0 {
		s = s[:i]
	}
	for _, w := range []string{"年鉴", "大事记", "大事纪", "县志", "区志", "市志", "镇志", "乡志", "省志", "通志", "纪事", "史志", "方志"} {
		if strings.HasSuffix(s, w) {
			return true
		}
	}
	// 二十七、街道·镇
	if _, n := numberAt(s); n > 0 && strings.HasPrefix(s[n:], "、") {
		return true
	}
	return false
}

// captionStarts begin what stands below or instead of a picture.
var captionStarts = []string{"图片", "![", "<!--", "<img"}

// isCaption tells whether a line stands below a picture.
func isCaption(l *chronicleLine) bool {
	if l.long || l.runes > 60 {
		return false
	}
	if strings.HasPrefix(l.text, "（摄影") || strings.HasPrefix(l.text, "（图") || strings.HasSuffix(l.text, "摄）") || strings.HasSuffix(l.text, "摄)") {
		return true
	}
	if picture := strings.TrimLeft(l.text, markers+" "); strings.HasPrefix(picture, "图为") || strings.HasPrefix(picture, "图：") {
		return true
	}
	for _, p := range captionStarts {
		if strings.HasPrefix(l.text, p) {
			return isCaptionText(l.text)
		}
	}
	return false
}
