package lexicon_test

import (
	"fmt"
	"strings"
	"testing"

	"fangzhi/lexicon"

	"github.com/google/go-cmp/cmp"
)

// label names a division by its code and name, with its years where they say something.
func label(d lexicon.Division) string {
	switch {
	case d.IsZero():
		return ""
	case d.To != 0:
		return fmt.Sprintf("%s %s %d-%d", d.Code, d.Name, d.From, d.To)
	}
	return d.Code + " " + d.Name
}

func labels(ds []lexicon.Division) []string {
	var ls []string
	for _, d := range ds {
		ls = append(ls, label(d))
	}
	return ls
}

func mustDivision(t *testing.T, code string) lexicon.Division {
	t.Helper()
	d, ok := lexicon.DivisionByCode(code)
	if !ok {
		t.Fatalf("DivisionByCode(%q) finds none", code)
	}
	return d
}

func TestDivisionByCode(t *testing.T) {
	for _, tt := range []struct{ name, code, want string }{
		{"province", "33", "330000 浙江省 province"},
		{"province, padded", "330000", "330000 浙江省 province"},
		{"city", "3301", "330100 杭州市 city"},
		{"county", "330106", "330106 西湖区 county"},
		{"township", "330106109", "330106109 三墩镇 township"},
		{"village counts as its township", "330106109201", "330106109 三墩镇 township"},
		{"city without counties is no county", "441900", "441900 东莞市 city"},
		{"given anew: the last holder", "410108", "410108 惠济区 county"},
		{"ended", "410126", "410126 密县 county"},
		{"level without a name", "110100", "  "},
		{"level without a name, county", "419000", "  "},
		{"a county that repeats its city", "620201", "  "},
		{"no such code", "999999", "  "},
		{"five digits", "33010", "  "},
		{"not digits", "33010a", "  "},
		{"empty", "", "  "},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d, ok := lexicon.DivisionByCode(tt.code)
			if got := fmt.Sprintf("%s %s %v", d.Code, d.Name, d.Level); got != tt.want || ok == d.IsZero() {
				t.Errorf("DivisionByCode(%q) = %q, %v, want %q", tt.code, got, ok, tt.want)
			}
		})
	}
}

func TestDivisionInYear(t *testing.T) {
	for _, tt := range []struct {
		code string
		year int
		want string
	}{
		{"410108", 1986, ""}, // not yet
		{"410108", 1987, "410108 邙山区 1987-2003"},
		{"410108", 2002, "410108 邙山区 1987-2003"},
		{"410108", 2003, "410108 惠济区"}, // both in that year, the later one
		{"410108", 0, "410108 惠济区"},
		{"420600", 2009, "420600 襄樊市 1981-2010"},
		{"510200", 1990, "510200 重庆市 1981-1997"},
		{"510200", 0, ""},
		{"330106", 1950, ""},                  // made in 1983
		{"330000", 1950, "330000 浙江省"},        // the history begins in 1981
		{"330106002", 1990, "330106002 北山街道"}, // townships have no history
	} {
		d, _ := lexicon.DivisionInYear(tt.code, tt.year)
		if got := label(d); got != tt.want {
			t.Errorf("DivisionInYear(%q, %d) = %q, want %q", tt.code, tt.year, got, tt.want)
		}
	}
}

func TestFullName(t *testing.T) {
	for _, tt := range []struct{ code, want string }{
		{"330106", "浙江省杭州市西湖区"},
		{"330106002", "浙江省杭州市西湖区北山街道"},
		{"110102", "北京市西城区"}, // 市辖区 passed over, 北京市 not said twice
		{"110102001", "北京市西城区西长安街街道"},
		{"500229", "重庆市城口县"},        // 县 passed over
		{"419001001", "河南省济源市沁园街道"}, // printed with 济源市
		{"441900003", "广东省东莞市东城街道"}, // no county between
		{"620201100", "甘肃省嘉峪关市新城镇"}, // under the county that repeats its city
		{"659001", "新疆维吾尔自治区石河子市"},  // 自治区直辖县级行政区划 passed over
		{"410126", "河南省郑州市密县"},      // ended
		{"412429", "河南省开封地区密县"},     // ended, its prefecture too
		{"142221", "山西省忻县地区忻县"},     // and not 忻州地区, as which the code went on
		{"510216", "四川省重庆市万盛区"},     // before 重庆 was a province
		{"710000", "台湾省"},
	} {
		if got := mustDivision(t, tt.code).FullName(); got != tt.want {
			t.Errorf("FullName of %s = %q, want %q", tt.code, got, tt.want)
		}
	}
	if got := (lexicon.Division{}).FullName(); got != "" {
		t.Errorf("FullName of no division = %q", got)
	}
}

