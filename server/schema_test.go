package server_test

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	gql "github.com/vektah/gqlparser/v2/ast"

	"fangzhi/graph"
	"fangzhi/server/generated"
)

// A type that finds no Go type would be generated, and a second one of its kind born.
func TestNoTypeIsGenerated(t *testing.T) {
	if _, err := os.Stat("generated/models_gen.go"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("generated/models_gen.go: %v, want no such file: a type of the schema has no Go type", err)
	}
}

// A field with arguments that matched a field of a struct would drop them in silence: each has a resolver that takes
// every one of them.
func TestFieldsWithArgumentsTakeThem(t *testing.T) {
	root := reflect.TypeFor[generated.ResolverRoot]()
	n := 0
	for _, definition := range servedSchema(t).Types {
		if definition.BuiltIn || definition.Kind != gql.Object {
			continue
		}
		for _, field := range definition.Fields {
			if len(field.Arguments) == 0 || strings.HasPrefix(field.Name, "__") {
				continue
			}
			n++
			method, ok := resolverOf(root, definition.Name, field.Name)
			if !ok {
				t.Errorf("%s.%s has arguments and no resolver: gqlgen.yml wants resolver: true for it", definition.Name, field.Name)
				continue
			}
			// A method of an interface has no receiver: context and arguments, for all but the root the object too.
			want := 1 + len(field.Arguments)
			if definition.Name != "Query" {
				want++
			}
			if method.Type.NumIn() != want {
				t.Errorf("%s.%s: its resolver takes %d values, want %d", definition.Name, field.Name, method.Type.NumIn(), want)
			}
		}
	}
	if n < 30 {
		t.Errorf("only %d fields with arguments: the walk is wrong", n)
	}
}

func resolverOf(root reflect.Type, object, field string) (reflect.Method, bool) {
	of, ok := root.MethodByName(object)
	if !ok {
		return reflect.Method{}, false
	}
	return of.Type.Out(0).MethodByName(strings.ToUpper(field[:1]) + field[1:])
}

// The enums of the schema have exactly the values that the Go constants of the types bound to them have.
func TestEnumsAreTheConstants(t *testing.T) {
	constants := map[string][]string{} // by the type's name
	for _, folder := range []string{"../graph", "../graph/query", "../edtf"} {
		readConstants(t, folder, constants)
	}
	// Enums whose Go type has another name.
	named := map[string]string{"DatePrecision": "Precision"}
	served := 0
	for _, definition := range servedSchema(t).Types {
		if definition.BuiltIn || definition.Kind != gql.Enum {
			continue
		}
		served++
		name := definition.Name
		if other, ok := named[name]; ok {
			name = other
		}
		var want []string
		for _, value := range definition.EnumValues {
			want = append(want, value.Name)
		}
		got := slices.Clone(constants[name])
		slices.Sort(want)
		slices.Sort(got)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-schema +constants):\n%s", definition.Name, diff)
		}
	}
	if served < 14 {
		t.Errorf("only %d enums: the walk is wrong", served)
	}
	if len(graph.OfficialRoles) != len(constants["OfficialRole"]) || len(graph.DepartmentRoles) != len(constants["DepartmentRole"]) {
		t.Error("a role is missing in the list of its kind")
	}
}

// readConstants notes the values of the typed string constants of a package.
func readConstants(t *testing.T, folder string, constants map[string][]string) {
	t.Helper()
	files, err := filepath.Glob(folder + "/*.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("%s: %v", folder, err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, declaration := range file.Decls {
			group, ok := declaration.(*ast.GenDecl)
			if !ok || group.Tok != token.CONST {
				continue
			}
			for _, spec := range group.Specs {
				value := spec.(*ast.ValueSpec)
				of, ok := value.Type.(*ast.Ident)
				if !ok || len(value.Values) != 1 {
					continue
				}
				if literal, ok := value.Values[0].(*ast.BasicLit); ok && literal.Kind == token.STRING {
					text, err := strconv.Unquote(literal.Value)
					if err != nil {
						t.Fatal(err)
					}
					constants[of.Name] = append(constants[of.Name], text)
				}
			}
		}
	}
}

// nullForNone knows strings, numbers, days and dates: a nullable field of another kind would answer its zero for none.
func TestNullableFieldsAreOfKnownKinds(t *testing.T) {
	schema := servedSchema(t)
	for _, definition := range schema.Types {
		if definition.BuiltIn || definition.Kind != gql.Object {
			continue
		}
		for _, field := range definition.Fields {
			kind := schema.Types[field.Type.Name()].Kind
			if field.Type.NonNull || field.Type.Elem != nil || kind != gql.Scalar && kind != gql.Enum {
				continue
			}
			if !slices.Contains([]string{"String", "Int", "Date", "EDTF"}, field.Type.Name()) {
				t.Errorf("%s.%s is a nullable %s: nullForNone wants a case for it", definition.Name, field.Name, field.Type.Name())
			}
		}
	}
}
