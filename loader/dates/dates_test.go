package dates_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"fangzhi/edtf"
	"fangzhi/graph"
	"fangzhi/loader/dates"
	"fangzhi/loader/reading"
)

func mustDay(t testing.TB, s string) edtf.Day {
	t.Helper()
	d, err := edtf.ParseDay(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// report is the context of most tests: a monthly report that came out on 2021-01-20.
func report(t testing.TB) dates.Context {
	return dates.Context{Issued: mustDay(t, "2021-01-20"), Year: 2021, Month: 1}
}

func show(event graph.EventDate) string {
	return strings.TrimSpace(fmt.Sprintf("%s %s %s", event.EDTF, event.Basis, event.Text))
}

// showOthers writes one date a line: its EDTF and its words.
func showOthers(others []reading.DateMention) string {
	var lines []string
	for _, o := range others {
		lines = append(lines, o.EDTF.String()+" "+o.Text)
	}
	return strings.Join(lines, "\n")
}

// What the event's date is, in a report of 2021-01-20. Numbers are those of genre.md §8.
func TestEventDate(t *testing.T) {
	for _, tt := range []struct{ name, body, want string }{
		{"D1 month and day", "12 月 4 日，区司法局开展宣传活动。", "2020-12-04 YEAR_INFERRED 12 月 4 日"},
		{"D2 month of the issue", "1月5日，区委召开会议。", "2021-01-05 YEAR_INFERRED 1月5日"},
		{"entering a month", "进入12月，全区各乡镇陆续开展冬修水利。", "2020-12 YEAR_INFERRED 12月"},
		{"a festival and a space open an entry", "国庆节　区文化馆新馆开馆。", "2020-10-01 YEAR_INFERRED 国庆节"},
		{"a festival and a space inside one", "区里慰问职工，国庆节 元旦都有安排。", "XXXX NONE"},
		{"a day and its festival", "1月1日元旦，区里慰问一线职工。", "2021-01-01 YEAR_INFERRED 1月1日"},
		{"D3 ahead of the issue", "1月25日将举行运动会。", "XXXX NONE"},
		{"planned, but before the issue", "12月25日将举行运动会。", "2020-12-25 YEAR_INFERRED 12月25日"},
		{"将 for 把", "12月5日，区委将学习材料发放到各村。", "2020-12-05 YEAR_INFERRED 12月5日"},
		{"D5 range into the next year", "12月31日至次年1月3日，全区开展检查。", "2020-12-31/2021-01-03 YEAR_INFERRED 12月31日至次年1月3日"},
		{"range that only its months show to pass the year", "12月30日—1月2日，全区开展检查。", "2020-12-30/2021-01-02 YEAR_INFERRED 12月30日—1月2日"},
		{"D6 range over two months", "11月30日—12月2日，区委举办培训班。", "2020-11-30/2020-12-02 YEAR_INFERRED 11月30日—12月2日"},
		{"range in one month", "12月17日～18日，区委举办培训班。", "2020-12-17/2020-12-18 YEAR_INFERRED 12月17日～18日"},
		{"range with one 日", "12月17-18日，区委举办培训班。", "2020-12-17/2020-12-18 YEAR_INFERRED 12月17-18日"},
		{"range behind 自", "自12月1日至31日，全区开展整治行动。", "2020-12-01/2020-12-31 YEAR_INFERRED 12月1日至31日"},
		{"range with weekdays", "12月28日（周一）至30日（周三），区委举办培训班。", "2020-12-28/2020-12-30 YEAR_INFERRED 12月28日（周一）至30日（周三）"},
		{"range with its year", "2020年12月9日至2021年1月9日，全区开展行动。", "2020-12-09/2021-01-09 EXPLICIT 2020年12月9日至2021年1月9日"},
		{"year at the end of a range", "12月9日—2021年1月9日，全区开展行动。", "2020-12-09/2021-01-09 EXPLICIT 12月9日—2021年1月9日"},
		{"D10 the article's date, not the start of the series", "12月2日，汇报演出举行。活动自10月15日启动，历时近两个月。", "2020-12-02 YEAR_INFERRED 12月2日"},
		{"D11 name of a festival", "“12.4”国家宪法日之际，12月4日，区司法局开展宣传。", "2020-12-04 YEAR_INFERRED 12月4日"},
		{"D12 counted festival", "12月1日是第33个“世界艾滋病日”，在市疾控中心指导下，街道开展宣传。", "2020-12-01 YEAR_INFERRED 12月1日"},
		{"D13 a topic is no date", "12月19日，副区长参加澜州市11月份经济形势分析会。", "2020-12-19 YEAR_INFERRED 12月19日"},
		{"a topic alone", "11月份经济形势分析会在澜州召开。", "XXXX NONE"},
		{"D14 a period of figures", "1—11月，全区完成投资12亿元，同比增长5%。", "XXXX NONE"},
		{"D17 inside a title", "区委组织学习《二〇三五年远景目标》。", "XXXX NONE"},
		{"D18 document number", "区政府印发云林保〔2020〕181号文件。", "XXXX NONE"},
		{"D19 weekday", "12月1日(星期二)，区人大常委会召开会议。", "2020-12-01 YEAR_INFERRED 12月1日"},
		{"D19 behind a bullet", "△12月1日(星期二)\n区人大常委会召开会议。", "2020-12-01 YEAR_INFERRED 12月1日"},
		{"behind a dateline", "【云河讯】12月1日，区人大常委会召开会议。", "2020-12-01 YEAR_INFERRED 12月1日"},
		{"D20 日 is missing", "7月28上午，区委召开会议。", "2020-07-28 YEAR_INFERRED 7月28"},
		{"D24 a day that does not exist", "11月31日，区委召开会议。", "2020-11 YEAR_INFERRED 11月31日"},
		{"29 February of a common year", "2021年2月29日，区委召开会议。", "2021-02 EXPLICIT 2021年2月29日"},
		{"29 February of a leap year", "2月29日，区委召开会议。", "2020-02-29 YEAR_INFERRED 2月29日"},
		{"D26 days of one event", "12月3日、5日和8日，区委分别召开座谈会。", "{2020-12-03,2020-12-05,2020-12-08} YEAR_INFERRED 12月3日、5日和8日"},
		{"days of two years", "12月30日、1月2日，区委分别召开座谈会。", "{2020-12-30,2021-01-02} YEAR_INFERRED 12月30日、1月2日"},
		{"days with one 日", "12月17、18日，区里召开两会。", "{2020-12-17,2020-12-18} YEAR_INFERRED 12月17、18日"},
		{"D37 before the era", "公元前221年秦置县，12月4日，纪念馆开馆。", "2020-12-04 YEAR_INFERRED 12月4日"},
		{"D38 radicals", "12⽉4⽇，区司法局开展宣传。", "2020-12-04 YEAR_INFERRED 12⽉4⽇"},

		{"full date", "2020年12月17日，区委召开会议。", "2020-12-17 EXPLICIT 2020年12月17日"},
		{"Chinese numerals", "二〇二〇年十二月四日，区委召开会议。", "2020-12-04 EXPLICIT 二〇二〇年十二月四日"},
		{"mixed zeros", "二○二0年十二月二十一日，区委召开会议。", "2020-12-21 EXPLICIT 二○二0年十二月二十一日"},
		{"full width", "２０２０年１２月４日，区委召开会议。", "2020-12-04 EXPLICIT ２０２０年１２月４日"},
		{"dots", "2020.12.4，区委召开会议。", "2020-12-04 EXPLICIT 2020.12.4"},
		{"dashes", "2020-12-04至2020-12-06，区委召开会议。", "2020-12-04/2020-12-06 EXPLICIT 2020-12-04至2020-12-06"},
		{"this year", "今年12月4日，区司法局开展宣传。", "2020-12-04 YEAR_INFERRED 今年12月4日"},
		{"lead-in", "为弘扬宪法精神，12月4日，区司法局开展宣传。", "2020-12-04 YEAR_INFERRED 12月4日"},
		{"lead-in with a date", "根据2020年12月1日起施行的条例，12月4日，区司法局开展宣传。", "2020-12-04 YEAR_INFERRED 12月4日"},
		{"what the event follows from", "为落实12月3日全市会议精神，区委于12月8日召开会议。", "2020-12-08 YEAR_INFERRED 12月8日"},
		{"behind the subject", "区委书记沈知秋12月17日到云河街道调研。", "2020-12-17 YEAR_INFERRED 12月17日"},
		{"second sentence", "云河区入选2020年全国十强。12月8日，名单公布。", "2020-12-08 YEAR_INFERRED 12月8日"},
		{"history before the event", "云河公园1985年5月1日建成开放。12月20日，改造完成。", "2020-12-20 YEAR_INFERRED 12月20日"},
		{"subtitle first", "云河区召开全会\n12月3日，区委召开全会。", "2020-12-03 YEAR_INFERRED 12月3日"},
		{"the only day, in a later paragraph", "为提升水平，区教育局开展活动。\n12月5日上午，启动仪式在第一小学举行。", "2020-12-05 YEAR_INFERRED 12月5日"},
		{"two days in later paragraphs", "区教育局多措并举，成效显著。\n一是强化领导。12月5日，召开会议。12月9日，再次召开会议。", "XXXX NONE"},
		{"quoted", "“12月4日”宣传周活动启动。", "XXXX NONE"},
		{"quoted with straight marks", "\"12月4日\"宣传周活动启动。", "XXXX NONE"},
		{"a mark without its partner", "区委“平安云河建设推进，12月4日，区委召开会议。", "2020-12-04 YEAR_INFERRED 12月4日"},
		{"a deadline", "区委书记沈知秋强调，要在12月31日前完成任务。", "XXXX NONE"},
		{"as of", "截至12月20日，全区完成接种3万人。", "XXXX NONE"},
		{"every year", "每年12月4日是国家宪法日。", "XXXX NONE"},
		{"lunar", "农历八月十五日，区民政局开展慰问。", "2020-10-01 CONVERTED 农历八月十五日"},
		{"republic", "民国24年3月3日，学堂开办。", "1935-03-03 CONVERTED 民国24年3月3日"},
		{"life of a person", "沈知秋，1968年3月出生，1990年7月参加工作。", "XXXX NONE"},
		{"no date", "为提升水平，区教育局开展活动。", "XXXX NONE"},
		{"no text", "", "XXXX NONE"},

		{"month", "12月，区图书馆举办讲座。", "2020-12 YEAR_INFERRED 12月"},
		{"month with 份", "12月份，区图书馆举办讲座。", "2020-12 YEAR_INFERRED 12月份"},
		{"month without a comma", "12月全区开展植树活动。", "2020-12 YEAR_INFERRED 12月"},
		{"month and year", "2020年12月，区文化馆获奖。", "2020-12 EXPLICIT 2020年12月"},
		{"third of a month", "12月上旬，区图书馆举办讲座。", "[2020-12-01..2020-12-10] YEAR_INFERRED 12月上旬"},
		{"last third of February", "2020年2月下旬，区图书馆闭馆。", "[2020-02-21..2020-02-29] EXPLICIT 2020年2月下旬"},
		{"end of a month", "12月底，工程完工。", "2020-12~ YEAR_INFERRED 12月底"},
		{"unknown day", "12月某日，粮库失火。", "2020-12-XX YEAR_INFERRED 12月某日"},
		{"months", "10月至12月，区里开展培训。", "2020-10/2020-12 YEAR_INFERRED 10月至12月"},
		{"start", "自12月1日起，全区开展整治行动。", "2020-12-01/.. YEAR_INFERRED 自12月1日起"},
		{"start with 开始", "从12月1日开始，全区开展整治行动。", "2020-12-01/.. YEAR_INFERRED 从12月1日开始"},
		{"only a year that opens the article", "2020年，全区开展绿化活动。", "2020 EXPLICIT 2020年"},
		{"a year that dates one measure", "区教育局开展活动。2020年选取三所学校试点，2021年将全面普及。", "XXXX NONE"},
		{"前往 is no deadline", "12月4日前往澜州市考察。", "2020-12-04 YEAR_INFERRED 12月4日"},
		{"起草 is no start", "12月4日起草工作方案。", "2020-12-04 YEAR_INFERRED 12月4日"},
		{"到 is no range", "12月17日到3个社区调研。", "2020-12-17 YEAR_INFERRED 12月17日"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			event := dates.Find(tt.body, report(t)).Event
			if diff := cmp.Diff(tt.want, show(event)); diff != "" {
				t.Errorf("Find(%q) event mismatch (-want +got):\n%s\nreason: %s", tt.body, diff, event.Reason)
			}
			if event.Reason == "" {
				t.Errorf("Find(%q): %s without a reason", tt.body, event.EDTF)
			}
		})
	}
}

// What other dates the text mentions, in a report of 2021-01-20 with an event on 2020-12-08.
func TestOtherDates(t *testing.T) {
	const opening = "12月8日，区委召开会议。"
	for _, tt := range []struct{ name, text, want string }{
		{"D3 planned", "运动会将于1月25日举行。", "2021-01-25 1月25日"},
		{"D8 as of", "截至2020年12月，累计采集300条。", "../2020-12 截至2020年12月"},
		{"as of, misspelt", "截止2020年12月底，累计采集300条。", "../2020-12 截止2020年12月底"},
		{"as of a day", "截至12月20日，累计采集300条。", "../2020-12-20 截至12月20日"},
		{"D9 as of now", "截止目前，已赠送170本。", ""},
		{"D10 start of something longer", "活动自10月15日启动，历时近两个月。", "2020-10-15 10月15日"},
		{"D13 topic", "传达11月份经济形势分析会精神，做好12月工作。", ""},
		{"D14 figures", "1—11月，全区完成投资12亿元。", "2020-01/2020-11 1—11月"},
		{"D15 a session", "宣讲党的十九届五中全会精神。", ""},
		{"D16 plans", "“十三五”期间成绩显著，“十四五”规划开局良好。", "2016/2020 “十三五”期间\n2021/2025 “十四五”规划"},
		{"plans without quotes", "十四五时期，第十三个五年规划，“九五”末。", "2021/2025 十四五时期\n2016/2020 第十三个五年规划\n2000~ “九五”末"},
		{"“七五”普法 is no plan", "“七五”普法通过验收，“三五”成群。", ""},
		{"D18 document number", "印发云林保〔2020〕181号、云政〔2020〕12号文件。", ""},
		{"D27 years told by another", "项目去年底开工，今年12月竣工。", "2019-12~ 去年底\n2020-12 今年12月"},
		{"D37 before the era", "遗址始建于前221年，公元前7世纪已有人居。", "-0220 前221年\n-06XX 公元前7世纪"},
		{"festival names", "“12.4”国家宪法日、“119”消防日、5·12护士节。", ""},
		{"ordinals, telephones, prices", "第33个，第十三轮，0371-67123456，12345热线，3.15元，12-4号楼，增长12.4%。", ""},
		{"times", "上午9时30分至11时，共2天，3日内，10日后。", ""},
		{"counts of years", "距今1600年的遗址，有5000年历史。", ""},
		{"numbered by year", "2020年第4期简报，2020年第三次常务会。", ""},
		{"houses and lines", "12月4号楼完工，12月4号线开通。", ""},
		{"title", "学习《2020年工作要点》《二〇三五年远景目标》。", ""},
		{"quotes", "设立“2020年3月3日”纪念碑。", ""},
		{"years", "总结2020年工作，安排2021年任务。", "2020 2020年\n2021 2021年"},
		{"year since", "2018年以来成效明显。", "2018/.. 2018年以来"},
		{"since with 自", "自2018年3月起实施。", "2018-03/.. 自2018年3月起"},
		{"until now", "2019年至今建成12个。", "2019/.. 2019年至今"},
		{"name of an event", "组织开展2020年春季全民健步走活动。", ""},
		{"years of a range", "2018—2020年实施三年行动。", "2018/2020 2018—2020年"},
		{"school year", "2020—2021学年开学。", "2020-09/2021-07 2020—2021学年"},
		{"ends of a year", "2020年初动工，2020年底建成，2020年初步验收。", "2020-01~/2020-03~ 2020年初\n2020-12~ 2020年底\n2020 2020年"},
		{"quarter and half", "2020年第四季度完成，2020年上半年启动。", "2020-36 2020年第四季度\n2020-40 2020年上半年"},
		{"season", "2020年春季修复，2020年春节开放。", "2020-21 2020年春季\n2020-01-25 2020年春节"},
		{"decades", "20世纪50年代修建，上世纪八十年代末扩建，19世纪初见于记载。", "195X 20世纪50年代\n1987~/1989~ 上世纪八十年代末\n18XX 19世纪"},
		{"goal", "力争到2025年实现目标。", "2025 2025年"},
		{"until", "活动将持续到12月31日结束。", "2020-12-31 12月31日"},
		{"deadline in the next year", "3月15日前上报材料。", "2021-03-15 3月15日"},
		{"in force from", "条例2月1日起施行。", "2021-02-01/.. 2月1日起"},
		{"before the event", "项目6月1日开工。", "2020-06-01 6月1日"},
		{"a written year goes on", "项目2019年10月15日开工，12月20日竣工。", "2019-10-15 2019年10月15日\n2019-12-20 12月20日"},
		{"same year, next year", "2018年6月动工，同年12月竣工，次年1月启用。", "2018-06 2018年6月\n2018-12 同年12月\n2019-01 次年1月"},
		{"days of the same month", "15日，再次开会。16日—17日，外出考察。", "2020-12-15 15日\n2020-12-16/2020-12-17 16日—17日"},
		{"a day before the event's", "5日，已经开会。", ""},
		{"the event's date again", "2020年12月8日会后，12月8日下午又开会。", ""},
		{"a day that does not exist", "11月31日验收。", "2020-11 11月31日"},
		{"a date twice", "10月15日启动。会议回顾了10月15日的情况。", "2020-10-15 10月15日"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			found := dates.Find(opening+tt.text, report(t))
			event, others := found.Event, found.Others
			if event.EDTF.String() != "2020-12-08" {
				t.Fatalf("event %s, want 2020-12-08", event.EDTF)
			}
			if diff := cmp.Diff(tt.want, showOthers(others)); diff != "" {
				t.Errorf("Find(%q) other dates mismatch (-want +got):\n%s", tt.text, diff)
			}
		})
	}
}

