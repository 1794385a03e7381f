package layout

import (
	"strings"
	"unicode/utf8"

	"fangzhi/lexicon"
)

// contributorLabels stand before the name of who wrote an article.
var contributorLabels = []string{"撰稿单位", "供稿单位", "撰稿人", "供稿人", "撰稿", "供稿", "撰文", "执笔人", "执笔", "作者", "编写", "整理", "撰写", "审稿", "资料提供"}

// takeContributor cuts off who wrote an article from its end: （周 禾）, （撰稿人：雷 鸣）, （供稿：县人大办）. Names alone count only
// behind a stop, and only where they are names.
func takeContributor(s string) (body, contributor string) {
	s = strings.TrimRight(s, " ")
	closer, size := utf8.DecodeLastRuneInString(s)
	if closer != '）' && closer != ')' {
		if name, ok := contributorLine(s); ok {
			return "", name
		}
		return s, ""
	}
	open := strings.LastIndexAny(s, "（(")
	if open < 0 || len(s)-open > 240 {
		return s, ""
	}
	_, opener := utf8.DecodeRuneInString(s[open:])
	inner := strings.TrimSpace(s[open+opener : len(s)-size])
	before := strings.TrimRight(s[:open], " ")
	if name, ok := contributorLine(inner); ok {
		return before, name
	}
	if last := lastRune(before); before != "" && !strings.ContainsRune("。！？”》）…", last) {
		return s, ""
	}
	if rest, ok := strings.CutSuffix(inner, "供稿"); ok && rest != "" {
		return before, strings.TrimSpace(rest)
	}
	if areNames(inner) {
		return before, inner
	}
	return s, ""
}

// contributorLine reads 撰稿：雷 鸣.
func contributorLine(s string) (name string, ok bool) {
	for _, w := range contributorLabels {
		if rest, found := strings.CutPrefix(s, w); found {
			for _, colon := range []string{"：", ":", " "} {
				if name, ok := strings.CutPrefix(rest, colon); ok && utf8.RuneCountInString(name) <= 60 && !strings.ContainsRune(name, '。') {
					name = strings.TrimSpace(name)
					return name, name != ""
				}
			}
		}
	}
	return "", false
}

// areNames tells whether a text is one to six names of people, parted by spaces or 、: 周 禾, 刘 畅 谢小芸. A space inside a name of
// two characters sets it as wide as one of three.
func areNames(s string) bool {
	words := strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '、' || r == '，' || r == '　' })
	names := 0
	for i := 0; i < len(words); i++ {
		name := words[i]
		if i+1 < len(words) && utf8.RuneCountInString(words[i+1]) == 1 && utf8.RuneCountInString(name) <= 2 {
			name += words[i+1]
			i++
		}
		rs := []rune(name)
		if n := lexicon.Surname(rs); len(rs) < 2 || len(rs) > 4 || n == 0 || n == len(rs) {
			return false
		}
		for _, r := range rs {
			if !isHan(r) {
				return false
			}
		}
		names++
	}
	return names >= 1 && names <= 6
}
