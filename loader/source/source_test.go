package source_test

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"

	"fangzhi/graph"
	"fangzhi/loader/source"
)

const sample = "云河区大事月报\n2022年3月\n\n2月4日，区委书记沈知秋出席会议并讲话，区长李牧原主持。全区上下要提高认识，把工作做好。\n"

func mustEncode(t testing.TB, e encoding.Encoding, s string) []byte {
	t.Helper()
	b, err := e.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func lines(t source.Text) []string {
	var out []string
	for _, l := range t.Lines {
		out = append(out, l.Text)
	}
	return out
}

func TestEncodings(t *testing.T) {
	little, big := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	traditional := "雲河區大事月報\n二月四日，區長出席會議，各單位參加，會議對下一步工作進行部署，要求學習貫徹。\n"
	for _, tt := range []struct {
		name, text string
		bytes      []byte
		encoding   string
	}{
		{"UTF-8", sample, []byte(sample), "UTF-8"},
		{"UTF-8 with a mark", sample, []byte("\xef\xbb\xbf" + sample), "UTF-8"},
		{"UTF-16 little, with a mark", sample, append([]byte("\xff\xfe"), mustEncode(t, little, sample)...), "UTF-16LE"},
		{"UTF-16 big, with a mark", sample, append([]byte("\xfe\xff"), mustEncode(t, big, sample)...), "UTF-16BE"},
		{"UTF-16 little", sample, mustEncode(t, little, sample), "UTF-16LE"},
		{"UTF-16 big", sample, mustEncode(t, big, sample), "UTF-16BE"},
		{"GB18030", sample, mustEncode(t, simplifiedchinese.GB18030, sample), "GB18030"},
		{"GB18030, four bytes and GBK", "㐀镕䶮𠮷喆：" + sample, mustEncode(t, simplifiedchinese.GB18030, "㐀镕䶮𠮷喆："+sample), "GB18030"},
		{"Big5", traditional, mustEncode(t, traditionalchinese.Big5, traditional), "Big5"},
		{"Big5 that is no broken GB18030", "雲河區區署會議要求學習議事報\n日報部署議事步進貫徹\n", mustEncode(t, traditionalchinese.Big5, "雲河區區署會議要求學習議事報\n日報部署議事步進貫徹\n"), "Big5"},
		{"ASCII", "abc\n", []byte("abc\n"), "UTF-8"},
		{"one word", "云河区\n", mustEncode(t, simplifiedchinese.GB18030, "云河区\n"), "GB18030"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := source.Read("x.txt", tt.bytes)
			if err != nil {
				t.Fatal(err)
			}
			if got.Encoding != tt.encoding || got.Warnings != nil {
				t.Errorf("encoding %s, warnings %v, want %s and none", got.Encoding, got.Warnings, tt.encoding)
			}
			if diff := cmp.Diff(strings.Split(strings.TrimSuffix(tt.text, "\n"), "\n"), lines(got)); diff != "" {
				t.Errorf("lines mismatch (-want +got):\n%s", diff)
			}
		})
	}
}

func TestLines(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"LF", "一\n\n二\n", "1:一|2:|3:二"},
		{"CRLF", "一\r\n\r\n二\r\n", "1:一|2:|3:二"},
		{"CR", "一\r\r二", "1:一|2:|3:二"},
		{"mixed", "一\r\n二\r三\n四", "1:一|2:二|3:三|4:四"},
		{"no end", "一", "1:一"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := source.Read("x.txt", []byte(tt.text))
			if err != nil {
				t.Fatal(err)
			}
			var parts []string
			for _, l := range got.Lines {
				parts = append(parts, string(rune('0'+l.Number))+":"+l.Text)
			}
			if s := strings.Join(parts, "|"); s != tt.want {
				t.Errorf("Read(%q) = %s, want %s", tt.text, s, tt.want)
			}
		})
	}
}

