// Package memstore is the naive engine: maps, slices and loops, no index and nothing on disk.
//
// It is what the other engines are compared with, so it is written to be obviously right: every question looks at
// every record. It serves small graphs in tests and examples.
package memstore

import (
	"context"
	"crypto/rand"
	"fmt"
	"maps"
	"slices"
	"sync"

	"fangzhi/graph"
)

// Store keeps a graph in memory. The zero Store is not ready: use New.
type Store struct {
	writer sync.Mutex // held while an update is planned and applied

	mu     sync.Mutex
	state  *state // guarded by mu; replaced by Update, never changed in place
	closed bool   // guarded by mu
}

var _ graph.Store = (*Store)(nil)

// state is one state of a graph. Its records are never changed, its maps only by the update that made them.
type state struct {
	events       map[graph.ID]*graph.Event
	bodies       map[graph.ID]string
	issues       map[graph.ID]*graph.Issue
	documents    map[graph.ID]*graph.Document
	publications map[graph.ID]*graph.Publication
	entities     map[graph.ID]*graph.EntityData
	atoms        map[graph.ID]graph.ID
	blocks       map[string]graph.Block
	reports      map[graph.ID]graph.ReportGroup

	numbers  func() *numbers // made when it is asked for first, and kept
	revision string
}

// New returns an empty store.
func New() *Store {
	return &Store{state: newState(&state{
		events:       map[graph.ID]*graph.Event{},
		bodies:       map[graph.ID]string{},
		issues:       map[graph.ID]*graph.Issue{},
		documents:    map[graph.ID]*graph.Document{},
		publications: map[graph.ID]*graph.Publication{},
		entities:     map[graph.ID]*graph.EntityData{},
		atoms:        map[graph.ID]graph.ID{},
		blocks:       map[string]graph.Block{},
		reports:      map[graph.ID]graph.ReportGroup{},
	})}
}

func newState(s *state) *state {
	s.numbers, s.revision = sync.OnceValue(s.number), rand.Text()
	return s
}

// Close forgets nothing: it makes later calls fail with graph.ErrClosed. Closing twice is closing once.
func (s *Store) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	return nil
}

// Snapshot implements graph.Store.
func (s *Store) Snapshot(ctx context.Context) (graph.Snapshot, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil, graph.ErrClosed
	}
	return &snapshot{state: s.state}, nil
}

// Update implements graph.Store.
func (s *Store) Update(ctx context.Context, plan func(graph.Reader) (*graph.Batch, error)) error {
	s.writer.Lock()
	defer s.writer.Unlock()
	snap, err := s.Snapshot(ctx)
	if err != nil {
		return err
	}
	defer snap.Close()
	batch, err := plan(snap)
	if err != nil || batch == nil {
		return err
	}
	if err := batch.Validate(); err != nil {
		return err
	}
	next := s.state.copy()
	if err := next.apply(batch); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return graph.ErrClosed
	}
	s.state = next
	return nil
}

func (s *state) copy() *state {
	return newState(&state{
		events: maps.Clone(s.events), bodies: maps.Clone(s.bodies), issues: maps.Clone(s.issues), documents: maps.Clone(s.documents),
		publications: maps.Clone(s.publications), entities: maps.Clone(s.entities), atoms: maps.Clone(s.atoms),
		blocks: maps.Clone(s.blocks), reports: maps.Clone(s.reports),
	})
}

// apply changes the maps of s in the order of the batch's fields.
func (s *state) apply(b *graph.Batch) error {
	for _, issue := range b.Remove {
		for id, e := range s.events {
			if e.IssueID == issue {
				delete(s.events, id)
				delete(s.bodies, id)
			}
		}
		delete(s.issues, issue)
		delete(s.documents, issue)
	}
	for _, d := range b.Put {
		if err := s.put(d); err != nil {
			return err
		}
	}
	for _, id := range b.DropReports {
		delete(s.reports, id)
	}
	for _, g := range b.Reports {
		s.reports[g.ID()] = g
	}
	for _, block := range b.Blocks {
		if len(block.Facts) == 0 {
			delete(s.blocks, block.Key)
			continue
		}
		s.blocks[block.Key] = block
	}
	for _, id := range b.DropEntities {
		delete(s.entities, id)
	}
	for _, e := range b.Entities {
		s.entities[e.ID] = &e
	}
	for atom, entity := range b.Atoms {
		if entity == "" {
			delete(s.atoms, atom)
			continue
		}
		s.atoms[atom] = entity
	}
	for _, p := range b.Publications {
		s.publications[p.ID] = &p
	}
	for _, id := range b.DropPublications {
		delete(s.publications, id)
	}
	return nil
}

func (s *state) put(d *graph.IssueData) error {
	if s.issues[d.Issue.ID] != nil {
		return fmt.Errorf("%w: issue %s is there already", graph.ErrConflict, d.Issue.ID)
	}
	issue, document := d.Issue, d.Document
	s.issues[issue.ID] = &issue
	s.documents[issue.ID] = &document
	for i, given := range d.Events {
		if s.events[given.ID] != nil {
			return fmt.Errorf("%w: event %s is there already", graph.ErrConflict, given.ID)
		}
		e := *given
		e.Officials = slices.Clone(e.Officials)
		for j := range e.Officials {
			e.Officials[j].Event = &e
		}
		s.events[e.ID] = &e
		s.bodies[e.ID] = d.Bodies[i]
	}
	return nil
}
