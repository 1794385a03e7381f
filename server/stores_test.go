package server_test

import (
	"context"
	"errors"
	"slices"
	"sync/atomic"

	"fangzhi/graph"
)

// wrapped is a store whose snapshots are others'; it counts those that are open.
type wrapped struct {
	graph.Store
	wrap func(graph.Snapshot) graph.Snapshot
	open atomic.Int64 // snapshots that are not yet closed
	all  atomic.Int64 // snapshots that were ever opened
	// closed, where it is set, gets one value for each snapshot that is closed.
	closed chan<- struct{}
}

func (w *wrapped) Snapshot(ctx context.Context) (graph.Snapshot, error) {
	s, err := w.Store.Snapshot(ctx)
	if err != nil {
		return nil, err
	}
	w.open.Add(1)
	w.all.Add(1)
	if w.wrap != nil {
		s = w.wrap(s)
	}
	return &countedSnapshot{Snapshot: s, store: w}, nil
}

type countedSnapshot struct {
	graph.Snapshot
	store  *wrapped
	closed atomic.Bool
}

func (s *countedSnapshot) Close() {
	if s.closed.Swap(true) {
		panic("a snapshot is closed twice")
	}
	s.Snapshot.Close()
	s.store.open.Add(-1)
	if s.store.closed != nil {
		s.store.closed <- struct{}{}
	}
}

// blocking waits in Top until the context ends or released is closed; entered gets one value for each that waits.
type blocking struct {
	graph.Snapshot
	entered  chan<- struct{}
	released <-chan struct{}
}

func (s blocking) Top(ctx context.Context, f graph.Filter, l graph.Linking, first int) ([]graph.Tie, error) {
	if s.entered != nil {
		s.entered <- struct{}{}
	}
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-s.released:
		return s.Snapshot.Top(ctx, f, l, first)
	}
}

// errDisk is an error as stores have them, with what no client may see.
var errDisk = errors.New("read /var/lib/chronicle/000012.sst: key x|o3mg4smb5r7t98684: input/output error")

// failing fails with errDisk wherever works does not name the method.
type failing struct {
	graph.Snapshot
	works []string
}

func (s failing) Events(ctx context.Context, f graph.Filter, p graph.Page) (graph.EventPage, error) {
	if slices.Contains(s.works, "Events") {
		return s.Snapshot.Events(ctx, f, p)
	}
	return graph.EventPage{}, errDisk
}

func (s failing) Extent(context.Context, graph.Filter) (graph.Span, error) {
	return graph.Span{}, errDisk
}

func (s failing) Entities(context.Context, []graph.ID) ([]*graph.EntityData, error) {
	return nil, errDisk
}

func (s failing) Bodies(context.Context, []graph.ID) ([]string, error) { return nil, errDisk }

// panicking panics wherever events are read.
type panicking struct{ graph.Snapshot }

func (panicking) Events(context.Context, graph.Filter, graph.Page) (graph.EventPage, error) {
	panic("secret of a stack")
}

// closedStore opens no snapshot.
type closedStore struct{ graph.Store }

func (closedStore) Snapshot(context.Context) (graph.Snapshot, error) { return nil, errDisk }
