package source

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Justified print: the text layer of a PDF that sets its lines flush has single spaces between characters all over. A
// text has them if in its long lines more than spacedShare of the gaps between Han characters are spaces; then they are
// taken out of its long lines. Short ones are titles and lists of names, where a space means something (genre.md §1.1).

const (
	longLine    = 30 // code points
	spacedShare = 0.08
)

// closeUp takes the spaces of justified print out of the lines.
func closeUp(lines []Line) {
	gaps, spaces := 0, 0
	for _, l := range lines {
		if utf8.RuneCountInString(l.Text) >= longLine {
			g, s := hanGaps(l.Text, nil)
			gaps, spaces = gaps+g, spaces+s
		}
	}
	if float64(spaces) <= spacedShare*float64(gaps) {
		return
	}
	for i := range lines {
		text := lines[i].Text
		if strings.IndexByte(text, ' ') < 0 || utf8.RuneCountInString(text) < longLine {
			continue
		}
		var b strings.Builder
		last := 0
		hanGaps(text, func(at int) {
			b.WriteString(text[last:at])
			last = at + 1
		})
		lines[i].Text = b.String() + text[last:]
	}
}

// hanGaps counts the gaps between two Han characters, and those of them that are a single space; visit gets the byte
// offset of each such space.
func hanGaps(s string, visit func(at int)) (gaps, spaces int) {
	before, space := rune(0), -1
	for i, r := range s {
		switch {
		case r == ' ' && space < 0 && unicode.Is(unicode.Han, before):
			space = i
			continue
		case unicode.Is(unicode.Han, r) && unicode.Is(unicode.Han, before):
			gaps++
			if space >= 0 {
				spaces++
				if visit != nil {
					visit(space)
				}
			}
		}
		before, space = r, -1
	}
	return gaps, spaces
}
