package docx_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fangzhi/internal/docx"
)

// mustPack returns an archive with a document of the given body.
func mustPack(t testing.TB, name, body string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	part, err := z.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := part.Write([]byte(`<w:document xmlns:w="w" xmlns:mc="mc"><w:body>` + body + `</w:body></w:document>`)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestRead(t *testing.T) {
	p := func(s string) string { return "<w:p><w:r><w:t>" + s + "</w:t></w:r></w:p>" }
	for _, tt := range []struct {
		name, body string
		want       []docx.Paragraph
	}{
		{"paragraphs", p("云河区大事月报") + "<w:p/>" + p("区委召开会议。"), []docx.Paragraph{{Text: "云河区大事月报"}, {}, {Text: "区委召开会议。"}}},
		{"runs, tabulators and breaks", `<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr><w:r><w:t>3日</w:t><w:tab/><w:t>区委</w:t></w:r><w:r><w:t>开会</w:t><w:br/><w:t>次日</w:t></w:r></w:p>`,
			[]docx.Paragraph{{Text: "3日\t区委开会\n次日"}}},
		{"tracked changes as they end", `<w:p><w:del><w:r><w:delText>旧</w:delText><w:t>旧</w:t></w:r></w:del><w:ins><w:r><w:t>新</w:t></w:r></w:ins></w:p>`,
			[]docx.Paragraph{{Text: "新"}}},
		{"fields without their codes", `<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>7</w:t></w:r></w:p>`, []docx.Paragraph{{Text: "7"}}},
		{"a text box once", `<w:p><w:r><mc:AlternateContent><mc:Choice><w:t>框</w:t></mc:Choice><mc:Fallback><w:t>框</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>`,
			[]docx.Paragraph{{Text: "框"}}},
		{"a table", "<w:tbl><w:tr><w:tc>" + p("时间") + "</w:tc><w:tc>" + p("事件") + p("续") + "</w:tc></w:tr></w:tbl>" + p("后"),
			[]docx.Paragraph{{Cells: []string{"时间", "事件\n续"}}, {Text: "后"}}},
		{"a merged cell", `<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>` + p("甲") + "</w:tc><w:tc>" + p("乙") + "</w:tc></w:tr></w:tbl>",
			[]docx.Paragraph{{Cells: []string{"甲", "", "乙"}}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := docx.Read(mustPack(t, "word/document.xml", tt.body), 1<<20)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("Read mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

func TestReadRefuses(t *testing.T) {
	if _, err := docx.Read(mustPack(t, "word/styles.xml", ""), 1<<20); !errors.Is(err, docx.ErrNoDocument) {
		t.Errorf("an archive without a document: %v, want ErrNoDocument", err)
	}
	bomb := mustPack(t, "word/document.xml", strings.Repeat("<w:p/>", 1<<18))
	if _, err := docx.Read(bomb, 1<<20); !errors.Is(err, docx.ErrTooBig) {
		t.Errorf("a text part of %d bytes packed: %v, want ErrTooBig", len(bomb), err)
	}
	deep := mustPack(t, "word/document.xml", strings.Repeat("<w:p>", 1000)+strings.Repeat("</w:p>", 1000))
	if _, err := docx.Read(deep, 1<<20); err == nil {
		t.Error("a thousand nested elements were read")
	}
	if _, err := docx.Read([]byte("PK\x03\x04 no archive"), 1<<20); err == nil {
		t.Error("what is no archive was read")
	}
}
