package layout

import (
	"strings"
	"unicode/utf8"

	"fangzhi/loader/source"
)

// Pages of two columns, as programs that keep the places of words take them from a PDF. The columns are parted before
// anything else is read, else the days of the right one land inside the sentences of the left.

const (
	minGap      = 4   // columns of blank between two columns of text
	minColumn   = 16  // columns that a column of text is wide: eight characters
	maxColumnAt = 400 // no page is wider
)

// gap is a run of blanks inside a line, in columns of the screen.
type gap struct {
	from, to     int // columns
	byteAt, next int // where it begins and ends in the line
}

// splitColumns returns the lines with two columns one after the other, page by page; the same slice and false where there
// are none.
func splitColumns(lines []source.Line) (split []source.Line, found bool) {
	var out []source.Line
	start, before := 0, 0
	changed := false
	for i := 0; i <= len(lines); i++ {
		if i < len(lines) && i-start < 400 && !isPageEnd(lines[i].Text) {
			continue
		}
		page := lines[start:i]
		at := columnOf(page)
		if at == 0 && before > 0 && fitsColumn(page, before) {
			at = before
		}
		if at > 0 {
			before = at
			if !changed {
				out = append(make([]source.Line, 0, len(lines)+64), lines[:start]...)
				changed = true
			}
			out = appendColumns(out, page, at)
		} else if changed {
			out = append(out, page...)
		}
		if i < len(lines) && changed {
			out = append(out, lines[i])
		}
		start = i + 1
	}
	if !changed {
		return lines, false
	}
	return out, true
}

// isPageEnd tells whether a line is nothing but the number of a page.
func isPageEnd(s string) bool {
	s = strings.TrimSpace(s)
	return s != "" && len(s) <= 24 && hasDigit(s) && pageNumber.MatchString(s)
}

// columnOf returns the column of the screen that three lines of five and more have blank, text standing on both sides;
// 0 where there is none.
func columnOf(page []source.Line) int {
	var blank, both [maxColumnAt]int
	n := 0
	sided := false
	for _, l := range page {
		if strings.TrimSpace(l.Text) == "" {
			continue
		}
		n++
		if !strings.Contains(l.Text, "    ") {
			continue
		}
		for _, g := range gapsOf(l.Text) {
			if g.to-g.from < minGap || g.to < minColumn {
				continue
			}
			inner := g.byteAt > 0
			for x := max(g.from, minColumn); x < min(g.to, maxColumnAt); x++ {
				blank[x]++
				if inner {
					both[x]++
					sided = true
				}
			}
		}
	}
	if !sided || n < 5 {
		return 0
	}
	best := 0
	for x := minColumn; x < maxColumnAt; x++ {
		if blank[x] > blank[best] || blank[x] == blank[best] && both[x] > both[best] {
			best = x
		}
	}
	if 5*blank[best] < 3*n || both[best] < 3 || 10*both[best] < 3*n {
		return 0
	}
	// Not a date before its text, nor a title before its page.
	left, right := 0, 0
	for _, l := range page {
		if g, ok := gapAt(l.Text, best); ok && g.byteAt > 0 {
			a, b := widthOf(strings.TrimSpace(l.Text[:g.byteAt])), widthOf(strings.TrimSpace(l.Text[g.next:]))
			left, right = left+a, right+b
		}
	}
	if left < minColumn*both[best] || right < minColumn*both[best] {
		return 0
	}
	return best
}

// fitsColumn tells whether a page that is too short to show it by itself has the columns of the page before it.
func fitsColumn(page []source.Line, at int) bool {
	n, both := 0, 0
	for _, l := range page {
		if strings.TrimSpace(l.Text) == "" {
			continue
		}
		n++
		if g, ok := gapAt(l.Text, at); ok && g.byteAt > 0 && g.to-g.from >= minGap {
			both++
		}
	}
	return n > 0 && 5*both >= 3*n
}

// appendColumns appends a page, its left column before its right one. A line that runs across both stands between what
// is above it and what is below.
func appendColumns(out, page []source.Line, at int) []source.Line {
	var right []source.Line
	begin := maxColumnAt // of the right column
	for _, l := range page {
		if g, ok := gapAt(l.Text, at); ok && g.byteAt > 0 {
			begin = min(begin, g.to)
		}
	}
	flush := func() {
		out = append(out, right...)
		right = right[:0]
	}
	for _, l := range page {
		g, ok := gapAt(l.Text, at)
		switch {
		case strings.TrimSpace(l.Text) == "":
			out = append(out, l)
		case ok && g.byteAt > 0:
			out = append(out, source.Line{Number: l.Number, Text: l.Text[:g.byteAt]})
			right = append(right, source.Line{Number: l.Number, Text: indentBeyond(l.Text, g, begin)})
		case ok: // the left column is blank
			right = append(right, source.Line{Number: l.Number, Text: indentBeyond(l.Text, g, begin)})
		case widthOf(l.Text) <= at+2:
			out = append(out, l)
		default:
			flush()
			out = append(out, l)
		}
	}
	flush()
	return out
}

// indentBeyond returns the text behind a gap, indented where it begins beyond the start of its column.
func indentBeyond(s string, g gap, begin int) string {
	if g.to >= begin+3 {
		return "  " + s[g.next:]
	}
	return s[g.next:]
}

// gapAt returns the gap nearest to a column, at most four columns away from it.
func gapAt(s string, at int) (gap, bool) {
	best, found := gap{}, false
	least := 5
	for _, g := range gapsOf(s) {
		if g.to-g.from < 2 || g.byteAt == 0 && g.to < at-2 {
			continue
		}
		d := max(g.from-at, at-g.to+1, 0)
		if d < least {
			best, least, found = g, d, true
		}
	}
	return best, found
}

// gapsOf returns the runs of two blanks and more that text follows.
func gapsOf(s string) []gap {
	var out []gap
	x := 0
	for i := 0; i < len(s) && x < maxColumnAt; {
		if s[i] == ' ' {
			j := i
			for j < len(s) && s[j] == ' ' {
				j++
			}
			if j-i >= 2 && j < len(s) {
				out = append(out, gap{from: x, to: x + j - i, byteAt: i, next: j})
			}
			x += j - i
			i = j
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		x += runeWidth(r)
		i += size
	}
	return out
}

func widthOf(s string) int {
	x := 0
	for _, r := range s {
		x += runeWidth(r)
	}
	return x
}

// runeWidth returns the columns that a character takes: two for those of East Asian texts, their quotes and dashes included.
func runeWidth(r rune) int {
	switch {
	case r < 0x1100:
		return 1
	case r == '“', r == '”', r == '‘', r == '’', r == '—', r == '…', r == '·', r >= 0x2E80 && r <= 0xA4CF, r >= 0xAC00 && r <= 0xD7A3, r >= 0xF900 && r <= 0xFAFF,
		r >= 0xFE30 && r <= 0xFE6F, r >= 0xFF00 && r <= 0xFF60, r >= 0x2460 && r <= 0x27BF, r >= 0x20000:
		return 2
	}
	return 1
}
