package dates_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fangzhi/edtf"
	"fangzhi/loader/dates"
)

// specCase is one row of a table of the specification: what an article says, below which lines, and what it means.
type specCase struct {
	name    string
	heading string
	body    string
	event   string // EDTF, basis and words of the event's date
	others  string // EDTF and words, one a line
	warning string // the code of a warning, "" for none
	at      dates.Context
}

func (tt *specCase) run(t *testing.T) {
	t.Helper()
	at := tt.at
	at.Heading = tt.heading
	found := dates.Find(tt.body, at)
	at.Headings = &dates.Headings{}
	dates.Find("建场。", dates.Context{Heading: "万历七年\n6月", Headings: at.Headings})
	for range 2 { // the second time from memory
		if got := dates.Find(tt.body, at); !reflect.DeepEqual(got, found) {
			t.Errorf("Find(%q) below %q: remembering the heading gives\n%+v, want\n%+v", tt.body, tt.heading, got, found)
		}
	}
	if diff := cmp.Diff(tt.event, show(found.Event)); diff != "" {
		t.Errorf("Find(%q) below %q: event mismatch (-want +got):\n%s\nreason: %s", tt.body, tt.heading, diff, found.Event.Reason)
	}
	if diff := cmp.Diff(tt.others, showOthers(found.Others)); diff != "" {
		t.Errorf("Find(%q) below %q: other dates mismatch (-want +got):\n%s", tt.body, tt.heading, diff)
	}
	var codes []string
	for _, w := range found.Warnings {
		codes = append(codes, w.Code)
	}
	if got := strings.Join(codes, " "); got != tt.warning {
		t.Errorf("Find(%q) below %q: warnings %q, want %q: %v", tt.body, tt.heading, got, tt.warning, found.Warnings)
	}
	if err := sound(tt.body, at); err != nil {
		t.Error(err)
	}
}

func reportOf(t testing.TB, issued string) dates.Context {
	d := mustDay(t, issued)
	y, m, _ := d.Date()
	return dates.Context{Issued: d, Year: y, Month: m}
}

