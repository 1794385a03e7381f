package loader_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"fangzhi/graph"
	"fangzhi/internal/golden"
	"fangzhi/loader"
	"fangzhi/loader/layout"
	"fangzhi/loader/reading"
	"fangzhi/loader/source"
	"fangzhi/samples"
)

func mustRead(t testing.TB, text string, o loader.Options) []reading.Document {
	t.Helper()
	documents, err := loader.Read("x.txt", []byte(text), o)
	if err != nil {
		t.Fatal(err)
	}
	return documents
}

// report sets a report of one article below a masthead and above an imprint.
func report(masthead, body, imprint string) string {
	return masthead + "\n\n时政要点\n区里开会......1\n\n时政要点\n\n区里开会\n\n" + body + "\n\n" + imprint + "\n"
}

// TestReading reads the texts of testdata and compares what `parse` prints.
func TestReading(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no texts: %v", err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".txt")
		t.Run(name, func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			documents, err := loader.Read(filepath.Base(file), text, loader.Options{})
			if err != nil {
				t.Fatal(err)
			}
			for i := range documents {
				for k := range documents[i].Events { // package extract has its own
					e := &documents[i].Events[k]
					e.Officials, e.Departments, e.Locations = nil, nil, nil
				}
				documents[i].Warnings = ownWarnings(documents[i].Warnings)
			}
			var b bytes.Buffer
			e := json.NewEncoder(&b)
			e.SetEscapeHTML(false)
			e.SetIndent("", " ")
			for _, d := range documents {
				if err := e.Encode(d); err != nil {
					t.Fatal(err)
				}
			}
			golden.Compare(t, "testdata/"+name+".json", b.Bytes())
		})
	}
}

// ownWarnings drops the warnings of package extract, which change with its rules.
func ownWarnings(all []graph.IngestWarning) []graph.IngestWarning {
	var own []graph.IngestWarning
	for _, w := range all {
		if w.Code != "unresolved-person" && w.Code != "names-after-single-post" {
			own = append(own, w)
		}
	}
	return own
}

