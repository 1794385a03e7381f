package layout

import (
	"slices"
	"strings"
	"unicode/utf8"

	"fangzhi/fold"
)

// measure finds out how the part is set.
func (r *annals) measure(lines []line) {
	marks, runes, traditional := 0, 0, 0
	var lengths [64]int
	for i := range lines {
		l := &lines[i]
		n := l.runes
		if l.long {
			n = utf8.RuneCountInString(l.text)
		} else {
			lengths[min(n, 63)]++
		}
		runes += n
		for _, c := range l.text {
			switch c {
			case '，', '。', '；', '、':
				marks++
			case '縣', '災', '雲', '豐', '饑', '歲', '無', '雨', '萬', '曆', '順', '慶', '緒':
				if c != '雨' {
					traditional++
				}
			}
		}
	}
	r.unpunctuated = 50*marks < runes
	r.indents = indents(lines)
	r.wrap = wrapColumns(lines)
	if r.unpunctuated {
		r.wrap = 2 * fullLine(lengths[:], len(lines))
	}
	r.old = traditional*100 > runes || r.unpunctuated || strings.ContainsAny(fold.String(r.part.name), "祥灾")
}

// columns returns the width of a line as it is set: two for a character, one for a digit or a letter, four for an indent.
// 0 for a line that is longer than any that is set under another.
func columns(l *line) int {
	if l.long || l.runes > 60 {
		return 0
	}
	n := 0
	if l.indented {
		n = 4
	}
	for _, c := range l.text {
		if c < utf8.RuneSelf && c != ' ' { // spaces were full ones between characters
			n++
		} else {
			n += 2
		}
	}
	return n
}

// wrapColumns returns the columns of a full line where paragraphs are set in lines one under another, 0 where a line is a
// paragraph: then hardly a line that has another right below it ends in the middle of a sentence.
func wrapColumns(lines []line) int {
	var cut []int
	pairs := 0
	for i := 0; i+1 < len(lines); i++ {
		if lines[i+1].gap || lines[i].runes < 10 && !lines[i].long || !strings.ContainsAny(lines[i].text, "，、。；：") {
			continue // headings may stand so
		}
		pairs++
		if n := columns(&lines[i]); n > 0 && unfinished(tail(lines[i].text)) {
			cut = append(cut, n)
		}
	}
	if len(cut) < 3 || 4*len(cut) < pairs {
		return 0
	}
	slices.Sort(cut)
	return cut[len(cut)*3/4]
}

// fullLine returns the length that a full line has where one in four lines or more is of it, or one rune shorter, and
// hardly any is longer; 0 where lines are paragraphs.
func fullLine(lengths []int, lines int) int {
	longer := 0
	for n := len(lengths) - 1; n >= 12; n-- {
		if here := lengths[n] + lengths[n-1]; lengths[n] > 0 && here >= 3 && 4*here >= lines {
			if 10*longer <= lines && n < len(lengths)-1 {
				return n
			}
			return 0
		}
		longer += lengths[n]
	}
	return 0
}
