package layout_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fangzhi/graph"
	"fangzhi/internal/golden"
	"fangzhi/loader/layout"
	"fangzhi/loader/source"
)

// mustRead reads a text as UTF-8 lines.
func mustRead(t testing.TB, text string) []layout.Issue {
	t.Helper()
	lines, err := source.Read("x.txt", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	issues, err := layout.Read(lines, "")
	if err != nil {
		t.Fatal(err)
	}
	return issues
}

// TestDialects reads every text of testdata/DIALECT as what it is, and compares the issues with the file beside it. Those of
// tables and news are compared by TestTablesAndNews, with the text that they keep.
func TestDialects(t *testing.T) {
	for _, dialect := range []string{"monthly", "chronicle", "annals", "yearbook"} {
		files, err := filepath.Glob("testdata/" + dialect + "/*.txt")
		if err != nil || len(files) == 0 {
			t.Fatalf("no texts of %s: %v", dialect, err)
		}
		for _, file := range files {
			t.Run(dialect+"/"+strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
				_, issues := mustReadFile(t, file)
				for i := range issues {
					if issues[i].Dialect != dialect {
						t.Errorf("read as %s: %s", issues[i].Dialect, issues[i].Why)
					}
					issues[i].Text = "" // TestTextOfIssue
				}
				compareIssues(t, file, issues)
			})
		}
	}
}

// compareIssues compares issues with the file beside the document that they are read from.
func compareIssues(t *testing.T, file string, issues []layout.Issue) {
	t.Helper()
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(issues); err != nil {
		t.Fatal(err)
	}
	golden.Compare(t, strings.TrimSuffix(file, filepath.Ext(file))+".json", b.Bytes())
}

func TestTextOfIssue(t *testing.T) {
	issues := mustRead(t, "内部资料\n云河区大事月报\n2022年3月（总第114期）\n\n区里植树\n\n2月4日，全区植树。\n\n云河区大事月报\n2022年4月（总第115期）\n\n区里开会\n\n3月4日，开会。\n")
	want := []string{
		"内部资料\n云河区大事月报\n2022年3月（总第114期）\n\n区里植树\n\n2月4日，全区植树。\n",
		"云河区大事月报\n2022年4月（总第115期）\n\n区里开会\n\n3月4日，开会。\n",
	}
	var got []string
	for _, is := range issues {
		got = append(got, is.Text)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("texts mismatch (-want +got):\n%s", diff)
	}
	if issues[0].TextLine != 1 || issues[1].TextLine != 9 {
		t.Errorf("the texts begin on lines %d and %d, want 1 and 9", issues[0].TextLine, issues[1].TextLine)
	}
}

// article is an article that the masthead tests put below, so that the text is a report.
const article = "\n\n时政要点\n区委政法工作会议召开......1\n\n时政要点\n\n区委政法工作会议召开\n\n2月9日，区委政法工作会议召开。\n"

