package identity_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"fangzhi/graph"
	"fangzhi/ingest/identity"
	"fangzhi/loader/reading"
)

var (
	province = reading.Place{Name: "河南省", Type: graph.LocProvince, Code: "410000"}
	city     = reading.Place{Name: "澜州市", Type: graph.LocCity, Code: "419900"}
	county   = chain(province, city, reading.Place{Name: "云河区", Type: graph.LocCounty, Code: "419902"})
	other    = chain(province, city, reading.Place{Name: "松溪县", Type: graph.LocCounty, Code: "419921"})
)

func chain(places ...reading.Place) reading.Jurisdiction { return reading.Jurisdiction{Chain: places} }

func organ(region reading.Jurisdiction, name string) *reading.Organ {
	return &reading.Organ{Name: name, Type: graph.DeptGovernment, Region: region}
}

func person(name string, region reading.Jurisdiction, organs ...*reading.Organ) reading.Official {
	o := reading.Official{Name: name, Region: region}
	for _, organ := range organs {
		o.Posts = append(o.Posts, reading.Post{Title: "局长", Organ: organ, Attests: graph.AttestsHeld})
	}
	return o
}

// article is the officials of one article of a county's or a city's chronicle.
type article struct {
	region    reading.Jurisdiction
	officials []reading.Official
}

// groups resolves the articles and returns the components as "label: atoms", each atom code:organ:name, sorted.
func groups(articles ...article) []string {
	var facts []graph.Fact
	names := map[graph.ID]string{}
	for _, a := range articles {
		f := identity.NewFacts(identity.Scope{Publication: "月报", Region: a.region})
		var apart []graph.Atom
		for i := range a.officials {
			for _, atom := range (identity.Scope{Publication: "月报", Region: a.region}).Official(&a.officials[i]) {
				names[atom.ID()] = strings.Join([]string{atom.Code, atom.Organ, atom.Name}, ":")
				bare := graph.Atom{Kind: atom.Kind, Code: atom.Code, Name: atom.Name}
				names[bare.ID()] = strings.Join([]string{bare.Code, "", bare.Name}, ":")
			}
			atom := f.Official(&a.officials[i])
			f.Seen(atom)
			if a.officials[i].Apart {
				for _, other := range apart {
					if other != atom {
						f.Apart(other, atom)
					}
				}
				apart = append(apart, atom)
			}
		}
		facts = identity.Add(facts, f.List(), 1)
	}
	var out []string
	for _, e := range identity.Resolve(facts) {
		if e.Kind != graph.KindOfficial {
			continue
		}
		var members []string
		for _, id := range e.Atoms {
			members = append(members, names[id])
		}
		out = append(out, strings.Join(members, " + "))
	}
	slices.Sort(out)
	return out
}

