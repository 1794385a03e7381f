package gqlhttp

import (
	"bytes"
	"crypto/sha256"
	"net/http"
	"strings"
	"sync"

	"github.com/hashicorp/golang-lru/v2/simplelru"
)

// What dashboards poll is asked again and again, and answered in the same bytes until something is loaded.
const (
	// keptBytes is how many bytes of answers are kept.
	keptBytes = 16 << 20
	// largestKept is how many bytes of them one answer may take.
	largestKept = keptBytes / 64
	// keptOverhead is about what an answer takes beside its bytes.
	keptOverhead = 256
)

// question is the hash of what a request says, whatever it means.
type question [sha256.Size]byte

// questionOf returns the question of a method and the bytes of its query string or body.
func questionOf(method string, text []byte) (q question) {
	h := sha256.New()
	h.Write([]byte(method + " "))
	h.Write(text)
	h.Sum(q[:0])
	return q
}

// answers are the texts of answers that were made of one revision, those asked for last. The zero value keeps none yet.
type answers struct {
	mu       sync.Mutex
	revision string
	texts    *simplelru.LRU[question, []byte] // nil for none
	bytes    int
}

// get returns the answer to a question if it was made of the revision and is kept, or nil. Nobody changes it.
func (a *answers) get(revision string, q question) []byte {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.texts == nil || a.revision != revision {
		return nil
	}
	text, _ := a.texts.Get(q)
	return text
}

// put keeps a copy of the answer to a question, in place of those of another revision.
func (a *answers) put(revision string, q question, text []byte) {
	if len(text) > largestKept {
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.texts == nil || a.revision != revision {
		a.revision, a.bytes = revision, 0
		// It fails for no size at all.
		a.texts, _ = simplelru.NewLRU(keptBytes/keptOverhead, func(_ question, text []byte) { a.bytes -= len(text) + keptOverhead })
	}
	a.texts.Remove(q)
	a.bytes += len(text) + keptOverhead
	a.texts.Add(q, bytes.Clone(text))
	for a.bytes > keptBytes {
		a.texts.RemoveOldest()
	}
}

// entityTag returns the ETag of answers that are made of a revision.
func entityTag(revision string) string { return `"` + revision + `"` }

// has tells whether a client that asks with If-None-Match has the answer of the revision. "*" is not taken for it: whoever asks that has none.
func has(r *http.Request, revision string) bool {
	for tag := range strings.SplitSeq(strings.Join(r.Header.Values("If-None-Match"), ","), ",") {
		if strings.TrimPrefix(strings.TrimSpace(tag), "W/") == entityTag(revision) {
			return true
		}
	}
	return false
}

// wantsFresh tells whether a client asks not to be answered from what is kept, as a browser does that loads a page again.
func wantsFresh(r *http.Request) bool {
	for directive := range strings.SplitSeq(strings.Join(r.Header.Values("Cache-Control"), ","), ",") {
		switch strings.ToLower(strings.TrimSpace(directive)) {
		case "no-cache", "no-store", "max-age=0":
			return true
		}
	}
	return false
}
