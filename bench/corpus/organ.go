package corpus

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"fangzhi/fold"
	"fangzhi/graph"
)

// Organ is a department.
type Organ struct {
	// Name is canonical, Text as bodies write it.
	Name, Text string
	Kind       graph.DepartmentKind
	// Head is the post of who leads it: 局长.
	Head string
	// Region is whose organ it is.
	Region *Place
	// ID is that of its atom: the region's code and Name.
	ID graph.ID
}

func newOrgan(region *Place, name, text, head string, kind graph.DepartmentKind) *Organ {
	return &Organ{name, text, kind, head, region, graph.Atom{Kind: graph.KindDepartment, Code: region.Code, Name: fold.String(name)}.ID()}
}

// level is what a division is called by those who live in it: 省, 市, 区, 县.
func level(p *Place) string {
	r := []rune(p.Name)
	return string(r[len(r)-1])
}

// offices are the first organs of a county or a province: short name, the rest of the full one, head, kind. {X} is the
// division; a head that begins with - is the division's own (县长).
var offices = []struct {
	text, name, head string
	kind             graph.DepartmentKind
}{
	{"委", "中共{X}委员会", "书记", graph.DeptParty},
	{"政府", "{X}人民政府", "-长", graph.DeptGovernment},
	{"人大常委会", "{X}人民代表大会常务委员会", "主任", graph.DeptCongress},
	{"政协", "中国人民政治协商会议{X}委员会", "主席", graph.DeptCPPCC},
	{"纪委", "中共{X}纪律检查委员会", "书记", graph.DeptParty},
	{"委办公室", "中共{X}委员会办公室", "主任", graph.DeptParty},
	{"委组织部", "中共{X}委员会组织部", "部长", graph.DeptParty},
	{"委宣传部", "中共{X}委员会宣传部", "部长", graph.DeptParty},
	{"委政法委", "中共{X}委员会政法委员会", "书记", graph.DeptParty},
	{"政府办公室", "{X}人民政府办公室", "主任", graph.DeptGovernment},
	{"总工会", "{X}总工会", "主席", graph.DeptMass},
	{"妇联", "{X}妇女联合会", "主席", graph.DeptMass},
	{"人民法院", "{X}人民法院", "院长", graph.DeptJudicial},
	{"人民检察院", "{X}人民检察院", "检察长", graph.DeptJudicial},
}

var (
	bureaus = strings.Fields("教育 财政 农业农村 水利 交通运输 民政 司法 公安 文化旅游 卫生健康 统计 审计 林业 应急管理 住房和城乡建设 自然资源 生态环境 人力资源和社会保障 商务 粮食 气象 档案 信访 医疗保障 市场监督管理 科技 体育 畜牧 园林 城市管理 税务 供销 地震 邮政 电力 广播电视 机关事务 乡村振兴 退役军人事务 政务服务")
	// townOrgans are of a town: name behind it, head, kind.
	townOrgans = []struct {
		name, head string
		kind       graph.DepartmentKind
	}{
		{"中心小学", "校长", graph.DeptSchool}, {"卫生院", "院长", graph.DeptHospital}, {"财政所", "所长", graph.DeptGovernment},
		{"派出所", "所长", graph.DeptGovernment}, {"司法所", "所长", graph.DeptGovernment}, {"中学", "校长", graph.DeptSchool},
		{"水利站", "站长", graph.DeptInstitution}, {"农技站", "站长", graph.DeptInstitution}, {"文化站", "站长", graph.DeptInstitution},
		{"敬老院", "院长", graph.DeptInstitution}, {"供销社", "主任", graph.DeptEnterprise}, {"林业站", "站长", graph.DeptInstitution},
		{"兽医站", "站长", graph.DeptInstitution}, {"粮管所", "所长", graph.DeptInstitution}, {"信用社", "主任", graph.DeptEnterprise},
		{"幼儿园", "园长", graph.DeptSchool},
	}
	trades    = strings.Fields("纺织 机械 食品 化工 建材 印刷 农机 电子 医药 酿造 服装 造纸")
	firmHeads = strings.Fields("宏 瑞 华 盛 昌 泰 恒 信 新 金 天 联 博 正 同 万")
	firmTails = strings.Fields("达 丰 源 兴 隆 通 成 祥 泽 康 利 航 宇 安 茂 辉")
)

// officesOf returns the first organs of a division.
func officesOf(p *Place) []*Organ {
	var organs []*Organ
	for _, o := range offices {
		head := strings.Replace(o.head, "-", level(p), 1)
		organs = append(organs, newOrgan(p, strings.Replace(o.name, "{X}", p.Full(), 1), level(p)+o.text, head, o.kind))
	}
	return organs
}

// newOrgans returns so many organs of a county, those that events name most first.
func newOrgans(c *county, n int, r *rand.Rand) []*Organ {
	organs := officesOf(c.Place)
	for _, b := range bureaus {
		organs = append(organs, newOrgan(c.Place, c.Full()+b+"局", level(c.Place)+b+"局", "局长", graph.DeptGovernment))
	}
	for _, t := range c.towns {
		kind, office, head := graph.DeptGovernment, "人民政府", level(t)+"长"
		if strings.HasSuffix(t.Name, "街道") {
			kind, office, head = graph.DeptSubdistrict, "办事处", "主任"
		}
		organs = append(organs, newOrgan(c.Place, c.Full()+t.Name+office, t.Name+office, head, kind))
	}
	for _, o := range townOrgans {
		for _, t := range c.towns {
			organs = append(organs, newOrgan(c.Place, c.Full()+t.Name+o.name, t.Name+o.name, o.head, o.kind))
		}
	}
	seen := map[string]bool{}
	for len(organs) < n {
		name := fmt.Sprintf("%s%s%s%s有限公司", c.Name, pick(r, firmHeads), pick(r, firmTails), pick(r, trades))
		if !seen[name] {
			seen[name] = true
			organs = append(organs, newOrgan(c.Place, name, name, "总经理", graph.DeptEnterprise))
		}
	}
	return organs[:n]
}
