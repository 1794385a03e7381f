package extract

import (
	"strings"

	"fangzhi/graph"
	"fangzhi/internal/trie"
	"fangzhi/lexicon"
	"fangzhi/loader/reading"
)

// An organMention is an organ as it stands in a field.
type organMention struct {
	span
	organ *reading.Organ
	// at is the jurisdiction that its prefix names or that it was given; it is handed on to bare organs after it.
	at reading.Jurisdiction
	// form is the short form in organ.tsv, "" for an organ that no table knows.
	form string
	// general: the words mean this organ wherever they stand in a document of this jurisdiction.
	general bool
	// explicit: the jurisdiction is written (区, 云河区), not guessed.
	explicit bool
	// unit is what follows of an inner unit (督导调研组); it is inside span, but not in words.
	unit  string
	words span
	// rule names what found it.
	rule string
}

// surface is where the words stand that mean the organ, without an inner unit.
func (m *organMention) surface() span {
	if m.words.empty() {
		return m.span
	}
	return m.words
}

// organAt reads the organ that begins at i; near is the jurisdiction of the organ just before, for bare forms.
func (d *document) organAt(f *field, i int, near reading.Jurisdiction) (organMention, bool) {
	m, ok := d.organHere(f, i, near)
	if !ok {
		return m, false
	}
	d.readPlate(f, &m)
	d.readBranch(f, &m)
	d.readInner(f, &m)
	return m, true
}

func (d *document) organHere(f *field, i int, near reading.Jurisdiction) (organMention, bool) {
	// A mention is large, and to return none costs more than to look at the first character before the rule is asked.
	if len(d.definedBy) > 0 {
		if m, ok := d.definedAt(f, i); ok {
			return m.by("defined"), true
		}
	}
	if len(d.locals) > 0 {
		if m, ok := d.shortLocal(f, i); ok {
			return m.by("local-short"), true
		}
	}
	switch c := f.at(i); {
	case c == '公', c == '生', c == '交':
		if m, ok := d.trafficPolice(f, i); ok {
			return m.by("branch"), true
		}
	case c == '行':
		if m, ok := d.administrationAt(f, i); ok {
			return m.by("administration"), true
		}
	case levelChars.Has(c):
		if m, ok := d.sharedLevel(f, i); ok {
			return m.by("shared-level"), true
		}
	}
	if m, ok := d.organOfTheTime(f, i); ok {
		return m, true
	}
	if d.lastZone != "" || f.ahead(nearZone, i) <= maxBeforeZone {
		if m, ok := d.zoneAt(f, i); ok {
			return m.by("zone"), true
		}
	}
	if d.mayBeCollective(f, i) {
		if m, ok := d.collectiveAt(f, i); ok {
			return m.by("collective"), true
		}
	}
	start := i
	lead := ""
	if k, n := leadWords.Longest(f.text[i:]); n > 0 && f.boundary(i) {
		lead, i = leads[k].kind, i+n
	}
	p := d.prefixAt(f, i)
	if lead != "" {
		if m, ok := d.ledOrgan(f, start, i, lead, p); ok {
			return m.by("led"), true
		}
		if lead != "party" {
			i = start
			p = d.prefixAt(f, i)
		}
	}
	if n, end := numberedAt(f, i+p.length); end > 0 && p.length > 0 && p.at.Known() && (!p.bare || p.at.Key() == d.regions.own.Key() && f.boundary(i)) {
		m := organMention{span: span{start, end}, at: p.at, general: true, explicit: true}
		m.organ = d.schoolNamed(n, p.at)
		return m.by("numbered-school"), true
	}
	var best organMention
	take := func(rule string) func(organMention, bool) {
		return func(m organMention, ok bool) {
			if ok && m.end > best.end {
				best = m.by(rule)
			}
		}
	}
	if p.length > 0 {
		take("table")(d.tableOrgan(f, start, i, p, lead))
		if best.end == 0 || best.end < i+p.length+3 {
			take("township")(d.streetOrgan(f, start, i+p.length, p))
		}
		if best.end == 0 {
			take("ending")(d.genericOrgan(f, start, i, p))
		}
	}
	if best.end == 0 && lead == "" {
		if f.boundary(i) || f.at(i-1) == '其' || f.at(i-1) == '任' || f.hadBefore(i, "党委") {
			take("table-bare")(d.bareOrgan(f, i, near))
			if best.end == 0 {
				take("township")(d.streetOrgan(f, start, i, prefix{}))
			}
			if f.ahead(nearRegion, i) <= maxFormerName {
				take("former-region")(d.formerRegion(f, i))
			}
			if f.ahead(nearUnit, i) <= maxStrangeName {
				take("unknown-division")(d.strangeOrgan(f, i))
			}
			if best.end == 0 {
				take("name-ending")(d.namedOrgan(f, i))
			}
		} else {
			take("table-bare")(d.bareOrgan(f, i, near))
		}
	}
	return best, best.end > 0
}

