package extract

import (
	"slices"
	"strings"

	"fangzhi/graph"
	"fangzhi/internal/trie"
	"fangzhi/loader/reading"
)

// A suffix is how a name of an organ ends that no table knows. strong ones make a name by themselves; the others need
// the prefix of a jurisdiction before them.
type suffix struct {
	word   string
	kind   graph.DepartmentKind
	strong bool
	// whole: the ending itself names the one organ of its kind that a county has (县化肥厂, 市自来水公司).
	whole bool
}

// suffixes are tried at every position in this order; where one ends inside a longer one, the longer stands first.
// Source: genre.md §4.1 and the kinds of the contract.
var suffixes = []suffix{
	{"有限责任公司", graph.DeptEnterprise, true, false}, {"股份有限公司", graph.DeptEnterprise, true, false}, {"集团有限公司", graph.DeptEnterprise, true, false},
	{"有限公司", graph.DeptEnterprise, true, false}, {"分公司", graph.DeptEnterprise, true, false}, {"支公司", graph.DeptEnterprise, true, false}, {"集团公司", graph.DeptEnterprise, true, false}, {"合作社", graph.DeptEnterprise, true, false},
	{"农村商业银行", graph.DeptEnterprise, true, false}, {"村镇银行", graph.DeptEnterprise, true, false}, {"农商银行", graph.DeptEnterprise, true, true}, {"农商行", graph.DeptEnterprise, true, true}, {"支行", graph.DeptEnterprise, true, false}, {"分行", graph.DeptEnterprise, true, false}, {"营业部", graph.DeptEnterprise, false, false}, {"银行", graph.DeptEnterprise, false, false}, {"供电公司", graph.DeptEnterprise, true, false}, {"自来水公司", graph.DeptEnterprise, true, true}, {"公司", graph.DeptEnterprise, false, false}, {"集团", graph.DeptEnterprise, false, false},
	{"中心医院", graph.DeptHospital, true, false}, {"中心小学", graph.DeptSchool, true, false}, {"中心学校", graph.DeptSchool, true, false}, {"中心校", graph.DeptSchool, true, false}, {"中心幼儿园", graph.DeptSchool, true, false}, {"中心卫生院", graph.DeptHospital, true, false},
	{"社区卫生服务中心", graph.DeptHospital, true, false}, {"卫生服务中心", graph.DeptHospital, true, false}, {"卫生服务站", graph.DeptHospital, true, false}, {"妇幼保健计划生育服务中心", graph.DeptHospital, true, true}, {"妇幼保健服务中心", graph.DeptHospital, true, false}, {"妇幼保健中心", graph.DeptHospital, true, false},
	{"妇幼保健院", graph.DeptHospital, true, false}, {"保健院", graph.DeptHospital, true, false}, {"卫生院", graph.DeptHospital, true, true}, {"医院", graph.DeptHospital, true, true},
	{"分中心", graph.DeptOther, true, false}, {"日报社", graph.DeptInstitution, true, true}, {"晚报社", graph.DeptInstitution, true, true}, {"报社", graph.DeptInstitution, true, true}, {"出版社", graph.DeptInstitution, true, false}, {"广播电视台", graph.DeptInstitution, true, true}, {"广播电台", graph.DeptInstitution, true, true},
	{"区公所", graph.DeptSubdistrict, true, false}, {"乡公所", graph.DeptSubdistrict, true, false}, {"镇公所", graph.DeptSubdistrict, true, false}, {"军分区", graph.DeptMilitary, true, false},
	{"社会工作服务中心", graph.DeptOther, true, false}, {"社工服务中心", graph.DeptOther, true, false},
	{"服务中心", graph.DeptInstitution, false, false}, {"中心", graph.DeptInstitution, false, false},
	{"技师学院", graph.DeptSchool, true, false}, {"职业学院", graph.DeptSchool, true, false}, {"师范学院", graph.DeptSchool, true, false}, {"医学院", graph.DeptSchool, true, false}, {"党校", graph.DeptInstitution, false, false}, {"学院", graph.DeptSchool, true, false}, {"大学", graph.DeptSchool, true, false},
	{"高等小学堂", graph.DeptSchool, true, true}, {"小学堂", graph.DeptSchool, true, true}, {"中学堂", graph.DeptSchool, true, true}, {"师范学堂", graph.DeptSchool, true, true}, {"学堂", graph.DeptSchool, false, false}, {"高级中学", graph.DeptSchool, true, false}, {"实验中学", graph.DeptSchool, true, false}, {"中学", graph.DeptSchool, true, false}, {"小学", graph.DeptSchool, true, false}, {"幼儿园", graph.DeptSchool, true, false}, {"学校", graph.DeptSchool, true, false}, {"高中", graph.DeptSchool, false, false}, {"初中", graph.DeptSchool, false, false}, {"职高", graph.DeptSchool, false, false},
	{"研究院", graph.DeptInstitution, true, false}, {"书画院", graph.DeptInstitution, true, false}, {"设计院", graph.DeptInstitution, true, false}, {"研究所", graph.DeptInstitution, true, false}, {"豫剧团", graph.DeptInstitution, false, false}, {"艺术团", graph.DeptInstitution, true, false}, {"剧团", graph.DeptInstitution, true, false}, {"剧院", graph.DeptInstitution, false, false}, {"歌舞团", graph.DeptInstitution, true, false}, {"乌兰牧骑", graph.DeptInstitution, true, true},
	{"派出所", graph.DeptGovernment, true, false}, {"司法所", graph.DeptGovernment, true, false}, {"税务所", graph.DeptGovernment, true, false}, {"市场监管所", graph.DeptGovernment, true, false}, {"国土所", graph.DeptGovernment, true, false}, {"法庭", graph.DeptJudicial, true, false},
	{"人民调解委员会", graph.DeptVillage, true, false}, {"村民委员会", graph.DeptVillage, true, false}, {"居民委员会", graph.DeptVillage, true, false}, {"村委会", graph.DeptVillage, true, false}, {"居委会", graph.DeptVillage, true, false},
	{"志愿者协会", graph.DeptMass, true, true}, {"联合会", graph.DeptMass, true, false}, {"联谊会", graph.DeptMass, true, false}, {"促进会", graph.DeptMass, true, false}, {"研究会", graph.DeptMass, true, false}, {"基金会", graph.DeptMass, true, false}, {"协会", graph.DeptMass, true, false}, {"学会", graph.DeptMass, false, false}, {"商会", graph.DeptMass, true, true}, {"总会", graph.DeptMass, false, false}, {"慈善会", graph.DeptMass, true, false},
	{"救援队", graph.DeptOther, true, false}, {"社工", graph.DeptOther, true, false},
	{"领导小组办公室", graph.DeptTemporary, false, false}, {"工作领导小组", graph.DeptTemporary, false, false}, {"领导小组", graph.DeptTemporary, false, false}, {"指挥部办公室", graph.DeptTemporary, false, false}, {"指挥部", graph.DeptTemporary, false, false}, {"工作专班", graph.DeptTemporary, false, false}, {"专班", graph.DeptTemporary, false, false}, {"工作组", graph.DeptTemporary, false, false}, {"考核组", graph.DeptTemporary, false, false}, {"督导组", graph.DeptTemporary, false, false}, {"督查组", graph.DeptTemporary, false, false}, {"督察组", graph.DeptTemporary, false, false}, {"检查组", graph.DeptTemporary, false, false}, {"验收组", graph.DeptTemporary, false, false}, {"评估组", graph.DeptTemporary, false, false}, {"指导组", graph.DeptTemporary, false, false}, {"专项小组", graph.DeptTemporary, false, false},
	{"党工委", graph.DeptParty, false, false}, {"管委会", graph.DeptGovernment, false, false}, {"管理委员会", graph.DeptGovernment, false, false}, {"委员会办公室", graph.DeptTemporary, false, false}, {"委员会", graph.DeptGovernment, false, false}, {"管理处", graph.DeptGovernment, false, false}, {"管理所", graph.DeptInstitution, false, false}, {"办公室", graph.DeptGovernment, false, false},
	{"监督所", graph.DeptInstitution, false, false}, {"监督局", graph.DeptGovernment, false, false}, {"分局", graph.DeptGovernment, false, false}, {"支队", graph.DeptGovernment, false, false}, {"大队", graph.DeptGovernment, false, false}, {"中队", graph.DeptGovernment, false, false},
	{"文化馆", graph.DeptInstitution, false, false}, {"图书馆", graph.DeptInstitution, false, false}, {"博物馆", graph.DeptInstitution, false, false}, {"档案馆", graph.DeptInstitution, false, false}, {"体育馆", graph.DeptInstitution, false, false}, {"美术馆", graph.DeptInstitution, false, false}, {"科技馆", graph.DeptInstitution, false, false}, {"纪念馆", graph.DeptInstitution, false, false}, {"少年宫", graph.DeptInstitution, false, false}, {"电视台", graph.DeptInstitution, true, true}, {"广播站", graph.DeptInstitution, false, false}, {"敬老院", graph.DeptInstitution, false, false}, {"福利院", graph.DeptInstitution, false, false}, {"仲裁院", graph.DeptInstitution, false, false},
	{"局", graph.DeptGovernment, false, false}, {"厅", graph.DeptGovernment, false, false}, {"委", graph.DeptGovernment, false, false}, {"办", graph.DeptGovernment, false, false}, {"署", graph.DeptGovernment, false, false}, {"油田", graph.DeptEnterprise, true, false}, {"工程局", graph.DeptEnterprise, true, false}, {"监狱", graph.DeptGovernment, true, false}, {"戒毒所", graph.DeptGovernment, true, true}, {"森林消防队", graph.DeptGovernment, false, true}, {"应急分队", graph.DeptMilitary, false, false},
}

