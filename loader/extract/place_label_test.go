package extract_test

import "testing"

func TestPlacesByLabel(t *testing.T) {
	region := qinglan
	for _, tt := range []struct{ name, body, want string }{
		{"labels of a notice", "会议地点：县会议中心三楼报告厅。活动地点：人民广场 集合地点:石坪镇党群服务中心", "*青岚县会议中心三楼报告厅 VENUE; *人民广场 VENUE; *石坪镇党群服务中心 VENUE"},
		{"an organ's house", "地点：县委党校", "*县委党校 VENUE"},
		{"the lie of the land", "地点：北沙窝", "*北沙窝 OTHER"},
		{"a name that no word ends", "地点：甜水泉", "*甜水泉 VENUE"},
		{"none", "地点：线上 地点：待定 要求：各单位到会", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := say(region, mustPlaces(t, region, 2022, "", tt.body)); got != tt.want {
				t.Errorf("places of %q = %q, want %q", tt.body, got, tt.want)
			}
		})
	}
}

// A place is written at its full length; the document's own county before it is left out.
func TestPlacesAtFullLength(t *testing.T) {
	region := placeRegion(t, "")
	for _, tt := range []struct{ name, body, want string }{
		{"a county elsewhere", "考察团赴浙江省湖州市安吉县学习。", "浙江省湖州市安吉县"},
		{"the home of a delegation", "四川省德阳市罗江县党政考察团来访。", "四川省德阳市罗江县"},
		{"a village in its town", "区领导到沙岗镇白家村慰问。", "沙岗镇白家村"},
		{"a village in its town in the own county", "市领导深入云河区沙岗镇白家村慰问。", "沙岗镇白家村"},
		{"the own county itself", "考察团到河南省澜州市云河区学习。", "河南省澜州市云河区"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			ls := mustPlaces(t, region, 2022, "", tt.body)
			for _, l := range ls {
				if l.Text == tt.want {
					return
				}
			}
			t.Errorf("places of %q = %v, none is written %q", tt.body, ls, tt.want)
		})
	}
}

// What stands without its town later is the village named in full before.
func TestPlaceKnownByItsShortName(t *testing.T) {
	ls := mustPlaces(t, placeRegion(t, ""), 2022, "", "区领导到沙岗镇上塔寨慰问。上塔寨的山路通车。")
	if len(ls) != 1 || len(ls[0].Evidence) != 2 {
		t.Errorf("places = %+v, want 上塔寨 twice", ls)
	}
}
