// Package server answers GraphQL over HTTP and serves the pages.
//
// Resolvers are thin: every question stands in graph/query. One request reads one snapshot of the graph through
// one lookup, which batches what the resolvers of a page ask for one by one.
package server

import (
	"context"
	"log/slog"
	"net/http"

	"github.com/99designs/gqlgen/graphql/executor"

	"fangzhi/graph"
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
	// Demo says on the start page that the graph is the bundled sample.
	Demo bool
	// Version is shown on the start page.
	Version string

	// ExecutorAlone leaves every list to gqlgen's executor: the oracle of tests, and what is measured beside the tables.
	ExecutorAlone bool
	// Of tests: wrote is told of every value that tables were to write, and whether they did.
	wrote func(ok bool)
}

// Server is an http.Handler over one graph.
type Server struct {
	config   Config
	executor *executor.Executor
	handler  http.Handler
	slots    chan struct{}
}

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

// ServeHTTP answers the API at /graphql and the pages at /.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/graphql", &gqlhttp.Handler{
		Executor: s.executor, MaxBodyBytes: s.config.Limits.BodyBytes, Code: codeOfStatus, Slot: s.slot, Revision: s.revision,
	})
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

// revision returns that of the graph, "" where it cannot be read: who then asks is told why.
func (s *Server) revision(ctx context.Context) string {
	snapshot, err := s.config.Store.Snapshot(ctx)
	if err != nil {
		return ""
	}
	defer snapshot.Close()
	return snapshot.Revision()
}

// slot gives a request its time and a place among the Concurrent ones, which release gives back; false where all are
// taken. A client that is slow to send its question holds none.
func (s *Server) slot(ctx context.Context) (_ context.Context, release func(), free bool) {
	select {
	case s.slots <- struct{}{}:
	default:
		return ctx, nil, false
	}
	ctx, cancel := context.WithTimeout(ctx, s.config.Limits.Time)
	return ctx, func() {
		cancel()
		<-s.slots
	}, true
}
