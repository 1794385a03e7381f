package server_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"fangzhi/graph"
	"fangzhi/server"
)

// refused fails unless the query is refused with LIMIT before it is executed.
func (c *client) refused(query string, variables map[string]any) {
	c.Helper()
	r := c.ask(query, variables)
	var answer struct {
		Data   json.RawMessage
		Errors []graphError
	}
	if err := json.Unmarshal([]byte(r.body), &answer); err != nil {
		c.Fatalf("%v: %s", err, r.body)
	}
	if len(answer.Errors) != 1 || answer.Errors[0].Extensions["code"] != "LIMIT" || answer.Data != nil {
		c.Errorf("want LIMIT and nothing else, got %.500s\nof %.200s", r.body, query)
	}
}

// closed adds the braces that the query lacks at its end.
func closed(query string) string {
	return query + strings.Repeat("}", strings.Count(query, "{")-strings.Count(query, "}"))
}

// parents returns the name of the place so many levels up.
func parents(levels int) string { return strings.Repeat("parent{", levels) + "name" }

func repeated(n int, item func(i int) string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(item(i))
	}
	return b.String()
}

// Each bound of DefaultLimits on a query, on both sides.
func TestQueryLimits(t *testing.T) {
	c := newClient(t, server.Config{Store: newGraph(t)})
	ids := func(n int) string { return `{nodes(ids:[` + strings.Repeat(`"x" `, n) + `]){id}}` }
	aliases := func(n int) string {
		return "{__schema{" + repeated(n, func(i int) string { return fmt.Sprintf("a%d:description ", i) }) + "}}"
	}
	roots := func(n int) string { return "{" + repeated(n, func(int) string { return "__typename " }) + "}" }
	for _, tt := range []struct{ name, within, beyond string }{
		{"tokens", ids(988), ids(989)},
		{"tokens in comments", ids(980) + strings.Repeat("#\n", 8), ids(980) + strings.Repeat("#\n", 9)},
		{"depth", `{location(id:"l"){` + parents(12), `{location(id:"l"){` + parents(13)},
		{"depth by fragments",
			`{location(id:"l"){...A}} fragment A on Location {parent{...B}} fragment B on Location {` + parents(11),
			`{location(id:"l"){...A}} fragment A on Location {parent{...B}} fragment B on Location {` + parents(12)},
		{"depth by inline fragments", `{node(id:"l"){... on Location{` + parents(12), `{node(id:"l"){... on Location{` + parents(13)},
		{"aliases", aliases(30), aliases(31)},
		{"aliases by fragments",
			`{event(id:"e"){...F} node(id:"e"){...F}} fragment F on Event{` + repeated(15, func(i int) string { return fmt.Sprintf("a%d:title ", i) }) + "}",
			`{event(id:"e"){...F} node(id:"e"){...F}} fragment F on Event{` + repeated(16, func(i int) string { return fmt.Sprintf("a%d:title ", i) }) + "}"},
		{"root fields", roots(20), roots(21)},
		{"root fields by fragments", "{" + strings.Repeat("__typename ", 10) + "...F} fragment F on Query{" + strings.Repeat("__typename ", 10) + "}",
			"{" + strings.Repeat("__typename ", 10) + "...F} fragment F on Query{" + strings.Repeat("__typename ", 11) + "}"},
		{"an alias that is the name is none", "{" + strings.Repeat("__typename:__typename ", 20) + "}", roots(21)},
		{"pages", `{timeline(first:100){nodes{id`, `{timeline(first:100){nodes{officials{official{events(first:100){nodes{issue{events(first:100){nodes{id`},
		{"pages without first", `{timeline{nodes{officials{official{events{nodes{id`, `{timeline{nodes{officials{official{events{nodes{issue{events{nodes{id`},
		{"last", `{timeline(last:100){nodes{issue{events(last:100){nodes{id`, `{timeline(last:100){nodes{issue{events(last:100){nodes{id date{edtf`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := &client{t, c.url}
			c.data(closed(tt.within), nil)
			c.refused(closed(tt.beyond), nil)
		})
	}
}

