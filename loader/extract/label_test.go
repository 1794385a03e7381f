package extract_test

import "testing"

// Notices and minutes name people behind labels, bare or with posts.
func TestLabels(t *testing.T) {
	region := jurisdiction("广东省", "肇江市", "青石县")
	for _, tt := range []struct{ name, body, want string }{
		{"who was there", "参加领导：沈知秋、李牧原、周衡。\n列席：贺小满", `
			沈知秋|||ATTEND
			李牧原|||ATTEND
			周衡|||ATTEND
			贺小满|||ATTEND`},
		{"with posts among bare names", "出席领导：沈知秋、李牧原、县教育局局长何清", `
			沈知秋|||ATTEND
			李牧原|||ATTEND
			何清|县教育局局长|肇江市青石县教育局|ATTEND`},
		{"the chair is no post", "时间：9月3日上午9时\n主 持 人：王　珂\n参会领导：沈知秋 周衡等", `
			王珂|||CHAIR
			沈知秋|||ATTEND
			周衡|||ATTEND`},
		{"two on a line", "主持：李牧原　讲话人：沈知秋", `
			李牧原|||CHAIR
			沈知秋|||SPEAK`},
		{"guides and heads", "带队领导：贺小满\n陪同人员：周衡、段书砚", `
			贺小满|||LEAD
			周衡|||ACCOMPANY
			段书砚|||ACCOMPANY`},
		{"a note holds the post", "主讲人：段书砚（省委党校教授）", "段书砚|省委党校教授|中共广东省委员会党校|LECTURE"},
		{"not there", "出席：沈知秋\n请假：周衡", `
			沈知秋|||ATTEND
			周衡|||MENTIONED`},
		{"a post keeps its organ", "出席人员：县长李牧原，县政府办公室主任何清", `
			李牧原|县长|肇江市青石县人民政府|ATTEND
			何清|县政府办公室主任|肇江市青石县人民政府办公室|ATTEND`},
		{"no people", "参会人员：全体干部职工、离退休干部、村民代表。\n主持：团县委\n讲话：不忘初心，牢记使命\n出席：全体委员\n发言：先进单位代表", ""},
		{"the list ends with its sentence", "参加领导：沈知秋。县教育局局长何清讲话。", `
			沈知秋|||ATTEND
			何清|县教育局局长|肇江市青石县教育局|SPEAK`},
	} {
		t.Run(tt.name, func(t *testing.T) { checkPeople(t, region, tt.body, tt.want) })
	}
}

// Lists of appointments below a line that says which way the posts go.
func TestAppointmentFrames(t *testing.T) {
	region := jurisdiction("广东省", "肇江市", "青石县")
	for _, tt := range []struct{ name, body, want string }{
		{"given and taken, without commas", "任命：\n林远舟为青石县教育局局长\n免去：\n何清的青石县教育局局长职务\n段书砚青石县财政局副局长职务", `
			林远舟|青石县教育局局长|肇江市青石县教育局|SUBJECT
			何清|青石县教育局局长|肇江市青石县教育局|SUBJECT
			段书砚|青石县财政局副局长|肇江市青石县财政局|SUBJECT`},
		{"set apart by spaces", "一、任：\n林远舟  县教育局局长\n王　珂  县水利局局长\n二、免：\n何清  县教育局局长", `
			林远舟|县教育局局长|肇江市青石县教育局|SUBJECT
			王珂|县水利局局长|肇江市青石县水利局|SUBJECT
			何清|县教育局局长|肇江市青石县教育局|SUBJECT`},
		{"numbered", "决定免去：\n1.何清县教育局局长职务\n2.段书砚县水利局局长职务", `
			何清|县教育局局长|肇江市青石县教育局|SUBJECT
			段书砚|县水利局局长|肇江市青石县水利局|SUBJECT`},
		{"posts first", "决定任命：\n县教育局局长：林远舟\n县水利局局长：王珂", `
			林远舟|县教育局局长|肇江市青石县教育局|SUBJECT
			王珂|县水利局局长|肇江市青石县水利局|SUBJECT`},
		{"courts", "任命名单\n林远舟为县人民法院审判员\n周衡为县人民法院民一庭庭长", `
			林远舟|县人民法院审判员|肇江市青石县人民法院|SUBJECT
			周衡|县人民法院民一庭庭长|肇江市青石县人民法院|SUBJECT`},
		{"the list ends", "任命如下：\n林远舟同志任县教育局局长；\n会议强调：\n县长李牧原出席会议并讲话。", `
			林远舟|县教育局局长|肇江市青石县教育局|SUBJECT
			李牧原|县长|肇江市青石县人民政府|SPEAK ATTEND`},
		{"a sentence is no item", "任命：\n县长李牧原出席会议。", "李牧原|县长|肇江市青石县人民政府|ATTEND"},
		{"who takes over", "县长一职由谢家麟继任。", "谢家麟|县长|肇江市青石县人民政府|SUBJECT"},
		{"and loses another, in one sentence", "沈知秋任肇江市人大常委会副主任，不再担任青石县委书记。", "沈知秋|肇江市人大常委会副主任|肇江市人民代表大会常务委员会|SUBJECT"},
	} {
		t.Run(tt.name, func(t *testing.T) { checkPeople(t, region, tt.body, tt.want) })
	}
}