// by names the rule that found the organ, unless a rule inside it has.
func (m organMention) by(rule string) organMention {
	if m.rule == "" {
		m.rule = rule
	}
	return m
}

// leads are what stands before the jurisdiction in the full names of organs.
var leads = []struct{ word, kind string }{
	{"中国新民主主义青年团", "youth"}, {"新民主主义青年团", "youth"}, {"青年团", "youth"}, {"中国共产主义青年团", "league"}, {"共青团", "league"}, {"团", "league"},
	{"中国人民政治协商会议", "cppcc"}, {"政协", "cppcc"},
	{"中国共产党", "party"}, {"中共", "party"},
	{"国家税务总局", "tax"}, {"国网", "grid"},
	{"民革", "民革"}, {"民盟", "民盟"}, {"民建", "民建"}, {"民进", "民进"}, {"农工党", "农工党"}, {"致公党", "致公党"}, {"九三学社", "九三学社"}, {"台盟", "台盟"},
}

// leadWords are the words of leads.
var leadWords = func() *trie.Trie {
	words := &trie.Trie{}
	for i, w := range leads {
		words.Add(w.word, i)
	}
	return words
}()

// trafficPolice reads 交警云河大队, the brigade that a city's traffic police has in a district, and 公安云河分局.
func (d *document) trafficPolice(f *field, i int) (organMention, bool) {
	for _, w := range []string{"公安", "生态环境"} {
		if !f.has(i, w) || !f.boundary(i) {
			continue
		}
		e := i + len([]rune(w))
		if p := d.regionNameAt(f, e); p.length > 0 && f.has(e+p.length, "分局") {
			m := organMention{span: span{i, e + p.length + 2}, at: p.at, general: true, explicit: true}
			form, _ := lexicon.OrganNamed(w + "局")
			d.setForm(f, &m, &form)
			return m, true
		}
	}
	if !f.has(i, "交警") {
		return organMention{}, false
	}
	e := i + 2
	if f.has(e, "支队") {
		e += 2
	}
	p := d.regionNameAt(f, e)
	if p.length == 0 || !f.has(e+p.length, "大队") || !p.at.Parent().Known() {
		return organMention{}, false
	}
	m := organMention{span: span{i, e + p.length + 2}, at: p.at, general: true, explicit: true}
	m.organ = d.organ(reading.Organ{
		Name: branch("公安局", p.at.Parent()) + "交通警察支队" + bareName(p.at.Self().Name) + "大队", Type: graph.DeptGovernment, Region: p.at,
		Parent: d.parent("policeof", p.at.Parent()),
	})
	return m, true
}

