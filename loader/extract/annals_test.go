package extract_test

import "testing"

// Offices of imperial times and verbs of the written language.
func TestAnnals(t *testing.T) {
	for _, tt := range []struct {
		name   string
		region []string // nil: 广东省肇江市青石县
		body   string
		want   string
	}{
		{"a magistrate builds", nil, "清乾隆十年，知县王国栋重修县学。知州张九成筑城。", `
			王国栋|知县||OTHER
			张九成|知州||OTHER`},
		{"two characters and a verb", nil, "知府黄震莅任。县丞刘安卒。教谕孙兰募修文庙。", `
			黄震|知府||OTHER
			刘安|县丞||SUBJECT
			孙兰|教谕||OTHER`},
		{"a note on the name", nil, "光绪二年，知县李鸿章（号少荃）建义仓三所。", "李鸿章|知县||OTHER"},
		{"troops", nil, "总兵吴三桂率军过境。匪首张献魁率众攻城。", `
			吴三桂|总兵||LEAD
			张献魁|||LEAD`},
		{"people of the county", nil, "邑人陈廷敬中进士。邑人李来亨起义，攻陷县城。", `
			陈廷敬|||OTHER
			李来亨|||OTHER`},
		{"nobody's full name", nil, "知县王某建义仓。知县某重修城墙。知县捐俸修桥。", ""},
		{"the republic", nil, "民国元年，县长罗文清到任。县知事何启运病逝。保安司令王天锡率部起义。", `
			罗文清|县长|肇江市青石县人民政府|OTHER
			何启运|县知事||SUBJECT
			王天锡|保安司令||LEAD`},
		{"the occupied county", nil, "民国34年，新四军第七师师长谭希林、政委曾希圣率部解放县城，俘伪县长徐寄仙。", `
			谭希林|师长||LEAD
			曾希圣|政委||LEAD
			徐寄仙|伪县长||SUBJECT`},
		{"passing through", nil, "同治三年，两江总督曾国藩过境。教谕吴敬梓卒于任。", `
			曾国藩|总督||OTHER
			吴敬梓|教谕||SUBJECT`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if tt.region == nil {
				tt.region = []string{"广东省", "肇江市", "青石县"}
			}
			checkPeople(t, jurisdiction(tt.region...), tt.body, tt.want)
		})
	}
}
