package extract_test

import "testing"

func TestRolesByLabel(t *testing.T) {
	for _, tt := range []struct{ name, body, want string }{
		{"labels in a row", "主办单位：县委宣传部、县文旅局 承办单位：县文化馆 协办单位：青岚农商银行", `
			中共澜州市青岚县委员会宣传部|PARTY|HOST
			澜州市青岚县文化和旅游局|GOVERNMENT|HOST
			澜州市青岚县文化馆|INSTITUTION|ORGANIZER
			青岚农商银行|ENTERPRISE|CO_ORGANIZER`},
		{"labels in lines, a list over two", "主办：县委宣传部\n县文联\n指导单位：市文旅局\n参会单位：县教育局、县卫健委\n3月5日，县水利局发布通知。", `
			中共澜州市青岚县委员会宣传部|PARTY|HOST
			澜州市青岚县文学艺术界联合会|MASS|HOST
			澜州市文化和旅游局|GOVERNMENT|GUIDE
			澜州市青岚县教育局|GOVERNMENT|PARTICIPANT
			澜州市青岚县卫生健康委员会|GOVERNMENT|PARTICIPANT
			澜州市青岚县水利局|GOVERNMENT|ISSUER`},
		{"who is responsible", "牵头单位：县发改局；责任单位：石坪镇人民政府。", `
			澜州市青岚县发展和改革局|GOVERNMENT|ORGANIZER
			澜州市青岚县石坪镇人民政府|SUBDISTRICT|ORGANIZER`},
		{"a sentence instead of a colon", "主办单位为县委宣传部，承办单位是县文化馆。", `
			中共澜州市青岚县委员会宣传部|PARTY|HOST
			澜州市青岚县文化馆|INSTITUTION|ORGANIZER`},
		{"the label of a place is none of an organ", "会议地点：县委党校 召集单位：县政府办", "澜州市青岚县人民政府办公室|GOVERNMENT|HOST"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			checkOrgans(t, jurisdiction("河南省", "澜州市", "青岚县"), tt.body, tt.want)
		})
	}
}
