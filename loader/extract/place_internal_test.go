package extract

import (
	"fmt"
	"strings"
	"testing"

	"fangzhi/lexicon"
)

// A text without any mark, ten times as long, must not take much more than ten times as long: compare the ns/char of the
// lengths.
func BenchmarkPlacesWithoutMarks(b *testing.B) {
	d, ok := lexicon.DivisionByCode("410225")
	if !ok {
		b.Fatal("no division 410225")
	}
	region := placeChain(d)
	for _, bit := range []string{"村", "到", "在柳湖街道白家村", "“", "一", "中", "公园", "9", "（柳湖", "、", "和", "长江路、", "对王"} {
		for _, n := range []int{500, 5000} {
			body := strings.Repeat(bit, n)
			b.Run(fmt.Sprintf("bit=%s/n=%d", bit, n), func(b *testing.B) {
				for b.Loop() {
					places(region, 0, "", body, nil)
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len([]rune(body))), "ns/char")
			})
		}
	}
}