func TestMasthead(t *testing.T) {
	type masthead struct {
		Publication, Label, Office, Published string
		Number, NumberTo, Year, Month, To     int
	}
	for _, tt := range []struct {
		name, text string
		want       masthead
	}{
		{"a line each", "云河区大事月报\n\n2022年3月\n(总第114期)\n\n澜州市云河区地方史志办公室\n\n2022年3月18日",
			masthead{"云河区大事月报", "2022年3月（总第114期）", "澜州市云河区地方史志办公室", "2022-03-18", 114, 0, 2022, 3, 0}},
		{"all on one line", "云河区大事月报2022年3月（总第114期）",
			masthead{"云河区大事月报", "2022年3月（总第114期）", "", "", 114, 0, 2022, 3, 0}},
		{"letters set apart", "云 河 区 大 事 月 报\n2022 年 3 月（总第 114 期）",
			masthead{"云河区大事月报", "2022年3月（总第114期）", "", "", 114, 0, 2022, 3, 0}},
		{"Chinese numerals", "云河区大事月报\n二〇二二年三月\n（总第一百一十四期）\n二〇二二年三月十八日",
			masthead{"云河区大事月报", "二〇二二年三月（总第一百一十四期）", "", "2022-03-18", 114, 0, 2022, 3, 0}},
		{"zeros of all kinds", "云河区大事月报\n二O二0年十二月\n二○二一年一月二十日",
			masthead{"云河区大事月报", "二O二0年十二月", "", "2021-01-20", 0, 0, 2020, 12, 0}},
		{"full width digits", "云河区大事月报\n２０２２年３月\n（总第１１４期）",
			masthead{"云河区大事月报", "2022年3月（总第114期）", "", "", 114, 0, 2022, 3, 0}},
		{"a double issue", "云河区大事月报\n2022年1—2月合刊\n（总第112—113期）",
			masthead{"云河区大事月报", "2022年1—2月合刊（总第112—113期）", "", "", 112, 113, 2022, 1, 2}},
		{"number of the year and of all", "云河大事\n2022年第3期（总第114期）\n云河区地方史志办公室编印  2022.3.18",
			masthead{"云河大事", "2022年第3期（总第114期）", "云河区地方史志办公室", "2022-03-18", 114, 0, 2022, 0, 0}},
		{"number of the year only", "云河区情\n2022年第3期",
			masthead{"云河区情", "2022年第3期", "", "", 3, 0, 2022, 0, 0}},
		{"title on two lines", "云河区\n大事月报\n2022年3月",
			masthead{"云河区大事月报", "2022年3月", "", "", 0, 0, 2022, 3, 0}},
		{"number above the title", "总第114期\n云河区大事月报\n2022年3月",
			masthead{"云河区大事月报", "总第114期2022年3月", "", "", 114, 0, 2022, 3, 0}},
		{"two offices and a label", "云河区大事月报\n2022年3月\n中共云河区委党史研究室\n云河区地方史志办公室\n出版日期：2022年3月18日",
			masthead{"云河区大事月报", "2022年3月", "中共云河区委党史研究室、云河区地方史志办公室", "2022-03-18", 0, 0, 2022, 3, 0}},
		{"a motto in between", "云河区大事月报\n2022年3月\n存史 资政 育人\n2022年3月18日",
			masthead{"云河区大事月报", "2022年3月", "", "2022-03-18", 0, 0, 2022, 3, 0}},
		{"a title of its own", "云河纪略\n2022年3月（总第114期）",
			masthead{"云河纪略", "2022年3月（总第114期）", "", "", 114, 0, 2022, 3, 0}},
		{"no year", "云河区大事月报\n（总第114期）",
			masthead{"云河区大事月报", "（总第114期）", "", "", 114, 0, 0, 0, 0}},
		{"nothing but the title", "云河区大事月报",
			masthead{"云河区大事月报", "", "", "", 0, 0, 0, 0, 0}},
		{"no such month", "云河区大事月报\n2022年13月",
			masthead{"云河区大事月报", "", "", "", 0, 0, 0, 0, 0}},
		{"no such day", "云河区大事月报\n2022年3月\n2022年2月30日",
			masthead{"云河区大事月报", "2022年3月", "", "", 0, 0, 2022, 3, 0}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			is := mustRead(t, tt.text+article)[0]
			got := masthead{is.Publication, is.Label, is.Office, "", is.Number, is.NumberTo, is.Year, is.Month, is.MonthTo}
			if is.Published != 0 {
				got.Published = is.Published.String()
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("masthead of %q mismatch (-want +got):\n%s", tt.text, diff)
			}
			if len(is.Articles) != 1 || is.Articles[0].Title != "区委政法工作会议召开" || is.Articles[0].Page != 1 {
				t.Errorf("articles below %q: %+v", tt.text, is.Articles)
			}
		})
	}
}

