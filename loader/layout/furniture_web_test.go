package layout_test

import (
	"testing"
)

// TestWebFurniture sets a line into the middle of an article: what pages set around a text goes, what the text may say
// at the start of a line that a page has cut stays.
func TestWebFurniture(t *testing.T) {
	for _, tt := range []struct {
		line string
		goes bool
	}{
		{"当前位置：首页 > 政务公开 > 政务要闻", true},
		{"首页 > 史志", true},
		{"网站首页 » 大事记", true},
		{"您现在的位置是：首页/概况", true},
		{"【打印】【关闭】", true},
		{"[打印本页] [关闭窗口]", true},
		{"打印", true},
		{"字体：【大 中 小】", true},
		{"分享到：微信 QQ空间", true},
		{"上一篇：区委召开会议，部署工作", true},
		{"下一篇：没有了", true},
		{"浏览次数：1024", true},
		{"责任编辑：周禾", true},
		{"豫ICP备12345678号-1 豫公网安备 41019902000001号", true},
		{"网站标识码：4101990001", true},
		{"版权所有：云河区人民政府", true},
		{"图片1.png", true},
		{"植树现场（周禾 摄）", true},
		{"扫一扫在手机打开当前页", true},

		{"浏览量突破10万人次的线上展览开幕", false},
		{"完成网站ICP备案工作", false},
		{"技术支持企业12家来区洽谈", false},
		{"首页设计方案评审会召开", false},
		{"分享会在区图书馆举行", false},
		{"打印机产业园开工", false},
		{"大", false},
	} {
		t.Run(tt.line, func(t *testing.T) {
			issues := mustRead(t, "云河区大事月报\n2022年3月"+article+"区委书记沈知秋，\n"+tt.line+"\n区长李牧原参加。\n")
			goes := false
			for _, l := range issues[0].Furniture {
				goes = goes || l.Text == tt.line
			}
			if goes != tt.goes {
				t.Errorf("%q is furniture: %v, want %v; bodies %q", tt.line, goes, tt.goes, issues[0].Articles[0].Body)
			}
		})
	}
}
