package query

import (
	"context"
	"fmt"
	"slices"

	"fangzhi/graph"
)

// PossibleSame is two entities of one kind that may be one, for people to judge. Score is above 0 and at most 1; Reasons are
// Chinese lines for and against.
type PossibleSame struct {
	A, B    graph.Entity
	Score   float64
	Reasons []string
}

// SameArgs asks for pairs of entities that may be one.
type SameArgs struct {
	// Kind is "" for all.
	Kind graph.EntityKind
	Page PageArgs
}

// PossiblySame returns a page of the pairs, the best first, then by their ids. Loads keep them (package ingest): a page
// costs the page.
func PossiblySame(ctx context.Context, r graph.Reader, a SameArgs) (*PossibleSameConnection, error) {
	w, err := a.Page.check()
	if err != nil {
		return nil, err
	}
	var after, before graph.SameKey
	for _, c := range []struct {
		given *string
		key   *graph.SameKey
	}{{a.Page.After, &after}, {a.Page.Before, &before}} {
		if c.given != nil {
			if *c.key, err = graph.ParseSameCursor(*c.given); err != nil {
				return nil, err
			}
		}
	}
	c := &PossibleSameConnection{total: func(ctx context.Context) (int, error) {
		n := 0
		err := r.EachSame(ctx, a.Kind, "", false, func(*graph.SamePair) error {
			n++
			return nil
		})
		return n, err
	}}
	from, beyond := after, before // where the walk begins, and where the page ends whatever its size
	if w.backward {
		from, beyond = before, after
	}
	var pairs []*graph.SamePair
	more := false
	err = r.EachSame(ctx, a.Kind, from, w.backward, func(p *graph.SamePair) error {
		key := p.Key()
		past := beyond != "" && (w.backward && key <= beyond || !w.backward && key >= beyond)
		if more = past || len(pairs) == w.items; more {
			return graph.ErrStop
		}
		pairs = append(pairs, p)
		return nil
	})
	if err != nil {
		return nil, err
	}
	behind := false // whether the list goes on at the end where the walk began
	if from != "" {
		err := r.EachSame(ctx, a.Kind, includes(from, !w.backward), !w.backward, func(*graph.SamePair) error {
			behind = true
			return graph.ErrStop
		})
		if err != nil {
			return nil, err
		}
	}
	c.PageInfo = PageInfo{HasNextPage: more, HasPreviousPage: behind}
	if w.backward {
		slices.Reverse(pairs)
		c.PageInfo = PageInfo{HasNextPage: behind, HasPreviousPage: more}
	}
	if c.Edges, err = samesOf(ctx, r, pairs); err != nil {
		return nil, err
	}
	c.setCursors()
	return c, nil
}

// includes returns a key from which a walk meets key itself first. Keys are ASCII behind their score.
func includes(key graph.SameKey, backward bool) graph.SameKey {
	if backward {
		return key + "\x01"
	}
	last := len(key) - 1
	return key[:last] + graph.SameKey([]byte{key[last] - 1}) + "\x7f"
}

// samesOf reads the entities of the pairs.
func samesOf(ctx context.Context, r graph.Reader, pairs []*graph.SamePair) ([]PossibleSameEdge, error) {
	edges := make([]PossibleSameEdge, 0, len(pairs))
	if len(pairs) == 0 {
		return edges, nil
	}
	var ids []graph.ID
	for _, p := range pairs {
		ids = append(ids, p.A, p.B)
	}
	found, err := r.Entities(ctx, ids)
	if err != nil {
		return nil, err
	}
	for i, p := range pairs {
		a, b := found[2*i], found[2*i+1]
		if a == nil || b == nil {
			return nil, fmt.Errorf("pair of %s and %s: %w", p.A, p.B, graph.ErrNotFound)
		}
		edges = append(edges, PossibleSameEdge{p.Key().Cursor(), &PossibleSame{a.Entity(), b.Entity(), p.Score, p.Reasons}})
	}
	return edges, nil
}