// The checklist of genre.md §8. Segmentation is not asked here: the heading stands for what the layout says.
func TestChecklist(t *testing.T) {
	issue := report(t)
	year2022 := dates.Context{Issued: mustDay(t, "2022-12-08"), Year: 2022, Month: 12}
	for _, tt := range []specCase{
		{name: "D1", body: "12 月 4 日，区司法局开展宣传活动。", at: issue, event: "2020-12-04 YEAR_INFERRED 12 月 4 日"},
		{name: "D2", body: "1月5日，区委召开会议。", at: issue, event: "2021-01-05 YEAR_INFERRED 1月5日"},
		{name: "D3", body: "12月9日，区委召开会议。1月25日将举行运动会。", at: issue, event: "2020-12-09 YEAR_INFERRED 12月9日", others: "2021-01-25 1月25日"},
		{name: "D4", heading: "2020年\n12月", body: "2—4日  区委举办培训班。", at: issue, event: "2020-12-02/2020-12-04 EXPLICIT 2—4日"},
		{name: "D5", body: "12月31日至次年1月3日，全区开展检查。", at: issue, event: "2020-12-31/2021-01-03 YEAR_INFERRED 12月31日至次年1月3日"},
		{name: "D6", body: "11月30日—12月2日，区委举办培训班。", at: issue, event: "2020-11-30/2020-12-02 YEAR_INFERRED 11月30日—12月2日"},
		{name: "D7", heading: "12月", body: "上旬，区里完成征兵工作。", at: issue, event: "[2020-12-01..2020-12-10] YEAR_INFERRED 上旬"},
		{name: "D8", body: "12月9日，区图书馆开馆。截至2020年12月，累计采集3000条。", at: issue, event: "2020-12-09 YEAR_INFERRED 12月9日", others: "../2020-12 截至2020年12月"},
		{name: "D9", body: "区图书馆开展赠书活动，截止目前，已赠送170本。", at: issue, event: "XXXX NONE"},
		{name: "D10", body: "12月2日，汇报演出举行。活动自10月15日启动，历时近两个月。", at: issue, event: "2020-12-02 YEAR_INFERRED 12月2日", others: "2020-10-15 10月15日"},
		{name: "D11", body: "在“12.4”国家宪法日到来之际，12月4日，区司法局开展宣传。", at: issue, event: "2020-12-04 YEAR_INFERRED 12月4日"},
		{name: "D12", body: "12月1日是第33个“世界艾滋病日”，在区疾控中心指导下，办事处开展宣传。", at: issue, event: "2020-12-01 YEAR_INFERRED 12月1日"},
		{name: "D13", body: "12月19日，区长参加澜州市11月份经济形势分析会。", at: issue, event: "2020-12-19 YEAR_INFERRED 12月19日"},
		{name: "D14", body: "12月9日，区统计局发布数据。1—11月，全区完成投资12亿元。", at: issue, event: "2020-12-09 YEAR_INFERRED 12月9日", others: "2020-01/2020-11 1—11月"},
		{name: "D15", body: "12月9日，区委宣讲党的十九届五中全会精神。", at: issue, event: "2020-12-09 YEAR_INFERRED 12月9日"},
		{name: "D16", body: "12月9日，区政府总结“十三五”期间工作，编制“十四五”规划。", at: issue, event: "2020-12-09 YEAR_INFERRED 12月9日", others: "2016/2020 “十三五”期间\n2021/2025 “十四五”规划"},
		{name: "D17", body: "12月9日，学习《关于二〇三五年远景目标的建议》。", at: issue, event: "2020-12-09 YEAR_INFERRED 12月9日"},
		{name: "D18", body: "12月9日，印发云林保〔2020〕181号文件。", at: issue, event: "2020-12-09 YEAR_INFERRED 12月9日"},
		{name: "D19", body: "△12月1日(星期二)\n区人大常委会召开会议。", at: dates.Context{Year: 2021}, event: "2020-12-01 YEAR_INFERRED 12月1日"},
		{name: "D19 a claim that the weekday refutes", heading: "2019年", body: "△12月1日(星期二)\n区人大常委会召开会议。", event: "2019-12-01 EXPLICIT 12月1日", warning: "weekday-mismatch"},
		{name: "D20", heading: "2020年", body: "7月28上午，区委召开会议。", event: "2020-07-28 EXPLICIT 7月28", warning: "missing-day-sign"},
		{name: "D21", heading: "二O二一年七月大事记\n1日", body: "是日起，全区实施新规。", event: "2021-07-01/.. RELATIVE 是日起"},
		{name: "D22", heading: "云河区2021年大事记\n12月", body: "16日，区委召开会议。", at: year2022, event: "2021-12-16 EXPLICIT 16日"},
		{name: "D23", body: "【社区换届】  5月29日，社区换届完成。", at: dates.Context{Year: 2021, ContentYear: 2020}, event: "2020-05-29 YEAR_INFERRED 5月29日"},
		{name: "D24", body: "11月31日，区委召开会议。", at: issue, event: "2020-11 YEAR_INFERRED 11月31日", warning: "impossible-day"},
		{name: "D25", heading: "2020年\n12月", body: "是月，全区开展清洁行动。", event: "2020-12 RELATIVE 是月"},
		{name: "D26", heading: "2020年\n12月", body: "3日、5日、8日分别召开座谈会。", event: "{2020-12-03,2020-12-05,2020-12-08} EXPLICIT 3日、5日、8日"},
		{name: "D27", body: "12月9日，项目通过验收。项目去年底开工，今年12月竣工。", at: issue, event: "2020-12-09 YEAR_INFERRED 12月9日", others: "2019-12~ 去年底\n2020-12 今年12月"},
		{name: "D28", body: "康熙三十二年六月，大水。", event: "1693-07-03/1693-08-01 CONVERTED 康熙三十二年六月"},
		{name: "D29", body: "嘉靖三十四年十二月十二日地震。", event: "1556-02-02 CONVERTED 嘉靖三十四年十二月十二日"},
		{name: "D30", body: "光绪三十四年十二月，学堂开办。", event: "1908-12-23/1909-01-21 CONVERTED 光绪三十四年十二月"},
		{name: "D31", body: "民国24年农历三月初三，庙会。", event: "1935-04-05 CONVERTED 民国24年农历三月初三"},
		{name: "D31 solar", body: "民国24年3月3日，学堂开办。", event: "1935-03-03 CONVERTED 民国24年3月3日"},
		{name: "D32", heading: "万历七年（1579）", body: "二十二年，建塔。", event: "1594 CONVERTED 二十二年"},
		{name: "D32 in one text", body: "万历七年（1579），重修县学。二十二年，建塔。", event: "1579 EXPLICIT 万历七年（1579）", others: "1594 二十二年"},
		{name: "D33", body: "淳熙四年五月庚子，大水。", event: "1177-06-06 CONVERTED 淳熙四年五月庚子"},
		{name: "D34", body: "据清康熙三十七年《云河县志》卷十五记载，城周三里。", event: "XXXX NONE"},
		{name: "D35", body: "庆元县召开大会。", event: "XXXX NONE"},
		{name: "D36", body: "腊月廿三，区民政局慰问困难群众。", at: reportOf(t, "2021-02-20"), event: "2021-02-04 CONVERTED 腊月廿三"},
		{name: "D37", body: "前221年，秦置云河县。", event: "-0220 EXPLICIT 前221年"},
		{name: "D38", body: "12⽉4⽇，区司法局开展宣传。", at: issue, event: "2020-12-04 YEAR_INFERRED 12⽉4⽇"},
		{name: "D39", heading: "1958年", body: "8月云河水库开工，1964年8月竣工。", event: "1958-08 EXPLICIT 8月", others: "1964-08 1964年8月"},
		{name: "D40", heading: "2020年", body: "7月7日，区委召开会议。", event: "2020-07-07 EXPLICIT 7月7日"},
		{name: "D40 the next entry", heading: "2020年", body: "7月6日至7日，区委举办培训班。", at: dates.Context{Previous: edtf.OfDay(mustDay(t, "2020-07-07"))}, event: "2020-07-06/2020-07-07 EXPLICIT 7月6日至7日"},
	} {
		t.Run(tt.name, tt.run)
	}
}
