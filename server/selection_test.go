package server_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"pgregory.net/rapid"
)

// selector draws valid queries over the schema.
type selector struct {
	*rapid.T
	schema    *ast.Schema
	aliases   int
	fields    int               // that may still be drawn
	variables map[string]string // declared ones, by name
	fragments []string
}

// values of the variables that a selector declares, beside the ids of the fixture.
var selectorValues = map[string]any{
	"yes": true, "no": false, "chair": "CHAIR", "nobody": nil, "host": "HOST", "two": 2, "last": "DESC",
}

// roots are fields of Query; a part in braces is one of those that bars separate.
var roots = []string{
	`timeline({|first: 3|last: 2|first: 0|first: $two|order: DESC, first: 20})`, `timeline(first: 8)`, `timeline(last: 9)`, `search(query: {"区"|"。"}, first: 5)`,
	`entities({first: 4|kind: OFFICIAL|kind: LOCATION, first: 9|query: "云河", first: 5})`, `issues`, `publications`, `tenures({|first: 4})`,
	`possibleSame(first: 3)`, `histogram({|unit: YEAR|unit: YEAR, by: OFFICIAL, first: 3|unit: QUARTER})`, `top(kind: {OFFICIAL|DEPARTMENT|LOCATION})`, `counts(by: {OFFICIAL|SECTION|BASIS}, first: 4)`, `roots(kind: {LOCATION|DEPARTMENT})`,
	`official(id: {$li|$shen|"o"})`, `department(id: {$government|$committee})`, `location(id: {$street|$county})`, `event(id: {$planting|$meeting|"e"})`,
	`node(id: {$january|$monthly|$meeting|$li})`, `nodes(ids: [{$january, $monthly, $meeting, "x"|$li, $street, $committee|$planting}])`,
	`paths(from: $li, to: {$wang|$chen}, first: 2)`, `neighborhood(id: $li, first: 5)`, `relationship(a: $li, b: $shen, filter: {presentOnly: false})`,
}

