package server

import (
	"context"
	"fmt"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/lexer"
)

// Limits bound what one request may cost. A zero field takes its default; none can be switched off.
type Limits struct {
	// BodyBytes bounds the body of a POST.
	BodyBytes int64
	// Tokens bounds the length of a query.
	Tokens int
	// Depth bounds how deep selections are nested; introspection is measured by its tokens alone.
	Depth int
	// RootFields and Aliases bound how much one query asks at once.
	RootFields, Aliases int
	// Cost bounds how many objects an answer may hold, as the sizes of its pages allow them.
	Cost int
	// Time bounds a request.
	Time time.Duration
	// Concurrent requests beyond this many get 503 with Retry-After.
	Concurrent int
}

// DefaultLimits are those of the design; a legal dashboard query never meets one.
var DefaultLimits = Limits{
	BodyBytes: 256 << 10, Tokens: 1000, Depth: 14, RootFields: 20, Aliases: 30, Cost: 20_000, Time: 5 * time.Second, Concurrent: 64,
}

func (l Limits) withDefaults() Limits {
	def := func(v *int, d int) {
		if *v <= 0 {
			*v = d
		}
	}
	def(&l.Tokens, DefaultLimits.Tokens)
	def(&l.Depth, DefaultLimits.Depth)
	def(&l.RootFields, DefaultLimits.RootFields)
	def(&l.Aliases, DefaultLimits.Aliases)
	def(&l.Cost, DefaultLimits.Cost)
	def(&l.Concurrent, DefaultLimits.Concurrent)
	if l.BodyBytes <= 0 {
		l.BodyBytes = DefaultLimits.BodyBytes
	}
	if l.Time <= 0 {
		l.Time = DefaultLimits.Time
	}
	return l
}

// queryLimits refuses queries that are too long, too deep or too broad before they run.
type queryLimits struct{ Limits }

var (
	_ graphql.OperationParameterMutator = queryLimits{}
	_ graphql.OperationContextMutator   = queryLimits{}
)

// ExtensionName names the extension to gqlgen.
func (queryLimits) ExtensionName() string { return "QueryLimits" }

// Validate accepts every schema.
func (queryLimits) Validate(graphql.ExecutableSchema) error { return nil }

// MutateOperationParameters refuses a query of too many tokens before it is parsed; it changes nothing. What is no token is
// left to the parser. A query of so few bytes that it cannot have too many is not looked at.
func (l queryLimits) MutateOperationParameters(_ context.Context, request *graphql.RawParams) *gqlerror.Error {
	if len(request.Query) <= l.Tokens {
		return nil
	}
	tokens := lexer.New(&ast.Source{Input: request.Query})
	for n := 0; ; n++ {
		token, err := tokens.ReadToken()
		if err != nil || token.Kind == lexer.EOF {
			return nil //nolint:nilerr // what is no token is the parser's to refuse
		}
		if n == l.Tokens {
			return limitError("the query has more than %d tokens", l.Tokens)
		}
	}
}

// MutateOperationContext refuses an operation over a limit; it changes nothing.
func (l queryLimits) MutateOperationContext(_ context.Context, op *graphql.OperationContext) *gqlerror.Error {
	s := shape{memo: map[*ast.FragmentDefinition]measure{}, variables: op.Variables}
	m := s.of(op.Operation.SelectionSet)
	switch {
	case m.depth > l.Depth:
		return limitError("the query is nested %d deep, at most %d is answered", m.depth, l.Depth)
	case m.aliases > l.Aliases:
		return limitError("the query has %d aliases, at most %d are answered", m.aliases, l.Aliases)
	case m.fields > l.RootFields:
		return limitError("the query has %d root fields, at most %d are answered", m.fields, l.RootFields)
	case m.cost > l.Cost:
		return limitError("the answer may hold %d objects, at most %d are answered: ask for smaller pages", m.cost, l.Cost)
	}
	return nil
}

func limitError(format string, args ...any) *gqlerror.Error {
	return &gqlerror.Error{Message: fmt.Sprintf(format, args...), Extensions: map[string]any{"code": codeLimit}}
}
