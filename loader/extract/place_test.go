package extract_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fangzhi/edtf"
	"fangzhi/graph"
	"fangzhi/lexicon"
	"fangzhi/loader/extract"
	"fangzhi/loader/reading"
)

// placeRegion returns the chain of a real division by its code, or 河南省澜州市云河区, which is invented, for "".
func placeRegion(t testing.TB, code string) reading.Jurisdiction {
	t.Helper()
	if code == "" {
		return reading.Jurisdiction{Chain: []reading.Place{
			{Name: "河南省", Type: graph.LocProvince, Code: "410000"}, {Name: "澜州市", Type: graph.LocCity}, {Name: "云河区", Type: graph.LocCounty},
		}}
	}
	d, ok := lexicon.DivisionByCode(code)
	if !ok {
		t.Fatalf("no division %s", code)
	}
	types := map[lexicon.Level]graph.LocationKind{
		lexicon.LevelProvince: graph.LocProvince, lexicon.LevelCity: graph.LocCity, lexicon.LevelCounty: graph.LocCounty,
	}
	var j reading.Jurisdiction
	for _, p := range d.Path() {
		j.Chain = append(j.Chain, reading.Place{Name: p.Name, Type: types[p.Level], Code: p.Code, ValidFrom: p.From, ValidTo: p.To})
	}
	return j
}

func mustPlaces(t testing.TB, region reading.Jurisdiction, year int, title, body string) []reading.Location {
	t.Helper()
	e := reading.Event{Title: title, PrintedTitle: title, Body: body}
	if year != 0 {
		e.Date.EDTF = mustDate(t, fmt.Sprintf("%04d", year))
	}
	events := []reading.Event{e}
	extract.Fill(region, events)
	return events[0].Locations
}

