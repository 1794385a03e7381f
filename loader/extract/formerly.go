package extract

import (
	"strings"

	"fangzhi/graph"
	"fangzhi/lexicon"
	"fangzhi/loader/reading"
)

// regionalLevel reads 地区 in 地区教委 and 地 in 地委: the region (地区) that the county lay in, in the year of the event.
func (d *document) regionalLevel(f *field, i int) prefix {
	if f.at(i) != '地' || !f.boundary(i) && !f.breakEnd[i] {
		return prefix{}
	}
	n := 0
	switch {
	case f.has(i, "地委"):
		n = 1
	case f.has(i, "地区"):
		for _, form := range lexicon.MatchOrgan(f.text[i+2 : min(len(f.text), i+26)]) {
			if len([]rune(form.Short)) >= 2 && !form.Central && !form.Leading {
				n = 2
			}
		}
	}
	at := d.region()
	if n == 0 || !at.Known() {
		return prefix{}
	}
	return prefix{at: at, length: n, level: true}
}

// region returns the 地区 that the document's county lay in, in the year that is being read; the unknown for none.
func (d *document) region() reading.Jurisdiction {
	if at, ok := d.regions.levels['地']; ok {
		return at
	}
	self := d.regions.own.Self()
	if self.Code == "" || d.year == 0 {
		return reading.Jurisdiction{}
	}
	if at, ok := d.regionIn[d.year]; ok {
		return at
	}
	at := reading.Jurisdiction{}
	for _, was := range lexicon.DivisionsNamed(self.Name) {
		heirs := was.Heirs()
		if was.Level != lexicon.LevelCounty || !was.InForce(d.year) || len(heirs) != 1 || heirs[0].Code != self.Code {
			continue
		}
		if up, ok := was.Parent(); ok && strings.HasSuffix(up.Name, "地区") {
			at = jurisdictionOf(up)
		}
	}
	d.regionIn[d.year] = at
	return at
}

// administrationAt reads 行署 alone, the administration of the document's 地区 or 盟.
func (d *document) administrationAt(f *field, i int) (organMention, bool) {
	if !f.has(i, "行署") || !f.boundary(i) {
		return organMention{}, false
	}
	at := d.region()
	if !at.Known() {
		at = d.regions.levels['盟']
	}
	if !at.Known() {
		return organMention{}, false
	}
	form, _ := lexicon.OrganNamed("行署")
	m := organMention{span: span{i, i + 2}, at: at, general: true, explicit: true}
	d.setForm(f, &m, &form)
	return m, true
}

// formerRegions are the organs of regions (专区, 地区) that no table knows by name any more: 黔阳地委. {Y} is the name.
var formerRegions = []struct {
	word, full string
	kind       graph.DepartmentKind
}{
	{"地区行政公署", "{Y}地区行政公署", graph.DeptGovernment}, {"地区行署", "{Y}地区行政公署", graph.DeptGovernment}, {"行署", "{Y}地区行政公署", graph.DeptGovernment},
	{"专区专员公署", "{Y}专区专员公署", graph.DeptGovernment}, {"专员公署", "{Y}专区专员公署", graph.DeptGovernment}, {"专署", "{Y}专区专员公署", graph.DeptGovernment},
	{"地委", "中共{Y}地区委员会", graph.DeptParty}, {"地区革委会", "{Y}地区革命委员会", graph.DeptGovernment},
}

// maxFormerName bounds the name of a region that is no more, in code points.
const maxFormerName = 3

// formerRegion reads the organ of a region that is named before it: 黔阳地委, 黔阳专署.
func (d *document) formerRegion(f *field, i int) (organMention, bool) {
	if !isHan(f.at(i)) || !f.boundary(i) || f.word[i] > 0 {
		return organMention{}, false
	}
	for n := 1; n <= maxFormerName; n++ {
		if c := f.at(i + n - 1); !isHan(c) || f.never(i+n-1) || strings.ContainsRune("各原省市区县", c) {
			return organMention{}, false
		}
		if n < 2 {
			continue
		}
		for _, r := range formerRegions {
			if !f.has(i+n, r.word) {
				continue
			}
			m := organMention{span: span{i, i + n + len([]rune(r.word))}, general: true, explicit: true}
			m.organ = d.organ(reading.Organ{Name: strings.ReplaceAll(r.full, "{Y}", f.between(i, i+n)), Type: r.kind})
			return m, true
		}
	}
	return organMention{}, false
}