var suffixesByFirst = func() map[rune][]suffix {
	m := map[rune][]suffix{}
	for _, s := range slices.Concat(suffixes, works) {
		for _, r := range s.word {
			m[r] = append(m[r], s)
			break
		}
	}
	return m
}()

// maxOrganName bounds the name between prefix and suffix, in code points.
const maxOrganName = 18

// suffixAfter finds the first suffix that ends a name beginning at e: what stands between must be Han, digits or
// brackets and hold no verb.
func (d *document) suffixAfter(f *field, e int, strongOnly bool) (suffix, int) {
	if f.ahead(nearSuffix, e) > maxOrganName {
		return suffix{}, 0
	}
	depth := 0
	for j := e; j < len(f.text) && j-e <= maxOrganName; j++ {
		r := f.text[j]
		switch {
		case r == '（' || r == '(':
			depth++
			if depth > 1 {
				return suffix{}, 0
			}
			continue
		case r == '）' || r == ')':
			depth--
			if depth < 0 {
				return suffix{}, 0
			}
			continue
		case isHan(r), '0' <= r && r <= '9', 'A' <= r && r <= 'Z':
		default:
			return suffix{}, 0
		}
		if depth == 0 && f.near[j][nearSuffix] == 0 {
			for _, s := range suffixesByFirst[r] {
				if (j > e || s.whole) && (s.strong || !strongOnly) && f.has(j, s.word) {
					end := j + len([]rune(s.word))
					if !cutsWord(f, e, end) && f.at(end) != '长' && !longerSuffix(f, end) && !(s.word == "商会" && f.at(j-1) == '协') && !(s.word == "委" && (f.at(end) == '会' || f.at(j-1) == '政')) && !(s.word == "办" && strings.ContainsRune("创主承协举督查开兴合联代包筹", f.at(j-1))) && !(s.kind == graph.DeptSchool && f.at(end) == '生') {
						if s.kind == graph.DeptTemporary && f.has(end, "办公室") {
							s.word += "办公室" // 工作领导小组办公室
							end += 3
						}
						return s, end
					}
				}
			}
		}
		if f.never(j) || f.breaks[j] && !inOrgan(f, j) || r == '和' && j > e+2 && strings.ContainsRune("局厅委办会院校社馆厂所站司团部心镇乡村区队", f.at(j-1)) {
			return suffix{}, 0
		}
		if strongOnly && j > e && f.breaks[j] && f.prefixIn(j, actions) > 0 {
			return suffix{}, 0 // 检查组检查|云河区槐荫小学
		}
	}
	return suffix{}, 0
}

