package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// The texts that are measured are made here from a seed: chronicles of an invented county, with as many dates, posts,
// names, organs, places, documents and figures in a line as real ones have. Nothing in them is true.

var (
	surnames  = strings.Fields("王 李 张 刘 陈 杨 黄 赵 吴 周 徐 孙 马 朱 胡 郭 何 高 林 罗 郑 梁 谢 宋 唐 许 韩 冯 邓 曹 彭 曾 肖 田 董 袁 潘 于 蒋 蔡 余 杜 叶 程 苏 魏 吕 丁 任 沈 姚 卢 姜 崔 钟 谭 陆 汪 范 金 石 廖 贾 夏 韦 付 方 白 邹 孟 熊 秦 邱 江 尹 薛 闫 段 雷 侯 龙 史 陶 黎 贺 顾 毛 郝 龚 邵 万 钱 严 覃 武 戴 莫 孔 向 汤 欧阳 司马")
	given     = strings.Fields("知秋 牧原 怀瑾 向南 鹤年 云亭 令仪 建国 晓川 远舟 小满 卫东 海平 文献 志强 明 磊 静 敏 丽华 玉兰 德全 国庆 春生 永年 思齐 若谷 长风 守信 立言 子衿 景行 清源 承志 一鸣 秀英 桂芳 宗文 少白 正阳")
	towns     = strings.Fields("张集镇 柳湖镇 石桥镇 青岩镇 双河镇 大王镇 新丰乡 白水乡 龙泉乡 花园乡 望江街道 城关街道 东风街道 桃园镇 沙河镇 赵店乡")
	villages  = strings.Fields("红光村 前进村 大坝村 李家沟村 王庄村 石门村 新华村 柳树村 河东村 三合村 向阳社区 和平社区 文化路社区 建设社区")
	bureaus   = strings.Fields("教育局 财政局 农业农村局 水利局 交通运输局 卫健委 民政局 司法局 公安局 文旅局 市场监管局 应急局 住建局 自然资源局 统计局 审计局 林业局 生态环境局 人社局 发改委")
	partyDept = strings.Fields("委办公室 委组织部 委宣传部 委统战部 委政法委 纪委监委 总工会 妇联 科协 人大常委会 政协 团县委")
	venues    = strings.Fields("县会议中心 县文化中心 人民广场 县体育馆 县委党校 工业园区 云河水库 县人民医院 第一中学 烈士陵园 农贸市场 滨河公园")
	topics    = strings.Fields("乡村振兴 防汛抗旱 安全生产 人居环境整治 招商引资 基层治理 项目建设 春季植树 教育工作 疫情防控 粮食生产 文明城市创建 脱贫攻坚 优化营商环境 河长制 秋冬农田水利建设")
)

// writer makes sentences.
type writer struct {
	r *rand.Rand
	strings.Builder
}

func newWriter(seed uint64) *writer { return &writer{r: rand.New(rand.NewPCG(seed, 2026))} }

func (w *writer) of(words []string) string { return words[w.r.IntN(len(words))] }

func (w *writer) name() string { return w.of(surnames) + w.of(given) }

