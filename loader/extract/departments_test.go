package extract_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fangzhi/loader/extract"
	"fangzhi/loader/reading"
)

// P1 to P18 are the cases of genre.md §8.
func TestDepartments(t *testing.T) {
	for _, tt := range []struct{ name, body, want string }{
		{"P1", "区纪委召开全会。", "中共澜州市云河区纪律检查委员会|PARTY|HOST"},
		{"P2 one organ in two spellings", "区卫健委、云河区卫生健康委联合开展义诊。", "澜州市云河区卫生健康委员会|GOVERNMENT|HOST"},
		{"P3 the province's", "省卫健委举办培训班。", "河南省卫生健康委员会|GOVERNMENT|HOST"},
		{"P4 two plates", "区政务办（大数据局）召开会议。", "澜州市云河区政务服务管理办公室|GOVERNMENT|HOST"},
		{"P5 a collective", "两办印发通知。", "两办|GROUP|ISSUER"},
		{"P6 party branch and committee of villages", "街道指导村（社区）“两委”换届。", "村（社区）“两委”|GROUP|PARTICIPANT"},
		{"P7 hosts, organizers, co-organizers", "由区委、区政府主办，区委宣传部、区教育局承办，区文化馆协办的戏曲节开幕。", `
			中共澜州市云河区委员会|PARTY|HOST
			澜州市云河区人民政府|GOVERNMENT|HOST
			中共澜州市云河区委员会宣传部|PARTY|ORGANIZER
			澜州市云河区教育局|GOVERNMENT|ORGANIZER
			澜州市云河区文化馆|INSTITUTION|CO_ORGANIZER`},
		{"P8 under guidance, together with", "在市禁毒办、区委政法委指导下，丰登路办事处联合晨曦社工开展宣传。", `
			澜州市禁毒委员会办公室|TEMPORARY|GUIDE
			中共澜州市云河区委员会政法委员会|PARTY|GUIDE
			澜州市云河区人民政府丰登路街道办事处|SUBDISTRICT|HOST
			晨曦社工|OTHER|CO_ORGANIZER`},
		{"P9 an ending shared by two streets", "青山街道党工委、柳湖街道和桐花西路街道人大工委负责人作交流发言。", `
			中共澜州市云河区委员会青山街道工作委员会|SUBDISTRICT|PARTICIPANT
			澜州市云河区人民代表大会常务委员会柳湖街道工作委员会|CONGRESS|PARTICIPANT
			澜州市云河区人民代表大会常务委员会桐花西路街道工作委员会|CONGRESS|PARTICIPANT`},
		{"P10 a number of units", "12家联审单位参加，15家爱心企业、28所中小学响应。", ""},
		{"P11 numbered schools", "第二十五中学、第25中学、25中的学生参加，澜州市第二十五中学升旗。", "澜州市第二十五中学|SCHOOL|PARTICIPANT"},
		{"P12 the youth league", "共青团云河区委、团区委联合举办活动。", "中国共产主义青年团澜州市云河区委员会|MASS|HOST"},
		{"P13 tax offices before and after", "1998年区国税局搬迁，2020年区税务局搬迁。", `
			澜州市云河区国家税务局|GOVERNMENT|PARTICIPANT
			国家税务总局澜州市云河区税务局|GOVERNMENT|PARTICIPANT`},
		{"P15 only in a speech", "李牧原指出，街道要指导社区，区民政局要做好保障。", ""},
		{"P16 one organ, once", "区统计局及统计局分管负责人参加会议。", "澜州市云河区统计局|GOVERNMENT|PARTICIPANT"},
		{"P17 a meeting's name", "会议传达学习了省委、市委人大工作会议精神。", `
			中共河南省委员会|PARTY|MENTIONED
			中共澜州市委员会|PARTY|MENTIONED`},
		{"P18 honoured", "会议表彰了区教育局等16个爱心单位；澜州嘉德置业有限公司等15家企业。", `
			澜州市云河区教育局|GOVERNMENT|AWARDED
			澜州嘉德置业有限公司|ENTERPRISE|AWARDED`},
		{"a one-word post holds its organ", "区委书记沈知秋、区长李牧原、市委常委江枫参加。", ""},
		{"an organ that a post can be parted from", "区委组织部副部长毕升、区政府党组成员于海参加。", `
			中共澜州市云河区委员会组织部|PARTY|PARTICIPANT
			澜州市云河区人民政府|GOVERNMENT|PARTICIPANT`},
		{"inspected; who inspects is the holder of the post", "市教育局局长王涛一行到区人民医院、云台小学检查工作。", `
			澜州市教育局|GOVERNMENT|PARTICIPANT
			澜州市云河区人民医院|HOSPITAL|INSPECTED
			云台小学|SCHOOL|INSPECTED`},
		{"of those appointed", "任命林远舟为区教育局局长。", "澜州市云河区教育局|GOVERNMENT|MENTIONED"},
		{"its own meeting", "3月1日，区委政法工作会议在会议中心召开。", "中共澜州市云河区委员会|PARTY|HOST"},
		{"sent to another's event", "3月1日，柳湖街道办事处举办运动会，区妇联组织80个家庭参加。", `
			澜州市云河区人民政府柳湖街道办事处|SUBDISTRICT|HOST
			澜州市云河区妇女联合会|MASS|PARTICIPANT`},
		{"issued a document, published a warning", "区政府发布《通告》，区气象局发布红色预警。", `
			澜州市云河区人民政府|GOVERNMENT|ISSUER
			澜州市云河区气象局|GOVERNMENT|PARTICIPANT`},
		{"branches of the city's bureaux", "公安分局、市生态环境局云河分局、交警云河大队参加。", `
			澜州市公安局云河分局|GOVERNMENT|PARTICIPANT
			澜州市生态环境局云河分局|GOVERNMENT|PARTICIPANT
			澜州市公安局交通警察支队云河大队|GOVERNMENT|PARTICIPANT`},
		{"party of democrats, congress, courts", "民盟云河区委、区十六届人大及其常委会、区法院、区检察院、区人武部参加。", `
			中国民主同盟澜州市云河区委员会|MASS|PARTICIPANT
			澜州市云河区人民代表大会常务委员会|CONGRESS|PARTICIPANT
			澜州市云河区人民法院|JUDICIAL|PARTICIPANT
			澜州市云河区人民检察院|JUDICIAL|PARTICIPANT
			澜州市云河区人民武装部|MILITARY|PARTICIPANT`},
		{"names in full", "中共云河区委员会宣传部、中国人民政治协商会议云河区委员会、国家税务总局云河区税务局参加。", `
			中共澜州市云河区委员会宣传部|PARTY|PARTICIPANT
			中国人民政治协商会议澜州市云河区委员会|CPPCC|PARTICIPANT
			国家税务总局澜州市云河区税务局|GOVERNMENT|PARTICIPANT`},
		{"what no table knows", "区城市更新中心、区民俗协会、区投资集团参加。", `
			澜州市云河区城市更新中心|INSTITUTION|PARTICIPANT
			澜州市云河区民俗协会|MASS|PARTICIPANT
			澜州市云河区投资集团|ENTERPRISE|PARTICIPANT`},
		{"words of grammar inside names", "省能源局、区应急管理中心、区对外友好协会、须河镇卫生院参加，区领导应邀到医院。", `
			河南省能源局|GOVERNMENT|PARTICIPANT
			澜州市云河区应急管理中心|INSTITUTION|PARTICIPANT
			澜州市云河区对外友好协会|MASS|PARTICIPANT
			澜州市云河区须河镇卫生院|HOSPITAL|PARTICIPANT`},
		{"zones", "区先进制造业开发区党工委书记舒望、管委会副主任覃川，经开区管委会负责人参加。", `
			澜州市云河区先进制造业开发区党工委|PARTY|PARTICIPANT
			澜州市云河区先进制造业开发区管理委员会|GOVERNMENT|PARTICIPANT
			澜州市云河区经开区管理委员会|GOVERNMENT|PARTICIPANT`},
		{"banks and the grid", "中国农业银行云河区支行、国网云河区供电公司、爱心企业澜州百盛商贸有限公司参加。", `
			中国农业银行云河区支行|ENTERPRISE|PARTICIPANT
			国网澜州市云河区供电公司|ENTERPRISE|PARTICIPANT
			澜州百盛商贸有限公司|ENTERPRISE|PARTICIPANT`},
		{"who receives hosts nothing", "3月1日，区第三小学接受企业捐赠。", "澜州市云河区第三小学|SCHOOL|PARTICIPANT"},
		{"a level right behind a verb", "全区召开大会，联合区教育局部署。", "澜州市云河区教育局|GOVERNMENT|CO_ORGANIZER"},
		{"a meeting is no organ", "李牧原主持召开区委常委会会议。", ""},
		{"the owner of a place", "大会在区委会议室、区政务中心广场举行。", ""},
		{"armed police as they are written", "武警澜州支队云河中队参加抢险。", "武警澜州支队云河中队|MILITARY|PARTICIPANT"},
		{"a health centre that kept its town's name", "检查组检查白塘镇卫生院。", "澜州市云河区白塘镇卫生院|HOSPITAL|INSPECTED"},
		{"words with a level's character", "全区社区居民、城市市民、辖区商户、小区物业、乡村医生、市场主体、返乡大学生创办企业，区里支持。", ""},
		{"half a word", "由市委托第三方办理，区政府办理建议，群众少跑医院、多读书，一台联合收割机作业。", "澜州市云河区人民政府|GOVERNMENT|PARTICIPANT"},
		{"a company in brief", "河南云岭轴承有限公司投产，与会人员参观云岭轴承公司。", "河南云岭轴承有限公司|ENTERPRISE|PARTICIPANT"},
		{"a school in brief", "检查组检查云河区槐荫小学食堂，在槐荫小学座谈。", "澜州市云河区槐荫小学|SCHOOL|INSPECTED"},
		{"a task force in brief", "区重点项目建设工作专班、区项目专班参加。", "澜州市云河区重点项目建设工作专班|TEMPORARY|PARTICIPANT"},
		{"defined by the text", "区民俗文化保护协会（以下简称“民保会”）成立，民保会参加演出。", "澜州市云河区民俗文化保护协会|MASS|HOST"},
		{"the street last named", "柳湖街道党工委书记丁松参加，街道办事处主任叶舟陪同。", `
			中共澜州市云河区委员会柳湖街道工作委员会|SUBDISTRICT|PARTICIPANT
			澜州市云河区人民政府柳湖街道办事处|SUBDISTRICT|PARTICIPANT`},
		{"two streets leave it open", "青石桥街道办事处、柳湖街道办接受检查，街道党工委书记丁松陪同。", `
			澜州市云河区人民政府青石桥街道办事处|SUBDISTRICT|PARTICIPANT
			澜州市云河区人民政府柳湖街道办事处|SUBDISTRICT|PARTICIPANT`},
	} {
		t.Run(tt.name, func(t *testing.T) { checkOrgans(t, yunhe, tt.body, tt.want) })
	}
}