// query draws an operation and the variables that it wants.
func (s *selector) query(ids map[string]any) (query string, variables map[string]any) {
	s.variables, s.fields = map[string]string{}, 60
	var fields []string
	for range rapid.IntRange(1, 2).Draw(s.T, "roots") {
		field := s.oneOf(rapid.SampledFrom(roots).Draw(s.T, "root"))
		name, _, _ := strings.Cut(field, "(")
		definition := s.schema.Query.Fields.ForName(name)
		fields = append(fields, s.alias()+": "+strings.ReplaceAll(field, "()", "")+s.directive()+s.of(definition, 5))
	}
	variables = map[string]any{}
	var declared []string
	query = "{" + strings.Join(fields, " ") + "}\n" + strings.Join(s.fragments, "\n")
	for name, value := range ids {
		if strings.Contains(query, "$"+name+",") || strings.Contains(query, "$"+name+")") || strings.Contains(query, "$"+name+"]") {
			s.variables[name], variables[name] = "ID!", fmt.Sprint(value)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(s.variables)) {
		declared = append(declared, "$"+name+": "+s.variables[name])
		if value, ok := selectorValues[name]; ok && value != nil {
			variables[name] = value
		}
	}
	if len(declared) > 0 {
		query = "query(" + strings.Join(declared, ", ") + ") " + query
	}
	return query, variables
}

// oneOf takes one of the parts in braces, and declares the variables of numbers.
func (s *selector) oneOf(text string) string {
	// A brace without a bar is GraphQL's own.
	from := strings.Index(text, "{")
	to := strings.Index(text, "}")
	if from < 0 || !strings.Contains(text[from:to], "|") {
		return text
	}
	part := rapid.SampledFrom(strings.Split(text[from+1:to], "|")).Draw(s.T, "part")
	if strings.Contains(part, "$two") {
		s.variables["two"] = "Int"
	}
	return text[:from] + part + text[to+1:]
}

func (s *selector) alias() string {
	s.aliases++
	return fmt.Sprintf("a%d", s.aliases)
}

func (s *selector) chance(percent int, what string) bool {
	return rapid.IntRange(0, 99).Draw(s.T, what) < percent
}

func (s *selector) directive() string {
	if !s.chance(15, "directive") {
		return ""
	}
	d := rapid.SampledFrom([]string{" @skip(if: $yes)", " @skip(if: $no)", " @include(if: $yes)", " @include(if: $no)", " @skip(if: false)", " @skip(if: false) @include(if: true)"}).Draw(s.T, "directive")
	for _, name := range []string{"yes", "no"} {
		if strings.Contains(d, "$"+name) {
			s.variables[name] = "Boolean!"
		}
	}
	return d
}

// of draws the selection that a field needs, "" for a scalar.
func (s *selector) of(field *ast.FieldDefinition, depth int) string {
	definition := s.schema.Types[field.Type.Name()]
	if definition.Kind == ast.Scalar || definition.Kind == ast.Enum {
		return ""
	}
	return "{" + s.set(definition, depth) + "}"
}

// set draws selections on a type.
func (s *selector) set(d *ast.Definition, depth int) string {
	var all []string
	for range rapid.IntRange(1, 5).Draw(s.T, "selections") {
		s.fields--
		switch kind := rapid.IntRange(0, 19).Draw(s.T, "selection"); {
		case kind == 0:
			all = append(all, rapid.SampledFrom([]string{"", "t: "}).Draw(s.T, "typename")+"__typename")
		case kind <= 3 && depth > 0:
			on := s.condition(d)
			inner := "{" + s.set(on, depth-1) + "}"
			condition := " on " + on.Name
			if on == d && s.chance(50, "unconditional") {
				condition = ""
			}
			all = append(all, "..."+condition+s.directive()+inner)
		case kind == 4 && depth > 0:
			on := s.condition(d)
			name := fmt.Sprintf("F%d", len(s.fragments))
			at := len(s.fragments)
			s.fragments = append(s.fragments, "") // its own, before those that it spreads
			s.fragments[at] = "fragment " + name + " on " + on.Name + " {" + s.set(on, depth-1) + "}"
			all = append(all, "..."+name+s.directive())
			if s.chance(30, "again") {
				all = append(all, "..."+name)
			}
		default:
			all = append(all, s.field(d, depth))
		}
	}
	return strings.Join(all, " ")
}

// condition draws a type that a fragment in a selection on d may be on.
func (s *selector) condition(d *ast.Definition) *ast.Definition {
	names := append([]string{d.Name}, d.Interfaces...)
	if d.Kind == ast.Interface {
		for _, possible := range s.schema.GetPossibleTypes(d) {
			names = append(names, possible.Name)
		}
	}
	return s.schema.Types[rapid.SampledFrom(names).Draw(s.T, "condition")]
}

// differing are the fields that types with an interface in common have with different types: they need aliases of their own.
var differing = []string{"kind", "type", "parent", "successors", "predecessors"}

func (s *selector) field(d *ast.Definition, depth int) string {
	var fields, objects []*ast.FieldDefinition
	for _, f := range d.Fields {
		switch kind := s.schema.Types[f.Type.Name()].Kind; {
		case strings.HasPrefix(f.Name, "__"):
		case kind == ast.Scalar || kind == ast.Enum:
			fields = append(fields, f)
		case depth > 0 && s.fields > 0:
			fields, objects = append(fields, f), append(objects, f)
		}
	}
	if len(objects) > 0 && s.chance(40, "object") {
		fields = objects
	}
	if len(fields) == 0 {
		return "__typename"
	}
	f := rapid.SampledFrom(fields).Draw(s.T, "field")
	arguments := s.arguments(f)
	text := f.Name + arguments + s.directive() + s.of(f, depth-1)
	switch {
	case arguments != "" || s.chance(15, "alias"):
		return s.alias() + ": " + text
	case slices.Contains(differing, f.Name):
		return strings.ToLower(d.Name) + f.Name + ": " + text
	}
	return text
}

func (s *selector) arguments(f *ast.FieldDefinition) string {
	var all []string
	declare := func(name, of string) string {
		s.variables[name] = of
		return "$" + name
	}
	if role := f.Arguments.ForName("role"); role != nil {
		of := role.Type.Name()
		values := []func() string{
			func() string { return "HOST" }, func() string { return "null" }, func() string { return declare("host", of) },
		}
		if of == "OfficialRole" {
			values = append(values[1:2], func() string { return "ATTEND" }, func() string { return declare("chair", of) }, func() string { return declare("nobody", of) })
		}
		if s.chance(60, "role") {
			all = append(all, "role: "+rapid.SampledFrom(values).Draw(s.T, "value")())
		}
	}
	if text := f.Arguments.ForName("text"); text != nil {
		all = append(all, `text: "区"`)
	}
	if order := f.Arguments.ForName("order"); order != nil && s.chance(30, "order") {
		value := rapid.SampledFrom([]string{"ASC", "DESC", "null", "$last"}).Draw(s.T, "value")
		if value == "$last" {
			declare("last", order.Type.Name())
		}
		all = append(all, "order: "+value)
	}
	if f.Name == "events" && s.chance(20, "part") {
		all = append(all, rapid.SampledFrom([]string{"filter: {year: 2021}", `after: "x"`, "after: null", "filter: null"}).Draw(s.T, "part"))
	}
	if f.Arguments.ForName("first") != nil {
		sizes := []string{"first: 2", "first: 3", "first: 0", "first: 1", "first: -1", "first: $two"}
		if f.Arguments.ForName("last") != nil {
			sizes = append(sizes, "last: 1", "last: 2", "last: 3")
		}
		size := rapid.SampledFrom(sizes).Draw(s.T, "size")
		if size == "first: $two" {
			declare("two", "Int")
		}
		all = append(all, size)
	}
	if len(all) == 0 {
		return ""
	}
	return "(" + strings.Join(all, ", ") + ")"
}
