package layout

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"fangzhi/edtf"
)

// What stands on the pages of a chronicle and in the frame of a web page and belongs to no entry.

// webStarts begin lines of navigation, packed.
var webStarts = []string{
	"当前位置", "您的位置", "您所在的位置", "当前所在位置", "首页>", "首页", "网站首页", "浏览次数", "浏览量", "点击数", "点击次数", "点击量", "阅读次数", "字体：", "字号：", "【字体", "【大中小】", "[大中小]", "打印本页", "关闭窗口", "【打印", "[打印", "【关闭", "[关闭",
	"分享到", "扫一扫", "责任编辑：", "上一篇", "下一篇", "上一条", "下一条", "版权所有", "公网安备", "网站标识码", "网站地图", "返回顶部", "相关链接", "相关附件", "相关文档", "附件下载", "附件：", "无障碍浏览", "发布时间：", "发布日期：", "信息来源：", "文章来源：", "稿源：", "时间：", "日期：", "来源：", "作者：", "编辑：", "审核：",
}

// webWords stand anywhere in lines of navigation, packed.
var webWords = []string{"浏览次数", "点击次数", "阅读次数", "版权所有", "ICP备", "公网安备", "【打印", "[打印", "关闭窗口"}

// webRunes is the length of the longest line of navigation.
const webRunes = 80

// webLine reads a line of navigation or of what a page says of itself: then it is furniture.
func (r *chronicle) webLine(i int) bool {
	l := &r.lines[i]
	if l.long || l.runes > webRunes || l.kind == lineEntry || l.kind == lineMarker {
		return false
	}
	packed := pack(l.text)
	if !isWebLine(packed) {
		return false
	}
	for j := range packed {
		if isDigit(rune(packed[j])) && (j == 0 || !isDigit(rune(packed[j-1]))) {
			if day, _ := readDay(packed[j:]); day != 0 && !strings.Contains(packed[:j], "打印") {
				r.published(day)
				break
			}
		}
	}
	if _, after, ok := strings.Cut(l.text, "来源："); ok && r.issue.Publisher == "" {
		name := strings.TrimSpace(after)
		if j := strings.IndexAny(name, " 【[|"); j > 0 {
			name = name[:j]
		}
		if officeWord.MatchString(name) {
			r.issue.Publisher = name
		}
	}
	r.furniture(i)
	return true
}

// isWebLine tells whether a packed line is navigation.
func isWebLine(packed string) bool {
	if strings.Contains(packed, "。") {
		return false
	}
	for _, w := range webStarts {
		if strings.HasPrefix(packed, w) {
			return w != "首页" || packed == w || strings.Contains(packed, ">")
		}
	}
	for _, w := range webWords {
		if strings.Contains(packed, w) {
			return true
		}
	}
	for _, w := range []string{".doc", ".docx", ".pdf", ".xls", ".xlsx", ".jpg", ".png"} {
		if strings.HasSuffix(packed, w) {
			return true
		}
	}
	if strings.Count(packed, ">") >= 2 {
		return true
	}
	if !strings.Contains(packed, "来源：") {
		return false
	}
	_, rest := readDay(packed) // 2022-12-08 10:20 来源：…
	return rest != packed
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

// published keeps the day of issue of a web page.
func (r *chronicle) published(day edtf.Day) {
	if r.issue.Published == 0 {
		r.issue.Published = day
	}
}
