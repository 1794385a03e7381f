package server

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
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
	// Time bounds a request.
	Time time.Duration
	// Concurrent requests beyond this many get 503 with Retry-After.
	Concurrent int
}

// DefaultLimits are those of the design; a legal dashboard query never meets one.
var DefaultLimits = Limits{
	BodyBytes: 256 << 10, Tokens: 1000, Depth: 14, RootFields: 20, Aliases: 30, Time: 5 * time.Second, Concurrent: 64,
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
	def(&l.Concurrent, DefaultLimits.Concurrent)
	if l.BodyBytes <= 0 {
		l.BodyBytes = DefaultLimits.BodyBytes
	}
	if l.Time <= 0 {
		l.Time = DefaultLimits.Time
	}
	return l
}

// queryLimits refuses queries that are too deep or too broad before they run.
type queryLimits struct{ Limits }

var _ graphql.OperationContextMutator = queryLimits{}

// ExtensionName names the extension to gqlgen.
func (queryLimits) ExtensionName() string { return "QueryLimits" }

// Validate accepts every schema.
func (queryLimits) Validate(graphql.ExecutableSchema) error { return nil }

// MutateOperationContext refuses an operation over a limit; it changes nothing.
func (l queryLimits) MutateOperationContext(_ context.Context, op *graphql.OperationContext) *gqlerror.Error {
	s := shape{memo: map[*ast.FragmentDefinition]measure{}}
	m := s.of(op.Operation.SelectionSet)
	switch {
	case m.depth > l.Depth:
		return limitError("the query is nested %d deep, at most %d is answered", m.depth, l.Depth)
	case m.aliases > l.Aliases:
		return limitError("the query has %d aliases, at most %d are answered", m.aliases, l.Aliases)
	case m.fields > l.RootFields:
		return limitError("the query has %d root fields, at most %d are answered", m.fields, l.RootFields)
	}
	return nil
}

func limitError(format string, args ...any) *gqlerror.Error {
	return &gqlerror.Error{Message: fmt.Sprintf(format, args...), Extensions: map[string]any{"code": codeLimit}}
}

// measure is the depth of a selection, the fields at its top and the aliases anywhere in it. Counts stop growing at
// maxCount, so that doubling fragments cannot overflow them.
type measure struct{ depth, fields, aliases int }

const maxCount = 1 << 20

// shape measures selections; every fragment once, so that doubling fragments cost what they are long.
type shape struct {
	memo map[*ast.FragmentDefinition]measure
}

func (s shape) of(set ast.SelectionSet) measure {
	var m measure
	for _, sel := range set {
		switch sel := sel.(type) {
		case *ast.Field:
			m.fields++
			if sel.Alias != "" && sel.Alias != sel.Name {
				m.aliases++
			}
			if strings.HasPrefix(sel.Name, "__") {
				continue
			}
			below := s.of(sel.SelectionSet)
			m.depth = max(m.depth, below.depth+1)
			m.aliases += below.aliases
		case *ast.InlineFragment:
			m.add(s.of(sel.SelectionSet))
		case *ast.FragmentSpread:
			known, seen := s.memo[sel.Definition]
			if !seen {
				known = s.of(sel.Definition.SelectionSet)
				s.memo[sel.Definition] = known
			}
			m.add(known)
		}
	}
	m.fields, m.aliases = min(m.fields, maxCount), min(m.aliases, maxCount)
	return m
}

func (m *measure) add(other measure) {
	m.depth = max(m.depth, other.depth)
	m.fields += other.fields
	m.aliases += other.aliases
}
