package layout

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Tables as lines set them: rows of cells between bars, as source writes those of web pages and Word documents and as
// Markdown has them, or columns set apart with tabulators or spaces.

// grid is a table of events.
type grid struct {
	from, to int // its lines, to exclusive
	header   int // the line that names the columns, -1 for none
	columns  []column
	rows     []gridRow // those below the header
	dropped  []int     // lines that say nothing: the header again, rules
	above    []int     // lines inside the table above its header
}

// gridRow is one row; line is its place among the lines.
type gridRow struct {
	line  int
	cells []string
}

// findGrids returns the tables of events in the order of the text.
func findGrids(lines []line) []grid {
	var out []grid
	for i := 0; i < len(lines); {
		l := &lines[i]
		switch {
		case l.isTableRow():
			j := i + 1
			for j < len(lines) && lines[j].isTableRow() {
				j++
			}
			out = append(out, barGrids(lines, i, j, out)...)
			i = j
		case strings.Contains(l.wide, "  "):
			if g, ok := spacedGrid(lines, i); ok {
				out = append(out, g)
				i = g.to
				continue
			}
			i++
		default:
			i++
		}
	}
	return out
}

// barCells splits a row between bars. nil for the rule below a header.
func barCells(s string) []string {
	s = strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(s), "|"), "|")
	if len(s) <= 4*maxHeadingBytes && strings.Trim(s, "|:- ") == "" {
		return nil
	}
	cells := strings.Split(s, "|")
	for i, cell := range cells {
		cell = strings.TrimSpace(strings.ReplaceAll(cell, "**", ""))
		if strings.Contains(cell, "<br") {
			cell = strings.NewReplacer("<br>", " ", "<br/>", " ", "<br />", " ").Replace(cell)
		}
		cells[i] = oneSpace(cell)
	}
	return cells
}

// barRows returns the rows from i to j.
func barRows(lines []line, i, j int) []gridRow {
	var out []gridRow
	for k := i; k < j; k++ {
		if cells := barCells(lines[k].text); cells != nil {
			out = append(out, gridRow{k, cells})
		}
	}
	return out
}

// barGrids reads the rows from i to j, which all stand between bars: one table, or several where a header of another
// kind stands between them. before are the tables above, the last of which may go on here, on another page.
func barGrids(lines []line, i, j int, before []grid) []grid {
	var out []grid
	g := grid{from: i, header: -1}
	flush := func(to int) {
		if g.to = to; g.columns != nil && len(g.rows) > 0 {
			out = append(out, g)
		}
		g = grid{from: to, header: -1}
	}
	var loose []gridRow // rows above any header
	for k := i; k < j; k++ {
		cells := barCells(lines[k].text)
		if cells == nil {
			g.dropped = append(g.dropped, k)
			continue
		}
		columns, ok := headerOf(cells)
		if !ok && g.columns == nil && k-i < 4 {
			columns, ok = looseHeaderOf(cells, barRows(lines, k+1, min(j, k+21)))
		}
		switch {
		case ok && g.columns != nil && slices.Equal(columns, g.columns):
			g.dropped = append(g.dropped, k) // again, at the top of a page
		case ok:
			if g.columns != nil {
				flush(k)
			}
			for _, row := range loose {
				g.above = append(g.above, row.line)
			}
			loose = nil
			g.columns, g.header = columns, k
			g.dropped = append(g.dropped, k)
		case g.columns == nil:
			loose = append(loose, gridRow{k, cells})
		default:
			g.rows = append(g.rows, gridRow{k, cells})
		}
	}
	if g.columns == nil && len(loose) > 0 {
		g.rows = loose
		width := 0
		for _, row := range loose {
			width = max(width, len(row.cells))
		}
		const near = 3 // lines of a page's foot and head between two parts of a table
		if n := len(before); n > 0 && len(before[n-1].columns) == width && i-before[n-1].to <= near && !slices.ContainsFunc(lines[before[n-1].to:i], func(l line) bool { return l.isProse() }) {
			g.columns, g.header = before[n-1].columns, before[n-1].header
		} else if columns, ok := inferColumns(loose, width); ok {
			g.columns = columns
		}
	}
	flush(j)
	return out
}