func mustDate(t testing.TB, s string) edtf.Date {
	t.Helper()
	d, err := edtf.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// say writes the places as "name KIND code <above the document's county>", with a star for those of the event.
func say(region reading.Jurisdiction, ls []reading.Location) string {
	var out []string
	for _, l := range ls {
		s := l.Name + " " + string(l.Type)
		if l.Code != "" {
			s += " " + l.Code
		}
		above := strings.TrimPrefix(l.Above.Name(), region.Name())
		if above != "" && above != region.Parent().Name() {
			s += " <" + above + ">"
		}
		if l.IsPlace {
			s = "*" + s
		}
		out = append(out, s)
	}
	return strings.Join(out, "; ")
}

func TestPlaces(t *testing.T) {
	for _, tt := range []struct {
		name, code string
		year       int
		title      string
		body, want string
	}{
		// genre.md §8
		{"L1 a village in its street, and an address", "", 2020, "", "12月9日，区长沈知秋到柳湖街道灯塔社区勘查改造工作。沈知秋一行前往柳溪路107号院。",
			"*灯塔社区 COMMUNITY <柳湖街道>; *柳溪路107号院 ADDRESS"},
		{"L2 a list of places, some without an ending", "", 2020, "", "区司法局在春晓公园、锦城、七一公园、云河万达、春和小区、金桥凯旋等地开展宣传活动。",
			"*春晓公园 VENUE; *锦城 VENUE; *七一公园 VENUE; *云河万达 VENUE; *春和小区 ADDRESS; *金桥凯旋 VENUE"},
		{"L3 a venue after 于", "", 2020, "", "团区委于花溪口记事广场联合举行成人仪式。", "*花溪口记事广场 VENUE"},
		{"L4 a brand is no place", "", 2020, "", "会议强调，要为建设平安云河、法治云河贡献力量。", ""},
		{"L5 a name of many counties, in its county", "410225", 2020, "", "8月2日，县委书记到城关镇、堌阳镇调研。", "*城关镇 TOWNSHIP; *堌阳镇 TOWNSHIP 410225101"},
		{"L5 the same name in another county", "411425", 2020, "", "县领导到城关镇调研，考察团赴尉氏县城关镇学习。", "*城关镇 TOWNSHIP 411425100; *城关镇 TOWNSHIP <河南省开封市尉氏县>"},
		{"L6 the town that has become a street keeps its name", "410103", 2020, "", "12月2日，区长到侯寨乡调研。", "*侯寨乡 TOWNSHIP"},
		{"L7 a police station is no road", "", 2020, "", "建设路派出所联合人民路司法所举办培训班。", ""},
		{"L8 a division that was", "410105", 1995, "", "1995年5月，区长一行赴邙山区考察。", "*邙山区 COUNTY 410108"},
		{"L6 its health centre keeps the old name, too", "", 2020, "", "检查组对须河镇卫生院进行检查。", ""},
		{"L8 in a year before it was", "410105", 1985, "", "1985年5月，区长一行赴金海区考察。", "*金海区 COUNTY 410111"},
		{"L8 before the history of codes, a name without one", "410105", 1958, "", "1958年5月，区长一行赴邙山区、密县考察。", "*邙山区 COUNTY; *密县 COUNTY 412429 <河南省开封地区>"},
		{"L9 a route", "", 2020, "", "由长江路至汝河路段进行施工。", "*长江路 ROAD; *汝河路 ROAD"},
		{"L10 a room of a hotel", "", 2020, "", "培训班在云岭快捷酒店会议室开班。", "*云岭快捷酒店会议室 VENUE"},
		{"L11 no names", "", 2020, "", "全区上下齐心协力，对辖区道路、老旧小区、城区广场和工业园区开展整治，各社区、各村积极参加。", ""},
		{"L12 a venue beside its company", "", 2020, "", "专家组抽取检查锦鳞海洋科普有限公司，认真查看了锦鳞海洋馆场所、设施。", "*锦鳞海洋馆 VENUE"},

		// divisions
		{"the district acts", "", 2022, "", "2月9日，云河区召开动员会。", "云河区 COUNTY"},
		{"the district is visited", "", 2022, "", "2月9日，省水利厅厅长到云河区督导工作。", "*云河区 COUNTY"},
		{"the district in names of organs and posts", "", 2022, "", "云河区司法局、云河区区长、云河区慈善总会、云河区委宣传部参加。", ""},
		{"the city in the name of an organ", "410103", 2022, "", "郑州市林业局、河南省教育厅派员参加。", ""},
		{"words that begin like units", "330106", 2022, "", "要增强杭州市场活力，推动西湖区域协调发展，提高杭州市民素质。", ""},
		{"elsewhere, by its chain", "410103", 2022, "", "3月1日，考察团赴浙江省杭州市西湖区学习。在北山街道，考察团参观了展馆。",
			"*西湖区 COUNTY 330106 <浙江省杭州市>; *北山街道 TOWNSHIP 330106002 <浙江省杭州市西湖区>"},
		{"elsewhere, by a name of its own", "330106", 2022, "", "区委组织部组织干部赴兰考县开展党性教育。", "*兰考县 COUNTY 410225 <河南省开封市>"},
		{"elsewhere, by a name of several", "330106", 2022, "", "考察团赴鼓楼区学习。", ""},
		{"elsewhere, by a name of several, one in the province", "410103", 2022, "", "考察团赴鼓楼区学习。", ""},
		{"a bare name behind a verb of travel", "330106", 2022, "", "区商务局组织企业赴青岛参加展会。", "*青岛市 CITY 370200 <山东省>"},
		{"a bare name that is a word", "330106", 2022, "", "活动现场一片朝阳，万象大同，人民安康。", ""},
		{"origin is no place of the event", "451226", 2022, "", "来自南丹县、宜州区的群众参加活动。", "南丹县 COUNTY 451221; 宜州区 COUNTY 451203"},
		{"a county inside a district's name", "411082", 2021, "", "观摩团到后河镇、老城镇、董村镇观摩项目。", "*后河镇 TOWNSHIP 411082102; *老城镇 TOWNSHIP 411082104; *董村镇 TOWNSHIP 411082107"},

		// villages
		{"a banner", "150121", 2020, "", "旗委书记巴图深入塔布赛乡、白庙子镇什报气村看望牧民。", "*塔布赛乡 TOWNSHIP 150121208; *什报气村 COMMUNITY <白庙子镇>"},
		{"a list goes on in one town", "", 2022, "", "演出先后走进沙岗镇大柳树村、前冯村、后马村。", "*大柳树村 COMMUNITY <沙岗镇>; *前冯村 COMMUNITY <沙岗镇>; *后马村 COMMUNITY <沙岗镇>"},
		{"natural villages", "350782", 2021, "", "市政府在星村镇桐木村挂岩自然村召开现场会。", "*桐木村 COMMUNITY <星村镇>; *挂岩自然村 COMMUNITY <星村镇桐木村>"},
		{"a village with a number", "653101", 2021, "", "医疗队到伯什克然木乡7村巡诊。", "*7村 COMMUNITY <伯什克然木乡>"},
		{"endings inside a name", "", 2022, "", "区红十字会在望江楼街道渡口社区、青石桥街道书院社区举办培训班。", "*渡口社区 COMMUNITY <望江楼街道>; *书院社区 COMMUNITY <青石桥街道>"},
		{"a village's organs", "", 2022, "", "白家村党支部、槐荫社区人民调解委员会、南塘社区居委会获得表彰。", ""},
		{"villages of nobody", "", 2022, "", "要巩固脱贫村、打造样板社区，让村民走上致富路，推动名家进社区，组织12个社区、3个行政村参加。", ""},

		// roads, rivers, what is built
		{"roads with numbers", "", 2020, "", "国道512线云河段改线工程开工，310国道、省道S312线完工，G30高速通车。", "*国道512线云河段 ROAD; *310国道 ROAD; *省道S312线 ROAD; *G30高速 ROAD"},
		{"rivers", "", 2020, "", "梅江流域普降暴雨，黄河决口。", "*梅江 OTHER; *黄河 OTHER"},
		{"what is built", "", 2020, "", "云岭水库大坝加固，青岚北站启用，白塘镇柑橘园通过验收。", "*云岭水库大坝 VENUE; *青岚北站 VENUE; *柑橘园 VENUE <白塘镇>"},
		{"what befalls a town", "", 2020, "", "沙岗镇、青山乡遭受冰雹。", "*沙岗镇 TOWNSHIP; *青山乡 TOWNSHIP"},
		{"people's communes", "", 1965, "", "全县在石坪公社召开现场会，红星人民公社社员修渠。", "*石坪公社 TOWNSHIP; 红星人民公社 TOWNSHIP"},
		{"a change of towns is none", "", 1990, "", "白塘乡、石坪乡撤乡建镇。", "白塘乡 TOWNSHIP; 石坪乡 TOWNSHIP"},
		{"building roads is no road", "", 1990, "", "沙岗镇何家寨村村民自发修路。", "*何家寨村 COMMUNITY <沙岗镇>"},
		{"a county's town before a village", "", 1990, "", "县城关镇东关村发生火灾。", "*东关村 COMMUNITY <城关镇>"},
		{"a zone of the district", "", 2020, "", "区领导到区产业集聚区、区化工园区调研。", "*云河区产业集聚区 OTHER; *云河区化工园区 VENUE"},
		{"from here to there", "", 2020, "", "从云河到澜州的公交开通。", ""},
		{"countries, only behind a frame", "", 2020, "", "考察组赴德国、日本考察，会见法国客人，穿越南山。", "*德国 OTHER; *日本 OTHER"},
		{"a delegation's county", "410103", 2020, "", "甘洛县党政考察团到二七区交流。", "甘洛县 COUNTY 513435 <四川省凉山彝族自治州>; *二七区 COUNTY 410103"},
		{"aid for other cities", "410103", 2020, "", "医疗队支援武汉市、随州市。", "*武汉市 CITY 420100 <湖北省>; *随州市 CITY 421300 <湖北省>"},
		{"bare cities before a purpose", "410103", 2020, "", "区长赴深圳、东莞招商。", "*深圳市 CITY 440300 <广东省>; *东莞市 CITY 441900 <广东省>"},
		{"a verb of visit before nature", "", 2020, "", "检查组检查草原防火工作，考察河流。", ""},

		// venues, taken at their full length
		{"a hall of a street", "", 2020, "", "领导一行到柳湖街道便民服务大厅调研。", "*柳湖街道便民服务大厅 VENUE <柳湖街道>"},
		{"a service centre of nobody", "", 2020, "", "群众来到便民服务中心、政务服务大厅办理业务。", ""},
		{"a hall of the district", "", 2022, "", "区妇联在区人民会堂举办分享会。", "*云河区人民会堂 VENUE"},
		{"a square of the citizens", "", 2022, "", "区文化馆在市民广场、区图书馆报告厅举办展览。", "*市民广场 VENUE; *云河区图书馆报告厅 VENUE"},
		{"a dam of a lake", "", 2022, "", "区领导现场查看了化湖水库大坝加固工程。", "*化湖水库大坝 VENUE"},
		{"the county under its old name", "410183", 1990, "", "1990年10月，密县在超化镇召开大会。", "密县 COUNTY 410126; *超化镇 TOWNSHIP 410183104"},
		{"a school with a number", "", 2022, "", "戏曲进校园活动走进云溪幼儿园、46中。", "*云溪幼儿园 VENUE; *第四十六中学 VENUE"},
		{"a school of the city", "", 2022, "", "民警走进澜州市第 9 中学授课。", "*澜州市第九中学 VENUE"},
		{"a bridge over a river", "", 2022, "", "丰登路跨云河大桥实现合龙。", "*丰登路跨云河大桥 VENUE"},
		{"the road that a works is on", "", 2022, "", "区领导到环湖东路绿化地块植树。", "*环湖东路 ROAD"},
		{"rivers' mouths and villages named after lakes", "130632", 2022, "", "县长先后到府河入淀口、圈头乡大淀头村查看。", "*府河入淀口 OTHER; *大淀头村 COMMUNITY <圈头乡>"},
		{"a name in quotation marks", "", 2022, "", "4月10日，位于桐花街道向阳花社区的口袋公园“拾光园”开放。", "*向阳花社区 COMMUNITY <桐花街道>; *拾光园 VENUE"},
		{"a name whose first character is a preposition", "", 2022, "", "在向阳花社区、和平路、于家庄村开展活动。", "*向阳花社区 COMMUNITY; *和平路 ROAD; *于家庄村 COMMUNITY"},
		{"venues of nobody", "", 2022, "", "副区长带队深入建筑工地、商场超市、学校食堂、养老机构和旅游景区，走进乡村小学，到敬老院、福利院看望老人。", ""},
		{"people are no pavilions", "", 2022, "", "区领导看望慰问刘春亭、王海楼等老党员。", ""},
		{"roads that are metaphors", "", 2022, "", "走好新的赶考之路，打通断头路，提升城市道路，探索新路，为群众铺就致富路。", ""},
		{"in a speech", "", 2022, "", "沈知秋强调，要加强柳湖公园管理，提高社区治理水平。", ""},
		{"in a speech, of what is known", "", 2022, "", "区领导到柳湖公园调研。沈知秋强调，柳湖公园要加强管理。", "*柳湖公园 VENUE"},
		{"documents and quotations", "", 2022, "", "印发《柳湖街道白家村规划》，举办“走进柳湖公园”活动。", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			region := placeRegion(t, tt.code)
			got := say(region, mustPlaces(t, region, tt.year, tt.title, tt.body))
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("places of %q mismatch (-want +got):\n%s", tt.body, diff)
			}
		})
	}
}

