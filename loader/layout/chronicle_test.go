package layout_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fangzhi/loader/layout"
	"fangzhi/loader/source"
)

type entry struct{ Title, Heading, Body string }

// entries shows the articles of an issue, the carried line of a heading behind a plus.
func entries(is *layout.Issue) []entry {
	var out []entry
	for _, a := range is.Articles {
		h := strings.ReplaceAll(a.Heading, "\n", "/")
		if a.Carried {
			i := strings.LastIndex(h, "/")
			h = h[:i+1] + "+" + h[i+1:]
		}
		out = append(out, entry{a.Title, h, a.Body})
	}
	return out
}

// TestEntries reads what can be mistaken for something else: each text has one trap.
func TestEntries(t *testing.T) {
	const head = "云河区2021年大事记\n1月\n4日 区委召开全会。\n"
	first := entry{"", "云河区2021年大事记/1月", "4日 区委召开全会。"}
	for _, tt := range []struct {
		name, text string
		want       []entry
	}{
		{"S8 a marker below a day", "云河区2021年大事记\n1月\n10日 甲来访。\n※ 县长主持会议。\n",
			[]entry{{"", "云河区2021年大事记/1月", "10日 甲来访。"}, {"", "云河区2021年大事记/1月/+10日", "县长主持会议。"}}},
		{"S9 a marker below a month", "云河区2021年大事记\n1月\n△ 全区招聘教师。\n10日 甲来访。\n",
			[]entry{{"", "云河区2021年大事记/1月", "全区招聘教师。"}, {"", "云河区2021年大事记/1月", "10日 甲来访。"}}},
		{"S11 a running head in a sentence", head + "5日 区长李牧原到沙岗镇调\n\n大 事 记 · 15 ·\n\n研，察看三个村。\n",
			[]entry{first, {"", "云河区2021年大事记/1月", "5日 区长李牧原到沙岗镇调研，察看三个村。"}}},
		{"S12 a title twice", "云河区2021年大事记\n1月\n14日【区人大会议召开】区人大会议召开。听取报告。\n15日【植树】全区植树。\n",
			[]entry{{"区人大会议召开", "云河区2021年大事记/1月", "14日听取报告。"}, {"植树", "云河区2021年大事记/1月", "15日全区植树。"}}},
		{"nothing but the title behind the title", "云河区2021年大事记\n1月\n14日【区人大会议召开】区人大会议召开。\n15日 开会。\n",
			[]entry{{"区人大会议召开", "云河区2021年大事记/1月", "14日区人大会议召开。"}, {"", "云河区2021年大事记/1月", "15日 开会。"}}},
		{"a list belongs to the entry", head + "会议提出：\n一是抓学习；\n二是抓落实。\n（一）学文件。\n5日 开会。\n",
			[]entry{{"", first.Heading, first.Body + "\n会议提出：\n一是抓学习；\n二是抓落实。\n（一）学文件。"}, {"", first.Heading, "5日 开会。"}}},
		{"the past of an entry is no entry", head + "2019年5月6日，该项目立项。\n5日 开会。\n",
			[]entry{{"", first.Heading, first.Body + "\n2019年5月6日，该项目立项。"}, {"", first.Heading, "5日 开会。"}}},
		{"a date inside a wrapped sentence", "云河区2021年大事记\n1月\n　　4日  区委召开常委会扩大会议，研究部署全年经济工作，会议决定自\n1月6日起开展全区安全生产大检查，各街道各部门主要负责同志参加会\n议。\n　　5日  区政府召开全体会议，区长李牧原讲话，会议要求各部门于当年\n12月底前完成任务，区政府副区长顾怀瑾、苗向南、欧阳澍参加会议并\n发言。\n　　6日  开会。\n",
			[]entry{{"", "云河区2021年大事记/1月", "4日 区委召开常委会扩大会议，研究部署全年经济工作，会议决定自1月6日起开展全区安全生产大检查，各街道各部门主要负责同志参加会议。"},
				{"", "云河区2021年大事记/1月", "5日 区政府召开全体会议，区长李牧原讲话，会议要求各部门于当年12月底前完成任务，区政府副区长顾怀瑾、苗向南、欧阳澍参加会议并发言。"}, {"", "云河区2021年大事记/1月", "6日 开会。"}}},
		{"a month that no line has is an earlier entry's", "云河区2021年大事记\n1月4日，开会。\n5日，植树。\n是月，招聘。\n2月1日，慰问。\n同日，义诊。\n",
			[]entry{{"", "云河区2021年大事记", "1月4日，开会。"}, {"", "云河区2021年大事记/+1月", "5日，植树。"}, {"", "云河区2021年大事记/+1月", "是月，招聘。"}, {"", "云河区2021年大事记", "2月1日，慰问。"}, {"", "云河区2021年大事记/+2月1日", "同日，义诊。"}}},
		{"a year that no line has is an earlier entry's", "云河县大事记\n1958年5月，建场。\n9月，改名。\n是年，丰收。\n1959年1月4日，开会。\n5日，植树。\n",
			[]entry{{"", "", "1958年5月，建场。"}, {"", "+1958年", "9月，改名。"}, {"", "+1958年", "是年，丰收。"}, {"", "", "1959年1月4日，开会。"}, {"", "+1959年1月", "5日，植树。"}}},
		{"the day after has no day to hang on", "云河区2021年大事记\n1月\n10日 来访。\n次日 返程。\n△ 办展。\n11日 开会。\n※ 座谈。\n",
			[]entry{{"", "云河区2021年大事记/1月", "10日 来访。"}, {"", "云河区2021年大事记/1月/+10日", "次日 返程。"}, {"", "云河区2021年大事记/1月", "办展。"}, {"", "云河区2021年大事记/1月", "11日 开会。"}, {"", "云河区2021年大事记/1月/+11日", "座谈。"}}},
		{"a season is of no month", "云河县1962年大事记\n3月\n12日 开会。\n夏，大旱。\n△ 求雨。\n是年，歉收。\n",
			[]entry{{"", "云河县1962年大事记/3月", "12日 开会。"}, {"", "云河县1962年大事记", "夏，大旱。"}, {"", "云河县1962年大事记/+夏", "求雨。"}, {"", "云河县1962年大事记", "是年，歉收。"}}},
		{"another part of the book", head + "附录\n区长 李牧原（2月任）\n3月5日补录名单。\n2月\n6日 开会。\n",
			[]entry{first, {"", "云河区2021年大事记/2月", "6日 开会。"}}},
		{"a month below its page", head + "\n— 3 —\n\n云河年鉴（2022）\n\n5日 植树。\n",
			[]entry{first, {"", "云河区2021年大事记/1月", "5日 植树。"}}},
		{"a title of a month in a year", "云河区2021年大事记\n1月大事记\n4日 开会。\n2021年2月大事记\n5日 植树。\n6日 来访。\n",
			[]entry{{"", "云河区2021年大事记/1月大事记", "4日 开会。"}, {"", "云河区2021年大事记/2021年2月大事记", "5日 植树。"}, {"", "云河区2021年大事记/2021年2月大事记", "6日 来访。"}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			issues := mustRead(t, tt.text)
			if diff := cmp.Diff(tt.want, entries(&issues[0])); diff != "" || len(issues) != 1 {
				t.Errorf("%d issues, entries mismatch (-want +got):\n%s", len(issues), diff)
			}
		})
	}
}

