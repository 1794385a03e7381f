package query_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"fangzhi/fold"
	"fangzhi/graph"
	"fangzhi/graph/query"
)

// long is as long as a margin, and has no border.
const long = "全区各部门各街道各村各社区的各级干部和广大群众在各自的岗位上"

func TestHighlights(t *testing.T) {
	for _, tt := range []struct {
		name, title, body, text string
		untitled                bool
		first                   int
		want                    []string // the passage, its hits in brackets
	}{
		{"a short text is one passage", "义务植树", "3月12日，植树。\n4月，植树。", "植树", false, 9, []string{"义务[植树]", "3月12日，[植树]。\n4月，[植树]。"}},
		{"the best alone", "通知", "植树。", "植树", false, 1, []string{"[植树]。"}},
		{"none", "通知", "植树。", "植树", false, 0, nil},
		{"not there", "通知", "植树。", "种树", false, 9, nil},
		{"what folds to nothing", "通知", "植树。", " 　\n", false, 9, nil},
		{"spaces, width, quotes and script are as they stand", "“ＣＯＶＩＤ　－１９”防控", "雲　河區\n人民 政府通知。", "云河区人民政府", false, 9, []string{"[雲　河區\n人民 政府]通知。"}},
		{"of the title too", "“ＣＯＶＩＤ　－１９”防控", "", "\"covid-19」", false, 9, []string{"[“ＣＯＶＩＤ　－１９”]防控"}},
		{"hits do not overlap", "", "哈哈哈哈哈", "哈哈", false, 9, []string{"[哈哈][哈哈]哈"}},
		{"the title of an untitled entry is its body's", "植树护绿", "植树护绿。", "植树", true, 9, []string{"[植树]护绿。"}},
		{"but where the body does not have it", "云河区植树", "云河区3月12日植树。", "区植树", true, 9, []string{"云河[区植树]"}},
		{"cut where sentences end, the furthest that are near", "", long + long + "。天晴。区里植树。人多。" + long + long, "植树", false, 9, []string{"天晴。区里[植树]。人多。"}},
		{"a closing quote belongs to its sentence", "", long + long + "。”区里植树。”" + long + long, "植树", false, 9, []string{"区里[植树]。”"}},
		{"a paragraph's end cuts", "", long + long + "。人多\n　　区里植树\n人多。" + long + long, "植树", false, 9, []string{"区里[植树]"}},
		{"parts of sentences, where no sentence ends near", "", long + long + "，人多，区里植树，人多，" + long + long, "植树", false, 9, []string{"人多，区里[植树]，人多，"}},
		{"or a margin", "", long + long + "植树" + long + long, "植树", false, 9,
			[]string{long + "[植树]" + long}},
		{"hits that are near share a passage, most hits first", "", "植树。" + long + long + "。植树，植树。" + long + long + "。植树。", "植树", false, 9,
			[]string{"[植树]，[植树]。", "[植树]。", "[植树]。"}},
		{"the beginning and the end of a text are borders", "", "区里植树" + long + long + long + "区里植树", "植树", false, 9,
			[]string{"区里[植树]" + long, long[len("全区"):] + "区里[植树]"}},
		{"a long hit has its margins", "", long + "。" + long + long + long + "。" + long, long + long + long, false, 9, []string{"[" + long + long + long + "]。"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			e := &graph.Event{Title: tt.title, PrintedTitle: tt.title}
			if tt.untitled {
				e.PrintedTitle = ""
			}
			found, err := query.Highlights(e, tt.body, query.HighlightArgs{Text: tt.text, First: &tt.first})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, h := range found {
				got = append(got, marked(h))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("Highlights(%q) mismatch (-want +got):\n%s", tt.text, diff)
			}
		})
	}
	for want, first := range map[error]int{graph.ErrBadInput: -1, graph.ErrLimit: query.MaxFirst + 1} {
		if _, err := query.Highlights(&graph.Event{}, "", query.HighlightArgs{Text: "植树", First: &first}); !errors.Is(err, want) {
			t.Errorf("first %d: got %v, want %v", first, err, want)
		}
	}
	if one, err := query.Highlights(&graph.Event{Title: "植树", PrintedTitle: "植树"}, "植树。", query.HighlightArgs{Text: "植树"}); err != nil || len(one) != 1 {
		t.Errorf("without first: %v, %v, want one", one, err)
	}
}

// marked is the passage with its hits in brackets.
func marked(h query.Highlight) string {
	var b strings.Builder
	runes, at := []rune(h.Text), 0
	for _, hit := range h.Hits {
		b.WriteString(string(runes[at:hit.Start-h.Start]) + "[" + hit.Text + "]")
		at = hit.End - h.Start
	}
	return b.String() + string(runes[at:])
}

