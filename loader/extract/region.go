package extract

import (
	"strings"

	"fangzhi/graph"
	"fangzhi/internal/trie"
	"fangzhi/lexicon"
	"fangzhi/loader/reading"
)

// levelChars are the characters that stand for a division in 区委, 县政府, 市教育局.
var levelChars = trie.NewRunes("省市区县旗州盟镇乡")

// levelFirst are the characters that levelAt reads anything at: those, and the first of 自治区, 地委 and 地区.
var levelFirst = trie.NewRunes("省市区县旗州盟镇乡自地")

// regions knows which jurisdictions the level prefixes and the names of a document mean.
type regions struct {
	own    reading.Jurisdiction
	levels map[rune]reading.Jurisdiction
	names  map[rune][]regionName // by first code point, longest first
	within string                // division code for lexicon.MatchDivision, "" for none
}

type regionName struct {
	name   string
	length int // code points of name
	// bare: without its 省 市 区 县 (郑州): it needs 市委, 区教育局 or the like after it.
	bare bool
	at   reading.Jurisdiction
}

func newRegions(own reading.Jurisdiction) regions {
	r := regions{own: own, levels: map[rune]reading.Jurisdiction{}, names: map[rune][]regionName{}}
	for i, p := range own.Chain {
		at := reading.Jurisdiction{Chain: own.Chain[:i+1]}
		name := []rune(p.Name)
		if len(name) == 0 {
			continue
		}
		if p.Code != "" {
			r.within = p.Code
		}
		if c := levelChar(p); c != 0 {
			r.levels[c] = at // an inner 市 (县级市) hides the outer one
			if c == '市' && p.Type == graph.LocProvince {
				r.levels['省'] = at
			}
		}
		r.addName(name, false, at)
		if bare := bareName(p.Name); bare != p.Name {
			r.addName([]rune(bare), true, at)
		}
	}
	return r
}

func (r *regions) addName(name []rune, bare bool, at reading.Jurisdiction) {
	list := r.names[name[0]]
	list = append(list, regionName{string(name), len(name), bare, at})
	for i := len(list) - 1; i > 0 && list[i].length > list[i-1].length; i-- {
		list[i], list[i-1] = list[i-1], list[i]
	}
	r.names[name[0]] = list
}

// levelChar returns the character that a document of the place uses for it: 区 for 云河区, 州 for a 自治州.
func levelChar(p reading.Place) rune {
	switch {
	case strings.HasSuffix(p.Name, "地区"), strings.HasSuffix(p.Name, "专区"):
		return '地'
	case strings.HasSuffix(p.Name, "自治区"):
		return 0 // written 自治区, for 区 is a district
	case strings.HasSuffix(p.Name, "街道"), strings.HasSuffix(p.Name, "街道办事处"):
		return 0
	}
	name := []rune(p.Name)
	last := name[len(name)-1]
	if levelChars.Has(last) {
		return last
	}
	return 0
}

// nationalities are words that stand in the names of autonomous divisions and not in their short forms.
var nationalities = []string{
	"维吾尔", "哈萨克", "柯尔克孜", "蒙古族", "蒙古", "藏族", "羌族", "回族", "壮族", "苗族", "土家族", "布依族", "侗族", "瑶族", "彝族", "白族", "傣族", "景颇族", "傈僳族", "哈尼族",
	"纳西族", "拉祜族", "佤族", "怒族", "独龙族", "黎族", "畲族", "满族", "朝鲜族", "锡伯", "达斡尔族", "鄂温克族", "鄂伦春", "仫佬族", "毛南族", "水族", "仡佬族", "土族", "撒拉族", "东乡族", "保安族", "裕固族", "塔吉克", "各族",
}

// bareName returns the name without the generic ending and nationalities: 郑州, 中原, 恩施. A name that would be left
// with one character (东区, 唐县) stays as it is.
func bareName(name string) string {
	bare := name
	for _, suffix := range []string{"特别行政区", "自治区", "自治州", "自治县", "自治旗", "街道办事处", "街道", "地区", "新区", "林区", "矿区", "省", "市", "区", "县", "旗", "盟", "州", "镇", "乡"} {
		if s, ok := strings.CutSuffix(bare, suffix); ok {
			bare = s
			break
		}
	}
	for again := true; again; {
		again = false
		for _, n := range nationalities {
			if s, ok := strings.CutSuffix(bare, n); ok && s != "" {
				bare, again = s, true
			}
		}
	}
	if len([]rune(bare)) < 2 {
		return name
	}
	return bare
}

