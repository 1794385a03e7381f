package server_test

import (
	"encoding/json"
	"html"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2"

	"fangzhi/graph"
	"fangzhi/graph/memstore"
	"fangzhi/server"
	"fangzhi/web"
)

var tags = regexp.MustCompile(`(?s)<(style|head)>.*?</(style|head)>|<[^>]*>|\s+`)

// words returns the text of a page, without tags, spaces in one.
func words(page string) string {
	return strings.Join(strings.Fields(html.UnescapeString(tags.ReplaceAllString(page, " "))), " ")
}

func TestStartPage(t *testing.T) {
	for engine, open := range engines {
		t.Run(engine, func(t *testing.T) {
			store := open(t)
			mustLoad(t, store, documents(t)...)
			c := newClient(t, server.Config{Store: store, Version: "1.2.3"})
			r := c.do(http.MethodGet, "/", "")
			got := map[string]string{"status": http.StatusText(r.status)}
			for _, name := range []string{"Content-Type", "Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy", "Cache-Control"} {
				got[name] = r.header.Get(name)
			}
			want := map[string]string{
				"status": "OK", "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": web.ContentSecurityPolicy, "X-Content-Type-Options": "nosniff",
				"Referrer-Policy": "no-referrer", "Cross-Origin-Opener-Policy": "same-origin", "Cache-Control": "no-cache",
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("head (-want +got):\n%s", diff)
			}
			text := words(r.body)
			for _, want := range []string{
				"刊物 4 期 大事 14 条 官员 6 人 部门 9 个 地点 6 处", "1964年5月1日 至 2022年12月31日",
				"云河区大事月报 2022年1月（总第12期） 至 2022年3—4期合刊（总第14—15期） 3 13", "松溪文史 创刊号 1 1", "方志 1.2.3。",
			} {
				if !strings.Contains(text, want) {
					t.Errorf("the page lacks %q:\n%s", want, text)
				}
			}
		})
	}
}

// Titles that are markup stay text.
func TestStartPageEscapesTitles(t *testing.T) {
	const title = `<script>alert("志")</script>`
	store := memstore.New()
	doc := documents(t)[3]
	doc.Issue.Publication, doc.Issue.Label = title, `"><img src=x onerror=alert(1)>`
	mustLoad(t, store, doc)
	page := newClient(t, server.Config{Store: store, Version: "<b>"}).do(http.MethodGet, "/", "").body
	for _, evil := range []string{"<script>alert", "<img", "<b>"} {
		if strings.Contains(page, evil) {
			t.Errorf("the page has %s", evil)
		}
	}
	if !strings.Contains(words(page), "onerror=alert(1)") || !strings.Contains(html.UnescapeString(page), title) {
		t.Errorf("the page lacks the titles:\n%s", page)
	}
}

func TestStartPageOfAnEmptyGraph(t *testing.T) {
	r := newClient(t, server.Config{Store: memstore.New()}).do(http.MethodGet, "/", "")
	if r.status != http.StatusOK || !strings.Contains(words(r.body), "fangzhi load") {
		t.Errorf("%d, and how to load is not told:\n%s", r.status, words(r.body))
	}
}

// A graph whose first date is open has days all the same.
func TestStartPageOfAnOpenDate(t *testing.T) {
	store := memstore.New()
	doc := withArticles(issue("a.txt", "2022年1月", 1, 1), newArticle(t, "", "旧城墙拆除", 1, "4月1日前，旧城墙拆除。").
		dated("../1949-04-01", "4月1日前", graph.BasisYearInferred, 0.5, ""))
	mustLoad(t, store, doc)
	if text := words(newClient(t, server.Config{Store: store}).do(http.MethodGet, "/", "").body); !strings.Contains(text, "1949年4月1日") {
		t.Errorf("no day:\n%s", text)
	}
}

// A graph that cannot be read is told so, without the cause.
func TestStartPageOfABrokenGraph(t *testing.T) {
	for name, store := range map[string]graph.Store{
		"no snapshot": closedStore{newGraph(t)},
		"no events":   &wrapped{Store: newGraph(t), wrap: func(s graph.Snapshot) graph.Snapshot { return failing{s, nil} }},
	} {
		log, lines := newLog()
		r := newClient(t, server.Config{Store: store, Log: log}).do(http.MethodGet, "/", "")
		if r.status != http.StatusInternalServerError || strings.Contains(r.body, "/var/lib") {
			t.Errorf("%s: %d %s", name, r.status, r.body)
		}
		if logged := strings.Join(lines.request(t), ""); !strings.Contains(logged, "input/output error") {
			t.Errorf("%s: the log lacks the cause:\n%s", name, logged)
		}
		if w, ok := store.(*wrapped); ok && w.open.Load() != 0 {
			t.Errorf("%s: a snapshot is open", name)
		}
	}
}

func TestOtherPages(t *testing.T) {
	c := newClient(t, server.Config{Store: newGraph(t)})
	for _, tt := range []struct {
		method, path string
		status       int
	}{
		{"HEAD", "/", 200}, {"DELETE", "/", 405}, {"GET", "/playground", 200}, {"POST", "/playground", 405},
		{"GET", "/nothing", 404}, {"GET", "/assets/nothing.js", 404}, {"GET", "/graphql/x", 404},
	} {
		if r := c.do(tt.method, tt.path, ""); r.status != tt.status {
			t.Errorf("%s %s: %d, want %d", tt.method, tt.path, r.status, tt.status)
		}
	}
}

// The examples of the playground and the query of the start page are answered without an error, and are not empty.
func TestExamplesAreAnswered(t *testing.T) {
	schema := servedSchema(t)
	queries := map[string]string{"FirstQuery": web.FirstQuery}
	for _, e := range web.Examples() {
		queries[e.Name] = e.Query
	}
	if len(queries) < 7 {
		t.Errorf("%d queries, want six examples and the first query", len(queries))
	}
	for engine, open := range engines {
		store := open(t)
		mustLoad(t, store, documents(t)...)
		c := newClient(t, server.Config{Store: store})
		for name, query := range queries {
			t.Run(engine+"/"+name, func(t *testing.T) {
				if _, errs := gqlparser.LoadQueryWithRules(schema, query, nil); errs != nil {
					t.Fatal(errs)
				}
				var answer map[string]any
				if err := json.Unmarshal([]byte((&client{t, c.url}).data(query, nil)), &answer); err != nil {
					t.Fatal(err)
				}
				for field, value := range answer {
					if list, ok := value.([]any); ok && len(list) == 0 {
						t.Errorf("%s is empty", field)
					}
					if page, ok := value.(map[string]any); ok && page["totalCount"] == 0.0 && name != "5-search" {
						t.Errorf("%s has nothing", field)
					}
				}
			})
		}
	}
	// The second step of an example: two people from the answer of the first.
	for _, e := range web.Examples() {
		if strings.Contains(e.Query, "$compare") {
			ids := newIDs(t)
			c := newClient(t, server.Config{Store: newGraph(t)})
			var answer struct {
				Relationship struct{ SharedCount int }
				Paths        []any
			}
			if err := json.Unmarshal([]byte(c.data(e.Query, map[string]any{"a": ids["li"], "b": ids["shen"], "compare": true})), &answer); err != nil {
				t.Fatal(err)
			}
			if answer.Relationship.SharedCount != 1 || len(answer.Paths) == 0 {
				t.Errorf("%s: %+v", e.Name, answer)
			}
		}
	}
}
