package extract

import (
	"strings"

	"fangzhi/internal/trie"
	"fangzhi/lexicon"
	"fangzhi/loader/reading"
)

// A postMention is a post as it stands in a field, with the organ before it.
type postMention struct {
	span
	organ *organMention // nil where the post is written without one
	// title is the row of title.tsv; name is the post without its organ: 野保处副处长.
	title   lexicon.Title
	name    string
	section string // 野保处, part of name
	deputy  bool
	former  bool // 原, 前, 曾任
	// level is the jurisdiction whose government the title alone implies (区长); levelOnly: it has no other organ.
	level     reading.Jurisdiction
	levelOnly bool
	// stranger: the post is of a division that nothing knows.
	stranger bool
	// last: the post is of an organ that the text calls 公司, 学校 …: the one last named.
	last bool
}

// modifiers stand before the core of a title. Those of formers are not part of the post.
var (
	modifiers = newWordSet("代理", "代", "常务", "执行", "名誉", "第一", "首席", "副", "党组副", "党委副", "高级", "特邀", "特聘", "专职", "兼职", "资深", "国家级", "国家一级", "国家二级", "国家三级",
		"一级", "二级", "三级", "四级", "正高级", "副高级", "中级", "初级", "省级", "市级", "区级", "县级", "荣誉", "主治", "轮值", "驻村", "项目", "现场", "总", "专业", "优秀", "退休", "青年", "女", "助理", "全国", "全省", "全市")
	formers = newWordSet("原", "前", "前任", "原任", "曾任", "历任")
	holding = newWordSet("时任", "现任", "新任", "兼")
	inner   = newWordSet("党组", "党委", "党支部", "党总支", "机关党委", "机关党支部", "党工委", "纪委", "纪检组", "工会", "团委", "妇联", "支部", "理事会", "董事会", "监事会", "街道", "办事处", "街道办", "执行委员会", "组委会")
)

// A titleMatch is a title with its modifiers.
type titleMatch struct {
	lexicon.Title
	end    int
	start  int // of what belongs to the post, formers left out
	deputy bool
	former bool
}

// noTitle reports whether titleAt can find nothing at i, or has found nothing there before.
func (f *field) noTitle(i int) bool { return i < 0 || i >= len(f.text) || f.untitled[i] }

// titleAt reads a title with its modifiers at i.
func titleAt(f *field, i int) (titleMatch, bool) {
	if f.noTitle(i) {
		return titleMatch{start: i}, false
	}
	m, ok := readTitle(f, i)
	f.untitled[i] = !ok
	return m, ok
}

func readTitle(f *field, i int) (titleMatch, bool) {
	m := titleMatch{start: i}
	for k := 0; k < 4; k++ {
		if t, n := lexicon.MatchTitle(f.text[min(i, len(f.text)):min(len(f.text), i+8)]); n > 0 && t.Class != lexicon.TitleHonor {
			if next := f.at(i + n); t.Name == "主席" && (next == '台' || next == '团') {
				return m, false // a platform, a presidium
			}
			m.Title, m.end = t, i+n
			return m, true
		}
		longest := max(f.prefixIn(i, modifiers), f.prefixIn(i, inner))
		if n := f.prefixIn(i, formers); n > longest {
			m.former = true
			i += n
			m.start = i
			continue
		}
		if n := f.prefixIn(i, holding); n > longest && k == 0 {
			i += n
			m.start = i
			continue
		}
		n := longest
		if n == 0 {
			return m, false
		}
		if strings.HasSuffix(string(f.text[i:i+n]), "副") {
			m.deputy = true
		}
		i += n
	}
	return m, false
}

// sectionEndings are how inner sections of organs end; they are part of the post and no departments.
var sectionEndings = []string{"处", "科", "股", "室", "组", "队", "所", "站", "中心", "办公室", "院", "部", "厂", "支行", "办", "团", "分会", "支部", "窗口", "村", "社区", "学会", "分院", "庭"}

// maxSection bounds an inner section, in code points.
const maxSection = 16

