package main

import (
	"context"
	"errors"
	"os"
	"time"

	"fangzhi/bench/corpus"
	"fangzhi/graph"
	"fangzhi/graph/open"
	"fangzhi/ingest"
)

// changed is what an issue costs that comes and goes: milliseconds of one synced update.
type changed struct {
	Issues                             int
	PutP50, PutP99, RemoveP50, Removed float64 // Removed is the 99th of 100
}

type changeArgs struct {
	place
	// Way is how the graph was made: what is put in has to be told in the same way.
	Way way
	// Empty: into a graph without any event instead, the same issues.
	Empty  bool
	Budget time.Duration
}

const (
	issueEvents = 50
	mostIssues  = 100
)

// change puts issues of 50 events in one by one, each taken out again before the next; the graph has the same events then.
func change(a changeArgs) (changed, error) {
	var out changed
	dir := a.graph()
	if a.Empty {
		temporary, err := os.MkdirTemp(a.Dir, "empty-")
		if err != nil {
			return out, err
		}
		defer os.RemoveAll(temporary)
		dir = temporary
	}
	store, err := open.Open(dir)
	if err != nil {
		return out, err
	}
	c := corpus.New(max(a.Events, 1000), seed)
	changes := newChanger(store, a.Way)
	var puts, removes []float64
	for start := time.Now(); len(puts) < mostIssues && (len(puts) < fewest || time.Since(start) < a.Budget); {
		is := c.Extra(len(puts), issueEvents)
		put := changes.put(is)
		began := time.Now()
		if err := put(context.Background()); err != nil {
			return out, errors.Join(err, store.Close())
		}
		puts = append(puts, milliseconds(time.Since(began)))
		began = time.Now()
		if err := changes.remove(context.Background(), is); err != nil {
			return out, errors.Join(err, store.Close())
		}
		removes = append(removes, milliseconds(time.Since(began)))
	}
	out.Issues = len(puts)
	_, out.PutP50, out.PutP99 = spread(puts)
	_, out.RemoveP50, out.Removed = spread(removes)
	return out, store.Close()
}

// changer puts issues into a graph and takes them out. What put returns begins with what a reader has read.
type changer struct {
	put    func(*corpus.Issue) func(context.Context) error
	remove func(context.Context, *corpus.Issue) error
}

func newChanger(store graph.Store, w way) changer {
	if w == byBatches {
		l := &corpus.Loader{Store: store}
		put := func(is *corpus.Issue) func(context.Context) error {
			return func(ctx context.Context) error { return l.Put(ctx, is) }
		}
		return changer{put, l.Remove}
	}
	in := &ingest.Ingester{Store: store, Now: time.Now}
	return changer{
		func(is *corpus.Issue) func(context.Context) error {
			doc := is.Document()
			return func(ctx context.Context) error {
				_, err := in.Load(ctx, doc, graph.LoadOptions{})
				return err
			}
		},
		func(ctx context.Context, is *corpus.Issue) error {
			_, err := in.Remove(ctx, is.ID())
			return err
		},
	}
}
