package identity_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fangzhi/edtf"
	"fangzhi/graph"
	"fangzhi/ingest/identity"
	"fangzhi/loader/reading"
)

// seenIn is a mention of a person in a document of a jurisdiction, in a year.
type seenIn struct {
	document reading.Jurisdiction
	year     int
	official reading.Official
}

// namesakes returns the pairs among the people of the mentions, as "score reasons", best first.
func namesakes(mentions ...seenIn) []string {
	var facts []graph.Fact
	for _, m := range mentions {
		f := identity.NewFacts(identity.Scope{Publication: "月报", Region: m.document})
		m.official.Roles = []graph.OfficialRole{graph.RoleAttend}
		atom := f.Official(&m.official)
		f.Seen(atom)
		if m.year != 0 {
			f.Year(atom, graph.EventDate{EDTF: edtf.OfYear(m.year)})
		}
		facts = identity.Add(facts, f.List(), 1)
	}
	var people []*graph.EntityData
	entities := identity.Resolve(facts)
	for i := range entities {
		if entities[i].Kind == graph.KindOfficial {
			people = append(people, &entities[i])
		}
	}
	ofPeople := slices.DeleteFunc(facts, func(f graph.Fact) bool { return f.A.Kind != graph.KindOfficial })
	var out []string
	for _, p := range identity.SameName(ofPeople, people) {
		out = append(out, fmt.Sprintf("%.2f %s", p.Score, strings.Join(p.Reasons, "；")))
	}
	return out
}

func TestSameName(t *testing.T) {
	forestry, countyForestry := organ(chain(province), "河南省林业局"), organ(county, "澜州市云河区林业局")
	schooling := organ(chain(province), "河南省教育厅")
	elsewhere := chain(reading.Place{Name: "湖南省", Type: graph.LocProvince, Code: "430000"}, reading.Place{Name: "甲市", Type: graph.LocCity, Code: "439900"},
		reading.Place{Name: "乙县", Type: graph.LocCounty, Code: "439921"})
	titled := func(o reading.Official, title string) reading.Official {
		o.Posts[0].Title = title
		return o
	}
	for _, tt := range []struct {
		name     string
		mentions []seenIn
		want     []string
	}{
		{"one person", []seenIn{{county, 2020, person("王磊", county)}, {county, 2021, person("王磊", county, countyForestry)}}, nil},
		{"of the province's bureau and of the county's", []seenIn{
			{county, 2018, titled(person("王磊", county, forestry), "处长")}, {county, 2020, person("王磊", county, countyForestry)},
		}, []string{"0.50 同名，两字姓名多有重名；上下级辖区：河南省、河南省澜州市云河区；同一系统：林业局"}},
		{"a 区长 who goes next door", []seenIn{
			{county, 2016, titled(person("李晓川", county, organ(county, "澜州市云河区人民政府")), "区长")},
			{county, 2019, titled(person("李晓川", county, organ(county, "澜州市云河区人民政府")), "区长")},
			{other, 2019, titled(person("李晓川", other, organ(other, "中共澜州市松溪县委员会")), "书记")},
			{other, 2021, titled(person("李晓川", other, organ(other, "中共澜州市松溪县委员会")), "书记")},
		}, []string{"0.60 同名；同属河南省澜州市；前后任职相接：一处见于2016—2019年，一处见于2019—2021年"}},
		{"at both for years", []seenIn{
			{county, 2016, person("李晓川", county)}, {county, 2017, person("李晓川", county)},
			{other, 2016, person("李晓川", other)}, {other, 2017, person("李晓川", other)},
		}, []string{"0.25 同名；同属河南省澜州市；反证：有2年同时见于两处"}},
		{"far apart in place and time", []seenIn{{county, 1958, person("王磊", county)}, {elsewhere, 2020, person("王磊", elsewhere)}},
			[]string{"0.01 同名，两字姓名多有重名；反证：辖区相隔：河南省澜州市云河区、湖南省甲市乙县；反证：前后相隔62年"}},
		{"two organs of one province, one bare", []seenIn{
			{chain(province), 2020, person("王磊", chain(province), forestry)}, {chain(province), 2020, person("王磊", chain(province), schooling)},
			{chain(province), 2020, person("王磊", chain(province))},
		}, []string{
			"0.45 同名，两字姓名多有重名；同在一个辖区的不同单位；职务相同：局长",
			"0.45 同名，两字姓名多有重名；同在一个辖区的不同单位；一处未写单位", "0.45 同名，两字姓名多有重名；同在一个辖区的不同单位；一处未写单位",
		}},
		{"a long name", []seenIn{{county, 2020, person("玉素甫·卡德尔", county)}, {other, 2020, person("玉素甫·卡德尔", other)}},
			[]string{"0.50 同名，且四字以上的姓名少有重名；同属河南省澜州市"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, namesakes(tt.mentions...)); diff != "" {
				t.Errorf("pairs (-want +got):\n%s", diff)
			}
			slices.Reverse(tt.mentions)
			if diff := cmp.Diff(tt.want, namesakes(tt.mentions...)); diff != "" {
				t.Errorf("pairs in another order (-want +got):\n%s", diff)
			}
		})
	}
}

