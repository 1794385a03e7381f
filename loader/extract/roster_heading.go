package extract

import (
	"strings"

	"fangzhi/loader/reading"
)

// headingLine reports whether a line is a heading that names an organ or a township, and takes it.
func (r *rosterReader) headingLine(s span, items []rosterItem) bool {
	for _, it := range items {
		if it.label {
			return false
		}
	}
	if s.end-s.start > 2*maxRosterItem {
		return false
	}
	var text []rune
	for _, c := range r.f.text[s.start:s.end] {
		if !isSpace(c) && c != '【' && c != '】' {
			text = append(text, c)
		}
	}
	if _, _, n := r.d.postsIn(text); n > 0 {
		return false
	}
	return r.heading(text)
}

// headingEnds stand behind the organ in a heading of a roster.
var headingEnds = []string{"领导成员名录", "领导班子名录", "主要领导名录", "领导人名录", "负责人名录", "领导名录", "名录", "领导班子成员", "领导班子", "班子成员", "领导成员", "负责人", "领导人", "领导", "名单"}

// heading takes the organ that a heading names: its known name, 教育局 as that of the document's own level, a township.
// A heading of an organ that cannot be told leaves none.
func (r *rosterReader) heading(text []rune) bool {
	text = text[numbering(text):]
	for _, w := range headingEnds {
		if s, ok := strings.CutSuffix(string(text), w); ok {
			text = []rune(s)
			break
		}
	}
	if len(text) < 3 || len(text) > 30 {
		return false
	}
	if r.township(text) {
		return true
	}
	if r.d.rosterName(text) {
		return false
	}
	own := r.d.county().Self()
	tries := []string{string(text)}
	if own.Name != "" && levelChar(own) != 0 {
		tries = append(tries, string(levelChar(own))+string(text))
	}
	for _, s := range tries {
		f := newField("", s)
		if o, ok := r.d.organAt(f, 0, reading.Jurisdiction{}); ok && o.end == len(f.text) {
			r.set(r.d.main(o.organ), reading.Jurisdiction{})
			return true
		}
	}
	for _, w := range []string{"局", "委", "办", "院", "会", "部", "中心", "队", "所", "站", "馆", "校", "公司", "政府", "法院", "办公室", "社", "集团", "医院", "党校"} {
		if strings.HasSuffix(string(text), w) {
			r.set(nil, reading.Jurisdiction{})
			return true
		}
	}
	return false
}

// township reports whether a heading is the name of a township, and takes it.
func (r *rosterReader) township(text []rune) bool {
	f := newField("", string(text))
	start := r.d.prefixAt(f, 0)
	if start.level || start.length == len(text) {
		start.length = 0
	}
	n := r.d.townshipAt(f, start.length)
	if n == 0 || start.length+n != len(text) {
		return false
	}
	name := string(text[start.length:])
	r.d.lastStreet = name
	r.set(nil, r.d.township(name))
	return true
}

func (r *rosterReader) set(o *reading.Organ, town reading.Jurisdiction) {
	r.organ, r.town, r.posts = o, town, nil
}

// numbering returns the length of 一、, （二） or 3. at the head of a line.
func numbering(s []rune) int {
	i := 0
	for i < len(s) && i < 6 && (strings.ContainsRune("（(一二三四五六七八九十）)【0123456789", s[i])) {
		i++
	}
	if i == 0 || i >= len(s) {
		return 0
	}
	switch {
	case strings.ContainsRune("、.．", s[i]):
		return i + 1
	case strings.ContainsRune("）)【", s[i-1]):
		return i
	}
	return 0
}
