package server

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"maps"
	"runtime/debug"
	"slices"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/99designs/gqlgen/graphql/handler/extension"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"fangzhi/edtf"
	"fangzhi/server/generated"
	"fangzhi/server/gqlhttp"
)

func newExecutor(config Config) *executor.Executor {
	show := present(config.Log)
	e := executor.New(newSchema())
	e.SetQueryCache(queryCache{lru.New[*ast.QueryDocument](queryCacheEntries)})
	e.SetErrorPresenter(show)
	e.SetRecoverFunc(func(ctx context.Context, p any) error {
		config.Log.Error("panic", "request", requestID(ctx), "panic", p, "stack", string(debug.Stack()))
		return errPanic
	})
	e.Use(extension.Introspection{})
	e.Use(queryLimits{config.Limits})
	e.Use(&strictVariables{})
	e.AroundFields(answered)
	plans := newPlanCache()
	e.AroundOperations(func(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
		return withSnapshot(config, plans, show, next(ctx))
	})
	return e
}

// newSchema returns the served schema without @defer: an answer is one, and gqlgen would compute the rest of it for nobody.
func newSchema() graphql.ExecutableSchema {
	config := generated.Config{Resolvers: &Resolver{}}
	schema := *generated.NewExecutableSchema(config).Schema()
	schema.Directives = maps.Clone(schema.Directives)
	delete(schema.Directives, "defer")
	config.Schema = &schema
	return generated.NewExecutableSchema(config)
}

// The cache of parsed queries stays within a few MB whatever is asked: long queries are parsed each time.
const (
	queryCacheEntries = 100
	maxCachedQuery    = 16 << 10 // bytes
)

type queryCache struct{ *lru.LRU[*ast.QueryDocument] }

// Add keeps a query unless it is long.
func (c queryCache) Add(ctx context.Context, query string, parsed *ast.QueryDocument) {
	if len(query) <= maxCachedQuery {
		c.LRU.Add(ctx, query, parsed)
	}
}

// withSnapshot lets one operation read one state of the graph. The snapshot is there for no longer than the answer
// is computed, whether it ends in an error, a panic or because the client has left.
func withSnapshot(config Config, plans *planCache, show graphql.ErrorPresenterFunc, answer graphql.ResponseHandler) graphql.ResponseHandler {
	return func(ctx context.Context) *graphql.Response {
		snapshot, err := config.Store.Snapshot(ctx)
		if err != nil {
			return &graphql.Response{Errors: gqlerror.List{show(ctx, err)}}
		}
		defer snapshot.Close()
		l := newLookup(snapshot)
		defer l.texts.release() // the answer is a copy of them
		l.plans.off, l.plans.wrote, l.plans.shared = config.ExecutorAlone, config.wrote, plans
		response := answer(withLookup(ctx, l))
		if response == nil { // the executor's answer where the context had ended before it began
			if err := ctx.Err(); err != nil {
				return &graphql.Response{Errors: gqlerror.List{show(ctx, err)}}
			}
			return nil
		}
		sortErrors(response.Errors)
		return response
	}
}

// sortErrors orders errors as their fields stand in the query, so that resolvers that run at once give one answer.
func sortErrors(errs gqlerror.List) {
	at := func(e *gqlerror.Error) (line, column int) {
		if len(e.Locations) == 0 {
			return 0, 0
		}
		return e.Locations[0].Line, e.Locations[0].Column
	}
	slices.SortStableFunc(errs, func(a, b *gqlerror.Error) int {
		lineA, columnA := at(a)
		lineB, columnB := at(b)
		return cmp.Or(cmp.Compare(lineA, lineB), cmp.Compare(columnA, columnB), comparePaths(a.Path, b.Path))
	})
}

// comparePaths orders the places of errors in an answer: list items by number, fields by name.
func comparePaths(a, b ast.Path) int {
	return slices.CompareFunc(a, b, func(a, b ast.PathElement) int {
		i, isIndex := a.(ast.PathIndex)
		j, isIndexToo := b.(ast.PathIndex)
		if isIndex && isIndexToo {
			return cmp.Compare(i, j)
		}
		name, _ := a.(ast.PathName)
		other, _ := b.(ast.PathName)
		return cmp.Compare(name, other)
	})
}

// answered is all that is done with what resolvers return.
func answered(ctx context.Context, next graphql.Resolver) (any, error) {
	v, err := next(ctx)
	if err != nil || v == nil {
		return v, err
	}
	field := &graphql.GetFieldContext(ctx).Field
	switch {
	case len(field.Selections) > 0:
		return byTables(ctx, field, v), nil
	case field.Definition.Type.NonNull:
		return v, nil
	}
	return nullForNone(v), nil
}

// nullForNone answers null, not "", 0 or XXXX, for nullable strings, numbers and dates that hold nothing. A number of an object
// that is 0 by right is never nullable in the contract.
func nullForNone(v any) any {
	switch v := v.(type) {
	case string:
		if v == "" {
			return nil
		}
	case int:
		if v == 0 {
			return nil
		}
	case edtf.Date:
		if v.IsZero() {
			return nil
		}
	}
	return v
}

// errPanic stands for a panic, which the log has told.
var errPanic = errors.New("panic")

// Execute runs one operation in process and returns the JSON answer, and whether it has errors.
func (s *Server) Execute(ctx context.Context, query string, variables map[string]any) (answer []byte, failed bool, err error) {
	ctx = graphql.StartOperationTrace(ctx)
	now := graphql.Now()
	params := &graphql.RawParams{Query: query, Variables: variables, ReadTime: graphql.TraceTiming{Start: now, End: now}}
	op, errs := s.executor.CreateOperationContext(ctx, params)
	if errs != nil {
		refused := s.executor.DispatchError(graphql.WithOperationContext(ctx, op), errs)
		answer, err = json.Marshal(map[string]any{"errors": refused.Errors})
		return answer, true, err
	}
	responses, ctx := s.executor.DispatchOperation(ctx, op)
	response := responses(ctx)
	if response == nil {
		return nil, true, ctx.Err()
	}
	answer, err = gqlhttp.Marshal(response)
	return answer, len(response.Errors) > 0, err
}
