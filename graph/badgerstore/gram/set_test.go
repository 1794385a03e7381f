package gram_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"fangzhi/graph/badgerstore/gram"
)

// The set of a segment has exactly the grams of 2 to MaxLen-1 code points that are in more than ten of few events.
func TestSetIsWhatIsFrequent(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		docs := drawDocs(rt, 0, 40)
		want := map[string]int{}
		for _, d := range docs {
			once := map[string]bool{}
			for _, s := range []string{d.Title, d.Body} {
				runes := []rune(s)
				for i := range runes {
					for n := 2; n < gram.MaxLen && i+n <= len(runes); n++ {
						once[string(runes[i:i+n])] = true
					}
				}
			}
			for g := range once {
				want[g]++
			}
		}
		for g, n := range want {
			if n <= 10 {
				delete(want, g)
			}
		}
		var set *gram.Set
		for _, set = range mustBuild(t, docs, nil).Header.Sets() {
			last := ""
			for _, g := range set.Grams() {
				if want[g] == 0 {
					rt.Fatalf("%q is in the set, and not frequent", g)
				}
				if n := utf8.RuneCountInString(last); n > utf8.RuneCountInString(g) || n == utf8.RuneCountInString(g) && g <= last {
					rt.Fatalf("%q comes after %q", g, last)
				}
				last = g
				delete(want, g)
			}
		}
		if len(want) > 0 {
			rt.Fatalf("not in the set: %v", want)
		}
	})
}

func TestSetsAreNamedByWhatTheyHold(t *testing.T) {
	build := func(body string) *gram.Set {
		var docs []gram.Doc
		for i := range uint32(20) {
			docs = append(docs, gram.Doc{Ordinal: 3 * i, Title: "〔2021〕", Body: body})
		}
		return mustBuild(t, docs, nil).Header.Sets()[0]
	}
	a, b, c := build("会议强调，推进工作"), build("会议强调，推进工作"), build("会议强调，推进工程")
	if a.ID() != b.ID() || a.ID() == c.ID() || a.ID() == new(gram.Set).ID() {
		t.Errorf("ids %x, %x, %x, %x: want the first two alone to be equal", a.ID(), b.ID(), c.ID(), new(gram.Set).ID())
	}
	if got := strings.Join(a.Grams()[:3], " "); a.Len() != len(a.Grams()) || got != "02 1〕 20" {
		t.Errorf("Len %d of %d grams that begin with %q", a.Len(), len(a.Grams()), got)
	}
}
