package extract

import (
	"strings"

	"fangzhi/graph"
	"fangzhi/loader/reading"
)

// Organs of the years from 1949 to 1985 that are written with 中共 or stand without a county before them.

// organOfTheTime reads 中共黔阳地委, 中共云河县革命委员会核心小组, 中国人民解放军 before what it did, and a commune that is founded.
func (d *document) organOfTheTime(f *field, i int) (organMention, bool) {
	switch {
	case f.at(i) == '中' && f.has(i, "中共"):
		if m, ok := d.partyRegion(f, i); ok {
			return m.by("party-region"), true
		}
		if m, ok := d.coreGroup(f, i); ok {
			return m.by("core-group"), true
		}
	case f.at(i) == '中' && f.has(i, "中国人民解放军"), f.at(i) == '人' && f.has(i, "人民解放军"):
		if m, ok := d.army(f, i); ok {
			return m.by("army"), true
		}
	case isHan(f.at(i)) && f.ahead(nearTownship, i) <= 4:
		if m, ok := d.foundedCommune(f, i); ok {
			return m.by("founded-commune"), true
		}
	}
	return organMention{}, false
}

// partyRegion reads 中共黔阳地委.
func (d *document) partyRegion(f *field, i int) (organMention, bool) {
	if !f.boundary(i) {
		return organMention{}, false
	}
	for n := 2; n <= 3; n++ {
		e := i + 2 + n
		name := f.between(i+2, e)
		if len([]rune(name)) < n || !allHan([]rune(name)) || strings.ContainsAny(name, "省市县区地州委") {
			return organMention{}, false
		}
		for _, w := range []string{"地委", "地区委员会"} {
			if !f.has(e, w) {
				continue
			}
			m := organMention{span: span{i, e + len([]rune(w))}, general: true, explicit: true}
			m.organ = d.organ(reading.Organ{Name: "中共" + name + "地区委员会", Type: graph.DeptParty})
			return m, true
		}
	}
	return organMention{}, false
}

// coreGroup reads 中共云河县革命委员会核心小组, which led a county while it had no committee.
func (d *document) coreGroup(f *field, i int) (organMention, bool) {
	p := d.prefixAt(f, i+2)
	if p.length == 0 || !p.at.Known() || !f.boundary(i) {
		return organMention{}, false
	}
	e := i + 2 + p.length
	for _, w := range []string{"革命委员会", "革委会", "革委"} {
		if !f.has(e, w) {
			continue
		}
		e += len([]rune(w))
		for _, g := range []string{"党的核心小组", "核心小组"} {
			if f.has(e, g) {
				m := organMention{span: span{i, e + len([]rune(g))}, at: p.at, general: true, explicit: true}
				m.organ = d.organ(reading.Organ{Name: "中共" + organName(p.at) + "革命委员会核心小组", Type: graph.DeptParty, Region: p.at})
				return m, true
			}
		}
		break
	}
	return organMention{}, false
}

// army reads 中国人民解放军 before what it does, and 人民解放军某部.
func (d *document) army(f *field, i int) (organMention, bool) {
	e := i + len([]rune("人民解放军"))
	if f.at(i) == '中' {
		e += 2
	}
	if !f.boundary(i) {
		return organMention{}, false
	}
	for _, w := range []string{"某部", "某师", "某团", "某连"} {
		if f.has(e, w) {
			e += 2
			m := organMention{span: span{i, e}, general: true, explicit: true}
			m.organ = d.organ(reading.Organ{Name: f.slice(m.span), Type: graph.DeptMilitary})
			return m, true
		}
	}
	for _, w := range []string{"解放", "攻克", "进驻", "占领", "进入", "收复", "接管", "攻占", "渡江", "挺进"} {
		if f.has(e, w) {
			m := organMention{span: span{i, e}, general: true, explicit: true}
			m.organ = d.organ(reading.Organ{Name: "中国人民解放军", Type: graph.DeptMilitary})
			return m, true
		}
	}
	return organMention{}, false
}

// foundedCommune reads a commune on the day of its founding: 红星人民公社成立, 红星人民公社在姚集成立.
func (d *document) foundedCommune(f *field, i int) (organMention, bool) {
	if !f.boundary(i) || strings.ContainsRune("年月日", f.at(i)) {
		return organMention{}, false
	}
	for n := 2; n <= 4; n++ {
		if !isHan(f.at(i+n-1)) || f.never(i+n-1) || f.never(i) {
			return organMention{}, false
		}
		e := i + n + 4
		if !f.has(i+n, "人民公社") {
			continue
		}
		for k := 0; k <= 8; k++ {
			if k > 0 && (f.at(e) != '在' || !isHan(f.at(e+k-1))) {
				break
			}
			if f.has(e+k, "成立") || f.has(e+k, "宣告成立") {
				if strings.ContainsAny(f.between(i, i+n), "个全各该县区农村") || f.word[i] > 0 {
					return organMention{}, false
				}
				m := organMention{span: span{i, e}, at: d.county(), general: true, explicit: true}
				m.organ = d.organ(reading.Organ{Name: organName(m.at) + f.slice(m.span), Type: graph.DeptSubdistrict, Region: m.at})
				return m, true
			}
		}
		break
	}
	return organMention{}, false
}