func TestOfficials(t *testing.T) {
	government := organ(county, "澜州市云河区人民政府")
	committee := organ(county, "中共澜州市云河区委员会")
	education := organ(county, "澜州市云河区教育局")
	finance := organ(county, "澜州市云河区财政局")
	cityForestry := organ(chain(province, city), "澜州市林业局")
	cityPolice := organ(chain(province, city), "澜州市公安局")
	forestry := organ(chain(province), "河南省林业局")
	schooling := organ(chain(province), "河南省教育厅")
	congress := organ(chain(province), "河南省人民代表大会")
	apart := func(o reading.Official) reading.Official { o.Apart = true; return o }
	deputy := func(name string, region reading.Jurisdiction, organ *reading.Organ) reading.Official {
		o := person(name, region, organ)
		o.Posts[0].Membership = true
		return o
	}

	for _, tt := range []struct {
		name     string
		articles []article
		want     []string
	}{
		{"one county, one name: with a post and bare are one, the bare atom first", []article{
			{county, []reading.Official{person("李晓川", county, government)}},
			{county, []reading.Official{person("李晓川", county)}},
		}, []string{"419902::李晓川 + 419902:澜州市云河区人民政府:李晓川"}},
		{"the bare atom of a county exists before anyone is bare", []article{
			{county, []reading.Official{person("李晓川", county, government)}},
		}, []string{"419902::李晓川 + 419902:澜州市云河区人民政府:李晓川"}},
		{"two posts in one breath", []article{
			{county, []reading.Official{person("李晓川", county, committee, government)}},
		}, []string{"419902::李晓川 + 419902:中共澜州市云河区委员会:李晓川 + 419902:澜州市云河区人民政府:李晓川"}},
		{"two counties", []article{
			{county, []reading.Official{person("王磊", county)}},
			{other, []reading.Official{person("王磊", other)}},
		}, []string{"419902::王磊", "419921::王磊"}},
		{"two organs of a province are two people", []article{
			{county, []reading.Official{person("王磊", county, forestry)}},
			{county, []reading.Official{person("王磊", county, schooling)}},
		}, []string{"410000:河南省教育厅:王磊", "410000:河南省林业局:王磊"}},
		{"a city's bare name joins the only one of its name", []article{
			{chain(province, city), []reading.Official{person("张卫东", chain(province, city))}},
			{chain(province, city), []reading.Official{person("张卫东", chain(province, city), cityForestry)}},
		}, []string{"419900::张卫东 + 419900:澜州市林业局:张卫东"}},
		{"are there two, the bare name stays alone", []article{
			{chain(province, city), []reading.Official{person("张卫东", chain(province, city))}},
			{chain(province, city), []reading.Official{person("张卫东", chain(province, city), cityForestry)}},
			{chain(province, city), []reading.Official{person("张卫东", chain(province, city), cityPolice)}},
		}, []string{"419900::张卫东", "419900:澜州市公安局:张卫东", "419900:澜州市林业局:张卫东"}},
		{"an article that lists a name twice splits the county", []article{
			{county, []reading.Official{apart(person("王磊", county, education)), apart(person("王磊", county, finance))}},
			{county, []reading.Official{person("王磊", county, education)}},
		}, []string{"419902::王磊", "419902:澜州市云河区教育局:王磊", "419902:澜州市云河区财政局:王磊"}},
		{"after a split the bare name stands alone", []article{
			{county, []reading.Official{person("王磊", county)}},
			{county, []reading.Official{apart(person("王磊", county, education)), apart(person("王磊", county, finance))}},
		}, []string{"419902::王磊", "419902:澜州市云河区教育局:王磊", "419902:澜州市云河区财政局:王磊"}},
		{"an article that names the county's and the city's does not split the county", []article{
			{county, []reading.Official{apart(person("王磊", county, education)), apart(person("王磊", county, cityForestry))}},
			{county, []reading.Official{person("王磊", county, finance)}},
		}, []string{"419900:澜州市林业局:王磊", "419902::王磊 + 419902:澜州市云河区教育局:王磊 + 419902:澜州市云河区财政局:王磊"}},
		{"one breath joins two organs of a city", []article{
			{chain(province, city), []reading.Official{person("张卫东", chain(province, city), cityForestry, cityPolice)}},
			{chain(province, city), []reading.Official{person("张卫东", chain(province, city))}},
		}, []string{"419900::张卫东 + 419900:澜州市公安局:张卫东 + 419900:澜州市林业局:张卫东"}},
		{"one breath does not join what an article keeps apart", []article{
			{county, []reading.Official{person("王磊", county, education, finance)}},
			{county, []reading.Official{apart(person("王磊", county, education)), apart(person("王磊", county, finance))}},
		}, []string{"419902::王磊", "419902:澜州市云河区教育局:王磊", "419902:澜州市云河区财政局:王磊"}},
		{"a 区长 who becomes 书记 next door is two", []article{
			{county, []reading.Official{person("李晓川", county, government)}},
			{other, []reading.Official{person("李晓川", other, organ(other, "中共澜州市松溪县委员会"))}},
		}, []string{"419902::李晓川 + 419902:澜州市云河区人民政府:李晓川", "419921::李晓川 + 419921:中共澜州市松溪县委员会:李晓川"}},
		{"deputies of the province whom two counties name are two", []article{
			{county, []reading.Official{deputy("王磊", county, congress)}},
			{other, []reading.Official{deputy("王磊", other, congress)}},
			{county, []reading.Official{person("王磊", county, education)}},
		}, []string{"419902::王磊 + 419902:河南省人民代表大会:王磊 + 419902:澜州市云河区教育局:王磊", "419921::王磊 + 419921:河南省人民代表大会:王磊"}},
		{"a deputy of the county whom the city names is of the county", []article{
			{chain(province, city), []reading.Official{deputy("王磊", chain(province, city), organ(county, "澜州市云河区人民代表大会"))}},
			{county, []reading.Official{person("王磊", county)}},
		}, []string{"419902::王磊 + 419902:澜州市云河区人民代表大会:王磊"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, groups(tt.articles...)); diff != "" {
				t.Errorf("components (-want +got):\n%s", diff)
			}
		})
	}
}

