package server

import (
	"context"
	"fmt"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// strictVariables refuses values of variables that the specification of GraphQL refuses and gqlparser lets pass: an enum's
// value in other letters, which a field would take for its default ("desc" for ASC), a number that is a string and
// a string that is a number.
type strictVariables struct{ schema *ast.Schema }

var _ graphql.OperationContextMutator = (*strictVariables)(nil)

// ExtensionName names the extension to gqlgen.
func (*strictVariables) ExtensionName() string { return "StrictVariables" }

// Validate takes the schema that the variables are checked against.
func (v *strictVariables) Validate(schema graphql.ExecutableSchema) error {
	v.schema = schema.Schema()
	return nil
}

// MutateOperationContext refuses an operation with such a value; it changes nothing.
func (v *strictVariables) MutateOperationContext(_ context.Context, op *graphql.OperationContext) *gqlerror.Error {
	for _, d := range op.Operation.VariableDefinitions {
		if err := v.check(d.Type, op.Variables[d.Variable], ast.Path{ast.PathName("variable"), ast.PathName(d.Variable)}); err != nil {
			return err
		}
	}
	return nil
}

// check compares a value with its type; gqlparser has checked that it has the type's shape.
func (v *strictVariables) check(t *ast.Type, value any, at ast.Path) *gqlerror.Error {
	if value == nil {
		return nil
	}
	if t.Elem != nil {
		list, ok := value.([]any)
		if !ok {
			return v.check(t.Elem, value, at)
		}
		for i, item := range list {
			if err := v.check(t.Elem, item, append(at[:len(at):len(at)], ast.PathIndex(i))); err != nil {
				return err
			}
		}
		return nil
	}
	text, isString := value.(string)
	definition := v.schema.Types[t.NamedType]
	right := true
	switch {
	case definition.Kind == ast.Enum:
		right = isString && definition.EnumValues.ForName(text) != nil
	case definition.Kind == ast.InputObject:
		return v.checkFields(definition, value, at)
	case t.NamedType == "String":
		right = isString
	case t.NamedType == "Int", t.NamedType == "Float":
		right = !isString
	}
	if right {
		return nil
	}
	err := &gqlerror.Error{Message: fmt.Sprintf("%v is no %s", value, t.NamedType), Path: at}
	errcode.Set(err, errcode.ValidationFailed)
	return err
}

func (v *strictVariables) checkFields(definition *ast.Definition, value any, at ast.Path) *gqlerror.Error {
	fields, _ := value.(map[string]any)
	for _, field := range definition.Fields {
		if err := v.check(field.Type, fields[field.Name], append(at[:len(at):len(at)], ast.PathName(field.Name))); err != nil {
			return err
		}
	}
	return nil
}
