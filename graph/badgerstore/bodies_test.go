package badgerstore

import (
	"errors"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// Texts are read as the decoder of CBOR reads them, whatever their length; what is cut short is damage, and nothing is read
// beyond its end.
func TestTextsAreReadAsTheyAreWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := make([]textOf, rapid.IntRange(0, 30).Draw(t, "events"))
		for i := range want {
			if rapid.Bool().Draw(t, "there") {
				want[i] = textOf{Title: rapid.StringN(0, 30, 40).Draw(t, "title"), Body: rapid.StringN(0, 400, 70_000).Draw(t, "body")}
			}
		}
		data, err := encoding().Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		var got []textOf
		read := func(data []byte) error {
			got = nil
			r := textReader{data, []byte("b")}
			return r.each(func(n uint32, title, body []byte) {
				if int(n) != len(got) {
					t.Fatalf("event %d comes behind %d", n, len(got))
				}
				got = append(got, textOf{Title: string(title), Body: string(body)})
			})
		}
		if err := read(data); err != nil || !slices.Equal(got, want) {
			t.Fatalf("read %q, %v, want %q", got, err, want)
		}
		cut := rapid.IntRange(0, len(data)-1).Draw(t, "cut")
		if err := read(data[:cut]); !errors.Is(err, ErrCorrupt) {
			t.Errorf("cut at %d of %d: %v, want ErrCorrupt", cut, len(data), err)
		}
		if err := read(append(data, 0)); !errors.Is(err, ErrCorrupt) {
			t.Errorf("with a byte behind it: %v, want ErrCorrupt", err)
		}
	})
}