// drawHostile draws a text with all that folding changes or drops, and the marks that passages are cut at.
func drawHostile(rt *rapid.T, label string, lengths ...int) string {
	marks := []rune("云雲區区⻓０9ＡaÄ“”'～·○ \u3000\n\u200b\ufeff\U000E0100，。）")
	if rapid.Bool().Draw(rt, label+" of few") {
		marks = []rune("云雲區区 \u3000村。")
	}
	n := rapid.SampledFrom(lengths).Draw(rt, label+" length")
	return rapid.StringOfN(rapid.SampledFrom(marks), n, n, -1).Draw(rt, label)
}

// Whatever the text is: spans are exact, hits fold to what was looked for, passages lie apart, are no longer than they need
// be, and have every hit that a search of the folded text counts.
func TestHighlightsHaveEveryHit(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		body := drawHostile(rt, "body", 0, 5, 90, 91, 150, 600)
		e := &graph.Event{Title: drawHostile(rt, "title", 0, 10, 120)}
		if rapid.Bool().Draw(rt, "titled") {
			e.PrintedTitle = e.Title
		}
		text := drawHostile(rt, "text", 0, 1, 2)
		if runes := []rune(body); len(runes) > 0 && rapid.Bool().Draw(rt, "part") {
			start := rapid.IntRange(0, len(runes)-1).Draw(rt, "start")
			text = string(runes[start:rapid.IntRange(start, min(start+70, len(runes))).Draw(rt, "end")])
		}
		folded := fold.String(text)
		all := mustHighlight(rt, e, body, text, query.MaxFirst)
		if folded == "" {
			if len(all) > 0 {
				rt.Fatalf("%q folds to nothing and has %d passages", text, len(all))
			}
			return
		}
		hits := map[graph.EvidenceField]int{}
		for i, h := range all {
			field := map[graph.EvidenceField]string{graph.FieldTitle: e.Title, graph.FieldBody: body}[h.Field]
			mustProve(rt, field, graph.Evidence{Field: h.Field, Start: h.Start, End: h.End, Text: h.Text})
			end := h.Start
			for _, hit := range h.Hits {
				mustProve(rt, field, hit)
				if hit.Field != h.Field || hit.Start < end || hit.End > h.End || fold.String(hit.Text) != folded {
					rt.Fatalf("hit %+v of %+v, looking for %q", hit, h, folded)
				}
				end = hit.End
			}
			hits[h.Field] += len(h.Hits)
			if first, last := h.Hits[0], h.Hits[len(h.Hits)-1]; len([]rune(field)) > 90 && (first.Start-h.Start > 30 || h.End-last.End > 30 || last.End-first.Start > 60 && len(h.Hits) > 1) {
				rt.Fatalf("passage %d to %d with hits from %d to %d", h.Start, h.End, first.Start, last.End)
			}
			if i > 0 && all[i-1].Field == graph.FieldBody && h.Field == graph.FieldTitle || i > 0 && all[i-1].Field == h.Field && len(all[i-1].Hits) < len(h.Hits) {
				rt.Fatalf("passage %d is better than the one before", i)
			}
			for _, other := range all[:i] {
				if other.Field == h.Field && other.Start < h.End && h.Start < other.End {
					rt.Fatalf("passages %+v and %+v overlap", other, h)
				}
			}
		}
		want := map[graph.EvidenceField]int{}
		if n := strings.Count(fold.String(body), folded); n > 0 {
			want[graph.FieldBody] = n
		}
		if n := strings.Count(fold.String(e.Title), folded); n > 0 && (e.PrintedTitle != "" || len(want) == 0) {
			want[graph.FieldTitle] = n
		}
		if diff := cmp.Diff(want, hits); diff != "" && len(all) < query.MaxFirst {
			rt.Fatalf("hits (-want +got):\n%s", diff)
		}
		first := rapid.IntRange(0, len(all)+1).Draw(rt, "first")
		if diff := cmp.Diff(all[:min(first, len(all))], mustHighlight(rt, e, body, text, first)); diff != "" {
			rt.Fatalf("the first %d are not the first of all (-want +got):\n%s", first, diff)
		}
	})
}

func mustHighlight(rt *rapid.T, e *graph.Event, body, text string, first int) []query.Highlight {
	found, err := query.Highlights(e, body, query.HighlightArgs{Text: text, First: &first})
	if err != nil {
		rt.Fatal(err)
	}
	return found
}

// mustProve fails unless the span of the field is the text.
func mustProve(rt *rapid.T, field string, e graph.Evidence) {
	if runes := []rune(field); e.Start < 0 || e.Start >= e.End || e.End > len(runes) || string(runes[e.Start:e.End]) != e.Text {
		rt.Fatalf("%q[%d:%d] is not %q", field, e.Start, e.End, e.Text)
	}
}

func BenchmarkHighlights(b *testing.B) {
	body := strings.Repeat("12月17日，云河区委书记沈知秋到澜州市调研“平安云河”建设情况。"+long+"。", 30)
	for _, text := range []string{"云 河", "沈知秋到", "没有"} {
		b.Run("text="+strings.ReplaceAll(text, " ", ""), func(b *testing.B) {
			b.SetBytes(int64(len(body)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := query.Highlights(&graph.Event{}, body, query.HighlightArgs{Text: text}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