// ledOrgan reads 团区委, 共青团云河区委, 中国人民政治协商会议云河区委员会, 国家税务总局云河区税务局, 民盟云河区委.
func (d *document) ledOrgan(f *field, start, i int, lead string, p prefix) (organMention, bool) {
	if p.length == 0 {
		return organMention{}, false
	}
	e := i + p.length
	e += sessionAt(f, e)
	end := func(words ...string) int {
		for _, w := range words {
			if f.has(e, w) {
				return e + len([]rune(w))
			}
		}
		return 0
	}
	m := organMention{at: p.at, explicit: true, general: true}
	full, kind := "", graph.DeptMass
	switch lead {
	case "league":
		m.end, full = end("委员会", "委"), "中国共产主义青年团{X}委员会"
	case "youth":
		m.end, full = end("工作委员会", "工委", "委员会", "委"), "中国新民主主义青年团{X}委员会"
		if strings.HasPrefix(f.between(e, m.end), "工") {
			full = "中国新民主主义青年团{X}工作委员会"
		}
	case "cppcc":
		m.end, full, kind = end("委员会", "委"), "中国人民政治协商会议{X}委员会", graph.DeptCPPCC
	case "tax":
		m.end, full, kind = end("税务局"), "国家税务总局{X}税务局", graph.DeptGovernment
	case "grid":
		m.end, full, kind = end("供电公司"), "国网{X}供电公司", graph.DeptEnterprise
	case "party":
		return d.partyCongress(f, start, i, p)
	default:
		form, _ := lexicon.OrganNamed(lead)
		m.end, full = end("基层委员会", "委员会", "委", "总支", "支部", "支社", "工委"), form.Full
	}
	if m.end == 0 || f.at(m.end) == '员' {
		return organMention{}, false
	}
	m.start = start
	if p.at.Known() {
		m.organ = d.organ(reading.Organ{Name: expand(full, p.at), Type: kind, Region: p.at})
	} else {
		m.organ = d.organ(reading.Organ{Name: f.slice(m.span), Type: kind})
	}
	return m, true
}

// tableOrgan reads a form of organ.tsv after a prefix.
func (d *document) tableOrgan(f *field, start, i int, p prefix, lead string) (organMention, bool) {
	e := i + p.length
	e += sessionAt(f, e)
	for _, form := range lexicon.MatchOrgan(f.text[min(e, len(f.text)):min(len(f.text), e+24)]) {
		if form.Central || form.Leading {
			continue
		}
		end := e + len([]rune(form.Short))
		if lead == "party" && strings.HasPrefix(form.Short, "委") && f.has(e, "委员会") {
			return d.fullParty(f, start, e, p)
		}
		if p.bare && !(strings.HasPrefix(form.Short, "委") || form.Short == "海关" || len([]rune(form.Short)) > 2) || cutsWord(f, e, end) {
			continue
		}
		m := organMention{span: span{start, end}, at: p.at, general: p.at.Known(), explicit: true}
		d.setForm(f, &m, &form)
		d.readOffice(f, &m)
		return m, true
	}
	return organMention{}, false
}

// sharedLevel reads 省 of 省、市宣传部: the organ's name stands once for all levels. The mention is the level alone.
func (d *document) sharedLevel(f *field, i int) (organMention, bool) {
	e := i + 1
	for levels := 0; levels < 3 && (f.at(e) == '、' || f.at(e) == '和' || f.at(e) == '与') && levelChars.Has(f.at(e+1)); levels++ {
		e += 2
	}
	p := d.levelAt(f, i)
	if e == i+1 || p.length == 0 || !p.at.Known() || !d.level(f.at(e-1)).Known() {
		return organMention{}, false
	}
	m, ok := d.tableOrgan(f, i, e, prefix{at: p.at, level: true}, "")
	if !ok {
		return organMention{}, false
	}
	m.end, m.general, m.unit = i+1, false, "shared"
	return m, true
}

// fullParty reads 委员会 and what it has below it after 中共X: 中共云河区委员会宣传部.
func (d *document) fullParty(f *field, start, e int, p prefix) (organMention, bool) {
	rest := append([]rune("委"), f.text[e+3:min(len(f.text), e+24)]...)
	for _, form := range lexicon.MatchOrgan(rest) {
		if form.Central || form.Leading {
			continue
		}
		m := organMention{span: span{start, e + 2 + len([]rune(form.Short))}, at: p.at, general: p.at.Known(), explicit: true}
		d.setForm(f, &m, &form)
		return m, true
	}
	return organMention{}, false
}