// actions are words of inOrgan that stand in no name without a jurisdiction.
var actions = newWordSet("检查", "组织", "联合", "督查", "督导", "考察", "调研", "巡查", "慰问", "讨论", "通报", "决定", "动员", "启动", "实施", "加强", "落实", "传达", "接待", "协调", "推进", "推动", "考核", "验收", "核查")

// longerSuffix reports whether a name that ended here would go on: 中心+小学, 学院+附属医院.
func longerSuffix(f *field, end int) bool {
	return f.prefixIn(end, goingOn) > 0
}

// goingOn are words behind the end of a name that make it the beginning of a longer one.
var goingOn = newWordSet("附属", "小学", "中学", "医院", "幼儿园", "学校", "卫生院", "中医院", "有限", "股份", "集团有限", "第一", "第二", "第三")

// neverInOrgan are characters that stand in no name of an organ.
var neverInOrgan = trie.NewRunes("的了由在对将把被为到向是等各让使并已又也就还都这那很最说要能可应该且或者与及")

// inNames are words that do stand in names of organs, though one of their characters is in neverInOrgan.
var inNames = newWordSet(strings.Fields("应对 华为 为民 有为 无为 作为 大为 应急 能源 能化 新能 节能 智能 功能 动能 核能 光能 热能 技能 向阳 向东 向荣 向前 对外 对口 成都 都市 首都 高等 机要 要素 供应 应用 对台 对接 反应 并购 合并 将军 最高 说唱 使馆 大使")...)

