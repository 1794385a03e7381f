package dates_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"fangzhi/edtf"
	"fangzhi/graph"
	"fangzhi/loader/dates"
)

// What the lines above an article add to it.
func TestHeadings(t *testing.T) {
	issue := report(t)
	for _, tt := range []specCase{
		{name: "title with its year", heading: "云河区2021年大事记", body: "5月4日，召开会议。", event: "2021-05-04 EXPLICIT 5月4日"},
		{name: "title with its year in brackets", heading: "云河区大事记（2021）\n5月", body: "29日，召开会议。", event: "2021-05-29 EXPLICIT 29日"},
		{name: "title with years from to", heading: "云河县大事记（1991—1995）\n1993年\n5月", body: "29日，召开会议。", event: "1993-05-29 EXPLICIT 29日"},
		{name: "title with years from to alone", heading: "云河县大事记（1991—1995）", body: "建场。", event: "XXXX NONE"},
		{name: "title with month", heading: "二〇二一年七月大事记", body: "5日，召开会议。", event: "2021-07-05 EXPLICIT 5日"},
		{name: "title of a half year", heading: "2021年执政纪事（7—12月）", body: "7月7日，召开会议。", event: "2021-07-07 EXPLICIT 7月7日"},
		{name: "title of a table", heading: "云河区文化馆2019年活动记录表", body: "3月8日，合唱团演出。", event: "2019-03-08 EXPLICIT 3月8日"},
		{name: "title of a yearbook", heading: "云河年鉴（2021）", body: "5月29日，召开会议。", event: "2020-05-29 YEAR_INFERRED 5月29日"},
		{name: "title in marks", heading: "《云河区2021年大事记》\n5月", body: "29日，召开会议。", event: "2021-05-29 EXPLICIT 29日"},
		{name: "year alone in digits", heading: "1958", body: "建场。", event: "1958 EXPLICIT 1958"},
		{name: "year in Chinese", heading: "一九五八年", body: "建场。", event: "1958 EXPLICIT 一九五八年"},
		{name: "year misread", heading: "I951年", body: "3月，建场。", event: "1951-03 EXPLICIT 3月"},
		{name: "decade", heading: "1950年代", body: "兴修水利。", event: "195X EXPLICIT 1950年代"},
		{name: "years", heading: "1949～1952年", body: "建场。", event: "1949/1952 EXPLICIT 1949～1952年"},
		{name: "before the common era", heading: "公元前221年", body: "秦置县。", event: "-0220 EXPLICIT 公元前221年"},
		{name: "three digits", heading: "618年", body: "置县。", event: "0618 EXPLICIT 618年"},
		{name: "month with 份", heading: "2022年\n二月份", body: "3日，建场。", event: "2022-02-03 EXPLICIT 3日"},
		{name: "cell of a table", heading: "2022年\n二月份\n2.15", body: "灯会举行。", event: "2022-02-15 EXPLICIT 2.15"},
		{name: "cell of eight digits", heading: "20220215", body: "灯会举行。", event: "2022-02-15 EXPLICIT 20220215"},
		{name: "days", heading: "2018年\n3月\n5日—7日", body: "开展检查。", event: "2018-03-05/2018-03-07 EXPLICIT 5日—7日"},
		{name: "days one by one", heading: "2018年\n3月\n5日、7日", body: "开展检查。", event: "{2018-03-05,2018-03-07} EXPLICIT 5日、7日"},
		{name: "a month that corrects the one above", heading: "2019年\n1月", body: "2月2日，开展检查。", event: "2019-02-02 EXPLICIT 2月2日"},
		{name: "a year in the body that corrects the one above", heading: "1958年", body: "1957年12月，建场。", event: "1957-12 EXPLICIT 1957年12月"},
		{name: "history in the first sentence", heading: "1958年", body: "云河水库1956年8月动工，举行竣工典礼。", event: "1958 EXPLICIT 1958年", others: "1956-08 1956年8月"},
		{name: "a later day in the first sentence", heading: "1958年\n10月", body: "召开会议，11月15日完成任务。", event: "1958-10 EXPLICIT 10月", others: "1958-11-15 11月15日"},
		{name: "a day of the month in the first sentence", heading: "1958年\n10月", body: "在云河镇召开会议，10月15日县长到会。", event: "1958-10-15 EXPLICIT 10月15日"},
		{name: "carried year", heading: "1958年", body: "9月，改名。", at: dates.Context{Carried: true}, event: "1958-09 YEAR_INFERRED 9月"},
		{name: "carried month", heading: "1958年\n7月", body: "15日，竣工。", at: dates.Context{Carried: true}, event: "1958-07-15 EXPLICIT 15日"},
		{name: "no year anywhere", heading: "10月", body: "5日，建场。", event: "XXXX-10-05 NONE 5日"},
		{name: "year of the masthead", heading: "10月", body: "5日，建场。", at: issue, event: "2020-10-05 YEAR_INFERRED 5日"},
		{name: "day that does not exist", heading: "2021年\n2月29日", body: "建场。", event: "2021-02 EXPLICIT 2月29日", warning: "impossible-day"},
		{name: "lunar day below a year", heading: "1958年", body: "腊月廿三，慰问职工。", event: "1958-02-11 CONVERTED 腊月廿三"},
		{name: "run-on entries", heading: "1958年", body: "建农场。1960年9月改名红星农场，1963年撤销。", event: "1958 EXPLICIT 1958年", others: "1960-09 1960年9月\n1963 1963年"},
		{name: "run-on entries that write their years", body: "1954年建场。1958年9月改名红星农场。", event: "1954 EXPLICIT 1954年", others: "1958-09 1958年9月"},
		{name: "a bullet", heading: "2021年\n5月", body: "△4日，召开会议。", event: "2021-05-04 EXPLICIT 4日"},
		{name: "a title in brackets", heading: "2021年", body: "【社区换届】  5月29日，社区换届完成。", event: "2021-05-29 EXPLICIT 5月29日"},
		{name: "a heading that says nothing", heading: "本期焦点", body: "召开会议。", event: "XXXX NONE"},
		{name: "a year and its 干支 in brackets", heading: "1949年（己丑年）", body: "7月，县人民政府成立。", event: "1949-07 EXPLICIT 7月"},
		{name: "a year and its 干支", heading: "1949年 己丑年", body: "7月，县人民政府成立。", event: "1949-07 EXPLICIT 7月"},
		{name: "a year and its 干支 in the body", body: "1949年（己丑年），县人民政府成立。", event: "1949 EXPLICIT 1949年（己丑年）"},
		{name: "a 旬 of the month above", heading: "1963年\n5月", body: "是月下旬，洪水入城。", at: dates.Context{Carried: true}, event: "[1963-05-21..1963-05-31] RELATIVE 是月下旬"},
		{name: "from a season to one of the next year", heading: "1963年", body: "冬至次年春  全县开展冬修。", event: "1963-24/1964-21 EXPLICIT 冬至次年春"},
		{name: "a day behind who acts", heading: "2021年\n2月", body: "区委：3日召开常委会。", event: "2021-02-03 EXPLICIT 3日"},
		{name: "a count of the republic after its end", heading: "民国四十年（1951年）", body: "2月，建场。", event: "1951-02 EXPLICIT 2月"},
		{name: "cell from day to day", heading: "2022年\n1.3-1.5", body: "灯会举行。", event: "2022-01-03/2022-01-05 EXPLICIT 1.3-1.5"},
		{name: "cell of year and month", heading: "2022-02", body: "灯会举行。", event: "2022-02 EXPLICIT 2022-02"},
		{name: "a section that is named by two periods", heading: "清末民国时期", body: "建场。", event: "XXXX NONE"},
		{name: "a day of the month above", heading: "1958年\n7月", body: "同月15日，竣工。", event: "1958-07-15 RELATIVE 同月15日"},
		{name: "a day of the month of the entry before", body: "同月15日，竣工。", at: dates.Context{Previous: edtf.OfDay(mustDay(t, "1958-07-03"))}, event: "1958-07-15 RELATIVE 同月15日"},
		{name: "a 旬 and on", heading: "1958年\n7月", body: "上旬起，开展检查。", event: "1958-07-01/.. EXPLICIT 上旬起"},
		{name: "cell with a slash", heading: "2022年\n2/15", body: "灯会举行。", event: "2022-02-15 EXPLICIT 2/15"},
	} {
		t.Run(tt.name, tt.run)
	}
}

