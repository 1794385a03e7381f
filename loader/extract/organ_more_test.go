package extract_test

import (
	"strings"
	"testing"

	"fangzhi/loader/extract"
	"fangzhi/loader/reading"
)

func TestMoreOrgans(t *testing.T) {
	for _, tt := range []struct{ name, body, want string }{
		{"factories, farms and shops", "县化肥厂、县砖瓦厂投产，城关粮站、国营青岚林场、东风水泥厂、县种子公司受到表彰。", `
			澜州市青岚县化肥厂|ENTERPRISE|HOST
			澜州市青岚县砖瓦厂|ENTERPRISE|HOST
			城关粮站|ENTERPRISE|AWARDED
			国营青岚林场|ENTERPRISE|AWARDED
			东风水泥厂|ENTERPRISE|AWARDED
			澜州市青岚县种子公司|ENTERPRISE|AWARDED`},
		{"banks in brief", "农行县支行、人行青岚县支行、县农商银行参加。", `
			中国农业银行青岚县支行|ENTERPRISE|PARTICIPANT
			中国人民银行青岚县支行|ENTERPRISE|PARTICIPANT
			澜州市青岚县农商银行|ENTERPRISE|PARTICIPANT`},
		{"newspapers and broadcasters", "河南日报社、澜州广播电视台参加。", `
			河南日报社|INSTITUTION|PARTICIPANT
			澜州市广播电视台|INSTITUTION|PARTICIPANT`},
		{"schools in brief", "县一高、县二小、县城关第一小学的师生参加。", `
			澜州市青岚县第一高级中学|SCHOOL|PARTICIPANT
			澜州市青岚县第二小学|SCHOOL|PARTICIPANT
			澜州市青岚县城关第一小学|SCHOOL|PARTICIPANT`},
		{"a name that stands once for several levels", "省、市宣传部主办。", `
			中共河南省委员会宣传部|PARTY|HOST
			中共澜州市委员会宣传部|PARTY|HOST`},
		{"party committee and government of a town", "白塘镇党委政府、石坪镇党委、政府参加。", `
			中共澜州市青岚县白塘镇委员会|SUBDISTRICT|PARTICIPANT
			澜州市青岚县白塘镇人民政府|SUBDISTRICT|PARTICIPANT
			中共澜州市青岚县石坪镇委员会|SUBDISTRICT|PARTICIPANT
			澜州市青岚县石坪镇人民政府|SUBDISTRICT|PARTICIPANT`},
		{"below the police and the government", "县公安局城关派出所、县公安局交警大队、县人民政府驻郑州办事处参加。", `
			澜州市青岚县公安局城关派出所|GOVERNMENT|PARTICIPANT
			澜州市青岚县公安局交通警察大队|GOVERNMENT|PARTICIPANT
			澜州市青岚县人民政府驻郑州办事处|GOVERNMENT|PARTICIPANT`},
		{"sessions of the CPPCC", "政协青岚县第九届委员会第一次会议召开。", "中国人民政治协商会议澜州市青岚县委员会|CPPCC|HOST"},
		{"commissions of the party", "县委全面深化改革委员会召开会议。", "中共澜州市青岚县委员会全面深化改革委员会|PARTY|HOST"},
		{"a county whose name begins like a verb", "县文联会同县扶贫办参加。", `
			澜州市青岚县文学艺术界联合会|MASS|HOST
			澜州市青岚县扶贫开发办公室|GOVERNMENT|CO_ORGANIZER`},
		{"appointed to a town", "林远舟任石坪镇政府镇长，免去其柳渡乡政府乡长职务。", `
			澜州市青岚县石坪镇人民政府|SUBDISTRICT|PARTICIPANT
			澜州市青岚县柳渡乡人民政府|SUBDISTRICT|MENTIONED`},
		{"two names joined", "由县政府主办、县果业发展中心和河南橙缘农业发展有限公司承办的节会开幕。", `
			澜州市青岚县人民政府|GOVERNMENT|HOST
			澜州市青岚县果业发展中心|INSTITUTION|ORGANIZER
			河南橙缘农业发展有限公司|ENTERPRISE|ORGANIZER`},

		{"our county, and each street's office", "我县公安局、本县教育局参加，各街道办事处、各乡镇要高度重视。", `
			澜州市青岚县公安局|GOVERNMENT|PARTICIPANT
			澜州市青岚县教育局|GOVERNMENT|PARTICIPANT`},
		{"the only school and hospital of a kind", "县医院、县农校、县民族中学、县二中开学。", `
			澜州市青岚县医院|HOSPITAL|HOST
			澜州市青岚县农校|SCHOOL|HOST
			澜州市青岚县民族中学|SCHOOL|HOST
			澜州市青岚县第二中学|SCHOOL|HOST`},
		{"congresses of the party", "中国共产党青岚县第十五次代表大会召开。", "中国共产党澜州市青岚县代表大会|PARTY|HOST"},
		{"congresses of the party in brief", "县第九次党代会召开，县第一届第三次各界人民代表会议召开。", `
			中国共产党澜州市青岚县代表大会|PARTY|HOST
			澜州市青岚县各界人民代表会议|CONGRESS|HOST`},
		{"the army and the armed police", "8023部队、解放军6117部队、武警县中队支援夏收，军分区司令员视察，县委书记兼县大队政委讲话。", `
			8023部队|MILITARY|PARTICIPANT
			解放军6117部队|MILITARY|PARTICIPANT
			武警澜州市青岚县中队|MILITARY|PARTICIPANT
			澜州市军分区|MILITARY|PARTICIPANT`},
		{"inspections of the centre and builders of railways", "中央第四环保督察组、中铁十二局集团有限公司、中国建筑第七工程局、胜利油田来县。", `
			中央第四环保督察组|TEMPORARY|HOST
			中铁十二局集团有限公司|ENTERPRISE|HOST
			中国建筑第七工程局|ENTERPRISE|HOST
			胜利油田|ENTERPRISE|HOST`},
		{"ministries of former decades and commissions of rivers", "被石油部、商业部、农牧渔业部、黄河水利委员会授予称号。", `
			中华人民共和国石油工业部|GOVERNMENT|AWARDER
			中华人民共和国商业部|GOVERNMENT|AWARDER
			中华人民共和国农牧渔业部|GOVERNMENT|AWARDER
			水利部黄河水利委员会|GOVERNMENT|AWARDER`},
		{"the office of a leading group of the party", "县委党史学习教育领导小组办公室参加。", "中共澜州市青岚县委员会党史学习教育领导小组办公室|PARTY|PARTICIPANT"},
		{"the department does a thing in parts", "县委组织部分两批举办培训班。", "中共澜州市青岚县委员会组织部|PARTY|HOST"},
		{"railways bear the name of a city", "郑州铁路局、国家统计局青岚调查队参加。", `
			郑州铁路局|GOVERNMENT|PARTICIPANT
			国家统计局青岚调查队|GOVERNMENT|PARTICIPANT`},
		{"customs and border inspection", "青岛海关、山东海事局参加。", `
			青岛海关|GOVERNMENT|PARTICIPANT
			山东海事局|GOVERNMENT|PARTICIPANT`},
		{"companies without 有限 as partners", "县长与中微半导体公司、华星集团签约，与建筑公司、房地产公司座谈。", `
			中微半导体公司|ENTERPRISE|PARTICIPANT
			华星集团|ENTERPRISE|PARTICIPANT`},
		{"zones that name themselves", "青岚经济开发区管委会、县化工产业园管委会参加。", `
			青岚经济开发区管理委员会|GOVERNMENT|PARTICIPANT
			澜州市青岚县化工产业园管理委员会|GOVERNMENT|PARTICIPANT`},
		{"offices in one word with the party and the congress", "县委督查办、县委落实政策办公室、县人大财经委参加。", `
			中共澜州市青岚县委员会督查办公室|PARTY|PARTICIPANT
			中共澜州市青岚县委员会落实政策办公室|PARTY|PARTICIPANT
			澜州市青岚县人民代表大会财经委|CONGRESS|PARTICIPANT`},
		{"regions of former times", "黔阳地委、黔阳专署派员参加。", `
			中共黔阳地区委员会|PARTY|PARTICIPANT
			黔阳专区专员公署|GOVERNMENT|PARTICIPANT`},
		{"branches in districts that no table knows", "市公安局西岭分局参加。", "澜州市公安局西岭分局|GOVERNMENT|PARTICIPANT"},
		{"offices of leading groups", "县应对疫情工作领导小组办公室、县脱贫攻坚领导小组办公室参加。", `
			澜州市青岚县应对疫情工作领导小组办公室|TEMPORARY|PARTICIPANT
			澜州市青岚县脱贫攻坚领导小组办公室|TEMPORARY|PARTICIPANT`},

		// roles
		{"visited in a list of places", "县长到白塘镇何家村、青岚轴承有限公司考察调研。", "青岚轴承有限公司|ENTERPRISE|INSPECTED"},
		{"a yearbook's title before the subject", "【义诊】  县卫健委组织专家坐诊。", "澜州市青岚县卫生健康委员会|GOVERNMENT|HOST"},
		{"who is inspected after 对", "市审计局对县财政局预算执行情况进行审计。", `
			澜州市审计局|GOVERNMENT|INSPECTOR
			澜州市青岚县财政局|GOVERNMENT|INSPECTED`},
		{"who is honoured after 被", "县科协被评为全国先进单位，县教育局被省教育厅表彰为先进。", `
			澜州市青岚县科学技术协会|MASS|AWARDED
			澜州市青岚县教育局|GOVERNMENT|AWARDED
			河南省教育厅|GOVERNMENT|AWARDER`},
		{"care is no inspection", "县总工会慰问环卫工人。", "澜州市青岚县总工会|MASS|HOST"},
		{"what a report is of", "会议听取政府、法院、检察院工作报告。", ""},
		{"a class of schools", "县政府表彰先进学校8所。", "澜州市青岚县人民政府|GOVERNMENT|AWARDER"},
	} {
		t.Run(tt.name, func(t *testing.T) { checkOrgans(t, qinglan, tt.body, tt.want) })
	}
}