// never reports whether the character at j keeps what it stands in from being a name of an organ.
func (f *field) never(j int) bool {
	if !neverInOrgan.Has(f.at(j)) {
		return false
	}
	return f.prefixIn(j, inNames) == 0 && f.prefixIn(j-1, inNames) == 0
}

// inOrgan reports whether the word at j, a verb elsewhere, is usual in names of organs.
func inOrgan(f *field, j int) bool {
	return f.prefixIn(j, organVerbs) > 0 && !f.has(j, "联合开展") && !f.has(j, "联合举办")
}

// organVerbs are verbs that are usual in names of organs.
var organVerbs = newWordSet("监督", "检查", "指导", "管理", "组织", "协调", "推进", "推动", "指挥", "调查", "服务", "保护", "宣讲", "参与", "辅导", "讲解", "推广", "救助", "鉴定", "落实", "联合", "总结", "督查", "督导", "调解", "展示", "接待", "核查", "巡查", "帮扶", "实施", "启动", "慰问", "加强", "决定", "通报", "讨论", "学习", "传达", "研究", "巡察", "督察", "考核", "考察", "调研", "验收", "巡查", "动员", "协商", "接待", "通报", "抢险", "联席")

// genericOrgan reads an organ that no table knows after a prefix: 区城市更新中心, 云河区民俗协会.
func (d *document) genericOrgan(f *field, start, i int, p prefix) (organMention, bool) {
	e := i + p.length
	if p.bare && !f.boundary(start) {
		return organMention{}, false
	}
	s, end := d.suffixAfter(f, e, p.bare)
	if end == 0 && p.bare {
		if s, end = d.suffixAfter(f, e, false); s.kind != graph.DeptEnterprise { // 云河城投公司
			end = 0
		}
	}
	if end == 0 || end-e < 2 {
		return organMention{}, false
	}
	core := string(f.text[e:end])
	if s.whole && core == s.word && p.level && p.at.Known() {
		m := organMention{span: span{start, end}, at: p.at, general: true, explicit: true}
		m.organ = d.local(core, s, p.at)
		return m, true
	}
	if p.bare && strings.ContainsAny(strings.TrimSuffix(core, s.word), "里读完跑件") || core == s.word && !s.strong && !(s.word == "银行" && p.bare) || genericWord(strings.TrimSuffix(core, s.word), s) && !(s.word == "银行" && p.bare && core == s.word) {
		return organMention{}, false
	}
	m := organMention{span: span{start, end}, at: p.at, general: p.at.Known(), explicit: true}
	switch {
	case s.kind == graph.DeptEnterprise, p.bare:
		if o := d.companyNamed(f.slice(m.span)); o != nil && (s.word == "公司" || s.word == "集团" || s.word == "银行") {
			m.organ = o
			return m, true
		}
		if !p.bare && p.level && p.at.Known() {
			m.organ = d.local(core, s, p.at)
			break
		}
		if s.word == "公司" && (!p.bare || end-e < 4) {
			return organMention{}, false
		}
		m.organ = d.organ(reading.Organ{Name: d.fullest(f.slice(m.span)), Type: s.kind})
	case !p.at.Known():
		m.organ = d.organ(reading.Organ{Name: f.slice(m.span), Type: s.kind})
	default:
		m.organ = d.local(core, s, p.at)
	}
	return m, true
}