// The cost of an answer is the objects that its pages may hold, whether their sizes are literals, variables or defaults.
func TestCost(t *testing.T) {
	c := newClient(t, server.Config{Store: newGraph(t), Limits: server.Limits{Cost: 60}})
	for _, tt := range []struct {
		name, within, beyond string
		inside, outside      map[string]any
	}{
		{"first", `{timeline(first:59){nodes{id}}}`, `{timeline(first:60){nodes{id}}}`, nil, nil},
		{"edges are no objects", `{timeline(first:59){edges{cursor node{id}} pageInfo{endCursor}}}`, `{timeline(first:30){edges{node{id}} nodes{id}}}`, nil, nil},
		{"variables", `query($n:Int){timeline(first:$n){nodes{id}}}`, `query($n:Int){timeline(first:$n){nodes{id}}}`, map[string]any{"n": 59}, map[string]any{"n": 60}},
		{"defaults of variables", `query($n:Int=59){timeline(first:$n){nodes{id}}}`, `query($n:Int=60){timeline(first:$n){nodes{id}}}`, nil, nil},
		{"pages without a size", `{timeline{nodes{id}}}`, `{timeline{nodes{id date{edtf}}}}`, nil, nil},
		{"a size of null", `{timeline(first:null){nodes{id}}}`, `{timeline(first:null){nodes{id date{edtf}}}}`, nil, nil},
		{"default sizes", `{top(kind:OFFICIAL){count node{id events(first:3){nodes{id}}}}}`, `{top(kind:OFFICIAL){count node{id events(first:5){nodes{id}}}}}`, nil, nil},
		{"facets", `{counts(by:SECTION,first:60){key}}`, `{counts(by:SECTION,first:61){key}}`, nil, nil},
		{"passages", `{event(id:"e"){highlights(text:"会",first:59){text}}}`, `{event(id:"e"){highlights(text:"会",first:60){text}}}`, nil, nil},
		{"one passage", `{event(id:"e"){highlights(text:"会"){hits{text}}}}`, `{timeline(first:20){nodes{highlights(text:"会"){hits{text}}}}}`, nil, nil},
		{"passages of a search", `{search(query:"会",first:19){edges{highlights{text}}}}`, `{search(query:"会",first:20){edges{highlights{text}}}}`, nil, nil},
		{"entities and their links", `{subgraph(ids:[` + strings.Repeat(`"o"`, 59) + `]){nodes{id}}}`, `{subgraph(ids:[` + strings.Repeat(`"o"`, 60) + `]){nodes{id}}}`, nil, nil},
		{"lists of ids", `query($ids:[ID!]!){nodes(ids:$ids){id}}`, `query($ids:[ID!]!){nodes(ids:$ids){id}}`,
			map[string]any{"ids": make([]string, 60)}, map[string]any{"ids": make([]string, 61)}},
		{"lists in the query", `{nodes(ids:[` + strings.Repeat(`"e"`, 60) + `]){id}}`, `{nodes(ids:[` + strings.Repeat(`"e"`, 61) + `]){id}}`, nil, nil},
		{"fragments", `{timeline(first:10){nodes{...F}}} fragment F on Event{date{edtf} issue{label}}`,
			`{timeline(first:10){nodes{...F ...F}}} fragment F on Event{date{edtf} issue{label publication{title}}}`, nil, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := &client{t, c.url}
			c.data(tt.within, tt.inside)
			c.refused(tt.beyond, tt.outside)
		})
	}
	// A size that no page has is the field's to refuse, and costs nothing before.
	for _, query := range []string{`{timeline(first:-1){nodes{id}}}`, `{timeline(first:1,last:1){nodes{id}}}`} {
		if code := c.code(query, nil); code != "BAD_INPUT" {
			t.Errorf("%s: %s", query, code)
		}
	}
}