// Plates of one body are one organ, in whichever article one of them stands alone.
func TestPlates(t *testing.T) {
	events := fill("区政务办（大数据局）召开会议。", "区大数据管理局参加，区政务办参加。")
	for _, e := range events {
		if len(e.Departments) != 1 || e.Departments[0].Name != "澜州市云河区大数据管理局" || !slices.Equal(e.Departments[0].Plates, []string{"澜州市云河区政务服务管理办公室"}) {
			t.Errorf("Fill(%q) found %v, want one organ with a second plate", e.Body, organs(e))
		}
	}
	if d := fill("区纪委监委通报案件。")[0].Departments; len(d) != 1 || !slices.Equal(d[0].Plates, []string{"澜州市云河区监察委员会"}) {
		t.Errorf("区纪委监委: %v, want the supervisory committee as plate", d)
	}
}

func TestSuccession(t *testing.T) {
	for _, tt := range []struct{ body, successor, predecessor string }{
		{"区国税局搬迁。", "国家税务总局澜州市云河区税务局", ""},
		{"区税务局搬迁。", "", "澜州市云河区地方税务局"},
		{"区卫计委搬迁。", "澜州市云河区卫生健康委员会", "澜州市云河区卫生局"},
		{"区扶贫办搬迁。", "澜州市云河区乡村振兴局", ""},
		{"区环保局搬迁。", "澜州市生态环境局云河分局", ""},
		{"区民政局搬迁。", "", ""},
	} {
		d := fill(tt.body)[0].Departments
		if len(d) != 1 {
			t.Errorf("Fill(%q) found %d organs, want one", tt.body, len(d))
			continue
		}
		if tt.successor != "" && !slices.Contains(d[0].Successors, tt.successor) || tt.successor == "" && d[0].Successors != nil {
			t.Errorf("Fill(%q): successors %q, want %q", tt.body, d[0].Successors, tt.successor)
		}
		if tt.predecessor != "" && !slices.Contains(d[0].Predecessors, tt.predecessor) {
			t.Errorf("Fill(%q): predecessors %q, want %q", tt.body, d[0].Predecessors, tt.predecessor)
		}
	}
}

