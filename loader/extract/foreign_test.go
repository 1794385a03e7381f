package extract_test

import "testing"

// Names that are longer than three characters, and surnames that hardly anyone bears.
func TestNamesOfOtherLanguages(t *testing.T) {
	for _, tt := range []struct {
		name   string
		region []string // nil: 湖北省沙河市青石县
		body   string
		want   string
	}{
		{"Mongolian", []string{"内蒙古自治区", "青原盟", "赛罕旗"}, "旗委书记苏日勒和克主持会议，旗长哈斯巴根、副旗长才让东珠出席，旗委副书记敖特根巴雅尔到苏木调研。", `
			苏日勒和克|旗委书记|中共青原盟赛罕旗委员会|CHAIR
			哈斯巴根|旗长|青原盟赛罕旗人民政府|ATTEND
			才让东珠|副旗长|青原盟赛罕旗人民政府|ATTEND
			敖特根巴雅尔|旗委副书记|中共青原盟赛罕旗委员会|INSPECT`},
		{"Mongolian, with a dot", []string{"内蒙古自治区", "青原盟", "赛罕旗"}, "盟委副书记、盟长包·苏雅拉图一行到赛罕旗调研，旗人大常委会主任额尔敦达来陪同。", `
			包·苏雅拉图|盟委副书记、盟长|青原盟行政公署|INSPECT
			额尔敦达来|旗人大常委会主任|青原盟赛罕旗人民代表大会常务委员会|ACCOMPANY`},
		{"Yi", []string{"四川省", "凉山彝族自治州", "青石县"}, "县委书记沙马拉毅出席会议，州委常委吉克木呷讲话，副县长阿苏伍合、俄木阿依陪同。", `
			沙马拉毅|县委书记|中共凉山彝族自治州青石县委员会|ATTEND
			吉克木呷|州委常委|中共凉山彝族自治州委员会|SPEAK
			阿苏伍合|副县长|凉山彝族自治州青石县人民政府|ACCOMPANY
			俄木阿依|副县长|凉山彝族自治州青石县人民政府|ACCOMPANY`},
		{"Yi beside Han", []string{"四川省", "凉山彝族自治州", "青石县"}, "县委副书记、县长曲比石哈，副县长吉狄马加、王晓东、白玛次仁、邓明参加会议。", `
			曲比石哈|县委副书记、县长|凉山彝族自治州青石县人民政府|ATTEND
			吉狄马加|副县长|凉山彝族自治州青石县人民政府|ATTEND
			王晓东|副县长|凉山彝族自治州青石县人民政府|ATTEND
			白玛次仁|副县长|凉山彝族自治州青石县人民政府|ATTEND
			邓明|副县长|凉山彝族自治州青石县人民政府|ATTEND`},
		{"Tibetan", []string{"西藏自治区", "拉雪市", "青石县"}, "县委书记白玛次仁主持，县长扎西顿珠、副县长次仁旺姆、洛桑、达瓦出席。", `
			白玛次仁|县委书记|中共拉雪市青石县委员会|CHAIR
			扎西顿珠|县长|拉雪市青石县人民政府|ATTEND
			次仁旺姆|副县长|拉雪市青石县人民政府|ATTEND
			洛桑|副县长|拉雪市青石县人民政府|ATTEND
			达瓦|副县长|拉雪市青石县人民政府|ATTEND`},
		{"elsewhere too", []string{"湖南省", "湘江市", "青石县"}, "副县长阿不都热依木、泽仁卓玛带队检查。", `
			阿不都热依木|副县长|湘江市青石县人民政府|LEAD INSPECT
			泽仁卓玛|副县长|湘江市青石县人民政府|LEAD INSPECT`},
		{"bare, with a note", []string{"湖南省", "湘江市", "青石县"}, "吉克阿依（女，彝族）获“全国五一巾帼标兵”称号。", "吉克阿依|||SUBJECT"},
		{"rare surnames", nil, "副县长庆丰收、冒辟疆、奉天成、撒贝宁、王五岳参加会议。", `
			庆丰收|副县长|沙河市青石县人民政府|ATTEND
			冒辟疆|副县长|沙河市青石县人民政府|ATTEND
			奉天成|副县长|沙河市青石县人民政府|ATTEND
			撒贝宁|副县长|沙河市青石县人民政府|ATTEND
			王五岳|副县长|沙河市青石县人民政府|ATTEND`},
		{"one that cannot be read", nil, "县政协副主席庆 某、冒小山、奉国明、撒贝林，秘书长寇准出席会议。", `
			冒小山|县政协副主席|中国人民政治协商会议沙河市青石县委员会|ATTEND
			奉国明|县政协副主席|中国人民政治协商会议沙河市青石县委员会|ATTEND
			撒贝林|县政协副主席|中国人民政治协商会议沙河市青石县委员会|ATTEND
			寇准|秘书长|中国人民政治协商会议沙河市青石县委员会|ATTEND`},
		{"names that are words of the genre", nil, "县人大常委会副主任黄立、庆云飞、祝一行参加。", `
			黄立|县人大常委会副主任|沙河市青石县人民代表大会常务委员会|ATTEND
			庆云飞|县人大常委会副主任|沙河市青石县人民代表大会常务委员会|ATTEND
			祝一行|县人大常委会副主任|沙河市青石县人民代表大会常务委员会|ATTEND`},
		{"Tibetan names of two characters", []string{"青海省", "海南藏族自治州", "青石县"}, "州委书记尕玛朋措到青石县调研，副县长多杰、索南多杰、卓玛措陪同。", `
			尕玛朋措|州委书记|中共海南藏族自治州委员会|INSPECT
			多杰|副县长|海南藏族自治州青石县人民政府|ACCOMPANY
			索南多杰|副县长|海南藏族自治州青石县人民政府|ACCOMPANY
			卓玛措|副县长|海南藏族自治州青石县人民政府|ACCOMPANY`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if tt.region == nil {
				tt.region = []string{"湖北省", "沙河市", "青石县"}
			}
			checkPeople(t, jurisdiction(tt.region...), tt.body, tt.want)
		})
	}
}
