package extract_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Each is a dated fact: whom it concerns is no one's presence, and the post is given or taken.
func TestAppointments(t *testing.T) {
	for _, tt := range []struct {
		name   string
		region []string // nil: 湖南省湘江市青石县
		body   string
		want   string
	}{
		{"a list over lines", nil, "县委决定任命：\n方砚清为青石县教育局局长；\n马思齐为青石县司法局局长；\n赵敏芝（女）为县审计局副局长，试用期一年。", `
			方砚清 SUBJECT: 局长 of 湘江市青石县教育局, APPOINTED
			马思齐 SUBJECT: 局长 of 湘江市青石县司法局, APPOINTED
			赵敏芝 SUBJECT: 副局长 of 湘江市青石县审计局, APPOINTED`},
		{"sentences of a list", nil, "任命：陶令仪为县民政局局长；顾怀瑾为县水利局局长。免去：李牧原的县民政局局长职务；乔林的县水利局局长职务。", `
			陶令仪 SUBJECT: 局长 of 湘江市青石县民政局, APPOINTED
			顾怀瑾 SUBJECT: 局长 of 湘江市青石县水利局, APPOINTED
			李牧原 SUBJECT: 局长 of 湘江市青石县民政局, REMOVED
			乔林 SUBJECT: 局长 of 湘江市青石县水利局, REMOVED`},
		{"numbered", nil, "经县委常委会研究决定：\n1.张远山同志任县委组织部副部长；\n2.李秀峰同志任县委宣传部副部长（试用期一年）；\n3.免去吴越同志的县委宣传部副部长职务。", `
			张远山 SUBJECT: 副部长 of 中共湘江市青石县委员会组织部, APPOINTED
			李秀峰 SUBJECT: 副部长 of 中共湘江市青石县委员会宣传部, APPOINTED
			吴越 SUBJECT: 副部长 of 中共湘江市青石县委员会宣传部, REMOVED`},
		{"removed without 的", nil, "决定免去周衡青石县财政局局长职务，免去张志刚同志县委办公室主任职务。", `
			周衡 SUBJECT: 局长 of 湘江市青石县财政局, REMOVED
			张志刚 SUBJECT: 主任 of 中共湘江市青石县委员会办公室, REMOVED`},
		{"任 needs nothing before it", nil, "县委决定：林远舟任白塘镇党委书记；何清任白塘镇镇长，免去其县民政局副局长职务。", `
			林远舟 SUBJECT: 书记 of 中共湘江市青石县白塘镇委员会, APPOINTED
			何清 SUBJECT: 镇长 of 湘江市青石县白塘镇人民政府, APPOINTED; 副局长 of 湘江市青石县民政局, REMOVED`},
		{"a given name that is a word", nil, "祝家骏任石坪镇党委书记。许文同志任张浦镇党委委员、书记。", `
			祝家骏 SUBJECT: 书记 of 中共湘江市青石县石坪镇委员会, APPOINTED
			许文 SUBJECT: 委员 of 中共湘江市青石县张浦镇委员会, APPOINTED; 书记 of 中共湘江市青石县张浦镇委员会, APPOINTED`},
		{"and loses another", nil, "任命苏晚晴为县卫生局局长，免去其县中医院院长职务。", "苏晚晴 SUBJECT: 局长 of 湘江市青石县卫生局, APPOINTED"},
		{"elected", nil, "白鹤年当选县人大常委会主任。会议补选段书砚为县人民政府副县长。", `
			白鹤年 SUBJECT: 主任 of 湘江市青石县人民代表大会常务委员会, APPOINTED
			段书砚 SUBJECT: 副县长 of 湘江市青石县人民政府, APPOINTED`},
		{"elected, post before name", nil, "选举产生县第十一届政协主席冉启明，副主席罗布、向晚，秘书长田雨。", `
			冉启明 SUBJECT: 主席 of 中国人民政治协商会议湘江市青石县委员会, APPOINTED
			罗布 SUBJECT: 副主席 of 中国人民政治协商会议湘江市青石县委员会, APPOINTED
			向晚 SUBJECT: 副主席 of 中国人民政治协商会议湘江市青石县委员会, APPOINTED
			田雨 SUBJECT: 秘书长 of 中国人民政治协商会议湘江市青石县委员会, APPOINTED`},
		{"elected, several posts", nil, "大会选举张华国为县长，李春山、王永林、罗素芳（女）为副县长，陈大年为县人民法院院长。", `
			张华国 SUBJECT: 县长 of 湘江市青石县人民政府, APPOINTED
			李春山 SUBJECT: 副县长 of 湘江市青石县人民政府, APPOINTED
			王永林 SUBJECT: 副县长 of 湘江市青石县人民政府, APPOINTED
			罗素芳 SUBJECT: 副县长 of 湘江市青石县人民政府, APPOINTED
			陈大年 SUBJECT: 院长 of 湘江市青石县人民法院, APPOINTED`},
		{"resigns", nil, "会议决定接受李砚舟辞去青石县人民政府县长职务的请求，任命谷雨为副县长、代理县长。", `
			李砚舟 SUBJECT: 县长 of 湘江市青石县人民政府, REMOVED
			谷雨 SUBJECT: 副县长 of 湘江市青石县人民政府, APPOINTED; 代理县长 of 湘江市青石县人民政府, APPOINTED`},
		{"resigns, agreed to", nil, "会议同意龙在田同志辞去县人大常委会副主任职务的请求。", "龙在田 SUBJECT: 副主任 of 湘江市青石县人民代表大会常务委员会, REMOVED"},
		{"acting", nil, "县人大常委会决定：接受岳平同志辞去县长职务；沈知秋同志代理县长职务。", `
			岳平 SUBJECT: 县长 of 湘江市青石县人民政府, REMOVED
			沈知秋 SUBJECT: 代理县长 of 湘江市青石县人民政府, APPOINTED`},
		{"decided", nil, "决定沈知秋为青石县人民政府代理县长。", "沈知秋 SUBJECT: 代理县长 of 湘江市青石县人民政府, APPOINTED"},
		{"no longer", nil, "穆青山不再担任县委政法委常务副书记职务，另有任用。", "穆青山 SUBJECT: 常务副书记 of 中共湘江市青石县委员会政法委员会, REMOVED"},
		{"in the passive", nil, "杨茂林被任命为县教育局局长。周衡被免去县财政局局长职务。", `
			杨茂林 SUBJECT: 局长 of 湘江市青石县教育局, APPOINTED
			周衡 SUBJECT: 局长 of 湘江市青石县财政局, REMOVED`},
		{"nominated is not yet appointed", nil, "市委决定，岳平任青石县委书记，提名沈知秋为县长候选人。", `
			岳平 SUBJECT: 书记 of 中共湘江市青石县委员会, APPOINTED
			沈知秋 SUBJECT: 县长候选人 of 湘江市青石县人民政府, nothing`},
		{"lent for a year", nil, "何清任县工业和信息化局副局长（挂职一年）。张三丰改任县农业局局长。高明任县长助理。", `
			何清 SUBJECT: 副局长 of 湘江市青石县工业和信息化局, APPOINTED
			张三丰 SUBJECT: 局长 of 湘江市青石县农业局, APPOINTED
			高明 SUBJECT: 县长助理 of 湘江市青石县人民政府, APPOINTED`},
		{"a revolutionary committee", nil, "县革命委员会成立，李德胜任主任，王卫东、赵红旗任副主任。", `
			李德胜 SUBJECT: 主任 of 湘江市青石县革命委员会, APPOINTED
			王卫东 SUBJECT: 副主任 of 湘江市青石县革命委员会, APPOINTED
			赵红旗 SUBJECT: 副主任 of 湘江市青石县革命委员会, APPOINTED`},
		{"a task force", nil, "县委成立扶贫工作领导小组，沈知秋任组长，李牧原、周衡任副组长。", `
			沈知秋 SUBJECT: 组长 of nothing, APPOINTED
			李牧原 SUBJECT: 副组长 of nothing, APPOINTED
			周衡 SUBJECT: 副组长 of nothing, APPOINTED`},
		{"Mongolian names", []string{"内蒙古自治区", "青原盟", "赛罕旗"}, "任命哈斯巴根为旗教育局局长，免去苏日勒和克的旗教育局局长职务。决定任命：\n乌云其木格为旗民政局局长；\n巴图为旗林业局局长。", `
			哈斯巴根 SUBJECT: 局长 of 青原盟赛罕旗教育局, APPOINTED
			苏日勒和克 SUBJECT: 局长 of 青原盟赛罕旗教育局, REMOVED
			乌云其木格 SUBJECT: 局长 of 青原盟赛罕旗民政局, APPOINTED
			巴图 SUBJECT: 局长 of 青原盟赛罕旗林业局, APPOINTED`},
		{"Uyghur names", []string{"新疆维吾尔自治区", "喀什地区", "青石县"}, "任命买买提·艾力为副县长，阿不都热依木为县农业农村局局长。", `
			买买提·艾力 SUBJECT: 副县长 of 喀什地区青石县人民政府, APPOINTED
			阿不都热依木 SUBJECT: 局长 of 喀什地区青石县农业农村局, APPOINTED`},
		{"Yi and Tibetan names", []string{"四川省", "凉山彝族自治州", "青石县"}, "会议补选沙马拉毅为副县长，任命边巴次仁为县教育局局长，增选阿苏伍合为县政协副主席。", `
			沙马拉毅 SUBJECT: 副县长 of 凉山彝族自治州青石县人民政府, APPOINTED
			边巴次仁 SUBJECT: 局长 of 凉山彝族自治州青石县教育局, APPOINTED
			阿苏伍合 SUBJECT: 副主席 of 中国人民政治协商会议凉山彝族自治州青石县委员会, APPOINTED`},
		{"several, one with a note", []string{"河南省", "澜州市", "云河区"}, "4月，区政府任命一批干部：郝磊任教育局局长，章晓任财政局局长，李明（女）任审计局局长。", `
			郝磊 SUBJECT: 局长 of 澜州市云河区教育局, APPOINTED
			章晓 SUBJECT: 局长 of 澜州市云河区财政局, APPOINTED
			李明 SUBJECT: 局长 of 澜州市云河区审计局, APPOINTED`},
		{"the first of eleven", []string{"河南省", "澜州市", "云河区"}, "大会选举沈知秋等11人为区委常委。", "沈知秋 SUBJECT: 常委 of 中共澜州市云河区委员会, APPOINTED"},
		{"dismissed", []string{"河南省", "澜州市", "云河区"}, "罢免张三丰区人大代表职务。撤销李四维区财政局局长职务。", `
			张三丰 SUBJECT: 代表 of 澜州市云河区人民代表大会, REMOVED
			李四维 SUBJECT: 局长 of 澜州市云河区财政局, REMOVED`},
		{"goes to another organ", []string{"河南省", "澜州市", "云河区"}, "区长沈知秋调任澜州市人民政府副市长。", "沈知秋 SUBJECT: 区长 of 澜州市云河区人民政府, HELD; 副市长 of 澜州市人民政府, APPOINTED"},
		{"a function at an exercise is no appointment", []string{"河南省", "澜州市", "云河区"}, "区防汛抗旱指挥部举行演练，区长李牧原担任总指挥。", "李牧原 OTHER: 区长 of 澜州市云河区人民政府, HELD"},
		{"what someone was", []string{"河南省", "澜州市", "云河区"}, "时任区长沈知秋参加奠基。周衡曾任区教育局局长。", "沈知秋 ATTEND: 区长 of 澜州市云河区人民政府, HELD"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if tt.region == nil {
				tt.region = []string{"湖南省", "湘江市", "青石县"}
			}
			var got []string
			for _, o := range fillOf(jurisdiction(tt.region...), tt.body)[0].Officials {
				var posts []string
				for _, p := range o.Posts {
					organ, attests := "nothing", "nothing"
					if p.Organ != nil {
						organ = p.Organ.Name
					}
					if p.Attests != "" {
						attests = string(p.Attests)
					}
					posts = append(posts, fmt.Sprintf("%s of %s, %s", p.Title, organ, attests))
				}
				got = append(got, fmt.Sprintf("%s %s: %s", o.Name, o.Roles[0], strings.Join(posts, "; ")))
			}
			if diff := cmp.Diff(want(tt.want), got); diff != "" {
				t.Errorf("appointments in %q (-want +got):\n%s", tt.body, diff)
			}
		})
	}
}