// postAfter reads the post that follows an organ.
func (d *document) postAfter(f *field, organ organMention) (postMention, bool) {
	p, ok := d.titleAfter(f, &organ)
	if ok {
		own := organ // most organs have none behind them, and cost no memory
		p.organ = &own
	}
	return p, ok
}

// titleAfter is postAfter without the organ of the post.
func (d *document) titleAfter(f *field, m *organMention) (postMention, bool) {
	var p postMention
	if t, ok := titleAt(f, m.end); ok && !misread(f, t) {
		p.take(f, m.start, t, "")
		if m.unit != "" && m.unit != "shared" {
			p.section = m.unit
			p.name = m.unit + p.name
		}
		return p, true
	}
	if f.at(m.end) == '长' && !f.has(m.end, "长期") && !f.has(m.end, "长效") {
		if t, n := lexicon.MatchTitle(f.text[m.end-1 : min(len(f.text), m.end+6)]); n == 2 {
			p.take(f, m.start, titleMatch{Title: t, start: m.end - 1, end: m.end + 1}, "")
			return p, true
		}
	}
	if f.at(m.end) == '副' { // 区教育局副局长 is read above; 区教育局副长 is nothing
		return p, false
	}
	for e := m.end + 1; e <= m.end+maxSection; e++ {
		if !isHan(f.at(e-1)) || f.never(e-1) || f.has(e-1, "联合") || f.has(e-1, "组织") || f.breaks[e-1] && !inOrgan(f, e-1) {
			break
		}
		if f.noTitle(e) {
			continue
		}
		t, ok := titleAt(f, e)
		if !ok || t.Name == "代表" || t.Name == "成员" {
			continue
		}
		section := string(f.text[m.end:e])
		if f.suffixIn(e, sectionEndings) > 0 || (fusedSection(t.Name) || t.Class == lexicon.TitleExpert || t.Name == "总监" || t.Name == "经理") && e-m.end <= 8 {
			p.take(f, m.start, t, section)
			return p, true
		}
	}
	return p, false
}

// longWords are words that begin with 长 and make no head of what stands before it.
var longWords = newWordSet(strings.Fields("长期 长达 长效 长跑 长途 长江 长沙 长远 长征 长城 长假 长年 长势 长久 长春 长安 长短 长廊 长寿 长高 长大 长出 长足")...)

// misread reports whether the title after an organ is no title: 代表 as a verb, 委员 of 委员会.
func misread(f *field, t titleMatch) bool {
	if f.at(t.end-1) == '长' && f.prefixIn(t.end-1, longWords) > 0 && (!f.boundary(t.start) || f.has(t.end-1, "长期")) {
		return true // 培训班长期
	}
	switch t.Name {
	case "委员":
		return f.at(t.end) == '会'
	case "代表":
		return f.at(t.end) == '团' || f.at(t.end) == '大'
	case "专家", "成员", "党员", "教师":
		return f.at(t.end) == '组' || f.at(t.end) == '单'
	}
	return false
}

// fusedSection reports whether the title holds the ending of its section: 综合科长.
func fusedSection(title string) bool {
	switch title {
	case "庭长", "处长", "科长", "股长", "队长", "站长", "所长", "组长", "大队长", "中队长", "主任", "团长", "部长":
		return true
	}
	return false
}

// take fills the post from a title, with what belongs to it from start on.
func (p *postMention) take(f *field, start int, t titleMatch, section string) {
	p.span = span{start, t.end}
	p.title, p.deputy, p.former = t.Title, t.deputy, t.former
	p.section = section
	p.name = section + string(f.text[t.start:t.end])
	if f.has(t.end, "（挂职）") || f.has(t.end, "(挂职)") {
		p.end += 4
	}
	if f.has(t.end, "候选人") {
		p.end += 3
		p.name += "候选人"
		p.former = true // holds nothing yet
	}
	for _, w := range []string{"原任", "曾任", "历任", "前任", "原", "前"} {
		if f.hadBefore(start, w) && f.boundary(start-len([]rune(w))) {
			p.start, p.former = start-len([]rune(w)), true
			return
		}
	}
}