func TestClean(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"Kangxi radicals", "12⽉4⽇，⼤会", "12月4日，大会"},
		{"radicals supplement", "⺟亲、⻓江、⻔口、⻅面、⻋站、⻚码", "母亲、长江、门口、见面、车站、页码"},
		{"compatibility ideographs", "金額、勞動", "金額、勞動"},
		{"widths of letters and digits", "１２月４日，ＡＩ、ｋｇ", "12月4日，AI、kg"},
		{"punctuation stays full width", "（一）：，；！“”《》", "（一）：，；！“”《》"},
		{"spaces", "2月\u00a04日　王　磊\u2003\u2009李\u202f明\t完", "2月 4日 王 磊  李 明  完"},
		{"what has no width", "\ufeff云\u200b河\u200d区\u00ad大\u2060事\u202a月", "云河区大事月"},
		{"form feed", "\f第一页", "第一页"},
		{"ASCII commas beside characters", "12月4日,区司法局组织14个司法所,共8,216,781.53元;完", "12月4日，区司法局组织14个司法所，共8,216,781.53元；完"},
		{"a clock is none", "上午9:30,会议开始", "上午9:30，会议开始"},
		{"parentheses by pairs", "区(县)共(2021)项(CCD)、(一)、（二)", "区（县）共(2021)项(CCD)、（一）、（二）"},
		{"an open one", "云办(2022", "云办(2022"},
		{"private use survives", "王\ue000磊", "王\ue000磊"},
		{"end of line", "区里  ", "区里"},
		{"indent", "　　区里", "  区里"},
		{"addresses", "邮箱:a,b@example.com http://x.cn/?a=1", "邮箱：a,b@example.com http://x.cn/?a=1"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := source.Read("x.txt", []byte(tt.in))
			if err != nil {
				t.Fatal(err)
			}
			if got.Lines[0].Text != tt.want || got.Warnings != nil {
				t.Errorf("Read(%q) = %q, %v; want %q", tt.in, got.Lines[0].Text, got.Warnings, tt.want)
			}
		})
	}
}

func TestWarnings(t *testing.T) {
	got, err := source.Read("x.txt", []byte("一\n二\x00\x01三\n四\xff五"+strings.Repeat("云河区的工作", 100)+"\n六\x7f"))
	if err != nil {
		t.Fatal(err)
	}
	want := []graph.IngestWarning{
		{Line: 2, Code: source.WarnControl, Message: "去掉3个控制字符"},
		{Line: 3, Code: source.WarnUndecodable, Message: "有1个字符无法解码，以“�”代替"},
	}
	if diff := cmp.Diff(want, got.Warnings); diff != "" {
		t.Errorf("warnings mismatch (-want +got):\n%s", diff)
	}
	if got.Lines[1].Text != "二三" {
		t.Errorf("line 2 is %q", got.Lines[1].Text)
	}
}

func TestRefusals(t *testing.T) {
	zip := func(name string) string { return "PK\x03\x04\x14\x00\x00\x00\x08\x00" + name + "..." }
	for _, tt := range []struct{ name, file, bytes, code, says string }{
		{"empty", "x.txt", "", source.CodeNoText, "x.txt:1: no text"},
		{"only a mark", "x.txt", "\xef\xbb\xbf", source.CodeNoText, "no text"},
		{"only blanks", "x.txt", " \n　\r\n\t\n", source.CodeNoText, "no text"},
		{"only NULs", "x.txt", "\x00\x00\x00", source.CodeNoText, "no text"},
		{"PNG", "x.txt", "\x89PNG\r\n\x1a\n\x00\x00", source.CodeNotText, "is a PNG picture, not text"},
		{"JPEG", "x.txt", "\xff\xd8\xff\xe0\x00\x10JFIF", source.CodeNotText, "is a JPEG picture, not text"},
		{"DOCX", "x.docx", zip("word/document.xml"), source.CodeNotText, "a damaged Word document"},
		{"DOCX called text", "x.txt", zip("word/document.xml"), source.CodeNotText, "Word document"},
		{"other ZIP", "x.txt", zip("a.jpg"), source.CodeNotText, "is a ZIP archive, not text"},
		{"PDF", "x.pdf", "%PDF-1.7\n", source.CodeNotText, "PDF document that cannot be read"},
		{"HTML", "x.html", "<!DOCTYPE html><html>", source.CodeNoText, "no text"},
		{"HTML called text", "x.txt", "\ufeff\n<HTML lang=zh>", source.CodeNoText, "no text"},
		{"empty PDF", "x.pdf", "", source.CodeNoText, "no text"},
		{"old Word", "x.doc", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", source.CodeNotText, "not text"},
		{"noise", "x.txt", strings.Repeat("\x81\x20\xfe\xff\x80\x07\xfa\x00\xc3\x28", 50), source.CodeUnknownEncoding, "neither UTF-8"},
		{"one endless line", "x.txt", strings.Repeat("云", 400_000), source.CodeLineTooLong, "a line of 1200000 bytes"},
		{"too big", "x.txt", strings.Repeat("a\n", source.MaxBytes/2+1), source.CodeTooBig, "larger than 64 MB"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := source.Read(tt.file, []byte(tt.bytes))
			var e *source.ReadError
			if !errors.As(err, &e) {
				t.Fatalf("error %v is no *ReadError", err)
			}
			if e.Code != tt.code || e.File != tt.file || e.Line != 1 || !strings.Contains(e.Error(), tt.says) {
				t.Errorf("error %v (%s), want %s that says %q", err, e.Code, tt.code, tt.says)
			}
			if e.Hint == "" && e.Code != source.CodeNoText {
				t.Errorf("%v has no hint", err)
			}
		})
	}
}

