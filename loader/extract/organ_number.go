package extract

import (
	"strings"

	"fangzhi/graph"
	"fangzhi/loader/reading"
)

// Organs that bear a number: units of the army, inspections of the centre, bureaus of the railway's builders, congresses of
// the party.

// numberedUnit reads 中国人民解放军8023部队, 中央第四环保督察组 and 中铁十二局, called as they are written.
func (d *document) numberedUnit(f *field, i int) (organMention, bool) {
	kind, end := graph.DeptMilitary, 0
	switch {
	case f.has(i, "中央第"):
		kind, end = graph.DeptTemporary, centralInspection(f, i+3)
	case f.has(i, "中铁"):
		kind, end = graph.DeptEnterprise, railwayBureau(f, i+2)
	default:
		end = regiment(f, i)
	}
	if end == 0 {
		return organMention{}, false
	}
	m := organMention{span: span{i, end}, general: true, explicit: true}
	m.organ = d.organ(reading.Organ{Name: f.slice(m.span), Type: kind})
	return m, true
}

// armies stand before the cover number of a unit.
var armies = newWordSet("中国人民解放军", "人民解放军", "解放军", "驻军")

// regiment returns the end of the cover number of a unit: 解放军8023部队, 驻军6117部队, 8341部队.
func regiment(f *field, i int) int {
	j := i + f.prefixIn(i, armies)
	k := j
	for isDigit(f.at(k)) || digitsOfChinese.Has(f.at(k)) {
		k++
	}
	if k-j < 4 || k-j > 5 || !f.has(k, "部队") {
		return 0
	}
	return k + 2
}

// centralInspection returns the end of 四环保督察组, what follows 中央第.
func centralInspection(f *field, j int) int {
	k := j
	for f.at(k) != 0 && strings.ContainsRune(chineseDigits, f.at(k)) || isDigit(f.at(k)) {
		k++
	}
	if k == j {
		return 0
	}
	for _, w := range []string{"生态环境保护", "环境保护", "生态环保", "环保", ""} {
		for _, g := range []string{"督察组", "巡视组", "督导组", "指导组"} {
			if f.has(k, w+g) {
				return k + len([]rune(w+g))
			}
		}
	}
	return 0
}

// railwayBureau returns the end of 十二局集团有限公司, what follows 中铁.
func railwayBureau(f *field, j int) int {
	k := j
	for f.at(k) != 0 && strings.ContainsRune(chineseDigits, f.at(k)) {
		k++
	}
	if k == j || f.at(k) != '局' {
		return 0
	}
	k++
	for _, w := range []string{"集团有限公司", "集团公司", "集团", ""} {
		if f.has(k, w) {
			return k + len([]rune(w))
		}
	}
	return k
}

// partyCongress reads the congress of the party in a jurisdiction, of which each meeting has a number: 中国共产党云河县第十五次
// 代表大会.
func (d *document) partyCongress(f *field, start, i int, p prefix) (organMention, bool) {
	e := i + p.length
	n := sessionAt(f, e)
	if n == 0 || !f.has(e+n, "代表大会") || !p.at.Known() {
		return organMention{}, false
	}
	m := organMention{span: span{start, e + n + 4}, at: p.at, explicit: true, general: true}
	m.organ = d.organ(reading.Organ{Name: "中国共产党" + organName(p.at) + "代表大会", Type: graph.DeptParty, Region: p.at})
	return m, true
}
