package extract

import (
	"strings"
	"unicode/utf8"

	"fangzhi/graph"
	"fangzhi/lexicon"
	"fangzhi/loader/reading"
)

// writtenTowns are the towns, communes and 区 of a document's county that it names with their units, by the name without it.
type writtenTowns map[string]reading.Jurisdiction

// learn takes the towns that an event names with their units. Its Locations must be set.
func (w writtenTowns) learn(region reading.Jurisdiction, e *reading.Event) {
	for _, l := range e.Locations {
		if l.Type != graph.LocTownship || l.Above.Key() != region.Key() {
			continue
		}
		stem := townStem(l.Name)
		if n := utf8.RuneCountInString(stem); n < 2 || n > 3 || lexicon.NameLikeWord(stem) || plainWords[stem] {
			continue
		}
		w.add(stem, placeBelow(l.Above, l.Place))
	}
}

// add adds a town. The first stays, unless only a later one has a code.
func (w writtenTowns) add(stem string, town reading.Jurisdiction) {
	if at, ok := w[stem]; !ok || at.Self().Code == "" && town.Self().Code != "" {
		w[stem] = town
	}
}

// join adds the towns that a later block has named.
func (w writtenTowns) join(later writtenTowns) {
	for stem, town := range later {
		w.add(stem, town)
	}
}

// townStem returns the name of a town without its unit, "" where it has none.
func townStem(name string) string {
	for _, unit := range []string{"人民公社", "公社", "镇", "乡", "区"} {
		if stem, ok := strings.CutSuffix(name, unit); ok {
			return stem
		}
	}
	return ""
}

// mayName reports whether a text has one of the towns without its unit behind a word that stands before places, or before
// one that ends a list of them.
func (w writtenTowns) mayName(body string) bool {
	const han = 3 // bytes
	for i, r := range body {
		switch r {
		case '在', '到', '至', '自', '从', '由', '赴', '驻':
			for _, n := range []int{2 * han, 3 * han} {
				if start := i + han; start+n <= len(body) && w.bare(body[start:start+n], body[start+n:]) {
					return true
				}
			}
		case '一', '等':
			for _, n := range []int{2 * han, 3 * han} {
				if i >= n && (strings.HasPrefix(body[i:], "一带") || strings.HasPrefix(body[i:], "等地") || strings.HasPrefix(body[i:], "等处")) && w.bare(body[i-n:i], "") {
					return true
				}
			}
		}
	}
	return false
}

// bare reports whether a town of the name is known and rest does not begin with its unit.
func (w writtenTowns) bare(name, rest string) bool {
	if _, ok := w[name]; !ok {
		return false
	}
	for _, unit := range []string{"人民公社", "公社", "镇", "乡", "区", "街道", "村"} {
		if strings.HasPrefix(rest, unit) {
			return false
		}
	}
	return true
}