// event returns what happened, without its date: 60 to 200 characters.
func (w *writer) event() string {
	bureau := func() string { return "县" + w.of(bureaus) }
	switch w.r.IntN(12) {
	case 0:
		return fmt.Sprintf("县委书记%s、县长%s到%s%s调研%s工作，县委常委、宣传部部长%s陪同。%s强调，要压实责任，完善机制，确保各项任务落到实处。", w.name(), w.name(), w.of(towns), w.of(villages), w.of(topics), w.name(), w.name())
	case 1:
		return fmt.Sprintf("全县%s工作会议在%s召开。县委副书记、县长%s主持会议，县领导%s、%s、%s出席，各乡镇（街道）和县直有关部门负责人%d余人参加。", w.of(topics), w.of(venues), w.name(), w.name(), w.name(), w.name(), 50+w.r.IntN(400))
	case 2:
		return fmt.Sprintf("由%s、%s主办，%s承办的%s宣传活动在%s举行，现场发放资料%d份，接受咨询%d人次。", bureau(), bureau(), bureau(), w.of(topics), w.of(venues), 500+w.r.IntN(5000), 20+w.r.IntN(900))
	case 3:
		return fmt.Sprintf("县政府印发《关于进一步加强%s的实施意见》（云政发〔%d〕%d号）。", w.of(topics), 2000+w.r.IntN(22), 1+w.r.IntN(90))
	case 4:
		return fmt.Sprintf("县十六届人大常委会召开第%d次会议，任命%s为%s局长，免去%s的%s局长职务。", 1+w.r.IntN(40), w.name(), bureau(), w.name(), bureau())
	case 5:
		return fmt.Sprintf("%s%s农田水利工程开工，总投资%d万元，占地%d亩，计划修建渠道%d公里，受益农户%d户。", w.of(towns), w.of(villages), 100+w.r.IntN(9000), 20+w.r.IntN(900), 1+w.r.IntN(60), 100+w.r.IntN(3000))
	case 6:
		return fmt.Sprintf("省水利厅副厅长%s一行来县检查%s工作，副县长%s、县水利局局长%s陪同检查。", w.name(), w.of(topics), w.name(), w.name())
	case 7:
		return fmt.Sprintf("境内普降暴雨，降雨量%d毫米，%s、%s受灾，倒塌房屋%d间，农作物受灾面积%d.%d万亩，直接经济损失%d万元。", 60+w.r.IntN(200), w.of(towns), w.of(towns), w.r.IntN(500), 1+w.r.IntN(9), w.r.IntN(9), 100+w.r.IntN(9000))
	case 8:
		return fmt.Sprintf("县%s联合%s在%s开展“送温暖”活动，看望慰问困难群众%d户，发放慰问金%d.%d万元。副县长%s参加。", w.of(partyDept), bureau(), w.of(villages), 10+w.r.IntN(300), 1+w.r.IntN(30), w.r.IntN(9), w.name())
	case 9:
		return fmt.Sprintf("%s被授予“全省先进集体”称号，%s获“全国劳动模范”称号。", w.of(towns), w.name())
	case 10:
		return fmt.Sprintf("截至月底，全县完成固定资产投资%d.%d亿元，同比增长%d.%d%%；城镇新增就业%d人。", 1+w.r.IntN(80), w.r.IntN(9), 1+w.r.IntN(20), w.r.IntN(9), 100+w.r.IntN(3000))
	}
	return fmt.Sprintf("云河制造有限公司年产%d万台电机项目签约仪式在%s举行，县委书记%s致辞，副县长%s与公司董事长%s签约。", 1+w.r.IntN(90), w.of(venues), w.name(), w.name(), w.name())
}

// chronicle returns a 大事记 of as many years as give the number of bytes.
func chronicle(bytes int, title string) string {
	w := newWriter(1)
	fmt.Fprintf(w, "%s\n\n", title)
	for year := 1979; w.Len() < bytes; year++ {
		fmt.Fprintf(w, "%d年\n", 1949+(year-1949)%75)
		for month := 1; month <= 12 && w.Len() < bytes; month++ {
			fmt.Fprintf(w, "%d月\n", month)
			for day := 1 + w.r.IntN(2); day <= 28 && w.Len() < bytes; day += 1 + w.r.IntN(3) {
				fmt.Fprintf(w, "%d日  %s\n", day, w.event())
				if w.r.IntN(5) == 0 {
					fmt.Fprintf(w, "同日  %s\n", w.event())
				}
			}
			fmt.Fprintf(w, "是月  %s\n", w.event())
		}
	}
	return w.String()
}

