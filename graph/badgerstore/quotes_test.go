package badgerstore

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"fangzhi/graph"
	"fangzhi/graph/storetest"
)

// withTexts returns the issue of a month, with events of these bodies, that was read from a text.
func withTexts(month int, text string, bodies ...string) *graph.IssueData {
	entries := make([]storetest.Entry, len(bodies))
	for i := range entries {
		entries[i] = storetest.Entry{Title: fmt.Sprint("第", i), EDTF: "2021-01-05", Kind: graph.EventKindEvent, Basis: graph.BasisExplicit}
	}
	d := storetest.NewIssue(storetest.Monthly, 2021, month, entries...)
	for _, e := range d.Events {
		e.Date.Evidence = nil // it quotes the body
	}
	d.Bodies, d.Document.Text = bodies, text
	return d
}

func putting(issues ...*graph.IssueData) *graph.Batch {
	return &graph.Batch{Put: issues, Publications: []graph.Publication{{ID: storetest.Monthly, Key: "云河大事|990101", Title: "云河大事月报"}}}
}

var someParagraphs = []string{
	"区委召开常务会议，研究部署年度重点工作，区委书记主持会议并讲话。",
	"区委召开常务会议，研究部署年度重点工作，听取安全生产情况汇报。",
	"区委召开常务会议，研究部署", "会", "", "　　全区春灌开始，水利所干部下到田间地头，指导农户抢抓农时。", "\xff\xfe\xed\xa0\x80 an abc that is no UTF-8", "\r", "𠮷野家",
	strings.Repeat("推进工作", 20), strings.Repeat("a", 100),
}

// drawTexts draws bodies, and a text of parts of them, of what is like them, and of what they do not have.
func drawTexts(t *rapid.T) (text string, bodies []string) {
	paragraph := rapid.SampledFrom(someParagraphs)
	bodies = rapid.SliceOfN(rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(paragraph, 0, 6).Draw(t, "body"), "\n")
	}), 0, 20).Draw(t, "bodies")
	all := strings.Join(bodies, rapid.SampledFrom([]string{"", "\n", "\n　　", "\r\n"}).Draw(t, "between"))
	piece := rapid.Custom(func(t *rapid.T) string {
		from := rapid.IntRange(0, len(all)).Draw(t, "from")
		return all[from:rapid.IntRange(from, len(all)).Draw(t, "to")]
	})
	text = strings.Join(rapid.SliceOfN(rapid.OneOf(piece, piece, paragraph, rapid.Just(all)), 0, 8).Draw(t, "text"), "")
	return text, bodies
}

