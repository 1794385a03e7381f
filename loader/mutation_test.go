package loader_test

import (
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fangzhi/graph"
	"fangzhi/loader"
	"fangzhi/loader/reading"
	"fangzhi/loader/source"
)

// texts returns the documents of all dialects' golden files, cut to a size that many of them can be read in a test.
func texts(t testing.TB) []string {
	t.Helper()
	files, err := filepath.Glob("layout/testdata/*/*.txt")
	if err != nil || len(files) < 4 {
		t.Fatalf("texts: %v, %v", files, err)
	}
	const most = 6000
	var out []string
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, strings.ToValidUTF8(string(b[:min(len(b), most)]), ""))
	}
	return out
}

// strange are pieces that mutations put in: what breaks readers of dates, names, headings and tables.
var strange = []string{
	"", "\x00", "\u202e", "\ufeff", "　", "\t", "\r", "\n\n\n", "|", "| 时间 | 事件 |", "△", "※", "【", "】", "《", "》", "（", "）", "“", "、、、", "，", "。", "同日", "是月",
	"月", "日", "年", "0月0日", "13月32日", "99999999999999999999日", "2月30日", "公元前0年", "嘉靖九十九年", "闰十三月", "康熙", "民国0年", "〔2021〕", "第999999届",
	"县委书记", "县长、、", "任命", "免去", "买买提·", "·", "万元", "1e309亿元", "０", "𠮷", "\U0010FFFF", "\ue000", "\xff\xfe", "区区区区区区区区", "副副副副局长", strings.Repeat("一", 500),
}

// mutate changes a document in one to six places.
func mutate(r *rand.Rand, text string) string {
	for range 1 + r.IntN(6) {
		rs := []rune(text)
		if len(rs) == 0 {
			return text
		}
		i := r.IntN(len(rs))
		j := min(len(rs), i+r.IntN(1+min(len(rs), 60)))
		switch r.IntN(8) {
		case 0: // cut out
			text = string(rs[:i]) + string(rs[j:])
		case 1: // twice
			text = string(rs[:j]) + string(rs[i:])
		case 2, 3: // put in
			text = string(rs[:i]) + strange[r.IntN(len(strange))] + string(rs[i:])
		case 4: // in place of
			text = string(rs[:i]) + strange[r.IntN(len(strange))] + string(rs[j:])
		case 5: // lines in another order
			lines := strings.Split(text, "\n")
			a, b := r.IntN(len(lines)), r.IntN(len(lines))
			lines[a], lines[b] = lines[b], lines[a]
			text = strings.Join(lines, "\n")
		case 6: // a line break inside
			text = string(rs[:i]) + "\n" + string(rs[i:])
		case 7: // the end is missing
			text = string(rs[:max(i, len(rs)/2)])
		}
	}
	return text
}

// TestMutatedDocuments: 2,000 damaged documents are read or refused with a line; what is read proves itself.
func TestMutatedDocuments(t *testing.T) {
	originals := texts(t)
	r := rand.New(rand.NewPCG(4, 2026))
	read := 0
	for i := range 2000 {
		text := mutate(r, originals[i%len(originals)])
		documents, err := loader.Read("x.txt", []byte(text), loader.Options{})
		if err != nil {
			var refused *source.ReadError
			if !errors.As(err, &refused) || refused.Line < 1 || refused.Code == "" {
				t.Fatalf("document %d: %v is no *ReadError with a line and a code; text:\n%s", i, err, text)
			}
			continue
		}
		read++
		for k := range documents {
			if fault := unproven(&documents[k]); fault != "" {
				t.Fatalf("document %d: %s; text:\n%s", i, fault, text)
			}
		}
	}
	if read < 1000 {
		t.Errorf("%d of 2000 documents were read: the mutations leave too little", read)
	}
}

// unproven returns what in a reading does not prove itself, "" for nothing.
func unproven(d *reading.Document) string {
	for i := range d.Events {
		e := &d.Events[i]
		fields := map[graph.EvidenceField][]rune{
			graph.FieldTitle: []rune(e.PrintedTitle), graph.FieldHeading: []rune(e.Heading), graph.FieldBody: []rune(e.Body),
		}
		all := append([]graph.Evidence{}, e.Date.Evidence...)
		need := func(what string, evidence []graph.Evidence) string {
			if len(evidence) == 0 {
				return what + " has no evidence"
			}
			all = append(all, evidence...)
			return ""
		}
		var faults []string
		if e.Date.Basis != graph.BasisNone && e.Date.Text != "" {
			faults = append(faults, need("the date", e.Date.Evidence))
		}
		for _, o := range e.OtherDates {
			faults = append(faults, need("date "+o.Text, o.Evidence))
		}
		for _, o := range e.Officials {
			faults = append(faults, need("official "+o.Name, o.Evidence))
		}
		for _, o := range e.Departments {
			faults = append(faults, need("department "+o.Name, o.Evidence))
		}
		for _, o := range e.Locations {
			faults = append(faults, need("location "+o.Name, o.Evidence))
		}
		for _, v := range all {
			if text := fields[v.Field]; v.Start < 0 || v.Start >= v.End || v.End > len(text) || string(text[v.Start:v.End]) != v.Text {
				faults = append(faults, "evidence "+v.Text+" is not in its field")
			}
		}
		for _, f := range faults {
			if f != "" {
				return e.Title + ": " + f
			}
		}
	}
	return ""
}
