package server_test

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"fangzhi/graph"
	"fangzhi/graph/memstore"
	"fangzhi/server"
)

// What makes no sense and what is too much are told apart by a stable code.
func TestCodes(t *testing.T) {
	c := newClient(t, server.Config{Store: newGraph(t)})
	var page struct {
		Timeline struct{ PageInfo struct{ EndCursor string } }
		Entities struct{ PageInfo struct{ EndCursor string } }
	}
	if err := json.Unmarshal([]byte(c.data(`{timeline(first:1){pageInfo{endCursor}} entities(first:1){pageInfo{endCursor}}}`, nil)), &page); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		query     string
		variables map[string]any
		want      string
	}{
		{`{timeline(first:1,last:1){totalCount}}`, nil, "BAD_INPUT"},
		{`{timeline(first:-1){totalCount}}`, nil, "BAD_INPUT"},
		{`{timeline(last:-1){totalCount}}`, nil, "BAD_INPUT"},
		{`{timeline(first:101){totalCount}}`, nil, "LIMIT"},
		{`{timeline(last:101){totalCount}}`, nil, "LIMIT"},
		{`{timeline(after:"x"){totalCount}}`, nil, "BAD_INPUT"},
		{`{timeline(before:""){totalCount}}`, nil, "BAD_INPUT"},
		{`query($c:String){timeline(after:$c){totalCount}}`, map[string]any{"c": page.Entities.PageInfo.EndCursor}, "BAD_INPUT"},
		{`query($c:String){entities(after:$c){totalCount}}`, map[string]any{"c": page.Timeline.PageInfo.EndCursor}, "BAD_INPUT"},
		{`query($c:String){issues(before:$c){totalCount}}`, map[string]any{"c": page.Entities.PageInfo.EndCursor}, "BAD_INPUT"},
		{`{timeline(filter:{from:"2022-02-02",to:"2022-02-01"}){totalCount}}`, nil, "BAD_INPUT"},
		{`{timeline(filter:{day:1}){totalCount}}`, nil, "BAD_INPUT"},
		{`{timeline(filter:{month:1}){totalCount}}`, nil, "BAD_INPUT"},
		{`{timeline(filter:{year:2022,month:13}){totalCount}}`, nil, "BAD_INPUT"},
		{`{timeline(filter:{year:2022,month:2,day:29}){totalCount}}`, nil, "BAD_INPUT"},
		{`{timeline(filter:{year:10000}){totalCount}}`, nil, "BAD_INPUT"},
		{`{timeline(filter:{from:"2022-02-30"}){totalCount}}`, nil, "BAD_INPUT"},
		{`{timeline(filter:{from:"yesterday"}){totalCount}}`, nil, "BAD_INPUT"},
		{`{timeline(filter:{from:20220230}){totalCount}}`, nil, "BAD_INPUT"},
		{`query($d:Date){timeline(filter:{from:$d}){totalCount}}`, map[string]any{"d": "2022-2-3"}, "BAD_INPUT"},
		{`query($f:EventFilter){timeline(filter:$f){totalCount}}`, map[string]any{"f": map[string]any{"to": 5}}, "BAD_INPUT"},
		{`query($f:EventFilter){timeline(filter:$f){totalCount}}`, map[string]any{"f": map[string]any{"kinds": []string{"PARTY"}}}, "BAD_INPUT"},
		{`query($f:EventFilter){timeline(filter:$f){totalCount}}`, map[string]any{"f": map[string]any{"colour": "red"}}, "BAD_INPUT"},
		{`{timeline(first:99999999999999999999){totalCount}}`, nil, "BAD_INPUT"},
		{`{timeline(first:1.5){totalCount}}`, nil, "BAD_INPUT"},
		{`query($n:Int){timeline(first:$n){totalCount}}`, map[string]any{"n": 1.5}, "BAD_INPUT"},
		{`query($n:Int){timeline(first:$n){totalCount}}`, map[string]any{"n": "1"}, "BAD_INPUT"},
		{`query($s:String!){search(query:$s){totalCount}}`, map[string]any{"s": 2022}, "BAD_INPUT"},
		{`query($s:Float){timeline(filter:{confidenceBelow:$s}){totalCount}}`, map[string]any{"s": "0.5"}, "BAD_INPUT"},
		{`query($o:TimelineOrder){timeline(order:$o){totalCount}}`, map[string]any{"o": "desc"}, "BAD_INPUT"},
		{`query($k:EntityKind!){top(kind:$k){count}}`, map[string]any{"k": "official"}, "BAD_INPUT"},
		{`query($f:EventFilter){timeline(filter:$f){totalCount}}`, map[string]any{"f": map[string]any{"kinds": []string{"ROSTER", "event"}}}, "BAD_INPUT"},
		{`query($f:EventFilter){timeline(filter:$f){totalCount}}`, map[string]any{"f": map[string]any{"sections": "史料", "text": 3}}, "BAD_INPUT"},
		{`query($f:EventFilter){timeline(filter:$f){totalCount}}`, map[string]any{"f": map[string]any{"year": "2022"}}, "BAD_INPUT"},
		{`{timeline(order:SIDEWAYS){totalCount}}`, nil, "BAD_INPUT"},
		{`{top(kind:OFFICIAL,first:101){count}}`, nil, "LIMIT"},
		{`{top(kind:OFFICIAL,first:-1){count}}`, nil, "BAD_INPUT"},
		{`{histogram(unit:DAY,filter:{from:"2000-01-01",to:"2022-01-01"}){count}}`, nil, "LIMIT"},
		{`{histogram(by:OFFICIAL,first:101){count}}`, nil, "LIMIT"},
		{`{neighborhood(id:"o",first:501){nodes{id}}}`, nil, "LIMIT"},
		{`{neighborhood(id:"o",depth:5){nodes{id}}}`, nil, "LIMIT"},
		{`{paths(from:"a",to:"b",maxHops:7){length}}`, nil, "LIMIT"},
		{`{paths(from:"a",to:"b",first:101){length}}`, nil, "LIMIT"},
		{`{paths(from:"a",to:"b",avoidHubsAbove:-1){length}}`, nil, "BAD_INPUT"},
		{`{search(query:" "){totalCount}}`, nil, "BAD_INPUT"},
		{`{search(query:"会",filter:{text:"议",day:1}){totalCount}}`, nil, "BAD_INPUT"},
		{`{entities(query:" "){totalCount}}`, nil, "BAD_INPUT"},
		{`{official(name:"王磊"){id}}`, nil, "AMBIGUOUS"},
		{`{tenures(on:"2022-13-01"){totalCount}}`, nil, "BAD_INPUT"},
		{`{`, nil, "BAD_INPUT"},
		{`{nothing}`, nil, "BAD_INPUT"},
	} {
		if got := (&client{t, c.url}).errors(tt.query, tt.variables); got[0].Extensions["code"] != tt.want {
			t.Errorf("%s %v: %+v, want %s", tt.query, tt.variables, got[0], tt.want)
		} else if strings.ContainsAny(got[0].Message, "\n*") || strings.Contains(got[0].Message, "strconv") || strings.Contains(got[0].Message, "fangzhi/") {
			t.Errorf("%s %v: message %q", tt.query, tt.variables, got[0].Message)
		}
	}
}

