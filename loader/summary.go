package loader

import (
	"strings"
	"unicode/utf8"

	"fangzhi/graph"
)

// titleRunes is the length of the longest title that is made of a first clause.
const titleRunes = 30

// summary returns the first sentence of a body without the date that it begins with: what a 大事记 prints behind the
// date.
func summary(body string, date *graph.EventDate) string {
	first, _, _ := strings.Cut(body, "\n")
	first = firstSentence(first)
	for _, e := range date.Evidence {
		if e.Field == graph.FieldBody && e.Start == 0 && strings.HasPrefix(first, e.Text) {
			if rest := strings.TrimLeft(first[len(e.Text):], "，,、 "); startsClause(first[len(e.Text):]) && rest != "" {
				return rest
			}
		}
	}
	return first
}

// startsClause tells whether a sentence without the date before s still is one: 12月4日，区司法局…, 12月4日区司法局…, but
// not 12月1日是第33个“世界艾滋病日”, nor 12月4日至6日 where only a part of the date was found.
func startsClause(s string) bool {
	s = strings.TrimLeft(s, " ")
	r, _ := utf8.DecodeRuneInString(s)
	if strings.ContainsRune("，,", r) {
		return true
	}
	for _, p := range []string{"是", "为", "至", "—", "-", "、", "的", "起", "前", "后", "以", "（", "("} {
		if strings.HasPrefix(s, p) {
			return false
		}
	}
	return true
}

// firstSentence returns s up to and with its first stop outside quotes and brackets.
func firstSentence(s string) string {
	depth := 0
	for i, r := range s {
		switch {
		case strings.ContainsRune("“《（【", r):
			depth++
		case strings.ContainsRune("”》）】", r):
			depth = max(depth-1, 0)
		case strings.ContainsRune("。！？", r) && depth == 0:
			return s[:i+utf8.RuneLen(r)]
		}
	}
	if depth > 0 { // an unbalanced quote hides nothing
		if i := strings.IndexAny(s, "。！？"); i >= 0 {
			return s[:i+len("。")]
		}
	}
	return s
}

// firstClause returns what stands before the first comma or stop, at most titleRunes code points.
func firstClause(s string) string {
	if i := strings.IndexAny(s, "，。；：！？"); i > 0 {
		s = s[:i]
	}
	if rs := []rune(s); len(rs) > titleRunes {
		s = string(rs[:titleRunes])
	}
	return s
}
