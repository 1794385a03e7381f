package extract

import "fangzhi/internal/trie"

// Names of organs and places are told by how they end, and are looked for from where they may begin. Landmarks say how far
// ahead the next such ending is, so that the search begins only where it can end: most characters of a text have none near.

// A landmark is a kind of word to look out for.
type landmark int

const (
	nearZone     landmark = iota // 开发区
	nearTownship                 // 镇
	nearOffice                   // 办事处, 村
	nearRegion                   // 地委
	nearSuffix                   // 局
	nearCompany                  // 公司
	nearLeaders                  // 领导
	nearUnit                     // 县
	landmarks
)

// far is the distance of what is not near.
const far = 255

// landmarkWords are the words of each kind. They are made when a text is first read: the tables come from other files.
var landmarkWords = func() (words [landmarks]wordSet) {
	words[nearZone] = newWordSet(zones...)
	words[nearTownship] = newWordSet(townshipEndings...)
	words[nearOffice] = newWordSet("办事处", "社区", "村", "嘎查")
	words[nearCompany] = newWordSet("公司", "集团")
	words[nearLeaders] = newWordSet("领")
	words[nearUnit] = newWordSet("县", "区", "市", "旗", "州")
	words[nearRegion], words[nearSuffix] = &trie.Trie{}, &trie.Trie{}
	for i, r := range formerRegions {
		words[nearRegion].Add(r.word, i)
	}
	for _, list := range suffixesByFirst {
		for i, s := range list {
			words[nearSuffix].Add(s.word, i)
		}
	}
	return words
}()

// mark sets the landmarks of a field.
func (f *field) mark() {
	n := len(f.text)
	all := make([]uint8, n*int(landmarks))
	for k, words := range landmarkWords {
		near := all[k*n : (k+1)*n]
		distance := uint8(far)
		for i := n - 1; i >= 0; i-- {
			if distance < far {
				distance++
			}
			if words.May(f.text[i]) {
				if _, length := words.Longest(f.text[i:]); length > 0 {
					distance = 0
				}
			}
			near[i] = distance
		}
		f.near[k] = near
	}
}

// ahead returns how many code points ahead of i the next word of a kind begins, at least far where none is near.
func (f *field) ahead(k landmark, i int) int {
	if i < 0 || i >= len(f.text) {
		return far
	}
	return int(f.near[k][i])
}