// A text comes back as it was, whatever bodies stand beside it and in whatever order, before another issue of the same id takes its place in one update,
// and to the snapshots of then.
func TestTextsOfDocumentsComeBack(t *testing.T) {
	s := openInMemory(t)
	quoting := 0
	rapid.Check(t, func(t *rapid.T) {
		var remove []graph.ID
		update := func(b *graph.Batch) {
			b.Remove = remove
			if err := s.Update(context.Background(), func(graph.Reader) (*graph.Batch, error) { return b, nil }); err != nil {
				t.Fatal(err)
			}
		}
		defer func() { update(&graph.Batch{}) }()
		var texts []string
		var snapshots []*snapshot
		for range 2 {
			text, bodies := drawTexts(t)
			d, before := withTexts(1, text, bodies...), withTexts(2, someParagraphs[0], someParagraphs[:2]...)
			if rapid.Bool().Draw(t, "backward") {
				slices.Reverse(d.Events)
				slices.Reverse(d.Bodies)
			}
			update(putting(before, d))
			remove = []graph.ID{d.Issue.ID, before.Issue.ID}
			r, err := s.snapshot(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			defer r.Close()
			texts, snapshots = append(texts, text), append(snapshots, r)
		}
		for i, r := range snapshots {
			id := remove[0]
			if got, err := r.Document(context.Background(), id); err != nil || got.Text != texts[i] {
				t.Fatalf("text %d is %v (%v), want %q", i, got, err, texts[i])
			}
			if kept, err := record[documentRecord](r, keyDocument, id); err != nil {
				t.Fatal(err)
			} else if len(kept.Quotes) > 0 {
				quoting++
			}
		}
	})
	if quoting < 10 {
		t.Errorf("%d of the texts quoted bodies: this test proves nothing", quoting)
	}
}

// Of a text is kept what no body says.
func TestATextIsKeptWithoutItsBodies(t *testing.T) {
	one, two := someParagraphs[0]+"\n"+someParagraphs[5], someParagraphs[9]+"\n"+someParagraphs[1]
	for _, tt := range []struct{ name, text, want string }{
		{"titles", "要闻\n区委召开会议\n" + one + "\n春灌\n" + two + "\n", "要闻\n区委召开会议\n\n春灌\n\n"},
		{"indents and CRLF", "　　" + strings.ReplaceAll(one, "\n", "\r\n　　"), "　　\r\n　　"},
		{"words before an entry", "1月5日 " + two + "\n△" + one, "1月5日 \n△"},
		{"a paragraph on two lines", one[:48] + "\n" + one[48:], "\n"},
		{"another order, and one twice", two + two + one, ""},
		{"no body, but words that they have", "区委召开常务会议，" + strings.Repeat("与此无关的另一件事情。", 20), "区委召开常务会议，" + strings.Repeat("与此无关的另一件事情。", 20)},
		{"none", "", ""},
	} {
		literals, quotes := quote(withTexts(1, tt.text, one, two), 1_000_000)
		if string(literals) != tt.want {
			t.Errorf("%s: of %q is kept %q, want %q", tt.name, tt.text, literals, tt.want)
		}
		if most := 14 + 8*6; len(quotes) > most {
			t.Errorf("%s: quotes of %d bytes, want %d at most", tt.name, len(quotes), most)
		}
	}
}

// What is kept of a text is its own: what it was found in is used again for the next.
func TestTheNextTextLeavesTheOneBefore(t *testing.T) {
	one, two := withTexts(1, "甲\n"+someParagraphs[0], someParagraphs[0]), withTexts(1, "乙\n"+someParagraphs[5], someParagraphs[5])
	for range 100 { // the memory may be another one
		literals, quotes := quote(one, 1)
		if len(quotes) == 0 {
			t.Fatal("the text quotes nothing: this test proves nothing")
		}
		was := slices.Clone(quotes)
		quote(two, 2)
		if string(literals) != "甲\n" || !slices.Equal(quotes, was) {
			t.Fatalf("%q and quotes % x, and before the next text quotes % x", literals, quotes, was)
		}
	}
}

// What is looked at grows with the text, and with nothing else: where all paragraphs begin alike, where no quote goes on for long, and where blocks are
// all the same.
func TestQuotesAreFoundInOnePass(t *testing.T) {
	const paragraphs = 100_000
	alike := make([]string, paragraphs)
	for i := range alike {
		alike[i] = fmt.Sprintf("%s第%d次。", someParagraphs[0], i)
	}
	shuffled := slices.Clone(alike)
	rand.New(rand.NewPCG(1, 2)).Shuffle(paragraphs, func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
	same := strings.Repeat("a", 1<<20)
	for _, tt := range []struct {
		name, bodies, text string
		most               float64 // a byte of the text
		quotes             int     // bytes, at most
	}{
		{"in order", strings.Join(alike, ""), strings.Join(alike, "\n题目\n"), 2, 3*paragraphs + 50},
		{"shuffled", strings.Join(alike, "\n"), strings.Join(shuffled, "\n"), 2, 6 * paragraphs},
		{"others that begin alike", strings.Join(alike, "\n"), strings.ReplaceAll(strings.Join(alike, "\n"), "次", "回"), 2, 6 * paragraphs},
		{"broken where a block would end", same, strings.Repeat(same[:blockBytes-1]+"b", 1<<16), 2, 0},
		{"broken behind a block", same, strings.Repeat(same[:blockBytes]+"b", 1<<16), 2, 3 << 16},
		{"nothing", same, strings.Repeat("b", 1<<20), 1, 0},
	} {
		w := newQuoter()
		w.bodies = append(w.bodies, tt.bodies...)
		w.cut(tt.text)
		if got := float64(w.compared) / float64(len(tt.text)); got > tt.most {
			t.Errorf("%s: %.2f comparisons a byte, want %.2f at most", tt.name, got, tt.most)
		}
		if len(w.quotes) > tt.quotes {
			t.Errorf("%s: %d bytes of quotes, want %d at most", tt.name, len(w.quotes), tt.quotes)
		}
	}
}

// A text whose bodies are lost or others, and one whose quotes are damaged, is none.
func TestATextWithoutItsBodiesIsCorrupt(t *testing.T) {
	var bodies []string
	for i := range 3 * eventsARecord {
		bodies = append(bodies, fmt.Sprint(i, someParagraphs[i%2]))
	}
	d := withTexts(1, strings.Join(bodies, "\n"), bodies...)
	document := idKey(keyDocument, d.Issue.ID)
	changed := func(change func(*documentRecord)) func(t *testing.T, s *Store) {
		return func(t *testing.T, s *Store) {
			v, err := record[documentRecord](mustSnapshot(t, s), keyDocument, d.Issue.ID)
			if err != nil {
				t.Fatal(err)
			}
			v.Quotes = slices.Clone(v.Quotes)
			change(v)
			if err := s.Set(string(document), must(encode(document, v))[0].value); err != nil {
				t.Fatal(err)
			}
		}
	}
	taken := func(key []byte) func(*testing.T, *Store) {
		return func(t *testing.T, s *Store) {
			if err := s.Take(string(key)); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, tt := range []struct {
		name   string
		damage func(*testing.T, *Store)
		want   error
	}{
		{"none", func(*testing.T, *Store) {}, nil},
		{"the first bodies are lost", taken(numberKey(keyBodies, 0)), ErrCorrupt},
		{"the last bodies are lost", taken(numberKey(keyBodies, 2)), ErrCorrupt},
		{"a body is another", func(t *testing.T, s *Store) {
			texts := make([]textOf, eventsARecord)
			for i := range texts {
				texts[i].Body = strings.ReplaceAll(bodies[eventsARecord+i], "会议", "大会")
			}
			if err := s.Set(string(numberKey(keyBodies, 1)), encodeTextBlock(1, texts)[0].value); err != nil {
				t.Fatal(err)
			}
		}, ErrCorrupt},
		{"bodies are damaged", func(t *testing.T, s *Store) {
			if err := s.Set(string(numberKey(keyBodies, 1)), []byte("damaged")); err != nil {
				t.Fatal(err)
			}
		}, ErrCorrupt},
		{"a literal is lost", changed(func(v *documentRecord) { v.Text = nil }), ErrCorrupt},
		{"quotes are cut", changed(func(v *documentRecord) { v.Quotes = v.Quotes[:len(v.Quotes)-1] }), ErrCorrupt},
		{"quotes have no head", changed(func(v *documentRecord) { v.Quotes = v.Quotes[:sumBytes-1] }), ErrCorrupt},
		{"quotes are lost", changed(func(v *documentRecord) { v.Quotes = v.Quotes[:sumBytes] }), ErrCorrupt},
		{"of events that are not there", changed(func(v *documentRecord) {
			v.Quotes = binary.AppendUvarint(v.Quotes[:sumBytes], uint64(len(d.Document.Text)))
			v.Quotes = append(binary.AppendUvarint(v.Quotes, 1), 3*eventsARecord)
		}), ErrCorrupt},
		{"of more events than there can be", changed(func(v *documentRecord) {
			v.Quotes = binary.AppendUvarint(binary.AppendUvarint(binary.AppendUvarint(v.Quotes[:sumBytes], 1), 1), math.MaxUint32-1)
		}), ErrCorrupt},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := openInMemory(t)
			mustUpdate(t, s, putting(d))
			tt.damage(t, s)
			mustUpdate(t, s, &graph.Batch{Blocks: []graph.Block{{Key: "nothing"}}}) // so that snapshots show it
			ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
			defer cancel()
			got, err := mustSnapshot(t, s).Document(ctx, d.Issue.ID)
			if !errors.Is(err, tt.want) || err == nil && got.Text != d.Document.Text {
				t.Errorf("%v, %v, want %v", got, err, tt.want)
			}
		})
	}
}

// Whatever bytes stand for quotes, the text is that which was written, or there is none.
func TestDamagedQuotesAreNoOtherText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text, bodies := drawTexts(t)
		literals, quotes := quote(withTexts(1, text, bodies...), 7)
		if quotes == nil {
			return
		}
		damaged := slices.Clone(quotes)
		damaged[rapid.IntRange(0, len(damaged)-1).Draw(t, "at")] ^= rapid.ByteRange(1, 255).Draw(t, "bits")
		damaged = damaged[:rapid.IntRange(0, len(damaged)).Draw(t, "bytes")]
		q, err := readQuotes(damaged)
		if err == nil {
			var got string
			if got, err = q.text(literals, []byte(strings.Join(bodies, ""))); err == nil && got != text {
				t.Fatalf("%q, want %q or ErrCorrupt", got, text)
			}
		}
		if err != nil && !errors.Is(err, ErrCorrupt) {
			t.Fatal(err)
		}
	})
}

