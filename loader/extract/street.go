package extract

import (
	"strings"
	"unicode/utf8"

	"fangzhi/graph"
	"fangzhi/internal/trie"
	"fangzhi/lexicon"
	"fangzhi/loader/reading"
)

// maxStreetName bounds the name of a street, town or village without its ending, in code points.
const maxStreetName = 6

// townshipEndings are how names of townships end.
var townshipEndings = []string{"街道", "苏木", "人民公社", "公社", "镇", "乡"}

// A streetForm is an organ of a township: its ending, its canonical name and kind. {X} is the county, {Y} the
// township's name with its ending.
type streetForm struct {
	word, full string
	kind       graph.DepartmentKind
	parent     string
	// street: only streets have it (党工委, 办事处); town: only towns and townships (党委, 政府); both false: all.
	street, town bool
}

var streetForms = []streetForm{
	{"党工委", "中共{X}委员会{Y}工作委员会", graph.DeptSubdistrict, "party", true, false},
	{"工委", "中共{X}委员会{Y}工作委员会", graph.DeptSubdistrict, "party", true, false},
	{"办事处", "{X}人民政府{Y}办事处", graph.DeptSubdistrict, "gov", true, false},
	{"办", "{X}人民政府{Y}办事处", graph.DeptSubdistrict, "gov", true, false},
	{"人大工委", "{X}人民代表大会常务委员会{Y}工作委员会", graph.DeptCongress, "standing", true, false},
	{"人大工作委员会", "{X}人民代表大会常务委员会{Y}工作委员会", graph.DeptCongress, "standing", true, false},
	{"纪工委", "中共{X}纪律检查委员会{Y}工作委员会", graph.DeptParty, "", true, false},
	{"党委", "中共{X}{Y}委员会", graph.DeptSubdistrict, "", false, true},
	{"党政办公室", "{X}{Y}党政办公室", graph.DeptSubdistrict, "", false, false},
	{"党政办", "{X}{Y}党政办公室", graph.DeptSubdistrict, "", false, false},
	{"人民政府", "{X}{Y}人民政府", graph.DeptSubdistrict, "", false, true},
	{"政府", "{X}{Y}人民政府", graph.DeptSubdistrict, "", false, true},
	{"革委会", "{X}{Y}革命委员会", graph.DeptSubdistrict, "", false, true},
	{"革命委员会", "{X}{Y}革命委员会", graph.DeptSubdistrict, "", false, true},
	{"管委会", "{X}{Y}管理委员会", graph.DeptSubdistrict, "", false, true},
	{"人民委员会", "{X}{Y}人民委员会", graph.DeptSubdistrict, "", false, true},
	{"人民代表大会", "{X}{Y}人民代表大会", graph.DeptCongress, "", false, true},
	{"人大主席团", "{X}{Y}人民代表大会", graph.DeptCongress, "", false, true},
	{"人大", "{X}{Y}人民代表大会", graph.DeptCongress, "", false, true},
	{"纪委", "中共{X}{Y}纪律检查委员会", graph.DeptParty, "", false, true},
	{"团委", "中国共产主义青年团{X}{Y}委员会", graph.DeptMass, "", false, false},
	{"团工委", "中国共产主义青年团{X}{Y}工作委员会", graph.DeptMass, "", true, false},
	{"妇联", "{X}{Y}妇女联合会", graph.DeptMass, "", false, false},
	{"总工会", "{X}{Y}总工会", graph.DeptMass, "", false, false},
	{"武装部", "{X}{Y}人民武装部", graph.DeptMilitary, "", false, false},
}

// villageForms are the organs of villages and communities.
var villageForms = []string{"党支部委员会", "党支部", "党总支", "党委", "居委会", "村委会", "居民委员会", "村民委员会", "妇联", "人民调解委员会", "团支部"}

// learnStreets collects the names of streets that stand at a boundary on their left.
func (d *document) learnStreets(f *field) {
	for i := 2; i < len(f.text); i++ {
		if !f.has(i, "街道") || f.quoted[i] {
			continue
		}
		start := i
		for start > 0 && i-start < maxStreetName && isHan(f.at(start-1)) {
			if f.boundary(start) && i-start >= 2 {
				break
			}
			start--
		}
		name := f.text[start:i]
		for k := len(name) - 2; k > 0; k-- {
			if strings.ContainsRune("区县市旗镇", name[k]) {
				name = name[k+1:]
				break
			}
		}
		if f.word[start] > 0 {
			continue
		}
		if len(name) >= 2 && (f.boundary(start) || len(name) < i-start) && !notStreet(string(name)) {
			d.streets[string(name)+"街道"] = true
		}
	}
}

