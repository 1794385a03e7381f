package eval_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fangzhi/loader"
	"fangzhi/loader/eval"
	"fangzhi/samples"
)

// shared is where the annotated source issue and the tool that measures it lie in a working checkout; they are no part
// of the project.
const shared = "../../../shared"

// sharedFile returns the path of a file of shared. Where it is absent the test is skipped, with CI set it fails.
func sharedFile(t *testing.T, name string) string {
	t.Helper()
	path := filepath.Join(shared, name)
	if _, err := os.Stat(path); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatalf("CI needs %s: %v", path, err)
		}
		t.Skipf("%s is not here", path)
	}
	return path
}

func mustReadFile(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// issue is a text with its annotation.
type issue struct {
	name       string
	text, gold []byte
}

func sampleIssues(t *testing.T) []issue {
	t.Helper()
	var all []issue
	for _, f := range samples.Files() {
		gold, ok := samples.Gold(strings.TrimSuffix(f.Name, ".txt"))
		if !ok {
			t.Fatalf("%s has no gold", f.Name)
		}
		all = append(all, issue{f.Name, f.Text, gold})
	}
	if len(all) == 0 {
		t.Fatal("no sample is bundled")
	}
	return all
}

// dialectIssues are the annotated documents of other dialects.
func dialectIssues(t *testing.T) []issue {
	t.Helper()
	files, err := filepath.Glob("../../samples/dialects/*.txt")
	if err != nil || len(files) < 5 {
		t.Fatalf("documents of other dialects: %v, %v", files, err)
	}
	var all []issue
	for _, file := range files {
		all = append(all, issue{filepath.Base(file), mustReadFile(t, file), mustReadFile(t, strings.TrimSuffix(file, ".txt")+".json")})
	}
	return all
}

// sourceName is the file of the issue that fangzhi was made for.
const sourceName = "zhongyuan-2021-01.txt"

func sourceIssue(t *testing.T) issue {
	t.Helper()
	return issue{
		name: sourceName,
		text: mustReadFile(t, sharedFile(t, "corpus/"+sourceName)),
		gold: mustReadFile(t, sharedFile(t, "gold/zhongyuan-2021-01.json")),
	}
}

// mustMeasure reads the text with today's reader and measures it. It returns the readings as `fangzhi parse` prints
// them too.
func mustMeasure(t *testing.T, is issue) (eval.Result, []byte) {
	t.Helper()
	gold, err := eval.ReadGold(is.gold)
	if err != nil {
		t.Fatal(err)
	}
	readings, err := loader.Read(is.name, is.text, loader.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var documents []eval.Document
	var printed bytes.Buffer
	for i := range readings {
		d, err := eval.NewDocument(&readings[i])
		if err != nil {
			t.Fatal(err)
		}
		documents = append(documents, d)
		if err := json.NewEncoder(&printed).Encode(readings[i]); err != nil {
			t.Fatal(err)
		}
	}
	return eval.Measure(gold, documents), printed.Bytes()
}

// TestSameFiguresAsScore holds figures and misses to those of the independent tool that the annotation came with: for
// what is read today, and, of the first sample and the source issue, for readings that are damaged in many ways.
func TestSameFiguresAsScore(t *testing.T) {
	score := sharedFile(t, "tools/score")
	if _, err := exec.LookPath("python3"); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("CI needs python3")
		}
		t.Skip("python3 is not here")
	}
	for n, is := range append(append(sampleIssues(t), dialectIssues(t)...), sourceIssue(t)) {
		t.Run(is.name, func(t *testing.T) {
			result, printed := mustMeasure(t, is)
			dir := t.TempDir()
			gold := filepath.Join(dir, "gold.json")
			mustWriteFile(t, gold, is.gold)
			compareWithScore(t, score, gold, printed, result)

			if n > 0 && is.name != sourceName {
				return
			}
			g, err := eval.ReadGold(is.gold)
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range damages {
				t.Run(d.name, func(t *testing.T) {
					whole := printed
					if d.ofGold {
						whole = is.gold
					}
					damaged := mustDamage(t, whole, d.event)
					documents, err := eval.ReadDocuments(damaged)
					if err != nil {
						t.Fatal(err)
					}
					compareWithScore(t, score, gold, damaged, eval.Measure(g, documents))
				})
			}
		})
	}
}

