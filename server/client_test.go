package server_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"fangzhi/graph"
	"fangzhi/server"
)

// client asks a server over HTTP.
type client struct {
	testing.TB
	url string
}

// newClient starts a server, which goes with the test.
func newClient(t testing.TB, config server.Config) *client {
	t.Helper()
	s := httptest.NewServer(server.New(config))
	t.Cleanup(s.Close)
	return &client{t, s.URL}
}

// response is what a server answered.
type response struct {
	status int
	header http.Header
	body   string
}

// do sends a request; header has names and values by turns.
func (c *client) do(method, path, body string, header ...string) response {
	c.Helper()
	request, err := http.NewRequestWithContext(c.Context(), method, c.url+path, strings.NewReader(body))
	if err != nil {
		c.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		if header[i] == "Host" {
			request.Host = header[i+1]
			continue
		}
		request.Header.Add(header[i], header[i+1])
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		c.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		c.Fatal(err)
	}
	return response{answer.StatusCode, answer.Header, string(text)}
}

// ask sends a query as JSON clients do and returns the answer, which is made anew.
func (c *client) ask(query string, variables map[string]any) response {
	c.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		c.Fatal(err)
	}
	return c.do(http.MethodPost, "/graphql", string(body), "Content-Type", "application/json", "Accept", "application/json", "Cache-Control", "no-cache")
}

// data returns what the query answers, indented; an answer with errors fails the test.
func (c *client) data(query string, variables map[string]any) string {
	c.Helper()
	r := c.ask(query, variables)
	var answer struct {
		Data   json.RawMessage
		Errors json.RawMessage
	}
	if err := json.Unmarshal([]byte(r.body), &answer); err != nil || r.status != http.StatusOK || answer.Errors != nil {
		c.Fatalf("status %d, %v, answer %s\nof %s", r.status, err, r.body, query)
	}
	return indented(c, string(answer.Data))
}

// graphError is an error as clients see it, without its place in the query.
type graphError struct {
	Message    string
	Path       []any
	Extensions map[string]any
}

// errors returns the errors that the query answers, and fails where there are none.
func (c *client) errors(query string, variables map[string]any) []graphError {
	c.Helper()
	r := c.ask(query, variables)
	var answer struct{ Errors []graphError }
	if err := json.Unmarshal([]byte(r.body), &answer); err != nil || r.status != http.StatusOK || len(answer.Errors) == 0 {
		c.Fatalf("status %d, %v, answer %s without an error\nof %s", r.status, err, r.body, query)
	}
	return answer.Errors
}

// code returns the stable code of the first error that the query answers.
func (c *client) code(query string, variables map[string]any) string {
	c.Helper()
	code, _ := c.errors(query, variables)[0].Extensions["code"].(string)
	return code
}

var requestID = regexp.MustCompile(`"requestId": "[A-Z2-7]{12}"`)

// indented prints JSON a value a line. Request ids, which differ from request to request, become dots.
func indented(t testing.TB, text string) string {
	t.Helper()
	var out bytes.Buffer
	if err := json.Indent(&out, []byte(text), "", "  "); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	return requestID.ReplaceAllString(out.String(), `"requestId": "…"`)
}

// newIDs returns ids of the fixture by the names of the variables that queries have for them.
func newIDs(t testing.TB) map[string]any {
	t.Helper()
	official := func(code, name, organ string) graph.ID {
		return graph.Atom{Kind: graph.KindOfficial, Code: code, Name: name, Organ: organ}.ID()
	}
	department := func(code, name string) graph.ID {
		return graph.Atom{Kind: graph.KindDepartment, Code: code, Name: name}.ID()
	}
	location := func(code, name string) graph.ID {
		return graph.Atom{Kind: graph.KindLocation, Code: code, Name: name}.ID()
	}
	monthly := "云河区大事月报|419901"
	event := func(month, section, title string) graph.ID {
		return graph.NewID(graph.PrefixEvent, monthly+"|"+month, section+"\x01"+title, "1")
	}
	return map[string]any{
		"li":             official("419901", "李云帆", ""),
		"liOfGovernment": official("419901", "李云帆", "澜州市云河区人民政府"),
		"shen":           official("419901", "沈知秋", ""),
		"chen":           official("419901", "陈望舒", ""),
		"wang":           official("410000", "王磊", "河南省林业局"),
		"committee":      department("419901", "中共澜州市云河区委员会"),
		"government":     department("419901", "澜州市云河区人民政府"),
		"province":       location("410000", ""),
		"city":           location("410000", "澜州市"),
		"county":         location("419901", ""),
		"street":         location("419901", "柳湖街道"),
		"planting":       event("2022-01", "生态建设", "义务植树活动"),
		"meeting":        event("2022-02", "教育科技", "教育工作会议召开"),
		"january":        graph.NewID(graph.PrefixIssue, monthly+"|2022-01"),
		"monthly":        graph.NewID(graph.PrefixPublication, monthly),
	}
}