func TestChildren(t *testing.T) {
	for _, tt := range []struct {
		code  string
		first string
		last  string
		n     int
	}{
		{"330000", "330100 杭州市", "331100 丽水市", 11},
		{"410000", "410100 郑州市", "419001 济源市", 18},
		{"110000", "110101 东城区", "110119 延庆区", 16},
		{"500000", "500101 万州区", "500243 彭水苗族土家族自治县", 38},
		{"330106", "330106002 北山街道", "330106110 双浦镇", 12},
		{"441900", "441900003 东城街道", "441900404 东莞滨海湾新区", 36},
		{"620200", "620201001 雄关街道", "620201102 文殊镇", 5},
		{"330106002", "", "", 0},
	} {
		got := labels(mustDivision(t, tt.code).Children())
		if len(got) != tt.n {
			t.Errorf("%s has %d children, want %d: %q", tt.code, len(got), tt.n, got)
		}
		if len(got) == 0 {
			got = []string{""}
		}
		if got[0] != tt.first || got[len(got)-1] != tt.last {
			t.Errorf("children of %s are %q … %q, want %q … %q", tt.code, got[0], got[len(got)-1], tt.first, tt.last)
		}
	}
	// What ended before 2010 was 襄樊市's, what is still there was too.
	old, _ := lexicon.DivisionInYear("420600", 2005)
	var names []string
	for _, c := range old.Children() {
		names = append(names, c.Name)
	}
	for _, want := range []string{"樊东区", "襄城区", "枣阳县"} {
		if !strings.Contains(strings.Join(names, " "), want) {
			t.Errorf("children of 襄樊市 lack %s: %q", want, names)
		}
	}
}

func TestSuccessors(t *testing.T) {
	for _, tt := range []struct {
		code       string
		year       int
		successors []string
		heirs      []string
	}{
		{"412429", 1982, []string{"410126"}, []string{"410183 新密市"}}, // part of it went to 410100 earlier
		{"410126", 1985, []string{"410183"}, []string{"410183 新密市"}},
		{"410108", 1990, []string{"410108"}, []string{"410108 惠济区"}}, // renamed
		{"410111", 1985, []string{"410108"}, []string{"410108 惠济区"}}, // 金海区, over 邙山区
		{"420605", 1990, []string{"420602", "420606"}, []string{"420602 襄城区", "420606 樊城区"}},
		{"410881", 1992, []string{"419001"}, []string{"419001 济源市"}}, // and not 义马市, which had the code before
		{"330106", 0, nil, []string{"330106 西湖区"}},
	} {
		d, ok := lexicon.DivisionInYear(tt.code, tt.year)
		if !ok {
			t.Fatalf("no division %s in %d", tt.code, tt.year)
		}
		if diff := cmp.Diff(tt.successors, d.Successors()); diff != "" {
			t.Errorf("successors of %s (-want +got):\n%s", label(d), diff)
		}
		if diff := cmp.Diff(tt.heirs, labels(d.Heirs())); diff != "" {
			t.Errorf("heirs of %s (-want +got):\n%s", label(d), diff)
		}
	}
}

// everyDivision calls yield for each division of the tables, found by walking down from the provinces and, for those
// that ended, over all codes.
func everyDivision(t *testing.T, yield func(lexicon.Division)) (n int) {
	t.Helper()
	for code := 110000; code < 830000; code++ {
		if _, ok := lexicon.DivisionByCode(fmt.Sprint(code)); !ok {
			continue
		}
		seen := lexicon.Division{}
		for year := 1981; year <= 2025; year++ {
			d, ok := lexicon.DivisionInYear(fmt.Sprint(code), year)
			if ok && d != seen {
				seen = d
				yield(d)
				n++
				if d.Level == lexicon.LevelCounty && d.To == 0 || d.Level == lexicon.LevelCity {
					for _, c := range d.Children() {
						if c.Level == lexicon.LevelTownship {
							yield(c)
							n++
						}
					}
				}
			}
		}
	}
	return n
}

// TestEveryDivisionHangsTogether holds for the whole table: each has a parent of a higher level whose code its own
// begins with and that lists it, and its full name leads back to it.
func TestEveryDivisionHangsTogether(t *testing.T) {
	if testing.Short() {
		t.Skip("walks the whole table")
	}
	children := map[lexicon.Division]map[lexicon.Division]bool{}
	townships := 0
	n := everyDivision(t, func(d lexicon.Division) {
		if d.Level == lexicon.LevelTownship {
			townships++
		}
		p, ok := d.Parent()
		if !ok {
			if d.Level != lexicon.LevelProvince {
				t.Errorf("%s has no parent", label(d))
			}
			return
		}
		if p.Level >= d.Level || !strings.HasPrefix(d.Code, strings.TrimRight(p.Code, "0")) {
			t.Errorf("%s has the parent %s", label(d), label(p))
		}
		if d.To != 0 && p.To != 0 && p.To < d.To {
			t.Errorf("%s outlived its last parent %s", label(d), label(p))
		}
		if d.To == 0 && p.To != 0 {
			t.Errorf("%s is in force, its parent %s is not", label(d), label(p))
		}
		if children[p] == nil {
			children[p] = map[lexicon.Division]bool{}
			for _, c := range p.Children() {
				children[p][c] = true
			}
		}
		if (p.To != 0 || d.To == 0) && !children[p][d] {
			t.Errorf("%s is no child of its parent %s", label(d), label(p))
		}
		if path := d.Path(); path[0].Level != lexicon.LevelProvince || path[len(path)-1] != d {
			t.Errorf("path of %s is %q", label(d), labels(path))
		}
	})
	if n < 48000 || townships != 41352 {
		t.Errorf("walked %d divisions, %d townships; want at least 48000 and 41352", n, townships)
	}
}