// postAt reads a post that begins at i without an organ: 区长, 中原区副区长, 副处长, 野保处处长.
func (d *document) postAt(f *field, i int) (postMention, bool) {
	var p postMention
	if p, ok := d.leadersAt(f, i); ok {
		return p, true
	}
	if t, ok := titleAt(f, i); ok {
		if t.end < i+f.prefixIn(i, personNouns) {
			return p, false // 教师 in 教师代表
		}
		if t.start > i && !f.boundary(i) || misread(f, t) || t.Name == "代表" || t.Name == "成员" || t.Name == "负责人" && t.start == i {
			return p, false
		}
		if len([]rune(t.Name)) < 2 {
			return p, false
		}
		p.take(f, i, t, "")
		if t.Level != "" {
			p.level, p.levelOnly = d.level([]rune(t.Level)[0]), true
		}
		return p, true
	}
	if p, ok := d.townPost(f, i); ok {
		return p, true
	}
	if pre := d.prefixAt(f, i); pre.length > 0 {
		if t, ok := titleAt(f, i+pre.length); ok && (t.Level != "" && !pre.level || t.Class == lexicon.TitleExpert) && !misread(f, t) {
			p.take(f, i, t, "")
			if t.Level != "" {
				p.level, p.levelOnly = pre.at, true
			}
			p.name = string(f.text[t.start:t.end])
			return p, true
		}
		return d.companyPost(f, i)
	}
	if !f.boundary(i) || !isHan(f.at(i)) {
		return p, false
	}
	if p, ok := partyPost(f, i); ok {
		return p, true
	}
	if p, ok := d.villagePost(f, i); ok {
		return p, true
	}
	if p, ok := d.companyPost(f, i); ok {
		return p, true
	}
	if n := f.prefixIn(i, lastNamed); n > 0 {
		if t, ok := titleAt(f, i+n); ok && t.Class == lexicon.TitleOffice {
			p.take(f, i, t, "") // the company last named
			p.last = true
			return p, true
		}
	}
	if f.prefixIn(i, struckWords) > 0 {
		return p, false // 击毙日军中队长
	}
	for e := i + 1; e <= i+maxSection && isHan(f.at(e-1)); e++ {
		if f.never(e-1) || notInSection.Has(f.at(e-1)) || f.breaks[e-1] && !inOrgan(f, e-1) {
			break
		}
		if f.noTitle(e) {
			continue
		}
		t, ok := titleAt(f, e)
		if ok && t.Class == lexicon.TitleExpert && e-i >= 2 && e-i <= 8 && (isComma(f.at(i-1)) || isStop(f.at(i-1)) || i == 0) && f.word[i] == 0 {
			p.take(f, i, t, string(f.text[i:e])) // 剪纸艺术家
			return p, true
		}
		if !ok || t.Class != lexicon.TitleOffice || t.Level != "" {
			continue
		}
		if f.hadBefore(e, "党组") {
			return p, false
		}
		if f.suffixIn(e, sectionEndings[:9]) > 0 || fusedSection(t.Name) && e-i >= 2 && e-i <= 6 && !openers.Has(f.at(i)) && !likeName(f.text[i:e]) {
			p.take(f, i, t, string(f.text[i:e]))
			return p, true
		}
	}
	return p, false
}

// lastNamed are words for the organ that the text has named last.
var lastNamed = newWordSet("该公司", "公司", "集团", "该院", "学校", "银行")

// notInSection are characters that stand in no section before a post.
var notInSection = trie.NewRunes("为任同志局厅委获被是")

// likeName reports whether what stands before a title is rather a name than a section: 沈知秋主任.
func likeName(s []rune) bool {
	score, ok := lexicon.NameScore(s)
	return ok && score >= lexicon.NameScoreLikely && !lexicon.NameLikeWord(string(s))
}

// several reports whether a post can have several holders at a time, so that it governs all names up to the next post.
func (p *postMention) several() bool {
	return p.deputy || !p.title.Single
}