func TestMembershipMakesNoOneKnown(t *testing.T) {
	congress := organ(chain(province), "河南省人民代表大会")
	deputy := person("王磊", county, congress)
	deputy.Posts[0].Membership = true
	scope := identity.Scope{Publication: "月报", Region: county}
	if got := scope.Official(&deputy); len(got) != 1 || got[0].Organ != "河南省人民代表大会" {
		t.Errorf("a deputy without an office: %+v, want the membership's atom", got)
	}
	deputy.Posts = append(deputy.Posts, reading.Post{Title: "局长", Organ: organ(county, "澜州市云河区教育局")})
	if got := scope.Official(&deputy); len(got) != 1 || got[0].Organ != "澜州市云河区教育局" {
		t.Errorf("a deputy with an office: %+v, want the office's atom alone", got)
	}
}

func TestUnknownJurisdictionBelongsToThePublication(t *testing.T) {
	o := person("王磊", reading.Jurisdiction{})
	a := identity.Scope{Publication: "甲月报|~"}.Official(&o)[0]
	b := identity.Scope{Publication: "乙月报|~"}.Official(&o)[0]
	if a.Code == b.Code || a.ID() == b.ID() {
		t.Errorf("atoms %+v and %+v of two publications of unknown jurisdiction must differ", a, b)
	}
}

func TestPlatesAreOneOrgan(t *testing.T) {
	f := identity.NewFacts(identity.Scope{Publication: "月报", Region: county})
	office := organ(county, "澜州市云河区政务服务办公室")
	office.Plates = []string{"澜州市云河区大数据局"}
	f.Seen(f.Organ(office))
	f.Seen(f.Organ(organ(county, "澜州市云河区大数据局")))
	var found []graph.EntityData
	for _, e := range identity.Resolve(f.List()) {
		if e.Kind == graph.KindDepartment {
			found = append(found, e)
		}
	}
	if len(found) != 1 || found[0].EventCount != 2 || len(found[0].Atoms) != 2 {
		t.Errorf("two plates are %+v, want one organ with two events", found)
	}
}

func TestLabelsTellNamesakesApart(t *testing.T) {
	f := identity.NewFacts(identity.Scope{Publication: "月报", Region: county})
	posted := person("王磊", county, organ(chain(province), "河南省林业局"))
	posted.Posts[0].Title = "野保处副处长"
	f.Official(&posted)
	barely := person("吴明", county)
	barely.Roles = []graph.OfficialRole{graph.RoleSpeak}
	f.Official(&barely)
	quoted := person("古人", county)
	quoted.Roles = []graph.OfficialRole{graph.RoleMentioned}
	f.Official(&quoted)
	f.Location(&reading.Location{Place: reading.Place{Name: "柳湖社区", Type: graph.LocCommunity}, Above: county})
	f.Organ(&reading.Organ{Name: "云锦置业有限公司", Type: graph.DeptEnterprise, Region: county})
	var labels []string
	for _, e := range identity.Resolve(f.List()) {
		labels = append(labels, e.Label)
	}
	for _, want := range []string{
		"王磊（河南省林业局野保处副处长）", "吴明（河南省澜州市云河区）", "古人（见于河南省澜州市云河区）", "柳湖社区（河南省澜州市云河区）",
		"云锦置业有限公司（河南省澜州市云河区）", "云河区（河南省澜州市）", "河南省林业局",
	} {
		if !slices.Contains(labels, want) {
			t.Errorf("no label %s among %q", want, labels)
		}
	}
}