func TestRepeatedDateAddsEvidence(t *testing.T) {
	others := dates.Find("12月8日，区委召开会议。项目10月15日启动，10 月 15 日验收。", report(t)).Others
	want := []graph.Evidence{{Field: graph.FieldBody, Start: 15, End: 21, Text: "10月15日"}, {Field: graph.FieldBody, Start: 24, End: 33, Text: "10 月 15 日"}}
	if len(others) != 1 {
		t.Fatalf("%d other dates, want 1: %v", len(others), others)
	}
	if diff := cmp.Diff(want, others[0].Evidence); diff != "" {
		t.Errorf("evidence mismatch (-want +got):\n%s", diff)
	}
}

// Which year is meant, in other contexts than a report with its day of publication.
func TestYear(t *testing.T) {
	december := edtf.OfMonth(2020, 12)
	day := func(s string) edtf.Date { return edtf.OfDay(mustDay(t, s)) }
	for _, tt := range []struct {
		name, body string
		at         dates.Context
		want       string
		reason     string // that it must contain
	}{
		{"issue", "12月17日，开会。", dates.Context{Issued: mustDay(t, "2021-01-20")}, "2020-12-17 YEAR_INFERRED 12月17日", "取不晚于出刊日2021年1月20日的最近一个12月17日"},
		{"day of the issue itself", "1月20日，开会。", dates.Context{Issued: mustDay(t, "2021-01-20")}, "2021-01-20 YEAR_INFERRED 1月20日", "出刊日"},
		{"day after the issue", "1月21日，开会。", dates.Context{Issued: mustDay(t, "2021-01-20")}, "2020-01-21 YEAR_INFERRED 1月21日", "出刊日"},
		{"masthead month", "1月25日，开会。", dates.Context{Year: 2021, Month: 1}, "2021-01-25 YEAR_INFERRED 1月25日", "刊头的2021年1月"},
		{"masthead year", "12月17日，开会。", dates.Context{Year: 2021}, "2021-12-17 YEAR_INFERRED 12月17日", "刊头的2021年"},
		{"D19 weekday against the masthead year", "12月1日（星期二），开会。", dates.Context{Year: 2021}, "2020-12-01 YEAR_INFERRED 12月1日", "星期二"},
		{"D22 heading against the issue", "12月16日，开会。", dates.Context{Heading: "2021年", Issued: mustDay(t, "2022-12-08")}, "2021-12-16 EXPLICIT 12月16日", "标题“2021年”"},
		{"D23 content year of a yearbook", "5月29日，开会。", dates.Context{ContentYear: 2020, Year: 2021}, "2020-05-29 YEAR_INFERRED 5月29日", "年鉴卷次"},
		{"D39 month under a heading", "8月云河水库开工，1964年8月竣工。", dates.Context{Heading: "1958年"}, "1958-08 EXPLICIT 8月", "标题“1958年”"},
		{"heading against a festival", "在第七个国家宪法日之际，12月4日，区司法局开展宣传。", dates.Context{Heading: "2021年"}, "2021-12-04 EXPLICIT 12月4日", "标题“2021年”"},
		{"festival without an issue", "在第七个国家宪法日之际，12月4日，区司法局开展宣传。", dates.Context{}, "2020-12-04 YEAR_INFERRED 12月4日", "第七个国家宪法日即2020年（首个在2014年）"},
		{"festival that does not fit the issue", "在第七个国家宪法日之际，12月4日，区司法局开展宣传。", dates.Context{Issued: mustDay(t, "2023-01-20")}, "2022-12-04 YEAR_INFERRED 12月4日", "出刊日2023年1月20日"},
		{"votes", "12月17日，开会。", dates.Context{Votes: map[int]int{2019: 1, 2020: 5, 2021: 2}}, "2020-12-17 YEAR_INFERRED 12月17日", "以2020年最多（5处）"},
		{"votes that tie", "12月17日，开会。", dates.Context{Votes: map[int]int{2020: 2, 2021: 2}}, "XXXX-12-17 NONE 12月17日", "没有可以推断年份的依据"},
		{"previous article", "1月3日，开会。", dates.Context{Previous: day("2020-12-30")}, "2021-01-03 YEAR_INFERRED 1月3日", "前一条日期2020-12-30"},
		{"nothing at all", "12月17日，开会。", dates.Context{}, "XXXX-12-17 NONE 12月17日", "没有可以推断年份的依据"},
		{"the year written wins", "2019年12月17日，开会。", dates.Context{Heading: "2021年", Votes: map[int]int{2020: 9}}, "2019-12-17 EXPLICIT 2019年12月17日", "写明"},

		{"D4 days under a month", "2—4日，区委召开全会。", dates.Context{Heading: "2020年\n12月"}, "2020-12-02/2020-12-04 EXPLICIT 2—4日", "标题“12月”"},
		{"D7 third of a month under a month", "上旬，全区完成征兵工作。", dates.Context{Heading: "12月", Issued: mustDay(t, "2021-01-20")}, "[2020-12-01..2020-12-10] YEAR_INFERRED 上旬", "标题“12月”"},
		{"D25 the month above", "是月，全区开展清洁行动。", dates.Context{Heading: "2020年\n12月"}, "2020-12 RELATIVE 是月", "标题"},
		{"the month of the article before", "是月，全区开展清洁行动。", dates.Context{Previous: day("2020-12-31")}, "2020-12 RELATIVE 是月", "前一条日期2020-12-31"},
		{"D26 days under a month", "3日、5日、8日，分别召开座谈会。", dates.Context{Heading: "2020年\n12月"}, "{2020-12-03,2020-12-05,2020-12-08} EXPLICIT 3日、5日、8日", "标题“12月”"},
		{"days over the end of a month", "31日至2日，召开全会。", dates.Context{Heading: "2020年\n12月"}, "2020-12-31/2021-01-02 EXPLICIT 31日至2日", "标题“12月”"},
		{"a day of the month that the issue is about", "17日，区委召开会议。", dates.Context{Coverage: december}, "2020-12-17 RELATIVE 17日", "本期多数条目所在的2020年12月"},
		{"a day of no month", "17日，区委召开会议。", dates.Context{Issued: mustDay(t, "2021-01-20")}, "XXXX NONE", "不是本条之事的日期"},
		{"the same day", "同日，区政府召开会议。", dates.Context{Previous: day("2020-12-17")}, "2020-12-17 RELATIVE 同日", "前一条日期2020-12-17"},
		{"the next day", "次日，区政府召开会议。", dates.Context{Previous: day("2020-12-31")}, "2021-01-01 RELATIVE 次日", "前一条日期2020-12-31"},
		{"the same day as what", "同日，区政府召开会议。", dates.Context{}, "XXXX NONE", "“同日”，所承的日期不明"},
		{"recently", "近日，区教育局开展活动。", dates.Context{Coverage: december}, "2020-12~ RELATIVE 近日", "约数"},
		{"recently, with a date", "近日，喜讯传来。12月4日，区教育局获奖。", dates.Context{Issued: mustDay(t, "2021-01-20"), Coverage: december}, "2020-12-04 YEAR_INFERRED 12月4日", "出刊日"},
		{"recently, of an issue about nothing known", "近日，区教育局开展活动。", dates.Context{Issued: mustDay(t, "2021-01-20")}, "XXXX NONE", "“近日”"},
		{"last year under a heading", "去年12月4日，区教育局获奖。", dates.Context{Heading: "2021年"}, "2020-12-04 RELATIVE 去年12月4日", "由“2021年”推算"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			event := dates.Find(tt.body, tt.at).Event
			if diff := cmp.Diff(tt.want, show(event)); diff != "" {
				t.Errorf("Find(%q) event mismatch (-want +got):\n%s", tt.body, diff)
			}
			if !strings.Contains(event.Reason, tt.reason) {
				t.Errorf("Find(%q) reason %q does not contain %q", tt.body, event.Reason, tt.reason)
			}
		})
	}
}

