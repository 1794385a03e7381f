package server_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"fangzhi/internal/golden"
	"fangzhi/server"
)

// queryFiles returns the queries of testdata by the names of their files.
func queryFiles(t *testing.T) map[string]string {
	t.Helper()
	files, err := filepath.Glob("testdata/queries/*.graphql")
	if err != nil || len(files) == 0 {
		t.Fatalf("no queries: %v", err)
	}
	queries := map[string]string{}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		queries[strings.TrimSuffix(filepath.Base(name), ".graphql")] = string(text)
	}
	return queries
}

// servedSchema returns the schema as clients see it.
func servedSchema(t *testing.T) *ast.Schema {
	t.Helper()
	files, err := filepath.Glob("../schema/*.graphqls")
	if err != nil || len(files) == 0 {
		t.Fatalf("no schema: %v", err)
	}
	return mustSchema(t, files...)
}

// declared returns those of the ids that the query declares as variables.
func declared(t *testing.T, schema *ast.Schema, query string, ids map[string]any) map[string]any {
	t.Helper()
	document, errs := gqlparser.LoadQueryWithRules(schema, query, nil)
	if errs != nil {
		t.Fatal(errs)
	}
	variables := map[string]any{}
	for _, v := range document.Operations[0].VariableDefinitions {
		if id, known := ids[v.Variable]; known {
			variables[v.Variable] = id
		}
	}
	return variables
}

// opaque are cursors, which TestPages goes by, and the revision: TestAnswersHoldUntilTheGraphChanges.
var opaque = regexp.MustCompile(`(?i)("(?:[a-z]*cursor|revision)": )"[^"]+"`)

// Both engines answer each query of testdata with the answer beside it.
func TestQueries(t *testing.T) {
	schema, ids := servedSchema(t), newIDs(t)
	for engine, open := range engines {
		store := open(t)
		mustLoad(t, store, documents(t)...)
		c := newClient(t, server.Config{Store: store})
		for name, query := range queryFiles(t) {
			t.Run(engine+"/"+name, func(t *testing.T) {
				r := (&client{t, c.url}).ask(query, declared(t, schema, query, ids))
				golden.Compare(t, "testdata/queries/"+name+".json", []byte(opaque.ReplaceAllString(indented(t, r.body), `$1"…"`)))
			})
		}
	}
}

// Every field of every type, every argument and every condition of a filter stands in a query of testdata.
func TestQueriesAskForEverything(t *testing.T) {
	schema := servedSchema(t)
	asked := map[string]bool{}
	for _, query := range queryFiles(t) {
		document, errs := gqlparser.LoadQueryWithRules(schema, query, nil)
		if errs != nil {
			t.Fatal(errs)
		}
		for _, operation := range document.Operations {
			noteAsked(schema, operation.SelectionSet, asked)
		}
	}
	var forgotten []string
	for _, definition := range schema.Types {
		if definition.BuiltIn || definition.Kind == ast.Enum || definition.Kind == ast.Scalar {
			continue
		}
		for _, field := range definition.Fields {
			name := definition.Name + "." + field.Name
			if strings.HasPrefix(field.Name, "__") {
				continue
			}
			if !asked[name] {
				forgotten = append(forgotten, name)
			}
			for _, argument := range field.Arguments {
				if slices.Contains([]string{"first", "after", "last", "before"}, argument.Name) {
					continue // TestPages
				}
				if name := name + "(" + argument.Name + ")"; !asked[name] {
					forgotten = append(forgotten, name)
				}
			}
		}
	}
	slices.Sort(forgotten)
	if diff := cmp.Diff([]string(nil), forgotten); diff != "" {
		t.Errorf("no query of testdata asks for (-want +got):\n%s", diff)
	}
}

// noteAsked notes the fields that the selections ask for, of interfaces for each type that implements them.
func noteAsked(schema *ast.Schema, set ast.SelectionSet, asked map[string]bool) {
	for _, selection := range set {
		switch s := selection.(type) {
		case *ast.FragmentSpread:
			noteAsked(schema, s.Definition.SelectionSet, asked)
		case *ast.InlineFragment:
			noteAsked(schema, s.SelectionSet, asked)
		case *ast.Field:
			types := append([]*ast.Definition{s.ObjectDefinition}, schema.PossibleTypes[s.ObjectDefinition.Name]...)
			for _, definition := range types {
				name := definition.Name + "." + s.Name
				asked[name] = true
				for _, argument := range s.Arguments {
					asked[name+"("+argument.Name+")"] = true
					noteInput(argument.Value, asked)
				}
			}
			noteAsked(schema, s.SelectionSet, asked)
		}
	}
}

func noteInput(v *ast.Value, asked map[string]bool) {
	if v.Kind != ast.ObjectValue {
		return
	}
	for _, child := range v.Children {
		asked[v.Definition.Name+"."+child.Name] = true
	}
}
