package gram_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"fangzhi/graph/badgerstore/gram"
)

// A writer writes texts whose words have frequencies as in a language: the k-th of 24,000 words of two to four
// characters comes with weight (k+3)^-0.95. The same seed writes the same texts.
type writer struct {
	rand  *rand.Rand
	words []string
	sums  []float64
}

func newWriter(seed uint64) *writer {
	w := &writer{rand: rand.New(rand.NewPCG(seed, 1))}
	// Characters have frequencies as well: 3,000 of them with weight (k+10)^-0.8.
	var chars []float64
	sum := 0.0
	for k := range 3000 {
		sum += math.Pow(float64(k+10), -0.8)
		chars = append(chars, sum)
	}
	seen := map[string]bool{}
	sum = 0
	for len(w.words) < 24_000 {
		n := []int{2, 2, 2, 3, 4}[w.rand.IntN(5)]
		word := make([]rune, n)
		for i := range word {
			word[i] = rune(0x4E00 + w.draw(chars)*7%20000)
		}
		if seen[string(word)] {
			continue
		}
		seen[string(word)] = true
		w.words = append(w.words, string(word))
		sum += math.Pow(float64(len(w.words)+3), -0.95)
		w.sums = append(w.sums, sum)
	}
	return w
}

// draw returns an index with the weights that sums adds up.
func (w *writer) draw(sums []float64) int {
	x := w.rand.Float64() * sums[len(sums)-1]
	from, to := 0, len(sums)-1
	for from < to {
		if m := (from + to) / 2; sums[m] < x {
			from = m + 1
		} else {
			to = m
		}
	}
	return from
}

func (w *writer) words2(b *strings.Builder, runes int) {
	for n := 0; n < runes; {
		word := w.words[w.draw(w.sums)]
		b.WriteString(word)
		n += len(word) / 3
	}
}

// docs returns n events from ordinal first on, with titles of 16 code points and bodies of about 400: an opening with a
// date, then clauses of one to four words.
func (w *writer) docs(first uint32, n int) []gram.Doc {
	docs := make([]gram.Doc, n)
	for i := range docs {
		var title, body strings.Builder
		w.words2(&title, 14)
		fmt.Fprintf(&body, "%d月%d日", 1+w.rand.IntN(12), 1+w.rand.IntN(28))
		for runes := 0; runes < 390; {
			body.WriteString("会议强调,推进")
			before := body.Len()
			for range 1 + w.rand.IntN(4) {
				w.words2(&body, 1)
			}
			body.WriteString("。")
			runes += 7 + (body.Len()-before)/3
		}
		docs[i] = gram.Doc{Ordinal: first + uint32(i), Title: title.String(), Body: body.String()}
	}
	return docs
}

func textBytes(docs []gram.Doc) int64 {
	n := 0
	for _, d := range docs {
		n += len(d.Title) + len(d.Body)
	}
	return int64(n)
}

func BenchmarkBuild(b *testing.B) {
	for _, n := range []int{50, 1_000, 16_384} {
		docs := newWriter(1).docs(0, n)
		large := mustBuild(b, newWriter(2).docs(0, 4096), nil).Header.Sets()[0]
		for _, set := range []*gram.Set{nil, large} {
			if n == 50 && set == nil {
				continue
			}
			b.Run(fmt.Sprintf("events=%d/own=%v", n, set == nil), func(b *testing.B) {
				b.SetBytes(textBytes(docs))
				b.ReportAllocs()
				size := 0
				report := cpu(b)
				for b.Loop() {
					size = 0
					_, err := gram.Build(docs, set, func(_, block []byte) error { size += len(block); return nil })
					if err != nil {
						b.Fatal(err)
					}
				}
				report()
				b.ReportMetric(float64(size)/float64(n), "B/event")
			})
		}
	}
}

func BenchmarkMerge(b *testing.B) {
	w := newWriter(1)
	first := uint32(0)
	build := func(n int, set *gram.Set) *kept {
		k := mustBuild(b, w.docs(first, n), set)
		first += uint32(n)
		return k
	}
	large := make([]*kept, 4)
	for i := range large {
		large[i] = build(16_384, nil)
	}
	first = 0
	small := make([]*kept, 64)
	for i := range small {
		small[i] = build(50, large[0].Header.Sets()[0])
	}
	for _, of := range [][]*kept{small, large} {
		b.Run(fmt.Sprintf("segments=%d/events=%d", len(of), of[0].Header.Events()*len(of)), func(b *testing.B) {
			postings := countPostings(b, of)
			b.ReportAllocs()
			var segments []gram.Segment
			for _, k := range of {
				segments = append(segments, k.Segment)
			}
			report := cpu(b)
			for b.Loop() {
				if _, err := gram.Merge(segments, nil, func(_, _ []byte) error { return nil }); err != nil {
					b.Fatal(err)
				}
			}
			report()
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(postings), "ns/posting")
		})
	}
}

func countPostings(b *testing.B, of []*kept) int {
	n := 0
	for _, k := range of {
		for _, block := range k.blocks {
			c, err := gram.Postings(block)
			if err != nil {
				b.Fatal(err)
			}
			n += c
		}
	}
	return n
}

func BenchmarkFind(b *testing.B) {
	w := newWriter(1)
	docs := w.docs(30_000, gram.MaxSpan)
	k := mustBuild(b, docs, nil)
	for _, tt := range []struct{ name, gram string }{
		{"formula", "会议"},
		{"word1", string([]rune(w.words[0])[:2])},
		{"word8", string([]rune(w.words[8])[:2])},
		{"word30", string([]rune(w.words[30])[:2])},
		{"word100", string([]rune(w.words[100])[:2])},
		{"word300", string([]rune(w.words[300])[:2])},
		{"word3000", string([]rune(w.words[3000])[:2])},
		{"long", "会议强调,推进" + string([]rune(w.words[0])[:1])},
		{"candidates", w.words[2000] + w.words[10]},
	} {
		b.Run(tt.name, func(b *testing.B) {
			k.reads = 0
			n := uint64(0)
			report := cpu(b)
			for b.Loop() {
				r, err := k.Search(tt.gram)
				if err != nil {
					b.Fatal(err)
				}
				all, err := r.Exact.All()
				if err != nil {
					b.Fatal(err)
				}
				n = all.GetCardinality()
				if r.Candidates != nil {
					n += r.Candidates.GetCardinality()
				}
			}
			report()
			b.ReportMetric(float64(n), "events")
			b.ReportMetric(float64(k.reads)/float64(b.N), "blocks/op")
		})
	}
}
