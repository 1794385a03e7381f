package gqlhttp_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"fangzhi/server/gqlhttp"
)

// ask sends a request and returns how many operations the executor ran for it.
func ask(t *testing.T, h *gqlhttp.Handler, e *executor, r *http.Request) (ran int) {
	t.Helper()
	before := e.ran
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if w.Code != http.StatusOK || w.Body.String() != `{"data":"done <&>"}`+"\n" || w.Header().Get("Content-Length") != fmt.Sprint(w.Body.Len()) {
		t.Errorf("%d %v %s", w.Code, w.Header(), w.Body)
	}
	return e.ran - before
}

func get(path string) *http.Request { return httptest.NewRequest(http.MethodGet, path, nil) }

func TestAnswersAreKept(t *testing.T) {
	e := &executor{}
	h := newHandler(e)
	revision := "1"
	h.Revision = func(context.Context) string { return revision }
	fresh := post(`{"query":"x"}`)
	fresh.Header.Set("Cache-Control", "max-age=3, No-Cache")
	unknown := post(`{"query":"y"}`)
	for _, step := range []struct {
		name     string
		revision string
		request  *http.Request
		ran      int
	}{
		{"first", "1", post(`{"query":"x"}`), 1},
		{"again", "1", post(`{"query":"x"}`), 0},
		{"by another method", "1", get("/?query=x"), 1},
		{"by that method again", "1", get("/?query=x"), 0},
		{"another question", "1", post(`{"query":"x","operationName":"a"}`), 1},
		{"anew", "1", fresh, 1},
		{"after a change", "2", post(`{"query":"x"}`), 1},
		{"after a change, again", "2", post(`{"query":"x"}`), 0},
		{"of an unknown state", "", unknown, 1},
		{"of an unknown state, again", "", post(`{"query":"y"}`), 1},
		{"a mutation", "2", post(`{"query":"mutation"}`), 1},
		{"a mutation again", "2", post(`{"query":"mutation"}`), 1},
	} {
		revision = step.revision
		if ran := ask(t, h, e, step.request); ran != step.ran {
			t.Errorf("%s: ran %d operations, want %d", step.name, ran, step.ran)
		}
	}
}

// What changes while a question is answered leaves its answer without a revision.
func TestAnAnswerBetweenTwoRevisionsIsNotKept(t *testing.T) {
	e := &executor{}
	h := newHandler(e)
	revision := 0
	h.Revision = func(context.Context) string { revision++; return fmt.Sprint(revision) }
	w := httptest.NewRecorder()
	h.ServeHTTP(w, get("/?query=x"))
	if w.Header().Get("ETag") != "" || w.Header().Get("Cache-Control") != "no-store" {
		t.Errorf("it has ETag %q, Cache-Control %q", w.Header().Get("ETag"), w.Header().Get("Cache-Control"))
	}
	h.Revision = func(context.Context) string { return "1" }
	if ran := ask(t, h, e, get("/?query=x")); ran != 1 {
		t.Error("it is kept")
	}
}

// Those that were not asked for longest go, and the largest never stay.
func TestKeptAnswersAreBounded(t *testing.T) {
	e := &executor{}
	h := newHandler(e)
	h.Revision = func(context.Context) string { return "1" }
	answered := func(i, size int) bool {
		before := e.ran
		h.ServeHTTP(httptest.NewRecorder(), post(fmt.Sprintf(`{"query":"large %d","operationName":"%d"}`, size, i)))
		return e.ran == before
	}
	const size = 200 << 10
	for i := range 2 * gqlhttp.KeptBytes / size {
		answered(i, size)
		if !answered(0, size) && i > 0 {
			t.Fatalf("the one that is asked for again and again went after %d", i)
		}
	}
	if answered(1, size) {
		t.Error("the second one is kept behind all others")
	}
	for range 2 * gqlhttp.KeptBytes / size { // one that is made anew takes no more room
		again := post(fmt.Sprintf(`{"query":"large %d","operationName":"0"}`, size))
		again.Header.Set("Cache-Control", "no-cache")
		h.ServeHTTP(httptest.NewRecorder(), again)
	}
	if last := 2*gqlhttp.KeptBytes/size - 1; !answered(last, size) {
		t.Error("the last one went behind one that was made anew again and again")
	}
	if answered(0, gqlhttp.LargestKept); answered(0, gqlhttp.LargestKept) {
		t.Error("one that is too large is kept")
	}
}
