package ingest

import (
	"context"

	"fangzhi/graph"
)

// ahead has a store read the blocks of a document's names while the document is being built: the update asks for them of the same state, and
// the store has them still. It is a favour: what it does not come to, or what is of an earlier state by then, the update reads.
type ahead struct {
	keys chan []string
	stop context.CancelFunc
	done chan struct{}
}

// manyAhead is how many events' names may wait to be read. One that finds no room is left to the update, so that nobody waits here.
const manyAhead = 64

// readAhead begins to read ahead. end must be called.
func readAhead(ctx context.Context, store graph.Store) *ahead {
	a := &ahead{keys: make(chan []string, manyAhead), done: make(chan struct{})}
	ctx, a.stop = context.WithCancel(ctx)
	go func() {
		defer close(a.done)
		r, err := store.Snapshot(ctx)
		if err != nil {
			return // the update will tell
		}
		defer r.Close()
		for {
			select {
			case keys := <-a.keys:
				if _, err := r.Blocks(ctx, keys); err != nil {
					return
				}
			case <-ctx.Done():
				return
			}
		}
	}()
	return a
}

// named has the blocks of some keys read.
func (a *ahead) named(keys []string) {
	select {
	case a.keys <- keys:
	default:
	}
}

// end ends it. The snapshot is closed when it returns.
func (a *ahead) end() {
	a.stop()
	<-a.done
}
