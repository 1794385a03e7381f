package gqlhttp_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"fangzhi/server/gqlhttp"
)

// executor notes what it is asked and answers "done"; a query that begins with mutation is one, "gone" has no answer, that of "large N" N bytes.
type executor struct {
	graphql.GraphExecutor
	asked []*graphql.RawParams
	ran   int
}

func (e *executor) CreateOperationContext(_ context.Context, p *graphql.RawParams) (*graphql.OperationContext, gqlerror.List) {
	e.asked = append(e.asked, p)
	operation := ast.Query
	if strings.HasPrefix(p.Query, "mutation") {
		operation = ast.Mutation
	}
	return &graphql.OperationContext{RawQuery: p.Query, Operation: &ast.OperationDefinition{Operation: operation}}, nil
}

func (e *executor) DispatchOperation(ctx context.Context, op *graphql.OperationContext) (graphql.ResponseHandler, context.Context) {
	return func(context.Context) *graphql.Response {
		e.ran++
		if op.RawQuery == "gone" {
			return nil
		}
		if _, size, ok := strings.Cut(op.RawQuery, "large "); ok {
			n, _ := strconv.Atoi(size)
			return &graphql.Response{Data: fmt.Appendf(nil, "%q", strings.Repeat("x", n))}
		}
		return &graphql.Response{Data: []byte(`"done <&>"`)}
	}, ctx
}

func newHandler(e *executor) *gqlhttp.Handler {
	return &gqlhttp.Handler{
		Executor: e, MaxBodyBytes: 100, Code: func(status int) string { return http.StatusText(status) },
		Slot:     func(ctx context.Context) (context.Context, func(), bool) { return ctx, func() {}, true },
		Revision: func(context.Context) string { return "" },
	}
}

func post(body string) *http.Request {
	r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	return r
}

// A GET may only ask, so that no link changes anything; a POST may also change.
func TestMutationsAreForPOST(t *testing.T) {
	e := &executor{}
	w := httptest.NewRecorder()
	newHandler(e).ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/?query=mutation%7Bx%7D", nil))
	if w.Code != http.StatusMethodNotAllowed || w.Header().Get("Allow") != "POST" || e.ran != 0 {
		t.Errorf("GET: %d, Allow %q, ran %d: %s", w.Code, w.Header().Get("Allow"), e.ran, w.Body)
	}
	w = httptest.NewRecorder()
	newHandler(e).ServeHTTP(w, post(`{"query":"mutation{x}"}`))
	if w.Code != http.StatusOK || w.Body.String() != `{"data":"done <&>"}`+"\n" || e.ran != 1 {
		t.Errorf("POST: %d %s", w.Code, w.Body)
	}
}

// What a client sends reaches the executor, whichever way it comes. Numbers keep their digits.
func TestParameters(t *testing.T) {
	want := graphql.RawParams{
		Query: "query Q {x}", OperationName: "Q",
		Variables:  map[string]any{"n": json.Number("12345678901234567890"), "list": []any{nil, true}},
		Extensions: map[string]any{"a": "b"},
	}
	for name, r := range map[string]*http.Request{
		"POST": post(`{"query":"query Q {x}","operationName":"Q","variables":{"n":12345678901234567890,"list":[null,true]},"extensions":{"a":"b"}}`),
		"GET":  httptest.NewRequest(http.MethodGet, `/?query=query+Q+{x}&operationName=Q&variables={"n":12345678901234567890,"list":[null,true]}&extensions={"a":"b"}`, nil),
	} {
		e := &executor{}
		h := newHandler(e)
		h.MaxBodyBytes = 1000
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != http.StatusOK || len(e.asked) != 1 {
			t.Errorf("%s: %d %s", name, w.Code, w.Body)
			continue
		}
		got := *e.asked[0]
		got.Headers, got.ReadTime = nil, graphql.TraceTiming{}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// Nothing runs without a slot, and every slot is given back before the answer is sent.
func TestSlots(t *testing.T) {
	e := &executor{}
	h := newHandler(e)
	taken, free := 0, false
	h.Slot = func(ctx context.Context) (context.Context, func(), bool) {
		if free {
			taken++
		}
		return ctx, func() { taken-- }, free
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, post(`{"query":"x"}`))
	want := `{"errors":[{"message":"busy: try again in a second","extensions":{"code":"Service Unavailable"}}]}` + "\n"
	if w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") != "1" || w.Body.String() != want || len(e.asked) != 0 {
		t.Errorf("no slot: %d, Retry-After %q, asked %d: %s", w.Code, w.Header().Get("Retry-After"), len(e.asked), w.Body)
	}
	free = true
	h.ServeHTTP(&watcher{ResponseRecorder: httptest.NewRecorder(), write: func() {
		if taken != 0 {
			t.Error("the slot is held while the answer is sent")
		}
	}}, post(`{"query":"x"}`))
	h.ServeHTTP(httptest.NewRecorder(), post(`{"query":"gone"}`))
	h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/?query=mutation", nil))
	if taken != 0 || e.ran != 2 {
		t.Errorf("%d slots are not given back, %d operations ran", taken, e.ran)
	}
}

type watcher struct {
	*httptest.ResponseRecorder
	write func()
}

func (w *watcher) Write(b []byte) (int, error) {
	w.write()
	return w.ResponseRecorder.Write(b)
}

// An answer is the same JSON whether its data is taken as it is or read again.
func TestMarshal(t *testing.T) {
	for name, answer := range map[string]*graphql.Response{
		"data":       {Data: []byte(`{"a":["<&>",null]}`)},
		"null":       {Data: []byte(`null`)},
		"nothing":    {},
		"errors":     {Data: []byte(`{"a":null}`), Errors: gqlerror.List{{Message: "a < b"}}},
		"extensions": {Data: []byte(`{}`), Extensions: map[string]any{"b": 1}},
	} {
		var want bytes.Buffer
		e := json.NewEncoder(&want)
		e.SetEscapeHTML(false)
		if err := e.Encode(answer); err != nil {
			t.Fatal(err)
		}
		got, err := gqlhttp.Marshal(answer)
		if err != nil || string(got)+"\n" != want.String() {
			t.Errorf("%s: %s, %v, want %s", name, got, err, want.String())
		}
	}
}
