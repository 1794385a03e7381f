package fangzhi_test

import (
	"encoding/json"
	"go/scanner"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"fangzhi/graph"
	"fangzhi/graph/badgerstore"
	"fangzhi/ingest"
	"fangzhi/loader"
	"fangzhi/loader/reading"
	"fangzhi/samples"
	"fangzhi/server"
)

// The main job, end to end: issues in, timeline and relationship answers out. Everything that is asserted of the real issue
// in ../shared is asserted of the samples too, so that a run without that folder means something.

const realIssue = "../shared/corpus/zhongyuan-2021-01.txt"

// mustReadReal reads the real issue; the test is skipped where it is absent and CI is not set.
func mustReadReal(t *testing.T) []byte {
	t.Helper()
	text, err := os.ReadFile(realIssue)
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatalf("%v, and CI is set", err)
		}
		t.Skip(realIssue, "is absent")
	}
	return text
}

func mustParse(t *testing.T, name string, text []byte) reading.Document {
	t.Helper()
	documents, err := loader.Read(name, text, loader.Options{})
	if err != nil || len(documents) != 1 {
		t.Fatalf("read %s: %d documents, %v", name, len(documents), err)
	}
	return documents[0]
}

// mustServer loads documents into an embedded graph and returns a server over it.
func mustServer(t *testing.T, documents ...reading.Document) *server.Server {
	t.Helper()
	store, err := badgerstore.Open("", badgerstore.Options{InMemory: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	in := ingest.Ingester{Store: store, Now: time.Now}
	for i := range documents {
		if _, err := in.Load(t.Context(), &documents[i], graph.LoadOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	snapshot, err := store.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer snapshot.Close()
	if err := graph.Check(t.Context(), snapshot); err != nil {
		t.Errorf("the graph is not sound: %v", err)
	}
	return server.New(server.Config{Store: store})
}

func mustDemo(t *testing.T) *server.Server {
	t.Helper()
	var documents []reading.Document
	for _, f := range samples.Files() {
		documents = append(documents, mustParse(t, f.Name, f.Text))
	}
	return mustServer(t, documents...)
}

// mustAsk decodes the data of the answer into a value.
func mustAsk[T any](t *testing.T, s *server.Server, query string, variables map[string]any) T {
	t.Helper()
	answer, failed, err := s.Execute(t.Context(), query, variables)
	if err != nil || failed {
		t.Fatalf("%s\n%v\n%s", query, err, answer)
	}
	var data struct{ Data T }
	if err := json.Unmarshal(answer, &data); err != nil {
		t.Fatal(err)
	}
	return data.Data
}

// link is one official of one article, as tests compare it.
type link struct {
	title, department string
	roles             string
}

// officials returns the links of everybody of the name, by the articles' dates.
func officials(doc *reading.Document, name string) map[string]link {
	out := map[string]link{}
	for _, e := range doc.Events {
		for _, o := range e.Officials {
			if o.Name != name {
				continue
			}
			l := link{title: o.Title}
			if o.Organ != nil {
				l.department = o.Organ.Name
			}
			for _, r := range o.Roles {
				l.roles += string(r) + " "
			}
			out[e.Date.EDTF.String()] = l
		}
	}
	return out
}

func titled(t *testing.T, doc *reading.Document, part string) *reading.Event {
	t.Helper()
	at := slices.IndexFunc(doc.Events, func(e reading.Event) bool { return strings.Contains(e.Title, part) })
	if at < 0 {
		t.Fatalf("no article with %s in its title", part)
	}
	return &doc.Events[at]
}

// surfacesOf returns the canonical names of the departments whose evidence is one of the surfaces, each once.
func surfacesOf(doc *reading.Document, surfaces ...string) []string {
	var names []string
	for _, e := range doc.Events {
		for _, d := range e.Departments {
			for _, v := range d.Evidence {
				if slices.Contains(surfaces, v.Text) {
					names = append(names, d.Name)
				}
			}
		}
		for _, l := range e.Locations {
			for _, v := range l.Evidence {
				if slices.Contains(surfaces, v.Text) && l.Code != "" {
					names = append(names, l.Name+" "+l.Code)
				}
			}
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func nobodyOf(t *testing.T, doc *reading.Document, names ...string) {
	t.Helper()
	for _, e := range doc.Events {
		for _, o := range e.Officials {
			if slices.Contains(names, o.Name) {
				t.Errorf("%s is taken for an official in %s", o.Name, e.Title)
			}
		}
	}
}

func TestRealIssue(t *testing.T) {
	doc := mustParse(t, "zhongyuan-2021-01.txt", mustReadReal(t))
	if len(doc.Events) != 26 {
		t.Fatalf("%d events, want 26", len(doc.Events))
	}
	undated := 0
	for _, e := range doc.Events {
		if !e.Date.Dated() {
			undated++
			if e.Date.EDTF.String() != "XXXX" || e.Date.Basis != graph.BasisNone || !strings.Contains(e.Title, "中医药") {
				t.Errorf("undated: %s %s %s", e.Title, e.Date.EDTF, e.Date.Basis)
			}
			continue
		}
		if !strings.HasPrefix(e.Date.EDTF.String(), "2020-12-") || e.Date.Basis != graph.BasisYearInferred {
			t.Errorf("%s is dated %s by %s, want a day of 2020-12, YEAR_INFERRED", e.Title, e.Date.EDTF, e.Date.Basis)
		}
	}
	if undated != 1 {
		t.Errorf("%d undated events, want 1", undated)
	}
	for _, name := range []string{"王磊", "张晓"} {
		got := officials(&doc, name)["2020-12-14"]
		if got.department != "河南省林业局" || !strings.HasSuffix(got.title, "野保处副处长") {
			t.Errorf("%s on 12-14 = %+v, want 野保处副处长 of 河南省林业局", name, got)
		}
	}
	for _, tt := range []struct{ name, day, title string }{
		{"乔耸", "2020-12-06", "区委书记"}, {"李晓雷", "2020-12-06", "区长"}, {"李晓雷", "2020-12-09", "中原区区长"},
		{"李晓雷", "2020-12-24", "区委副书记"}, {"吴福民", "2020-12-19", ""}, {"陈平山", "2020-12-19", ""}, {"赵鹏臣", "2020-12-04", ""},
	} {
		got, found := officials(&doc, tt.name)[tt.day]
		if !found || got.title != tt.title {
			t.Errorf("%s on %s: found %t with post %q, want %q", tt.name, tt.day, found, got.title, tt.title)
		}
	}
	for _, name := range []string{"习近平", "王鸿津"} {
		found := officials(&doc, name)
		for day, l := range found {
			if l.roles != "MENTIONED " {
				t.Errorf("%s on %s is %s, want MENTIONED alone", name, day, l.roles)
			}
		}
		if len(found) == 0 {
			t.Errorf("%s is not found", name)
		}
	}
	if got := surfacesOf(&doc, "70中", "郑州市第70中学", "郑州市第七十中学"); !cmp.Equal(got, []string{"郑州市第七十中学"}) {
		t.Errorf("70中, 郑州市第70中学 and 郑州市第七十中学 are %q, want one department", got)
	}
	if got := surfacesOf(&doc, "区卫健委", "中原区卫生健康委", "区卫生健康委"); len(got) != 1 {
		t.Errorf("区卫健委 and 中原区卫生健康委 are %q, want one department", got)
	}
	if got := surfacesOf(&doc, "绿东村街道"); !slices.Contains(got, "绿东村街道 410102007") {
		t.Errorf("绿东村街道 is %q, want the code 410102007", got)
	}
	nobodyOf(t, &doc, "法桐", "大叶女贞", "红叶石楠", "石楠", "白蜡", "穆桂英", "美猴王", "真假美", "高度重", "党工委", "常委", "主任")
	for _, e := range doc.Events {
		if strings.Contains(e.Body, "发放范围") {
			t.Errorf("the imprint stands in %s", e.Title)
		}
	}
}

// TestRealIssueScores runs the annotation's own scorer, with the floor of this version.
func TestRealIssueScores(t *testing.T) {
	doc := mustParse(t, "zhongyuan-2021-01.txt", mustReadReal(t))
	if _, err := exec.LookPath("python3"); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("python3 is not installed, and CI is set")
		}
		t.Skip("python3 is not installed")
	}
	printed, err := json.Marshal(doc)
	if err != nil {
		t.Fatal(err)
	}
	command := exec.CommandContext(t.Context(), "python3", "../shared/tools/score", "../shared/gold/zhongyuan-2021-01.json", "-", "--misses",
		"--min", "events=1,title=1,section=1,page=1,evidence=1,dates=0.96,officials_name=0.9,officials_presence=1,departments_name=0.6,locations_name=0.6")
	command.Stdin = strings.NewReader(string(printed))
	said, err := command.CombinedOutput()
	t.Logf("%s", said)
	if err != nil {
		t.Errorf("the score is below the floor: %v", err)
	}
}

func TestSamples(t *testing.T) {
	var documents []reading.Document
	for _, f := range samples.Files() {
		documents = append(documents, mustParse(t, f.Name, f.Text))
	}
	march, april, may := &documents[0], &documents[1], &documents[2]
	for i, want := range []int{31, 28, 28} {
		if len(documents[i].Events) != want {
			t.Fatalf("%s: %d events, want %d", documents[i].File, len(documents[i].Events), want)
		}
	}
	for _, doc := range documents {
		dated := 0
		for _, e := range doc.Events {
			if !e.Date.Dated() {
				if e.Date.EDTF.String() != "XXXX" || e.Date.Basis != graph.BasisNone {
					t.Errorf("undated: %s %s %s", e.Title, e.Date.EDTF, e.Date.Basis)
				}
				continue
			}
			dated++
			if !strings.Contains(e.Date.EDTF.String(), "2022") && !strings.Contains(e.Date.EDTF.String(), "2021") {
				t.Errorf("%s is dated %s", e.Title, e.Date.EDTF)
			}
		}
		if undated := len(doc.Events) - dated; undated < 1 || undated > 2 {
			t.Errorf("%s: %d undated events, want 1 or 2", doc.File, undated)
		}
		nobodyOf(t, &doc, "银杏", "国槐", "海棠", "白玉兰", "花木兰", "常委", "主任")
	}
	for _, tt := range []struct {
		doc              *reading.Document
		name, day, title string
	}{
		{march, "顾怀瑾", "2022-02-14", "区委常委、副区长"}, {april, "顾怀瑾", "2022-04-06", "区委副书记"},
		{march, "李牧原", "2022-02-09", "区委副书记、区长"}, {march, "李牧原", "2022-02-12", "区长"},
		{march, "方砚清", "2022-02-14", "区发展改革委主任"}, {april, "方砚清", "2022-04-06", "副区长"},
		{march, "纪望舒", "2022-02-28", ""}, {april, "汤沛霖", "2022-04-14", ""},
	} {
		got, found := officials(tt.doc, tt.name)[tt.day]
		if !found || got.title != tt.title {
			t.Errorf("%s on %s: found %t with post %q, want %q", tt.name, tt.day, found, got.title, tt.title)
		}
	}
	for _, doc := range []*reading.Document{march, april, may} {
		for day, l := range officials(doc, "习近平") {
			if l.roles != "MENTIONED " {
				t.Errorf("习近平 on %s is %s, want MENTIONED alone", day, l.roles)
			}
		}
	}
	if got := surfacesOf(march, "9中", "第 9 中学", "市第九中学", "澜州市第九中学"); !cmp.Equal(got, []string{"澜州市第九中学"}) {
		t.Errorf("9中, 第 9 中学 and 澜州市第九中学 are %q, want one department", got)
	}
	twins := titled(t, march, "一季度经济运行调度会")
	var at []string
	for _, o := range twins.Officials {
		if o.Name == "赵敏" && o.Organ != nil {
			at = append(at, o.Organ.Name)
		}
	}
	slices.Sort(at)
	if want := []string{"澜州市云河区教育局", "澜州市云河区财政局"}; !cmp.Equal(at, want) {
		t.Errorf("two people of one name are at %q, want %q", at, want)
	}
}

// No constant of loader or lexicon names a person, a street, an organ or a place of the real issue: the annotation's own
// list of names is looked for in the source. Whole tables of the country (divisions, surnames) are data, not rules.
func TestNoRuleKnowsTheRealIssue(t *testing.T) {
	mustReadReal(t)
	text, err := os.ReadFile("../shared/gold/aliases.json")
	if err != nil {
		t.Fatal(err)
	}
	var aliases map[string]map[string][]string
	if err := json.Unmarshal(text, &aliases); err != nil {
		t.Fatal(err)
	}
	var names []string
	for kind, entities := range aliases {
		for canonical, surfaces := range entities {
			for _, name := range append(surfaces, canonical) {
				if kind == "officials" && !slices.Contains([]string{"总书记", "习近平", "习近平总书记"}, name) || strings.Contains(name, "中原") || particular(kind, name) {
					names = append(names, name)
				}
			}
		}
	}
	if len(names) < 60 {
		t.Fatalf("only %d names to look for", len(names))
	}
	for _, dir := range []string{"loader", "lexicon"} {
		err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
			if err != nil || d.IsDir() || strings.Contains(path, "lexicon/data/") {
				return err
			}
			source, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			constants := constantsOf(path, source)
			if strings.HasSuffix(path, "_test.go") {
				constants = "" // a test may ask for the district of the contract's examples
			}
			for _, name := range names {
				// The contract's comments speak of 中原区, and so may ours; everything else must not even be an example.
				if strings.Contains(constants, name) || !strings.Contains(name, "中原") && strings.Contains(string(source), name) {
					t.Errorf("%s names %s", path, name)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// constantsOf returns the string literals of a Go file, or the whole of another.
func constantsOf(path string, source []byte) string {
	if filepath.Ext(path) != ".go" {
		return string(source)
	}
	var literals strings.Builder
	var s scanner.Scanner
	files := token.NewFileSet()
	s.Init(files.AddFile(path, -1, len(source)), source, nil, 0)
	for {
		_, kind, literal := s.Scan()
		if kind == token.EOF {
			return literals.String()
		}
		if kind == token.STRING || kind == token.CHAR {
			literals.WriteString(literal + "\n")
		}
	}
}

// particular tells names that only one place has from the genre's own words (区教育局, 街道).
func particular(kind, name string) bool {
	own := regexp.MustCompile(`(路|街道|社区|小学|中学|幼儿园|公司|公园|广场|学院|号院|小区)$`)
	return (kind == "locations" || kind == "departments") && len([]rune(name)) > 3 && own.MatchString(name) &&
		!regexp.MustCompile(`^(各|全|区|市|省|县)`).MatchString(name)
}

// Two people of one name in one sentence are two, and nobody beside them: a query by the name lists both.
func TestNamesakesOfTheDemo(t *testing.T) {
	s := mustDemo(t)
	for name, want := range map[string][]string{
		"赵敏":  {"赵敏（澜州市云河区教育局副局长）", "赵敏（澜州市云河区财政局总会计师）"},
		"王建国": {"王建国（河南省水利厅河湖处处长）", "王建国（澜州市教育局副局长）"},
	} {
		answer, failed, err := s.Execute(t.Context(), `query($n: String!) { official(name: $n) { id } }`, map[string]any{"n": name})
		if err != nil || !failed {
			t.Fatalf("%s: %v, failed %t: %s", name, err, failed, answer)
		}
		var said struct {
			Errors []struct {
				Extensions struct {
					Code       string
					Candidates []struct{ Label string }
				}
			}
		}
		if err := json.Unmarshal(answer, &said); err != nil {
			t.Fatal(err)
		}
		var labels []string
		for _, c := range said.Errors[0].Extensions.Candidates {
			labels = append(labels, c.Label)
		}
		slices.Sort(labels)
		if !slices.Equal(labels, want) || said.Errors[0].Extensions.Code != "AMBIGUOUS" {
			t.Errorf("%s: %s %q, want AMBIGUOUS %q", name, said.Errors[0].Extensions.Code, labels, want)
		}
	}
}
