package layout_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fangzhi/loader/layout"
	"fangzhi/loader/source"
)

// news prints the items of a text, a line each: publication, label, heading, title, contributor, body.
func news(t *testing.T, text string) string {
	t.Helper()
	lines, err := source.Read("x.txt", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	issues, err := layout.Read(lines, "")
	if err != nil {
		return "refused"
	}
	checkKept(t, lines, issues)
	var out []string
	for _, is := range issues {
		if is.Dialect != "news" {
			return is.Dialect
		}
		for _, a := range is.Articles {
			out = append(out, strings.Join([]string{is.Publication, is.Label, a.Heading, a.Title, a.Contributor, strings.ReplaceAll(a.Body, "\n", "¶")}, "|"))
		}
	}
	return strings.Join(out, "\n")
}

func TestNews(t *testing.T) {
	const said = "3月4日，区委书记沈知秋主持召开会议。"
	for _, tt := range []struct{ name, text, want string }{
		{"a line each", "区委召开会议\n来源：云河发布\n时间：2021-03-05\n阅读：1024\n" + said, "云河发布|2021年3月5日||区委召开会议||" + said},
		{"clock and size of letters", "区委召开会议\n2021-03-05 10:20:33    来源：新华社    字号：大 中 小 | 打印\n" + said, "新华社|2021年3月5日||区委召开会议||" + said},
		{"no source", "区委召开会议\n发布日期：2021年03月05日  信息来源：  访问量：\n" + said, "区委召开会议|2021年3月5日||区委召开会议||" + said},
		{"a day in brackets", "区委召开会议\n[2021-03-05]\n" + said, "区委召开会议|2021年3月5日||区委召开会议||" + said},
		{"glued", "区委召开会议\n发布时间：2021-03-05来源：云河融媒浏览次数：12次\n" + said, "云河融媒|2021年3月5日||区委召开会议||" + said},
		{"the site above, the title twice", "云河区人民政府网\n政务要闻\n区委召开会议\n区委召开会议\n日期：2021/3/5 来源：本站\n" + said, "云河区人民政府网|2021年3月5日||区委召开会议||" + said},
		{"a day and a site", "区委召开会议\n云河网 2021年3月5日\n" + said, "云河网|2021年3月5日||区委召开会议||" + said},
		{"a day in the title", "2021年3月4日区政府常务会议召开\n发布时间：2021-03-05\n会议听取了汇报。", "2021年3月4日区政府常务会议召开|2021年3月5日||2021年3月4日区政府常务会议召开||会议听取了汇报。"},
		{"lead title and subtitle", "深化改革开新局\n全区改革工作会议召开\n——沈知秋讲话\n来源：云河日报 发布时间：2021-03-05\n" + said, "云河日报|2021年3月5日||深化改革开新局 全区改革工作会议召开——沈知秋讲话||" + said},
		{"labels of a program", "标题：区委召开会议\n来源：云河日报\n发布时间：2021-03-05\n正文：" + said + "\n----------\n标题：区政府开会\n来源：云河日报\n发布时间：2021-03-06\n正文：\n会议结束。", "云河日报|2021年3月5日||区委召开会议||" + said + "\n云河日报|2021年3月6日||区政府开会||会议结束。"},
		{"agency", "区委召开会议\n发布时间：2021-03-05\n新华社云河3月4日电（记者周禾）区委4日召开会议。", "区委召开会议|2021年3月5日||区委召开会议|新华社云河3月4日电（记者周禾）|区委4日召开会议。"},
		{"a reporter reports", "区委召开会议\n发布时间：2021-03-05\n本报记者周禾报道：" + said, "区委召开会议|2021年3月5日||区委召开会议|记者周禾|" + said},
		{"a lead in brackets", "区委召开会议\n发布时间：2021-03-05\n【云河融媒讯】" + said, "区委召开会议|2021年3月5日||区委召开会议|云河融媒讯|" + said},
		{"no lead: 通讯", "区委召开会议\n发布时间：2021-03-05\n通讯录已更新。", "区委召开会议|2021年3月5日||区委召开会议||通讯录已更新。"},
		{"names at the end", "区委召开会议\n发布时间：2021-03-05\n" + said + "（周禾 白鹤年）", "区委召开会议|2021年3月5日||区委召开会议|周禾 白鹤年|" + said},
		{"no names at the end", "区委召开会议\n发布时间：2021-03-05\n会议由沈知秋主持。（略）", "区委召开会议|2021年3月5日||区委召开会议||会议由沈知秋主持。（略）"},
		{"an account of WeChat", "区委召开会议\n云河发布 2021-03-05 18:30\n" + said + "\n来源：云河融媒\n编辑：周禾\n监制：白鹤年\n阅读原文", "云河发布|2021年3月5日||区委召开会议||" + said},
		{"appointments by a document", "云河区人民政府\n关于林远舟等同志任免职的通知\n云政任〔2021〕2号\n\n区直各部门：\n经研究决定：\n任命林远舟为区教育局局长；\n免去周衡的区教育局局长职务。\n\n云河区人民政府\n2021年3月5日", "云河区人民政府|2021年3月5日 云政任〔2021〕2号|2021年3月5日|云河区人民政府 关于林远舟等同志任免职的通知||区直各部门：¶经研究决定：¶任命林远舟为区教育局局长；¶免去周衡的区教育局局长职务。¶云河区人民政府¶2021年3月5日"},
		{"a public notice signed", "云河区干部任前公示\n根据规定，现将拟任干部予以公示。\n林远舟，男，现任区教育局副局长，拟任区教育局局长。\n中共云河区委组织部\n2021年3月5日", "中共云河区委组织部|2021年3月5日|2021年3月5日|云河区干部任前公示||根据规定，现将拟任干部予以公示。¶林远舟，男，现任区教育局副局长，拟任区教育局局长。¶中共云河区委组织部¶2021年3月5日"},
		{"a report to a congress", "政府工作报告\n——2021年2月3日在云河区第十六届人民代表大会第五次会议上\n云河区人民政府区长 李牧原\n\n各位代表：\n现在，我代表区政府报告工作。", "政府工作报告|2021年2月3日|——2021年2月3日在云河区第十六届人民代表大会第五次会议上|政府工作报告||云河区人民政府区长 李牧原¶各位代表：¶现在，我代表区政府报告工作。"},
		{"lists of other texts below", "区委召开会议\n发布时间：2021-03-05\n" + said + "\n相关新闻\n区政府召开会议\n区政协召开会议\n版权所有：云河网", "区委召开会议|2021年3月5日||区委召开会议||" + said},

		{"a list of titles", "区委召开会议\n2021-03-05\n区政府召开会议\n2021-03-04\n区政协召开会议\n2021-03-03\n", "refused"},
		{"no title", "发布时间：2021-03-05\n" + said, "refused"},
		{"prose", "这是一段没有标题也没有日期的文字。\n后面还有一段。", "refused"},
		{"a report of work", "云河区2021年工作总结\n一、工作成效\n2021年，全区完成投资30亿元。\n二、下步打算\n要抓好落实。", "refused"},
		{"a letter", "亲爱的朋友\n你好，我在云河住了三年。\n此致敬礼。", "refused"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, news(t, tt.text)); diff != "" {
				t.Errorf("items of %q mismatch (-want +got):\n%s", tt.text, diff)
			}
		})
	}
}