// local returns an organ of a jurisdiction that no table knows.
func (d *document) local(core string, s suffix, at reading.Jurisdiction) *reading.Organ {
	o := reading.Organ{Name: organName(at) + core, Type: s.kind, Region: at}
	if s.word == "管委会" {
		o.Name = organName(at) + strings.TrimSuffix(core, "管委会") + "管理委员会"
	}
	switch s.word {
	case "派出所":
		o.Name = branch("公安局", at) + core
		o.Parent = d.parent("policeof", at)
	case "司法所":
		o.Name = organName(at) + "司法局" + core
	case "税务所":
		o.Name = "国家税务总局" + organName(at) + "税务局" + core
	case "专班", "工作专班":
		o.Name = organName(at) + strings.TrimSuffix(strings.TrimSuffix(core, "专班"), "工作") + "工作专班"
	case "局", "厅", "委", "办", "办公室", "委员会", "中心", "服务中心", "管理处", "管理所", "署", "监督所", "监督局":
		o.Parent = d.parent("gov", at)
	}
	return d.organ(o)
}

// generic are words before a suffix that name no one organ: 中小学, 公立医院.
var generic = strings.Fields("中 小 高 大 各 全 本 该 我 两 多 职业 高等 民办 公办 农村 乡村 县级 公立 定点 个别 部分 少数 多数 配套 附近 周边 沿线 三甲 专科 基层 社区 乡镇 城区 试点 示范 中等 普通 驻地 辖区 人民 综合 " +
	"合作 医疗 行业 民间 社会 专业 国际 国家 市级 区级 省级 驻区 驻地 友好 结对 相关 共建 重点 名牌 知名 一流 优质 特色 参赛 获奖 爱心 中 国有 民营 骨干 龙头 规上 规模以上 上市 建筑 施工 物业 中心 便民服务 党群 党群服务 活动 社团 县 市 区 省 村 镇 乡 家长 市民 老年 农民 妇女 科研 高校 医科 理工 师范 技术 农业 " +
	"村办 乡办 社办 队办 县办 区办 镇办 校办 集体 个体 私营 国营 地方国营 合资 土 洋 大中型 中小型 小型 大型 机械化 股份制 乡镇 新 高 年产 日产 家庭 虚拟 网上 移动 智慧 数字 电子 流动 线上 中外 海外 国内 全国 外国 附属 分 总 直属 下属 新 老 旧 原 同一 另一 不同 成员 主管 监管 职能 执法 审批 兄弟 单位 企业 机关 部队")

