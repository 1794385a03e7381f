package lexicon

import (
	"slices"
	"strings"
	"unicode/utf8"

	"fangzhi/internal/trie"
)

// A nameForm says how a name stands for a division.
type nameForm uint8

const (
	formFull  nameForm = iota // 管城回族区
	formShort                 // 管城区, 恩施州: shorter, but still with its 区 or 州
	formBare                  // 管城, 恩施, 郑州
)

// A nameIndex finds rows by name. Rows of one name are chained, latest added first.
type nameIndex struct {
	heads   trie.Trie // name -> entry
	entries []nameEntry
}

type nameEntry struct {
	row  int32
	next int32 // -1 at the end of the chain
	form nameForm
}

func newNameIndex(names int) *nameIndex {
	return &nameIndex{entries: make([]nameEntry, 0, names)}
}

func (x *nameIndex) add(name string, row int, form nameForm) {
	next := x.heads.Add(name, len(x.entries))
	x.entries = append(x.entries, nameEntry{row: int32(row), next: int32(next), form: form})
}

// each calls yield for every row that has the name.
func (x *nameIndex) each(name string, yield func(row int, form nameForm)) {
	x.from(x.heads.Get([]rune(name)), yield)
}

// from calls yield for every row of the name whose first entry is head; for none if that is negative.
func (x *nameIndex) from(head int, yield func(row int, form nameForm)) {
	for i := int32(head); i >= 0; i = x.entries[i].next {
		yield(int(x.entries[i].row), x.entries[i].form)
	}
}

// DivisionsNamed returns every division, past and present, that has the name in full or in one of its shorter forms,
// sorted by code, then year; nil where there is none. Shorter forms are generated: the unit left out where two code
// points stay (西湖 for 西湖区, never 密 for 密县), without the people or the autonomy (管城区 for 管城回族区, 内蒙古
// for 内蒙古自治区, 恩施州), 高新区 and 经开区 for development zones; for townships X街道 = X街道办事处 = X办事处 = X街道办 = X办, and without the county's name
// before it.
func DivisionsNamed(name string) []Division { return divisionsNamed(name, "") }

// DivisionsWithin is DivisionsNamed among the divisions below code (a code of two to six digits), itself not
// included; nil if code is of another form. Everything counts whose code begins like it, whatever the year.
func DivisionsWithin(code, name string) []Division {
	if n, ok := codeNumber(code); !ok || n >= firstTownship {
		return nil
	}
	return divisionsNamed(name, code)
}

func divisionsNamed(name, within string) []Division {
	var found []Division
	t := counties()
	t.names.each(name, func(row int, _ nameForm) {
		if r := t.rows[row]; below(r.code, within) {
			found = append(found, r.division())
		}
	})
	towns, top := townships(), wholeCountry
	if within != "" {
		top, _ = codeNumber(within)
	}
	towns.index(top).each(townshipKey(name), func(row int, _ nameForm) {
		found = append(found, towns.rows[row].division())
	})
	sortDivisions(found)
	return slices.Compact(found)
}

// below reports whether code lies below the division within; "" is the whole country.
func below(code uint32, within string) bool {
	if within == "" {
		return true
	}
	top, ok := codeNumber(within)
	if !ok || code == top {
		return false
	}
	if code >= firstTownship {
		code /= 1000
	}
	first, last := codeSpan(top)
	return first <= code && code <= last
}

// An alias is a generated name with its form.
type alias struct {
	name string
	form nameForm
}

// divisionAliases returns the shorter names of a province, city or county, without its full name.
func divisionAliases(name string) []alias {
	stem, unit := splitUnit(name)
	short := stem
	if strings.HasPrefix(unit, "自治") || strings.HasSuffix(stem, "族") {
		short = trimPeoples(stem)
	}
	var aliases []alias
	add := func(name string, form nameForm) {
		if utf8.RuneCountInString(name) >= 2 {
			aliases = append(aliases, alias{name, form})
		}
	}
	for _, z := range zones {
		if city, ok := strings.CutSuffix(name, z.name); ok {
			add(city+z.short, formShort)
			add(z.short, formShort)
			return aliases
		}
	}
	switch unit {
	case "":
		return nil
	case "自治州", "自治县", "自治旗":
		add(short+unit[len("自治"):], formShort)
	case "区", "旗":
		if short != stem {
			add(short+unit, formShort)
		}
	}
	if !bareUnfit[short] {
		add(short, formBare)
	}
	return aliases
}

