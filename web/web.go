// Package web holds the pages that fangzhi serves: a start page written by Go, and an offline playground built by Vite.
//
// dist is the build's output, committed, so that the program builds without Node; examples are the queries that the
// playground opens with. Nothing here asks another host, and ContentSecurityPolicy makes the browser see to it. Every
// link and address in the pages is relative: they work under any prefix.
package web

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"time"
)

// dist is what `npm run build` writes. "all:" because the names of Vite's pieces may begin with an underscore.
//
//go:embed all:dist
var dist embed.FS

//go:embed LICENSES.md
var licenses string

// ContentSecurityPolicy is sent with every page and every asset (a worker obeys the policy of its own file): scripts and
// workers from this server alone, no eval, no blob, no other host. Styles may be inline, because the editor writes its
// own at run time.
const ContentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; " +
	"img-src 'self' data:; font-src 'self' data:; connect-src 'self'; worker-src 'self'; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// Assets returns the built pages, rooted where playground.html and assets stand.
func Assets() fs.FS {
	sub, err := fs.Sub(dist, "dist")
	if err != nil {
		panic(err) // "dist" is a constant and valid
	}
	return sub
}

// Licenses returns the Markdown list of the packages bundled into the pages, with their versions and licence texts.
func Licenses() string { return licenses }

// SetHeaders sets what every page bears: ContentSecurityPolicy, nosniff, no referrer, an opener policy and no caching
// without asking again. Handler sets them itself; whoever serves StartPage calls it first.
func SetHeaders(h http.Header) {
	h.Set("Content-Security-Policy", ContentSecurityPolicy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cache-Control", "no-cache")
}

// Handler serves GET and HEAD of /playground and of /assets/NAME, whose names change with their content and may be kept
// for ever. Anything else below it is 404, any other method 405. It may be called by several goroutines.
func Handler() http.Handler {
	files := make(map[string]file)
	err := fs.WalkDir(Assets(), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := fs.ReadFile(Assets(), name)
		if err != nil {
			return err
		}
		route, ok := "/"+name, strings.HasPrefix(name, "assets/")
		if name == "playground.html" {
			route, ok = "/playground", true
		}
		if !ok {
			return fmt.Errorf("%s: no route for it", name)
		}
		contentType, ok := contentTypes[path.Ext(name)]
		if !ok {
			return fmt.Errorf("%s: unknown content type", name)
		}
		sum := sha256.Sum256(body)
		files[route] = file{body: body, contentType: contentType, etag: `"` + hex.EncodeToString(sum[:12]) + `"`}
		return nil
	})
	if err != nil {
		panic(fmt.Sprintf("web: dist was built wrong: %v", err)) // it is part of the program: a bug of ours
	}
	return pages(files)
}

// contentTypes are set here and not asked of the machine, whose table may lack them or say otherwise.
var contentTypes = map[string]string{
	".css":  "text/css; charset=utf-8",
	".html": "text/html; charset=utf-8",
	".js":   "text/javascript; charset=utf-8",
	".svg":  "image/svg+xml",
	".ttf":  "font/ttf",
}

type file struct {
	body        []byte
	contentType string
	etag        string
}

// pages maps a path to the file that it answers; read only.
type pages map[string]file

func (p pages) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	SetHeaders(w.Header())
	f, ok := p[r.URL.Path]
	if !ok {
		http.NotFound(w, r)
		return
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
		return
	}
	w.Header().Set("Content-Type", f.contentType)
	w.Header().Set("ETag", f.etag)
	if strings.HasPrefix(r.URL.Path, "/assets/") {
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(f.body))
}
