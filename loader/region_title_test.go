package loader_test

import (
	"strings"
	"testing"

	"fangzhi/loader"
)

// TestRegionOfTitles: what stands before the name in a title does not hide it, and one without its unit is found in the text.
func TestRegionOfTitles(t *testing.T) {
	for _, tt := range []struct{ name, title, file, body, region string }{
		{"a year before the name", "2021年中原区大事记", "x.txt", "", "河南省郑州市中原区"},
		{"a year in Chinese", "二〇二一年度中原区大事记", "x.txt", "", "河南省郑州市中原区"},
		{"a committee", "中共新密市委大事记", "x.txt", "", "河南省郑州市新密市"},
		{"an old one in traditional characters", "乾隆續修雲河縣志", "x.txt", "", "云河县"},
		{"no unit, the text has it", "梅川年鉴（2021）", "x.txt", "1月4日，梅川县召开会议，梅川县委、梅川县政府领导出席。", "梅川县"},
		{"no unit, and hardly in the text", "梅川年鉴（2021）", "x.txt", "1月4日，梅川县召开会议。", ""},
		{"no unit, and two in the text", "梅川年鉴（2021）", "x.txt", "1月4日，梅川县、梅川县、梅川县、梅川市、梅川市召开会议。", ""},
		{"the file's name", "大事记", "2021年中原区大事记.txt", "", "河南省郑州市中原区"},
		{"a file's name that no table knows", "大事记", "新文件区.txt", "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			body := tt.body
			if body == "" {
				body = "1月4日，召开会议。"
			}
			documents, err := loader.Read(tt.file, []byte(report(tt.title+"\n2021年1月", body, "")), loader.Options{Dialect: "monthly"})
			if err != nil {
				t.Fatal(err)
			}
			if got := documents[0].Issue.Region.Name(); got != tt.region {
				t.Errorf("%s in %s: region %q, want %q (%s)", tt.title, tt.file, got, tt.region, strings.TrimSpace(documents[0].Issue.Publication))
			}
		})
	}
}
