// Package server answers GraphQL over HTTP and serves the pages.
//
// Resolvers are thin: every question stands in graph/query. One request reads one snapshot of the graph through
// one lookup, which batches what the resolvers of a page ask for one by one.
package server

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/99designs/gqlgen/graphql/handler/extension"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"fangzhi/edtf"
	"fangzhi/graph"
	"fangzhi/server/generated"
	"fangzhi/server/gqlhttp"
	"fangzhi/web"
)

// Config is what a server needs. Store is required.
type Config struct {
	Store graph.Store
	// Log gets one line a request; nil for none.
	Log *slog.Logger
	// Limits bound a request; the zero value is DefaultLimits.
	Limits Limits
	// AllowHosts are names beside the loopback ones under which the server may be called; with none of them, a
	// server that listens on loopback answers to loopback names alone, so that no foreign page can rebind to it.
	AllowHosts []string
	// AllowOrigins are those of pages on other hosts that may ask.
	AllowOrigins []string
	// AnyHost takes every name: for a server that listens beyond loopback on purpose.
	AnyHost bool
	// Demo says on the start page that the graph is the bundled sample.
	Demo bool
	// Version is shown on the start page.
	Version string
}

// Server is an http.Handler over one graph.
type Server struct {
	config   Config
	executor *executor.Executor
	handler  http.Handler
	slots    chan struct{}
}

// queryCacheEntries bounds the cache of parsed queries; with the token limit it stays within a few MB.
const queryCacheEntries = 200

// New returns a server.
func New(config Config) *Server {
	config.Limits = config.Limits.withDefaults()
	if config.Log == nil {
		config.Log = slog.New(slog.DiscardHandler)
	}
	s := &Server{config: config, executor: newExecutor(config), slots: make(chan struct{}, config.Limits.Concurrent)}
	s.handler = s.routes()
	return s
}

func newExecutor(config Config) *executor.Executor {
	e := executor.New(generated.NewExecutableSchema(generated.Config{Resolvers: &Resolver{}}))
	e.SetQueryCache(lru.New[*ast.QueryDocument](queryCacheEntries))
	e.SetParserTokenLimit(config.Limits.Tokens)
	e.SetErrorPresenter(present(config.Log))
	e.SetRecoverFunc(func(ctx context.Context, p any) error {
		config.Log.Error("panic", "request", requestID(ctx), "panic", p, "stack", string(debug.Stack()))
		return errors.New("panic")
	})
	e.Use(extension.Introspection{})
	e.Use(queryLimits{config.Limits})
	e.AroundFields(nullForNone)
	e.AroundOperations(func(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
		return withSnapshot(ctx, config.Store, next)
	})
	return e
}

// withSnapshot lets one operation read one state of the graph.
func withSnapshot(ctx context.Context, store graph.Store, next graphql.OperationHandler) graphql.ResponseHandler {
	snapshot, err := store.Snapshot(ctx)
	if err != nil {
		graphql.AddError(ctx, err)
		return graphql.OneShot(&graphql.Response{Errors: gqlerror.List{{Message: "the graph cannot be read", Extensions: map[string]any{"code": codeInternal}}}})
	}
	answer := next(withLookup(ctx, newLookup(snapshot)))
	return func(ctx context.Context) *graphql.Response {
		defer snapshot.Close()
		return answer(ctx)
	}
}

// nullForNone answers null, not "", 0 or XXXX, for nullable strings, numbers and dates that hold nothing. A number of an object
// that is 0 by right is never nullable in the contract.
func nullForNone(ctx context.Context, next graphql.Resolver) (any, error) {
	v, err := next(ctx)
	if err != nil || graphql.GetFieldContext(ctx).Field.Definition.Type.NonNull {
		return v, err
	}
	switch v := v.(type) {
	case string:
		if v == "" {
			return nil, nil
		}
	case int:
		if v == 0 {
			return nil, nil
		}
	case edtf.Date:
		if v.IsZero() {
			return nil, nil
		}
	}
	return v, nil
}

