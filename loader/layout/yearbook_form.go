package layout

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"fangzhi/graph"
)

// fitYearbook counts titles in brackets.
func fitYearbook(lines []line) (score float64, why string) {
	titles := 0
	for i := range lines {
		if name, rest, ok := bracketed(lines[i].text); ok && readTimeHead(name, anywhere).level == noTime && (rest != "" || i+1 < len(lines)) {
			titles++
		}
	}
	if titles == 0 {
		return 0, ""
	}
	t := readYearbookTitle(lines)
	switch {
	case t.publication != "" && titles >= 1:
		return 0.97, fmt.Sprintf("书名“%s”，有【】条目%d个", t.publication, titles)
	case titles >= 4 && 25*titles >= len(lines):
		return 0.55, fmt.Sprintf("有【】条目%d个", titles)
	}
	return 0, ""
}

// bracketed reads a line that begins with a title in brackets.
func bracketed(s string) (title, rest string, ok bool) {
	r, size := utf8.DecodeRuneInString(s)
	closer := ""
	switch r {
	case '【':
		closer = "】"
	case '〖':
		closer = "〗"
	default:
		return "", "", false
	}
	title, rest, ok = strings.Cut(s[size:], closer)
	title = strings.TrimSpace(title)
	if !ok || title == "" || utf8.RuneCountInString(title) > 50 || strings.ContainsAny(title, "。；") {
		return "", "", false
	}
	return title, strings.TrimSpace(rest), true
}

// overviews are the ends of titles of articles that describe a field, no event.
var overviews = []string{"概况", "概述", "综述", "概貌", "概览", "总述", "基本情况", "概要"}

// kindOf returns the kind of an article by its title.
func kindOf(title string) graph.EventKind {
	packed := pack(title)
	for _, w := range overviews {
		if strings.HasSuffix(packed, w) {
			return graph.EventKindOverview
		}
	}
	return ""
}

// otherParts are the names of classes that hold no articles.
var otherParts = map[string]bool{
	"特载": true, "专文": true, "专记": true, "特辑": true, "专载": true, "专题": true, "附录": true, "统计资料": true, "统计公报": true, "索引": true, "文献": true, "文件选编": true, "重要文献": true,
	"编后记": true, "后记": true, "目录": true, "凡例": true, "编辑说明": true, "前言": true, "序": true, "序言": true, "彩页": true, "图片": true, "人物表": true, "英文目录": true, "编纂委员会": true, "编辑部": true,
}

// yearPartNames are the names of a yearbook's chronicle.
var yearPartNames = map[string]bool{"大事记": true, "大事纪要": true, "大事纪略": true, "大事要览": true, "大事辑要": true, "大事": true}
