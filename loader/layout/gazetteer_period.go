package layout

import (
	"slices"
	"strings"
	"unicode/utf8"

	"fangzhi/fold"
)

// isPeriod tells whether the folded name of a heading is a dynasty or a period: 明清, 民国时期, 1949—1956年.
func isPeriod(name string) bool {
	if name == "" {
		return false
	}
	rs := []rune(name)
	return dynastyPieces(rs) != noPiece || readTimeHead(name, anywhere).level == yearLevel
}

// The kinds of a heading that names a stretch of time.
const (
	noPiece = iota
	periodPiece
	dynastyPiece
)

// dynastyPieces reads 清, 明清, 宋、元, 民国时期, 中华人民共和国成立后, 康熙朝 (folded).
func dynastyPieces(rs []rune) int {
	if i := slices.IndexFunc(rs, func(r rune) bool { return r == '(' || r == '〔' || r == '[' }); i > 0 {
		if !slices.ContainsFunc(rs[i:], isNumeral) && string(rs[i:]) != "(" {
			return noPiece
		}
		rs = rs[:i]
	}
	if len(rs) == 0 || len(rs) > 20 {
		return noPiece
	}
	if periodTree().has(rs) {
		return periodPiece
	}
	kind := noPiece
	for _, w := range []string{"时期", "时代", "以前", "以来"} {
		if strings.HasSuffix(string(rs), w) {
			kind = periodPiece
		}
	}
	for i := 0; i < len(rs); {
		n := dynastyTree().longest(rs[i:])
		if n == 0 {
			return kind
		}
		i += n
		for _, w := range []string{"时期", "时代", "年间", "成立后", "成立以后", "以前", "以后", "初期", "末期", "前期", "中期", "后期", "初年", "末年", "朝", "代", "初", "末"} {
			if strings.HasPrefix(string(rs[i:]), w) {
				i += utf8.RuneCountInString(w)
				break
			}
		}
		if i < len(rs) && strings.ContainsRune("、-至和与及·", rs[i]) {
			if i++; i == len(rs) {
				return noPiece
			}
		}
	}
	return dynastyPiece
}

// isDynasty tells whether a line is a dynasty and nothing else.
func isDynasty(l *line) bool {
	_, kind := dynastyLine(l)
	return kind == dynastyPiece
}

// dynastyLine reads a line as a dynasty or a period, whatever number or ornament stands before: 第二节 清代, 一、明, 【民国】.
func dynastyLine(l *line) (words string, kind int) {
	if l.long || l.runes > 30 || strings.ContainsAny(l.text, "。，；") {
		return "", noPiece
	}
	text := withoutNumber(l.text)
	kind = dynastyPieces([]rune(strings.Trim(fold.String(text), "[]【】〔〕◆◇■□●○★☆·-")))
	return text, kind
}

// withoutNumber takes the number off a heading: 第二节 清代, 一、明, （一）清, 卷上 明.
func withoutNumber(s string) string {
	if r := firstRune(s); r == '第' || r == '卷' {
		rs := []rune(s)
		for i := 1; i < len(rs) && i < 10; i++ {
			if _, n := volumeNumber(string(rs[:i+1])); n > 0 && (i+1 == len(rs) || strings.ContainsRune("编篇卷部册辑章节", rs[i]) || rs[i+1] == ' ') {
				return strings.TrimSpace(string(rs[i+1:]))
			}
		}
		return s
	}
	i := strings.IndexAny(s, "、．.）)")
	if i <= 0 || i > 12 {
		return s
	}
	for _, r := range s[:i] {
		if !isNumeral(r) && r != '（' && r != '(' {
			return s
		}
	}
	_, size := utf8.DecodeRuneInString(s[i:])
	return strings.TrimSpace(s[i+size:])
}
