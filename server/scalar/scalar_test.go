package scalar_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/99designs/gqlgen/graphql"

	"fangzhi/edtf"
	"fangzhi/server/scalar"
)

func printed(m graphql.Marshaler) string {
	var b bytes.Buffer
	m.MarshalGQL(&b)
	return b.String()
}

func TestDate(t *testing.T) {
	for _, text := range []string{"2022-02-28", "0000-01-01", "-0001-12-31", "9999-12-31"} {
		d, err := scalar.UnmarshalDate(text)
		if got := printed(scalar.MarshalDate(d)); err != nil || got != `"`+text+`"` {
			t.Errorf("%s: %s, %v", text, got, err)
		}
	}
	if d, err := scalar.UnmarshalDate(nil); d != 0 || err != nil || printed(scalar.MarshalDate(d)) != "null" {
		t.Errorf("null: %v, %v, printed %s", d, err, printed(scalar.MarshalDate(d)))
	}
	for _, wrong := range []any{"", "2022-02-29", "2022-2-1", "2022-02", "2022-02-01T00:00:00Z", 20220201, json.Number("20220201"), true, []any{}} {
		if d, err := scalar.UnmarshalDate(wrong); err == nil {
			t.Errorf("%v is read as %s", wrong, d)
		}
	}
}

func TestEDTF(t *testing.T) {
	for _, text := range []string{"2022-02-28", "2022-02", "1986~", "../2022-04-01", "XXXX"} {
		d, err := scalar.UnmarshalEDTF(text)
		if got := printed(scalar.MarshalEDTF(d)); err != nil || got != `"`+text+`"` {
			t.Errorf("%s: %s, %v", text, got, err)
		}
	}
	if got := printed(scalar.MarshalEDTF(edtf.Date{})); got != `"XXXX"` {
		t.Errorf("the unknown date: %s", got)
	}
	for _, wrong := range []any{nil, "", "2022年", 2022, json.Number("2022")} {
		if d, err := scalar.UnmarshalEDTF(wrong); err == nil {
			t.Errorf("%v is read as %s", wrong, d)
		}
	}
}
