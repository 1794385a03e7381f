package gram_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"

	"fangzhi/graph/badgerstore/gram"
)

var errDisk = errors.New("disk full")

func keepNothing(_, _ []byte) error { return nil }

func TestBuildRefuses(t *testing.T) {
	doc := func(o uint32) gram.Doc { return gram.Doc{Ordinal: o, Body: "区委"} }
	long := strings.Repeat("a", 1<<25)
	for _, tt := range []struct {
		name string
		docs []gram.Doc
		want error
	}{
		{"nothing", nil, nil},
		{"as many ordinals as can be", []gram.Doc{doc(3), doc(3 + gram.MaxSpan - 1)}, nil},
		{"one ordinal more", []gram.Doc{doc(3), doc(3 + gram.MaxSpan)}, gram.ErrRange},
		{"the last ordinal", []gram.Doc{doc(1<<32 - 1)}, nil},
		{"descending ordinals", []gram.Doc{doc(3), doc(2)}, gram.ErrRange},
		{"the same ordinal", []gram.Doc{doc(3), doc(3)}, gram.ErrRange},
		{"too long", []gram.Doc{{Ordinal: 1, Title: long, Body: long}, {Ordinal: 2, Body: "a"}}, gram.ErrTooLong},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := gram.Build(tt.docs, nil, keepNothing); !errors.Is(err, tt.want) {
				t.Errorf("Build: %v, want %v", err, tt.want)
			}
		})
	}
}

func TestMergeRefuses(t *testing.T) {
	at := func(ordinals ...uint32) gram.Segment {
		var docs []gram.Doc
		for _, o := range ordinals {
			docs = append(docs, gram.Doc{Ordinal: o, Body: "区委"})
		}
		return mustBuild(t, docs, nil).Segment
	}
	for _, tt := range []struct {
		name     string
		segments []gram.Segment
		want     error
	}{
		{"nothing", nil, nil},
		{"neighbours in any order", []gram.Segment{at(7, 9), at(), at(3, 6)}, nil},
		{"one within the other", []gram.Segment{at(3, 9), at(5)}, gram.ErrRange},
		{"one that begins where the other ends", []gram.Segment{at(3, 9), at(9)}, gram.ErrRange},
		{"as many ordinals as can be", []gram.Segment{at(3), at(3 + gram.MaxSpan - 1)}, nil},
		{"one ordinal more", []gram.Segment{at(3), at(3 + gram.MaxSpan)}, gram.ErrRange},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := gram.Merge(tt.segments, nil, keepNothing); !errors.Is(err, tt.want) {
				t.Errorf("Merge: %v, want %v", err, tt.want)
			}
		})
	}
}

// A segment of which all events are dead has none, and can be merged again.
func TestMergeOfTheDead(t *testing.T) {
	k := mustBuild(t, []gram.Doc{{Ordinal: 4, Body: "区委"}, {Ordinal: 8, Title: "区委"}}, nil)
	dead := roaring.BitmapOf(1, 4, 8, 9)
	for range 2 {
		k = mustReopen(t, mustMerge(t, dead, k))
		if k.Header.Events() != 0 || len(k.blocks) != 0 || !k.Header.Ordinals().IsEmpty() {
			t.Fatalf("%d events, %d blocks, ordinals %v", k.Header.Events(), len(k.blocks), k.Header.Ordinals())
		}
		if r, err := k.Search("区委"); err != nil || !r.Exact.IsEmpty() || r.Candidates != nil {
			t.Fatalf("Search: %v, %v", r, err)
		}
	}
}

// Every write and every read that fails ends the work with its error.
func TestFaults(t *testing.T) {
	w := newWriter(9)
	docs := w.docs(0, 60)
	parts := []*kept{mustBuild(t, docs[:30], nil), mustBuild(t, docs[30:], nil)}
	for _, tt := range []struct {
		name string
		do   func(fault func() error) error
	}{
		{"Build", func(fault func() error) error {
			_, err := gram.Build(docs, nil, func(_, _ []byte) error { return fault() })
			return err
		}},
		{"Merge, writing", func(fault func() error) error {
			_, err := gram.Merge([]gram.Segment{parts[0].Segment, parts[1].Segment}, nil, func(_, _ []byte) error { return fault() })
			return err
		}},
		{"Merge, reading", func(fault func() error) error {
			_, err := gram.Merge([]gram.Segment{faulty(parts[0], fault), parts[1].Segment}, nil, keepNothing)
			return err
		}},
		{"Query", func(fault func() error) error {
			_, err := gram.Query([]gram.Segment{parts[1].Segment, faulty(parts[0], fault)}, docs[3].Body[:60])
			return err
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for n := 1; ; n++ {
				left := n
				err := tt.do(func() error {
					if left--; left == 0 {
						return errDisk
					}
					return nil
				})
				if left > 0 {
					if n == 1 {
						t.Error("nothing passed the fault point: this test proves nothing")
					}
					if err != nil {
						t.Errorf("without a fault: %v", err)
					}
					return
				}
				if !errors.Is(err, errDisk) {
					t.Errorf("fault %d: %v, want %v", n, err, errDisk)
				}
			}
		})
	}
}

