package fangzhi_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"fangzhi/server"
	"fangzhi/server/gqlhttp"
)

// example is a query of the README with the variables that stand below it.
type example struct {
	query     string
	variables map[string]any
}

// mustReadme returns the README's queries in their order.
func mustReadme(t *testing.T) []example {
	t.Helper()
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	var examples []example
	for _, m := range regexp.MustCompile("(?s)```graphql\n(.*?)```\n\n```json\n(.*?)```").FindAllStringSubmatch(string(text), -1) {
		variables, err := gqlhttp.Object([]byte(m[2]))
		if err != nil {
			t.Fatalf("variables %s: %v", m[2], err)
		}
		examples = append(examples, example{m[1], variables})
	}
	if len(examples) != 4 {
		t.Fatalf("README.md has %d queries with variables, want 4", len(examples))
	}
	return examples
}

type eventAnswer struct {
	Date struct {
		EDTF, Text, Basis, Reason string
	}
	Title, Summary, Citation string
	Locations                []struct {
		Location struct{ Name string }
		IsPlace  bool
	}
}

type officialAnswer struct {
	Official struct {
		Label       string
		Appearances struct {
			Nodes []struct {
				Event    eventAnswer
				Title    *string
				Roles    []string
				Evidence []struct{ Text string }
			}
		}
		Tenures []struct {
			Title                       string
			Department                  *struct{ Name string }
			FirstAttested, LastAttested *string
			StatedFrom, StatedTo        *string
		}
	}
}

type joinedAnswer struct {
	Relationship struct {
		A, B         struct{ Label string }
		SharedCount  int
		SharedEvents struct{ Nodes []eventAnswer }
	}
	Paths []struct {
		Length int
		Steps  []struct {
			From, To     struct{ Name string }
			Event        eventAnswer
			SharedEvents int
		}
	}
}

type placeAnswer struct {
	Location struct {
		Label  string
		Code   *string
		Path   []struct{ Name, Type string }
		Events struct {
			TotalCount int
			Nodes      []eventAnswer
		}
	}
}

type yearAnswer struct {
	Timeline struct {
		TotalCount int
		Nodes      []eventAnswer
	}
}

// posts returns the posts of the tenures with their organs.
func (a officialAnswer) posts() []string {
	var out []string
	for _, t := range a.Official.Tenures {
		organ := ""
		if t.Department != nil {
			organ = t.Department.Name
		}
		out = append(out, organ+" "+t.Title)
	}
	slices.Sort(out)
	return out
}

func TestReadmeOnTheDemo(t *testing.T) {
	s := mustDemo(t)
	queries := mustReadme(t)

	official := mustAsk[officialAnswer](t, s, queries[0].query, queries[0].variables)
	if n := len(official.Official.Appearances.Nodes); n != 11 {
		t.Errorf("the official appears %d times, want 11", n)
	}
	for _, want := range []string{"澜州市云河区人民政府 副区长", "中共澜州市云河区委员会 副书记"} {
		if !slices.Contains(official.posts(), want) {
			t.Errorf("posts %q have no %s", official.posts(), want)
		}
	}
	for _, node := range official.Official.Appearances.Nodes {
		if node.Event.Date.EDTF == "" || node.Event.Citation == "" || len(node.Evidence) == 0 {
			t.Errorf("an appearance without date, citation or evidence: %+v", node)
		}
	}

	joined := mustAsk[joinedAnswer](t, s, queries[1].query, queries[1].variables)
	if joined.Relationship.SharedCount == 0 || len(joined.Relationship.SharedEvents.Nodes) == 0 {
		t.Errorf("the two share nothing: %+v", joined.Relationship)
	}
	checkPaths(t, joined, 3)

	place := mustAsk[placeAnswer](t, s, queries[2].query, queries[2].variables)
	if place.Location.Events.TotalCount < 2 || len(place.Location.Path) != 4 {
		t.Errorf("the place has %d events and the path %v", place.Location.Events.TotalCount, place.Location.Path)
	}

	year := mustAsk[yearAnswer](t, s, queries[3].query, queries[3].variables)
	if year.Timeline.TotalCount < 80 {
		t.Errorf("the year has %d events", year.Timeline.TotalCount)
	}
	checkOrder(t, year)
}