func TestWarnings(t *testing.T) {
	for _, tt := range []struct {
		name, body string
		heading    string
		want       []dates.Warning
	}{
		{"none", "12月1日（星期二），开会。", "", nil},
		{"impossible day", "开会。11月31日，开会。", "", []dates.Warning{{3, dates.WarnImpossibleDay, "“11月31日”：11月没有31日，只取月份"}}},
		{"29 February", "2019年2月29日，开会。", "", []dates.Warning{{0, dates.WarnImpossibleDay, "“2019年2月29日”：2019年2月没有29日，只取月份"}}},
		{"missing 日", "7月28上午，开会。", "", []dates.Warning{{0, dates.WarnMissingDaySign, "“7月28”后缺“日”字"}}},
		{"weekday", "12月1日（星期三），开会。", "", []dates.Warning{{0, dates.WarnWeekdayMismatch, "原文写星期三，2020年12月1日为星期二"}}},
		{"D19 weekday against a heading", "12月1日(星期二)，开会。", "2019年", []dates.Warning{{0, dates.WarnWeekdayMismatch, "原文写星期二，2019年12月1日为星期日"}}},
		{"festival", "12月1日是第40个“世界艾滋病日”，开展宣传。", "", []dates.Warning{{0, dates.WarnYearDisagreement, "第40个“世界艾滋病日”即2027年（首个在1988年），与出刊日2021年1月20日不合，请核对"}}},
		{"after the issue", "2021年12月17日，开会。", "", []dates.Warning{{0, dates.WarnAfterIssue, "“2021年12月17日”晚于出刊日2021年1月20日，请核对年份"}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			at := report(t)
			at.Heading = tt.heading
			warnings := dates.Find(tt.body, at).Warnings
			if diff := cmp.Diff(tt.want, warnings); diff != "" {
				t.Errorf("Find(%q) warnings mismatch (-want +got):\n%s", tt.body, diff)
			}
		})
	}
}

