package server

import (
	"slices"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"fangzhi/graph"
)

// entityObject is the table of one kind of entity.
type entityObject struct {
	object[graph.EntityData]
	kind graph.EntityKind
}

// plan implements table.
func (o *entityObject) plan(c *compiler, selections ast.SelectionSet) *anyPlan {
	return anyEntity{o}.plan(c, selections)
}

// anyEntity writes entities by their kinds.
type anyEntity []*entityObject

func (kinds anyEntity) compile(c *compiler, selections ast.SelectionSet) (run func(w *writer, d *graph.EntityData), reads bool) {
	plans := make([]*plan[graph.EntityData], len(kinds))
	for i, o := range kinds {
		plans[i] = o.compile(c, selections)
		reads = reads || len(plans[i].reads) > 0
	}
	return func(w *writer, d *graph.EntityData) {
		i := slices.IndexFunc(kinds, func(o *entityObject) bool { return o.kind == d.Kind })
		if i < 0 {
			w.failed = true
			return
		}
		plans[i].run(w, d)
	}, reads
}

// plan implements table.
func (kinds anyEntity) plan(c *compiler, selections ast.SelectionSet) *anyPlan {
	run, reads := kinds.compile(c, selections)
	return &anyPlan{reads: reads, run: func(w *writer, v any) bool {
		switch v := v.(type) {
		case []graph.Entity:
			writeList(w, len(v), func(i int) { run(w, v[i].Data()) })
		case []*graph.Official:
			writeList(w, len(v), func(i int) { run(w, &v[i].EntityData) })
		case []*graph.Department:
			writeList(w, len(v), func(i int) { run(w, &v[i].EntityData) })
		case []*graph.Location:
			writeList(w, len(v), func(i int) { run(w, &v[i].EntityData) })
		case graph.Entity:
			run(w, v.Data())
		default:
			return false
		}
		return true
	}}
}

// oneEntity is an entity of any kind that must be there.
func oneEntity[T any](get func(*T) graph.Entity, kinds *anyEntity) column[T] {
	return func(c *compiler, f *graphql.CollectedField) cell[T] {
		run, reads := kinds.compile(c, f.Selections)
		return cell[T]{reads: reads, run: func(w *writer, v *T) { run(w, get(v).Data()) }}
	}
}

// anyNode writes what has an id of its own, by its type.
type anyNode struct{ t *typeTables }

// plan implements table.
func (n *anyNode) plan(c *compiler, selections ast.SelectionSet) *anyPlan {
	event, issue, publication := n.t.event.compile(c, selections), n.t.issue.compile(c, selections), n.t.publication.compile(c, selections)
	entity, reads := n.t.entity.compile(c, selections)
	reads = reads || len(event.reads) > 0 || len(issue.reads) > 0 || len(publication.reads) > 0
	one := func(w *writer, v graph.Node) {
		switch v := v.(type) {
		case nil:
			w.null()
		case *graph.Event:
			required(w, event, v)
		case *graph.Issue:
			required(w, issue, v)
		case *graph.Publication:
			required(w, publication, v)
		case graph.Entity:
			entity(w, v.Data())
		default:
			w.failed = true
		}
	}
	return &anyPlan{reads: reads, run: func(w *writer, v any) bool {
		switch v := v.(type) {
		case []graph.Node:
			writeList(w, len(v), func(i int) { one(w, v[i]) })
		case graph.Node:
			one(w, v)
		default:
			return false
		}
		return true
	}}
}
