package corpus

import (
	"math/rand/v2"

	"fangzhi/fold"
	"fangzhi/graph"
)

// Publication is the chronicle of one county.
type Publication struct {
	graph.Publication
	// County is whose chronicle it is.
	County *Place
	places *county
	organs []*Organ
	staff  *staff
}

// newPublications returns the chronicles of a corpus of so many events, with all that they name: officials N/12, one of a
// hundred a leader whom every publication names; organs N/60.
func newPublications(events int, r *rand.Rand) []*Publication {
	n := min(24, events/40_000+4)
	province, counties := newCounties(n, r)
	officials := max(events/12, 100)
	taken := map[string]bool{}
	leaders := newOfficials(max(officials/100, 3), officesOf(province), taken, r)
	var out []*Publication
	for i, c := range counties {
		title := c.Name + "大事月报"
		key := fold.String(title) + "|" + c.Code
		p := &Publication{County: c.Place, places: c, organs: newOrgans(c, max(events/60/n, len(offices)), r)}
		p.Publication = graph.Publication{
			ID: graph.NewID(graph.PrefixPublication, key), Key: key, Title: title, Publisher: c.Name + "地方志编纂办公室", RegionAtom: c.ID,
		}
		own := map[string]bool{} // namesakes are of different counties, and of no leader
		for name := range taken {
			own[name] = true
		}
		count := (officials - len(leaders)) * (i + 1) / n
		count -= (officials - len(leaders)) * i / n
		all := append(newOfficials(count, p.organs, own, r), leaders...)
		r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		p.staff = newStaff(all)
		out = append(out, p)
	}
	return out
}

// newOfficials returns so many people of the organs; their names are added to those that are taken.
func newOfficials(n int, organs []*Organ, taken map[string]bool, r *rand.Rand) []*Official {
	var out []*Official
	for len(out) < n {
		name := newName(r)
		if taken[name] {
			continue
		}
		taken[name] = true
		out = append(out, newOfficial(name, pick(r, organs), r))
	}
	return out
}
