package extract

import (
	"cmp"
	"slices"

	"fangzhi/graph"
	"fangzhi/loader/reading"
)

// A placeOrgan is the name of an organ in the body of an article, in code points, end exclusive: what lies inside is part
// of that name and no place (建设路 in 建设路派出所).
type placeOrgan struct {
	Start, End int
	// Name is canonical, "" where it is not known; a place that is the organ has the same name.
	Name string
}

// places finds the places that an article names, in the order of the body, then of the title: divisions with their codes,
// streets, villages, roads, addresses, venues. IsPlace tells those where the event took place.
//
// It reads names by their endings (lexicon/place.tsv), by what stands before them and by lists (genre.md §5.1); no table
// of places below the street is needed. A name is taken at its full length, and the places around it stand in Above: what
// the name says itself (沙岗镇白家村), else what the list or the sentence says, else the county of the document, or the
// one that the article travels to. Names that may mean several divisions get no code. What only a title names has title
// evidence. year is the event's or the document's, 0 where it is not known.
//
// The same arguments give the same places; no text makes it fail.
func places(region reading.Jurisdiction, year int, title, body string, organs []placeOrgan) []reading.Location {
	return placesKnowing(nil, region, year, []rune(title), []rune(body), organs)
}

// placesKnowing is places in a document that writes the towns of written elsewhere with their units. The texts are not changed.
func placesKnowing(written writtenTowns, region reading.Jurisdiction, year int, title, body []rune, organs []placeOrgan) []reading.Location {
	f := &placeFinder{year: year, byKey: map[string]int{}, written: written}
	f.setRegion(region)
	f.read(newPlaceText(graph.FieldBody, body, organs))
	f.away = reading.Jurisdiction{}
	if len(title) > 0 {
		f.read(newPlaceText(graph.FieldTitle, title, nil))
	}
	return f.locations()
}

// A placeFinder collects the places of one article.
type placeFinder struct {
	region reading.Jurisdiction
	year   int
	// bare is the name of the region without its unit, of two characters at least; "" for none.
	bare string
	// near is the code of the innermost division of the region that has one, "" for none.
	near string
	// towns are the codes below which the region's streets and towns stand in the table; nil where it has no code.
	towns []string
	// away is the county that the article has travelled to, unknown while it is at home.
	away reading.Jurisdiction
	// town is the street or town that the sentence has named last.
	town reading.Jurisdiction
	// written are the towns that the document names elsewhere with their units; nil in the first reading.
	written writtenTowns
	// oneTown: the sentence has named no other.
	oneTown bool

	// maybe are names that are places only if the article names them elsewhere, too.
	maybe []placeDoubt

	found []placeFound
	byKey map[string]int // index in found, by placeKey
}

// A placeFound is one place with all that names it.
type placeFound struct {
	at         reading.Jurisdiction // ends with the place itself
	isPlace    bool
	told       bool // the chain was told by the name, the list or the sentence, and not assumed
	evidence   []graph.Evidence
	successors []string
	rule       string // what found it first
}

func placeKey(at reading.Jurisdiction) string {
	return string(at.Self().Type) + " " + at.Key()
}

// add records one mention of a place, found by the rule.
func (f *placeFinder) add(rule string, at reading.Jurisdiction, told, isPlace bool, ev graph.Evidence, successors []string) {
	key := placeKey(at)
	i, ok := f.byKey[key]
	if !ok {
		i = len(f.found)
		f.byKey[key] = i
		f.found = append(f.found, placeFound{at: at, successors: successors, rule: rule})
	}
	p := &f.found[i]
	p.told = p.told || told
	p.isPlace = p.isPlace || isPlace
	if !slices.Contains(p.evidence, ev) {
		p.evidence = append(p.evidence, ev)
	}
}

