package server

import (
	"maps"
	"slices"

	"github.com/99designs/gqlgen/graphql"
)

// Observed returns the config of a server that tells wrote of every value that tables were to write.
func Observed(c Config, wrote func(ok bool)) Config {
	c.wrote = wrote
	return c
}

// LeftToExecutor lists the fields of types with tables that have no column.
var LeftToExecutor = leftToExecutor

// Columns returns the names of a type's columns, sorted, and the types that a fragment which holds for it may be on; nothing
// for a type without a table, and for an interface.
func Columns(typeName string) (columns, satisfies []string) {
	if t, ok := tables[typeName].(interface {
		content() (columns, satisfies []string)
	}); ok {
		return t.content()
	}
	return nil, nil
}

func (o *object[T]) content() (columns, satisfies []string) {
	return slices.Sorted(maps.Keys(o.columns)), o.satisfies
}

// HasTable tells whether values of the type are written by tables.
func HasTable(typeName string) bool { return tables[typeName] != nil }

// Quoted returns a string as tables write it.
func Quoted(s string) string {
	w := writer{}
	w.quoted(s)
	return string(w.text)
}

// Float returns a number as tables write it, false for one that the executor is to tell of.
func Float(f float64) (string, bool) {
	w := writer{}
	float(func(f *float64) float64 { return *f })(nil, &graphql.CollectedField{}).run(&w, &f)
	return string(w.text), !w.failed
}