// genericKinds are words that name a kind of school, hospital, works or society, while an authority may be called so: 卫生院
// of no town, but 水利委员会.
var genericKinds = strings.Fields("先进 中医 西医 三级 二级 一级 甲等 乙等 三级甲等 二级甲等 三级乙等 三级乙等中医 模范 红旗 标兵 民族 寄宿制 九年一贯制 完全 完小 小规模 全日制 成人 业余 夜 干部 职工 工人 林业 畜牧 水利 卫生 生产 农业生产 手工业 手工业生产 供销 信用 初级 高级")

func genericWord(core string, s suffix) bool {
	if core == "" || s.kind != graph.DeptGovernment && s.kind != graph.DeptTemporary && slices.Contains(genericKinds, core) {
		return true
	}
	for _, g := range generic {
		if core == g {
			return true
		}
	}
	for _, w := range []string{"配套", "个别", "部分", "新建", "改建", "扩建", "在建", "援建", "拟建", "建设", "建成", "建立", "兴建", "引进", "选派", "推荐", "动员", "鼓励", "支持", "周边", "附近", "返乡", "在校", "留守", "后考入", "考入", "升入", "转入", "就读", "开办", "创办", "附设", "兴办", "撤销", "取消", "恢复", "增设", "改设", "合并", "设置"} {
		if rest, ok := strings.CutPrefix(core, w); ok && !strings.ContainsAny(rest, "路街村镇") && s.kind != graph.DeptGovernment {
			return true
		}
	}
	if s.word == "小学" && strings.HasSuffix(core, "中") || counted(core) || s.whole && strings.ContainsAny(core, "0123456789座处吨万米亩个家全各某") {
		return true
	}
	if r := []rune(core); len(r) > 1 && (r[1] == '级' || r[1] == '个') && strings.ContainsRune(chineseDigits+"两多各", r[0]) {
		return true
	}
	return s.kind != graph.DeptGovernment && (strings.HasPrefix(core, "所") || strings.HasPrefix(core, "家") || strings.HasPrefix(core, "级"))
}

// counted reports whether a name is a number with a measure word: 15家, 28所中.
func counted(core string) bool {
	r := []rune(core)
	for i := 1; i < len(r); i++ {
		if strings.ContainsRune("家所名个座", r[i]) && (isDigit(r[i-1]) || strings.ContainsRune(chineseDigits+"多余几两数", r[i-1])) {
			return true
		}
	}
	return false
}

// maxStrangeName bounds the name of a division that no table knows, in code points without its unit.
const maxStrangeName = 4

// strangeOrgan reads an organ of another place that no table of divisions knows: 青石县教育局. The place is not of the
// level that the document itself has, for there a verb before the level (会同区教育局) is far more likely.
func (d *document) strangeOrgan(f *field, i int) (organMention, bool) {
	if !isHan(f.at(i)) || openers.Has(f.at(i)) || f.word[i] > 0 {
		return organMention{}, false
	}
	for n := 1; n <= maxStrangeName; n++ {
		if n > 1 && (f.word[i+n-1] > 0 || f.never(i+n-1) || strings.ContainsRune("由各两跨", f.at(i+n-1))) {
			return organMention{}, false
		}
		c := f.at(i + n)
		if !isHan(c) {
			return organMention{}, false
		}
		if n < 2 || !strings.ContainsRune("县区市旗州", c) || d.regions.levels[c].Known() || d.wordAfterLevel(f, i+n) || strings.ContainsRune(notBeforeLevel[c], f.at(i+n-1)) {
			continue
		}
		p := prefix{at: reading.Jurisdiction{Chain: []reading.Place{{Name: string(f.text[i : i+n+1]), Type: graph.LocCounty}}}, length: n + 1}
		if c2 := f.at(i + n + 1); c2 == c {
			p.length++
		}
		if m, ok := d.tableOrgan(f, i, i, p, ""); ok && (len([]rune(m.form)) >= 2 || !isHan(f.at(i-1))) {
			return m, true
		}
	}
	return organMention{}, false
}