func notStreet(name string) bool {
	for _, w := range []string{"各", "全", "相关", "有关", "两个", "三个", "多个", "所在", "选出", "进", "入", "镇", "乡", "部分", "辖区", "社区", "村"} {
		if strings.HasSuffix(name, w) {
			return true
		}
	}
	for _, r := range name {
		if strings.ContainsRune("的了由在将把被是让使并已又也就还都这那很最说可能且或者及", r) {
			return true
		}
	}
	return false
}

// notInTown are characters that begin no name of a township.
var notInTown = trie.NewRunes("由在到对被把将让经给以按即赴各该本全两每其任")

// townshipAt reads the name of a township at e, its ending included, 0 for none. Names of which the document knows only
// a shorter one that ends them are none: 动员青石桥街道.
func (d *document) townshipAt(f *field, e int) int {
	if n := d.knownTownship(f, e); n > 0 {
		return n
	}
	if f.ahead(nearTownship, e) > maxStreetName {
		return 0
	}
	appoints := f.at(e-1) == '任' || f.at(e-1) == '其' // 任石坪镇党委书记, 免去其柳渡乡乡长职务
	if !f.boundary(e) && !appoints && !d.afterPrefix(f, e) || notInTown.Has(f.at(e)) {
		return 0
	}
	for n := 2; n <= maxStreetName; n++ {
		c := f.at(e + n - 1)
		if !isHan(f.at(e)) || f.word[e] > 0 || !isHan(c) || f.never(e+n-1) || f.word[e+n-1] > 0 || c == '各' || c == '全' || c == '两' {
			return 0
		}
		for _, w := range townshipEndings {
			if !f.has(e+n, w) || w != "街道" && (n > 4 || d.wordAfterLevel(f, e+n) && !strings.HasPrefix(string(f.text[e+n+1:min(len(f.text), e+n+3)]), "政府")) {
				continue
			}
			name := string(f.text[e:e+n]) + w
			if strings.HasSuffix(name, "城乡") {
				return 0
			}
			if k := strings.IndexRune(name, '任'); k > 0 {
				return 0 // 家骏任石坪镇
			}
			if w == "街道" {
				for k := 1; k < n; k++ {
					if d.streets[string(f.text[e+k:e+n])+w] && !d.streets[name] {
						return 0
					}
				}
			}
			if notStreet(string(f.text[e : e+n])) {
				return 0
			}
			return n + len([]rune(w))
		}
	}
	return 0
}

// knownTownship reads a name that the document has learned or the division table has below the document's county.
func (d *document) knownTownship(f *field, e int) int {
	for n := maxStreetName; n >= 1 && f.ahead(nearTownship, e) <= maxStreetName; n-- {
		if f.has(e+n, "街道") && d.streets[string(f.text[e:e+n])+"街道"] {
			return n + 2
		}
	}
	if d.regions.within == "" || !isHan(f.at(e)) {
		return 0
	}
	m, ok := lexicon.MatchDivision(f.text[e:min(len(f.text), e+12)], d.regions.within)
	if !ok || m.Last != 0 || m.Divisions[0].Level != lexicon.LevelTownship {
		return 0
	}
	written := string(f.text[e : e+m.Length])
	for _, w := range townshipEndings {
		if strings.HasSuffix(written, w) {
			return m.Length
		}
		if k := strings.Index(written, w); k > 0 && w == "街道" { // the match takes X街道办事处 whole
			return len([]rune(written[:k])) + 2
		}
	}
	return 0
}

// afterPrefix reports whether the name of a division ends right before e.
func (d *document) afterPrefix(f *field, e int) bool {
	switch f.at(e - 1) {
	case '区', '县', '市', '旗':
		return true
	}
	return false
}

