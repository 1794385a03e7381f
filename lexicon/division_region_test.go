package lexicon_test

import (
	"fmt"
	"testing"

	"fangzhi/lexicon"

	"github.com/google/go-cmp/cmp"
)

func TestResolveRegion(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		year       int
		want       string
		candidates []string
	}{
		{"whole chain", "浙江省杭州市西湖区", 0, "330106 西湖区", nil},
		{"chain from the city", "杭州市西湖区", 0, "330106 西湖区", nil},
		{"short names in a chain", "浙江杭州西湖", 0, "330106 西湖区", nil},
		{"a level left out", "江西省西湖区", 0, "360103 西湖区", nil},
		{"with separators", "浙江省 / 杭州市、西湖区", 0, "330106 西湖区", nil},
		{"one of its name", "上城区", 0, "330102 上城区", nil},
		{"two of its name", "西湖区", 0, "", []string{"330106 西湖区", "360103 西湖区"}},
		{"code", "330106", 0, "330106 西湖区", nil},
		{"code of the province", "33", 0, "330000 浙江省", nil},
		{"code of a township means its county", "330106002", 0, "330106 西湖区", nil},
		{"code of a level without a name", "110100", 0, "110000 北京市", nil},
		{"code of directly governed counties", "419000", 0, "410000 河南省", nil},
		{"code of a county that repeats its city", "620201", 0, "620200 嘉峪关市", nil},
		{"code that never was", "330199", 0, "", nil},
		{"code in a year", "410108", 1995, "410108 邙山区 1987-2003", nil},
		{"municipality", "北京市西城区", 0, "110102 西城区", nil},
		{"municipality, short", "北京西城", 0, "110102 西城区", nil},
		{"city of the province's name", "吉林省吉林市", 0, "220200 吉林市", nil},
		{"province before city", "吉林", 0, "220000 吉林省", nil},
		{"province before autonomous county", "河南", 0, "410000 河南省", nil},
		{"city before the county in it", "长沙", 0, "430100 长沙市", nil},
		{"neither holds the other", "朝阳", 0, "", []string{"110105 朝阳区", "211300 朝阳市", "211321 朝阳县", "220104 朝阳区"}},
		{"in force before past", "重庆市", 0, "500000 重庆市", nil},
		{"as it was", "重庆市", 1990, "510200 重庆市 1981-1997", nil},
		{"as it was, in its chain", "四川省重庆市", 0, "510200 重庆市 1981-1997", nil},
		{"past, two codes of one place", "密县", 0, "410126 密县 1983-1994", nil},
		{"past, in a year", "密县", 1985, "410126 密县 1983-1994", nil},
		{"past, in an earlier year", "密县", 1981, "412429 密县 1981-1983", nil},
		{"past", "邙山区", 0, "410108 邙山区 1987-2003", nil},
		{"past, asked for a year in which it was not", "邙山区", 2015, "410108 邙山区 1987-2003", nil},
		{"unnamed level in a chain", "河南省济源市", 0, "419001 济源市", nil},
		{"people left out", "瀍河区", 0, "410304 瀍河回族区", nil},
		{"full name before short one", "东乡县", 1995, "362531 东乡县 1981-2000", nil},
		{"names of different times", "襄樊市襄州区", 0, "", nil},
		{"not in this province", "河南省西湖区", 0, "", nil},
		{"town: no region", "杭州市西湖区三墩镇", 0, "", nil},
		{"城关镇 belongs to many", "城关镇", 0, "", nil},
		{"invented", "澜州市云河区", 0, "", nil},
		{"empty", " ", 0, "", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d, candidates := lexicon.ResolveRegionIn(tt.text, tt.year)
			if got := label(d); got != tt.want {
				t.Errorf("ResolveRegionIn(%q, %d) = %q, want %q", tt.text, tt.year, got, tt.want)
			}
			if diff := cmp.Diff(tt.candidates, labels(candidates)); diff != "" {
				t.Errorf("ResolveRegionIn(%q, %d) candidates (-want +got):\n%s", tt.text, tt.year, diff)
			}
		})
	}
}

func ExampleResolveRegion() {
	d, _ := lexicon.ResolveRegion("杭州市西湖区")
	fmt.Println(d.Code, d.FullName())
	_, candidates := lexicon.ResolveRegion("西湖区")
	for _, c := range candidates {
		fmt.Println("or", c.FullName())
	}
	// Output:
	// 330106 浙江省杭州市西湖区
	// or 浙江省杭州市西湖区
	// or 江西省南昌市西湖区
}
