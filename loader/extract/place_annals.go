package extract

import (
	"strings"
	"unicode"

	"fangzhi/lexicon"
)

// Annals name counties without their unit: 清军入松源, 太平军自浦城来, 陷崇安. Only a verb of war or travel right before and the
// end of the clause right behind show that a place is meant.

// warVerbs are what armies do to a place.
const warVerbs = "入攻陷克围破据犯掠袭取复趋逼抵"

// annalsEnd reports whether the clause ends at i, or goes on as behind 自 (来, 至, 入).
func (t *placeText) annalsEnd(i int, from bool) bool {
	r := t.at(i)
	if from {
		return r != 0 && strings.ContainsRune("来至入犯攻", r)
	}
	if (r == '城' || r == '境' || r == '界') && !unicode.Is(unicode.Han, t.at(i+1)) {
		return true
	}
	return !isHan(r) && !unicode.IsLetter(r) && r != '·' && r != '“' && r != '《'
}

// annalsPlace returns the county whose bare name stands behind the verb at i, and the end of the name; 0 for none.
func (f *placeFinder) annalsPlace(t *placeText, i int) (placeDiv, int) {
	r := t.at(i)
	from := r == '自' || r == '由'
	if !from && !strings.ContainsRune(warVerbs, r) {
		return placeDiv{}, 0
	}
	for _, n := range []int{3, 2} {
		end := i + 1 + n
		if end > len(t.runes) || !t.annalsEnd(end, from) {
			continue
		}
		s := placeSpan{i + 1, end}
		if own, length := f.ownBare(t, i+1); length == n {
			own[0].placeSpan = s
			return own[0], end
		}
		name := string(t.runes[s.start:s.end])
		if d, ok := f.countyNamed(name); ok {
			return placeDiv{placeSpan: s, at: placeChain(d), bare: true, successors: d.Successors()}, end
		}
	}
	return placeDiv{}, 0
}

// countyNamed returns the county that bears a name with 县 behind it: the only one of the document's province, else
// of the country. After 1949 chronicles name counties in full.
func (f *placeFinder) countyNamed(name string) (lexicon.Division, bool) {
	if f.year == 0 || f.year >= 1950 || plainWords[name] {
		return lexicon.Division{}, false
	}
	var found []lexicon.Division
	for _, d := range lexicon.DivisionsNamed(name + "县") { // what is a city or a district today was a 县 then
		if d.Name == name+"县" && d.Level == lexicon.LevelCounty && (f.near == "" || d.Code[:2] == f.near[:2]) {
			found = append(found, d)
		}
	}
	return lexicon.Nearest(found, f.near, 0)
}

// plainWords are names of counties that are words first.
var plainWords = map[string]bool{"和平": true, "太平": true, "平安": true, "光明": true, "团结": true, "安定": true, "平和": true, "新兴": true, "开放": true, "和顺": true}

// placeFelt are what a county named without its unit is told to have felt: 云河震感强烈.
var placeFelt = []string{"震感", "有震感", "有感", "普降", "遭受", "遭遇"}

// placeFeltAlone are the same where they end the clause: 云河大水, but 云河大水库.
var placeFeltAlone = []string{"地震", "大水", "大旱", "大雨", "大雪", "大疫", "大饥", "暴雨"}

// felt records the document's own county where a clause begins with its bare name and tells what befell it.
func (f *placeFinder) felt(t *placeText, c placeChunk) bool {
	tok := c.tokens[0]
	if tok.kind != placeDivision || unicode.Is(unicode.Han, t.at(tok.start-1)) || t.said(tok.start) {
		return false
	}
	div := tok.divs[0]
	if !div.bare || div.at.Key() != f.region.Key() {
		return false
	}
	says := func(words []string, alone bool) bool {
		for _, w := range words {
			if t.has(tok.end, w) && !(alone && unicode.Is(unicode.Han, t.at(tok.end+len([]rune(w))))) {
				return true
			}
		}
		return false
	}
	if !says(placeFelt, false) && !says(placeFeltAlone, true) {
		return false
	}
	f.add("felt", div.at, true, true, t.evidence(div.placeSpan), nil)
	return true
}

// annalsKind is the frame that a verb of annals makes.
func annalsKind(verb rune) string {
	if verb == '自' || verb == '由' {
		return "from"
	}
	return "to"
}
