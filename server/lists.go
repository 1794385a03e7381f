package server

import (
	"context"
	"io"
	"reflect"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// Lists and objects are written by tables (lists_tables.go), not by gqlgen's executor, which costs a goroutine an element
// and about 4 µs and 18 allocations a field.
//
// Field middleware decides it where a field's value is there and nothing of it was written: a selection all of whose
// fields the tables know is written as a whole, any other goes the ordinary way as a whole, and the lists inside it are
// decided again one by one. Nothing but an answer without a fault is written here: whatever goes wrong (a read that fails, a
// null where none may be, a panic) throws away what was written, and the executor tells it as it tells all errors.

// byTables returns the JSON of a field's value where tables know its selection, else the value itself.
func byTables(ctx context.Context, field *graphql.CollectedField, v any) any {
	if r := reflect.ValueOf(v); r.Kind() == reflect.Pointer && r.IsNil() {
		return v
	}
	of, known := tables[field.Definition.Type.Name()]
	if !known {
		return v
	}
	l := lookupFrom(ctx)
	plan := l.plans.of(graphql.GetOperationContext(ctx), of, field)
	if plan == nil || ctx.Err() != nil {
		return v
	}
	text, ok := write(ctx, l, plan, v)
	if l.plans.wrote != nil {
		l.plans.wrote(ok)
	}
	if !ok {
		l.plans.giveUp()
		return v
	}
	return text
}

// written is the JSON of a value.
type written []byte

// MarshalGQL implements graphql.Marshaler.
func (t written) MarshalGQL(w io.Writer) { _, _ = w.Write(t) }

// plans are those of a request's selections, so that a list in each of fifty elements of another is looked at once.
type plans struct {
	off    bool          // nothing is written by tables
	wrote  func(ok bool) // nil for none; is told of what was to be written by tables
	shared *planCache    // of those that other requests with the same query can use

	mu      sync.Mutex
	made    map[planKey]*anyPlan // guarded by mu; nil for a selection that goes the ordinary way
	givenUp bool                 // guarded by mu; something went wrong, and the executor is to tell what
}

// planKey is a selection, as the executor collected it, on a type.
type planKey struct {
	typeName   string
	selections *ast.Selection
	n          int
}

// of returns the plan of a field's selection, nil where it goes the ordinary way.
func (p *plans) of(op *graphql.OperationContext, t table, field *graphql.CollectedField) *anyPlan {
	if p.off {
		return nil
	}
	key := planKey{field.Definition.Type.Name(), &field.Selections[0], len(field.Selections)}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.givenUp {
		return nil
	}
	plan, known := p.made[key]
	if !known {
		plan = p.shared.of(op, t, key.typeName, field.Selections)
		if p.made == nil {
			p.made = map[planKey]*anyPlan{}
		}
		p.made[key] = plan
	}
	return plan
}

// giveUp leaves the rest of the request to the executor.
func (p *plans) giveUp() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.givenUp = true
}
