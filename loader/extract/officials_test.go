package extract_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"fangzhi/graph"
)

// O1 to O24 are the cases of genre.md §8. O19 is a row of TestRosters; in O23 the page break has been healed before; what O24
// means for the graph is tested in ingest/identity.
func TestOfficials(t *testing.T) {
	for _, tt := range []struct{ name, body, want string }{
		{"O1 a deputy post governs the whole list", "省林业局野保处副处长林远、张禾到我区督导。", `
			林远|省林业局野保处副处长|河南省林业局|INSPECT
			张禾|省林业局野保处副处长|河南省林业局|INSPECT`},
		{"O2 a section inherits its bureau", "市林业局副局长周衡、野保处处长尚砚一行到我区检查。", `
			周衡|市林业局副局长|澜州市林业局|INSPECT
			尚砚|野保处处长|澜州市林业局|INSPECT`},
		{"O3 two posts, one person", "区委常委、宣传部部长成小舟出席会议。", `
			成小舟|区委常委、宣传部部长|中共澜州市云河区委员会宣传部|ATTEND`},
		{"O4 the entourage", "省文明办建设处处长李甲，副处长高乙，市委宣传部副部长裴丙等一行人到柳湖街道调研。", `
			李甲|省文明办建设处处长|河南省精神文明建设指导委员会办公室|INSPECT
			高乙|副处长|河南省精神文明建设指导委员会办公室|INSPECT
			裴丙|市委宣传部副部长|中共澜州市委员会宣传部|INSPECT`},
		{"O5 no post at all", "陈平川对下一步工作提出要求：一是抓落实。", "陈平川|||SPEAK"},
		{"O6 surname and post", "区长李晓川到南塘社区调研。\n李区长强调，要抓好落实。", "李晓川|区长|澜州市云河区人民政府|SPEAK INSPECT"},
		{"O7 a leader who is studied", "会议深入学习习近平总书记重要讲话精神。", "习近平|总书记||MENTIONED"},
		{"who leads the party is not of the county that studies him", "区委书记沈知秋主持召开会议，学习习近平总书记重要讲话精神。", `
			沈知秋|区委书记|中共澜州市云河区委员会|CHAIR
			习近平|总书记||MENTIONED`},
		{"a platform is no post", "区长李晓川等在主席台就座。", "李晓川|区长|澜州市云河区人民政府|OTHER"},
		{"O8 nobody named", "街道负责人对项目进行介绍，区长、副区长参加。", ""},
		{"O9 a padded name", "会议由区长王　珂主持。", "王珂|区长|澜州市云河区人民政府|CHAIR"},
		{"O10 a bare secretary beside the head of government", "书记乔林、区长李晓川率领四大班子领导到场。", `
			乔林|书记|中共澜州市云河区委员会|LEAD ATTEND
			李晓川|区长|澜州市云河区人民政府|LEAD ATTEND`},
		{"O11 names of other languages", "副区长买买提·艾力、才让东珠陪同。", `
			买买提·艾力|副区长|澜州市云河区人民政府|ACCOMPANY
			才让东珠|副区长|澜州市云河区人民政府|ACCOMPANY`},
		{"O12 compound surnames", "欧阳澈、司马红出席会议。", "欧阳澈|||ATTEND\n司马红|||ATTEND"},
		{"O13 a name that is a word", "副区长文献、田禾出席会议。", `
			文献|副区长|澜州市云河区人民政府|ATTEND
			田禾|副区长|澜州市云河区人民政府|ATTEND`},
		{"O14 words that look like names", "要高度重视、全面统筹、周密部署，确保和谐稳定。", ""},
		{"O15 trees", "栽植法桐、大叶女贞、红叶石楠、白蜡等800余株。", ""},
		{"O16 a play", "演出豫剧《穆桂英挂帅》和《秦香莲》。", ""},
		{"O17 an imprint", "发放范围：区人大常委会主任、副主任，区政协主席、副主席，各街道党工委书记", ""},
		{"O18 appointed and removed", "任命林远舟为区教育局局长，免去周衡的区财政局局长职务。", `
			林远舟|区教育局局长|澜州市云河区教育局|SUBJECT
			周衡|区财政局局长|澜州市云河区财政局|SUBJECT`},
		{"O20 a contributor", "5月29日，全区社区换届工作启动。 (周 禾)", ""},
		{"O20 a contributor who is known", "周禾主持会议，区长沈知秋讲话。（区民政局　周　禾）", `
			周禾|||CHAIR
			沈知秋|区长|澜州市云河区人民政府|SPEAK`},
		{"O20 credits", "区长沈知秋讲话。\n供稿：沈知秋\n记者沈知秋报道", "沈知秋|区长|澜州市云河区人民政府|SPEAK"},
		{"O21 who sends another", "受沈知秋主任委托，副主任黄辰到青石社区走访。", `
			沈知秋|主任||MENTIONED
			黄辰|副主任||INSPECT`},
		{"O22 a singleton governs one", "区委副书记、区长沈知秋、陶令仪、贺小满等140余人出席。", `
			沈知秋|区委副书记、区长|澜州市云河区人民政府|ATTEND
			陶令仪|||ATTEND
			贺小满|||ATTEND`},
		{"O23 a list that goes on with another organ", "市交通运输局副处长郝磊、章晓、澜州市林业局科长何清到场。", `
			郝磊|市交通运输局副处长|澜州市交通运输局|ATTEND
			章晓|市交通运输局副处长|澜州市交通运输局|ATTEND
			何清|澜州市林业局科长|澜州市林业局|ATTEND`},
		{"O24 one person, two posts", "区长李晓川主持会议。区委副书记李晓川讲话。", "李晓川|区长、区委副书记|中共澜州市云河区委员会|CHAIR SPEAK"},
	} {
		t.Run(tt.name, func(t *testing.T) { checkPeople(t, yunhe, tt.body, tt.want) })
	}
}

