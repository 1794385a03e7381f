package extract

import (
	"slices"
	"strings"

	"fangzhi/lexicon"
)

// rosterName reports whether a text is a name as a whole.
func (d *document) rosterName(s []rune) bool {
	n := len(s)
	if n < 2 || n > 16 || s[0] == '某' || s[n-1] == '某' {
		return false
	}
	dots := 0
	for _, r := range s {
		if isDot(r) {
			dots++
		} else if !isHan(r) {
			return false
		}
	}
	switch {
	case dots > 0:
		return !isDot(s[0]) && !isDot(s[n-1])
	case transliterated(s) && (n > minForeign || d.autonomous) && n <= maxForeign:
		return true
	case lexicon.YiSurname(s) && (n == 3 || n == 4):
		return true
	}
	surname := lexicon.Surname(s)
	if surname == 0 && lexicon.RareSurname(s[0]) {
		surname = 1
	}
	word := string(s)
	return surname > 0 && n-surname <= 2 && n <= 4 && !contains(vacant, word) && !neverName(word) && (!titleInside(s) || endsLikeLevel(s))
}

// vacant are words that stand where no one is.
var vacant = strings.Fields("空缺 暂缺 暂无 无此 从略 缺员 职务 姓名 任期 任职 时间 备注 性别 民族 籍贯 党派")

func plainDots(s []rune) string {
	out := slices.Clone(s)
	for i, r := range out {
		if isDot(r) {
			out[i] = '·'
		}
	}
	return string(out)
}
