package extract_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestRoles(t *testing.T) {
	for _, tt := range []struct{ name, body, want string }{
		{"all that the text shows, in the contract's order", "区长沈知秋出席会议并讲话，随后到工地检查。", "沈知秋|区长|澜州市云河区人民政府|SPEAK INSPECT ATTEND"},
		{"each its own verb", "区委书记沈知秋讲话，区长李牧原主持，副区长顾怀瑾宣读方案。", `
			沈知秋|区委书记|中共澜州市云河区委员会|SPEAK
			李牧原|区长|澜州市云河区人民政府|CHAIR
			顾怀瑾|副区长|澜州市云河区人民政府|OTHER`},
		{"the list shares its verb across semicolons", "区长沈知秋；副区长顾怀瑾；各街道负责人共同出席会议。", `
			沈知秋|区长|澜州市云河区人民政府|ATTEND
			顾怀瑾|副区长|澜州市云河区人民政府|ATTEND`},
		{"hosts and guests", "市长岳平一行到我区调研，区长李牧原、区水利局局长何清陪同调研。", `
			岳平|市长|澜州市人民政府|INSPECT
			李牧原|区长|澜州市云河区人民政府|ACCOMPANY
			何清|区水利局局长|澜州市云河区水利局|ACCOMPANY`},
		{"accompanied by", "市长岳平在区长李牧原、副区长顾怀瑾陪同下，到医院检查工作。", `
			岳平|市长|澜州市人民政府|INSPECT
			李牧原|区长|澜州市云河区人民政府|ACCOMPANY
			顾怀瑾|副区长|澜州市云河区人民政府|ACCOMPANY`},
		{"accompanied by, first", "在区长李牧原的陪同下，市长岳平到医院检查工作。", `
			李牧原|区长|澜州市云河区人民政府|ACCOMPANY
			岳平|市长|澜州市人民政府|INSPECT`},
		{"a noun is no verb", "区长李牧原带领考察团出行，与督导组座谈，学习讲话精神。", "李牧原|区长|澜州市云河区人民政府|LEAD"},
		{"a lecture has a theme", "教授段鸿轩以“家风”为题，带领听众重温经典。", "段鸿轩|教授||LECTURE"},
		{"what an expert says is the lecture", "区农业技术推广中心高级农艺师耿麦生向农户讲解浇水要领。", "耿麦生|区农业技术推广中心高级农艺师|澜州市云河区农业技术推广中心|LECTURE"},
		{"who attended another's task", "区长李牧原参加调研座谈会。", "李牧原|区长|澜州市云河区人民政府|ATTEND"},
		{"another subject", "区长李牧原汇报工作，区档案馆、区史志办参加。", "李牧原|区长|澜州市云河区人民政府|OTHER"},
		{"receives", "区长李牧原会见客商。", "李牧原|区长|澜州市云河区人民政府|HOST"},
		{"instructions carried out", "落实副省长费长亭在全省视频会议上的讲话要求，开展整治。", "费长亭|副省长|河南省人民政府|MENTIONED"},
		{"by his proposal", "根据区长李牧原的提请，会议任命方砚清为区教育局局长。", `
			李牧原|区长|澜州市云河区人民政府|MENTIONED
			方砚清|区教育局局长|澜州市云河区教育局|SUBJECT`},
		{"honoured", "会议表彰“十佳青年”张志远、李秀英等10人。", "张志远|||MENTIONED\n李秀英|||MENTIONED"},
		{"dead", "老党员马德福在医院逝世，享年102岁。", "马德福|||SUBJECT"},
		{"visited", "区长李牧原来到老人周婉贞家中。", `
			李牧原|区长|澜州市云河区人民政府|OTHER
			周婉贞|||OTHER`},
	} {
		t.Run(tt.name, func(t *testing.T) { checkPeople(t, yunhe, tt.body, tt.want) })
	}
}

// Who is only named in a speech is not there; the speech ends where the story goes on.
func TestSpeeches(t *testing.T) {
	e := fill("区长李牧原指出，要向孟长河学习，区民政局要跟进。会后，区财政局参加座谈。", "区教育局局长孟长河参加。")[0]
	if diff := cmp.Diff([]string{"李牧原|区长|澜州市云河区人民政府|SPEAK", "孟长河|||MENTIONED"}, people(e)); diff != "" {
		t.Errorf("officials (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"澜州市云河区财政局|GOVERNMENT|PARTICIPANT"}, organs(e)); diff != "" {
		t.Errorf("departments (-want +got):\n%s", diff)
	}
	for body, want := range map[string]int{
		"根据区长李牧原的要求，区民政局开展走访。":       1,
		"区长李牧原就具体工作提出要求，区民政局参加会议。":   1,
		"区长李牧原就具体工作提出要求：区民政局要参加会议。":  0,
		"会议强调，区民政局要加强走访。\n区财政局参加。":   1,
		"区长李牧原说，要走访；区民政局局长何清说，一定走访。": 1,
	} {
		if got := len(fill(body)[0].Departments); got != want {
			t.Errorf("Fill(%q) found %d organs, want %d", body, got, want)
		}
	}
}
