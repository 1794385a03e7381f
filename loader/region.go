package loader

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"fangzhi/graph"
	"fangzhi/lexicon"
	"fangzhi/loader/layout"
	"fangzhi/loader/reading"
)

// Whose chronicle it is: said by a person, or read from what the document says of itself.

// The codes of warnings.
const (
	WarnUnknownRegion   = "unknown-region"   // no code for it: the table does not know it, or nothing is said
	WarnAmbiguousRegion = "ambiguous-region" // several divisions have the name
)

// regionNamed returns the jurisdiction that --region means. A chain of names that no table knows is taken at its word;
// a name that fits several divisions, or is none, is refused.
func regionNamed(s string) (reading.Jurisdiction, error) {
	region, candidates := lexicon.ResolveRegion(s)
	if !region.IsZero() {
		return jurisdictionOf(region), nil
	}
	if len(candidates) > 0 {
		return reading.Jurisdiction{}, fmt.Errorf("region %q fits several divisions: %s; give its code or the names above it", s, listDivisions(candidates))
	}
	if chain := chainOf(s); len(chain) > 0 && chain.text() == s {
		return chain.jurisdiction(0), nil
	}
	return reading.Jurisdiction{}, fmt.Errorf("region %q: %w; give a code like 330106 or a name like 杭州市西湖区", s, errNoDivision)
}

var errNoDivision = errors.New("no such division")

func listDivisions(ds []lexicon.Division) string {
	const most = 5
	var parts []string
	for _, d := range ds[:min(len(ds), most)] {
		parts = append(parts, d.Code+" "+d.FullName())
	}
	if len(ds) > most {
		parts = append(parts, fmt.Sprintf("… (%d)", len(ds)))
	}
	return strings.Join(parts, ", ")
}

// regionOf reads the jurisdiction from the title of the publication, the offices in masthead and imprint and the host
// of the publication. The title says which division it is; the others say what it lies in. Where several divisions
// have the name, the one is taken whose city or province the text names most. The warning, if any, tells the user to
// say it.
func regionOf(is *layout.Issue, year int) (reading.Jurisdiction, *graph.IngestWarning) {
	var own chain
	for _, s := range append([]string{withoutYear(is.Publication)}, statements(is)...) {
		own = own.merge(chainOf(s))
	}
	warn := func(code, format string, args ...any) *graph.IngestWarning {
		return &graph.IngestWarning{Line: is.Line, Code: code, Message: fmt.Sprintf(format, args...) + "；可用 --region 指定"}
	}
	if len(own) == 0 {
		return reading.Jurisdiction{}, warn(WarnUnknownRegion, "刊名、编辑和主办单位都没有写明属于哪个行政区划")
	}
	region, candidates := lexicon.ResolveRegionIn(own.text(), year)
	if region.IsZero() && len(candidates) > 0 {
		region = mostNamed(candidates, is.Text)
		if region.IsZero() {
			return own.jurisdiction(year), warn(WarnAmbiguousRegion, "“%s”可能是：%s", own.text(), listChinese(candidates))
		}
	}
	if region.IsZero() {
		return own.jurisdiction(year), warn(WarnUnknownRegion, "行政区划表中没有“%s”，没有代码", own.text())
	}
	return jurisdictionOf(region), nil
}

// withoutYear returns a title without the year that it begins with: 2021年云河区大事记.
func withoutYear(title string) string {
	year, rest, ok := strings.Cut(title, "年")
	if !ok || utf8.RuneCountInString(year) != 4 || strings.ContainsFunc(year, func(r rune) bool {
		return !unicode.IsDigit(r) && !strings.ContainsRune("〇○零一二三四五六七八九", r)
	}) {
		return title
	}
	return rest
}

// statements returns the names of organs by which a document says whose it is.
func statements(is *layout.Issue) []string {
	var out []string
	for _, s := range []string{is.Office, is.Host, is.Publisher} {
		out = append(out, strings.FieldsFunc(s, func(r rune) bool { return r == '、' || r == '，' || unicode.IsSpace(r) })...)
	}
	return out
}

func listChinese(ds []lexicon.Division) string {
	const most = 5
	var parts []string
	for _, d := range ds[:min(len(ds), most)] {
		parts = append(parts, d.FullName()+"（"+d.Code+"）")
	}
	if len(ds) > most {
		return strings.Join(parts, "、") + fmt.Sprintf("等%d个", len(ds))
	}
	return strings.Join(parts, "、")
}

// mostNamed returns the candidate whose city is named most in the text, then whose province is; zero where that is no
// clear answer: twice as often as any other.
func mostNamed(candidates []lexicon.Division, text string) lexicon.Division {
	for _, level := range []lexicon.Level{lexicon.LevelCity, lexicon.LevelProvince} {
		best, first, second := lexicon.Division{}, 0, 0
		for _, c := range candidates {
			n := 0
			for _, p := range c.Path() {
				if p.Level == level && p != c {
					n = strings.Count(text, p.Name)
				}
			}
			switch {
			case n > first:
				best, first, second = c, n, first
			case n > second:
				second = n
			}
		}
		if first >= 2 && first >= 2*second {
			return best
		}
	}
	return lexicon.Division{}
}

// jurisdictionOf returns a division with all above it.
func jurisdictionOf(d lexicon.Division) reading.Jurisdiction {
	var j reading.Jurisdiction
	for _, p := range d.Path() {
		j.Chain = append(j.Chain, reading.Place{
			Name: p.Name, Type: kindOf(p.Level), Code: p.Code, ValidFrom: p.From, ValidTo: p.To,
		})
	}
	return j
}