// The surer a date is, the more its confidence says so.
func TestConfidenceFalls(t *testing.T) {
	before := 1.01
	for _, body := range []string{
		"2020年12月17日，区委召开会议。",
		"12月17日，区委召开会议。",
		"区委书记沈知秋12月17日到云河街道调研。",
		"自12月1日起，全区开展整治行动。",
		"区教育局开展活动。\n12月5日上午，启动仪式举行。",
		"2020年，全区开展绿化活动。",
		"区教育局开展活动。",
	} {
		event := dates.Find(body, report(t)).Event
		if event.Confidence >= before {
			t.Errorf("Find(%q) has confidence %v, the surer one before it %v", body, event.Confidence, before)
		}
		before = event.Confidence
	}
	if before != 0 {
		t.Errorf("an undated event has confidence %v, want 0", before)
	}
}

// Only an article that hangs on what the others are about has to be read again.
func TestOpen(t *testing.T) {
	for _, tt := range []struct {
		name, heading, body string
		coverage            edtf.Date
		want                bool
	}{
		{"a date", "", "12月4日，开会。", edtf.Unknown, false},
		{"recently", "", "近日，开会。", edtf.Unknown, true},
		{"recently, of a known month", "", "近日，开会。", edtf.OfMonth(2020, 12), false},
		{"a day", "", "17日，开会。", edtf.Unknown, true},
		{"a day below a month", "12月", "17日，开会。", edtf.Unknown, false},
		{"no date", "", "开会。", edtf.Unknown, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			at := report(t)
			at.Heading, at.Coverage = tt.heading, tt.coverage
			if got := dates.Find(tt.body, at).Open; got != tt.want {
				t.Errorf("Find(%q) below %q: Open = %v, want %v", tt.body, tt.heading, got, tt.want)
			}
		})
	}
}