// organName returns how the names of a jurisdiction's organs begin: 澜州市云河区. The province is left out below itself,
// unless it is a municipality (北京市西城区).
func organName(j reading.Jurisdiction) string {
	name := ""
	for i, p := range j.Chain {
		if i == 0 && len(j.Chain) > 1 && p.Type == graph.LocProvince && !strings.HasSuffix(p.Name, "市") {
			continue
		}
		if i+1 < len(j.Chain) && strings.HasSuffix(j.Chain[i+1].Name, "开发区") && strings.HasPrefix(j.Chain[i+1].Name, bareName(p.Name)) {
			continue // 郑州高新技术产业开发区
		}
		name += p.Name
	}
	return name
}

// isDistrictOfCity reports whether j is a district with a city above it: its police is a branch of the city's.
func isDistrictOfCity(j reading.Jurisdiction) bool {
	self, above := j.Self(), j.Parent().Self()
	return strings.HasSuffix(self.Name, "区") && !strings.HasSuffix(self.Name, "自治区") && strings.HasSuffix(above.Name, "市")
}

// prefecture reports whether j is a province, a prefecture or a municipality: their 办公室 of party and government are 办公厅.
func prefecture(j reading.Jurisdiction) bool {
	t := j.Self().Type
	return t == graph.LocProvince || t == graph.LocCity
}

// A prefix is a jurisdiction as it stands before the name of an organ or a post.
type prefix struct {
	at     reading.Jurisdiction
	length int
	// bare: a name without 省 市 区 县 (云河), which needs a level or an organ right after it.
	bare bool
	// level: only the level is written (区), no name.
	level bool
}

// prefixAt reads the longest chain of names of divisions at i, with a level after it where one is doubled (中原区区委) or
// makes a bare name whole (云河区 as 云河 + 区). The zero prefix is none.
func (d *document) prefixAt(f *field, i int) prefix {
	if f.noRegion(i) && !levelFirst.Has(f.at(i)) {
		return prefix{} // at most positions
	}
	p := d.regionNameAt(f, i)
	if p.length == 0 {
		return d.levelAt(f, i)
	}
	for k := 1; k < maxChain && !p.bare; k++ {
		next := d.regionNameAt(f, i+p.length)
		if next.length == 0 {
			break
		}
		next.length += p.length
		p = next
	}
	if c := f.at(i + p.length); c != 0 && levelChars.Has(c) && !d.wordAfterLevel(f, i+p.length) {
		if levelChar(p.at.Self()) == c {
			p.length++
			p.bare = false
		}
	}
	return p
}

// maxChain bounds how many names of divisions are read in a row: 河南省澜州市云河区白塘镇.
const maxChain = 5

// noRegion reports whether regionNameAt has found nothing at i.
func (f *field) noRegion(i int) bool { return i < 0 || i >= len(f.text) || f.regions[i] == 1 }

// regionNameAt finds one name of a division: of the document's own chain, else any that the division table knows.
func (d *document) regionNameAt(f *field, i int) prefix {
	if i < 0 || i >= len(f.text) {
		return prefix{}
	}
	if f.regions[i] == 0 {
		f.regions[i] = 1
		if p := d.findRegion(f, i); p.length > 0 {
			f.found = append(f.found, p)
			f.regions[i] = int32(len(f.found)) + 1
		}
	}
	if k := f.regions[i]; k > 1 {
		return f.found[k-2]
	}
	return prefix{}
}

func (d *document) findRegion(f *field, i int) prefix {
	var own prefix
	for _, n := range d.regions.names[f.at(i)] {
		if f.has(i, n.name) {
			own = prefix{at: n.at, length: n.length, bare: n.bare}
			break
		}
	}
	if own.length > 0 && !own.bare {
		return own
	}
	if !isHan(f.at(i)) {
		return own
	}
	m, ok := lexicon.MatchDivision(f.text[i:min(len(f.text), i+24)], d.regions.within)
	if !ok || m.Length <= own.length || m.Bare && own.length > 0 {
		return own
	}
	if m.Length == 2 && isHan(f.at(i-1)) && !strings.ContainsRune("在到赴与和由自至、省市州盟", f.at(i-1)) {
		return own // 任县 in 同志任县委委员
	}
	if len(m.Divisions) > 0 && m.Divisions[0].Level == lexicon.LevelTownship {
		return own
	}
	if f.word[i] > 0 && int(f.word[i]) == m.Length-1 && d.regions.levels[f.at(i+m.Length-1)].Known() {
		return own // 会同县扶贫办 in a county: together with the county's office
	}
	div, ok := lexicon.Nearest(m.Divisions, d.regions.within, 0)
	if !ok {
		return own
	}
	return prefix{at: jurisdictionOf(div), length: m.Length, bare: m.Bare}
}

// jurisdictionOf turns a division of the table into a jurisdiction.
func jurisdictionOf(div lexicon.Division) reading.Jurisdiction {
	var j reading.Jurisdiction
	for _, p := range div.Path() {
		t := graph.LocOther
		switch p.Level {
		case lexicon.LevelProvince:
			t = graph.LocProvince
		case lexicon.LevelCity:
			t = graph.LocCity
		case lexicon.LevelCounty:
			t = graph.LocCounty
		case lexicon.LevelTownship:
			t = graph.LocTownship
		}
		j.Chain = append(j.Chain, reading.Place{Name: p.Name, Type: t, Code: p.Code, ValidFrom: p.From, ValidTo: p.To})
	}
	return j
}

