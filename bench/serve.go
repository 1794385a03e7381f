package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"time"

	"fangzhi/bench/corpus"
	"fangzhi/bench/workload"
	"fangzhi/graph"
	"fangzhi/graph/memstore"
	"fangzhi/graph/open"
	"fangzhi/server"
)

// The servers that are loaded, each a process of its own.
const (
	// serveBare is net/http with 8 KB that are ready: what no server in Go betters.
	serveBare = "bare"
	// serveMemory is fangzhi's server over a page of 50 events that is ready: what no engine betters.
	serveMemory = "memory"
	// serveOrdinary is the same with lists written by gqlgen's own executor.
	serveOrdinary = "ordinary"
	// serveGraph is fangzhi's server over the graph.
	serveGraph = "graph"
)

type serveArgs struct {
	place
	Kind string
}

// serve prints its address and serves until its standard input ends.
func serve(a serveArgs) (struct{}, error) {
	handler, closer, err := a.handler()
	if err != nil {
		return struct{}{}, err
	}
	var config net.ListenConfig
	listener, err := config.Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		return struct{}{}, errors.Join(err, closer())
	}
	s := &http.Server{Handler: handler, ReadHeaderTimeout: 5 * time.Second}
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(listener) }()
	fmt.Println(listener.Addr())
	_, _ = io.Copy(io.Discard, os.Stdin)
	err = s.Close()
	if served := <-ended; !errors.Is(served, http.ErrServerClosed) {
		err = errors.Join(err, served)
	}
	return struct{}{}, errors.Join(err, closer())
}

func (a serveArgs) handler() (http.Handler, func() error, error) {
	nothing := func() error { return nil }
	switch a.Kind {
	case serveBare:
		return bareHandler(), nothing, nil
	case serveMemory, serveOrdinary:
		store, err := newReady()
		if err != nil {
			return nil, nil, err
		}
		return server.New(server.Config{Store: store, ExecutorAlone: a.Kind == serveOrdinary}), nothing, nil
	case serveGraph:
		store, err := open.Open(a.graph())
		if err != nil {
			return nil, nil, err
		}
		return server.New(server.Config{Store: store}), store.Close, nil
	}
	return nil, nil, fmt.Errorf("no server %q", a.Kind)
}

const readyBytes = 8 << 10

func bareHandler() http.Handler {
	body := []byte(strings.Repeat("a", readyBytes))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(body)
	})
}

// ready is a store whose every page of a timeline is the same one. What else a request asks of it a naive store answers that
// holds those events alone.
type ready struct {
	graph.Store
	page graph.EventPage
}

type readySnapshot struct {
	graph.Snapshot
	page graph.EventPage
}

// Events returns the page.
func (r readySnapshot) Events(context.Context, graph.Filter, graph.Page) (graph.EventPage, error) {
	return r.page, nil
}

// Snapshot implements graph.Store.
func (s ready) Snapshot(ctx context.Context) (graph.Snapshot, error) {
	r, err := s.Store.Snapshot(ctx)
	return readySnapshot{r, s.page}, err
}

func newReady() (graph.Store, error) {
	s := memstore.New()
	ctx := context.Background()
	l := &corpus.Loader{Store: s}
	if err := l.Put(ctx, corpus.New(1000, seed).Extra(0, workload.Page)); err != nil {
		return nil, err
	}
	r, err := s.Snapshot(ctx)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	page, err := r.Events(ctx, graph.Filter{}, graph.Page{First: workload.Page})
	page.HasNext = true
	return ready{s, page}, err
}

// running is a server in a process of its own.
type running struct {
	command *exec.Cmd
	stdin   io.Closer
	address string
}

func start(a serveArgs) (*running, error) {
	command, err := childCommand("serve", a)
	if err != nil {
		return nil, err
	}
	command.Stderr = os.Stderr
	stdin, err := command.StdinPipe()
	if err != nil {
		return nil, err
	}
	stdout, err := command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := command.Start(); err != nil {
		return nil, err
	}
	address, err := bufio.NewReader(stdout).ReadString('\n')
	r := &running{command, stdin, strings.TrimSpace(address)}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("serve %s: %w", a.Kind, err), r.stop())
	}
	return r, nil
}

func (r *running) stop() error {
	r.stdin.Close()
	return r.command.Wait()
}