// A full name that the document writes is the one of its short form, where the two differ in a 和.
func TestNameWrittenInFull(t *testing.T) {
	for _, e := range fillOf(qinglan, "县教育和体育局召开会议。", "县教体局参加。") {
		if len(e.Departments) != 1 || e.Departments[0].Name != "澜州市青岚县教育和体育局" {
			t.Errorf("Fill(%q) found %v, want the name in full", e.Body, organs(e))
		}
	}
}

// Ordinary prose of chronicles names no organ and hardly a place.
func TestProseWithoutOrgans(t *testing.T) {
	prose := `
		入春以来，全区小麦长势良好，麦田墒情适宜，农民抓紧追肥浇水，机井和提灌设备全部投入使用。
		连日暴雨，河水漫过堤坝，低洼处积水一米多深，群众连夜转移，所有道路中断，通信一度失联。
		工程采用预应力混凝土结构，主跨长一百二十米，桥面宽二十四米，双向六车道，工期两年。
		比赛分为男子组和女子组，设跳高、跳远、铅球等项目，来自全国各地的运动员参加角逐，打破三项纪录。
		当年粮食总产达到十八万吨，比上年增长百分之六，农民人均纯收入首次超过五百元。
		蝗虫成灾，食禾殆尽，民大饥，死者枕藉于道。
		新建住宅楼十二栋，配套建设幼儿园、小学、医院、超市和停车场，供热管网同步入地。
		他自幼家贫，靠给人放牛为生，后考入师范学校，毕业后回乡任教，桃李满天下。
		大旱持续百日，井泉干涸，秋苗枯死，树皮草根食尽，外出逃荒者众。
		果园面积扩大到三万亩，苹果、梨、桃等品种更新换代，冷库储藏能力提高一倍。
		技术人员深入田间地头，指导农户科学施肥，推广良种，发放明白纸两万份。
		生产线自动化程度高，年产能达五百万件，产品销往二十多个国家和地区，出口额增长三成。
		医院、学校、工厂、机关全部停课停工，部队紧急出动，专业队伍昼夜抢修。
		围绕经济发展、社会稳定、民生改善，实行目标管理责任制，健全考核办法。
		该片区拆迁工作顺利，居民签约率达到九成，安置房建设加快，学校和卫生室同步规划。
		水厂、电厂、化肥厂、水泥厂等一批企业建成，工业布局初步形成，大中小学校和各类医院遍布城乡。
		农业生产合作社普遍建立，初级社转为高级社，入社农户占总户数的九成。
		人民公社化运动中，大办食堂，大炼钢铁，砍伐树木甚多。
		乡镇企业异军突起，砖瓦厂、面粉厂、编织厂星罗棋布，吸纳劳力三千人。
		开展扫盲运动，办夜校二百余所，参加学习的青壮年一万二千人。
		县城通自来水，主要街道安装路灯，修建下水道三千米。
		会议强调，要坚持高质量发展，在转作风、提效能上下功夫，在爬坡过坎中磨砺意志，在田间地头、车间厂房锤炼作风。
		全年完成地区生产总值385.6亿元，增长6.8%，规模以上工业增加值增长8.2%，一般公共预算收入完成21.3亿元。
		运动员在赛场上奋勇拼搏，代表队获得团体总分第一名，男子篮球队以68比59战胜对手夺得冠军。
		社区是群众的家园，学校是育人的摇篮，医院是健康的港湾，机关要做服务的窗口，企业要当创新的主体。
		新建农村公路126公里，改造危桥8座，建成健身工程45处，新建卫生室15所、幼儿园6所。
		山坡上、河滩里、村头巷尾到处是欢声笑语，人们在草坪上跳舞，在沙滩上奔跑，在城墙下合影。
		银行各项存款余额286亿元，保险公司实现保费收入5.2亿元，邮政业务总量1.1亿元。
		民族工商业部分改造完成，大队政委带头，水电部件齐全，发现新油田。
		村村通广播，户户安喇叭，收听率大大提高。`
	for line := range strings.Lines(prose) {
		events := []reading.Event{{Body: strings.TrimSpace(line)}}
		extract.Fill(yunhe, events)
		for _, d := range events[0].Departments {
			t.Errorf("%s: %s %s is no organ", events[0].Body, d.Name, d.Rule)
		}
		for _, l := range events[0].Locations {
			t.Errorf("%s: %s %s is no place", events[0].Body, l.Name, l.Rule)
		}
	}
}

// Every organ and every place says what rule found it.
func TestRulesAreNamed(t *testing.T) {
	for _, body := range []string{
		"区卫健委、宣传部、柳湖街道办事处、槐荫小学、团区委、两办、经开区管委会、青石县教育局、区民俗协会参加。",
		"区领导到柳湖街道灯塔社区、柳湖公园、兰考县、德国考察。", "省、市宣传部主办。",
	} {
		e := fill(body)[0]
		for _, d := range e.Departments {
			if d.Rule == "" {
				t.Errorf("Fill(%q): %s has no rule", body, d.Name)
			}
		}
		for _, l := range e.Locations {
			if l.Rule == "" {
				t.Errorf("Fill(%q): %s has no rule", body, l.Name)
			}
		}
	}
}
