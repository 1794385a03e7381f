package extract_test

import "testing"

func TestOrgansOfTheTime(t *testing.T) {
	for _, tt := range []struct{ name, body, want string }{
		{"a region's committee with 中共", "中共黔阳地委任命甘厚为中共青岚县委书记。", `
			中共黔阳地区委员会|PARTY|HOST
			中共澜州市青岚县委员会|PARTY|MENTIONED`},
		{"the core group", "中共青岚县革命委员会核心小组成立。", "中共澜州市青岚县革命委员会核心小组|PARTY|HOST"},
		{"the army liberates", "中国人民解放军解放县城。", "中国人民解放军|MILITARY|HOST"},
		{"a commune is founded", "9月28日红星人民公社在柳河成立。", "澜州市青岚县红星人民公社|SUBDISTRICT|HOST"},
		{"communes are founded", "全县19个人民公社成立。", ""},
		{"a military region", "济南军区部队进驻青岚。", "济南军区|MILITARY|HOST"},
		{"the committee sends", "县委抽调干部420名，县委派工作队进村，县委兴办农场。", "中共澜州市青岚县委员会|PARTY|HOST"},
		{"the flood's staff as written", "县防汛指挥部转移群众。", "澜州市青岚县防汛指挥部|TEMPORARY|HOST"},
	} {
		t.Run(tt.name, func(t *testing.T) { checkOrgans(t, qinglan, tt.body, tt.want) })
	}
}