func TestTitlesAndOrgans(t *testing.T) {
	for _, tt := range []struct{ name, body, want string }{
		{"party group and head of one bureau", "区卫健委党组书记、主任郎平安，党组成员、副主任曲波、于得水参加会议。", `
			郎平安|区卫健委党组书记、主任|澜州市云河区卫生健康委员会|ATTEND
			曲波|党组成员、副主任|澜州市云河区卫生健康委员会|ATTEND
			于得水|党组成员、副主任|澜州市云河区卫生健康委员会|ATTEND`},
		{"membership beside an office", "市人大代表、云河实验小学校长何采薇发言。", "何采薇|市人大代表、云河实验小学校长|云河实验小学|SPEAK"},
		{"a post shares its last character with its organ", "区教育局长温如许讲话。", "温如许|区教育局长|澜州市云河区教育局|SPEAK"},
		{"post behind the name", "李春副市长到我区调研，李春副市长强调安全。", "李春|副市长|澜州市人民政府|SPEAK INSPECT"},
		{"former posts attest nothing", "原区委书记石破天因病逝世。", "石破天|原区委书记|中共澜州市云河区委员会|SUBJECT"},
		{"a profession inherits no organ", "区文化馆馆长柳眉、剪纸艺术家卢花在公园授课。", `
			柳眉|区文化馆馆长|澜州市云河区文化馆|LECTURE
			卢花|剪纸艺术家||LECTURE`},
		{"a company's head", "河南云岭轴承有限公司董事长于海澄发言。", "于海澄|河南云岭轴承有限公司董事长|河南云岭轴承有限公司|SPEAK"},
		{"the company last named", "河南云岭轴承有限公司投产。公司董事长于海澄说，不容易。", "于海澄|公司董事长|河南云岭轴承有限公司|SPEAK"},
		{"the only school of the sentence", "副区长苗向南到市第十二中学检查，听取了校长丁一汇报。", `
			苗向南|副区长|澜州市云河区人民政府|INSPECT
			丁一|校长|澜州市第十二中学|OTHER`},
		{"leaders without posts", "区领导李牧原、顾怀瑾陪同。", "李牧原|区领导||ACCOMPANY\n顾怀瑾|区领导||ACCOMPANY"},
		{"an unnamed head is no post of the next", "区财政局负责人、云台街道办事处主任叶舟参加。", "叶舟|云台街道办事处主任|澜州市云河区人民政府云台街道办事处|ATTEND"},
		{"three sections deep", "国家级社会体育指导员、河南省体操协会副会长赵中远参加。", "赵中远|国家级社会体育指导员、河南省体操协会副会长|河南省体操协会|ATTEND"},
		{"inspection group of the committee", "市委第三巡察组组长郑山一行到我区巡察。", "郑山|市委第三巡察组组长|中共澜州市委员会第三巡察组|INSPECT"},
		{"branch of the police", "副区长、公安云河分局局长雷震霆出席。", "雷震霆|副区长、公安云河分局局长|澜州市公安局云河分局|ATTEND"},
		{"academies", "中国工程院院士钟鸣远作学术报告。", "钟鸣远|中国工程院院士|中国工程院|LECTURE"},
	} {
		t.Run(tt.name, func(t *testing.T) { checkPeople(t, yunhe, tt.body, tt.want) })
	}
}

