package graph_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"fangzhi/graph"
)

func TestTermsOfAName(t *testing.T) {
	d := graph.EntityData{Name: "重 安A", Aliases: []string{"无名"}, Pinyin: []string{"chong/zhong an a"}}
	var got []string
	d.NameForms().Terms(func(term []byte) { got = append(got, string(term)) })
	want := []string{"c重", "c安", "ca", "schong", "fc", "szhong", "fz", "san", "pca", "pza", "sa", "paa", "c无", "c名"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("terms (-want +got):\n%s", diff)
	}
}

func TestMatch(t *testing.T) {
	d := graph.EntityData{Name: "重安县", Aliases: []string{"安县", "旧县"}, Pinyin: []string{"chong/zhong an xian", "an xian", "jiu xian"}}
	for _, tt := range []struct {
		text string
		rank int
		form int
	}{
		{"重安县", 0, 0}, {"安县", 1, 1}, {"重", 2, 0}, {"旧", 3, 2}, {"县", 4, 0}, {"chonganxian", 6, 0}, {"zhonganxian", 6, 0}, {"anxian", 7, 1},
		{"chongan", 8, 0}, {"cax", 10, 0}, {"jx", 11, 2}, {"za", 12, 0}, {"j", 9, 2}, {"ianx", -1, 0}, {"nx", -1, 0}, {"安x", -1, 0}, {"xian", 14, 0}, {"n", -1, 0}, {"x", -1, 0},
	} {
		m := graph.NewNameMatcher(tt.text)
		if rank, form := m.Match(d.NameForms()); rank != tt.rank || form != tt.form {
			t.Errorf("Match(%q) = %d by form %d, want %d by %d", tt.text, rank, form, tt.rank, tt.form)
		}
	}
	m := graph.NewNameMatcher("xian")
	if rank, _ := m.Match((&graph.EntityData{Name: "县", Pinyin: []string{""}}).NameForms()); rank >= 0 {
		t.Errorf("a name without pinyin matches some: %d", rank)
	}
}

// Whatever a text matches is among the candidates that an engine looks at.
func TestCandidatesMissNothing(t *testing.T) {
	syllables := []string{"chong/zhong", "an", "xian/xuan", "lv/lu", "a", "1", "li", "n", "xi"}
	matched := 0
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringMatching(`[重安县吕a1]{1,4}`)
		spelt := rapid.SliceOfN(rapid.SampledFrom(syllables), 0, 4)
		d := graph.EntityData{Name: word.Draw(t, "name"), Aliases: []string{word.Draw(t, "alias")}}
		for range 2 {
			d.Pinyin = append(d.Pinyin, strings.Join(spelt.Draw(t, "pinyin"), " "))
		}
		m := graph.NewNameMatcher(drawTyped(t, &d))
		if rank, _ := m.Match(d.NameForms()); rank < 0 {
			return
		}
		matched++
		var terms []string
		d.NameForms().Terms(func(term []byte) { terms = append(terms, string(term)) })
		if !slices.ContainsFunc(m.Candidates(), func(c graph.NameTerms) bool {
			return !slices.ContainsFunc(c.All, func(term string) bool { return !slices.Contains(terms, term) }) &&
				(c.Prefix == "" || slices.ContainsFunc(terms, func(term string) bool { return strings.HasPrefix(term, c.Prefix) }))
		}) {
			t.Fatalf("%v matches, and is no candidate of %v", terms, m.Candidates())
		}
	})
	if matched == 0 {
		t.Error("no text matched: this test proves nothing")
	}
}

// drawTyped draws a part of a name, or letters that some of its syllables or their initials begin with, and sometimes others.
func drawTyped(t *rapid.T, d *graph.EntityData) string {
	syllables := strings.Fields(d.Pinyin[rapid.IntRange(0, 1).Draw(t, "form")])
	if len(syllables) == 0 || rapid.IntRange(0, 3).Draw(t, "as it is written") == 0 {
		name := []rune(d.Name)
		return string(name[rapid.IntRange(0, len(name)-1).Draw(t, "from"):])
	}
	initials := rapid.Bool().Draw(t, "initials")
	typed := ""
	for _, syllable := range syllables[rapid.IntRange(0, len(syllables)-1).Draw(t, "from"):] {
		reading := rapid.SampledFrom(strings.Split(syllable, "/")).Draw(t, "reading")
		if initials {
			reading = reading[:1]
		}
		typed += reading
	}
	return typed[:rapid.IntRange(1, len(typed)).Draw(t, "to")] + rapid.SampledFrom([]string{"", "", "x", "'"}).Draw(t, "more")
}