// lineWriter is where a log writes; it hands its lines on, because a request's line may come after its answer.
type lineWriter chan string

func (w lineWriter) Write(line []byte) (int, error) {
	w <- string(line)
	return len(line), nil
}

// newLog returns a log and its lines as JSON.
func newLog() (*slog.Logger, lineWriter) {
	w := make(lineWriter, 1000)
	return slog.New(slog.NewJSONHandler(w, nil)), w
}

// request returns the lines up to that of a request, which comes last.
func (w lineWriter) request(t *testing.T) (lines []string) {
	t.Helper()
	for {
		select {
		case line := <-w:
			lines = append(lines, line)
			if strings.Contains(line, `"msg":"request"`) {
				return lines
			}
		case <-time.After(10 * time.Second):
			t.Fatalf("the log has no line of the request: %q", lines)
		}
	}
}

// The cause of an internal error is in the log; the client learns the id to ask for.
func TestInternalErrorsAreNotShown(t *testing.T) {
	store := newGraph(t)
	dangling := memstore.New()
	mustDangle(t, dangling)
	failsBut := func(works ...string) graph.Store {
		return &wrapped{Store: store, wrap: func(s graph.Snapshot) graph.Snapshot { return failing{s, works} }}
	}
	panics := &wrapped{Store: store, wrap: func(s graph.Snapshot) graph.Snapshot { return panicking{s} }}
	for _, tt := range []struct {
		name, query, cause string
		store              graph.Store
	}{
		{"a read fails", `{timeline{nodes{title}}}`, "input/output error", failsBut()},
		{"a read of entities fails", `{timeline{nodes{officials{official{name}}}}}`, "input/output error", failsBut("Events")},
		{"a read of bodies fails", `{timeline{nodes{body}}}`, "input/output error", failsBut("Events")},
		{"no snapshot", `{timeline{nodes{title}}}`, "input/output error", closedStore{store}},
		{"a panic", `{timeline{nodes{title}}}`, "secret of a stack", panics},
		{"a link to nobody", `{timeline{nodes{officials{official{name}}}}}`, "onobody", dangling},
		{"a link to a place as a department", `{timeline{nodes{departments{department{name}}}}}`, "LOCATION", dangling},
	} {
		t.Run(tt.name, func(t *testing.T) {
			log, lines := newLog()
			c := newClient(t, server.Config{Store: tt.store, Log: log})
			r := c.ask(tt.query, nil)
			var answer struct{ Errors []graphError }
			if err := json.Unmarshal([]byte(r.body), &answer); err != nil || r.status != http.StatusOK || len(answer.Errors) == 0 {
				t.Fatalf("%d, %v: %s", r.status, err, r.body)
			}
			id := r.header.Get("X-Request-Id")
			want := map[string]any{"code": "INTERNAL", "requestId": id}
			for _, e := range answer.Errors {
				if diff := cmp.Diff(want, e.Extensions); diff != "" || e.Message != "internal error" {
					t.Errorf("message %q, extensions (-want +got):\n%s", e.Message, diff)
				}
			}
			for _, secret := range []string{"/var/lib", "input/output", "secret", "goroutine", "onobody", "graph."} {
				if strings.Contains(r.body, secret) {
					t.Errorf("the client sees %q: %s", secret, r.body)
				}
			}
			if text := strings.Join(lines.request(t), ""); !strings.Contains(text, tt.cause) || !strings.Contains(text, id) {
				t.Errorf("the log has not %q and %s:\n%s", tt.cause, id, text)
			}
		})
	}
}

