package pack_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"fangzhi/internal/pack"
)

type shelf struct {
	Count  int
	Small  uint8
	Open   bool
	Last   bool
	Name   string
	Place  string // stands in room, or not
	Owner  *string
	Marks  []bool
	Shared []string
	Books  []book
}

type book struct {
	Title string
	Pages int
}

const room = "县志馆的东厢房"

// fields keeps a shelf whose marks are counted by their owner.
func (s *shelf) fields(c *pack.Coder) {
	pack.Int(c, &s.Count)
	pack.Int(c, &s.Small)
	c.Bools(&s.Open, &s.Last)
	pack.String(c, &s.Name)
	pack.Piece(c, room, &s.Place)
	pack.Ref(c, &s.Owner)
	c.Marks(s.Marks)
	pack.Shared(c, &s.Shared)
	pack.List(c, &s.Books, func(c *pack.Coder, b *book) {
		pack.String(c, &b.Title)
		pack.Int(c, &b.Pages)
	})
}

// again returns what comes out of a box.
func again(s *shelf) (*shelf, pack.Box) {
	box := pack.Pack(s.fields)
	got := &shelf{Marks: make([]bool, len(s.Marks))}
	box.Unpack(got.fields)
	return got, box
}

// What goes in comes out: nil as nil, the empty as empty.
func TestComesOutAsItWentIn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.SampledFrom([]string{"", "甲", "乙", "县志", "东厢", "东厢房", "一本很长的书，一本很长的书"})
		books := rapid.SliceOf(rapid.Custom(func(t *rapid.T) book {
			return book{text.Draw(t, "title"), rapid.IntRange(0, 300).Draw(t, "pages")}
		}))
		want := &shelf{
			Count: rapid.Int().Draw(t, "count"), Small: rapid.Uint8().Draw(t, "small"), Open: rapid.Bool().Draw(t, "open"), Last: rapid.Bool().Draw(t, "last"),
			Name: text.Draw(t, "name"), Place: text.Draw(t, "place"), Marks: rapid.SliceOfN(rapid.Bool(), 0, 20).Draw(t, "marks"),
			Shared: rapid.SliceOf(text).Draw(t, "shared"),
		}
		if rapid.Bool().Draw(t, "any books") {
			want.Books = books.Draw(t, "books")
		}
		if rapid.Bool().Draw(t, "owned") {
			owner := text.Draw(t, "owner")
			want.Owner = &owner
		}
		got, _ := again(want)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("mismatch (-want +got):\n%s", diff)
		}
		if got.Owner != want.Owner {
			t.Fatal("the owner came out as another one of the same name")
		}
	})
}

// A string that comes again costs its place, one that stands in the base its bounds.
func TestWhatComesAgainIsKeptOnce(t *testing.T) {
	long := strings.Repeat("县", 100)
	_, once := again(&shelf{Name: long})
	s := &shelf{Name: long, Place: "东厢房", Books: make([]book, 20)}
	for i := range s.Books {
		s.Books[i].Title = long
	}
	_, box := again(s)
	if most := once.Bytes() + 20*4 + 4; box.Bytes() > most {
		t.Errorf("21 times the same string and a piece of the base take %d bytes, want at most %d", box.Bytes(), most)
	}
}

// Slices of the same elements come out as one.
func TestSharedIsKeptOnce(t *testing.T) {
	var got [4][]string
	in := [4][]string{{"甲", "乙"}, {"甲", "乙"}, {"甲"}, {"乙", "甲"}}
	fields := func(lists *[4][]string) func(*pack.Coder) {
		return func(c *pack.Coder) {
			for i := range lists {
				pack.Shared(c, &lists[i])
			}
		}
	}
	pack.Pack(fields(&in)).Unpack(fields(&got))
	if diff := cmp.Diff(in, got); diff != "" {
		t.Errorf("mismatch (-want +got):\n%s", diff)
	}
	if &got[0][0] != &got[1][0] {
		t.Error("two slices of the same elements came out as two")
	}
}

// Map changes what is shared, in the copy alone.
func TestMap(t *testing.T) {
	before, after := "甲", "乙"
	box := pack.Pack((&shelf{Owner: &before}).fields)
	mapped := box.Map(func(any) any { return &after })
	var got, kept shelf
	mapped.Unpack(got.fields)
	box.Unpack(kept.fields)
	if got.Owner != &after || kept.Owner != &before {
		t.Errorf("owners are %q and %q, want %q and %q", *got.Owner, *kept.Owner, after, before)
	}
}
