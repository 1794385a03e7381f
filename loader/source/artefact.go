package source

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"
)

// artefacts are what copying from a web page leaves in a text: readings behind characters (國(guó)), commas twice (,,), and
// HTML's entities (&ldquo;). A text has them if it has at least fewestArtefacts of a kind: a few may be meant.
type artefacts struct {
	readings, commas, entities bool
	count, line                int // what mend took out, and the first line of it
	example                    string
}

const fewestArtefacts = 5

func newArtefacts(lines []rawLine) *artefacts {
	a := &artefacts{}
	readings, commas, entities := 0, 0, 0
	for i := range lines {
		text := lines[i].text
		r := eachReading(text, nil)
		c := strings.Count(text, ",,") + strings.Count(text, "，，")
		e := 0
		if strings.IndexByte(text, '&') >= 0 {
			e = countEntities(text)
		}
		if r+c+e > 0 && a.line == 0 {
			a.line = lines[i].number
		}
		readings, commas, entities = readings+r, commas+c, entities+e
	}
	if a.readings = readings >= fewestArtefacts; a.readings {
		a.count, a.example = a.count+readings, "國(guó)"
	}
	if a.commas = commas >= fewestArtefacts; a.commas {
		a.count, a.example = a.count+commas, ",,"
	}
	if a.entities = entities > 0; a.entities {
		a.count, a.example = a.count+entities, "&ldquo;"
	}
	return a
}

// mend takes the artefacts out of a line, until none is left: a text that is read again has none.
func (a *artefacts) mend(s string) string {
	for before := ""; a.readings && s != before; {
		before = s
		s = withoutReadings(s)
	}
	for a.commas && (strings.Contains(s, ",,") || strings.Contains(s, "，，")) {
		s = strings.ReplaceAll(strings.ReplaceAll(s, ",,", ","), "，，", "，")
	}
	for before := ""; a.entities && s != before && strings.IndexByte(s, '&') >= 0; {
		before = s
		s = html.UnescapeString(s)
	}
	return s
}

func withoutReadings(s string) string {
	var b strings.Builder
	last := 0
	eachReading(s, func(start, end int) {
		b.WriteString(s[last:start])
		last = end
	})
	if last == 0 {
		return s
	}
	return b.String() + s[last:]
}

// eachReading counts the readings behind Han characters, (guó), and tells where each stands.
func eachReading(s string, visit func(start, end int)) int {
	n := 0
	for at := 0; ; {
		i := strings.IndexByte(s[at:], '(')
		if i < 0 {
			return n
		}
		i += at
		at = i + 1
		before, _ := utf8.DecodeLastRuneInString(s[:i])
		end := strings.IndexByte(s[i:min(len(s), i+24)], ')')
		if end < 2 || !unicode.Is(unicode.Han, before) || !isReading(s[i+1:i+end]) {
			continue
		}
		at = i + end + 1
		n++
		if visit != nil {
			visit(i, at)
		}
	}
}

// isReading tells whether s is a syllable of pinyin: at most six small letters, one of them with a tone.
func isReading(s string) bool {
	if utf8.RuneCountInString(s) > 6 {
		return false
	}
	toned := false
	for _, r := range s {
		if !unicode.Is(unicode.Latin, r) || !unicode.IsLower(r) {
			return false
		}
		toned = toned || r > 127
	}
	return toned
}

// countEntities counts HTML entities by name: &ldquo;
func countEntities(s string) int {
	n := 0
	for {
		i := strings.IndexByte(s, '&')
		if i < 0 {
			return n
		}
		s = s[i+1:]
		end := strings.IndexByte(s[:min(len(s), 10)], ';')
		if end > 1 && strings.IndexFunc(s[:end], func(r rune) bool { return !unicode.IsLetter(r) && r != '#' && !unicode.IsDigit(r) }) < 0 {
			n++
		}
	}
}