// No room is made for a text that is longer than it was.
func TestDamagedQuotesMakeNoRoom(t *testing.T) {
	bodies := make([]byte, 1<<20)
	b := binary.AppendUvarint(make([]byte, sumBytes), 3)
	b = append(b, 0, 1)
	for i := range 100 { // the whole body each time
		b = binary.AppendVarint(append(b, 0), int64(-min(i, 1)<<20))
		b = binary.AppendUvarint(b, 1<<20)
	}
	q, err := readQuotes(b)
	if err != nil {
		t.Fatal(err)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err = q.text(nil, bodies)
	runtime.ReadMemStats(&after)
	if took := after.TotalAlloc - before.TotalAlloc; !errors.Is(err, ErrCorrupt) || took > 1<<20 {
		t.Errorf("%v and %d bytes allocated, want ErrCorrupt and less than one body", err, took)
	}
}

// Whatever bytes stand for quotes, reading them ends with a text or ErrCorrupt.
func FuzzQuotes(f *testing.F) {
	bodies := strings.Join(someParagraphs, "")
	literals, quotes := quote(withTexts(1, "甲\n"+someParagraphs[9]+"\n"+someParagraphs[0], someParagraphs...), 3)
	f.Add(literals, quotes)
	f.Add([]byte("题"), []byte{0, 0, 0, 0, 3, 0, 0})
	f.Add([]byte("题"), []byte{0, 0, 0, 0, 3, 0, 0, 0, 1, 5})
	f.Add([]byte(nil), []byte{0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 0, 1, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1})
	f.Fuzz(func(t *testing.T, literals, b []byte) {
		q, err := readQuotes(b)
		if err == nil {
			_, err = q.text(literals, []byte(bodies))
		}
		if err != nil && !errors.Is(err, ErrCorrupt) {
			t.Fatal(err)
		}
	})
}