// The playground's own query of the schema is answered whole, and so is one that asks for types 15 deep.
func TestIntrospectionPasses(t *testing.T) {
	c := newClient(t, server.Config{Store: newGraph(t)})
	ofTypes := func(n int) string {
		return "kind name " + strings.Repeat("ofType{kind name ", n) + strings.Repeat("}", n)
	}
	query := `query IntrospectionQuery {
  __schema {
    description
    queryType { name kind } mutationType { name kind } subscriptionType { name kind }
    types { ...FullType }
    directives { name description isRepeatable locations args(includeDeprecated: true) { ...InputValue } }
  }
}
fragment FullType on __Type {
  kind name description specifiedByURL isOneOf
  fields(includeDeprecated: true) { name description args(includeDeprecated: true) { ...InputValue } type { ...TypeRef } isDeprecated deprecationReason }
  inputFields(includeDeprecated: true) { ...InputValue }
  interfaces { ...TypeRef }
  enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }
  possibleTypes { ...TypeRef }
}
fragment InputValue on __InputValue { name description type { ...TypeRef } defaultValue isDeprecated deprecationReason }
fragment TypeRef on __Type { ` + ofTypes(9) + ` }`
	var answer struct {
		Schema struct {
			Types      []struct{ Name string }
			Directives []struct{ Name string }
		} `json:"__schema"`
	}
	if err := json.Unmarshal([]byte(c.data(query, nil)), &answer); err != nil {
		t.Fatal(err)
	}
	served := servedSchema(t)
	if len(answer.Schema.Types) != len(served.Types) {
		t.Errorf("%d types, want the %d of the schema", len(answer.Schema.Types), len(served.Types))
	}
	for _, d := range answer.Schema.Directives {
		if d.Name == "defer" {
			t.Error("@defer is offered, and is not answered")
		}
	}
	c.data(`{__schema{types{fields{type{`+ofTypes(10)+`}}}}}`, nil) // 15 deep
}

// @defer would have the rest of an answer computed for nobody.
func TestDeferIsRefused(t *testing.T) {
	c := newClient(t, server.Config{Store: newGraph(t)})
	if code := c.code(`{timeline{nodes{id ... @defer{body}}}}`, nil); code != "BAD_INPUT" {
		t.Errorf("code %s", code)
	}
}

// Queries that grow exponentially in their length are refused in the time of reading them.
func TestHostileQueries(t *testing.T) {
	c := newClient(t, server.Config{Store: newGraph(t)})
	doubling := func(n int, field string) string {
		q := `{event(id:"e"){...F0}}`
		for i := range n {
			below := closed(fmt.Sprintf("%s...F%d", field, i+1))
			q += fmt.Sprintf(" fragment F%d on Event{a:%s b:%s}", i, below, below)
		}
		return q + fmt.Sprintf(" fragment F%d on Event{title}", n)
	}
	for name, query := range map[string]string{
		"ten doubling fragments over a cyclic graph": doubling(10, "officials{official{events{nodes{"),
		"26 nested doubling fragments":               doubling(26, "issue{events{nodes{"),
		"100 doubling fragments":                     "{...F0}" + repeated(100, func(i int) string { return fmt.Sprintf(" fragment F%d on Query{...F%d ...F%d}", i, i+1, i+1) }) + " fragment F100 on Query{__typename}",
		"many equal fields":                          "{" + strings.Repeat("publications{id}", 300) + "}",
		"the schema nineteen times": "{" + repeated(19, func(i int) string { return fmt.Sprintf("a%d:__schema{types{...T}}", i) }) +
			"} fragment T on __Type{fields{type{ofType{...F} ...F}}} fragment F on __Type{fields{name args{name type{name ofType{name}}} type{name ofType{name}}}}",
		"20,000 fields":             "{" + strings.Repeat("__typename ", 20_000) + "}",
		"a huge page":               `{timeline(first:2000000){nodes{officials{official{events(first:2000000){nodes{id`,
		"a page beyond all numbers": `{timeline(first:9223372036854775807){nodes{officials{official{events(first:9223372036854775807){nodes{id`,
	} {
		t.Run(name, func(t *testing.T) {
			c := &client{t, c.url}
			r := c.ask(closed(query), nil)
			if !strings.Contains(r.body, `"LIMIT"`) || strings.Contains(r.body, `"data"`) {
				t.Errorf("want LIMIT, got %.300s", r.body)
			}
		})
	}
}

// A body is read as far as the bound and no further.
func TestBodyBytes(t *testing.T) {
	c := newClient(t, server.Config{Store: newGraph(t)})
	const most = 256 << 10
	body := `{"query":"{__typename}"}`
	if r := c.do(http.MethodPost, "/graphql", body+strings.Repeat(" ", most-len(body)), "Content-Type", mediaJSON); r.status != http.StatusOK {
		t.Errorf("%d bytes: %d %s", most, r.status, r.body)
	}
	r := c.do(http.MethodPost, "/graphql", body+strings.Repeat(" ", most-len(body)+1), "Content-Type", mediaJSON)
	if r.status != http.StatusRequestEntityTooLarge || !strings.Contains(r.body, `"code":"LIMIT"`) {
		t.Errorf("%d bytes: %d %s", most+1, r.status, r.body)
	}

	endless := &endlessReader{}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, c.url+"/graphql", endless)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", mediaJSON)
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatalf("a body without an end is not answered: %v", err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusRequestEntityTooLarge {
		t.Errorf("a body without an end: %d", answer.StatusCode)
	}
}

