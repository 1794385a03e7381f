package corpus

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"unicode/utf8"

	"fangzhi/graph"
	"fangzhi/lexicon"
)

// Place is a division of the table, or an invented community in one.
type Place struct {
	// Name is as bodies write it.
	Name string
	// Code has six digits, nine for a town, twelve for a community.
	Code string
	Kind graph.LocationKind
	// Above is the place around it, nil for the province.
	Above *Place
	// ID is that of its atom, whose only part is Code.
	ID graph.ID
}

// Full returns the name with those of the city and the county around it: 郑州市金水区.
func (p *Place) Full() string {
	if p.Above == nil || p.Above.Kind == graph.LocProvince {
		return p.Name
	}
	return p.Above.Full() + p.Name
}

func newPlace(name, code string, kind graph.LocationKind, above *Place) *Place {
	return &Place{name, code, kind, above, graph.Atom{Kind: graph.KindLocation, Code: code}.ID()}
}

// provinceCode is of the province that all publications lie in, so that its leaders can appear in all.
const provinceCode = "410000"

// The towns that a county has, and the communities of each.
const (
	minTowns, maxTowns = 10, 18
	maxCommunities     = 12
)

// newCounties returns so many counties, spread over the province, each with its towns and communities.
func newCounties(n int, r *rand.Rand) (province *Place, counties []*county) {
	division, _ := lexicon.DivisionByCode(provinceCode)
	province = newPlace(division.Name, provinceCode, graph.LocProvince, nil)
	type found struct{ division, city lexicon.Division }
	var all []found
	for _, city := range division.Children() {
		for _, d := range city.Children() {
			if d.Level == lexicon.LevelCounty && d.To == 0 && utf8.RuneCountInString(d.Name) <= 5 && len(townsOf(d)) >= minTowns {
				all = append(all, found{d, city})
			}
		}
	}
	cities := map[string]*Place{}
	for i := range n {
		at := all[i*len(all)/n]
		if cities[at.city.Code] == nil {
			cities[at.city.Code] = newPlace(at.city.Name, at.city.Code, graph.LocCity, province)
		}
		counties = append(counties, newCounty(at.division, cities[at.city.Code], r))
	}
	return province, counties
}

func townsOf(d lexicon.Division) []lexicon.Division {
	var towns []lexicon.Division
	for _, c := range d.Children() {
		if c.Level == lexicon.LevelTownship && c.To == 0 {
			towns = append(towns, c)
		}
	}
	return towns
}

// county is the places of one publication.
type county struct {
	*Place
	towns       []*Place
	communities []*Place
}

func newCounty(d lexicon.Division, city *Place, r *rand.Rand) *county {
	c := &county{Place: newPlace(d.Name, d.Code, graph.LocCounty, city)}
	names := communityNames(r)
	for _, t := range townsOf(d)[:min(minTowns+r.IntN(maxTowns-minTowns+1), len(townsOf(d)))] {
		town := newPlace(t.Name, t.Code, graph.LocTownship, c.Place)
		c.towns = append(c.towns, town)
		for i := range r.IntN(maxCommunities + 1) {
			c.communities = append(c.communities, newPlace(names[0], fmt.Sprintf("%s%03d", t.Code, i+1), graph.LocCommunity, town))
			names = names[1:]
		}
	}
	return c
}

var (
	communityHeads = strings.Fields("红 前 新 东 西 南 北 和 文 向 光 胜 永 长 金 青 龙 石 柳 桃")
	communityTails = strings.Fields("光 进 华 风 湖 坡 岭 平 化 阳 明 利 安 春 水 泉 桥 河 园 林")
)

// communityNames returns more names than a county needs, each once: 红光村, 新华社区.
func communityNames(r *rand.Rand) []string {
	var names []string
	for _, head := range communityHeads {
		for _, tail := range communityTails {
			if head != tail {
				names = append(names, head+tail+pick(r, []string{"村", "社区"}))
			}
		}
	}
	r.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	return names
}

// place draws what an event names: the county, a town or a community.
func (c *county) place(r *rand.Rand) *Place {
	switch at := r.Float64(); {
	case at < 0.2:
		return c.Place
	case at < 0.65 || len(c.communities) == 0:
		return pick(r, c.towns)
	default:
		return pick(r, c.communities)
	}
}