// streetOrgan reads an organ of a township or a village at e: 青石桥街道党工委, 沙岗镇政府, 南塘社区居委会. Without a name
// (街道党工委) it is that of the street last named.
func (d *document) streetOrgan(f *field, start, e int, p prefix) (organMention, bool) {
	at := p.at
	if !at.Known() {
		at = d.county()
	}
	if f.has(e, "办事处") && f.boundary(e) && f.at(e-1) != '各' && d.lastStreet != "" && strings.HasSuffix(d.lastStreet, "街道") && start == e {
		m := organMention{span: span{start, e + 3}, at: at}
		m.organ = d.streetOrganNamed(streetForms[2], d.lastStreet, at)
		return m, true
	}
	if f.has(e, "街道") && f.boundary(e) && f.at(e-1) != '各' {
		if form, end := streetFormAt(f, e+2, true); end > 0 && d.lastStreet != "" {
			m := organMention{span: span{start, end}, at: at}
			m.organ = d.streetOrganNamed(form, d.lastStreet, at)
			return m, true
		}
		return organMention{}, false
	}
	if m, ok := d.townGovernment(f, start, e, at); ok {
		return m, true
	}
	n := d.townshipAt(f, e)
	if n == 0 {
		return d.officeOrgan(f, start, e, at)
	}
	name := f.slice(span{e, e + n})
	d.nameStreet(f, e, name)
	if form, end := streetFormAt(f, e+n, strings.HasSuffix(name, "街道")); end > 0 {
		m := organMention{span: span{start, end}, at: at, general: true, explicit: true}
		m.organ = d.streetOrganNamed(form, name, at)
		return m, true
	}
	if m, ok := d.sharedForm(f, start, e+n, name, at); ok {
		return m, true
	}
	if m, ok := d.villageOrgan(f, start, e+n, at); ok {
		return m, true
	}
	if s, end := d.suffixAfter(f, e+n-1, false); end > 0 && end-e-n >= 2 && !f.overlapsLevel(e+n) {
		o := reading.Organ{Name: organName(at) + f.slice(span{e, end}), Type: s.kind, Region: at}
		if s.kind == graph.DeptEnterprise {
			return organMention{}, false
		}
		if s.word == "大队" && strings.HasSuffix(name, "公社") {
			o.Type = graph.DeptVillage // a production brigade
		} else if s.kind == graph.DeptGovernment || s.kind == graph.DeptInstitution {
			o = *d.local(f.slice(span{e, end}), s, at)
			o.Parent = nil
		}
		return organMention{span: span{start, end}, organ: d.organ(o), at: at, general: true, explicit: true}, true
	}
	return organMention{}, false
}

// townGovernment reads 政府 in 白塘镇党委政府 and 白塘镇党委、政府, and 苏木政府: those of the township last named.
func (d *document) townGovernment(f *field, start, e int, at reading.Jurisdiction) (organMention, bool) {
	n := 0
	switch {
	case start != e || d.lastTown == "" || strings.HasSuffix(d.lastTown, "街道"):
		return organMention{}, false
	case f.hadBefore(e, "党委") || f.hadBefore(e, "党委、") || f.hadBefore(e, "党委和"):
	case f.has(e, "苏木") && strings.HasSuffix(d.lastTown, "苏木"):
		n = 2
	default:
		return organMention{}, false
	}
	form, end := streetFormAt(f, e+n, false)
	if end == 0 || n == 0 && !strings.HasSuffix(form.word, "政府") {
		return organMention{}, false
	}
	m := organMention{span: span{start, end}, at: at}
	m.organ = d.streetOrganNamed(form, d.lastTown, at)
	return m, true
}

// nameStreet remembers the street last named; two in one sentence leave it open which one 街道 means.
func (d *document) nameStreet(f *field, i int, name string) {
	d.naming++
	d.lastTown = name
	stop := f.sentence(i).end
	if stop == d.streetStop && d.streetNamed != name {
		d.lastStreet = ""
		return
	}
	d.lastStreet, d.streetNamed, d.streetStop = name, name, stop
}

// overlapsLevel reports whether a level prefix stands at i: 青石桥街道区民政局 is no organ of the street.
func (f *field) overlapsLevel(i int) bool {
	return levelChars.Has(f.at(i)) && f.at(i) != 0
}

func streetFormAt(f *field, e int, street bool) (streetForm, int) {
	var best streetForm
	end := 0
	for _, form := range streetForms {
		if !f.has(e, form.word) {
			continue
		}
		if n := e + utf8.RuneCountInString(form.word); n > end && !(form.street && !street) && !(form.town && street) && !cutsWord(f, e, n) {
			best, end = form, n
		}
	}
	return best, end
}

