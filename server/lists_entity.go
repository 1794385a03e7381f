package server

import (
	"maps"

	"fangzhi/edtf"
	"fangzhi/graph"
)

// addEntity fills the tables of the three kinds of entity.
func (t *typeTables) addEntity() {
	t.official.columns = t.entityColumns()
	t.department.columns = t.entityColumns()
	t.location.columns = t.entityColumns()

	region := kindred((*lookup).relativePool, func(d *graph.EntityData) graph.ID { return d.RegionAtom }, &t.location, mayBe)
	kind := func(d *graph.EntityData) string { return d.Type }
	maps.Copy(t.official.columns, map[string]column[graph.EntityData]{
		"region": region,
	})
	maps.Copy(t.department.columns, map[string]column[graph.EntityData]{
		"type":         text(kind),
		"region":       region,
		"parent":       kindred((*lookup).relativePool, func(d *graph.EntityData) graph.ID { return d.ParentAtom }, &t.department, mayBe),
		"successors":   relatives(func(d *graph.EntityData) []graph.ID { return d.SuccessorAtoms }, &t.department),
		"predecessors": relatives(func(d *graph.EntityData) []graph.ID { return d.PredecessorAtoms }, &t.department),
	})
	maps.Copy(t.location.columns, map[string]column[graph.EntityData]{
		"type":       text(kind),
		"code":       optText(func(d *graph.EntityData) string { return d.Code }),
		"validFrom":  optInteger(func(d *graph.EntityData) int { return d.ValidFrom }),
		"validTo":    optInteger(func(d *graph.EntityData) int { return d.ValidTo }),
		"parent":     kindred((*lookup).relativePool, func(d *graph.EntityData) graph.ID { return d.ParentAtom }, &t.location, mayBe),
		"path":       fromTheProvinceDown(&t.location),
		"successors": relatives(func(d *graph.EntityData) []graph.ID { return d.SuccessorAtoms }, &t.location),
	})
}

// entityColumns returns those of the interface Entity.
func (t *typeTables) entityColumns() map[string]column[graph.EntityData] {
	return map[string]column[graph.EntityData]{
		"id":         text(func(d *graph.EntityData) graph.ID { return d.ID }),
		"name":       text(func(d *graph.EntityData) string { return d.Name }),
		"label":      text(func(d *graph.EntityData) string { return d.Label }),
		"aliases":    texts(func(d *graph.EntityData) []string { return d.Aliases }),
		"kind":       text(func(d *graph.EntityData) graph.EntityKind { return d.Kind }),
		"eventCount": integer(func(d *graph.EntityData) int { return d.EventCount }),
		"firstSeen":  seen(func(s graph.Span) edtf.Day { return s.First }),
		"lastSeen":   seen(func(s graph.Span) edtf.Day { return s.Last }),
		"events":     eventsOf(&t.eventConnection),
	}
}

// seen is a day of those that an entity's events cover.
func seen(bound func(graph.Span) edtf.Day) column[graph.EntityData] {
	return needing(func(w *writer, d *graph.EntityData) {
		if w.gathering {
			w.lookup.expectSpan(d)
		}
		if span, known := record(w, w.lookup.spans, d.ID); known && !w.gathering {
			w.day(bound(span))
		}
	})
}