// counting are characters before a level that make it mean many, or none in particular.
var counting = trie.NewRunes("各全该两多每某数几外")

// levelAt reads a level that stands for a division: 区 in 区委. It is none inside a word (社区, 城市, 区域).
func (d *document) levelAt(f *field, i int) prefix {
	c := f.at(i)
	if c == '自' && f.has(i, "自治区") {
		for _, p := range d.regions.own.Chain[:min(1, len(d.regions.own.Chain))] {
			if strings.HasSuffix(p.Name, "自治区") {
				return prefix{at: reading.Jurisdiction{Chain: d.regions.own.Chain[:1]}, length: 3, level: true}
			}
		}
		return prefix{length: 3, level: true}
	}
	if p := d.regionalLevel(f, i); p.length > 0 {
		return p
	}
	if !levelChars.Has(c) || d.wordAfterLevel(f, i) || counting.Has(f.at(i-1)) {
		return prefix{}
	}
	if c == '区' && f.zoneEnds(i+1) {
		return prefix{} // 示范区管委会
	}
	if no := notBeforeLevel[c]; no == "" && !f.boundary(i) && f.at(i-1) != '团' || f.at(i-1) != 0 && strings.ContainsRune(no, f.at(i-1)) && !f.breakEnd[i] {
		return prefix{}
	}
	return prefix{at: d.level(c), length: 1, level: true}
}

// level returns the jurisdiction that a level's character means: of towns the one last named, if the document is not a town's.
func (d *document) level(c rune) reading.Jurisdiction {
	if self := d.listOf.Self(); self.Name != "" && levelChar(self) == c {
		return d.listOf
	}
	if at, ok := d.regions.levels[c]; ok {
		return at
	}
	if (c == '镇' || c == '乡') && strings.HasSuffix(d.lastStreet, string(c)) {
		return d.township(d.lastStreet)
	}
	return reading.Jurisdiction{}
}

// notBeforeLevel are the characters that make a word of the level after them. The levels with none stand only where a
// word may begin: before them a name of a place is too likely.
var notBeforeLevel = map[rune]string{
	'省': "全各该节反两外邻跨他",
	'市': "省全各该城门上超都夜集股楼菜花鱼街入开闹两外邻跨他罢早黑房车汇墟",
	'区': "税全各该社小园景片辖灾城地老郊山库校厂院疫牧林矿战特新湖港街两多外内主分汛展营禁专功治住宅商赛误盲雷灌渔盐苏湾护发业范开",
	'县': "全各该郡两外邻跨他贫强市",
	'旗': "",
	'州': "",
	'盟': "",
	'镇': "",
	'乡': "",
}

// levelWords are words that begin with a level's character and name no organ.
var levelWords = newWordSet("市场", "市民", "市区", "市级", "市容", "市面", "市属", "市直", "市内", "市域", "市价", "市县", "市里", "市政", "市集", "市委托",
	"区域", "区间", "区内", "区属", "区直", "区级", "区位", "区划", "区块", "区别", "区分", "区里", "区情", "区外", "区县", "区委托", "区长", "区号",
	"县域", "县级", "县城", "县内", "县里", "县直", "县情", "县外", "县区", "县长", "县乡", "县委托", "省级", "省内", "省份", "省直", "省会", "省外", "省域", "省市", "省长", "省委托",
	"镇上", "镇里", "镇区", "镇域", "镇村", "镇内", "镇长", "乡村", "乡镇", "乡亲", "乡里", "乡土", "乡贤", "乡音", "乡愁", "乡长", "乡间", "乡邻",
	"州长", "州内", "州直", "盟长", "盟内", "盟员", "旗长", "旗帜", "旗下", "旗舰", "旗内", "旗县", "市长")

// foreignTrade are words of organs that begin with 外: 县外贸公司.
var foreignTrade = newWordSet("外贸", "外经", "外事", "外资", "外国语", "外办", "外侨")

// wordAfterLevel reports whether the level at i begins an ordinary word (市场, 区域) and no organ's name (市直工委, 市政府).
func (d *document) wordAfterLevel(f *field, i int) bool {
	if f.prefixIn(i, levelWords) == 0 || f.has(i, "县城关") || f.prefixIn(i+1, foreignTrade) > 0 {
		return false
	}
	rest := f.text[min(i+1, len(f.text)):]
	for _, form := range lexicon.MatchOrgan(rest) {
		if n := len([]rune(form.Short)); n >= 2 && !form.Central {
			return false
		}
	}
	return true
}