// One organ is one atom under each of its names, where the jurisdiction is known; without one each publication has its own.
func TestOneOrganOneAtom(t *testing.T) {
	scope := identity.Scope{Publication: "月报|419902", Region: county}
	a, b := scope.Organ(organ(county, "澜州市云河区卫生健康委员会")), (identity.Scope{Publication: "年鉴|419902", Region: county}).Organ(organ(county, "澜州市云河区卫生健康委员会"))
	if a != b {
		t.Errorf("one organ in two publications: %+v and %+v", a, b)
	}
	unknown := organ(reading.Jurisdiction{}, "区卫健委")
	if a, b := (identity.Scope{Publication: "甲|~"}).Organ(unknown), (identity.Scope{Publication: "乙|~"}).Organ(unknown); a == b {
		t.Errorf("one name in two publications of unknown jurisdiction is one atom: %+v", a)
	}
}

// A split holds as long as the issue that tells it is there.
func TestASplitGoesWithItsIssue(t *testing.T) {
	education, finance := organ(county, "澜州市云河区教育局"), organ(county, "澜州市云河区财政局")
	facts := func(split bool) []graph.Fact {
		f := identity.NewFacts(identity.Scope{Publication: "月报", Region: county})
		a, b := person("王磊", county, education), person("王磊", county, finance)
		x, y := f.Official(&a), f.Official(&b)
		f.Seen(x)
		f.Seen(y)
		if split {
			f.Apart(x, y)
		}
		return f.List()
	}
	people := func(all []graph.Fact) int {
		n := 0
		for _, e := range identity.Resolve(all) {
			if e.Kind == graph.KindOfficial && e.EventCount > 0 {
				n++
			}
		}
		return n
	}
	one := facts(false)
	both := identity.Add(one, facts(true), 1)
	if n := people(both); n != 2 {
		t.Errorf("an article lists the name twice: %d people, want 2", n)
	}
	if n := people(identity.Add(both, facts(true), -1)); n != 1 {
		t.Errorf("its issue is gone: %d people, want 1", n)
	}
}

// Adding facts and taking them away in any order leaves what adding the rest alone gives.
func TestFactsCommute(t *testing.T) {
	organs := []*reading.Organ{
		organ(county, "澜州市云河区教育局"), organ(county, "澜州市云河区财政局"), organ(chain(province, city), "澜州市林业局"), organ(chain(province), "河南省林业局"),
	}
	rapid.Check(t, func(t *rapid.T) {
		documents := make([][]graph.Fact, rapid.IntRange(1, 6).Draw(t, "documents"))
		for i := range documents {
			region := rapid.SampledFrom([]reading.Jurisdiction{county, other, chain(province, city)}).Draw(t, "region")
			f := identity.NewFacts(identity.Scope{Publication: "月报", Region: region})
			for range rapid.IntRange(1, 4).Draw(t, "people") {
				o := person(rapid.SampledFrom([]string{"王磊", "张晓"}).Draw(t, "name"), region, rapid.SliceOfN(rapid.SampledFrom(organs), 0, 2).Draw(t, "organs")...)
				f.Seen(f.Official(&o))
			}
			documents[i] = f.List()
		}
		want := identity.Resolve(total(documents))
		shuffled := rapid.Permutation(documents).Draw(t, "order")
		if diff := cmp.Diff(want, identity.Resolve(total(shuffled))); diff != "" {
			t.Fatalf("order changes the entities (-first +shuffled):\n%s", diff)
		}
		extra := rapid.SampledFrom(documents).Draw(t, "extra")
		again := identity.Add(identity.Add(total(documents), extra, 1), extra, -1)
		if diff := cmp.Diff(total(documents), again); diff != "" {
			t.Fatalf("adding and taking away leaves a trace (-before +after):\n%s", diff)
		}
	})
}

func total(documents [][]graph.Fact) []graph.Fact {
	var sum []graph.Fact
	for _, facts := range documents {
		sum = identity.Add(sum, facts, 1)
	}
	return sum
}

