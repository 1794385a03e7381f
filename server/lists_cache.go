package server

import (
	"context"
	"slices"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/vektah/gqlparser/v2/ast"
)

// planCache keeps the plans of the queries that the cache of parsed queries keeps, for as long as one stands there: a selection
// is known by its parsed fields. Where variables could make another plan, none is kept.
type planCache struct {
	queries *lru.LRU[*queryPlans] // by the query
}

func newPlanCache() *planCache { return &planCache{lru.New[*queryPlans](queryCacheEntries)} }

// queryPlans are those of one parsed query.
type queryPlans struct {
	query  *ast.QueryDocument
	varies bool // it has directives, so that variables say which fields are selected

	mu   sync.Mutex
	made map[selectionKey][]keptPlan // guarded by mu
}

// selectionKey is what is quickly compared of a selection on a type.
type selectionKey struct {
	typeName string
	first    ast.Selection
	n        int
}

type keptPlan struct {
	selections ast.SelectionSet
	plan       *anyPlan // nil for a selection that goes the ordinary way
}

// of returns the plan of a selection, nil where it goes the ordinary way.
func (c *planCache) of(op *graphql.OperationContext, t table, typeName string, selections ast.SelectionSet) *anyPlan {
	q := c.query(op)
	if q == nil || q.varies {
		plan, _ := compile(op, t, selections)
		return plan
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	key := selectionKey{typeName, selections[0], len(selections)}
	for _, kept := range q.made[key] {
		if slices.Equal(kept.selections, selections) {
			return kept.plan
		}
	}
	plan, varies := compile(op, t, selections)
	if !varies {
		q.made[key] = append(q.made[key], keptPlan{selections, plan})
	}
	return plan
}

func compile(op *graphql.OperationContext, t table, selections ast.SelectionSet) (plan *anyPlan, varies bool) {
	c := newCompiler(op)
	if plan = t.plan(c, selections); c.unknown {
		plan = nil
	} else {
		plan.shows = c.shows
	}
	return plan, c.varies
}

// query returns the plans of the operation's query, nil where none are kept.
func (c *planCache) query(op *graphql.OperationContext) *queryPlans {
	if len(op.RawQuery) > maxCachedQuery {
		return nil
	}
	ctx := context.Background() // the cache asks for one and does not look at it
	if q, kept := c.queries.Get(ctx, op.RawQuery); kept && q.query == op.Doc {
		return q
	}
	q := &queryPlans{query: op.Doc, varies: directed(op.Doc), made: map[selectionKey][]keptPlan{}}
	c.queries.Add(ctx, op.RawQuery, q)
	return q
}

// directed tells whether a selection of the query has a directive.
func directed(query *ast.QueryDocument) bool {
	return slices.ContainsFunc(query.Operations, func(o *ast.OperationDefinition) bool { return directedIn(o.SelectionSet) }) ||
		slices.ContainsFunc(query.Fragments, func(f *ast.FragmentDefinition) bool { return directedIn(f.SelectionSet) })
}

func directedIn(set ast.SelectionSet) bool {
	return slices.ContainsFunc(set, func(s ast.Selection) bool {
		switch s := s.(type) {
		case *ast.Field:
			return len(s.Directives) > 0 || directedIn(s.SelectionSet)
		case *ast.InlineFragment:
			return len(s.Directives) > 0 || directedIn(s.SelectionSet)
		case *ast.FragmentSpread:
			return len(s.Directives) > 0
		}
		return true
	})
}