// TestContentsRow reads one title in the many ways that contents set it.
func TestContentsRow(t *testing.T) {
	const title = "区委政法工作会议召开 共商平安建设大计"
	for _, tt := range []struct {
		name, rows string
		page       int
		tocTitle   string
	}{
		{"dots", title + ".......5", 5, ""},
		{"a single dot", title + ".5", 5, ""},
		{"a single middle dot", title + "·12", 12, ""},
		{"dots with spaces", title + " . . . . . 5", 5, ""},
		{"ellipses", title + "……………（5）", 5, ""},
		{"one ellipsis", title + "…15", 15, ""},
		{"middle dots", title + "····· 5", 5, ""},
		{"dashes", title + "————105", 105, ""},
		{"slash", title + " / 5", 5, ""},
		{"spaces", title + "      5", 5, ""},
		{"tabulator", title + "\t5", 5, ""},
		{"wide spaces", title + "　　　5", 5, ""},
		{"one space", title + " 5", 5, ""},
		{"第N页", title + "......第5页", 5, ""},
		{"full width", title + "．．．．．５", 5, ""},
		{"number on the next line", title + "\n5", 5, ""},
		{"no number", title + "......", 0, ""},
		{"nothing", title, 0, ""},
		{"two lines", "区委政法工作会议召开 共商平安\n建设大计.....5", 5, ""},
		{"three lines and a gap", "区委政法工作会议\n召开 共商平安\n\n建设大计.....5", 5, ""},
		{"break at a clause", "区委政法工作会议召开\n共商平安建设大计.....5", 5, ""},
		{"a table", "| | |\n|---|---|\n| " + title + "..... | 5 |", 5, ""},
		{"a table with the number inside", "|---|\n| " + title + ".....5 |", 5, ""},
		{"a table, two rows", "| 区委政法工作会议召开 共商 | |\n|---|---|\n| 平安建设大计 | 5 |", 5, ""},
		{"from a line into a table", "区委政法工作会议召开 共商平安\n\n| | |\n|---|---|\n| 建设大计..... | 5 |", 5, ""},
		{"a break inside a cell", "| 区委政法工作会议召开<br>共商平安建设大计 | 5 |\n|---|---|", 5, ""},
		{"cut off", "区委政法工作会议召开 共商平安建设大.....5", 5, "区委政法工作会议召开 共商平安建设大"},
		{"shortened", "区委政法工作会议召开 共商…….....5", 5, "区委政法工作会议召开 共商"},
		{"a wrong letter", "区委政法工作会议召开 共商平安建设大记.....5", 5, "区委政法工作会议召开 共商平安建设大记"},
		{"other quotes and letters", "區委政法工作會議召開 共商平安建設大計.....5", 5, "區委政法工作會議召開 共商平安建設大計"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text := "云河区大事月报\n2022年3月\n\n目录\n\n时政要点\n\n" + tt.rows + "\n区里植树.....99\n\n时政要点\n\n" + title +
				"\n\n2月9日，区委政法工作会议召开。\n\n区里植树\n\n2月10日，全区植树。\n"
			is := mustRead(t, text)[0]
			if len(is.Articles) != 2 || is.Warnings != nil {
				t.Fatalf("contents %q: articles %+v, warnings %+v; want 2 and none", tt.rows, is.Articles, is.Warnings)
			}
			a := is.Articles[0]
			if a.Title != title || a.Page != tt.page || a.TOCTitle != tt.tocTitle || a.Section != "时政要点" {
				t.Errorf("contents %q give title %q, page %d, contents' title %q, section %q; want %q, %d, %q, 时政要点",
					tt.rows, a.Title, a.Page, a.TOCTitle, a.Section, title, tt.page, tt.tocTitle)
			}
			if is.Articles[1].Page != 99 {
				t.Errorf("contents %q: the next title is on page %d, want 99", tt.rows, is.Articles[1].Page)
			}
		})
	}
}

