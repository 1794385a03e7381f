package source_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"

	"fangzhi/loader/source"
)

// numberedLines returns the lines as number:text.
func numberedLines(t source.Text) []string {
	var out []string
	for _, l := range t.Lines {
		out = append(out, fmt.Sprintf("%d:%s", l.Number, l.Text))
	}
	return out
}

func TestWebPages(t *testing.T) {
	for _, tt := range []struct {
		name, page string
		want       []string
	}{
		{"title, day of publication and paragraphs",
			"<!DOCTYPE html>\n<html><head><title>云河区2021年大事记_云河区人民政府</title>\n<meta name=\"PubDate\" content=\"2022-12-08 10:00\"></head>\n<body><p>1月6日，区委召开会议。</p>\n<p>&emsp;同日，<b>区长</b>调研。</p></body></html>",
			[]string{"1:云河区2021年大事记", "1:发布时间：2022-12-08", "4:1月6日，区委召开会议。", "5: 同日，区长调研。"}},
		{"a title that the page repeats",
			"<html><title>大事记 - 云河网</title><body><h1>大事记</h1><div>发布时间：2022-01-02</div>",
			[]string{"1:大事记", "1:发布时间：2022-01-02"}},
		{"source line breaks are no spaces, but between words they are",
			"<html><body><p>区委\n召开会议\nand goes\non</p>",
			[]string{"1:区委召开会议 and goes on"}},
		{"breaks", "<html><body>4日 开会。<br>5日 散会。<br/>", []string{"1:4日 开会。", "1:5日 散会。"}},
		{"menus, scripts and footers",
			"<html><body><ul><li><a href=a>首页</a></li><li><a href=b>政务公开</a></li><li><a href=c>云河概况</a></li></ul><script>var 区='x'</script><p>正文</p><div style='display: none'>隐藏</div><footer>版权</footer>",
			[]string{"1:正文"}},
		{"a paragraph with a link stays", "<html><body><p>见<a href=x>附件</a>。</p>", []string{"1:见附件。"}},
		{"a table of data, with cells that span",
			"<html><body><table><tr><th>时间</th><th>事件</th></tr>\n<tr><td rowspan=2>3日</td><td>开会|散会</td></tr>\n<tr><td>签约</td></tr><tr><td colspan=2>合计</td></tr></table>",
			[]string{"1:| 时间 | 事件 |", "2:| 3日 | 开会｜散会 |", "3:|  | 签约 |", "3:| 合计 |  |"}},
		{"a table that sets the page", "<html><body><table><tr><td><p>左</p></td><td><table><tr><td>里</td></tr></table></td></tr><tr><td>下</td><td>下</td></tr></table>",
			[]string{"1:左", "1:里", "1:下", "1:下"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := source.Read("x.html", []byte(tt.page))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, numberedLines(got)); diff != "" {
				t.Errorf("lines mismatch (-want +got):\n%s", diff)
			}
			gb, err := source.Read("x.html", mustEncode(t, simplifiedchinese.GB18030, tt.page))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, numberedLines(gb)); diff != "" {
				t.Errorf("in GB18030: lines mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

func TestWordDocument(t *testing.T) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	part, err := z.Create("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	p := func(s string) string { return "<p><r><t>" + s + "</t></r></p>" }
	if _, err := part.Write([]byte("<document><body>" + p("云河区大事月报") + "<p/>" + p("4日,区委开会") + "<tbl><tr><tc>" + p("a|b") + "</tc><tc>" + p("丙") + "</tc></tr></tbl></body></document>")); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	got, err := source.Read("x.docx", b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"1:云河区大事月报", "2:", "3:4日，区委开会", "4:| a｜b | 丙 |"}
	if diff := cmp.Diff(want, numberedLines(got)); diff != "" {
		t.Errorf("lines mismatch (-want +got):\n%s", diff)
	}
}

// newPDF returns a document with one page a list of lines. Its font has no glyphs, only the map to characters that makes
// text of a PDF text.
func newPDF(pages ...[]string) []byte {
	var b bytes.Buffer
	var offsets []int
	object := func(format string, args ...any) {
		offsets = append(offsets, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n", len(offsets))
		fmt.Fprintf(&b, format, args...)
		b.WriteString("\nendobj\n")
	}
	stream := func(s string) { object("<< /Length %d >>\nstream\n%s\nendstream", len(s), s) }
	b.WriteString("%PDF-1.7\n")
	object("<< /Type /Catalog /Pages 2 0 R >>")
	var kids strings.Builder
	for i := range pages {
		fmt.Fprintf(&kids, "%d 0 R ", 7+2*i)
	}
	object("<< /Type /Pages /Kids [ %s] /Count %d >>", kids.String(), len(pages))
	object("<< /Type /Font /Subtype /Type0 /BaseFont /F /Encoding /Identity-H /DescendantFonts [ 4 0 R ] /ToUnicode 6 0 R >>")
	object("<< /Type /Font /Subtype /CIDFontType2 /BaseFont /F /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 1000 /FontDescriptor 5 0 R >>")
	object("<< /Type /FontDescriptor /FontName /F /Flags 4 /FontBBox [0 -200 1000 800] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>")
	stream("/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def 1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end end")
	for i, lines := range pages {
		object("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources << /Font << /F 3 0 R >> >> /Contents %d 0 R >>", 8+2*i)
		var content strings.Builder
		for k, line := range lines {
			fmt.Fprintf(&content, "BT /F 12 Tf 50 %d Td <", 750-20*k)
			for _, u := range utf16.Encode([]rune(line)) {
				fmt.Fprintf(&content, "%04X", u)
			}
			content.WriteString("> Tj ET\n")
		}
		stream(content.String())
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, at := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(offsets)+1, start)
	return b.Bytes()
}

func TestPDF(t *testing.T) {
	got, err := source.Read("x.pdf", newPDF(
		[]string{"云河区大事月报", "2022年3月"}, []string{"2月4日，区委书记沈知秋出席会议并讲话，区长李牧原主持会议。"}))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"1:云河区大事月报", "2:2022年3月", "3:", "4:2月4日，区委书记沈知秋出席会议并讲话，区长李牧原主持会议。", "5:"}
	if diff := cmp.Diff(want, numberedLines(got)); diff != "" {
		t.Errorf("lines mismatch (-want +got):\n%s", diff)
	}
	var refused *source.ReadError
	if _, err := source.Read("x.pdf", newPDF([]string{"1"}, []string{"2"})); !errors.As(err, &refused) || refused.Code != source.CodeScanned {
		t.Errorf("pictures of pages: %v, want %s", err, source.CodeScanned)
	}
	whole := newPDF([]string{"云河区大事月报"})
	for cut := len(whole) - 1; cut > 10; cut -= 97 {
		if _, err := source.Read("x.pdf", whole[:cut]); err != nil && !errors.As(err, &refused) {
			t.Fatalf("cut at %d: %v is no *ReadError", cut, err)
		}
	}
}

func TestCopyingArtefacts(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"readings", "國(guó)家(jiā)發(fā)展(zhǎn)改(gǎi)革", "國家發展改革"},
		{"a few readings may be meant", "尉(yù)迟", "尉(yù)迟"},
		{"no readings", strings.Repeat("面积(km)、", 6), strings.Repeat("面积(km)、", 6)},
		{"doubled commas", "一,,二，，三,,四,,五,,六", "一，二，三，四，五，六"},
		{"entities", "&ldquo;两会&rdquo;&amp;ldquo;", "“两会”“"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := source.Read("x.txt", []byte(tt.in))
			if err != nil {
				t.Fatal(err)
			}
			if got.Lines[0].Text != tt.want {
				t.Errorf("Read(%q) = %q, want %q", tt.in, got.Lines[0].Text, tt.want)
			}
			if changed := tt.in != tt.want; changed != (got.Warnings != nil) {
				t.Errorf("warnings %v of a text that was changed: %v", got.Warnings, changed)
			}
		})
	}
}
