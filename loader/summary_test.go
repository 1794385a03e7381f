package loader_test

import (
	"testing"
	"unicode/utf8"

	"fangzhi/loader"
)

// TestEntryTitle: an entry without a title is called by its first clause, without what says when.
func TestEntryTitle(t *testing.T) {
	for _, c := range []struct{ name, entry, title, summary string }{
		{"hour and minute", "17日22时55分，邻县发生5.1级地震，全县震感强烈。", "邻县发生5.1级地震", "邻县发生5.1级地震，全县震感强烈。"},
		{"part of the day behind the day", "17日晚，全县普降大雪。", "全县普降大雪", "全县普降大雪。"},
		{"part of the day and nothing between", "17日下午县委召开会议。", "县委召开会议", "县委召开会议。"},
		{"part of the day and a space", "17日上午　县委召开会议。", "县委召开会议", "县委召开会议。"},
		{"part of the day and an hour", "17日晚8时许，沙枣乡发生火灾。", "沙枣乡发生火灾", "沙枣乡发生火灾。"},
		{"part of the day apart", "17日，凌晨，沙枣乡遭受霜冻。", "沙枣乡遭受霜冻", "沙枣乡遭受霜冻。"},
		{"span of hours", "17日8时至18日14时，全县普降暴雨。", "全县普降暴雨", "全县普降暴雨。"},
		{"hour with a colon", "17日9:30，大桥通车。", "大桥通车", "大桥通车。"},
		{"weekday in brackets", "17日（星期三），县委召开会议。", "县委召开会议", "县委召开会议。"},
		{"lunar date in brackets", "2月2日（农历腊月廿四），省委常委到县调研。", "省委常委到县调研", "省委常委到县调研。"},
		{"hour in the old way", "17日戌时，地震有声。", "地震有声", "地震有声。"},
		{"since a day", "17日起，全县实行封闭管理。", "全县实行封闭管理", "全县实行封闭管理。"},
		{"a word that begins with evening", "17日，晚稻收割结束。", "晚稻收割结束", "晚稻收割结束。"},
		{"a word that begins with night", "17日　夜校开学。", "夜校开学", "夜校开学。"},
		{"points are no hour", "17日，三点要求印发全县。", "三点要求印发全县", "三点要求印发全县。"},
		{"a name that begins with a weekday", "17日，周一鸣到县调研。", "周一鸣到县调研", "周一鸣到县调研。"},
		{"brackets hold a comma", "17日，沈知秋（女，彝族）获全国先进。", "沈知秋（女，彝族）获全国先进", "沈知秋（女，彝族）获全国先进。"},
		{"quotes hold a comma", "17日，“学思想，强党性”主题教育开始，各乡镇参加。", "“学思想，强党性”主题教育开始", "“学思想，强党性”主题教育开始，各乡镇参加。"},
		{"a book's title holds a colon", "17日，《云河：一百年》出版。", "《云河：一百年》出版", "《云河：一百年》出版。"},
		{"a quote that never closes", "17日，“学思想主题教育开始，各乡镇参加。", "“学思想主题教育开始", "“学思想主题教育开始，各乡镇参加。"},
		{"a long clause", "17日，县总工会走访慰问全县二十个乡镇的困难职工和退役军人代表等并送去慰问品。", "县总工会走访慰问全县二十个乡镇的困难职工和退役军人代表等并送", "县总工会走访慰问全县二十个乡镇的困难职工和退役军人代表等并送去慰问品。"},
		{"the day is the subject", "17日是植树日，全县植树。", "17日是植树日", "17日是植树日，全县植树。"},
		{"nothing but the time", "17日上午。", "17日上午", "17日上午。"},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := "云河县2021年大事记\n\n3月\n\n" + "16日　县图书馆开馆。\n" + c.entry + "\n28日　县体育馆开馆。\n"
			d := mustRead(t, text, loader.Options{})[0]
			if len(d.Events) != 3 {
				t.Fatalf("%d events: %+v", len(d.Events), d.Events)
			}
			e := d.Events[1]
			if e.Title != c.title || e.Summary != c.summary || utf8.RuneCountInString(e.Title) > 30 {
				t.Errorf("%s: title %q, want %q; summary %q, want %q", c.entry, e.Title, c.title, e.Summary, c.summary)
			}
		})
	}
	t.Run("a time alone below the line of a day", func(t *testing.T) {
		text := "云河县2021年大事记\n\n3月\n\n16日\n\n上午，县委召开会议。\n\n22时55分，邻县发生5.1级地震。\n\n28日\n\n凌晨，沙枣乡遭受霜冻。\n\n上午县体育馆开馆。\n"
		d := mustRead(t, text, loader.Options{})[0]
		var got []string
		for i := range d.Events {
			got = append(got, d.Events[i].Title)
		}
		want := []string{"县委召开会议", "邻县发生5.1级地震", "沙枣乡遭受霜冻", "上午县体育馆开馆"}
		if len(got) != len(want) {
			t.Fatalf("got %q", got)
		}
		for i := range want {
			if got[i] != want[i] {
				t.Errorf("got %q, want %q", got[i], want[i])
			}
		}
	})
}
