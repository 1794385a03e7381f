package bulk_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"fangzhi/graph"
	"fangzhi/graph/badgerstore"
	"fangzhi/graph/memstore"
	"fangzhi/ingest"
	"fangzhi/ingest/bulk"
	"fangzhi/interchange"
	"fangzhi/loader"
	"fangzhi/loader/reading"
	"fangzhi/samples"
)

// tb is what testing.TB and rapid.TB have in common.
type tb interface {
	Helper()
	Fatal(...any)
	Fatalf(string, ...any)
	Errorf(string, ...any)
}

// mustExport returns what a graph exports. The graph must be sound.
func mustExport(t tb, s graph.Store, f graph.Filter) string {
	t.Helper()
	r, err := s.Snapshot(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if err := graph.Check(context.Background(), r); err != nil {
		t.Fatalf("the graph is not sound: %v", err)
	}
	var out bytes.Buffer
	if _, err := interchange.Export(context.Background(), r, f, &out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func importInto(s graph.Store, file string, o bulk.Options) (bulk.Summary, error) {
	return bulk.Import(context.Background(), strings.NewReader(file), func() (graph.Store, error) { return s, nil }, o)
}

// imported returns a graph of the file.
func imported(t tb, file string) graph.Store {
	t.Helper()
	s := memstore.New()
	if _, err := importInto(s, file, bulk.Options{File: "events.jsonl", BatchEvents: 20}); err != nil {
		t.Fatal(err)
	}
	return s
}

func mustDigest(t tb, s graph.Store) string {
	t.Helper()
	r, err := s.Snapshot(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	digest, err := graph.Digest(context.Background(), r)
	if err != nil {
		t.Fatal(err)
	}
	return digest
}

// sameLines says where two exports part.
func sameLines(t tb, what, want, got string) {
	t.Helper()
	if want == got {
		return
	}
	a, b := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			t.Fatalf("%s: line %d was\n%s\nand is\n%s", what, i+1, a[i], b[i])
		}
	}
	t.Fatalf("%s: %d lines were, %d are", what, len(a), len(b))
}

func shuffled(r *rand.Rand, file string) string {
	lines := strings.SplitAfter(strings.TrimSuffix(file, "\n")+"\n", "\n")
	lines = lines[:len(lines)-1]
	r.Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
	return strings.Join(lines, "")
}

// goesAround asks that an export reads back as it is, in whatever order its lines come, and with the same graph.
func goesAround(t tb, s graph.Store) {
	t.Helper()
	first := mustExport(t, s, graph.Filter{})
	again := imported(t, first)
	sameLines(t, "imported and exported", first, mustExport(t, again, graph.Filter{}))
	other := imported(t, shuffled(rand.New(rand.NewPCG(3, 4)), first))
	sameLines(t, "shuffled, imported and exported", first, mustExport(t, other, graph.Filter{}))
	if a, b := mustDigest(t, again), mustDigest(t, other); a != b {
		t.Errorf("digest %s, of shuffled lines %s", a, b)
	}
	sum, err := importInto(again, first, bulk.Options{})
	if err != nil || sum.Added != 0 || sum.There != strings.Count(first, "\n") {
		t.Errorf("imported twice: %+v, %v", sum, err)
	}
}

func TestSamplesGoAround(t *testing.T) {
	dialects, err := filepath.Glob("../../samples/dialects/*.txt")
	if err != nil || len(dialects) < 5 {
		t.Fatalf("%d files of other dialects, %v", len(dialects), err)
	}
	files := samples.Files()
	for _, name := range dialects {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, samples.File{Name: filepath.Base(name), Text: text})
	}
	s := memstore.New()
	in := ingest.Ingester{Store: s, Now: func() time.Time { return time.Unix(0, 0) }}
	for _, f := range files {
		documents, err := loader.Read(f.Name, f.Text, loader.Options{})
		if err != nil {
			t.Fatal(err)
		}
		for i := range documents {
			if _, err := in.Load(t.Context(), &documents[i], graph.LoadOptions{}); err != nil {
				t.Fatal(err)
			}
		}
	}
	goesAround(t, s)
	// A graph that was read from texts takes its own export, and nothing changes.
	before := mustDigest(t, s)
	sum, err := importInto(s, mustExport(t, s, graph.Filter{}), bulk.Options{})
	if err != nil || sum.Added != 0 || sum.There < 280 || mustDigest(t, s) != before {
		t.Errorf("its own export: %+v, %v", sum, err)
	}
	// Events keep the ids that they had.
	var ids []graph.ID
	events := func(s graph.Store) (out []graph.ID) {
		r, err := s.Snapshot(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		if err := r.Each(t.Context(), graph.Filter{}, func(e *graph.Event) error {
			out = append(out, e.ID)
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		return out
	}
	if ids = events(s); !slices.Equal(ids, events(imported(t, mustExport(t, s, graph.Filter{})))) {
		t.Error("an event has another id, or another place in the timeline, after export and import")
	}
}

// An article names two plates that only another one tells to be one organ: the organ goes out once.
func TestPlatesGoAround(t *testing.T) {
	s := memstore.New()
	in := ingest.Ingester{Store: s, Now: func() time.Time { return time.Unix(0, 0) }}
	region := reading.Jurisdiction{Chain: []reading.Place{{Name: "云河区", Type: graph.LocCounty}}}
	for month, organs := range [][]reading.Organ{
		{{Name: "云河区政务办", Region: region}, {Name: "云河区大数据局", Region: region}}, {{Name: "云河区政务办", Region: region, Plates: []string{"云河区大数据局"}}},
	} {
		e := reading.Event{Title: "挂牌", PrintedTitle: "挂牌", Kind: graph.EventKindEvent, Body: "挂牌。", Date: graph.EventDate{Basis: graph.BasisNone}}
		for _, o := range organs {
			o.Type = graph.DeptGovernment
			e.Departments = append(e.Departments, reading.Department{Organ: o, Role: graph.DeptHost})
		}
		doc := &reading.Document{Text: fmt.Sprint(month), Issue: reading.Issue{Publication: "云河区大事月报", Year: 2022, Month: month + 1, Region: region}, Events: []reading.Event{e}}
		if _, err := in.Load(t.Context(), doc, graph.LoadOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	first := mustExport(t, s, graph.Filter{})
	if n := strings.Count(first, `"role":"HOST"`); n != 2 {
		t.Errorf("two events, and %d hosts:\n%s", n, first)
	}
	goesAround(t, s)
}

// The embedded engine, with every field that a generated event has.
func TestGeneratedGoesAround(t *testing.T) {
	s, err := badgerstore.Open("", badgerstore.Options{InMemory: true})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	if _, err := importInto(s, string(mustGenerate(t, 300)), bulk.Options{File: "events.jsonl"}); err != nil {
		t.Fatal(err)
	}
	goesAround(t, s)
}

// drawLines makes lines with fields at random: many say little, some say all, names come again in other jurisdictions and organs.
func drawLines(t *rapid.T) string {
	var out strings.Builder
	for i := range rapid.IntRange(1, 14).Draw(t, "lines") {
		line, err := json.Marshal(drawLine(t, i))
		if err != nil {
			t.Fatal(err)
		}
		out.Write(line)
		out.WriteByte('\n')
	}
	return out.String()
}

var regions = []any{
	"410102", "河南省", "河南省澜州市云河区", "澜州市", "松溪县",
	[]map[string]any{{"name": "海右省", "type": "PROVINCE"}, {"name": "云台", "type": "TOWNSHIP"}},
}

func drawLine(t *rapid.T, i int) map[string]any {
	maybe := func(what string) bool { return rapid.Bool().Draw(t, what) }
	pick := func(what string, from ...string) string { return rapid.SampledFrom(from).Draw(t, what) }
	region := func(what string) any { return rapid.SampledFrom(regions).Draw(t, what) }
	l := map[string]any{
		"title": pick("title", "会议召开", "调研企业", "防汛演练", "<甲> & “乙”"),
		"date":  pick("date", "2020-12-04", "2020-12", "2020", "XXXX", "../1950", "2020-12-04/2020-12-08", "19XX", "-0220-03-01"),
	}
	words := pick("body", "12月4日，区长李牧原到河南省林业局调研。", "王磊、王磊出席。", "", "全年用电量10.5万千瓦时。\n次年再增。")
	if words != "" {
		l["body"] = words
	}
	say := func(word string) []map[string]any {
		at := strings.Index(words, word)
		if at < 0 || word == "" || maybe("no evidence") {
			return []map[string]any{}
		}
		start := len([]rune(words[:at]))
		return []map[string]any{{"field": "BODY", "start": start, "end": start + len([]rune(word)), "text": word}}
	}
	if maybe("publication") {
		l["publication"] = pick("publication", "云河区大事月报", "澜州年鉴2020", "松溪大事记")
	}
	if maybe("publisher") {
		l["publisher"] = pick("publisher", "史志办公室", "档案馆")
	}
	if maybe("region") {
		l["region"] = region("region")
	}
	if maybe("issue") {
		l["issue"] = rapid.SampledFrom([]map[string]any{
			{"year": 2021, "month": 1}, {"year": 2021, "month": 1, "number": 100}, {"number": 7, "numberTo": 8}, {"year": 2020}, {},
			{"published": "2021-01-20"}, {"label": "特刊", "year": 2021, "month": 1}, {"year": 2021, "month": 2, "monthTo": 3}, {"digest": strings.Repeat("0f", 32)},
		}).Draw(t, "issue")
	}
	for _, field := range []struct {
		name   string
		values []any
	}{
		{"section", []any{"要闻", "经济"}}, {"page", []any{1, 2}}, {"place", []any{1, 2, 3}}, {"kind", []any{"EVENT", "ROSTER", "OVERVIEW"}},
		{"heading", []any{"十二月"}}, {"printedTitle", []any{"", "会议召开"}},
	} {
		if maybe(field.name) {
			l[field.name] = rapid.SampledFrom(field.values).Draw(t, field.name)
		}
	}
	if maybe("whole date") {
		l["date"] = map[string]any{"edtf": l["date"], "basis": pick("basis", "EXPLICIT", "RELATIVE", "EDITED"), "text": "12月4日", "confidence": 0.5, "evidence": say("12月4日")}
	}
	organ := func(what string) string {
		return pick(what, "河南省林业局", "澜州市云河区人民政府", "澜州市云河区教育局", "教育局", "云岭轴承公司", "中共澜州市云河区委员会")
	}
	if maybe("officials") {
		var officials []map[string]any
		for range rapid.IntRange(1, 3).Draw(t, "count") {
			o := map[string]any{"name": pick("name", "王磊", "李牧原", "买买提·艾力")}
			o["evidence"] = say(o["name"].(string))
			if maybe("code") {
				o["code"] = region("code")
			}
			if maybe("roles") {
				o["roles"] = rapid.SliceOfNDistinct(rapid.SampledFrom(graph.OfficialRoles), 1, 3, rapid.ID).Draw(t, "roles")
			}
			if maybe("posts") {
				var posts []map[string]any
				for range rapid.IntRange(1, 2).Draw(t, "count") {
					p := map[string]any{"title": pick("post", "区长", "副区长", "代表", "局长"), "text": pick("text", "区长", "原局长", "省人大代表")}
					if maybe("department") {
						p["department"] = organ("department")
						if maybe("code") {
							p["code"] = region("code")
						}
					}
					if maybe("attests") {
						p["attests"] = pick("attests", "HELD", "APPOINTED", "REMOVED", "ROSTER", "")
					}
					if maybe("term") {
						p["from"], p["rank"], p["single"] = "2019", 3, true
					}
					posts = append(posts, p)
				}
				o["posts"] = posts
			}
			if maybe("department") {
				o["department"] = organ("department")
			}
			officials = append(officials, o)
		}
		l["officials"] = officials
	}
	described := func(what string) map[string]any {
		o := map[string]any{"name": organ(what)}
		switch {
		case maybe("code"):
			o["code"] = region("code")
		case maybe("no code"):
			o["code"] = nil
		}
		if maybe("type") {
			o["type"] = pick("type", "GOVERNMENT", "PARTY", "ENTERPRISE")
		}
		return o
	}
	if maybe("departments") {
		var departments []map[string]any
		for range rapid.IntRange(1, 3).Draw(t, "count") {
			d := described("organ")
			d["role"], d["evidence"] = rapid.SampledFrom(graph.DepartmentRoles).Draw(t, "role"), say("河南省林业局")
			if maybe("text") {
				d["text"] = pick("text", "省林业局", "林业局", "区教育局")
			}
			departments = append(departments, d)
		}
		l["departments"] = departments
		if parent := organ("parent"); parent != departments[0]["name"] && maybe("parent") && len(departments) == 1 {
			departments[0]["parent"] = parent
		}
	}
	if maybe("organs") {
		l["organs"] = []map[string]any{described("organ")}
	}
	if maybe("locations") {
		var locations []map[string]any
		for range rapid.IntRange(1, 2).Draw(t, "count") {
			p := map[string]any{"name": pick("place", "北山街道", "南塘", "云河区", "中原区", "河南省"), "type": pick("type", "TOWNSHIP", "COUNTY", "VENUE"), "isPlace": maybe("isPlace")}
			if maybe("code") {
				p["code"] = pick("code", "410102", "410000", "999999", "410102001", "410102001001")
				delete(p, "type") // the table knows it
			}
			if maybe("above") {
				p["above"] = []map[string]any{{"name": "云河区", "type": "COUNTY"}, {"name": "澜州市", "type": "CITY"}}[:rapid.IntRange(0, 2).Draw(t, "depth")]
			}
			locations = append(locations, p)
		}
		l["locations"] = locations
	}
	if maybe("documents") {
		l["documents"] = []map[string]any{{"title": "关于防汛的意见", "number": "澜政〔2020〕5号", "evidence": []any{}}}
	}
	if maybe("figures") {
		l["figures"] = []map[string]any{{"value": 10.5, "unit": "万千瓦时", "text": "10.5万千瓦时", "qualifier": pick("qualifier", "EXACT", "ABOUT"), "evidence": say("10.5万千瓦时")}}
	}
	if maybe("otherDates") {
		l["otherDates"] = []map[string]any{{"edtf": "2021", "text": "次年", "evidence": say("次年")}}
	}
	if i > 0 && maybe("long title") {
		l["title"] = fmt.Sprintf("第%d次会议", i)
	}
	return l
}

// Whatever lines say: what is exported of them reads back as it is.
func TestLinesGoAround(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lines := drawLines(t)
		t.Logf("lines:\n%s", lines)
		goesAround(t, imported(t, lines))
	})
}
