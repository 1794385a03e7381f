package lexicon

import (
	"fmt"
	"testing"
)

// BenchmarkLoad measures what the first question to each table costs: unpacking, parsing, indexing.
func BenchmarkLoad(b *testing.B) {
	counties() // the township index asks it for names
	for _, table := range []struct {
		name string
		load func() int
	}{
		{"divisions", func() int { return len(loadCounties().rows) }},
		{"townships", func() int { return len(loadTownships().rows) }},
		{"townships-named", func() int { return len(loadTownships().index(wholeCountry).entries) }},
		{"surnames", func() int { return loadSurnames().Len() }},
		{"name-scores", func() int { return len(loadNameScores().of) }},
		{"name-like", func() int { return len(loadNameLikeWords()[0]) }},
	} {
		b.Run(fmt.Sprintf("table=%s", table.name), func(b *testing.B) {
			b.ReportAllocs()
			n := 0
			for b.Loop() {
				n = table.load()
			}
			b.ReportMetric(float64(n), "entries")
		})
	}
}

// BenchmarkMatch looks for divisions at every position of a paragraph without any, and with one.
func BenchmarkMatch(b *testing.B) {
	for name, text := range map[string]string{
		"none":  "会议强调，要高度重视安全生产工作，压实责任，完善机制，确保各项任务落到实处。",
		"chain": "浙江省杭州市西湖区翠苑街道办事处",
	} {
		s := []rune(text)
		b.Run(fmt.Sprintf("text=%s/runes=%d", name, len(s)), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				for i := range s {
					MatchDivision(s[i:], "330106")
				}
			}
		})
	}
}