// mustDangle puts an event into the store that links to what is not there, and a place that lies in itself.
func mustDangle(t *testing.T, store graph.Store) {
	t.Helper()
	is := graph.Issue{ID: "i1", PublicationID: "p1", Order: "1", Label: "1", Dialect: "plain", Reader: "1"}
	event := &graph.Event{
		ID: "e1", Title: "无", Kind: graph.EventKindEvent, Date: graph.EventDate{Basis: graph.BasisNone}, IssueID: is.ID, PublicationID: is.PublicationID, IssueOrder: is.Order, Place: 1,
		Officials:   []graph.EventOfficial{{Atom: "onobody", Roles: roles(graph.RoleAttend)}},
		Departments: []graph.EventDepartment{{Atom: "l1", Role: graph.DeptHost}},
		Locations:   []graph.EventLocation{{Atom: "l1"}},
	}
	err := store.Update(t.Context(), func(graph.Reader) (*graph.Batch, error) {
		return &graph.Batch{
			Put: []*graph.IssueData{{Issue: is, Events: []*graph.Event{event}, Bodies: []string{"无"}}},
			Entities: []graph.EntityData{
				{ID: "l1", Kind: graph.KindLocation, Name: "甲", Label: "甲", Type: "OTHER", Atoms: []graph.ID{"l1"}, ParentAtom: "l2"},
				{ID: "l2", Kind: graph.KindLocation, Name: "乙", Label: "乙", Type: "OTHER", Atoms: []graph.ID{"l2"}, ParentAtom: "l1"},
			},
			Atoms:        map[graph.ID]graph.ID{"l1": "l1", "l2": "l2"},
			Publications: []graph.Publication{{ID: "p1", Key: "1", Title: "一"}},
		}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Places that lie in each other, which no reader should say, do not keep a request for ever.
func TestPathEnds(t *testing.T) {
	store := memstore.New()
	mustDangle(t, store)
	c := newClient(t, server.Config{Store: store, Limits: server.Limits{Time: time.Second}})
	want := `{"data":{"location":{"path":[{"name":"乙"},{"name":"甲"}]}}}` + "\n"
	if r := c.ask(`{location(id:"l1"){path{name}}}`, nil); r.body != want {
		t.Errorf("got %s want %s", r.body, want)
	}
}

// However a request ends, its snapshot is closed, and one that is refused opens none.
func TestSnapshotsAreClosed(t *testing.T) {
	store := newGraph(t)
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	left, leave := context.WithCancel(t.Context())
	leaving := func(s graph.Snapshot) graph.Snapshot {
		leave() // while the answer is computed
		return blocking{Snapshot: s}
	}
	for _, tt := range []struct {
		name, query string
		wrap        func(graph.Snapshot) graph.Snapshot
		ctx         context.Context
		opened      int64
	}{
		{name: "an answer", query: `{timeline{nodes{title body}}}`, opened: 1},
		{name: "an error of a field", query: `{official{id}}`, opened: 1},
		{name: "an error up to the root", query: `{timeline(first:-1){totalCount}}`, opened: 1},
		{name: "a query that is not valid", query: `{nothing}`},
		{name: "a query over a limit", query: "{" + strings.Repeat("__typename ", 21) + "}"},
		{name: "a failing store", query: `{timeline{nodes{title}}}`, wrap: func(s graph.Snapshot) graph.Snapshot { return failing{s, nil} }, opened: 1},
		{name: "a panic", query: `{timeline{nodes{title}}}`, wrap: func(s graph.Snapshot) graph.Snapshot { return panicking{s} }, opened: 1},
		{name: "the client leaves", query: `{top(kind:OFFICIAL){count}}`, wrap: leaving, ctx: left, opened: 1},
		{name: "the client had left", query: `{timeline{nodes{title}}}`, ctx: ended},
	} {
		t.Run(tt.name, func(t *testing.T) {
			counted := &wrapped{Store: store, wrap: tt.wrap}
			ctx := tt.ctx
			if ctx == nil {
				ctx = t.Context()
			}
			answer, _, err := server.New(server.Config{Store: counted}).Execute(ctx, tt.query, nil)
			if err != nil || len(answer) == 0 {
				t.Errorf("answer %q, error %v", answer, err)
			}
			if open, all := counted.open.Load(), counted.all.Load(); open != 0 || all != tt.opened {
				t.Errorf("%d snapshots of %d are open, want 0 of %d", open, all, tt.opened)
			}
			if tt.ctx != nil && !strings.Contains(string(answer), "the client has left") {
				t.Errorf("answer %s", answer)
			}
		})
	}
}

// A request is one line of the log: never its body, its query string or an endless path.
func TestLog(t *testing.T) {
	log, lines := newLog()
	c := newClient(t, server.Config{Store: newGraph(t), Log: log})
	for _, tt := range []struct {
		method, path, body string
		want               map[string]any
	}{
		{"POST", "/graphql", `{"query":"{search(query:\"私密\"){totalCount}}"}`, map[string]any{"method": "POST", "path": "/graphql", "status": 200.0, "bytes": 37.0}},
		{"GET", "/graphql?query={__typename}%20%23私密", "", map[string]any{"method": "GET", "path": "/graphql", "status": 200.0, "bytes": 32.0}},
		{"POST", "/graphql", `私密`, map[string]any{"method": "POST", "path": "/graphql", "status": 400.0, "bytes": 108.0}},
		{"GET", "/" + strings.Repeat("x", 5000), "", map[string]any{"method": "GET", "path": "/" + strings.Repeat("x", 199) + "…", "status": 404.0, "bytes": 19.0}},
	} {
		r := c.do(tt.method, tt.path, tt.body, "Content-Type", mediaJSON)
		logged := lines.request(t)
		if len(logged) != 1 || strings.Contains(logged[0], "私密") {
			t.Errorf("%s %.40s: log %q", tt.method, tt.path, logged)
			continue
		}
		var got map[string]any
		if err := json.Unmarshal([]byte(logged[0]), &got); err != nil {
			t.Fatal(err)
		}
		if _, ok := got["duration"].(float64); !ok {
			t.Errorf("no duration: %s", logged[0])
		}
		delete(got, "time")
		delete(got, "duration")
		tt.want["level"], tt.want["msg"], tt.want["request"] = "INFO", "request", r.header.Get("X-Request-Id")
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s %.40s (-want +got):\n%s\n%s", tt.method, tt.path, diff, r.body)
		}
	}
}