// sessionAt returns the length of 第十六届, 十一届 or 第三次 at e, one behind the other too (第一届第三次): 区第十六届人民代表大会 is
// the congress.
func sessionAt(f *field, e int) int {
	start := e
	for range 2 {
		n := e
		if f.at(n) == '第' {
			n++
		}
		digits := n
		for strings.ContainsRune("一二三四五六七八九十0123456789", f.at(n)) && f.at(n) != 0 {
			n++
		}
		if n == digits || f.at(n) != '届' && (f.at(n) != '次' || f.at(e) != '第') {
			break
		}
		e = n + 1
	}
	return e - start
}

// cutsWord reports whether an organ's form that ends at end is only the head of a longer word: 委 of 委托, 办 of 办理.
func cutsWord(f *field, start, end int) bool {
	next := f.at(end)
	switch f.at(end - 1) {
	case '办':
		return strings.ContainsRune("理事学好实案证结法成会完", next) && next != 0 || f.has(end, "公会") || f.has(end, "公室") || f.has(end, "公场") || f.has(end, "公用") || f.has(end, "公楼") || f.has(end, "公厅")
	case '委':
		return strings.ContainsRune("托屈员婉任", next) && next != 0 && !f.has(end, "任命") && !f.has(end, "任免")
	case '局':
		return strings.ContainsRune("面势限域", next) && next != 0
	case '联':
		return strings.ContainsRune("合系动络网结播", next) && next != 0 && !f.has(end, "合主办") && !f.has(end, "合举办") && !f.has(end, "合开展") && !f.has(end, "合区") && !f.has(end, "合县") && !f.has(end, "合市")
	case '部':
		return strings.ContainsRune("门署位件", next) && next != 0 || next == '分' && !strings.ContainsRune("别批期两二三四五六七八九十片头组赴管", f.at(end+1))
	case '会':
		return end-start <= 2 && (next == '议' || next == '场')
	case '社':
		return next == '会' || next == '区' || next == '员'
	case '科':
		return next == '技' || next == '学' || next == '研' || next == '普'
	}
	return false
}

// bareOrgan reads a form of organ.tsv that stands without a prefix: 宣传部, 公安分局, 党中央.
func (d *document) bareOrgan(f *field, i int, near reading.Jurisdiction) (organMention, bool) {
	for _, form := range lexicon.MatchOrgan(f.text[i:min(len(f.text), i+24)]) {
		end := i + len([]rune(form.Short))
		if !form.Central && (!form.Bare || !f.boundary(i)) || cutsWord(f, i, end) {
			continue
		}
		m := organMention{span: span{i, end}, at: near}
		if form.Central {
			m.at, m.general, m.explicit = reading.Jurisdiction{}, true, true
		} else if !m.at.Known() || strings.HasSuffix(form.Short, "分局") {
			m.at = d.regions.own
		}
		if form.Short == "军分区" && m.at.Self().Type == graph.LocCounty {
			m.at = m.at.Parent() // a county has none
		}
		d.setForm(f, &m, &form)
		return m, true
	}
	return organMention{}, false
}

// readPlate reads the second plate of an organ that stands in brackets behind it: 区政务办（大数据局）.
func (d *document) readPlate(f *field, m *organMention) {
	open := f.at(m.end)
	if open != '（' && open != '(' || m.form == "" {
		return
	}
	for _, form := range lexicon.MatchOrgan(f.text[m.end+1 : min(len(f.text), m.end+20)]) {
		end := m.end + 1 + len([]rune(form.Short))
		if c := f.at(end); (c == '）' || c == ')') && !form.Central && !form.Leading {
			other := d.canonical(&form, m.at, form.Short)
			m.end = end + 1
			d.joinPlates(m.organ, other)
			m.organ = d.main(m.organ)
			return
		}
	}
}

// readBranch reads the branch of a city's bureau in a district: 市生态环境局云河分局, 市公安局云河分局, 交警云河大队.
func (d *document) readBranch(f *field, m *organMention) {
	if m.organ.Type != graph.DeptGovernment || !strings.HasSuffix(m.organ.Name, "局") {
		return
	}
	p := d.regionNameAt(f, m.end)
	if p.length == 0 {
		d.readNamedBranch(f, m)
		return
	}
	e := m.end + p.length
	for _, w := range []string{"分局", "支局", "大队", "支队", "分中心", "调查队", "监管组", "监管局"} {
		if f.has(e, w) {
			name := m.organ.Name + bareName(p.at.Self().Name) + w
			m.end = e + len([]rune(w))
			m.organ = d.organ(reading.Organ{Name: name, Type: m.organ.Type, Region: p.at, Parent: m.organ})
			m.at, m.form, m.general = p.at, "", true
			return
		}
	}
}