func TestPlaceWhole(t *testing.T) {
	region := placeRegion(t, "410103")
	got := mustPlaces(t, region, 2020, "区领导莅临侯寨乡调研", "12月2日，区长到侯寨乡调研。\n区长指出，侯寨乡要抓好生产。")
	want := []reading.Location{{
		Place:      reading.Place{Name: "侯寨乡", Type: graph.LocTownship},
		Above:      region,
		Text:       "侯寨乡",
		Surfaces:   []string{"侯寨乡"},
		IsPlace:    true,
		Evidence:   []graph.Evidence{{Field: graph.FieldBody, Start: 9, End: 12, Text: "侯寨乡"}, {Field: graph.FieldBody, Start: 21, End: 24, Text: "侯寨乡"}},
		Successors: []string{"410103015"},
		Rule:       "township",
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("mismatch (-want +got):\n%s", diff)
	}
}

// What a speech names is known from the report: it adds its evidence and no place.
func TestPlacesInSpeech(t *testing.T) {
	region := placeRegion(t, "")
	got := mustPlaces(t, region, 2022, "", "区领导到柳湖公园调研。沈知秋强调，柳湖公园要加强管理，云岭公园要开放。")
	if len(got) != 1 || len(got[0].Evidence) != 2 {
		t.Errorf("places = %+v; want 柳湖公园 with two pieces of evidence", got)
	}
}

func TestPlacesOnlyInTitle(t *testing.T) {
	region := placeRegion(t, "")
	got := mustPlaces(t, region, 2022, "云河区组织演出走进柳湖公园", "演出吸引了许多观众。")
	if len(got) != 1 || got[0].Name != "柳湖公园" || got[0].Evidence[0].Field != graph.FieldTitle || !got[0].IsPlace {
		t.Errorf("places = %+v; want 柳湖公园 from the title, without the district that merely acts", got)
	}
}

// What title and body both tell of is a place even where its ending alone does not say so.
func TestPlaceInTitleAndBody(t *testing.T) {
	region := placeRegion(t, "")
	if got := say(region, mustPlaces(t, region, 2022, "云河夜巷开街", "由区商务局打造的云河夜巷正式开街。")); got != "*云河夜巷 VENUE" {
		t.Errorf("places = %s, want *云河夜巷 VENUE", got)
	}
	if got := say(region, mustPlaces(t, region, 2022, "安置房封顶", "由区商务局打造的云河夜巷受到欢迎。")); got != "" {
		t.Errorf("places = %s, want none", got)
	}
}

// A village stands in its town in every article of a document that names the town once; of two towns none is guessed.
func TestVillagesOfOneDocument(t *testing.T) {
	region := placeRegion(t, "")
	read := func(bodies ...string) string {
		events := make([]reading.Event, len(bodies))
		for i, body := range bodies {
			events[i].Body = body
		}
		extract.Fill(region, events)
		return say(region, events[0].Locations)
	}
	if got, want := read("区领导到白家村调研。", "在沙岗镇白家村召开现场会。"), "*白家村 COMMUNITY <沙岗镇>"; got != want {
		t.Errorf("places = %s, want %s", got, want)
	}
	if got, want := read("区领导到白家村调研。", "在沙岗镇白家村召开现场会。", "在柳湖街道白家村召开现场会。"), "*白家村 COMMUNITY"; got != want {
		t.Errorf("places = %s, want %s", got, want)
	}
}

// Without a jurisdiction names still mean what they say, and nothing is put below an unknown place.
func TestPlacesWithoutRegion(t *testing.T) {
	got := mustPlaces(t, reading.Jurisdiction{}, 2022, "", "考察团赴浙江省杭州市西湖区学习，随后到柳湖街道白家村调研。")
	var names []string
	for _, l := range got {
		names = append(names, l.Above.Name()+"/"+l.Name+" "+l.Code)
	}
	want := []string{"浙江省杭州市/西湖区 330106", "柳湖街道/白家村 "}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Errorf("mismatch (-want +got):\n%s", diff)
	}
	if got := mustPlaces(t, reading.Jurisdiction{}, 2022, "", "区长到柳湖街道白家村调研。"); len(got) != 1 || got[0].Above.Name() != "柳湖街道" {
		t.Errorf("places = %+v, want 白家村 in 柳湖街道 of an unknown district", got)
	}
}
