package server

import (
	"github.com/99designs/gqlgen/graphql"

	"fangzhi/graph"
	"fangzhi/graph/query"
)

// eventsOf is the page of an entity's events (entityEvents). With a filter, and where the page leads to records, it is left to the executor.
func eventsOf(o *object[query.EventConnection]) column[graph.EntityData] {
	return func(c *compiler, f *graphql.CollectedField) cell[graph.EntityData] {
		within := newCompiler(c.op)
		page := o.compile(within, f.Selections)
		c.unknown = c.unknown || within.unknown || len(page.reads) > 0 || f.Arguments.ForName("filter") != nil
		c.varies = c.varies || within.varies
		shown, field := within.shows, f.Field
		return cell[graph.EntityData]{run: func(w *writer, v *graph.EntityData) {
			args, err := timelineOf(field.ArgumentMap(graphql.GetOperationContext(w.ctx).Variables))
			if err != nil {
				w.failed = true
				return
			}
			args.Page.Detail = shown
			events, err := query.EntityEvents(w.ctx, w.lookup.reader, v, args)
			if err != nil {
				w.failed = true
				return
			}
			page.run(w, events)
		}}
	}
}

// timelineOf reads the arguments of a page of events that has no filter, as the executor does.
func timelineOf(given map[string]any) (a query.TimelineArgs, err error) {
	if a.Page.First, err = argument(given["first"], graphql.UnmarshalInt); err != nil {
		return a, err
	}
	if a.Page.Last, err = argument(given["last"], graphql.UnmarshalInt); err != nil {
		return a, err
	}
	if a.Page.After, err = argument(given["after"], graphql.UnmarshalString); err != nil {
		return a, err
	}
	if a.Page.Before, err = argument(given["before"], graphql.UnmarshalString); err != nil {
		return a, err
	}
	if order, named := given["order"].(string); named { // the value of an enum
		a.Order = graph.TimelineOrder(order)
	}
	return a, nil
}

// argument reads one that may be null.
func argument[T any](given any, read func(any) (T, error)) (*T, error) {
	if given == nil {
		return nil, nil
	}
	v, err := read(given)
	return &v, err
}