// TestJoin joins two pieces of a paragraph that a page cut, and leaves paragraphs apart that are finished.
func TestJoin(t *testing.T) {
	for _, tt := range []struct{ name, above, below, want string }{
		{"in a word", "党员干部要先学一", "步、深学一层，把工作做好。", "党员干部要先学一步、深学一层，把工作做好。"},
		{"in a list of names", "会议由处长王建国、严松龄、", "冉一苇主持，各局参加。", "会议由处长王建国、严松龄、冉一苇主持，各局参加。"},
		{"after a comma", "会议研究了三项工作，", "通过了两个文件。", "会议研究了三项工作，通过了两个文件。"},
		{"before a book title", "与会人员座谈了园区提升，并就", "《三年计划》交换意见。", "与会人员座谈了园区提升，并就《三年计划》交换意见。"},
		{"in a book title", "会议学习了《关于做好两节期间。", "安全工作的通知》。", "会议学习了《关于做好两节期间。安全工作的通知》。"},
		{"in a parenthesis", "全区植树800株（含柳湖街道。", "青石桥街道）。", "全区植树800株（含柳湖街道。青石桥街道）。"},
		{"after a quote", "调研组充分肯定街道“挂图作战”", "行动各项工作。", "调研组充分肯定街道“挂图作战”行动各项工作。"},
		{"in a number", "本次活动共发放宣传材料12", "34份，接受咨询56人次。", "本次活动共发放宣传材料1234份，接受咨询56人次。"},
		{"a finished sentence", "会议通过了两个文件。", "会议还表彰了先进。", "会议通过了两个文件。\n会议还表彰了先进。"},
		{"a finished quote", "他说：“大家要多种树。”", "会议还表彰了先进。", "他说：“大家要多种树。”\n会议还表彰了先进。"},
		{"a note after the stop", "会议通过了两个文件。（区应急局）", "会议还表彰了先进。", "会议通过了两个文件。（区应急局）\n会议还表彰了先进。"},
		{"a heading with a number", "（一）抓好学习（二十次）", "会议还表彰了先进单位和个人。", "（一）抓好学习（二十次）\n会议还表彰了先进单位和个人。"},
		{"a heading inside", "一、工作成效", "今年共植树800余株，成活率九成。", "一、工作成效\n今年共植树800余株，成活率九成。"},
		{"a short heading inside", "提高思想认识", "今年共植树800余株，成活率九成。", "提高思想认识\n今年共植树800余株，成活率九成。"},
		{"an item of a list", "一是抓学习；", "二是抓落实。", "一是抓学习；\n二是抓落实。"},
		{"a colon before a list", "会议提出三点要求：", "一是抓学习。", "会议提出三点要求：\n一是抓学习。"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text := "云河区大事月报\n2022年3月\n\n时政要点\n区里开会.....1\n区里植树.....2\n\n时政要点\n\n区里开会\n\n2月9日，开会。\n\n" +
				tt.above + "\n\n" + tt.below + "\n\n区里植树\n\n2月10日，植树。\n"
			is := mustRead(t, text)[0]
			if len(is.Articles) != 2 {
				t.Fatalf("%d articles: %+v", len(is.Articles), is.Articles)
			}
			if got, want := is.Articles[0].Body, "2月9日，开会。\n"+tt.want; got != want {
				t.Errorf("%q and %q make %q, want %q", tt.above, tt.below, got, want)
			}
		})
	}
}

// TestPrintedSpaces keeps the spaces of the print between characters and numbers, and one of several.
func TestPrintedSpaces(t *testing.T) {
	text := "云河区大事月报\n2022年3月\n\n区里举办 2022 年培训班.....1\n区里植树.....2\n\n区里举办 2022 年培训班\n\n　　2 月 9 日，局长王　　珂出席，40 余人参加。\n\n区里植树\n\n2月10日，植树。\n"
	a := mustRead(t, text)[0].Articles[0]
	if a.Title != "区里举办 2022 年培训班" || a.Body != "2 月 9 日，局长王 珂出席，40 余人参加。" {
		t.Errorf("title %q, body %q", a.Title, a.Body)
	}
}

// TestSpacesOfJustifiedLines: spaces that only fill a line are none of the text's; a title's are, unless all its letters
// are set apart.
func TestSpacesOfJustifiedLines(t *testing.T) {
	for _, tt := range []struct{ name, title, body, wantTitle, want string }{
		{"a line set apart", "区里开会研究工作", "2月9日，区 里召开 会议， 研究 部署全 年工 作，区委 书记沈知 秋出席 会议并 讲话，共 20 人参加。",
			"区里开会研究工作", "2月9日，区里召开会议，研究部署全年工作，区委书记沈知秋出席会议并讲话，共 20 人参加。"},
		{"names in a list", "区里表彰先进个人", "2月9日，区里表彰先进个人：沈知秋 李牧原 顾怀瑾 苗向南 欧阳澍 白鹤年 谢云亭 陶令仪。",
			"区里表彰先进个人", "2月9日，区里表彰先进个人：沈知秋 李牧原 顾怀瑾 苗向南 欧阳澍 白鹤年 谢云亭 陶令仪。"},
		{"a padded name", "区里开会研究工作", "2月9日，区里开会，局长王 珂、副局长李 明出席会议并就下一步工作讲话。",
			"区里开会研究工作", "2月9日，区里开会，局长王 珂、副局长李 明出席会议并就下一步工作讲话。"},
		{"letters of a title", "区 里 开 会 研 究 工 作", "2月9日，区里开会。", "区里开会研究工作", "2月9日，区里开会。"},
		{"clauses of a title", "凝心聚力 真抓实干 再谱新篇", "2月9日，区里开会。", "凝心聚力 真抓实干 再谱新篇", "2月9日，区里开会。"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := mustRead(t, "云河区大事月报\n2022年3月\n\n"+tt.title+".....1\n区里植树.....2\n\n"+tt.title+"\n\n"+tt.body+"\n\n区里植树\n\n2月10日，植树。\n")[0].Articles[0]
			if a.Title != tt.wantTitle || a.Body != tt.want {
				t.Errorf("title %q, body %q; want %q, %q", a.Title, a.Body, tt.wantTitle, tt.want)
			}
		})
	}
}

