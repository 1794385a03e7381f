package server

import (
	"context"
	"crypto/rand"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"strings"
	"time"
)

// What stands around every answer, outermost first: the log, the host's name, pages of other origins.

type requestIDKey struct{}

// requestID returns the id that the log line of the request has, "" outside of one.
func requestID(ctx context.Context) string {
	id, _ := ctx.Value(requestIDKey{}).(string)
	return id
}

// maxLoggedPath is how many bytes of a path the log shows.
const maxLoggedPath = 200

// logged writes one line a request: what was asked, how it ended, how long it took. Never bodies or query strings.
func (s *Server) logged(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		started := time.Now()
		id := rand.Text()[:12]
		w.Header().Set("X-Request-Id", id)
		recorder := &statusRecorder{ResponseWriter: w, status: http.StatusOK}
		next.ServeHTTP(recorder, r.WithContext(context.WithValue(r.Context(), requestIDKey{}, id)))
		if !s.config.Log.Enabled(r.Context(), slog.LevelInfo) {
			return
		}
		path := r.URL.Path
		if len(path) > maxLoggedPath {
			path = path[:maxLoggedPath] + "…"
		}
		s.config.Log.Info("request", "request", id, "method", r.Method, "path", path, "status", recorder.status,
			"bytes", recorder.bytes, "duration", time.Since(started).Round(time.Microsecond))
	})
}

// statusRecorder remembers what was answered.
type statusRecorder struct {
	http.ResponseWriter
	status, bytes int
}

func (w *statusRecorder) WriteHeader(status int) {
	w.status = status
	w.ResponseWriter.WriteHeader(status)
}

func (w *statusRecorder) Write(b []byte) (int, error) {
	n, err := w.ResponseWriter.Write(b)
	w.bytes += n
	return n, err
}

// Unwrap lets http.ResponseController reach the connection.
func (w *statusRecorder) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// knownHost refuses requests for a name that is not the server's: a foreign page that had its own name point here
// would otherwise read the graph.
func (s *Server) knownHost(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host := r.Host
		if h, _, err := net.SplitHostPort(host); err == nil {
			host = h
		}
		ip := net.ParseIP(strings.Trim(host, "[]"))
		known := ip != nil && ip.IsLoopback() || strings.EqualFold(host, "localhost") ||
			slices.ContainsFunc(s.config.AllowHosts, func(allowed string) bool { return strings.EqualFold(host, allowed) })
		if !known {
			http.Error(w, "this name is not the server's: start it with --allow-host "+strings.Map(printable, host), http.StatusMisdirectedRequest)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func printable(r rune) rune {
	if r < ' ' || r > '~' {
		return -1
	}
	return r
}

// cors lets pages of the allowed origins read answers.
func (s *Server) cors(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		if len(s.config.AllowOrigins) > 0 {
			header.Add("Vary", "Origin")
		}
		if origin := r.Header.Get("Origin"); origin != "" && slices.Contains(s.config.AllowOrigins, origin) {
			header.Set("Access-Control-Allow-Origin", origin)
			header.Set("Access-Control-Expose-Headers", "Retry-After, X-Request-Id")
			if r.Method == http.MethodOptions {
				header.Set("Access-Control-Allow-Methods", "GET, POST")
				header.Set("Access-Control-Allow-Headers", "Content-Type, Accept")
			}
		}
		next.ServeHTTP(w, r)
	})
}