// A community is named with its street in one issue and without it in the next: one place, unless two streets have one.
func TestPlacesWithAndWithoutTheirStreet(t *testing.T) {
	uncoded := chain(province, city, reading.Place{Name: "松溪县", Type: graph.LocCounty})
	street := func(name string) reading.Jurisdiction {
		return chain(province, city, uncoded.Self(), reading.Place{Name: name, Type: graph.LocTownship})
	}
	count := func(above ...reading.Jurisdiction) int {
		f := identity.NewFacts(identity.Scope{Publication: "月报", Region: uncoded})
		for _, a := range above {
			f.Seen(f.Location(&reading.Location{Place: reading.Place{Name: "柳湖社区", Type: graph.LocCommunity}, Above: a}))
		}
		n := 0
		for _, e := range identity.Resolve(f.List()) {
			if e.Name == "柳湖社区" {
				n++
			}
		}
		return n
	}
	if n := count(uncoded, street("甲街道")); n != 1 {
		t.Errorf("with and without its street: %d places, want 1", n)
	}
	if n := count(chain(uncoded.Chain[1:]...), street("甲街道")); n != 1 {
		t.Errorf("without the province: %d places, want 1", n)
	}
	if n := count(uncoded, street("甲街道"), street("乙街道")); n != 3 {
		t.Errorf("two streets have one, and a bare one: %d places, want 3", n)
	}
}

// What a change touches and what it does not make together what all facts make, before it and after it.
func TestAChangeTellsWhatItTouches(t *testing.T) {
	organs := []*reading.Organ{
		organ(county, "澜州市云河区教育局"), organ(other, "澜州市松溪县教育局"), organ(chain(province, city), "澜州市林业局"), organ(chain(province), "河南省林业局"),
	}
	rapid.Check(t, func(t *rapid.T) {
		document := func(label string) []graph.Fact {
			region := rapid.SampledFrom([]reading.Jurisdiction{county, other, chain(province, city)}).Draw(t, label+" region")
			f := identity.NewFacts(identity.Scope{Publication: "月报", Region: region})
			var named []graph.Atom
			for range rapid.IntRange(1, 3).Draw(t, label+" people") {
				o := person(rapid.SampledFrom([]string{"王磊", "张晓"}).Draw(t, label+" name"), region, rapid.SliceOfN(rapid.SampledFrom(organs), 0, 2).Draw(t, label+" organs")...)
				a := f.Official(&o)
				f.Seen(a)
				named = append(named, a)
			}
			if a, b := named[0], named[len(named)-1]; a != b && a.Name == b.Name && rapid.Bool().Draw(t, label+" apart") {
				f.Apart(a, b)
			}
			return f.List()
		}
		var kept []graph.Fact
		for range rapid.IntRange(0, 5).Draw(t, "documents") {
			kept = identity.Add(kept, document("kept"), 1)
		}
		gone, come := document("gone"), document("come")
		blocks := func(facts []graph.Fact, all ...[]graph.Fact) map[string]graph.Block {
			m := map[string]graph.Block{}
			for _, some := range all {
				for key := range identity.SplitBlocks(some) {
					m[key] = graph.Block{Key: key}
				}
			}
			for key, facts := range identity.SplitBlocks(facts) {
				m[key] = graph.Block{Key: key, Facts: facts}
			}
			return m
		}
		before, after := identity.Add(kept, gone, 1), identity.Add(kept, come, 1)
		c := identity.NewChange(blocks(before, after), blocks(after, before), identity.SplitBlocks(gone), identity.SplitBlocks(come))
		resolve := func(facts []graph.Fact) (people []graph.EntityData) {
			var all [][]graph.Fact
			for _, facts := range identity.SplitBlocks(facts) {
				all = append(all, facts)
			}
			for _, e := range identity.Resolve(all...) {
				if e.Kind == graph.KindOfficial {
					people = append(people, e)
				}
			}
			return people
		}
		same := c.Same()
		for _, tt := range []struct {
			when          string
			touched, want []graph.EntityData
		}{{"before", c.Before(), resolve(before)}, {"after", c.After(), resolve(after)}} {
			var got []graph.EntityData
			for _, e := range slices.Concat(tt.touched, same) {
				if e.Kind == graph.KindOfficial {
					got = append(got, e)
				}
			}
			slices.SortFunc(got, func(a, b graph.EntityData) int { return strings.Compare(string(a.ID), string(b.ID)) })
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Fatalf("%s the change (-all +touched and others):\n%s", tt.when, diff)
			}
		}
	})
}

