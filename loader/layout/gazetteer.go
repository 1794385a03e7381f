package layout

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"fangzhi/fold"
	"fangzhi/graph"
	"fangzhi/loader/source"
)

// A gazetteer (志书) is volumes (编, 篇, 卷, 章) of which one or a few tell what happened year by year: 大事记, 祥异. The others
// describe; their paragraphs begin with years too and are no events.
//
//	gazetteer := front matter, contents, { volume }
//	volume    := heading NL ( years | description )

// A part is the lines of a volume that goes year by year.
type part struct {
	name     string // as printed, without its number: 大事记
	title    string // the whole heading as printed
	from, to int    // lines below the heading
	head     int    // the line of the heading, from where it has none
	level    int
}

// skipped is what stands outside the parts.
type skipped struct {
	line         int // the first
	lines, runes int
	volumes      []string // names as printed, each once
	seen         map[string]bool
}

func (s *skipped) add(l *line) {
	if s.lines == 0 {
		s.line = l.number
	}
	s.lines++
	if l.long {
		s.runes += utf8.RuneCountInString(l.text)
	} else {
		s.runes += l.runes
	}
}

func (s *skipped) volume(name string) {
	if s.seen == nil {
		s.seen = map[string]bool{}
	}
	if key := fold.String(name); name != "" && !s.seen[key] {
		s.seen[key] = true
		s.volumes = append(s.volumes, name)
	}
}

// warn tells in one warning what was skipped, because it is not what.
func (s *skipped) warn(is *Issue, what string) {
	if s.lines == 0 {
		return
	}
	const most = 12
	names := "卷首文字"
	if n := len(s.volumes); n > 0 {
		names = strings.Join(s.volumes[:min(n, most)], "、")
		if n > most {
			names += fmt.Sprintf("等%d部分", n)
		}
	}
	is.Warnings = append(is.Warnings, graph.IngestWarning{Line: s.line, Code: WarnSkippedText,
		Message: fmt.Sprintf("不是%s，未读入：%s，共%d行、%d字", what, names, s.lines, s.runes)})
}

// findParts returns the parts of a text, in order. volumes counts the headings of volumes, theirs among them: the heading of a
// part may stand on the title page.
func findParts(lines []line, t *annalsTitle) (parts []part, volumes int) {
	open, top := -1, t.top()
	if isPartName(fold.String(t.label)) {
		parts = append(parts, part{name: t.label, title: t.label, head: top, from: top, to: len(lines)})
		open = 0
	}
	closeAt := func(i int) {
		if open >= 0 {
			parts[open].to = i
			open = -1
		}
	}
	firstVolume := len(lines)
	begun := -1 // the first heading of a year, before any volume
	for i := range lines {
		if slices.Contains(t.at, i) {
			continue
		}
		h, ok := readVolumeHead(&lines[i])
		if isPart := ok && isPartName(h.name); i < top && !isPart {
			continue
		}
		if !ok {
			if begun < 0 && i < top+mostFront && volumes == 0 && firstVolume > i && opensYears(&lines[i]) {
				begun = i
			}
			continue
		}
		isPart := isPartName(h.name)
		if open >= 0 {
			p := &parts[open]
			switch {
			case isPart && fold.String(p.name) == h.name:
				continue // a running head
			case isPart && yearFollows(lines, i+1):
			case h.level > cmp.Or(p.level, 2) || isPeriod(h.name) || h.name == "" && h.level != 1:
				continue
			case isPart:
				continue
			}
			closeAt(i)
		}
		if isPart && len(parts) == 0 && begun >= 0 && yearFollows(lines, begun) {
			// A running head of a part whose heading is not there.
			parts = append(parts, part{name: partTitle(&lines[i], h), title: lines[i].text, head: begun, from: begun, to: len(lines), level: h.level})
			open = 0
			continue
		}
		volumes++
		if isPart && !lines[i].isLeader() && yearFollows(lines, i+1) {
			name := partTitle(&lines[i], h)
			parts = append(parts, part{name: name, title: lines[i].text, head: i, from: i + 1, to: len(lines), level: h.level})
			open = len(parts) - 1
			continue
		}
		if !isPart && i < firstVolume {
			firstVolume = i
		}
		// The number alone on its line, the name below.
		if h.name == "" && i+1 < len(lines) {
			if below, ok := readVolumeHead(&lines[i+1]); ok && below.level == 0 && isPartName(below.name) && yearFollows(lines, i+2) {
				parts = append(parts, part{name: partTitle(&lines[i+1], below), title: lines[i].text + " " + lines[i+1].text, head: i, from: i + 2, to: len(lines), level: h.level})
				open = len(parts) - 1
			}
		}
	}
	if len(parts) == 0 {
		// The text is the part itself.
		const most = 40
		for i := top; i < min(len(lines), top+most, firstVolume); i++ {
			if h := readTimeHead(lines[i].text, anywhere); h.level == yearLevel && h.ref == absolute || isDynasty(&lines[i]) {
				if !yearFollows(lines, i) {
					break
				}
				parts = append(parts, part{from: i, to: len(lines), head: i})
				for j := i; j < len(lines); j++ {
					if v, ok := readVolumeHead(&lines[j]); ok && v.level <= 2 && !isPeriod(v.name) && !isPartName(v.name) && v.name != "" {
						parts[0].to = j
						break
					}
				}
				break
			}
		}
	}
	return parts, volumes
}

// opensYears tells whether a line is a dynasty or a year and nothing else.
func opensYears(l *line) bool {
	if l.long || l.runes > 30 {
		return false
	}
	h := readTimeHead(l.text, anywhere)
	return h.level == yearLevel && h.ref == absolute && isBare(l.text[h.n:], &h) || isDynasty(l)
}

// mostFront is the number of lines before the first year of a part whose heading is not there.
const mostFront = 200

// yearFollows tells whether text of a year stands below a heading, before another volume begins.
func yearFollows(lines []line, from int) bool {
	const most = 60
	for i := from; i < min(len(lines), from+most); i++ {
		l := &lines[i]
		if v, ok := readVolumeHead(l); ok && !isPeriod(v.name) && v.level <= 1 && v.name != "" && !isPartName(v.name) {
			return false
		}
		if l.isLeader() {
			return false
		}
		if h := readTimeHead(l.text, anywhere); h.level == yearLevel && h.ref == absolute {
			return true
		}
	}
	return false
}

// skipOutside counts the lines that are in none of the parts.
func skipOutside(lines []line, parts []part, top int, used func(i int) bool) skipped {
	var s skipped
	next := 0
	for i := top; i < len(lines); i++ {
		for next < len(parts) && i >= parts[next].to {
			next++
		}
		if next < len(parts) && i >= parts[next].head {
			continue
		}
		if used(i) {
			continue
		}
		l := &lines[i]
		s.add(l)
		if h, ok := readVolumeHead(l); ok && h.level <= 1 && !l.isLeader() && !isPartName(h.name) && h.name != "" {
			s.volume(partTitle(l, h))
		}
	}
	return s
}

// lineOfText makes a line of another text that stands in the place of l.
func lineOfText(l *line, text string) line {
	n := newLines([]source.Line{{Number: l.number, Text: text}})
	if len(n) == 0 {
		return *l
	}
	n[0].at, n[0].gap, n[0].indented, n[0].pageBreak = l.at, l.gap, l.indented, l.pageBreak
	return n[0]
}
