package extract

import "strings"

// creditWords stand before the names of those who wrote, took or checked an entry; afterCredit behind them.
var (
	creditWords = []string{"责任编辑", "编辑", "供稿", "供稿人", "撰稿", "撰稿人", "撰文", "执笔", "通讯员", "摄影", "校对", "审核", "审稿", "审定人", "录入", "作者", "图片", "图/", "文/", "文／", "图／", "制图", "资料提供", "整理"}
	afterCredit = []string{"摄", "供稿", "撰稿", "报道", "撰文", "供图", "文并摄", "整理"}
)

// credited reports whether a name is that of a contributor, who took no part (genre.md §1.4): （周禾） at the end of an entry,
// 供稿：周禾, 周禾 摄.
func credited(f *field, s span) bool {
	i := s.start
	for i > 0 && (isSpace(f.text[i-1]) || f.text[i-1] == '：' || f.text[i-1] == ':') {
		i--
	}
	for _, w := range creditWords {
		if f.hadBefore(i, w) {
			return true
		}
	}
	e := s.end
	for isSpace(f.at(e)) {
		e++
	}
	for _, w := range afterCredit {
		if f.has(e, w) && (f.hadBefore(s.start, "记者") || !isHan(f.at(e+len([]rune(w))))) {
			return true
		}
	}
	return inTrailingBracket(f, s)
}

// maxCredit bounds a bracket of contributors, in code points.
const maxCredit = 24

// inTrailingBracket reports whether a name stands in a bracket that ends a paragraph, behind its last stop, with names and
// organs alone in it.
func inTrailingBracket(f *field, s span) bool {
	open := s.start
	for open > 0 && s.start-open < maxCredit && f.text[open] != '（' && f.text[open] != '(' {
		if r := f.text[open-1]; !isHan(r) && !isSpace(r) && r != '（' && r != '(' && r != '、' && r != '：' {
			return false
		}
		open--
	}
	if c := f.at(open); c != '（' && c != '(' {
		return false
	}
	end := s.end
	for end < len(f.text) && end-s.end < maxCredit && (isHan(f.text[end]) || isSpace(f.text[end]) || f.text[end] == '、') {
		end++
	}
	if c := f.at(end); c != '）' && c != ')' {
		return false
	}
	for end++; isSpace(f.at(end)); end++ {
	}
	if c := f.at(end); c != 0 && c != '\n' {
		return false
	}
	for open > 0 && isSpace(f.text[open-1]) {
		open--
	}
	return open == 0 || strings.ContainsRune("。！？”】\n", f.text[open-1])
}
