package extract_test

import (
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"fangzhi/graph"
	"fangzhi/loader/extract"
	"fangzhi/loader/reading"
)

// signs are how the tables write a qualifier.
var signs = map[graph.FigureQualifier]string{
	graph.FigureExact: "", graph.FigureAbout: "≈", graph.FigureMoreThan: ">", graph.FigureLessThan: "<", graph.FigureAtLeast: "≥", graph.FigureAtMost: "≤",
}

// figuresOf writes figures as a row: 405公斤 ≈1600人 ≥20%.
func figuresOf(all []reading.Figure) string {
	var out []string
	for _, f := range all {
		out = append(out, signs[f.Qualifier]+strconv.FormatFloat(f.Value, 'f', -1, 64)+f.Unit)
	}
	return strings.Join(out, " ")
}

func TestFigures(t *testing.T) {
	for _, tt := range []struct{ name, body, want string }{
		// Numbers as they are printed.
		{"a number and its classifier", "全县表彰先进集体12个、先进个人36名。", "12个 36名"},
		{"spaces around the number", "共审查对象 1600 余人，劝退 12 名。", "≈1600人 12名"},
		{"thousands", "共收到捐款8,216,781.53元。", "8216781.53元"},
		{"万 stays in the unit", "财政收入1.2亿元，其中税收8600万元。", "1.2亿元 8600万元"},
		{"余 before 万", "救灾款120余万元，受灾3万余人。", "≈120万元 ≈3万人"},
		{"多 and 来", "观众2600多人次，十来亩地，来了30来人。", ">2600人次 ≈10亩 ≈30人"},
		{"千 multiplies", "出动民工5千余人，3百辆车。", "≈5000人 300辆"},
		{"万 and 千", "全公社共植树2万5千株，投资1亿3000万元。", "25000株 130000000元"},
		{"零 between the parts", "完成销售额1亿零300万元，突破100万大关。", "103000000元 >100万"},
		{"a bare 万", "全县人口达41.6万，比上年多2.1万。", "41.6万 2.1万"},
		{"万 before a unit with 千", "装机12.5万千瓦，年发电3.2亿千瓦时。", "12.5万千瓦 3.2亿千瓦时"},
		{"千 of a unit", "架设110千伏线路23千米，供煤500千克。", "110千伏 23千米 500千克"},
		{"one of several", "甲乡12户、乙乡12户、丙乡15户。", "12户 15户"},
		{"full width percent", "增长８％，下降2.5％。", "2.5%"},
		{"percent in words", "贫困户占百分之三十五点五，余下百分之12。", "35.5% 12%"},
		{"a ratio of units", "洪峰流量1250立方米/秒，亩产405公斤/亩，流速3米每秒。", "1250立方米/秒 405公斤/亩 3米每秒"},
		{"units of Latin letters", "铺设管道12km，装机30MW，直径3cm。", "12km 30MW 3cm"},
		{"square metres", "建筑面积1800㎡，库容32万m³，绿地6000平方。", "1800㎡ 32万m³ 6000平方"},

		// Limits.
		{"at most", "平均年龄不超过46岁，成员不超过45岁。", "≤46岁 ≤45岁"},
		{"below", "35岁以下干部占比达到20%以上。", "≤35岁 ≥20%"},
		{"about", "约300人参加，面积近6000平方米，行程40公里左右。", "≈300人 ≈6000平方米 ≈40公里"},
		{"more than", "产值突破2亿元，游客超10万人次，逾千余人受益，增幅超过8个百分点。", ">2亿元 >10万人次 >1000人 >8个百分点"},
		{"less than", "存粮不足500斤，合格率低于60%。", "<500斤 <60%"},
		{"at least", "每月走访不少于4次，至少2户，不低于30%。", "≥4次 ≥2户 ≥30%"},
		{"a near thing is no limit", "学校附近30户，已通过120件，签约12家。", "30户 120件 12家"},
		{"over the unit", "路长5里余，深3米多。", "≈5里 >3米"},
		{"within", "15分钟以内到岗，误差3毫米之内。", "≤15分钟 ≤3毫米"},

		// Ranges.
		{"a range", "每批20—30人，工期3至5天。", "≥20人 ≤30人 ≥3天 ≤5天"},
		{"a range of money", "补助5万—8万元，每亩100~150元。", "≥5万元 ≤8万元 ≥100元 ≤150元"},
		{"a unit on both sides", "增产5%—8%，由186个调整为121个。", "5% 8% 186个 121个"},
		{"lists", "分别增长8.8%、10.1%和12个百分点。", "8.8% 10.1% 12个百分点"},

		// What annals print.
		{"floods", "暴雨成灾，冲毁房屋1200间，死亡3人，伤18人，淹没农田5.4万亩。", "1200间 3人 18人 5.4万亩"},
		{"grain", "粮食总产1.5亿公斤，平均亩产405公斤，棉花单产皮棉62.5斤。", "1.5亿公斤 405公斤 62.5斤"},
		{"statistics of 1985", "1985年，工农业总产值2.31亿元，比1980年增长1.4倍，人均收入312元。", "2.31亿元 1.4倍 312元"},
		{"a mountain", "主峰海拔1256.4米，山体东西长18公里。", "1256.4米 18公里"},
		{"cold", "最低气温-12.5℃，极端最高41.2℃，零下8摄氏度。", "-12.5℃ 41.2℃ -8摄氏度"},
		{"a dam", "坝高32米，坝长215米，库容1860万立方米，灌溉面积2.3万亩。", "32米 215米 1860万立方米 2.3万亩"},
		{"a quake", "22时55分发生5.1级地震，震源深度10公里。", "5.1级 10公里"},
		{"a storm", "出现8级大风，3小时降雨126毫米。", "8级 3小时 126毫米"},
		{"hail", "冰雹直径3至5厘米，砸死牲畜46头，毁瓦房87间。", "≥3厘米 ≤5厘米 46头 87间"},
		{"a factory", "占地126亩，设计年产水泥8.8万吨，职工412人，固定资产860万元。", "126亩 8.8万吨 412人 860万元"},
		{"a road", "全长23.7公里，路基宽12米，概算投资4.86亿元，工期18个月。", "23.7公里 12米 4.86亿元 18个月"},
		{"a battle", "毙伤敌37人，缴获步枪42支、子弹1200发、骡马5匹。", "37人 42支 5匹"},
		{"a school", "设教学班24个，在校生1136人，教职工68人，藏书1.2万册。", "24个 1136人 68人 1.2万册"},
		{"in terse style", "辖24乡镇、315村，县直43部门参加。", "24乡镇 315村 43部门"},
		{"voters", "应到代表218名，实到209名，收到提案126件，立案118件。", "218名 209名 126件 118件"},
		{"a sentence", "判处有期徒刑3年，并处罚金2万元。", "3年 2万元"},
		{"years that last", "历时5年建成，服务20余年，坚持12年以上。", "5年 ≈20年 ≥12年"},
		{"livestock", "出栏生猪3.2万头、家禽45万羽，存栏羊1.8万只。", "3.2万头 45万羽 1.8万只"},
		{"a fire", "过火面积0.8公顷，烧毁草房3间。", "0.8公顷 3间"},
		{"prices", "城市低保由每人每月520元提高到560元，猪肉每斤0.87元。", "520元 560元 0.87元"},
		{"money of the Republic", "募得银元3000块，法币12万元。", "3000块 12万元"},
		{"people who are counted", "一行20人，干部职工400余人，12名师生，5名医护人员。", "20人 ≈400人 12名 5名"},
		{"tasks", "部署12项重要任务，提出3点要求，实施6大工程。", "12项 3点 6大"},
		{"letters before a firm unit", "全县GDP120.5亿元。", "120.5亿元"},
		{"shots and courses", "接种疫苗1.2万剂次，培训12期860人次，讲课36课时。", "1.2万剂次 12期 860人次 36课时"},

		{"months with something", "历时2个多月，培训1个半月。", ">2个月 1.5个月"},
		{"of older print", "宽60公分，每斤1元2角5分，白银800两，制钱三百文。", "60公分 1元 2角 5分 800两 300文"},
		{"a tariff", "月租300元/月，电价0.52元/千瓦时，时速120公里，亿吨级码头。", "300元 0.52元/千瓦时 120公里"},
		{"ages", "30多岁，60周岁以上老人1200名。", ">30岁 ≥60周岁 1200名"},
		{"a stay of some time", "用时2小时40分，3天3夜，24小时值守。", "2小时 40分 3天 3夜 24小时"},
		{"generations of networks", "新建4G基站35个、5G基站12个。", "35个 12个"},
		{"teams", "参赛队伍28支、运动员326名，决出金牌36枚。", "28支 326名 36枚"},
		{"a third", "占总面积的1/3，千分之三，0.5‰。", "3‰ 0.5‰"},
		{"floors", "楼高15层，建筑面积2.3万平方米，设床位600张。", "15层 2.3万平方米 600张"},
		{"locusts", "受灾面积11.8万亩，减产粮食420万公斤，拨寒衣2300件。", "11.8万亩 420万公斤 2300件"},
		{"a census", "常住人口52.37万人，男性占51.25%，15—59岁占62.3%，60岁及以上占19.8%。", "52.37万人 51.25% ≥15岁 ≤59岁 62.3% ≥60岁 19.8%"},
		{"bombs", "日军飞机9架轰炸县城，投弹30余枚，炸毁房屋210余间。", "9架 ≈30枚 ≈210间"},
		{"old riots", "捻军三千余人过境，知县率乡勇二百人守城，斗米千钱，死者十之三四。", "≈3000人 200人"},
		{"savings", "贷款3.5亿余元，人均GDP3.2万元，各20名，每户最高3000元。", "≈3.5亿元 3.2万元 20名 3000元"},
		{"power lines", "建成500千伏变电站1座，30万吨级码头2座。", "500千伏 1座 30万吨 2座"},
		{"collective farms", "办高级社12个，入社农户2316户，占总农户的96.5%。", "12个 2316户 96.5%"},
		{"purges", "镇压反革命132人，管制57人，缴枪18支。", "132人 57人 18支"},

		{"traditional characters", "全縣糧食總產1.2億公斤，增長8%，參加者300餘人，經費十五萬圓。", "1.2亿公斤 8% ≈300人 15万圆"},

		// Chinese numerals, where they can be nothing else.
		{"hundreds", "民工三百余人，修渠一千二百丈，捐粮五百石。", "≈300人 1200丈 500石"},
		{"tens with a limit", "毁民房五十余间，死八十二人。", "≈50间 82人"},
		{"a bare hundred", "百余人参加，千余亩被淹。", "≈100人 ≈1000亩"},
		{"ten thousands", "三万五千亩良田，五百万元。", "35000亩 500万元"},
		{"no numeral of ones", "召开一次会议，成立三个小组，一名干部到五里堡。", ""},
		{"names with numerals", "十八大、十九届、二十四节气、三十里铺、两万五千里长征、农业六十条。", ""},
		{"vague numerals", "数百人、几十户、三四百亩、一二十人、万亩茶园、千家万户。", ""},
		{"ordinals in words", "第三十二个植树节，第一百名，民国二十四年，二〇二〇年，三十八度线。", ""},

		// False alarms.
		{"dates", "2020年12月4日，1至11月，2019—2020年，12月2—4日，20世纪80年代。", ""},
		{"times", "上午9时30分，21时许，22点15分，8:30开始。", ""},
		{"dates with dots", "2020.12.4，2020-12-04，3·15，“12.4”国家宪法日。", ""},
		{"ordinals", "第3届、第33个“世界艾滋病日”、第1、2、3批、第70中学、总第100期。", ""},
		{"ranks", "获第2名，列全省前10位，前3个月。", ""},
		{"addresses", "长江路107号院3栋2单元501室，红光村3组，8号楼。", ""},
		{"telephones", "电话0371-61290268，拨打12345热线，110指挥中心，120急救。", ""},
		{"roads", "G310、310国道、国道512线、S223线、T8次列车。", ""},
		{"papers", "豫林保〔2020〕181号、政办[1987]12号、国务院令第591号、第12条。", ""},
		{"schools", "36中、第9中学、12中学生。", ""},
		{"names in quotes", "腾讯99公益日，“3+2”，“10个一”工程，“5户联保”。", ""},
		{"in the title of a text", "学习《党风廉政建设第10期——100个案例》，印发《3年行动计划（50条）》。", ""},
		{"words that begin like units", "2020人民大会，3名称，5人大代表团，12家庭。", ""},
		{"sessions", "区人大常委会44次会议，三届2次全会。", ""},
		{"issues", "《求是》2021年1期，2019年3期。", ""},
		{"anniversaries", "建党100周年，建国70周年。", ""},
		{"coordinates", "东经113度27分，北纬34度。", ""},
		{"ratios", "比分3:1，比例2∶1，12×8。", ""},
		{"products", "歼10、5G、A4、PM2.5、COVID-19、4K。", ""},
		{"contests", "获男子100米冠军，女子4×100米接力第2名，5000米长跑，60公斤级摔跤。", ""},
		{"classes of years", "2020届毕业生，2021级新生，90后，98年抗洪，50年代。", ""},
		{"account years", "2019—2020学年，2019—2020年度，1986—1990年。", ""},
		{"big words", "百分百、千斤顶、万元户、百岁、千人大会、五万人大会、一百八十度。", ""},
		{"nothing", "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := figuresOf(extract.Figures(tt.body)); got != tt.want {
				t.Errorf("Figures(%q) = %q, want %q", tt.body, got, tt.want)
			}
		})
	}
}