func TestWhatAnArticleKeepsApartIsNoPair(t *testing.T) {
	f := identity.NewFacts(identity.Scope{Publication: "月报", Region: county})
	a, b := person("王磊", county, organ(county, "澜州市云河区教育局")), person("王磊", county, organ(county, "澜州市云河区财政局"))
	x, y := f.Official(&a), f.Official(&b)
	f.Seen(x)
	f.Seen(y)
	f.Apart(x, y)
	var people []*graph.EntityData
	for _, e := range identity.Resolve(f.List()) {
		if e.Kind == graph.KindOfficial {
			people = append(people, &e)
		}
	}
	if len(people) != 3 { // and the bare atom, which nobody means
		t.Fatalf("%d people, want two and the bare name", len(people))
	}
	if pairs := identity.SameName(f.List(), people); len(pairs) > 0 {
		t.Errorf("pairs %+v, want none", pairs)
	}
}

// near returns the pairs of organs and places that stand in a block of near names together.
func near(t *testing.T, f *identity.Facts) []string {
	t.Helper()
	byKey := map[string][]*graph.EntityData{}
	entities := identity.Resolve(f.List())
	for _, fact := range f.List() {
		if fact.Kind != graph.FactName {
			continue
		}
		for _, key := range identity.NearKeys(*fact.A) {
			for i := range entities {
				if slices.Contains(entities[i].Atoms, fact.A.ID()) && !slices.Contains(byKey[key], &entities[i]) {
					byKey[key] = append(byKey[key], &entities[i])
				}
			}
		}
	}
	found := map[string]bool{}
	for _, list := range byKey {
		for _, p := range identity.NearName(list) {
			found[fmt.Sprintf("%.2f %s", p.Score, strings.Join(p.Reasons, "；"))] = true
		}
	}
	var out []string
	for line := range found {
		out = append(out, line)
	}
	slices.Sort(out)
	return out
}

func TestNearOrgans(t *testing.T) {
	f := identity.NewFacts(identity.Scope{Publication: "月报", Region: county})
	f.Organ(organ(county, "澜州市云河区卫生健康委员会"))
	f.Organ(organ(county, "澜州市云河区卫生健康局"))
	f.Organ(organ(other, "澜州市云河区卫生健康局")) // of another jurisdiction
	was := organ(county, "澜州市云河区农业局")
	was.Successors = []string{"澜州市云河区农业委员会"} // one became the other
	f.Organ(was)
	f.Organ(organ(county, "澜州市云河区农业委员会"))
	plate := organ(county, "澜州市云河区体育局") // two plates are one
	plate.Plates = []string{"澜州市云河区体育委员会"}
	f.Organ(plate)
	f.Organ(organ(county, "澜州市云河区体育委员会"))
	center := organ(county, "澜州市云河区图书馆服务中心")
	center.Parent = organ(county, "澜州市云河区图书馆管理局") // one belongs to the other
	f.Organ(center)
	want := []string{"0.60 名称只差通称：澜州市云河区卫生健康委员会、澜州市云河区卫生健康局；类别相同"}
	if diff := cmp.Diff(want, near(t, f)); diff != "" {
		t.Errorf("pairs (-want +got):\n%s", diff)
	}
}

func TestNearPlaces(t *testing.T) {
	f := identity.NewFacts(identity.Scope{Publication: "月报", Region: county})
	for _, p := range []struct {
		above reading.Jurisdiction
		name  string
		kind  graph.LocationKind
	}{
		{county, "记事广场", graph.LocVenue}, {county, "纪事广场", graph.LocVenue}, {other, "纪事广场", graph.LocVenue},
		{county, "第一社区", graph.LocCommunity}, {county, "第二社区", graph.LocCommunity}, // counted
		{county, "城东小区", graph.LocCommunity}, {county, "城西小区", graph.LocCommunity},
		{county, "云河体育公园", graph.LocVenue}, {county, "云河体公园", graph.LocVenue},
		{county, "文昌路", graph.LocRoad}, {county, "文昆路", graph.LocRoad}, // too short to tell
	} {
		f.Location(&reading.Location{Place: reading.Place{Name: p.name, Type: p.kind}, Above: p.above})
	}
	want := []string{
		"0.30 名称只差一字：云河体公园、云河体育公园，一处少“育”",
		"0.60 名称只差一字，读音相同：纪事广场、记事广场",
	}
	if diff := cmp.Diff(want, near(t, f)); diff != "" {
		t.Errorf("pairs (-want +got):\n%s", diff)
	}
}

// A block keeps the best pairs and no more, however many counties know the name.
func TestPairsOfOneNameAreBounded(t *testing.T) {
	var mentions []seenIn
	for i := range 20 { // 190 pairs
		place := chain(province, city, reading.Place{Name: fmt.Sprintf("第%c县", '一'+rune(i)), Type: graph.LocCounty, Code: fmt.Sprint(419930 + i)})
		mentions = append(mentions, seenIn{place, 2020, person("王磊", place)})
	}
	if n := len(namesakes(mentions...)); n != 100 {
		t.Errorf("%d pairs, want the best 100", n)
	}
}