func TestChronicleTitle(t *testing.T) {
	type masthead struct {
		Publication, Label, Publisher, Published  string
		Number, Year, Month, MonthTo, ContentYear int
	}
	const below = "\n1月\n4日 开会。\n5日 植树。\n2月\n6日 来访。\n"
	for _, tt := range []struct {
		name, text string
		want       masthead
	}{
		{"a year in the title", "云河区2021年大事记" + below, masthead{"云河区大事记", "2021年", "", "", 0, 2021, 0, 0, 0}},
		{"a year before the title", "2021年云河区大事记" + below, masthead{"云河区大事记", "2021年", "", "", 0, 2021, 0, 0, 0}},
		{"a year behind the title", "云河区大事记（2021年）" + below, masthead{"云河区大事记", "2021年", "", "", 0, 2021, 0, 0, 0}},
		{"a year below the title", "云河区大事记\n2021年" + below, masthead{"云河区大事记", "2021年", "", "", 0, 2021, 0, 0, 0}},
		{"a year in Chinese", "云河区二〇二一年大事记" + below, masthead{"云河区大事记", "2021年", "", "", 0, 2021, 0, 0, 0}},
		{"letters set apart", "云 河 区 大 事 记\n（2021 年）" + below, masthead{"云河区大事记", "2021年", "", "", 0, 2021, 0, 0, 0}},
		{"a division above the word", "云河区\n大事记\n2021年" + below, masthead{"云河区大事记", "2021年", "", "", 0, 2021, 0, 0, 0}},
		{"years", "云河县大事记（1949—2000年）\n1949年" + below, masthead{"云河县大事记", "1949—2000年", "", "", 0, 0, 0, 0, 0}},
		{"a month", "云河区2021年7月大事记\n4日 开会。\n5日 植树。\n6日 来访。\n7日 慰问。\n", masthead{"云河区大事记", "2021年7月", "", "", 0, 2021, 7, 0, 0}},
		{"a month below the title", "云河区大事记\n2021年7月\n（总第12期）\n云河区地方史志办公室\n2021年8月3日\n4日 开会。\n5日 植树。\n6日 来访。\n", masthead{"云河区大事记", "2021年7月（总第12期）", "云河区地方史志办公室", "2021-08-03", 12, 2021, 7, 0, 0}},
		{"half a year", "云河区2020年执政纪事(7-12月)\n7月4日，开会。\n8月5日，植树。\n", masthead{"云河区执政纪事", "2020年7—12月", "", "", 0, 2020, 7, 12, 0}},
		{"S D22 a page that came out later", "云河区2021年大事记\n发布时间：2022-12-08 来源：云河区史志办公室 浏览次数：12" + below, masthead{"云河区大事记", "2021年", "云河区史志办公室", "2022-12-08", 0, 2021, 0, 0, 0}},
		{"a yearbook", "云河年鉴（2021）\n大事记" + below, masthead{"云河年鉴", "2021年", "", "", 0, 2021, 0, 0, 2020}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			issues := mustRead(t, tt.text)
			is := issues[0]
			got := masthead{is.Publication, is.Label, is.Publisher, "", is.Number, is.Year, is.Month, is.MonthTo, is.ContentYear}
			if is.Published != 0 {
				got.Published = is.Published.String()
			}
			if diff := cmp.Diff(tt.want, got); diff != "" || len(issues) != 1 || is.Dialect != "chronicle" {
				t.Errorf("%d issues, %s, masthead of %q mismatch (-want +got):\n%s", len(issues), is.Dialect, tt.text, diff)
			}
		})
	}
}

