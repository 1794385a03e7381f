package server

import (
	"maps"

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
	spans := func(l *lookup) *pool[graph.Span] { return l.spans }
	id := func(d *graph.EntityData) graph.ID { return d.ID }
	return map[string]column[graph.EntityData]{
		"id":         text(id),
		"name":       text(func(d *graph.EntityData) string { return d.Name }),
		"label":      text(func(d *graph.EntityData) string { return d.Label }),
		"aliases":    texts(func(d *graph.EntityData) []string { return d.Aliases }),
		"kind":       text(func(d *graph.EntityData) graph.EntityKind { return d.Kind }),
		"eventCount": integer(func(d *graph.EntityData) int { return d.EventCount }),
		"firstSeen":  fetched(spans, id, func(w *writer, s graph.Span) { w.day(s.First) }),
		"lastSeen":   fetched(spans, id, func(w *writer, s graph.Span) { w.day(s.Last) }),
	}
}