func TestVotes(t *testing.T) {
	got := map[int]int{}
	for _, body := range []string{
		"2020年12月4日，开会。总结2020年工作，2022年将建成。",
		"学习《2019年要点》，印发〔2019〕3号文件。“十三五”期间，2020年底验收，参加2018年全市运动会。",
	} {
		dates.Read(body).Vote(got)
	}
	if diff := cmp.Diff(map[int]int{2020: 3}, got); diff != "" {
		t.Errorf("votes mismatch (-want +got):\n%s", diff)
	}
}

func TestCoverage(t *testing.T) {
	parse := func(s string) edtf.Date {
		d, err := edtf.Parse(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	for _, tt := range []struct {
		name  string
		dates []string
		want  string
	}{
		{"most", []string{"2020-12-04", "2020-12-17", "2021-01-05", "XXXX", "2020"}, "2020-12"},
		{"an interval counts where it lies in a month", []string{"2020-12-04/2020-12-06", "2020-11-30/2020-12-02"}, "2020-12"},
		{"half is not most", []string{"2020-12-04", "2021-01-05"}, "XXXX"},
		{"none", nil, "XXXX"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var in []edtf.Date
			for _, s := range tt.dates {
				in = append(in, parse(s))
			}
			if got := dates.Coverage(in); got.String() != tt.want {
				t.Errorf("Coverage(%v) = %s, want %s", tt.dates, got, tt.want)
			}
		})
	}
}

// drawBody draws texts made of what dates are made of, and of what only looks like it.
func drawBody(t *rapid.T) string {
	words := []string{
		"2020年", "二〇二〇年", "今年", "去年", "12月", "11 月", "2月", "⽉", "4日", "31日", "29日", "3日、5日", "—", "至", "~", "和", "截至", "自", "起", "以来", "前", "将", "“", "”", "《", "》",
		"十三五", "期间", "第33个", "世界艾滋病日", "上旬", "底", "初", "季度", "上半年", "（星期二）", "同日", "近日", "，", "。", "\n", "；", "召开会议", "完成12亿元", "区委", " ", "\u200b", "20世纪", "50年代",
		"2020.12.4", "12.4", "1", "9", "康熙", "三十二年", "（1693）", "民国", "24年", "正月", "初三", "六月", "庚子", "朔", "闰四月", "晦", "至元", "二十二年", "及", "除夕", "清明", "春", "是月", "年初", "间", "4目", "l2月", "文革", "年间", "十", "月", "日", "年", "号", "份", "某日", "公元前", "221年", "农历", "每年", "\x80", "😀", "學年",
	}
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 0, 30).Draw(t, "words"), "")
}