// TestChronicleFit: what only looks like a chronicle is none, and what has more of another dialect is that.
func TestChronicleFit(t *testing.T) {
	for _, tt := range []struct{ name, text, dialect string }{
		{"news", "云河区召开经济工作会议\n2021年1月6日，云河区召开经济工作会议。区委书记沈知秋讲话。\n会议指出，要抓好落实。\n", "news"},
		{"a letter", "沈知秋同志：\n1月6日来信收到。\n此致敬礼。\n1月8日\n", ""},
		{"a report of work", "云河区2021年工作总结\n一、工作成效\n2021年，全区完成投资30亿元。\n1月至6月，新增就业1860人。\n二、下步打算\n要抓好落实，做好各项工作。\n三、有关建议\n建议增加投入。\n", ""},
		{"a monthly report", "云河区大事月报\n2022年3月\n\n时政要点\n区里开会.....1\n区里植树.....2\n\n时政要点\n\n区里开会\n\n2月9日，开会。\n\n区里植树\n\n2月10日，植树。\n", "monthly"},
		{"a monthly report without contents", "云河区大事月报\n2022年3月\n\n区里召开政法会议\n\n2月9日，开会。\n\n区里开展植树活动\n\n2月10日，植树。\n", "monthly"},
		{"a monthly report without titles", "云河区大事月报\n2022年3月\n\n2月9日，开会。\n\n2月10日，植树。\n", "chronicle"},
		{"entries of a yearbook", "云河年鉴（2021）\n社会事业\n【社区换届】 5月29日，全区社区换届。\n【社区服务】 全年服务群众三万人。\n【养老】 年内新建养老院三所。\n", "yearbook"},
		{"no title at all", "1月\n4日 开会。\n5日 植树。\n2月\n6日 来访。\n7日 慰问。\n", "chronicle"},
		{"a chronicle with contents of months", "云河区2021年大事记\n目录\n一月......1\n二月......3\n\n一月\n4日 开会。\n5日 植树。\n\n二月\n6日 来访。\n7日 慰问。\n", "chronicle"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			lines, err := source.Read("x.txt", []byte(tt.text))
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			if issues, err := layout.Read(lines, ""); err == nil {
				got = issues[0].Dialect
			}
			if got != tt.dialect {
				t.Errorf("dialect %q, want %q", got, tt.dialect)
			}
		})
	}
}

