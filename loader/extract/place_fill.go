package extract

import (
	"fangzhi/graph"
	"fangzhi/loader/reading"
)

// fillPlaces sets Locations of an event, whose texts are title and body; Departments and Date must be set.
//
// A village or a venue that one article names with the street or town around it (沙岗镇白家村) stands there in every
// article of the document, unless the document names two of that name.
func fillPlaces(written writtenTowns, region reading.Jurisdiction, e *reading.Event, title, body []rune) {
	var organs []placeOrgan
	for _, d := range e.Departments {
		for _, ev := range d.Evidence {
			if ev.Field == graph.FieldBody {
				organs = append(organs, placeOrgan{Start: ev.Start, End: ev.End, Name: d.Name})
			}
		}
	}
	year := 0
	if day := e.Date.Start(); day != 0 {
		year, _, _ = day.Date()
	}
	e.Locations = placesKnowing(written, region, year, title, body, organs)
}

// settleBlock reads the places of those events of block k again that name a town without its unit (在柳河开会) which others
// of the document name with it (柳河公社), and collects where places are.
func (d *document) settleBlock(k int) {
	events := d.events.Block(k)
	again := false
	for i := range events {
		e := &events[i]
		if d.rewritten[k] {
			e = simplify(e)
		}
		if len(d.towns) > 0 && d.towns.mayName(e.Body) {
			fillPlaces(d.towns, d.regions.own, e, []rune(e.PrintedTitle), []rune(e.Body))
			events[i].Locations, again = e.Locations, true
		}
		d.sites.learn(len(d.regions.own.Chain), e)
	}
	if again {
		d.events.Put(k, events)
	}
}

// A siteTable says where the places are that some article names with the street or town around them.
type siteTable map[site]whereabouts

type site struct {
	kind graph.LocationKind
	name string
}

type whereabouts struct {
	above reading.Jurisdiction
	// two: the document names two of that name.
	two bool
}

// learn takes the places of an event that lie below more than the document's own divisions, which are as many as own.
func (t siteTable) learn(own int, e *reading.Event) {
	for _, l := range e.Locations {
		if l.Code == "" && len(l.Above.Chain) > own && l.Type != graph.LocTownship {
			t.add(site{l.Type, l.Name}, whereabouts{above: l.Above})
		}
	}
}

func (t siteTable) add(s site, w whereabouts) {
	if before, ok := t[s]; ok && (before.two || before.above.Key() != w.above.Key()) {
		w.two = true
	}
	t[s] = w
}

// join adds the places of a later block.
func (t siteTable) join(later siteTable) {
	for s, w := range later {
		t.add(s, w)
	}
}

// settle moves places that an event names without their street or town below the one that others name. home is the key of the
// document's jurisdiction.
func (t siteTable) settle(home string, e *reading.Event) {
	for k := range e.Locations {
		l := &e.Locations[k]
		if w, ok := t[site{l.Type, l.Name}]; ok && !w.two && l.Code == "" && l.Above.Key() == home {
			l.Above = w.above
		}
	}
}
