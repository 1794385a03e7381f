package server

import (
	"encoding/json"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"

	"fangzhi/graph/query"
)

// measure is the depth of a selection, the fields at its top, the aliases anywhere in it and the objects that an answer may
// hold. Counts stop growing at maxCount, so that doubling fragments cannot overflow them.
type measure struct{ depth, fields, aliases, cost int }

const maxCount = 1 << 20

// shape measures selections; every fragment once, so that doubling fragments cost what they are long.
type shape struct {
	memo      map[*ast.FragmentDefinition]measure
	variables map[string]any
}

func (s shape) of(set ast.SelectionSet) measure {
	var m measure
	for _, selection := range set {
		switch selection := selection.(type) {
		case *ast.Field:
			m.add(s.field(selection))
		case *ast.InlineFragment:
			m.add(s.of(selection.SelectionSet))
		case *ast.FragmentSpread:
			known, seen := s.memo[selection.Definition]
			if !seen {
				known = s.of(selection.Definition.SelectionSet)
				s.memo[selection.Definition] = known
			}
			m.add(known)
		}
	}
	return m
}

func (m *measure) add(other measure) {
	m.depth = max(m.depth, other.depth)
	m.fields = min(m.fields+other.fields, maxCount)
	m.aliases = min(m.aliases+other.aliases, maxCount)
	m.cost = min(m.cost+other.cost, maxCount)
}

func (s shape) field(f *ast.Field) measure {
	m := measure{depth: 1, fields: 1}
	if f.Alias != "" && f.Alias != f.Name {
		m.aliases = 1
	}
	below := s.of(f.SelectionSet)
	m.aliases += below.aliases
	if strings.HasPrefix(f.Name, "__") {
		m.depth = 0
	} else {
		m.depth += below.depth
	}
	if len(f.SelectionSet) == 0 {
		return m
	}
	// A page is as many objects as it may have items; edges, nodes and pageInfo are the page itself.
	self := 1
	if name := f.Definition.Type.Name(); strings.HasSuffix(name, "Edge") || name == "PageInfo" {
		self = 0
	}
	if items := s.items(f); f.Definition.Type.Elem != nil {
		m.cost = min(items*(self+below.cost), maxCount)
	} else {
		m.cost = min(self+items*below.cost, maxCount)
	}
	return m
}

// schemaItems stands for the length of a list of the schema itself (types, fields, arguments): the playground's query of
// the schema costs 17,000 with it, and 20 such queries in one, which took 1.8 s, are refused.
const schemaItems = 10

// items returns how many items a field may answer: first or last of a page, the length of a list of ids, the passages of a
// search, else one.
func (s shape) items(f *ast.Field) int {
	if strings.HasPrefix(f.ObjectDefinition.Name, "__") && f.Definition.Type.Elem != nil {
		return schemaItems
	}
	if f.ObjectDefinition.Name == "SearchEdge" && f.Name == "highlights" {
		return query.SearchPassages
	}
	if len(f.Definition.Arguments) == 0 {
		return 1
	}
	arguments := f.ArgumentMap(s.variables)
	if ids, ok := arguments["ids"].([]any); ok {
		return len(ids)
	}
	paged := f.Definition.Arguments.ForName("first") != nil
	if !paged {
		return 1
	}
	for _, name := range []string{"first", "last"} {
		if n, given := number(arguments[name]); given {
			return n
		}
	}
	return query.DefaultPage
}

// number reads an Int argument as literals and as JSON have it. One below zero or over every page is refused by the
// field, and counts here as nothing or as much.
func number(v any) (n int, given bool) {
	switch v := v.(type) {
	case int64:
		n, given = int(min(v, maxCount)), true
	case json.Number:
		i, err := v.Int64()
		n, given = int(min(i, maxCount)), err == nil
	case int:
		n, given = min(v, maxCount), true
	}
	return max(n, 0), given
}
