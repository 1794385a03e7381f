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
				for b.Loop() {
					size = 0
					_, err := gram.Build(docs, set, func(_, block []byte) error { size += len(block); return nil })
					if err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(size)/float64(n), "B/event")
			})
		}
	}
}