// volumes are the other volumes of a gazetteer, with words to fill them.
var volumes = []struct{ title, text string }{
	{"建置 区划", "境域东西宽%d公里，南北长%d公里，总面积%d平方公里。地处丘陵与平原交接地带，西高东低，河流纵横，气候温和，四季分明。"},
	{"自然环境", "地质构造属沉降带，出露地层以砂岩、页岩为主，土层厚%d米至%d米。多年平均降水量%d毫米，无霜期较长，适宜农作物生长。"},
	{"农业", "耕地多为坡地和沟田，主产水稻、小麦、玉米、油菜，一年两熟。推广良种以后，亩产由%d公斤增至%d公斤，总产增长%d%%。"},
	{"工业", "手工业有木器、铁器、纺织、造纸、陶瓷等门类，产品销往邻近各地。厂房占地%d平方米，有机床%d台，职工%d人。"},
	{"教育 文化", "旧时私塾遍及乡村，富户延师课子，贫者多不识字。兴办学堂以后，入学儿童渐多，有教室%d间、课桌%d套、图书%d册。"},
}

// gazetteer returns a county gazetteer of the number of bytes: front matter, the 大事记, a quarter of the book, and then
// other volumes.
func gazetteer(bytes int) string {
	w := newWriter(2)
	fmt.Fprintf(w, "云河县志\n\n云河县地方志编纂委员会编\n\n凡例\n一、本志以马克思主义为指导，实事求是地记述云河县的历史与现状。\n二、本志上限追溯事物发端，下限断至1985年。\n\n目录\n概述\n大事记\n")
	for i, v := range volumes {
		fmt.Fprintf(w, "第%d编  %s\n", i+1, v.title)
	}
	fmt.Fprint(w, "\n概述\n\n")
	for range 40 {
		fmt.Fprintf(w, volumes[0].text+"\n", 1+w.r.IntN(90), 1+w.r.IntN(90), 1000+w.r.IntN(900))
	}
	fmt.Fprint(w, "\n大事记\n\n清\n\n")
	for n := 1; n <= 61; n += 3 {
		fmt.Fprintf(w, "康熙%s年（%d）  大水，田禾淹没。\n", chineseNumber(n), 1661+n)
	}
	fmt.Fprint(w, "\n中华民国\n\n")
	for n := 1; n <= 37; n++ {
		fmt.Fprintf(w, "民国%d年（%d）\n%d月  县知事%s到任。\n是年  大旱，饥民流离。\n", n, 1911+n, 1+w.r.IntN(12), w.name())
	}
	fmt.Fprint(w, "\n中华人民共和国\n\n")
	for year := 1949; w.Len() < bytes/4; year++ {
		fmt.Fprintf(w, "%d年\n", 1949+(year-1949)%37)
		for month := 1; month <= 12; month++ {
			for range 4 {
				fmt.Fprintf(w, "%d月%d日  %s\n", month, 1+w.r.IntN(28), w.event())
			}
			fmt.Fprintf(w, "%d月  %s\n", month, w.event())
		}
		fmt.Fprintf(w, "是年  %s\n", w.event())
	}
	for i := 0; w.Len() < bytes; i = (i + 1) % len(volumes) {
		v := volumes[i]
		fmt.Fprintf(w, "\n第%d编  %s\n\n第一章  %s\n\n第一节  概况\n\n", i+1, v.title, v.title)
		for range 300 {
			fmt.Fprintf(w, v.text, 1+w.r.IntN(90), 1+w.r.IntN(900), 1+w.r.IntN(9000))
			if w.r.IntN(3) == 0 {
				w.WriteByte('\n')
			}
		}
		w.WriteByte('\n')
	}
	return w.String()
}

// chineseNumber writes 1 to 99 in Chinese; 元 for 1, as years have it.
func chineseNumber(n int) string {
	digits := []rune("〇一二三四五六七八九")
	switch {
	case n == 1:
		return "元"
	case n < 10:
		return string(digits[n])
	}
	s := "十"
	if n >= 20 {
		s = string(digits[n/10]) + s
	}
	if n%10 > 0 {
		s += string(digits[n%10])
	}
	return s
}
