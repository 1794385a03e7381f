package corpus

import (
	"math"
	"math/rand/v2"
	"strings"

	"fangzhi/fold"
	"fangzhi/graph"
)

// Official is a person with a career in one organ: first a deputy, then its head.
type Official struct {
	Name  string
	Organ *Organ
	// From and To are the first and the last year of the career.
	From, To int
	// Atom is what events link: the code of the organ's region, the name and the organ.
	Atom graph.ID
	// ID is the entity's. In a county, where a name alone tells who is meant, it is that of the atom without the organ, as
	// package ingest/identity has it.
	ID graph.ID
}

// The lengths of careers, in years.
const minCareer, maxCareer = 5, 25

// Post returns the post that the official holds in the year.
func (o *Official) Post(year int) graph.Post {
	p := graph.Post{Title: o.Organ.Head, DepartmentAtom: o.Organ.ID, Attests: graph.AttestsHeld, Rank: 120, Single: true}
	if year < (o.From+o.To)/2 {
		p.Title, p.Rank, p.Single = "副"+o.Organ.Head, 520, false
	}
	p.Text = o.Organ.Text + p.Title
	if strings.HasSuffix(o.Organ.Head, "长") && strings.HasPrefix(o.Organ.Head, level(o.Organ.Region)) {
		p.Text = p.Title // 县长, not 县政府县长
	}
	return p
}

// lasting draws a career, so that about as many officials are active in every year.
func (o *Official) lasting(r *rand.Rand) {
	length := minCareer + r.IntN(maxCareer-minCareer+1)
	o.From = FirstYear - minCareer + 1 + r.IntN(years)
	o.To = o.From + length - 1
}

func newOfficial(name string, organ *Organ, r *rand.Rand) *Official {
	o := &Official{Name: name, Organ: organ}
	o.lasting(r)
	a := graph.Atom{Kind: graph.KindOfficial, Code: organ.Region.Code, Name: fold.String(name), Organ: fold.String(organ.Name)}
	o.Atom, o.ID = a.ID(), a.ID()
	if organ.Region.Kind == graph.LocCounty {
		a.Organ = ""
		o.ID = a.ID()
	}
	return o
}

var (
	surnames = strings.Fields("王 李 张 刘 陈 杨 黄 赵 吴 周 徐 孙 马 朱 胡 郭 何 高 林 罗 郑 梁 谢 宋 唐 许 韩 冯 邓 曹 彭 曾 肖 田 董 袁 潘 于 蒋 蔡 余 杜 叶 程 苏 魏 吕 丁 任 沈 姚 卢 姜 崔 钟 谭 陆 汪 范 金 石 廖 贾 夏 韦 付 方 白 邹 孟 熊 秦 邱 江 尹 薛 闫 段 雷 侯 龙 史 陶 黎 贺 顾 毛 郝 龚 邵 万 钱 严 覃 武 戴 莫 孔 向 汤 欧阳 司马")
	given    = strings.Split("伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰建国文志红春海波峰辉斌鹏飞宇浩凯健俊帆雪琳晶云莉倩婷慧巧美琴梅素珍贞凤洁琳环爱妹香月莺媛瑞凡佳嘉琼勤珠荣眉君蕙毓昭冰枫义兴良山仁宁贵福生龙元全胜学祥才发武新利清彬富顺信子昌成康星光天达安岩中茂进林有坚和彪博诚先敬震振壮会思群豪心邦承乐绍功松善厚庆民友裕河哲江亮政谦亨奇固之轮翰朗伯宏言若鸣朋梁栋维启克伦翔旭晨辰士以建家致树炎德行时泰盛雄琛钧冠策腾楠榕风航弘", "")
	// Of a given name a third has one character.
	givenLengths = []int{1, 2, 2}
)

func newName(r *rand.Rand) string {
	// Surnames are about as common as 1/(k+3).
	k := min(int(3*(math.Pow(float64(len(surnames)+3)/3, r.Float64())-1)), len(surnames)-1)
	name := surnames[k]
	for range pick(r, givenLengths) {
		name += pick(r, given)
	}
	return name
}

// staff are the officials of one publication by years, in the order in which events pick them.
type staff [years][]*Official

func newStaff(all []*Official) *staff {
	s := &staff{}
	for _, o := range all {
		for year := max(o.From, FirstYear); year <= min(o.To, LastYear); year++ {
			s[year-FirstYear] = append(s[year-FirstYear], o)
		}
	}
	return s
}

// in returns who is active in the year; in one behind the last those of the last.
func (s *staff) in(year int) []*Official { return s[min(year, LastYear)-FirstYear] }
