package extract

import (
	"fangzhi/lexicon"
)

// verdict decides whether what stands between the marks is cited, and by which rule; "" where it is a play, a book, a talk, or
// nothing tells. left and right are the bounds of the list of titles that it stands in: 《…》和《…》 share what stands around.
func (c *citations) verdict(m mark, left, right int) string {
	title := c.bare(m)
	if len(title) < 2 {
		return ""
	}
	before, behind := c.text[c.clause(left):left], c.text[right:min(right+maxBehind, len(c.text))]
	before = trimEnd(before)
	own := trimEnd(c.text[c.clause(m.start):m.start]) // 、豫剧《…》
	book := lexicon.DocumentBook.Ends(title) > 0
	kind := !book && lexicon.DocumentNoKind.Ends(title) == 0 && (lexicon.DocumentKind.Ends(title) > 0 || figureWord(title, 0, "关于"))
	switch {
	case m.number.end > 0:
		return ruleNumbered
	case asTopic(before, behind), lexicon.DocumentWork.Ends(trimParticle(own)) > 0, lexicon.DocumentWork.Ends(trimParticle(before)) > 0:
		return ""
	case worksBehind(behind), lexicon.DocumentNever.Ends(title) > 0, lexicon.DocumentPress.Ends(title) > 0:
		return ""
	case kind:
		return ruleKind
	}
	if lexicon.DocumentBookBehind.In(behind) > 0 || c.performed(before) {
		return ""
	}
	cited := trimParticle(before)
	if book {
		if lexicon.DocumentBookCite.Ends(cited) > 0 {
			return ruleContext
		}
		return ""
	}
	switch n := lexicon.DocumentCite.Ends(cited); {
	case n > 1, n == 1 && lexicon.DocumentCiteBehind.In(behind) > 0: // 据, 见, 载 need 记载 or 规定 behind
		return ruleContext
	}
	return ""
}

// maxBehind is how far behind a title words are looked at.
const maxBehind = 16

// clause returns where the clause begins that ends at i, at most 20 code points before.
func (c *citations) clause(i int) int {
	j := i
	for j > 0 && i-j < 20 {
		switch c.text[j-1] {
		case '，', '。', '；', '：', '、', '！', '？', '\n', '》', '”', ',', ';', ':':
			return j
		}
		j--
	}
	return j
}

func trimEnd(s []rune) []rune {
	for len(s) > 0 && (isSpace(s[len(s)-1]) || s[len(s)-1] == '“' || s[len(s)-1] == '—') {
		s = s[:len(s)-1]
	}
	return s
}

// trimParticle drops what may stand between a verb and its object.
func trimParticle(s []rune) []rune {
	for len(s) > 0 {
		switch s[len(s)-1] {
		case '了', '过', '着', '的', '出', '并', '好', '起':
			s = s[:len(s)-1]
			continue
		}
		return s
	}
	return s
}

// asTopic tells whether the title is that of a talk: 以《…》为题.
func asTopic(before, behind []rune) bool {
	if len(before) > 0 && (before[len(before)-1] == '以' || before[len(before)-1] == '作') {
		for _, w := range []string{"为题", "为主题", "为题目", "为课题", "为名", "为内容", "主题", "的专题", "的主题", "专题"} {
			if figureWord(behind, 0, w) {
				return true
			}
		}
	}
	return figureWord(behind, 0, "为题") || figureWord(behind, 0, "为主题")
}

// worksBehind tells whether what stands behind a title calls it a play, a song, a film: 《…》等曲目, 《…》剧组.
func worksBehind(behind []rune) bool {
	if len(behind) == 0 {
		return false
	}
	if behind[0] != '等' && behind[0] != '的' {
		return lexicon.DocumentWorkBehind.In(behind) > 0
	}
	for i := 1; i < len(behind) && i < 10; i++ {
		switch behind[i] {
		case '，', '。', '；', '《', '、', '\n':
			return false
		}
		if n := lexicon.DocumentWorkBehind.In(behind[i:]); n > 1 {
			return true
		}
	}
	return false
}

// performed tells whether the clause before a title speaks of a performance.
func (c *citations) performed(before []rune) bool {
	for i := range before {
		if n := lexicon.DocumentWork.In(before[i:]); n > 1 {
			return true
		}
	}
	return false
}