func faulty(k *kept, fault func() error) gram.Segment {
	s := k.Segment
	s.Read = func(block int) ([]byte, error) {
		if err := fault(); err != nil {
			return nil, err
		}
		return k.read(block)
	}
	return s
}

// A set that cannot be read when it is needed is an error, and is read once it can be.
func TestSearchNeedsItsSets(t *testing.T) {
	built := mustBuild(t, []gram.Doc{{Ordinal: 4, Body: "区委会议"}}, nil)
	for _, tt := range []struct {
		name string
		read func(gram.SetID) ([]byte, error)
		want error
	}{
		{"not to be read", func(gram.SetID) ([]byte, error) { return nil, errDisk }, errDisk},
		{"damaged", func(gram.SetID) ([]byte, error) { return []byte{2}, nil }, gram.ErrCorrupt},
	} {
		t.Run(tt.name, func(t *testing.T) {
			k := mustReopen(t, built)
			good := k.ReadSet
			k.ReadSet = tt.read
			if _, err := k.Search("区委会"); !errors.Is(err, tt.want) {
				t.Errorf("Search: %v, want %v", err, tt.want)
			}
			if _, err := gram.Merge([]gram.Segment{k.Segment}, nil, keepNothing); !errors.Is(err, tt.want) {
				t.Errorf("Merge: %v, want %v", err, tt.want)
			}
			if _, err := k.Search("区委"); err != nil {
				t.Errorf("Search for what needs no set: %v", err)
			}
			k.ReadSet = good
			if r, err := k.Search("区委会"); err != nil || r.Candidates == nil {
				t.Errorf("Search: %v, %v", r, err)
			}
		})
	}
}

// Whatever bytes stand in a block, reading it ends with an answer or ErrCorrupt.
func FuzzBlock(f *testing.F) {
	docs := newWriter(2).docs(3, 40)
	k := mustBuild(f, docs, nil)
	for _, i := range []int{0, len(k.blocks) / 2, len(k.blocks) - 1} {
		f.Add(k.blocks[i], k.Header.First(i))
	}
	f.Add([]byte{0xC0, 'a', 1, 0x02}, "a")
	f.Add([]byte{0xD0, 'a', 'b', 'c', 1, 0x03}, "abc")
	f.Fuzz(func(t *testing.T, block []byte, pattern string) {
		pattern = strings.ToValidUTF8(pattern, "?")
		bad := mustReopen(t, k)
		bad.Read = func(int) ([]byte, error) { return block, nil }
		mustBeSoundOrCorrupt := func(err error) {
			t.Helper()
			if err != nil && !errors.Is(err, gram.ErrCorrupt) {
				t.Fatal(err)
			}
		}
		r, err := bad.Search(pattern)
		mustBeSoundOrCorrupt(err)
		_, err = r.Exact.All()
		mustBeSoundOrCorrupt(err)
		_, err = r.Exact.Title()
		mustBeSoundOrCorrupt(err)
		for h := range gram.MaxHits {
			_, err = r.Exact.Tier(h)
			mustBeSoundOrCorrupt(err)
		}
		_, err = gram.Merge([]gram.Segment{bad.Segment}, roaring.BitmapOf(4), keepNothing)
		mustBeSoundOrCorrupt(err)
	})
}