// TestPlaces reads what can be mistaken for something else: each text has one trap.
func TestPlaces(t *testing.T) {
	type entry struct{ Section, Title, Body string }
	const head = "云河区大事月报\n2022年3月\n\n"
	two := []entry{{"时政要点", "区委政法工作会议召开", "2月9日，开会。"}, {"时政要点", "区里开展植树活动", "2月10日，植树。"}}
	for _, tt := range []struct {
		name, text string
		want       []entry
		warnings   []string // codes
	}{
		{"page furniture between two short halves",
			"时政要点\n区委政法工作会议召开.....1\n区里开展植树活动.....2\n\n时政要点\n\n区委政法工作会议召开\n\n2月9日，开会。\n\n区里开展植树活动\n\n2月10日，植树。\n\n随后检查组走访商户\n\n— 3 —\n\n二十余家并发放宣传单若干份，群众欢迎。\n",
			[]entry{two[0], {"时政要点", "区里开展植树活动", "2月10日，植树。\n随后检查组走访商户二十余家并发放宣传单若干份，群众欢迎。"}}, nil},
		{"full lines without indents",
			"时政要点\n区委政法工作会议召开.....1\n\n时政要点\n区委政法工作会议召开\n2月9日，区委政法工作会议召开，区委书记沈知秋出席会\n议并讲话，区长李牧原主持会议，区领导顾怀瑾、苗向南\n参加会议，各街道主要负责人在分会场参加会议，会上表\n彰了先进单位和个人，宣读了表彰决定。\n会议指出，要坚持党的绝对领导，把平安建设抓在手上，\n落实到行动上，体现在成效上，确保全年各项任务都完成。\n会议要求，各单位要迅速把会议精神传达到每一名干部。\n",
			[]entry{{"时政要点", "区委政法工作会议召开", "2月9日，区委政法工作会议召开，区委书记沈知秋出席会议并讲话，区长李牧原主持会议，区领导顾怀瑾、苗向南参加会议，各街道主要负责人在分会场参加会议，会上表彰了先进单位和个人，宣读了表彰决定。\n会议指出，要坚持党的绝对领导，把平安建设抓在手上，落实到行动上，体现在成效上，确保全年各项任务都完成。会议要求，各单位要迅速把会议精神传达到每一名干部。"}}, nil},
		{"the title once more inside its article",
			"时政要点\n区委政法工作会议召开.....1\n\n时政要点\n\n区委政法工作会议召开\n\n2月8日，区里发出通知，要求各单位做好准备。\n\n区委政法工作会议召开\n\n2月9日，开会，各单位参加。\n",
			[]entry{{"时政要点", "区委政法工作会议召开", "2月8日，区里发出通知，要求各单位做好准备。\n区委政法工作会议召开\n2月9日，开会，各单位参加。"}}, nil},
		{"a title that ends like a row of contents",
			"时政要点\n区委政法工作会议召开.....10\n区里举办展览纪念一二·9.....11\n\n区里举办展览纪念一二·9\n\n2月8日，开展。\n\n区委政法工作会议召开\n\n2月9日，开会。\n",
			[]entry{{"时政要点", "区里举办展览纪念一二·9", "2月8日，开展。"}, {"时政要点", "区委政法工作会议召开", "2月9日，开会。"}}, nil},
		{"a title whose second line is one as well",
			"时政要点\n\n云河区植\n\n树活动开展.....1\n\n时政要点\n\n云河区植\n树活动开展\n\n2月9日，开会。\n",
			[]entry{{"时政要点", "云河区植树活动开展", "2月9日，开会。"}}, nil},
		{"a line of a title that is the name of a column",
			"时政要点\n\n区里召开\n\n安全生产\n\n工作推进会.....1\n\n时政要点\n\n区里召开安全生产\n工作推进会\n\n2月9日，开会。\n",
			[]entry{{"时政要点", "区里召开安全生产工作推进会", "2月9日，开会。"}}, nil},
		{"numbers tell meetings apart",
			"时政要点\n区政府召开第15次常务会议.....1\n区里开展植树活动.....2\n\n时政要点\n\n区政府召开第16次常务会议\n\n2月9日，开会。\n\n区里开展植树活动\n\n2月10日，植树。\n",
			[]entry{{"时政要点", "区政府召开第16次常务会议", "2月9日，开会。"}, two[1]}, []string{layout.WarnNoArticle, layout.WarnNotInContents}},
		{"numbers at the end do",
			"时政要点\n云河区大事回顾专题之1.....1\n区里开展植树活动.....2\n\n时政要点\n\n云河区大事回顾专题之12\n\n2月9日，开会。\n\n区里开展植树活动\n\n2月10日，植树。\n",
			[]entry{{"时政要点", "云河区大事回顾专题之12", "2月9日，开会。"}, two[1]}, []string{layout.WarnNoArticle, layout.WarnNotInContents}},
		{"a running head that is no title",
			"时政要点\n区委政法工作会议召开.....1\n区里开展植树活动.....2\n\n时政要点\n\n区委政法工作会议召开\n\n2月9日，开会。\n\n平安云河\n\n会议要求抓落实，\n\n平安云河\n\n抓督查。\n\n区里开展植树活动\n\n2月10日，植树。\n\n平安云河\n",
			[]entry{{"时政要点", "区委政法工作会议召开", "2月9日，开会。\n会议要求抓落实，抓督查。"}, two[1]}, nil},
		{"one label is no imprint",
			"时政要点\n区委政法工作会议召开.....1\n\n时政要点\n\n区委政法工作会议召开\n\n2月9日，开会。\n\n联系人：区委办公室。\n",
			[]entry{{"时政要点", "区委政法工作会议召开", "2月9日，开会。\n联系人：区委办公室。"}}, nil},
		{"half a sentence is no title",
			"区委政法工作会议召开\n\n2月9日，开会。\n\n与会人员实地察看了公共实验平台、路演中心和创客公寓，走访了启明光电公司\n\n和轴承公司，今年以来，两家公司的研发投入年均增长两成以上。\n",
			[]entry{{"", "区委政法工作会议召开", "2月9日，开会。\n与会人员实地察看了公共实验平台、路演中心和创客公寓，走访了启明光电公司和轴承公司，今年以来，两家公司的研发投入年均增长两成以上。"}}, []string{layout.WarnNoContents}},
		{"what the editor says is no article",
			"时政要点\n区委政法工作会议召开.....1\n\n时政要点\n\n编者按：本期刊登全区各单位学习贯彻会议精神的情况，供大家在工作中参考借鉴，欢迎来稿交流。\n\n区委政法工作会议召开\n\n2月9日，开会。\n",
			two[:1], []string{layout.WarnUnplaced}},
		{"a column that only the contents name",
			"时政要点\n区委政法工作会议召开.....1\n山乡新貌\n区里开展植树活动.....2\n\n时政要点\n\n区委政法工作会议召开\n\n2月9日，开会。\n\n区里开展植树活动\n\n2月10日，植树。\n",
			[]entry{two[0], {"山乡新貌", "区里开展植树活动", "2月10日，植树。"}}, nil},
		{"a title on one line with its text",
			"时政要点\n区委政法工作会议召开.....1\n区里开展植树活动.....2\n\n时政要点\n\n区委政法工作会议召开 2月9日，开会。\n\n区里开展植树活动\n\n2月10日，植树。\n",
			two, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			is := mustRead(t, head+tt.text)[0]
			var got []entry
			for _, a := range is.Articles {
				got = append(got, entry{a.Section, a.Title, a.Body})
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("articles mismatch (-want +got):\n%s", diff)
			}
			var codes []string
			for _, w := range is.Warnings {
				codes = append(codes, w.Code)
			}
			if diff := cmp.Diff(tt.warnings, codes); diff != "" {
				t.Errorf("warnings mismatch (-want +got):\n%s\n%+v", diff, is.Warnings)
			}
		})
	}
}

