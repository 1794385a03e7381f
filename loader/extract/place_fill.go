package extract

import (
	"fangzhi/graph"
	"fangzhi/loader/reading"
)

// fillPlaces sets Locations of the events of one document; Departments and Date must be set.
//
// A village or a venue that one article names with the street or town around it (沙岗镇白家村) stands there in every
// article of the document, unless the document names two of that name.
func fillPlaces(written writtenTowns, region reading.Jurisdiction, e *reading.Event) {
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
	e.Locations = placesKnowing(written, region, year, e.PrintedTitle, e.Body, organs)
}

// settlePlaces moves places that an article names without their street or town below the one that others name.
func settlePlaces(region reading.Jurisdiction, events []reading.Event) {
	type named struct {
		kind graph.LocationKind
		name string
	}
	home := region.Key()
	above := map[named]reading.Jurisdiction{}
	two := map[named]bool{}
	for _, e := range events {
		for _, l := range e.Locations {
			n := named{l.Type, l.Name}
			if l.Code != "" || len(l.Above.Chain) <= len(region.Chain) || l.Type == graph.LocTownship {
				continue
			}
			if j, ok := above[n]; ok && j.Key() != l.Above.Key() {
				two[n] = true
			}
			above[n] = l.Above
		}
	}
	for i := range events {
		for k := range events[i].Locations {
			l := &events[i].Locations[k]
			n := named{l.Type, l.Name}
			if j, ok := above[n]; ok && !two[n] && l.Code == "" && l.Above.Key() == home {
				l.Above = j
			}
		}
	}
}
