package extract_test

import "testing"

func TestPlacesOfAnnals(t *testing.T) {
	for _, tt := range []struct {
		name, code string
		year       int
		body, want string
	}{
		{"armies", "350725", 1857, "太平军自浦城来，攻建阳，陷崇安城，匪围城三日，入政和。", "浦城县 COUNTY 350722; *建阳县 COUNTY 352122 <福建省南平地区>; *崇安县 COUNTY 352126 <福建省南平地区>; *政和县 COUNTY 350725"},
		{"no names", "350725", 1857, "清军入城，日军犯境，步入和平，攻克难关。", ""},
		{"no annals", "350725", 1995, "客商自浦城来，攻建阳，投入生产。", ""},
		{"an earthquake is felt", "", 2019, "3月5日，邻县发生地震，云河震感强烈。", "*云河区 COUNTY"},
		{"a brand feels nothing", "", 2019, "建设平安云河，云河发展提速，云河大水库。", "*云河大水库 VENUE"},
		{"a date before a name", "", 1958, "8月龙湫水库动工，9月28日东风公社成立。", "*龙湫水库 VENUE; 东风公社 TOWNSHIP"},
		{"the lie of the land", "", 2016, "全区干部在北沙窝义务植树，在五里坡举行演习，在草坪集会，走过山坡。", "*北沙窝 OTHER; *五里坡 OTHER"},
		{"the only hall", "", 1962, "三级干部会议在大礼堂召开，在村活动室座谈。", "*大礼堂 VENUE; *村活动室 VENUE"},
		{"a town whose name holds 乡", "", 2016, "省领导一行来我区东乡堡镇看望群众，在东乡堡镇二坝村座谈。", "*东乡堡镇 TOWNSHIP; *二坝村 COMMUNITY <东乡堡镇>"},
		{"waterworks", "", 1980, "区自来水厂建成供水。", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			region := placeRegion(t, tt.code)
			if got := say(region, mustPlaces(t, region, tt.year, "", tt.body)); got != tt.want {
				t.Errorf("places of %q = %q, want %q", tt.body, got, tt.want)
			}
		})
	}
}
