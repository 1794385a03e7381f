package server

import (
	"github.com/99designs/gqlgen/graphql"

	"fangzhi/edtf"
	"fangzhi/graph"
	"fangzhi/graph/query"
)

// addPage fills the tables of the edges of pages.
func (t *typeTables) addPage() {
	t.pageInfo.columns = map[string]column[query.PageInfo]{
		"hasNextPage":     boolean(func(p *query.PageInfo) bool { return p.HasNextPage }),
		"hasPreviousPage": boolean(func(p *query.PageInfo) bool { return p.HasPreviousPage }),
		"startCursor":     optText(func(p *query.PageInfo) string { return p.StartCursor }),
		"endCursor":       optText(func(p *query.PageInfo) string { return p.EndCursor }),
	}

	t.eventEdge.columns = map[string]column[query.EventEdge]{
		"cursor": showing(graph.Heads, text(func(e *query.EventEdge) string { return e.Cursor() })),
		"node":   within(func(e *query.EventEdge) *graph.Event { return e.Node }, &t.event),
	}
	t.appearanceEdge.columns = map[string]column[query.AppearanceEdge]{
		"cursor": text(func(e *query.AppearanceEdge) string { return e.Cursor() }),
		"node":   within(func(e *query.AppearanceEdge) *graph.EventOfficial { return e.Node }, &t.eventOfficial),
	}
	t.tenureEdge.columns = edgeColumns(&t.tenure)
	t.attestationEdge.columns = edgeColumns(&t.attestation)
	t.issueEdge.columns = edgeColumns(&t.issue)
	t.possibleSameEdge.columns = edgeColumns(&t.possibleSame)
	t.highlight.columns = map[string]column[query.Highlight]{
		"field": text(func(h *query.Highlight) graph.EvidenceField { return h.Field }),
		"start": integer(func(h *query.Highlight) int { return h.Start }),
		"end":   integer(func(h *query.Highlight) int { return h.End }),
		"text":  text(func(h *query.Highlight) string { return h.Text }),
		"hits":  list(func(h *query.Highlight) []graph.Evidence { return h.Hits }, &t.evidence),
	}
	t.relatedEdge.columns = map[string]column[query.RelatedEdge]{
		"cursor":       text(func(e *query.RelatedEdge) string { return e.Cursor }),
		"node":         oneEntity(func(e *query.RelatedEdge) graph.Entity { return e.Node }, &t.entity),
		"sharedEvents": integer(func(e *query.RelatedEdge) int { return e.SharedEvents }),
		"firstShared":  optDate(func(e *query.RelatedEdge) edtf.Day { return e.FirstShared }),
		"lastShared":   optDate(func(e *query.RelatedEdge) edtf.Day { return e.LastShared }),
	}
	t.entityEdge.columns = map[string]column[query.EntityEdge]{
		"cursor":  text(func(e *query.EntityEdge) string { return e.Cursor }),
		"node":    oneEntity(func(e *query.EntityEdge) graph.Entity { return e.Node }, &t.entity),
		"matched": optText(func(e *query.EntityEdge) string { return e.Matched }),
	}
	t.searchEdge.columns = map[string]column[query.SearchEdge]{
		"cursor":     text(func(e *query.SearchEdge) string { return e.Cursor }),
		"node":       within(func(e *query.SearchEdge) *graph.Event { return e.Node }, &t.event),
		"score":      float(func(e *query.SearchEdge) float64 { return e.Score }),
		"highlights": passages(&t.highlight),
	}
}

// edgeColumns returns those of an edge that has a cursor and a node alone.
func edgeColumns[N any](node *object[N]) map[string]column[query.Edge[*N]] {
	return map[string]column[query.Edge[*N]]{
		"cursor": text(func(e *query.Edge[*N]) string { return e.Cursor }),
		"node":   within(func(e *query.Edge[*N]) *N { return e.Node }, node),
	}
}

// passages is SearchEdge.highlights.
func passages(o *object[query.Highlight]) column[query.SearchEdge] {
	return func(c *compiler, f *graphql.CollectedField) cell[query.SearchEdge] {
		p := o.compile(c, f.Selections)
		return cell[query.SearchEdge]{reads: true, run: func(w *writer, e *query.SearchEdge) {
			body, known := record(w, w.lookup.bodies, e.Node.ID)
			if !known || w.gathering {
				return
			}
			all := e.Passages(body)
			writeList(w, len(all), func(i int) { p.run(w, &all[i]) })
		}}
	}
}