// The title of a post does not say its organ; sections belong to it, also where they are inherited.
func TestPostTitles(t *testing.T) {
	e := fill("河南省林业局野保处处长林远，副处长张禾，中原区区长沈知秋，团区委办公室主任郝白到场。")[0]
	var got []string
	for _, o := range e.Officials {
		for _, p := range o.Posts {
			got = append(got, p.Title+"|"+p.Text)
		}
	}
	wantPosts := []string{"野保处处长|河南省林业局野保处处长", "野保处副处长|副处长", "区长|中原区区长", "办公室主任|团区委办公室主任"}
	if diff := cmp.Diff(wantPosts, got); diff != "" {
		t.Errorf("posts (-want +got):\n%s", diff)
	}
}

func TestAttestations(t *testing.T) {
	for _, tt := range []struct {
		name, body string
		want       graph.AttestationKind
	}{
		{"held", "区长沈知秋讲话。", graph.AttestsHeld},
		{"was", "原区长沈知秋参加。", ""},
		{"mentioned", "学习省委书记沈知秋在全省大会上的讲话精神。", ""},
		{"at that time", "时任区长沈知秋参加奠基。", graph.AttestsHeld},
		{"appointed", "会议任命沈知秋为区教育局局长。", graph.AttestsAppointed},
		{"appointed after a colon", "决定任命：沈知秋为区教育局局长。", graph.AttestsAppointed},
		{"elected", "会议选举沈知秋为区人大常委会主任。", graph.AttestsAppointed},
		{"by the party's form", "沈知秋同志任区教育局党组书记。", graph.AttestsAppointed},
		{"removed", "免去沈知秋同志的区教育局局长职务。", graph.AttestsRemoved},
		{"no longer", "沈知秋同志不再担任区教育局局长职务。", graph.AttestsRemoved},
	} {
		t.Run(tt.name, func(t *testing.T) {
			e := fill(tt.body)[0]
			if len(e.Officials) != 1 || len(e.Officials[0].Posts) != 1 || e.Officials[0].Name != "沈知秋" {
				t.Fatalf("Fill(%q) found %v, want 沈知秋 with one post", tt.body, people(e))
			}
			if got := e.Officials[0].Posts[0].Attests; got != tt.want {
				t.Errorf("Fill(%q): the post attests %q, want %q", tt.body, got, tt.want)
			}
		})
	}
}

func TestAppointmentLists(t *testing.T) {
	checkPeople(t, yunhe, "会议选举白鹤年为区人大常委会主任，段书砚、贺小满为副主任；决定免去：马思齐（女，回族）的区司法局局长职务。", `
		白鹤年|区人大常委会主任|澜州市云河区人民代表大会常务委员会|SUBJECT
		段书砚|副主任|澜州市云河区人民代表大会常务委员会|SUBJECT
		贺小满|副主任|澜州市云河区人民代表大会常务委员会|SUBJECT
		马思齐|区司法局局长|澜州市云河区司法局|SUBJECT`)
	checkPeople(t, yunhe, "决定免去：方砚清的区教育局局长职务；任命方砚清为区财政局局长。", "方砚清|区财政局局长|澜州市云河区财政局|SUBJECT")
}

func TestNamesakes(t *testing.T) {
	e := fill("区教育局副局长赵敏芝、区财政局总会计师赵敏芝参加会议。赵敏芝发言。")[0]
	if len(e.Officials) != 2 || !e.Officials[0].Apart || !e.Officials[1].Apart || len(e.Officials[0].Evidence) != 1 {
		t.Errorf("got %v, want two namesakes kept apart, the later bare name with neither", people(e))
	}
	e = fill("区教育局王珂、区财政局王珂参加会议。")[0]
	if diff := cmp.Diff([]string{"王珂||澜州市云河区教育局|ATTEND", "王珂||澜州市云河区财政局|ATTEND"}, people(e)); diff != "" {
		t.Errorf("without posts (-want +got):\n%s", diff)
	}
	e = fill("区长李晓川主持。区委副书记李晓川讲话。")[0]
	if len(e.Officials) != 1 || len(e.Officials[0].Posts) != 2 || e.Officials[0].Apart {
		t.Errorf("got %v, want one person with two posts", people(e))
	}
}