// sound checks what holds for every body.
func sound(body string, at dates.Context) error {
	fields := map[graph.EvidenceField][]rune{graph.FieldBody: []rune(body), graph.FieldHeading: []rune(at.Heading)}
	found := dates.Find(body, at)
	event, others, warnings := found.Event, found.Others, found.Warnings
	check := func(evidence []graph.Evidence) error {
		for _, e := range evidence {
			runes := fields[e.Field]
			if e.Start < 0 || e.Start >= e.End || e.End > len(runes) {
				return fmt.Errorf("evidence %+v lies outside %q below %q", e, body, at.Heading)
			}
			if got := string(runes[e.Start:e.End]); got != e.Text {
				return fmt.Errorf("body[%d:%d] = %q, evidence says %q", e.Start, e.End, got, e.Text)
			}
		}
		return nil
	}
	if err := check(event.Evidence); err != nil {
		return err
	}
	if (event.EDTF == edtf.Unknown) != (len(event.Evidence) == 0) && found.Rule != "content-year" || event.Reason == "" || event.Confidence < 0 || event.Confidence > 1 {
		return fmt.Errorf("Find(%q) event %+v", body, event)
	}
	if event.Basis == graph.BasisNone && event.Dated() || event.Basis == "" {
		return fmt.Errorf("Find(%q) dates the event %s with basis %q", body, event.EDTF, event.Basis)
	}
	seen := map[edtf.Date]bool{event.EDTF: true}
	for _, o := range others {
		if err := check(o.Evidence); err != nil {
			return err
		}
		if seen[o.EDTF] || o.EDTF == edtf.Unknown || len(o.Evidence) == 0 || o.Evidence[0].Text != o.Text || o.Basis == "" {
			return fmt.Errorf("Find(%q) other date %+v beside event %s", body, o, event.EDTF)
		}
		seen[o.EDTF] = true
	}
	for i, w := range warnings {
		if w.Offset < 0 || w.Offset > 0 && w.Offset >= len(fields[graph.FieldBody]) || w.Code == "" || w.Message == "" || i > 0 && w == warnings[i-1] {
			return fmt.Errorf("Find(%q) warning %+v", body, w)
		}
	}
	foundAgain := dates.Find(body, at)
	again, othersAgain, warningsAgain := foundAgain.Event, foundAgain.Others, foundAgain.Warnings
	if !cmp.Equal(event, again, cmp.AllowUnexported(edtf.Date{})) || !cmp.Equal(others, othersAgain, cmp.AllowUnexported(edtf.Date{})) || !cmp.Equal(warnings, warningsAgain) {
		return fmt.Errorf("Find(%q) gives two answers", body)
	}
	return nil
}

