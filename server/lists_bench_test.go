package server_test

import (
	"context"
	"fmt"
	"testing"

	"fangzhi/graph"
	"fangzhi/graph/memstore"
	"fangzhi/server"
)

// held is a snapshot that answers every page of events with the same one, so that what is measured is the answer's way
// through the server and not the naive engine.
type held struct {
	graph.Snapshot
	page graph.EventPage
}

func (h held) Events(context.Context, graph.Filter, graph.Page) (graph.EventPage, error) {
	return h.page, nil
}

// newHeld returns a store of the 50 events of newYear's first page, each with two officials, departments and places.
func newHeld(t testing.TB) graph.Store {
	t.Helper()
	store := memstore.New()
	mustLoad(t, store, newYear(t)...)
	s, err := store.Snapshot(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	page, err := s.Events(t.Context(), graph.Filter{}, graph.Page{First: 50, Order: graph.Ascending})
	if err != nil || len(page.Events) != 50 {
		t.Fatalf("%d events, %v", len(page.Events), err)
	}
	return &wrapped{Store: store, wrap: func(s graph.Snapshot) graph.Snapshot { return held{s, page} }}
}

// The pages that are measured: three fields, and ten with what events are linked to.
const (
	pageOfThree = `{timeline{nodes{id title date{edtf}}}}`
	pageOfTen   = `{timeline{nodes{id title summary section page citation date{edtf precision basis confidence}
		officials{role title official{id name label}} departments{role department{id name label}} locations{isPlace location{id name}}}}}`
)

// BenchmarkPage measures one request in process; run it with GOMAXPROCS=1, as goroutines use every core that there is.
func BenchmarkPage(b *testing.B) {
	for _, query := range []struct{ name, text string }{{"P3", pageOfThree}, {"P10", pageOfTen}} {
		for _, by := range []string{"executor", "tables"} {
			b.Run(fmt.Sprintf("page=%s/by=%s", query.name, by), func(b *testing.B) {
				config := server.Config{Store: newHeld(b)}
				if by == "executor" {
					config.ExecutorAlone = true
				}
				s := server.New(config)
				b.ReportAllocs()
				for b.Loop() {
					answer, failed, err := s.Execute(b.Context(), query.text, nil)
					if err != nil || failed {
						b.Fatalf("%s %v", answer, err)
					}
					b.SetBytes(int64(len(answer)))
				}
			})
		}
	}
}