// readInner reads 团委, 工会 and working groups of an organ.
func (d *document) readInner(f *field, m *organMention) {
	if f.has(m.end, "团委") && m.organ.Type != graph.DeptParty {
		m.end += 2
		m.organ = d.organ(reading.Organ{Name: "中国共产主义青年团" + m.organ.Name + "委员会", Type: graph.DeptMass, Region: m.organ.Region, Parent: m.organ})
		m.form = ""
		return
	}
	if f.has(m.end, "办公室") {
		if form, ok := lexicon.OrganNamed(m.form); ok && form.Kind == string(graph.DeptTemporary) {
			d.below(m, 3, "办公室")
			return
		}
	}
	if d.readSubordinate(f, m) {
		return
	}
	if s := m.form; s == "革委会" || s == "革委" || s == "革命委员会" || s == "人民委员会" || s == "人委" {
		for _, form := range lexicon.MatchOrgan(f.text[m.end:min(len(f.text), m.end+12)]) {
			if core, ok := strings.CutPrefix(form.In(d.year).Full, "{X}"); ok && form.Kind == string(graph.DeptGovernment) && !strings.Contains(core, "{") {
				m.end += len([]rune(form.Short))
				m.organ = d.organ(reading.Organ{Name: m.organ.Name + core, Type: graph.DeptGovernment, Region: m.organ.Region, Parent: m.organ})
				m.form = ""
				return
			}
		}
		for _, w := range []string{"生产指挥组", "政治部", "政工组", "生产组", "办事组", "保卫组", "人民保卫组", "农林组", "文教组", "财贸组", "工交组", "计划组", "民政组", "卫生组", "抓革命促生产指挥部", "办公室"} {
			if f.has(m.end, w) {
				m.end += len([]rune(w))
				m.organ = d.organ(reading.Organ{Name: m.organ.Name + w, Type: graph.DeptGovernment, Region: m.organ.Region, Parent: m.organ})
				m.form = ""
				return
			}
		}
	}
	if m.form == "委" {
		e := m.end
		if f.at(e) == '第' {
			for e++; f.at(e) != 0 && strings.ContainsRune(chineseDigits, f.at(e)); e++ {
			}
		}
		for _, w := range []string{"巡察组", "巡视组"} {
			if f.has(e, w) {
				core := f.between(m.end, e+3)
				m.end = e + 3
				m.organ = d.organ(reading.Organ{Name: m.organ.Name + core, Type: graph.DeptParty, Region: m.organ.Region, Parent: m.organ})
				m.form = ""
				return
			}
		}
	}
	for _, w := range []string{"督导调研组", "调研督导组", "督导组", "调研组", "督查组", "检查组", "考核组", "巡察组", "巡视组", "工作组", "专家组", "考察组", "理论学习中心组", "党组", "机关"} {
		if f.has(m.end, w) && f.at(m.end+len([]rune(w))) != '长' {
			if w == "党组" && (f.has(m.end+2, "书记") || f.has(m.end+2, "成员") || f.has(m.end+2, "副书记")) {
				return
			}
			m.unit, m.words = w, m.span
			m.end += len([]rune(w))
			return
		}
	}
	for n := 0; n <= maxOrganName && (isHan(f.at(m.end+n)) || isDigit(f.at(m.end+n))) && f.at(m.end+n) != '在'; n++ {
		for _, w := range []string{"宣讲团成员", "讲师团成员", "专家组成员", "代表团成员", "考察团成员", "巡讲团成员", "领导小组成员"} {
			if f.has(m.end+n, w) {
				m.unit, m.words = f.slice(span{m.end, m.end + n + len([]rune(w)) - 2}), m.span
				m.end += len([]rune(m.unit))
				return
			}
		}
	}
}