func TestFindIsSound(t *testing.T) {
	contexts := []dates.Context{
		{}, report(t), {Year: 2021}, {Heading: "2020年\n2月"}, {Votes: map[int]int{2019: 1, 2020: 1, 2021: 2}},
		{Previous: edtf.OfDay(mustDay(t, "2020-12-31")), Coverage: edtf.OfMonth(2020, 12)},
		{Heading: "清\n康熙三十二年（1693）\n六月"}, {Heading: "民国27年（1938）\n10月\n10日", Carried: true}, {Heading: "云河区2021年大事记\n春"}, {ContentYear: 2020, Year: 2021},
		{Previous: edtf.OfDay(mustDay(t, "9999-12-31"))}, {Issued: mustDay(t, "-9999-01-01")},
	}
	rapid.Check(t, func(t *rapid.T) {
		if err := sound(drawBody(t), rapid.SampledFrom(contexts).Draw(t, "context")); err != nil {
			t.Fatal(err)
		}
	})
}

func FuzzFind(f *testing.F) {
	for _, body := range []string{
		"12月17日，区委书记沈知秋主持召开会议。", "12 月 30 日—1 月 2 日，“十三五”期间截至2020年12月底", "12月1日（星期二）是第33个“世界艾滋病日”", "3日、5日、8日\n上旬，", "2020.12.4-2020.12.6", "上世纪80年代末",
	} {
		f.Add("", body)
	}
	for _, heading := range []string{"清\n康熙三十二年（1693）\n六月", "云河区2021年大事记\n12月\n10日", "明\n正德四年（1509）\n是年", "民国27年（1938）\n1.3-1.5"} {
		f.Add(heading, "初三日，大水。五年及十六年春夏旱。同月15日，冬至，闰七月庚子朔")
	}
	at := report(f)
	f.Fuzz(func(t *testing.T, heading, body string) {
		at := at
		at.Heading = heading
		if err := sound(body, at); err != nil {
			t.Fatal(err)
		}
	})
}

func ExampleFind() {
	issued, _ := edtf.NewDay(2021, 1, 20)
	found := dates.Find("12月11日，区图书馆开展赠书活动，活动将持续到12月31日。", dates.Context{Issued: issued})
	event, others := found.Event, found.Others
	fmt.Println(event.EDTF, event.Basis, event.Reason)
	for _, o := range others {
		fmt.Println(o.EDTF, o.Text)
	}
	// Output:
	// 2020-12-11 YEAR_INFERRED 原文未写年份；取不晚于出刊日2021年1月20日的最近一个12月11日
	// 2020-12-31 12月31日
}
