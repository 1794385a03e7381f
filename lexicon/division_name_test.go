package lexicon_test

import (
	"testing"

	"fangzhi/lexicon"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestDivisionsNamed(t *testing.T) {
	for _, tt := range []struct {
		name, query string
		want        []string
	}{
		{"full name of two districts", "西湖区", []string{"330106 西湖区", "360103 西湖区"}},
		{"past divisions too", "金海区", []string{"410111 金海区 1983-1987"}},
		{"same name, two codes in time", "密县", []string{"410126 密县 1983-1994", "412429 密县 1981-1983"}},
		{"two characters lose nothing", "密", nil},
		{"two characters lose nothing, 矿区", "矿", nil},
		{"a unit before 区 stays", "井陉矿", nil},
		{"without the people", "瀍河区", []string{"410304 瀍河回族区"}},
		{"without the unit", "瀍河", []string{"410304 瀍河回族区"}},
		{"several peoples", "恩施州", []string{"422800 恩施土家族苗族自治州"}},
		{"a people without 族", "巴音郭楞州", []string{"652800 巴音郭楞蒙古自治州"}},
		{"all peoples", "龙胜县", []string{"450328 龙胜各族自治县", "452328 龙胜各族自治县 1981-1998"}},
		{"a people that is the name", "鄂温克旗", []string{"150724 鄂温克族自治旗", "152128 鄂温克族自治旗 1981-2001"}},
		{"a people that is the name, bare", "鄂伦春", []string{"150723 鄂伦春自治旗", "152127 鄂伦春自治旗 1981-2001"}},
		{"autonomous region", "内蒙古", []string{"150000 内蒙古自治区"}},
		{"autonomous region with its people", "广西", []string{"450000 广西壮族自治区"}},
		{"autonomous region, two parts", "新疆", []string{"650000 新疆维吾尔自治区"}},
		{"special region", "香港", []string{"810000 香港特别行政区"}},
		{"district whose name ends in 城", "襄城区", []string{"420602 襄城区"}},
		{"special district", "六枝", []string{"520203 六枝特区"}},
		{"banner keeps left and right", "土默特左", nil},
		{"street", "翠苑街道", []string{"330106005 翠苑街道"}},
		{"street office", "翠苑街道办事处", []string{"330106005 翠苑街道"}},
		{"street office, short", "翠苑办事处", []string{"330106005 翠苑街道"}},
		{"street office, shorter", "翠苑街道办", []string{"330106005 翠苑街道"}},
		{"street office, shortest", "翠苑办", []string{"330106005 翠苑街道"}},
		{"a street is no bare name", "翠苑", nil},
		{"without the city printed before it", "济水街道", []string{"419001002 济源市济水街道"}},
		{"with the city printed before it", "济源市济水办", []string{"419001002 济源市济水街道"}},
		{"area office", "南磨房地区办事处", []string{"110105021 南磨房地区"}},
		{"township of a people", "得力其尔乡", []string{"150721200 得力其尔鄂温克民族乡"}},
		{"township of two peoples", "音河乡", []string{"150721202 音河达斡尔鄂温克民族乡"}},
		{"township of a people with 族", "羊三木乡", []string{"130983207 羊三木回族乡"}},
		{"nothing", "", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, labels(lexicon.DivisionsNamed(tt.query))); diff != "" {
				t.Errorf("DivisionsNamed(%q) mismatch (-want +got):\n%s", tt.query, diff)
			}
		})
	}
}

func TestDivisionsWithin(t *testing.T) {
	for _, tt := range []struct {
		name, code, query string
		want              []string
	}{
		{"town of a county", "411722", "蔡沟镇", []string{"411722113 蔡沟镇"}},
		{"one 城关镇 in a county", "410325", "城关镇", []string{"410325100 城关镇"}},
		{"district of a city", "360100", "西湖区", []string{"360103 西湖区"}},
		{"code of two digits", "36", "西湖", []string{"360103 西湖区"}},
		{"not itself", "330106", "西湖区", nil},
		{"elsewhere", "330106", "蔡沟镇", nil},
		{"township has nothing below", "330106002", "北山街道", nil},
		{"no code", "x", "西湖区", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, labels(lexicon.DivisionsWithin(tt.code, tt.query))); diff != "" {
				t.Errorf("DivisionsWithin(%q, %q) mismatch (-want +got):\n%s", tt.code, tt.query, diff)
			}
		})
	}
	if n := len(lexicon.DivisionsNamed("城关镇")); n < 80 {
		t.Errorf("DivisionsNamed(城关镇) finds %d, want at least 80 counties' towns", n)
	}
}

// TestEveryNameFindsItsDivision: whatever is in the table is found by its own name, in the country and within its
// parent, and resolved by its full name in a year in which it was.
func TestEveryNameFindsItsDivision(t *testing.T) {
	codes := mustCodes(t)
	rapid.Check(t, func(rt *rapid.T) {
		d := rapid.SampledFrom(codes).Draw(rt, "division")
		has := func(ds []lexicon.Division) bool {
			for _, x := range ds {
				if x == d {
					return true
				}
			}
			return false
		}
		if !has(lexicon.DivisionsNamed(d.Name)) {
			rt.Fatalf("DivisionsNamed(%q) lacks %s", d.Name, label(d))
		}
		if p, ok := d.Parent(); ok && !has(lexicon.DivisionsWithin(p.Code, d.Name)) {
			rt.Fatalf("DivisionsWithin(%s, %q) lacks %s", label(p), d.Name, label(d))
		}
		m, ok := lexicon.MatchDivision([]rune(d.FullName()+"召开"), "")
		if !ok || m.Length != len([]rune(d.FullName())) || !has(m.Divisions) {
			rt.Fatalf("MatchDivision(%q) = %+v, lacks %s", d.FullName(), m, label(d))
		}
		if d.Level == lexicon.LevelTownship {
			return
		}
		if got, candidates := lexicon.ResolveRegionIn(d.FullName(), d.From); got != d && !has(candidates) {
			rt.Fatalf("ResolveRegionIn(%q, %d) = %s, %q, want %s", d.FullName(), d.From, label(got), labels(candidates), label(d))
		}
	})
}

// mustCodes returns the divisions in force and past, and the townships of one province.
func mustCodes(t *testing.T) []lexicon.Division {
	t.Helper()
	var ds []lexicon.Division
	var walk func(d lexicon.Division)
	walk = func(d lexicon.Division) {
		ds = append(ds, d)
		for _, c := range d.Children() {
			walk(c)
		}
	}
	walk(mustDivision(t, "360000"))
	walk(mustDivision(t, "650000"))
	everyDivision(t, func(d lexicon.Division) {
		if d.Level != lexicon.LevelTownship {
			ds = append(ds, d)
		}
	})
	return ds
}
