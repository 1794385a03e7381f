// Package scalar prints and reads the contract's scalars. It stands apart because generated code imports it and
// package server imports generated code.
package scalar

import (
	"fmt"

	"github.com/99designs/gqlgen/graphql"

	"fangzhi/edtf"
)

// MarshalDate prints a day as YYYY-MM-DD; none is null.
func MarshalDate(d edtf.Day) graphql.Marshaler {
	if d == 0 {
		return graphql.Null
	}
	return graphql.MarshalString(d.String())
}

// UnmarshalDate reads a day; null is none.
func UnmarshalDate(v any) (edtf.Day, error) {
	switch v := v.(type) {
	case nil:
		return 0, nil
	case string:
		return edtf.ParseDay(v)
	}
	return 0, fmt.Errorf("a Date is a string like 2020-12-17, not %v", v)
}

// MarshalEDTF prints a date as EDTF; the unknown one is XXXX.
func MarshalEDTF(d edtf.Date) graphql.Marshaler { return graphql.MarshalString(d.String()) }

// UnmarshalEDTF reads an EDTF date.
func UnmarshalEDTF(v any) (edtf.Date, error) {
	s, ok := v.(string)
	if !ok {
		return edtf.Date{}, fmt.Errorf("an EDTF date is a string like 2020-12, not %v", v)
	}
	return edtf.Parse(s)
}