// TestLimits: what is just as long as it may be is read.
func TestLimits(t *testing.T) {
	if _, err := source.Read("x.txt", []byte(strings.Repeat("a", 1<<20)+"\n"+strings.Repeat("b", 1<<20))); err != nil {
		t.Errorf("lines of the longest length: %v", err)
	}
	_, err := source.Read("x.txt", []byte("a\n"+strings.Repeat("b", 1<<20+1)))
	var e *source.ReadError
	if !errors.As(err, &e) || e.Line != 2 {
		t.Errorf("a line that is too long: %v, want an error at line 2", err)
	}
	if _, err := source.Read("x.txt", []byte(strings.Repeat("a\n", 1<<20))); err != nil {
		t.Errorf("as many lines as there may be: %v", err)
	}
	_, err = source.Read("x.txt", []byte(strings.Repeat("a\n", 1<<20+1)))
	if !errors.As(err, &e) || e.Code != source.CodeTooBig || e.Line != 1<<20+1 {
		t.Errorf("one line more: %v", err)
	}
}

// TestHugeLine: one line of 50 MB is refused.
func TestHugeLine(t *testing.T) {
	huge := []byte(strings.Repeat("云河区召开会议，", 50<<20/24))
	if _, err := source.Read("x.txt", huge); err == nil {
		t.Error("a line of 50 MB is read")
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{sample, "\xff\xfe\x2d\x4e\n\x00", "\xfe\xff\x4e\x2d\x00\n", "\xb4\xf3\xca\xc2", "PK\x03\x04", "\x00\x0a\x00", "(（)）,a,云", "⽉⻚\ue000\U0002f800", "\r\n\r", "\x1b[31m"} {
		f.Add([]byte(s))
	}
	f.Add(mustEncode(f, simplifiedchinese.GB18030, sample))
	f.Add(mustEncode(f, traditionalchinese.Big5, "雲河區大事月報"))
	f.Fuzz(func(t *testing.T, b []byte) {
		got, err := source.Read("x.txt", b)
		if err != nil {
			var e *source.ReadError
			if !errors.As(err, &e) || e.Code == "" || e.Line < 1 {
				t.Fatalf("Read(%q) error %#v", b, err)
			}
			return
		}
		for i, l := range got.Lines {
			if l.Number != i+1 || !utf8.ValidString(l.Text) || strings.ContainsAny(l.Text, "\r\n\x00\t") {
				t.Fatalf("Read(%q) line %d is %+v", b, i, l)
			}
		}
		again, err := source.Read("x.txt", []byte(strings.Join(lines(got), "\n")))
		if err != nil {
			t.Fatalf("Read(%q) cannot be read again: %v", b, err)
		}
		once, twice := strings.TrimRight(strings.Join(lines(got), "\n"), "\n"), strings.TrimRight(strings.Join(lines(again), "\n"), "\n")
		if diff := cmp.Diff(once, twice); diff != "" {
			t.Fatalf("Read(%q) read again differs (-once +twice):\n%s", b, diff)
		}
	})
}
