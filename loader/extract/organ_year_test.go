package extract_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fangzhi/loader/extract"
	"fangzhi/loader/reading"
)

// qinglan is the county of the tests about other decades: invented, in a province that is not.
var qinglan = jurisdiction("河南省", "澜州市", "青岚县")

// organsIn lists the departments of one article of the year as "name|kind|role".
func organsIn(t *testing.T, region reading.Jurisdiction, year, body string) []string {
	t.Helper()
	e := reading.Event{Body: body}
	e.Date.EDTF = mustDate(t, year)
	events := []reading.Event{e}
	extract.Fill(region, events)
	return organs(events[0])
}

// The year of the event decides what a short form stands for: no organ gets a later name.
func TestOrgansOfAYear(t *testing.T) {
	for _, tt := range []struct{ name, year, body, want string }{
		{"before the reform of 2018", "1995", "县农委召开会议。", "澜州市青岚县农业委员会|GOVERNMENT|HOST"},
		{"after it", "2019", "县农委召开会议。", "澜州市青岚县农业农村工作委员会|GOVERNMENT|HOST"},
		{"commissions of the planned economy", "1986", "县经委、县计委、县体改委、县科委、县教委、县建委、省外经委参加。", `
			澜州市青岚县经济委员会|GOVERNMENT|PARTICIPANT
			澜州市青岚县计划委员会|GOVERNMENT|PARTICIPANT
			澜州市青岚县经济体制改革委员会|GOVERNMENT|PARTICIPANT
			澜州市青岚县科学技术委员会|GOVERNMENT|PARTICIPANT
			澜州市青岚县教育委员会|GOVERNMENT|PARTICIPANT
			澜州市青岚县建设委员会|GOVERNMENT|PARTICIPANT
			河南省对外经济贸易委员会|GOVERNMENT|PARTICIPANT`},
		{"a commission that changed its name and kept its short one", "2001", "县计委、县计生委参加。", `
			澜州市青岚县发展计划委员会|GOVERNMENT|PARTICIPANT
			澜州市青岚县计划生育委员会|GOVERNMENT|PARTICIPANT`},
		{"bureaux that have gone", "1990", "县物资局、县商业局、县粮食局、县邮电局、县水电局、县农机局、县劳动局、县人事局、县乡镇企业局、县广播站、县土地局参加。", `
			澜州市青岚县物资局|GOVERNMENT|PARTICIPANT
			澜州市青岚县商业局|GOVERNMENT|PARTICIPANT
			澜州市青岚县粮食局|GOVERNMENT|PARTICIPANT
			澜州市青岚县邮电局|GOVERNMENT|PARTICIPANT
			澜州市青岚县水电局|GOVERNMENT|PARTICIPANT
			澜州市青岚县农业机械管理局|GOVERNMENT|PARTICIPANT
			澜州市青岚县劳动局|GOVERNMENT|PARTICIPANT
			澜州市青岚县人事局|GOVERNMENT|PARTICIPANT
			澜州市青岚县乡镇企业管理局|GOVERNMENT|PARTICIPANT
			澜州市青岚县广播站|INSTITUTION|PARTICIPANT
			澜州市青岚县土地管理局|GOVERNMENT|PARTICIPANT`},
		{"health and family planning between 2013 and 2018", "2016", "县卫计局、市卫计委、市外办参加。", `
			澜州市青岚县卫生和计划生育局|GOVERNMENT|PARTICIPANT
			澜州市卫生和计划生育委员会|GOVERNMENT|PARTICIPANT
			澜州市外事办公室|GOVERNMENT|PARTICIPANT`},
		{"revolutionary committees", "1969", "县革委会召开会议，城关公社革委会、县革委会农业局参加。", `
			澜州市青岚县革命委员会|GOVERNMENT|HOST
			澜州市青岚县城关公社革命委员会|SUBDISTRICT|PARTICIPANT
			澜州市青岚县革命委员会农业局|GOVERNMENT|PARTICIPANT`},
		{"the first years", "1953", "青年团青岚县工委、县民主妇联、县工商科、县农会、县人民检察署参加。", `
			中国新民主主义青年团澜州市青岚县工作委员会|MASS|PARTICIPANT
			澜州市青岚县民主妇女联合会|MASS|PARTICIPANT
			澜州市青岚县工商科|GOVERNMENT|PARTICIPANT
			澜州市青岚县农民协会|MASS|PARTICIPANT
			澜州市青岚县人民检察署|JUDICIAL|PARTICIPANT`},
		{"fire brigades before and after", "2012", "县消防大队参加。", "澜州市青岚县公安消防大队|GOVERNMENT|PARTICIPANT"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(want(tt.want), organsIn(t, qinglan, tt.year, tt.body)); diff != "" {
				t.Errorf("Fill(%q): departments (-want +got):\n%s", tt.body, diff)
			}
		})
	}
}