func TestFiguresHaveSubjects(t *testing.T) {
	for _, tt := range []struct{ body, want string }{
		{"由12家联审单位组成。", "联审单位"},
		{"粮食总产1.5亿公斤。", "粮食总产"},
		{"暴雨成灾，死亡3人。", "死亡"},
		{"悬挂横幅3条。", "横幅"},
		{"发放禁毒宣传材料 1000 余份。", "禁毒宣传材料"},
		{"全长23.7公里。", "全长"},
		{"中原区的200名学员参加培训。", "学员"},
		{"平均年龄不超过46岁。", "平均年龄"},
		{"刑事案件发案数同比下降11.6%。", "刑事案件发案数"},
		{"沈知秋、李牧原等140余人出席。", ""},
		{"以及客商代表60余人出席。", ""},
		{"梳理57枚行政公章、审批章印模。", ""},
		{"展出照片、手稿等展品130余件。", "展品"},
		{"1600 余人，", ""},
		{"3小时降雨218毫米。", ""},
		{"抓获犯罪嫌疑人6名。", "犯罪嫌疑人"},
		{"全县累计造林23万亩。", "造林"},
	} {
		got := extract.Figures(tt.body)
		if len(got) == 0 || got[len(got)-1].Subject != tt.want {
			t.Errorf("Figures(%q) = %+v, want the subject %q", tt.body, got, tt.want)
		}
	}
}

