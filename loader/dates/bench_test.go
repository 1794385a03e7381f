package dates_test

import (
	"strings"
	"testing"

	"fangzhi/loader/dates"
)

// BenchmarkFind reads bodies of the length that reports and chronicles print, and one long one.
func BenchmarkFind(b *testing.B) {
	short := "12月17日，区委书记沈知秋到云河街道调研城市更新工作，副区长田禾陪同。沈知秋强调，要确保12月31日前完成任务。\n截至2020年12月，全区累计完成投资12.6亿元，同比增长5.3%，“十三五”期间建成项目46个。"
	for _, bb := range []struct{ name, body string }{
		{"article", short},
		{"long", strings.Repeat(short, 200)},
	} {
		b.Run(bb.name, func(b *testing.B) {
			at := report(b)
			b.SetBytes(int64(len(bb.body)))
			b.ReportAllocs()
			for b.Loop() {
				dates.Find(bb.body, at)
			}
		})
	}
}