// The organs of posts that the text writes without one.
func TestOrgansOfBarePosts(t *testing.T) {
	region := jurisdiction("广东省", "肇江市", "青石县")
	for _, tt := range []struct{ name, body, want string }{
		{"visitors led by their own secretary", "四川省德阳市罗江区党政考察团一行18人在区委书记费长亭带领下，到我县考察茶叶产业，县长李牧原陪同。", `
			费长亭|区委书记|中共德阳市罗江区委员会|LEAD
			李牧原|县长|肇江市青石县人民政府|ACCOMPANY`},
		{"visitors of the same level", "湖南省株洲市炎陵县党政代表团一行来我县考察，县委书记罗志明带队，县委副书记周衡陪同。", `
			罗志明|县委书记|中共株洲市炎陵县委员会|LEAD
			周衡|县委副书记|中共肇江市青石县委员会|ACCOMPANY`},
		{"hosts of visitors", "惠州市博罗县党政代表团由县委副书记、县长温向东率队到青石考察，县长李牧原接待。", `
			温向东|县委副书记、县长|惠州市博罗县人民政府|LEAD INSPECT
			李牧原|县长|肇江市青石县人民政府|HOST`},
		{"the firm of the sentence before", "南塘电力有限公司投资9.2亿元的风电项目并网发电。董事长高翔、副县长周衡出席并网仪式。", `
			高翔|董事长|南塘电力有限公司|ATTEND
			周衡|副县长|肇江市青石县人民政府|ATTEND`},
		{"one of two firms", "南塘电力有限公司、云岭钢铁有限公司投产。董事长高翔出席。", "高翔|董事长||ATTEND"},
		{"the league's congress", "共青团青石县第十九次代表大会召开，选举产生新一届团县委班子，林远舟当选书记，段书砚、贺小满当选副书记。", `
			林远舟|书记|中国共产主义青年团肇江市青石县委员会|SUBJECT
			段书砚|副书记|中国共产主义青年团肇江市青石县委员会|SUBJECT
			贺小满|副书记|中国共产主义青年团肇江市青石县委员会|SUBJECT`},
		{"the party's congress and its plenary session", "中国共产党青石县第十次代表大会召开。县委十届一次全会选举沈知秋为书记，李牧原为副书记。", `
			沈知秋|书记|中共肇江市青石县委员会|SUBJECT
			李牧原|副书记|中共肇江市青石县委员会|SUBJECT`},
		{"the division of a department that leads", "省农业厅检查组一行5人，在种植业处处长费长亭带领下，到青石检查。", "费长亭|种植业处处长|广东省农业厅|LEAD"},
		{"joined by 及", "副市长罗海山及沈知秋、李牧原陪同调研。", `
			罗海山|副市长|肇江市人民政府|ACCOMPANY
			沈知秋|||ACCOMPANY
			李牧原|||ACCOMPANY`},
	} {
		t.Run(tt.name, func(t *testing.T) { checkPeople(t, region, tt.body, tt.want) })
	}
}