func TestFigureIsGivenOnce(t *testing.T) {
	got := extract.Figures("甲村12户，乙村12户，丙村 12 户。")
	if len(got) != 1 || len(got[0].Evidence) != 3 || got[0].Text != "12户" || got[0].Evidence[2].Text != "12 户" || got[0].Rule != "quantity" {
		t.Errorf("got %+v, want one figure with three places", got)
	}
}

// Whatever the text: evidence reproduces it, a value and its unit stand once, and a second reading is the same.
func TestFactsProperties(t *testing.T) {
	pieces := strings.Fields("《 》 〈 〉 （ ） 〔2019〕 5号 豫政 关于 的通知 条例 建议 印发 以下简称 、 ， 。 第 12 1,200.5 -3 万 亿 余 多 人 元 % ℃ 个 月 — 至 百 千 十 三 两 百分之 “ ” · : . 00000000000000000000000 年 国务院令第 号令 \u3000 \n 演出 等曲目 [87] 文 零下 km /")
	rapid.Check(t, func(t *rapid.T) {
		draw := func(label string) string {
			return strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 60).Draw(t, label), "")
		}
		body, title := draw("body"), draw("title")
		figures, documents := extract.Figures(body), extract.Cited(body, title)
		seen := map[string]bool{}
		for _, f := range figures {
			key := strconv.FormatFloat(f.Value, 'g', -1, 64) + f.Unit
			if f.Unit == "" || f.Text != f.Evidence[0].Text || seen[key] || f.Rule == "" {
				t.Fatalf("%+v in %q: no unit, another text, no rule, or twice", f, body)
			}
			seen[key] = true
			mustProve(t, body, title, f.Evidence)
		}
		for _, d := range documents {
			if d.Title == "" && d.Number == "" || d.Rule == "" || seen["《"+d.Title+d.Number] {
				t.Fatalf("%+v in %q: without a name or a rule, or twice", d, body)
			}
			seen["《"+d.Title+d.Number] = true
			mustProve(t, body, title, d.Evidence)
		}
		if a, b := figuresOf(figures), figuresOf(extract.Figures(body)); a != b {
			t.Fatalf("a second reading differs: %q, %q", a, b)
		}
		if a, b := documentsOf(documents), documentsOf(extract.Cited(body, title)); a != b {
			t.Fatalf("a second reading differs: %q, %q", a, b)
		}
	})
}

func mustProve(t failer, body, title string, evidence []graph.Evidence) {
	t.Helper()
	if len(evidence) == 0 {
		t.Fatalf("no evidence in %q", body)
	}
	for _, v := range evidence {
		text := []rune(body)
		if v.Field == graph.FieldTitle {
			text = []rune(title)
		}
		if v.Start < 0 || v.Start >= v.End || v.End > len(text) || string(text[v.Start:v.End]) != v.Text {
			t.Fatalf("evidence %+v is not what %q has there", v, string(text))
		}
	}
}
