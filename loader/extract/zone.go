package extract

import (
	"strings"

	"fangzhi/graph"
	"fangzhi/loader/reading"
)

// zones are the kinds of areas with organs of their own that are no divisions.
var zones = []string{"开发区", "高新区", "经开区", "示范区", "产业园区", "产业园", "工业园区", "工业园", "园区", "新区", "功能区", "集聚区", "度假区", "风景区", "景区", "保税区", "自贸区", "保护区", "试验区", "合作区", "商务区"}

var zoneSet = newWordSet(zones...)

// zoneForms are the organs of zones and their kinds; 管委会 is 管理委员会.
var zoneForms = []struct {
	word, full string
	kind       graph.DepartmentKind
}{
	{"管理办公室", "管理办公室", graph.DeptGovernment}, {"管理局", "管理局", graph.DeptGovernment},
	{"党工委", "党工委", graph.DeptParty}, {"工委", "党工委", graph.DeptParty}, {"管委会", "管理委员会", graph.DeptGovernment}, {"管理委员会", "管理委员会", graph.DeptGovernment},
}

// maxBeforeZone is how far ahead the kind of a zone may stand, in code points: behind a chain of divisions and its name.
const maxBeforeZone = maxSection + maxChain*maxStreetName

// zoneAt reads an organ of a zone: 县先进制造业开发区管委会, 经开区党工委, and 管委会 alone behind one of them.
func (d *document) zoneAt(f *field, i int) (organMention, bool) {
	if !f.boundary(i) {
		if c := f.at(i); c == 0 || !levelChars.Has(c) {
			return organMention{}, false
		}
	}
	if d.lastZone != "" && i-d.zoneEnd < maxSentence {
		if m, ok := d.zoneForm(f, i, i, d.lastZone, d.zoneOf); ok && f.boundary(i) && f.has(i, "管委会") {
			return m, true
		}
	}
	if f.ahead(nearZone, i) > maxBeforeZone {
		return organMention{}, false
	}
	p := d.prefixAt(f, i)
	at, e := p.at, i+p.length
	if p.length == 0 || p.bare {
		at, e = d.regions.own, i
	}
	if p.level && !at.Known() || p.length == 0 && f.word[i] > 0 && !f.zoneEnds(i+3) {
		return organMention{}, false
	}
	for n := 0; n <= maxSection; n++ {
		if n > 0 {
			c := f.at(e + n - 1)
			if !isHan(c) || f.never(e+n-1) || f.breaks[e+n-1] && !inOrgan(f, e+n-1) {
				return organMention{}, false
			}
		}
		if z := f.prefixIn(e+n, zoneSet); z > 0 {
			end := e + n + z
			if m, ok := d.zoneForm(f, i, end, f.between(e, end), at); ok {
				d.naming++
				d.lastZone, d.zoneOf, d.zoneEnd = f.between(e, end), at, m.end
				return m, true
			}
		}
	}
	return organMention{}, false
}

func (d *document) zoneForm(f *field, start, e int, zone string, at reading.Jurisdiction) (organMention, bool) {
	for _, form := range zoneForms {
		if !f.has(e, form.word) {
			continue
		}
		m := organMention{span: span{start, e + len([]rune(form.word))}, at: at, explicit: true, general: e > start}
		name := zone + form.full
		if at.Known() && !namesItself(zone, at) {
			name = organName(at) + name
		}
		m.organ = d.organ(reading.Organ{Name: name, Type: form.kind, Region: at})
		return m, true
	}
	return organMention{}, false
}

// namesItself reports whether the name of a zone begins with that of its county, city or province: 云河经济开发区 is not
// called 云河区云河经济开发区.
func namesItself(zone string, at reading.Jurisdiction) bool {
	for _, p := range at.Chain {
		if strings.HasPrefix(zone, bareName(p.Name)) {
			return true
		}
	}
	return false
}

// zoneEnds reports whether the word for a kind of zone ends right before i.
func (f *field) zoneEnds(i int) bool {
	for _, z := range zones {
		if f.hadBefore(i, z) {
			return true
		}
	}
	return false
}
