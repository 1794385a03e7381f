package server

import (
	"context"

	"github.com/99designs/gqlgen/graphql"

	"fangzhi/graph"
	"fangzhi/graph/query"
)

// addConnection fills the tables of pages, which are written as a whole where nothing inside them is left to the executor.
func (t *typeTables) addConnection() {
	t.eventConnection.columns = pageColumns(&t.pageInfo,
		list(func(c *query.EventConnection) []query.EventEdge { return c.Edges }, &t.eventEdge), pageNodes(&t.event, (*query.EventConnection).Nodes))
	t.searchConnection.columns = pageColumns(&t.pageInfo,
		list(func(c *query.SearchConnection) []query.SearchEdge { return c.Edges }, &t.searchEdge), pageNodes(&t.event, (*query.SearchConnection).Nodes))
	t.appearanceConnection.columns = pageColumns(&t.pageInfo,
		list(func(c *query.AppearanceConnection) []query.AppearanceEdge { return c.Edges }, &t.appearanceEdge), pageNodes(&t.eventOfficial, (*query.AppearanceConnection).Nodes))
	t.tenureConnection.columns = pageColumns(&t.pageInfo,
		list(func(c *query.TenureConnection) []query.TenureEdge { return c.Edges }, &t.tenureEdge), pageNodes(&t.tenure, (*query.TenureConnection).Nodes))
	t.attestationConnection.columns = pageColumns(&t.pageInfo,
		list(func(c *query.AttestationConnection) []query.AttestationEdge { return c.Edges }, &t.attestationEdge), pageNodes(&t.attestation, (*query.AttestationConnection).Nodes))
	t.issueConnection.columns = pageColumns(&t.pageInfo,
		list(func(c *query.IssueConnection) []query.IssueEdge { return c.Edges }, &t.issueEdge), pageNodes(&t.issue, (*query.IssueConnection).Nodes))
	t.possibleSameConnection.columns = pageColumns(&t.pageInfo,
		list(func(c *query.PossibleSameConnection) []query.PossibleSameEdge { return c.Edges }, &t.possibleSameEdge), pageNodes(&t.possibleSame, (*query.PossibleSameConnection).Nodes))
	t.relatedConnection.columns = pageColumns(&t.pageInfo,
		list(func(c *query.RelatedConnection) []query.RelatedEdge { return c.Edges }, &t.relatedEdge), entityNodes(&t.entity, (*query.RelatedConnection).Nodes))
	t.entityConnection.columns = pageColumns(&t.pageInfo,
		list(func(c *query.EntityConnection) []query.EntityEdge { return c.Edges }, &t.entityEdge), entityNodes(&t.entity, (*query.EntityConnection).Nodes))
}

// paged is what all pages have: C is a *query.Connection.
type paged[T any] interface {
	*T
	TotalCount(context.Context) (int, error)
	Info() *query.PageInfo
}

// pageColumns returns those of a page.
func pageColumns[T any, C paged[T]](info *object[query.PageInfo], edges, nodes column[T]) map[string]column[T] {
	return map[string]column[T]{
		"edges":    edges,
		"nodes":    nodes,
		"pageInfo": within(func(v *T) *query.PageInfo { return C(v).Info() }, info),
		"totalCount": scalar(func(w *writer, v *T) {
			n, err := C(v).TotalCount(w.ctx)
			if err != nil {
				w.failed = true
			}
			w.number(n)
		}),
	}
}

// pageNodes are the nodes of a page, which must be there.
func pageNodes[T, U any](o *object[U], get func(*T) []*U) column[T] {
	return func(c *compiler, f *graphql.CollectedField) cell[T] {
		p := o.compile(c, f.Selections)
		return cell[T]{reads: len(p.reads) > 0, run: func(w *writer, v *T) {
			all := get(v)
			writeList(w, len(all), func(i int) { required(w, p, all[i]) })
		}}
	}
}

// entityNodes are pageNodes of any kind of entity.
func entityNodes[T any](kinds *anyEntity, get func(*T) []graph.Entity) column[T] {
	return func(c *compiler, f *graphql.CollectedField) cell[T] {
		run, reads := kinds.compile(c, f.Selections)
		return cell[T]{reads: reads, run: func(w *writer, v *T) {
			all := get(v)
			writeList(w, len(all), func(i int) { run(w, all[i].Data()) })
		}}
	}
}
