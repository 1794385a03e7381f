package server_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"fangzhi/graph"
	"fangzhi/graph/storetest"
	"fangzhi/server"
)

// An answer is given again in the same bytes, without a look at the graph, until the graph changes; the revision tells when it does, and
// is the ETag of what GET asks.
func TestAnswersHoldUntilTheGraphChanges(t *testing.T) {
	for engine, open := range engines {
		t.Run(engine, func(t *testing.T) {
			store := storetest.NewCounting(open(t))
			mustLoad(t, store, documents(t)[:2]...)
			c := newClient(t, server.Config{Store: store})
			const query = `{revision timeline(first:3){nodes{title} totalCount}}`
			path := "/graphql?query=" + url.QueryEscape(query)
			revision := func(r response) string {
				t.Helper()
				var answer struct{ Data struct{ Revision string } }
				if err := json.Unmarshal([]byte(r.body), &answer); err != nil || answer.Data.Revision == "" {
					t.Fatalf("%d %v: %s", r.status, err, r.body)
				}
				return answer.Data.Revision
			}

			first := c.do(http.MethodGet, path, "")
			tag := first.header.Get("ETag")
			if want := `"` + revision(first) + `"`; tag != want {
				t.Errorf("ETag %s, want %s", tag, want)
			}
			store.Reset()
			again := c.do(http.MethodGet, path, "")
			if again.body != first.body || again.header.Get("ETag") != tag || len(store.Reads()) > 0 {
				t.Errorf("again: %s with ETag %s, reads %v", again.body, again.header.Get("ETag"), store.Reads())
			}
			known := c.do(http.MethodGet, path, "", "If-None-Match", `"other", W/`+tag)
			if known.status != http.StatusNotModified || known.body != "" || known.header.Get("ETag") != tag || len(store.Reads()) > 0 {
				t.Errorf("whoever has it: %d %q with ETag %s, reads %v", known.status, known.body, known.header.Get("ETag"), store.Reads())
			}
			asked, err := json.Marshal(map[string]string{"query": query})
			if err != nil {
				t.Fatal(err)
			}
			posted := c.do(http.MethodPost, "/graphql", string(asked), "Content-Type", "application/json", "If-None-Match", tag)
			if posted.status != http.StatusOK || posted.body != first.body || posted.header.Get("ETag") != "" {
				t.Errorf("by POST: %d %s with ETag %s", posted.status, posted.body, posted.header.Get("ETag"))
			}
			store.Reset()
			fresh := c.do(http.MethodGet, path, "", "Cache-Control", "no-cache")
			if fresh.status != http.StatusOK || fresh.body != first.body || len(store.Reads()) == 0 {
				t.Errorf("anew: %d %s, reads %v", fresh.status, fresh.body, store.Reads())
			}

			mustLoad(t, store, documents(t)...)
			changed := c.do(http.MethodGet, path, "", "If-None-Match", tag)
			if changed.status != http.StatusOK || revision(changed) == revision(first) || changed.body == first.body {
				t.Errorf("after a load: %d %s", changed.status, changed.body)
			}
			mustLoad(t, store, documents(t)...) // nothing new
			if same := c.do(http.MethodGet, path, ""); revision(same) != revision(changed) {
				t.Errorf("after a load of what was there: revision %s, before %s", revision(same), revision(changed))
			}
			tag = changed.header.Get("ETag")
			for asked, status := range map[string]int{"{nothing}": 200, "": 400, "{timeline(first:-1){totalCount}}": 200} {
				r := c.do(http.MethodGet, "/graphql?query="+url.QueryEscape(asked), "", "If-None-Match", tag)
				if r.status != status || !strings.Contains(r.body, `"errors"`) {
					t.Errorf("whoever has other answers, and asks %q: %d %s", asked, r.status, r.body)
				}
			}
			for _, id := range []graph.ID{"", "nobody"} {
				bad := "/graphql?query=" + url.QueryEscape(`{official(id:"`+string(id)+`"){id} timeline(first:-1){totalCount}}`)
				if r := c.do(http.MethodGet, bad, ""); r.header.Get("ETag") != "" || r.header.Get("Cache-Control") != "no-store" {
					t.Errorf("an answer with errors has ETag %q, Cache-Control %q: %s", r.header.Get("ETag"), r.header.Get("Cache-Control"), r.body)
				}
			}
		})
	}
}
