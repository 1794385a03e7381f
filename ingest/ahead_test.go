package ingest_test

import (
	"context"
	"errors"
	"iter"
	"testing"
	"time"

	"fangzhi/graph"
	"fangzhi/graph/memstore"
	"fangzhi/ingest"
	"fangzhi/ingest/identity"
	"fangzhi/loader/reading"
)

// watched is a store that tells which blocks are asked for by who has no update.
type watched struct {
	graph.Store
	asked  chan string   // has room for all
	open   int           // snapshots
	opened chan struct{} // told of each; nil where nobody asks
	fail   error         // of Snapshot
}

type watchedSnapshot struct {
	graph.Snapshot
	s *watched
}

func (s *watched) Snapshot(ctx context.Context) (graph.Snapshot, error) {
	if s.fail != nil {
		return nil, s.fail
	}
	r, err := s.Store.Snapshot(ctx)
	s.open++
	if s.opened != nil {
		s.opened <- struct{}{}
	}
	return watchedSnapshot{r, s}, err
}

func (r watchedSnapshot) Blocks(ctx context.Context, keys []string) ([]graph.Block, error) {
	for _, key := range keys {
		r.s.asked <- key
	}
	return r.Snapshot.Blocks(ctx, keys)
}

func (r watchedSnapshot) Close() {
	r.Snapshot.Close()
	r.s.open--
}

// Whoever reads an article after the other has the store read the blocks of one while the next is read.
func TestBlocksAreReadWhileAnIssueIsBuilt(t *testing.T) {
	s := &watched{Store: memstore.New(), asked: make(chan string, 1000)}
	in := &ingest.Ingester{Store: s, Now: time.Now}
	doc := &reading.Document{Issue: reading.Issue{Publication: "云河区大事月报", Label: "2022年1月", Year: 2022, Month: 1, Region: county}}
	article := func(name string) reading.Event {
		return reading.Event{Title: name, PrintedTitle: name, Kind: graph.EventKindEvent, Body: name, Officials: []reading.Official{{Name: name, Region: county, Roles: []graph.OfficialRole{graph.RoleAttend}}}}
	}
	wait := func(name string) {
		t.Helper()
		want := identity.BlockKey(graph.Atom{Kind: graph.KindOfficial, Name: name})
		for late := time.After(10 * time.Second); ; {
			select {
			case key := <-s.asked:
				if key == want {
					return
				}
			case <-late:
				t.Fatalf("the block of %s is not read while the next article is", name)
			}
		}
	}
	var events iter.Seq[reading.Event] = func(yield func(reading.Event) bool) {
		for _, name := range []string{"沈知秋", "王磊"} {
			if !yield(article(name)) {
				return
			}
			wait(name)
		}
	}
	if _, err := in.LoadEvents(t.Context(), doc, events, graph.LoadOptions{}); err != nil {
		t.Fatal(err)
	}
	if s.open != 0 {
		t.Errorf("%d snapshots are open after a load", s.open)
	}
}

// To read ahead is a favour: a load does without.
func TestALoadDoesWithoutReadingAhead(t *testing.T) {
	s := &watched{Store: memstore.New(), asked: make(chan string, 1000), fail: errors.New("no snapshot")}
	in := &ingest.Ingester{Store: s, Now: time.Now}
	doc := &reading.Document{
		Issue:  reading.Issue{Publication: "云河区大事月报", Label: "2022年1月", Year: 2022, Month: 1, Region: county},
		Events: []reading.Event{{Title: "开会", PrintedTitle: "开会", Kind: graph.EventKindEvent, Body: "开会"}},
	}
	if report, err := in.Load(t.Context(), doc, graph.LoadOptions{}); err != nil || report.Events != 1 {
		t.Errorf("a load without a snapshot: %v, %v", report, err)
	}
}

// Where the events of a document panic, the snapshot that reads ahead is closed: with one open the store could not be.
func TestAReaderThatPanicsLeavesNoSnapshot(t *testing.T) {
	s := &watched{Store: memstore.New(), asked: make(chan string, 1000)}
	in := &ingest.Ingester{Store: s, Now: time.Now}
	doc := &reading.Document{Issue: reading.Issue{Publication: "云河区大事月报", Label: "2022年1月", Year: 2022, Month: 1, Region: county}}
	s.opened = make(chan struct{}, 1)
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic is not passed on")
			}
		}()
		_, _ = in.LoadEvents(t.Context(), doc, func(func(reading.Event) bool) {
			<-s.opened
			panic("no event")
		}, graph.LoadOptions{})
	}()
	if s.open != 0 {
		t.Errorf("%d snapshots are open after a panic", s.open)
	}
}