// armedPolice reads 武警澜州支队云河中队, called as it is written.
func (d *document) armedPolice(f *field, i int) (organMention, bool) {
	if !f.has(i, "武警") {
		return organMention{}, false
	}
	if p := d.prefixAt(f, i+2); p.level && p.at.Known() { // 武警县中队
		for _, w := range []string{"总队", "支队", "大队", "中队"} {
			if k := i + 2 + p.length; f.has(k, w) && f.at(k+2) != '长' {
				m := organMention{span: span{i, k + 2}, at: p.at, general: true, explicit: true}
				m.organ = d.organ(reading.Organ{Name: "武警" + organName(p.at) + w, Type: graph.DeptMilitary, Region: p.at})
				return m, true
			}
		}
	}
	end := 0
	for j := i + 2; j < i+maxOrganName && isHan(f.at(j)) && !f.never(j); j++ {
		for _, w := range []string{"总队", "支队", "大队", "中队"} {
			if f.has(j, w) && f.at(j+2) != '长' {
				end = j + 2
			}
		}
	}
	if end == 0 {
		return organMention{}, false
	}
	m := organMention{span: span{i, end}, general: true}
	m.organ = d.organ(reading.Organ{Name: f.slice(m.span), Type: graph.DeptMilitary})
	return m, true
}

// partners stand before an organ whose ending alone makes none.
var partners = []string{"联合", "会同", "携手", "协同", "邀请", "与"}

// namedOrgan reads an organ without a jurisdiction whose ending makes it one: companies, schools, hospitals, societies.
func (d *document) namedOrgan(f *field, i int) (organMention, bool) {
	if !isHan(f.at(i)) && !(f.at(i) >= '0' && f.at(i) <= '9') || f.word[i] > 0 {
		return organMention{}, false
	}
	if m, ok := d.schoolAt(f, i); ok {
		return m, true
	}
	if m, ok := d.bankAt(f, i); ok {
		return m, true
	}
	if m, ok := d.armedPolice(f, i); ok {
		return m, true
	}
	if m, ok := d.numberedUnit(f, i); ok {
		return m, true
	}
	if m, ok := d.companyAt(f, i); ok {
		return m, true
	}
	s, end := d.suffixAfter(f, i, true)
	if end == 0 {
		return d.plainCompany(f, i)
	}
	for _, s := range suffixesByFirst[f.at(i)] {
		if f.has(i, s.word) {
			return organMention{}, false // 小学和幼儿园
		}
	}
	core := strings.TrimSuffix(string(f.text[i:end]), s.word)
	if isDigit(f.at(end)) && strings.ContainsRune("所家个座处", f.at(f.digits(end))) {
		return organMention{}, false // 先进学校8所
	}
	if strings.ContainsRune("赴到往派邀少多不没可再又都常总就只更最太很要去看跑进出读完里件", f.at(i)) || strings.ContainsAny(core, "里读完跑件") && s.kind != graph.DeptEnterprise {
		return organMention{}, false
	}
	if len([]rune(core)) < 2 || genericWord(core, s) || strings.ContainsRune("省市区县旗州", f.at(i)) {
		return organMention{}, false
	}
	if s.word == "社工" && f.suffixIn(i, partners) == 0 {
		return organMention{}, false
	}
	m := organMention{span: span{i, end}, general: true}
	switch s.kind {
	case graph.DeptGovernment, graph.DeptJudicial:
		m.at = d.regions.own
		if !m.at.Known() {
			m.organ = d.organ(reading.Organ{Name: f.slice(m.span), Type: s.kind})
		} else {
			m.organ = d.local(string(f.text[i:end]), s, m.at)
		}
	default:
		m.organ = d.organ(reading.Organ{Name: d.fullest(f.slice(m.span)), Type: s.kind})
	}
	return m, true
}
