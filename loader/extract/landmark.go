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

// landmarkWords are the words of all kinds, each with a bit for every kind that it is of.
var landmarkWords = func() wordSet {
	set := &trie.Trie{}
	add := func(k landmark, words ...string) {
		for _, w := range words {
			if before := set.Add(w, 1<<k); before > 0 {
				set.Add(w, before|1<<k)
			}
		}
	}
	add(nearZone, zones...)
	add(nearTownship, townshipEndings...)
	add(nearOffice, "办事处", "社区", "村", "嘎查")
	add(nearCompany, "公司", "集团")
	add(nearLeaders, "领")
	add(nearUnit, "县", "区", "市", "旗", "州")
	for _, r := range formerRegions {
		add(nearRegion, r.word)
	}
	for _, list := range suffixesByFirst {
		for _, s := range list {
			add(nearSuffix, s.word)
		}
	}
	return set
}()

// A distance says of each kind of landmark how far ahead the next one begins, at most far.
type distance [landmarks]uint8

// mark sets the landmarks of a field.
func (f *field) mark() {
	f.near = make([]distance, len(f.text))
	var buffer [8]trie.Match
	var next distance
	for k := range next {
		next[k] = far
	}
	for i := len(f.text) - 1; i >= 0; i-- {
		for k := range next {
			next[k] = min(next[k], far-1) + 1
		}
		for _, m := range landmarkWords.All(buffer[:0], f.text[i:]) {
			for k := range next {
				if m.Value>>k&1 != 0 {
					next[k] = 0
				}
			}
		}
		f.near[i] = next
	}
}

// ahead returns how many code points ahead of i the next word of a kind begins, at least far where none is near.
func (f *field) ahead(k landmark, i int) int {
	if i < 0 || i >= len(f.text) {
		return far
	}
	return int(f.near[i][k])
}
