package server

import (
	"context"
	"slices"
	"strconv"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"fangzhi/graph"
)

// table knows how a type of the schema is written.
type table interface {
	// plan compiles a selection; what it does not know it tells the compiler.
	plan(c *compiler, selections ast.SelectionSet) *anyPlan
}

// anyPlan writes a value of a schema type, or a list of them. run returns false for a value whose Go type it does not know.
type anyPlan struct {
	run   func(w *writer, v any) bool
	reads bool
	shows graph.Detail // of events
}

// compiler makes plans of one operation.
type compiler struct {
	op      *graphql.OperationContext
	unknown bool         // a field that the tables do not know was met: the selection goes the ordinary way
	varies  bool         // the plan may be another one with other variables
	shows   graph.Detail // what the fields that were met show of events
}

func newCompiler(op *graphql.OperationContext) *compiler {
	return &compiler{op: op, shows: graph.Titles}
}

// object is the table of a schema type that is a T in Go.
type object[T any] struct {
	satisfies []string // its name and those of its interfaces: what a fragment that holds for it may be on
	columns   map[string]column[T]
}

// column makes the cell of a selected field; its key is not yet set.
type column[T any] func(c *compiler, field *graphql.CollectedField) cell[T]

// cell writes one field of an object.
type cell[T any] struct {
	key   string // "alias":
	run   func(w *writer, v *T)
	reads bool // it leads to records
}

// plan is a selection on a T.
type plan[T any] struct {
	cells []cell[T]
	reads []func(w *writer, v *T) // of those cells that lead to records
}

func (o *object[T]) compile(c *compiler, selections ast.SelectionSet) *plan[T] {
	fields := graphql.CollectFields(c.op, selections, o.satisfies)
	p := &plan[T]{cells: make([]cell[T], 0, len(fields))}
	for i := range fields {
		field := &fields[i]
		column, known := o.columns[field.Name]
		// Fields of one name from fragments on unrelated types stand side by side, and the executor writes the first.
		if !known || slices.ContainsFunc(fields[:i], func(f graphql.CollectedField) bool { return f.Alias == field.Alias }) {
			c.unknown = true
			return p
		}
		made := column(c, field)
		if c.unknown {
			return p
		}
		made.key = strconv.Quote(field.Alias) + ":"
		if i > 0 {
			made.key = "," + made.key
		}
		p.cells = append(p.cells, made)
		if made.reads {
			p.reads = append(p.reads, made.run)
		}
	}
	return p
}

// run writes v; gathering, it visits what leads to records.
func (p *plan[T]) run(w *writer, v *T) {
	if w.gathering {
		for _, run := range p.reads {
			run(w, v)
		}
		return
	}
	w.text = append(w.text, '{')
	for i := range p.cells {
		w.text = append(w.text, p.cells[i].key...)
		p.cells[i].run(w, v)
	}
	w.text = append(w.text, '}')
}

// plan implements table.
func (o *object[T]) plan(c *compiler, selections ast.SelectionSet) *anyPlan {
	p := o.compile(c, selections)
	return &anyPlan{reads: len(p.reads) > 0, run: func(w *writer, v any) bool {
		switch v := v.(type) {
		case []*T:
			writeList(w, len(v), func(i int) { required(w, p, v[i]) })
		case []T:
			writeList(w, len(v), func(i int) { p.run(w, &v[i]) })
		case *T:
			required(w, p, v)
		case T:
			p.run(w, &v)
		default:
			return false
		}
		return true
	}}
}

// required writes an object that must be there: a null among them is told by the executor.
func required[T any](w *writer, p *plan[T], v *T) {
	if v == nil {
		w.failed = true
		return
	}
	p.run(w, v)
}

// writer writes one value.
type writer struct {
	ctx    context.Context // of the one value
	lookup *lookup
	text   []byte

	// Before anything is written, the records that it needs are gathered: those that are missing are noted, read at once,
	// and the next round finds what they lead to.
	gathering bool
	missing   []reader
	failed    bool // the executor is to tell what went wrong
}

// write returns the JSON of a value, false where it goes the ordinary way.
func write(ctx context.Context, l *lookup, p *anyPlan, v any) (_ written, ok bool) {
	defer func() {
		if recover() != nil { // the executor meets it again, and tells where
			ok = false
		}
	}()
	text := l.texts.take()
	w := &writer{ctx: ctx, lookup: l, text: (*text)[:0]}
	defer func() { *text = w.text }()
	for p.reads {
		w.gathering, w.missing = true, w.missing[:0]
		if !p.run(w, v) || w.failed {
			return nil, false
		}
		if len(w.missing) == 0 {
			break
		}
		for _, pool := range w.missing {
			if err := pool.readWith(ctx, w.missing); err != nil {
				return nil, false
			}
		}
	}
	w.gathering = false
	ok = p.run(w, v) && !w.failed
	return w.text, ok
}

// record returns the record of an id. Gathering, it is false for one that is still to be read.
func record[V any](w *writer, p *pool[V], id graph.ID) (v V, known bool) {
	v, known = p.peek(id)
	if known {
		return v, true
	}
	if !w.gathering { // gathering had not come here
		w.failed = true
		return v, false
	}
	p.expect(id)
	if !slices.Contains(w.missing, reader(p)) {
		w.missing = append(w.missing, p)
	}
	return v, false
}

// maxGuess bounds the space that is made for a list because of its first element, which may be much longer than the others.
const maxGuess = 64 << 10 // bytes

// writtenTexts are those that a request's values are written into. They are used again by other requests when its answer is made.
type writtenTexts struct {
	mu   sync.Mutex
	used []*[]byte // guarded by mu
}

var spareTexts = sync.Pool{New: func() any { return new([]byte) }}

func (t *writtenTexts) take() *[]byte {
	text := spareTexts.Get().(*[]byte)
	t.mu.Lock()
	defer t.mu.Unlock()
	t.used = append(t.used, text)
	return text
}

// release gives them back. None is read any more.
func (t *writtenTexts) release() {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, text := range t.used {
		if cap(*text) <= maxSpare {
			spareTexts.Put(text)
		}
	}
	t.used = nil
}

// maxSpare bounds a text that is used again.
const maxSpare = 1 << 20 // bytes

// writeList writes n elements. What the first of many takes is taken for the length of all.
func writeList(w *writer, n int, element func(i int)) {
	if w.gathering {
		for i := range n {
			element(i)
		}
		return
	}
	start := len(w.text)
	w.text = append(w.text, '[')
	for i := range n {
		if i > 0 {
			w.text = append(w.text, ',')
		}
		element(i)
		if i == 0 && n > 1 {
			w.text = slices.Grow(w.text, min((len(w.text)-start)*(n-1)*5/4, maxGuess))
		}
	}
	w.text = append(w.text, ']')
}

// null writes what a nullable field without a value has.
func (w *writer) null() {
	if !w.gathering {
		w.text = append(w.text, "null"...)
	}
}
