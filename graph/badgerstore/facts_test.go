package badgerstore

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"fangzhi/graph"
)

func drawFacts(t *rapid.T) (facts []graph.Fact, pairs []graph.SamePair) {
	text := rapid.SampledFrom([]string{"", "王磊", "419902", "澜州市云河区教育局", "\xff", "seen"})
	kind := rapid.SampledFrom([]graph.EntityKind{"", graph.KindOfficial, graph.KindLocation})
	atom := rapid.Custom(func(t *rapid.T) *graph.Atom {
		return &graph.Atom{Kind: kind.Draw(t, "kind"), Code: text.Draw(t, "code"), Name: text.Draw(t, "name"), Organ: text.Draw(t, "organ")}
	})
	for range rapid.IntRange(0, 8).Draw(t, "facts") {
		facts = append(facts, graph.Fact{
			Kind: rapid.SampledFrom([]graph.FactKind{graph.FactYear, graph.FactSeen, graph.FactApart}).Draw(t, "fact"), A: atom.Draw(t, "A"), B: rapid.OneOf(rapid.Just[*graph.Atom](nil), atom).Draw(t, "B"),
			Value: text.Draw(t, "value"), N: rapid.OneOf(rapid.Int(), rapid.IntRange(-1, 17)).Draw(t, "N"),
		})
	}
	for range rapid.IntRange(0, 3).Draw(t, "pairs") {
		p := graph.SamePair{A: graph.ID(text.Draw(t, "one")), B: graph.ID(text.Draw(t, "other")), Score: rapid.Float64().Draw(t, "score")}
		for range rapid.IntRange(0, 3).Draw(t, "reasons") {
			p.Reasons = append(p.Reasons, text.Draw(t, "reason"))
		}
		pairs = append(pairs, p)
	}
	return facts, pairs
}

// Facts come back as they were; what is cut short, and what goes on, is damage.
func TestFactsComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		facts, pairs := drawFacts(t)
		data := encodeFacts(nil, facts, pairs)
		gotFacts, gotPairs, err := decodeFacts(data)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(facts, gotFacts); diff != "" {
			t.Fatalf("facts mismatch (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff(pairs, gotPairs); diff != "" {
			t.Fatalf("pairs mismatch (-want +got):\n%s", diff)
		}
		for n := range data {
			if _, _, err := decodeFacts(data[:n]); !errors.Is(err, ErrCorrupt) {
				t.Fatalf("cut at %d of %d: %v, want ErrCorrupt", n, len(data), err)
			}
		}
		if _, _, err := decodeFacts(append(data, 0)); !errors.Is(err, ErrCorrupt) {
			t.Fatalf("with a byte behind it: %v, want ErrCorrupt", err)
		}
	})
}

// Reading facts makes four things: their strings, the list of these, the atoms, and the facts.
func TestFactsAreReadWithoutAStringEach(t *testing.T) {
	var facts []graph.Fact
	for _, year := range []string{"1991", "1992", "1993", "1994", "1995", "1996", "1997"} {
		a := &graph.Atom{Kind: graph.KindOfficial, Code: "419902", Name: "王磊", Organ: "教育局"}
		facts = append(facts, graph.Fact{Kind: graph.FactYear, A: a, Value: year, N: 3})
	}
	data := encodeFacts(nil, facts, nil)
	if n := testing.AllocsPerRun(100, func() { _, _, _ = decodeFacts(data) }); n > 5 {
		t.Errorf("%v allocations for %d facts, want 5 at most", n, len(facts))
	}
}

// Whatever bytes stand for facts, reading them ends with facts or ErrCorrupt.
func FuzzFacts(f *testing.F) {
	f.Add(encodeFacts(nil, []graph.Fact{{Kind: graph.FactSeen, A: &graph.Atom{Kind: graph.KindOfficial, Name: "王磊"}, N: 1}}, []graph.SamePair{{A: "o1", B: "o2", Score: 0.5, Reasons: []string{"同名"}}}))
	f.Add([]byte{1, 1, 'a', 1, 1, 1, 1, 1, 2, 0x12, 1, 0, 0, 0x18, 0, 0})
	f.Add([]byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1})
	f.Fuzz(func(t *testing.T, b []byte) {
		if _, _, err := decodeFacts(b); err != nil && !errors.Is(err, ErrCorrupt) {
			t.Fatal(err)
		}
	})
}
