package interchange

import (
	"hash/maphash"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"fangzhi/graph"
)

// usual are lines as an export, `fangzhi parse` and others write them.
var usual = []string{
	`{"title": "甲", "date": "2020-12-04"}`,
	`{"publication":"中原区大事月报","publisher":null,"region":"410102","issue":{"label":"一","number":1,"numberTo":2,"year":1949,"month":1,"monthTo":2,"published":"1949-02-05","digest":"ab"},` +
		`"section":"农业","page":1,"place":3,"title":"甲\"乙\"","printedTitle":"甲","tocTitle":"丙","kind":"EVENT","heading":"丁","body":"一\n二\t\\三",` +
		`"date":{"edtf":"1949-01-01","start":"1949-01-01","end":"1949-01-01","precision":"DAY","text":"1月1日","basis":"YEAR_INFERRED","reason":null,"confidence":0.95,"evidence":[{"field":"BODY","start":0,"end":4,"text":"1月1日"}]},` +
		`"otherDates":[{"edtf":"1949","start":"1949-01-01","end":"1949-12-31","basis":"EXPLICIT","text":"去年","evidence":[]}],` +
		`"officials":[{"name":"张霞楠","title":"局长","posts":[{"title":"局长","department":"水利局","code":null,"text":"局长","attests":"HELD","rank":1,"single":true,"from":"1949","to":"1950"}],"department":"水利局","departmentCode":"410102","role":"CHAIR","roles":["CHAIR","SPEAK"],"code":[{"name":"云台","type":"TOWNSHIP","code":"410102005"}],"evidence":null},` +
		`{"name":"史栋","posts":[],"roles":[]},{"name":"吴成","posts":[{"title":"站长"},{"title":"副站长","rank":2}]}],` +
		`"departments":[{"name":"水利局","text":"局","type":"GOVERNMENT","role":"ORGANIZER","code":null,"parent":"甲局","parentCode":[],"evidence":[]}],` +
		`"organs":[{"name":"甲局","type":"PARTY","code":"410102","parentCode":null}],` +
		`"locations":[{"name":"中原区","text":"中原","type":"COUNTY","code":"410102","above":[],"isPlace":false,"evidence":[]},{"name":"南塘","code":null,"above":[{"name":"甲"}],"isPlace":true}],` +
		`"documents":[{"title":"通知","shortTitle":null,"number":"〔2020〕1号","evidence":[]}],` +
		`"figures":[{"value":-1.50,"qualifier":"ABOUT","unit":"人","subject":"甲","text":"一","evidence":[]},{"value":1000}]}`,
}

// TestDecoderReadsAsJSONDoes: what the decoder reads of lines, whole or damaged, is what package jsonv2 reads of them.
func TestDecoderReadsAsJSONDoes(t *testing.T) {
	d := decoder{seed: maphash.MakeSeed()}
	same := func(t interface{ Fatalf(string, ...any) }, line []byte) (read bool) {
		var got, want Line
		if !d.decode(line, &got) {
			return false
		}
		if err := unmarshal(line, &want); err != nil {
			t.Fatalf("read %q, which is wrong: %v", line, err)
		}
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("read %q as\n%+v, want\n%+v", line, got, want)
		}
		return true
	}
	for _, line := range usual {
		for _, line := range []string{line, strings.ReplaceAll(line, `":`, "\" :\t"), strings.ReplaceAll(line, ",", " ,\r\n")} {
			if !same(t, []byte(line)) {
				t.Errorf("%s is read the slow way", line)
			}
		}
	}
	parts := []string{
		`{`, `}`, `[`, `]`, `,`, `:`, `"`, `\`, ` `, "\n", "\x00", "\x1f", "\xff", `null`, `true`, `false`, `0`, `-`, `.`, `1e9`, `01`, `12345678901`, `-1`, `1.0`, `-0`, `00`, `1.`, `-01`, `""`, `[]`, `{}`,
		`"2020"`, `"x"`, `\n`, `\u4e00`, `\ud800`, `"a":1,`, `"name":"乙",`, `"edtf":null,`, `"code":null,`, `"evidence":null,`, `"title":null,`, `"roles":null,`, `,"posts":null`,
		`,"page":null`, `,"region":[]`, `[null]`, `[{}]`, `{"name":null}`,
	}
	for _, line := range usual {
		for _, f := range strings.Split(line, ",") {
			parts = append(parts, f, f+",")
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		line := []byte(rapid.SampledFrom(usual).Draw(t, "line"))
		for range rapid.IntRange(1, 4).Draw(t, "damages") {
			from := rapid.IntRange(0, len(line)).Draw(t, "from")
			var to int
			if rapid.Bool().Draw(t, "of JSON") { // between values, where more of it stays well formed
				for from < len(line) && !strings.ContainsRune(`,:[]{}`, rune(line[from])) {
					from++
				}
				for to = from; to < len(line) && to == from || to < len(line) && !strings.ContainsRune(`,:[]{}`, rune(line[to])); {
					to++
				}
				from = min(from+1, to)
			} else {
				to = min(len(line), from+rapid.IntRange(0, 3).Draw(t, "length"))
			}
			put := rapid.OneOf(rapid.SampledFrom(parts), rapid.Just(string(line[from:to])), rapid.StringOfN(rapid.RuneFrom([]rune(`a一"\/{}[]:,0 `)), 0, 9, -1)).Draw(t, "put")
			line = append(append(append([]byte{}, line[:from]...), put...), line[to:]...)
		}
		same(t, line)
	})
}

// TestDecoderKnowsEveryField: a field that the tables lack would always be read the slow way.
func TestDecoderKnowsEveryField(t *testing.T) {
	knows(t, lineFields)
	knows(t, issueFields)
	knows(t, dateFields)
	knows(t, otherDateFields)
	knows(t, officialFields)
	knows(t, postFields)
	knows(t, departmentFields)
	knows(t, organFields)
	knows(t, locationFields)
	knows(t, placeFields)
	knows(t, documentFields)
	knows(t, figureFields)
	knows[graph.Evidence](t, spanFields)
}

func knows[T any](t *testing.T, fields []field[T]) {
	t.Helper()
	known := map[string]bool{}
	for _, f := range fields {
		known[f.name] = true
	}
	of := reflect.TypeFor[T]()
	for _, f := range reflect.VisibleFields(of) {
		if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); name != "" && !known[name] {
			t.Errorf("%s.%s is not known", of.Name(), name)
		}
	}
}

// A number with a leading zero is none, in a field of whole numbers and in one of others.
func TestNoNumberBeginsWithAZero(t *testing.T) {
	line := func(page, confidence string) []byte {
		return []byte(`{"publication":"云河区大事月报","region":"410102","issue":{"year":2020,"month":1},"page":` + page +
			`,"title":"植树","kind":"EVENT","body":"1月1日，植树。","date":{"edtf":"2020-01-01","precision":"DAY","basis":"EXPLICIT","confidence":` + confidence + `}}`)
	}
	if _, err := NewParser().Parse(line("1", "0.5")); err != nil {
		t.Fatal(err)
	}
	for _, wrong := range [][2]string{{"01", "0.5"}, {"1", "00.5"}, {"1", "01"}, {"1", "-00"}} {
		if _, err := NewParser().Parse(line(wrong[0], wrong[1])); err == nil {
			t.Errorf("page %s, confidence %s are read", wrong[0], wrong[1])
		}
	}
}