// The four questions on the real issue.
func TestReadmeOnTheRealIssue(t *testing.T) {
	s := mustServer(t, mustParse(t, "zhongyuan-2021-01.txt", mustReadReal(t)))
	queries := mustReadme(t)

	official := mustAsk[officialAnswer](t, s, queries[0].query, map[string]any{"name": "李晓雷"})
	var posts []string
	for _, node := range official.Official.Appearances.Nodes {
		if node.Title == nil {
			t.Fatalf("no post at %+v", node.Event)
		}
		posts = append(posts, node.Event.Date.EDTF+" "+*node.Title)
	}
	if want := []string{"2020-12-06 区长", "2020-12-09 中原区区长", "2020-12-24 区委副书记"}; !slices.Equal(posts, want) {
		t.Errorf("posts by event %q, want %q", posts, want)
	}
	if want := []string{"中共郑州市中原区委员会 副书记", "郑州市中原区人民政府 区长"}; !slices.Equal(official.posts(), want) {
		t.Errorf("tenures %q, want two concurrent posts %q", official.posts(), want)
	}

	joined := mustAsk[joinedAnswer](t, s, queries[1].query, map[string]any{"a": mustID(t, s, "乔耸"), "b": mustID(t, s, "成小波")})
	if joined.Relationship.SharedCount != 0 {
		t.Errorf("乔耸 and 成小波 share %d events, want none", joined.Relationship.SharedCount)
	}
	checkPaths(t, joined, 1)
	if p := joined.Paths[0]; p.Length != 2 || p.Steps[0].To.Name != "李卫林" {
		t.Errorf("the shortest path is %+v, want two steps by 李卫林", p)
	}
	joined = mustAsk[joinedAnswer](t, s, queries[1].query, map[string]any{"a": mustID(t, s, "乔耸"), "b": mustID(t, s, "李晓雷")})
	if joined.Relationship.SharedCount != 2 {
		t.Errorf("乔耸 and 李晓雷 share %d events, want 2", joined.Relationship.SharedCount)
	}

	place := mustAsk[placeAnswer](t, s, queries[2].query, map[string]any{"place": "绿东村街道", "year": 2020, "month": 12})
	var dates []string
	for _, e := range place.Location.Events.Nodes {
		dates = append(dates, e.Date.EDTF)
	}
	if want := []string{"2020-12-09", "2020-12-11"}; !slices.Equal(dates, want) || place.Location.Code == nil || *place.Location.Code != "410102007" {
		t.Errorf("events of the subdistrict %q (code %v), want %q", dates, place.Location.Code, want)
	}

	year := mustAsk[yearAnswer](t, s, queries[3].query, map[string]any{"year": 2020})
	if year.Timeline.TotalCount != 25 {
		t.Errorf("2020 has %d events, want 25", year.Timeline.TotalCount)
	}
	checkOrder(t, year)
}

func mustID(t *testing.T, s *server.Server, name string) string {
	t.Helper()
	return mustAsk[struct{ Official struct{ ID string } }](t, s, `query($n: String!) { official(name: $n) { id } }`, map[string]any{"n": name}).Official.ID
}

// checkPaths wants at least n chains, each joined end to end, the shorter first.
func checkPaths(t *testing.T, joined joinedAnswer, n int) {
	t.Helper()
	if len(joined.Paths) < n {
		t.Fatalf("%d paths, want %d", len(joined.Paths), n)
	}
	last := 0
	for _, p := range joined.Paths {
		if p.Length != len(p.Steps) || p.Length < last {
			t.Errorf("a path of length %d with %d steps after one of %d", p.Length, len(p.Steps), last)
		}
		last = p.Length
		for i, step := range p.Steps {
			if step.Event.Title == "" || step.SharedEvents == 0 || i > 0 && p.Steps[i-1].To.Name != step.From.Name {
				t.Errorf("a broken step: %+v", step)
			}
		}
	}
}

// checkOrder wants title, date and citation of every entry, in the compilers' order.
func checkOrder(t *testing.T, year yearAnswer) {
	t.Helper()
	last := ""
	for _, e := range year.Timeline.Nodes {
		if e.Title == "" || e.Summary == "" || !strings.HasPrefix(e.Citation, "《") || e.Date.Reason == "" {
			t.Errorf("an entry without title, summary, citation or reason: %+v", e)
		}
		if regexp.MustCompile(`^\d{4}-\d\d-\d\d$`).MatchString(e.Date.EDTF) {
			if e.Date.EDTF < last {
				t.Errorf("%s stands after %s", e.Date.EDTF, last)
			}
			last = e.Date.EDTF
		}
	}
}
