package extract_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fangzhi/edtf"
	"fangzhi/graph"
	"fangzhi/loader/extract"
	"fangzhi/loader/reading"
)

// roster reads one 名录 as "name|post@organ from..to", a post a line.
func roster(region reading.Jurisdiction, title, body string) ([]string, reading.Event) {
	events := []reading.Event{{Kind: graph.EventKindRoster, PrintedTitle: title, Body: body, Date: graph.EventDate{EDTF: edtf.OfYear(2020)}}}
	extract.Fill(region, events)
	var out []string
	for _, o := range events[0].Officials {
		for _, p := range o.Posts {
			line := o.Name + "|" + p.Title + "@"
			if p.Organ != nil {
				line += p.Organ.Name
			}
			if !p.From.IsZero() || !p.To.IsZero() {
				line += " "
				if !p.From.IsZero() {
					line += p.From.String()
				}
				line += ".."
				if !p.To.IsZero() {
					line += p.To.String()
				}
			}
			if p.Attests != graph.AttestsRoster {
				line += fmt.Sprintf(" attests %q", p.Attests)
			}
			out = append(out, line)
		}
	}
	return out, events[0]
}

func TestRosters(t *testing.T) {
	county := jurisdiction("河南省", "澜州市", "云河县")
	for _, tt := range []struct {
		name   string
		region reading.Jurisdiction
		title  string
		body   string
		want   string
	}{
		{"O19 a term of office", yunhe, "名录", "区长　沈知秋（女，回族，6月任）", "沈知秋|区长@澜州市云河区人民政府 2020-06.."},
		{"padded, several a line, headings that give the organ", county, "云河县领导名录", `中共云河县委员会
书　　记　沈知秋（女，回族，6月任）
副 书 记　林远舟　周　衡（挂职，至5月）
常　　委　何　清　罗布次仁
县人民政府
县　　长　林远舟（7月任）
副县长　马思齐（回族）、段书砚、贺小满（9月离任）
教育局
局　　长　温如许
副 局 长　毕海潮  祝小满  曲　波`, `
			沈知秋|书记@中共澜州市云河县委员会 2020-06..
			林远舟|副书记@中共澜州市云河县委员会
			林远舟|县长@澜州市云河县人民政府 2020-07..
			周衡|副书记@中共澜州市云河县委员会 ..2020-05
			何清|常委@中共澜州市云河县委员会
			罗布次仁|常委@中共澜州市云河县委员会
			马思齐|副县长@澜州市云河县人民政府
			段书砚|副县长@澜州市云河县人民政府
			贺小满|副县长@澜州市云河县人民政府 ..2020-09
			温如许|局长@澜州市云河县教育局
			毕海潮|副局长@澜州市云河县教育局
			祝小满|副局长@澜州市云河县教育局
			曲波|副局长@澜州市云河县教育局`},
		{"the title gives the organ; indented lines go on", county, "云河县人民政府领导名录", "县　　长　温楚云（5月离任）\n代 县 长　廖　岚（女，6月任）\n副 县 长　管　乐（常务）\n　　　　　卜云程（兼县公安局局长）\n　　　　　司徒明（8月任）", `
			温楚云|县长@澜州市云河县人民政府 ..2020-05
			廖岚|代县长@澜州市云河县人民政府 2020-06..
			管乐|副县长@澜州市云河县人民政府
			卜云程|副县长@澜州市云河县人民政府
			卜云程|局长@澜州市云河县公安局
			司徒明|副县长@澜州市云河县人民政府 2020-08..`},
		{"colons", county, "名录", "县委书记：沈知秋\n县　　长：林远舟\n政协主席：冉启明（至3月）　白玉堂（3月任）", `
			沈知秋|书记@中共澜州市云河县委员会
			林远舟|县长@澜州市云河县人民政府
			冉启明|主席@中国人民政治协商会议澜州市云河县委员会 ..2020-03
			白玉堂|主席@中国人民政治协商会议澜州市云河县委员会 2020-03..`},
		{"several posts a line", county, "中共云河县委员会", "书记 沈知秋 副书记 林远舟 周衡", `
			沈知秋|书记@中共澜州市云河县委员会
			林远舟|副书记@中共澜州市云河县委员会
			周衡|副书记@中共澜州市云河县委员会`},
		{"headings in brackets and numbered", county, "名录", "【县人大常委会】\n主　任　白鹤年\n一、县委办公室\n主　任　肖　克（兼）\n二、云河县公安局\n局　长　雷震霆\n政　委　罗海山", `
			白鹤年|主任@澜州市云河县人民代表大会常务委员会
			肖克|主任@中共澜州市云河县委员会办公室
			雷震霆|局长@澜州市云河县公安局
			罗海山|政委@澜州市云河县公安局`},
		{"towns", county, "名录", "白塘镇\n党委书记　何　清\n镇　　长　李大有（8月任）\n人大主席　罗小芳\n柳树乡\n党委书记　尤建华\n乡　　长　史万山", `
			何清|党委书记@中共澜州市云河县白塘镇委员会
			李大有|镇长@澜州市云河县白塘镇人民政府 2020-08..
			罗小芳|人大主席@
			尤建华|党委书记@中共澜州市云河县柳树乡委员会
			史万山|乡长@澜州市云河县柳树乡人民政府`},
		{"a column of terms", county, "名录", "职务　姓名　任职时间\n县委书记　沈知秋　2016.8—2020.5\n县委书记　岳平　2020.5—\n县长　林远舟　2019年3月至2020年11月", `
			沈知秋|书记@中共澜州市云河县委员会 2016-08..2020-05
			岳平|书记@中共澜州市云河县委员会 2020-05..
			林远舟|县长@澜州市云河县人民政府 2019-03..2020-11`},
		{"no space at all", county, "名录", "县委书记沈知秋（女）\n县长林远舟（1—6月）\n县长周衡（7月15日任）", `
			沈知秋|书记@中共澜州市云河县委员会
			林远舟|县长@澜州市云河县人民政府 2020-01..2020-06
			周衡|县长@澜州市云河县人民政府 2020-07-15..`},
		{"an organ that no table knows is of the county, a post that nobody holds", county, "云河县教育局", "局　长　温如许\n果业发展中心\n主　任　古　月\n副主任　空缺", `
			温如许|局长@澜州市云河县教育局
			古月|主任@澜州市云河县果业发展中心`},
		{"a term that ends before it begins says nothing", county, "名录", "县长　林远舟（6月任，3月离任）", "林远舟|县长@澜州市云河县人民政府"},
		{"a banner", jurisdiction("内蒙古自治区", "青原盟", "赛罕旗"), "名录", "旗委书记　苏日勒和克（蒙古族）\n副 旗 长　包·苏雅拉图　多　杰　敖特根", `
			苏日勒和克|书记@中共青原盟赛罕旗委员会
			包·苏雅拉图|副旗长@青原盟赛罕旗人民政府
			多杰|副旗长@青原盟赛罕旗人民政府
			敖特根|副旗长@青原盟赛罕旗人民政府`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, e := roster(tt.region, tt.title, tt.body)
			if diff := cmp.Diff(want(tt.want), got); diff != "" {
				t.Errorf("roster (-want +got):\n%s", diff)
			}
			checkEvent(t, e)
			for _, o := range e.Officials {
				if len(o.Roles) != 1 || o.Roles[0] != graph.RoleSubject || o.Rule != "roster" {
					t.Errorf("%s has the roles %v by rule %q, want SUBJECT by roster", o.Name, o.Roles, o.Rule)
				}
			}
		})
	}
}

// A 名录 that is prose is read as prose.
func TestRosterOfProse(t *testing.T) {
	got, _ := roster(yunhe, "", "区长沈知秋主持会议。")
	if diff := cmp.Diff([]string{`沈知秋|区长@澜州市云河区人民政府 attests "HELD"`}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
