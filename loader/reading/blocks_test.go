package reading_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fangzhi/edtf"
	"fangzhi/graph"
	"fangzhi/loader/reading"
)

// Every field of an event comes out of a block as it was put in, also one that is added one day.
func TestBlocksKeepEveryField(t *testing.T) {
	f := filler{text: "云河区教育局印发通知一二三四五六七八九十"}
	want := make([]reading.Event, 2)
	f.fill(reflect.ValueOf(&want).Elem(), 0)
	for i := range want {
		want[i].Body = f.text
	}
	blocks := reading.PackedBlocks(reading.BlockSize + 1)
	blocks.Put(0, want)
	blocks.Put(1, []reading.Event{{}})
	opts := cmp.Exporter(func(reflect.Type) bool { return true })
	if diff := cmp.Diff(want, blocks.Block(0), opts); diff != "" {
		t.Errorf("block 0 mismatch (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]reading.Event{{}}, blocks.Take(1), opts); diff != "" {
		t.Errorf("an event of which nothing is known (-want +got):\n%s", diff)
	}
}

// Evidence is kept as its place where it is what stands there, and as a text where it is not.
func TestBlocksKeepEvidence(t *testing.T) {
	const body = "区长沈知秋讲话"
	want := []graph.Evidence{
		{Field: graph.FieldBody, Start: 2, End: 5, Text: "沈知秋"},
		{Field: graph.FieldBody, Start: 2, End: 5, Text: "沈志秋"},
		{Field: graph.FieldBody, Start: 5, End: 99, Text: "讲话"},
		{Field: graph.FieldBody, Start: 3, End: 1},
		{Field: graph.FieldBody, Start: -1, End: 0},
		{Field: graph.FieldTitle, Start: 0, End: 2, Text: "区长"},
	}
	blocks := reading.PackedBlocks(1)
	blocks.Put(0, []reading.Event{{Body: body, Date: graph.EventDate{Evidence: want}}})
	if diff := cmp.Diff(want, blocks.Block(0)[0].Date.Evidence); diff != "" {
		t.Errorf("mismatch (-want +got):\n%s", diff)
	}
}

// A document is packed from so many events or so much text on that holding it as it is would take too much.
func TestBlocksPackWhatIsLong(t *testing.T) {
	for _, tt := range []struct {
		events, bytes int
		want          bool
	}{{0, 0, false}, {10_000, 5 << 18, false}, {10_001, 0, true}, {1, 5<<18 + 1, true}} {
		blocks := reading.NewBlocks(tt.events, tt.bytes)
		if got := blocks.Packed(); got != tt.want {
			t.Errorf("NewBlocks(%d, %d).Packed() = %v, want %v", tt.events, tt.bytes, got, tt.want)
		}
		if got, want := blocks.Len(), (tt.events+reading.BlockSize-1)/reading.BlockSize; got != want {
			t.Errorf("NewBlocks(%d, %d).Len() = %d, want %d", tt.events, tt.bytes, got, want)
		}
	}
}

// Blocks that are not packed hold the events as they were put, until they are taken.
func TestBlocksHoldWhatIsShort(t *testing.T) {
	blocks := reading.NewBlocks(1, 0)
	want := []reading.Event{{Body: "区长沈知秋讲话"}}
	blocks.Put(0, want)
	if got := blocks.Block(0); len(got) != 1 || &got[0] != &want[0] {
		t.Error("Block returned a copy")
	}
	if got := blocks.Take(0); len(got) != 1 {
		t.Errorf("Take returned %d events", len(got))
	}
	if got := blocks.Block(0); got != nil {
		t.Errorf("%d events are held after Take", len(got))
	}
}

// filler gives every field a value of its own.
type filler struct {
	text string
	n    int
}

func (f *filler) fill(v reflect.Value, depth int) {
	f.n++
	switch v.Interface().(type) {
	case edtf.Date:
		d, err := edtf.Parse([]string{"2021", "2021-03", "2021-03-04", "XXXX"}[f.n%4])
		if err != nil {
			panic(err)
		}
		v.Set(reflect.ValueOf(d))
		return
	}
	switch v.Kind() {
	case reflect.String:
		if v.SetString(f.text[3*(f.n%10) : 3*(f.n%10+2)]); f.n%3 == 0 {
			v.SetString(strings.Repeat("外", f.n%7+1))
		}
	case reflect.Int:
		v.SetInt(int64(f.n * f.n))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Float64:
		v.SetFloat(float64(f.n) + 0.5)
	case reflect.Pointer:
		if depth < 8 {
			v.Set(reflect.New(v.Type().Elem()))
			f.fill(v.Elem(), depth+1)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range v.Len() {
			f.fill(v.Index(i), depth+1)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			f.fill(v.Field(i), depth+1)
		}
	default:
		panic("no value for a " + v.Type().String())
	}
}
