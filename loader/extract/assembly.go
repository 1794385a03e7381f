package extract

import (
	"strings"

	"fangzhi/graph"
	"fangzhi/loader/reading"
)

// assemblyHeads open the names of the assemblies that elect the leaders of an organ whose name they do not write:
// 共青团青石县第八次代表大会.
var assemblyHeads = []struct{ word, full string }{
	{"中国新民主主义青年团", "中国新民主主义青年团{X}委员会"}, {"新民主主义青年团", "中国新民主主义青年团{X}委员会"},
	{"中国共产主义青年团", "中国共产主义青年团{X}委员会"}, {"共青团", "中国共产主义青年团{X}委员会"},
	{"中国共产党", ""}, {"中共", ""},
}

// maxAssembly bounds how far before a post the assembly that gives it is looked for, in code points.
const maxAssembly = 120

// assembly returns the organ that the assembly elects whose name stands in the same paragraph before i: the party's or the
// league's committee. nil for none. Only posts of such committees ask for it.
func (d *document) assembly(f *field, i int) *reading.Organ {
	for k := i; k > 0 && i-k < maxAssembly && f.text[k-1] != '\n'; k-- {
		if f.text[k-1] != '会' || f.inSpeech(span{k - 1, k}) {
			continue
		}
		switch {
		case f.hadBefore(k, "代表大会"):
			if f.hadBefore(k, "人民代表大会") {
				return nil
			}
			return d.congressOf(f, k)
		case f.hadBefore(k, "全会"), f.hadBefore(k, "全体会议"), f.hadBefore(k, "次会议"):
			return d.plenumOf(f, k)
		}
	}
	return nil
}

// congressOf returns the committee that the congress whose name ends at e elects.
func (d *document) congressOf(f *field, e int) *reading.Organ {
	for j := e - 4; j >= 0 && e-j <= maxOrganName+8 && isHan(f.text[j]); j-- {
		for _, h := range assemblyHeads {
			if !f.has(j, h.word) {
				continue
			}
			p := d.prefixAt(f, j+len([]rune(h.word)))
			if p.length == 0 || !p.at.Known() {
				return nil
			}
			if h.full == "" {
				return d.committee(p.at)
			}
			return d.organ(reading.Organ{Name: expand(h.full, p.at), Type: graph.DeptMass, Region: p.at})
		}
	}
	return nil
}

// plenumOf returns the party committee whose plenary session has a name that ends at e: 县委十届一次全会.
func (d *document) plenumOf(f *field, e int) *reading.Organ {
	for j := e - 3; j >= 0 && e-j <= maxOrganName+8 && isHan(f.text[j]); j-- {
		if f.text[j] != '委' || j == 0 {
			continue
		}
		if k := f.tokenFrom(j+1) - 1; k >= 0 && f.tokens[k].organ != nil {
			if o := f.tokens[k].organ.organ; o.Type == graph.DeptParty && strings.HasSuffix(o.Name, "委员会") {
				return o
			}
		}
		return nil
	}
	return nil
}

// ofCommittee reports whether a post is one that an assembly's committee has.
func (p *postMention) ofCommittee() bool {
	switch p.title.Name {
	case "书记", "常委", "委员", "第一书记", "书记处书记", "候补委员":
		return p.organ == nil && p.section == ""
	}
	return false
}

// elects returns the committee of a post like 书记 that the assembly told before it elects, nil for none.
func (c *postContext) elects(p *postMention) *reading.Organ {
	if !p.ofCommittee() {
		return nil
	}
	return c.d.assembly(c.f, p.start)
}
