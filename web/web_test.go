package web_test

import (
	"io/fs"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"

	"fangzhi/web"
)

func TestHandlerPages(t *testing.T) {
	h := web.Handler()
	asset := "/" + mustFindAsset(t, `^assets/playground-[\w-]+\.js$`)
	font := "/" + mustFindAsset(t, `\.ttf$`)
	for _, tt := range []struct {
		name, method, path string
		status             int
		contentType        string
		cache              string
	}{
		{"playground", "GET", "/playground", 200, "text/html; charset=utf-8", "no-cache"},
		{"playground by HEAD", "HEAD", "/playground", 200, "text/html; charset=utf-8", "no-cache"},
		{"script, kept for ever", "GET", asset, 200, "text/javascript; charset=utf-8", "public, max-age=31536000, immutable"},
		{"font", "GET", font, 200, "font/ttf", "public, max-age=31536000, immutable"},
		{"the page's file name is no address", "GET", "/playground.html", 404, "text/plain; charset=utf-8", "no-cache"},
		{"an asset of another build is not kept", "GET", "/assets/playground-00000000.js", 404, "text/plain; charset=utf-8", ""},
		{"no listing", "GET", "/assets/", 404, "text/plain; charset=utf-8", ""},
		{"no way out", "GET", "/assets/../../web.go", 404, "text/plain; charset=utf-8", ""},
		{"reading only", "POST", "/playground", 405, "text/plain; charset=utf-8", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := httptest.NewRecorder()
			r := httptest.NewRequest(tt.method, "http://example.test/", nil)
			r.URL.Path = tt.path
			h.ServeHTTP(w, r)
			if w.Code != tt.status {
				t.Errorf("%s %s: status %d, want %d", tt.method, tt.path, w.Code, tt.status)
			}
			if got := w.Header().Get("Content-Type"); got != tt.contentType {
				t.Errorf("%s: content type %q, want %q", tt.path, got, tt.contentType)
			}
			if got := w.Header().Get("Cache-Control"); tt.cache != "" && got != tt.cache {
				t.Errorf("%s: cache %q, want %q", tt.path, got, tt.cache)
			}
			if got := w.Header().Get("Cache-Control"); tt.status != 200 && strings.Contains(got, "immutable") {
				t.Errorf("%s: an error is kept for ever: %q", tt.path, got)
			}
			if tt.method == "HEAD" && w.Body.Len() > 0 {
				t.Errorf("HEAD %s has a body of %d bytes", tt.path, w.Body.Len())
			}
			for name, want := range map[string]string{
				"Content-Security-Policy":    web.ContentSecurityPolicy,
				"X-Content-Type-Options":     "nosniff",
				"Referrer-Policy":            "no-referrer",
				"Cross-Origin-Opener-Policy": "same-origin",
			} {
				if got := w.Header().Get(name); got != want {
					t.Errorf("%s: %s: %q, want %q", tt.path, name, got, want)
				}
			}
		})
	}
}

func TestPlaygroundIsAskedAgainOnlyWhereChanged(t *testing.T) {
	h := web.Handler()
	first := httptest.NewRecorder()
	h.ServeHTTP(first, httptest.NewRequest("GET", "/playground", nil))
	again := httptest.NewRequest("GET", "/playground", nil)
	again.Header.Set("If-None-Match", first.Header().Get("ETag"))
	w := httptest.NewRecorder()
	h.ServeHTTP(w, again)
	if w.Code != http.StatusNotModified || w.Body.Len() > 0 {
		t.Errorf("asked again with its ETag: status %d and %d bytes, want 304 and none", w.Code, w.Body.Len())
	}
}

func TestPolicyLetsNoOtherHostIn(t *testing.T) {
	for _, bad := range []string{"http:", "https:", "*", "blob:", "unsafe-eval", "script-src 'self' 'unsafe-inline'"} {
		if strings.Contains(web.ContentSecurityPolicy, bad) {
			t.Errorf("policy contains %q: %s", bad, web.ContentSecurityPolicy)
		}
	}
	if want := "default-src 'none'"; !strings.Contains(web.ContentSecurityPolicy, want) {
		t.Errorf("policy %q lacks %q", web.ContentSecurityPolicy, want)
	}
}