func TestRegion(t *testing.T) {
	for _, tt := range []struct {
		name, masthead, body, imprint, option string
		region, key, warning                  string
	}{
		{"known by its name", "中原区大事月报\n2021年1月", "", "", "", "河南省郑州市中原区", "410102", ""},
		{"known by its chain", "西湖区大事月报\n2021年1月\n杭州市西湖区地方志办公室", "", "", "", "浙江省杭州市西湖区", "330106", ""},
		{"several have the name", "西湖区大事月报\n2021年1月", "", "", "", "西湖区", "~/西湖区", loader.WarnAmbiguousRegion},
		{"the host tells", "鼓楼区大事月报\n2021年1月", "", "主办：福建省福州市鼓楼区人民政府\n编辑出版：鼓楼区地方志办公室", "", "福建省福州市鼓楼区", "350102", ""},
		{"the text tells", "鼓楼区大事月报\n2021年1月", "1月4日，南京市领导到鼓楼区调研，随后在南京市委召开座谈会。", "", "", "江苏省南京市鼓楼区", "320106", ""},
		{"the text names two cities", "鼓楼区大事月报\n2021年1月", "1月4日，南京市、南京市、开封市、开封市领导到鼓楼区调研。", "", "", "鼓楼区", "~/鼓楼区", loader.WarnAmbiguousRegion},
		{"a city", "登封市大事月报\n2021年1月", "", "", "", "河南省郑州市登封市", "410185", ""},
		{"a district of a municipality", "西城区大事月报\n2021年1月", "", "", "", "北京市西城区", "110102", ""},
		{"no longer in force", "邙山区大事月报\n1995年1月", "", "", "", "河南省郑州市邙山区", "410108", ""},
		{"unknown, with its chain", "云河区大事月报\n2022年3月\n澜州市云河区地方史志办公室", "", "主办：河南省澜州市云河区人民政府\n编辑出版：澜州市云河区地方史志办公室", "", "河南省澜州市云河区", "~/云河区", loader.WarnUnknownRegion},
		{"unknown, by name alone", "云河区大事月报\n2022年3月", "", "", "", "云河区", "~/云河区", loader.WarnUnknownRegion},
		{"a known name under an unknown city is another", "中原区大事月报\n2022年3月\n澜州市中原区地方史志办公室", "", "", "", "澜州市中原区", "~/中原区", loader.WarnUnknownRegion},
		{"the office alone", "大事月报\n2022年3月\n中共新密市委党史研究室", "", "", "", "河南省郑州市新密市", "410183", ""},
		{"nothing said", "大事月报\n2022年3月", "", "", "", "", "~", loader.WarnUnknownRegion},
		{"words that end like names", "社区大事月报\n2022年3月\n开发区管理委员会", "", "", "", "", "~", loader.WarnUnknownRegion},
		{"given by code", "大事月报\n2022年3月", "", "", "410102", "河南省郑州市中原区", "410102", ""},
		{"given by name, against the text", "西湖区大事月报\n2022年3月", "", "", "郑州市中原区", "河南省郑州市中原区", "410102", ""},
		{"given, unknown", "大事月报\n2022年3月", "", "", "河南省澜州市云河区", "河南省澜州市云河区", "~/云河区", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			body := tt.body
			if body == "" {
				body = "1月4日，区里开会。"
			}
			d := mustRead(t, report(tt.masthead, body, tt.imprint), loader.Options{Region: tt.option})[0]
			if got := d.Issue.Region; got.Name() != tt.region || got.Key() != tt.key {
				t.Errorf("region %q, key %q; want %q, %q", got.Name(), got.Key(), tt.region, tt.key)
			}
			code := ""
			for _, w := range d.Warnings {
				if strings.HasSuffix(w.Code, "-region") {
					code = w.Code
					if w.Line != 1 || !strings.Contains(w.Message, "--region") {
						t.Errorf("warning %+v is not of line 1 or does not say what to do", w)
					}
				}
			}
			if code != tt.warning {
				t.Errorf("warning %q, want %q", code, tt.warning)
			}
		})
	}
}

func TestRegionHasTypesAndYears(t *testing.T) {
	d := mustRead(t, report("中原区大事月报\n2021年1月", "1月4日，区里开会。", ""), loader.Options{})[0]
	want := []reading.Place{
		{Name: "河南省", Type: graph.LocProvince, Code: "410000", ValidFrom: 1981},
		{Name: "郑州市", Type: graph.LocCity, Code: "410100", ValidFrom: 1981},
		{Name: "中原区", Type: graph.LocCounty, Code: "410102", ValidFrom: 1983},
	}
	if diff := cmp.Diff(want, d.Issue.Region.Chain); diff != "" {
		t.Errorf("chain mismatch (-want +got):\n%s", diff)
	}
	d = mustRead(t, report("云河区大事月报\n2021年1月\n澜州市云河区史志办公室", "1月4日，区里开会。", ""), loader.Options{})[0]
	want = []reading.Place{{Name: "澜州市", Type: graph.LocCity}, {Name: "云河区", Type: graph.LocCounty}}
	if diff := cmp.Diff(want, d.Issue.Region.Chain); diff != "" {
		t.Errorf("chain of the unknown mismatch (-want +got):\n%s", diff)
	}
}

