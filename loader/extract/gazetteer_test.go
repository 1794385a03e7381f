package extract_test

import "testing"

// Sentences as county gazetteers print them for the years from 1911 to 1987: posts of other powers, of the underground, of
// movements; and whom an act concerns.
func TestGazetteers(t *testing.T) {
	region := jurisdiction("湖南省", "湘江市", "青石县")
	for _, tt := range []struct{ name, body, want string }{
		{"other powers", "国民党县长罗大鹏逃跑。伪县长钱复礼、伪警察局长孙得标被县大队俘获。", `
			罗大鹏|国民党县长||OTHER
			钱复礼|伪县长||SUBJECT
			孙得标|伪警察局长||SUBJECT`},
		{"armies", "八路军某部团长彭长胜率部夜袭日军据点，击毙日军中队长山本一郎。贺龙率红二军团攻克县城。", `
			彭长胜|八路军某部团长||LEAD
			山本一郎|日军中队长||SUBJECT
			贺龙|||LEAD`},
		{"the invader", "日军联队长小林信男率部侵占县城，维持会长钱复礼出任伪县长。", `
			小林信男|日军联队长||LEAD
			钱复礼|维持会长、伪县长||SUBJECT`},
		{"the underground", "中共地下党员刘先梅被捕。中共湘西工委书记周理全来县指导工作，吸收教师何长庚入党。中共青石特支书记谭一舟主持会议。", `
			刘先梅|中共地下党员||SUBJECT
			周理全|中共湘西工委书记||INSPECT
			何长庚|教师||OTHER
			谭一舟|中共青石特支书记||CHAIR`},
		{"force", "枪决恶霸地主孙万财、匪首吴老七等12人。区长陈子明被土匪枪杀。", `
			孙万财|||SUBJECT
			吴老七|||SUBJECT
			陈子明|区长||SUBJECT`},
		{"the first secretaries", "中共青石县委成立，书记孟广义，副书记张大勇。省委第一书记张平山、地委第一书记石新山到县视察。", `
			孟广义|书记|中共湘江市青石县委员会|OTHER
			张大勇|副书记|中共湘江市青石县委员会|OTHER
			张平山|省委第一书记|中共湖南省委员会|INSPECT
			石新山|地委第一书记||INSPECT`},
		{"movements", "土改工作队长赵振国到白塘乡开展试点。贫协主席李发旺、民兵营长周大牛参加现场会。县委书记张大勇、副书记刘玉堂等被游斗。", `
			赵振国|土改工作队长||OTHER
			李发旺|贫协主席||ATTEND
			周大牛|民兵营长||ATTEND
			张大勇|县委书记|中共湘江市青石县委员会|SUBJECT
			刘玉堂|副书记|中共湘江市青石县委员会|SUBJECT`},
		{"military control", "县革委会副主任刘玉堂、军管会主任王卫东出席大会。", `
			刘玉堂|县革委会副主任|湘江市青石县革命委员会|ATTEND
			王卫东|军管会主任||ATTEND`},
		{"rehabilitated", "县委为孟广义、刘玉堂等人平反昭雪。", `
			孟广义|||SUBJECT
			刘玉堂|||SUBJECT`},
		{"a police chief becomes deputy", "县公安局长王虎任副县长。", "王虎|县公安局长、副县长|湘江市青石县人民政府|SUBJECT"},
		{"nobody's name", "县长由罗文清担任。县长易人。县长下令求雨。生产队长、大队会计集中学习。红军战士在此牺牲。", "罗文清|县长|湘江市青石县人民政府|SUBJECT"},
		{"received", "劳动模范李发旺受到毛主席接见。烈士黄继武的母亲参加。", `
			李发旺|劳动模范||OTHER
			黄继武|||MENTIONED`},
		{"sports", "获男子100米冠军的是汪小川。运动员黄秋燕在全省运动会上夺得2枚金牌。", `
			汪小川|||SUBJECT
			黄秋燕|运动员||SUBJECT`},
		{"honours", "县中医院护士刘玉兰获南丁格尔奖章。种粮大户黄阿生被评为劳动模范。会议表彰先进个人谭文、古丽云。", `
			刘玉兰|县中医院护士|湘江市青石县中医院|SUBJECT
			黄阿生|||SUBJECT
			谭文|||MENTIONED
			古丽云|||MENTIONED`},
		{"a title is conferred", "县委授予林远舟、贺小满等50名党员“优秀共产党员”称号。", `
			林远舟|||SUBJECT
			贺小满|||SUBJECT`},
		{"obituaries", "离休干部段书砚同志遗体送别仪式举行，县委书记沈知秋致悼词。", `
			段书砚|||SUBJECT
			沈知秋|县委书记|中共湘江市青石县委员会|SPEAK`},
		{"what the speaker tells others to do", "县委书记沈知秋指出，要高位推动。县长李牧原要抓总，分管副县长周衡要具体抓。县教育局局长何清参加会议。", `
			沈知秋|县委书记|中共湘江市青石县委员会|SPEAK
			李牧原|县长|湘江市青石县人民政府|MENTIONED
			周衡|副县长|湘江市青石县人民政府|MENTIONED
			何清|县教育局局长|湘江市青石县教育局|ATTEND`},
		{"what was said on a visit", "会议传达学习习近平总书记考察湖南重要讲话精神。县委宣传部邀请省委党校教授段书砚作学习贯彻全会精神专题辅导。", `
			习近平|总书记||MENTIONED
			段书砚|省委党校教授|中共湖南省委员会党校|LECTURE`},
		{"firms", "参展企业有：青石宏达纺织有限公司、金牛实业集团、高山茶业有限公司、安泰机械厂、华兴超市、万和酒店、康宁大药房。", ""},
	} {
		t.Run(tt.name, func(t *testing.T) { checkPeople(t, region, tt.body, tt.want) })
	}
}