// A date that stands partly above the article has evidence of all its parts, the outermost first.
func TestHeadingEvidence(t *testing.T) {
	const heading = "云河区2021年大事记\n12 月\n10日"
	above := func(start, end int, text string) graph.Evidence {
		return graph.Evidence{Field: graph.FieldHeading, Start: start, End: end, Text: text}
	}
	for _, tt := range []struct {
		name, body string
		want       []graph.Evidence
	}{
		{"day in the body", "△14日，开会。", []graph.Evidence{above(3, 8, "2021年"), above(12, 16, "12 月"), {Field: graph.FieldBody, Start: 1, End: 4, Text: "14日"}}},
		{"month and day in the body", "11月4日，开会。", []graph.Evidence{above(3, 8, "2021年"), {Field: graph.FieldBody, Start: 0, End: 5, Text: "11月4日"}}},
		{"all in the body", "2020年1月4日，开会。", []graph.Evidence{{Field: graph.FieldBody, Start: 0, End: 9, Text: "2020年1月4日"}}},
		{"nothing in the body", "开会。", []graph.Evidence{above(3, 8, "2021年"), above(12, 16, "12 月"), above(17, 20, "10日")}},
		{"a word in the body", "同日，开会。", []graph.Evidence{above(3, 8, "2021年"), above(12, 16, "12 月"), above(17, 20, "10日"), {Field: graph.FieldBody, Start: 0, End: 2, Text: "同日"}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			found := dates.Find(tt.body, dates.Context{Heading: heading})
			if diff := cmp.Diff(tt.want, found.Event.Evidence); diff != "" {
				t.Errorf("Find(%q) below %q: evidence mismatch (-want +got):\n%s", tt.body, heading, diff)
			}
		})
	}
}