func TestParents(t *testing.T) {
	for body, parent := range map[string]string{
		"区委宣传部参加。":   "中共澜州市云河区委员会",
		"区教育局参加。":    "澜州市云河区人民政府",
		"柳湖街道办事处参加。": "澜州市云河区人民政府",
		"柳湖街道党工委参加。": "中共澜州市云河区委员会",
		"区人大常委会参加。":  "澜州市云河区人民代表大会",
		"公安分局参加。":    "澜州市公安局",
		"丰登路派出所参加。":  "澜州市公安局云河分局",
		"区税务局参加。":    "",
		"区委参加。":      "",
	} {
		d := fill(body)[0].Departments
		if len(d) != 1 {
			t.Errorf("Fill(%q) found %d organs, want one", body, len(d))
			continue
		}
		got := ""
		if d[0].Parent != nil {
			got = d[0].Parent.Name
		}
		if got != parent {
			t.Errorf("Fill(%q): parent %q, want %q", body, got, parent)
		}
	}
}

// A surface is what means the organ everywhere in a document of the jurisdiction, not 宣传部 or 街道.
func TestSurfaces(t *testing.T) {
	for body, want := range map[string][]string{
		"区卫健委、云河区卫生健康委员会参加。": {"区卫健委", "云河区卫生健康委员会"},
		"区委常委、宣传部部长沈知秋参加。":   nil,
		"柳湖街道办事处主任叶舟参加。":     {"柳湖街道办事处"},
	} {
		d := fill(body)[0].Departments
		if len(d) != 1 {
			t.Errorf("Fill(%q) found %d organs, want one", body, len(d))
			continue
		}
		if diff := cmp.Diff(want, d[0].Surfaces); diff != "" {
			t.Errorf("Fill(%q): surfaces (-want +got):\n%s", body, diff)
		}
	}
}