type endlessReader struct{}

func (endlessReader) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = ' '
	}
	return len(b), nil
}

// A question that takes longer than it may is LIMIT, and whoever has left keeps nothing busy.
func TestTime(t *testing.T) {
	inner := newGraph(t)
	store := &wrapped{Store: inner, wrap: func(s graph.Snapshot) graph.Snapshot { return blocking{Snapshot: s} }}
	c := newClient(t, server.Config{Store: store, Limits: server.Limits{Time: 30 * time.Millisecond}})
	errs := c.errors(`{top(kind:OFFICIAL){count}}`, nil)
	if len(errs) != 1 || errs[0].Extensions["code"] != "LIMIT" || !strings.Contains(errs[0].Message, "too long") {
		t.Errorf("errors %+v", errs)
	}
	c = newClient(t, server.Config{Store: inner})
	c.data(`{top(kind:OFFICIAL){count}}`, nil)

	entered, closed := make(chan struct{}, 1), make(chan struct{}, 1)
	slow := &wrapped{Store: inner, wrap: func(s graph.Snapshot) graph.Snapshot { return blocking{Snapshot: s, entered: entered} }, closed: closed}
	c = newClient(t, server.Config{Store: slow, Limits: server.Limits{Time: time.Hour}})
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		<-entered
		cancel()
	}()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, c.url+"/graphql?query={top(kind:OFFICIAL){count}}", nil)
	if err != nil {
		t.Fatal(err)
	}
	if answer, err := http.DefaultClient.Do(request); err == nil {
		answer.Body.Close()
		t.Fatalf("an answer to a request that was cancelled: %d", answer.StatusCode)
	}
	<-closed // or the test ends by its own time
}

// So many operations run at once; one more is told to come back.
func TestConcurrent(t *testing.T) {
	const most = 64
	entered, released := make(chan struct{}, most), make(chan struct{})
	store := &wrapped{Store: newGraph(t), wrap: func(s graph.Snapshot) graph.Snapshot { return blocking{s, entered, released} }}
	c := newClient(t, server.Config{Store: store})
	var wait sync.WaitGroup
	for range most {
		wait.Go(func() {
			if r := c.ask(`{top(kind:OFFICIAL,first:1){count}}`, nil); r.body != `{"data":{"top":[{"count":5}]}}`+"\n" {
				t.Errorf("one of %d: %d %s", most, r.status, r.body)
			}
		})
	}
	for range most {
		<-entered
	}
	r := c.ask(`{__typename}`, nil)
	if r.status != http.StatusServiceUnavailable || r.header.Get("Retry-After") != "1" || !strings.Contains(r.body, `"code":"LIMIT"`) {
		t.Errorf("one more than %d: %d, Retry-After %q, %s", most, r.status, r.header.Get("Retry-After"), r.body)
	}
	if r := c.do(http.MethodGet, "/", ""); r.status != http.StatusServiceUnavailable {
		t.Errorf("the start page beside %d: %d", most, r.status)
	}
	if r := c.do(http.MethodGet, "/playground", ""); r.status != http.StatusOK {
		t.Errorf("the playground, which reads nothing: %d", r.status)
	}
	close(released)
	wait.Wait()
	c.data(`{__typename}`, nil)
}

// Who is slow to send a question keeps nobody else from asking.
func TestSlowSenderHoldsNoSlot(t *testing.T) {
	c := newClient(t, server.Config{Store: newGraph(t), Limits: server.Limits{Concurrent: 1}})
	address := strings.TrimPrefix(c.url, "http://")
	slow, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer slow.Close()
	body := `{"query":"{__typename}"}`
	fmt.Fprintf(slow, "POST /graphql HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\nExpect: 100-continue\r\n\r\n", address, len(body))
	// The server says 100 when it begins to read the body: from then on the request is in its handler.
	said := make([]byte, len("HTTP/1.1 100"))
	if _, err := io.ReadFull(slow, said); err != nil || string(said) != "HTTP/1.1 100" {
		t.Fatalf("%q, %v", said, err)
	}
	c.data(`{__typename}`, nil)
}