func TestImprint(t *testing.T) {
	for _, tt := range []struct{ name, text, host, publisher string }{
		{"labels set apart", "主 办：云河区人民政府\n\n编辑出版：云河区地方史志办公室\n\n电 话：0300-6600114", "云河区人民政府", "云河区地方史志办公室"},
		{"two on a line", "主办：云河区人民政府　　编辑出版：云河区地方史志办公室\n印数：500", "云河区人民政府", "云河区地方史志办公室"},
		{"two hosts", "主办单位：中共云河区委 云河区人民政府\n编辑单位：云河区地方史志办公室", "中共云河区委 云河区人民政府", "云河区地方史志办公室"},
		{"value below its label", "内部资料 注意保存\n主办：\n云河区人民政府\n编辑出版：\n云河区地方史志办公室", "云河区人民政府", "云河区地方史志办公室"},
		{"to whom it goes", "报：市委办公室、市政府办公室\n送：区委常委\n发：各街道党工委\n印发份数：200份", "", ""},
		{"posts are nobody's", "发放范围：区委常委，区人大常委会主任、副主任，\n区政府副区长\n邮箱：yunhe@example.com", "", ""},
		{"none", "会后，与会人员参观了展览。", "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			is := mustRead(t, "云河区大事月报\n2022年3月"+article+"\n"+tt.text+"\n")[0]
			if is.Host != tt.host || is.Publisher != tt.publisher {
				t.Errorf("host %q, publisher %q; want %q, %q", is.Host, is.Publisher, tt.host, tt.publisher)
			}
			body := "2月9日，区委政法工作会议召开。"
			if tt.name == "none" {
				body += "\n" + tt.text
			}
			if len(is.Articles) != 1 || is.Articles[0].Body != body || is.Warnings != nil {
				t.Errorf("articles %+v, warnings %+v", is.Articles, is.Warnings)
			}
		})
	}
}