func TestTextOfChronicle(t *testing.T) {
	a, b := "云河区2020年大事记\n1月\n4日 开会。\n5日 植树。\n2月\n6日 来访。\n\n", "云河区2021年大事记\n1月\n4日 开会。\n"
	issues := mustRead(t, a+b+a)
	var got []string
	for _, is := range issues {
		got = append(got, is.Text)
	}
	if diff := cmp.Diff([]string{strings.TrimSuffix(a, "\n"), b}, got); diff != "" {
		t.Errorf("texts mismatch (-want +got):\n%s", diff)
	}
	if w := issues[0].Warnings; len(w) != 1 || w[0].Code != layout.WarnTwice || w[0].Line != 11 {
		t.Errorf("warnings %+v", w)
	}
}

// TestIssuesOfOneMonth: two issues may have the same title, year and month.
func TestIssuesOfOneMonth(t *testing.T) {
	const toc = "\n\n时政要点\n区里开会.....1\n\n时政要点\n\n区里开会\n\n2月9日，开会。\n\n主办：云河区人民政府\n编辑出版：云河区史志办公室\n\n"
	other := strings.ReplaceAll(toc, "开会", "植树")
	for _, tt := range []struct {
		name, text string
		labels     []string
		warning    string
	}{
		{"numbers", "云河区大事月报\n2022年3月（总第114期）" + toc + "云河区大事月报\n2022年3月（总第115期）" + other, []string{"2022年3月（总第114期）", "2022年3月（总第115期）"}, ""},
		{"no numbers", "云河区大事月报\n2022年3月" + toc + "云河区大事月报\n2022年3月" + other, []string{"2022年3月", "2022年3月"}, ""},
		{"an extra issue", "云河区大事月报\n2022年3月" + toc + "云河区大事月报\n2022年3月（增刊）" + other, []string{"2022年3月", "2022年3月（增刊）"}, ""},
		{"an extra issue of the year", "云河区大事月报\n2022年增刊" + toc, []string{"2022年增刊"}, ""},
		{"the same issue twice", "云河区大事月报\n2022年3月" + toc + "云河区大事月报\n2022年3月" + toc, []string{"2022年3月"}, layout.WarnTwice},
		{"a running head", "云河区大事月报\n2022年3月\n\n时政要点\n区里开会.....1\n\n时政要点\n\n区里开会\n\n2月9日，开会，\n\n云河区大事月报\n2022年3月\n\n讨论工作。\n", []string{"2022年3月"}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var labels []string
			warning := ""
			for _, is := range mustRead(t, tt.text) {
				labels = append(labels, is.Label)
				if len(is.Articles) != 1 || is.Dialect != "monthly" {
					t.Errorf("%s: articles %+v", is.Dialect, is.Articles)
				}
				for _, w := range is.Warnings {
					warning = w.Code
				}
			}
			if diff := cmp.Diff(tt.labels, labels); diff != "" || warning != tt.warning {
				t.Errorf("warning %q, want %q; labels mismatch (-want +got):\n%s", warning, tt.warning, diff)
			}
		})
	}
}
