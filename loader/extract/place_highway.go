package extract

import (
	"unicode"

	"fangzhi/graph"
	"fangzhi/lexicon"
)

// highways are the kinds of roads that bear a number.
var highways = []string{"国道", "省道", "县道", "乡道"}

// highway returns the end of the name of a road with a number that begins at i, 0 for none: 国道512线, 310国道, 省道S312线,
// G30高速, and the section of it that the words behind name: 国道512线澄溪段.
func (t *placeText) highway(i int) (int, lexicon.PlaceWord) {
	j := i
	kind := ""
	for _, w := range highways {
		if t.at(i+1) == '道' && t.has(i, w) {
			kind = w
			j += 2
			break
		}
	}
	if c := t.at(j); c == 'G' || c == 'S' || c == 'X' || c == 'Y' {
		j++
	}
	k := t.digits(j)
	if k == j || k-j > 5 || i > 0 && (placeDigit(t.at(i-1)) || unicode.IsLetter(t.at(i-1)) && t.at(i-1) < 0x80) {
		return 0, lexicon.PlaceWord{}
	}
	lettered := j > i && t.at(j-1) < 0x80
	j = k
	switch {
	case kind != "":
		if t.at(j) == '线' {
			j++
		}
	case t.has(j, "国道"), t.has(j, "省道"), t.has(j, "县道"), t.has(j, "乡道"):
		j += 2
	case lettered && t.has(j, "高速公路"):
		j += 4
	case lettered && t.has(j, "高速"):
		j += 2
	case lettered && t.at(j) == '线':
		j++
	default:
		return 0, lexicon.PlaceWord{}
	}
	for n := 2; n <= 5 && unicode.Is(unicode.Han, t.at(j+n)); n++ {
		if t.at(j+n) == '段' {
			if w, m := lexicon.MatchPlaceWord(t.runes[j:]); m == 0 || w.Class == lexicon.PlaceName {
				j += n + 1
			}
			break
		}
	}
	return j, lexicon.PlaceWord{Word: "国道", Class: lexicon.PlaceEnd, Kind: string(graph.LocRoad), Strong: true, Named: true}
}
