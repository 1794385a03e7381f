package gqlhttp

import (
	"encoding/json"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// The members of an object are those that encoding/json finds.
func FuzzMembers(f *testing.F) {
	for _, text := range []string{
		`{}`, ` { } `, `null`, `{"query":"{ a }"}`, "{\"a\" :\t1 , \"b\":[1,{\"}\":\"]\"}] ,\"c\":null\n}", `{"a":"\"}","b":-1e3,"a":true}`, `{"\u0061":{"a":{}},"":[]}`, `{"a\\":"\\"}`, `[1]`, `{"a":1}}`,
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) || !json.Valid([]byte(text)) {
			return
		}
		var want map[string]json.RawMessage
		is := json.Unmarshal([]byte(text), &want) == nil
		if isObject([]byte(text)) != is {
			t.Fatalf("isObject(%q) is %v", text, !is)
		}
		if !is {
			return
		}
		got := map[string]json.RawMessage{}
		for name, value := range members([]byte(text)) {
			got[string(name)] = value
		}
		if want == nil {
			want = map[string]json.RawMessage{}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("members(%q) mismatch (-want +got):\n%s", text, diff)
		}
	})
}

func TestOfFieldsThatAreThereTwiceTheLastCounts(t *testing.T) {
	got, err := readObject([]byte(`{"query":"{ a }","variables":{"a":1,"b":2},"query":"{ b }","variables":{"c":3}}`))
	want := request{Query: "{ b }", Variables: map[string]any{"c": json.Number("3")}}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("the request mismatch (-want +got), %v:\n%s", err, diff)
	}
}