func TestNotAMonthlyReport(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		line       int
	}{
		{"a letter", "\n\n沈知秋同志：\n来信收到。此致敬礼。\n", 3},
		{"one long line", strings.Repeat("来信收到", 10_000), 1},
		{"contents alone", "时政要点\n区里开会......1\n区里植树......2\n", 1},
		{"a table", "| 姓名 | 年龄 |\n|---|---|\n| 甲 | 30 |\n", 1},
		{"only signs", "-----\n……\n12\n", 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			lines, err := source.Read("x.txt", []byte(tt.text))
			if err != nil {
				t.Fatal(err)
			}
			issues, err := layout.Read(lines, "")
			var e *source.ReadError
			if !errors.As(err, &e) || e.Code != layout.CodeNotAChronicle || e.Line != tt.line || e.File != "x.txt" || e.Hint == "" {
				t.Errorf("Read(%.40q) = %d issues, error %#v; want %s at line %d", tt.text, len(issues), err, layout.CodeNotAChronicle, tt.line)
			}
		})
	}
}

func TestUnknownDialect(t *testing.T) {
	_, err := layout.Read(source.Text{Name: "x.txt"}, "scroll")
	if err == nil || !strings.Contains(err.Error(), "monthly") {
		t.Errorf("error %v, want one that names the dialects that are known", err)
	}
}

// TestWarningsAreSortedAndStable: every warning has a line, a code and a Chinese message.
func TestWarnings(t *testing.T) {
	text := "前言。这里是一段很长的文字，不属于任何一期，也没有刊头。\n云河区大事月报\n2022年3月\n\n时政要点\n区里开会.....1\n区里植树.....2\n\n时政要点\n\n区里开会\n\n2月9日，开会。\n\n区总工会开展“送温暖”活动\n\n2月10日，区总工会走访\n"
	is := mustRead(t, text)[0]
	want := []graph.IngestWarning{
		{Line: 1, Code: layout.WarnBeforeMasthead, Message: "刊头之前的文字未读入：前言。这里是一段很长的文字，不属于任何一…"},
		{Line: 7, Code: layout.WarnNoArticle, Message: "目录中的标题在正文里没有找到：区里植树"},
		{Line: 15, Code: layout.WarnNotInContents, Message: "目录中没有这个标题：区总工会开展“送温暖”活动"},
		{Line: 17, Code: layout.WarnCutOff, Message: "文本在句子中间结束，后面的内容可能缺失"},
	}
	if diff := cmp.Diff(want, is.Warnings); diff != "" {
		t.Errorf("warnings mismatch (-want +got):\n%s", diff)
	}
}