func (d *document) streetOrganNamed(form streetForm, township string, at reading.Jurisdiction) *reading.Organ {
	o := reading.Organ{Type: form.kind, Region: at, Parent: d.parent(form.parent, at)}
	o.Name = strings.NewReplacer("{X}", organName(at), "{Y}", township).Replace(form.full)
	return d.organ(o)
}

// sharedForm reads 柳湖街道 in 柳湖街道和桐花街道人大工委: the ending stands once for both.
func (d *document) sharedForm(f *field, start, e int, name string, at reading.Jurisdiction) (organMention, bool) {
	for i, names := e, 0; names < 6; names++ {
		if c := f.at(i); c != '、' && c != '和' && c != '与' {
			return organMention{}, false
		}
		n := d.townshipAt(f, i+1)
		if n == 0 {
			return organMention{}, false
		}
		i += 1 + n
		form, end := streetFormAt(f, i, strings.HasSuffix(name, "街道"))
		if end > 0 {
			if f.at(e) == '、' && form.word == "办" {
				return organMention{}, false
			}
			m := organMention{span: span{start, e}, at: at, explicit: true}
			m.organ = d.streetOrganNamed(form, name, at)
			m.unit = "shared"
			return m, true
		}
	}
	return organMention{}, false
}

// villageOrgan reads an organ of a village or community that stands after the name of its township.
func (d *document) villageOrgan(f *field, start, e int, at reading.Jurisdiction) (organMention, bool) {
	for n := 1; n <= maxStreetName; n++ {
		if c := f.at(e + n - 1); !isHan(c) || f.never(e+n-1) {
			return organMention{}, false
		}
		for _, w := range []string{"社区", "村", "嘎查"} {
			if !f.has(e+n, w) {
				continue
			}
			i := e + n + len([]rune(w))
			for _, form := range villageForms {
				if f.has(i, form) {
					end := i + len([]rune(form))
					kind := graph.DeptVillage
					if form == "妇联" || form == "团支部" {
						kind = graph.DeptMass
					}
					o := d.organ(reading.Organ{Name: f.slice(span{e, end}), Type: kind, Region: at})
					return organMention{span: span{start, end}, organ: o, at: at, general: true, explicit: true}, true
				}
			}
			return organMention{}, false
		}
	}
	return organMention{}, false
}

// officeOrgan reads 丰登路办事处, a street's office without 街道, and 槐荫社区妇联.
func (d *document) officeOrgan(f *field, start, e int, at reading.Jurisdiction) (organMention, bool) {
	if f.ahead(nearOffice, e) > maxStreetName || !f.boundary(e) || start == e && d.prefixAt(f, e).length > 0 || f.has(e, "街道") {
		return organMention{}, false // 各街道办事处
	}
	for n := 1; n <= maxStreetName; n++ {
		c := f.at(e + n - 1)
		if !isHan(c) || f.never(e+n-1) || strings.ContainsRune("各驻本该全", c) || f.word[e+n-1] > 0 {
			return organMention{}, false
		}
		if n >= 2 && f.has(e+n, "办事处") {
			name := f.slice(span{e, e + n}) + "街道"
			m := organMention{span: span{start, e + n + 3}, at: at, general: true, explicit: true}
			m.organ = d.streetOrganNamed(streetForms[2], name, at)
			d.nameStreet(f, e, name)
			return m, true
		}
		for _, w := range []string{"社区", "村", "嘎查"} {
			if n < 2 && w != "村" || !f.has(e+n, w) {
				continue
			}
			i := e + n + len([]rune(w))
			for _, form := range villageForms {
				if f.has(i, form) {
					end := i + len([]rune(form))
					kind := graph.DeptVillage
					if form == "妇联" || form == "团支部" {
						kind = graph.DeptMass
					}
					o := d.organ(reading.Organ{Name: f.slice(span{e, end}), Type: kind, Region: at})
					return organMention{span: span{start, end}, organ: o, at: at, general: true, explicit: true}, true
				}
			}
		}
	}
	return organMention{}, false
}

// county returns the jurisdiction that streets lie in: the document's own, or the one above a township's.
func (d *document) county() reading.Jurisdiction {
	if own := d.regions.own; own.Self().Type != graph.LocTownship {
		return own
	}
	return d.regions.own.Parent()
}
