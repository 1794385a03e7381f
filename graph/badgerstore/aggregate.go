package badgerstore

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"fangzhi/fold"
	"fangzhi/graph"
)

// What is counted here is counted by reading: this file goes when postings can be counted.

// numbers are what a snapshot calls its records: entities in the order of their ids, events in that of the timeline.
type numbers struct {
	entities  []graph.ID
	refs      map[graph.ID]graph.Ref
	events    []graph.ID
	eventRefs map[graph.ID]graph.EventRef
}

func (r *snapshot) numbers(ctx context.Context) (*numbers, error) {
	r.numbering.Lock()
	defer r.numbering.Unlock()
	if r.numbered != nil {
		return r.numbered, ctx.Err()
	}
	n := &numbers{refs: map[graph.ID]graph.Ref{}, eventRefs: map[graph.ID]graph.EventRef{}}
	err := r.EachEntity(ctx, "", func(d *graph.EntityData) error {
		n.refs[d.ID] = graph.Ref(len(n.entities))
		n.entities = append(n.entities, d.ID)
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = r.Each(ctx, graph.Filter{}, func(e *graph.Event) error {
		n.eventRefs[e.ID] = graph.EventRef(len(n.events))
		n.events = append(n.events, e.ID)
		return nil
	})
	if err != nil {
		return nil, err
	}
	r.numbered = n
	return n, nil
}

// Search implements graph.Reader.
func (r *snapshot) Search(ctx context.Context, f graph.Filter, text string, p graph.HitPage) (graph.Hits, error) {
	var all []graph.Hit
	err := r.Each(ctx, f, func(e *graph.Event) error {
		bodies, err := r.Bodies(ctx, []graph.ID{e.ID})
		if err != nil {
			return err
		}
		h := graph.Hit{Event: e, Hits: strings.Count(fold.String(bodies[0]), text)}
		if e.PrintedTitle != "" || h.Hits == 0 {
			n := strings.Count(fold.String(e.Title), text)
			h.Title, h.Hits = n > 0, h.Hits+n
		}
		if h.Hits = min(h.Hits, graph.MostHits); h.Hits > 0 {
			all = append(all, h)
		}
		return nil
	})
	if err != nil {
		return graph.Hits{}, err
	}
	slices.SortFunc(all, func(a, b graph.Hit) int {
		if a.Key().Before(b.Key()) {
			return -1
		}
		return 1
	})
	from, to := 0, len(all)
	if p.After != "" {
		if from = slices.IndexFunc(all, func(h graph.Hit) bool { return p.After.Before(h.Key()) }); from < 0 {
			from = len(all)
		}
	}
	if p.Before != "" {
		if to = slices.IndexFunc(all, func(h graph.Hit) bool { return !h.Key().Before(p.Before) }); to < 0 {
			to = len(all)
		}
	}
	if p.Last > 0 {
		from = max(to-p.Last, min(from, to))
	} else {
		to = min(from+max(p.First, 0), max(from, to))
	}
	return graph.Hits{Hits: all[from:to], HasPrevious: from > 0, HasNext: to < len(all)}, nil
}

// CountSpans implements graph.Reader.
func (r *snapshot) CountSpans(ctx context.Context, f graph.Filter, spans []graph.DayRange) ([]int, error) {
	counts := make([]int, len(spans))
	for i, span := range spans {
		f.Days = span
		var err error
		if counts[i], err = r.Count(ctx, f); err != nil {
			return nil, err
		}
	}
	return counts, ctx.Err()
}

// Extent implements graph.Reader.
func (r *snapshot) Extent(ctx context.Context, f graph.Filter) (graph.Span, error) {
	var all graph.Span
	err := r.Each(ctx, f, func(e *graph.Event) error {
		all = widened(all, e)
		return nil
	})
	return all, err
}

func widened(s graph.Span, e *graph.Event) graph.Span {
	if first := e.Date.Start(); first != 0 && (s.First == 0 || first < s.First) {
		s.First = first
	}
	s.Last = max(s.Last, e.Date.End())
	return s
}

// Values implements graph.Reader.
func (r *snapshot) Values(ctx context.Context, f graph.Filter, field graph.Field) ([]graph.ValueCount, error) {
	counts := map[string]int{}
	err := r.Each(ctx, f, func(e *graph.Event) error {
		switch field {
		case graph.FieldSection:
			counts[e.Section]++
		case graph.FieldPublication:
			counts[string(e.PublicationID)]++
		case graph.FieldBasis:
			counts[string(e.Date.Basis)]++
		default:
			return fmt.Errorf("%w: unknown field %q", graph.ErrBadInput, field)
		}
		return nil
	})
	var values []graph.ValueCount
	for value, n := range counts {
		values = append(values, graph.ValueCount{Value: value, Count: n})
	}
	return values, err
}

// Tally implements graph.Reader.
func (r *snapshot) Tally(ctx context.Context, f graph.Filter, l graph.Linking) ([]graph.Tie, error) {
	n, err := r.numbers(ctx)
	if err != nil {
		return nil, err
	}
	at := map[graph.Ref]int{}
	var ties []graph.Tie
	err = r.Each(ctx, f, func(e *graph.Event) error {
		refs, err := r.linked(n, e, &l)
		for _, ref := range refs {
			i, ok := at[ref]
			if !ok {
				i = len(ties)
				at[ref] = i
				ties = append(ties, graph.Tie{To: ref, First: n.eventRefs[e.ID]})
			}
			ties[i].Events++
			ties[i].Days = widened(ties[i].Days, e)
		}
		return err
	})
	return ties, err
}

// linked returns the entities that links which count join the event to, each once.
func (r *snapshot) linked(n *numbers, e *graph.Event, l *graph.Linking) ([]graph.Ref, error) {
	var atoms []graph.ID
	of, dep, loc := l.Condition(graph.KindOfficial, nil), l.Condition(graph.KindDepartment, nil), l.Condition(graph.KindLocation, nil)
	kind := func(k graph.EntityKind) bool { return len(l.Kinds) == 0 || slices.Contains(l.Kinds, k) }
	for i := range e.Officials {
		if link := &e.Officials[i]; kind(graph.KindOfficial) && of.OfficialCounts(link) {
			atoms = append(atoms, link.Atom)
		}
	}
	for i := range e.Departments {
		if link := &e.Departments[i]; kind(graph.KindDepartment) && dep.DepartmentCounts(link) {
			if atoms = append(atoms, link.Atom); dep.Below {
				atoms = append(atoms, link.Above...)
			}
		}
	}
	for i := range e.Locations {
		if link := &e.Locations[i]; kind(graph.KindLocation) && (!loc.AtPlace || link.IsPlace) {
			if atoms = append(atoms, link.Atom); loc.Below {
				atoms = append(atoms, link.Above...)
			}
		}
	}
	var refs []graph.Ref
	for _, atom := range atoms {
		id, err := r.holder(atom)
		if err != nil {
			return nil, err
		}
		if ref, ok := n.refs[id]; ok && !slices.Contains(refs, ref) {
			refs = append(refs, ref)
		}
	}
	return refs, nil
}

// Ties implements graph.Reader.
func (r *snapshot) Ties(ctx context.Context, f graph.Filter, l graph.Linking, from []graph.Ref, visit func(i int, ties []graph.Tie) error) error {
	entities, err := r.EntitiesAt(ctx, from)
	if err != nil {
		return err
	}
	for i, d := range entities {
		var ties []graph.Tie
		if d != nil {
			linked := f
			linked.Links = slices.Concat(f.Links, []graph.LinkCondition{l.Condition(d.Kind, d.Atoms)})
			if ties, err = r.Tally(ctx, linked, l); err != nil {
				return err
			}
			ties = slices.DeleteFunc(ties, func(t graph.Tie) bool { return t.To == from[i] })
		}
		if err := visit(i, ties); errors.Is(err, graph.ErrStop) {
			return nil
		} else if err != nil {
			return err
		}
	}
	return nil
}

// Refs implements graph.Reader.
func (r *snapshot) Refs(ctx context.Context, ids []graph.ID) ([]graph.Ref, error) {
	n, err := r.numbers(ctx)
	if err != nil {
		return nil, err
	}
	found, err := r.Entities(ctx, ids)
	if err != nil {
		return nil, err
	}
	refs := make([]graph.Ref, len(ids))
	for i, d := range found {
		if refs[i] = graph.NoRef; d != nil {
			refs[i] = n.refs[d.ID]
		}
	}
	return refs, nil
}

// EntitiesAt implements graph.Reader.
func (r *snapshot) EntitiesAt(ctx context.Context, refs []graph.Ref) ([]*graph.EntityData, error) {
	n, err := r.numbers(ctx)
	if err != nil {
		return nil, err
	}
	return r.Entities(ctx, idsAt(n.entities, refs))
}

// EventsAt implements graph.Reader.
func (r *snapshot) EventsAt(ctx context.Context, refs []graph.EventRef) ([]*graph.Event, error) {
	n, err := r.numbers(ctx)
	if err != nil {
		return nil, err
	}
	return r.EventsByID(ctx, idsAt(n.events, refs))
}

func idsAt[R ~uint32](all []graph.ID, refs []R) []graph.ID {
	ids := make([]graph.ID, len(refs))
	for i, ref := range refs {
		if int64(ref) < int64(len(all)) {
			ids[i] = all[ref]
		}
	}
	return ids
}