// Whatever bytes stand for a header or a set, reading them ends with one that can be used, or with ErrCorrupt.
func FuzzHeader(f *testing.F) {
	docs := newWriter(2).docs(3, 1_100)
	k := mustBuild(f, docs[:1_050], nil)
	set := k.Header.Sets()[0]
	small := mustBuild(f, docs[1_050:], set)
	small.Header = mustReopen(f, mustMerge(f, nil, mustBuild(f, docs[1_040:1_050], nil), small)).Header
	f.Add(k.Header.Encode(), set.Encode())
	f.Add(small.Header.Encode(), new(gram.Set).Encode())
	f.Fuzz(func(t *testing.T, header, set []byte) {
		s, err := gram.DecodeSet(set)
		if err != nil {
			if !errors.Is(err, gram.ErrCorrupt) {
				t.Fatal(err)
			}
			s = new(gram.Set)
		} else if again, err := gram.DecodeSet(s.Encode()); err != nil || again.ID() != s.ID() || again.Len() != len(s.Grams()) {
			t.Fatalf("a set of %d grams, read and written: %v", s.Len(), err)
		}
		h, err := gram.DecodeHeader(header, func(gram.SetID) *gram.Set { return s })
		if err != nil {
			if !errors.Is(err, gram.ErrCorrupt) {
				t.Fatal(err)
			}
			return
		}
		if n := h.Ordinals().GetCardinality(); n != uint64(h.Events()) {
			t.Fatalf("%d ordinals of %d events", n, h.Events())
		}
		var firsts []string
		for i := range h.Blocks() {
			firsts = append(firsts, h.First(i))
			if at, ok := h.Block(h.First(i)); !ok || at != i {
				t.Fatalf("block %d is %d, %v", i, at, ok)
			}
		}
		if !slices.IsSorted(firsts) {
			t.Fatalf("first grams %q", firsts)
		}
		if _, err := gram.Query([]gram.Segment{{Header: h, Read: k.anyBlock}}, "会议强调"); err != nil && !errors.Is(err, gram.ErrCorrupt) {
			t.Fatal(err)
		}
	})
}

func (k *kept) anyBlock(block int) ([]byte, error) { return k.blocks[block%len(k.blocks)], nil }

func TestCorruptHeadersAndSets(t *testing.T) {
	k := mustBuild(t, newWriter(2).docs(3, 60), nil)
	anySet := func(gram.SetID) *gram.Set { return new(gram.Set) }
	header, set := k.Header.Encode(), k.Header.Sets()[0].Encode()
	for n := range header {
		if _, err := gram.DecodeHeader(header[:n], anySet); !errors.Is(err, gram.ErrCorrupt) {
			t.Fatalf("%d of %d bytes of a header: %v", n, len(header), err)
		}
	}
	for n := range set {
		if _, err := gram.DecodeSet(set[:n]); !errors.Is(err, gram.ErrCorrupt) {
			t.Fatalf("%d of %d bytes of a set: %v", n, len(set), err)
		}
	}
	for _, tt := range []struct {
		name        string
		header, set string
		want        error
	}{
		{"empty", "\x02\x00\x00\x00\x00", "\x02\x00\x00\x00\x00\x00\x00", nil},
		{"a byte more", "\x02\x00\x00\x00\x00\x00", "\x02\x00\x00\x00\x00\x00\x00\x00", gram.ErrCorrupt},
		{"another format", "\x01\x00\x00\x00\x00", "\x01\x00\x00\x00\x00\x00\x00", gram.ErrCorrupt},
		{"ascending", "\x02\x00\x00\x00\x02\x00\x01a\x00\x01b", "\x02\x02aaab\x00\x00\x00\x00\x00", nil},
		{"a first gram twice", "\x02\x00\x00\x00\x02\x00\x01a\x00\x01a", "\x02\x02aa\x00\x00\x00\x00\x00\x00\x00", gram.ErrCorrupt},
		{"first grams descending", "\x02\x00\x00\x00\x02\x00\x01b\x00\x01a", "", gram.ErrCorrupt},
		{"a first gram too long", "\x02\x00\x00\x00\x01\x00\x21" + strings.Repeat("a", 33), "", gram.ErrCorrupt},
		{"more first grams than bytes", "\x02\x00\x00\x00\x7F\x00\x01b", "", gram.ErrCorrupt},
		{"beyond the last ordinal", "\x02\xFF\xFF\xFF\xFF\x0F\x02\x04\x00\x00\x00", "", gram.ErrCorrupt},
		{"the last ordinal", "\x02\xFF\xFF\xFF\xFF\x0F\x01\x04\x00\x00\x00", "\x02\x01aa\x01\x00\x00\x00\x00\x00\x00", nil},
		{"a prefix that is not there", "", "\x02\x01aa\x01\x01\x00\x00\x00\x00\x00", gram.ErrCorrupt},
		{"a second prefix that is not there", "", "\x02\x02aaab\x02\x01\x00\x01\x00\x00\x00\x00\x00", gram.ErrCorrupt},
		{"a second suffix that is not there", "", "\x02\x02aaab\x02\x00\x01\x00\x01\x00\x00\x00\x00", gram.ErrCorrupt},
		{"a suffix that is not there", "", "\x02\x01aa\x01\x00\x01\x00\x00\x00\x00", gram.ErrCorrupt},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := gram.DecodeHeader([]byte(tt.header), anySet); !errors.Is(err, tt.want) {
				t.Errorf("DecodeHeader(%x): %v, want %v", tt.header, err, tt.want)
			}
			if _, err := gram.DecodeSet([]byte(tt.set)); !errors.Is(err, tt.want) {
				t.Errorf("DecodeSet(%x): %v, want %v", tt.set, err, tt.want)
			}
		})
	}
}
