package memstore

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"fangzhi/graph"
)

// CountSpans implements graph.Reader.
func (r *snapshot) CountSpans(ctx context.Context, f graph.Filter, spans []graph.DayRange) ([]int, error) {
	counts := make([]int, len(spans))
	for i, span := range spans {
		f.Days = span
		counts[i] = len(r.timeline(f, graph.Ascending))
	}
	return counts, r.ready(ctx)
}

// Extent implements graph.Reader.
func (r *snapshot) Extent(ctx context.Context, f graph.Filter) (graph.Span, error) {
	var all graph.Span
	for _, e := range r.timeline(f, graph.Ascending) {
		day := e.SortDay() // the other bound of a date that is open on one side
		all = widened(all, e)
		if day != 0 {
			all = graph.Span{First: min(cmp.Or(all.First, day), day), Last: max(all.Last, day)}
		}
	}
	return all, r.ready(ctx)
}

// widened returns the span with the days of the event; a bound that its date leaves open does not count.
func widened(s graph.Span, e *graph.Event) graph.Span {
	if first := e.Date.Start(); first != 0 && (s.First == 0 || first < s.First) {
		s.First = first
	}
	s.Last = max(s.Last, e.Date.End())
	return s
}

// Values implements graph.Reader.
func (r *snapshot) Values(ctx context.Context, f graph.Filter, field graph.Facet) ([]graph.ValueCount, error) {
	counts := map[string]int{}
	for _, e := range r.timeline(f, graph.Ascending) {
		switch field {
		case graph.FacetSection:
			counts[e.Section]++
		case graph.FacetPublication:
			counts[string(e.PublicationID)]++
		case graph.FacetBasis:
			counts[string(e.Date.Basis)]++
		default:
			return nil, fmt.Errorf("%w: unknown field %q", graph.ErrBadInput, field)
		}
	}
	var values []graph.ValueCount
	for value, n := range counts {
		values = append(values, graph.ValueCount{Value: value, Count: n})
	}
	return values, r.ready(ctx)
}

// Tally implements graph.Reader.
func (r *snapshot) Tally(ctx context.Context, f graph.Filter, l graph.Linking) ([]graph.Tie, error) {
	return r.tally(f, l), r.ready(ctx)
}

// Top implements graph.Reader.
func (r *snapshot) Top(ctx context.Context, f graph.Filter, l graph.Linking, first int) ([]graph.Tie, error) {
	var top []graph.Tie
	all := r.tally(f, l)
	for _, tie := range all {
		before := 0
		for _, other := range all {
			if other.Events > tie.Events {
				before++
			}
		}
		if before < first {
			top = append(top, graph.Tie{To: tie.To, Events: tie.Events})
		}
	}
	return top, r.ready(ctx)
}

func (r *snapshot) tally(f graph.Filter, l graph.Linking) []graph.Tie {
	byID := map[graph.ID]graph.Tie{}
	for _, e := range r.timeline(f, graph.Ascending) {
		for _, id := range r.state.linked(e, &l) {
			tie, ok := byID[id]
			if !ok {
				tie = graph.Tie{To: r.state.numbers().refs[id], First: r.state.numbers().eventRefs[e.ID]}
			}
			tie.Events++
			tie.Days = widened(tie.Days, e)
			byID[id] = tie
		}
	}
	var ties []graph.Tie
	for _, tie := range byID {
		ties = append(ties, tie)
	}
	return ties
}

// linked returns the ids of the entities that links which count join the event to, each once.
func (s *state) linked(e *graph.Event, l *graph.Linking) []graph.ID {
	var ids []graph.ID
	add := func(atoms ...graph.ID) {
		for _, atom := range atoms {
			if d := s.entity(atom); d != nil && !slices.Contains(ids, d.ID) {
				ids = append(ids, d.ID)
			}
		}
	}
	for _, kind := range graph.EntityKinds {
		if len(l.Kinds) > 0 && !slices.Contains(l.Kinds, kind) {
			continue
		}
		c := l.Condition(kind, nil)
		switch kind {
		case graph.KindOfficial:
			for i := range e.Officials {
				if link := &e.Officials[i]; c.OfficialCounts(link) {
					add(link.Atom)
				}
			}
		case graph.KindDepartment:
			for i := range e.Departments {
				if link := &e.Departments[i]; c.DepartmentCounts(link) {
					add(link.Atom)
					if c.Below {
						add(link.Above...)
					}
				}
			}
		case graph.KindLocation:
			for i := range e.Locations {
				if link := &e.Locations[i]; !c.AtPlace || link.IsPlace {
					add(link.Atom)
					if c.Below {
						add(link.Above...)
					}
				}
			}
		}
	}
	return ids
}

// Ties implements graph.Reader.
func (r *snapshot) Ties(ctx context.Context, f graph.Filter, l graph.Linking, from []graph.Ref, visit func(i int, ties []graph.Tie) error) error {
	if err := r.ready(ctx); err != nil {
		return err
	}
	places := make([]int, len(from))
	for i := range from {
		places[i] = i
	}
	return each(ctx, places, func(i int) error {
		d := r.state.entityAt(from[i])
		if d == nil {
			return visit(i, nil)
		}
		linked := f
		linked.Links = slices.Concat(f.Links, []graph.LinkCondition{l.Condition(d.Kind, d.Atoms)})
		ties := slices.DeleteFunc(r.tally(linked, l), func(t graph.Tie) bool { return t.To == from[i] })
		return visit(i, ties)
	})
}

// Between implements graph.Reader.
func (r *snapshot) Between(ctx context.Context, f graph.Filter, l graph.Linking, a, b []graph.Ref, visit func(i, j int, t graph.Tie) error) error {
	l.Kinds = nil
	return r.Ties(ctx, f, l, a, func(i int, ties []graph.Tie) error {
		for _, t := range ties {
			if j := slices.Index(b, t.To); j >= 0 {
				if err := visit(i, j, t); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// Degrees implements graph.Reader.
func (r *snapshot) Degrees(ctx context.Context, l graph.Linking, refs []graph.Ref) ([]int, error) {
	degrees := make([]int, len(refs))
	for i, ref := range refs {
		if d := r.state.entityAt(ref); d != nil {
			c := graph.LinkCondition{Kind: d.Kind, Atoms: d.Atoms, Below: l.Condition(d.Kind, nil).Below}
			degrees[i] = len(r.timeline(graph.Filter{Links: []graph.LinkCondition{c}}, graph.Ascending))
		}
	}
	return degrees, r.ready(ctx)
}