func kindOf(l lexicon.Level) graph.LocationKind {
	switch l {
	case lexicon.LevelProvince:
		return graph.LocProvince
	case lexicon.LevelCity:
		return graph.LocCity
	case lexicon.LevelCounty:
		return graph.LocCounty
	case lexicon.LevelTownship:
		return graph.LocTownship
	}
	return graph.LocOther
}

// link is one name of a chain, with its level.
type link struct {
	name  string
	level lexicon.Level
}

// chain is the names of divisions at the start of a title or of an organ's name, each in the one before it:
// 澜州市云河区 in 澜州市云河区地方史志办公室.
type chain []link

func (c chain) text() string {
	var b strings.Builder
	for _, l := range c {
		b.WriteString(l.name)
	}
	return b.String()
}

// merge adds what another chain knows of the levels above: [云河区] and [河南省, 澜州市, 云河区] are the latter. A chain
// that ends with another name says nothing about this one, unless it is one of those above it.
func (c chain) merge(o chain) chain {
	if len(c) == 0 {
		return o
	}
	if len(o) == 0 {
		return c
	}
	last, other := c[len(c)-1], o[len(o)-1]
	if other != last && (other.level >= last.level || slices.ContainsFunc(c, func(l link) bool { return l.level == other.level && l != other })) {
		return c
	}
	merged := slices.Clone(c)
	for _, l := range o {
		if !slices.ContainsFunc(merged, func(m link) bool { return m.level == l.level }) {
			merged = append(merged, l)
		}
	}
	slices.SortFunc(merged, func(a, b link) int { return cmp.Compare(a.level, b.level) })
	return merged
}

// jurisdiction returns the chain as it says itself, with the codes of those names that are known where they stand.
func (c chain) jurisdiction(year int) reading.Jurisdiction {
	var j reading.Jurisdiction
	known := true
	for i, l := range c {
		p := reading.Place{Name: l.name, Type: kindOf(l.level)}
		// Below a name that no table knows nothing can be looked up: it would be another one's.
		if d, _ := lexicon.ResolveRegionIn(c[:i+1].text(), year); known && !d.IsZero() && d.Level == l.level {
			p.Name, p.Code, p.ValidFrom, p.ValidTo = d.Name, d.Code, d.From, d.To
		} else {
			known = false
		}
		j.Chain = append(j.Chain, p)
	}
	return j
}

// units end the names of divisions.
var units = []struct {
	name  string
	level lexicon.Level
}{
	{"特别行政区", lexicon.LevelProvince}, {"自治区", lexicon.LevelProvince}, {"自治州", lexicon.LevelCity}, {"自治县", lexicon.LevelCounty}, {"自治旗", lexicon.LevelCounty},
	{"地区", lexicon.LevelCity}, {"新区", lexicon.LevelCounty}, {"省", lexicon.LevelProvince}, {"市", lexicon.LevelCity}, {"州", lexicon.LevelCity}, {"盟", lexicon.LevelCity},
	{"县", lexicon.LevelCounty}, {"区", lexicon.LevelCounty}, {"旗", lexicon.LevelCounty},
}

// noNames end like divisions and are none.
var noNames = []string{"社区", "小区", "园区", "城区", "市区", "辖区", "校区", "片区", "街区", "地区", "新区", "开发区", "特区", "库区", "景区", "城市", "县市", "县区", "市县", "集市", "超市"}

// maxNameRunes is longer than every full name of a division.
const maxNameRunes = 15

// chainOf reads the chain of names that s begins with; 中共 before it does not count.
func chainOf(s string) chain {
	s = strings.TrimPrefix(s, "中共")
	var c chain
	level := lexicon.Level(0)
	for s != "" {
		name, l := nameAt(s, level)
		if name == "" {
			return c
		}
		c = append(c, link{name, l})
		level, s = l, s[len(name):]
	}
	return c
}

// nameAt returns the name of a division below the level above that s begins with: the longest that the table has in
// full, else the shortest of three code points or more that ends as such names do.
func nameAt(s string, above lexicon.Level) (name string, level lexicon.Level) {
	n, shortest, shortestLevel := 0, "", lexicon.Level(0)
	for i, r := range s {
		if n++; n > maxNameRunes || !unicode.Is(unicode.Han, r) {
			break
		}
		prefix := s[:i+utf8.RuneLen(r)]
		unit := unitOf(prefix, above)
		if n < 2 || unit <= above || slices.Contains(noNames, prefix) {
			continue
		}
		for _, d := range lexicon.DivisionsNamed(prefix) {
			if d.Name == prefix && d.Level > above && d.Level < lexicon.LevelTownship {
				name, level = prefix, d.Level
				break
			}
		}
		if shortest == "" && n >= 3 && n <= 8 && !(n == 3 && slices.Contains(noNames, lastTwo(prefix))) {
			shortest, shortestLevel = prefix, unit
		}
	}
	if name == "" {
		return shortest, shortestLevel
	}
	return name, level
}

// lastTwo returns the last two code points of s, which has them.
func lastTwo(s string) string {
	rs := []rune(s)
	return string(rs[len(rs)-2:])
}

// unitOf returns the level that the end of a name says. 市 below a 市 is a county-level city.
func unitOf(name string, above lexicon.Level) lexicon.Level {
	for _, u := range units {
		if strings.HasSuffix(name, u.name) {
			if u.name == "市" && above == lexicon.LevelCity {
				return lexicon.LevelCounty
			}
			return u.level
		}
	}
	return 0
}