func TestPublished(t *testing.T) {
	const body = "12月4日，区里开会。"
	for _, tt := range []struct {
		name, masthead, option         string
		published, label, date, errors string
		year, month                    int
	}{
		{"from the masthead", "云河区大事月报\n2021年1月\n2021年1月20日", "", "2021-01-20", "2021年1月", "2020-12-04", "", 2021, 1},
		{"the option wins", "云河区大事月报\n2021年1月\n2021年1月20日", "2021-02-20", "2021-02-20", "2021年1月", "2020-12-04", "", 2021, 1},
		{"the month alone", "云河区大事月报\n2021年1月", "", "", "2021年1月", "2020-12-04", "", 2021, 1},
		{"no year", "云河区大事月报\n（总第114期）", "", "", "", "", loader.CodeNoYear, 0, 0},
		{"no year, but a day below", "云河区大事月报\n（总第114期）\n2021年1月20日", "", "2021-01-20", "（总第114期）", "2020-12-04", "", 2021, 0},
		{"no year, but the option", "云河区大事月报\n（总第114期）", "2021-01-20", "2021-01-20", "（总第114期）", "2020-12-04", "", 2021, 0},
		{"nothing but the option", "云河区大事月报", "2021-01-20", "2021-01-20", "2021年1月", "2020-12-04", "", 2021, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			documents, err := loader.Read("x.txt", []byte("\n"+report(tt.masthead, body, "")), loader.Options{Published: tt.option})
			if tt.errors != "" {
				var e *source.ReadError
				if !errors.As(err, &e) || e.Code != tt.errors || e.Line != 2 || !strings.Contains(e.Hint, "--published") || documents != nil {
					t.Errorf("%d documents, error %#v; want %s at line 2", len(documents), err, tt.errors)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			d := documents[0]
			published := ""
			if d.Issue.Published != 0 {
				published = d.Issue.Published.String()
			}
			if published != tt.published || d.Issue.Label != tt.label || d.Issue.Year != tt.year || d.Issue.Month != tt.month {
				t.Errorf("published %q, label %q, %d-%d; want %q, %q, %d-%d",
					published, d.Issue.Label, d.Issue.Year, d.Issue.Month, tt.published, tt.label, tt.year, tt.month)
			}
			if got := d.Events[0].Date.EDTF.String(); got != tt.date {
				t.Errorf("event of %s, want %s", got, tt.date)
			}
		})
	}
}

func TestOptions(t *testing.T) {
	for _, tt := range []struct {
		name string
		o    loader.Options
		says string // "" for right options
	}{
		{"none", loader.Options{}, ""},
		{"all", loader.Options{Region: "410102", Published: "2021-01-20", Dialect: "monthly"}, ""},
		{"no such dialect", loader.Options{Dialect: "scroll"}, "known: monthly"},
		{"no such day", loader.Options{Published: "2021-02-30"}, "2021-02-30"},
		{"no day", loader.Options{Published: "2021年1月"}, "YYYY-MM-DD"},
		{"no such region", loader.Options{Region: "不存在的地方"}, "no such division"},
		{"no such code", loader.Options{Region: "999999"}, "no such division"},
		{"several regions", loader.Options{Region: "鼓楼区"}, "320106 江苏省南京市鼓楼区"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			err := loader.CheckOptions(tt.o)
			_, readErr := loader.Read("x.txt", []byte(report("云河区大事月报\n2021年1月", "1月4日，开会。", "")), tt.o)
			for _, err := range []error{err, readErr} {
				if (err == nil) != (tt.says == "") || err != nil && !strings.Contains(err.Error(), tt.says) {
					t.Errorf("error %v, want one that says %q", err, tt.says)
				}
			}
		})
	}
}

func TestSummary(t *testing.T) {
	for _, tt := range []struct{ name, body, want string }{
		{"without its date", "1月4日，区委召开会议。会议要求抓好落实。", "区委召开会议。"},
		{"without a comma", "1月4日区委召开会议。", "区委召开会议。"},
		{"a span", "1月2日至4日，区委召开会议。", "区委召开会议。"},
		{"spaces as printed", "1 月 4 日，区委召开会议。", "区委召开会议。"},
		{"a stop inside quotes", "1月4日，区委以“学思想。强党性”为题开会。会后座谈。", "区委以“学思想。强党性”为题开会。"},
		{"an open quote", "1月4日，区委以“学思想为题开会。会后座谈。", "区委以“学思想为题开会。"},
		{"a quote that was never opened", "1月4日，区委”召开“学思想。强党性”会议。会后座谈。", "区委”召开“学思想。强党性”会议。"},
		{"a date that is the subject", "1月4日是植树日，区里植树。", "1月4日是植树日，区里植树。"},
		{"undated", "为弘扬传统文化，区里开展活动。活动多样。", "为弘扬传统文化，区里开展活动。"},
		{"no stop", "1月4日，区委召开会议", "区委召开会议"},
		{"first paragraph only", "1月4日，区委召开会议\n\n一是学习。", "区委召开会议"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := mustRead(t, report("云河区大事月报\n2022年1月\n2022年1月20日", tt.body, ""), loader.Options{})[0]
			if got := d.Events[0].Summary; got != tt.want && !(tt.name == "first paragraph only" && strings.HasPrefix(got, tt.want)) {
				t.Errorf("summary of %q is %q, want %q", tt.body, got, tt.want)
			}
		})
	}
}