// field is one field of a line whose columns are set with spaces; at is where it begins, in columns of a screen.
type field struct {
	text string
	at   int
}

// fields splits a line at runs of two spaces or more.
func fields(s string) []field {
	var out []field
	at := 0
	for s != "" {
		n := len(s) - len(strings.TrimLeft(s, " "))
		at, s = at+n, s[n:]
		if s == "" {
			break
		}
		text, rest, found := strings.Cut(s, "  ")
		out = append(out, field{text, at})
		at += screenWidth(text)
		if !found {
			break
		}
		at, s = at+2, rest
	}
	return out
}

// screenWidth counts two for what is as wide as a Han character.
func screenWidth(s string) int {
	n := 0
	for _, r := range s {
		if n++; r > 0x2E7F {
			n++
		}
	}
	return n
}

// spacedGrid reads a table whose columns are set with spaces or tabulators (source makes two spaces of one), if line i is
// its header.
func spacedGrid(lines []line, i int) (grid, bool) {
	head := fields(lines[i].raw)
	names := make([]string, len(head))
	for k, f := range head {
		names[k] = f.text
	}
	columns, ok := headerOf(names)
	if !ok {
		return grid{}, false
	}
	g := grid{from: i, header: i, columns: columns, dropped: []int{i}}
	end := i + 1
	for end < len(lines) && inSpacedTable(&lines[end], len(head)) {
		end++
	}
	tabs := isTabbed(lines[i:end], len(head))
	for k := i + 1; k < end; k++ {
		var cells []string
		if tabs {
			cells = strings.Split(lines[k].raw, "  ")
			for c := range cells {
				cells[c] = strings.TrimSpace(cells[c])
			}
		} else {
			cells = placed(fields(lines[k].raw), head)
		}
		if again, ok := headerOf(cells); ok && slices.Equal(again, columns) {
			g.dropped = append(g.dropped, k)
			continue
		}
		g.rows = append(g.rows, gridRow{k, cells})
	}
	g.to = end
	return g, len(g.rows) > 0
}

// inSpacedTable tells whether a line below the header belongs to the table: it has several fields, stands below a column
// that is not the first, or is a month.
func inSpacedTable(l *line, width int) bool {
	return strings.Contains(strings.TrimSpace(l.raw), "  ") && width > 1 || strings.HasPrefix(l.raw, "    ") || strings.HasPrefix(l.raw, "  ") && !l.gap || dateLevel(l.text) != levelNone || isDateCell(l.text)
}

// isTabbed tells whether the lines are fields with one tabulator between two of them.
func isTabbed(lines []line, width int) bool {
	for i := range lines {
		if n := strings.Count(lines[i].raw, "  "); n >= width || i == 0 && n != width-1 {
			return false
		}
	}
	return true
}

// placed puts the fields of a line below the columns of the header: by order where there are as many, else where they
// begin.
func placed(fs, head []field) []string {
	cells := make([]string, len(head))
	k := -1
	for i, f := range fs {
		left := len(fs) - i // this one and those right of it
		switch {
		case len(fs) >= len(head):
			k = min(i, len(head)-1)
		default:
			// The first column may not begin further right than the field does; the last may be reached by all that follow.
			k++
			for k+1 < len(head) && k+left < len(head) && nearer(f.at, head[k+1].at, head[k].at) {
				k++
			}
		}
		if cells[k] != "" {
			cells[k] += " "
		}
		cells[k] += f.text
	}
	return cells
}

func nearer(at, a, b int) bool { return abs(at-a) < abs(at-b) }

func abs(n int) int { return max(n, -n) }

// runesOf counts the code points of the rows.
func (g *grid) runesOf() int {
	n := 0
	for _, row := range g.rows {
		for _, cell := range row.cells {
			n += utf8.RuneCountInString(cell)
		}
	}
	return n
}