// A document says of organs and places what it would say of each by itself, whatever else it names: those that differ in nothing but what they
// belong to, their plates, or what they were and became, are not taken for each other.
func TestWhatIsSaidOfOneIsNotSaidOfAnother(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		scope := identity.Scope{Publication: "月报", Region: county}
		regions := []reading.Jurisdiction{county, other, {}, chain(county.Chain[2]), chain(city)}
		region := func() reading.Jurisdiction {
			j := rapid.SampledFrom(regions).Draw(t, "region")
			return reading.Jurisdiction{Chain: slices.Clone(j.Chain)} // the reading makes it anew
		}
		names := func(label string) []string {
			return rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"甲局", "乙局"}), 0, 2, rapid.ID[string]).Draw(t, label)
		}
		var organ func(depth int) *reading.Organ
		organ = func(depth int) *reading.Organ {
			o := &reading.Organ{
				Name: rapid.SampledFrom([]string{"甲局", "丙局"}).Draw(t, "name"), Type: graph.DeptGovernment, Region: region(),
				Plates: names("plates"), Successors: names("successors"), Predecessors: names("predecessors"),
			}
			if depth < 2 && rapid.Bool().Draw(t, "belongs") {
				o.Parent = organ(depth + 1)
			}
			return o
		}
		all := identity.NewFacts(scope)
		var each []graph.Fact
		for range rapid.IntRange(1, 6).Draw(t, "mentions") {
			alone := identity.NewFacts(scope)
			if rapid.Bool().Draw(t, "is a place") {
				l := &reading.Location{Place: rapid.SampledFrom([]reading.Place{city, county.Chain[2], {Name: "云河区", Type: graph.LocCounty}}).Draw(t, "place"), Above: region()}
				all.Location(l)
				alone.Location(l)
			} else {
				o := organ(0)
				for range rapid.IntRange(1, 2).Draw(t, "times") {
					all.Organ(o)
					alone.Organ(o)
				}
			}
			each = append(each, alone.List()...)
		}
		if diff := cmp.Diff(identity.Sum(each), all.List()); diff != "" {
			t.Errorf("facts (-of each, summed +of all):\n%s", diff)
		}
	})
}

// What an organ belongs to, and the places that a region lies in, are said as often as the organ is.
func TestWhatNamesLeadToIsSaidAsOften(t *testing.T) {
	bureau := organ(county, "云河区教育局")
	school := &reading.Organ{Name: "云河区第一小学", Type: graph.DeptInstitution, Region: county, Parent: bureau}
	f := identity.NewFacts(identity.Scope{Publication: "月报", Region: county})
	f.Organ(school)
	f.Organ(bureau)
	f.Organ(school)
	var got []string
	for _, fact := range f.List() {
		if fact.Kind != graph.FactCode && fact.Kind != graph.FactType {
			of := graph.Atom{}
			if fact.B != nil {
				of = *fact.B
			}
			got = append(got, fmt.Sprint(fact.N, " ", fact.Kind, " ", fact.A.Name, fact.A.Code, " ", of.Name, of.Code, " ", fact.Value))
		}
	}
	want := []string{
		"3 name 云河区教育局419902  云河区教育局",
		"2 name 云河区第一小学419902  云河区第一小学",
		"5 name 410000  河南省",
		"5 name 419900  澜州市",
		"5 name 419902  云河区",
		"2 parent 云河区第一小学419902 云河区教育局419902 云河区教育局",
		"5 parent 419900 410000 河南省",
		"5 parent 419902 419900 河南省澜州市",
		"3 region 云河区教育局419902 419902 COUNTY 河南省澜州市云河区",
		"2 region 云河区第一小学419902 419902 COUNTY 河南省澜州市云河区",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("facts (-want +got):\n%s", diff)
	}
}
