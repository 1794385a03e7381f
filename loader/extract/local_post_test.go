package extract_test

import "testing"

// Whose posts they are, and bearers whose posts the text hardly tells.
func TestPostsOfPlacesAndFirms(t *testing.T) {
	for _, tt := range []struct {
		name   string
		region []string // nil: 广东省肇江市青石县
		body   string
		want   string
	}{
		{"the named county goes on", nil, "封开县委书记罗志明、县长陈一鸣率党政代表团到我县考察，县委书记沈知秋、县长李牧原陪同。", `
			罗志明|封开县委书记|中共肇庆市封开县委员会|LEAD INSPECT
			陈一鸣|县长|肇庆市封开县人民政府|LEAD INSPECT
			沈知秋|县委书记|中共肇江市青石县委员会|ACCOMPANY
			李牧原|县长|肇江市青石县人民政府|ACCOMPANY`},
		{"with two posts", nil, "博罗县委副书记、县长温向东，副县长古丽一行到青石考察交流，副县长周衡陪同。", `
			温向东|博罗县委副书记、县长|惠州市博罗县人民政府|INSPECT
			古丽|副县长|惠州市博罗县人民政府|INSPECT
			周衡|副县长|肇江市青石县人民政府|ACCOMPANY`},
		{"and ends with the clause", nil, "甘洛县委副书记曲比石哈带队，县长李牧原陪同考察。", `
			曲比石哈|甘洛县委副书记|中共凉山彝族自治州甘洛县委员会|LEAD
			李牧原|县长|肇江市青石县人民政府|ACCOMPANY`},
		{"nobody knows the province", nil, "越南高平省委书记黄阮福率团来访。", "黄阮福|越南高平省委书记||LEAD"},
		{"the town is part of the post", nil, "诺邓镇镇长杨立新、党委书记段书砚参加活动。", `
			杨立新|诺邓镇镇长|肇江市青石县诺邓镇人民政府|ATTEND
			段书砚|党委书记|中共肇江市青石县诺邓镇委员会|ATTEND`},
		{"and passes on", nil, "白塘镇党委书记何清主持会议，镇长李大有讲话，副镇长罗小芳参加。", `
			何清|白塘镇党委书记|中共肇江市青石县白塘镇委员会|CHAIR
			李大有|镇长|肇江市青石县白塘镇人民政府|SPEAK
			罗小芳|副镇长|肇江市青石县白塘镇人民政府|ATTEND`},
		{"leaders of a place", nil, "县领导沈知秋、李牧原参加活动。肇江市领导岳平、白鹤年到青石县调研。", `
			沈知秋|县领导||ATTEND
			李牧原|县领导||ATTEND
			岳平|肇江市领导||INSPECT
			白鹤年|肇江市领导||INSPECT`},
		{"leaders of a government", nil, "县政府领导周衡主持。县四大班子领导沈知秋、李牧原、段书砚等参加义务植树活动。", `
			周衡|县政府领导||CHAIR
			沈知秋|县四大班子领导||ATTEND
			李牧原|县四大班子领导||ATTEND
			段书砚|县四大班子领导||ATTEND`},
		{"representatives", nil, "学生代表王晓明发言，家长代表刘芳、教师代表陈静先后发言。", `
			王晓明|||SPEAK
			刘芳|||SPEAK
			陈静|||SPEAK`},
		{"democratic parties and firms", nil, "民盟肇江市委主委谢家麟、西门子公司首席代表韩立军、挂职副县长邱正雄出席。", `
			谢家麟|民盟肇江市委主委|中国民主同盟肇江市委员会|OTHER
			韩立军|西门子公司首席代表|西门子公司|OTHER
			邱正雄|副县长|肇江市青石县人民政府|ATTEND`},
		{"inspectors and unions", nil, "市政协二级巡视员邵长河、县总工会主席尤金花、县纪委监委派驻第二纪检监察组组长彭飞参加。", `
			邵长河|市政协二级巡视员|中国人民政治协商会议肇江市委员会|ATTEND
			尤金花|县总工会主席|肇江市青石县总工会|ATTEND
			彭飞|县纪委监委派驻第二纪检监察组组长|中共肇江市青石县纪律检查委员会|ATTEND`},
		{"arms and courts", nil, "县人武部政委田海军、团县委书记柳叶青、县法院院长郭正义、检察长冯学军、县法院三级高级法官温立德列席。", `
			田海军|县人武部政委|肇江市青石县人民武装部|ATTEND
			柳叶青|团县委书记|中国共产主义青年团肇江市青石县委员会|ATTEND
			郭正义|县法院院长|肇江市青石县人民法院|ATTEND
			冯学军|检察长|肇江市青石县人民检察院|ATTEND
			温立德|县法院三级高级法官|肇江市青石县人民法院|ATTEND`},
		{"villages", nil, "南塘社区书记尹桂兰、柳河村支书牛二宝、驻村第一书记卫星、驻村工作队长史大可参加座谈。", `
			尹桂兰|南塘社区书记||ATTEND
			牛二宝|柳河村支书||ATTEND
			卫星|驻村第一书记||ATTEND
			史大可|驻村工作队长||ATTEND`},
		{"firms in a list", nil, "出席会议的云河轴承有限公司总经理高翔、宏远集团总经理吕大山发言。", `
			高翔|云河轴承有限公司总经理|云河轴承有限公司|SPEAK
			吕大山|宏远集团总经理|宏远集团|SPEAK`},
		{"firms without names before", nil, "南塘矿业公司、宏源机电公司总经理李大有先后发言。", "李大有|宏源机电公司总经理|宏源机电公司|SPEAK"},
		{"a deputy who heads a bureau too", nil, "副市长兼公安局局长罗海山，市政府秘书长柳长青一行来县调研。", `
			罗海山|副市长兼公安局局长|肇江市公安局|INSPECT
			柳长青|市政府秘书长|肇江市人民政府|INSPECT`},
		{"ranks", nil, "少将刘大明、大校王海涛出席。", `
			刘大明|少将||ATTEND
			王海涛|大校||ATTEND`},
		{"communes and prefectures", nil, "东风公社书记李国强带领社员修渠。地委书记任建新来县视察。地委书记处书记杨杰陪同。", `
			李国强|东风公社书记||LEAD
			任建新|地委书记||INSPECT
			杨杰|地委书记处书记||ACCOMPANY`},
		{"the headquarters named before", nil, "县防汛抗旱指挥部召开会议。指挥长李砚舟主持，副指挥长覃怀远参会。", `
			李砚舟|指挥长|肇江市青石县防汛抗旱指挥部|CHAIR
			覃怀远|副指挥长|肇江市青石县防汛抗旱指挥部|ATTEND`},
		{"behind 有", nil, "参加会议的县领导有沈知秋、李牧原。", `
			沈知秋|县领导||ATTEND
			李牧原|县领导||ATTEND`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if tt.region == nil {
				tt.region = []string{"广东省", "肇江市", "青石县"}
			}
			checkPeople(t, jurisdiction(tt.region...), tt.body, tt.want)
		})
	}
}
