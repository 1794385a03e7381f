package server_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

// notServed lists what the contract has and the schema does not have yet: a type, Type.field, Type.field(argument).
// Nothing may stand here that is served, so that the list shrinks with every issue.
var notServed = []string{
	"Change", "ChangeAction", "ChangeConnection", "ChangeEdge",
	"Chronicle", "ChronicleEntry", "ChronicleMonth", "ConflictKind",
	"CorrectEventInput", "Correction", "CorrectionAction", "CorrectionConnection", "CorrectionEdge", "CorrectionPayload",
	"CoverageGap", "EntryElement",
	"Footnote", "GapKind", "IngestInput", "IngestReport", "LinkInput", "Mutation", "NewEntity",
	"OmittedEvent",
	"Query.changes", "Query.chronicle", "Query.corrections", "Query.coverage",
	"SourceConflict",
}

// TestServedSchemaHasTheContractsNamesAndTypes compares what is served with the contract.
func TestServedSchemaHasTheContractsNamesAndTypes(t *testing.T) {
	contract := mustSchema(t, mustShared(t, "contract/api.graphqls"))
	files, err := filepath.Glob("../schema/*.graphqls")
	if err != nil || len(files) == 0 {
		t.Fatalf("no schema: %v", err)
	}
	served := mustSchema(t, files...)
	var missing []string
	for name, want := range contract.Types {
		if want.BuiltIn {
			continue
		}
		got := served.Types[name]
		if got == nil {
			missing = append(missing, name)
			continue
		}
		missing = append(missing, compareType(t, want, got)...)
	}
	slices.Sort(missing)
	if diff := cmp.Diff(notServed, missing); diff != "" {
		t.Errorf("what is not served (-listed +found):\n%s", diff)
	}
}

// compareType returns what want has and got lacks, and fails where both differ.
func compareType(t *testing.T, want, got *ast.Definition) (missing []string) {
	t.Helper()
	if want.Kind != got.Kind {
		t.Errorf("%s is %s, the contract says %s", want.Name, got.Kind, want.Kind)
	}
	if diff := cmp.Diff(want.Interfaces, got.Interfaces); diff != "" {
		t.Errorf("%s implements (-contract +served):\n%s", want.Name, diff)
	}
	for _, value := range want.EnumValues {
		if got.EnumValues.ForName(value.Name) == nil {
			missing = append(missing, want.Name+"."+value.Name)
		}
	}
	for _, field := range want.Fields {
		have := got.Fields.ForName(field.Name)
		if have == nil {
			missing = append(missing, want.Name+"."+field.Name)
			continue
		}
		if have.Type.String() != field.Type.String() {
			t.Errorf("%s.%s is %s, the contract says %s", want.Name, field.Name, have.Type, field.Type)
		}
		if defaultOf(have.DefaultValue) != defaultOf(field.DefaultValue) {
			t.Errorf("%s.%s defaults to %s, the contract says %s", want.Name, field.Name, defaultOf(have.DefaultValue), defaultOf(field.DefaultValue))
		}
		for _, argument := range field.Arguments {
			name := want.Name + "." + field.Name + "(" + argument.Name + ")"
			given := have.Arguments.ForName(argument.Name)
			if given == nil {
				missing = append(missing, name)
				continue
			}
			if given.Type.String() != argument.Type.String() || defaultOf(given.DefaultValue) != defaultOf(argument.DefaultValue) {
				t.Errorf("%s is %s = %s, the contract says %s = %s", name, given.Type, defaultOf(given.DefaultValue), argument.Type, defaultOf(argument.DefaultValue))
			}
		}
	}
	return missing
}

func defaultOf(v *ast.Value) string {
	if v == nil {
		return "nothing"
	}
	return v.String()
}

func mustSchema(t *testing.T, files ...string) *ast.Schema {
	t.Helper()
	var sources []*ast.Source
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		sources = append(sources, &ast.Source{Name: name, Input: string(text)})
	}
	schema, err := gqlparser.LoadSchema(sources...)
	if err != nil {
		t.Fatalf("%v: %v", files, err)
	}
	return schema
}

// mustShared returns the path of a file of ../shared; the test is skipped where the folder is absent and CI is not set.
func mustShared(t *testing.T, name string) string {
	t.Helper()
	path := filepath.Join("../../shared", name)
	if _, err := os.Stat(path); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatalf("%s is absent, and CI is set", path)
		}
		t.Skipf("%s is absent", path)
	}
	return path
}
