package extract

import (
	"unicode"

	"fangzhi/graph"
	"fangzhi/loader/reading"
)

// placeLabels are what notices and tables write before the place of an event: 地点：县会议中心, 会议地点：人民广场.
var placeLabels = []string{"地点", "主会场", "分会场"}

// labelAt reports whether the colon at i ends the label of a place.
func (t *placeText) labelAt(i int) bool {
	if r := t.at(i); r != '：' && r != ':' {
		return false
	}
	for _, w := range placeLabels {
		if t.has(i-len([]rune(w)), w) {
			return true
		}
	}
	return false
}

// noLabelled stand behind the label and are no places.
var noLabelled = newWordSet("线上", "网上", "网络", "视频", "腾讯", "钉钉", "待定", "另行", "同上", "详见", "见附件", "各", "本", "不详", "全")

// labelledPlaces records what stands behind the label of a place and was not found to be one by its words: the label tells
// that it is. It goes on to the end of the clause or to a space.
func (f *placeFinder) labelledPlaces(t *placeText) {
	const longest = 16
	var known map[int]bool // where places have been found
	for i := range t.runes {
		if !t.labelAt(i) {
			continue
		}
		start := t.skipSpace(i + 1)
		s := placeSpan{start, start}
		for s.end-s.start <= longest && (unicode.Is(unicode.Han, t.at(s.end)) || placeDigit(t.at(s.end))) {
			s.end++
		}
		if n := s.end - s.start; n < 2 || n > longest || t.prefixIn(s.start, noLabelled) {
			continue
		}
		if known == nil {
			known = f.starts(t.field)
		}
		if s.holdsAny(known) {
			continue
		}
		p := reading.Place{Name: t.name(s), Type: graph.LocVenue}
		if level := f.levelAt(t.runes[s.start:s.end]); level.Known() {
			p.Name = level.Self().Name + string(t.runes[s.start+1:s.end])
		}
		if o := t.organ(s); len(o.Name) > len(p.Name) {
			p.Name = o.Name
		}
		f.add("label", placeBelow(f.home(), p), false, true, t.evidence(s), nil)
	}
}

// starts returns where the evidence of places in a field begins.
func (f *placeFinder) starts(field graph.EvidenceField) map[int]bool {
	at := map[int]bool{}
	for _, p := range f.found {
		for _, e := range p.evidence {
			if e.Field == field {
				at[e.Start] = true
			}
		}
	}
	return at
}

// holdsAny reports whether one of the positions lies in the span.
func (s placeSpan) holdsAny(at map[int]bool) bool {
	for i := s.start; i < s.end; i++ {
		if at[i] {
			return true
		}
	}
	return false
}

// prefixIn reports whether a word of the set stands at i.
func (t *placeText) prefixIn(i int, set wordSet) bool {
	if i < 0 || i >= len(t.runes) {
		return false
	}
	_, n := set.Longest(t.runes[i:])
	return n > 0
}