// ServeHTTP answers the API at /graphql and the pages at /.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	api := &gqlhttp.Handler{Executor: s.executor, MaxBodyBytes: s.config.Limits.BodyBytes, Code: codeBadInput}
	mux.Handle("/graphql", s.bounded(api))
	mux.Handle("GET /{$}", http.HandlerFunc(s.startPage))
	mux.Handle("/playground", web.Handler())
	mux.Handle("/assets/", web.Handler())
	crossOrigin := http.NewCrossOriginProtection()
	for _, origin := range s.config.AllowOrigins {
		// An origin that is none is refused when the flags are read.
		_ = crossOrigin.AddTrustedOrigin(origin)
	}
	return s.logged(s.knownHost(s.cors(crossOrigin.Handler(mux))))
}

// bounded gives a request its time and a slot.
func (s *Server) bounded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		select {
		case s.slots <- struct{}{}:
			defer func() { <-s.slots }()
		default:
			w.Header().Set("Retry-After", "1")
			http.Error(w, "busy: try again in a second", http.StatusServiceUnavailable)
			return
		}
		ctx, cancel := context.WithTimeout(r.Context(), s.config.Limits.Time)
		defer cancel()
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// knownHost refuses requests for a name that is not the server's: a foreign page that had its own name point here
// would otherwise read the graph.
func (s *Server) knownHost(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host := r.Host
		if h, _, err := net.SplitHostPort(host); err == nil {
			host = h
		}
		ip := net.ParseIP(strings.Trim(host, "[]"))
		loopback := host == "localhost" || ip != nil && ip.IsLoopback()
		if !loopback && !s.config.AnyHost && !slices.Contains(s.config.AllowHosts, host) {
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
		if origin := r.Header.Get("Origin"); origin != "" && slices.Contains(s.config.AllowOrigins, origin) {
			w.Header().Set("Access-Control-Allow-Origin", origin)
			w.Header().Add("Vary", "Origin")
			if r.Method == http.MethodOptions {
				w.Header().Set("Access-Control-Allow-Methods", "GET, POST")
				w.Header().Set("Access-Control-Allow-Headers", "Content-Type, Accept")
			}
		}
		next.ServeHTTP(w, r)
	})
}

type requestIDKey struct{}

// requestID returns the id that the log line of the request has, "" outside of one.
func requestID(ctx context.Context) string {
	id, _ := ctx.Value(requestIDKey{}).(string)
	return id
}

// logged writes one line a request: what was asked, how it ended, how long it took. Never bodies.
func (s *Server) logged(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		started := time.Now()
		id := rand.Text()[:12]
		w.Header().Set("X-Request-Id", id)
		recorder := &statusRecorder{ResponseWriter: w, status: http.StatusOK}
		next.ServeHTTP(recorder, r.WithContext(context.WithValue(r.Context(), requestIDKey{}, id)))
		s.config.Log.Info("request", "request", id, "method", r.Method, "path", r.URL.Path, "status", recorder.status,
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

// Execute runs one operation in process and returns the JSON answer, and whether it has errors. Numbers of variables
// are json.Number or Go integers (gqlhttp.Object).
func (s *Server) Execute(ctx context.Context, query string, variables map[string]any) (answer []byte, failed bool, err error) {
	ctx = graphql.StartOperationTrace(ctx)
	now := graphql.Now()
	params := &graphql.RawParams{Query: query, Variables: variables, ReadTime: graphql.TraceTiming{Start: now, End: now}}
	op, errs := s.executor.CreateOperationContext(ctx, params)
	if errs != nil {
		refused := s.executor.DispatchError(graphql.WithOperationContext(ctx, op), errs)
		answer, err = json.Marshal(map[string]any{"errors": refused.Errors})
		return answer, true, err
	}
	responses, ctx := s.executor.DispatchOperation(ctx, op)
	response := responses(ctx)
	if response == nil {
		return nil, true, ctx.Err()
	}
	answer, err = json.Marshal(response)
	return answer, len(response.Errors) > 0, err
}
