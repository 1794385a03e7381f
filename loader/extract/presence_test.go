package extract_test

import "testing"

// Who is there, who accompanies, whom the act concerns.
func TestPresence(t *testing.T) {
	for _, tt := range []struct {
		name   string
		region []string // nil: 广东省肇江市青石县
		body   string
		want   string
	}{
		{"welcomed is there", nil, "县长李牧原对客商林文龙一行表示热烈欢迎。", `
			李牧原|县长|肇江市青石县人民政府|OTHER
			林文龙|||OTHER`},
		{"received is there", nil, "县长李牧原会见肇江商会会长霍英才一行。", `
			李牧原|县长|肇江市青石县人民政府|HOST
			霍英才|肇江商会会长|肇江商会|OTHER`},
		{"accompanied by", nil, "市长岳平到青石县视察，由县委书记沈知秋陪同。", `
			岳平|市长|肇江市人民政府|INSPECT
			沈知秋|县委书记|中共肇江市青石县委员会|ACCOMPANY`},
		{"accompanied by, first", nil, "在县委书记沈知秋陪同下，省长费长亭视察了白塘镇。", `
			沈知秋|县委书记|中共肇江市青石县委员会|ACCOMPANY
			费长亭|省长|广东省人民政府|INSPECT`},
		{"each has a verb", nil, "会议由县长李牧原主持，县委副书记周衡、副县长贺小满出席，县委书记沈知秋讲话。", `
			李牧原|县长|肇江市青石县人民政府|CHAIR
			周衡|县委副书记|中共肇江市青石县委员会|ATTEND
			贺小满|副县长|肇江市青石县人民政府|ATTEND
			沈知秋|县委书记|中共肇江市青石县委员会|SPEAK`},
		{"disciplined", nil, "县政协主席白玉堂因严重违纪被开除党籍。县财政局原局长钱多多接受纪律审查。县纪委通报：给予县住建局副局长牛得草党内严重警告处分。", `
			白玉堂|县政协主席|中国人民政治协商会议肇江市青石县委员会|SUBJECT
			钱多多|县财政局原局长|肇江市青石县财政局|SUBJECT
			牛得草|县住建局副局长|肇江市青石县住房和城乡建设局|SUBJECT`},
		{"dead", nil, "县人大常委会原副主任郭老石因病逝世，享年80岁。", "郭老石|县人大常委会原副主任|肇江市青石县人民代表大会常务委员会|SUBJECT"},
		{"mourned", nil, "县委书记沈知秋参加老红军黎大柱的追悼会。", `
			沈知秋|县委书记|中共肇江市青石县委员会|ATTEND
			黎大柱|||SUBJECT`},
		{"visits", nil, "副省长柳林莅临我县指导工作。", "柳林|副省长|广东省人民政府|INSPECT"},
		{"together", nil, "县长李牧原、副县长周衡一同调研。", `
			李牧原|县长|肇江市青石县人民政府|INSPECT ATTEND
			周衡|副县长|肇江市青石县人民政府|INSPECT ATTEND`},
		{"for another", nil, "受县长李牧原委托，副县长周衡看望老教师谭文。", `
			李牧原|县长|肇江市青石县人民政府|MENTIONED
			周衡|副县长|肇江市青石县人民政府|INSPECT
			谭文|||OTHER`},
		{"a report with a title", nil, "县委书记沈知秋作了题为《抢抓机遇 加快发展》的报告，县长李牧原就《建议》作说明。", `
			沈知秋|县委书记|中共肇江市青石县委员会|SPEAK
			李牧原|县长|肇江市青石县人民政府|SPEAK`},
		{"a hero who is told of", nil, "东庄村党支部书记史来贺事迹报告会举行。", "史来贺|东庄村党支部书记|东庄村党支部|MENTIONED"},
		{"a list with its verb before it", nil, "出席开幕式的领导有省委常委刘长江，市委书记岳平，县委书记沈知秋。5月2日，参加会议的县领导有沈知秋、李牧原。", `
			刘长江|省委常委|中共广东省委员会|ATTEND
			岳平|市委书记|中共肇江市委员会|ATTEND
			沈知秋|县委书记、县领导|中共肇江市青石县委员会|ATTEND
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