// locations puts together what is one place and returns them in the order of the text.
func (f *placeFinder) locations() []reading.Location {
	f.settle()
	f.join()
	var out []reading.Location
	for _, p := range f.found {
		if len(p.evidence) == 0 {
			continue
		}
		slices.SortFunc(p.evidence, comparePlaceEvidence)
		if p.evidence[0].Field == graph.FieldTitle && !p.isPlace && p.at.Key() == f.region.Key() {
			continue // 云河区 that merely acts in a title
		}
		if p.evidence[0].Field == graph.FieldBody {
			p.evidence = slices.DeleteFunc(p.evidence, func(e graph.Evidence) bool { return e.Field != graph.FieldBody })
		}
		l := reading.Location{
			Place: p.at.Self(), Above: p.at.Parent(), Text: p.evidence[0].Text, IsPlace: p.isPlace, Evidence: p.evidence,
			Successors: p.successors, Rule: p.rule,
		}
		for _, e := range p.evidence {
			if !slices.Contains(l.Surfaces, e.Text) {
				l.Surfaces = append(l.Surfaces, e.Text)
			}
		}
		out = append(out, l)
	}
	slices.SortStableFunc(out, func(a, b reading.Location) int { return comparePlaceEvidence(a.Evidence[0], b.Evidence[0]) })
	return out
}

func comparePlaceEvidence(a, b graph.Evidence) int {
	body := func(e graph.Evidence) int {
		if e.Field == graph.FieldBody {
			return 0
		}
		return 1
	}
	return cmp.Or(cmp.Compare(body(a), body(b)), cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
}

// A placeDoubt is a name that may be a place: one that nothing stands before, or one in reported speech.
type placeDoubt struct {
	evidence graph.Evidence
	kind     graph.LocationKind
	told     bool // not in speech
}

// settle gives the doubtful names to the places that bear them. What title and body both tell of is a place as well.
func (f *placeFinder) settle() {
	told := map[string]graph.EvidenceField{}
	for _, m := range f.maybe {
		name := string(m.kind) + " " + m.evidence.Text
		if field, ok := told[name]; ok && m.told && field != m.evidence.Field {
			f.add("title-and-body", placeBelow(f.home(), reading.Place{Name: m.evidence.Text, Type: m.kind}), false, true, m.evidence, nil)
		} else if m.told {
			told[name] = m.evidence.Field
		}
	}
	f.settleKnown()
}

// settleKnown gives the doubtful names to the places found already.
func (f *placeFinder) settleKnown() {
	if len(f.maybe) == 0 {
		return
	}
	byText := map[string]int{}
	know := func(text string, i int) {
		if j, ok := byText[text]; ok && j != i {
			i = -1 // two places of one name: nothing is guessed
		}
		byText[text] = i
	}
	for i, p := range f.found {
		know(p.at.Self().Name, i)
		for _, e := range p.evidence {
			know(e.Text, i)
		}
	}
	for _, m := range f.maybe {
		e := m.evidence
		if i, ok := byText[e.Text]; ok && i >= 0 {
			f.add("known-place", f.found[i].at, false, false, e, nil)
		}
	}
}

// join moves what is named without its chain to the only place of that name whose chain is told: 白家村 to 沙岗镇白家村.
func (f *placeFinder) join() {
	byName := map[string][]int{}
	for i, p := range f.found {
		name := string(p.at.Self().Type) + " " + p.at.Self().Name
		byName[name] = append(byName[name], i)
	}
	for i := range f.found {
		p := &f.found[i]
		if p.told || p.at.Self().Code != "" {
			continue
		}
		to := -1
		for _, j := range byName[string(p.at.Self().Type)+" "+p.at.Self().Name] {
			switch {
			case j == i || !f.found[j].told:
			case to >= 0:
				to = -2
			case to == -1:
				to = j
			}
		}
		if to < 0 {
			continue
		}
		q := &f.found[to]
		q.isPlace = q.isPlace || p.isPlace
		q.evidence = append(q.evidence, p.evidence...)
		p.evidence = nil
	}
}