func TestUntitled(t *testing.T) {
	text := "云河区大事月报\n2022年3月\n\n时政要点\n区里开会......1\n\n时政要点\n\n区里开会\n\n2月4日，开会。\n\n民生视点\n\n2月5日，区民政局走访慰问全区二十个街道的困难群众和退役军人代表等并送去慰问品，群众反映良好。\n"
	d := mustRead(t, text, loader.Options{})[0]
	if len(d.Events) != 2 {
		t.Fatalf("%d events: %+v", len(d.Events), d.Events)
	}
	e := d.Events[1]
	if e.Title != "区民政局走访慰问全区二十个街道的困难群众和退役军人代表等并送" || e.PrintedTitle != "" || e.Section != "民生视点" || e.Line != 15 {
		t.Errorf("title %q, printed %q, section %q, line %d", e.Title, e.PrintedTitle, e.Section, e.Line)
	}
}

// TestWarningLines: what package dates doubts is told at the line of its paragraph.
func TestWarningLines(t *testing.T) {
	d := mustRead(t, report("云河区大事月报\n2022年1月\n2022年1月20日", "1月4日，开会。\n\n会议通报了11月31日的情况。", ""), loader.Options{})[0]
	for _, w := range d.Warnings {
		if w.Code == "impossible-day" {
			if w.Line != 14 {
				t.Errorf("warning %+v, want line 14", w)
			}
			return
		}
	}
	t.Errorf("no warning of 11月31日: %+v", d.Warnings)
}

// TestSameTextSameReading: the same text as another system saves it gives the same documents.
func TestSameTextSameReading(t *testing.T) {
	text, err := os.ReadFile("testdata/report.txt")
	if err != nil {
		t.Fatal(err)
	}
	want := mustRead(t, string(text), loader.Options{})
	gb, err := simplifiedchinese.GB18030.NewEncoder().Bytes(text)
	if err != nil {
		t.Fatal(err)
	}
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().Bytes(text)
	if err != nil {
		t.Fatal(err)
	}
	radicals := strings.NewReplacer("月", "⽉", "日", "⽇", "大", "⼤", "长", "⻓")
	digits := strings.NewReplacer("0", "０", "1", "１", "2", "２", "3", "３", "4", "４", "5", "５", "6", "６", "7", "７", "8", "８", "9", "９")
	for _, tt := range []struct {
		name  string
		bytes []byte
	}{
		{"CRLF", bytes.ReplaceAll(text, []byte("\n"), []byte("\r\n"))},
		{"CR", bytes.ReplaceAll(text, []byte("\n"), []byte("\r"))},
		{"UTF-8 with a mark", append([]byte("\xef\xbb\xbf"), text...)},
		{"GB18030", gb},
		{"UTF-16", utf16},
		{"spaces of full width", bytes.ReplaceAll(text, []byte(" "), []byte("　"))},
		{"spaces that do not break", bytes.ReplaceAll(text, []byte(" "), []byte("\u00a0"))},
		{"radicals", []byte(radicals.Replace(string(text)))},
		{"digits of full width", []byte(digits.Replace(string(text)))},
		{"zero width", bytes.ReplaceAll(text, []byte("区"), []byte("区\u200b"))},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := loader.Read("x.txt", tt.bytes, loader.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(mustJSON(t, want), mustJSON(t, got)); diff != "" {
				t.Errorf("reading mismatch (-as it was +as it is):\n%s", diff)
			}
			if got[0].Text != want[0].Text {
				t.Errorf("the normalised text differs:\n%s", cmp.Diff(want[0].Text, got[0].Text))
			}
		})
	}
}