// Whose 区委 it is, in documents of other levels and of unknown ones.
func TestJurisdictions(t *testing.T) {
	banner := jurisdiction("内蒙古自治区", "青原盟", "赛罕旗")
	prefecture := jurisdiction("湖北省", "清江自治州", "石桥县")
	city := jurisdiction("浙江省", "临海州市", "剑溪市")
	town := jurisdiction("河南省", "澜州市", "青岚县", "北塘镇")
	for _, tt := range []struct {
		name       string
		region     reading.Jurisdiction
		body, want string
	}{
		{"a county", jurisdiction("河南省", "澜州市", "青岚县"), "县委书记陆行简、县长温庭之、市长马知行在县医院。", `
			陆行简|县委书记|中共澜州市青岚县委员会|OTHER
			温庭之|县长|澜州市青岚县人民政府|OTHER
			马知行|市长|澜州市人民政府|OTHER`},
		{"a banner", banner, "盟委委员、副盟长苏和，旗委书记巴特尔，旗长乌云其木格陪同。", `
			苏和|盟委委员、副盟长|青原盟行政公署|ACCOMPANY
			巴特尔|旗委书记|中共青原盟赛罕旗委员会|ACCOMPANY
			乌云其木格|旗长|青原盟赛罕旗人民政府|ACCOMPANY`},
		{"of an autonomous region", banner, "自治区农牧厅副厅长郭占江参加。", "郭占江|自治区农牧厅副厅长|内蒙古自治区农牧厅|ATTEND"},
		{"a prefecture", prefecture, "州委副书记、州长向大海，县委书记田野青参加。", `
			向大海|州委副书记、州长|清江自治州人民政府|ATTEND
			田野青|县委书记|中共清江自治州石桥县委员会|ATTEND`},
		{"a city of a county's rank", city, "市委书记钟离雪、市长公孙策参加，临海州市委副书记上官婉陪同。", `
			钟离雪|市委书记|中共临海州市剑溪市委员会|ATTEND
			公孙策|市长|临海州市剑溪市人民政府|ATTEND
			上官婉|临海州市委副书记|中共临海州市委员会|ACCOMPANY`},
		{"a town", town, "镇党委书记叶知秋、镇长罗一舟、县水利局局长余清波参加。", `
			叶知秋|镇党委书记|中共澜州市青岚县北塘镇委员会|ATTEND
			罗一舟|镇长|澜州市青岚县北塘镇人民政府|ATTEND
			余清波|县水利局局长|澜州市青岚县水利局|ATTEND`},
		{"a town of the county, last named", jurisdiction("河南省", "澜州市", "青岚县"), "北塘镇党委书记叶知秋主持，镇长罗一舟参加。", `
			叶知秋|北塘镇党委书记|中共澜州市青岚县北塘镇委员会|CHAIR
			罗一舟|镇长|澜州市青岚县北塘镇人民政府|ATTEND`},
		{"unknown", reading.Jurisdiction{}, "区委书记沈知秋、区长李牧原、市教育局局长王涛参加。", `
			沈知秋|区委书记|区委|ATTEND
			李牧原|区长||ATTEND
			王涛|市教育局局长|市教育局|ATTEND`},
		{"another's, by name", yunhe, "青石县教育局局长王涛参加。", "王涛|青石县教育局局长|青石县教育局|ATTEND"},
		{"no place of a verb and a level", yunhe, "会同区教育局局长王涛检查。", "王涛|区教育局局长|澜州市云河区教育局|INSPECT"},
		{"a municipality's district", jurisdictionOfMunicipality(), "区委书记甘棠参加，市应急局副局长钱程陪同。", `
			甘棠|区委书记|中共北京市西城区委员会|ATTEND
			钱程|市应急局副局长|北京市应急管理局|ACCOMPANY`},
	} {
		t.Run(tt.name, func(t *testing.T) { checkPeople(t, tt.region, tt.body, tt.want) })
	}
}

func jurisdictionOfMunicipality() reading.Jurisdiction {
	j := jurisdiction("河南省", "西城区")
	j.Chain[0].Name = "北京市"
	return j
}

// Codes let the division table tell whose organ it is.
func TestKnownDivisions(t *testing.T) {
	j := jurisdiction("河南省", "郑州市", "金水区")
	for i, code := range []string{"410000", "410100", "410105"} {
		j.Chain[i].Code = code
	}
	events := []reading.Event{{Body: "杭州市西湖区教育局局长王涛、洛阳市副市长钱程参加。"}}
	extract.Fill(j, events)
	if diff := cmp.Diff([]string{"王涛|杭州市西湖区教育局局长|杭州市西湖区教育局|ATTEND", "钱程|洛阳市副市长|洛阳市人民政府|ATTEND"}, people(events[0])); diff != "" {
		t.Errorf("officials (-want +got):\n%s", diff)
	}
	if r := events[0].Departments[0].Region; r.Key() != "330106" {
		t.Errorf("region %q of %s, want 330106", r.Key(), events[0].Departments[0].Name)
	}
}