// zones are the endings of development zones that have a short form in daily use, with or without the city before it.
var zones = []struct{ name, short string }{
	{"高新技术产业开发区", "高新区"}, {"高新技术产业园区", "高新区"}, {"高新技术开发区", "高新区"},
	{"经济技术开发区", "经开区"}, {"经济开发区", "经开区"},
}

// bareUnfit lists what is no name of its own once the unit is gone.
var bareUnfit = map[string]bool{"市中": true}

// A unitName is the ending of a division's name.
type unitName struct {
	name string
	keep bool // belongs to the name, which then has no bare form
}

// units are the endings of divisions' names by their last character; of two of which one ends the other the longer one
// comes first.
var units = map[rune][]unitName{
	'省': {{"省", false}},
	'市': {{"市", false}},
	'县': {{"自治县", false}, {"县", false}},
	'盟': {{"盟", false}},
	'州': {{"自治州", false}},
	'旗': {{"自治旗", false}, {"左旗", true}, {"右旗", true}, {"前旗", true}, {"后旗", true}, {"中旗", true}, {"旗", false}},
	'区': {
		{"特别行政区", false}, {"自治区", false}, {"地区", false}, {"林区", false}, {"特区", false}, {"开发区", true},
		{"示范区", true}, {"管理区", true}, {"试验区", true}, {"实验区", true}, {"工业区", true}, {"食品区", true},
		{"园区", true}, {"新区", true}, {"矿区", true}, {"区", false},
	},
}

// splitUnit cuts the unit off a division's name; the unit is "" where there is none that may be left out.
func splitUnit(name string) (stem, unit string) {
	last, _ := utf8.DecodeLastRuneInString(name)
	for _, u := range units[last] {
		if stem, ok := strings.CutSuffix(name, u.name); ok {
			if u.keep {
				return name, ""
			}
			return stem, u.name
		}
	}
	return name, ""
}

// peoples are the names of peoples (民族) as divisions' names have them, without 族: the longer ones first where one
// ends another. Source: GB/T 3304-1991, facts.
var peoples = []string{
	"各族", "柯尔克孜", "哈萨克", "维吾尔", "乌孜别克", "俄罗斯", "塔吉克", "塔塔尔", "鄂温克", "鄂伦春", "达斡尔", "布依", "朝鲜",
	"土家", "哈尼", "傈僳", "高山", "拉祜", "东乡", "纳西", "景颇", "仫佬", "布朗", "撒拉", "毛南", "仡佬", "锡伯", "阿昌", "普米",
	"德昂", "保安", "裕固", "独龙", "赫哲", "门巴", "珞巴", "基诺", "蒙古", "回", "藏", "苗", "彝", "壮", "满", "侗", "瑶", "白", "傣",
	"黎", "佤", "畲", "水", "土", "羌", "怒", "京",
}

// trimPeoples cuts the peoples off the end of a stem: 恩施土家族苗族 is 恩施, 巴音郭楞蒙古 is 巴音郭楞. One syllable
// counts only with its 族 (or before 族 of the unit); what is nothing but a people stays: 东乡族 is 东乡.
func trimPeoples(stem string) string {
	for {
		cut := stem
		for _, p := range peoples {
			if s, ok := strings.CutSuffix(stem, p+"族"); ok {
				cut = s
				break
			}
			if utf8.RuneCountInString(p) > 1 {
				if s, ok := strings.CutSuffix(stem, p); ok {
					cut = s
					break
				}
			}
		}
		if cut == stem {
			return stem
		}
		if utf8.RuneCountInString(cut) < 2 {
			return strings.TrimSuffix(stem, "族")
		}
		stem = cut
	}
}

// townshipKey is the form under which a township is looked up: 街道办事处, 街道办, 办事处 and 办 all read 街道, and
// 地区办事处 (of Beijing) reads 地区, as the table has it.
func townshipKey(name string) string {
	for _, end := range []string{"街道办事处", "街道办", "办事处", "办"} {
		if stem, ok := strings.CutSuffix(name, end); ok && utf8.RuneCountInString(stem) >= 2 {
			if strings.HasSuffix(stem, "地区") {
				return stem
			}
			return stem + "街道"
		}
	}
	return name
}

// withoutPeople returns 十八里河乡 for 十八里河回族乡 and "" for a name without a people or with nothing else.
func withoutPeople(name string) string {
	stem, ok := strings.CutSuffix(name, "乡")
	if !ok {
		return ""
	}
	if s, ok := strings.CutSuffix(stem, "民族"); ok {
		stem = s
	} else if !strings.HasSuffix(stem, "族") {
		return ""
	}
	if stem = trimPeoples(stem); utf8.RuneCountInString(stem) < 2 {
		return ""
	}
	return stem + "乡"
}