func mustJSON(t testing.TB, v any) string {
	t.Helper()
	b, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestTextReadsTheSame: the text that a document keeps is read again to the same events, as `reread` does.
func TestTextReadsTheSame(t *testing.T) {
	text, err := os.ReadFile("testdata/report.txt")
	if err != nil {
		t.Fatal(err)
	}
	once := mustRead(t, string(text), loader.Options{})[0]
	again := mustRead(t, once.Text, loader.Options{})[0]
	if again.Text != once.Text {
		t.Errorf("text changes: %s", cmp.Diff(once.Text, again.Text))
	}
	for _, d := range []*reading.Document{&once, &again} {
		d.Warnings = nil // their lines count in the file
	}
	if diff := cmp.Diff(mustJSON(t, once), mustJSON(t, again)); diff != "" {
		t.Errorf("reading mismatch (-once +again):\n%s", diff)
	}
}

// TestAllOrNothing: one issue of a file that makes no sense refuses the file.
func TestAllOrNothing(t *testing.T) {
	good := report("云河区大事月报\n2021年1月（总第114期）", "1月4日，开会。", "")
	documents, err := loader.Read("x.txt", []byte(good+report("云河区大事月报\n（总第115期）", "2月4日，开会。", "")), loader.Options{})
	var e *source.ReadError
	if !errors.As(err, &e) || documents != nil || e.Line < 10 {
		t.Errorf("%d documents, error %v; want none and the line of the second masthead", len(documents), err)
	}
}

// TestHalfAFile: what ends in the middle of a sentence before articles of its contents is refused.
func TestHalfAFile(t *testing.T) {
	const text = "云河区大事月报\n2021年1月\n\n区里开会.....4\n区里植树.....5\n\n区里开会\n\n12月4日，区里开会，会议由\n"
	documents, err := loader.Read("x.txt", []byte(text), loader.Options{})
	var e *source.ReadError
	if !errors.As(err, &e) || documents != nil || e.Code != loader.CodeCutOff || e.Line != 9 || e.Hint == "" {
		t.Errorf("%d documents, error %#v; want %s at line 9", len(documents), err, loader.CodeCutOff)
	}
}

// A sample cut at any line is refused, or has all articles of its contents but the last.
func TestAnIssueCutAnywhere(t *testing.T) {
	text := string(samples.Files()[0].Text)
	lines := strings.SplitAfter(text, "\n")
	whole := mustRead(t, text, loader.Options{})[0]
	refused := 0
	for n := 0; n < len(lines); n += 7 {
		documents, err := loader.Read("x.txt", []byte(strings.Join(lines[:n], "")), loader.Options{})
		if err != nil {
			refused++
			continue
		}
		if got := len(documents[0].Events); got != 0 && got < len(whole.Events)-1 {
			t.Errorf("cut at line %d: %d of %d events are read", n, got, len(whole.Events))
		}
	}
	if refused < len(lines)/7/3 {
		t.Errorf("%d cuts are refused", refused)
	}
}

func TestTwoIssuesAreTwoDocuments(t *testing.T) {
	documents := mustRead(t, report("云河区大事月报\n2021年1月", "1月4日，开会。", "主办：云河区人民政府\n电话：0300-6600114")+
		report("云河区大事月报\n2021年2月", "2月4日，开会。", ""), loader.Options{})
	if len(documents) != 2 || documents[0].Issue.Month != 1 || documents[1].Issue.Month != 2 ||
		len(documents[0].Events) != 1 || len(documents[1].Events) != 1 || documents[1].Events[0].Body != "2月4日，开会。" {
		t.Errorf("documents %s", mustJSON(t, documents))
	}
}

func FuzzRead(f *testing.F) {
	files, err := filepath.Glob("layout/testdata/*/*.txt")
	if err != nil || len(files) == 0 {
		f.Fatalf("no seeds: %v", err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Add([]byte(report("云河区大事月报\n（总第115期）", "2月4日", "")))
	f.Fuzz(func(t *testing.T, b []byte) {
		documents, err := loader.Read("x.txt", b, loader.Options{Published: "2022-03-18"})
		var e *source.ReadError
		if err != nil {
			if !errors.As(err, &e) || documents != nil {
				t.Fatalf("Read(%q) = %d documents, error %v", b, len(documents), err)
			}
			return
		}
		for _, d := range documents {
			if err := sound(&d); err != nil {
				t.Fatalf("Read(%q): %v", b, err)
			}
		}
		if again, _ := loader.Read("x.txt", b, loader.Options{Published: "2022-03-18"}); mustJSON(t, again) != mustJSON(t, documents) {
			t.Fatalf("Read(%q) gives two answers", b)
		}
	})
}

// sound checks what holds for every document.
func sound(d *reading.Document) error {
	if d.Issue.Publication == "" || d.Issue.Year == 0 && d.Issue.Dialect == "monthly" || d.Issue.Dialect == "" || d.Text == "" {
		return errors.New("an issue without publication, year, dialect or text")
	}
	for i, w := range d.Warnings {
		if w.Code == "" || w.Message == "" || i > 0 && w.Line < d.Warnings[i-1].Line {
			return errors.New("warnings out of order or empty: " + w.Code)
		}
	}
	for _, e := range d.Events {
		if e.Title == "" || e.Body == "" || e.Line == 0 || strings.Contains(e.Title, "\n") || strings.Contains(e.Body, "\n\n") || e.Kind != graph.EventKindRoster && strings.Contains(e.Body, "  ") {
			return errors.New("event " + e.Title + " is not sound: " + e.Body)
		}
		for _, v := range e.Date.Evidence {
			field := map[graph.EvidenceField]string{graph.FieldBody: e.Body, graph.FieldHeading: e.Heading, graph.FieldTitle: e.PrintedTitle}[v.Field]
			if rs := []rune(field); v.Start < 0 || v.End > len(rs) || string(rs[v.Start:v.End]) != v.Text {
				return errors.New("evidence of " + e.Title + " does not stand in its text")
			}
		}
	}
	return nil
}

// TestSourceIssue reads the issue that the genre is described by. It asserts numbers only: its text is not ours.
func TestSourceIssue(t *testing.T) {
	text, err := os.ReadFile("../../shared/corpus/zhongyuan-2021-01.txt")
	if errors.Is(err, os.ErrNotExist) && os.Getenv("CI") == "" {
		t.Skip("the source issue is not here: ../../shared/corpus/zhongyuan-2021-01.txt")
	}
	if err != nil {
		t.Fatal(err)
	}
	d := mustRead(t, string(text), loader.Options{})[0]
	if diff := cmp.Diff([]int{4, 5, 6, 7, 7, 8, 9, 9, 10, 10, 11, 12, 13, 13, 14, 15, 15, 16, 18, 19, 20, 20, 21, 22, 22, 23}, pages(d)); diff != "" {
		t.Errorf("pages mismatch (-want +got):\n%s", diff)
	}
	if len(d.Issue.Sections) != 6 || d.Issue.Number != 100 || d.Issue.Published.String() != "2021-01-20" || d.Issue.Region.Key() != "410102" {
		t.Errorf("issue %s", mustJSON(t, d.Issue))
	}
	for _, w := range d.Warnings {
		if strings.HasPrefix(w.Code, "contents-") || strings.HasPrefix(w.Code, "title-") || w.Code == layout.WarnCutOff {
			t.Errorf("warning %+v", w)
		}
	}
}

func pages(d reading.Document) []int {
	var pages []int
	for _, e := range d.Events {
		pages = append(pages, e.Page)
	}
	return pages
}