// P13 and P14 of genre.md §8: two organs, one after the other.
func TestSuccessionOverTheYears(t *testing.T) {
	for _, tt := range []struct{ name, year, body, organ, successor string }{
		{"P13 before", "1998", "区国税局搬迁。", "澜州市云河区国家税务局", "国家税务总局澜州市云河区税务局"},
		{"P13 after", "2020", "区税务局搬迁。", "国家税务总局澜州市云河区税务局", ""},
		{"P13 long before", "1985", "区税务局搬迁。", "澜州市云河区税务局", "澜州市云河区国家税务局"},
		{"P14 before", "2020", "区扶贫办搬迁。", "澜州市云河区扶贫开发办公室", "澜州市云河区乡村振兴局"},
		{"P14 after", "2022", "区乡村振兴局搬迁。", "澜州市云河区乡村振兴局", "澜州市云河区农业农村局"},
		{"land and planning", "2010", "区国土局搬迁。", "澜州市云河区国土资源局", "澜州市云河区自然资源和规划局"},
		{"culture", "2010", "区文化局搬迁。", "澜州市云河区文化局", "澜州市云河区文化和旅游局"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			e := reading.Event{Body: tt.body}
			e.Date.EDTF = mustDate(t, tt.year)
			events := []reading.Event{e}
			extract.Fill(yunhe, events)
			d := events[0].Departments
			if len(d) != 1 || d[0].Name != tt.organ || tt.successor != "" && !slices.Contains(d[0].Successors, tt.successor) || tt.successor == "" && d[0].Successors != nil {
				t.Errorf("Fill(%q) in %s = %v; want %s, succeeded by %q", tt.body, tt.year, d, tt.organ, tt.successor)
			}
		})
	}
}

// An article without a date is of the year before it: chronicles are in order.
func TestYearOfUndatedArticles(t *testing.T) {
	events := []reading.Event{{Body: "县经委召开会议。"}, {Body: "县农委召开会议。"}}
	events[0].Date.EDTF = mustDate(t, "1985")
	extract.Fill(qinglan, events)
	if got := events[1].Departments[0].Name; got != "澜州市青岚县农业委员会" {
		t.Errorf("县农委 of an undated article after 1985 is %s", got)
	}
}

// 地委, 行署 and 地区教委 are those of the 地区 that the county lay in, in that year.
func TestOrgansOfARegion(t *testing.T) {
	region := placeRegion(t, "411422") // 睢县: of 商丘地区 until 1997
	want := []string{"中共商丘地区委员会|PARTY|HOST", "商丘地区行政公署|GOVERNMENT|HOST", "商丘地区教育委员会|GOVERNMENT|PARTICIPANT"}
	if diff := cmp.Diff(want, organsIn(t, region, "1985", "地委、行署召开会议，地区教委参加。")); diff != "" {
		t.Errorf("in 1985 (-want +got):\n%s", diff)
	}
	if got := organsIn(t, region, "2005", "地委召开会议。"); got != nil {
		t.Errorf("in 2005 there was no 地委, got %v", got)
	}
}