// damages change the n-th event, so that every rule of the measure is asked of real articles: of the reading, or of the
// gold where more alternatives and kinds of things are wanted than a reading has.
var damages = []struct {
	name   string
	ofGold bool
	event  func(n int, e map[string]any)
}{
	{"titles and bodies", false, func(n int, e map[string]any) {
		body := []rune(e["body"].(string))
		switch n % 4 {
		case 0:
			e["title"] = "全然不同的题目"
			e["body"] = string(body[len(body)/3:]) + string(body[:len(body)/3])
		case 1:
			e["body"] = strings.ReplaceAll(e["body"].(string), "，", "")
		case 2:
			e["title"], e["body"] = "另一个题目", "　"+strings.Repeat("云", 40)
		case 3:
			e["section"], e["page"] = nil, 7
		}
	}},
	{"entities", true, func(n int, e map[string]any) {
		for _, kind := range []string{"officials", "departments", "locations", "documents", "figures", "otherDates"} {
			list, _ := e[kind].([]any)
			for i, x := range list {
				x := x.(map[string]any)
				delete(x, "texts")
				switch (n + i) % 7 {
				case 0:
					x["name"], x["title"], x["value"] = "无此名", "无此题", 1e6
				case 1:
					x["text"], x["department"], x["number"] = "无", nil, "无〔2020〕1号"
				case 2:
					x["role"], x["type"], x["unit"], x["edtf"] = "MENTIONED", "OTHER", "无", "1999"
				case 3:
					x["title"], x["code"], x["isPlace"] = nil, "110000", false
				case 4:
					list = append(list, map[string]any{"name": x["name"], "title": x["title"], "text": "又", "role": "ATTEND", "value": x["value"], "unit": x["unit"]})
				case 5:
					if alt, ok := x["alt"].([]any); ok && len(alt) > 0 {
						x["name"] = alt[len(alt)-1]
					}
				}
			}
			if n%5 == 4 && len(list) > 0 {
				list = list[1:]
			}
			e[kind] = list
		}
	}},
	{"optional", true, func(n int, e map[string]any) {
		for _, kind := range []string{"officials", "departments", "locations", "documents", "figures", "otherDates"} {
			if optional, ok := e[kind+"_optional"].([]any); ok {
				list, _ := e[kind].([]any)
				e[kind] = append(list, optional...)
			}
		}
		if alt, ok := e["date_alt"].([]any); ok {
			e["date"].(map[string]any)["edtf"] = alt[n%len(alt)]
		}
	}},
	{"documents and figures", false, func(n int, e map[string]any) {
		documents, _ := e["documents"].([]any)
		for i, x := range documents {
			x := x.(map[string]any)
			switch (n + i) % 4 {
			case 0:
				x["number"] = nil
			case 1:
				x["title"], x["number"] = nil, "无〔2020〕1号"
			case 2:
				x["title"] = "〈" + fmt.Sprint(x["title"]) + "〉"
			case 3:
				documents = append(documents, map[string]any{"title": x["title"], "number": "又〔2020〕2号"})
			}
		}
		figures, _ := e["figures"].([]any)
		for i, x := range figures {
			x := x.(map[string]any)
			switch (n + i) % 6 {
			case 0:
				x["value"] = x["value"].(float64) * (1 + 1e-12)
			case 1:
				x["unit"] = nil
			case 2:
				x["value"] = "很多"
			case 3:
				figures = append(figures, map[string]any{"value": x["value"], "unit": x["unit"], "text": "又"})
			case 4:
				x["unit"] = " " + x["unit"].(string)
			}
		}
		e["documents"], e["figures"] = documents, figures
	}},
	{"evidence", false, func(n int, e map[string]any) {
		for _, kind := range []string{"officials", "departments", "locations", "documents", "figures"} {
			list, _ := e[kind].([]any)
			for i, x := range list {
				x := x.(map[string]any)
				switch (n + i) % 6 {
				case 0:
					x["evidence"] = []any{}
				case 1:
					x["evidence"] = []any{map[string]any{"start": 0, "end": 2, "text": "不是"}, map[string]any{"field": "TITLE", "start": 0, "end": 1, "text": string([]rune(e["title"].(string))[:1])}}
				case 2:
					x["evidence"] = []any{map[string]any{"field": "BODY", "start": -1, "end": 1 << 20, "text": "不"}, map[string]any{"field": "FOOT", "start": 0, "end": 1, "text": "不"}}
				case 3:
					x["evidence"] = []any{map[string]any{"start": 0, "end": 0, "text": ""}, map[string]any{"start": 0, "text": "不"}}
				}
			}
		}
	}},
}

// mustDamage damages the events of the first document, drops each ninth and invents one.
func mustDamage(t *testing.T, printed []byte, damage func(int, map[string]any)) []byte {
	t.Helper()
	var d map[string]any
	if err := json.NewDecoder(bytes.NewReader(printed)).Decode(&d); err != nil {
		t.Fatal(err)
	}
	var events []any
	for n, e := range d["events"].([]any) {
		damage(n, e.(map[string]any))
		if n%9 != 8 {
			events = append(events, e)
		}
	}
	d["events"] = append(events, map[string]any{"title": "", "body": "无事。", "officials": []any{map[string]any{"name": "某某", "role": "ATTEND"}}})
	d["issue"].(map[string]any)["number"] = 7
	b, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func mustWriteFile(t *testing.T, path string, b []byte) {
	t.Helper()
	if err := os.WriteFile(path, b, 0o644); err != nil {
		t.Fatal(err)
	}
}

// compareWithScore runs the tool on the gold file and the printed reading and compares all figures.
func compareWithScore(t *testing.T, score, gold string, printed []byte, result eval.Result) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "read.json")
	mustWriteFile(t, path, printed)
	out, err := exec.CommandContext(t.Context(), "python3", score, gold, path, "--json", "--misses").Output()
	if err != nil {
		t.Fatalf("score: %v", err)
	}
	type measured struct {
		Figures map[string]map[string]*float64
		Misses  []struct{ Event, Figure, What string }
	}
	var want, got measured
	if err := json.Unmarshal(out, &want); err != nil {
		t.Fatal(err)
	}
	mine, err := json.Marshal(result)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(mine, &got); err != nil {
		t.Fatal(err)
	}
	if len(want.Figures) == 0 {
		t.Fatal("score measured nothing")
	}
	close := cmp.Comparer(func(a, b *float64) bool {
		if a == nil || b == nil {
			return a == b
		}
		return math.Abs(*a-*b) < 1e-9
	})
	if diff := cmp.Diff(want.Figures, got.Figures, close); diff != "" {
		t.Errorf("figures mismatch (-score +eval):\n%s", diff)
	}
	if diff := cmp.Diff(want.Misses, got.Misses); diff != "" {
		t.Errorf("misses mismatch (-score +eval):\n%s", diff)
	}
}