// Whatever the page names must be there under its relative name: a build for another base, or half a build, fails here
// and not at a reader's.
func TestPlaygroundNamesOnlyWhatIsThere(t *testing.T) {
	page := string(mustReadAsset(t, "playground.html"))
	refs := regexp.MustCompile(`(?:src|href)="([^"]*)"`).FindAllStringSubmatch(page, -1)
	found := 0
	for _, ref := range refs {
		if strings.HasPrefix(ref[1], "data:") {
			continue
		}
		name, ok := strings.CutPrefix(ref[1], "./")
		if !ok {
			t.Errorf("playground.html names %q, which is not relative to the page", ref[1])
			continue
		}
		mustReadAsset(t, name)
		found++
	}
	if found < 2 {
		t.Errorf("playground.html names %d files, want a script and a style sheet at least:\n%s", found, page)
	}
	if strings.Contains(page, "<script>") {
		t.Errorf("playground.html has an inline script, which the policy forbids:\n%s", page)
	}
}

func TestPiecesNameOnlyPiecesThatAreThere(t *testing.T) {
	pieces := regexp.MustCompile(`["'(/]([\w.-]+-[\w-]{8}\.(?:js|css|ttf))["')]`)
	checked := 0
	for _, name := range mustListAssets(t) {
		if !strings.HasSuffix(name, ".js") && !strings.HasSuffix(name, ".css") {
			continue
		}
		for _, m := range pieces.FindAllStringSubmatch(string(mustReadAsset(t, name)), -1) {
			mustReadAsset(t, "assets/"+m[1])
			checked++
		}
	}
	if checked < 8 { // three workers, the editor and its style, the languages
		t.Errorf("found only %d names of pieces: this test no longer knows how the build writes them", checked)
	}
}

func TestLicensesNameWhatIsBundled(t *testing.T) {
	for _, want := range []string{"| graphiql | 5.4.0 | MIT |", "| monaco-editor | 0.52.2 | MIT |", "| react | 19.", "Permission is hereby granted"} {
		if !strings.Contains(web.Licenses(), want) {
			t.Errorf("LICENSES.md lacks %q: run npm run licenses", want)
		}
	}
}

func TestExamples(t *testing.T) {
	var titles []string
	for _, e := range web.Examples() {
		titles = append(titles, e.Title)
		mustParse(t, e.Name, e.Query)
	}
	want := []string{"官员时间线与任职", "两人关系与路径", "一个街道一个月的大事", "一年的大事记（编年顺序）", "检索", "统计"}
	if diff := cmp.Diff(want, titles); diff != "" {
		t.Errorf("Examples() titles mismatch (-want +got):\n%s", diff)
	}
	mustParse(t, "FirstQuery", web.FirstQuery)
}

// mustParse fails unless query is one operation that runs without variables. That its fields exist is tested where the
// schema is served.
func mustParse(t *testing.T, name, query string) {
	t.Helper()
	doc, err := parser.ParseQuery(&ast.Source{Name: name, Input: query})
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	if len(doc.Operations) != 1 || doc.Operations[0].Operation != ast.Query {
		t.Fatalf("%s: want one query, got %d operations", name, len(doc.Operations))
	}
	for _, v := range doc.Operations[0].VariableDefinitions {
		if v.Type.NonNull && v.DefaultValue == nil {
			t.Errorf("%s: $%s must be given: an example runs as it stands", name, v.Variable)
		}
	}
}

func mustListAssets(t *testing.T) []string {
	t.Helper()
	var names []string
	err := fs.WalkDir(web.Assets(), ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func mustFindAsset(t *testing.T, pattern string) string {
	t.Helper()
	for _, name := range mustListAssets(t) {
		if regexp.MustCompile(pattern).MatchString(name) {
			return name
		}
	}
	t.Fatalf("no asset matches %s: run npm run build", pattern)
	return ""
}

func mustReadAsset(t *testing.T, name string) []byte {
	t.Helper()
	body, err := fs.ReadFile(web.Assets(), name)
	if err != nil {
		t.Fatalf("%v: run npm run build", err)
	}
	return body
}
