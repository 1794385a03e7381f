package badgerstore

import (
	"context"
	"time"

	"fangzhi/graph"
)

// Pages are lists of heads, and a page of somebody who is everywhere asks fifty records for one head each. So a store that stays open
// reads all heads once, in their order, which takes a tenth of what asking for each record takes, and keeps them: 80 bytes an event.

// warming is the reading.
type warming struct {
	cancel context.CancelFunc
	done   chan struct{}
}

// warmsAfter is how long a store has been open when it begins: who opens it for one question is gone by then. Tests change it.
var warmsAfter = 250 * time.Millisecond

// warm begins to read what pages will ask for.
func (s *Store) warm() {
	ctx, cancel := context.WithCancel(context.Background())
	s.warming = &warming{cancel, make(chan struct{})}
	go func() {
		defer close(s.warming.done)
		defer cancel()
		select {
		case <-time.After(warmsAfter):
			s.readAllHeads(ctx)
		case <-ctx.Done():
		}
	}()
}

// cool ends the reading.
func (s *Store) cool() {
	if s.warming != nil {
		s.warming.cancel()
		<-s.warming.done
	}
}

// readAllHeads keeps the heads of all events, or as many as are kept. What is wrong with one is told to whoever asks for it.
func (s *Store) readAllHeads(ctx context.Context) {
	s.mu.Lock()
	st := s.current
	st.retain()
	s.mu.Unlock()
	defer st.release()
	room := keptHeads
	_ = eachRecord(st.txn, keyHeads, func(first uint32, b []byte) error {
		if ctx.Err() != nil || room <= 0 {
			return graph.ErrStop
		}
		h, err := parseHeads(b)
		if err != nil {
			return err
		}
		room -= len(h)
		if _, kept := st.kept.heads.get(first); !kept {
			st.kept.heads.put(first, h, len(h))
		}
		return nil
	})
}
