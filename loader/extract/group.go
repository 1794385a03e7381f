package extract

import (
	"strings"

	"fangzhi/graph"
	"fangzhi/internal/trie"
	"fangzhi/loader/reading"
)

// collectives are names of several organs in one that are no organ themselves (两办: the offices of party and government;
// 四大班子: party, congress, government, CPPCC). Source: genre.md §4.1.
var collectives = []string{"四大班子", "四套班子", "五大班子", "五套班子", "六大班子", "四家班子", "三大班子", "几大班子", "四大家", "两办", "两院", "公检法司", "公检法"}

// villageCollectives are the party branch and the committee of a village or community together.
var villageCollectives = []string{"村（社区）“两委”", "村（居）“两委”", "社区（村）“两委”", "村（社区）两委", "村（居）两委", "村“两委”", "社区“两委”", "村两委", "社区两委"}

// collectiveFirst are the first characters of collectives without a level.
var collectiveFirst = trie.NewRunes("三四五六几两公")

// mayBeCollective reports whether collectiveAt may find anything at i, by what begins there.
func (d *document) mayBeCollective(f *field, i int) bool {
	c := f.at(i)
	return c == '村' || c == '社' || d.maySpeakForAll(f, i)
}

// maySpeakForAll reports the same of the collectives that are none of villages.
func (d *document) maySpeakForAll(f *field, i int) bool {
	c := f.at(i)
	return collectiveFirst.Has(c) || levelChars.Has(c) || d.ownName(f, i) > 0
}

// collectiveAt reads a collective at i: 两办, 区四大班子, 村（社区）“两委”. Of those that are named without a level it is the
// document's own jurisdiction's.
func (d *document) collectiveAt(f *field, i int) (organMention, bool) {
	for _, w := range villageCollectives {
		if f.has(i, w) {
			m := d.collective(i, i, w, d.regions.own)
			name := "村（社区）“两委”"
			if !strings.ContainsAny(w, "（") {
				name = strings.TrimRight(strings.TrimSuffix(strings.TrimSuffix(w, "“两委”"), "两委"), "“") + "“两委”"
			}
			m.organ = d.organ(reading.Organ{Name: name, Type: graph.DeptGroup, Region: d.regions.own})
			return m, true
		}
	}
	if !d.maySpeakForAll(f, i) {
		return organMention{}, false
	}
	if before := f.at(i - 1); before == '各' || before == '“' || before == '"' {
		return organMention{}, false
	}
	at, e := d.regions.own, i
	if p := d.prefixAt(f, i); p.length > 0 {
		at, e = p.at, i+p.length
	} else if !f.boundary(i) {
		return organMention{}, false
	}
	for _, w := range collectives {
		if f.has(e, w) && (w != "两办" || !strings.ContainsRune("理事学", f.at(e+2))) && (w != "两院" || e > i && f.at(e+2) != '院') {
			return d.collective(i, e, w, at), true
		}
	}
	return organMention{}, false
}

func (d *document) collective(start, e int, word string, at reading.Jurisdiction) organMention {
	m := organMention{span: span{start, e + len([]rune(word))}, at: at, general: at.Known()}
	m.organ = d.organ(reading.Organ{Name: word, Type: graph.DeptGroup, Region: at})
	return m
}
