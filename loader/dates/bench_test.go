package dates_test

import (
	"strings"
	"testing"

	"fangzhi/loader/dates"
)

// BenchmarkFind reads bodies of the length that reports and chronicles print, and one long one.
func BenchmarkFind(b *testing.B) {
	short := "12月17日，区委书记沈知秋到云河街道调研城市更新工作，副区长田禾陪同。沈知秋强调，要确保12月31日前完成任务。\n截至2020年12月，全区累计完成投资12.6亿元，同比增长5.3%，“十三五”期间建成项目46个。"
	for _, bb := range []struct{ name, heading, body string }{
		{"article", "", short},
		{"entry", "云河区2021年大事记\n12月", "17日  区委书记沈知秋到云河街道调研城市更新工作，副区长田禾陪同。"},
		{"annals", "清\n康熙三十二年（1693）\n六月", "初三日，大水，坏民居三百余间，知县周允文请免田赋十之三。"},
		{"plain", "", strings.Repeat("会议强调，要高度重视安全生产工作，压实责任，完善机制，确保各项任务落到实处。", 10)},
		{"long", "", strings.Repeat(short, 200)},
	} {
		b.Run(bb.name, func(b *testing.B) {
			at := report(b)
			at.Heading = bb.heading
			b.SetBytes(int64(len(bb.body)))
			b.ReportAllocs()
			for b.Loop() {
				dates.Find(bb.body, at)
			}
		})
	}
}