// TestNewsIsNoChronicle reads chronicles of other dialects, wrapped in a page with a day of publication: whatever reads
// them, it is not this dialect.
func TestNewsIsNoChronicle(t *testing.T) {
	const info = "\n发布时间：2022-01-05 来源：云河区地方史志办公室\n"
	var months, years, entries strings.Builder
	for i := 1; i <= 6; i++ {
		fmt.Fprintf(&months, "%d月\n%d日 区委召开第%d次会议。\n%d日 区政府召开会议。\n", i, i, i, i+9)
		fmt.Fprintf(&years, "195%d年\n%d月，县里修水库%d座。\n", i, i, i)
		fmt.Fprintf(&entries, "【事业%d】 %d月，建成%d处。（周禾）\n", i, i, i)
	}
	for _, tt := range []struct{ name, text string }{
		{"a yearly chronicle", "云河区2021年大事记" + info + months.String()},
		{"one without the word", "回望云河这一年" + info + months.String()},
		{"a gazetteer", "云河县志·大事记" + info + years.String()},
		{"a yearbook", "云河年鉴（2021）" + info + entries.String()},
		{"entries of a yearbook", "教育事业" + info + entries.String()},
		{"a monthly report", "云河区大事月报\n2022年3月" + info + "区委召开会议\n\n2月9日，区委召开会议。\n"},
		{"dated paragraphs", "执政纪事" + info + "1月6日，区委开会。\n2月3日，区政府开会。\n3月5日，区人大开会。\n4月1日，区政协开会。\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			lines, err := source.Read("x.txt", []byte(tt.text))
			if err != nil {
				t.Fatal(err)
			}
			issues, err := layout.Read(lines, "")
			if err == nil && (issues[0].Dialect == "news" || issues[0].Dialect == "table") {
				t.Errorf("read as %s", issues[0].Dialect)
			}
		})
	}
}
